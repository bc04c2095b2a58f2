package layout

import (
	"math"
	"slices"
)

const (
	// alignTolerance: edges closer than this are aligned (share of the font size).
	alignTolerance = 0.4
	// alignedShare: of a column's texts, the share whose edges are aligned.
	alignedShare = 0.7
	// figureShare: of the texts of a column of figures, the share that are figures.
	figureShare = 0.6
	// filledShare: of the cells of a table with figures, the share that are filled;
	// tables of words alone must be fuller.
	filledShare      = 0.35
	filledWordsShare = 0.7
	// pairRows: a table of two columns needs more rows to be told from a list.
	pairRows = 4
	// wordRows and wordColumns: so many rows and columns are needed where nothing but
	// words is aligned.
	wordRows, wordColumns = 4, 3
	// cellGlyphs: texts in tables of words are short, on average.
	cellGlyphs = 18
	// formShare: from this share of labels with colons on, a block is a form.
	formShare = 0.3
)

// columnStatistics tell what stands in a column.
type columnStatistics struct {
	texts, figures, dashes int
	glyphs                 int
	labels                 int
	size                   float64
	wide                   int // texts that fill the column's width
	x0, x1, middle         []float64
}

// statistics of all columns.
type statistics []columnStatistics

// judge collects the statistics of the lines below the header.
func (o *outline) judge() statistics {
	list := make(statistics, len(o.columns))
	for k := o.header; k < len(o.lines); k++ {
		line := &o.lines[k]
		for i := range line.segments {
			s := &line.segments[i]
			first, last := spanOf(o.columns, s)
			if first != last {
				continue
			}
			list[first].add(s, &o.columns[first])
		}
	}
	return list
}

func (c *columnStatistics) add(s *segment, own *column) {
	c.texts++
	c.glyphs += s.glyphs
	c.size = s.size
	if s.label {
		c.labels++
	}
	if s.width() > 0.85*own.width() {
		c.wide++
	}
	switch s.content {
	case figures:
		c.figures++
	case nothing:
		c.dashes++
	}
	c.x0, c.x1, c.middle = append(c.x0, s.x0), append(c.x1, s.x1), append(c.middle, s.middle())
}

// ofFigures tells whether the column holds figures.
func (c *columnStatistics) ofFigures() bool {
	return c.figures > 0 && float64(c.figures) >= figureShare*float64(c.texts-c.dashes)
}

// prose tells whether the column is running text: long lines that fill it.
func (c *columnStatistics) prose() bool {
	return c.texts >= 3 && !c.ofFigures() && c.glyphs >= 16*c.texts && c.wide*5 >= c.texts*3
}

// aligned tells whether the left edges, the right edges or the middles line up.
func (c *columnStatistics) aligned() bool {
	tolerance := alignTolerance * c.size
	need := int(math.Ceil(alignedShare * float64(c.texts)))
	return alike(c.x0, tolerance) >= need || alike(c.x1, tolerance) >= need || alike(c.middle, tolerance) >= need
}

// alike is the largest number of values within the tolerance of each other.
func alike(values []float64, tolerance float64) int {
	slices.Sort(values)
	best, first := 0, 0
	for i := range values {
		for values[i]-values[first] > 2*tolerance {
			first++
		}
		best = max(best, i-first+1)
	}
	return best
}

func (l statistics) proseColumns() int {
	count := 0
	for i := range l {
		if l[i].prose() {
			count++
		}
	}
	return count
}

func (l statistics) figures() []bool {
	columns := make([]bool, len(l))
	for i := range l {
		columns[i] = l[i].ofFigures()
	}
	return columns
}

// form tells whether the texts are labels with values.
func (l statistics) form() bool {
	texts, labels := 0, 0
	for i := range l {
		texts += l[i].texts
		labels += l[i].labels
	}
	return float64(labels) >= formShare*float64(texts)
}

// unruledTable makes a table of a body, if all speaks for one.
func (s *streamer) unruledTable(lines []textLine, b body) bool {
	top, bottom := b.top, b.bottom
	for top < bottom && (len(lines[top].segments) < 2 || labelled(&lines[top])) {
		top++
	}
	for bottom-top > gappedEnough && s.apart(lines[top:bottom+1], b.columns) {
		bottom--
	}
	o := outline{lines: lines[top : bottom+1], columns: b.columns, doubts: Doubts{OddLines: b.odd}}
	l := o.judge()
	if l.proseColumns() > 0 || l.form() {
		return false
	}
	o.figures = l.figures()
	o.header = o.headerLines()
	o.leaveGroups()
	gapped, filled, leaders := 0, 0, 0
	for i := range o.lines {
		line := &o.lines[i]
		if len(line.segments) > 1 {
			gapped++
			filled += len(line.segments)
		}
		if line.leader {
			leaders++
		}
	}
	if gapped < gappedEnough {
		return false
	}
	fill := float64(filled) / float64(gapped*len(b.columns))
	wrapped := len(o.lines) - gapped // and names of groups
	if !l.figured(gapped, fill, leaders, &o) && (wrapped > gapped || !l.worded(gapped, fill) && (fill < filledWordsShare || !s.partedByRulings(&o, gapped))) {
		return false
	}
	body := len(o.lines) - o.header
	if o.addHeader(lines[:top], s); o.header > body && !slices.Contains(o.figures, true) {
		return false // words in boxes
	}
	o.addTail(lines[bottom+1:])
	s.settleColumns(&o)
	s.frame(&o)
	s.add(o)
	return true
}

