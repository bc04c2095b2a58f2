package normalize

import (
	"reflect"
	"strings"
	"testing"

	"gongkai/extract"
	"gongkai/extract/layout"
)

// tableOf makes a table from rows of cells set apart by |; < continues the
// cell to the left, ^ the one above.
func tableOf(title string, captions []string, rows ...string) extract.Table {
	table := extract.Table{Ordinal: 1, Title: title, Segments: []extract.Segment{{Page: 1}}}
	for _, c := range captions {
		table.Caption = append(table.Caption, layout.Line{Text: c, Page: 1})
	}
	var texts [][]string
	for _, row := range rows {
		cells := strings.Split(row, "|")
		for i := range cells {
			switch cells[i] = strings.TrimSpace(cells[i]); cells[i] {
			case "<":
				cells[i] = "<<"
			case "^":
				cells[i] = "^^"
			}
		}
		texts = append(texts, cells)
	}
	table.Grid = gridOf(texts, 1)
	return table
}

func documentOf(tables ...extract.Table) *extract.Document {
	d := &extract.Document{Source: extract.Source{URI: "x.pdf", SHA256: strings.Repeat("ab", 32)}, Pages: []extract.Page{{Number: 1, Glyphs: 9}}}
	for i := range tables {
		tables[i].Ordinal = i + 1
	}
	d.Tables = tables
	return d
}

func TestHeaderRows(t *testing.T) {
	for _, c := range []struct {
		name         string
		rows         []string
		titles, head int
	}{
		{"two levels and a column-number row", []string{"序号|科目|<|合计", "^|编码|名称|^", "栏次|1|2|3", "1|201|一般公共服务支出|5.00"}, 0, 3},
		{"stars for the label columns", []string{"编码|名称|合计", "**|**|1", "201|一般公共服务支出|"}, 0, 2},
		{"a formula in the column numbers", []string{"项目|合计|基本|项目支出", "栏次|1=2+3|2|3", "合计|3|1|2"}, 0, 2},
		{"the title inside the rules", []string{"项目支出绩效目标表|<|<", "项目|预算数|备注", "甲项目|3.00|"}, 1, 2},
		{"title, unit and agency inside the rules", []string{"收入总表|<", "单位：万元|<", "项目|预算数", "合计|1.00"}, 2, 3},
		{"the agency as label and value", []string{"部门（单位）名称|<|西安市民政局", "任务|内容|金额", "救助|甲|1.00"}, 1, 2},
		{"a head over all columns is no title", []string{"“三公”经费|<|<", "合计|接待费|公车", "1.00|1.00|"}, 0, 2},
		{"first rows without amounts are data", []string{"项目|预算数", "一、财政拨款收入|", "二、事业收入|3.00"}, 0, 1},
		{"a total without amounts is data", []string{"科目|<|预算数", "编码|名称|^", "合计|<|"}, 0, 2},
		{"an empty table", []string{"合计|出国费|接待费", "||"}, 0, 1},
		{"a list of texts", []string{"单位名称|单位性质|单位规格", "秦皇岛市科学技术协会|行政|正处级"}, 0, 1},
		{"heads without merged cells", []string{"收入||支出|", "项目|预算数|项目|预算数", "一、拨款|1.00|一、外交|1.00"}, 0, 2},
		{"years as heads", []string{"项目|2025|2026", "合计|1.00|2.00"}, 0, 1},
		{"no header at all", []string{"2210203|购房补贴|167.18"}, 0, 0},
	} {
		table := tableOf("", nil, c.rows...)
		h := findHeader(newSheet(&table))
		if h.titles != c.titles || h.rows != c.head {
			t.Errorf("%s: %d titles, %d header rows; want %d and %d", c.name, h.titles, h.rows, c.titles, c.head)
		}
	}
}

