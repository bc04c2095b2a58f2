package layout

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// seenAt is the page as it would be displayed with its content turned clockwise and
// scaled: where each corner goes is written out here by hand.
func seenAt(page Page, turn uint8, scale float64) Page {
	w, h := page.Box.X1*scale, page.Box.Y1*scale
	point := func(x, y float64) (float64, float64) {
		x, y = x*scale, y*scale
		switch turn {
		case 1:
			return h - y, x
		case 2:
			return w - x, h - y
		case 3:
			return y, w - x
		}
		return x, y
	}
	box := func(b Box) Box {
		x0, y0 := point(b.X0, b.Y0)
		x1, y1 := point(b.X1, b.Y1)
		return Box{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}
	}
	seen := page
	seen.Box = box(page.Box)
	seen.Glyphs, seen.Rulings = nil, nil
	for _, g := range page.Glyphs {
		g.Box, g.Size, g.Turn = box(g.Box), g.Size*scale, turn
		seen.Glyphs = append(seen.Glyphs, g)
	}
	for _, r := range page.Rulings {
		var b Box
		if r.Horizontal {
			b = box(Box{r.From, r.At, r.To, r.At})
		} else {
			b = box(Box{r.At, r.From, r.At, r.To})
		}
		if b.Width() > b.Height() {
			seen.Rulings = append(seen.Rulings, Ruling{Horizontal: true, At: b.Y0, From: b.X0, To: b.X1})
		} else {
			seen.Rulings = append(seen.Rulings, Ruling{At: b.X0, From: b.Y0, To: b.Y1})
		}
	}
	return seen
}

// TestTurnedAndScaled: the same table comes back when its page is turned by
// quarters, made larger or smaller, and worn; its boxes lie where it is displayed.
func TestTurnedAndScaled(t *testing.T) {
	scales := []float64{0.7, 1, 1.6}
	checked := 0
	for seed := range uint64(1500) {
		random := rand.New(rand.NewPCG(seed, 6))
		d := draw(random)
		if len(d.cells) < 2 || hiddenBoundary(d) || d.letters() == 0 {
			continue
		}
		turn, scale := uint8(random.IntN(4)), scales[random.IntN(len(scales))]
		plain := d.page
		d.page = seenAt(plain, turn, scale)
		d.wear(random)
		result := Analyze(&d.page)
		if len(result.Tables) != 1 || len(result.Lines) != 0 {
			t.Fatalf("seed %d turn %d: %d tables, lines %v", seed, turn, len(result.Tables), result.Lines)
		}
		if err := d.compare(result.Tables[0]); err != nil {
			t.Fatalf("seed %d turn %d scale %v: %v", seed, turn, scale, err)
		}
		for i, want := range d.cells {
			ink := seenAt(Page{Box: plain.Box, Glyphs: []Glyph{{Box: want.Box}}}, turn, scale).Glyphs[0].Box
			if got := result.View.Displayed(result.Tables[0].Cells[i].Box); !near(got, ink) {
				t.Fatalf("seed %d turn %d: cell at %v, drawn at %v", seed, turn, got, ink)
			}
		}
		checked++
	}
	if checked < 500 {
		t.Fatalf("only %d tables were checked", checked)
	}
}

// letters counts what is written in a table.
func (d *drawn) letters() int { return len(d.page.Glyphs) }

func near(a, b Box) bool {
	const jitter = 2.5 // points: rulings are moved by wear, and snapped
	return math.Abs(a.X0-b.X0) < jitter && math.Abs(a.Y0-b.Y0) < jitter && math.Abs(a.X1-b.X1) < jitter && math.Abs(a.Y1-b.Y1) < jitter
}

// compare tells how a table differs from what was drawn.
func (d *drawn) compare(table Table) error {
	if len(table.Cells) != len(d.cells) {
		return fmt.Errorf("%d cells, want %d", len(table.Cells), len(d.cells))
	}
	for i, want := range d.cells {
		g := table.Cells[i]
		if g.Row != want.Row || g.Column != want.Column || g.RowSpan != want.RowSpan || g.ColSpan != want.ColSpan || g.Text != want.Text {
			return fmt.Errorf("cell %+v, want %+v", g, want)
		}
	}
	return nil
}

