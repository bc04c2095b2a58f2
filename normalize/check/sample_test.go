package check

import (
	"strings"
	"testing"

	"gongkai/extract"
	"gongkai/extract/layout"
	"gongkai/normalize"
	"gongkai/normalize/codebook"
)

// sampleTable is a table as a reader sees it: cells of a row are parted by "|",
// "<" belongs to the merged cell to the left, "^" to the one above.
type sampleTable struct {
	title, unit, rows string
}

// sample reads tables and paragraphs as if they stood on a page each, so that
// rules are tested with what normalize makes of them.
func sample(t testing.TB, title string, tables []sampleTable, paragraphs ...string) *normalize.Batch {
	t.Helper()
	var sections []extract.Section
	for i, text := range paragraphs {
		sections = append(sections, extract.Section{Ordinal: i + 1, Kind: extract.Paragraph, Text: text})
	}
	return sampleOf(t, title, tables, sections)
}

// sampleOf is sample with sections of any kind.
func sampleOf(t testing.TB, title string, tables []sampleTable, sections []extract.Section) *normalize.Batch {
	t.Helper()
	book, err := codebook.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	document := &extract.Document{Source: extract.Source{URI: title + ".pdf", SHA256: strings.Repeat("ab", 32)}, Sections: sections}
	for i, table := range tables {
		document.Tables = append(document.Tables, sampleGrid(i+1, table))
		document.Pages = append(document.Pages, extract.Page{Number: i + 1, Glyphs: 1})
	}
	return normalize.Normalize(document, book)
}

func sampleGrid(ordinal int, sample sampleTable) extract.Table {
	table := extract.Table{Ordinal: ordinal, Title: sample.title}
	if sample.unit != "" {
		table.Caption = []layout.Line{{Text: "单位：" + sample.unit, Page: ordinal}}
	}
	for _, row := range strings.Split(strings.TrimSpace(sample.rows), "\n") {
		var cells []extract.Cell
		for _, text := range strings.Split(row, "|") {
			cells = append(cells, extract.Cell{Text: strings.TrimSpace(text), RowSpan: 1, ColSpan: 1, Glyphs: 1, Places: []extract.Place{{Page: ordinal}}})
		}
		table.Grid = append(table.Grid, cells)
	}
	for r, row := range table.Grid {
		for c := range row {
			switch row[c].Text {
			case "<":
				at := c
				for ; row[at].Text == "<" || row[at].Covered && row[at].Text == ""; at-- {
				}
				row[at].ColSpan, row[c] = c-at+1, extract.Cell{Covered: true}
			case "^":
				table.Grid[r-1][c].RowSpan, row[c] = 2, extract.Cell{Covered: true}
			}
		}
	}
	table.Segments = []extract.Segment{{Page: ordinal, Rows: len(table.Grid)}}
	return table
}

// found lists the findings of a rule as their formulas, or else their messages.
func found(batch *normalize.Batch, rule string) []string {
	var list []string
	for i := range batch.Findings {
		if f := &batch.Findings[i]; f.RuleID == rule {
			said := f.Formula
			if said == "" {
				said = f.MessageZH
			}
			list = append(list, f.Outcome+" "+said)
		}
	}
	return list
}

// outcomeOf is the outcome of a rule in a table, or in the document for Document.
func outcomeOf(batch *normalize.Batch, rule string, table int) string {
	id := ""
	if table != Document {
		id = batch.Tables[table].ID
	}
	for i := range batch.RuleOutcomes {
		if o := &batch.RuleOutcomes[i]; o.RuleID == rule && o.TableID == id {
			return o.Outcome
		}
	}
	return ""
}

// firstOf is the first finding of a rule.
func firstOf(t *testing.T, batch *normalize.Batch, rule string) *normalize.Finding {
	t.Helper()
	for i := range batch.Findings {
		if batch.Findings[i].RuleID == rule {
			return &batch.Findings[i]
		}
	}
	t.Fatalf("no finding of %s", rule)
	return nil
}

// changed is a table with one piece of it replaced.
func changed(t *testing.T, table sampleTable, old, new string) sampleTable {
	t.Helper()
	if strings.Count(table.rows, old) != 1 {
		t.Fatalf("%q stands %d times in the table", old, strings.Count(table.rows, old))
	}
	table.rows = strings.Replace(table.rows, old, new, 1)
	return table
}
