package layout

import (
	"cmp"
	"math"
	"slices"
)

// The header of a table without rulings is a tree of texts: a name that stands over
// several others spans their columns, lines that stand close under each other are one
// wrapped name, and a name with nothing above or below it takes the whole height. The
// rows follow from the tree: as few as part every name from what stands over it.

const (
	// besideName: data stand no further beside the name of their column (share of the
	// font size).
	besideName = 3.0
	// centreOff: a text this close to the middle of its columns is centred (share of the
	// font size).
	centreOff = 0.75
	// levelOff: names whose middles differ by less stand on one level of the header
	// (share of the font size).
	levelOff = 0.25
	// sharedWidth: a name stands over a text when they share this much of the page's width
	// (share of the font size), or, of short ones, overlapShare of their own width.
	sharedWidth  = 0.3
	overlapShare = 0.5
)

// block is one name in a header: the lines of its text.
type block struct {
	x0, x1, top, bottom float64
	size                float64
	line                int  // its last line
	segment             int  // and which text of it
	number              bool // of a column: what stands over it is no part of the name
	span                span // columns
	above               int  // the block that it stands under, else -1
	below               int  // how many names stand under it
	first, last         int  // rows
}

func (b *block) middle() float64 { return (b.x0 + b.x1) / 2 }
func (b *block) centre() float64 { return (b.top + b.bottom) / 2 }

// over tells whether a block stands over a text: they overlap across the page.
func over(x0, x1 float64, s *segment) bool {
	return min(x1, s.x1)-max(x0, s.x0) > min(sharedWidth*s.size, overlapShare*s.width(), overlapShare*(x1-x0))
}

// numberLine tells whether a line numbers the columns: 1, 2, 3.
func numberLine(line *textLine) bool {
	next := 1.0
	for i := range line.segments {
		s := &line.segments[i]
		if s.content == words && next == 1 {
			continue // 栏次
		}
		if s.value != next {
			return false
		}
		next++
	}
	return next > 2
}

// headerBlocks makes blocks of the texts of the header.
func (o *outline) headerBlocks() []block {
	parts := o.headerParts()
	limit := o.wrapLimit(parts)
	stub, hasStub := stubHeight(parts)
	home := make([]int, len(parts)) // of each part, its block
	var blocks []block
	for i, p := range parts {
		if p.above >= 0 && o.goesOn(parts, i, limit, stub, hasStub) {
			b := &blocks[home[p.above]]
			b.x0, b.x1, b.bottom, b.line, b.segment = min(b.x0, p.x0), max(b.x1, p.x1), p.bottom, p.line, p.segment
			b.span = span{min(b.span.first, p.span.first), max(b.span.last, p.span.last)}
			b.below = p.below
			home[i] = home[p.above]
			continue
		}
		home[i] = len(blocks)
		if p.above >= 0 {
			p.above = home[p.above]
		}
		blocks = append(blocks, p)
	}
	return blocks
}

// wrapLimit is how far under each other the lines of one name stand: nearer than names
// stand under those over several, if any lines do.
func (o *outline) wrapLimit(parts []block) float64 {
	size := o.lines[0].size
	limit, nearest := leading*size, math.Inf(1)
	for i := range parts {
		p := &parts[i]
		if p.above < 0 || p.number {
			continue
		}
		if d := p.centre() - parts[p.above].centre(); parts[p.above].below > 1 {
			limit = min(limit, d-stepTolerance*size)
		} else {
			nearest = min(nearest, d)
		}
	}
	if nearest > limit {
		return leading * size
	}
	return limit
}

// headerParts are the texts of the header's lines as blocks of one line, with the
// nearest one above each.
func (o *outline) headerParts() []block {
	var parts []block
	for k := range o.header {
		line := &o.lines[k]
		numbers := numberLine(line)
		upper := len(parts)
		for i := range line.segments {
			s := &line.segments[i]
			p := block{x0: s.x0, x1: s.x1, top: s.y - s.size/2, bottom: s.y + s.size/2, size: s.size, line: k, segment: i, number: numbers, above: -1}
			p.span.first, p.span.last = spanOf(o.columns, s)
			for n := upper - 1; n >= 0; n-- {
				if a := &parts[n]; over(a.x0, a.x1, s) && (p.above < 0 || a.line == parts[p.above].line && overlapOf(a, &p) > overlapOf(&parts[p.above], &p)) {
					p.above = n
				}
			}
			if p.above >= 0 && !p.number {
				parts[p.above].below++
			}
			parts = append(parts, p)
		}
	}
	return parts
}

