package normalize

import (
	"fmt"
	"testing"
	"unicode"

	"gongkai/extract"
	"gongkai/normalize/codebook"

	"pgregory.net/rapid"
)

// texts are what cells of these tables are made of, in all the wrong places.
var texts = []string{
	"", "", "", "项目", "合计", "收入", "支出", "科目编码", "科目名称", "类", "款", "项", "序号", "栏次", "1", "2", "3", "**", "201", "20101", "01",
	"一般公共服务支出", "[201]教育", "1,234.56", "0.00", "-", "（3.00）", "12%", "单位：万元", "部门：某某局", "项目名称", "主管部门", "资金总额", "数量", "预算数",
	"一级指标", "备注", "注：空表", "1.00 2.00", "收支总表", "2026年", "\u3000", "ａ１",
}

// TestAnyGrid: whatever is printed where, reading it does no harm: every
// printed cell is kept once, and every line leads back to its cell.
func TestAnyGrid(t *testing.T) {
	book := embeddedBook(t)
	rapid.Check(t, func(t *rapid.T) {
		var tables []extract.Table
		for n := rapid.IntRange(1, 3).Draw(t, "tables"); len(tables) < n; {
			tables = append(tables, drawTable(t))
		}
		document := documentOf(tables...)
		batch := Normalize(document, book)
		printed := 0
		for _, table := range document.Tables {
			for _, row := range table.Grid {
				for _, cell := range row {
					if !cell.Covered {
						printed++
					}
				}
			}
		}
		cells := map[string]string{}
		for _, cell := range batch.Cells {
			cells[cell.ID] = cell.TextRaw
		}
		if len(cells) != printed || len(batch.Cells) != printed {
			t.Fatalf("%d cells with %d ids, want %d", len(batch.Cells), len(cells), printed)
		}
		seen := map[string]bool{}
		for _, line := range batch.Lines {
			raw, ok := cells[line.CellID]
			if !ok || seen[line.ID] || line.AmountRaw != "" && line.AmountRaw != raw {
				t.Fatalf("line %s says %q, its cell %q", line.ID, line.AmountRaw, raw)
			}
			seen[line.ID] = true
		}
	})
}

func drawTable(t *rapid.T) extract.Table {
	rows, columns := rapid.IntRange(0, 7).Draw(t, "rows"), rapid.IntRange(1, 7).Draw(t, "columns")
	grid := make([][]string, rows)
	for r := range grid {
		grid[r] = make([]string, columns)
		for c := range grid[r] {
			grid[r][c] = rapid.SampledFrom(texts).Draw(t, "text")
			if c > 0 && rapid.IntRange(0, 9).Draw(t, "merge left") == 0 {
				grid[r][c] = "<<"
			} else if r > 0 && rapid.IntRange(0, 9).Draw(t, "merge up") == 0 {
				grid[r][c] = "^^"
			}
		}
	}
	table := extract.Table{Title: rapid.SampledFrom(texts).Draw(t, "title"), Grid: gridOf(grid, 1)}
	table.Segments = []extract.Segment{{Page: rapid.IntRange(1, 3).Draw(t, "page"), Rows: rows}}
	return table
}

// TestPrintedCodesReadBack prints a listed code and its name in every form of
// print and expects both back.
func TestPrintedCodesReadBack(t *testing.T) {
	book := embeddedBook(t)
	var entries []codebook.Entry
	for _, scheme := range []string{codebook.FunctionalExpenditure, codebook.EconomicDepartment, codebook.EconomicGovernment} {
		for entry := range book.Entries(scheme) {
			if len(entry.Code) > len("206") && unicode.Is(unicode.Han, firstRune(entry.Name)) {
				entries = append(entries, entry)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		entry := rapid.SampledFrom(entries).Draw(t, "entry")
		printed := rapid.SampledFrom([]string{"[%s]%s", "【%s】%s", "%s-%s", "%s－%s", "%s%s", "%s:%s"}).Draw(t, "form")
		code, name, _ := splitGlued(fmt.Sprintf(printed, entry.Code, entry.Name))
		if code != entry.Code || name != entry.Name {
			t.Fatalf("%q gives %q and %q", fmt.Sprintf(printed, entry.Code, entry.Name), code, name)
		}
		if code, name = splitBehind(entry.Name + "（" + entry.Code + "）"); code != entry.Code || name != entry.Name {
			t.Fatalf("behind its name %s is %q of %q", entry.Code, code, name)
		}
		var parts []string // 类, 款, 项
		for from := 0; from < len(entry.Code); {
			to := len("206") + 2*len(parts)
			parts = append(parts, entry.Code[from:to])
			from = to
		}
		above := make([]string, len(parts))
		copy(above, parts)
		blank := rapid.IntRange(0, len(parts)-1).Draw(t, "parts left blank")
		row := append(make([]string, blank), parts[blank:]...)
		if code := joinParts(row, above); code != entry.Code {
			t.Fatalf("%q below %q is %q, want %s", row, parts, code, entry.Code)
		}
	})
}