func TestColumnPaths(t *testing.T) {
	table := tableOf("", nil,
		"功能科目|<|总 计|基本支出|<|<",
		"编码|名称|^|基本支出|<|公用经费",
		"^|^|^|小计|人员经费|公用经费",
		"**|**|1|2|3|4",
		"201|一般公共服务支出|1.00|1.00|1.00|")
	s := newSheet(&table)
	want := [][]string{{"功能科目", "编码"}, {"功能科目", "名称"}, {"总计"}, {"基本支出", "小计"}, {"基本支出", "人员经费"}, {"基本支出", "公用经费"}}
	if got := columnPaths(s, findHeader(s)); !reflect.DeepEqual(got, want) {
		t.Errorf("paths are %q, want %q", got, want)
	}
}

func TestColumnRoles(t *testing.T) {
	table := tableOf("", nil,
		"序号|编码|名称|计量单位|数量|单价|金额|占比%|增减率|备注|指标值|编制人数|<",
		"^|^|^|^|^|^|^|^|^|^|^|行政|事业",
		"1|A02010104|台式计算机|台|1|0.50|0.50|50%|12.5||5|60|3",
		"2|A0201060101|喷墨打印机|台|2|0.30|0.60|50%|1.5|旧|9.5|1|2")
	s := newSheet(&table)
	h := findHeader(s)
	columns := readColumns(s, h, columnPaths(s, h))
	want := []role{roleOrdinal, roleCode, roleName, roleText, roleQuantity, roleAmount, roleAmount, rolePercent, rolePercent, roleText, roleText, roleQuantity, roleQuantity}
	for c := range want {
		if columns[c].role != want[c] {
			t.Errorf("column %s has role %d, want %d", columns[c].leaf, columns[c].role, want[c])
		}
	}
}

func TestJoinParts(t *testing.T) {
	above := make([]string, 3)
	for _, c := range []struct{ parts, want string }{
		{"201||", "201"}, {"201|06|", "20106"}, {"201|06|01", "2010601"}, {"||02", "2010602"}, {"|08|", "20108"}, {"||01", "2010801"},
		{"||", ""}, {"205||", "205"}, {"|07|", "20507"}, {"205|20507|2050702", "2050702"},
	} {
		if got := joinParts(strings.Split(c.parts, "|"), above); got != c.want {
			t.Errorf("%s joins to %s, want %s", c.parts, got, c.want)
		}
	}
}

func TestSplitGlued(t *testing.T) {
	for label, want := range map[string][2]string{
		"[201]一般公共服务支出":                {"201", "一般公共服务支出"},
		"【20101】人大事务":                  {"20101", "人大事务"},
		"2060702科普活动":                  {"2060702", "科普活动"},
		"201-一般公共服务支出":                 {"201", "一般公共服务支出"},
		"C190107健康检查服务":                {"C190107", "健康检查服务"},
		"11000022T000000489978-儿童福利工作": {"11000022T000000489978", "儿童福利工作"},
		"2026年项目":                      {"", "2026年项目"},
		"208年支出":                       {"", "208年支出"},
		"一、财政拨款":                       {"", "一、财政拨款"},
		"科普活动":                         {"", "科普活动"},
		"[说明]科普":                       {"", "[说明]科普"},
		"201":                          {"", "201"},
	} {
		if code, name, _ := splitGlued(label); code != want[0] || name != want[1] {
			t.Errorf("%q splits into %q and %q, want %q", label, code, name, want)
		}
	}
}

func TestGluedNeedsSupport(t *testing.T) {
	names := tableOf("项目支出表", []string{"单位：万元"}, "项目|金额", "120急救中心建设|1.00", "校舍维修|2.00", "道路养护|3.00")
	codes := tableOf("支出总表", []string{"单位：万元"}, "科目|金额", "合计|3.00", "201一般公共服务支出|1.00", "20101人大事务|1.00")
	batch := Normalize(documentOf(names, codes), nil)
	var got []string
	for _, l := range batch.Lines {
		got = append(got, l.Code+"|"+l.Name)
	}
	want := []string{"|120急救中心建设", "|校舍维修", "|道路养护", "|合计", "201|一般公共服务支出", "20101|人大事务"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("labels are %q, want %q", got, want)
	}
}

