package layout

import (
	"slices"
	"testing"
)

// TestLinesBetweenCellsAlone: a table without a frame keeps its outer cells, those at
// the corners too, and a first row that a single line parts.
func TestLinesBetweenCellsAlone(t *testing.T) {
	line := func(horizontal bool, at, from, to float64) Ruling {
		return Ruling{Horizontal: horizontal, At: at, From: from, To: to, Thickness: 0.5}
	}
	page := Page{Box: Box{X1: 500, Y1: 300}, Rulings: []Ruling{
		line(true, 120, 40, 360), line(true, 140, 40, 360), line(true, 160, 40, 360),
		line(false, 120, 120, 180), line(false, 200, 100, 180), line(false, 280, 120, 180),
	}}
	rows := [][]string{{"收入", "", "支出", ""}, {"项目", "金额", "项目", "金额"}, {"拨款", "12.50", "教育", "8.25"}, {"结余", "1.00", "科技", "5.25"}}
	var want []string
	for r, row := range rows {
		for c, text := range row {
			page.Glyphs = append(page.Glyphs, glyphs(text, 44+80*float64(c), 113+20*float64(r), 9)...)
			if text != "" {
				want = append(want, text)
			}
		}
	}
	tables := Analyze(&page).Tables
	if len(tables) != 1 || len(tables[0].Rows) != 5 || len(tables[0].Columns) != 5 || !slices.Equal(texts(tables[0]), want) {
		t.Fatalf("want %q, have %v", want, tables)
	}
	if first := tables[0].Cells[0]; first.ColSpan != 2 {
		t.Errorf("the first cell: %+v", first)
	}
	if tables[0].Doubts.OpenSides != 4 || !tables[0].OpenBottom {
		t.Errorf("doubts %+v, open below: %v", tables[0].Doubts, tables[0].OpenBottom)
	}
}

// TestSmallScale: rows of a sheet that is printed small are low, and hold text; a
// drawing of boxes as low holds none.
func TestSmallScale(t *testing.T) {
	var ys []float64
	for k := range 9 {
		ys = append(ys, 100+5.2*float64(k))
	}
	for _, test := range []struct {
		text  string
		every int // cell that holds it
		want  int
	}{{"12.5", 1, 1}, {"12.5", 2, 1}, {"12.5", 8, 0}, {"", 1, 0}} {
		page := Page{Box: Box{X1: 500, Y1: 300}, Rulings: ruled([]float64{40, 80, 120, 160}, ys)}
		for r := range 8 {
			for c := range 3 {
				if (3*r+c)%test.every == 0 {
					page.Glyphs = append(page.Glyphs, glyphs(test.text, 42+40*float64(c), ys[r]+4.2, 4)...)
				}
			}
		}
		if tables := Analyze(&page).Tables; len(tables) != test.want {
			t.Errorf("%q in every cell of %d: %d tables, want %d", test.text, test.every, len(tables), test.want)
		}
	}
}

// TestOneLineBeyond: of a table without its outer sides, one line alone may part the
// cells of the first column; a side that is drawn and sticks out below parts none.
func TestOneLineBeyond(t *testing.T) {
	line := func(horizontal bool, at, from, to float64) Ruling {
		return Ruling{Horizontal: horizontal, At: at, From: from, To: to, Thickness: 0.5}
	}
	open := []Ruling{
		line(true, 100, 40, 360), line(true, 120, 120, 360), line(true, 140, 120, 360), line(true, 160, 40, 360),
		line(false, 120, 80, 160), line(false, 200, 80, 160), line(false, 280, 80, 160),
	}
	strip := append(ruled([]float64{40, 120, 200}, []float64{100, 120, 140}), line(false, 40, 100, 155))
	for _, test := range []struct {
		name          string
		rulings       []Ruling
		rows, columns int
	}{{"first column", open, 4, 4}, {"strip below", strip, 2, 2}} {
		page := Page{Box: Box{X1: 500, Y1: 300}, Rulings: test.rulings}
		for c := range test.columns {
			page.Glyphs = append(page.Glyphs, glyphs("科目", 44+80*float64(c), 94, 9)...)
			page.Glyphs = append(page.Glyphs, glyphs("1.00", 44+80*float64(c), 113, 9)...)
		}
		tables := Analyze(&page).Tables
		if len(tables) != 1 || len(tables[0].Rows)-1 != test.rows || len(tables[0].Columns)-1 != test.columns {
			t.Errorf("%s: %v", test.name, tables)
		}
	}
}

// TestRuleAboveTable: the rule of a running head that all but touches the table below
// it makes no row.
func TestRuleAboveTable(t *testing.T) {
	page := Page{Box: Box{X1: 500, Y1: 300}, Rulings: append(ruled([]float64{40, 120, 200, 280}, []float64{100, 120, 140}), Ruling{Horizontal: true, At: 97, From: 40, To: 280, Thickness: 0.5})}
	for c := range 3 {
		page.Glyphs = append(page.Glyphs, glyphs("科目", 44+80*float64(c), 113, 9)...)
	}
	if tables := Analyze(&page).Tables; len(tables) != 1 || len(tables[0].Rows) != 3 {
		t.Errorf("%v", tables)
	}
}

// TestCutCells: a page end leaves a cell without its lower border, or without the upper
// one; cells beside it have theirs.
func TestCutCells(t *testing.T) {
	for _, below := range []bool{true, false} {
		page := Page{Box: Box{X1: 500, Y1: 300}, Rulings: ruled([]float64{40, 120, 200, 280}, []float64{100, 120, 140, 160})}
		for i := range page.Rulings {
			r := &page.Rulings[i]
			if r.Horizontal && (below && r.At > 110 || !below && r.At < 150) {
				r.From = 120 // the first column is one cell, open at one end
			}
		}
		page.Glyphs = append(page.Glyphs, glyphs("河道养护", 44, 113, 9)...)
		page.Glyphs = append(page.Glyphs, glyphs("1.00", 124, 113, 9)...)
		tables := Analyze(&page).Tables
		if len(tables) != 1 || tables[0].Cells[0].RowSpan != 3 || tables[0].Cells[0].CutBelow != below || tables[0].Cells[0].CutAbove == below {
			t.Fatalf("open below %v: %+v", below, tables)
		}
		for _, c := range tables[0].Cells[1:] {
			if c.CutAbove || c.CutBelow {
				t.Errorf("open below %v: %+v", below, c)
			}
		}
	}
}
