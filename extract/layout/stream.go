package layout

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

const (
	// gappedEnough: a table without rulings shows its columns on so many lines.
	gappedEnough = 3
	// rulesEnough: three rules make a table: over the header, under it, at the end.
	rulesEnough = 3
	// minRule: shorter rulings are underlines (points).
	minRule = 60.0
	// ruleEnds: the rules of one table begin and end together (points).
	ruleEnds = 4.0
	// doubleRule: rules closer than this are one, drawn twice (points).
	doubleRule = 4.0
	// maxStacks: a page with more sets of equal rules is a drawing.
	maxStacks = 64
	// proseLines: so many lines of running text between two rules are no cell.
	proseLines = 5
	// maxHeader: lines of a header over a table without rulings.
	maxHeader = 8
)

// streamer finds the tables of a page whose columns no ruling parts: with rules
// between rows, under the header, or with none at all.
//
// Columns are the white rivers that run through consecutive lines, as in Kieninger
// ("Table Structure Recognition Based on Robust Block Segmentation", 1998) and Oro
// and Ruffolo ("PDF-TREX", 2009); whether a block is a table is judged, as in
// Nurminen (2013), by how the edges of its texts line up.
type streamer struct {
	rulings []Ruling // all of the page, and where the rows of frames are parted
	// merged rulings of the page, sorted by position, made when first needed
	horizontals, verticals []Ruling
	rules                  []Ruling // horizontal ones in no lattice table, sorted by position
	lattice                []Table
	reader                 *reader
	list                   []placed // the glyphs of the lines
	lines                  []textLine
	tables                 []Table
	filled                 []float64 // of each table found, the share of its cells with a text
}

// mayBeStream tells whether a page is worth a closer look: some lines have gaps, or
// one has and there are rules.
func mayBeStream(gapped int, loose []Ruling) bool {
	return gapped >= gappedEnough || gapped > 0 && len(loose) >= rulesEnough
}

// openCell: a gap this wide inside a cell may lie between two columns (share of the
// font size).
const openCell = 1.2

// frameKind is why a lattice table may be the frame of another table.
type frameKind uint8

const (
	closed     frameKind = iota // it is none
	open                        // its cells may hold several columns
	shadedRows                  // nothing of it is drawn but shades
)

// frames marks the lattice tables that may be the frame of a table whose columns no
// ruling parts: those with one column, those with wide gaps inside their cells
// on as many lines as every other row, and those that are drawn by shades alone. It is
// nil when there are none.
func (r *reader) frames(tables []Table, byOwner []int32, starts []int) []frameKind {
	var frames []frameKind
	cell := 0
	for i := range tables {
		t := &tables[i]
		gapped := 0
		for range t.Cells {
			gapped += r.gappedInCell(byOwner[starts[cell]:starts[cell+1]])
			cell++
		}
		rows := len(t.Rows) - 1
		kind := open
		if gapped == 0 || len(t.Columns) > 2 && (gapped <= gappedEnough || gapped*2 < rows) {
			if !t.shaded() {
				continue
			}
			kind = shadedRows
		}
		if frames == nil {
			frames = make([]frameKind, len(tables))
		}
		frames[i] = kind
	}
	return frames
}

// gappedInCell counts the lines of a cell on which glyphs, in the order in which
// they are painted, leave a wide gap.
func (r *reader) gappedInCell(glyphs []int32) int {
	count := 0
	var last *Glyph         // that is no space
	counted := math.Inf(-1) // bottom of the line counted last
	for _, i := range glyphs {
		g := &r.glyphs[i]
		if isSpace(g.Text) {
			continue
		}
		if last != nil && g.Box.X0-last.Box.X1 > openCell*g.Size && g.Box.Y0 < last.Box.Y1 && last.Box.Y0 < g.Box.Y1 && g.Box.Y0 > counted {
			counted = (g.Box.Y0 + g.Box.Y1) / 2
			count++
		}
		last = g
	}
	return count
}

