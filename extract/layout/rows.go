package layout

import (
	"math"
	"slices"
	"sort"
)

// Distances in parts of the font size.
const (
	// sameRowStep: texts whose middles are closer overlap in height and stand in one
	// row: figures set to the middle of a label of two lines.
	sameRowStep = 0.8
	// leading: lines of one wrapped text stand no further apart.
	leading = 1.75
	// tightStep: lines closer than this share of the usual step between rows are one
	// wrapped text.
	tightStep = 0.75
	// indentation: wrapped lines start this close to the first, or share its middle.
	indentation = 2.5
)

// outline is a table found by its text: its lines, its columns, and the rulings
// between them. It becomes a Table.
type outline struct {
	lines   []textLine
	columns []column
	figures []bool    // columns of figures
	header  int       // leading lines that are the header
	rules   []Ruling  // horizontal, sorted by position, within the table's height
	borders []Ruling  // vertical, within the table's width
	byRule  bool      // a ruling stands between all rows
	box     Box       // as rulings or text tell
	limits  []float64 // of each column, how wide the texts below the header are
	ends    []float64 // and how far to the right they reach
	doubts  Doubts

	grouped   bool    // lines with one text name the groups of rows below them
	named     bool    // the columns are known together with their names
	rowStep   float64 // lines nearer to each other than this are one row; 0 when distances do not tell
	drawnRows int     // boundaries between rows that are rulings
}

// row is a range of lines and the texts in them by columns.
type row struct {
	first, end int // lines
	spans      []span
}

// span is a text over columns first to last.
type span struct{ first, last int }

// ruleBetween is the position of a ruling between two heights that covers at
// least the share of the width; of several, the last.
func (o *outline) ruleBetween(y0, y1, share float64) (at float64, ok bool) {
	i := sort.Search(len(o.rules), func(i int) bool { return o.rules[i].At > y0 })
	for ; i < len(o.rules) && o.rules[i].At < y1; i++ {
		if o.rules[i].To-o.rules[i].From >= share*o.box.Width() {
			at, ok = o.rules[i].At, true
		}
	}
	return at, ok
}

// wideRule: rulings of at least this share of a table's width go from side to side.
const wideRule = 0.75

// table makes the grid.
func (o *outline) table() Table {
	o.dropEmptyColumns()
	if !o.named {
		o.uniteHeaderColumns()
	}
	o.widen()
	o.measure()
	o.box.X0 = min(o.box.X0, o.columns[0].x0)
	o.box.X1 = max(o.box.X1, o.columns[len(o.columns)-1].x1)
	header, rows := o.gridHeader(), o.bodyRows()
	t := Table{Method: Stream, Box: o.box, Columns: o.columnBoundaries(), Rows: o.gridRows(header, rows), Doubts: o.doubts}
	columns := len(o.columns)
	for _, column := range o.columns {
		t.Texts = append(t.Texts, [2]float64{column.x0, column.x1})
	}
	t.at = make([]int32, (len(t.Rows)-1)*columns)
	for i := range t.at {
		t.at[i] = -1
	}
	for _, b := range header.blocks {
		t.place(b.first, b.span.first, b.last-b.first+1, b.span.last-b.span.first+1)
	}
	offset := len(t.Rows) - 1 - len(rows)
	for r := range rows {
		for _, s := range rows[r].spans {
			t.place(offset+r, s.first, 1, s.last-s.first+1)
		}
	}
	for r := range len(t.Rows) - 1 {
		for c := range columns {
			if t.at[r*columns+c] < 0 {
				t.place(r, c, 1, 1)
			}
		}
	}
	t.sortCells()
	return t
}

// place adds a cell and takes its elementary cells.
func (t *Table) place(row, column, rowSpan, colSpan int) {
	columns := len(t.Columns) - 1
	for r := row; r < row+rowSpan; r++ {
		for c := column; c < column+colSpan; c++ {
			t.at[r*columns+c] = int32(len(t.Cells))
		}
	}
	t.addCell(row, column, rowSpan, colSpan)
}