func overlapOf(a, b *block) float64 { return min(a.x1, b.x1) - max(a.x0, b.x0) }

// stubHeight is the middle of the name of the first column, which has no others under
// it and is as high as the header.
func stubHeight(parts []block) (y float64, ok bool) {
	top, bottom := math.Inf(1), math.Inf(-1)
	for i := range parts {
		if p := &parts[i]; p.span.first == 0 && !p.number {
			if p.span.last > 0 {
				return 0, false
			}
			top, bottom = min(top, p.top), max(bottom, p.bottom)
		}
	}
	return (top + bottom) / 2, top < bottom
}

// goesOn tells whether part i goes on with the text above it, and is no name under
// another one.
func (o *outline) goesOn(parts []block, i int, limit, stub float64, hasStub bool) bool {
	p := &parts[i]
	above := &parts[p.above]
	if above.below > 1 || p.number || above.number || p.centre()-above.centre() > limit || !setAlike(above, p) {
		return false
	}
	if _, ok := o.ruleBetween(above.centre(), p.centre(), wideRule); ok {
		return false
	}
	if _, ok := o.shortRule(above.centre(), p.centre(), &o.lines[p.line].segments[p.segment]); ok {
		return false
	}
	if o.fitsAbove(parts, i) {
		return false
	}
	if !hasStub || above.centre() > stub+levelOff*p.size || p.centre() < stub+levelOff*p.size {
		return true
	}
	// The stub's name stands between the two, or beside the upper one: a name on the
	// lower line with nothing above it has its parent beside it.
	left, right := false, false
	for n := range parts {
		if q := &parts[n]; q.above < 0 && !q.number && math.Abs(q.centre()-p.centre()) < sameRowStep*p.size && q.centre() > stub+levelOff*q.size {
			left = left || q.span.last == p.span.first-1
			right = right || q.span.first == p.span.last+1
		}
	}
	centred := math.Abs(above.middle()-p.middle()) <= centreOff*p.size
	return !(left && right || (left || right) && !centred && !setRight(parts))
}

// fitsAbove tells whether a text that stands over several columns would have fitted on
// the line of the text above it: that one is no beginning of it.
func (o *outline) fitsAbove(parts []block, i int) bool {
	p := &parts[i]
	x0, x1, below := math.Inf(1), math.Inf(-1), 0
	for n := range parts {
		if q := &parts[n]; q.above == i && !q.number {
			x0, x1, below = min(x0, q.x0), max(x1, q.x1), below+1
		}
	}
	s := &o.lines[p.line].segments[p.segment]
	above := &parts[p.above]
	return below > 1 && above.x1-above.x0+spaceGap*s.size+s.firstWord < x1-x0
}

// setOff: the lines of one name are set within this of each other (share of the font
// size).
const setOff = 0.25

// setRight tells whether the lines of names end together, though their middles differ.
func setRight(parts []block) bool {
	count := 0
	for i := range parts {
		if p := &parts[i]; p.above >= 0 && parts[p.above].below == 1 && !p.number {
			a := &parts[p.above]
			if math.Abs(a.x1-p.x1) < stepTolerance*p.size && math.Abs(a.middle()-p.middle()) > setOff*p.size {
				count++
			}
		}
	}
	return count > 1
}

// setAlike tells whether two lines begin, end or are centred together, as those of one
// name do.
func setAlike(a, b *block) bool {
	return min(math.Abs(a.middle()-b.middle()), math.Abs(a.x0-b.x0), math.Abs(a.x1-b.x1)) <= setOff*b.size
}

// headerGrid is the header of a table: its names with their columns and rows, and the
// heights between the rows.
type headerGrid struct {
	blocks []block
	inner  []float64
}

// gridHeader finds the rows and the columns of the names in the header.
func (o *outline) gridHeader() headerGrid {
	if o.header == 0 {
		return headerGrid{}
	}
	blocks := o.headerBlocks()
	o.spanColumns(blocks)
	g := headerGrid{blocks: blocks, inner: o.innerHeader(blocks)}
	for i := range g.blocks {
		g.blocks[i].first, g.blocks[i].last = g.rowsOf(i)
	}
	g.unite()
	return g
}

// upper is the nearest of the blocks above another in a column, else -1.
func upper(blocks []block, i, column int) int {
	best := -1
	for n := range blocks {
		if a := &blocks[n]; n != i && a.span.first <= column && column <= a.span.last && a.centre() < blocks[i].centre() && (best < 0 || a.centre() > blocks[best].centre()) {
			best = n
		}
	}
	return best
}

