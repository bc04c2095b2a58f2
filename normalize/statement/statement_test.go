package statement

import "testing"

func TestNormalizeTitle(t *testing.T) {
	for printed, want := range map[string]string{
		"部门预算收支总表":                 "收支总表",
		"2026年部门收支总体情况表":           "收支总体情况表",
		"２０２１年部门综合预算收支总表":          "收支总表",
		"预算01表 收支总表":               "收支总表",
		"公开05表":                    "公开05表",
		"一、收支总体情况表":                "收支总体情况表",
		"（三）支出总表":                  "支出总表",
		"表10 2021年部门综合预算专项业务经费支出表": "专项业务经费支出表",
		"财政拨款“三公”经费支出表（续）":         "财政拨款三公经费支出表",
		"一般公共预算支出表（按功能分类）":         "一般公共预算支出表(按功能分类)",
		"2024年度收入支出决算总表":           "收入支出决算总表",
		"收支总表 单位：万元":               "收支总表",
		"一般公共预算支出表":                "一般公共预算支出表",
		"附件2：项目支出绩效目标表":            "项目支出绩效目标表",
	} {
		if got := NormalizeTitle(printed); got != want {
			t.Errorf("%q is normalised to %q, want %q", printed, got, want)
		}
	}
}

// TestTitlesIdentifyThemselves: each title of the registry leads back to a
// statement of the same id, and no two statements of one level and phase
// claim the same title.
func TestTitlesIdentifyThemselves(t *testing.T) {
	for _, s := range All() {
		for _, title := range s.Titles {
			match, ok := Identify(title, Context{Phase: s.Phase, Level: s.Level})
			if !ok || match.ID != s.ID {
				t.Errorf("%q is %q, want %q", title, match.ID, s.ID)
			}
		}
	}
}

func TestIdentify(t *testing.T) {
	budget, final, government := Context{Phase: Approved, Level: Department}, Context{Phase: Executed, Level: Department}, Context{Phase: Approved, Level: Government}
	for _, c := range []struct {
		title   string
		context Context
		id      string
	}{
		// The same words in a final account are the final statement.
		{"财政拨款“三公”经费支出表", budget, "three_public"},
		{"财政拨款“三公”经费支出表", final, "final_three_public"},
		{"2024年度财政拨款“三公”经费支出决算表", budget, "final_three_public"},
		// A shorter title is the end of longer ones: the whole title counts.
		{"支出决算表", final, "final_expenditure"},
		{"一般公共预算财政拨款支出决算表", final, "final_gpb_expenditure"},
		{"一般公共预算财政拨款基本支出决算表", final, "final_gpb_basic"},
		{"政府性基金预算财政拨款收入支出决算表", final, "final_gov_fund"},
		// Clipped at the cell edge, and misprinted.
		{"部门一般公共预算基本支出部门预算经济分", budget, "gpb_basic_expenditure"},
		{"国有资本经菅预算支出情况表", budget, "state_capital_expenditure"},
		// One character apart, yet another statement.
		{"收入总表", budget, "dept_income"},
		{"收支总表", budget, "dept_income_expenditure"},
		{"支出总表", budget, "dept_expenditure"},
		// From the terms.
		{"一般公共预算支出明细表（按支出功能分类科目-不含上年结转）", budget, "gpb_expenditure"},
		{"一般公共预算基本支出明细表（按支出经济分类科目-不含上年结转）", budget, "gpb_basic_expenditure"},
		{"一般公共预算支出表（按经济分类）", budget, "gpb_by_economic"},
		{"财政拨款结转资金支出表", budget, "carry_over"},
		{"项目支出总表", budget, "project_expenditure"},
		{"一般公共预算项目支出情况表（按经济分类科目）", budget, "gpb_project_expenditure"},
		{"部门预算项目支出及其他支出预算表", budget, "project_expenditure"},
		{"财政拨款安排的行政经费及“三公”经费预算表", budget, "three_public"},
		{"政府采购（资产配置、购买服务）预算表", budget, "procurement_plan"},
		{"秦皇岛市市直部门固定资产占用情况表", budget, "asset_status"},
		{"专项资金总体绩效目标表", budget, "performance_project"},
		{"部门整体支出绩效目标表", budget, "performance_overall"},
		{"一般公共预算机关运行经费支出预算表", budget, "operating_cost"},
		// The government's own statements.
		{"2024年全市一般公共预算收入表", government, "gov_gpb_income"},
		{"一般公共预算支出表", government, "gov_gpb_expenditure"},
		{"一般公共预算支出表", budget, "gpb_expenditure"},
		{"政府专项债务限额和余额情况表", government, "gov_debt"},
	} {
		match, ok := Identify(c.title, c.context)
		if !ok || match.ID != c.id {
			t.Errorf("%q is %q by %s, want %q", c.title, match.ID, match.Evidence, c.id)
		}
	}
	for _, line := range []string{"", "单位：万元", "部门编码及名称：[731]秦皇岛市科学技术协会", "2021年预算收入604.42万元，其中：一般公共预算收入604.42万元。", "目录", "注：无政府基金预算，空表列示。", "资产负债表", "债务收支预算表"} {
		if match, ok := Identify(line, budget); ok {
			t.Errorf("%q is no title, but identified as %s", line, match.ID)
		}
	}
}

