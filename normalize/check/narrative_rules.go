package check

// narrativeRules hold the text against itself and against the tables.
func narrativeRules() []Rule {
	return []Rule{
		{
			ID: "N01", Version: 1, Severity: SeverityError, Check: checkIncomeProse,
			TitleZH: "正文收入与收入表一致", TitleEN: "income in the text is that of the tables",
			ExplanationZH: "正文所述收入总计、各来源收入及其占比，应与收支总表、收入总表一致。",
			ExplanationEN: "Total income, its sources and their shares as the text states them are those of the statements of income.",
		},
		{
			ID: "N02", Version: 1, Severity: SeverityError, Check: checkSpendingProse,
			TitleZH: "正文基本支出、项目支出与支出表一致", TitleEN: "basic and project spending in the text are those of the tables",
			ExplanationZH: "正文所述支出总计、基本支出、项目支出及其占比，应与支出表一致。",
			ExplanationEN: "Total, basic and project spending and their shares as the text states them are those of the statements of expenditure.",
		},
		{
			ID: "N03", Version: 1, Severity: SeverityError, Check: checkFiscalProse,
			TitleZH: "正文财政拨款收支总计与财政拨款收支总表一致", TitleEN: "fiscal money in the text is that of its statement",
			ExplanationZH: "正文所述财政拨款收支总计，应与财政拨款收支总表的总计或本年合计一致。",
			ExplanationEN: "The total of fiscal money as the text states it is a total of the statement of fiscal income and expenditure.",
		},
		{
			ID: "N04", Version: 1, Severity: SeverityError, Check: checkFunctionProse,
			TitleZH: "正文各科目支出与支出表一致", TitleEN: "items in the text are those of the tables",
			ExplanationZH: "正文按类、款、项或科目编码所述支出，应与任一支出表中该科目的金额一致；各类占比应可由金额算出。",
			ExplanationEN: "Spending that the text states of a class, subclass or item, by name or code, is printed in a row of it in one of the statements, and the shares of classes follow from the amounts.",
		},
		{
			ID: "N05", Version: 1, Severity: SeverityError, Check: checkCostProse,
			TitleZH: "正文人员经费、公用经费与基本支出表一致", TitleEN: "personnel and public costs in the text are those of the tables",
			ExplanationZH: "正文所述人员经费、公用经费，应与基本支出表一致。",
			ExplanationEN: "Personnel and public costs as the text states them are those of the statement of basic spending.",
		},
		{
			ID: "N06", Version: 1, Severity: SeverityError, Check: checkThreePublicProse,
			TitleZH: "正文“三公”经费与其表一致", TitleEN: "the three public expenses in the text are those of their table",
			ExplanationZH: "正文所述“三公”经费及其各项，应与“三公”经费表一致，且总额等于各项之和。",
			ExplanationEN: "The three public expenses and their parts as the text states them are printed in their table, and add up.",
		},
		{
			ID: "N07", Version: 1, Severity: SeverityError, Check: checkOperatingProse,
			TitleZH: "正文机关运行经费与表一致，且等于所列各项之和", TitleEN: "operating cost in the text is that of the tables, and the sum of its items",
			ExplanationZH: "正文所述机关运行经费应与机关运行经费表一致；所列各项之和应等于总额，各项应与基本支出表302类一致。没有该表时，只在与公用经费一致时计为通过。",
			ExplanationEN: "Operating cost as the text states it is that of its table; listed items add up to it and are those of class 302. Without such a table it is compared with public costs, which may rightly be more: only agreement counts.",
		},
		{
			ID: "N08", Version: 1, Severity: SeverityError, Check: checkPurchaseProse,
			TitleZH: "正文政府采购等于货物、工程、服务之和", TitleEN: "government procurement in the text is goods, works and services",
			ExplanationZH: "正文所述政府采购总额，应等于货物、工程、服务之和。",
			ExplanationEN: "The total of government procurement that the text states is the sum of goods, works and services.",
		},
		{
			ID: "N09", Version: 1, Severity: SeverityError, Check: checkAssetsProse,
			TitleZH: "正文车辆数等于各类用车之和，资产与资产表一致", TitleEN: "vehicles in the text are the sum of their kinds, assets those of the table",
			ExplanationZH: "正文所述车辆数应等于各类用车之和；固定资产金额应与资产表一致。",
			ExplanationEN: "The number of vehicles is the sum of their kinds; the value of fixed assets is that of their table.",
		},
		{
			ID: "N10", Version: 1, Severity: SeverityError, Check: checkGrowth,
			TitleZH: "增减额、增减率可由所述金额算出", TitleEN: "changes and rates follow from the amounts stated",
			ExplanationZH: "本年数、上年数、增减额与增减率应相符；增加额不应大于本年数；完成预算的比率等于决算数除以预算数。比率相差不到一个百分点的，列为提醒。",
			ExplanationEN: "An amount, last year's, the change and the rate fit each other, and nothing grows by more than it is; the rate of completion is the outcome in percent of the plan. A rate off by less than a percentage point is a warning.",
		},
		{
			ID: "N11", Version: 1, Severity: SeverityError, Check: checkStatements,
			TitleZH: "正文称“无”的，表中应无数；所称原因应写明", TitleEN: "what the text says there is none of has no amounts; reasons are given",
			ExplanationZH: "正文称无政府性基金、国有资本经营预算等的，相应的表应无金额；“主要原因”之后应有内容；不应留有XX等待填内容。后两项列为提醒。",
			ExplanationEN: "A statement of what the text says there is none of prints no amounts; announced reasons follow; nothing is left to fill in. The latter two are warnings.",
		},
		{
			ID: "N12", Version: 1, Severity: SeverityInfo, Check: checkUnits,
			TitleZH: "正文金额应有单位", TitleEN: "amounts in the text have a unit",
			ExplanationZH: "同一段落其他金额有单位时，不应有缺少单位的金额。",
			ExplanationEN: "Where other amounts of a paragraph have a unit, none is without.",
		},
	}
}
