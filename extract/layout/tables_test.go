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
		text string
		want int
	}{{"12.5", 1}, {"", 0}} {
		page := Page{Box: Box{X1: 500, Y1: 300}, Rulings: ruled([]float64{40, 80, 120, 160}, ys)}
		for r := range 8 {
			for c := range 3 {
				page.Glyphs = append(page.Glyphs, glyphs(test.text, 42+40*float64(c), ys[r]+4.2, 4)...)
			}
		}
		if tables := Analyze(&page).Tables; len(tables) != test.want {
			t.Errorf("%q: %d tables, want %d", test.text, len(tables), test.want)
		}
	}
}