// dropEmptyColumns leaves out columns whose texts turned out to stand above or below
// the table.
func (o *outline) dropEmptyColumns() {
	used := make([]bool, len(o.columns))
	for k := range o.lines {
		for i := range o.lines[k].segments {
			first, last := spanOf(o.columns, &o.lines[k].segments[i])
			for c := first; c <= last; c++ {
				used[c] = true
			}
		}
	}
	if !slices.Contains(used, false) {
		return
	}
	var columns []column
	var figures []bool
	for c := range o.columns {
		if used[c] {
			columns, figures = append(columns, o.columns[c]), append(figures, o.figures[c])
		}
	}
	o.columns, o.figures = columns, figures
}

// widen lets the columns hold the header's texts, which may be wider than the
// data below.
func (o *outline) widen() {
	for _, line := range o.lines[:o.header] {
		for i := range line.segments {
			s := &line.segments[i]
			first, last := spanOf(o.columns, s)
			if first != last {
				continue
			}
			c := &o.columns[first]
			if first == 0 || s.x0 > o.columns[first-1].x1 {
				c.x0 = min(c.x0, s.x0)
			}
			if last == len(o.columns)-1 || s.x1 < o.columns[last+1].x0 {
				c.x1 = max(c.x1, s.x1)
			}
		}
	}
}

// measure finds how wide the texts of each column may grow before they wrap.
func (o *outline) measure() {
	o.limits, o.ends = make([]float64, len(o.columns)), make([]float64, len(o.columns))
	for _, line := range o.lines[o.header:] {
		for i := range line.segments {
			s := &line.segments[i]
			if first, last := spanOf(o.columns, s); first == last {
				o.limits[first], o.ends[first] = max(o.limits[first], s.width()), max(o.ends[first], s.x1)
			}
		}
	}
}

// bordered is the columns between the vertical lines to the left and the right of a
// text of a header line that stands alone in the middle between them, when there are
// several.
func (o *outline) bordered(line *textLine, i int) (span, bool) {
	s, y := &line.segments[i], line.y
	left, right := o.box.X0, o.box.X1
	found := false
	for _, r := range o.borders {
		if r.From > y || r.To < y || r.At <= o.box.X0+minCell || r.At >= o.box.X1-minCell {
			continue
		}
		found = true
		if r.At <= s.middle() {
			left = max(left, r.At)
		} else {
			right = min(right, r.At)
		}
	}
	alone := (i == 0 || line.segments[i-1].middle() < left) && (i+1 == len(line.segments) || line.segments[i+1].middle() > right)
	if !found || !alone || math.Abs((left+right)/2-s.middle()) > 2*centreOff*s.size {
		return span{}, false
	}
	columns := span{-1, -1}
	for c := range o.columns {
		if m := (o.columns[c].x0 + o.columns[c].x1) / 2; m > left && m < right {
			if columns.first < 0 {
				columns.first = c
			}
			columns.last = c
		}
	}
	return columns, columns.first < columns.last
}

// nextBelow is the height of the next text of the header below line k in some of
// the columns.
func (o *outline) nextBelow(k int, columns span) float64 {
	for n := k + 1; n < o.header; n++ {
		for i := range o.lines[n].segments {
			if first, last := spanOf(o.columns, &o.lines[n].segments[i]); first <= columns.last && columns.first <= last {
				return o.lines[n].y
			}
		}
	}
	return o.lines[o.header-1].bottom
}

// shortRule is the ruling over or under a text of the header, between two heights,
// that does not go from side to side: it joins the columns that one text names.
func (o *outline) shortRule(y0, y1 float64, s *segment) (Ruling, bool) {
	i := sort.Search(len(o.rules), func(i int) bool { return o.rules[i].At > y0 })
	for ; i < len(o.rules) && o.rules[i].At < y1; i++ {
		r := o.rules[i]
		if m := s.middle(); r.Thickness != 0 && r.From <= m && m <= r.To && r.To-r.From < wideRule*o.box.Width() {
			return r, true
		}
	}
	return Ruling{}, false
}

// columnsOver widens a span to the columns whose middle lies over a ruling.
func (o *outline) columnsOver(r Ruling, s span) span {
	for c := range o.columns {
		if m := (o.columns[c].x0 + o.columns[c].x1) / 2; r.From <= m && m <= r.To {
			s.first, s.last = min(s.first, c), max(s.last, c)
		}
	}
	return s
}

