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
	figures []bool   // columns of figures
	header  int      // leading lines that are the header
	rules   []Ruling // horizontal, sorted by position, within the table's height
	borders []Ruling // vertical, within the table's width
	byRule  bool     // a ruling stands between all rows
	box     Box      // as rulings or text tell
	limits  []float64
	doubts  Doubts

	grouped   bool // lines with one text name the groups of rows below them
	drawnRows int  // boundaries between rows that are rulings
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
	o.uniteHeaderColumns()
	o.widen()
	o.measure()
	o.box.X0 = min(o.box.X0, o.columns[0].x0)
	o.box.X1 = max(o.box.X1, o.columns[len(o.columns)-1].x1)
	rows := o.headerRows()
	headerRows := len(rows)
	rows = append(rows, o.bodyRows()...)
	t := Table{Method: Stream, Box: o.box, Columns: o.columnBoundaries(), Rows: o.rowBoundaries(rows), Doubts: o.doubts}
	columns := len(o.columns)
	for _, column := range o.columns {
		t.Texts = append(t.Texts, [2]float64{column.x0, column.x1})
	}
	t.at = make([]int32, len(rows)*columns)
	for i := range t.at {
		t.at[i] = -1
	}
	for r := range rows {
		for _, s := range rows[r].spans {
			first, last := r, r
			if r < headerRows {
				first, last = o.headerSpan(rows[:headerRows], r, s)
			}
			t.place(first, s.first, last-first+1, s.last-s.first+1)
		}
	}
	for r := range rows {
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

// uniteHeaderColumns joins a name to the data that stand beside, not under it:
// numbers set to the left below a centred name.
func (o *outline) uniteHeaderColumns() {
	if o.header == 0 {
		return
	}
	named, filled := make([]bool, len(o.columns)), make([]bool, len(o.columns))
	for k := range o.lines {
		for i := range o.lines[k].segments {
			first, last := spanOf(o.columns, &o.lines[k].segments[i])
			for c := first; c <= last; c++ {
				named[c] = named[c] || k < o.header
				filled[c] = filled[c] || k >= o.header
			}
		}
	}
	columns, figures := slices.Clone(o.columns[:1]), slices.Clone(o.figures[:1])
	for c := 1; c < len(o.columns); c++ {
		last := &columns[len(columns)-1]
		if (named[c-1] != named[c]) && (filled[c-1] != filled[c]) && (named[c-1] != filled[c-1]) && o.columns[c].x0-last.x1 < besideName*o.lines[0].size {
			last.x1 = o.columns[c].x1
			figures[len(figures)-1] = figures[len(figures)-1] || o.figures[c]
			named[c], filled[c] = true, true
			continue
		}
		columns, figures = append(columns, o.columns[c]), append(figures, o.figures[c])
	}
	o.columns, o.figures = columns, figures
}

// besideName: data stand no further beside the name of their column.
const besideName = 3.0

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
	o.limits = make([]float64, len(o.columns))
	for _, line := range o.lines[o.header:] {
		for i := range line.segments {
			s := &line.segments[i]
			if first, last := spanOf(o.columns, s); first == last {
				o.limits[first] = max(o.limits[first], s.width())
			}
		}
	}
}

// headerRows groups the header's lines: a row ends under a text that spans columns
// with texts of their own below it, and at a ruling.
func (o *outline) headerRows() []row {
	var rows []row
	step := o.usualStep()
	for k := range o.header {
		spans := o.headerSpans(k)
		if n := len(rows); n > 0 && !o.endsHeaderRow(&rows[n-1], k, spans, step) {
			rows[n-1].end = k + 1
			rows[n-1].spans = uniteSpans(append(rows[n-1].spans, spans...))
			continue
		}
		rows = append(rows, row{k, k + 1, uniteSpans(spans)})
	}
	return rows
}

// endsHeaderRow tells whether a new row of the header begins at line k.
func (o *outline) endsHeaderRow(r *row, k int, spans []span, step float64) bool {
	last, line := &o.lines[k-1], &o.lines[k]
	if _, ok := o.ruleBetween(last.y, line.y, wideRule); ok {
		return true
	}
	numbers := true
	for i := range line.segments {
		s := &line.segments[i]
		numbers = numbers && s.content != words
		if _, ok := o.shortRule(o.lines[r.first].y, line.y, s); ok {
			return true
		}
	}
	shared := 0
	for _, above := range r.spans {
		for _, s := range spans {
			if s.first < above.first || s.last > above.last {
				continue
			}
			if above.first < above.last && above != s {
				return true
			}
			shared++
		}
	}
	if numbers && shared == len(r.spans) && len(spans) >= len(o.columns)-1 {
		return true // a row of column numbers
	}
	distance := line.y - last.y
	return shared > 0 && distance > leading*line.size || shared*2 > len(o.columns) && distance > 0.9*step && distance > 1.35*line.size
}

