package layout

import "testing"

// TestHangingMark: a mark that hangs over the ruling at the end of a full line stays
// with its text; figures and full lines that touch the ruling part there.
func TestHangingMark(t *testing.T) {
	for _, test := range []struct {
		name          string
		first, second string
		x             float64 // where the second text begins
		want          [2]string
	}{
		{"a mark", "一般公共预算，", "", 104, [2]string{"一般公共预算，", ""}},
		{"a mark before a text", "一般公共预算，", "支出", 106, [2]string{"一般公共预算，", "支出"}},
		{"a figure before a code", "12", "30201", 104, [2]string{"12", "30201"}},
		{"a full line before a word", "一般公共预算", "支出", 104, [2]string{"一般公共预算", "支出"}},
	} {
		page := Page{Box: Box{X1: 300, Y1: 300}, Rulings: ruled([]float64{50, 104, 200}, []float64{100, 120, 140})}
		x := 50.0
		if test.first == "12" {
			x = 104 - 9 // set to the right
		}
		page.Glyphs = append(page.Glyphs, glyphs(test.first, x, 113, 9)...)
		page.Glyphs = append(page.Glyphs, glyphs(test.second, test.x, 113, 9)...)
		page.Glyphs = append(page.Glyphs, glyphs("说明", 60, 133, 9)...)
		tables := Analyze(&page).Tables
		if len(tables) != 1 || tables[0].Cells[0].Text != test.want[0] || tables[0].Cells[1].Text != test.want[1] {
			t.Errorf("%s: %v", test.name, tables)
		}
	}
}