// add widens the column by a segment.
func (c *column) add(s *segment) {
	if c.lines == 0 {
		c.x0, c.x1 = s.x0, s.x1
	}
	c.x0, c.x1, c.lines = min(c.x0, s.x0), max(c.x1, s.x1), c.lines+1
}

// uniteSpans joins spans that share a column; the result is sorted.
func uniteSpans(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int {
		if a.first != b.first {
			return a.first - b.first
		}
		return a.last - b.last
	})
	united := spans[:0]
	for _, s := range spans {
		if n := len(united); n > 0 && s.first <= united[n-1].last {
			united[n-1].last = max(united[n-1].last, s.last)
			continue
		}
		united = append(united, s)
	}
	return united
}

// bodyRows groups the lines below the header.
func (o *outline) bodyRows() []row {
	var rows []row
	step := o.usualStep()
	o.grouped = o.groups()
	o.rowStep = o.wrapStep()
	anchors := o.anchors()
	anchored := false // the row has a line with figures
	for k := o.header; k < len(o.lines); k++ {
		spans := o.spans(k)
		if n := len(rows); n > 0 && !(anchored && o.leadsTo(k, anchors)) && o.sameRow(&rows[n-1], k, spans, step) {
			anchored = anchored || anchors[k]
			if !o.byRule && o.lines[k].y-o.lines[k-1].y >= sameRowStep*o.lines[k].size {
				o.doubts.WrappedLines++
			}
			rows[n-1].end = k + 1
			rows[n-1].spans = uniteSpans(append(rows[n-1].spans, spans...))
			continue
		}
		anchored = anchors[k]
		rows = append(rows, row{k, k + 1, uniteSpans(spans)})
	}
	return rows
}

// leadsTo tells whether line k has no figures and overlaps in height with a line below
// that has: the upper line of a label beside them.
func (o *outline) leadsTo(k int, anchors []bool) bool {
	for n := k; n+1 < len(o.lines) && !o.byRule; n++ {
		if anchors[n] {
			return n > k
		}
		if o.lines[n+1].y-o.lines[n].y >= sameRowStep*min(o.lines[n].size, o.lines[n+1].size) {
			return false
		}
	}
	return false
}

func (o *outline) spans(k int) []span {
	line := &o.lines[k]
	spans := make([]span, len(line.segments))
	for i := range line.segments {
		first, last := spanOf(o.columns, &line.segments[i])
		spans[i] = span{first, last}
	}
	return spans
}

// usualStep is the distance between rows: the median over the lines that fill
// most columns.
func (o *outline) usualStep() float64 {
	var steps []float64
	last := -1
	for k := o.header; k < len(o.lines); k++ {
		if len(o.lines[k].segments) < 2 {
			continue
		}
		if last >= 0 {
			steps = append(steps, o.lines[k].y-o.lines[last].y)
		}
		last = k
	}
	if len(steps) == 0 {
		return 0
	}
	slices.Sort(steps)
	return steps[len(steps)/2]
}

// sameRow tells whether line k goes on with the row above it.
func (o *outline) sameRow(r *row, k int, spans []span, step float64) bool {
	above, line := &o.lines[k-1], &o.lines[k]
	if _, ok := o.ruleBetween(above.y, line.y, wideRule); ok {
		return false
	}
	if o.byRule {
		return true
	}
	distance := line.y - above.y
	if distance < sameRowStep*min(line.size, above.size) {
		return true
	}
	if o.rowStep > 0 {
		return distance <= o.rowStep
	}
	if distance > leading*line.size || o.figuresIn(spans) && o.figuresIn(r.spans) {
		return false
	}
	if len(spans) > 1 && len(spans) >= len(above.segments) {
		return false // all wrap at once in no table but by chance
	}
	if distance < tightStep*step && o.standsBy(k) && o.continuesAll(r, spans) {
		return true
	}
	return !o.grouped && o.wrapped(above, line) && !o.startsRow(k, step) || o.goesOnBelow(k)
}