// addStreamTables finds tables in the text outside the lattice tables and inside
// frames, and puts them beside the lattice tables, or in a frame's place if they show
// more columns.
func (r *reader) addStreamTables(byOwner []int32, starts []int, rulings, loose []Ruling, lattice []Table, frames []frameKind) ([]Table, bool) {
	indices := byOwner[:starts[0]:starts[0]]
	rules := longRules(loose)
	given := len(rulings)
	rulings = slices.Clip(rulings)
	var kept, framing []Table
	cell := 0
	for i := range lattice {
		t := &lattice[i]
		first := cell
		cell += len(t.Cells)
		if frames == nil || frames[i] == closed {
			kept = append(kept, *t)
			continue
		}
		framing = append(framing, *t)
		indices = append(indices, byOwner[starts[first]:starts[cell]]...)
		for _, y := range t.Rows {
			rule := Ruling{Horizontal: true, At: y, From: t.Box.X0, To: t.Box.X1}
			rules, rulings = append(rules, rule), append(rulings, rule)
		}
	}
	slices.SortStableFunc(rules, func(a, b Ruling) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.From, b.From)) })
	list := r.arrange(r.byTurn(indices)[0])
	s := streamer{rulings: rulings, rules: rules, lattice: kept, reader: r, list: list, lines: r.textLines(list)}
	s.cutAtBorders()
	s.ruledTables()
	for _, zone := range s.zones() {
		s.unruledTables(zone, 0)
	}
	tables := slices.Clone(kept)
	obstructed := false // by a frame that is a table
	next := 0
	for i := range frames {
		if frames[i] == closed {
			continue
		}
		if frame := &framing[next]; !s.replaces(frame, frames[i]) {
			tables = append(tables, *frame)
			if overlap(frame.Box, s.tables) {
				frames[i], obstructed = closed, true
			}
		}
		next++
	}
	if obstructed {
		return r.addStreamTables(byOwner, starts, rulings[:given:given], loose, lattice, frames)
	}
	count := len(tables)
	for _, found := range s.tables {
		if !overlap(found.Box, tables[:count]) {
			tables = append(tables, found)
		}
	}
	if len(tables) == count {
		return nil, false
	}
	sortTables(tables)
	return tables, true
}

const (
	// framedRows: a table inside a frame that has columns of its own shows its columns
	// on so many rows.
	framedRows = 8
	// framedShare: and so much of it is filled; spread words are in few cells.
	framedShare = 0.6
)

// replaces tells whether a table was found inside a frame that shows more columns
// than the frame does, and most of its rows. If rulings part columns of the frame,
// it must be a full table and have white space where they run.
func (s *streamer) replaces(frame *Table, kind frameKind) bool {
	for i := range s.tables {
		t := &s.tables[i]
		if t.Box.Intersect(frame.Box).Empty() {
			continue
		}
		if t.holds(frame) {
			return true
		}
		if kind != open || len(t.Columns) <= len(frame.Columns) || len(t.Rows)*2 <= len(frame.Rows) {
			continue
		}
		if len(frame.Columns) == 2 || len(t.Rows) > framedRows && s.filled[i] >= framedShare && t.partedAt(frame.Columns) {
			return true
		}
	}
	return false
}

// shaded tells whether nothing of a table is drawn but shades: it may be the header of a
// larger one, or its rows with a shade.
func (t *Table) shaded() bool { return t.Evidence.RowLines == 0 && t.Evidence.ColumnLines == 0 }

// holds tells whether a table goes on over or under a shaded one, with the same rows
// in it and with its columns.
func (t *Table) holds(shaded *Table) bool {
	if !shaded.shaded() || len(t.Columns) < len(shaded.Columns) {
		return false
	}
	b, o := t.Box, shaded.Box
	inside, beyond := 0, 0
	for _, y := range t.Rows[1 : len(t.Rows)-1] {
		switch {
		case y > o.Y0+crossTolerance && y < o.Y1-crossTolerance:
			inside++
		case y < o.Y0-crossTolerance || y > o.Y1+crossTolerance:
			beyond++
		}
	}
	return inside == len(shaded.Rows)-2 && beyond > 0 && b.Y0 <= o.Y0+crossTolerance && b.Y1 >= o.Y1-crossTolerance && b.X0 <= o.X0+minColumn && b.X1 >= o.X1-minColumn
}

// overhang: the widest text of a column may reach so far over a line beside it (points).
const overhang = 3.0

// partedAt tells whether the inner boundaries lie between the texts of the columns.
func (t *Table) partedAt(boundaries []float64) bool {
	for _, x := range boundaries[1 : len(boundaries)-1] {
		if x <= t.Texts[0][1]-overhang || x >= t.Texts[len(t.Texts)-1][0]+overhang ||
			slices.ContainsFunc(t.Texts, func(text [2]float64) bool { return x >= text[0]+overhang && x <= text[1]-overhang }) {
			return false
		}
	}
	return true
}

func overlap(box Box, tables []Table) bool {
	for i := range tables {
		if !box.Intersect(tables[i].Box).Empty() {
			return true
		}
	}
	return false
}