// spanColumns widens the names that stand over others to the columns they name.
func (o *outline) spanColumns(blocks []block) {
	for i := len(blocks) - 1; i >= 0; i-- { // a name stands over all that its parts stand over
		if p := blocks[i].above; p >= 0 && !blocks[i].number {
			s := &blocks[p].span
			s.first, s.last = min(s.first, blocks[i].span.first), max(s.last, blocks[i].span.last)
		}
	}
	drawn := make([]bool, len(blocks)) // lines tell the span
	for i := range blocks {
		b := &blocks[i]
		line := &o.lines[b.line]
		if bordered, ok := o.bordered(line, b.segment); ok {
			b.span, drawn[i] = bordered, true
		} else if rule, ok := o.shortRule(b.centre(), o.nextBelow(b.line, b.span), &line.segments[b.segment]); ok && aloneOver(blocks, i, rule) {
			b.span, drawn[i] = o.columnsOver(rule, b.span), true
		}
	}
	for i := range blocks {
		if b := &blocks[i]; !drawn[i] && !b.number && b.below > 0 {
			b.span = o.centred(b, b.span, o.freeBelow(blocks, i))
		}
	}
	o.shareOrphans(blocks, drawn)
}

// aloneOver tells whether a name stands alone over a rule that others stand under, so
// that the rule is its own.
func aloneOver(blocks []block, i int, rule Ruling) bool {
	b := &blocks[i]
	under := false
	for n := range blocks {
		a := &blocks[n]
		if n == i || a.number || a.middle() < rule.From || a.middle() > rule.To {
			continue
		}
		if a.top < b.bottom && b.top < a.bottom {
			return false
		}
		under = under || a.centre() > rule.At
	}
	return under
}

// freeBelow marks the columns that a name may span: their uppermost name, but for
// those over all of it, stands lower.
func (o *outline) freeBelow(blocks []block, i int) []bool {
	b := &blocks[i]
	free := make([]bool, len(o.columns))
	for c := range free {
		found, taken := false, false
		for n := range blocks {
			a := &blocks[n]
			switch {
			case n == i || a.number || c < a.span.first || c > a.span.last:
			case a.top >= b.bottom-levelOff*b.size:
				found = true
			case a.bottom <= b.top+levelOff*b.size && a.span.first <= b.span.first && b.span.last <= a.span.last:
			default:
				taken = true
			}
		}
		free[c] = found && !taken
	}
	return free
}

// centred widens a span to the free columns that the name is centred over, unless it
// is centred over its own.
func (o *outline) centred(b *block, own span, free []bool) span {
	best, limit := own, o.offCentre(b, own)
	if limit <= centreOff*b.size {
		return own
	}
	limit /= 2
	for first := own.first; first >= 0 && (first == own.first || free[first]); first-- {
		for last := own.last; last < len(free) && (last == own.last || free[last]); last++ {
			if d := o.offCentre(b, span{first, last}); d < limit {
				best, limit = span{first, last}, d
			}
		}
	}
	return best
}

// offCentre is how far the middle of a name stands from that of its columns: of their
// texts, or of the room up to the middle of the white space beside them.
func (o *outline) offCentre(b *block, s span) float64 {
	x0, x1 := o.columns[s.first].x0, o.columns[s.last].x1
	texts := math.Abs((x0+x1)/2 - b.middle())
	gap := func(c int) float64 { // half the white space behind column c
		return max(o.columns[c+1].x0-o.columns[c].x1, 0) / 2
	}
	n := len(o.columns)
	switch {
	case s.first > 0 && s.last+1 < n:
		x0, x1 = x0-gap(s.first-1), x1+gap(s.last)
	case s.first > 0:
		x0, x1 = x0-gap(s.first-1), x1+gap(s.first-1)
	case s.last+1 < n:
		x0, x1 = x0-gap(s.last), x1+gap(s.last)
	}
	return min(texts, math.Abs((x0+x1)/2-b.middle()))
}

// alignment tells where in the height of its cell a name is set.
type alignment int

const (
	unknown alignment = iota
	atTop
	inMiddle
)

