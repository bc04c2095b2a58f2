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
	light   float32 // 0 black … 1 white; 0 when it is not known
	square  bool    // exactly this box
	opaque  bool    // nothing below shows through
	picture bool
	blends  bool // into the shaded area below it: nobody sees its edges
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
	if in.solid < len(in.areas) && !a.white && a.within(&in.areas[in.solid]) {
		a.blends = true
	} else {
		in.solid = len(in.areas)
	}
	in.areas = append(in.areas, a)
}

// within tells whether an area lies on another of its shade: Word shades a cell, and
// on it each of its paragraphs.
func (a *area) within(ground *area) bool {
	return ground.square && !a.picture && !ground.white && a.light == ground.light &&
		a.X0 >= ground.X0 && a.X1 <= ground.X1 && a.Y0 >= ground.Y0 && a.Y1 <= ground.Y1
}

// ground is the topmost area at a point, -1 for bare paper, as seen when the
// first count areas were painted, and whether it is darker than paper.
func (in *interpreter) ground(x, y float64, count int) (index int, dark bool) {
	if in.looks > maxLooks {
		return -1, true
	}
	for i := count - 1; i >= 0; i-- {
		in.looks++
		if in.areas[i].Contains(x, y) {
			return i, !in.areas[i].white
		}
	}
	return -1, false
}

// besideLine: so far from a line's edge the ground beside it is looked at (points).
const besideLine = 0.7

// showFaintLines adds the white lines that separate shaded cells: on paper they
// are a grid like any other. A line counts when some part of it has a darker
// ground on both sides. The ground's own edges close the grid.
func (in *interpreter) showFaintLines() {
	var grounds []int
	first := len(in.rulings)
	horizontals := 0
	for i := range in.faint {
		line := &in.faint[i]
		under, shown := in.underLine(line)
		if !shown {
			continue
		}
		if line.Horizontal {
			horizontals++
		}
		in.rulings = append(in.rulings, line.Ruling)
		grounds = append(grounds, under...)
	}
	if horizontals == 0 || horizontals == len(in.rulings)-first {
		return
	}
	slices.Sort(grounds)
	for _, i := range slices.Compact(grounds) {
		if in.areas[i].square && !in.areas[i].blends {
			in.addEdges(in.areas[i].Box)
		}
	}
}

// underLine finds the areas on both sides of a white line, and whether it shows.
func (in *interpreter) underLine(line *faintLine) (areas []int, shown bool) {
	if line.areas == 0 {
		return nil, false
	}
	aside := line.Thickness/2 + besideLine
	for _, share := range [...]float64{0.1, 0.3, 0.5, 0.7, 0.9} {
		along := line.From + share*(line.To-line.From)
		x, y, dx, dy := line.At, along, aside, 0.0
		if line.Horizontal {
			x, y, dx, dy = along, line.At, 0.0, aside
		}
		before, darkBefore := in.ground(x-dx, y-dy, line.areas)
		behind, darkBehind := in.ground(x+dx, y+dy, line.areas)
		if darkBefore && darkBehind && before >= 0 && behind >= 0 {
			areas = append(areas, before, behind)
		}
	}
	return areas, len(areas) > 0
}

// addEdges adds the four edges of a box as rulings.
func (in *interpreter) addEdges(c layout.Box) {
	in.rulings = append(in.rulings,
		layout.Ruling{Horizontal: true, At: c.Y0, From: c.X0, To: c.X1}, layout.Ruling{Horizontal: true, At: c.Y1, From: c.X0, To: c.X1},
		layout.Ruling{At: c.X0, From: c.Y0, To: c.Y1}, layout.Ruling{At: c.X1, From: c.Y0, To: c.Y1})
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
	var pieces []piece
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
		pieces = in.coverRulings(a, pieces)
		if in.looks > maxLooks {
			break
		}
	}
	for _, p := range pieces {
		in.rulings = append(in.rulings, p.Ruling)
	}
	in.rulings = slices.DeleteFunc(in.rulings, func(r layout.Ruling) bool { return r.To-r.From < minRulingLength })
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