// longRules keeps the rulings that may go over a table's width.
func longRules(rulings []Ruling) []Ruling {
	var rules []Ruling
	for _, r := range rulings {
		if r.To-r.From >= minRule {
			rules = append(rules, r)
		}
	}
	return rules
}

// stack is a set of rules under each other that begin and end together.
type stack struct {
	from, to float64
	at       []float64
}

// stacks groups the rules by their ends.
func (s *streamer) stacks() []stack {
	if len(s.rules) < rulesEnough {
		return nil
	}
	byEnds := slices.Clone(s.rules)
	slices.SortFunc(byEnds, func(a, b Ruling) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.At, b.At))
	})
	var stacks []stack
	for start := 0; start < len(byEnds); {
		end := start + 1
		for end < len(byEnds) && byEnds[end].From-byEnds[start].From <= ruleEnds {
			end++
		}
		same := byEnds[start:end]
		slices.SortFunc(same, func(a, b Ruling) int { return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.At, b.At)) })
		for first := 0; first < len(same); {
			last := first + 1
			for last < len(same) && same[last].To-same[first].To <= ruleEnds {
				last++
			}
			if st := newStack(same[first:last]); len(st.at) >= rulesEnough {
				stacks = append(stacks, st)
			}
			first = last
		}
		start = end
	}
	if len(stacks) > maxStacks {
		return nil
	}
	slices.SortFunc(stacks, func(a, b stack) int {
		return cmp.Or(cmp.Compare(b.to-b.from, a.to-a.from), cmp.Compare(a.at[0], b.at[0]))
	})
	return stacks
}

func newStack(rules []Ruling) stack {
	st := stack{from: rules[0].From, to: rules[0].To}
	at := make([]float64, len(rules))
	for i, r := range rules {
		st.from, st.to = min(st.from, r.From), max(st.to, r.To)
		at[i] = r.At
	}
	slices.Sort(at)
	for _, y := range at {
		if n := len(st.at); n > 0 && y-st.at[n-1] < doubleRule {
			st.at[n-1] = y
			continue
		}
		st.at = append(st.at, y)
	}
	return st
}

// band is the room between two rules of a stack.
type band struct {
	top, bottom float64
	first, end  int     // lines
	gapped      int     // lines with two texts or more
	prose       int     // lines of running text
	labelled    int     // lines with a label and a value
	size, room  float64 // of its first line, and above it
	heading     bool    // a lone text stands apart at its end: the rule underlines a heading
	title       bool    // a lone text is larger than those of the first band
}

// ruledTables finds tables in stacks of rules: the rules tell their extent.
func (s *streamer) ruledTables() {
	for _, st := range s.stacks() {
		lines := s.within(st.from-ruleEnds, st.to+ruleEnds, st.at[0], st.at[len(st.at)-1])
		if len(lines) == 0 || struck(lines, st) {
			continue
		}
		bands := bandsOf(lines, st)
		for first := 0; first < len(bands); {
			if !bands[first].tabular() {
				first++
				continue
			}
			end := first + 1
			for n := end; n < len(bands) && !bands[n].title && (bands[n].tabular() || bands[n].lone()); n++ {
				if bands[n].tabular() {
					end = n + 1
				}
			}
			s.ruledBlock(lines, bands[first:end], st)
			first = end
		}
	}
}

// struck tells whether many rules of a stack run through texts: the edges of stripes that
// were laid over the page without regard to its lines.
func struck(lines []textLine, st stack) bool {
	count := 0
	for _, at := range st.at {
		i := sort.Search(len(lines), func(i int) bool { return lines[i].y+strikeOff*lines[i].size > at })
		if i < len(lines) && lines[i].y-strikeOff*lines[i].size < at {
			count++
		}
	}
	return count >= rulesEnough && count*struckShare > len(st.at)
}

const (
	// strikeOff: a rule this near to the middle of a line runs through its letters (share
	// of the font size).
	strikeOff = 0.25
	// struckShare: one rule of so many may do so.
	struckShare = 4
)

// within copies the lines between two heights, with the segments whose middle
// lies between two columns of the page.
func (s *streamer) within(x0, x1, y0, y1 float64) []textLine {
	var lines []textLine
	i := sort.Search(len(s.lines), func(i int) bool { return s.lines[i].y >= y0 })
	for ; i < len(s.lines) && s.lines[i].y <= y1; i++ {
		if line, ok := s.lines[i].part(x0, x1); ok {
			lines = append(lines, line)
		}
	}
	return lines
}