// set tells where names are set: the stub's is as high as the header. Where the first
// column has a name under another, all names stand on levels of their own, which tells
// as much as names in the middle do.
func set(blocks []block, top, bottom float64) alignment {
	stubTop, stubBottom := math.Inf(1), math.Inf(-1)
	levels := 0
	for i := range blocks {
		if b := &blocks[i]; b.span.first == 0 && !b.number {
			if b.span.last > 0 {
				return unknown
			}
			stubTop, stubBottom = min(stubTop, b.top), max(stubBottom, b.bottom)
			levels++
		}
	}
	size := blocks[0].size
	switch over, under := stubTop-top, bottom-stubBottom; {
	case stubTop > stubBottom:
		return unknown
	case over > levelOff*size && math.Abs(over-under) < levelOff*size*2:
		return inMiddle
	case levels > 1 && over < levelOff*size && under < levelOff*size:
		return inMiddle
	case over < levelOff*size && under > levelOff*size:
		return atTop
	}
	return unknown
}

// shareOrphans gives the names that stand lower than their cells would let them, if
// these began below the name over them, to the names beside and above them, so that
// these are centred best.
func (o *outline) shareOrphans(blocks []block, drawn []bool) {
	top, bottom := math.Inf(1), math.Inf(-1)
	for i := range blocks {
		if b := &blocks[i]; !b.number {
			top, bottom = min(top, b.top), max(bottom, b.bottom)
		}
	}
	where := set(blocks, top, bottom)
	for _, over := range append([]int{-1}, parents(blocks)...) {
		columns := span{0, len(o.columns) - 1}
		if over >= 0 {
			columns = blocks[over].span
		}
		o.shareBelow(blocks, drawn, over, columns, where, bottom)
	}
}

// parents are the names that stand over others, from top to bottom.
func parents(blocks []block) []int {
	var list []int
	for i := range blocks {
		if b := &blocks[i]; !b.number && (b.below > 0 || b.span.first < b.span.last) {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(blocks[a].top, blocks[b].top) })
	return list
}

// shareBelow shares the orphans right below one name, or at the top of the header.
func (o *outline) shareBelow(blocks []block, drawn []bool, over int, columns span, where alignment, bottom float64) {
	first := make([]int, columns.last+1) // by columns, the uppermost name
	top := math.Inf(1)
	for c := columns.first; c <= columns.last; c++ {
		first[c] = -1
		for n := range blocks {
			if b := &blocks[n]; !b.number && n != over && b.span.first <= c && c <= b.span.last && (over < 0 || b.centre() > blocks[over].centre()) && (first[c] < 0 || b.centre() < blocks[first[c]].centre()) {
				first[c] = n
			}
		}
		if first[c] >= 0 {
			top = min(top, blocks[first[c]].top)
		}
	}
	low := func(b *block) bool { // lower than a cell that begins here would set it
		switch where {
		case atTop:
			return b.top > top+2*levelOff*b.size
		case unknown:
			return b.top > top+b.size
		}
		return b.centre() > (top+bottom)/2+2*levelOff*b.size
	}
	high := func(b *block) bool { // a name that is as high as the rows below would stand lower
		return where == inMiddle && b.centre() < (top+bottom)/2-2*levelOff*b.size
	}
	for c := columns.first; c <= columns.last; {
		var members []int // parents of this run
		from, orphans := c, false
		for ; c <= columns.last && first[c] >= 0; c++ {
			n := first[c]
			if b := &blocks[n]; low(b) || where == inMiddle && b.below > 0 && !high(b) {
				orphans = true
			} else if drawn[n] || b.below == 0 && !high(b) && !straddles(blocks, n) {
				break
			} else if len(members) == 0 || members[len(members)-1] != n {
				members = append(members, n)
			}
		}
		if orphans && len(members) > 0 && (where != unknown || len(members) > 1) {
			o.shareRun(blocks, members, span{from, c - 1}, where != unknown)
		}
		if c == from {
			c++
		}
	}
}

// shareRun shares a run, if its names cover it, or as much of it as they are all centred
// over.
func (o *outline) shareRun(blocks []block, members []int, run span, covered bool) {
	if covered {
		o.share(blocks, members, run, true)
		return
	}
	left, right := blocks[members[0]].span.first, blocks[members[len(members)-1]].span.last
	for first := run.first; first <= left; first++ {
		for last := run.last; last >= right; last-- {
			if o.share(blocks, members, span{first, last}, false) {
				return
			}
		}
	}
}

