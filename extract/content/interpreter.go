package content

import (
	"math"

	"gongkai/extract/layout"
)

// Limits of one page: counts, so that the same page always meets the same
// limit. A street office's budget page drawn by a print driver has 30,000
// rulings; ten times that is beyond any page seen.
const (
	maxGlyphs    = 400_000
	maxRulings   = 700_000
	maxOperators = 8_000_000
	maxFormDepth = 12
	maxStates    = 256 // depth of q … Q
)

// textState is ISO 32000-2, table 102.
type textState struct {
	font      *font
	fontIndex uint16
	size      float64
	charSpace float64
	wordSpace float64
	stretch   float64 // Tz as a factor
	leading   float64
	rise      float64
	mode      int
}

// graphicsState holds what q saves.
type graphicsState struct {
	ctm          matrix
	clip         layout.Box
	lineWidth    float64
	strokeUnseen bool // white or transparent
	fillUnseen   bool
	fillSpace    colorSpace
	strokeSpace  colorSpace
	strokeWhite, strokeClear,
	fillWhite, fillClear bool
	text textState
}

// interpreter follows the operators of one page.
type interpreter struct {
	file                   *File
	page                   *layout.Page
	state                  graphicsState
	saved                  []graphicsState
	path                   path
	clipping               bool // W or W* was seen; the next painting operator clips
	textMatrix, lineMatrix matrix
	resources              value
	fonts                  map[string]fontUse // of the resources in force
	spaces                 map[string]colorSpace
	operators              int
	limit                  string // which limit was met, or ""
	broken                 error  // the first stream that broke off
	numbers                [8]float64
}

type fontUse struct {
	font  *font
	index uint16
}

// colorSpace is what is needed to tell white.
type colorSpace uint8

const (
	grayLike   colorSpace = iota // 1 is white
	rgbLike                      // 1 1 1 is white
	cmykLike                     // 0 0 0 0 is white
	tintLike                     // Separation, DeviceN: all 0 is no ink
	otherSpace                   // never taken for white
)

// run interprets one content stream with its resources.
func (in *interpreter) run(data []byte, resources value, depth int) {
	outer, outerFonts, outerSpaces := in.resources, in.fonts, in.spaces
	in.resources, in.fonts, in.spaces = resources, make(map[string]fontUse), nil
	defer func() { in.resources, in.fonts, in.spaces = outer, outerFonts, outerSpaces }()
	lex := lexer{data: data, operands: in.file.operands[depth][:0]}
	base := len(in.saved)
	for in.limit == "" {
		operator := lex.next()
		if operator == nil {
			break
		}
		if in.operators++; in.operators > maxOperators {
			in.limit = "operators"
			break
		}
		in.execute(operator, &lex, depth, base)
	}
	in.file.operands[depth] = lex.operands
	if len(in.saved) > base { // q without Q
		in.state = in.saved[base]
		in.saved = in.saved[:base]
	}
}

// last returns the last n numbers on the stack; ok is false when there are fewer.
func (in *interpreter) last(lex *lexer, n int) ([]float64, bool) {
	have := len(lex.operands)
	if have < n {
		return nil, false
	}
	for i, o := range lex.operands[have-n:] {
		if o.kind != numberOperand {
			return nil, false
		}
		in.numbers[i] = o.number
	}
	return in.numbers[:n], true
}

