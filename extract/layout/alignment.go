package layout

import (
	"math"
	"slices"
	"sort"
)

// Distances in parts of the font size, shares of lines.
const (
	// riverWidth: white space between two columns is at least this wide over all
	// the lines of a table.
	riverWidth = 0.2
	// weakShare: of the lines of a table, a column with fewer texts than this share
	// is an accident, such as the gap inside a spread word.
	weakShare = 0.12
	// oddShare: of the lines of a table, the share that may run over a river.
	oddShare = 0.15
	// oddSharePart is the same for lines that run over one river and leave two alone.
	oddSharePart = 0.4
	// oddRun: so many of those may follow each other before others are seen.
	oddRun = 5
	// oddShareRuled is the same between rules, which tell the extent.
	oddShareRuled = 0.3
	// crowded: a line with so many times more texts than the lines below have columns
	// belongs to another block.
	crowded = 2
	// lineStep: the first two rows of a table stand no further apart.
	lineStep = 4.0
	// stepGrowth: how much wider than the widest step so far the next may be.
	stepGrowth = 1.9
	// wideStep: a step this much wider than the others parts two blocks if the lines
	// beyond fill fewer columns.
	wideStep = 1.6
	// sizeChange: text this much larger or smaller belongs to another matter.
	sizeChange = 1.35
	// pendingLines: so many lines with one text may stand in a row inside a table:
	// wrapped text, the names of groups.
	pendingLines = 3
	// maxPending: and at most so many lines, those counted that overlap in height.
	maxPending = 12
	// proseGlyphs: a text this long over several columns is a sentence (glyphs).
	proseGlyphs = 30
)

// column is the horizontal extent that the texts of a column take.
type column struct {
	x0, x1 float64
	lines  int // lines with a text here
}

func (c *column) width() float64 { return c.x1 - c.x0 }

// columnsOf starts columns from the segments of one line.
func columnsOf(line *textLine) []column {
	columns := make([]column, len(line.segments))
	for i, s := range line.segments {
		columns[i] = column{s.x0, s.x1, 1}
	}
	return columns
}

// mergeColumns adds a line's segments to the columns: what overlaps, or is closer
// than the gap, becomes one column. joined counts the columns with more than weak
// lines that the segments would fuse.
func mergeColumns(buffer, columns []column, segments []segment, gap float64, weak int) (merged []column, joined int) {
	merged = buffer[:0]
	i, k := 0, 0
	own, strong, filled := 0, 0, false // of the column being merged
	for i < len(columns) || k < len(segments) {
		var next column
		isOwn := i < len(columns) && (k == len(segments) || columns[i].x0 <= segments[k].x0)
		if isOwn {
			next = columns[i]
			i++
		} else {
			next = column{x0: segments[k].x0, x1: segments[k].x1}
			k++
		}
		if n := len(merged); n > 0 && next.x0-merged[n-1].x1 < gap {
			merged[n-1].x1 = max(merged[n-1].x1, next.x1)
		} else {
			merged = append(merged, next)
			own, strong, filled = 0, 0, false
		}
		if isOwn {
			own = max(own, next.lines)
			if next.lines > weak {
				if strong++; strong > 1 {
					joined++
				}
			}
		} else {
			filled = true
		}
		last := &merged[len(merged)-1]
		last.lines = own
		if filled {
			last.lines++
		}
	}
	return merged, joined
}

// body is a stretch of lines that share their columns.
type body struct {
	top, bottom int // lines, both inclusive
	columns     []column
	gapped      int // lines with two segments or more that fit the columns
	odd         int // lines that run over a river
	maxStep     float64
	steps       float64 // sum of the steps between lines that fit
}

// grower finds bodies in the lines of a zone.
type grower struct {
	lines   []textLine
	header  int                       // leading lines that are known to be the header
	blocked func(y0, y1 float64) bool // something stands between two heights that ends a table
	// recut cuts a line at narrow gaps that lie between the columns; it tells
	// whether that helps.
	recut  func(*textLine, []column) bool
	buffer []column
}

// grow collects the lines above the line bottom that share its columns. It goes
// upwards because tables end in rows of data, while headers, which span columns,
// stand at their top (Hu et al., "Medium-independent table detection", 2000,
// compare lines pairwise; comparing with the columns so far keeps the cost linear).
func (g *grower) grow(bottom, limit int) body {
	b := body{top: bottom, bottom: bottom, columns: columnsOf(&g.lines[bottom]), gapped: 1}
	size := g.lines[bottom].size
	pending, oddPending := 0, 0
	last := bottom
	for k := bottom - 1; k >= limit; k-- {
		line := &g.lines[k]
		step := g.lines[last].y - line.y
		if step > b.stepLimit(size) || line.size > sizeChange*size || size > sizeChange*line.size || g.blocked(line.y, g.lines[last].y) {
			break
		}
		if len(line.segments) == 1 {
			if pending >= pendingLines && !b.holdsWrapped(line) || b.top-k > maxPending || !b.holdsLone(line) {
				break
			}
			if step >= sameRowStep*size {
				pending++
			}
			last = k
			b.maxStep = max(b.maxStep, step)
			continue
		}
		merged, joined := g.merge(&b, line, size)
		if joined > 0 || len(merged) < 2 {
			// A line over a river: a long text among short ones, or the end.
			limit := oddShare * float64(b.gapped)
			if joined == 1 && len(merged) > 2 {
				limit = max(oddSharePart*float64(b.gapped), oddRun)
			}
			if len(merged) < 2 || float64(b.odd+oddPending+1) > limit {
				break
			}
			oddPending++
			last = k
			continue
		}
		if len(line.segments) > crowded*len(merged) {
			break // a table that ends above other text
		}
		if b.gapped > gappedEnough && step > wideStep*b.steps/float64(b.gapped-1) && len(line.segments)*2 < len(merged) && !g.fullAbove(k, len(merged)) {
			break // another block, with other columns
		}
		g.buffer, b.columns = b.columns, merged
		b.maxStep, b.steps = max(b.maxStep, step), b.steps+step
		b.top, b.gapped, b.odd = k, b.gapped+1, b.odd+oddPending
		pending, oddPending, last = 0, 0, k
	}
	g.buffer = nil
	return b
}

