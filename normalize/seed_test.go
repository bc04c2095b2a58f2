package normalize

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/extract"
	"gongkai/extract/layout"
)

// The seed is the text of one whole disclosure: headings, captions and tables
// with tabs between the cells, merged cells left empty. It shows what the
// reading makes of headers whose merged cells were lost: the head of a side is
// carried over its amounts, other heads stay where they are printed.

func loadSeed(t testing.TB) *extract.Document {
	t.Helper()
	found, _ := filepath.Glob(filepath.Join(sharedFolder(t), "seed", "*.txt"))
	if len(found) != 1 {
		t.Skip("no seed text beside the corpus")
	}
	bytes, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	document := &extract.Document{Source: extract.Source{URI: "seed.txt", SHA256: strings.Repeat("0", 64)}}
	page := extract.Page{Number: 1, Glyphs: 1}
	var above []string
	var rows [][]string
	flush := func() {
		if len(rows) > 0 {
			document.Tables = append(document.Tables, tableOfText(len(document.Tables)+1, above, rows))
			above, rows = nil, nil
		}
	}
	for _, line := range strings.Split(string(bytes), "\n") {
		switch {
		case strings.Contains(line, "\t"):
			rows = append(rows, strings.Split(line, "\t"))
		case strings.TrimSpace(line) != "":
			flush()
			above = append(above, strings.TrimSpace(line))
			page.Lines = append(page.Lines, layout.Line{Text: strings.TrimSpace(line), Page: 1})
		}
	}
	flush()
	document.Pages = []extract.Page{page}
	return document
}

// tableOfText takes the lines above a table that are short as its title and captions.
func tableOfText(ordinal int, above []string, rows [][]string) extract.Table {
	table := extract.Table{Ordinal: ordinal, Segments: []extract.Segment{{Page: 1, Rows: len(rows)}}}
	const nearest = 4
	for i, line := range above[max(0, len(above)-nearest):] {
		if i == 0 || strings.HasSuffix(line, "表") {
			table.Title = line
		} else {
			table.Caption = append(table.Caption, layout.Line{Text: line, Page: 1})
		}
	}
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	for _, row := range rows {
		cells := make([]extract.Cell, width)
		for c := range cells {
			cells[c] = extract.Cell{RowSpan: 1, ColSpan: 1, Places: []extract.Place{{Page: 1}}}
			if c < len(row) {
				cells[c].Text = row[c]
			}
		}
		table.Grid = append(table.Grid, cells)
	}
	return table
}

func TestSeed(t *testing.T) {
	batch := Normalize(loadSeed(t), embeddedBook(t))
	d := batch.Document
	if d.FiscalYear != 2021 || d.AgencyCode != "731" || d.AgencyName != "秦皇岛市科学技术协会" || d.Kind != "department_budget" || d.Phase != "approved" || d.AdminDivision != "130300" || d.DefaultUnit != "万元" {
		t.Errorf("document is read as %+v", d)
	}
	// statement, code, name, column path, side, yuan: each read off the text.
	for _, want := range []string{
		"dept_income_expenditure||一、财政拨款收入|收入/预算数|left|6044200.00",
		"dept_income_expenditure||其中：财政专户收入|收入/预算数|left|0.00",
		"dept_income_expenditure||六、科学技术支出|支出/预算数|right|6044200.00",
		"dept_income_expenditure||本年支出合计|支出/预算数|right|6044200.00",
		"fiscal_income_expenditure||一、一般公共预算财政拨款|收入/金额|left|6044200.00",
		"gpb_expenditure|206|科学技术支出|合计|whole|6044200.00",
		"gpb_expenditure|2060702|科普活动|项目支出|whole|898000.00",
		"gpb_expenditure||合计|基本支出|whole|5146200.00",
		"gpb_basic_expenditure|30108|机关事业单位基本养老保险|人员经费|whole|321400.00",
		"gpb_basic_expenditure|310|资本性支出|公用经费|whole|2100.00",
		"gov_fund_expenditure||合计|合计|whole|0.00",
		"three_public||三、公务接待费|一般公共预算财政拨|whole|2000.00",
		"three_public||其中：教学科研人员因公出国（境）费|资金来源/合计|whole|blank",
		"procurement_plan|A0201060101|喷墨打印机|单价|whole|3000.00",
		"procurement_plan||合计|政府采购金额（当年部门预算安排资金）/合计|whole|14000.00",
		"asset_status||2、车辆（台、辆）|价值（金额单位：万元）|whole|213600.00",
		"asset_status||资产总额|价值（金额单位：万元）|whole|1042500.00",
	} {
		if !hasLine(batch, want) {
			t.Errorf("no line %s", want)
		}
	}
	for i := range batch.Lines {
		if l := &batch.Lines[i]; l.Statement == "asset_status" && l.ColumnPath == "数量" || l.Statement == "performance_project" && strings.Contains(l.ColumnPath, "指标") {
			t.Errorf("a quantity is taken for money: %s %s %s", l.Name, l.ColumnPath, l.AmountRaw)
		}
	}
}

func hasLine(batch *Batch, want string) bool {
	for i := range batch.Lines {
		if lineText(&batch.Lines[i]) == want {
			return true
		}
	}
	return false
}

func lineText(l *Line) string {
	value := l.ValueState
	if l.AmountCNY.Valid {
		value = l.AmountCNY.Decimal.StringFixed(2)
	}
	return strings.Join([]string{l.Statement, l.Code, l.Name, l.ColumnPath, l.Side, value}, "|")
}

// TestLineNumbers: printed amounts are numbered from 1 without gaps, blanks
// and dashes not at all.
func TestLineNumbers(t *testing.T) {
	next := 1
	for _, l := range Normalize(loadSeed(t), nil).Lines {
		switch l.ValueState {
		case StateNumber, StateUnparsed:
			if l.LineNo != next {
				t.Fatalf("%s has number %d, want %d", l.ID, l.LineNo, next)
			}
			next++
		default:
			if l.LineNo != 0 {
				t.Fatalf("%s is %s, but has number %d", l.ID, l.ValueState, l.LineNo)
			}
		}
	}
}
