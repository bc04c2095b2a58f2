package normalize

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongkai/extract"
	"gongkai/extract/layout"
	"gongkai/normalize/codebook"

	"github.com/shopspring/decimal"
)

// The gold is the grids and records of real tables, checked by hand. Here the
// grids go in as if they had been read from the page, and the lines that come
// out are compared with the records, field by field.

type goldDocument struct {
	Doc, Department, Year, Source, SHA256 string
	Tables                                []goldTable
}

type goldTable struct {
	No         int
	File       string
	Title      string
	Unit       string
	Pages      []int
	HeaderRows int `json:"header_rows"`
}

// sharedFolder finds the corpus; the tests that need it are skipped without it.
func sharedFolder(t testing.TB) string {
	t.Helper()
	folder := os.Getenv("GONGKAI_SHARED")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(folder, "corpus", "gold")); err != nil {
		t.Skip("no corpus: set GONGKAI_SHARED to the folder that holds corpus/gold")
	}
	return folder
}

func goldFolders(t testing.TB) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(sharedFolder(t), "corpus", "gold", "*", "meta.json"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no gold documents: %v", err)
	}
	for i := range found {
		found[i] = filepath.Dir(found[i])
	}
	return found
}

func loadGold(t testing.TB, folder string) (goldDocument, *extract.Document) {
	t.Helper()
	var gold goldDocument
	bytes, err := os.ReadFile(filepath.Join(folder, "meta.json"))
	if err == nil {
		err = json.Unmarshal(bytes, &gold)
	}
	if err != nil {
		t.Fatal(err)
	}
	document := &extract.Document{Source: extract.Source{URI: gold.Source, SHA256: gold.SHA256}}
	last := 1
	for _, table := range gold.Tables {
		grid := readCSV(t, filepath.Join(folder, "tables", table.File))
		document.Tables = append(document.Tables, extract.Table{
			Ordinal: table.No, Title: table.Title,
			Caption:  []layout.Line{{Text: "单位：" + table.Unit, Page: table.Pages[0]}},
			Grid:     gridOf(grid, table.Pages[0]),
			Segments: []extract.Segment{{Page: table.Pages[0], Rows: len(grid)}},
		})
		last = max(last, table.Pages[1])
	}
	for p := 1; p <= last; p++ {
		document.Pages = append(document.Pages, extract.Page{Number: p, Glyphs: 1})
	}
	return gold, document
}

// gridOf turns a gold grid into cells: << continues from the left, ^^ from above.
func gridOf(rows [][]string, page int) [][]extract.Cell {
	grid := make([][]extract.Cell, len(rows))
	for r, row := range rows {
		grid[r] = make([]extract.Cell, len(row))
		for c, value := range row {
			cell := &grid[r][c]
			if value == "<<" || value == "^^" {
				cell.Covered = true
				continue
			}
			*cell = extract.Cell{Text: value, RowSpan: 1, ColSpan: 1, Places: []extract.Place{{Page: page, Row: r, Column: c}}}
			for c+cell.ColSpan < len(row) && row[c+cell.ColSpan] == "<<" {
				cell.ColSpan++
			}
			for r+cell.RowSpan < len(rows) && rows[r+cell.RowSpan][c] == "^^" {
				cell.RowSpan++
			}
		}
	}
	return grid
}

func readCSV(t testing.TB, path string) [][]string {
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

// statementWords maps ids to the words of the gold (corpus/map.json).
func statementWords(t testing.TB) map[string]string {
	t.Helper()
	var m struct {
		Values struct {
			TableType map[string]string `json:"table_type"`
		}
	}
	bytes, err := os.ReadFile(filepath.Join(sharedFolder(t), "corpus", "map.json"))
	if err == nil {
		err = json.Unmarshal(bytes, &m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m.Values.TableType
}

// record is what a line must say, as one comparable text.
func record(table, kind, year, code, name, measure string, yuan decimal.Decimal) string {
	return strings.Join([]string{table, kind, year, code, compact(name), compact(measure), yuan.StringFixed(2)}, " | ")
}

func goldRecords(t testing.TB, folder string) []string {
	t.Helper()
	rows := readCSV(t, filepath.Join(folder, "records.csv"))
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	var records []string
	for _, row := range rows[1:] {
		if state := row[at["state"]]; state != "value" && state != "zero" {
			continue
		}
		records = append(records, record(row[at["table_no"]], row[at["table_type"]], row[at["year"]], row[at["code"]], row[at["name"]],
			row[at["measure"]], decimal.RequireFromString(row[at["amount_yuan"]])))
	}
	slices.Sort(records)
	return records
}

func lineRecords(batch *Batch, words map[string]string) []string {
	ordinal := map[string]int{}
	for _, table := range batch.Tables {
		ordinal[table.ID] = table.Ordinal
	}
	var records []string
	for i := range batch.Lines {
		l := &batch.Lines[i]
		if !l.AmountCNY.Valid {
			continue
		}
		kind := l.Statement
		if w, ok := words[kind]; ok {
			kind = w
		}
		records = append(records, record(strconv.Itoa(ordinal[l.TableID]), kind, strconv.Itoa(l.FiscalYear), l.Code, l.Name, l.ColumnPath, l.AmountCNY.Decimal))
	}
	slices.Sort(records)
	return records
}

// difference compares two sorted lists as multisets.
func difference(want, got []string) (missing, spurious []string) {
	for len(want) > 0 || len(got) > 0 {
		switch {
		case len(got) == 0 || len(want) > 0 && want[0] < got[0]:
			missing, want = append(missing, want[0]), want[1:]
		case len(want) == 0 || got[0] < want[0]:
			spurious, got = append(spurious, got[0]), got[1:]
		default:
			want, got = want[1:], got[1:]
		}
	}
	return missing, spurious
}

func embeddedBook(t testing.TB) *codebook.Book {
	t.Helper()
	book, err := codebook.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// TestGold holds every record of the gold, and nothing else, in the lines.
func TestGold(t *testing.T) {
	words, book := statementWords(t), embeddedBook(t)
	for _, folder := range goldFolders(t) {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			_, document := loadGold(t, folder)
			want, got := goldRecords(t, folder), lineRecords(Normalize(document, book), words)
			missing, spurious := difference(want, got)
			const shown = 12
			for _, m := range missing[:min(shown, len(missing))] {
				t.Errorf("missing  %s", m)
			}
			for _, s := range spurious[:min(shown, len(spurious))] {
				t.Errorf("spurious %s", s)
			}
			if len(missing)+len(spurious) > 0 {
				t.Errorf("%d of %d records missing, %d lines spurious", len(missing), len(want), len(spurious))
			}
		})
	}
}

// TestGoldHeaders compares the number of header rows with what a person counted.
func TestGoldHeaders(t *testing.T) {
	for _, folder := range goldFolders(t) {
		gold, document := loadGold(t, folder)
		batch := Normalize(document, nil)
		for i, table := range gold.Tables {
			if got := batch.Tables[i].HeaderRows; got != table.HeaderRows {
				t.Errorf("%s %s: %d header rows, want %d", gold.Doc, table.File, got, table.HeaderRows)
			}
		}
	}
}
