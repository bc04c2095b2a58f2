package content

import (
	"unicode/utf8"

	"gongkai/extract/layout"
)

// layers knows which optional content is switched off when the file is opened
// (ISO 32000-2, 8.11): by its default configuration.
type layers struct {
	hidden map[int]bool // object numbers of the groups that are off
}

// maxGroups bounds the optional content groups of a hostile file.
const maxGroups = 100_000

func newLayers(catalog value) *layers {
	l := &layers{}
	properties := catalog.key("OCProperties")
	if properties.null() {
		return l
	}
	l.hidden = make(map[int]bool)
	set := func(list value, off bool) {
		for i := range min(list.length(), maxGroups) {
			if id := list.index(i).id(); id != 0 {
				l.hidden[id] = off
			}
		}
	}
	standard := properties.key("D")
	set(properties.key("OCGs"), nameOf(standard.key("BaseState")) == "OFF")
	set(standard.key("ON"), false)
	set(standard.key("OFF"), true)
	return l
}

// off tells whether a group or a membership dictionary hides what it holds.
func (l *layers) off(v value) bool {
	if v == nil || len(l.hidden) == 0 || v.null() {
		return false
	}
	if expression := v.key("VE"); expression.length() > 0 {
		return !l.holds(expression, 0)
	}
	groups := v.key("OCGs")
	if groups.null() {
		return l.hidden[v.id()]
	}
	count := groups.length()
	if count == 0 { // one group, not in an array
		return l.hidden[groups.id()] != (nameOf(v.key("P")) == "AnyOff" || nameOf(v.key("P")) == "AllOff")
	}
	on, off := 0, 0
	for i := range min(count, maxGroups) {
		switch group := groups.index(i); {
		case group.null():
		case l.hidden[group.id()]:
			off++
		default:
			on++
		}
	}
	if on+off == 0 {
		return false
	}
	switch nameOf(v.key("P")) {
	case "AllOn":
		return off > 0
	case "AnyOff":
		return off == 0
	case "AllOff":
		return on > 0
	}
	return on == 0
}

// maxExpressionDepth bounds a visibility expression; the standard has no ring in mind.
const maxExpressionDepth = 16

// holds evaluates a visibility expression.
func (l *layers) holds(expression value, depth int) bool {
	if depth > maxExpressionDepth {
		return true
	}
	if expression.length() == 0 {
		return !l.hidden[expression.id()]
	}
	operator := nameOf(expression.index(0))
	for i := 1; i < min(expression.length(), maxGroups>>depth); i++ {
		holds := l.holds(expression.index(i), depth+1)
		switch {
		case operator == "Not":
			return !holds
		case operator == "Or" && holds:
			return true
		case operator == "And" && !holds:
			return false
		}
	}
	return operator != "Or"
}

// mark is one stretch of marked content, from BDC to EMC.
type mark struct {
	unseen    bool // its layer is switched off
	watermark bool
	actual    string // /ActualText: what the stretch reads as
	from      int    // the first of its glyphs
}

// maxMarks bounds the nesting of marked content; deeper marks say nothing.
const maxMarks = 1000

// readMark reads a property list, or the group that /OC names.
func (in *interpreter) readMark(properties value) mark {
	made := mark{unseen: in.layers.off(properties), watermark: nameOf(properties.key("Subtype")) == "Watermark"}
	if text, ok := properties.key("ActualText").text(); ok {
		made.actual = decodeText(text)
	}
	return made
}

// beginMark follows BMC and BDC.
func (in *interpreter) beginMark(lex *lexer, properties bool) {
	if len(in.marks)-in.firstMark >= maxMarks {
		in.deeperMarks++
		return
	}
	var made mark
	have := len(lex.operands)
	switch {
	case !properties || have < 2:
	case lex.operands[have-1].kind == nameOperand:
		made = in.named(propertyResource, lex.lastName()).mark
		tag := &lex.operands[have-2]
		made.unseen = made.unseen && tag.kind == nameOperand && string(lex.bytesOf(tag)) == "OC"
	default:
		for i := 0; i+1 < have; i++ {
			key, entry := &lex.operands[i], &lex.operands[i+1]
			if key.kind != nameOperand {
				continue
			}
			switch {
			case entry.kind == textOperand && string(lex.bytesOf(key)) == "ActualText":
				made.actual = decodeText(lex.bytesOf(entry))
			case entry.kind == nameOperand && string(lex.bytesOf(key)) == "Subtype":
				made.watermark = string(lex.bytesOf(entry)) == "Watermark"
			}
		}
	}
	made.from = len(in.glyphs)
	if made.unseen {
		in.unseen++
	}
	if made.watermark {
		in.watermarks++
	}
	in.marks = append(in.marks, made)
}

// endMark follows EMC.
func (in *interpreter) endMark() {
	if in.deeperMarks > 0 {
		in.deeperMarks--
		return
	}
	if len(in.marks) <= in.firstMark {
		return
	}
	ended := in.marks[len(in.marks)-1]
	in.marks = in.marks[:len(in.marks)-1]
	if ended.unseen {
		in.unseen--
	}
	if ended.watermark {
		in.watermarks--
	}
	if ended.actual != "" {
		in.readAs(ended.from, ended.actual)
	}
}

// longestSequence is how many glyphs may stand for one text of another length: a
// syllable, a ligature in pieces.
const longestSequence = 8

// readAs gives glyphs without Unicode the text that their marked content is said
// to read as. Glyphs that have Unicode keep it: the page is the witness.
func (in *interpreter) readAs(from int, text string) {
	glyphs := in.glyphs[from:]
	unmapped := 0
	for i := range glyphs {
		if glyphs[i].Flags&layout.Unmapped != 0 {
			unmapped++
		}
	}
	if unmapped == 0 {
		return
	}
	if utf8.RuneCountInString(text) == len(glyphs) {
		i := 0
		for at, c := range text {
			if g := &glyphs[i]; g.Flags&layout.Unmapped != 0 {
				g.Text = text[at : at+utf8.RuneLen(c)]
				g.Flags &^= layout.Unmapped
			}
			i++
		}
		return
	}
	if unmapped < len(glyphs) || len(glyphs) > longestSequence {
		return
	}
	for i := range glyphs {
		glyphs[0].Box = glyphs[0].Box.Union(glyphs[i].Box)
	}
	glyphs[0].Text = text
	glyphs[0].Flags &^= layout.Unmapped
	in.glyphs = in.glyphs[:from+1]
	clipped := in.page.Clipped
	for len(clipped) > 0 && int(clipped[len(clipped)-1].Glyph) > from {
		clipped = clipped[:len(clipped)-1]
	}
	in.page.Clipped = clipped
}