// part is the stretch of a line between two positions.
func (l *textLine) part(x0, x1 float64) (textLine, bool) {
	line := *l
	first := sort.Search(len(l.segments), func(i int) bool { return l.segments[i].middle() >= x0 })
	end := sort.Search(len(l.segments), func(i int) bool { return l.segments[i].middle() > x1 })
	if first >= end {
		return textLine{}, false
	}
	line.segments = l.segments[first:end:end]
	return line, true
}

func bandsOf(lines []textLine, st stack) []band {
	bands := make([]band, 0, len(st.at)-1)
	next := 0
	for i := 1; i < len(st.at); i++ {
		b := band{top: st.at[i-1], bottom: st.at[i], first: next}
		for next < len(lines) && lines[next].y < b.bottom {
			line := &lines[next]
			if len(line.segments) > 1 {
				b.gapped++
			}
			if line.running(st.to - st.from) {
				b.prose++
			}
			if labelled(line) {
				b.labelled++
			}
			b.title = b.title || len(line.segments) == 1 && line.size > titleGrowth*lines[0].size
			next++
		}
		b.end = next
		if b.end > b.first {
			b.size, b.room = lines[b.first].size, lines[b.first].top-b.top
		}
		if n := b.end - b.first; n > 1 {
			last, before := &lines[b.end-1], &lines[b.end-2]
			b.heading = len(last.segments) == 1 && last.y-before.y > leading*last.size
		}
		bands = append(bands, b)
	}
	return bands
}

// running tells whether a line is running text: it is long and fills the width.
func (l *textLine) running(width float64) bool {
	glyphs, filled := 0, 0.0
	for i := range l.segments {
		glyphs += l.segments[i].glyphs
		filled += l.segments[i].width()
	}
	return glyphs >= proseGlyphs && (len(l.segments) == 1 && filled > 0.55*width || len(l.segments) == 2 && filled > 0.8*width)
}

func (b *band) tabular() bool {
	n := b.end - b.first
	return b.gapped > 0 && b.prose*3 <= n && (b.prose < proseLines || b.prose*5 < n) && b.labelled*2 <= n
}

// lone tells whether one text stands between two rules: the name of a group of rows,
// or a row that is blank but for its label. A long one fills the room to the rules.
func (b *band) lone() bool {
	n := b.end - b.first
	if n == 0 || n > pendingLines || b.gapped > 0 {
		return false
	}
	return b.prose == 0 && b.bottom-b.top < loneHeight || b.bottom-b.top < tightBand*b.size*float64(n)
}

// titleGrowth: a text so much larger than those of a table is the title of the next.
const titleGrowth = 1.2

// tightBand: a text fills the room between two rules that is less high than so many
// times its size, for each of its lines.
const tightBand = 2.0

// loneHeight: what stands alone between two rules further apart than this is the
// title of the next table (points).
const loneHeight = 45.0

// ruledBlock makes a table of bands that follow each other, or one each of the bands
// over and under the widest room above a text, when they have no columns in common.
func (s *streamer) ruledBlock(lines []textLine, bands []band, st stack) {
	if len(bands)+1 < rulesEnough || s.ruledTable(lines, bands, st) {
		return
	}
	at, widest := 0, 0.0
	for i := 1; i < len(bands); i++ {
		if b := &bands[i]; b.room > blockRoom*b.size && b.room > widest {
			at, widest = i, b.room
		}
	}
	if at > 0 {
		s.ruledBlock(lines, bands[:at], st)
		s.ruledBlock(lines, bands[at:], st)
	}
}

// blockRoom: so much room under a rule, before the first text below it, may part two
// tables (share of the font size).
const blockRoom = 1.5

// ruledTable makes a table of bands that follow each other, if it can.
func (s *streamer) ruledTable(lines []textLine, bands []band, st stack) bool {
	headings := 0
	for i := range bands[:len(bands)-1] {
		if bands[i].heading {
			headings++
		}
	}
	if headings*2 >= len(bands)-1 {
		return false // rules under headings
	}
	first, end := bands[0].first, bands[len(bands)-1].end
	lines = lines[first:end]
	box := Box{X0: st.from, X1: st.to, Y0: bands[0].top, Y1: bands[len(bands)-1].bottom}
	for i := range lines {
		box.X0, box.X1 = min(box.X0, lines[i].left()), max(box.X1, lines[i].right())
	}
	if s.overlaps(box) {
		return false
	}
	header := headInBand(lines[:bands[0].end-first])
	g := grower{lines: lines, header: header, recut: s.recut}
	b := g.gather()
	if len(b.columns) < 2 || b.gapped < 2 || float64(b.odd) > oddShareRuled*float64(b.gapped) {
		return false
	}
	o := outline{
		lines: lines, columns: b.columns, box: box, header: header,
		rules: s.rulesIn(box), doubts: Doubts{OddLines: b.odd},
	}
	if s.headerAlone(&o) {
		return false
	}
	o.byRule = separated(&o, bands, first)
	statistics := o.judge()
	if statistics.proseColumns() == len(statistics) {
		return false // running text in columns, between the rules of a page
	}
	o.figures = statistics.figures()
	for _, b := range bands[1 : len(bands)-1] {
		if header < bands[0].end-first || !o.namesColumns(b.first-first, b.end-first) {
			break
		}
		o.header = b.end - first
	}
	s.settleColumns(&o)
	s.openTop(&o, st)
	s.add(o)
	return true
}

