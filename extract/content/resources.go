package content

import (
	"math"

	"gongkai/extract/layout"
)

// resourceKind is a category of a resource dictionary.
type resourceKind uint8

const (
	fontResource resourceKind = iota
	stateResource
	objectResource
	spaceResource
	propertyResource
)

var resourceCategory = [...]string{"Font", "ExtGState", "XObject", "ColorSpace", "Properties"}

// namedResource is what a name in a content stream stands for. A stream names
// the same few resources again and again, so they are looked up once.
type namedResource struct {
	kind   resourceKind
	name   string
	font   fontUse
	state  *extendedState
	object *externalObject
	space  colorSpace
	mark   mark
}

type fontUse struct {
	font  *font
	index uint16
}

// maxNames bounds the names kept for one stream, which are searched one by one.
const maxNames = 256

// named finds a resource of the stream that is being run, nil when no name is given.
func (in *interpreter) named(kind resourceKind, name []byte) *namedResource {
	if name == nil {
		return nil
	}
	for i := in.firstName; i < len(in.names); i++ {
		if in.names[i].kind == kind && in.names[i].name == string(name) {
			return &in.names[i]
		}
	}
	made := namedResource{kind: kind, name: string(name)}
	entry := in.resources.key(resourceCategory[kind]).key(made.name)
	switch kind {
	case fontResource:
		made.font = in.useFont(entry)
	case stateResource:
		made.state = readExtendedState(entry)
	case objectResource:
		made.object = readExternalObject(entry)
	case spaceResource:
		made.space = spaceKind(entry)
	case propertyResource:
		made.mark = in.readMark(entry)
	}
	if len(in.names)-in.firstName >= maxNames {
		in.names = in.names[:len(in.names)-1]
	}
	in.names = append(in.names, made)
	return &in.names[len(in.names)-1]
}

// useFont finds a font's tables, read once a document, and its number on this page.
func (in *interpreter) useFont(dict value) fontUse {
	loaded := in.file.font(dict)
	for i, name := range in.page.Fonts {
		if name == loaded.name {
			return fontUse{loaded, uint16(i)}
		}
	}
	if len(in.page.Fonts) < math.MaxUint16 {
		in.page.Fonts = append(in.page.Fonts, loaded.name)
	}
	return fontUse{loaded, uint16(len(in.page.Fonts) - 1)}
}

// namedSpace finds the kind of the colour space that cs or CS names.
func (in *interpreter) namedSpace(lex *lexer) colorSpace {
	name := lex.lastName()
	if name == nil {
		return otherSpace
	}
	if kind := deviceSpace(string(name)); kind != otherSpace {
		return kind
	}
	return in.named(spaceResource, name).space
}

// extendedState is an entry of ExtGState as far as it matters here; nil fields
// leave the state as it is.
type extendedState struct {
	strokeAlpha, fillAlpha, lineWidth *float64
	blended                           *bool
	font                              value // array of font and size, or null
}

func readExtendedState(dict value) *extendedState {
	number := func(key string) *float64 {
		if n, ok := dict.key(key).number(); ok {
			return &n
		}
		return nil
	}
	made := &extendedState{strokeAlpha: number("CA"), fillAlpha: number("ca"), lineWidth: number("LW"), font: dict.key("Font")}
	mode := dict.key("BM")
	if mode.length() > 0 {
		mode = mode.index(0)
	}
	if name, ok := mode.name(); ok {
		blended := name != "Normal" && name != "Compatible"
		made.blended = &blended
	}
	return made
}