// Operators of ISO 32000-2, Annex A, that move text, lines or the state.
const (
	opq  = 'q'
	opQ  = 'Q'
	opcm = 'c'<<8 | 'm'
	opw  = 'w'
	opgs = 'g'<<8 | 's'
	opDo = 'D'<<8 | 'o'
	opID = 'I'<<8 | 'D'

	opm  = 'm'
	opl  = 'l'
	opc  = 'c'
	opv  = 'v'
	opy  = 'y'
	oph  = 'h'
	opre = 'r'<<8 | 'e'
	opS  = 'S'
	ops  = 's'
	opf  = 'f'
	opF  = 'F'
	opfs = 'f'<<8 | '*'
	opB  = 'B'
	opBs = 'B'<<8 | '*'
	opb  = 'b'
	opbs = 'b'<<8 | '*'
	opn  = 'n'
	opW  = 'W'
	opWs = 'W'<<8 | '*'

	opg   = 'g'
	opG   = 'G'
	oprg  = 'r'<<8 | 'g'
	opRG  = 'R'<<8 | 'G'
	opk   = 'k'
	opK   = 'K'
	opcs  = 'c'<<8 | 's'
	opCS  = 'C'<<8 | 'S'
	opsc  = 's'<<8 | 'c'
	opSC  = 'S'<<8 | 'C'
	opscn = 's'<<16 | 'c'<<8 | 'n'
	opSCN = 'S'<<16 | 'C'<<8 | 'N'

	opBT = 'B'<<8 | 'T'
	opTf = 'T'<<8 | 'f'
	opTc = 'T'<<8 | 'c'
	opTw = 'T'<<8 | 'w'
	opTz = 'T'<<8 | 'z'
	opTL = 'T'<<8 | 'L'
	opTs = 'T'<<8 | 's'
	opTr = 'T'<<8 | 'r'
	opTd = 'T'<<8 | 'd'
	opTD = 'T'<<8 | 'D'
	opTm = 'T'<<8 | 'm'
	opTn = 'T'<<8 | '*'
	opTj = 'T'<<8 | 'j'
	opTJ = 'T'<<8 | 'J'
	opq1 = '\''
	opq2 = '"'
)

func (in *interpreter) execute(operator []byte, lex *lexer, depth, base int) {
	if len(operator) > 3 {
		return
	}
	var packed uint32
	for _, c := range operator {
		packed = packed<<8 | uint32(c)
	}
	state := &in.state
	switch packed {
	case opq:
		if len(in.saved)-base < maxStates {
			in.saved = append(in.saved, *state)
		}
	case opQ:
		if n := len(in.saved); n > base {
			*state = in.saved[n-1]
			in.saved = in.saved[:n-1]
		}
	case opcm:
		if n, ok := in.last(lex, 6); ok {
			state.ctm = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}.times(state.ctm)
		}
	case opw:
		if n, ok := in.last(lex, 1); ok {
			state.lineWidth = math.Abs(n[0])
		}
	case opgs:
		in.setExtendedState(lex)
	case opDo:
		in.paintXObject(lex, depth)
	case opID:
		lex.skipInlineImage()

	case opm:
		if n, ok := in.last(lex, 2); ok {
			in.path.move(state.ctm.apply(n[0], n[1]))
		}
	case opl:
		if n, ok := in.last(lex, 2); ok {
			in.path.line(state.ctm.apply(n[0], n[1]))
		}
	case opc:
		if n, ok := in.last(lex, 6); ok {
			in.path.curve(state.ctm.apply(n[4], n[5]))
		}
	case opv, opy:
		if n, ok := in.last(lex, 4); ok {
			in.path.curve(state.ctm.apply(n[2], n[3]))
		}
	case oph:
		in.path.close()
	case opre:
		if n, ok := in.last(lex, 4); ok {
			in.rectangle(n[0], n[1], n[2], n[3])
		}
	case opS:
		in.strokeRulings()
		in.endPath()
	case ops:
		in.path.close()
		in.strokeRulings()
		in.endPath()
	case opf, opF, opfs:
		in.fillRulings()
		in.endPath()
	case opB, opBs:
		in.fillRulings()
		in.strokeRulings()
		in.endPath()
	case opb, opbs:
		in.path.close()
		in.fillRulings()
		in.strokeRulings()
		in.endPath()
	case opn:
		in.endPath()
	case opW, opWs:
		in.clipping = true

	case opg, oprg, opk:
		state.fillSpace = spaceOf(packed)
		in.setFill(lex)
	case opG, opRG, opK:
		state.strokeSpace = spaceOf(packed)
		in.setStroke(lex)
	case opcs:
		state.fillSpace = in.namedSpace(lex)
		state.fillWhite = false
		state.fillUnseen = state.fillClear
	case opCS:
		state.strokeSpace = in.namedSpace(lex)
		state.strokeWhite = false
		state.strokeUnseen = state.strokeClear
	case opsc, opscn:
		in.setFill(lex)
	case opSC, opSCN:
		in.setStroke(lex)

	case opBT:
		in.textMatrix, in.lineMatrix = identity, identity
	case opTf:
		in.setFont(lex)
	case opTc:
		if n, ok := in.last(lex, 1); ok {
			state.text.charSpace = n[0]
		}
	case opTw:
		if n, ok := in.last(lex, 1); ok {
			state.text.wordSpace = n[0]
		}
	case opTz:
		if n, ok := in.last(lex, 1); ok {
			state.text.stretch = n[0] / 100
		}
	case opTL:
		if n, ok := in.last(lex, 1); ok {
			state.text.leading = n[0]
		}
	case opTs:
		if n, ok := in.last(lex, 1); ok {
			state.text.rise = n[0]
		}
	case opTr:
		if n, ok := in.last(lex, 1); ok {
			state.text.mode = int(n[0])
		}
	case opTd:
		if n, ok := in.last(lex, 2); ok {
			in.nextLine(n[0], n[1])
		}
	case opTD:
		if n, ok := in.last(lex, 2); ok {
			state.text.leading = -n[1]
			in.nextLine(n[0], n[1])
		}
	case opTm:
		if n, ok := in.last(lex, 6); ok {
			in.lineMatrix = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}
			in.textMatrix = in.lineMatrix
		}
	case opTn:
		in.nextLine(0, -state.text.leading)
	case opTj:
		in.showLast(lex)
	case opq1:
		in.nextLine(0, -state.text.leading)
		in.showLast(lex)
	case opq2:
		if have := len(lex.operands); have >= 3 {
			state.text.wordSpace = lex.operands[have-3].number
			state.text.charSpace = lex.operands[have-2].number
		}
		in.nextLine(0, -state.text.leading)
		in.showLast(lex)
	case opTJ:
		in.showArray(lex)
	}
}

