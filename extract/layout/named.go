package layout

import (
	"cmp"
	"slices"
)

const (
	// nameGap parts two names in a header where the columns below all but touch:
	// nearly twice a space (share of the font size).
	nameGap = 0.45
	// nameGlyphs: a name has so many glyphs; single ones are a spread word, 合　计.
	nameGlyphs = 2
)

// partNamed parts the columns that stand so near each other that the texts of a line
// look like one: the header names two of them side by side, and a narrow river runs
// between them through the lines below.
func (s *streamer) partNamed(o *outline) {
	for k := range o.header {
		line := &o.lines[k]
		names, _ := s.reader.segmentLine(nil, s.list[line.first:line.end], nameGap)
		for i := 1; i < len(names); i++ {
			a, b := &names[i-1], &names[i]
			if a.x0 < line.left() || b.x1 > line.right() || a.glyphs < nameGlyphs || b.glyphs < nameGlyphs {
				continue
			}
			c, last := spanOf(o.columns, a)
			if first, end := spanOf(o.columns, b); c != last || first != c || end != c {
				continue
			}
			if river, both, rows := s.riverBelow(o, k, c, column{x0: a.x1, x1: b.x0}); river.width() >= riverWidth*a.size && both >= gappedEnough && both*2 >= rows {
				s.partColumn(o, k, c, (river.x0+river.x1)/2)
			}
		}
	}
	s.partUnderNames(o)
}

// partUnderNames parts the columns that have two names beside each other, on one level
// of the header or on two, where a river runs between them.
func (s *streamer) partUnderNames(o *outline) {
	if o.header == 0 {
		return
	}
	names := o.lowestNames()
	for i := 1; i < len(names); i++ {
		a, b := &names[i-1], &names[i]
		c := a.span.first
		if a.number || b.number || a.span != b.span || c != a.span.last || a.x1 >= b.x0 {
			continue
		}
		k := min(a.line, b.line)
		if river, _, rows := s.riverBelow(o, k, c, column{x0: a.x1, x1: b.x0}); rows > 0 && river.width() >= riverWidth*a.size {
			s.partColumn(o, k, c, (river.x0+river.x1)/2)
			names = o.lowestNames()
		}
	}
}

// wordsIn are the words of a line's texts that stand in one column alone.
func (s *streamer) wordsIn(o *outline, line *textLine, c int) []segment {
	var words []segment
	for i := range line.segments {
		t := &line.segments[i]
		if first, last := spanOf(o.columns, t); first != c || last != c {
			continue
		}
		cut, _ := s.reader.segmentLine(nil, s.list[line.first:line.end], tightGap)
		for _, word := range cut {
			if word.x0 >= t.x0 && word.x1 <= t.x1 {
				words = append(words, word)
			}
		}
	}
	return words
}

// riverBelow is the widest white space within a gap between two names of the header that
// next to no line below line k runs over, with the number of these lines and of those
// that have words on both sides.
func (s *streamer) riverBelow(o *outline, k, c int, gap column) (river column, both, lines int) {
	type edge struct {
		x    float64
		step int
	}
	edges := []edge{{gap.x1, 0}}
	rows := make([][]segment, 0, len(o.lines))
	for n := k + 1; n < len(o.lines); n++ {
		words := s.wordsIn(o, &o.lines[n], c)
		if len(words) == 0 {
			continue
		}
		rows = append(rows, words)
		for i := range words {
			if x0, x1 := max(words[i].x0, gap.x0), min(words[i].x1, gap.x1); x0 < x1 {
				edges = append(edges, edge{x0, 1}, edge{x1, -1})
			}
		}
	}
	slices.SortFunc(edges, func(a, b edge) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.step, b.step)) })
	covered, from := 0, gap.x0
	for _, e := range edges {
		if float64(covered) <= oddShare*float64(len(rows)) && e.x-from > river.width() {
			river = column{x0: from, x1: e.x}
		}
		if before := covered; float64(before) > oddShare*float64(len(rows)) && float64(before+e.step) <= oddShare*float64(len(rows)) {
			from = e.x
		}
		covered += e.step
	}
	for _, words := range rows {
		if m := (river.x0 + river.x1) / 2; words[0].x1 <= m && words[len(words)-1].x0 >= m {
			both++
		}
	}
	return river, both, len(rows)
}

// partColumn makes two columns of one, and two texts of each that has words on both
// sides of a position; the header is parted from line k on.
func (s *streamer) partColumn(o *outline, k, c int, at float64) {
	parts := [2]column{}
	for n := k; n < len(o.lines); n++ {
		line := &o.lines[n]
		words := s.wordsIn(o, line, c)
		if len(words) == 0 || slices.ContainsFunc(words, func(w segment) bool { return w.x0 < at && w.x1 > at }) {
			continue
		}
		var kept []segment
		for i := range line.segments {
			if first, last := spanOf(o.columns, &line.segments[i]); first != c || last != c {
				kept = append(kept, line.segments[i])
			}
		}
		var sides [2]segment
		for i := range words {
			side := &sides[0]
			if words[i].x0 >= at {
				side = &sides[1]
			}
			if side.glyphs == 0 {
				*side = words[i]
			} else {
				side.absorb(&words[i])
			}
		}
		for i := range sides {
			if sides[i].glyphs > 0 {
				kept = append(kept, sides[i])
				parts[i].add(&sides[i])
			}
		}
		slices.SortFunc(kept, func(a, b segment) int { return cmp.Compare(a.x0, b.x0) })
		line.segments = kept
	}
	o.columns = slices.Concat(o.columns[:c], parts[:], o.columns[c+1:])
	o.figures = o.judge().figures()
}