// setExtendedState follows gs.
func (in *interpreter) setExtendedState(lex *lexer) {
	found := in.named(stateResource, lex.lastName())
	if found == nil {
		return
	}
	dict, state := found.state, &in.state
	if dict.strokeAlpha != nil {
		state.strokePaint.alpha = float32(*dict.strokeAlpha)
	}
	if dict.fillAlpha != nil {
		state.fillPaint.alpha = float32(*dict.fillAlpha)
	}
	if dict.blended != nil {
		state.blended = *dict.blended
	}
	if dict.lineWidth != nil {
		state.lineWidth = math.Abs(*dict.lineWidth)
	}
	if dict.font.length() == 2 {
		use := in.useFont(dict.font.index(0))
		state.text.font, state.text.fontIndex = use.font, use.index
		state.text.size = float(dict.font.index(1), state.text.size)
	}
}

// externalObject is an XObject: a form or an image.
type externalObject struct {
	form, image bool
	// Of a picture: whether it was looked at, and is white all over.
	looked, white bool
	stream        value
	resources     value // of a form; null when it uses those of the page
	layer         value // its /OC
	watermark     bool
	matrix        matrix
	box           []float64
}

func readExternalObject(stream value) *externalObject {
	made := &externalObject{stream: stream, layer: stream.key("OC"), matrix: identity}
	switch nameOf(stream.key("Subtype")) {
	case "Image":
		made.image = true
	case "Form":
		made.form = true
		made.resources = stream.key("Resources")
		made.matrix, _ = matrixOf(stream.key("Matrix"))
		made.box, _ = numbers(stream.key("BBox"), 4)
		// Acrobat says so of the watermarks it adds.
		made.watermark = nameOf(stream.key("PieceInfo").key("ADBE_CompoundType").key("Private")) == "Watermark"
	}
	return made
}

// paintXObject follows a form, and notes where an image is.
func (in *interpreter) paintXObject(lex *lexer, depth int) {
	found := in.named(objectResource, lex.lastName())
	if found == nil || in.layers.off(found.object.layer) {
		return
	}
	object := found.object
	switch {
	case object.image:
		in.addImage(object)
	case object.form:
		in.paintForm(object, depth)
	}
}

// paintForm runs a form's content in the state of the moment.
func (in *interpreter) paintForm(form *externalObject, depth int) {
	if depth+1 >= maxFormDepth {
		return
	}
	data, err := in.file.decode(form.stream)
	if err != nil && in.broken == nil {
		in.broken = err
	}
	resources := form.resources
	if resources.null() && in.resources != nil {
		resources = in.resources
	}
	saved, savedPath := in.state, in.path
	textMatrix, lineMatrix := in.textMatrix, in.lineMatrix
	in.path = path{}
	in.state.ctm = form.matrix.times(in.state.ctm)
	if box := form.box; box != nil {
		in.rectangle(box[0], box[1], box[2]-box[0], box[3]-box[1])
		in.clipping = true
		in.endPath()
	}
	if form.watermark {
		in.watermarks++
	}
	in.run(data, resources, depth+1)
	if form.watermark {
		in.watermarks--
	}
	in.state, in.path = saved, savedPath
	in.textMatrix, in.lineMatrix = textMatrix, lineMatrix
}

// maxImages bounds the pictures kept of one page: some drivers send a picture
// in thousands of strips.
const maxImages = 10_000

// addImage notes the unit square under the current matrix. An image as thin as
// a line is one: some print drivers send table borders as bitmaps. An inline
// image is no object.
func (in *interpreter) addImage(object *externalObject) {
	if in.unseen > 0 {
		return
	}
	m := in.state.ctm
	var corners [4]point
	for i, c := range [4]point{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
		corners[i].x, corners[i].y = m.apply(c.x, c.y)
	}
	box := bounds(corners[:]).Intersect(in.state.clip)
	if box.Empty() {
		return
	}
	if min(box.Width(), box.Height()) <= maxRulingThickness && max(box.Width(), box.Height()) > 4*maxRulingThickness {
		in.addBox(box)
		return
	}
	in.addArea(area{Box: box, picture: true, opaque: in.covers(object, box)})
	if len(in.page.Images) < maxImages {
		in.page.Images = append(in.page.Images, layout.Image{Box: box})
	}
}