// headInBand counts the lines of the header in the first band: all, or those above the
// first figures where rows follow in the band, since the next rule stands over the total.
func headInBand(lines []textLine) int {
	for k := range lines {
		figured := 0
		for i := range lines[k].segments {
			if t := &lines[k].segments[i]; t.content == figures && !isYear(t) {
				figured++
			}
		}
		if figured > 1 && !numberLine(&lines[k]) {
			if len(lines)-k >= gappedEnough {
				return k
			}
			break
		}
	}
	if len(lines) > 2*maxHeader {
		return 1 // words, row after row
	}
	return len(lines)
}

// headerAlone tells whether the rules hold names and numbers of columns only, and figures
// below go on with their columns: rules, or shades, of a header.
func (s *streamer) headerAlone(o *outline) bool {
	for k := range o.lines {
		if line := &o.lines[k]; !numberLine(line) && slices.ContainsFunc(line.segments, func(t segment) bool { return t.content != words && !isYear(&t) }) {
			return false
		}
	}
	below := s.within(o.box.X0, o.box.X1, o.box.Y1, o.box.Y1+lineStep*o.lines[0].size)
	for k := range below {
		if line := &below[k]; len(line.segments)*2 >= len(o.columns) && slices.ContainsFunc(line.segments, func(t segment) bool { return t.content == figures }) {
			return true
		}
	}
	return false
}

// namesColumns tells whether lines that stand between two rules under the header are
// more of it: each has texts over most columns, and no figure.
func (o *outline) namesColumns(first, end int) bool {
	if !slices.Contains(o.figures, true) || first == end {
		return false
	}
	for k := first; k < end; k++ {
		line := &o.lines[k]
		if numberLine(line) {
			continue
		}
		if len(line.segments)*2 <= len(o.columns) || slices.ContainsFunc(line.segments, func(s segment) bool { return s.content != words }) {
			return false
		}
	}
	return true
}

// openTop takes the header of a table whose first rule stands under it: right above
// the rule, texts over most of the columns.
func (s *streamer) openTop(o *outline, st stack) {
	size := o.lines[0].size
	above := s.within(st.from-ruleEnds, st.to+ruleEnds, o.box.Y0-openHeader*size, o.box.Y0)
	if len(above) == 0 || above[len(above)-1].y < o.box.Y0-headerStep*size {
		return
	}
	whole := *o
	o.header = 0
	o.addHeader(above, s)
	named := make([]bool, len(o.columns))
	count := 0
	for k := range o.header {
		for _, span := range o.spans(k) {
			for c := span.first; c <= span.last; c++ {
				if !named[c] {
					named[c] = true
					count++
				}
			}
		}
	}
	if count*3 < len(o.columns)*2 {
		*o = whole
		return
	}
	o.box.Y0 = o.lines[0].top - textMargin*size
	o.rules = s.rulesIn(o.box)
}

// openHeader: a header without a rule over it is no higher (share of the font size).
const openHeader = 8.0

// separated tells whether each row stands between two rules of its own: where a
// band holds several lines, they are one wrapped row, with no second figure in any
// column.
func separated(o *outline, bands []band, offset int) bool {
	if len(bands) < 3 {
		return false
	}
	single := 0
	for _, b := range bands[1:] {
		seen := make([]int, len(o.columns))
		rows, full := 1, 0
		for k := b.first - offset; k < b.end-offset; k++ {
			line := &o.lines[k]
			if len(line.segments)*2 > len(o.columns) {
				full++
			}
			for i := range line.segments {
				if c, last := spanOf(o.columns, &line.segments[i]); c == last && line.segments[i].content == figures {
					seen[c]++
					rows = max(rows, seen[c])
				}
			}
		}
		if rows == 1 && full <= 2 {
			single++
		}
	}
	return single*5 >= (len(bands)-1)*4
}