// share parts the columns of a run between the names over it. Where nothing tells that
// these names cover it, they must all be centred.
func (o *outline) share(blocks []block, members []int, run span, covered bool) bool {
	columns := run.last - run.first + 1
	cost := make([]float64, columns+1) // of the members so far over the first columns of the run
	for c := range cost[1:] {
		cost[c+1] = math.Inf(1)
	}
	cuts := make([][]int, len(members))
	for m, i := range members {
		next, cut := make([]float64, columns+1), make([]int, columns+1)
		for end := range next {
			next[end] = math.Inf(1)
			for begin := range end {
				w := span{run.first + begin, run.first + end - 1}
				if w.first > blocks[i].span.first || w.last < blocks[i].span.last {
					continue
				}
				if d := cost[begin] + o.offCentre(&blocks[i], w); d < next[end] {
					next[end], cut[end] = d, begin
				}
			}
		}
		cost, cuts[m] = next, cut
	}
	if math.IsInf(cost[columns], 1) {
		return false
	}
	spans := make([]span, len(members))
	end := columns
	for m := len(members) - 1; m >= 0; m-- {
		begin := cuts[m][end]
		spans[m] = span{run.first + begin, run.first + end - 1}
		if b := &blocks[members[m]]; !covered && o.offCentre(b, spans[m]) > 2*centreOff*b.size {
			return false
		}
		end = begin
	}
	for m, i := range members {
		blocks[i].span = spans[m]
	}
	return true
}

// innerHeader are the heights between the rows of the header: the fewest that part each
// name from the one over it.
func (o *outline) innerHeader(blocks []block) []float64 {
	type room struct{ from, to float64 }
	var rooms []room
	for i := range blocks {
		for c := blocks[i].span.first; c <= blocks[i].span.last; c++ {
			if n := upper(blocks, i, c); n >= 0 {
				r := room{blocks[n].bottom, blocks[i].top}
				if r.from > r.to {
					r.from, r.to = (r.from+r.to)/2, (r.from+r.to)/2
				}
				rooms = append(rooms, r)
			}
		}
	}
	slices.SortFunc(rooms, func(a, b room) int { return cmp.Or(cmp.Compare(a.to, b.to), cmp.Compare(a.from, b.from)) })
	var inner []float64
	for i := 0; i < len(rooms); {
		from, to := rooms[i].from, rooms[i].to
		for i++; i < len(rooms) && rooms[i].from <= to; i++ {
			from = max(from, rooms[i].from)
		}
		at := (from + to) / 2
		if rule, ok := o.ruleBetween(from, to, 0); ok {
			at = rule
			o.drawnRows++
		}
		inner = append(inner, at)
	}
	return inner
}

// rowsOf are the rows of the header that a name takes: from the one over it to the one
// under it. The number of a column has the row that it stands in.
func (g *headerGrid) rowsOf(i int) (first, last int) {
	b := &g.blocks[i]
	row := func(y float64) int {
		n, _ := slices.BinarySearch(g.inner, y)
		return n
	}
	if b.number {
		return row(b.centre()), row(b.centre())
	}
	last = len(g.inner)
	for c := b.span.first; c <= b.span.last; c++ {
		if n := upper(g.blocks, i, c); n >= 0 {
			first = max(first, min(row(g.blocks[n].bottom), row(b.top))+1)
		}
		for n := range g.blocks {
			below := &g.blocks[n]
			if c < below.span.first || c > below.span.last || upper(g.blocks, n, c) != i {
				continue
			}
			if below.number {
				last = min(last, row(below.centre())-1)
			} else {
				last = min(last, row(min(b.bottom, (b.bottom+below.top)/2)))
			}
		}
	}
	first = min(first, len(g.inner))
	return first, max(first, last)
}

// unite joins names that would share a cell.
func (g *headerGrid) unite() {
	for i := 0; i < len(g.blocks); i++ {
		a := &g.blocks[i]
		for n := i + 1; n < len(g.blocks); n++ {
			b := &g.blocks[n]
			if a.first > b.last || b.first > a.last || a.span.first > b.span.last || b.span.first > a.span.last {
				continue
			}
			a.first, a.last = min(a.first, b.first), max(a.last, b.last)
			a.span = span{min(a.span.first, b.span.first), max(a.span.last, b.span.last)}
			g.blocks = slices.Delete(g.blocks, n, n+1)
			i = -1 // what is larger now may share cells with those before
			break
		}
	}
}

