package extract

import (
	"slices"
	"strings"
	"testing"

	"gongkai/extract/layout"
)

// sheet is one page for the joiner: lines of text above and below a table, given
// by its rows, cells apart by |. A row of one cell spans all columns.
type sheet struct {
	above  []string
	rows   []string
	below  []string
	width  float64 // of a column; 100 when 0
	widths []float64
	full   bool // the last row's texts reach their rulings
	open   bool // no line ends the last row
	strip  bool // the last row is half as high as the others
}

const pageWidth, pageHeight = 595, 842

// pages builds what layout would give for the sheets.
func pages(sheets []sheet) ([]Page, [][]layout.Table) {
	var list []Page
	var tables [][]layout.Table
	for i, s := range sheets {
		page := Page{Number: i + 1, Box: layout.Box{X1: pageWidth, Y1: pageHeight}}
		y := 150.0
		line := func(text string) {
			width := 10 * float64(len([]rune(text)))
			box := layout.Box{X0: 300 - width/2, X1: 300 + width/2, Y0: y, Y1: y + 12}
			page.Lines = append(page.Lines, layout.Line{Text: text, Box: box, Size: 12, Page: i + 1})
			y += 20
		}
		for _, text := range s.above {
			line(text)
		}
		columns := 0
		for _, row := range s.rows {
			columns = max(columns, 1+strings.Count(row, "|"))
		}
		table := layout.Table{Rows: []float64{y}, Columns: boundariesOf(s, columns)}
		for r, row := range s.rows {
			cells := strings.Split(row, "|")
			span := 1
			if len(cells) == 1 {
				span = len(table.Columns) - 1
			}
			for c, text := range cells {
				cell := layout.Cell{Row: r, Column: c, RowSpan: 1, ColSpan: span, Text: text,
					Box: layout.Box{X0: table.Columns[c], Y0: y, X1: table.Columns[c+span], Y1: y + 20}}
				if !s.full || r < len(s.rows)-1 {
					cell.Room = 20
				}
				table.Cells = append(table.Cells, cell)
			}
			y += 20
			if s.strip && r == len(s.rows)-1 {
				y -= 10
			}
			table.Rows = append(table.Rows, y)
		}
		table.OpenBottom = s.open
		table.Box = layout.Box{X0: table.Columns[0], Y0: table.Rows[0], X1: table.Columns[len(table.Columns)-1], Y1: y}
		y += 10
		for _, text := range s.below {
			line(text)
		}
		list = append(list, page)
		tables = append(tables, []layout.Table{table})
	}
	return list, tables
}

func boundariesOf(s sheet, n int) []float64 {
	columns := []float64{50}
	for c := range n {
		width := s.width
		if s.widths != nil {
			width = s.widths[c]
		} else if width == 0 {
			width = 100
		}
		columns = append(columns, columns[c]+width)
	}
	return columns
}

func joined(sheets []sheet) []Table {
	list, tables := pages(sheets)
	markRunning(list)
	j := joiner{document: "d"}
	for i := range list {
		j.add(&list[i], tables[i])
	}
	return j.finish()
}

// rowsOf writes a table as its rows, cells apart by |.
func rowsOf(t Table) []string {
	var rows []string
	for _, row := range t.Grid {
		var texts []string
		for _, cell := range row {
			texts = append(texts, cell.Text)
		}
		rows = append(rows, strings.Join(texts, "|"))
	}
	return rows
}

