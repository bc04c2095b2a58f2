package normalize

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"gongkai/extract"
)

func TestParseTarget(t *testing.T) {
	cases := []struct{ printed, operator, unit, wantOperator, wantValue, wantUnit, wantWords string }{
		{"≥1.00 个", "", "", "ge", "1.00", "个", ""},
		{"≤4.00元/平方米.月", "", "", "le", "4.00", "元/平方米.月", ""},
		{"＜３次", "", "", "lt", "3", "次", ""},
		{"100%", "", "", "none", "100", "%", ""},
		{"大于等于95%", "", "", "ge", "95", "%", ""},
		{"不低于90％", "", "", "ge", "90", "%", ""},
		{"不超过3.5万元", "", "", "le", "3.5", "万元", ""},
		{"控制在5%以内", "", "", "le", "5", "%", ""},
		{"90%以上", "", "", "ge", "90", "%", ""},
		{"（≥95%）", "", "", "ge", "95", "%", ""},
		{"每年≥20场", "", "", "ge", "20", "场", ""},
		{"每月16号之前发放", "", "", "none", "", "", "每月16号之前发放"},
		{"完成率100%", "", "", "none", "100", "%", ""},
		{"13", "≥", "本", "ge", "13", "本", ""},
		{"1,200", "＝", "人", "eq", "1200", "人", ""},
		{"≥325人、户", "", "", "ge", "325", "人、户", ""},
		{"优", "定性", "", "none", "", "", "优"},
		{"2026年底前完成", "", "", "none", "", "", "2026年底前完成"},
		{"12月底前", "", "", "none", "", "", "12月底前"},
		{"3-5次", "", "", "none", "", "", "3-5次"},
		{"≥2次；≥2人", "", "", "ge", "", "", "≥2次；≥2人"},
		{"第3季度", "", "", "none", "", "", "第3季度"},
	}
	for _, c := range cases {
		got := parseTarget(c.printed, c.operator, c.unit)
		same := got.value.Valid == (c.wantValue != "") && (!got.value.Valid || got.value.Decimal.Equal(decimal.RequireFromString(c.wantValue)))
		if got.operator != c.wantOperator || !same || got.unit != c.wantUnit || got.words != c.wantWords {
			t.Errorf("%s: %+v", c.printed, got)
		}
	}
}

// TestIndicatorsGoOnOverPageEnds: the kinds are printed once, the next page has
// no headings.
func TestIndicatorsGoOnOverPageEnds(t *testing.T) {
	first := tableOf("项目支出绩效目标表", []string{"单位：万元"},
		"项目名称|道路养护|<|<|<", "预算数|12.50|<|<|<", "绩效指标|一级指标|二级指标|三级指标|指标值", "^|产出指标|数量指标|养护里程|≥30公里")
	second := tableOf("", nil, "|||养护桥梁|≥2座", "|效益指标|社会效益指标|事故率|≤1%")
	document := documentOf(first)
	document.Tables = append(document.Tables, documentOf(second).Tables[0])
	for i := range document.Tables {
		document.Tables[i].Ordinal = i + 1
		document.Tables[i].Segments = []extract.Segment{{Page: i + 1, Rows: len(document.Tables[i].Grid)}}
	}
	batch := Normalize(document, embeddedBook(t))
	want := []struct{ level1, level2, name, operator, unit string }{
		{"output", "quantity", "养护里程", "ge", "公里"}, {"output", "quantity", "养护桥梁", "ge", "座"}, {"benefit", "social", "事故率", "le", "%"},
	}
	if len(batch.Indicators) != len(want) {
		t.Fatalf("%d indicators, want %d", len(batch.Indicators), len(want))
	}
	for i, w := range want {
		got := &batch.Indicators[i]
		if got.Level1 != w.level1 || got.Level2 != w.level2 || got.Name != w.name || got.Operator != w.operator || got.TargetUnit != w.unit {
			t.Errorf("indicator %d is %+v", i+1, got)
		}
		if got.ProjectName != "道路养护" || !got.ProjectBudget.Valid || got.ProjectBudget.Decimal.StringFixed(2) != "125000.00" {
			t.Errorf("indicator %d: project %s %v", i+1, got.ProjectName, got.ProjectBudget)
		}
	}
}