// spaceOf is the device colour space that g, rg or k (or G, RG, K) selects.
func spaceOf(operator uint32) colorSpace {
	switch operator {
	case opg, opG:
		return grayLike
	case oprg, opRG:
		return rgbLike
	}
	return cmykLike
}

// rectangle adds x y w h re to the path.
func (in *interpreter) rectangle(x, y, w, h float64) {
	ctm := in.state.ctm
	in.path.move(ctm.apply(x, y))
	in.path.line(ctm.apply(x+w, y))
	in.path.line(ctm.apply(x+w, y+h))
	in.path.line(ctm.apply(x, y+h))
	in.path.close()
}

// endPath ends the path; after W it becomes a clip. The clip is kept as a box:
// exact for the rectangles that offices clip cells with, too wide for others.
func (in *interpreter) endPath() {
	if in.clipping {
		if len(in.path.points) > 0 {
			clipped := in.state.clip.Intersect(bounds(in.path.points))
			in.state.clip = clipped
		}
		in.clipping = false
	}
	in.path.reset()
}

// setFill and setStroke follow a colour operator as far as white.
func (in *interpreter) setFill(lex *lexer) {
	state := &in.state
	state.fillWhite = white(state.fillSpace, lex.operands)
	state.fillUnseen = state.fillWhite || state.fillClear
}

func (in *interpreter) setStroke(lex *lexer) {
	state := &in.state
	state.strokeWhite = white(state.strokeSpace, lex.operands)
	state.strokeUnseen = state.strokeWhite || state.strokeClear
}

// nearWhite: a component from here on is not told from paper by a reader.
const nearWhite = 0.985

func white(space colorSpace, components []operand) bool {
	if len(components) == 0 || space == otherSpace {
		return false
	}
	for _, c := range components {
		if c.kind != numberOperand {
			return false // a pattern
		}
		light := c.number >= nearWhite
		if space == cmykLike || space == tintLike {
			light = c.number <= 1-nearWhite
		}
		if !light {
			return false
		}
	}
	return true
}

