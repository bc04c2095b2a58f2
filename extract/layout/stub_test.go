package layout

import (
	"slices"
	"testing"
)

// TestStub: labels in front of a grid of figures are a column of it; numbers, labels
// of a few rows, and text that keeps no step with the rows stay outside.
func TestStub(t *testing.T) {
	const left, size = 60.0, 10.0
	for name, test := range map[string]struct {
		labels []string
		step   float64
		want   int // columns
	}{
		"labels":       {[]string{"基本支出", "项目支出", "合计", "结余"}, 20, 3},
		"one unnamed":  {[]string{"基本支出", "项目支出", "合计", "结余", "其他", ""}, 20, 3},
		"numbers":      {[]string{"1", "2", "3", "4"}, 20, 2},
		"a few":        {[]string{"基本支出", "", "合计", ""}, 20, 2},
		"running text": {[]string{"财政拨款", "收入支出", "决算情况", "说明如下", "总体情况"}, 15, 2},
	} {
		t.Run(name, func(t *testing.T) {
			page := Page{Number: 1, Box: Box{X1: 600, Y1: 400}, Fonts: []string{"font"}}
			rows := []float64{80}
			for i, label := range test.labels {
				y := 80 + 20*float64(i)
				rows = append(rows, y+20)
				page.Glyphs = append(page.Glyphs, glyphs(label, left, 94+test.step*float64(i), size)...)
				page.Glyphs = append(page.Glyphs, glyphs("12.50", 130, y+14, size)...)
				page.Glyphs = append(page.Glyphs, glyphs("7.25", 210, y+14, size)...)
			}
			page.Rulings = ruled([]float64{120, 200, 280}, rows)
			tables := Analyze(&page).Tables
			if len(tables) != 1 || len(tables[0].Columns)-1 != test.want {
				t.Fatalf("want one table of %d columns, have %v", test.want, tables)
			}
			if test.want == 3 {
				var labels []string
				for _, cell := range tables[0].Cells {
					if cell.Column == 0 {
						labels = append(labels, cell.Text)
					}
				}
				if !slices.Equal(labels, test.labels) {
					t.Errorf("labels %q, want %q", labels, test.labels)
				}
			}
		})
	}
}
