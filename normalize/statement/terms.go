package statement

import "strings"

// A title is built from few terms: whose money (财政拨款, 一般公共预算,
// 政府性基金 …), which side (收支, 收入, 支出), which part (基本, 项目) and
// how it is classified. fromTerms reads them in that order.
func fromTerms(key string, context Context) (Match, bool) {
	if !looksLikeTitle(key) {
		return Match{}, false
	}
	id, confidence := readTerms(key, context)
	if id == "" {
		return Match{}, false
	}
	if s, ok := ByID(id); ok {
		id = inPhase(s, context.Phase)
	}
	return Match{id, confidence, "terms"}, true
}

func looksLikeTitle(key string) bool {
	return strings.HasSuffix(withoutAnyRemark(key), "表") && !strings.ContainsAny(key, "。；;，,") && !strings.Contains(key, "空表")
}

// withoutAnyRemark drops remarks behind a title, in brackets or after a dash:
// 一般公共预算基本支出表—人员经费.
func withoutAnyRemark(key string) string {
	for _, dash := range []string{"表-", "表—", "表－"} {
		if i := strings.Index(key, dash); i > 0 {
			key = key[:i] + "表"
		}
	}
	for strings.HasSuffix(key, ")") {
		i := strings.LastIndex(key, "(")
		if i <= 0 {
			break
		}
		key = key[:i]
	}
	return key
}

func readTerms(key string, context Context) (string, float64) {
	name := withoutAnyRemark(key)
	has := func(term string) bool { return strings.Contains(name, term) }
	switch {
	case has("绩效"):
		return performanceTerms(name), builtTitle
	case has("三公"):
		return "three_public", builtTitle
	case context.Phase == Executed && reportsOperation(name):
		return "final_institution_ops", builtTitle
	case has("机关运行经费"), has("机关事业运行经费"):
		return "operating_cost", builtTitle
	case has("购买服务") && !has("采购"):
		return "service_purchase", builtTitle
	case has("采购"):
		return "procurement_plan", builtTitle
	case has("资产") && !has("负债"):
		return assetTerms(name), builtTitle
	case has("社会保险基金"), has("社保基金"), has("养老保险基金"), has("医疗保险基金"), has("工伤保险基金"), has("失业保险基金"):
		return "gov_social_insurance", builtTitle
	case has("债务") && (has("限额") || has("余额")), has("债券"), has("还本付息"):
		return "gov_debt", builtTitle
	case has("转移支付"), has("税收返还"), has("转移性收"), has("转移性支"):
		if context.Level == Government {
			return "gov_transfers", builtTitle
		}
		return "transfers_to_lower", builtTitle
	case has("结转"):
		return "carry_over", builtTitle
	case has("专户"):
		return "special_account_expenditure", builtTitle
	case has("其他资金"), has("单位资金"):
		return "other_funds_expenditure", builtTitle
	case has("一般性支出"), has("会议费"), has("培训费"):
		return "general_expense", builtTitle
	case has("机构运行"):
		return "final_institution_ops", builtTitle
	case has("机构设置"):
		return "institution", builtTitle
	}
	if context.Level == Government {
		return governmentTerms(name, key), builtTitle
	}
	if has("债务") {
		return "", 0 // no statement of a department
	}
	return departmentTerms(name, key)
}

// reportsOperation: a table of final accounts about several of what keeps an agency
// running: 机关运行经费支出、国有资产占用情况及政府采购情况表.
func reportsOperation(name string) bool {
	found := 0
	for _, term := range []string{"运行经费", "资产", "采购"} {
		if strings.Contains(name, term) {
			found++
		}
	}
	return found > 1
}

func performanceTerms(name string) string {
	if strings.Contains(name, "整体") {
		return "performance_overall"
	}
	return "performance_project"
}

func assetTerms(name string) string {
	if strings.Contains(name, "新增") || strings.Contains(name, "配置") {
		return "asset_new"
	}
	return "asset_status"
}

func governmentTerms(name, key string) string {
	has := func(term string) bool { return strings.Contains(name, term) }
	income := has("收入") && !has("支出")
	switch {
	case has("国有资本经营") && income:
		return "gov_state_capital_income"
	case has("国有资本经营"):
		return "gov_state_capital_expenditure"
	case has("政府性基金") && income:
		return "gov_fund_income"
	case has("政府性基金"), has("政府基金"):
		return "gov_fund_expenditure_total"
	case income:
		return "gov_gpb_income"
	case has("基本支出"), has("(基本)支出"):
		return "gov_gpb_basic_expenditure"
	case has("支出") && strings.Contains(key, "经济分类"):
		return "gov_gpb_by_economic"
	case has("本级") && has("支出"):
		return "gov_gpb_own_expenditure"
	case has("支出"), has("收支"), has("平衡"):
		return "gov_gpb_expenditure"
	}
	return ""
}

// departmentTerms also gives the confidence. Titles that name no fund are of all
// funds, those that speak of 财政拨款 alone of the three fiscal ones.
func departmentTerms(name, key string) (string, float64) {
	has := func(term string) bool { return strings.Contains(name, term) }
	general, fiscal := has("一般公共") || has("公共财政预算"), has("财政拨款")
	economic := strings.Contains(key, "经济") && !strings.Contains(key, "功能")
	bothSides := has("收支") || has("收入支出") || has("收入和支出") || has("收入、支出")
	// of gives the statement of the fund that the title names.
	of := func(generalPublic, allFiscal, all string) (string, float64) {
		switch {
		case general:
			return generalPublic, builtTitle
		case fiscal:
			return allFiscal, builtTitle
		}
		return all, builtTitle
	}
	switch {
	case has("政府性基金") || has("政府基金"):
		if has("基本支出") {
			return "gov_fund_basic", builtTitle
		}
		return "gov_fund_expenditure", builtTitle
	case has("国有资本经营"):
		return "state_capital_expenditure", builtTitle
	case general && has("收入支出决算表"):
		return "gpb_expenditure", builtTitle // by function, with what was left before and after
	case bothSides:
		return of("fiscal_income_expenditure", "fiscal_income_expenditure", "dept_income_expenditure")
	case has("基本支出") && has("项目支出"):
		return of("gpb_expenditure", "fiscal_expenditure", "dept_expenditure")
	case has("基本支出"):
		return of("gpb_basic_expenditure", "fiscal_basic_expenditure", "basic_expenditure")
	case (has("项目") || has("专项业务") || has("专项资金")) && has("支出"):
		return of("gpb_project_expenditure", "project_expenditure", "project_expenditure")
	case has("支出") && economic && fiscal && !general:
		return "gpb_by_economic", nearestTitle
	case has("支出") && economic:
		return of("gpb_by_economic", "gpb_by_economic", "dept_by_economic")
	case has("支出") && has("明细") && has("决算") && general:
		return "final_gpb_detail", builtTitle
	case has("支出"):
		return of("gpb_expenditure", "fiscal_expenditure", "dept_expenditure")
	case has("收入"):
		return "dept_income", builtTitle
	}
	return "", 0
}
