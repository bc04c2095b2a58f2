package extract

import (
	"math"

	"gongkai/extract/layout"
)

// rowTolerance: spreadsheets print the columns that find no room on a page on
// later pages, each row at the same height (points).
const rowTolerance = 1.5

// goesOnRight tells whether another table is the rest of this one's columns: it
// stands on the pages right behind, without a title and without names of rows, and
// every one of its rows at the height of one of this table's.
func (d *draft) goesOnRight(right *draft) bool {
	if right.caption.title != "" || len(right.parts) != len(d.parts) || right.parts[0].page != d.lastPage()+1 || len(d.notes) > 0 {
		return false
	}
	distinct := false
	for i := range d.parts {
		p, q := &d.parts[i], &right.parts[i]
		if p.seam.torn || q.seam.torn || q.page-p.page != right.parts[0].page-d.parts[0].page || p.table.Method != layout.Lattice {
			return false
		}
		if !sameEnds(p.table.Rows, q.table.Rows) || !amongThem(p.table.Rows, q.table.Rows) {
			return false
		}
		distinct = distinct || len(q.table.Rows) > 3
	}
	return distinct && right.withoutNames(d)
}

// lastPage is the last page that holds columns of the table.
func (d *draft) lastPage() int {
	if n := len(d.right); n > 0 {
		return d.right[n-1].last().page
	}
	return d.last().page
}

func sameEnds(a, b []float64) bool {
	return math.Abs(a[0]-b[0]) <= rowTolerance && math.Abs(a[len(a)-1]-b[len(b)-1]) <= rowTolerance
}

func amongThem(all, some []float64) bool {
	for _, y := range some {
		if math.Abs(all[nearestBoundary(all, y)]-y) > rowTolerance {
			return false
		}
	}
	return true
}

// withoutNames tells whether the first column holds names in the header's rows, and
// there alone: figures below, or nothing.
func (d *draft) withoutNames(left *draft) bool {
	header, ok := firstFigures(left.parts[0].table)
	if !ok {
		return false
	}
	named := false
	for i := range d.parts {
		for k := range d.parts[i].table.Cells {
			c := &d.parts[i].table.Cells[k]
			inHeader := i == 0 && c.Box.Y0 < header-rowTolerance
			if c.Column > 0 || isFigure(c.Text) {
				continue
			}
			if !inHeader {
				return false
			}
			named = true
		}
	}
	return named
}

// firstFigures is the height at which the first row with a code or an amount begins.
func firstFigures(t layout.Table) (y float64, ok bool) {
	for i := range t.Cells {
		if c := &t.Cells[i]; len(c.Text) >= shortestCode && isFigure(c.Text) {
			return c.Box.Y0, true
		}
	}
	return 0, false
}

// widen sets a table's columns at the right of this one's.
func (d *draft) widen(right *draft) {
	for i := range right.parts {
		s := &right.parts[i].seam
		s.evidence, s.doubts = JoinedBeside, append(s.doubts, DoubtOtherPage)
	}
	d.right = append(d.right, right)
	d.caption.lines = append(d.caption.lines, right.caption.lines...)
	d.notes = append(d.notes, right.notes...)
}
