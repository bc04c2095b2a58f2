package layout

import "testing"

// TestLinesInOneRow: between two rulings stand two rows when both lines fill the same
// columns with whole figures, and one when figures are broken or labels are wrapped.
func TestLinesInOneRow(t *testing.T) {
	xs, ys := []float64{40, 120, 200, 280, 360, 440}, []float64{100, 120, 152, 172}
	for _, test := range []struct {
		name  string
		lines [2][5]string // between the second and the third ruling
		rows  int
	}{
		{"two rows", [2][5]string{{"2023年", "12.50", "34.75", "8.00", "1.25"}, {"2024年", "13.50", "35.75", "9.00", "2.25"}}, 4},
		{"broken figures", [2][5]string{{"合计支出", "1,234,567,890,123", "1,234,567,890,124", "1,234,567,890,125", "1,234,567,890,126"}, {"总额", ".50", ".60", ".70", ".80"}}, 3},
		{"a wrapped label", [2][5]string{{"机关事业单位基本", "12.50", "34.75", "8.00", "1.25"}, {"养老保险缴费", "", "", "", ""}}, 3},
		{"one figure broken", [2][5]string{{"合计", "12.50", "34.75", "8.00", "1,234,567,890.2"}, {"", "", "", "", "5"}}, 3},
	} {
		page := Page{Box: Box{X1: 500, Y1: 300}, Rulings: ruled(xs, ys)}
		for c := range 5 {
			page.Glyphs = append(page.Glyphs, glyphs("栏目", xs[c]+4, 113, 9)...)
			page.Glyphs = append(page.Glyphs, glyphs(test.lines[0][c], xs[c]+2, 113+19, 9)...)
			page.Glyphs = append(page.Glyphs, glyphs(test.lines[1][c], xs[c]+2, 113+32, 9)...)
			page.Glyphs = append(page.Glyphs, glyphs("0.00", xs[c]+4, 165, 9)...)
		}
		tables := Analyze(&page).Tables
		if len(tables) != 1 || len(tables[0].Rows)-1 != test.rows {
			t.Errorf("%s: %v, want %d rows", test.name, tables[0].Rows, test.rows)
			continue
		}
		if test.rows == 4 {
			for _, c := range tables[0].Cells {
				if r := c.Row - 1; (r == 0 || r == 1) && c.Text != test.lines[r][c.Column] {
					t.Errorf("%s: %+v", test.name, c)
				}
			}
		}
	}
}
