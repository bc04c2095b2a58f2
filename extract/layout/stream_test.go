package layout

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// aligned is a random table without rulings: texts in its first column, figures to
// the right in the others.
type aligned struct {
	texts [][]string
	page  Page
}

// drawAligned makes rows and columns with blank cells; the first row, which is the
// header, and the last have none.
func drawAligned(random *rand.Rand) aligned {
	rows, columns := 5+random.IntN(25), 3+random.IntN(6)
	a := aligned{page: Page{Number: 1, Box: Box{X1: 900, Y1: 1200}, Fonts: []string{"font"}}}
	const size = 9.0
	y := 60.0
	for r := range rows {
		var texts []string
		x := 40.0
		for c := range columns {
			width := 80.0
			var text string
			switch {
			case r == 0:
				text = "表头" + string(rune('甲'+c))
			case c == 0:
				text = strings.Repeat("科目", 1+random.IntN(3))
			case random.IntN(4) > 0 || r == rows-1:
				text = fmt.Sprintf("%d.%02d", random.IntN(100000), random.IntN(100))
			}
			texts = append(texts, text)
			length := 0.0
			for _, letter := range text {
				length += advance(letter, size)
			}
			at := x
			if c > 0 {
				at = x + width - length
			}
			for _, letter := range text {
				step := advance(letter, size)
				a.page.Glyphs = append(a.page.Glyphs, Glyph{Text: string(letter), Size: size, Box: Box{at, y, at + step, y + size}})
				at += step
			}
			x += width + 6
		}
		a.texts = append(a.texts, texts)
		y += 18
	}
	return a
}

func advance(letter rune, size float64) float64 {
	if letter < 0x80 {
		return size / 2
	}
	return size
}

func (a *aligned) compare(table Table) error {
	if table.Method != Stream {
		return fmt.Errorf("method %s", table.Method)
	}
	if rows, columns := len(table.Rows)-1, len(table.Columns)-1; rows != len(a.texts) || columns != len(a.texts[0]) {
		return fmt.Errorf("%d × %d, want %d × %d", rows, columns, len(a.texts), len(a.texts[0]))
	}
	for _, cell := range table.Cells {
		if cell.RowSpan != 1 || cell.ColSpan != 1 || cell.Text != a.texts[cell.Row][cell.Column] {
			return fmt.Errorf("row %d column %d: %+v, want %q", cell.Row, cell.Column, cell, a.texts[cell.Row][cell.Column])
		}
	}
	return nil
}

// TestRandomAligned: any table without rulings comes back, in whatever order its
// texts are painted.
func TestRandomAligned(t *testing.T) {
	for seed := range uint64(1000) {
		random := rand.New(rand.NewPCG(seed, 2))
		a := drawAligned(random)
		random.Shuffle(len(a.page.Glyphs), func(i, k int) {
			a.page.Glyphs[i], a.page.Glyphs[k] = a.page.Glyphs[k], a.page.Glyphs[i]
		})
		result := Analyze(&a.page)
		if len(result.Tables) != 1 {
			t.Fatalf("seed %d: %d tables", seed, len(result.Tables))
		}
		if err := a.compare(result.Tables[0]); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if len(result.Lines) > 0 {
			t.Fatalf("seed %d: text left outside: %v", seed, result.Lines)
		}
	}
}

// drawProse makes running text: lines that fill the width, spaces of any width that
// justified lines have, now and then a figure.
func drawProse(random *rand.Rand, lines int, x0, x1 float64) []Glyph {
	var glyphs []Glyph
	const size = 10.0
	y := 80.0
	for range lines {
		space := size * (0.25 + 0.4*random.Float64())
		x := x0
		for x < x1 {
			word := 1 + random.IntN(9)
			letter := "e"
			if random.IntN(8) == 0 {
				letter = "7"
			}
			for range word {
				glyphs = append(glyphs, Glyph{Text: letter, Size: size, Box: Box{x, y, x + size/2, y + size}})
				x += size / 2
			}
			x += space
		}
		y += 14
		if random.IntN(6) == 0 {
			y += 10
		}
	}
	return glyphs
}

// TestProse: no table is invented in running text, in one column or in two.
func TestProse(t *testing.T) {
	for seed := range uint64(500) {
		random := rand.New(rand.NewPCG(seed, 3))
		page := Page{Number: 1, Box: Box{X1: 600, Y1: 900}, Fonts: []string{"font"}}
		if seed%2 == 0 {
			page.Glyphs = drawProse(random, 50, 60, 540)
		} else {
			page.Glyphs = append(drawProse(random, 40, 50, 285), drawProse(random, 45, 315, 550)...)
		}
		page.Rulings = []Ruling{ // of the running header and the footnotes
			{Horizontal: true, At: 60, From: 50, To: 550},
			{Horizontal: true, At: 400, From: 50, To: 550},
			{Horizontal: true, At: 800, From: 50, To: 550},
		}
		if tables := Analyze(&page).Tables; len(tables) > 0 {
			t.Fatalf("seed %d: invented %+v", seed, tables[0].Cells)
		}
	}
}