// apart tells whether the last line stands apart from the table above it: behind a
// rule or a wide step, and with few texts, such as a running footer.
func (s *streamer) apart(lines []textLine, columns []column) bool {
	last, before := &lines[len(lines)-1], &lines[len(lines)-2]
	if len(last.segments)*2 > len(columns) {
		return false
	}
	o := outline{lines: lines[:len(lines)-1], columns: columns}
	left, right := columns[0].x0, columns[len(columns)-1].x1
	return last.y-before.y > wideStep*o.usualStep() || s.ruleBetween(before.y, last.y, left, right) && last.left() > columns[0].x1
}

// figured tells whether columns of aligned figures speak for a table. Figures in
// the first column may count the items of a list.
func (l statistics) figured(rows int, fill float64, leaders int, o *outline) bool {
	count := 0
	for c := 1; c < len(l); c++ {
		if l[c].ofFigures() && l[c].figures >= gappedEnough-1 && l[c].aligned() {
			count++
		}
	}
	if count == 0 || fill < filledShare {
		return false
	}
	if len(l) == 2 {
		return rows >= pairRows && leaders*2 < rows && !o.pageNumbers()
	}
	return true
}

// pageNumbers tells whether the figures of the last column only grow, as in a
// table of contents.
func (o *outline) pageNumbers() bool {
	last, count := -1.0, 0
	for k := o.header; k < len(o.lines); k++ {
		line := &o.lines[k]
		s := &line.segments[len(line.segments)-1]
		if len(line.segments) < 2 || s.content != figures {
			continue
		}
		if s.value < last || s.value < 0 || s.glyphs > 4 {
			return false
		}
		last = s.value
		count++
	}
	return count >= gappedEnough
}

// worded tells whether short words in aligned columns, most of them filled, speak
// for a table.
func (l statistics) worded(rows int, fill float64) bool {
	if rows < wordRows || len(l) < wordColumns || fill < filledWordsShare {
		return false
	}
	for c := range l {
		if !l[c].aligned() || l[c].glyphs > cellGlyphs*l[c].texts {
			return false
		}
	}
	return true
}

// partedByRulings tells whether vertical rulings run through the rivers.
func (s *streamer) partedByRulings(o *outline, rows int) bool {
	text := Box{Y0: o.lines[0].top, Y1: o.lines[len(o.lines)-1].bottom}
	for c := 1; c < len(o.columns); c++ {
		if !s.lineIn(o.columns[c-1].x1, o.columns[c].x0, text) {
			return false
		}
	}
	return rows >= gappedEnough
}

// labelled tells whether a line says labels with values: it stands above a table
// and is no part of it.
func labelled(line *textLine) bool {
	for i := range line.segments {
		if line.segments[i].label {
			return true
		}
	}
	return false
}

// mostlyLabelled tells whether a line holds labels with values, such as a department and a
// unit; among names of columns, one with a colon is a name.
func mostlyLabelled(line *textLine) bool {
	labels := 0
	for i := range line.segments {
		if line.segments[i].label {
			labels++
		}
	}
	return labels > 0 && labels*2 >= len(line.segments)
}

// headerLines counts the leading lines before the first that holds figures where
// the columns have them; without such columns the first line is the header.
func (o *outline) headerLines() int {
	if !slices.Contains(o.figures, true) {
		return 1
	}
	for k := range o.lines {
		line := &o.lines[k]
		if numberLine(line) || o.yearLine(k) {
			continue
		}
		count := 0
		for i := range line.segments {
			s := &line.segments[i]
			if first, last := spanOf(o.columns, s); first == last && o.figures[first] && s.content != words {
				count++
			}
		}
		if count > 0 {
			return o.withoutGroups(k)
		}
	}
	return 0
}

