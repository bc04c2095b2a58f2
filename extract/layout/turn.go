package layout

import "slices"

// A table may be drawn turned on an upright page: a wide statement on a sheet that
// was not turned with it. It is read as a person reads it, with the sheet turned
// until the text stands upright; only then are its rows rows.

// turnedShare: a page whose text stands turned by this share and more is turned.
const turnedShare = 0.5

// View tells how a page is turned to be read. Boxes as displayed and boxes as read
// are two names of one place; the zero View changes nothing.
type View struct {
	Turn uint8 // quarter turns of the text on the page as displayed, clockwise
	Page Box   // as displayed
}

// Read is the box on the page as it is turned to be read.
func (v View) Read(b Box) Box {
	switch p := v.Page; v.Turn {
	case 1:
		return Box{b.Y0 - p.Y0, p.X1 - b.X1, b.Y1 - p.Y0, p.X1 - b.X0}
	case 2:
		return Box{p.X1 - b.X1, p.Y1 - b.Y1, p.X1 - b.X0, p.Y1 - b.Y0}
	case 3:
		return Box{p.Y1 - b.Y1, b.X0 - p.X0, p.Y1 - b.Y0, b.X1 - p.X0}
	}
	return b
}

// Displayed is the box on the page as displayed of a box as read.
func (v View) Displayed(b Box) Box {
	switch p := v.Page; v.Turn {
	case 1:
		return Box{p.X1 - b.Y1, p.Y0 + b.X0, p.X1 - b.Y0, p.Y0 + b.X1}
	case 2:
		return Box{p.X1 - b.X1, p.Y1 - b.Y1, p.X1 - b.X0, p.Y1 - b.Y0}
	case 3:
		return Box{p.X0 + b.Y0, p.Y1 - b.X1, p.X0 + b.Y1, p.Y1 - b.X0}
	}
	return b
}

// viewOf finds how a page is read: as most of its text stands, and without text as a
// sheet of the same size before it.
func viewOf(page *Page, before View) View {
	var turns turnCounts
	for i := range page.Glyphs {
		turns.add(&page.Glyphs[i])
	}
	if turns == (turnCounts{}) && page.Box == before.Page {
		return before
	}
	return View{Turn: turns.most(), Page: page.Box}
}

// turnCounts count seen glyphs by their quarter turns.
type turnCounts [4]int

func (c *turnCounts) add(g *Glyph) {
	if g.Flags&(Hidden|Watermark|Vertical) == 0 {
		c[g.Turn&3]++
	}
}

// most is the turn that more than a share of the text has, else none.
func (c *turnCounts) most() uint8 {
	all := float64(c[0] + c[1] + c[2] + c[3])
	for turn := uint8(1); turn < 4; turn++ {
		if float64(c[turn]) > turnedShare*all {
			return turn
		}
	}
	return 0
}

// turned is the page as the view shows it, its text upright.
func (v View) turned(page *Page) *Page {
	read := *page
	read.Box = v.Read(page.Box)
	read.Glyphs = make([]Glyph, len(page.Glyphs))
	for i, g := range page.Glyphs {
		g.Box, g.Turn = v.Read(g.Box), (g.Turn-v.Turn)&3
		read.Glyphs[i] = g
	}
	read.Clipped = make([]ClippedGlyph, len(page.Clipped))
	for i, c := range page.Clipped {
		c.Clip = v.Read(c.Clip)
		read.Clipped[i] = c
	}
	read.Rulings = make([]Ruling, len(page.Rulings))
	for i, r := range page.Rulings {
		read.Rulings[i] = v.ruling(r)
	}
	read.Images = make([]Image, len(page.Images))
	for i, m := range page.Images {
		read.Images[i] = Image{v.Read(m.Box)}
	}
	return &read
}

func (v View) ruling(r Ruling) Ruling {
	b := Box{r.At, r.From, r.At, r.To}
	if r.Horizontal {
		b = Box{r.From, r.At, r.To, r.At}
	}
	b = v.Read(b)
	if r.Horizontal == (v.Turn&1 == 0) {
		return Ruling{Horizontal: true, At: b.Y0, From: b.X0, To: b.X1, Thickness: r.Thickness}
	}
	return Ruling{At: b.X0, From: b.Y0, To: b.Y1, Thickness: r.Thickness}
}

// turnTables brings the rows and columns of tables whose text stands turned beside
// other text into the order in which they are read. Their boxes stay.
func (l *Layout) turnTables(page *Page, indices []int32, starts []int) {
	cell := 0
	for i := range l.Tables {
		t := &l.Tables[i]
		var turns turnCounts
		for _, glyph := range indices[starts[cell]:starts[cell+len(t.Cells)]] {
			turns.add(&page.Glyphs[glyph])
		}
		cell += len(t.Cells)
		if turn := turns.most(); turn != 0 {
			t.turn(View{Turn: turn, Page: page.Box})
		}
	}
}

// turn counts the rows and columns of a lattice table as the view shows them.
func (t *Table) turn(v View) {
	columns, rows := len(t.Columns)-1, len(t.Rows)-1
	for i := range t.Cells {
		c := &t.Cells[i]
		switch v.Turn {
		case 1:
			c.Row, c.Column = columns-c.Column-c.ColSpan, c.Row
		case 2:
			c.Row, c.Column = rows-c.Row-c.RowSpan, columns-c.Column-c.ColSpan
		case 3:
			c.Row, c.Column = c.Column, rows-c.Row-c.RowSpan
		}
		if v.Turn&1 == 1 {
			c.RowSpan, c.ColSpan = c.ColSpan, c.RowSpan
		}
	}
	xs, ys := v.boundaries(t.Columns, false), v.boundaries(t.Rows, true)
	if v.Turn&1 == 1 {
		xs, ys = ys, xs
		e := &t.Evidence
		e.RowLines, e.ColumnLines = e.ColumnLines, e.RowLines
		e.RowShades, e.ColumnShades = e.ColumnShades, e.RowShades
	}
	t.Columns, t.Rows = xs, ys
	t.sortCells()
}

// boundaries are positions along one side of the page as the view shows them.
func (v View) boundaries(list []float64, rows bool) []float64 {
	seen := make([]float64, len(list))
	for i, at := range list {
		r := v.ruling(Ruling{Horizontal: rows, At: at})
		seen[i] = r.At
	}
	slices.Sort(seen)
	return seen
}
