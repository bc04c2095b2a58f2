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
			ID: "T02", Version: 1, Severity: SeverityError, Check: checkGrandTotal,
			TitleZH: "合计行等于各行之和", TitleEN: "the total row is the sum of the rows",
			ExplanationZH: "合计行逐列等于最上级各行之和；“其中”行、下级行不计入。",
			ExplanationEN: "The total row equals the sum of the uppermost rows in every column; memo rows (其中) and rows that detail others do not count.",
		},
		{
			ID: "T03", Version: 1, Severity: SeverityError, Check: checkRowTotals,
			TitleZH: "合计列等于各列之和", TitleEN: "the total column is the sum of the columns",
			ExplanationZH: "表头下名为合计、小计、总计的列，逐行等于同一表头下其他各列之和：合计 = 基本支出 + 项目支出。",
			ExplanationEN: "A column named as a total equals, in every row, the sum of the other columns below the same head: 合计 = 基本支出 + 项目支出.",
		},
		{
			ID: "T05", Version: 1, Severity: SeverityError, Check: checkBalance,
			TitleZH: "收支总表收支平衡", TitleEN: "income and expenditure balance",
			ExplanationZH: "本年合计等于各项之和，总计等于本年合计加结转结余，收入总计等于支出总计。",
			ExplanationEN: "On each side the total of the year is the sum of its heads and the total of all adds what is carried over; both sides come to the same.",
		},
		{
			ID: "T13", Version: 1, Severity: SeverityError, Check: checkEmptyStatement,
			TitleZH: "有数的表不应说明为空表", TitleEN: "a filled table is not said to be empty",
			ExplanationZH: "表内有非零金额时，表注不应称“本表为空表”；表内无数时应有说明。",
			ExplanationEN: "A table that prints amounts must have no note that says it is empty; one without amounts should have such a note.",
		},
	}
}
