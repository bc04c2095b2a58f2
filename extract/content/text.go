package content

import (
	"math"

	"gongkai/extract/layout"
)

// setFont follows Tf.
func (in *interpreter) setFont(lex *lexer) {
	have := len(lex.operands)
	if have < 2 || lex.operands[have-2].kind != nameOperand {
		return
	}
	in.state.text.size = lex.operands[have-1].number
	use := in.named(fontResource, lex.bytesOf(&lex.operands[have-2])).font
	in.state.text.font, in.state.text.fontIndex = use.font, use.index
}

func (in *interpreter) nextLine(x, y float64) {
	in.lineMatrix = matrix{1, 0, 0, 1, x, y}.times(in.lineMatrix)
	in.textMatrix = in.lineMatrix
}

func (in *interpreter) showLast(lex *lexer) {
	if have := len(lex.operands); have > 0 && lex.operands[have-1].kind == textOperand {
		in.show(lex.bytesOf(&lex.operands[have-1]))
	}
}

// showArray follows TJ: strings, and numbers that move back by thousandths.
func (in *interpreter) showArray(lex *lexer) {
	text := &in.state.text
	for i := range lex.operands {
		switch o := &lex.operands[i]; o.kind {
		case textOperand:
			in.show(lex.bytesOf(o))
		case numberOperand:
			shift := -o.number / 1000 * text.size
			if text.font != nil && text.font.vertical {
				in.moveText(0, shift)
			} else {
				in.moveText(shift*text.stretch, 0)
			}
		}
	}
}

func (in *interpreter) moveText(x, y float64) {
	m := &in.textMatrix
	m.e += x*m.a + y*m.c
	m.f += x*m.b + y*m.d
}

// inkless text rendering modes paint nothing: neither, and clip.
const (
	strokeMode     = 1
	fillStrokeMode = 2
	neitherMode    = 3
	clipMode       = 4 // added to the modes before
)

// textInk tells how the text of the moment is painted: flags that hold for every
// glyph, and whether it shows only where the ground is darker than paper.
func (in *interpreter) textInk() (flags layout.GlyphFlags, onDark bool) {
	state := &in.state
	if in.watermarks > 0 {
		flags |= layout.Watermark
	}
	if in.unseen > 0 {
		return flags | layout.Hidden, false
	}
	fill, stroke := &state.fillPaint, &state.strokePaint
	switch state.text.mode % clipMode {
	case neitherMode:
		return flags | layout.Hidden, false
	case strokeMode:
		fill = stroke
	case fillStrokeMode:
		if fill.unseen() {
			fill = stroke
		}
	}
	if fill.alpha < unseenAlpha {
		return flags | layout.Hidden, false
	}
	return flags, fill.white
}