// rulesIn are the horizontal rulings inside a box, of any length.
func (s *streamer) rulesIn(box Box) []Ruling {
	if s.horizontals == nil {
		s.horizontals = mergeRulings(s.rulings, true)
	}
	var rules []Ruling
	for _, r := range between(s.horizontals, box.Y0+1, box.Y1-1) {
		if min(r.To, box.X1)-max(r.From, box.X0) > 0.8*(r.To-r.From) {
			rules = append(rules, r)
		}
	}
	return rules
}

// bordersIn are the vertical rulings inside a box, none when they are a hatching.
func (s *streamer) bordersIn(box Box) []Ruling {
	if s.verticals == nil {
		s.verticals = mergeRulings(s.rulings, false)
	}
	borders := between(s.verticals, box.X0, box.X1)
	if len(borders) > hatching {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(borders), func(r Ruling) bool { return r.To < box.Y0 || r.From > box.Y1 })
}

// cutAtBorders cuts texts at the vertical rulings that run between their words: names
// and figures that all but touch a line stand in two columns.
func (s *streamer) cutAtBorders() {
	if s.verticals == nil {
		s.verticals = mergeRulings(s.rulings, false)
	}
	if len(s.verticals) == 0 || len(s.verticals) > hatching {
		return
	}
	for k := range s.lines {
		line := &s.lines[k]
		var borders []float64
		for i := range line.segments {
			t := &line.segments[i]
			for _, r := range between(s.verticals, t.x0, t.x1) {
				if r.From < line.top && r.To > line.bottom && r.To-r.From >= borderLines*line.size {
					borders = append(borders, r.At)
				}
			}
		}
		if len(borders) == 0 {
			continue
		}
		var cut []segment
		first := line.first
		for _, at := range append(borders, math.Inf(1)) {
			end := first
			for end < line.end && (s.list[end].start+s.list[end].end)/2 < at {
				end++
			}
			cut, _ = s.reader.segmentLine(cut, s.list[first:end], segmentGap)
			first = end
		}
		line.segments = cut
	}
}

// borderLines: a vertical ruling that parts columns is at least so many lines high
// (share of the font size).
const borderLines = 2.5

// between are the rulings, sorted by position, that lie between two positions.
func between(rulings []Ruling, from, to float64) []Ruling {
	first := sort.Search(len(rulings), func(i int) bool { return rulings[i].At > from })
	end := first + sort.Search(len(rulings)-first, func(i int) bool { return rulings[first+i].At >= to })
	return rulings[first:end]
}

func (s *streamer) overlaps(box Box) bool { return overlap(box, s.lattice) || overlap(box, s.tables) }

// add makes the table and takes its text out of the lines.
func (s *streamer) add(o outline) {
	o.borders = s.bordersIn(o.box)
	s.partNamed(&o)
	t := o.table()
	s.witness(&t, &o)
	texts := 0
	for i := range o.lines {
		texts += len(o.lines[i].segments)
	}
	s.tables = append(s.tables, t)
	s.filled = append(s.filled, float64(texts)/float64(len(t.Cells)))
	i := sort.Search(len(s.lines), func(i int) bool { return s.lines[i].y >= o.box.Y0 })
	for ; i < len(s.lines) && s.lines[i].y <= o.box.Y1; i++ {
		line := &s.lines[i]
		kept := make([]segment, 0, len(line.segments))
		for _, segment := range line.segments {
			if m := segment.middle(); m < o.box.X0 || m > o.box.X1 {
				kept = append(kept, segment)
			}
		}
		line.segments = kept
	}
}

// recut cuts a line at narrow gaps where the columns found so far allow it: texts
// that all but touch, each within a column of its own.
func (s *streamer) recut(line *textLine, columns []column) bool {
	cut, _ := s.reader.segmentLine(nil, s.list[line.first:line.end], tightGap)
	var joined []segment
	last := -1
	for _, word := range cut {
		if word.x0 < line.left() || word.x1 > line.right() {
			continue
		}
		first, end := spanOf(columns, &word)
		if first != end {
			return false
		}
		if first == last {
			joined[len(joined)-1].absorb(&word)
			continue
		}
		joined = append(joined, word)
		last = first
	}
	if len(joined) <= len(line.segments) {
		return false
	}
	line.segments = joined
	return true
}

// zone is a range of the page's width.
type zone struct{ x0, x1 float64 }

// zones are the columns of text that a page is set in: one, or two.
func (s *streamer) zones() []zone {
	whole := zone{math.Inf(-1), math.Inf(1)}
	gutter, ok := s.gutter()
	if !ok {
		return []zone{whole}
	}
	return []zone{{whole.x0, gutter}, {gutter, whole.x1}}
}

