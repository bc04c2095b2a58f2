package layout

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// drawn is a random table with what is drawn for it: rulings and glyphs.
type drawn struct {
	rows, columns int
	cells         []Cell // with the text that must come back
	page          Page
}

// draw makes a random table with spans: column and row boundaries, cells that
// cover them without overlap, a ruling along each side of each cell, a text in
// most cells.
func draw(random *rand.Rand) drawn {
	d := drawn{rows: 1 + random.IntN(8), columns: 2 + random.IntN(7)}
	xs, ys := boundaries(random, d.columns, 40, 60), boundaries(random, d.rows, 60, 30)
	taken := make([]bool, d.rows*d.columns)
	for r := range d.rows {
		for c := range d.columns {
			if taken[r*d.columns+c] {
				continue
			}
			cell := Cell{Row: r, Column: c, RowSpan: 1, ColSpan: 1}
			if random.IntN(6) == 0 {
				cell.ColSpan += random.IntN(d.columns - c)
			}
			if random.IntN(6) == 0 {
				cell.RowSpan += random.IntN(d.rows - r)
			}
			for k := c; k < c+cell.ColSpan; k++ {
				if taken[r*d.columns+k] {
					cell.ColSpan = k - c
					break
				}
			}
			for i := r; i < r+cell.RowSpan; i++ {
				for k := c; k < c+cell.ColSpan; k++ {
					taken[i*d.columns+k] = true
				}
			}
			cell.Box = Box{xs[c], ys[r], xs[c+cell.ColSpan], ys[r+cell.RowSpan]}
			if random.IntN(4) > 0 {
				cell.Text = fmt.Sprintf("%d.%02d", random.IntN(100), random.IntN(100))
			}
			d.cells = append(d.cells, cell)
		}
	}
	d.page = Page{Number: 1, Box: Box{X1: 900, Y1: 600}, Fonts: []string{"font"}}
	for _, cell := range d.cells {
		b := cell.Box
		d.page.Rulings = append(d.page.Rulings,
			Ruling{Horizontal: true, At: b.Y0, From: b.X0, To: b.X1},
			Ruling{Horizontal: true, At: b.Y1, From: b.X0, To: b.X1},
			Ruling{At: b.X0, From: b.Y0, To: b.Y1},
			Ruling{At: b.X1, From: b.Y0, To: b.Y1})
		x := b.X0 + 3
		for _, c := range cell.Text {
			y := (b.Y0 + b.Y1) / 2
			d.page.Glyphs = append(d.page.Glyphs, Glyph{Text: string(c), Size: 9, Box: Box{x, y - 4, x + 4.5, y + 5}})
			x += 4.5
		}
	}
	return d
}

// boundaries are n+1 positions, apart by the width or more.
func boundaries(random *rand.Rand, n int, start, width float64) []float64 {
	list := []float64{start}
	for range n {
		start += width + random.Float64()*width
		list = append(list, start)
	}
	return list
}

// wear spoils the drawing as print drivers do: every ruling is moved by less
// than the tolerance, cut in two with a small gap, drawn twice, in any order.
func (d *drawn) wear(random *rand.Rand) {
	const jitter = 0.5 // points; below snapDistance/2 for any two pieces of a line
	var worn []Ruling
	for _, r := range d.page.Rulings {
		r.At += (random.Float64() - 0.5) * jitter
		r.From += (random.Float64() - 0.5) * 2 * jitter
		r.To += (random.Float64() - 0.5) * 2 * jitter
		if random.IntN(5) == 0 {
			worn = append(worn, r)
		}
		if random.IntN(5) == 0 {
			cut := r.From + (r.To-r.From)*random.Float64()
			rest := r
			r.To, rest.From = cut, cut+2
			worn = append(worn, rest)
		}
		worn = append(worn, r)
	}
	random.Shuffle(len(worn), func(i, k int) { worn[i], worn[k] = worn[k], worn[i] })
	d.page.Rulings = worn
}

// TestRandomTables: any table comes back with the same rows, columns, spans and
// texts, however its rulings are drawn. A boundary that no cell ends at is not
// drawn, so tables where spans hide one are skipped.
func TestRandomTables(t *testing.T) {
	checked := 0
	for seed := range uint64(3000) {
		random := rand.New(rand.NewPCG(seed, 1))
		d := draw(random)
		if len(d.cells) < 2 || hiddenBoundary(d) {
			continue
		}
		d.wear(random)
		result := Analyze(&d.page)
		if len(result.Tables) != 1 {
			t.Fatalf("seed %d: %d tables", seed, len(result.Tables))
		}
		if err := d.compare(result.Tables[0]); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if len(result.Lines) != 0 {
			t.Fatalf("seed %d: text left outside the table: %v", seed, result.Lines)
		}
		checked++
	}
	if checked < 1000 {
		t.Fatalf("only %d tables were checked", checked)
	}
}

