package statement

import "strings"

// FromColumns decides by the texts of a table's header where no title names
// the statement. paths are the column paths, labels the first row labels.
func FromColumns(paths, labels []string, context Context) (Match, bool) {
	header := strings.Join(paths, "|")
	id := readColumns(header, strings.Join(labels, "|"))
	if id == "" && context.Level == Department {
		id = readClassified(header, context)
	}
	if id == "" {
		return Match{}, false
	}
	if s, ok := ByID(id); ok {
		id = inPhase(s, phaseOfColumns(header, context.Phase))
	}
	return Match{id, byColumns, "columns"}, true
}

// readClassified decides for a table of codes or their names that says no more
// than how it classifies: the heading above it names the fund.
func readClassified(header string, context Context) string {
	const heads = 120 // a longer header is that of a matrix
	if len(header) > heads*len("科") {
		return ""
	}
	general := strings.Contains(context.Heading, "一般公共预算")
	switch {
	case strings.Contains(header, "经济分类科目"), strings.Contains(header, "经济科目"):
		if general {
			return "gpb_by_economic"
		}
		return "dept_by_economic"
	case strings.Contains(header, "功能分类科目"), strings.Contains(header, "功能科目"):
		// Final accounts of all funds have columns for 上缴上级 and 经营支出 too.
		if general || context.Phase == Executed && strings.Contains(header, "基本支出") && strings.Contains(header, "项目支出") {
			return "gpb_expenditure"
		}
		return "dept_expenditure"
	}
	return ""
}

func phaseOfColumns(header string, document Phase) Phase {
	if strings.Contains(header, "决算数") {
		return Executed
	}
	return document
}

func readColumns(header, labels string) string {
	has := func(terms ...string) bool {
		for _, t := range terms {
			if !strings.Contains(header, t) {
				return false
			}
		}
		return true
	}
	row := func(terms ...string) bool {
		for _, t := range terms {
			if !strings.Contains(labels, t) {
				return false
			}
		}
		return true
	}
	switch {
	case has("一级指标"), has("三级指标"), row("一级指标"), has("绩效目标"), row("产出指标"), row("效益指标"):
		return "performance_project"
	case has("因公出国", "公务接待"), row("因公出国", "公务接待"):
		return "three_public"
	case has("采购", "数量"), has("采购", "单价"), has("采购目录"), has("采购品目"):
		return "procurement_plan"
	case has("购买服务"):
		return "service_purchase"
	case has("收入", "支出") && row("本年支出") && (has("政府性基金", "一般公共预算")):
		return "fiscal_income_expenditure"
	case row("本年收入合计", "本年支出合计"), row("收入总计", "支出总计"):
		return "dept_income_expenditure"
	case has("财政拨款", "事业收入", "经营收入"), has("一般公共预算", "事业收入", "上级补助收入"):
		return "dept_income"
	case has("年初结转", "本年收入", "本年支出", "年末结转"):
		return "gov_fund_expenditure" // of one fund, and most often of this
	case row("工资福利支出") && has("人员经费", "公用经费"):
		return "gpb_basic_expenditure"
	case has("基本支出", "项目支出", "上缴上级"), has("基本支出", "项目支出", "经营支出"):
		return "dept_expenditure"
	case has("基本支出", "人员经费", "公用经费", "项目支出"):
		return "gpb_expenditure"
	case has("单位名称", "经费") && has("单位性质"), has("单位规格"):
		return "institution"
	case has("价值", "数量"), row("资产总额", "房屋"):
		return "asset_status"
	}
	return ""
}
