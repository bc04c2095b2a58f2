package normalize

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// Each case is a table as departments of other provinces print it, with what a
// reader of the page would write down.

func templateBatch(t *testing.T, title string, rows ...string) *Batch {
	t.Helper()
	document := documentOf(tableOf(title, []string{"单位：万元"}, rows...))
	document.Source.URI = "2026年某某市科技局部门预算.pdf"
	return Normalize(document, embeddedBook(t))
}

// TestCodesUnderHeadings: the codes of the economic classes stand below their names
// in the row 类 | 款 | 项; the same row before the total is no heading.
func TestCodesUnderHeadings(t *testing.T) {
	checkLines(t, templateBatch(t, "支出预算分类汇总表（按政府预算经济分类）",
		"功能科目|<|<|单位代码|单位名称（功能分类科目名称）|总计|机关工资福利支出|对事业单位经常性补助", "类|款|项|^|^|^|501|505",
		"合计|<|<|<|<|3.00|1.00|2.00", "206|07|02||科普活动|3.00|1.00|2.00",
	), []string{
		"dept_by_economic||合计|总计|whole|30000.00", "dept_by_economic||合计|机关工资福利支出/501|whole|10000.00", "dept_by_economic||合计|对事业单位经常性补助/505|whole|20000.00",
		"dept_by_economic|2060702|科普活动|总计|whole|30000.00", "dept_by_economic|2060702|科普活动|机关工资福利支出/501|whole|10000.00", "dept_by_economic|2060702|科普活动|对事业单位经常性补助/505|whole|20000.00",
	})
	checkLines(t, templateBatch(t, "部门支出总表", "功能科目|<|<|科目名称|合计", "类|款|项|合计|300", "206|07|02|科普活动|300"), []string{
		"dept_expenditure||合计|合计|whole|3000000.00", "dept_expenditure|2060702|科普活动|合计|whole|3000000.00",
	})
}

// TestAgencyNumbersBeforeNames: 210003-第二人民医院 is a number and a name, a year
// before a dash is none.
func TestAgencyNumbersBeforeNames(t *testing.T) {
	checkLines(t, templateBatch(t, "专项资金预算汇总表", "单位（专项）名称|总计", "210003-某某市第二人民医院|10.00", "2024-2026年学科建设|4.00", "301007001_某某市实验小学|6.00"), []string{
		"project_expenditure|210003|某某市第二人民医院|总计|whole|100000.00", "project_expenditure||2024-2026年学科建设|总计|whole|40000.00", "project_expenditure|301007001|某某市实验小学|总计|whole|60000.00",
	})
}

// TestRowsOfAgenciesByNumber: a column numbers the agencies, whose names stand among
// those of the items.
func TestRowsOfAgenciesByNumber(t *testing.T) {
	batch := templateBatch(t, "表1-2 部门支出总表",
		"项目|<|<|<|<|合计", "科目编码|<|<|单位代码|单位名称（科目）|^", "类|款|项|^|^|^",
		"||||合计|5.00", "|||363|某某市科技局|5.00", "|||363601|某某市科技局（本级）|5.00", "206|07|02|363601|科普活动|5.00")
	for name, want := range map[string][2]string{
		"合计": {"", "某某市科技局"}, "某某市科技局": {"363", "某某市科技局"}, "某某市科技局（本级）": {"363601", "某某市科技局（本级）"}, "科普活动": {"363601", "某某市科技局（本级）"},
	} {
		line := findLine(t, batch, "dept_expenditure", name, "合计")
		if got := [2]string{line.AgencyCode, line.AgencyName}; got != want {
			t.Errorf("%s is of %q, want %q", name, got, want)
		}
	}
}