// hiddenBoundary tells whether some boundary lies inside spans along its whole length.
func hiddenBoundary(d drawn) bool {
	rows, columns := make(map[int]bool), make(map[int]bool)
	for _, c := range d.cells {
		rows[c.Row], columns[c.Column] = true, true
	}
	return len(rows) < d.rows || len(columns) < d.columns
}

// glyphs sets a text from x on a baseline.
func glyphs(text string, x, y, size float64) []Glyph {
	var list []Glyph
	for _, c := range text {
		width := size
		if c < 128 {
			width = size / 2
		}
		list = append(list, Glyph{Text: string(c), Size: size, Box: Box{x, y - 0.86*size, x + width, y + 0.14*size}})
		x += width
	}
	return list
}

// ruled draws the grid of the given boundaries.
func ruled(xs, ys []float64) []Ruling {
	var list []Ruling
	for _, y := range ys {
		list = append(list, Ruling{Horizontal: true, At: y, From: xs[0], To: xs[len(xs)-1]})
	}
	for _, x := range xs {
		list = append(list, Ruling{At: x, From: ys[0], To: ys[len(ys)-1]})
	}
	return list
}

func texts(t Table) []string {
	var list []string
	for _, c := range t.Cells {
		list = append(list, c.Text)
	}
	return list
}

func TestTextInCells(t *testing.T) {
	xs, ys := []float64{50, 110, 170}, []float64{100, 130, 160}
	for _, test := range []struct {
		name   string
		glyphs [][]Glyph
		want   [4]string
	}{
		{"wrapped Han is joined without a space", [][]Glyph{glyphs("科学", 52, 112, 9), glyphs("技术", 52, 124, 9)}, [4]string{"科学技术"}},
		{"wrapped words keep a space", [][]Glyph{glyphs("basic", 52, 112, 9), glyphs("pay", 52, 124, 9)}, [4]string{"basic pay"}},
		{"a number broken in a narrow cell is one", [][]Glyph{glyphs("811,669.9", 52, 112, 9), glyphs("7", 90, 124, 9)}, [4]string{"811,669.97"}},
		{"a number that ends in its cell hangs over on the left", [][]Glyph{glyphs("12,345,678,901.25", 90, 112, 9)}, [4]string{"", "12,345,678,901.25"}},
		{"a text that begins in its cell hangs over on the right", [][]Glyph{glyphs("一般公共服务支出", 60, 112, 9)}, [4]string{"一般公共服务支出"}},
		{"two numbers painted in one run stand in two cells", [][]Glyph{append(glyphs("604.42", 80, 112, 9), glyphs("0.00", 111.5, 112, 9)...)}, [4]string{"604.42", "0.00"}},
		{"fake bold is read once", [][]Glyph{glyphs("合计", 52, 112, 9), glyphs("合计", 52.3, 112, 9)}, [4]string{"合计"}},
		{"real doubles stay", [][]Glyph{glyphs("11.00", 52, 112, 9), glyphs("22", 112, 112, 9)}, [4]string{"11.00", "22"}},
		{"letter-spaced words are not cut", [][]Glyph{glyphs("合", 52, 112, 9), glyphs("计", 90, 112, 9)}, [4]string{"合 计"}},
		{"painting order does not matter", [][]Glyph{glyphs("42", 97, 112, 9), glyphs("604.", 79, 112, 9)}, [4]string{"604.42"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := Page{Number: 1, Box: Box{X1: 400, Y1: 400}, Rulings: ruled(xs, ys)}
			for _, g := range test.glyphs {
				page.Glyphs = append(page.Glyphs, g...)
			}
			result := Analyze(&page)
			if len(result.Tables) != 1 {
				t.Fatalf("%d tables", len(result.Tables))
			}
			got := texts(result.Tables[0])
			for i, want := range test.want {
				if got[i] != want {
					t.Errorf("cells %q, want %q", got, test.want)
					break
				}
			}
		})
	}
}

// TestClippedOnBothSides: a text centred in a cell too narrow for it is cut away on
// both sides; what is seen goes with what is not, though most of it stands under the
// neighbours.
func TestClippedOnBothSides(t *testing.T) {
	xs := []float64{50, 110, 170, 230}
	page := Page{Number: 1, Box: Box{X1: 400, Y1: 400}, Rulings: ruled(xs, []float64{100, 130})}
	page.Glyphs = append(glyphs("预算数", 83, 118, 9), glyphs("政府预算支出经济分类科目（按大类）", 64, 118, 9)...)
	clip := Box{xs[1], 100, xs[2], 130}
	for i, g := range page.Glyphs {
		if x, y := g.Box.Center(); i >= 3 && !clip.Contains(x, y) {
			page.Clipped = append(page.Clipped, ClippedGlyph{int32(i), clip})
		}
	}
	if got := fmt.Sprint(texts(Analyze(&page).Tables[0])); got != "[预算数 政府预算支出经济分类科目（按大类） ]" {
		t.Errorf("cells %s", got)
	}
}

