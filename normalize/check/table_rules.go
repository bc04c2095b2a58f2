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
			ID: "T04", Version: 1, Severity: SeverityError, Check: checkBasicSplit,
			TitleZH: "人员经费、公用经费等于所含经济分类", TitleEN: "personnel and public costs are the sum of their economic classes",
			ExplanationZH: "表末人员经费合计等于 301、303 类之和，公用经费合计等于 302、307、309、310、399 类之和。",
			ExplanationEN: "The footer 人员经费合计 is the sum of classes 301 and 303, the footer 公用经费合计 that of 302, 307, 309, 310 and 399.",
		},
		{
			ID: "T06", Version: 1, Severity: SeverityError, Check: checkFundBalance,
			TitleZH: "财政拨款收支总表各类资金收支平衡", TitleEN: "income and expenditure of each fund balance",
			ExplanationZH: "一般公共预算、政府性基金、国有资本经营预算：收入加年初结转等于支出总计。",
			ExplanationEN: "For the general public budget, government funds and state capital: income and what was carried over equal the total of expenditure.",
		},
		{
			ID: "T07", Version: 1, Severity: SeverityError, Check: checkFundFlow,
			TitleZH: "年初结转加收入减支出等于年末结转", TitleEN: "opening balance, income and expenditure lead to the closing balance",
			ExplanationZH: "基金表逐行：年初结转和结余 + 本年收入 − 本年支出 = 年末结转和结余。",
			ExplanationEN: "In each row of the statement of a fund: opening balance + income − expenditure = closing balance.",
		},
		{
			ID: "T08", Version: 1, Severity: SeverityError, Check: checkThreePublic,
			TitleZH: "“三公”经费等于各项之和", TitleEN: "the three public expenses are the sum of their parts",
			ExplanationZH: "“三公”合计等于因公出国（境）费、公务用车购置及运行维护费、公务接待费之和；公务用车费等于购置费加运行维护费。预算数、决算数和各类资金分别核对。",
			ExplanationEN: "三公 is the sum of travel abroad, vehicles and reception, and vehicles the sum of purchase and operation: for each fund, for the plan and for the outcome.",
		},
		{
			ID: "T09", Version: 1, Severity: SeverityWarn, Check: checkOutturn,
			TitleZH: "“三公”决算数不超过预算数", TitleEN: "no more was spent on the three public expenses than planned",
			ExplanationZH: "“三公”经费及其各项的决算数一般不应超过预算数。",
			ExplanationEN: "The outcome of 三公 and its parts should not exceed the plan.",
		},
		{
			ID: "T10", Version: 1, Severity: SeverityError, Check: checkPurchases,
			TitleZH: "采购金额等于数量乘单价", TitleEN: "a purchase costs its quantity times its price",
			ExplanationZH: "采购项目的金额等于数量乘以单价；合计和资金列由 T02、T03 核对。",
			ExplanationEN: "The amount of a purchase is its quantity times its unit price. Totals and the columns of funds are checked by T02 and T03.",
		},
		{
			ID: "T11", Version: 1, Severity: SeverityError, Check: checkAssets,
			TitleZH: "资产总额等于各项之和", TitleEN: "fixed assets are the sum of their kinds",
			ExplanationZH: "固定资产总额等于房屋、车辆、设备、其他之和，“其中”不计入。",
			ExplanationEN: "The total of fixed assets is the sum of its kinds; memo rows (其中) do not count.",
		},
		{
			ID: "T12", Version: 1, Severity: SeverityWarn, Check: checkFundingPlan,
			TitleZH: "资金支出计划逐季不减，年末为100%", TitleEN: "a funding plan grows and comes to 100 %",
			ExplanationZH: "项目资金支出计划的累计进度不应下降，12月底应为100%。",
			ExplanationEN: "The shares to be spent by the ends of months do not fall, and that of December is 100 %.",
		},
		{
			ID: "T13", Version: 1, Severity: SeverityError, Check: checkEmptyStatement,
			TitleZH: "有数的表不应说明为空表", TitleEN: "a filled table is not said to be empty",
			ExplanationZH: "表内有非零金额时，表注不应称“本表为空表”。",
			ExplanationEN: "A table that prints amounts other than zero must have no note that says it is empty.",
		},
		{
			ID: "T19", Version: 1, Severity: SeverityInfo, Check: checkNumbers,
			TitleZH: "金额为负或小数位数异常", TitleEN: "amounts that are negative or finer than the others",
			ExplanationZH: "预算收支金额一般不为负；同一表内金额的小数位数一般相同。",
			ExplanationEN: "Income and expenditure are not negative as a rule, and the amounts of a table have the same number of decimals.",
		},
		{
			ID: "T20", Version: 1, Severity: SeverityInfo, Check: checkCodes,
			TitleZH: "科目缺少上级行", TitleEN: "an item without the class above it",
			ExplanationZH: "表内其他科目有上级科目行，而此科目没有。",
			ExplanationEN: "The table prints the classes above other items, but not above this one.",
		},
		{
			ID: "T21", Version: 1, Severity: SeverityWarn, Check: checkBlankTotal,
			TitleZH: "“三公”小计未填数", TitleEN: "a total of the three public expenses is blank",
			ExplanationZH: "“三公”合计或小计行未填数，而其各项有数。",
			ExplanationEN: "The row of the total prints nothing in a column in which its parts print amounts.",
		},
	}
}
