package content

import (
	"math"
	"slices"

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
	ctm         matrix
	clip        layout.Box
	lineWidth   float64
	fillPaint   paint
	strokePaint paint
	roughClip   bool // the clip is no rectangle: clip is the box around it
	blended     bool // a blend mode other than Normal: what is below still shows
	text        textState
}

// interpreter follows the operators of one page. Its buffers and caches serve
// page after page of one file.
type interpreter struct {
	file                   *File
	page                   *layout.Page
	base                   matrix // user space to the page as displayed
	state                  graphicsState
	saved                  []graphicsState
	path                   path
	clipping               bool // W or W* was seen; the next painting operator clips
	textMatrix, lineMatrix matrix
	resources              value
	names                  []namedResource // met in the streams being run, innermost last
	firstName              int             // where those of the innermost stream begin
	operators              int
	limit                  string // which limit was met, or ""
	broken                 error  // the first stream that broke off
	numbers                [8]float64

	layers      *layers
	marks       []mark // open marked content, innermost last
	firstMark   int    // where that of the innermost stream begins
	deeperMarks int    // how many more are open than are kept
	unseen      int    // how many of them, and of the forms around, are switched off
	watermarks  int    // how many are marked as watermarks

	glyphs  []layout.Glyph
	rulings []layout.Ruling
	dots    []point // squares too small for a line, which may be the dots of one
	areas   []area
	solid   int         // the last area whose edges may be seen
	faint   []faintLine // white lines, which show on a darker ground
	large   []int32     // pale glyphs that may be watermarks
	slanted bool        // some text runs in no quarter turn
	white   bool        // what is being drawn is white
	looks   int         // comparisons with areas so far
}

// begin makes ready for a page whose user space base maps to the page as displayed.
func (in *interpreter) begin(file *File, page *layout.Page, base matrix) {
	*in = interpreter{
		file: file, page: page, base: base, layers: in.layers,
		saved: in.saved[:0], path: in.path, names: in.names[:0], marks: in.marks[:0],
		glyphs: in.glyphs[:0], rulings: in.rulings[:0], dots: in.dots[:0], areas: in.areas[:0], faint: in.faint[:0], large: in.large[:0],
	}
	in.path.reset()
	in.state = initialState(base, page.Box)
	in.textMatrix, in.lineMatrix = identity, identity
	if in.layers == nil {
		in.layers = newLayers(file.origin.trailer.key("Root"))
	}
}

// finish draws the conclusions that need the whole page and hands the page over.
func (in *interpreter) finish() {
	in.joinDots()
	in.showFaintLines()
	in.addLattices()
	in.cover()
	in.markWatermarks()
	in.page.Glyphs, in.glyphs = in.glyphs, nil
	in.page.Rulings = slices.Clone(in.rulings) // there may have been thousands of pieces
	clear(in.names[:cap(in.names)])
}

// run interprets one content stream with its resources.
func (in *interpreter) run(data []byte, resources value, depth int) {
	outer, outerName, outerMark := in.resources, in.firstName, in.firstMark
	in.resources, in.firstName, in.firstMark = resources, len(in.names), len(in.marks)
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
	for len(in.marks) > in.firstMark { // BDC without EMC
		in.endMark()
	}
	in.names = in.names[:in.firstName]
	in.resources, in.firstName, in.firstMark = outer, outerName, outerMark
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
	opsh = 's'<<8 | 'h'
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

	opBMC = 'B'<<16 | 'M'<<8 | 'C'
	opBDC = 'B'<<16 | 'D'<<8 | 'C'
	opEMC = 'E'<<16 | 'M'<<8 | 'C'

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
		in.addImage(nil)
	case opsh:
		in.shade()

	case opBMC, opBDC:
		in.beginMark(lex, packed == opBDC)
	case opEMC:
		in.endMark()

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
		in.stroke()
		in.endPath()
	case ops:
		in.path.close()
		in.stroke()
		in.endPath()
	case opf, opF, opfs:
		in.fill()
		in.endPath()
	case opB, opBs:
		in.fill()
		in.stroke()
		in.endPath()
	case opb, opbs:
		in.path.close()
		in.fill()
		in.stroke()
		in.endPath()
	case opn:
		in.endPath()
	case opW, opWs:
		in.clipping = true

	case opg, oprg, opk:
		state.fillPaint.space = spaceOf(packed)
		state.fillPaint.set(lex.operands)
	case opG, opRG, opK:
		state.strokePaint.space = spaceOf(packed)
		state.strokePaint.set(lex.operands)
	case opcs:
		state.fillPaint.begin(in.namedSpace(lex))
	case opCS:
		state.strokePaint.begin(in.namedSpace(lex))
	case opsc, opscn:
		state.fillPaint.set(lex.operands)
	case opSC, opSCN:
		state.strokePaint.set(lex.operands)

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
			in.state.clip = in.state.clip.Intersect(bounds(in.path.points))
			in.state.roughClip = in.state.roughClip || len(in.path.starts) > 1 || in.path.curved[0] || !rectangular(in.path.points)
		}
		in.clipping = false
	}
	in.path.reset()
}
