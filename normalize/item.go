package normalize

import "strings"

// Rows and columns that no classification numbers have a fixed place in the
// statements all the same: 三公 and its parts, the sources of income, the totals.

// item is one of them, with the words it is printed with.
type item struct {
	code, name string
	words      []string // one of them is part of the printed label
}

// threePublicItems are in the order in which a label is tried: the parts of
// 公务用车购置及运行维护费 before the whole would hide them.
var threePublicItems = []item{
	{"three_public.vehicle", "公务用车购置及运行维护费", []string{"用车购置及运", "用车购置和运", "用车运行维护及购置", "用车费"}},
	{"three_public.vehicle_purchase", "公务用车购置费", []string{"用车购置"}},
	{"three_public.vehicle_operation", "公务用车运行维护费", []string{"用车运行"}},
	{"three_public.reception", "公务接待费", []string{"接待费"}},
	{"three_public.abroad", "因公出国（境）费", []string{"出国"}},
	{"three_public.meeting", "会议费", []string{"会议费"}},
	{"three_public.training", "培训费", []string{"培训费"}},
	{"three_public.operating_cost", "机关运行经费", []string{"机关运行经费"}},
	{"three_public.total", "“三公”经费合计", []string{"三公", "合计", "总计"}},
}

var incomeItems = []item{
	{"income.total", "收入总计", []string{"收入总计", "收入总额", "收入合计总", "总计"}},
	{"income.current_year", "本年收入合计", []string{"本年收入合计", "收入小计", "收入合计", "收入预算合计"}},
	{"income.carry_over", "上年结转", []string{"上年结转", "年初结转", "上年结余", "以前年度结转", "年初财政拨款结转", "年初结余",
		"财政拨款结余、结转", "拨款资金结转", "拨款资金结余"}},
	{"income.surplus_used", "使用非财政拨款结余", []string{"非财政拨款结余", "事业基金弥补", "用事业基金", "动用历年结余"}},
	{"income.superior_subsidy", "上级补助收入", []string{"上级补助"}},
	{"income.subordinate_remittance", "附属单位上缴收入", []string{"附属单位"}},
	{"income.general_public", "一般公共预算拨款收入", []string{"一般公共预算", "公共财政预算", "公共预算拨款"}},
	{"income.government_fund", "政府性基金预算拨款收入", []string{"政府性基金", "基金预算"}},
	{"income.state_capital", "国有资本经营预算拨款收入", []string{"国有资本经营"}},
	{"income.special_account", "财政专户管理资金收入", []string{"财政专户", "专户"}},
	{"income.commercial", "事业单位经营收入", []string{"经营收入"}},
	{"income.operations", "事业收入", []string{"事业收入"}},
	{"income.fiscal", "财政拨款收入", []string{"财政拨款"}},
	{"income.unit_funds", "单位资金", []string{"单位资金"}},
	{"income.other", "其他收入", []string{"其他收入"}},
}

var expenditureItems = []item{
	{"expenditure.total", "支出总计", []string{"支出总计", "支出总额", "总计"}},
	{"expenditure.current_year", "本年支出合计", []string{"本年支出合计", "支出小计", "支出合计", "支出预算合计"}},
	{"expenditure.carry_over", "结转下年", []string{"结转下年", "年末结转", "年终结转", "年末财政拨款结转", "结转结余下年", "结余结转下年"}},
	{"expenditure.surplus_distribution", "结余分配", []string{"结余分配"}},
	{"expenditure.superior_remittance", "上缴上级支出", []string{"上缴上级"}},
	{"expenditure.subordinate_subsidy", "对附属单位补助支出", []string{"附属单位补助"}},
	{"expenditure.commercial", "事业单位经营支出", []string{"经营支出"}},
}

// findItem is the first item one of whose words is part of the label.
func findItem(items []item, label string) *item {
	if label == "" {
		return nil
	}
	for i := range items {
		for _, word := range items[i].words {
			if strings.Contains(label, word) {
				return &items[i]
			}
		}
	}
	return nil
}

func isThreePublic(id string) bool { return id == "three_public" || id == "final_three_public" }

// threePublicTotal is the sum of the three.
func threePublicTotal() *item { return &threePublicItems[len(threePublicItems)-1] }

// itemOfRow is what a row without a code stands for.
func itemOfRow(id, direction, label string) *item {
	switch {
	case isThreePublic(id):
		if strings.Contains(label, "三公") {
			return threePublicTotal()
		}
		if part := partOfVehicles(withoutListNumber(strings.TrimLeft(strings.TrimPrefix(withoutListNumber(label), "其中"), "：:"))); part != nil {
			return part
		}
		return findItem(threePublicItems, label)
	case !isBalance(id):
		return nil
	case direction == "revenue":
		return findItem(incomeItems, label)
	case direction == "expenditure":
		return findItem(expenditureItems, label)
	}
	return nil
}

// partOfVehicles reads 购置费 and 运行维护费, which below the head of vehicles need not
// say whose they are.
func partOfVehicles(label string) *item {
	switch label {
	case "购置费", "购置":
		return findItem(threePublicItems, "用车购置")
	case "运行费", "运行维护费", "运维费":
		return findItem(threePublicItems, "用车运行")
	}
	return nil
}

// isBalance: the two-sided statements, whose rows are items where they are no classes.
func isBalance(id string) bool {
	switch id {
	case "dept_income_expenditure", "fiscal_income_expenditure", "final_income_expenditure", "final_fiscal_income_expenditure":
		return true
	}
	return false
}

// itemOfColumn is what a column of 三公 stands for where the columns are the
// items: 公务用车购置及运行维护费/小计.
func itemOfColumn(id string, path []string) *item {
	if !isThreePublic(id) {
		return nil
	}
	for i := len(path) - 1; i >= 0; i-- {
		if strings.Contains(path[i], "三公") || hasAnySuffix(path[i], "小计") || i > 0 && hasAnySuffix(path[i], "合计") && findItem(threePublicItems[:len(threePublicItems)-1], path[i-1]) != nil {
			continue // the head over all of them, or the sum of what the head above names
		}
		if part := partOfVehicles(path[i]); part != nil && i > 0 && strings.Contains(path[i-1], "用车") {
			return part
		}
		if found := findItem(threePublicItems, path[i]); found != nil {
			return found
		}
	}
	if strings.Contains(strings.Join(path, "/"), "三公") {
		return threePublicTotal()
	}
	return nil
}