// uniteHeaderColumns joins a name to the data that stand beside, not under it:
// numbers set to the left below a centred name. The two never stand at one height.
func (o *outline) uniteHeaderColumns() {
	if o.header == 0 {
		return
	}
	filled := make([]bool, len(o.columns))
	for _, line := range o.lines[o.header:] {
		for i := range line.segments {
			first, last := spanOf(o.columns, &line.segments[i])
			for c := first; c <= last; c++ {
				filled[c] = true
			}
		}
	}
	blocks := o.headerBlocks()
	columns, figures := slices.Clone(o.columns[:1]), slices.Clone(o.figures[:1])
	from := 0 // of the column before, its first part
	for c := 1; c < len(o.columns); c++ {
		last := &columns[len(columns)-1]
		if (!filled[c-1] || !filled[c]) && o.columns[c].x0-last.x1 < besideName*o.lines[0].size && apart(blocks, span{from, c - 1}, c) {
			last.x1 = o.columns[c].x1
			figures[len(figures)-1] = figures[len(figures)-1] || o.figures[c]
			filled[c] = filled[c-1] || filled[c]
			continue
		}
		columns, figures = append(columns, o.columns[c]), append(figures, o.figures[c])
		from = c
	}
	o.columns, o.figures = columns, figures
}

// apart tells whether the names of two columns, and those over them, never stand at one
// height, so that both may be one column's.
func apart(blocks []block, left span, right int) bool {
	for i := range blocks {
		a := &blocks[i]
		if a.span.first > left.last || a.span.last < left.first || a.span.first <= right && right <= a.span.last {
			continue
		}
		for n := range blocks {
			b := &blocks[n]
			if b.span.first <= right && right <= b.span.last && b.top < a.bottom && a.top < b.bottom {
				return false
			}
		}
	}
	return true
}

// settleColumns finds the columns anew by the lines below the header: names that stand
// over several columns tell nothing of where these begin and end.
func (s *streamer) settleColumns(o *outline) {
	if o.header == 0 || o.header == len(o.lines) {
		return
	}
	g := grower{lines: o.lines[o.header:], recut: s.recut}
	b := g.gather()
	if b.gapped < 2 || len(b.columns) < 2 {
		return
	}
	o.columns = b.columns
	o.takeLone()
	for k := o.header - 1; k >= 0; k-- {
		s.cutNames(o, k)
	}
	names := slices.DeleteFunc(o.lowestNames(), func(b block) bool { return b.number })
	o.foldColumns(names)
	o.nameColumns(names)
	o.figures = o.judge().figures()
	o.named = true
}

// takeLone widens the columns to the lines below the header that have one text: of a
// wrapped label they may hold all there is.
func (o *outline) takeLone() {
	var lone []segment
	for k := o.header; k < len(o.lines); k++ {
		if len(o.lines[k].segments) == 1 {
			lone = append(lone, o.lines[k].segments[0])
		}
	}
	slices.SortStableFunc(lone, func(a, b segment) int { return cmp.Compare(b.width(), a.width()) })
	for i := range lone {
		s := &lone[i]
		c, last := spanOf(o.columns, s)
		if c == last && (c == 0 || s.x0 > o.columns[c-1].x1) && (c == len(o.columns)-1 || s.x1 < o.columns[c+1].x0) {
			o.columns[c].x0, o.columns[c].x1 = min(o.columns[c].x0, s.x0), max(o.columns[c].x1, s.x1)
		}
	}
}

// cutNames cuts the texts of a line of the header that run over several columns but are
// one name in each: nothing stands below, or lines of names that were cut alike.
func (s *streamer) cutNames(o *outline, k int) {
	line := &o.lines[k]
	var texts []segment
	for i := range line.segments {
		t := &line.segments[i]
		first, last := spanOf(o.columns, t)
		if first == last {
			texts = append(texts, *t)
			continue
		}
		strict := false
		names := s.wordsByColumn(o, line, t, wordSpace)
		if lowest := o.lowest(k, span{first, last}); lowest || len(names) != last-first+1 {
			names = s.wordsByColumn(o, line, t, tightGap) // it stands over none, or right over each
			strict = !lowest
		}
		if len(names) == last-first+1 && o.namesEach(k, names, strict) {
			texts = append(texts, names...)
		} else {
			texts = append(texts, *t)
		}
	}
	line.segments = texts
}

// wordsByColumn are the words of a text of a line, cut at gaps, those of one column as one.
func (s *streamer) wordsByColumn(o *outline, line *textLine, t *segment, gap float64) []segment {
	var names []segment
	words, _ := s.reader.segmentLine(nil, s.list[line.first:line.end], gap)
	for _, word := range words {
		if word.x0 < t.x0 || word.x1 > t.x1 {
			continue
		}
		if n := len(names); n > 0 {
			c, _ := spanOf(o.columns, &names[n-1])
			if d, _ := spanOf(o.columns, &word); c == d {
				names[n-1].absorb(&word)
				continue
			}
		}
		names = append(names, word)
	}
	return names
}

// wordSpace: the words of two names are at least so far apart, where names stand below
// (share of the font size).
const wordSpace = 0.36

