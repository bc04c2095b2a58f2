package normalize

import (
	"strconv"
	"strings"

	"gongkai/normalize/statement"
)

// The dimensions of an amount are said by its column, its statement and its
// document, in this order; what none of them says stays empty.

// dimensions are what a column says about the amounts in it.
type dimensions struct {
	fund    string // FundType of a line
	kind    string // SpendingKind
	measure string
	role    string // AmountRole
	item    *item  // of a column that is one: 公务接待费
}

// phrase gives a meaning to words of a heading.
type phrase struct {
	words   []string
	meaning string
}

// meaningIn is the meaning of the first phrase that the heading holds.
func meaningIn(phrases []phrase, heading string) string {
	for _, p := range phrases {
		if containsAny(heading, p.words...) {
			return p.meaning
		}
	}
	return ""
}

var fundPhrases = []phrase{
	{[]string{"政府性基金", "政府基金", "基金预算"}, "government_fund"},
	{[]string{"国有资本经营"}, "state_capital"},
	{[]string{"财政专户", "专户管理", "专户核拨"}, "special_account"},
	{[]string{"一般公共预算", "公共预算", "一般公共服务预算", "公共财政"}, "general_public"},
	{[]string{"单位资金", "事业收入", "事业单位经营", "经营收入", "上级补助", "附属单位上缴", "其他收入", "其他资金", "自有资金", "非财政拨款结余", "实户资金"}, "own_revenue"},
}

// statementFunds is the fund of all amounts of a statement.
var statementFunds = map[string]string{
	"dept_income_expenditure": "all", "dept_income": "all", "dept_expenditure": "all",
	"dept_by_economic": "all", "basic_expenditure": "all", "final_income_expenditure": "all", "final_income": "all", "final_expenditure": "all",
	"gpb_expenditure": "general_public", "gpb_basic_expenditure": "general_public", "gpb_project_expenditure": "general_public", "gpb_by_economic": "general_public",
	"final_gpb_expenditure": "general_public", "final_gpb_detail": "general_public", "final_gpb_basic": "general_public", "final_gpb_project": "general_public",
	"gov_gpb_by_economic": "general_public", "gov_gpb_income": "general_public", "gov_gpb_expenditure": "general_public", "gov_gpb_own_expenditure": "general_public", "gov_gpb_basic_expenditure": "general_public",
	"gov_fund_expenditure": "government_fund", "gov_fund_basic": "government_fund", "final_gov_fund": "government_fund",
	"gov_fund_income": "government_fund", "gov_fund_expenditure_total": "government_fund",
	"state_capital_expenditure": "state_capital", "final_state_capital": "state_capital",
	"gov_state_capital_income": "state_capital", "gov_state_capital_expenditure": "state_capital",
	"special_account_expenditure": "special_account", "other_funds_expenditure": "own_revenue",
}

// fundOf: a column that speaks of 财政拨款 without a fund holds the sum of the
// three fiscal ones, which is no fund and not all of them.
func fundOf(id, title, heading string) string {
	if fund := meaningIn(fundPhrases, heading); fund != "" {
		return fund
	}
	fund := statementFunds[id]
	switch {
	case fund == "all" && containsAny(heading, "财政拨款", "财政资金"):
		return ""
	case fund == "" && isThreePublic(id):
		return meaningIn(fundPhrases[:4], title)
	}
	return fund
}

// kindPhrases: the parts of 基本支出 before itself, since they stand below its head.
var kindPhrases = []phrase{
	{[]string{"人员经费", "人员支出", "人员类", "工资福利", "对个人和家庭"}, "personnel"},
	{[]string{"公用经费", "公用支出", "日常公用", "商品和服务"}, "public"},
	{[]string{"基本支出"}, "basic"},
	{[]string{"项目支出", "项目经费", "专项业务经费", "项目金额", "项目总额"}, "project"},
}

// statementKinds is the kind of the sums in statements of one kind of spending.
var statementKinds = map[string]string{
	"gpb_basic_expenditure": "basic", "fiscal_basic_expenditure": "basic", "basic_expenditure": "basic", "final_gpb_basic": "basic", "final_fiscal_basic": "basic", "gov_fund_basic": "basic", "gov_gpb_basic_expenditure": "basic",
	"gpb_project_expenditure": "project", "final_gpb_project": "project", "project_expenditure": "project",
	"dept_income_expenditure": "total", "final_income_expenditure": "total", // their revenue is of no kind
	"dept_expenditure": "total", "dept_by_economic": "total", "fiscal_expenditure": "total", "final_fiscal_expenditure": "total", "gpb_expenditure": "total", "gov_fund_expenditure": "total", "state_capital_expenditure": "total",
	"special_account_expenditure": "total", "other_funds_expenditure": "total", "gpb_by_economic": "total",
	"final_expenditure": "total", "final_gpb_expenditure": "total", "final_fiscal_detail": "total", "final_gpb_detail": "total",
	"final_gov_fund": "total", "final_state_capital": "total",
	"gov_gpb_expenditure": "total", "gov_gpb_own_expenditure": "total", "gov_gpb_by_economic": "total", "gov_fund_expenditure_total": "total", "gov_state_capital_expenditure": "total",
}