// headerSpans are the columns that the texts of a header line stand over.
func (o *outline) headerSpans(k int) []span {
	line := &o.lines[k]
	spans := make([]span, len(line.segments))
	for i := range line.segments {
		first, last := spanOf(o.columns, &line.segments[i])
		spans[i] = span{first, last}
	}
	if k+1 >= o.header {
		return spans
	}
	below := make([]column, len(o.columns)) // the header's texts below
	for n := k + 1; n < o.header; n++ {
		for i := range o.lines[n].segments {
			first, last := spanOf(o.columns, &o.lines[n].segments[i])
			if s := &o.lines[n].segments[i]; first == last {
				below[first].add(s)
			}
		}
	}
	for i := range spans {
		s := &line.segments[i]
		if bordered, ok := o.bordered(line, i); ok {
			spans[i] = bordered
			continue
		}
		if rule, ok := o.shortRule(line.y, o.nextBelow(k, spans[i]), s); ok {
			spans[i] = o.columnsOver(rule, spans[i])
			continue
		}
		from, to := 0, len(o.columns)-1
		if i > 0 {
			from = spans[i-1].last + 1
		}
		if i+1 < len(spans) {
			to = spans[i+1].first - 1
		}
		spans[i] = o.centred(s, spans[i], from, to, below)
	}
	return spans
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
		if m := s.middle(); r.From <= m && m <= r.To && r.To-r.From < wideRule*o.box.Width() {
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

// centred widens a span to the columns, all with texts below, that the text is
// centred over: to the nearest middle, or as far as it goes when the text is wider
// than all below it in its own column.
func (o *outline) centred(s *segment, own span, from, to int, below []column) span {
	narrow := false
	for c := own.first; c <= own.last; c++ {
		if below[c].lines == 0 {
			return own
		}
		narrow = narrow || s.width() <= max(o.limits[c], below[c].width())
	}
	off := func(w span) float64 { return math.Abs((below[w.first].x0+below[w.last].x1)/2 - s.middle()) }
	best, limit := own, off(own)
	centred := limit <= centreOff*s.size
	if centred && narrow {
		return own
	}
	for first := own.first; first >= from && below[first].lines > 0; first-- {
		for last := own.last; last <= to && below[last].lines > 0; last++ {
			w := span{first, last}
			d := off(w)
			if centred && d <= centreOff*s.size && last-first > best.last-best.first || !centred && d < limit/2 {
				best = w
				if !centred {
					limit = 2 * d
				}
			}
		}
	}
	return best
}

// add widens the column by a segment.
func (c *column) add(s *segment) {
	if c.lines == 0 {
		c.x0, c.x1 = s.x0, s.x1
	}
	c.x0, c.x1, c.lines = min(c.x0, s.x0), max(c.x1, s.x1), c.lines+1
}

// centreOff: a text this close to the middle of its columns is centred.
const centreOff = 0.75

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

// headerSpan is the range of header rows of a text: blank cells above belong to
// it, and below it when it stands over one column.
func (o *outline) headerSpan(rows []row, r int, s span) (first, last int) {
	free := func(k int) bool {
		for _, other := range rows[k].spans {
			if other.first <= s.last && s.first <= other.last {
				return false
			}
		}
		return true
	}
	first, last = r, r
	for first > 0 && free(first-1) {
		first--
	}
	if s.first < s.last {
		return first, last
	}
	for k := r + 1; k < len(rows); k++ {
		if !free(k) {
			return first, r
		}
		last = k
	}
	return first, last
}

// bodyRows groups the lines below the header.
func (o *outline) bodyRows() []row {
	var rows []row
	step := o.usualStep()
	o.grouped = o.groups()
	for k := o.header; k < len(o.lines); k++ {
		spans := o.spans(k)
		if n := len(rows); n > 0 && o.sameRow(&rows[n-1], k, spans, step) {
			if !o.byRule && o.lines[k].y-o.lines[k-1].y >= sameRowStep*o.lines[k].size {
				o.doubts.WrappedLines++
			}
			rows[n-1].end = k + 1
			rows[n-1].spans = uniteSpans(append(rows[n-1].spans, spans...))
			continue
		}
		rows = append(rows, row{k, k + 1, uniteSpans(spans)})
	}
	return rows
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
	if distance > leading*line.size || o.figuresIn(spans) && o.figuresIn(r.spans) {
		return false
	}
	if len(spans) > 1 && len(spans) >= len(above.segments) {
		return false // all wrap at once in no table but by chance
	}
	return distance < tightStep*step && o.standsBy(k) && o.continuesAll(r, spans) || !o.grouped && o.wrapped(above, line)
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
		aligned := math.Abs(upper.x0-s.x0) < indentation*s.size || math.Abs(upper.middle()-s.middle()) < 0.5*s.size
		if !aligned || o.limits[column] < wrapWidth*s.size || upper.width()+spaceGap*s.size/2+s.firstWord <= o.limits[column]+0.3*s.size {
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

// rowBoundaries lie on the rulings between rows, or in the middle of their gaps.
func (o *outline) rowBoundaries(rows []row) []float64 {
	boundaries := []float64{o.box.Y0}
	for i := 1; i < len(rows); i++ {
		above, below := &o.lines[rows[i].first-1], &o.lines[rows[i].first]
		at, ok := o.ruleBetween(above.y, below.y, 0)
		if ok {
			o.drawnRows++
		} else {
			at = (above.bottom + below.top) / 2
			if above.bottom > below.top {
				at = (above.y + below.y) / 2
			}
		}
		boundaries = append(boundaries, at)
	}
	return append(boundaries, o.box.Y1)
}