// show places the glyphs of one string (ISO 32000-2, 9.4.4).
func (in *interpreter) show(s []byte) {
	text := &in.state.text
	if text.font == nil {
		use := in.useFont(in.resources.key("no font"))
		text.font, text.fontIndex = use.font, use.index
	}
	font := text.font
	// Text space to display: size, stretch and rise first, then Tm and CTM.
	toPage := in.textMatrix.times(in.state.ctm)
	upright := toPage.b == 0 && toPage.c == 0 && toPage.a > 0 && toPage.d < 0 && !font.vertical
	size := math.Abs(text.size) * length(toPage.c, toPage.d) * font.em
	turn := quarterTurns(toPage, text.size*text.stretch)
	ink, onDark := in.textInk()
	if !upright && slanted(toPage) {
		ink |= layout.Watermark
		in.slanted = true
	}
	large := size > minLargeSize && pale(&in.state.fillPaint)
	low, high := text.rise+font.descent*text.size, text.rise+font.ascent*text.size
	top, bottom := toPage.d*high+toPage.f, toPage.d*low+toPage.f
	if top > bottom {
		top, bottom = bottom, top
	}
	x, y := 0.0, 0.0 // pen, in text space
	for len(s) > 0 {
		shape, code, taken := font.next(s)
		s = s[taken:]
		width := shape.width / 1000 * text.size
		advance := width*text.stretch + text.charSpace*text.stretch
		if len(in.glyphs) >= maxGlyphs {
			in.limit = "glyphs"
			return
		}
		box := layout.Box{Y0: top, Y1: bottom}
		if upright {
			box.X0, box.X1 = x*toPage.a+toPage.e, (x+width*text.stretch)*toPage.a+toPage.e
			if box.X0 > box.X1 {
				box.X0, box.X1 = box.X1, box.X0
			}
		} else {
			box = glyphBox(toPage, font, shape, text, x, y)
		}
		flags := ink | shape.flags
		if box.X1 <= 0 || box.Y1 <= 0 || box.X0 >= in.page.Box.X1 || box.Y0 >= in.page.Box.Y1 {
			flags |= layout.Hidden // off the page: the rest of a text that a page end cut
		}
		if onDark {
			if _, dark := in.ground((box.X0+box.X1)/2, (box.Y0+box.Y1)/2, len(in.areas)); !dark {
				flags |= layout.Hidden // white on paper
			}
		}
		if clip := &in.state.clip; cutAway(&box, clip, turn) {
			in.page.Clipped = append(in.page.Clipped, layout.ClippedGlyph{Glyph: int32(len(in.glyphs)), Clip: *clip})
		}
		if large {
			in.large = append(in.large, int32(len(in.glyphs)))
		}
		in.glyphs = append(in.glyphs, layout.Glyph{
			Text: shape.text, Box: box, Size: size,
			Font: text.fontIndex, Turn: turn, Flags: flags,
		})
		space := 0.0
		if taken == 1 && code == ' ' {
			space = text.wordSpace
		}
		if font.vertical {
			y += shape.advance/1000*text.size + text.charSpace + space
		} else {
			x += advance + space*text.stretch
		}
	}
	in.moveText(x, y)
}

// cutAway tells of a glyph whether the clip takes all of it, or more than half its
// height: the end of a text that is too long for its cell.
func cutAway(box, clip *layout.Box, turn uint8) bool {
	if turn&1 == 1 {
		middle := (box.X0 + box.X1) / 2
		return box.Y1 <= clip.Y0 || box.Y0 >= clip.Y1 || middle <= clip.X0 || middle >= clip.X1
	}
	middle := (box.Y0 + box.Y1) / 2
	return box.X1 <= clip.X0 || box.X0 >= clip.X1 || middle <= clip.Y0 || middle >= clip.Y1
}

// length is that of a vector; most are upright.
func length(x, y float64) float64 {
	if x == 0 {
		return math.Abs(y)
	}
	return math.Hypot(x, y)
}

// glyphBox is the box around a glyph that is turned, slanted or set vertically,
// its pen at x, y of text space.
func glyphBox(toPage matrix, font *font, shape *shape, text *textState, x, y float64) layout.Box {
	width := shape.width / 1000 * text.size
	left, right := x, x+width*text.stretch
	low, high := y+text.rise+font.descent*text.size, y+text.rise+font.ascent*text.size
	if font.vertical {
		left -= shape.originX / 1000 * text.size * text.stretch
		right = left + width*text.stretch
		high = y + text.rise + (verticalOriginY-shape.originY)/1000*text.size
		low = high + shape.advance/1000*text.size
	}
	var corners [4]point
	for i, c := range [4]point{{left, low}, {right, low}, {right, high}, {left, high}} {
		corners[i].x, corners[i].y = toPage.apply(c.x, c.y)
	}
	return bounds(corners[:])
}

// quarterTurns is the direction of the baseline as displayed, in clockwise
// quarter turns; slanted text counts to the nearest.
func quarterTurns(m matrix, along float64) uint8 {
	dx, dy := m.a*along, m.b*along
	switch {
	case math.Abs(dx) >= math.Abs(dy) && dx >= 0:
		return 0
	case math.Abs(dx) >= math.Abs(dy):
		return 2
	case dy > 0:
		return 1
	}
	return 3
}