// lowest tells whether no name stands below line k of the header in some columns.
func (o *outline) lowest(k int, columns span) bool {
	for below := k + 1; below < o.header; below++ {
		for i := range o.lines[below].segments {
			if first, last := spanOf(o.columns, &o.lines[below].segments[i]); first <= columns.last && columns.first <= last && !numberLine(&o.lines[below]) {
				return false
			}
		}
	}
	return true
}

// namesEach tells whether each of some texts stands in one column, with nothing of the
// header below but texts under its middle, that stand as near to each other or right
// under it; strictly, right under it alone.
func (o *outline) namesEach(k int, names []segment, strict bool) bool {
	for below := k + 1; below < o.header; below++ {
		line := &o.lines[below]
		end := math.Inf(-1) // of the text before
		for i := range line.segments {
			t := &line.segments[i]
			c, last := spanOf(o.columns, t)
			n := slices.IndexFunc(names, func(n segment) bool { first, _ := spanOf(o.columns, &n); return c <= first && first <= last })
			if n < 0 || numberLine(line) {
				continue
			}
			off, limit := math.Abs(t.middle()-names[n].middle()), setOff
			if !strict && (t.x0-end <= segmentGap*t.size || math.IsInf(end, -1)) {
				limit = centreOff
			}
			if c != last || off > limit*t.size {
				return false
			}
			end = t.x1
		}
	}
	return !slices.ContainsFunc(names, func(n segment) bool { first, last := spanOf(o.columns, &n); return first != last })
}

// lowestNames are the names of the header that have no other under them, from left to
// right, without those that must stand over others.
func (o *outline) lowestNames() []block {
	blocks := o.headerBlocks()
	stub, hasStub := stubHeight(blocks)
	var names []block
	for i, b := range blocks {
		if b.below == 0 && !(hasStub && b.span.first > 0 && b.centre() < stub-2*levelOff*b.size) && !straddles(blocks, i) {
			names = append(names, b)
		}
	}
	slices.SortStableFunc(names, func(a, b block) int { return cmp.Compare(a.x0, b.x0) })
	return names
}

// straddles tells whether a name stands over the gap between two lower ones, one of which
// has nothing above it: it names both.
func straddles(blocks []block, i int) bool {
	b := &blocks[i]
	left, right := -1, -1
	for n := range blocks {
		a := &blocks[n]
		switch {
		case n == i || a.number:
		case a.x1 <= b.x0 && (left < 0 || a.x1 > blocks[left].x1):
			left = n
		case a.x0 >= b.x1 && (right < 0 || a.x0 < blocks[right].x0):
			right = n
		}
	}
	if left < 0 || right < 0 {
		return false
	}
	l, r := &blocks[left], &blocks[right]
	return l.top >= b.bottom-levelOff*b.size && r.top >= b.bottom-levelOff*b.size && (l.above < 0 || r.above < 0) && math.Abs(l.centre()-r.centre()) < levelOff*b.size
}

// foldColumns joins a column of few words to the one beside it when no line has texts
// in both and one name stands over both, or over one alone: 合计 in the middle below a
// name, over labels that are set to the left.
func (o *outline) foldColumns(names []block) {
	texts, figures := make([]int, len(o.columns)), make([]int, len(o.columns))
	together := make([]bool, len(o.columns)) // with the column before on one line
	for _, line := range o.lines[o.header:] {
		last := -2
		for i := range line.segments {
			first, end := spanOf(o.columns, &line.segments[i])
			for c := first; c <= end; c++ {
				texts[c]++
				if line.segments[i].content != words {
					figures[c]++
				}
			}
			if first > 0 && last == first-1 {
				together[first] = true
			}
			last = end
		}
	}
	few := max(2, int(weakShare*float64(len(o.lines)-o.header)))
	shared := func(c int) bool { // one name over columns c-1 and c
		for i := range names {
			if n := &names[i]; n.x0 < o.columns[c-1].x1 && n.x1 > o.columns[c].x0 {
				return true
			}
		}
		return false
	}
	named := func(c int) bool {
		return slices.ContainsFunc(names, func(n block) bool { return n.x0 < o.columns[c].x1 && n.x1 > o.columns[c].x0 })
	}
	for c := len(o.columns) - 1; c > 0; c-- {
		weak := texts[c] <= few && figures[c] == 0 || texts[c-1] <= few && figures[c-1] == 0
		if together[c] || !weak || !shared(c) && named(c-1) && named(c) {
			continue
		}
		o.columns[c-1].x1 = max(o.columns[c-1].x1, o.columns[c].x1)
		o.columns[c-1].lines += o.columns[c].lines
		texts[c-1], figures[c-1] = texts[c-1]+texts[c], figures[c-1]+figures[c]
		o.columns = slices.Delete(o.columns, c, c+1)
		texts, figures = slices.Delete(texts, c, c+1), slices.Delete(figures, c, c+1)
		if c < len(together)-1 {
			together[c+1] = together[c+1] || together[c]
		}
		together = slices.Delete(together, c, c+1)
	}
}

