package content

import (
	"math"
	"slices"

	"gongkai/extract/layout"
)

const (
	// maxRulingThickness: a filled box up to this thin is a drawn line, a thicker
	// one is a painted area (points). Table frames of 2.25 pt are the boldest that
	// Word and Excel offer for a normal table; 3 pt is their next step.
	maxRulingThickness = 3.2
	// minRulingLength: shorter pieces are the little squares with which Word and
	// WPS fill the corners where borders meet (points).
	minRulingLength = 1.5
	// maxSlant: how far a line may lean over its length and still be horizontal
	// or vertical (points).
	maxSlant = 0.6
)

// maxLetter is the size up to which a shape beside curved or hollow ones may be a
// stroke of a letter drawn as its outline: a title set in 26 pt, the size called 一号
// (points).
const maxLetter = 28.0

type point struct{ x, y float64 }

// path is the current path in display coordinates: subpaths one after another.
type path struct {
	points []point
	starts []int  // index of each subpath's first point
	curved []bool // the subpath holds a Bézier piece
	closed []bool
}

func (p *path) reset() {
	p.points, p.starts, p.curved, p.closed = p.points[:0], p.starts[:0], p.curved[:0], p.closed[:0]
}

func (p *path) move(x, y float64) {
	if n := len(p.starts); n > 0 && p.starts[n-1] == len(p.points)-1 {
		p.points[len(p.points)-1] = point{x, y} // a move after a move replaces it
		p.closed[n-1], p.curved[n-1] = false, false
		return
	}
	p.starts = append(p.starts, len(p.points))
	p.curved = append(p.curved, false)
	p.closed = append(p.closed, false)
	p.points = append(p.points, point{x, y})
}

func (p *path) line(x, y float64) {
	n := len(p.starts)
	if n == 0 {
		p.move(x, y)
		return
	}
	if p.closed[n-1] { // after h the current point is the subpath's start
		start := p.points[p.starts[n-1]]
		p.move(start.x, start.y)
	}
	p.points = append(p.points, point{x, y})
}

func (p *path) curve(x, y float64) {
	p.line(x, y)
	p.curved[len(p.curved)-1] = true
}

func (p *path) close() {
	if n := len(p.closed); n > 0 {
		p.closed[n-1] = true
	}
}

// subpath returns the points of subpath i.
func (p *path) subpath(i int) []point {
	end := len(p.points)
	if i+1 < len(p.starts) {
		end = p.starts[i+1]
	}
	return p.points[p.starts[i]:end]
}

// hasLetters tells whether small subpaths may be letters that a driver drew as their
// outlines, for a font it could not embed or made bold: some subpath is curved, or
// is a hole in the one before it, as in 口. The lines of 目 are no table.
func (p *path) hasLetters() bool {
	if len(p.starts) < 2 {
		return false
	}
	if slices.Contains(p.curved, true) {
		return true
	}
	outer := layout.Box{X1: math.Inf(1)} // no letter
	for i := range p.starts {
		box := bounds(p.subpath(i))
		if isLetter(outer) && box.X0 > outer.X0 && box.X1 < outer.X1 && box.Y0 > outer.Y0 && box.Y1 < outer.Y1 &&
			min(box.Width(), box.Height()) > maxSlant {
			return true
		}
		outer = box
	}
	return false
}

// slants tells of an outline whether some piece of it is neither horizontal nor
// vertical.
func slants(points []point) bool {
	for k := 1; k < len(points); k++ {
		if oblique(points[k-1], points[k]) {
			return true
		}
	}
	return false
}

func oblique(a, b point) bool { return math.Abs(a.x-b.x) > maxSlant && math.Abs(a.y-b.y) > maxSlant }

func isLetter(box layout.Box) bool { return max(box.Width(), box.Height()) <= maxLetter }

// bounds of all points.
func bounds(points []point) layout.Box {
	b := layout.Box{X0: math.Inf(1), Y0: math.Inf(1), X1: math.Inf(-1), Y1: math.Inf(-1)}
	for _, q := range points {
		b.X0, b.X1 = min(b.X0, q.x), max(b.X1, q.x)
		b.Y0, b.Y1 = min(b.Y0, q.y), max(b.Y1, q.y)
	}
	return b
}

// hairline: width 0 asks for the thinnest line there is, which is a line all the same
// (points).
const hairline = 0.1

// stroke hands every straight piece of a stroked path to the page.
func (in *interpreter) stroke() {
	if in.unseen > 0 || in.state.strokePaint.alpha < unseenAlpha {
		return
	}
	in.white = in.state.strokePaint.white
	thickness := max(in.state.lineWidth*in.state.ctm.scale(), hairline)
	if thickness > maxRulingThickness { // a thick stroke is a painted box
		in.thickStroke(thickness)
		return
	}
	letters := in.path.hasLetters()
	for i := range in.path.starts {
		points := in.path.subpath(i)
		if in.path.curved[i] || (letters || slants(points)) && isLetter(bounds(points)) {
			continue
		}
		for k := 1; k < len(points); k++ {
			in.addSegment(points[k-1], points[k], thickness)
		}
		if in.path.closed[i] && len(points) > 2 {
			in.addSegment(points[len(points)-1], points[0], thickness)
		}
	}
}

