package layout

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

const (
	// crossTolerance: a ruling that ends this far from another still meets it (points).
	crossTolerance = 3.0
	// minCell: rows lower than this hold no text (points).
	minCell = 3.0
	// minColumn: columns narrower than this hold no text: they are the gap between two
	// shaded cells, or a wide double line (points).
	minColumn = 5.0
	// openEnd: how far two rulings' ends must agree, and stick out behind the last
	// crossing line, to bound an open side of a table (points).
	openEnd = 2.5
	// maxGridCells bounds the elementary cells of one table; the densest real page
	// has 4,000.
	maxGridCells = 1 << 20
	// maxTables bounds the tables of a page, maxCrossings how often two rulings of it
	// are compared, maxLone its verticals that cross nothing: more are a drawing, such
	// as a map. The fullest real page has 15 tables and 6,000 crossings.
	maxTables    = 500
	maxCrossings = 1 << 24
	maxLone      = 64
)

// Method is how a table was found.
type Method string

const (
	Lattice Method = "lattice" // its cells are enclosed by rulings
	Stream  Method = "stream"  // its columns, and mostly its rows, come from how the text is aligned
)

// Table is a grid on one page.
type Table struct {
	Method   Method
	Box      Box
	Columns  []float64    // x of the boundaries, left to right as the text is read: one more than columns
	Rows     []float64    // y of the boundaries, top to bottom as the text is read
	Cells    []Cell       // anchors only, by row, then column
	Texts    [][2]float64 // of a stream table: how far the texts of each column reach, from x to x
	Evidence Evidence
	Doubts   Doubts
	// OpenBottom: no line ends the last row, so that the page end may have cut it.
	OpenBottom bool
	at         []int32 // elementary cell (row*columns+column) → index into Cells, -1 outside
}

// Doubts count what the drawing left open and had to be decided.
type Doubts struct {
	OpenSides    int // borders that are not drawn, taken from where rulings end
	CutCells     int // cells without a border at the table's edge
	SplitCells   int // enclosed areas that are no rectangle, cut into rectangles
	HangingTexts int // texts that run over a ruling, given to one cell
	WrappedLines int // lines without a ruling between them, taken for one row
	SplitRows    int // rows between rulings that hold many rows, parted by their baselines
	OddLines     int // lines whose text runs over the white space between columns
	StrayRulings int // rulings that bound no cell, left out
}

// Cell is one cell of a Table; its text is filled in by Analyze.
type Cell struct {
	Row, Column      int
	RowSpan, ColSpan int
	Box              Box
	Text             string
	Glyphs           int
	Flags            CellFlags
	Room             float32 // behind the last printed line of the text, between paddings (in font sizes)

	CutAbove, CutBelow bool // no border at the table's edge: a page end cuts the cell
}

// findTables finds every group of rulings that encloses cells, and returns the
// horizontal rulings that are part of none, sorted by position.
func findTables(rulings []Ruling) (tables []Table, loose []Ruling) {
	horizontals := mergeRulings(rulings, true)
	verticals := mergeRulings(rulings, false)
	if len(horizontals) < 2 || len(verticals) < 1 {
		return nil, horizontals
	}
	for _, group := range crossingGroups(horizontals, verticals) {
		if table, ok := group.table(); ok {
			tables = append(tables, table)
		} else {
			loose = append(loose, group.horizontals...)
		}
	}
	slices.SortFunc(loose, func(a, b Ruling) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.From, b.From)) })
	if len(tables) > maxTables {
		tables = nil
	}
	sortTables(tables)
	return tables, loose
}

// sortTables brings tables into the order in which they begin.
func sortTables(tables []Table) {
	slices.SortFunc(tables, func(a, b Table) int {
		return cmp.Or(cmp.Compare(a.Box.Y0, b.Box.Y0), cmp.Compare(a.Box.X0, b.Box.X0))
	})
}

// group is a set of rulings connected by crossings.
type group struct{ horizontals, verticals []Ruling }