func TestBlocks(t *testing.T) {
	for _, c := range []struct {
		rows  []string
		sides string
	}{
		{[]string{"收入|<|支出|<", "项目|预算数|项目|预算数", "一、拨款|1.00|一、外交|1.00"}, "left|right"},
		{[]string{"收入项目|金额|支出项目|金额", "一、拨款|1.00|一、外交|1.00"}, "left|right"},
		{[]string{"编码|名称|金额|编码|名称|金额|编码|名称|金额", "301|工资|1.00|302|商品|1.00|310|资本|1.00"}, "block1|block2|block3"},
		{[]string{"项目|行次|金额|项目|行次|金额", "一、拨款|1|1.00|一、外交|7|1.00"}, "left|right"},
		{[]string{"项目名称|预算资金|物品名称|数量|单价", "业务费|37.00|计算机|1|0.50"}, "whole"},
		{[]string{"编码|名称|编码|名称|合计", "30101|基本工资|50101|工资奖金|1.00"}, "whole"},
	} {
		table := tableOf("", nil, c.rows...)
		s := newSheet(&table)
		h := findHeader(s)
		if got := sides(splitBlocks(readColumns(s, h, columnPaths(s, h)))); got != c.sides {
			t.Errorf("%s: %s, want %s", c.rows[0], got, c.sides)
		}
	}
}

func TestForm(t *testing.T) {
	table := tableOf("项目支出绩效目标表", []string{"单位：元"},
		"项目名称|青少年科普|<|主管部门|科协",
		"项目资金（万元）|年度资金总额：|37.00|其中：财政拨款|30.00",
		"^|其他资金|7.00||",
		"年度主要任务|任务名称|预算金额（万元）|<|<",
		"^|^|总额|财政拨款|其他资金",
		"^|展览|20.00|20.00|",
		"一级指标|二级指标|三级指标|指标值|",
		"产出指标|数量指标|场次|12|")
	batch := Normalize(documentOf(table), nil)
	var got []string
	for _, l := range batch.Lines {
		got = append(got, l.Name+"|"+l.ColumnPath+"|"+l.AmountCNY.Decimal.StringFixed(2))
	}
	want := []string{
		"青少年科普|年度资金总额：|370000.00", "青少年科普|其中：财政拨款|300000.00", "青少年科普|其他资金|70000.00",
		"展览|预算金额（万元）/总额|200000.00", "展览|预算金额（万元）/财政拨款|200000.00",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("form gives %q, want %q", got, want)
	}
}

func TestUnitOrder(t *testing.T) {
	first := tableOf("收入总表", []string{"单位：万元"}, "项目|金额|价值（元）", "合计|1.00|5.00")
	later := tableOf("支出总表", nil, "项目|金额", "合计|1.00")
	later.Segments[0].Page = 2
	document := documentOf(first, later)
	document.Pages = append(document.Pages, extract.Page{Number: 2, Glyphs: 1})
	batch := Normalize(document, nil)
	want := []string{"10000.00 万元", "5.00 元", "10000.00 万元"}
	for i, l := range batch.Lines {
		if got := l.AmountCNY.Decimal.StringFixed(2) + " " + l.UnitRaw; got != want[i] {
			t.Errorf("line %d is %s, want %s", i, got, want[i])
		}
	}
	if batch.Tables[0].UnitSource != "caption" || batch.Tables[1].UnitSource != "section" {
		t.Errorf("units come from %s and %s", batch.Tables[0].UnitSource, batch.Tables[1].UnitSource)
	}

	// A new part of the document ends what a caption said.
	document.Pages[1].Lines = []layout.Line{{Text: "第三部分 绩效", Page: 2}}
	document.Tables[1].Segments[0].Box = layout.Box{Y0: 100, Y1: 200}
	batch = Normalize(document, nil)
	last := batch.Lines[len(batch.Lines)-1]
	if last.AmountCNY.Valid || last.AmountRaw != "1.00" || batch.Tables[1].UnitSource != "none" {
		t.Errorf("a unit was assumed: %+v", last)
	}
	if countFindings(batch, ruleUnitUnknown) != 1 {
		t.Errorf("%d findings about the missing unit, want 1", countFindings(batch, ruleUnitUnknown))
	}
}

