package statement

import "sync"

// Phase is the stage of the budget cycle a statement reports on.
type Phase uint8

const (
	AnyPhase Phase = iota
	Approved       // 预算
	Executed       // 决算
)

// Level is who reports: a department or unit, or the government as a whole.
type Level uint8

const (
	Department Level = iota // 部门 or 单位
	Government              // 政府 (财政部门 for the whole division)
)

// Direction says which side of the budget a statement's amounts are on.
type Direction string

const (
	Revenue     Direction = "revenue"
	Expenditure Direction = "expenditure"
	Both        Direction = "" // two-sided, or neither
)

// Unknown is a table with amounts that fits no statement; Other has none.
const (
	Unknown = "unknown"
	Other   = "other"
)

// Statement is one kind of table that departments or governments publish.
type Statement struct {
	ID        string
	Number    string // usual number in the published set: 01, 05 …
	Phase     Phase
	Level     Level
	Direction Direction
	Scheme    string // classification of its codes; empty when it has none or several
	Final     string // id of the same statement in final accounts, for approved ones
	// Within is the id of the wider statement that datasets call it by, as others know
	// no finer name for it; empty: its own. The fund of its lines tells them apart.
	Within string
	Titles []string
}

const (
	functional         = "functional_expenditure"
	economicDepartment = "economic_department"
	economicGovernment = "economic_government"
	revenueScheme      = "revenue"
	procurement        = "procurement"
)

// All lists every statement, departments' budgets first.
func All() []Statement { return append([]Statement(nil), registry...) }

// Reported is the id that datasets call a statement by.
func Reported(id string) string {
	if s, ok := ByID(id); ok && s.Within != "" {
		return s.Within
	}
	return id
}

// ByID finds a statement by its id.
func ByID(id string) (Statement, bool) {
	if i, ok := index().ids[id]; ok {
		return registry[i], true
	}
	return Statement{}, false
}

// lookup tables over the registry, made once.
type tables struct {
	ids    map[string]int
	titles map[string][]int // normalised title → statements published under it
	keys   []title          // normalised titles, longest first
}

type title struct {
	key       string
	runes     []rune
	statement int
}

var index = sync.OnceValue(buildIndex)

func buildIndex() tables {
	t := tables{ids: map[string]int{}, titles: map[string][]int{}}
	for i, s := range registry {
		t.ids[s.ID] = i
		for _, printed := range s.Titles {
			key := NormalizeTitle(printed)
			if contains(t.titles[key], i) {
				continue
			}
			t.titles[key] = append(t.titles[key], i)
			t.keys = append(t.keys, title{key, []rune(key), i})
		}
	}
	return t
}