// nameColumns widens the columns to their names. A name that stands beside the data of
// a column without a name is that column's; one without any data is that of a blank
// column.
func (o *outline) nameColumns(names []block) {
	named := make([]bool, len(o.columns))
	owner := make([]int, len(names))
	for i := range names {
		owner[i] = -1
		widest := 0.0
		for c := range o.columns {
			if w := min(names[i].x1, o.columns[c].x1) - max(names[i].x0, o.columns[c].x0); w > widest {
				owner[i], widest = c, w
			}
		}
		if owner[i] >= 0 {
			named[owner[i]] = true
		}
	}
	for i := range names {
		n := &names[i]
		if owner[i] >= 0 {
			continue
		}
		if c := slices.IndexFunc(o.columns, func(c column) bool { return n.x0 < c.x1 && n.x1 > c.x0 }); c >= 0 {
			owner[i] = c // of another name, that stands higher or lower
			continue
		}
		right := 0
		for right < len(o.columns) && o.columns[right].x0 < n.x0 {
			right++
		}
		best, nearest := -1, math.Inf(1)
		for _, c := range [...]int{right - 1, right} {
			if c < 0 || c == len(o.columns) || named[c] {
				continue
			}
			d := max(o.columns[c].x0-n.x1, n.x0-o.columns[c].x1)
			if d < nearest && (c > 0 || d < besideName*n.size) {
				best, nearest = c, d
			}
		}
		if best < 0 {
			best = right
			o.columns = slices.Insert(o.columns, right, column{x0: n.x0, x1: n.x1})
			named = slices.Insert(named, right, true)
			for k := range owner {
				if owner[k] >= right {
					owner[k]++
				}
			}
		}
		owner[i], named[best] = best, true
	}
	for i := range names {
		c := owner[i]
		if c == 0 || names[i].x0 > o.columns[c-1].x1 {
			o.columns[c].x0 = min(o.columns[c].x0, names[i].x0)
		}
		if c == len(o.columns)-1 || names[i].x1 < o.columns[c+1].x0 {
			o.columns[c].x1 = max(o.columns[c].x1, names[i].x1)
		}
	}
}

// balances tells whether the first of some lines above the table, which has no text over
// the first column, is the top of the header: with it the name of the first column
// stands in the middle of the header's height, without it too high.
func (o *outline) balances(above []textLine) bool {
	header := slices.Concat(above, o.lines[:o.header])
	first := &header[0]
	if _, last := spanOf(o.columns, &first.segments[len(first.segments)-1]); mostlyLabelled(first) && last == len(o.columns)-1 {
		return false // the unit, at the end of the line
	}
	stubTop, stubBottom := math.Inf(1), math.Inf(-1)
	bottom := first.bottom
	for k := range header {
		line := &header[k]
		if numberLine(line) {
			continue
		}
		bottom = max(bottom, line.bottom)
		for i := range line.segments {
			s := &line.segments[i]
			if c, last := spanOf(o.columns, s); c == 0 {
				if k == 0 || last > 0 {
					return false
				}
				stubTop, stubBottom = min(stubTop, s.y-s.size/2), max(stubBottom, s.y+s.size/2)
			}
		}
	}
	off := (stubTop+stubBottom)/2 - (first.top+bottom)/2
	return stubTop < stubBottom && stubTop >= first.bottom-levelOff*first.size && math.Abs(off) < 2*levelOff*first.size
}

// heads tells whether the texts of a line over the header stand in the middle over
// several of the columns, but the first, that have names: the upper level of a header
// whose first column has no name.
func (o *outline) heads(line *textLine) bool {
	for i := range line.segments {
		s := &line.segments[i]
		b := block{x0: s.x0, x1: s.x1, size: s.size}
		first, last := spanOf(o.columns, s)
		found := false
		for from := 1; from <= first && !found; from++ {
			for to := last; to < len(o.columns) && !found; to++ {
				found = from < to && o.offCentre(&b, span{from, to}) <= centreOff*s.size
			}
		}
		if first == 0 || !found {
			return false
		}
	}
	return true
}
