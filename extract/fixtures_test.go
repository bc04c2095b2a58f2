package extract_test

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"gongkai/extract"
)

const fixtures = "../fixtures"

func read(t *testing.T, path string) *extract.Document {
	t.Helper()
	document, findings := readWithFindings(t, path)
	if len(findings) > 0 {
		t.Errorf("findings %v", document.Findings)
	}
	return document
}

// readWithFindings gives the rules of the findings beside the document.
func readWithFindings(t *testing.T, path string) (document *extract.Document, rules []string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	document, err = extract.Read(context.Background(), extract.NewSource(filepath.Base(path), path, data), extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range document.Findings {
		rules = append(rules, finding.Rule)
	}
	return document, rules
}

// golden reads a grid in the fixtures' convention: << goes on with the cell to
// the left, ^^ with the cell above.
func golden(t *testing.T, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.FieldsPerRecord = -1
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// marked writes a table in the convention of the goldens, spaces removed.
func marked(table extract.Table) [][]string {
	rows := make([][]string, len(table.Grid))
	for r := range rows {
		rows[r] = make([]string, len(table.Grid[r]))
	}
	for r, row := range table.Grid {
		for c, cell := range row {
			if cell.Covered {
				continue
			}
			for dr := range cell.RowSpan {
				for dc := range cell.ColSpan {
					switch {
					case dc > 0:
						rows[r+dr][c+dc] = "<<"
					case dr > 0:
						rows[r+dr][c] = "^^"
					default:
						rows[r][c] = squeeze(cell.Text)
					}
				}
			}
		}
	}
	return rows
}

func squeeze(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return -1
		}
		return c
	}, text)
}

func compare(t *testing.T, name string, table extract.Table, want [][]string) {
	t.Helper()
	got := marked(table)
	if len(got) != len(want) {
		t.Errorf("%s: %d rows, want %d", name, len(got), len(want))
		return
	}
	for r := range want {
		for c := range want[r] {
			want[r][c] = squeeze(want[r][c])
		}
		if !slices.Equal(got[r], want[r]) {
			t.Errorf("%s row %d:\n got %q\nwant %q", name, r, got[r], want[r])
		}
	}
}

// TestRulings: one table, its rulings drawn in different ways.
func TestRulings(t *testing.T) {
	files, _ := filepath.Glob(fixtures + "/rulings/*.pdf")
	if len(files) < 20 {
		t.Fatalf("only %d ruling fixtures", len(files))
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			document := read(t, path)
			if len(document.Tables) != 1 {
				t.Fatalf("%d tables, want 1", len(document.Tables))
			}
			table := document.Tables[0]
			compare(t, "grid", table, golden(t, fixtures+"/rulings/grid.csv"))
			if table.Title != "一般公共预算支出表" {
				t.Errorf("title %q", table.Title)
			}
			unit := false
			for _, line := range table.Caption {
				unit = unit || squeeze(line.Text) == "单位：万元"
			}
			if !unit {
				t.Errorf("the unit line is not in the caption %v", table.Caption)
			}
		})
	}
}

// TestEncodings: the same kind of table in each way a font can name its characters.
func TestEncodings(t *testing.T) {
	files, _ := filepath.Glob(fixtures + "/encodings/*.pdf")
	if len(files) < 35 {
		t.Fatalf("only %d encoding fixtures", len(files))
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			document := read(t, path)
			if len(document.Tables) != 1 {
				t.Fatalf("%d tables, want 1", len(document.Tables))
			}
			text, err := os.ReadFile(strings.TrimSuffix(path, ".pdf") + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			var want [][]string
			for line := range strings.Lines(string(text)) {
				want = append(want, strings.Split(strings.TrimRight(line, "\n"), "\t"))
			}
			compare(t, "text", document.Tables[0], want)
		})
	}
}

// TestTraits: what is on paper and what is not. Nothing that nobody sees, and no
// watermark or stamp, may be read anywhere.
func TestTraits(t *testing.T) {
	files, _ := filepath.Glob(fixtures + "/traits/*.pdf")
	if len(files) < 19 {
		t.Fatalf("only %d trait fixtures", len(files))
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(strings.TrimSuffix(path, ".pdf") + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			document, findings := readWithFindings(t, path)
			if meaningless := strings.Contains(string(text), "\uFFFD"); meaningless != slices.Equal(findings, []string{"V06"}) || !meaningless && len(findings) > 0 {
				t.Errorf("findings %v", findings)
			}
			for _, page := range document.Pages {
				for _, line := range page.Lines {
					checkUnseen(t, line.Text)
				}
			}
			for _, table := range document.Tables {
				for _, row := range table.Grid {
					for _, cell := range row {
						checkUnseen(t, cell.Text)
					}
				}
			}
			tables := 1
			if len(text) == 0 {
				tables = 0
			}
			if len(document.Tables) != tables {
				t.Fatalf("%d tables, want %d", len(document.Tables), tables)
			}
			if tables == 0 {
				return
			}
			var want [][]string
			for line := range strings.Lines(string(text)) {
				want = append(want, strings.Split(strings.TrimRight(line, "\n"), "\t"))
			}
			compare(t, "text", document.Tables[0], want)
		})
	}
}

// checkUnseen looks for the words by which the trait fixtures mark what must not be read.
func checkUnseen(t *testing.T, text string) {
	t.Helper()
	if strings.ContainsAny(text, "作废") || strings.Contains(text, "99.99") {
		t.Errorf("%q is not to be read", text)
	}
}

// TestSeed: a whole disclosure, typeset by three producers; every table whole,
// in order, with its spans.
func TestSeed(t *testing.T) {
	goldens, _ := filepath.Glob(fixtures + "/seed-qinhuangdao-2021/golden/[0-9][0-9]_*.csv")
	if len(goldens) != 12 {
		t.Fatalf("%d goldens, want 12", len(goldens))
	}
	for _, producer := range []string{"writer", "chromium", "spreadsheet"} {
		t.Run(producer, func(t *testing.T) {
			document := read(t, fixtures+"/seed-qinhuangdao-2021/"+producer+".pdf")
			if len(document.Tables) != len(goldens) {
				for _, table := range document.Tables {
					t.Log(table.Title, table.Segments)
				}
				t.Fatalf("%d tables, want %d", len(document.Tables), len(goldens))
			}
			for i, path := range goldens {
				compare(t, filepath.Base(path), document.Tables[i], golden(t, path))
			}
		})
	}
}