// piece is what remains of a ruling behind an area that paints over its middle.
type piece struct {
	layout.Ruling
	of int // index of the ruling
}

// coverRulings cuts away the part of each earlier line that lies inside the
// area, and returns the pieces with those that this leaves.
func (in *interpreter) coverRulings(a *area, pieces []piece) []piece {
	in.looks += a.rulings + len(pieces)
	for k := range pieces {
		if pieces[k].of < a.rulings {
			if behind, ok := a.cut(&pieces[k].Ruling); ok && len(pieces) < maxRulings {
				pieces = append(pieces, piece{behind, pieces[k].of})
			}
		}
	}
	for k := range in.rulings[:a.rulings] {
		if behind, ok := a.cut(&in.rulings[k]); ok && len(pieces) < maxRulings {
			pieces = append(pieces, piece{behind, k})
		}
	}
	return pieces
}

// cut ends a ruling where the area begins and returns its rest behind the area.
func (a *area) cut(r *layout.Ruling) (behind layout.Ruling, ok bool) {
	low, high, from, to := a.X0, a.X1, a.Y0, a.Y1
	if r.Horizontal {
		low, high, from, to = a.Y0, a.Y1, a.X0, a.X1
	}
	margin := coverMargin + r.Thickness/2
	if r.At <= low+margin || r.At >= high-margin || r.From >= to || r.To <= from {
		return behind, false
	}
	behind = layout.Ruling{Horizontal: r.Horizontal, At: r.At, From: max(to, r.From), To: r.To, Thickness: r.Thickness}
	r.To = max(r.From, min(r.To, from))
	return behind, behind.To-behind.From >= minRulingLength
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
	// minDotsBetween: so few are one where both ends meet lines across: the side of a cell
	// in a low row.
	minDotsBetween = 3
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
	short := in.joinDotsAlong(true)
	for i, d := range in.dots {
		in.dots[i] = point{d.y, d.x}
	}
	in.addSides(append(short, in.joinDotsAlong(false)...))
}

// addSides adds short rows of dots that meet lines across at both ends.
func (in *interpreter) addSides(short []layout.Ruling) {
	if len(short) == 0 {
		return
	}
	across := [2][]layout.Ruling{}
	for _, r := range in.rulings {
		across[direction(!r.Horizontal)] = append(across[direction(!r.Horizontal)], r)
	}
	for k := range across {
		slices.SortFunc(across[k], func(a, b layout.Ruling) int { return cmp.Compare(a.At, b.At) })
	}
	meets := func(lines []layout.Ruling, at, x float64) bool {
		i, _ := slices.BinarySearchFunc(lines, at-dotGap, func(r layout.Ruling, at float64) int { return cmp.Compare(r.At, at) })
		for ; i < len(lines) && lines[i].At <= at+dotGap; i++ {
			if lines[i].From <= x+dotGap && x <= lines[i].To+dotGap {
				return true
			}
		}
		return false
	}
	for _, r := range short {
		lines := across[direction(r.Horizontal)]
		if len(in.rulings) < maxRulings && meets(lines, r.From, r.At) && meets(lines, r.To, r.At) {
			in.rulings = append(in.rulings, r)
		}
	}
}

func direction(horizontal bool) int {
	if horizontal {
		return 0
	}
	return 1
}

// joinDotsAlong joins dots whose y is the same. It returns rows of dots that are too
// short for lines of their own.
func (in *interpreter) joinDotsAlong(horizontal bool) (short []layout.Ruling) {
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
			line := layout.Ruling{Horizontal: horizontal, At: row[first].y, From: row[first].x, To: row[i-1].x, Thickness: hairline}
			switch {
			case i-first >= minDots && line.To-line.From >= minDottedLength && len(in.rulings) < maxRulings:
				in.rulings = append(in.rulings, line)
			case i-first >= minDotsBetween && len(short) < maxRulings:
				short = append(short, line)
			}
			first = i
		}
		start = end
	}
	return short
}
