package check

// tableRules are the identities within one table.
func tableRules() []Rule {
	return []Rule{
		{
			ID: "T01", Version: 1, Severity: SeverityError, Check: checkHierarchy,
			TitleZH: "上级科目等于下级科目之和", TitleEN: "a class is the sum of what details it",
			ExplanationZH: "类等于各款之和，款等于各项之和，逐列核对；“其中”行不计入，未印数字的行按零计。",
			ExplanationEN: "A class (类) is the sum of its subclasses (款), a subclass that of its items (项), in every column of amounts. Rows after 其中 do not count, a row without a number counts as nothing.",
		},
		{
			ID: "T13", Version: 1, Severity: SeverityError, Check: checkEmptyStatement,
			TitleZH: "有数的表不应说明为空表", TitleEN: "a filled table is not said to be empty",
			ExplanationZH: "表内有非零金额时，表注不应称“本表为空表”；表内无数时应有说明。",
			ExplanationEN: "A table that prints amounts must have no note that says it is empty; one without amounts should have such a note.",
		},
	}
}