// TestRowOfAnAgencyWithItsNumber: 203001 某某市科技局 opens the rows of the agency and
// is no item of theirs; a number that belongs to a name stays.
func TestRowOfAnAgencyWithItsNumber(t *testing.T) {
	batch := templateBatch(t, "部门支出总体情况表", "科目编码|<|<|单位（科目名称）|合计|基本支出|项目支出|<", "类|款|项|^|^|^|其他运转类|特定目标类",
		"|||合计|9.00|4.00|1.00|4.00", "|||203001 某某市科技局|9.00|4.00|1.00|4.00", "206|07|02|科普活动|9.00|4.00|1.00|4.00", "|||120急救中心建设|1.00|||1.00")
	line := findLine(t, batch, "dept_expenditure", "某某市科技局", "项目支出/特定目标类")
	if line.Code != "203001" || line.AgencyCode != "203001" || line.IsLeaf {
		t.Errorf("the row of the agency is %+v", line)
	}
	if line := findLine(t, batch, "dept_expenditure", "120急救中心建设", "合计"); line.Code != "" {
		t.Errorf("%s has the code %s", line.Name, line.Code)
	}
	sum := decimal.Zero
	for _, line := range batch.Lines {
		if line.LeafOf == "functional" && line.Code == "2060702" {
			sum = sum.Add(line.AmountCNY.Decimal)
		}
	}
	if !sum.Equal(decimal.NewFromInt(90000)) {
		t.Errorf("the leaves of the item come to %s, want 90000", sum)
	}
}

// TestListOfAgencies: 部门（单位）名称 heads the names of agencies, one a row, whose
// codes begin alike without one being part of the other.
func TestListOfAgencies(t *testing.T) {
	batch := templateBatch(t, "部门收入总表", "部门（单位）代码|部门（单位）名称|合计", "|合计|5.00", "040|某某市科技局|5.00", "040001|某某市科技局本级|3.00", "040002|某某市第四中学|2.00")
	department, own, school := findLine(t, batch, "dept_income", "某某市科技局", "合计"), findLine(t, batch, "dept_income", "某某市科技局本级", "合计"), findLine(t, batch, "dept_income", "某某市第四中学", "合计")
	if own.ParentLineID != department.ID || school.ParentLineID != department.ID || department.CodeScheme != "" {
		t.Errorf("the agencies are below %q and %q, want %q", own.ParentLineID, school.ParentLineID, department.ID)
	}
}

// TestThreeSides: income, expenditure by function and by nature, each with its names.
func TestThreeSides(t *testing.T) {
	checkLines(t, templateBatch(t, "收入支出决算总表",
		"收入|<|支出|<|<|<", "项目|决算数|项目（按功能分类）|决算数|项目（按支出性质和经济分类）|决算数",
		"一、一般公共预算财政拨款收入|1.00|一、一般公共服务支出|1.00|一、基本支出|1.00", "总计|1.00|总计|1.00|总计|1.00",
	), []string{
		"final_income_expenditure||一、一般公共预算财政拨款收入|收入/决算数|block1|10000.00", "final_income_expenditure||一、一般公共服务支出|支出/决算数|block2|10000.00", "final_income_expenditure||一、基本支出|支出/决算数|block3|10000.00",
		"final_income_expenditure||总计|收入/决算数|block1|10000.00", "final_income_expenditure||总计|支出/决算数|block2|10000.00", "final_income_expenditure||总计|支出/决算数|block3|10000.00",
	})
}

// TestCountsAmongMoney: cars told by their use are counts without a unit, and what a
// row counts is its quantity where a column of its own holds it.
func TestCountsAmongMoney(t *testing.T) {
	checkLines(t, templateBatch(t, "机构运行信息表",
		"项目|行次|决算统计数|项目|行次|决算统计数", "二、机关运行经费|20|45.00|（一）车辆数合计（辆）|23|3", "（一）行政单位|21|45.00|1．副部（省）级及以上领导用车|24|1",
		"1．公务用车购置费|22|3.00|2．机要通信用车|25|2", "四、政府采购支出信息|33|—|（二）单价100万元（含）以上设备（不含车辆）|32|2",
	), []string{
		"final_institution_ops||二、机关运行经费|决算统计数|left|450000.00", "final_institution_ops||（一）行政单位|决算统计数|left|450000.00", "final_institution_ops||1．公务用车购置费|决算统计数|left|30000.00",
	})
	checkLines(t, templateBatch(t, "国有资产占有使用情况表", "项目|数量|原值", "资产总额|—|10.00", "1.房屋（平方米）|2000|6.00", "2.车辆（台、辆）|5|4.00"), []string{
		"asset_status||资产总额|原值|whole|100000.00", "asset_status||1.房屋（平方米）|原值|whole|60000.00", "asset_status||2.车辆（台、辆）|原值|whole|40000.00",
	})
	for _, line := range templateBatch(t, "机构运行信息表", "项目|决算统计数|项目|决算统计数", "一、机关运行经费|45.00|二、政府采购支出|3.00").Lines {
		if line.Direction != "" {
			t.Errorf("%s is %s, want no direction: the sides save room", line.Name, line.Direction)
		}
	}
}