// thickStroke: some drivers paint a short fat line for a thin long rule, a line
// 500 pt wide and 0.5 pt long; others a fat line for a shaded band.
func (in *interpreter) thickStroke(thickness float64) {
	for i := range in.path.starts {
		points := in.path.subpath(i)
		if in.path.curved[i] || len(points) != 2 {
			continue
		}
		box := bounds(points)
		half := thickness / 2
		upright, level := box.Width() <= maxSlant, box.Height() <= maxSlant
		switch {
		case upright && (!level || box.Height() > box.Width()):
			box.X0, box.X1 = box.X0-half, box.X1+half
		case level:
			box.Y0, box.Y1 = box.Y0-half, box.Y1+half
		default:
			continue
		}
		if min(box.Width(), box.Height()) <= maxRulingThickness {
			in.addBox(box)
		} else {
			in.addArea(area{Box: box, white: in.white})
		}
	}
}

// fill hands every filled area to the page: thin ones as rulings, also the
// trapezoids of mitred borders; others as areas.
func (in *interpreter) fill() {
	if in.unseen > 0 || in.state.fillPaint.alpha < unseenAlpha {
		return
	}
	in.white = in.state.fillPaint.white
	opaque := in.state.fillPaint.alpha >= opaqueAlpha && !in.state.blended && !in.state.roughClip
	letters := in.path.hasLetters()
	for i := range in.path.starts {
		points := in.path.subpath(i)
		box := bounds(points)
		if letters && isLetter(box) {
			continue
		}
		if box.Width() > maxRulingThickness && box.Height() > maxRulingThickness {
			square := !in.path.curved[i] && rectangular(points)
			in.addArea(area{Box: box, white: in.white, light: in.state.fillPaint.light, square: square, opaque: opaque && square && len(in.path.starts) == 1})
		} else if !in.path.curved[i] {
			in.addBox(box)
		}
	}
}

// rectangular tells whether a subpath has the four corners of an upright rectangle.
func rectangular(points []point) bool {
	if len(points) == 5 && points[4] == points[0] {
		points = points[:4]
	}
	if len(points) != 4 {
		return false
	}
	return !slants(points) && !oblique(points[3], points[0])
}

// shade follows sh, which paints the clip.
func (in *interpreter) shade() {
	if in.unseen > 0 {
		return
	}
	in.white = false
	clip := in.state.clip
	if min(clip.Width(), clip.Height()) <= maxRulingThickness {
		in.addBox(clip)
	} else {
		in.addArea(area{Box: clip, picture: true})
	}
}

// addSegment adds one straight stroke when it is horizontal or vertical.
func (in *interpreter) addSegment(a, b point, thickness float64) {
	width, height := math.Abs(a.x-b.x), math.Abs(a.y-b.y)
	switch {
	case max(width, height) < minRulingLength:
		in.addDot(layout.Box{X0: min(a.x, b.x), Y0: min(a.y, b.y), X1: max(a.x, b.x), Y1: max(a.y, b.y)})
	case height <= maxSlant && width >= minRulingLength:
		in.addRuling(layout.Ruling{Horizontal: true, At: (a.y + b.y) / 2, From: min(a.x, b.x), To: max(a.x, b.x), Thickness: thickness})
	case width <= maxSlant && height >= minRulingLength:
		in.addRuling(layout.Ruling{At: (a.x + b.x) / 2, From: min(a.y, b.y), To: max(a.y, b.y), Thickness: thickness})
	}
}

// addBox adds a thin box as the ruling along its middle.
func (in *interpreter) addBox(box layout.Box) {
	width, height := box.Width(), box.Height()
	switch {
	case max(width, height) < minRulingLength:
		in.addDot(box)
	case height <= maxRulingThickness && width > height:
		in.addRuling(layout.Ruling{Horizontal: true, At: (box.Y0 + box.Y1) / 2, From: box.X0, To: box.X1, Thickness: height})
	case width <= maxRulingThickness && height > width:
		in.addRuling(layout.Ruling{At: (box.X0 + box.X1) / 2, From: box.Y0, To: box.Y1, Thickness: width})
	}
}

// addRuling keeps the part of a ruling that the clipping path lets through.
func (in *interpreter) addRuling(r layout.Ruling) {
	clip := &in.state.clip
	// A clip that runs along a line cuts half its thickness; the line is still seen.
	half := r.Thickness/2 + 0.5
	if r.Horizontal {
		if r.At < clip.Y0-half || r.At > clip.Y1+half {
			return
		}
		r.From, r.To = max(r.From, clip.X0), min(r.To, clip.X1)
	} else {
		if r.At < clip.X0-half || r.At > clip.X1+half {
			return
		}
		r.From, r.To = max(r.From, clip.Y0), min(r.To, clip.Y1)
	}
	if r.To-r.From < minRulingLength || math.IsNaN(r.At) || len(in.rulings)+len(in.faint) >= maxRulings {
		return
	}
	if in.white {
		in.faint = append(in.faint, faintLine{r, len(in.areas)})
		return
	}
	in.rulings = append(in.rulings, r)
}
