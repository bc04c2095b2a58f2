package check

// crossRules are the identities between the tables of one document.
func crossRules() []Rule {
	return []Rule{
		{
			ID: "X01", Version: 1, Severity: SeverityError, Check: forEachAgency(checkIncome),
			TitleZH: "收支总表收入等于收入总表", TitleEN: "the balance and the statement of income agree",
			ExplanationZH: "收入总表合计等于收支总表收入总计（不含结转的表等于本年收入合计）；各项收入来源两表相等。",
			ExplanationEN: "The total of the statement of income is the income of the balance (without what was carried over, where it has no column for it), and so is each source.",
		},
		{
			ID: "X02", Version: 1, Severity: SeverityError, Check: forEachAgency(checkExpenditure),
			TitleZH: "收支总表支出等于支出总表", TitleEN: "the balance and the statement of expenditure agree",
			ExplanationZH: "支出总表合计等于收支总表支出；功能分类各类支出两表相等。",
			ExplanationEN: "The total of the statement of expenditure is the expenditure of the balance, and so is each functional class.",
		},
		{
			ID: "X03", Version: 1, Severity: SeverityError, Check: forEachAgency(checkFiscalIncome),
			TitleZH: "收支总表财政拨款收入等于财政拨款收支总表收入", TitleEN: "the two balances agree about fiscal income",
			ExplanationZH: "收支总表中的财政拨款收入等于财政拨款收支总表的本年收入。",
			ExplanationEN: "Fiscal income in the balance is the income of the year in the fiscal balance.",
		},
		{
			ID: "X04", Version: 1, Severity: SeverityError, Check: forEachAgency(checkFiscalFunds),
			TitleZH: "财政拨款收支总表各类资金等于相应支出表", TitleEN: "the fiscal balance agrees with the statement of each fund",
			ExplanationZH: "财政拨款收支总表中一般公共预算、政府性基金、国有资本经营预算的支出，与各自支出表的合计及各类相等。",
			ExplanationEN: "The columns of the general public budget, government funds and state capital in the fiscal balance equal the totals and classes of their own statements.",
		},
		{
			ID: "X05", Version: 1, Severity: SeverityError, Check: forEachAgency(checkFiscalShare),
			TitleZH: "支出总表的基本、项目支出不小于一般公共预算的", TitleEN: "the general public budget pays no more than is spent",
			ExplanationZH: "支出总表的基本支出、项目支出含各类资金，不应小于一般公共预算支出表的相应数。",
			ExplanationEN: "Basic and project spending in the statement of expenditure counts all funds, so that it is no less than that of the general public budget.",
		},
		{
			ID: "X06", Version: 1, Severity: SeverityError, Check: forEachAgency(checkBasicExpenditure),
			TitleZH: "一般公共预算支出表的基本支出等于基本支出表合计", TitleEN: "basic spending is the same by function and by economic class",
			ExplanationZH: "一般公共预算支出表（功能分类）的基本支出合计，应等于一般公共预算基本支出表（经济分类）的合计。",
			ExplanationEN: "The total of basic spending in the statement by function equals the total of the statement of basic spending by economic class.",
		},
		{
			ID: "X07", Version: 1, Severity: SeverityWarn, Check: forEachAgency(checkProjects),
			TitleZH: "项目支出等于项目支出表合计", TitleEN: "project spending is the total of the list of projects",
			ExplanationZH: "一般公共预算支出表的项目支出合计，应等于项目支出表的合计（该资金列）。",
			ExplanationEN: "The total of project spending in the statement by function equals the total of the list of projects in the column of that fund.",
		},
		{
			ID: "X08", Version: 1, Severity: SeverityError, Check: forEachAgency(checkThreePublicClasses),
			TitleZH: "“三公”各项不小于基本支出的相应经济科目", TitleEN: "the three public expenses cover their economic classes",
			ExplanationZH: "“三公”表的因公出国、接待、运行维护、购置，不应小于基本支出表的 30212、30217、30231、31013；项目支出也可列支，故可大于。",
			ExplanationEN: "Travel abroad, reception, operation and purchase of vehicles are no less than the classes 30212, 30217, 30231 and 31013 of basic spending; projects may add to them.",
		},
		{
			ID: "X09", Version: 1, Severity: SeverityWarn, Check: checkOperatingCost,
			TitleZH: "机关运行经费的口径", TitleEN: "what the operating cost counts",
			ExplanationZH: "机关运行经费等于公用经费则通过；只等于 302 类而公用经费另有 310 等类时提示。",
			ExplanationEN: "The operating cost (机关运行经费) equals the public costs of basic spending. A document that counts class 302 alone, though it has others, is told.",
		},
		{
			ID: "X10", Version: 1, Severity: SeverityInfo, Check: forEachAgency(checkCodeSets),
			TitleZH: "收入总表与支出总表科目一致", TitleEN: "income and expenditure list the same items",
			ExplanationZH: "收入总表与支出总表按功能科目列示时，所列项级科目应相同。",
			ExplanationEN: "Where both statements are by function, they list the same items (项).",
		},
		{
			ID: "X11", Version: 1, Severity: SeverityWarn, Check: checkProjectBudgets,
			TitleZH: "采购表的项目预算等于绩效目标表的预算数", TitleEN: "purchases and performance forms agree about a project's budget",
			ExplanationZH: "政府采购表所列项目的预算资金，应等于该项目绩效目标表的预算数；采购合计由 T02 核对。",
			ExplanationEN: "The budget that the plan of purchases gives a project is that of its performance form; the total of purchases is checked by T02.",
		},
		{
			ID: "X12", Version: 1, Severity: SeverityError, Check: checkProjectFunds,
			TitleZH: "项目资金总额等于财政资金加其他资金", TitleEN: "a project's money is fiscal money and other money",
			ExplanationZH: "绩效目标表的资金总额等于财政拨款与其他资金之和。",
			ExplanationEN: "In performance forms the money of a project is what the budget pays and other money.",
		},
		{
			ID: "X13", Version: 1, Severity: SeverityWarn, Check: checkRepeatedStatements,
			TitleZH: "同名报表合计一致", TitleEN: "a statement printed twice has one total",
			ExplanationZH: "同一单位的同名报表印两次时，合计应相等。",
			ExplanationEN: "A statement of one agency that is printed twice has the same total both times.",
		},
		{
			ID: "X14", Version: 1, Severity: SeverityWarn, Check: checkYears,
			TitleZH: "各表年度一致", TitleEN: "all titles name the same year",
			ExplanationZH: "各报表名称中的年度应一致。",
			ExplanationEN: "The titles of all tables name the same fiscal year.",
		},
	}
}
