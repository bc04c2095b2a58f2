package layout

import (
	"math"
	"slices"
)

const (
	// tickBox: boxes to tick are no larger (points).
	tickBox = 16.0
	// chartFilled: a chart's grid holds a text in fewer of its cells: its legend.
	chartFilled = 0.05
	// axisLabels: so many figures stand along the edge of a chart.
	axisLabels = 3
	// minRow: rows that hold text are higher, but for those of sheets printed at a small
	// scale (points).
	minRow = 6.0
	// smallTexts: a table printed small has so many cells with text, a drawing fewer.
	smallTexts = 12
	// covered: the cells of a table cover more of it; those of a drawing leave most of
	// it to open areas.
	covered = 0.5
	// maxCharts: a page shows no more charts; a drawing has more empty lattices.
	maxCharts = 16
	// axisReach: so near to the edge (points).
	axisReach = 30.0
)

// dropDrawings leaves out lattices that are no tables: columns of boxes to tick, and
// the grids of charts. starts tell how many glyphs each cell has. It returns where the
// drawings are.
func (l *Layout) dropDrawings(page *Page, starts []int) []Box {
	var drawings []Box
	kept := l.Tables[:0]
	cell, looked := 0, 0
	for i := range l.Tables {
		t := &l.Tables[i]
		own := starts[cell : cell+len(t.Cells)+1]
		cell += len(t.Cells)
		chart := t.bare(own) && looked < maxCharts
		if chart {
			looked++
			chart = t.labelled(page)
		}
		if chart || t.tickBoxes(own) || t.ornament(own) {
			drawings = append(drawings, t.Box)
		} else {
			kept = append(kept, *t)
		}
	}
	l.Tables = kept
	return drawings
}

// outsideOf are the rulings that are no part of drawings.
func outsideOf(drawings []Box, rulings []Ruling) []Ruling {
	if len(drawings) == 0 {
		return rulings
	}
	kept := make([]Ruling, 0, len(rulings))
	for _, r := range rulings {
		b := Box{r.At, r.From, r.At, r.To}
		if r.Horizontal {
			b = Box{r.From, r.At, r.To, r.At}
		}
		x, y := b.Center()
		if !slices.ContainsFunc(drawings, func(d Box) bool { return d.Contains(x, y) }) {
			kept = append(kept, r)
		}
	}
	return kept
}

// tickBoxes tells whether a table is nothing but small boxes under or beside each
// other, with a cross in them or none.
func (t *Table) tickBoxes(starts []int) bool {
	if len(t.Rows) > 2 && len(t.Columns) > 2 {
		return false
	}
	for i := range t.Cells {
		if b := t.Cells[i].Box; b.Width() > tickBox || b.Height() > tickBox || starts[i+1]-starts[i] > 1 {
			return false
		}
	}
	return true
}

// ornament tells whether a table is a drawing of boxes: none of its rows is high
// enough for a text, and only few of its cells hold one, or most of it is in no cell.
func (t *Table) ornament(starts []int) bool {
	area, highest, written := 0.0, 0.0, 0
	for i := range t.Cells {
		b := t.Cells[i].Box
		area += b.Width() * b.Height()
		highest = max(highest, b.Height())
		if starts[i+1] > starts[i] {
			written++
		}
	}
	return highest < minRow && written*2 <= len(t.Cells) && written < smallTexts || area < covered*t.Box.Width()*t.Box.Height()
}

// bare tells whether next to nothing stands in a table, not even in its first row and
// column: so looks the grid behind a chart.
func (t *Table) bare(starts []int) bool {
	filled := 0
	for i := range t.Cells {
		if starts[i+1] > starts[i] {
			if t.Cells[i].Row == 0 || t.Cells[i].Column == 0 {
				return false
			}
			filled++
		}
	}
	return float64(filled) <= chartFilled*float64(len(t.Cells))
}

// labelled tells whether figures stand along the edge of a table: those on the axes
// of a chart.
func (t *Table) labelled(page *Page) bool {
	labels := 0
	runs(page.Glyphs, func(r run) {
		var counts contentCounts
		var box Box
		for _, g := range page.Glyphs[r.first:r.end] {
			counts.add(g.Text)
			box = box.Union(g.Box)
		}
		x, y := box.Center()
		if counts.content() == figures && !t.Box.Contains(x, y) && math.Max(t.Box.X0-x, x-t.Box.X1) < axisReach && math.Max(t.Box.Y0-y, y-t.Box.Y1) < axisReach {
			labels++
		}
	})
	return labels >= axisLabels
}
