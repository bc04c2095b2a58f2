package layout

import (
	"math"
	"slices"
)

const (
	// stepTolerance: distances between lines that differ by less are the same (share of
	// the font size). Programs that set pages place lines to a hundredth of a point.
	stepTolerance = 0.03
	// wrappedShare: of the lines that are joined to rows by their distance, the share
	// that must have been broken where they are, by the width of their column.
	wrappedShare = 0.6
	// edgeSlack: a word that would have come this far past the end of its column had no
	// room there (share of the font size); widths of fonts that are not embedded are off
	// by as much.
	edgeSlack = 0.3
	// wrapCentreOff: the lines of a centred text have their middles this close (share of
	// the font size).
	wrapCentreOff = 0.5
)

// wrapStep is the distance up to which the lines below the header stand in one row,
// if distances tell: the lines of a wrapped text stand nearer to each other than to
// those of the next row, wherever in the height of its row a figure is set. It is the
// longest distance that puts no two lines with figures into one row; 0 when
// distances do not tell.
func (o *outline) wrapStep() float64 {
	if o.byRule || len(o.lines)-o.header < gappedEnough {
		return 0
	}
	anchors := o.anchors()
	var distances []float64
	size := o.lines[o.header].size
	for k := o.header + 1; k < len(o.lines); k++ {
		if d := o.lines[k].y - o.lines[k-1].y; d >= sameRowStep*o.lines[k].size && d <= leading*o.lines[k].size {
			distances = append(distances, d)
		}
	}
	slices.Sort(distances)
	for i := len(distances) - 1; i >= 0; i-- {
		if i+1 < len(distances) && distances[i+1]-distances[i] < stepTolerance*size {
			continue
		}
		if step := distances[i] + stepTolerance*size/2; o.oneAnchorEach(step, anchors) {
			if o.mostWrapped(step, anchors) || o.mostCentred(step, anchors) {
				return step
			}
			return 0
		}
	}
	return 0
}

// anchors marks the lines with a figure, or a dash, in a column of figures: every row
// has one such line at most.
func (o *outline) anchors() []bool {
	anchors := make([]bool, len(o.lines))
	for k := o.header; k < len(o.lines); k++ {
		line := &o.lines[k]
		anchors[k] = slices.ContainsFunc(line.segments, func(s segment) bool {
			c, last := spanOf(o.columns, &s)
			return c == last && o.figures[c] && s.content != words
		})
	}
	return anchors
}

// near tells whether line k stands within a distance of the line above, with no
// ruling between them.
func (o *outline) near(k int, step float64) bool {
	above, line := &o.lines[k-1], &o.lines[k]
	if _, ok := o.ruleBetween(above.y, line.y, wideRule); ok {
		return false
	}
	distance := line.y - above.y
	return distance < sameRowStep*min(line.size, above.size) || distance <= step
}

// oneAnchorEach tells whether no row has two lines with figures when lines within a
// distance of each other are joined.
func (o *outline) oneAnchorEach(step float64, anchors []bool) bool {
	seen := math.Inf(-1) // height of the line with figures in this row
	for k := o.header; k < len(o.lines); k++ {
		line := &o.lines[k]
		if k == o.header || !o.near(k, step) {
			seen = math.Inf(-1)
		}
		if !anchors[k] {
			continue
		}
		if line.y-seen >= sameRowStep*line.size {
			if !math.IsInf(seen, -1) {
				return false
			}
			seen = line.y
		}
	}
	return true
}

// mostWrapped tells whether most lines that a distance joins to rows go on with a
// text that was broken where its column ends, and rows begin below.
func (o *outline) mostWrapped(step float64, anchors []bool) bool {
	last := make([]*segment, len(o.columns)) // of this row, by columns
	wrapped, all, rows := 0, 0, 0
	anchored := false
	for k := o.header; k < len(o.lines); k++ {
		if k == o.header || !o.near(k, step) {
			clear(last)
			anchored = false
		}
		if anchors[k] && !anchored {
			anchored = true
			rows++
		}
		line := &o.lines[k]
		for i := range line.segments {
			s := &line.segments[i]
			c, end := spanOf(o.columns, s)
			if c != end {
				continue
			}
			if above := last[c]; above != nil {
				all++
				if !o.figures[c] && o.broken(c, above, s) {
					wrapped++
				}
			}
			last[c] = s
		}
	}
	return rows > 1 && all > 0 && float64(wrapped) >= wrappedShare*float64(all)
}

// mostCentred tells whether the figures of most rows of several lines stand in the middle
// of the row's height, with lines above and below them.
func (o *outline) mostCentred(step float64, anchors []bool) bool {
	several, centred := 0, 0
	for first := o.header; first < len(o.lines); {
		end, anchor := first, math.Inf(-1)
		for ; end < len(o.lines) && (end == first || o.near(end, step)); end++ {
			if anchors[end] {
				anchor = o.lines[end].y
			}
		}
		if top, bottom, size := o.lines[first].y, o.lines[end-1].y, o.lines[first].size; bottom-top > levelOff*size {
			several++
			if anchor > top+levelOff*size && anchor < bottom-levelOff*size && math.Abs((top+bottom)/2-anchor) < levelOff*size {
				centred++
			}
		}
		first = end
	}
	return centred > 1 && centred*2 >= several
}

// broken tells whether a text goes on below because its first word there would not
// have fitted in the column above.
func (o *outline) broken(column int, above, below *segment) bool {
	word := spaceGap*below.size/2 + below.firstWord
	if math.Abs(above.x0-below.x0) < indentation*below.size && above.x1+word > o.ends[column]+edgeSlack*below.size {
		return true
	}
	return math.Abs(above.middle()-below.middle()) < wrapCentreOff*below.size && above.width()+word > o.limits[column]+edgeSlack*below.size
}

// startsRow tells whether a lone text at the distance of rows from the line above begins
// a row: it begins with a capital, or the line above leaves much of the column free,
// though its next word might not have fitted.
func (o *outline) startsRow(k int, step float64) bool {
	above, line := &o.lines[k-1], &o.lines[k]
	if len(line.segments) > 1 || line.y-above.y < step-2*stepTolerance*line.size {
		return false
	}
	s := &line.segments[0]
	if s.capital {
		return true
	}
	c, last := spanOf(o.columns, s)
	for i := range above.segments {
		if first, end := spanOf(o.columns, &above.segments[i]); first == c && end == last {
			return above.segments[i].width() < filledLine*o.limits[c]
		}
	}
	return true
}

// filledLine: a line that is broken fills this share of the widest one.
const filledLine = 0.75

// goesOnBelow tells whether line k ends a label that began on the line above alone, and
// has the figures of both: its first text begins with a small letter, right below.
func (o *outline) goesOnBelow(k int) bool {
	above, line := &o.lines[k-1], &o.lines[k]
	c, last := spanOf(o.columns, &line.segments[0])
	first, end := spanOf(o.columns, &above.segments[0])
	return line.segments[0].small && above.segments[0].capital && len(above.segments) == 1 && len(line.segments) > 1 && c == last && first == c && end == c
}
