package check

// crossRules are the identities between the tables of one document.
func crossRules() []Rule {
	return []Rule{
		{
			ID: "X06", Version: 1, Severity: SeverityError, Check: checkBasicExpenditure,
			TitleZH: "一般公共预算支出表的基本支出等于基本支出表合计", TitleEN: "basic spending is the same by function and by economic class",
			ExplanationZH: "一般公共预算支出表（功能分类）的基本支出合计，应等于一般公共预算基本支出表（经济分类）的合计。",
			ExplanationEN: "The total of basic spending in the statement by function equals the total of the statement of basic spending by economic class.",
		},
	}
}