// standsBy tells whether line k stands nearer to the line above than the next row
// does to what is above it: lines at even distances say nothing.
func (o *outline) standsBy(k int) bool {
	for n := k + 1; n < len(o.lines); n++ {
		if len(o.lines[n].segments) > 1 {
			return o.lines[n].y-o.lines[n-1].y > nearer*(o.lines[k].y-o.lines[k-1].y)
		}
	}
	return true
}

// nearer: wrapped lines stand so many times nearer to each other than rows do.
const nearer = 1.15

// groups tells whether the lines with one text name the groups of rows that follow
// them: most would have fitted on the line above.
func (o *outline) groups() bool {
	wrapped, fitting := 0, 0
	for k := o.header + 1; k < len(o.lines); k++ {
		above, line := &o.lines[k-1], &o.lines[k]
		if len(line.segments) > 1 || len(above.segments) < 2 || line.y-above.y > leading*line.size || line.y-above.y < sameRowStep*line.size {
			continue
		}
		if o.wrapped(above, line) {
			wrapped++
		} else {
			fitting++
		}
	}
	return fitting > 1 && fitting >= 2*wrapped
}

// figuresIn tells whether a row has a text in a column of figures.
func (o *outline) figuresIn(spans []span) bool {
	for _, s := range spans {
		for c := s.first; c <= s.last; c++ {
			if o.figures[c] {
				return true
			}
		}
	}
	return false
}

// continuesAll tells whether each text stands under one of the row above, or
// beside those of a label that began above it.
func (o *outline) continuesAll(r *row, spans []span) bool {
	shared := false
	for _, s := range spans {
		for _, above := range r.spans {
			shared = shared || s.first <= above.last && above.first <= s.last
		}
	}
	return shared
}

// wrapped tells whether a line was broken where it is: in each column that both
// lines have, the first word below would not have fitted above.
func (o *outline) wrapped(above, line *textLine) bool {
	found := false
	for i := range line.segments {
		s := &line.segments[i]
		column, last := spanOf(o.columns, s)
		if column != last || o.figures[column] {
			continue
		}
		var upper *segment
		for k := range above.segments {
			if first, last := spanOf(o.columns, &above.segments[k]); first == column && last == column {
				upper = &above.segments[k]
			}
		}
		if upper == nil {
			continue
		}
		if s.item || o.limits[column] < wrapWidth*s.size || !o.broken(column, upper, s) {
			return false
		}
		found = true
	}
	return found
}

// wrapWidth: narrower columns hold words that need not be broken (share of the font
// size).
const wrapWidth = 3.0

// columnBoundaries lie in the middle of the rivers.
func (o *outline) columnBoundaries() []float64 {
	boundaries := []float64{o.box.X0}
	for c := 1; c < len(o.columns); c++ {
		boundaries = append(boundaries, (o.columns[c-1].x1+o.columns[c].x0)/2)
	}
	return append(boundaries, o.box.X1)
}

// gridRows are the boundaries between all rows: those of the header, then those below.
func (o *outline) gridRows(header headerGrid, rows []row) []float64 {
	boundaries := o.rowBoundaries(rows)
	if o.header == 0 {
		return boundaries
	}
	if len(rows) == 0 {
		return append(append([]float64{o.box.Y0}, header.inner...), o.box.Y1)
	}
	return slices.Insert(boundaries, 1, append(slices.Clone(header.inner), o.boundaryAt(o.header))...)
}

// rowBoundaries lie on the rulings between rows, or in the middle of their gaps.
func (o *outline) rowBoundaries(rows []row) []float64 {
	boundaries := []float64{o.box.Y0}
	for i := 1; i < len(rows); i++ {
		boundaries = append(boundaries, o.boundaryAt(rows[i].first))
	}
	return append(boundaries, o.box.Y1)
}

// boundaryAt is the height between line k and the line above.
func (o *outline) boundaryAt(k int) float64 {
	above, below := &o.lines[k-1], &o.lines[k]
	if at, ok := o.ruleBetween(above.y, below.y, 0); ok {
		o.drawnRows++
		return at
	}
	if above.bottom > below.top {
		return (above.y + below.y) / 2
	}
	return (above.bottom + below.top) / 2
}