func countFindings(batch *Batch, rule string) int {
	n := 0
	for _, f := range batch.Findings {
		if f.RuleID == rule {
			n++
		}
	}
	return n
}

func TestStatesAreKeptApart(t *testing.T) {
	table := tableOf("支出总表", []string{"单位：元"}, "科目编码|科目名称|合计|基本支出|项目支出", "合计|<|0.125|—|", "201|一般公共服务支出|1.00 2.00|0.00|无", "|||  |")
	batch := Normalize(documentOf(table), nil)
	var got []string
	for _, l := range batch.Lines {
		got = append(got, l.ColumnPath+" "+l.ValueState+" "+l.AmountRaw)
	}
	want := []string{"合计 number 0.125", "基本支出 dash —", "项目支出 blank ", "合计 unparsed 1.00 2.00", "基本支出 number 0.00"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("lines are %q, want %q", got, want)
	}
	if countFindings(batch, ruleAmountRounded) != 1 || countFindings(batch, ruleAmountUnparsed) != 1 {
		t.Errorf("findings are %+v", batch.Findings)
	}
}

func TestContinuation(t *testing.T) {
	first := tableOf("支出总表", []string{"单位：万元"}, "科目编码|科目名称|合计", "221|住房保障支出|5.00")
	odd := tableOf("", nil, "某注释|乙", "丙|丁")
	next := tableOf("", []string{"25"}, "2210203|购房补贴|3.00")
	for i, table := range []*extract.Table{&first, &odd, &next} {
		table.Segments[0].Page = i + 1
	}
	batch := Normalize(documentOf(first, odd, next), embeddedBook(t))
	last := batch.Lines[len(batch.Lines)-1]
	if lineText(&last) != "dept_expenditure|2210203|购房补贴|合计|whole|30000.00" || last.CodeStatus != "exact" {
		t.Errorf("the continued row is %s (%s)", lineText(&last), last.CodeStatus)
	}
}

func TestStatusPartial(t *testing.T) {
	document := documentOf()
	document.Pages = append(document.Pages, extract.Page{Number: 2, Images: 1, Scanned: true})
	if d := Normalize(document, nil).Document; d.Status != "partial" || d.FailureClass != "no_text_layer" || !d.HasTextLayer {
		t.Errorf("a page without text gives %+v", d)
	}
	document.Pages[1] = extract.Page{Number: 2, Failed: "too many operators"}
	if d := Normalize(document, nil).Document; d.Status != "partial" || !strings.Contains(d.FailureMessage, "too many operators") {
		t.Errorf("a failed page gives %+v", d)
	}
}

// TestOddGrids: ragged, empty and inconsistent grids do no harm.
func TestOddGrids(t *testing.T) {
	ragged := extract.Table{Ordinal: 1, Grid: [][]extract.Cell{{{Text: "a", RowSpan: 9, ColSpan: 9}}, {}, {{Covered: true}, {Text: "1.00"}}}}
	empty := extract.Table{Ordinal: 2}
	orphan := extract.Table{Ordinal: 3, Grid: [][]extract.Cell{{{Covered: true}, {Covered: true}}}}
	batch := Normalize(documentOf(ragged, empty, orphan), embeddedBook(t))
	if len(batch.Tables) != 3 {
		t.Errorf("%d tables, want 3", len(batch.Tables))
	}
}
