package extract

import (
	"math"
	"slices"

	"gongkai/extract/layout"
)

// columnTolerance: how far the columns of two pages of one table may differ (points).
const columnTolerance = 3.0

// columns are those of a table that grows page by page.
type columns struct {
	boundaries []float64    // where rulings show them: offsets from the left border
	texts      [][2]float64 // where they do not: how far the texts of each column reach on the page
}

func columnsOf(t layout.Table) columns {
	if t.Method == layout.Stream {
		return columns{texts: t.Texts}
	}
	offsets := make([]float64, len(t.Columns))
	for i, at := range t.Columns {
		offsets[i] = at - t.Columns[0]
	}
	return columns{boundaries: offsets}
}

func (c columns) count() int {
	if c.texts != nil {
		return len(c.texts)
	}
	return len(c.boundaries) - 1
}

// unite makes one list of the columns of a table and those of a page's part of it,
// if they may be the same: by their boundaries, or, where no ruling shows these, by
// their texts.
func (c columns) unite(next columns) (columns, []JoinDoubt, bool) {
	switch {
	case c.texts == nil && next.texts == nil:
		united, doubts, ok := uniteBoundaries(c.boundaries, next.boundaries)
		return columns{boundaries: united}, doubts, ok
	case c.texts != nil && next.texts != nil:
		united, doubts, ok := uniteTexts(c.texts, next.texts)
		return columns{texts: united}, doubts, ok
	}
	return columns{}, nil, false
}

// proportional tells whether the boundaries of other columns are these at another scale.
func (c columns) proportional(other columns) bool {
	if c.texts != nil || len(c.boundaries) != len(other.boundaries) {
		return false
	}
	last := len(c.boundaries) - 1
	scale := other.boundaries[last] / c.boundaries[last]
	for i, at := range c.boundaries {
		if math.Abs(at*scale-other.boundaries[i]) > columnTolerance {
			return false
		}
	}
	return true
}

// sharedBoundaries: of the inner boundaries of the part with fewer, the share
// that must be among the other's for the two to be parts of one table.
const sharedBoundaries = 0.5

// shiftedBoundary: a boundary that no other page shows in its place is the same one
// drawn aside, if it is no further off than this: no column is so narrow (points).
const shiftedBoundary = 8.0

// uniteBoundaries merges two lists of column boundaries. A page that shows only
// body rows lacks boundaries of the header, a lone total row lacks those it spans,
// and the parts of a form have some of their own; but the outer borders are the
// same, and most inner ones.
func uniteBoundaries(a, b []float64) (united []float64, doubts []JoinDoubt, ok bool) {
	if len(b) > len(a) {
		a, b = b, a
	}
	if math.Abs(a[len(a)-1]-b[len(b)-1]) > columnTolerance {
		return nil, nil, false
	}
	united = slices.Clone(a)
	shared := 0
	for _, at := range b[1 : len(b)-1] {
		same := a[nearestBoundary(a, at)]
		switch off := math.Abs(same - at); {
		case off <= columnTolerance:
			shared++
		case off > shiftedBoundary || math.Abs(b[nearestBoundary(b, same)]-same) <= columnTolerance:
			united = append(united, at)
		}
	}
	slices.Sort(united)
	if shared < len(b)-2 {
		doubts = []JoinDoubt{DoubtColumnsDiffer}
	}
	return united, doubts, float64(shared) >= sharedBoundaries*float64(len(b)-2)
}

func nearestBoundary(boundaries []float64, at float64) int {
	best := 0
	for i, b := range boundaries {
		if math.Abs(b-at) < math.Abs(boundaries[best]-at) {
			best = i
		}
	}
	return best
}

// uniteTexts merges the columns of two pages, told by how far their texts reach.
// Where there are as many, white space in common parts them all. A column that
// has no text on one page is none there; then the others must stand under each other.
func uniteTexts(a, b [][2]float64) (united [][2]float64, doubts []JoinDoubt, ok bool) {
	if len(a) == len(b) {
		for i := range a {
			united = append(united, span(a[i], b[i]))
		}
		return united, nil, apart(united)
	}
	if len(b) > len(a) {
		a, b = b, a
	}
	shared := 0
	for len(a) > 0 {
		switch {
		case len(b) == 0 || a[0][1] <= b[0][0]:
			united = append(united, a[0])
		case b[0][1] <= a[0][0]:
			return nil, nil, false // each has a column that the other lacks
		default:
			united = append(united, span(a[0], b[0]))
			b = b[1:]
			shared++
		}
		a = a[1:]
	}
	enough := len(b) == 0 && shared >= 2 && shared*2 >= len(united)
	return united, []JoinDoubt{DoubtBlankColumn}, enough && apart(united)
}

func span(a, b [2]float64) [2]float64 { return [2]float64{min(a[0], b[0]), max(a[1], b[1])} }

// apart tells whether no column reaches into the next.
func apart(texts [][2]float64) bool {
	for i := 1; i < len(texts); i++ {
		if texts[i-1][1] > texts[i][0] {
			return false
		}
	}
	return true
}

// within tells for each column of a page's part where it begins among these
// columns, and where it ends.
func (c columns) within(part layout.Table) (begin, end []int) {
	n := len(part.Columns) - 1
	begin, end = make([]int, n), make([]int, n)
	scale := 1.0 // a page may show the table smaller
	if c.texts == nil {
		scale = c.boundaries[len(c.boundaries)-1] / (part.Columns[n] - part.Columns[0])
	}
	for i := range n {
		switch {
		case n == c.count():
			begin[i], end[i] = i, i+1
		case c.texts != nil:
			at := mostShared(c.texts, part.Texts[i])
			begin[i], end[i] = at, at+1
		default:
			begin[i] = nearestBoundary(c.boundaries, scale*(part.Columns[i]-part.Columns[0]))
			end[i] = nearestBoundary(c.boundaries, scale*(part.Columns[i+1]-part.Columns[0]))
		}
	}
	return begin, end
}

// mostShared is the column that has most in common with a text.
func mostShared(texts [][2]float64, text [2]float64) int {
	best, most := 0, math.Inf(-1)
	for i, t := range texts {
		if common := min(t[1], text[1]) - max(t[0], text[0]); common > most {
			best, most = i, common
		}
	}
	return best
}