func contains(list []int, x int) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// registry holds the statements with the titles seen in print.
var registry = []Statement{
	{ID: "dept_income_expenditure", Number: "01", Phase: Approved, Final: "final_income_expenditure", Titles: []string{
		"部门预算收支总表", "部门收支总体情况表", "部门（单位）收支总体情况表", "收支预算总表", "部门收支总表", "收支总表",
		"部门财务收支预算总表", "预算单位财务收支预算总表", "单位收支总表", "财务收支预算总表", "收支总体情况表", "部门综合预算收支总表",
	}},
	{ID: "dept_income", Number: "02", Phase: Approved, Direction: Revenue, Scheme: functional, Final: "final_income", Titles: []string{
		"部门预算收入总表", "部门收入总体情况表", "部门收入总表", "收入预算总表", "部门收入预算总表", "单位收入总表", "收入总体情况表",
		"部门综合预算收入总表", "本年收入总体情况表",
	}},
	{ID: "dept_expenditure", Number: "03", Phase: Approved, Direction: Expenditure, Scheme: functional, Final: "final_expenditure", Titles: []string{
		"部门预算支出总表", "部门支出总体情况表", "部门支出总表", "支出预算总表", "部门支出预算总表", "支出总体情况表",
		"部门综合预算支出总表", "本年支出总体情况表",
	}},
	{ID: "fiscal_income_expenditure", Number: "04", Phase: Approved, Final: "final_fiscal_income_expenditure", Titles: []string{
		"部门预算财政拨款收支总表", "财政拨款收支总体情况表", "财政拨款收支总表", "财政拨款收支预算总表", "部门财政拨款收支预算总表",
	}},
	{ID: "dept_by_economic", Within: "gpb_by_economic", Phase: Approved, Direction: Expenditure, Scheme: economicDepartment, Titles: []string{
		"支出预算表（按经济分类）", "支出预算分类汇总表（按政府预算经济分类）", "支出预算分类汇总表（按部门预算经济分类）", "支出分类（政府预算）", "支出分类（部门预算）",
	}},
	{ID: "basic_expenditure", Within: "gpb_basic_expenditure", Phase: Approved, Direction: Expenditure, Scheme: economicDepartment, Final: "final_fiscal_basic", Titles: []string{
		"基本支出总表", "基本支出表", "基本支出预算表", "基本支出预算情况表", "基本支出预算明细表",
	}},
	{ID: "fiscal_expenditure", Within: "gpb_expenditure", Phase: Approved, Direction: Expenditure, Scheme: functional, Final: "final_fiscal_expenditure", Titles: []string{
		"财政拨款支出表", "财政拨款支出总表", "财政拨款支出预算表", "财政拨款支出表（功能科目）",
	}},
	{ID: "fiscal_basic_expenditure", Within: "gpb_basic_expenditure", Phase: Approved, Direction: Expenditure, Scheme: economicDepartment, Final: "final_fiscal_basic", Titles: []string{
		"财政拨款基本支出表", "财政拨款基本支出预算表", "财政拨款基本支出表（经济科目）",
	}},
	{ID: "gpb_expenditure", Number: "05", Phase: Approved, Direction: Expenditure, Scheme: functional, Final: "final_gpb_expenditure", Titles: []string{
		"部门预算一般公共预算财政拨款支出表", "一般公共预算支出情况表", "一般公共预算支出表（按功能分类）", "一般公共预算支出表",
		"一般公共预算拨款支出预算表", "部门一般公共预算支出功能分类预算表", "一般公共预算拨款表", "一般公共预算支出预算表",
	}},
	{ID: "gpb_basic_expenditure", Number: "06", Phase: Approved, Direction: Expenditure, Scheme: economicDepartment, Final: "final_gpb_basic", Titles: []string{
		"部门预算一般公共预算财政拨款基本支出表", "一般公共预算基本支出情况表", "一般公共预算基本支出表（按经济分类）", "一般公共预算基本支出表",
		"一般公共预算基本支出经济分类情况表", "部门一般公共预算基本支出部门预算经济分类预算表", "一般公共预算基本支出预算表",
	}},
	{ID: "gpb_project_expenditure", Phase: Approved, Direction: Expenditure, Scheme: functional, Final: "final_gpb_project", Titles: []string{
		"一般公共预算项目支出情况表", "一般公共预算项目支出表",
	}},
	{ID: "gpb_by_economic", Phase: Approved, Direction: Expenditure, Scheme: economicDepartment, Titles: []string{
		"一般公共预算支出经济分类情况表", "财政拨款支出预算表（政府预算经济分类）", "一般公共预算支出表（按经济分类）",
	}},
	{ID: "three_public", Number: "07", Phase: Approved, Direction: Expenditure, Final: "final_three_public", Titles: []string{
		"部门预算财政拨款“三公”经费支出表", "一般公共预算“三公”经费支出情况表", "财政拨款“三公”经费支出情况表", "一般公共预算“三公”经费支出表",
		"一般公共预算“三公”经费支出预算表", "部门“三公”经费和机关运行经费预算表", "“三公”经费及会议费、培训费支出表", "财政拨款“三公”经费支出表",
	}},
	{ID: "gov_fund_expenditure", Number: "08", Phase: Approved, Direction: Expenditure, Scheme: functional, Final: "final_gov_fund", Titles: []string{
		"部门预算政府基金预算财政拨款支出表", "政府性基金预算支出情况表", "政府性基金预算支出表（按功能分类）", "政府性基金预算支出表",
		"部门政府性基金预算支出功能分类预算表", "政府性基金预算拨款支出预算表",
	}},
	{ID: "gov_fund_basic", Phase: Approved, Direction: Expenditure, Scheme: economicDepartment, Titles: []string{
		"政府性基金预算支出基本支出表（按经济分类）", "政府性基金预算基本支出表",
	}},
	{ID: "state_capital_expenditure", Number: "09", Phase: Approved, Direction: Expenditure, Scheme: functional, Final: "final_state_capital", Titles: []string{
		"部门预算国有资本经营预算财政拨款支出表", "国有资本经营预算支出情况表", "国有资本经营预算支出表",
		"部门国有资本经营预算支出功能分类预算表", "国有资本经营预算拨款支出预算表",
	}},
	{ID: "special_account_expenditure", Phase: Approved, Direction: Expenditure, Scheme: functional, Titles: []string{
		"专户非税资金预算支出表", "专户非税资金基本支出表", "财政专户管理资金支出表", "财政专户管理资金预算支出表",
	}},
	{ID: "other_funds_expenditure", Phase: Approved, Direction: Expenditure, Scheme: functional, Titles: []string{
		"其他资金支出表", "其他资金基本支出表", "单位资金支出表", "单位资金支出预算表",
	}},
	{ID: "operating_cost", Phase: Approved, Direction: Expenditure, Scheme: economicDepartment, Titles: []string{
		"机关事业运行经费预算表", "机关运行经费预算表", "一般公共预算机关运行经费支出预算表",
	}},
	{ID: "procurement_plan", Number: "10", Phase: Approved, Direction: Expenditure, Scheme: procurement, Titles: []string{
		"政府采购经费预算表", "部门政府采购预算表", "政府采购预算明细表", "政府采购预算表", "政府采购支出表", "政府采购情况表",
	}},
	{ID: "service_purchase", Phase: Approved, Direction: Expenditure, Titles: []string{
		"政府购买服务经费预算表", "政府购买服务预算财政拨款明细表", "财政拨款政府购买服务明细表",
	}},
	{ID: "general_expense", Phase: Approved, Direction: Expenditure, Titles: []string{"一般性支出预算表", "会议费预算表", "培训费预算表"}},
	{ID: "performance_overall", Titles: []string{
		"部门整体支出绩效目标表", "部门整体绩效目标", "整体支出绩效目标表",
	}},
	{ID: "performance_project", Titles: []string{
		"项目支出绩效目标表", "项目支出绩效目标申报表", "预算项目绩效目标", "专项转移支付绩效目标表", "政策和项目预算绩效目标表",
	}},
	{ID: "transfers_to_lower", Phase: Approved, Direction: Expenditure, Titles: []string{
		"对下转移支付预算表", "县对下转移支付绩效目标表", "市对下转移支付预算表",
	}},
	{ID: "asset_new", Titles: []string{"新增资产配置表", "新增资产配置预算表"}},
	{ID: "asset_status", Titles: []string{"固定资产占用情况表", "国有资产占有使用情况表", "国有资产占用情况表", "国有资产使用情况表"}},
	{ID: "institution", Titles: []string{"机构设置", "机构设置情况表"}},
	{ID: "project_expenditure", Phase: Approved, Direction: Expenditure, Final: "final_gpb_project", Titles: []string{
		"项目支出表", "部门项目支出表", "项目支出预算表", "项目支出总表", "项目支出预算情况表", "专项业务经费支出表", "专项资金预算汇总表",
	}},
	{ID: "carry_over", Titles: []string{"结转结余表", "结转结余资金表"}},

	{ID: "final_income_expenditure", Number: "01", Phase: Executed, Titles: []string{
		"收入支出决算总表", "部门收支决算总表", "收支决算总表", "收入支出决算表",
	}},
	{ID: "final_income", Number: "02", Phase: Executed, Direction: Revenue, Scheme: functional, Titles: []string{"收入决算表", "收入决算总表"}},
	{ID: "final_expenditure", Number: "03", Phase: Executed, Direction: Expenditure, Scheme: functional, Titles: []string{"支出决算表", "支出决算总表"}},
	{ID: "final_fiscal_income_expenditure", Number: "04", Phase: Executed, Titles: []string{
		"财政拨款收入支出决算总表", "财政拨款收支决算总表", "财政拨款收入支出决算表",
	}},
	{ID: "final_fiscal_expenditure", Within: "final_gpb_expenditure", Phase: Executed, Direction: Expenditure, Scheme: functional, Titles: []string{"财政拨款支出决算表"}},
	{ID: "final_fiscal_basic", Within: "final_gpb_basic", Phase: Executed, Direction: Expenditure, Scheme: economicDepartment, Titles: []string{"财政拨款基本支出决算表"}},
	{ID: "final_fiscal_detail", Phase: Executed, Direction: Expenditure, Scheme: functional, Titles: []string{"财政拨款支出决算明细表"}},
	{ID: "final_gpb_expenditure", Number: "05", Phase: Executed, Direction: Expenditure, Scheme: functional, Titles: []string{
		"一般公共预算财政拨款支出决算表", "一般公共预算支出决算表",
	}},
	{ID: "final_gpb_detail", Phase: Executed, Direction: Expenditure, Scheme: functional, Titles: []string{"一般公共预算财政拨款支出决算明细表"}},
	{ID: "final_gpb_basic", Number: "06", Phase: Executed, Direction: Expenditure, Scheme: economicDepartment, Titles: []string{
		"一般公共预算财政拨款基本支出决算表", "一般公共预算财政拨款基本支出决算明细表", "一般公共预算基本支出决算表",
	}},
	{ID: "final_gpb_project", Phase: Executed, Direction: Expenditure, Scheme: functional, Titles: []string{"一般公共预算财政拨款项目支出决算表"}},
	{ID: "final_gov_fund", Number: "08", Phase: Executed, Scheme: functional, Titles: []string{
		"政府性基金预算财政拨款收入支出决算表", "政府性基金预算财政拨款支出决算表",
	}},
	{ID: "final_state_capital", Number: "09", Phase: Executed, Scheme: functional, Titles: []string{
		"国有资本经营预算财政拨款收入支出决算表", "国有资本经营预算财政拨款支出决算表",
	}},
	{ID: "final_three_public", Number: "07", Phase: Executed, Direction: Expenditure, Titles: []string{
		"财政拨款“三公”经费支出决算表", "一般公共预算财政拨款“三公”经费支出决算表", "“三公”经费及会议费、培训费支出决算表",
	}},
	{ID: "final_institution_ops", Number: "10", Phase: Executed, Titles: []string{
		"机构运行信息表", "预算支出相关信息表", "国有资产占用情况表", "政府采购情况表", "部门决算相关信息统计表",
	}},

	{ID: "gov_gpb_income", Level: Government, Direction: Revenue, Scheme: revenueScheme, Titles: []string{"一般公共预算收入表"}},
	{ID: "gov_gpb_expenditure", Level: Government, Direction: Expenditure, Scheme: functional, Titles: []string{"一般公共预算支出表"}},
	{ID: "gov_gpb_own_expenditure", Level: Government, Direction: Expenditure, Scheme: functional, Titles: []string{"一般公共预算本级支出表"}},
	{ID: "gov_gpb_basic_expenditure", Level: Government, Direction: Expenditure, Scheme: economicGovernment, Titles: []string{"一般公共预算本级基本支出表"}},
	{ID: "gov_gpb_by_economic", Within: "gov_gpb_expenditure", Level: Government, Direction: Expenditure, Scheme: economicGovernment, Titles: []string{
		"一般公共预算支出经济分类表", "一般公共预算支出表（按政府预算经济分类）", "一般公共预算本级支出经济分类表",
	}},
	{ID: "gov_transfers", Level: Government, Direction: Expenditure, Titles: []string{
		"一般公共预算税收返还和转移支付表", "税收返还和转移支付表", "政府性基金转移支付表", "政府性基金预算转移支付表", "国有资本经营预算转移支付表",
	}},
	{ID: "gov_debt", Level: Government, Titles: []string{
		"政府一般债务限额和余额情况表", "政府专项债务限额和余额情况表", "地方政府债务限额及余额情况表",
	}},
	{ID: "gov_fund_income", Level: Government, Direction: Revenue, Scheme: revenueScheme, Titles: []string{"政府性基金收入表", "政府性基金预算收入表"}},
	{ID: "gov_fund_expenditure_total", Level: Government, Direction: Expenditure, Scheme: functional, Titles: []string{
		"政府性基金支出表", "政府性基金预算支出表", "政府性基金预算本级支出表",
	}},
	{ID: "gov_state_capital_income", Level: Government, Direction: Revenue, Scheme: revenueScheme, Titles: []string{"国有资本经营预算收入表"}},
	{ID: "gov_state_capital_expenditure", Level: Government, Direction: Expenditure, Scheme: functional, Titles: []string{
		"国有资本经营预算支出表", "国有资本经营预算本级支出表",
	}},
	{ID: "gov_social_insurance", Level: Government, Titles: []string{
		"社会保险基金收入表", "社会保险基金支出表", "社会保险基金结余表", "社会保险基金预算收入表", "社会保险基金预算支出表",
	}},
}