// crossingGroups joins rulings that touch: union-find over the crossings, which
// are found by a binary search of each vertical's extent in the sorted
// horizontals.
func crossingGroups(horizontals, verticals []Ruling) []group {
	if len(horizontals) < 2 || len(verticals) < 1 {
		return nil
	}
	parent := make([]int32, len(horizontals)+len(verticals))
	for i := range parent {
		parent[i] = int32(i)
	}
	find := func(i int32) int32 {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	crossings := 0
	for i, v := range verticals {
		first := sort.Search(len(horizontals), func(k int) bool { return horizontals[k].At >= v.From-crossTolerance })
		for k := first; k < len(horizontals) && horizontals[k].At <= v.To+crossTolerance; k++ {
			if crossings++; crossings > maxCrossings {
				return nil
			}
			if h := horizontals[k]; v.At >= h.From-crossTolerance && v.At <= h.To+crossTolerance {
				parent[find(int32(len(horizontals)+i))] = find(int32(k))
			}
		}
	}
	index := make(map[int32]int)
	var groups []group
	member := func(i int) *group {
		root := find(int32(i))
		k, ok := index[root]
		if !ok {
			k = len(groups)
			index[root] = k
			groups = append(groups, group{})
		}
		return &groups[k]
	}
	for i, h := range horizontals {
		g := member(i)
		g.horizontals = append(g.horizontals, h)
	}
	for i, v := range verticals {
		g := member(len(horizontals) + i)
		g.verticals = append(g.verticals, v)
	}
	return adoptVerticals(groups)
}

// adoptVerticals gives a vertical that crosses nothing to the table it runs
// along from top to bottom: it is the border of a cell as high as the page, that
// began on the page before and ends on a later one.
func adoptVerticals(groups []group) []group {
	kept := groups[:0]
	var lone []Ruling
	for _, g := range groups {
		if len(g.horizontals) == 0 {
			lone = append(lone, g.verticals...)
		} else {
			kept = append(kept, g)
		}
	}
	if len(lone) > maxLone {
		return kept
	}
	for i := range kept {
		g := &kept[i]
		if len(g.verticals) == 0 {
			continue
		}
		top, bottom := g.verticals[0].From, g.verticals[0].To
		for _, v := range g.verticals {
			top, bottom = min(top, v.From), max(bottom, v.To)
		}
		for _, v := range lone {
			if math.Abs(v.From-top) <= openEnd && math.Abs(v.To-bottom) <= openEnd {
				g.verticals = append(g.verticals, v)
			}
		}
	}
	return kept
}

// positions are the distinct places of rulings, merged when they are closer.
func positions(rulings []Ruling, closer float64) []float64 {
	list := make([]float64, 0, len(rulings))
	for _, r := range rulings {
		list = append(list, r.At)
	}
	slices.Sort(list)
	distinct := list[:0]
	for _, at := range list {
		if len(distinct) == 0 || at-distinct[len(distinct)-1] >= closer {
			distinct = append(distinct, at)
		}
	}
	return distinct
}

// nearest is the index of the boundary a ruling lies on.
func nearest(boundaries []float64, at float64) int {
	i := sort.SearchFloat64s(boundaries, at)
	if i == len(boundaries) || i > 0 && at-boundaries[i-1] <= boundaries[i]-at {
		i--
	}
	return i
}

// closeOpenSides adds the border that a table with open sides leaves out: where
// so many rulings or more end together beyond the last ruling that crosses them. Where
// they do so on one side, a single one is enough on the other, if it parts two cells.
func closeOpenSides(along, across []Ruling, ends int) []Ruling {
	if len(along) < 2 || len(across) == 0 {
		return across
	}
	first, last, begin, end := across[0].At, across[0].At, across[0].From, across[0].To
	for _, r := range across {
		first, last, begin, end = min(first, r.At), max(last, r.At), min(begin, r.From), max(end, r.To)
	}
	low, high := along[0].From, along[0].To
	for _, r := range along {
		low, high = min(low, r.From), max(high, r.To)
	}
	parts := func(border Ruling) bool { return border.From > begin+minCell && border.To < end-minCell }
	var borders [2]Ruling
	var counts [2]int
	for side, edge := range [2]struct {
		at   float64
		open bool
		of   func(Ruling) float64
	}{
		{low, low < first-2*minCell, func(r Ruling) float64 { return r.From }},
		{high, high > last+2*minCell, func(r Ruling) float64 { return r.To }},
	} {
		border := Ruling{Horizontal: !along[0].Horizontal, At: edge.at, Thickness: openBorder}
		for _, r := range along {
			if d := edge.of(r) - edge.at; edge.open && d <= openEnd && d >= -openEnd {
				if counts[side] == 0 {
					border.From, border.To = r.At, r.At
				}
				border.From, border.To = min(border.From, r.At), max(border.To, r.At)
				counts[side]++
			}
		}
		borders[side] = border
	}
	for side, border := range borders {
		other := borders[1-side]
		switch {
		case counts[side] == 1 && counts[1-side] > 1 && parts(border):
			border.From, border.To = min(border.From, other.From), max(border.To, other.To)
		case counts[side] == 0 || counts[side] < ends:
			continue
		}
		if ends == 1 || border.To-border.From >= minCell {
			across = append(across, border)
		}
	}
	return across
}

// closeCorners lengthens borders that are not drawn to where they meet: of a table with
// lines between its cells alone, the corners are open to two sides.
func (g group) closeCorners(drawn int) {
	if len(g.verticals)+len(g.horizontals)-drawn < 2 {
		return
	}
	for v := range g.verticals {
		for h := range g.horizontals {
			a, b := &g.verticals[v], &g.horizontals[h]
			if a.Thickness == openBorder && b.Thickness == openBorder {
				a.From, a.To = min(a.From, b.At), max(a.To, b.At)
				b.From, b.To = min(b.From, a.At), max(b.To, a.At)
			}
		}
	}
}

// table builds the grid of a group: boundaries, edges, and the cells that the
// edges enclose. A group that encloses fewer than two cells is no table: a
// frame, an underline.
func (g group) table() (Table, bool) {
	if len(g.horizontals) < 2 || len(g.verticals) < 1 {
		return Table{}, false
	}
	drawn := len(g.verticals) + len(g.horizontals)
	g.verticals = closeOpenSides(g.horizontals, g.verticals, 2)
	ends := 2
	if len(g.verticals)+len(g.horizontals)-drawn == 2 {
		ends = 1 // no frame at all: one line that sticks out parts two cells
	}
	g.horizontals = closeOpenSides(g.verticals, g.horizontals, ends)
	g.closeCorners(drawn)
	t := Table{Method: Lattice, Columns: positions(g.verticals, minColumn), Rows: positions(g.horizontals, minCell)}
	t.Doubts.OpenSides = len(g.verticals) + len(g.horizontals) - drawn
	columns, rows := len(t.Columns)-1, len(t.Rows)-1
	if columns < 1 || rows < 1 || columns*rows > maxGridCells || columns*rows < 2 {
		return Table{}, false
	}
	t.Box = Box{t.Columns[0], t.Rows[0], t.Columns[columns], t.Rows[rows]}
	t.enclose(newEdges(g, t.Columns, t.Rows))
	if len(t.Cells) < 2 || !t.dropUnused() {
		return Table{}, false
	}
	t.OpenBottom = slices.ContainsFunc(g.horizontals, func(h Ruling) bool {
		return h.Thickness == openBorder && h.At > t.Box.Y1-minCell
	})
	t.witness(g)
	return t, true
}

// dropUnused leaves out the boundaries that bound no cell: those of strokes that end
// inside a cell, or beside the table. Where most are such, the strokes are a drawing,
// and no table.
func (t *Table) dropUnused() bool {
	rows, columns := make([]bool, len(t.Rows)), make([]bool, len(t.Columns))
	for i := range t.Cells {
		c := &t.Cells[i]
		rows[c.Row], rows[c.Row+c.RowSpan] = true, true
		columns[c.Column], columns[c.Column+c.ColSpan] = true, true
	}
	unused := 0
	renumber := func(used []bool, list []float64) (kept []float64, index []int) {
		index = make([]int, len(list))
		for i := range list {
			index[i] = len(kept)
			if used[i] {
				kept = append(kept, list[i])
			}
		}
		unused += len(list) - len(kept)
		return kept, index
	}
	ys, row := renumber(rows, t.Rows)
	xs, column := renumber(columns, t.Columns)
	if unused == 0 {
		return true
	}
	if unused*2 > len(t.Rows)+len(t.Columns) {
		return false
	}
	t.Rows, t.Columns = ys, xs
	for i := range t.Cells {
		c := &t.Cells[i]
		c.RowSpan, c.ColSpan = row[c.Row+c.RowSpan]-row[c.Row], column[c.Column+c.ColSpan]-column[c.Column]
		c.Row, c.Column = row[c.Row], column[c.Column]
	}
	t.Box = Box{xs[0], ys[0], xs[len(xs)-1], ys[len(ys)-1]}
	t.at = t.at[:(len(ys)-1)*(len(xs)-1)]
	for i := range t.at {
		t.at[i] = outside
	}
	t.sortCells()
	t.Doubts.StrayRulings += unused
	return true
}

// edges tell which sides of the elementary cells are drawn.
type edges struct {
	columns, rows int
	above         []bool // (rows+1) × columns: the boundary above row r in column c
	left          []bool // rows × (columns+1): the boundary left of column c in row r
}

func newEdges(g group, xs, ys []float64) edges {
	e := edges{columns: len(xs) - 1, rows: len(ys) - 1}
	e.above = make([]bool, (e.rows+1)*e.columns)
	e.left = make([]bool, e.rows*(e.columns+1))
	for _, h := range g.horizontals {
		row := nearest(ys, h.At)
		for c := nearest(xs, h.From); c < e.columns && xs[c] < h.To; c++ {
			if covers(h, xs[c], xs[c+1]) {
				e.above[row*e.columns+c] = true
			}
		}
	}
	for _, v := range g.verticals {
		column := nearest(xs, v.At)
		for r := nearest(ys, v.From); r < e.rows && ys[r] < v.To; r++ {
			if covers(v, ys[r], ys[r+1]) {
				e.left[r*(e.columns+1)+column] = true
			}
		}
	}
	return e
}

// covers tells whether a ruling draws the side from a to b: all of it but for
// the tolerance at its ends, or for a short side most of it.
func covers(r Ruling, a, b float64) bool {
	drawn := min(r.To, b) - max(r.From, a)
	return drawn > 0 && (b-a)-drawn <= min(2*crossTolerance, 0.4*(b-a))
}

// pageCells is room for the cells of all but the largest tables on one page.
const pageCells = 1024

// enclose floods the elementary cells through the sides that are not drawn.
// What leaks out of the table is no cell, unless it is a cell that a page end cut
// through.
func (t *Table) enclose(e edges) {
	n := e.rows * e.columns
	t.at = make([]int32, n)
	for i := range t.at {
		t.at[i] = -1
	}
	t.Cells = make([]Cell, 0, min(n, pageCells))
	visited := make([]bool, n)
	var region, stack []int
	for start := range n {
		if visited[start] {
			continue
		}
		region, stack = region[:0], append(stack[:0], start)
		visited[start] = true
		open := false
		visit := func(r, c int, drawn bool) {
			if drawn {
				return
			}
			if r < 0 || c < 0 || r >= e.rows || c >= e.columns {
				open = true
				return
			}
			if i := r*e.columns + c; !visited[i] {
				visited[i] = true
				stack = append(stack, i)
			}
		}
		for len(stack) > 0 {
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			region = append(region, i)
			r, c := i/e.columns, i%e.columns
			visit(r-1, c, e.above[r*e.columns+c])
			visit(r+1, c, e.above[(r+1)*e.columns+c])
			visit(r, c-1, e.left[r*(e.columns+1)+c])
			visit(r, c+1, e.left[r*(e.columns+1)+c+1])
		}
		switch {
		case !open:
			t.addRegion(region, e.columns)
		case e.closedAcross(region) && t.holdsLine(region):
			t.Doubts.CutCells++
			t.addRegion(region, e.columns)
			cut := &t.Cells[len(t.Cells)-1]
			cut.CutAbove = cut.Row == 0 && !e.above[cut.Column]
			cut.CutBelow = cut.Row+cut.RowSpan == e.rows && !e.above[n+cut.Column]
		}
	}
	t.sortCells()
}

// sortCells brings the cells into reading order and notes where each lies.
func (t *Table) sortCells() {
	slices.SortFunc(t.Cells, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column))
	})
	columns := len(t.Columns) - 1
	for i, cell := range t.Cells {
		for r := cell.Row; r < cell.Row+cell.RowSpan; r++ {
			for c := cell.Column; c < cell.Column+cell.ColSpan; c++ {
				t.at[r*columns+c] = int32(i)
			}
		}
	}
}