const (
	// gutterLines: running text in two columns has so many lines on each side.
	gutterLines = 8
	// gutterCrossings: and at most this share of them run over the middle.
	gutterCrossings = 0.2
)

// gutter is the middle between two columns of running text.
func (s *streamer) gutter() (float64, bool) {
	left, right := math.Inf(1), math.Inf(-1)
	for i := range s.lines {
		if len(s.lines[i].segments) > 0 {
			left, right = min(left, s.lines[i].left()), max(right, s.lines[i].right())
		}
	}
	middle := (left + right) / 2
	width := right - left
	before, after, across := 0, 0, 0
	end, start := left, right
	for i := range s.lines {
		for k := range s.lines[i].segments {
			g := &s.lines[i].segments[k]
			if g.glyphs < proseGlyphs/2 || g.width() < 0.25*width {
				continue
			}
			switch {
			case g.x1 < middle+0.05*width:
				before++
				end = max(end, g.x1)
			case g.x0 > middle-0.05*width:
				after++
				start = min(start, g.x0)
			default:
				across++
			}
		}
	}
	ok := before >= gutterLines && after >= gutterLines && float64(across) <= gutterCrossings*float64(before+after) && start > end
	return (start + end) / 2, ok
}

// maxDepth: how often a block is cut beside running text.
const maxDepth = 2

// unruledTables looks for tables in a zone, from the bottom up.
func (s *streamer) unruledTables(z zone, depth int) {
	lines := s.within(z.x0, z.x1, math.Inf(-1), math.Inf(1))
	s.unruledIn(lines, depth)
}

func (s *streamer) unruledIn(lines []textLine, depth int) {
	g := grower{lines: lines, blocked: s.blocked(lines), recut: s.recut}
	for bottom := len(lines) - 1; bottom > 0 && len(s.tables) < maxTables; {
		if len(lines[bottom].segments) < 2 {
			bottom--
			continue
		}
		b := g.grow(bottom, 0)
		if b.gapped < gappedEnough-1 {
			bottom--
			continue
		}
		if x, ok := s.beside(lines[b.top:b.bottom+1], b.columns); ok && depth < maxDepth {
			s.unruledPart(lines[:b.bottom+1], math.Inf(-1), x, depth)
			s.unruledPart(lines[:b.bottom+1], x, math.Inf(1), depth)
			return
		}
		if x0, x1, ok := s.ruledWidth(lines[b.top:b.bottom+1], b.columns); ok && depth < maxDepth {
			s.unruledPart(lines[max(b.top-maxHeader, 0):b.bottom+1], x0, x1, depth)
			bottom = b.top - 1
			continue
		}
		if s.unruledTable(lines, b) {
			bottom = b.top - 1
			continue
		}
		if depth < maxDepth {
			s.besideProse(lines[b.top:b.bottom+1], b.columns, depth)
		}
		bottom = b.top - 1
	}
}

// ruledWidth is the width that two rules or more of one length give to a table, when
// texts of the first or the last column stand beside it: remarks on the margin.
func (s *streamer) ruledWidth(lines []textLine, columns []column) (x0, x1 float64, ok bool) {
	size := lines[0].size
	count := 0
	for _, r := range between(s.rules, lines[0].top-openHeader*size, lines[len(lines)-1].bottom+2*size) {
		if count > 0 && (math.Abs(r.From-x0) > ruleEnds || math.Abs(r.To-x1) > ruleEnds) {
			return 0, 0, false
		}
		x0, x1, count = r.From, r.To, count+1
	}
	inside := 0
	for i := range columns {
		switch c := &columns[i]; {
		case c.x0 >= x0-ruleEnds && c.x1 <= x1+ruleEnds:
			inside++
		case c.x1 > x0 && c.x0 < x1:
			return 0, 0, false
		}
	}
	return x0 - ruleEnds, x1 + ruleEnds, count > 1 && inside > 1 && inside < len(columns)
}

// blocked tells whether a lattice table or one found before lies between two lines.
func (s *streamer) blocked(lines []textLine) func(y0, y1 float64) bool {
	left, right := math.Inf(1), math.Inf(-1)
	for i := range lines {
		left, right = min(left, lines[i].left()), max(right, lines[i].right())
	}
	return func(y0, y1 float64) bool {
		for _, list := range [][]Table{s.lattice, s.tables} {
			for i := range list {
				if t := &list[i].Box; t.Y0 < y1 && t.Y1 > y0 && t.X0 < right && t.X1 > left {
					return true
				}
			}
		}
		return false
	}
}