func TestPublishedNumber(t *testing.T) {
	for line, want := range map[string]string{
		"公开05表": "公开05表", "收入决算表 公开02表": "公开02表", "预算01表 收支总表": "预算01表", "财决08-1表": "财决08-1表", "表11": "表11", "GK05": "GK05", "部门预算收支总表": "", "单位：万元": "",
	} {
		if got := PublishedNumber(line); got != want {
			t.Errorf("%q has number %q, want %q", line, got, want)
		}
	}
}

func TestFromColumns(t *testing.T) {
	for _, c := range []struct {
		paths, labels []string
		id            string
	}{
		{[]string{"合计", "因公出国（境）费", "公务接待费"}, nil, "three_public"},
		{[]string{"项目", "预算数"}, []string{"本年收入合计", "本年支出合计"}, "dept_income_expenditure"},
		{[]string{"一级指标", "二级指标", "指标值"}, nil, "performance_project"},
		{[]string{"采购物品名称", "数量", "单价"}, nil, "procurement_plan"},
		{[]string{"单位名称", "单位性质", "单位规格"}, nil, "institution"},
		{[]string{"单位代码", "单位名称", "合计", "本年收入", "小计", "一般公共预算", "政府性基金预算", "事业收入", "上级补助收入", "其他收入"}, nil, "dept_income"},
		{[]string{"科目编码", "科目名称", "合计", "基本支出", "小计", "人员经费", "公用经费", "项目支出"}, nil, "gpb_expenditure"},
	} {
		match, ok := FromColumns(c.paths, c.labels, Context{Phase: Approved})
		if !ok || match.ID != c.id {
			t.Errorf("%v gives %q, want %q", c.paths, match.ID, c.id)
		}
	}
	classified := []string{"经济分类科目", "2026年", "2025年", "主要原因"}
	for heading, id := range map[string]string{"一般公共预算拨款支出明细情况": "gpb_by_economic", "": "dept_by_economic"} {
		if match, _ := FromColumns(classified, nil, Context{Phase: Approved, Heading: heading}); match.ID != id {
			t.Errorf("under %q it is %q, want %q", heading, match.ID, id)
		}
	}
	for id, paths := range map[string][]string{
		"final_expenditure":     {"功能分类科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出"},
		"final_gpb_expenditure": {"功能分类科目编码", "科目名称", "本年支出", "小计", "基本支出", "项目支出"},
		"final_gov_fund":        {"功能分类科目编码", "科目名称", "年初结转和结余", "本年收入", "本年支出", "基本支出", "项目支出", "年末结转和结余"},
	} {
		if match, _ := FromColumns(paths, nil, Context{Phase: Executed}); match.ID != id {
			t.Errorf("%v gives %q, want %q", paths, match.ID, id)
		}
	}
	if match, ok := FromColumns([]string{"地区", "人口"}, []string{"海港区"}, Context{}); ok {
		t.Errorf("population by district is taken for %s", match.ID)
	}
}

func BenchmarkIdentify(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Identify("2021年部门综合预算一般公共预算支出明细表（按支出功能分类科目-不含上年结转）", Context{Phase: Approved, Level: Department})
	}
}

// Datasets know fewer statements than the registry tells apart.
func TestReported(t *testing.T) {
	for id, want := range map[string]string{
		"basic_expenditure": "gpb_basic_expenditure", "final_fiscal_expenditure": "final_gpb_expenditure",
		"three_public": "three_public", Unknown: Unknown,
	} {
		if got := Reported(id); got != want {
			t.Errorf("%s is reported as %s, want %s", id, got, want)
		}
	}
	for _, s := range All() {
		if s.Within == "" {
			continue
		}
		if wider, ok := ByID(s.Within); !ok || wider.Within != "" || wider.Level != s.Level || wider.Phase != s.Phase {
			t.Errorf("%s is reported as %s, which is not the same kind of statement", s.ID, s.Within)
		}
	}
}