// namedSpace finds the kind of the colour space that cs or CS names.
func (in *interpreter) namedSpace(lex *lexer) colorSpace {
	if len(lex.operands) == 0 {
		return otherSpace
	}
	name := lex.operands[len(lex.operands)-1].bytes
	if found, ok := in.spaces[string(name)]; ok {
		return found
	}
	kind := deviceSpace(string(name))
	if kind == otherSpace {
		kind = spaceKind(in.resources.key("ColorSpace").key(string(name)))
	}
	if in.spaces == nil {
		in.spaces = make(map[string]colorSpace)
	}
	in.spaces[string(name)] = kind
	return kind
}

func deviceSpace(name string) colorSpace {
	switch name {
	case "DeviceGray", "CalGray", "G":
		return grayLike
	case "DeviceRGB", "CalRGB", "RGB":
		return rgbLike
	case "DeviceCMYK", "CMYK":
		return cmykLike
	case "Separation", "DeviceN":
		return tintLike
	}
	return otherSpace
}

func spaceKind(v value) colorSpace {
	if name, ok := v.name(); ok {
		return deviceSpace(name)
	}
	family := nameOf(v.index(0))
	if family != "ICCBased" {
		return deviceSpace(family)
	}
	switch integer(v.index(1).key("N"), 0) {
	case 1:
		return grayLike
	case 3:
		return rgbLike
	case 4:
		return cmykLike
	}
	return otherSpace
}

// unseenAlpha: below this opacity nothing shows.
const unseenAlpha = 0.02

func (in *interpreter) setExtendedState(lex *lexer) {
	if len(lex.operands) == 0 {
		return
	}
	dict := in.resources.key("ExtGState").key(string(lex.operands[len(lex.operands)-1].bytes))
	state := &in.state
	if alpha, ok := dict.key("CA").number(); ok {
		state.strokeClear = alpha < unseenAlpha
		state.strokeUnseen = state.strokeWhite || state.strokeClear
	}
	if alpha, ok := dict.key("ca").number(); ok {
		state.fillClear = alpha < unseenAlpha
		state.fillUnseen = state.fillWhite || state.fillClear
	}
	if width, ok := dict.key("LW").number(); ok {
		state.lineWidth = math.Abs(width)
	}
	if font := dict.key("Font"); font.length() == 2 {
		use := in.useFont(font.index(0))
		state.text.font, state.text.fontIndex = use.font, use.index
		state.text.size = float(font.index(1), state.text.size)
	}
}

// paintXObject follows a form, and notes where an image is.
func (in *interpreter) paintXObject(lex *lexer, depth int) {
	if len(lex.operands) == 0 {
		return
	}
	object := in.resources.key("XObject").key(string(lex.operands[len(lex.operands)-1].bytes))
	switch nameOf(object.key("Subtype")) {
	case "Image":
		in.addImage()
	case "Form":
		if depth+1 >= maxFormDepth {
			return
		}
		data, err := in.file.decode(object)
		if err != nil && in.broken == nil {
			in.broken = err
		}
		resources := object.key("Resources")
		if resources.null() {
			resources = in.resources
		}
		saved, savedPath := in.state, in.path
		textMatrix, lineMatrix := in.textMatrix, in.lineMatrix
		in.path = path{}
		if m, ok := matrixOf(object.key("Matrix")); ok {
			in.state.ctm = m.times(in.state.ctm)
		}
		if box, ok := numbers(object.key("BBox"), 4); ok {
			in.rectangle(box[0], box[1], box[2]-box[0], box[3]-box[1])
			in.clipping = true
			in.endPath()
		}
		in.run(data, resources, depth+1)
		in.state, in.path = saved, savedPath
		in.textMatrix, in.lineMatrix = textMatrix, lineMatrix
	}
}

// addImage notes the unit square under the current matrix. An image as thin as
// a line is one: some print drivers send table borders as bitmaps.
func (in *interpreter) addImage() {
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
	in.page.Images = append(in.page.Images, layout.Image{Box: box})
}