// yearLine tells whether the figures of a line are years that name columns: they stand
// beside names of other columns, or over figures that are no years.
func (o *outline) yearLine(k int) bool {
	years, others, alone, named := 0, 0, 0, 0
	for i := range o.lines[k].segments {
		s := &o.lines[k].segments[i]
		first, last := spanOf(o.columns, s)
		switch {
		case first != last:
		case isYear(s):
			years++
			switch amounts, again := o.below(k, first); {
			case amounts > 0:
				others += amounts
			case again > 0:
				return false // years in the rows
			default:
				alone++
			}
		case s.content == words && first > 0:
			named++
		case s.content != words && o.figures[first]:
			return false
		}
	}
	return years > 0 && (named > 0 && others+alone > 0 || years > 1 && others > years*(len(o.lines)-k)/2)
}

// below counts the figures of a column below line k that are no years, and the years.
func (o *outline) below(k, column int) (amounts, years int) {
	for n := k + 1; n < len(o.lines); n++ {
		for i := range o.lines[n].segments {
			t := &o.lines[n].segments[i]
			if c, end := spanOf(o.columns, t); c != column || end != column || t.content != figures {
				continue
			}
			if isYear(t) {
				years++
			} else {
				amounts++
			}
		}
	}
	return amounts, years
}

// isYear tells whether a text is the number of a year.
func isYear(s *segment) bool { return s.value >= firstYear && s.value <= lastYear }

// leaveGroups leaves out the lines that end the header but are rows without figures:
// names of groups below all names of columns, and labels that begin where the labels of
// the rows do.
func (o *outline) leaveGroups() {
	step := o.usualStep()
	for o.header > 1 {
		above, line := &o.lines[o.header-2], &o.lines[o.header-1]
		distance := line.y - above.y
		first, last := spanOf(o.columns, &above.segments[0])
		under := first == 0 && last == 0 && len(above.segments) == 1
		stepsOff := distance > nearRow*step || o.header < len(o.lines) && o.lines[o.header].y-line.y < nearRow*distance
		if distance < sameRowStep*line.size || !(o.lonelyLabel(o.header-1) && !under) && !(stepsOff && o.labelsRow(o.header-1)) && !slices.ContainsFunc(line.segments, func(s segment) bool { return s.item }) {
			return
		}
		o.header--
	}
}

// nearRow: a row stands no nearer to the line above than this share of the usual step, or
// of the distance to the line below.
const nearRow = 0.9

// labelsRow tells whether the texts of a line stand over columns of words alone, which
// have names above, and begin where most texts below do.
func (o *outline) labelsRow(k int) bool {
	for i := range o.lines[k].segments {
		s := &o.lines[k].segments[i]
		c, last := spanOf(o.columns, s)
		if c != last || o.figures[c] {
			return false
		}
		named := false
		for n := range k {
			named = named || slices.ContainsFunc(o.lines[n].segments, func(t segment) bool {
				first, end := spanOf(o.columns, &t)
				return first <= c && c <= end
			})
		}
		alike, all := 0, 0
		for n := k + 1; n < len(o.lines); n++ {
			for j := range o.lines[n].segments {
				if first, end := spanOf(o.columns, &o.lines[n].segments[j]); first == c && end == c {
					all++
					if math.Abs(o.lines[n].segments[j].x0-s.x0) < setOff*s.size {
						alike++
					}
				}
			}
		}
		if !named || alike*2 < all {
			return false
		}
	}
	return true
}

// lonelyLabel tells whether a line has a text over the first column alone.
func (o *outline) lonelyLabel(k int) bool {
	_, last := spanOf(o.columns, &o.lines[k].segments[0])
	return len(o.lines[k].segments) == 1 && last == 0
}

// withoutGroups leaves out the names of groups of rows that stand between the header
// and the first figures: apart from it, or as such names stand further down.
func (o *outline) withoutGroups(header int) int {
	o.header = header
	o.measure()
	grouped := o.groups()
	for header > 1 {
		line := &o.lines[header-1]
		if !o.lonelyLabel(header-1) || !grouped && line.y-o.lines[header-2].y <= leading*line.size {
			return header
		}
		header--
	}
	return header
}