// kindOf reads the head of the column; a bare sum, fund or number (合计, 预算数)
// is of the kind of the statement.
func kindOf(id string, path []string, heading string) string {
	if kind := meaningIn(kindPhrases, heading); kind != "" {
		return kind
	}
	of := statementKinds[id]
	if of == "" || containsAny(heading, "收入", "结转", "结余", "采购", "上缴", "补助", "经营支出") && of == "total" {
		return ""
	}
	if of != "total" || len(path) == 0 || hasAnySuffix(path[len(path)-1], "合计", "小计", "总计", "预算数", "决算数", "执行数", "预算", "决算", "金额") {
		return of
	}
	return ""
}

// isOtherSpending tells the parts of all spending that are neither basic nor project.
func isOtherSpending(heading string) bool {
	return containsAny(heading, "上缴上级", "经营支出", "对附属单位", "对下级单位") && !strings.Contains(heading, "其中")
}

// measureOf tells plan from outcome, this year from the last, by the words and
// years of the column; year 0 is unknown.
func measureOf(heading string, year int, phase string) string {
	if containsAny(heading, "增减", "增加额", "减少额", "比上年", "较上年", "同比", "增长额", "比20") {
		return "change"
	}
	final := containsAny(heading, "决算", "执行数", "完成数", "实际支出", "执行情况")
	if saysPriorYear(heading, year) {
		if final {
			return "prior_year_final"
		}
		return "prior_year_budget"
	}
	switch {
	case final:
		return "final"
	case containsAny(heading, "调整预算", "全年预算", "预算调整数", "变动预算"):
		return "adjusted_budget"
	case containsAny(heading, "预算数", "年初预算"), phase == "approved":
		return "budget"
	case phase == "executed":
		return "final"
	}
	return ""
}

// saysPriorYear: 上年预算数, or 2025年预算数 in a document of 2026; but not
// 上年结转, which is money of this year.
func saysPriorYear(heading string, year int) bool {
	for rest := heading; ; {
		i := strings.Index(rest, "上年")
		if i < 0 {
			break
		}
		rest = rest[i+len("上年"):]
		if !strings.HasPrefix(rest, "结") && !strings.HasPrefix(rest, "实户") && !strings.HasPrefix(strings.TrimPrefix(rest, "度"), "结") && !strings.HasPrefix(rest, "财政拨款结") {
			return true
		}
	}
	return year > 0 && strings.Contains(heading, strconv.Itoa(year-1)+"年") && !strings.Contains(heading, strconv.Itoa(year)) && !strings.Contains(heading, "结转")
}

// amountRole tells what may be added at all: prices of one piece, and what
// there is on a day, are no flows of money in a year.
func amountRole(id, heading, leaf string) string {
	switch {
	case strings.Contains(leaf, "单价"):
		return "unit_price"
	case id == "asset_status", id == "gov_debt", containsAny(heading, "年末结转", "年末结余", "年初结转", "年初结余", "滚存结余"):
		return "stock"
	}
	return "flow"
}

// readDimensions is what a column of a statement says.
func readDimensions(id, title string, path []string, year int, phase string) dimensions {
	heading, leaf := joinPath(path), ""
	if len(path) > 0 {
		leaf = path[len(path)-1]
	}
	return dimensions{
		fund: fundOf(id, title, heading), kind: kindOf(id, path, heading), measure: measureOf(heading, year, phase),
		role: amountRole(id, heading, leaf), item: itemOfColumn(id, path),
	}
}

// reportingLevel is whose accounts a statement is part of.
func reportingLevel(id, documentKind string) string {
	if s, ok := statement.ByID(id); ok && s.Level == statement.Government {
		return "government"
	}
	level, _, found := strings.Cut(documentKind, "_")
	if !found {
		return ""
	}
	return level
}

// setDimensions gives a line what its column and row say.
func (w *tableWriter) setDimensions(line *Line, d *dimensions, label *rowLabel) {
	line.FundType, line.SpendingKind, line.Measure, line.AmountRole = d.fund, d.kind, d.measure, d.role
	if line.Direction == "revenue" && line.SpendingKind == "total" {
		line.SpendingKind = "" // income is of no kind of spending
	}
	line.ReportedBy = w.reportedBy
	if line.ReportedBy == "department" && line.AgencyName != "" && line.AgencyName != w.profile.name {
		line.ReportedBy = "unit"
	}
	found := d.item
	if label != nil && line.Code == "" && label.class == "" && (found == nil || found == threePublicTotal()) {
		if row := itemOfRow(line.Statement, line.Direction, line.Name); row != nil {
			found = row
		}
	}
	if found != nil {
		line.ItemCode, line.ItemName = found.code, found.name
	}
	if line.Direction == "revenue" && label != nil && (line.FundType == "all" || line.FundType == "") && !label.total {
		if fund := meaningIn(fundPhrases, line.Name); fund != "" {
			line.FundType = fund
		} else if line.ItemCode == "income.fiscal" {
			line.FundType = ""
		}
	}
}