func TestHiddenTextIsDropped(t *testing.T) {
	page := Page{Number: 1, Box: Box{X1: 400, Y1: 400}, Rulings: ruled([]float64{50, 110, 170}, []float64{100, 130})}
	page.Glyphs = append(glyphs("1.00", 52, 112, 9), glyphs("9.99", 112, 112, 9)...)
	for i := 4; i < 8; i++ {
		page.Glyphs[i].Flags |= Hidden
	}
	result := Analyze(&page)
	if got := texts(result.Tables[0]); got[0] != "1.00" || got[1] != "" || result.Hidden != 4 {
		t.Errorf("cells %q, %d hidden", got, result.Hidden)
	}
	for i := range 4 {
		page.Glyphs[i].Flags |= Hidden
	}
	if got := texts(Analyze(&page).Tables[0]); got[0] != "1.00" || got[1] != "9.99" {
		t.Errorf("a page of hidden text alone is an OCR layer and is read; got %q", got)
	}
}

func TestNoTable(t *testing.T) {
	frame := ruled([]float64{20, 380}, []float64{20, 380})
	underlines := []Ruling{{Horizontal: true, At: 100, From: 50, To: 90}, {Horizontal: true, At: 200, From: 50, To: 90}}
	page := Page{Number: 1, Box: Box{X1: 400, Y1: 400}, Rulings: append(frame, underlines...), Glyphs: glyphs("本年收入", 50, 98, 10)}
	result := Analyze(&page)
	if len(result.Tables) != 0 {
		t.Errorf("a frame and two underlines gave %d tables", len(result.Tables))
	}
	if len(result.Lines) != 1 || result.Lines[0].Text != "本年收入" {
		t.Errorf("lines %v", result.Lines)
	}
}

func TestOpenSides(t *testing.T) {
	xs, ys := []float64{50, 110, 170, 230}, []float64{100, 130, 160}
	for _, test := range []struct {
		name string
		open func(Ruling) bool // rulings that are not drawn
	}{
		{"no left and right border", func(r Ruling) bool { return !r.Horizontal && (r.At == xs[0] || r.At == xs[3]) }},
		{"the last row is cut by the page end", func(r Ruling) bool { return r.Horizontal && r.At == ys[2] }},
		{"the first row comes from the page before", func(r Ruling) bool { return r.Horizontal && r.At == ys[0] }},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := Page{Number: 1, Box: Box{X1: 400, Y1: 170}}
			for _, r := range ruled(xs, ys) {
				if !test.open(r) {
					page.Rulings = append(page.Rulings, r)
				}
			}
			for c, text := range []string{"项目", "金额", "备注"} {
				page.Glyphs = append(page.Glyphs, glyphs(text, xs[c]+5, 115, 9)...)
				page.Glyphs = append(page.Glyphs, glyphs(fmt.Sprint(c), xs[c]+5, 145, 9)...)
			}
			result := Analyze(&page)
			if len(result.Tables) != 1 {
				t.Fatalf("%d tables", len(result.Tables))
			}
			if got := fmt.Sprint(texts(result.Tables[0])); got != "[项目 金额 备注 0 1 2]" {
				t.Errorf("cells %s", got)
			}
		})
	}
}

func TestLinesAreCutAtWideGaps(t *testing.T) {
	page := Page{Number: 1, Box: Box{X1: 400, Y1: 400}}
	page.Glyphs = append(glyphs("部门：科协", 50, 100, 10), glyphs("单位：万元", 300, 100, 10)...)
	result := Analyze(&page)
	if len(result.Lines) != 2 || result.Lines[0].Text != "部门：科协" || result.Lines[1].Text != "单位：万元" {
		t.Errorf("lines %v", result.Lines)
	}
}

// BenchmarkAnalyze lays out a page of 40 rows and 8 columns, full of amounts.
func BenchmarkAnalyze(b *testing.B) {
	var xs, ys []float64
	for c := range 9 {
		xs = append(xs, 40+60*float64(c))
	}
	for r := range 41 {
		ys = append(ys, 60+14*float64(r))
	}
	page := Page{Number: 1, Box: Box{X1: 595, Y1: 842}, Rulings: ruled(xs, ys)}
	for r := range 40 {
		for c := range 8 {
			page.Glyphs = append(page.Glyphs, glyphs("1,234.56", xs[c]+4, ys[r]+10, 9)...)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if len(Analyze(&page).Tables) != 1 {
			b.Fatal("no table")
		}
	}
}