func TestJoin(t *testing.T) {
	first := sheet{above: []string{"收入预算总表", "单位：万元"}, rows: []string{"科目|合计", "教育|1.00"}}
	for _, test := range []struct {
		name   string
		sheets []sheet
		want   [][]string // rows of each table
	}{
		{"without a header", []sheet{first, {rows: []string{"科技|2.00", "合计|3.00"}}},
			[][]string{{"科目|合计", "教育|1.00", "科技|2.00", "合计|3.00"}}},
		{"with a repeated header, given once", []sheet{first, {rows: []string{"科目|合计", "科技|2.00"}}},
			[][]string{{"科目|合计", "教育|1.00", "科技|2.00"}}},
		{"under the same title and unit", []sheet{first, {above: []string{"收入预算总表（续）", "单位：万元"}, rows: []string{"科目|合计", "科技|2.00"}}},
			[][]string{{"科目|合计", "教育|1.00", "科技|2.00"}}},
		{"at another scale under the same title", []sheet{first, {above: []string{"收入预算总表"}, width: 110, rows: []string{"科目|合计", "科技|2.00"}}},
			[][]string{{"科目|合计", "教育|1.00", "科技|2.00"}}},
		{"under the same title, the numbering going on", []sheet{{above: first.above, rows: []string{"科目|合计", "一、教育|1.00"}}, {above: first.above, rows: []string{"二、科技|2.00", "三、文化|3.00"}}},
			[][]string{{"科目|合计", "一、教育|1.00", "二、科技|2.00", "三、文化|3.00"}}},
		{"not under the same title, the numbering beginning again", []sheet{{above: first.above, rows: []string{"科目|合计", "一、教育|1.00"}}, {above: first.above, rows: []string{"一、科技|2.00"}}},
			[][]string{{"科目|合计", "一、教育|1.00"}, {"一、科技|2.00"}}},
		{"not under another unit, the numbering going on", []sheet{{above: first.above, rows: []string{"科目|合计", "一、教育|1.00"}}, {above: []string{"单位：元"}, rows: []string{"二、科技|2.00"}}},
			[][]string{{"科目|合计", "一、教育|1.00"}, {"二、科技|2.00"}}},
		{"not under a new title", []sheet{first, {above: []string{"支出预算总表"}, rows: []string{"科目|合计", "科技|2.00"}}},
			[][]string{{"科目|合计", "教育|1.00"}, {"科目|合计", "科技|2.00"}}},
		{"not under a unit line with another header", []sheet{first, {above: []string{"单位：元"}, rows: []string{"项目|金额", "科技|2.00"}}},
			[][]string{{"科目|合计", "教育|1.00"}, {"项目|金额", "科技|2.00"}}},
		{"not after prose", []sheet{{above: first.above, rows: first.rows, below: []string{"二、支出情况说明"}}, {rows: []string{"科技|2.00"}}},
			[][]string{{"科目|合计", "教育|1.00"}, {"科技|2.00"}}},
		{"not with other columns", []sheet{first, {widths: []float64{60, 60, 60, 60}, rows: []string{"甲|乙|丙|丁", "1|2|3|4"}}},
			[][]string{{"科目|合计", "教育|1.00"}, {"甲|乙|丙|丁", "1|2|3|4"}}},
		{"a lone total row that spans", []sheet{{above: first.above, rows: []string{"科目|名称|合计", "201|教育|1.00"}}, {widths: []float64{200, 100}, rows: []string{"合计|1.00"}}},
			[][]string{{"科目|名称|合计", "201|教育|1.00", "合计||1.00"}}},
		{"under the labels again, nothing beginning anew", []sheet{{above: []string{"绩效目标表", "部门：审计局", "单位：万元"}, rows: []string{"项目名称|甲", "产出指标|场次"}}, {above: []string{"部门：审计局", "单位：万元"}, rows: []string{"效益指标|人数"}}, {above: []string{"单位：万元"}, rows: []string{"满意度|95.00"}}},
			[][]string{{"项目名称|甲", "产出指标|场次", "效益指标|人数", "满意度|95.00"}}},
		{"not under its unit alone, labels below", []sheet{first, {above: []string{"单位：万元"}, rows: []string{"项目|金额", "科技|2.00"}}},
			[][]string{{"科目|合计", "教育|1.00"}, {"项目|金额", "科技|2.00"}}},
		{"under its header again at another scale", []sheet{{above: first.above, widths: []float64{100, 60, 60}, rows: []string{"科目|合计|其他", "教育|1.00|"}}, {widths: []float64{150, 90, 90}, rows: []string{"科目|合计|其他", "科技|2.00|"}}},
			[][]string{{"科目|合计|其他", "教育|1.00|", "科技|2.00|"}}},
		{"not under the header of other columns", []sheet{{above: first.above, widths: []float64{100, 60, 60}, rows: []string{"科目|合计|其他", "教育|1.00|"}}, {widths: []float64{90, 150, 90}, rows: []string{"科目|合计|其他", "科技|2.00|"}}},
			[][]string{{"科目|合计|其他", "教育|1.00|"}, {"科目|合计|其他", "科技|2.00|"}}},
		{"not under a header of its own", []sheet{{above: first.above, rows: []string{"科目|合计|其他", "教育|1.00|"}}, {rows: []string{"单位|人数|车辆", "审计局|12|3"}}},
			[][]string{{"科目|合计|其他", "教育|1.00|"}, {"单位|人数|车辆", "审计局|12|3"}}},
		{"a section of it begins the page", []sheet{{above: first.above, rows: []string{"项目|行次|合计", "三公经费支出情况", "接待费|1|1.00"}}, {rows: []string{"机关运行经费情况", "办公费|2|2.00"}}},
			[][]string{{"项目|行次|合计", "三公经费支出情况||", "接待费|1|1.00", "机关运行经费情况||", "办公费|2|2.00"}}},
		{"not the same statement of another unit, on a page of its own", []sheet{{above: first.above, rows: []string{"科目|合计", "合计|1.00", "教育|1.00"}}, {above: first.above, rows: []string{"科目|合计", "合计|2.00", "科技|2.00"}}},
			[][]string{{"科目|合计", "合计|1.00", "教育|1.00"}, {"科目|合计", "合计|2.00", "科技|2.00"}}},
		{"not the table of another department under the same title", []sheet{{above: []string{"收入预算总表", "部门：审计局"}, rows: first.rows}, {above: []string{"收入预算总表", "部门：档案局"}, rows: []string{"科目|合计", "科技|2.00"}}},
			[][]string{{"科目|合计", "教育|1.00"}, {"科目|合计", "科技|2.00"}}},
		{"under the lower rows of its header", []sheet{{above: first.above, rows: []string{"收入", "科目|合计|其他", "栏次|1|2", "教育|1.00|"}}, {rows: []string{"科目|合计|其他", "栏次|1|2", "科技|2.00|"}}},
			[][]string{{"收入||", "科目|合计|其他", "栏次|1|2", "教育|1.00|", "科技|2.00|"}}},
		{"under the numbers of its columns", []sheet{{above: first.above, rows: []string{"科目|合计|其他|结余", "栏次|1|2|3", "教育|1.00||"}}, {rows: []string{"栏次|1|2|3", "科技|2.00||"}}},
			[][]string{{"科目|合计|其他|结余", "栏次|1|2|3", "教育|1.00||", "科技|2.00||"}}},
		{"under a mark of continuation alone", []sheet{first, {above: []string{"续上表"}, rows: []string{"科目|合计", "科技|2.00"}}, {above: []string{"收入预算总表（续表二）", "单位：万元"}, rows: []string{"文化|3.00"}}},
			[][]string{{"科目|合计", "教育|1.00", "科技|2.00", "文化|3.00"}}},
		{"a form under its title again", []sheet{{above: []string{"绩效目标表"}, rows: []string{"项目名称|甲", "产出指标|场次"}}, {above: []string{"绩效目标表"}, rows: []string{"效益指标|人数"}}, {above: []string{"绩效目标表"}, rows: []string{"项目名称|乙", "产出指标|里程"}}},
			[][]string{{"项目名称|甲", "产出指标|场次", "效益指标|人数"}, {"项目名称|乙", "产出指标|里程"}}},
		{"a row of labels that stands above it too is no header", []sheet{{above: []string{"绩效目标表"}, rows: []string{"一级|二级|三级|说明", "产出|讲座场次|提高|新增", "效益|讲座人数|提高|新增"}}, {rows: []string{"产出|讲座场次|提高|新增"}}},
			[][]string{{"一级|二级|三级|说明", "产出|讲座场次|提高|新增", "效益|讲座人数|提高|新增", "产出|讲座场次|提高|新增"}}},
		{"forms with their title inside follow each other", []sheet{{rows: []string{"绩效目标表", "项目|甲"}}, {rows: []string{"绩效目标表", "项目|乙"}}},
			[][]string{{"绩效目标表|", "项目|甲"}, {"绩效目标表|", "项目|乙"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			tables := joined(test.sheets)
			if len(tables) != len(test.want) {
				for _, table := range tables {
					t.Log(table.Title, rowsOf(table))
				}
				t.Fatalf("%d tables, want %d", len(tables), len(test.want))
			}
			for i, want := range test.want {
				got := rowsOf(tables[i])
				if strings.Join(got, "\n") != strings.Join(want, "\n") {
					t.Errorf("table %d: %q, want %q", i, got, want)
				}
			}
		})
	}
}

// TestPagesBetween: a blank page parts no table, a page with a picture or one that
// could not be read does.
func TestPagesBetween(t *testing.T) {
	for _, test := range []struct {
		name    string
		between Page
		tables  int
	}{
		{"blank", Page{}, 1},
		{"with its number alone", Page{Lines: []layout.Line{{Text: "- 2 -", Box: layout.Box{X0: 280, Y0: 800, X1: 310, Y1: 810}, Size: 10}}}, 1},
		{"with a picture", Page{Images: 1}, 2},
		{"unreadable", Page{Failed: "damaged"}, 2},
		{"with text", Page{Lines: []layout.Line{{Text: "情况说明", Box: layout.Box{X0: 100, Y0: 300, X1: 140, Y1: 310}, Size: 10}}}, 2},
	} {
		list, tables := pages([]sheet{
			{above: []string{"收入预算总表"}, rows: []string{"科目|合计", "教育|1.00"}}, {rows: []string{"x|y"}}, {rows: []string{"科目|合计", "科技|2.00"}},
		})
		test.between.Number, test.between.Box = 2, list[1].Box
		list[1], tables[1] = test.between, nil
		markRunning(list)
		j := joiner{document: "d"}
		for i := range list {
			j.add(&list[i], tables[i])
		}
		got := j.finish()
		if len(got) != test.tables {
			t.Errorf("%s: %d tables, want %d", test.name, len(got), test.tables)
			continue
		}
		if doubts := got[0].Segments[len(got[0].Segments)-1].JoinDoubts; test.tables == 1 && !slices.Equal(doubts, []JoinDoubt{DoubtBlankPage}) {
			t.Errorf("%s: doubts %q", test.name, doubts)
		}
	}
}

// TestRoomLeft: a table that ends high on its page may be complete.
func TestRoomLeft(t *testing.T) {
	tables := joined([]sheet{
		{above: []string{"收入预算总表"}, rows: []string{"科目|合计", "教育|1.00"}},
		{rows: []string{"科技|2.00", "文化|3.00"}},
	})
	if len(tables) != 1 || !slices.Equal(tables[0].Segments[1].JoinDoubts, []JoinDoubt{DoubtRoomLeft}) {
		t.Errorf("tables %v", tables)
	}
}

// TestUniteTexts: columns told by their texts alone.
func TestUniteTexts(t *testing.T) {
	name, first, second, third := [2]float64{50, 120}, [2]float64{200, 240}, [2]float64{280, 320}, [2]float64{360, 400}
	for _, test := range []struct {
		name string
		a, b [][2]float64
		want [][2]float64 // nil when they are not the same
	}{
		{"white space in common", [][2]float64{name, first}, [][2]float64{{50, 150}, {220, 260}}, [][2]float64{{50, 150}, {200, 260}}},
		{"texts where the other has white space", [][2]float64{name, first}, [][2]float64{{50, 210}, {220, 260}}, nil},
		{"the last column blank", [][2]float64{name, first, second, third}, [][2]float64{name, first, second}, [][2]float64{name, first, second, third}},
		{"a column blank between, on the first page", [][2]float64{name, first, third}, [][2]float64{name, first, second, third}, [][2]float64{name, first, second, third}},
		{"each lacks one", [][2]float64{name, first, second}, [][2]float64{name, third}, nil},
		{"one wide text over two columns", [][2]float64{name, first, second, third}, [][2]float64{name, {200, 320}, third}, nil},
		{"too little in common", [][2]float64{name, first, second, third}, [][2]float64{name}, nil},
	} {
		got, _, ok := uniteTexts(test.a, test.b)
		if ok != (test.want != nil) || ok && !slices.Equal(got, test.want) {
			t.Errorf("%s: %v %v, want %v", test.name, got, ok, test.want)
		}
	}
}

func TestTornRow(t *testing.T) {
	tables := joined([]sheet{
		{above: []string{"项目支出表", "单位：万元"}, rows: []string{"单位|项目|金额|说明", "水务局|管理|5.00|做好河道养护，保障"}, full: true},
		{rows: []string{"单位|项目|金额|说明", "|||行洪畅通。", "民政局|养老|6.00|无"}},
	})
	if len(tables) != 1 {
		t.Fatalf("%d tables", len(tables))
	}
	want := "单位|项目|金额|说明\n水务局|管理|5.00|做好河道养护，保障行洪畅通。\n民政局|养老|6.00|无"
	if got := strings.Join(rowsOf(tables[0]), "\n"); got != want {
		t.Fatalf("rows %q, want %q", got, want)
	}
	cell := tables[0].Grid[1][3]
	if len(cell.Places) != 2 || cell.Places[0].Page != 1 || cell.Places[1].Page != 2 {
		t.Errorf("places of the mended cell: %v", cell.Places)
	}
	if s := tables[0].Segments[1]; !s.TornRow || s.FirstRow != 2 || s.Rows != 1 || s.RepeatedHeader != 1 {
		t.Errorf("seam %+v", s)
	}
	if place := tables[0].Grid[2][2].Places[0]; place.Row != 2 || place.Column != 2 || place.Page != 2 {
		t.Errorf("place %+v", place)
	}
}

// TestOpenRow: where no line ends the last row of a page, it may be blank but for a
// strip, with all its texts on the next page; rows that are whole stay two.
func TestOpenRow(t *testing.T) {
	for _, test := range []struct {
		name string
		last string // row of the first page
		open bool
		rows int
	}{
		{"a blank strip", "||", true, 2},
		{"a blank strip beside a name", "水务局||", true, 2},
		{"a blank row", "||", false, 3},
		{"a whole row", "民政局|6.00|有", true, 3},
	} {
		tables := joined([]sheet{
			{above: []string{"项目支出表", "单位：万元"}, rows: []string{"单位|金额|说明", test.last}, full: true, open: test.open},
			{rows: []string{"|5.00|无"}},
		})
		if len(tables) != 1 || len(tables[0].Grid) != test.rows {
			t.Errorf("%s: %q, want %d rows", test.name, rowsOf(tables[0]), test.rows)
		}
	}
}

// TestRowInStrips: a row that a page end cut into a strip and the rest, with lines
// around both; its texts stand in one of the two.
func TestRowInStrips(t *testing.T) {
	for _, test := range []struct {
		name, last, next string
		strip            bool
		want             []string
	}{
		{"texts above", "水务局|5.00|无", "||", true, []string{"水务局|5.00|无"}},
		{"texts below", "||", "水务局|5.00|无", true, []string{"水务局|5.00|无"}},
		{"a merged cell below", "||", "合计", true, []string{"合计||"}},
		{"a blank row of its own", "水务局|5.00|无", "||", false, []string{"水务局|5.00|无", "||"}},
		{"a blank row before the page end", "||", "水务局|5.00|无", false, []string{"||", "水务局|5.00|无"}},
		{"two low rows", "水务局|5.00|无", "民政局|6.00|有", true, []string{"水务局|5.00|无", "民政局|6.00|有"}},
	} {
		tables := joined([]sheet{
			{above: []string{"项目支出表", "单位：万元"}, rows: []string{"单位|金额|说明", "财政局|4.00|无", test.last}, strip: test.strip},
			{rows: []string{"单位|金额|说明", test.next, "教育局|7.00|无"}},
		})
		want := append(append([]string{"单位|金额|说明", "财政局|4.00|无"}, test.want...), "教育局|7.00|无")
		if len(tables) != 1 || !slices.Equal(rowsOf(tables[0]), want) {
			t.Errorf("%s: %q, want %q", test.name, rowsOf(tables[0]), want)
		}
	}
	merged := joined([]sheet{
		{above: []string{"项目支出表", "单位：万元"}, rows: []string{"单位|金额|说明", "财政局|4.00|无", "||"}, strip: true},
		{rows: []string{"合计", "教育局|7.00|无"}},
	})
	if cell := merged[0].Grid[2][0]; len(merged) != 1 || cell.Text != "合计" || cell.ColSpan != 3 || !merged[0].Grid[2][2].Covered {
		t.Errorf("the merged cell is %+v in %q", cell, rowsOf(merged[0]))
	}
}

// TestTitleBefore: the title ends a page, labels begin the next one above the table.
func TestTitleBefore(t *testing.T) {
	for _, test := range []struct {
		name  string
		above []string
		want  string
	}{
		{"nothing above", nil, "支出预算总表"},
		{"labels above", []string{"部门：某市审计局", "单位：万元"}, "支出预算总表"},
		{"a text above", []string{"单位职责", "单位：万元"}, ""},
	} {
		tables := joined([]sheet{
			{above: []string{"收入预算总表"}, rows: []string{"科目|合计", "教育|1.00"}, below: []string{"支出预算总表"}},
			{above: test.above, rows: []string{"项目|金额|说明", "科技|2.00|无"}},
		})
		if len(tables) != 2 || tables[1].Title != test.want || len(tables[1].Caption) < len(test.above) {
			t.Errorf("%s: %q over %v, want %q", test.name, tables[1].Title, tables[1].Caption, test.want)
		}
	}
}

// TestBreaksOff: a text goes on with what found no room behind it.
func TestBreaksOff(t *testing.T) {
	for _, test := range []struct {
		room float32
		rest string
		want bool
	}{
		{0.9, "护", true}, {1.1, "护", false}, {1.1, "护）", true}, {2.1, "护）", false},
		{2.4, "512GB固态硬盘", true}, {2.6, "512GB固态硬盘", false},
	} {
		if got := breaksOff(&layout.Cell{Room: test.room}, test.rest); got != test.want {
			t.Errorf("%q behind room for %v: %v", test.rest, test.room, got)
		}
	}
}

// TestCutCell: merged cells in the first column, at a page end: text above and below is
// one where neither page draws a border, and a blank cell with a border above is not
// the rest of one that ended with its own.
func TestCutCell(t *testing.T) {
	for _, test := range []struct {
		name         string
		texts        [2]string // of the first column's cells, over two rows each
		below, above bool      // the border between them is missing on the first, on the second page
		open         bool      // the second page leaves that cell's lower border out
		want         string    // the first cell's text
		rows         int       // that it covers
	}{
		{"text goes on", [2]string{"开展河道保洁，", "养护堤防"}, true, true, false, "开展河道保洁，养护堤防", 4},
		{"two texts", [2]string{"河道保洁", "堤防养护"}, false, false, false, "河道保洁", 2},
		{"blank below", [2]string{"河道保洁", ""}, false, false, false, "河道保洁", 4},
		{"text behind", [2]string{"", "河道保洁"}, false, false, false, "河道保洁", 4},
		{"another cell that goes on", [2]string{"河道保洁", ""}, false, false, true, "河道保洁", 2},
	} {
		list, tables := pages([]sheet{
			{above: []string{"项目支出表"}, rows: []string{"项目|指标|金额", test.texts[0] + "|甲|1.00", "|乙|2.00"}},
			{rows: []string{test.texts[1] + "|丙|3.00", "|丁|4.00"}},
		})
		for i := range tables {
			cells := &tables[i][0].Cells
			first := 3 * (1 - i)
			(*cells)[first].RowSpan = 2
			*cells = append((*cells)[:first+3], (*cells)[first+4:]...)
			(*cells)[first].CutBelow = i == 0 && test.below || i == 1 && test.open
			(*cells)[first].CutAbove = i == 1 && test.above
		}
		markRunning(list)
		j := joiner{document: "d"}
		for i := range list {
			j.add(&list[i], tables[i])
		}
		got := j.finish()
		if len(got) != 1 || got[0].Grid[1][0].Text != test.want || got[0].Grid[1][0].RowSpan != test.rows {
			t.Errorf("%s: %q over %d rows, want %q over %d", test.name, got[0].Grid[1][0].Text, got[0].Grid[1][0].RowSpan, test.want, test.rows)
		}
	}
}

func TestRowsOfTheirOwn(t *testing.T) {
	for _, row := range []string{"二十二、其他支出|", "结转下年|", "|3.00"} {
		tables := joined([]sheet{
			{above: []string{"支出总表", "单位：万元"}, rows: []string{"项目|金额", "二十一、住房保障支出|1.00"}, full: row != "结转下年|"},
			{rows: []string{row, "合计|1.00"}},
		})
		if len(tables) != 1 || len(tables[0].Grid) != 4 {
			t.Errorf("%q was taken for the rest of the row before: %v", row, rowsOf(tables[0]))
		}
	}
}

func TestRunningLines(t *testing.T) {
	var sheets []sheet
	for range 4 {
		sheets = append(sheets, sheet{above: []string{"收入预算总表"}, rows: []string{"科目|合计", "教育|1.00"}})
	}
	list, _ := pages(sheets)
	for i := range list {
		for k, text := range []string{"某市审计局2026年度部门预算公开", "第 " + string(rune('1'+i)) + " 页"} {
			y := 40 + 770*float64(k)
			list[i].Lines = append(list[i].Lines, layout.Line{Text: text, Box: layout.Box{X0: 200, Y0: y, X1: 400, Y1: y + 10}, Size: 10})
		}
	}
	markRunning(list)
	for _, page := range list {
		for k, line := range page.Lines {
			if want := line.Text != "收入预算总表"; page.running[k] != want {
				t.Errorf("running %q: %v, want %v", line.Text, !want, want)
			}
		}
	}
}

// TestLineOverTwoPages: a line that stands at the head or the foot of two pages is
// neither caption nor note of the table that goes on from one to the other.
func TestLineOverTwoPages(t *testing.T) {
	for _, test := range []struct {
		lines  [2]string
		y      float64
		tables int
	}{
		{[2]string{"第二部分　部门预算", "第二部分　部门预算"}, 40, 1},
		{[2]string{"第二部分　部门预算", "第三部分　名词解释"}, 40, 2},
		{[2]string{"制表日期：2026年1月5日", "制表日期：2026年1月6日"}, 800, 1},
		{[2]string{"注：金额单位为万元。", "注：金额单位为万元。"}, 800, 1},
		{[2]string{"注：不含上年结转。", ""}, 800, 2},
	} {
		list, tables := pages([]sheet{
			{above: []string{"收入预算总表"}, rows: []string{"科目|合计", "教育|1.00"}}, {rows: []string{"科技|2.00", "合计|3.00"}},
		})
		for i, text := range test.lines {
			if text != "" {
				list[i].Lines = append(list[i].Lines, layout.Line{Text: text, Box: layout.Box{X0: 60, Y0: test.y, X1: 160, Y1: test.y + 10}, Size: 10})
			}
			if test.y > pageHeight/2 {
				tables[i][0].Box.Y1 = test.y - 20 // right above the line
			}
		}
		markRunning(list)
		j := joiner{document: "d"}
		for i := range list {
			j.add(&list[i], tables[i])
		}
		if got := j.finish(); len(got) != test.tables {
			t.Errorf("%q: %d tables, want %d", test.lines, len(got), test.tables)
		}
	}
}

func TestCaption(t *testing.T) {
	box := layout.Box{X0: 50, Y0: 200, X1: 550, Y1: 400}
	line := func(text string, middle, y, size float64) layout.Line {
		width := size * float64(len([]rune(text)))
		return layout.Line{Text: text, Size: size, Box: layout.Box{X0: middle - width/2, Y0: y, X1: middle + width/2, Y1: y + size}}
	}
	for _, test := range []struct {
		name  string
		lines []layout.Line
		title string
		first string // first line of the caption
	}{
		{"number, title, unit", []layout.Line{line("公开05表", 500, 120, 10), line("一般公共预算支出表", 300, 140, 18), line("单位：万元", 500, 180, 10)}, "一般公共预算支出表", "公开05表"},
		{"a title in two lines", []layout.Line{line("部门综合预算政府采购（资产配置、购买服务", 300, 120, 16), line("预算表", 300, 140, 16)}, "部门综合预算政府采购（资产配置、购买服务预算表", "部门综合预算政府采购（资产配置、购买服务"},
		{"prose before the title is another matter", []layout.Line{line("收入预算604.42万元，其中：一般公共预算收入604.42万元。", 300, 100, 12), line("收支总表", 300, 140, 18)}, "收支总表", "收支总表"},
		{"no title", []layout.Line{line("单位：万元", 500, 180, 10)}, "", "单位：万元"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := captionOf(test.lines, box)
			if c.title != test.title || len(c.lines) == 0 || c.lines[0].Text != test.first {
				t.Errorf("title %q, caption %v", c.title, c.lines)
			}
		})
	}
}