// addHeader takes the lines right above that name the columns: several texts, each
// within the table's width, together over at least half of the columns.
func (o *outline) addHeader(above []textLine, s *streamer) {
	if len(above) == 0 {
		return
	}
	left, right := o.columns[0].x0, o.columns[len(o.columns)-1].x1
	limit := max(1.5*o.usualStep(), headerStep*o.lines[0].size)
	taken, rulesPassed := 0, 0
	lower := &o.lines[0]
	for n := 1; n <= min(len(above), maxHeader); n++ {
		line := &above[len(above)-n]
		if lower.y-line.y > limit || line.size > sizeChange*lower.size || o.isData(line) || s.blockedBetween(line.y, lower.y) {
			break
		}
		if s.drawnBetween(line.y, lower.y, left, right) {
			if rulesPassed++; rulesPassed > 1 {
				break
			}
		}
		if line.left() < left-2*line.size || line.right() > right+2*line.size || line.running(right-left) {
			break
		}
		covered := 0
		for i := range line.segments {
			first, last := spanOf(o.columns, &line.segments[i])
			covered += last - first + 1
		}
		step := lower.y - line.y
		lower = line
		if mostlyLabelled(line) && !o.balances(above[len(above)-n:]) {
			continue
		} else if len(line.segments) >= 2 && covered*2 >= len(o.columns) || (step <= leading*line.size || o.heads(line)) && o.namesGroup(line) || o.balances(above[len(above)-n:]) {
			taken = n
		}
	}
	if taken == 0 {
		return
	}
	lines := make([]textLine, 0, taken+len(o.lines))
	lines = append(lines, above[len(above)-taken:]...)
	o.lines = append(lines, o.lines...)
	o.header += taken
}

// headerStep: lines of a header stand no further apart (share of the font size).
const headerStep = 2.2

// isData tells whether a line has figures where the columns have them, other than
// years and the numbers of columns.
func (o *outline) isData(line *textLine) bool {
	for i := range line.segments {
		s := &line.segments[i]
		if first, last := spanOf(o.columns, s); first == last && o.figures[first] && s.content == figures && (s.value < 0 || s.value > lastYear) {
			return true
		}
	}
	return false
}

// Smaller and larger whole numbers are no years.
const firstYear, lastYear = 1800, 2100

// namesGroup tells whether texts stand over some of the columns: the upper names in
// a header of two levels. A title stands over the middle of all, a unit at the end.
func (o *outline) namesGroup(line *textLine) bool {
	left, right := o.columns[0].x0, o.columns[len(o.columns)-1].x1
	for i := range line.segments {
		s := &line.segments[i]
		first, last := spanOf(o.columns, s)
		if first == 0 || last-first+2 > len(o.columns) || math.Abs(s.middle()-(left+right)/2) < s.size || s.x1 > right-s.size/2 && first < last {
			return false
		}
	}
	return true
}

// addTail takes the lines below that go on with the last row.
func (o *outline) addTail(below []textLine) {
	o.measure()
	for n := range min(len(below), pendingLines) {
		line := &below[n]
		last := &o.lines[len(o.lines)-1]
		if len(line.segments) > 1 || line.y-last.y > leading*line.size || !o.wrapped(last, line) {
			return
		}
		o.lines = append(o.lines, *line)
	}
}

// drawnBetween is ruleBetween without the edges of shaded rows.
func (s *streamer) drawnBetween(y0, y1, left, right float64) bool {
	for _, r := range between(s.rules, y0, y1) {
		if r.Thickness > 0 && min(r.To, right)-max(r.From, left) > wideRule*(right-left) {
			return true
		}
	}
	return false
}

// ruleBetween tells whether a rule over most of the width lies between two heights.
func (s *streamer) ruleBetween(y0, y1, left, right float64) bool {
	for _, r := range between(s.rules, y0, y1) {
		if min(r.To, right)-max(r.From, left) > wideRule*(right-left) {
			return true
		}
	}
	return false
}

func (s *streamer) blockedBetween(y0, y1 float64) bool {
	for _, list := range [][]Table{s.lattice, s.tables} {
		for i := range list {
			if t := &list[i].Box; t.Y0 < y1 && t.Y1 > y0 {
				return true
			}
		}
	}
	return false
}

// textMargin: how far around its text a table without rulings reaches (share of
// the font size).
const textMargin = 0.3

// frame gives the table its extent: its text, and the rules right over and under it.
func (s *streamer) frame(o *outline) {
	first, last := &o.lines[0], &o.lines[len(o.lines)-1]
	box := Box{X0: math.Inf(1), X1: math.Inf(-1), Y0: first.top - textMargin*first.size, Y1: last.bottom + textMargin*last.size}
	for i := range o.lines {
		box.X0 = min(box.X0, o.lines[i].left())
		box.X1 = max(box.X1, o.lines[i].right())
	}
	box.X0 -= textMargin * first.size
	box.X1 += textMargin * first.size
	o.box = box
	for _, r := range between(s.rules, first.top-first.size, last.bottom+last.size) {
		if min(r.To, box.X1)-max(r.From, box.X0) < wideRule*box.Width() || r.To-r.From > 1.3*box.Width() {
			continue
		}
		if r.At < first.y && first.top-r.At < first.size {
			box.Y0 = min(box.Y0, r.At)
		}
		if r.At > last.y && r.At-last.bottom < last.size {
			box.Y1 = max(box.Y1, r.At)
		}
	}
	o.box.Y0, o.box.Y1 = box.Y0, box.Y1
	o.rules = s.rulesIn(o.box)
}
