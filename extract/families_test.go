package extract_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongkai/extract"
)

// wanted is a table as written below "want" in a fixture's description.
type wanted struct {
	title, caption, notes, pages, joined, doubts string
	rows                                         [][]string
}

// wantedTables reads what a description says a reader should find.
func wantedTables(t *testing.T, path string) []wanted {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, expected, found := strings.Cut(string(text), "\nwant")
	if !found {
		t.Fatalf("%s does not say what is wanted", path)
	}
	var tables []wanted
	for block := range strings.SplitSeq(expected, "\nwant") {
		if strings.TrimSpace(block) == "nothing" {
			continue
		}
		tables = append(tables, wanted{pages: "1"})
		table := &tables[len(tables)-1]
		for line := range strings.Lines(block) {
			line = strings.TrimSpace(line)
			if cells, ok := strings.CutPrefix(line, "|"); ok {
				row := strings.Split(cells, "|")
				for i := range row {
					row[i] = strings.TrimSpace(row[i])
				}
				table.rows = append(table.rows, row)
				continue
			}
			name, value, _ := strings.Cut(line, ":")
			value = strings.TrimSpace(value)
			switch name {
			case "title":
				table.title = value
			case "caption":
				table.caption = value
			case "notes":
				table.notes = value
			case "pages":
				table.pages = value
			case "joined":
				table.joined = value
			case "doubts":
				table.doubts = value
			case "", "header", "line": // of what tables mean; see fixtures/families_test.go
			default:
				t.Fatalf("%s: what is %q?", path, line)
			}
		}
	}
	return tables
}

// around tells what stands around a table, and how its parts were joined, in the
// words of the descriptions.
func around(table extract.Table) (w wanted) {
	var caption, notes, pages, joined, doubts []string
	for _, line := range table.Caption {
		if squeeze(line.Text) != squeeze(table.Title) {
			caption = append(caption, squeeze(line.Text))
		}
	}
	for _, line := range table.Notes {
		notes = append(notes, squeeze(line.Text))
	}
	for i, segment := range table.Segments {
		pages = append(pages, strconv.Itoa(segment.Page))
		if i > 0 {
			joined = append(joined, string(segment.Joined))
		}
		for _, doubt := range segment.JoinDoubts {
			if !slices.Contains(doubts, string(doubt)) {
				doubts = append(doubts, string(doubt))
			}
		}
	}
	return wanted{title: squeeze(table.Title), caption: strings.Join(caption, " / "), notes: strings.Join(notes, " / "), pages: strings.Join(pages, " "), joined: strings.Join(joined, " / "), doubts: strings.Join(doubts, " / ")}
}

// TestFamilies: each trait of tables over pages, of headers and of forms, drawn in
// three ways; grids, titles, what stands around them, seams and doubts.
func TestFamilies(t *testing.T) {
	for _, family := range []string{"joins", "headers", "forms", "rivers"} {
		descriptions, _ := filepath.Glob(filepath.Join(fixtures, family, "*.txt"))
		if len(descriptions) < 9 {
			t.Errorf("only %d descriptions in %s", len(descriptions), family)
		}
		for _, description := range descriptions {
			name := strings.TrimSuffix(filepath.Base(description), ".txt")
			for _, producer := range []string{"strokes", "fills", "driver"} {
				t.Run(family+"/"+name+"-"+producer, func(t *testing.T) {
					want := wantedTables(t, description)
					document := read(t, strings.TrimSuffix(description, ".txt")+"-"+producer+".pdf")
					if len(document.Tables) != len(want) {
						for _, table := range document.Tables {
							t.Log(table.Title, fmt.Sprint(table.Segments), firstRow(table))
						}
						t.Fatalf("%d tables, want %d", len(document.Tables), len(want))
					}
					for i := range want {
						compare(t, "table", document.Tables[i], want[i].rows)
						want[i].rows = nil
						got := around(document.Tables[i])
						if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want[i]) {
							t.Errorf("table %d:\n got %+v\nwant %+v", i+1, got, want[i])
						}
					}
				})
			}
		}
	}
}
