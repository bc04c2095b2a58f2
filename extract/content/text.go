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
	name := lex.operands[have-2].bytes
	use, ok := in.fonts[string(name)]
	if !ok {
		use = in.useFont(in.resources.key("Font").key(string(name)))
		in.fonts[string(name)] = use
	}
	in.state.text.font, in.state.text.fontIndex = use.font, use.index
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

func (in *interpreter) nextLine(x, y float64) {
	in.lineMatrix = matrix{1, 0, 0, 1, x, y}.times(in.lineMatrix)
	in.textMatrix = in.lineMatrix
}

func (in *interpreter) showLast(lex *lexer) {
	if have := len(lex.operands); have > 0 && lex.operands[have-1].kind == textOperand {
		in.show(lex.operands[have-1].bytes)
	}
}

// showArray follows TJ: strings, and numbers that move back by thousandths.
func (in *interpreter) showArray(lex *lexer) {
	text := &in.state.text
	for i := range lex.operands {
		switch o := &lex.operands[i]; o.kind {
		case textOperand:
			in.show(o.bytes)
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

// show places the glyphs of one string (ISO 32000-2, 9.4.4).
func (in *interpreter) show(s []byte) {
	text := &in.state.text
	if text.font == nil {
		use := in.useFont(in.resources.key("no font"))
		text.font, text.fontIndex = use.font, use.index
	}
	font := text.font
	page := in.page
	// Text space to display: size, stretch and rise first, then Tm and CTM.
	toPage := in.textMatrix.times(in.state.ctm)
	upright := toPage.b == 0 && toPage.c == 0 && toPage.a > 0 && toPage.d < 0
	size := math.Abs(text.size) * math.Hypot(toPage.c, toPage.d)
	turn := quarterTurns(toPage, text.size*text.stretch)
	var painted layout.GlyphFlags
	if text.mode == 3 || text.mode == 7 {
		painted = layout.Hidden
	}
	x, y := 0.0, 0.0 // pen, in text space
	for len(s) > 0 {
		shape, code, length := font.next(s)
		s = s[length:]
		width := shape.width / 1000 * text.size
		left, right := x, x+width*text.stretch
		low, high := y+text.rise+font.descent*text.size, y+text.rise+font.ascent*text.size
		if font.vertical {
			left, right = x-width/2*text.stretch, x+width/2*text.stretch
			high = y + text.rise
			low = high + shape.advance/1000*text.size
		}
		if len(page.Glyphs) >= maxGlyphs {
			in.limit = "glyphs"
			return
		}
		var box layout.Box
		if upright {
			box = layout.Box{
				X0: left*toPage.a + toPage.e, X1: right*toPage.a + toPage.e,
				Y0: high*toPage.d + toPage.f, Y1: low*toPage.d + toPage.f,
			}
			if box.X0 > box.X1 {
				box.X0, box.X1 = box.X1, box.X0
			}
			if box.Y0 > box.Y1 {
				box.Y0, box.Y1 = box.Y1, box.Y0
			}
		} else {
			var corners [4]point
			for i, c := range [4]point{{left, low}, {right, low}, {right, high}, {left, high}} {
				corners[i].x, corners[i].y = toPage.apply(c.x, c.y)
			}
			box = bounds(corners[:])
		}
		seen := painted | shape.flags
		if box.X1 <= 0 || box.Y1 <= 0 || box.X0 >= page.Box.X1 || box.Y0 >= page.Box.Y1 {
			seen |= layout.Hidden // off the page: the rest of a text that a page end cut
		}
		if clip, middle := &in.state.clip, (box.Y0+box.Y1)/2; box.X1 <= clip.X0 || box.X0 >= clip.X1 || middle <= clip.Y0 || middle >= clip.Y1 {
			page.Clipped = append(page.Clipped, layout.ClippedGlyph{Glyph: int32(len(page.Glyphs)), Clip: *clip})
		}
		page.Glyphs = append(page.Glyphs, layout.Glyph{
			Text: shape.text, Box: box, Size: size,
			Font: text.fontIndex, Turn: turn, Flags: seen,
		})
		if font.vertical {
			y += shape.advance/1000*text.size + text.charSpace
			if length == 1 && code == ' ' {
				y += text.wordSpace
			}
			continue
		}
		x += (width + text.charSpace) * text.stretch
		if length == 1 && code == ' ' {
			x += text.wordSpace * text.stretch
		}
	}
	in.moveText(x, y)
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