// TestAnyPage: no page of scattered texts and rulings makes the search fail, and
// every table it finds is a whole grid.
func TestAnyPage(t *testing.T) {
	for seed := range uint64(3000) {
		random := rand.New(rand.NewPCG(seed, 5))
		page := Page{Number: 1, Box: Box{X1: 600, Y1: 800}, Fonts: []string{"font"}}
		step := float64(1 + random.IntN(40)) // texts and rulings stand on a coarse grid
		place := func(limit float64) float64 { return step * float64(random.IntN(int(limit/step)+1)) }
		for range random.IntN(200) {
			x, y, size := place(500), place(700), 6+6*random.Float64()
			for range 1 + random.IntN(12) {
				letters := []string{"7", "7", "a", "预", " ", ".", ":", "-"}
				page.Glyphs = append(page.Glyphs, Glyph{Text: letters[random.IntN(len(letters))], Size: size, Box: Box{x, y, x + size/2, y + size}})
				x += size / 2
			}
		}
		for range random.IntN(20) {
			r := Ruling{Horizontal: random.IntN(3) > 0, At: place(700), From: place(100)}
			r.To = r.From + 60 + place(400)
			page.Rulings = append(page.Rulings, r)
		}
		for _, table := range Analyze(&page).Tables {
			columns := len(table.Columns) - 1
			taken := make([]int, columns*(len(table.Rows)-1))
			for _, c := range table.Cells {
				for r := c.Row; r < c.Row+c.RowSpan; r++ {
					for k := c.Column; k < c.Column+c.ColSpan; k++ {
						taken[r*columns+k]++
					}
				}
			}
			for i, n := range taken {
				if n > 1 || n == 0 && table.Method == Stream {
					t.Fatalf("seed %d: row %d column %d is in %d cells", seed, i/columns, i%columns, n)
				}
			}
			for k := 1; k < len(table.Rows); k++ {
				if table.Rows[k] < table.Rows[k-1] {
					t.Fatalf("seed %d: rows %v", seed, table.Rows)
				}
			}
			for k := 1; k < len(table.Columns); k++ {
				if table.Columns[k] < table.Columns[k-1] {
					t.Fatalf("seed %d: columns %v", seed, table.Columns)
				}
			}
		}
	}
}

// TestHeaderSpans: the names over several columns span them, whether a rule under
// them says so, or only that they are wider than what is below.
func TestHeaderSpans(t *testing.T) {
	for _, ruled := range []bool{true, false} {
		var page Page
		page.Box = Box{X1: 600, Y1: 800}
		put := func(x, y float64, text string) {
			for _, letter := range text {
				step := advance(letter, 10)
				page.Glyphs = append(page.Glyphs, Glyph{Text: string(letter), Size: 10, Box: Box{x, y, x + step, y + 10}})
				x += step
			}
		}
		put(40, 109, "科目")
		put(155, 100, "二〇二四年预算数")
		put(150, 118, "基本支出")
		put(210, 118, "项目支出")
		for r := range 5 {
			put(40, 140+18*float64(r), "教育支出")
			put(165, 140+18*float64(r), "12.50")
			put(225, 140+18*float64(r), "30.00")
		}
		if ruled {
			for _, r := range [][3]float64{{95, 30, 260}, {114, 145, 260}, {133, 30, 260}, {228, 30, 260}} {
				page.Rulings = append(page.Rulings, Ruling{Horizontal: true, At: r[0], From: r[1], To: r[2]})
			}
		}
		tables := Analyze(&page).Tables
		if len(tables) != 1 || len(tables[0].Rows) != 8 || len(tables[0].Columns) != 4 {
			t.Fatalf("ruled %v: %+v", ruled, tables)
		}
		cells := tables[0].Cells
		if c := cells[0]; c.Text != "科目" || c.RowSpan != 2 {
			t.Errorf("ruled %v: %+v should span two rows", ruled, c)
		}
		if c := cells[1]; c.Text != "二〇二四年预算数" || c.ColSpan != 2 {
			t.Errorf("ruled %v: %+v should span two columns", ruled, c)
		}
	}
}

// benchmarkRows are rows of a table without rulings, with about n glyphs.
func benchmarkRows(n, columns int) []Glyph {
	var glyphs []Glyph
	for row := 0; len(glyphs) < n; row++ {
		for c := range columns {
			x := 40 + float64(c)*90
			for _, letter := range "12345.67" {
				glyphs = append(glyphs, Glyph{Text: string(letter), Size: 9, Box: Box{x, float64(row) * 15, x + 4.5, float64(row)*15 + 9}})
				x += 4.5
			}
		}
	}
	return glyphs
}

// BenchmarkNoCandidate is what looking for tables without rulings costs on a page of
// prose, where there are none.
func BenchmarkNoCandidate(b *testing.B) {
	page := Page{Box: Box{X1: 600, Y1: 900}, Glyphs: drawHan(30, 40)}
	r := reader{glyphs: page.Glyphs}
	indices := make([]int32, len(page.Glyphs))
	for i := range indices {
		indices[i] = int32(i)
	}
	list := r.arrange(indices)
	for b.Loop() {
		if mayBeStream(r.gappedLines(list, gappedEnough), nil) || r.frames(nil, nil, nil) != nil {
			b.Fatal("prose is worth a closer look")
		}
	}
}

// drawHan makes lines of Han text.
func drawHan(lines, length int) []Glyph {
	var glyphs []Glyph
	for l := range lines {
		for i := range length {
			x, y := 60+12*float64(i), 80+20*float64(l)
			glyphs = append(glyphs, Glyph{Text: "预", Size: 12, Box: Box{x, y, x + 12, y + 12}})
		}
	}
	return glyphs
}