// TestSumOfVehicles: 合计 below the head of vehicles is theirs, not that of 三公.
func TestSumOfVehicles(t *testing.T) {
	batch := templateBatch(t, "财政拨款“三公”经费支出表", "“三公”经费合计|因公出国（境）费|公务用车购置及运行费|<|<|公务接待费", "^|^|合计|公务用车购置费|公务用车运行费|^", "5.00||3.00||3.00|2.00")
	for path, want := range map[string]string{"“三公”经费合计": "three_public.total", "公务用车购置及运行费/合计": "three_public.vehicle", "公务接待费": "three_public.reception"} {
		if line := findLine(t, batch, "three_public", "", path); line.ItemCode != want {
			t.Errorf("%s is %s, want %s", path, line.ItemCode, want)
		}
	}
	for path, want := range map[string]string{"公务用车购置及运行费/购置费": "three_public.vehicle_purchase", "公务用车购置及运行费/运行维护费": "three_public.vehicle_operation"} {
		if found := itemOfColumn("three_public", strings.Split(path, "/")); found == nil || found.code != want {
			t.Errorf("%s is %v, want %s", path, found, want)
		}
	}
	for name, want := range map[string]string{"其中：（1）购置费": "three_public.vehicle_purchase", "运行维护费": "three_public.vehicle_operation", "2.公务用车购置及运行费": "three_public.vehicle"} {
		if found := itemOfRow("three_public", "expenditure", name); found == nil || found.code != want {
			t.Errorf("%s is %v, want %s", name, found, want)
		}
	}
}

// TestListBehindAmongWhich: 其中：1.… 2.… are all parts that are told, and need not be all.
func TestListBehindAmongWhich(t *testing.T) {
	batch := templateBatch(t, "社会保险基金预算收入表", "项目|合计", "一、收入|1000", "其中：1.社会保险费收入|800", "2.利息收入|50", "二、支出|900")
	for name, memo := range map[string]bool{"一、收入": false, "其中：1.社会保险费收入": true, "2.利息收入": true, "二、支出": false} {
		if line := findLine(t, batch, "gov_social_insurance", name, "合计"); line.IsMemo != memo || line.IsLeaf == memo {
			t.Errorf("%s: memo is %v and leaf is %v, want %v and %v", name, line.IsMemo, line.IsLeaf, memo, !memo)
		}
	}
}

// TestFormsOfDepartments: one label of forms is enough where indicators are headed
// far below; the row that numbers the columns holds no indicator.
func TestFormsOfDepartments(t *testing.T) {
	checkLines(t, templateBatch(t, "部门（单位）整体绩效目标表",
		"（2026年度）|<|<|<", "部门（单位）名称|某某市科技局|<|<", "年度履职目标|建设创新城市|<|<", "预算情况（万元）|部门预算总额（万元）|115.00|<", "^|（1）基本支出|70.00|<",
		"一级指标|二级指标|三级指标|指标值", "1|2|3|4", "履职效能|重点工作|新建场馆数|≥5个",
	), []string{"performance_overall|||部门预算总额（万元）|whole|1150000.00", "performance_overall|||（1）基本支出|whole|700000.00"})
	batch := templateBatch(t, "项目支出绩效目标表", "单位名称、项目名称|项目年度绩效目标|一级指标|二级指标|三级指标|指标值", "1|2|3|4|5|6", "科普经费|办好活动|产出指标|数量指标|活动场次|≥5场")
	if n := len(batch.Indicators); n != 1 || batch.Indicators[0].ProjectName != "科普经费" || batch.Indicators[0].Name != "活动场次" {
		t.Errorf("%d indicators: %+v", n, batch.Indicators)
	}
}