// TestListedIndicators reads a cell that holds all indicators of its project.
func TestListedIndicators(t *testing.T) {
	table := tableOf("项目支出绩效目标表", []string{"单位：万元"}, "项目名称|总计|绩效目标|绩效指标", "合计|9.00||",
		"热线运营项目|9.00|便民|1、1-产出指标；12-质量指标；回访率；实施周期指标值:100%；年度指标值:≥98%。2、2-效益指标；22-社会效益；投诉；实施周期指标值:＜3次；年度指标值:＜3次。")
	batch := Normalize(documentOf(table), embeddedBook(t))
	if len(batch.Indicators) != 2 {
		t.Fatalf("%d indicators, want 2", len(batch.Indicators))
	}
	one, two := &batch.Indicators[0], &batch.Indicators[1]
	if one.Level2 != "quality" || one.Name != "回访率" || one.Operator != "ge" || one.TargetRaw != "≥98%" || one.ProjectName != "热线运营项目" || one.GoalText != "便民" {
		t.Errorf("first is %+v", one)
	}
	if two.Level1 != "benefit" || two.Name != "投诉" || two.Operator != "lt" || two.TargetUnit != "次" || one.ID == two.ID {
		t.Errorf("second is %+v", two)
	}
}

// TestPurchasesByCategory: items under rows of goods and services, codes before the names.
func TestPurchasesByCategory(t *testing.T) {
	table := tableOf("政府采购支出表", []string{"单位：万元"},
		"采购品目大类|专项名称|采购品目名称|资金来源|<|总计", "^|^|^|一般公共预算资金|其他资金|^",
		"合计|||7.50|1.00|8.50", "货物|||5.50||5.50", "|定额|A02010105台式计算机|5.50||5.50", "服务|||2.00|1.00|3.00", "|印刷|印刷服务|2.00|1.00|3.00")
	batch := Normalize(documentOf(table), embeddedBook(t))
	if len(batch.Purchases) != 2 {
		t.Fatalf("%d items, want 2: %+v", len(batch.Purchases), batch.Purchases)
	}
	one, two := &batch.Purchases[0], &batch.Purchases[1]
	if one.ItemName != "台式计算机" || one.CatalogueCode != "A02010105" || one.CatalogueEdition != "2022" || one.Category != "goods" || one.ProjectName != "定额" || !one.Amount.Decimal.Equal(decimal.New(55000, 0)) {
		t.Errorf("first is %+v", one)
	}
	if two.Category != "services" || !two.AmountOwn.Decimal.Equal(decimal.New(10000, 0)) || !two.AmountGeneral.Decimal.Equal(decimal.New(20000, 0)) || two.AmountFund.Valid {
		t.Errorf("second is %+v", two)
	}
}

func TestAmountsInProse(t *testing.T) {
	document := documentOf(tableOf("2025年部门收支总表", []string{"单位：万元"}, "项目|预算数", "收入|1.00"))
	document.Sections = []extract.Section{
		{Ordinal: 1, Level: 1, Kind: extract.Heading, Heading: "四、“三公”经费情况"},
		{Ordinal: 2, Parent: 1, Level: 2, Kind: extract.Paragraph, Text: "2025年“三公”经费预算1,234.50 万元，比上年减少5.5万元，下降0.44%。其中：公务接待费3万元，占0.2%；电价1元/度。"},
	}
	batch := Normalize(document, embeddedBook(t))
	want := []struct{ path, measure, direction, yuan, unit string }{
		{"三公", "budget", "", "12345000.00", "万元"}, {"三公", "change", "减少", "55000.00", "万元"}, {"三公", "rate", "下降", "", "%"},
		{"三公/公务接待费", "budget", "", "30000.00", "万元"}, {"三公/公务接待费", "share", "", "", "%"},
	}
	if len(batch.TextAmounts) != len(want) {
		t.Fatalf("%d amounts, want %d: %+v", len(batch.TextAmounts), len(want), batch.TextAmounts)
	}
	for i, w := range want {
		got := &batch.TextAmounts[i]
		yuan := ""
		if got.Amount.Valid {
			yuan = got.Amount.Decimal.StringFixed(2)
		}
		if got.SubjectPath != w.path || got.Measure != w.measure || got.DirectionWord != w.direction || yuan != w.yuan || got.Unit != w.unit || got.Period != 2025 {
			t.Errorf("amount %d is %+v, want %+v", i+1, got, w)
		}
	}
	if batch.Sections[1].Kind != "three_public_note" || batch.Sections[1].ParentID != batch.Sections[0].ID {
		t.Errorf("section is %+v", batch.Sections[1])
	}
}

