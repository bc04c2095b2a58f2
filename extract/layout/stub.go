package layout

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"
)

const (
	// stubRows: so many labels beside the rows of a grid are its stub.
	stubRows = 3
	// stubShare: of the rows that begin with a figure or have a label, the share that do
	// both.
	stubShare = 0.8
	// stubNear: the longest label ends this close to the grid (share of the font size).
	stubNear = 6.0
	// stubGlyphs: longer lines are text beside the grid (Han characters).
	stubGlyphs = 30
)

// addStubs takes the labels that stand in front of the rows of a grid, to the left of
// its first ruling, as a column of it: only the figures are framed. It tells whether
// there are any.
func (r *reader) addStubs(tables []Table, lines []Line, byOwner []int32, starts []int) bool {
	found := false
	first := 0
	for i := range tables {
		t := &tables[i]
		own := starts[first : first+len(t.Cells)+1]
		first += len(t.Cells)
		if labels := t.labels(lines); len(labels) >= stubRows {
			if body, ok := r.stubBody(t, labels, byOwner, own); ok {
				t.addStub(labels, body)
				found = true
			}
		}
	}
	return found
}

// labels are the lines in front of the rows, from top to bottom.
func (t *Table) labels(lines []Line) []Line {
	var labels []Line
	for i := range lines {
		if _, y := lines[i].Box.Center(); lines[i].Box.X1 <= t.Box.X0 && y >= t.Box.Y0 && y <= t.Box.Y1 {
			labels = append(labels, lines[i])
		}
	}
	slices.SortStableFunc(labels, func(a, b Line) int { return cmp.Compare(a.Box.Y0, b.Box.Y0) })
	return labels
}

// rowAt is the row at a height.
func (t *Table) rowAt(y float64) int {
	return max(sort.SearchFloat64s(t.Rows, y)-1, 0)
}

// stubBody is the first row that begins with a figure, if most such rows, and no
// others below, have labels of words, and the labels line up near the grid.
func (r *reader) stubBody(t *Table, labels []Line, byOwner []int32, starts []int) (body int, ok bool) {
	figure := make([]bool, len(t.Rows)-1)
	for c := range t.Cells {
		cell := &t.Cells[c]
		if cell.Column == 0 && cell.RowSpan == 1 {
			figure[cell.Row] = r.isFigure(byOwner[starts[c]:starts[c+1]])
		}
	}
	if body = slices.Index(figure, true); body < 0 {
		return 0, false
	}
	labelled := make([]bool, len(figure))
	right := math.Inf(-1)
	var x0, x1 []float64
	for i := range labels {
		label := &labels[i]
		_, y := label.Box.Center()
		if right = max(right, label.Box.X1); y < t.Rows[body] {
			continue
		}
		row := t.rowAt(y)
		inRow := y-label.Size/2 >= t.Rows[row]-crossTolerance && y+label.Size/2 <= t.Rows[row+1]+crossTolerance
		if !inRow || len(label.Text) > stubGlyphs*len("汉") || !strings.ContainsFunc(label.Text, unicode.IsLetter) {
			return 0, false
		}
		labelled[row] = true
		x0, x1 = append(x0, label.Box.X0), append(x1, label.Box.X1)
	}
	rows, both := 0, 0
	for row := range figure {
		if figure[row] || labelled[row] {
			rows++
		}
		if figure[row] && labelled[row] {
			both++
		}
	}
	size := labels[0].Size
	need := int(math.Ceil(alignedShare * float64(len(x0))))
	lined := alike(x0, alignTolerance*size) >= need || alike(x1, alignTolerance*size) >= need
	return body, lined && t.Box.X0-right <= stubNear*size && both >= stubRows && float64(both) >= stubShare*float64(rows)
}

// isFigure tells whether glyphs are a figure.
func (r *reader) isFigure(glyphs []int32) bool {
	var counts contentCounts
	for _, i := range glyphs {
		if !isSpace(r.glyphs[i].Text) {
			counts.add(r.glyphs[i].Text)
		}
	}
	return counts.content() == figures
}

// stubEdge is the left edge of the labels of the body, and of those of the header
// that stand over them.
func (t *Table) stubEdge(labels []Line, body int) float64 {
	left := math.Inf(1)
	for i := len(labels) - 1; i >= 0; i-- { // the header comes last
		label := &labels[i]
		if _, y := label.Box.Center(); y >= t.Rows[body] || label.Box.X1 > left {
			left = min(left, label.Box.X0-textMargin*label.Size)
		}
	}
	return left
}

// addStub puts a column in front, as wide as the labels: one cell over it beside
// the header, one for each row of the body.
func (t *Table) addStub(labels []Line, body int) {
	left := t.stubEdge(labels, body)
	cells := t.Cells
	t.Columns = slices.Insert(t.Columns, 0, left)
	t.Box.X0 = left
	t.Cells = make([]Cell, 0, len(cells)+len(t.Rows)-1)
	if body > 0 {
		t.addCell(0, 0, body, 1)
	}
	for row := body; row < len(t.Rows)-1; row++ {
		t.addCell(row, 0, 1, 1)
	}
	for _, c := range cells {
		t.addCell(c.Row, c.Column+1, c.RowSpan, c.ColSpan)
	}
	t.at = make([]int32, (len(t.Rows)-1)*(len(t.Columns)-1))
	for i := range t.at {
		t.at[i] = outside
	}
	t.sortCells()
	t.Evidence.ColumnLines++
	t.Doubts.OpenSides++
}