// TestPurchasesByColumn: a plan by function names no thing, but what goods, works and
// services cost in all.
func TestPurchasesByColumn(t *testing.T) {
	batch := templateBatch(t, "部门政府采购预算表", "科目编码|科目名称|合计|货物类|工程类|服务类", "|合计|30.00|10.00||20.00", "2060702|科普活动|30.00|10.00||20.00")
	got := map[string]string{}
	for _, p := range batch.Purchases {
		got[p.CatalogueCode+p.ItemName+" "+p.Category] = p.Amount.Decimal.String()
	}
	if len(got) != 2 || len(batch.Purchases) != 2 || got["A货物 goods"] != "100000" || got["C服务 services"] != "200000" {
		t.Errorf("the purchases are %v", got)
	}
	if n := len(templateBatch(t, "部门政府采购预算表", "科目编码|科目名称|合计", "|合计|30.00", "2060702|科普活动|30.00").Purchases); n != 0 {
		t.Errorf("%d purchases of a plan that says nothing of what is bought", n)
	}
}

// TestSelfEvaluation: marks beside money are no amounts, and their total is no indicator.
func TestSelfEvaluation(t *testing.T) {
	batch := templateBatch(t, "项目支出绩效自评表",
		"项目名称|<|科普活动经费|<|<|<|<", "主管部门|<|某某市科技局|<|<|<|<",
		"项目资金（万元）|<|年初预算数|全年执行数|分值|执行率|得分", "^|年度资金总额|50.00|40.00|10|80%|8", "^|其中：财政拨款|50.00|40.00|—|80%|—",
		"一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分", "产出指标|数量指标|活动场次|≥10场|12场|20|20", "总分|<|<|<|<|100|88")
	amounts := []string{}
	for _, line := range batch.Lines {
		amounts = append(amounts, line.ColumnPath+" "+line.AmountRaw)
	}
	if want := []string{"年初预算数 50.00", "全年执行数 40.00", "年初预算数 50.00", "全年执行数 40.00"}; !slices.Equal(amounts, want) {
		t.Errorf("the amounts are %q, want %q", amounts, want)
	}
	if n := len(batch.Indicators); n != 1 || batch.Indicators[0].Name != "活动场次" || batch.Indicators[0].ActualValue.Decimal.String() != "12" || batch.Indicators[0].Score.Decimal.String() != "20" {
		t.Errorf("the indicators are %+v", batch.Indicators)
	}
	inOne := templateBatch(t, "项目支出绩效目标表", "项目名称：科普活动经费|<|<|<", "年度目标：办好活动|<|<|<", "一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|活动场次|≥10场")
	if n := len(inOne.Indicators); n != 1 || inOne.Indicators[0].ProjectName != "科普活动经费" {
		t.Errorf("the indicators are %+v", inOne.Indicators)
	}
}

// TestNamesCutByANarrowColumn: a number belongs to the whole name of its agency, also
// where another statement has room for the beginning only, which names a body too.
func TestNamesCutByANarrowColumn(t *testing.T) {
	document := documentOf(
		tableOf("部门支出总表", []string{"单位：万元"}, "单位代码|单位名称|合计", "|合计|5.00", "201|中共某市委宣传部|5.00", "201001|中共某市委宣传部|5.00"),
		tableOf("三公经费支出表", []string{"单位：万元"}, "单位代码|单位名称|合计", "|合计|1.00", "201|中共某市委宣传|1.00", "201001|中共某市委|1.00"),
		tableOf("政府采购预算表", []string{"单位：万元"}, "科目编码|<|<|单位编码|采购项目|数量|预算金额", "类|款|项|^|^|^|^", "207|06|07|201001|城市宣传|1|2.00"),
	)
	document.Source.URI = "2026年中共某市委宣传部部门预算.pdf"
	batch := Normalize(document, embeddedBook(t))
	if line := findLine(t, batch, "procurement_plan", "城市宣传", "预算金额"); line.AgencyName != "中共某市委宣传部" || line.AgencyCode != "201001" {
		t.Errorf("the project is of %q %q", line.AgencyCode, line.AgencyName)
	}
}