// closedAcross tells whether a region that is open at the table's edge is a
// rectangle with two opposite sides drawn: a cell that the page end cuts, whose
// last border is missing.
func (e edges) closedAcross(region []int) bool {
	top, left := region[0]/e.columns, region[0]%e.columns
	bottom, right := top, left
	for _, i := range region {
		r, c := i/e.columns, i%e.columns
		top, bottom = min(top, r), max(bottom, r)
		left, right = min(left, c), max(right, c)
	}
	if len(region) != (bottom-top+1)*(right-left+1) {
		return false
	}
	sides, ends := true, true
	for r := top; r <= bottom; r++ {
		sides = sides && e.left[r*(e.columns+1)+left] && e.left[r*(e.columns+1)+right+1]
	}
	for c := left; c <= right; c++ {
		ends = ends && e.above[top*e.columns+c] && e.above[(bottom+1)*e.columns+c]
	}
	return sides || ends
}

// holdsLine tells whether a region is high enough for a line of text: the strip under
// the rule of a running head that all but touches the table is not.
func (t *Table) holdsLine(region []int) bool {
	columns := len(t.Columns) - 1
	top, bottom := t.Rows[region[0]/columns], 0.0
	for _, i := range region {
		bottom = max(bottom, t.Rows[i/columns+1])
	}
	return bottom-top >= minRow
}