// TestTurnedBesideUpright: on a page of upright text, the rows of a turned table are
// those of its text.
func TestTurnedBesideUpright(t *testing.T) {
	checked := 0
	for seed := range uint64(600) {
		random := rand.New(rand.NewPCG(seed, 7))
		d := draw(random)
		if len(d.cells) < 2 || hiddenBoundary(d) || d.letters() == 0 {
			continue
		}
		turn := uint8(1 + random.IntN(3))
		d.page = seenAt(d.page, turn, 1)
		letters := len(d.page.Glyphs)
		for k := range letters/10 + 1 {
			d.page.Glyphs = append(d.page.Glyphs, glyphs("一二三四五六七八九十一二三四五六七八九十一二", 20, 1000+20*float64(k), 10)...)
		}
		result := Analyze(&d.page)
		if len(result.Tables) != 1 || len(result.Lines) != letters/10+1 {
			t.Fatalf("seed %d: %d tables, lines %v", seed, len(result.Tables), result.Lines)
		}
		if err := d.compare(result.Tables[0]); err != nil {
			t.Fatalf("seed %d turn %d: %v", seed, turn, err)
		}
		checked++
	}
	if checked < 200 {
		t.Fatalf("only %d tables were checked", checked)
	}
}

// TestTurnedAligned: tables without rulings on turned pages.
func TestTurnedAligned(t *testing.T) {
	for seed := range uint64(400) {
		random := rand.New(rand.NewPCG(seed, 8))
		a := drawAligned(random)
		turn, scale := uint8(random.IntN(4)), 0.6+random.Float64()
		a.page = seenAt(a.page, turn, scale)
		result := Analyze(&a.page)
		if len(result.Tables) != 1 || len(result.Lines) > 0 {
			t.Fatalf("seed %d turn %d: %d tables, lines %v", seed, turn, len(result.Tables), result.Lines)
		}
		if err := a.compare(result.Tables[0]); err != nil {
			t.Fatalf("seed %d turn %d: %v", seed, turn, err)
		}
	}
}

// TestTurnedWithoutText: the last page of a form that nobody filled in is turned like
// the page before it; a sheet of another size is not.
func TestTurnedWithoutText(t *testing.T) {
	grid := Page{Box: Box{X1: 842, Y1: 595}}
	for _, y := range []float64{100, 120} {
		grid.Rulings = append(grid.Rulings, Ruling{Horizontal: true, At: y, From: 50, To: 400})
	}
	for _, x := range []float64{50, 100, 200, 400} {
		grid.Rulings = append(grid.Rulings, Ruling{At: x, From: 100, To: 120})
	}
	written := grid
	for column := range 3 {
		written.Glyphs = append(written.Glyphs, Glyph{Text: "目", Size: 10, Box: Box{60 + 60*float64(column), 105, 70 + 60*float64(column), 115}})
	}
	for turn := range uint8(4) {
		before, blank := seenAt(written, turn, 1), seenAt(grid, turn, 1)
		for _, test := range []struct {
			name          string
			before        View
			rows, columns int
		}{
			{"after a page with text", Analyze(&before).View, 1, 3},
			{"after another size", View{Turn: 1, Page: Box{X1: 100, Y1: 100}}, 1 + 2*int(turn&1), 3 - 2*int(turn&1)},
		} {
			tables := AnalyzeAfter(test.before, &blank).Tables
			if len(tables) != 1 {
				t.Fatalf("turn %d, %s: %d tables", turn, test.name, len(tables))
			}
			if rows, columns := len(tables[0].Rows)-1, len(tables[0].Columns)-1; rows != test.rows || columns != test.columns {
				t.Errorf("turn %d, %s: %d rows of %d, want %d of %d", turn, test.name, rows, columns, test.rows, test.columns)
			}
		}
	}
}
