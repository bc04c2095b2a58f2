package layout

import (
	"fmt"
	"math"
)

// Evidence counts what told the rows and columns of a table apart, so that a person
// can judge the grid by its reasons. Counts of several parts of a table add up.
type Evidence struct {
	RowLines     int // boundaries of rows that are drawn
	RowShades    int // boundaries of rows that are edges of shaded areas
	RowBaselines int // boundaries of rows between lines of text, with nothing drawn

	ColumnLines  int // boundaries of columns that are drawn
	ColumnShades int // boundaries of columns that are edges of shaded areas
	ColumnSpaces int // boundaries of columns in white space, with nothing drawn

	SharingLines  int // lines of text that leave that white space free, with texts on both sides of it
	FigureColumns int // columns of figures that line up
	WordColumns   int // columns of words that line up
}

// Add adds the counts of another part of a table.
func (e *Evidence) Add(o Evidence) {
	e.RowLines += o.RowLines
	e.RowShades += o.RowShades
	e.RowBaselines += o.RowBaselines
	e.ColumnLines += o.ColumnLines
	e.ColumnShades += o.ColumnShades
	e.ColumnSpaces += o.ColumnSpaces
	e.SharingLines += o.SharingLines
	e.FigureColumns += o.FigureColumns
	e.WordColumns += o.WordColumns
}

// Add adds the counts of another part of a table.
func (d *Doubts) Add(o Doubts) {
	d.OpenSides += o.OpenSides
	d.CutCells += o.CutCells
	d.SplitCells += o.SplitCells
	d.HangingTexts += o.HangingTexts
	d.WrappedLines += o.WrappedLines
	d.SplitRows += o.SplitRows
	d.OddLines += o.OddLines
	d.StrayRulings += o.StrayRulings
}

// Words says what was doubtful, with counts.
func (d Doubts) Words() []string {
	return said(
		reason{d.OpenSides, "borders not drawn, taken from where rulings end"},
		reason{d.CutCells, "cells without a border at the table's edge"},
		reason{d.SplitCells, "enclosed areas that are no rectangle, cut into rectangles"},
		reason{d.HangingTexts, "texts that run over a ruling, given to one cell"},
		reason{d.WrappedLines, "lines without a ruling between them, taken for one row"},
		reason{d.SplitRows, "rows between rulings that hold many rows, parted by their baselines"},
		reason{d.OddLines, "lines whose text runs over the white space between columns"},
		reason{d.StrayRulings, "boundaries of rulings that bound no cell, left out"},
	)
}

// reason is a count and what it counts, in words.
type reason struct {
	count int
	what  string
}

// Rows says in words what told the rows apart, the strongest reason first.
func (e Evidence) Rows() []string {
	return said(
		reason{e.RowLines, "drawn lines"},
		reason{e.RowShades, "edges of shaded areas"},
		reason{e.RowBaselines, "gaps between lines of text"},
	)
}

// Columns says in words what told the columns apart, the strongest reason first.
func (e Evidence) Columns() []string {
	return said(
		reason{e.ColumnLines, "drawn lines"},
		reason{e.ColumnShades, "edges of shaded areas"},
		reason{e.ColumnSpaces, "white spaces"},
		reason{e.SharingLines, "lines of text that leave the white spaces free"},
		reason{e.FigureColumns, "columns of figures that line up"},
		reason{e.WordColumns, "columns of words that line up"},
	)
}

func said(reasons ...reason) []string {
	var list []string
	for _, r := range reasons {
		if r.count > 0 {
			list = append(list, fmt.Sprint(r.count, " ", r.what))
		}
	}
	return list
}

// openBorder is the thickness of a border that nobody drew.
const openBorder = -1.0

// witness counts by what the boundaries of a lattice table are drawn.
func (t *Table) witness(g group) {
	e := &t.Evidence
	e.RowLines, e.RowShades = drawnAt(t.Rows, g.horizontals)
	e.ColumnLines, e.ColumnShades = drawnAt(t.Columns, g.verticals)
}

// drawnAt counts the boundaries on which a line is drawn, and those that are the edge
// of a shaded area only.
func drawnAt(boundaries []float64, rulings []Ruling) (lines, shades int) {
	thickest := make([]float64, len(boundaries))
	for i := range thickest {
		thickest[i] = openBorder
	}
	for _, r := range rulings {
		if i := nearest(boundaries, r.At); math.Abs(boundaries[i]-r.At) < minCell {
			thickest[i] = max(thickest[i], r.Thickness)
		}
	}
	for _, thickness := range thickest {
		switch {
		case thickness > 0:
			lines++
		case thickness == 0:
			shades++
		}
	}
	return lines, shades
}

// witness counts by what the rows and columns of a table found by its text are told:
// the lines that are drawn between them, and how the texts line up.
func (s *streamer) witness(t *Table, o *outline) {
	e := &t.Evidence
	e.RowLines, e.RowBaselines = o.drawnRows, len(t.Rows)-2-o.drawnRows
	for c := 1; c < len(o.columns); c++ {
		if s.lineIn(o.columns[c-1].x1, o.columns[c].x0, t.Box) {
			e.ColumnLines++
		}
	}
	e.ColumnSpaces = len(o.columns) - 1 - e.ColumnLines
	for k := range o.lines {
		if len(o.lines[k].segments) > 1 && !o.crossed(k) {
			e.SharingLines++
		}
	}
	for _, c := range o.judge() {
		switch {
		case c.texts == 0 || !c.aligned():
		case c.ofFigures():
			e.FigureColumns++
		default:
			e.WordColumns++
		}
	}
}

// lineIn tells whether a vertical line runs between two positions, over most of the
// height of a box.
func (s *streamer) lineIn(x0, x1 float64, box Box) bool {
	for _, r := range s.bordersIn(Box{x0 - 1, box.Y0, x1 + 1, box.Y1}) {
		if min(r.To, box.Y1)-max(r.From, box.Y0) > lineShare*box.Height() {
			return true
		}
	}
	return false
}

// hatching: so many lines beside each other part nothing.
const hatching = 1000

// lineShare: a line that parts columns runs over this share of the height.
const lineShare = 0.7

// crossed tells whether a text of a line reaches over the white space between columns.
func (o *outline) crossed(k int) bool {
	for i := range o.lines[k].segments {
		if first, last := spanOf(o.columns, &o.lines[k].segments[i]); first != last {
			return true
		}
	}
	return false
}