// addRegion makes a cell of a flooded region, or several rectangles of one that
// is no rectangle (a side was left undrawn by mistake).
func (t *Table) addRegion(region []int, columns int) {
	if len(region) == 1 { // as most
		t.addCell(region[0]/columns, region[0]%columns, 1, 1)
		return
	}
	slices.Sort(region)
	free := make(map[int]bool, len(region))
	for _, i := range region {
		free[i] = true
	}
	before := len(t.Cells)
	for _, i := range region {
		if !free[i] {
			continue
		}
		r, c := i/columns, i%columns
		width := 1
		for c+width < columns && free[i+width] {
			width++
		}
		height := 1
		for rowFree(free, i+height*columns, width) {
			height++
		}
		for dr := range height {
			for dc := range width {
				delete(free, i+dr*columns+dc)
			}
		}
		t.addCell(r, c, height, width)
	}
	if len(t.Cells) > before+1 {
		t.Doubts.SplitCells++
	}
}

func rowFree(free map[int]bool, start, width int) bool {
	for i := start; i < start+width; i++ {
		if !free[i] {
			return false
		}
	}
	return true
}

func (t *Table) addCell(row, column, rowSpan, colSpan int) {
	t.Cells = append(t.Cells, Cell{
		Row: row, Column: column, RowSpan: rowSpan, ColSpan: colSpan,
		Box: Box{t.Columns[column], t.Rows[row], t.Columns[column+colSpan], t.Rows[row+rowSpan]},
	})
}

// cellAt is the index of the cell at a point of the page, -1 when there is none.
func (t *Table) cellAt(x, y float64) int {
	if !t.Box.Contains(x, y) {
		return -1
	}
	columns := len(t.Columns) - 1
	c := min(max(sort.SearchFloat64s(t.Columns, x)-1, 0), columns-1)
	r := min(max(sort.SearchFloat64s(t.Rows, y)-1, 0), len(t.Rows)-2)
	return int(t.at[r*columns+c])
}
