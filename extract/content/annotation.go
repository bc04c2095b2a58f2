package content

import (
	"math"

	"gongkai/extract/layout"
)

// maxAnnotations bounds the annotations followed on one page.
const maxAnnotations = 5000

// Bits of an annotation's /F that keep it off the screen (ISO 32000-2, table 167).
const (
	hiddenAnnotation = 1 << 1
	noViewAnnotation = 1 << 5
)

// silentAnnotations have an appearance that says nothing a table holds: marks
// over text that is there already, icons, and windows that open on a click.
var silentAnnotations = map[string]bool{
	"Popup": true, "Link": true, "Text": true, "Highlight": true, "Underline": true, "Squiggly": true, "StrikeOut": true,
	"FileAttachment": true, "Sound": true, "Movie": true, "Screen": true, "3D": true, "RichMedia": true, "TrapNet": true, "PrinterMark": true,
}

// paintAnnotations follows the appearances of a page's annotations: typed-in
// text, form fields with their values, stamps.
func (in *interpreter) paintAnnotations(list value) {
	count := min(list.length(), maxAnnotations)
	if count == 0 {
		return
	}
	base := in.base
	for i := range count {
		annotation := list.index(i)
		kind := nameOf(annotation.key("Subtype"))
		flags := integer(annotation.key("F"), 0)
		if silentAnnotations[kind] || flags&(hiddenAnnotation|noViewAnnotation) != 0 || in.layers.off(annotation.key("OC")) {
			continue
		}
		form := readExternalObject(appearance(annotation))
		placed, ok := appearanceMatrix(annotation, form)
		if !ok || in.layers.off(form.layer) {
			continue
		}
		form.watermark = form.watermark || kind == "Stamp" || kind == "Watermark"
		in.state = initialState(placed.times(base), in.page.Box)
		in.textMatrix, in.lineMatrix = identity, identity
		in.path.reset()
		in.clipping = false
		in.paintForm(form, 0)
	}
}

// appearance is the normal appearance stream of an annotation in its state.
func appearance(annotation value) value {
	normal := annotation.key("AP").key("N")
	if _, ok := normal.raw(); ok {
		return normal
	}
	if state := nameOf(annotation.key("AS")); state != "" {
		return normal.key(state)
	}
	return normal.key("Off")
}

// appearanceMatrix moves a form's box into the annotation's rectangle (ISO
// 32000-2, algorithm 8.1).
func appearanceMatrix(annotation value, form *externalObject) (matrix, bool) {
	sides, ok := numbers(annotation.key("Rect"), 4)
	if !ok || form.box == nil {
		return identity, false
	}
	rect := ordered(sides)
	var corners [4]point
	b := form.box
	for i, c := range [4]point{{b[0], b[1]}, {b[2], b[1]}, {b[2], b[3]}, {b[0], b[3]}} {
		corners[i].x, corners[i].y = form.matrix.apply(c.x, c.y)
	}
	box := bounds(corners[:])
	if !(box.Width() > 0 && box.Height() > 0) || math.IsInf(box.Width()+box.Height(), 0) {
		return identity, false
	}
	sx, sy := (rect[2]-rect[0])/box.Width(), (rect[3]-rect[1])/box.Height()
	return matrix{sx, 0, 0, sy, rect[0] - box.X0*sx, rect[1] - box.Y0*sy}, true
}

// initialState is that of ISO 32000-2, table 51.
func initialState(ctm matrix, clip layout.Box) graphicsState {
	state := graphicsState{ctm: ctm, clip: clip, lineWidth: 1, fillPaint: paint{alpha: 1}, strokePaint: paint{alpha: 1}}
	state.text.stretch = 1
	return state
}
