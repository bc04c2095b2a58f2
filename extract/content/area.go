package content

import (
	"cmp"
	"math"
	"slices"

	"gongkai/extract/layout"
)

// area is a painted box that is too thick for a line: a shaded cell, a page's
// ground, a picture.
type area struct {
	layout.Box
	white   bool
	square  bool // exactly this box
	opaque  bool // nothing below shows through
	picture bool
	// How much of the page had been painted before.
	glyphs, rulings int
}

// faintLine is a white line; it shows where the ground below it is darker.
type faintLine struct {
	layout.Ruling
	areas int // painted before it
}

const (
	// maxAreas bounds the areas kept of a page, maxLooks the comparisons of glyphs
	// and lines with them: beyond, what is painted counts as seen.
	maxAreas = 50_000
	maxLooks = 20_000_000
	// maxDots bounds the dots kept of a page.
	maxDots = 200_000
)

func (in *interpreter) addArea(a area) {
	a.Box = a.Box.Intersect(in.state.clip)
	if !(a.Width() > maxRulingThickness && a.Height() > maxRulingThickness) || len(in.areas) >= maxAreas {
		return
	}
	a.glyphs, a.rulings = len(in.glyphs), len(in.rulings)
	in.areas = append(in.areas, a)
}

// dark tells whether the ground at a point is darker than paper, seen when the
// first count areas were painted.
func (in *interpreter) dark(x, y float64, count int) bool {
	if in.looks > maxLooks {
		return true
	}
	for i := count - 1; i >= 0; i-- {
		in.looks++
		if in.areas[i].Contains(x, y) {
			return !in.areas[i].white
		}
	}
	return false
}

// besideLine: so far from a line's edge the ground beside it is looked at (points).
const besideLine = 0.7

// showFaintLines adds the white lines that separate shaded cells: on paper they
// are a grid like any other. A line counts when some part of it has a darker
// ground on both sides.
func (in *interpreter) showFaintLines() {
	for _, line := range in.faint {
		if line.areas == 0 {
			continue
		}
		aside := line.Thickness/2 + besideLine
		for _, share := range [...]float64{0.1, 0.3, 0.5, 0.7, 0.9} {
			along := line.From + share*(line.To-line.From)
			x, y, dx, dy := line.At, along, aside, 0.0
			if line.Horizontal {
				x, y, dx, dy = along, line.At, 0.0, aside
			}
			if in.dark(x-dx, y-dy, line.areas) && in.dark(x+dx, y+dy, line.areas) {
				in.rulings = append(in.rulings, line.Ruling)
				break
			}
		}
	}
}

const (
	// coverMargin: an area that ends so near to a line does not paint it over, it
	// fills the cell beside it (points).
	coverMargin = 1.0
	// coveredShare: a glyph is painted over when this share of it is.
	coveredShare = 0.9
)

// cover takes away what a later area paints over: a reader sees neither the text
// nor the lines below it.
func (in *interpreter) cover() {
	var extent layout.Box // of the glyphs painted so far
	counted := 0
	for i := range in.areas {
		a := &in.areas[i]
		if !a.opaque || a.glyphs == 0 && a.rulings == 0 {
			continue
		}
		for ; counted < min(a.glyphs, len(in.glyphs)); counted++ {
			extent = extent.Union(in.glyphs[counted].Box)
		}
		if a.glyphs > 0 && !a.Intersect(extent).Empty() {
			in.coverGlyphs(a)
		}
		in.coverRulings(a)
		if in.looks > maxLooks {
			return
		}
	}
}

func (in *interpreter) coverGlyphs(a *area) {
	for k := range in.glyphs[:min(a.glyphs, len(in.glyphs))] {
		in.looks++
		g := &in.glyphs[k]
		if x, y := g.Box.Center(); a.Contains(x, y) {
			common := g.Box.Intersect(a.Box)
			if common.Width()*common.Height() >= coveredShare*g.Box.Width()*g.Box.Height() {
				g.Flags |= layout.Hidden
			}
		}
	}
}

// coverRulings cuts away the part of each earlier line that lies inside the area.
func (in *interpreter) coverRulings(a *area) {
	for k := range in.rulings[:a.rulings] {
		in.looks++
		r := &in.rulings[k]
		low, high, from, to := a.X0, a.X1, a.Y0, a.Y1
		if r.Horizontal {
			low, high, from, to = a.Y0, a.Y1, a.X0, a.X1
		}
		margin := coverMargin + r.Thickness/2
		if r.At <= low+margin || r.At >= high-margin || r.From >= to || r.To <= from {
			continue
		}
		behind := layout.Ruling{Horizontal: r.Horizontal, At: r.At, From: to, To: r.To, Thickness: r.Thickness}
		r.To = max(r.From, min(r.To, from))
		if behind.To-behind.From >= minRulingLength && len(in.rulings) < maxRulings {
			in.rulings = append(in.rulings, behind)
		}
	}
}

const (
	// dotGap: dots of one line follow each other at most this closely (points).
	// The squares with which Word fills the corners of cells are further apart.
	dotGap = 3.2
	// dotShift: how far the dots of one line may lie off it (points).
	dotShift = 0.4
	// minDots, minDottedLength: fewer dots, or a shorter row (points), are no line.
	minDots         = 6
	minDottedLength = 8.0
)

func (in *interpreter) addDot(box layout.Box) {
	x, y := box.Center()
	if in.white || math.IsNaN(x+y) || !in.state.clip.Contains(x, y) || len(in.dots) >= maxDots {
		return
	}
	in.dots = append(in.dots, point{x, y})
}

// joinDots finds the rows of dots that a reader takes for lines.
func (in *interpreter) joinDots() {
	if len(in.dots) < minDots {
		return
	}
	in.joinDotsAlong(true)
	for i, d := range in.dots {
		in.dots[i] = point{d.y, d.x}
	}
	in.joinDotsAlong(false)
}

// joinDotsAlong joins dots whose y is the same.
func (in *interpreter) joinDotsAlong(horizontal bool) {
	dots := in.dots
	byX := func(a, b point) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y)) }
	slices.SortFunc(dots, func(a, b point) int { return cmp.Or(cmp.Compare(a.y, b.y), cmp.Compare(a.x, b.x)) })
	for start := 0; start < len(dots); {
		end := start + 1
		for end < len(dots) && dots[end].y-dots[start].y <= dotShift {
			end++
		}
		row := dots[start:end]
		slices.SortFunc(row, byX)
		first := 0
		for i := 1; i <= len(row); i++ {
			if i < len(row) && row[i].x-row[i-1].x <= dotGap {
				continue
			}
			if from, to := row[first].x, row[i-1].x; i-first >= minDots && to-from >= minDottedLength && len(in.rulings) < maxRulings {
				in.rulings = append(in.rulings, layout.Ruling{Horizontal: horizontal, At: row[first].y, From: from, To: to})
			}
			first = i
		}
		start = end
	}
}