// TestNumbersWithOddPoints: what cannot be read with certainty gives no amount but a finding.
func TestNumbersWithOddPoints(t *testing.T) {
	document := documentOf(tableOf("2025年部门收支总表", []string{"单位：万元"}, "项目|预算数", "收入|1.00"))
	document.Sections = []extract.Section{{Ordinal: 1, Level: 1, Kind: extract.Paragraph, Text: "2.1.3安排采购预算1,541.50.00万元，其中货物1.50.2 万元、服务3.5万元，占1.2.3%，工程2万元，接待费12,34.5万元，会议费1,5万元。"}}
	batch := Normalize(document, nil)
	var got []string
	for i := range batch.TextAmounts {
		got = append(got, batch.TextAmounts[i].Value.Decimal.String()+batch.TextAmounts[i].Unit)
	}
	if text := strings.Join(got, " "); text != "3.5万元 2万元" {
		t.Errorf("amounts are %s, want 3.5万元 and 2万元", text)
	}
	if n := countFindings(batch, ruleAmountUnparsed); n != 5 {
		t.Errorf("%d findings, want 5", n)
	}
}

// TestIndicatorsOfManyProjects: one table for all, the project merged over its
// indicators, operator and unit in columns of their own.
func TestIndicatorsOfManyProjects(t *testing.T) {
	table := tableOf("2025年项目支出绩效目标表", []string{"单位：万元"},
		"单位编码|单位（项目）名称|资金总额|绩效目标|绩效指标|<|<|<|<|<", "^|^|^|^|一级指标|二级指标|三级指标|指标值|度量单位|指标值类型",
		"106001|警用装备购置|2,210.60|保障工作|产出指标|数量指标|被装配发人数|5000|人|≤", "^|^|^|^|^|^|采购批次|1|批次|≥",
		"106001|11000023T000002043037-信息系统运维|12.00|稳定运行|产出指标|质量指标|可用率|99|%|≥")
	batch := Normalize(documentOf(table), embeddedBook(t))
	want := []struct{ code, project, name, operator, unit, yuan string }{
		{"", "警用装备购置", "被装配发人数", "le", "人", "22106000.00"}, {"", "警用装备购置", "采购批次", "ge", "批次", "22106000.00"},
		{"11000023T000002043037", "信息系统运维", "可用率", "ge", "%", "120000.00"},
	}
	if len(batch.Indicators) != len(want) {
		t.Fatalf("%d indicators, want %d", len(batch.Indicators), len(want))
	}
	for i, w := range want {
		got := &batch.Indicators[i]
		if got.ProjectCode != w.code || got.ProjectName != w.project || got.Name != w.name || got.Operator != w.operator || got.TargetUnit != w.unit || got.ProjectBudget.Decimal.StringFixed(2) != w.yuan {
			t.Errorf("indicator %d is %+v, want %+v", i+1, got, w)
		}
	}
}

// TestGoalsWithoutIndicators: projects whose goals are said in words alone, also
// where one goal is merged over two of them.
func TestGoalsWithoutIndicators(t *testing.T) {
	table := tableOf("重点项目预算绩效目标情况", []string{"单位：万元"}, "二级预算单位名称|一级项目名称|预算数（万元）|绩效目标",
		"市民政局（本级）|社会组织管理|569.04|强化登记审查。", "市民政局（本级）|社工服务项目|628.10|推进服务开展。", "市救助站|流浪救助|12.00|^", "合计|合计|1,209.14|", "市救助站|预算准备金|3.00|")
	var got []string
	for _, i := range Normalize(documentOf(table), nil).Indicators {
		got = append(got, i.ProjectName+" "+i.ProjectBudget.Decimal.String()+" "+i.GoalText+i.Name+" "+i.Operator+i.TargetRaw)
	}
	want := "社会组织管理 5690400 强化登记审查。 none，社工服务项目 6281000 推进服务开展。 none，流浪救助 120000 推进服务开展。 none"
	if text := strings.Join(got, "，"); text != want {
		t.Errorf("%s, want %s", text, want)
	}
}

// TestPurchasesInAll: a plan that only adds up goods, works and services.
func TestPurchasesInAll(t *testing.T) {
	for _, batch := range []*Batch{
		tableUnder("政府采购预算明细表", "采购类别|金额", "A-货物|205.5", "B-工程|143.1", "C-服务|171.2", "合 计|519.8"),
		tableUnder("政府采购预算明细表", "项目编号|项 目|总 计|一般公共预算拨款收入", "|合 计|519.8|519.8", "A|货物|205.5|205.5", "B|工程|143.1|143.1", "C|服务|171.2|171.2"),
	} {
		var got []string
		for _, p := range batch.Purchases {
			got = append(got, p.CatalogueCode+p.ItemName+" "+p.Category+" "+p.Amount.Decimal.String())
		}
		if want := "A货物 goods 2055000 B工程 works 1431000 C服务 services 1712000"; strings.Join(got, " ") != want {
			t.Errorf("%v, want %s", got, want)
		}
	}
}