// fullAbove tells whether a line right above line k fills a third of the columns: line k
// is then the end of a row whose texts wrap.
func (g *grower) fullAbove(k, columns int) bool {
	for n := k - 1; n >= max(k-pendingLines, 0); n-- {
		if line := &g.lines[n]; g.lines[n+1].y-line.y > leading*line.size {
			return false
		} else if len(line.segments)*3 >= columns {
			return true
		}
	}
	return false
}

// merge adds a line to the columns. A line that would fuse columns is cut at narrow
// gaps first.
func (g *grower) merge(b *body, line *textLine, size float64) (merged []column, joined int) {
	weak := max(1, int(weakShare*float64(b.gapped)))
	merged, joined = mergeColumns(g.buffer, b.columns, line.segments, riverWidth*size, weak)
	if joined > 0 && b.gapped > 1 && g.recut(line, b.columns) {
		merged, joined = mergeColumns(merged, b.columns, line.segments, riverWidth*size, weak)
	}
	return merged, joined
}

// gather finds the columns of all lines, whose extent is known: those with most
// texts come first, so that they tell how to cut the others. The header comes last, and
// so do the numbers of the columns.
func (g *grower) gather() body {
	order := make([]int, 0, len(g.lines))
	for k := range g.lines {
		if len(g.lines[k].segments) > 1 {
			order = append(order, k)
		}
	}
	heads := func(k int) bool { return k < max(g.header, 1) || numberLine(&g.lines[k]) }
	slices.SortStableFunc(order, func(a, b int) int {
		if heads(a) != heads(b) {
			if heads(a) {
				return 1
			}
			return -1
		}
		return len(g.lines[b].segments) - len(g.lines[a].segments)
	})
	var b body
	for _, k := range order {
		line := &g.lines[k]
		if b.gapped == 0 {
			b.columns, b.gapped = columnsOf(line), 1
			continue
		}
		if heads(k) { // the upper names stand over several columns, and join none
			whole, fused := mergeColumns(g.buffer, b.columns, line.segments, riverWidth*line.size, 0)
			if g.buffer = whole; fused > 0 && len(line.segments) < len(b.columns) {
				continue
			}
		}
		merged, joined := g.merge(&b, line, line.size)
		if joined > 0 || len(merged) < 2 {
			b.odd++
			continue
		}
		g.buffer, b.columns = b.columns, merged
		b.gapped++
	}
	g.buffer = nil
	return b
}

// stepLimit is how far above the last line the next may stand.
func (b *body) stepLimit(size float64) float64 {
	if b.maxStep == 0 {
		return lineStep * size
	}
	return min(max(stepGrowth*b.maxStep, 2.5*size), 6*size)
}

// holdsLone tells whether a line with one text may stand inside the table: it lies
// within its width, and is no sentence over its columns.
func (b *body) holdsLone(line *textLine) bool {
	left, right := b.columns[0].x0, b.columns[len(b.columns)-1].x1
	s := &line.segments[0]
	if b.gapped == 1 && s.glyphs < proseGlyphs/2 {
		left -= besideTotal * s.size
	}
	if s.x0 < left-2*s.size || s.x1 > right+2*s.size {
		return false
	}
	first, last := spanOf(b.columns, s)
	return first == last || s.glyphs < proseGlyphs || s.width() < 0.6*(right-left)
}

// besideTotal: labels begin so far to the left of the word that stands for the total, in
// the middle of its column (share of the font size).
const besideTotal = 10.0

// holdsWrapped tells whether a lone text lies within one column, as wide as its texts so
// far: one more line of a text in a narrow column.
func (b *body) holdsWrapped(line *textLine) bool {
	s := &line.segments[0]
	first, last := spanOf(b.columns, s)
	return first == last && s.x0 >= b.columns[first].x0-riverWidth*s.size && s.x1 <= b.columns[first].x1+riverWidth*s.size
}

// spanOf is the range of columns that a segment stands in; a segment between two
// columns belongs to the nearer one.
func spanOf(columns []column, s *segment) (first, last int) {
	first, last = -1, -1
	start := sort.Search(len(columns), func(i int) bool { return columns[i].x1 > s.x0 })
	for i := start; i < len(columns); i++ {
		c := &columns[i]
		if over(c.x0, c.x1, s) {
			if first < 0 {
				first = i
			}
			last = i
		} else if c.x0 > s.x1 {
			break
		}
	}
	if first >= 0 {
		return first, last
	}
	best, distance := 0, math.Inf(1)
	for i := max(start-1, 0); i < min(start+2, len(columns)); i++ {
		if d := max(columns[i].x0-s.x1, s.x0-columns[i].x1); d < distance {
			best, distance = i, d
		}
	}
	return best, best
}
