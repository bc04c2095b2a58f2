package layout

import (
	"fmt"
	"testing"
)

// square draws a box by its four sides.
func square(x, y, width, height float64) []Ruling {
	return []Ruling{
		{Horizontal: true, At: y, From: x, To: x + width}, {Horizontal: true, At: y + height, From: x, To: x + width},
		{At: x, From: y, To: y + height}, {At: x + width, From: y, To: y + height},
	}
}

// TestTickBoxes: boxes to tick, under each other before what they stand for, are no
// table; boxes of the same size with words in them are.
func TestTickBoxes(t *testing.T) {
	for _, test := range []struct {
		name string
		text string
		want int
	}{{"open", "", 0}, {"crossed", "×", 0}, {"with words", "AB", 1}} {
		page := Page{Box: Box{X1: 400, Y1: 400}}
		for k := range 6 {
			y := 100 + 12*float64(k)
			page.Rulings = append(page.Rulings, square(40, y, 11, 11)...)
			page.Glyphs = append(page.Glyphs, glyphs(test.text, 42, y+9, 8)...)
			page.Glyphs = append(page.Glyphs, glyphs("政府采购", 60, y+9, 9)...)
		}
		result := Analyze(&page)
		if len(result.Tables) != test.want || len(result.Lines) == 0 {
			t.Errorf("%s: %d tables, want %d; lines %v", test.name, len(result.Tables), test.want, result.Lines)
		}
	}
}

// TestChart: the grid behind a chart, figures along its axes and a legend in it, is
// no table; the same grid is one when its first row is filled, and an empty page of a
// form, without figures beside it, stays.
func TestChart(t *testing.T) {
	var xs, ys []float64
	for k := range 9 {
		xs, ys = append(xs, 100+30*float64(k)), append(ys, 100+20*float64(k))
	}
	for _, test := range []struct {
		name                 string
		axes, legend, header bool
		want                 int
	}{
		{"chart", true, true, false, 0},
		{"table with figures beside it", true, true, true, 1},
		{"empty form", false, false, false, 1},
	} {
		page := Page{Box: Box{X1: 500, Y1: 400}, Rulings: ruled(xs, ys)}
		for k := range 9 {
			if test.axes {
				page.Glyphs = append(page.Glyphs, glyphs(fmt.Sprint(10*k), 80, ys[8-k]+3, 8)...)
				page.Glyphs = append(page.Glyphs, glyphs(fmt.Sprint(2010+k), xs[k]-8, 275, 8)...)
			}
			if test.header && k < 8 {
				page.Glyphs = append(page.Glyphs, glyphs("预算", xs[k]+3, 113, 9)...)
			}
		}
		if test.legend {
			page.Glyphs = append(page.Glyphs, glyphs("支出", xs[4]+3, ys[4]+13, 9)...)
		}
		if got := Analyze(&page).Tables; len(got) != test.want {
			t.Errorf("%s: %d tables, want %d", test.name, len(got), test.want)
		}
	}
}

// TestNested: what stands in a table inside a cell is in the inner table's cells.
func TestNested(t *testing.T) {
	page := Page{Box: Box{X1: 500, Y1: 400}, Rulings: ruled([]float64{50, 150, 400}, []float64{100, 130, 300})}
	page.Rulings = append(page.Rulings, ruled([]float64{170, 270, 370}, []float64{180, 210, 240})...)
	page.Glyphs = append(page.Glyphs, glyphs("外", 60, 120, 9)...)
	page.Glyphs = append(page.Glyphs, glyphs("说明", 160, 160, 9)...)
	for k, text := range []string{"一", "二", "三", "四"} {
		page.Glyphs = append(page.Glyphs, glyphs(text, 180+100*float64(k%2), 200+30*float64(k/2), 9)...)
	}
	tables := Analyze(&page).Tables
	if len(tables) != 2 {
		t.Fatalf("%d tables", len(tables))
	}
	if got := fmt.Sprint(texts(tables[0]), texts(tables[1])); got != "[外   说明] [一 二 三 四]" {
		t.Errorf("cells %s", got)
	}
}

// TestStrayStrokes: a stroke that ends beside the table, and an underline in a cell
// that touches a ruling, part nothing.
func TestStrayStrokes(t *testing.T) {
	xs, ys := []float64{50, 110, 170, 230}, []float64{100, 130, 160, 190}
	page := Page{Box: Box{X1: 400, Y1: 400}, Rulings: ruled(xs, ys)}
	page.Rulings = append(page.Rulings, Ruling{Horizontal: true, At: 145, From: 229, To: 240}, Ruling{Horizontal: true, At: 122, From: 50, To: 80})
	page.Glyphs = glyphs("1.00", 52, 112, 9)
	tables := Analyze(&page).Tables
	if len(tables) != 1 || len(tables[0].Rows) != 4 || len(tables[0].Columns) != 4 || tables[0].Doubts.StrayRulings != 2 {
		t.Fatalf("%+v", tables)
	}
}

// TestOrnament: boxes joined by lines, and a frame round a page number, are no tables.
func TestOrnament(t *testing.T) {
	diagram := append(square(50, 100, 60, 30), square(250, 300, 60, 30)...)
	diagram = append(diagram, Ruling{At: 80, From: 130, To: 315}, Ruling{Horizontal: true, At: 315, From: 80, To: 250})
	for name, rulings := range map[string][]Ruling{
		"diagram":     diagram,
		"page number": ruled([]float64{290, 309}, []float64{758, 763, 768}),
	} {
		page := Page{Box: Box{X1: 600, Y1: 800}, Rulings: rulings, Glyphs: append(glyphs("预算", 60, 118, 9), glyphs("87", 294, 766, 9)...)}
		if tables := Analyze(&page).Tables; len(tables) > 0 {
			t.Errorf("%s: %+v", name, tables)
		}
	}
}