const (
	// besideGap: two tables beside each other are at least this far apart (share of
	// the font size).
	besideGap = 4.0
	// besideShare: and this much further than columns of figures within a table.
	besideShare = 2.5
)

// beside is where one table ends and another begins beside it: each has two columns
// or more, and a wide river parts them. Either the right one begins with words
// after figures, as the left one does; or all are figures, and the other rivers
// are much narrower.
func (s *streamer) beside(lines []textLine, columns []column) (x float64, ok bool) {
	if len(columns) < 4 {
		return 0, false
	}
	o := outline{lines: lines, columns: columns, header: 1}
	o.figures = o.judge().figures()
	o.uniteHeaderColumns()
	columns = o.columns
	l := o.judge()
	values := func(c int) bool { return l[c].ofFigures() || l[c].texts == l[c].dashes }
	words := func(c int) bool { return c+1 < len(l) && !values(c) && values(c+1) }
	allFigures := true
	widest, second, widestBefore := 0.0, 0.0, 0.0 // rivers: of all, and of those before words
	at, before := 0, 0
	for c := range columns {
		allFigures = allFigures && l[c].ofFigures()
		if c == 0 {
			continue
		}
		width := columns[c].x0 - columns[c-1].x1
		if width > widest {
			widest, second, at = width, widest, c
		} else {
			second = max(second, width)
		}
		if c >= 2 && c <= len(columns)-2 && values(c-1) && words(c) && width > widestBefore {
			widestBefore, before = width, c
		}
	}
	if at, ok := s.rulesBroken(lines, columns); ok {
		return at, true
	}
	gap := besideGap * lines[0].size
	if x := (columns[max(before, 1)].x0 + columns[max(before, 1)-1].x1) / 2; before > 0 && s.ruledAcross(lines, x) {
		return 0, false
	}
	if before > 0 && words(0) && widestBefore >= gap {
		return (columns[before].x0 + columns[before-1].x1) / 2, true
	}
	return (columns[at].x0 + columns[max(at-1, 0)].x1) / 2, allFigures && widest >= gap && widest > besideShare*second && at >= 2 && at <= len(columns)-2
}

// rulesBroken is where all the rules at the heights of some lines leave a river between
// columns free, with a rule to both sides of it: two tables end and begin there.
func (s *streamer) rulesBroken(lines []textLine, columns []column) (x float64, ok bool) {
	rules := between(s.rules, lines[0].top-2*lines[0].size, lines[len(lines)-1].bottom+2*lines[0].size)
	for c := 2; c < len(columns)-1; c++ {
		left, right := columns[c-1].x1, columns[c].x0
		if right-left < brokenRiver*lines[0].size {
			continue
		}
		before, after, across := 0, 0, false
		for _, r := range rules {
			switch middle := (left + right) / 2; {
			case r.From < middle && r.To > middle:
				across = true
			case r.To <= middle && r.To >= left-ruleEnds && r.From <= columns[0].x1:
				before++
			case r.From >= middle && r.From <= right+ruleEnds && r.To >= columns[len(columns)-1].x0:
				after++
			}
		}
		if !across && before > 0 && after > 0 {
			return (left + right) / 2, true
		}
	}
	return 0, false
}

// brokenRiver: the room between two tables beside each other is at least so wide (share
// of the font size).
const brokenRiver = 1.0

// ruledAcross tells whether a rule at the height of some lines runs over a position.
func (s *streamer) ruledAcross(lines []textLine, x float64) bool {
	return slices.ContainsFunc(between(s.rules, lines[0].top-2*lines[0].size, lines[len(lines)-1].bottom+2*lines[0].size), func(r Ruling) bool {
		return r.From < x-lines[0].size && r.To > x+lines[0].size
	})
}

// besideProse looks again at the parts of a block to both sides of a column of
// running text.
func (s *streamer) besideProse(lines []textLine, columns []column, depth int) {
	o := outline{lines: lines, columns: columns}
	statistics := o.judge()
	from := math.Inf(-1)
	cut := false
	for c := range columns {
		if !statistics[c].prose() {
			continue
		}
		cut = true
		s.unruledPart(lines, from, columns[c].x0, depth)
		from = columns[c].x1
	}
	if cut {
		s.unruledPart(lines, from, math.Inf(1), depth)
	}
}

func (s *streamer) unruledPart(lines []textLine, x0, x1 float64, depth int) {
	var parts []textLine
	for i := range lines {
		if part, ok := lines[i].part(x0, x1); ok {
			parts = append(parts, part)
		}
	}
	if len(parts) >= gappedEnough {
		s.unruledIn(parts, depth+1)
	}
}
