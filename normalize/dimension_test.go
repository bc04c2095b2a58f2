package normalize

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/extract"

	"github.com/shopspring/decimal"
)

// The facts are read off the printed disclosure that the fixture typesets.
func seedFixture(t *testing.T) *Batch {
	t.Helper()
	path := filepath.Join("..", "fixtures", "seed-qinhuangdao-2021", "writer.pdf")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	document, err := extract.Read(context.Background(), extract.NewSource("writer.pdf", path, content), extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return Normalize(document, embeddedBook(t))
}

// findLine is the one line of a statement with a name and a column.
func findLine(t *testing.T, batch *Batch, id, name, column string) *Line {
	t.Helper()
	var found *Line
	for i := range batch.Lines {
		if l := &batch.Lines[i]; l.Statement == id && l.Name == name && l.ColumnPath == column {
			if found != nil {
				t.Fatalf("%s %s %s: more than one line", id, name, column)
			}
			found = l
		}
	}
	if found == nil {
		t.Fatalf("%s %s %s: no line", id, name, column)
	}
	return found
}

// TestMoneyCarriedOver: what comes from last year is no income of this one,
// whoever paid it, and using non-fiscal surpluses is an item of its own.
func TestMoneyCarriedOver(t *testing.T) {
	for name, want := range map[string]string{
		"年初财政拨款结转和结余": "income.carry_over", "年初结转和结余": "income.carry_over", "上年结余、结转": "income.carry_over", "1.财政拨款结余、结转": "income.carry_over",
		"2.非财政拨款结余、结转": "income.carry_over", "非财政拨款资金结余": "income.carry_over", "其中：财政拨款资金结转": "income.carry_over",
		"使用非财政拨款结余（含专用结余）": "income.surplus_used", "一、财政拨款收入": "income.fiscal",
	} {
		if found := itemOfRow("final_fiscal_income_expenditure", "revenue", name); found == nil || found.code != want {
			t.Errorf("%s is %v, want %s", name, found, want)
		}
	}
	for _, name := range []string{"年末财政拨款结转和结余", "年末结转和结余", "结转下年", "结转结余下年"} {
		if found := itemOfRow("final_fiscal_income_expenditure", "expenditure", name); found == nil || found.code != "expenditure.carry_over" {
			t.Errorf("%s is %v", name, found)
		}
	}
}

func TestDimensionsOfTheSeed(t *testing.T) {
	batch := seedFixture(t)
	tests := []struct {
		statement, name, column                                  string
		direction, function, item, fund, kind, measure, role, at string
		level                                                    int
		leaf                                                     bool
	}{
		{"gpb_expenditure", "科学技术支出", "合计", "expenditure", "206", "", "general_public", "total", "budget", "flow", "", 1, false},
		{"gpb_expenditure", "科普活动", "项目支出", "expenditure", "2060702", "", "general_public", "project", "budget", "flow", "科学技术普及", 3, true},
		{"gpb_expenditure", "科普活动", "基本支出", "expenditure", "2060702", "", "general_public", "basic", "budget", "flow", "科学技术普及", 3, true},
		{"gpb_expenditure", "合计", "基本支出", "expenditure", "", "", "general_public", "basic", "budget", "flow", "", 0, false},
		{"dept_income_expenditure", "六、科学技术支出", "支出/预算数", "expenditure", "206", "", "all", "total", "budget", "flow", "", 1, true},
		{"dept_income_expenditure", "一、财政拨款收入", "收入/预算数", "revenue", "", "income.fiscal", "", "", "budget", "flow", "", 1, true},
		{"dept_income_expenditure", "本年支出合计", "支出/预算数", "expenditure", "", "expenditure.current_year", "all", "total", "budget", "flow", "", 0, false},
		{"three_public", "三、公务接待费", "资金来源/合计", "expenditure", "", "three_public.reception", "", "", "budget", "flow", "", 1, true},
		{"three_public", "三、公务接待费", "资金来源/一般公共预算财政拨款", "expenditure", "", "three_public.reception", "general_public", "", "budget", "flow", "", 1, true},
		{"three_public", "公务用车运行维护费", "资金来源/合计", "expenditure", "", "three_public.vehicle_operation", "", "", "budget", "flow", "二、公务用车购置及运维费", 2, false},
		{"procurement_plan", "喷墨打印机", "单价", "expenditure", "", "", "", "", "budget", "unit_price", "", 1, true},
		{"asset_status", "2、车辆（台、辆）", "价值（金额单位：万元）", "", "", "", "", "", "budget", "stock", "", 1, true},
	}
	for _, test := range tests {
		l := findLine(t, batch, test.statement, test.name, test.column)
		parent := ""
		for i := range batch.Lines {
			if batch.Lines[i].ID == l.ParentLineID {
				parent = batch.Lines[i].Name
				if batch.Lines[i].ColumnPath != l.ColumnPath {
					t.Errorf("%s %s: the parent stands in column %s", l.Name, l.ColumnPath, batch.Lines[i].ColumnPath)
				}
			}
		}
		if l.Direction != test.direction || l.FuncCode != test.function || l.ItemCode != test.item || l.FundType != test.fund || l.SpendingKind != test.kind ||
			l.Measure != test.measure || l.AmountRole != test.role || parent != test.at || l.Level != test.level || l.IsLeaf != test.leaf || l.ReportedBy != "department" {
			t.Errorf("%s %s %s: direction %q, function %q, item %q, fund %q, kind %q, measure %q, role %q, parent %q, level %d, leaf %v, %s; want %+v", l.Statement, l.Name, l.ColumnPath,
				l.Direction, l.FuncCode, l.ItemCode, l.FundType, l.SpendingKind, l.Measure, l.AmountRole, parent, l.Level, l.IsLeaf, l.ReportedBy, test)
		}
	}
	if l := findLine(t, batch, "dept_income_expenditure", "六、科学技术支出", "支出/预算数"); l.Code != "" || l.CodeStatus != "inferred" {
		t.Errorf("no code is printed, but it is given as %q, %s", l.Code, l.CodeStatus)
	}
}

func leafSum(batch *Batch, kind string) (sum decimal.Decimal, lines int) {
	for i := range batch.Lines {
		if l := &batch.Lines[i]; l.LeafOf == kind {
			sum = sum.Add(l.AmountCNY.Decimal)
			lines++
		}
	}
	return sum, lines
}

// The seed spends 604.42 万元, of which 514.62 are basic expenditure.
func TestLeavesOfTheSeed(t *testing.T) {
	batch := seedFixture(t)
	for kind, want := range map[string]string{leafFunctional: "6044200.00", leafEconomic: "5146200.00"} {
		if sum, _ := leafSum(batch, kind); sum.StringFixed(2) != want {
			t.Errorf("the %s leaves add up to %s, want %s", kind, sum.StringFixed(2), want)
		}
	}
}

// TestLeavesOfAgencies: the department stands above its units, whose rows repeat
// the classes; a total row that a page repeats divides no class; own spending of
// another kind is part of all.
func TestLeavesOfAgencies(t *testing.T) {
	batch := Normalize(budgetOf(tableOfText(1, []string{"支出总表", "单位：元"}, rowsOf(
		"预算单位|科目编码|科目名称|合计|基本支出|项目支出|上缴上级支出",
		"某某市水务局|||60|30|29|1",
		"某某市水务局（本级）|||40|20|20|",
		"|205|教育支出|40|20|20|",
		"|20508|进修及培训|40|20|20|",
		"||合计|60|30|29|1",
		"|2050803|培训支出|40|20|20|",
		"某某市水文中心|||20|10|9|1",
		"|205|教育支出|20|10|9|1",
		"|20508|进修及培训|20|10|9|1",
		"|2050803|培训支出|20|10|9|1",
	))), embeddedBook(t))
	sum, lines := leafSum(batch, leafFunctional)
	if sum.StringFixed(2) != "60.00" || lines != 5 {
		for _, l := range batch.Lines {
			t.Logf("%s %s %s leaf %v %s %q", l.AgencyName, l.Name, l.ColumnPath, l.IsLeaf, l.AmountRaw, l.LeafOf)
		}
		t.Errorf("%d leaves add up to %s, want 5 and 60.00", lines, sum)
	}
}

// TestLeavesPreferTotalsToWrongParts: where parts do not add up to the total of their rows,
// the column of totals is taken.
func TestLeavesPreferTotalsToWrongParts(t *testing.T) {
	batch := Normalize(budgetOf(tableOfText(1, []string{"支出总表", "单位：万元"}, rowsOf(
		"科目编码|科目名称|合计|基本支出|项目支出",
		"206|科学技术支出|90.00|50.00|30.00",
		"20607|科学技术普及|90.00|50.00|30.00",
		"2060702|科普活动|90.00|50.00|30.00",
	))), embeddedBook(t))
	if sum, lines := leafSum(batch, leafFunctional); sum.StringFixed(2) != "900000.00" || lines != 1 {
		t.Errorf("%d leaves add up to %s", lines, sum)
	}
}

// TestInferredCodes: the names alone, from the class down to the item.
func TestInferredCodes(t *testing.T) {
	batch := Normalize(budgetOf(tableOfText(1, []string{"一般公共预算支出表", "单位：万元"}, rowsOf(
		"科目名称|合计|基本支出|项目支出",
		"一、一般公共服务支出|10.00|10.00|0.00",
		"纪检监察事务|10.00|10.00|0.00",
		"行政运行|10.00|10.00|0.00",
		"二、教育支出|5.00|0.00|5.00",
		"其他教育支出|5.00|0.00|5.00",
		"其他教育支出|5.00|0.00|5.00",
		"某某专项|0.00|0.00|0.00",
	))), embeddedBook(t))
	var got []string
	for _, l := range batch.Lines {
		if l.ColumnPath == "合计" {
			got = append(got, l.FuncCode+" "+l.CodeStatus+" "+l.Code)
		}
	}
	want := "201 inferred ,20111 inferred ,2011101 inferred ,205 inferred ,20599 inferred ,2059999 inferred , none "
	if strings.Join(got, ",") != want {
		t.Errorf("codes %s, want %s", strings.Join(got, ","), want)
	}
}

func TestMeasureOf(t *testing.T) {
	for _, test := range []struct{ heading, phase, want string }{
		{"合计", "approved", "budget"}, {"合计", "executed", "final"}, {"决算数/合计", "executed", "final"}, {"预算数/合计", "executed", "budget"},
		{"2025年预算数", "approved", "prior_year_budget"}, {"上年执行数", "approved", "prior_year_final"}, {"上年结转", "approved", "budget"},
		{"2026年预算数比2025年增减", "approved", "change"}, {"2026年预算数", "approved", "budget"}, {"调整预算数", "executed", "adjusted_budget"},
		{"2025年结转资金", "approved", "budget"},
	} {
		if got := measureOf(test.heading, 2026, test.phase); got != test.want {
			t.Errorf("%s (%s) is %s, want %s", test.heading, test.phase, got, test.want)
		}
	}
}

func TestListMark(t *testing.T) {
	for name, want := range map[string]int8{"一、一般公共服务支出": 1, "（一）本年收入": 2, "1.基本支出": 3, "2、车辆": 3, "(3)其他": 4, "①人员": 5, "一般公共服务支出": 0, "十二、城乡": 1, "120急救中心": 0, "（2026年）": 0, "": 0} {
		if got := listDepth(name); got != want {
			t.Errorf("%s: depth %d, want %d", name, got, want)
		}
	}
	if name := withoutListNumber("一、一般公共服务支出"); name != "一般公共服务支出" {
		t.Errorf("the name without its number is %s", name)
	}
}

func budgetOf(tables ...extract.Table) *extract.Document {
	return &extract.Document{Source: extract.Source{URI: "某某市水务局2026年部门预算.pdf", SHA256: strings.Repeat("1", 64)},
		Pages: []extract.Page{{Number: 1, Glyphs: 1}}, Tables: tables}
}

func rowsOf(lines ...string) (rows [][]string) {
	for _, line := range lines {
		rows = append(rows, strings.Split(line, "|"))
	}
	return rows
}
