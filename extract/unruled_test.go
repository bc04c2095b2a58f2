package extract_test

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/extract"
	"gongkai/extract/layout"
)

const unruled = fixtures + "/unruled/"

// TestUnruled: one table with three rules, with horizontal or vertical rules only,
// with shaded bands, with nothing but aligned text; by hand, Writer and Chromium.
func TestUnruled(t *testing.T) {
	for _, kind := range []string{"three-line", "header-rule", "horizontal", "open-top", "vertical", "bands", "borderless", "dense"} {
		files, _ := filepath.Glob(unruled + kind + "-*.pdf")
		if len(files) < 4 {
			t.Fatalf("only %d fixtures of kind %s", len(files), kind)
		}
		for _, path := range files {
			t.Run(filepath.Base(path), func(t *testing.T) {
				document := read(t, path)
				if len(document.Tables) != 1 {
					t.Fatalf("%d tables, want 1", len(document.Tables))
				}
				table := document.Tables[0]
				compare(t, "grid", table, golden(t, unruled+"grid.csv"))
				if table.Title != "一般公共预算支出表" {
					t.Errorf("title %q", table.Title)
				}
				if len(table.Notes) != 1 || !strings.HasPrefix(table.Notes[0].Text, "注：") {
					t.Errorf("notes %v", table.Notes)
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
}

// TestTurned: sheets drawn turned on an upright page, with few rulings or none.
func TestTurned(t *testing.T) {
	files, _ := filepath.Glob(unruled + "turned-*.pdf")
	if len(files) < 8 {
		t.Fatalf("only %d turned fixtures", len(files))
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			document := read(t, path)
			if len(document.Tables) != 1 {
				t.Fatalf("%d tables, want 1", len(document.Tables))
			}
			table := document.Tables[0]
			compare(t, "grid", table, golden(t, unruled+"grid.csv"))
			if table.Title != "一般公共预算支出表" || len(table.Notes) != 1 {
				t.Errorf("title %q, notes %v", table.Title, table.Notes)
			}
		})
	}
}

// TestTurnedPlaces: what is read on a turned sheet is pointed at where it is
// displayed, a quarter turn from where it stands on the upright one.
func TestTurnedPlaces(t *testing.T) {
	upright := read(t, fixtures+"/rulings/strokes.pdf")
	for name, displayed := range map[string]func(b layout.Box) layout.Box{
		"turned-left":  func(b layout.Box) layout.Box { return layout.Box{X0: b.Y0, Y0: 595 - b.X1, X1: b.Y1, Y1: 595 - b.X0} },
		"turned-right": func(b layout.Box) layout.Box { return layout.Box{X0: 842 - b.Y1, Y0: b.X0, X1: 842 - b.Y0, Y1: b.X1} },
		"turned-over": func(b layout.Box) layout.Box {
			return layout.Box{X0: 595 - b.X1, Y0: 842 - b.Y1, X1: 595 - b.X0, Y1: 842 - b.Y0}
		},
	} {
		turned := read(t, fixtures+"/rulings/"+name+".pdf")
		check := func(what string, got, drawn layout.Box) {
			t.Helper()
			if want := displayed(drawn); math.Abs(got.X0-want.X0) > 1 || math.Abs(got.Y0-want.Y0) > 1 || math.Abs(got.X1-want.X1) > 1 || math.Abs(got.Y1-want.Y1) > 1 {
				t.Errorf("%s %s at %v, want %v", name, what, got, want)
			}
		}
		a, b := turned.Tables[0], upright.Tables[0]
		check("table", a.Segments[0].Box, b.Segments[0].Box)
		for i := range b.Caption {
			check("caption", a.Caption[i].Box, b.Caption[i].Box)
		}
		for r, row := range b.Grid {
			for c, cell := range row {
				for i := range cell.Places {
					check("cell", a.Grid[r][c].Places[i].Box, cell.Places[i].Box)
				}
			}
		}
		for i := range upright.Sections {
			check("section", turned.Sections[i].Places[0].Box, upright.Sections[i].Places[0].Box)
		}
		for i := range upright.Pages[0].Lines {
			check("line", turned.Pages[0].Lines[i].Box, upright.Pages[0].Lines[i].Box)
		}
	}
}

// TestUnruledMethod: the tables that rulings do not enclose say so.
func TestUnruledMethod(t *testing.T) {
	for path, want := range map[string]layout.Method{
		"unruled/three-line-strokes.pdf": layout.Stream,
		"unruled/borderless-writer.pdf":  layout.Stream,
		"rulings/strokes.pdf":            layout.Lattice,
	} {
		document := read(t, filepath.Join(fixtures, path))
		if len(document.Tables) != 1 || document.Tables[0].Method != want {
			t.Errorf("%s: want one table by %s, have %v", path, want, document.Tables)
		}
	}
}

// TestSideBySide: two tables beside each other are two, with rules and without.
func TestSideBySide(t *testing.T) {
	document := read(t, unruled+"side-by-side.pdf")
	if len(document.Tables) != 4 {
		t.Fatalf("%d tables, want 4", len(document.Tables))
	}
	for i, name := range []string{"left", "right", "left", "right"} {
		compare(t, name, document.Tables[i], golden(t, unruled+name+".csv"))
	}
}

// TestNamedApart: two columns all but touch; the header tells them apart.
func TestNamedApart(t *testing.T) {
	for _, name := range []string{"named-three-line", "named-borderless", "named-chromium"} {
		t.Run(name, func(t *testing.T) {
			document := read(t, unruled+name+".pdf")
			if len(document.Tables) != 1 {
				t.Fatalf("%d tables, want 1", len(document.Tables))
			}
			compare(t, name, document.Tables[0], golden(t, unruled+"named.csv"))
		})
	}
}

// TestUnruledPages: a table over two pages, its header repeated, is one.
func TestUnruledPages(t *testing.T) {
	for _, name := range []string{"pages-three-line-chromium", "pages-borderless-chromium"} {
		t.Run(name, func(t *testing.T) {
			document := read(t, unruled+name+".pdf")
			if len(document.Tables) != 1 {
				t.Fatalf("%d tables, want 1", len(document.Tables))
			}
			if n := len(document.Tables[0].Segments); n != 2 {
				t.Errorf("%d segments, want 2", n)
			}
			compare(t, name, document.Tables[0], golden(t, unruled+"pages.csv"))
		})
	}
}

// TestProseIsNoTable: letterheads, lists, contents, figures in sentences and
// running text in columns.
func TestProseIsNoTable(t *testing.T) {
	files, _ := filepath.Glob(unruled + "prose-*.pdf")
	if len(files) < 2 {
		t.Fatalf("only %d fixtures of prose", len(files))
	}
	for _, path := range files {
		for _, table := range read(t, path).Tables {
			t.Errorf("%s: a table was invented: %v", filepath.Base(path), firstRow(table))
		}
	}
}

func firstRow(table extract.Table) []string {
	var texts []string
	for _, cell := range table.Grid[0] {
		texts = append(texts, cell.Text)
	}
	return texts
}
