package content

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"gongkai/extract/content/cmap"
	"gongkai/extract/content/encoding"
	"gongkai/extract/content/radical"
	"gongkai/extract/layout"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Defaults for fonts that do not tell their own, in parts of the font size.
const (
	// defaultAscent and defaultDescent are those of SimSun and most CJK fonts.
	defaultAscent  = 0.859
	defaultDescent = -0.141
	// defaultCIDWidth is DW of ISO 32000-2, 9.7.4.3.
	defaultCIDWidth = 1000
	// verticalOriginY and verticalAdvance are DW2 of the same.
	verticalOriginY = 880
	verticalAdvance = -1000
)

// shape is what a character code shows. Widths are in 1/1000 of the font size.
type shape struct {
	text             string // Unicode; U+FFFD when the font does not tell
	width            float64
	advance          float64 // downwards (negative), for vertical writing
	originX, originY float64 // of the vertical writing's origin
	flags            layout.GlyphFlags
}

// font decodes the strings shown in one PDF font. Every code is worked out
// once and kept in a table.
type font struct {
	name            string
	composite       bool
	vertical        bool
	ascent, descent float64 // parts of the font size
	em              float64 // height of a letter's box in parts of the font size, 1 but for odd Type 3 fonts

	shapes []shape              // shape 0 stands for "not worked out yet"
	single [256]uint32          // index into shapes for codes of one byte
	double [256]*[256]uint32    // of two bytes
	long   map[[2]uint32]uint32 // of more, by code and length

	toUnicode     *cmap.CMap
	codeIsUnicode bool       // ToUnicode is the name of an identity map
	codes         *cmap.CMap // composite: character codes to CIDs
	encoding      string     // composite: name of the predefined CMap, or ""
	ordering      string     // composite: "Adobe-GB1" …
	cidWidths     map[uint32]float64
	cidVerticals  map[uint32][3]float64 // W2: advance, origin x, origin y
	vertically    [2]float64            // DW2: origin y, advance
	glyphOfCID    []byte                // CIDToGIDMap, two bytes a CID; nil when a CID is its glyph
	width         float64               // of codes not in the tables

	names   *[256]string // simple: glyph names, "" where the font program's own encoding holds
	base    *encoding.Encoding
	widths  *[256]float64
	scale   float64 // Type 3: glyph space to thousandths of the font size; else 1
	program func() *program
}

// loadFont reads a font dictionary. A null dictionary gives a font that shows
// WinAnsi text, as viewers do.
func (f *File) loadFont(dict value) *font {
	t := &font{
		name:  fontName(nameOf(dict.key("BaseFont"))),
		scale: 1, em: 1, ascent: defaultAscent, descent: defaultDescent,
		shapes: make([]shape, 1, 64),
	}
	entry := dict.key("ToUnicode")
	if name, ok := entry.name(); ok {
		t.codeIsUnicode = strings.HasPrefix(name, "Identity")
	} else if data, err := decodeStream(entry); len(data) > 0 {
		_ = err // what inflated is used; a cut ToUnicode maps fewer codes
		t.toUnicode, _ = cmap.Parse(data, predefined)
	}
	switch nameOf(dict.key("Subtype")) {
	case "Type0":
		f.loadComposite(t, dict)
	case "Type3":
		f.loadSimple(t, dict)
		t.loadGlyphSpace(dict)
	default:
		f.loadSimple(t, dict)
	}
	return t
}

// Letters of a Type 3 font that fill less or more of the font size than these
// shares are drawn in a space of their own, and their box tells their size.
const (
	smallestLetters = 0.4
	largestLetters  = 2.5
)

// loadGlyphSpace reads the space in which a Type 3 font draws.
func (t *font) loadGlyphSpace(dict value) {
	m, ok := matrixOf(dict.key("FontMatrix"))
	if !ok || m.a == 0 {
		return
	}
	t.scale = m.a * 1000
	box, ok := numbers(dict.key("FontBBox"), 4)
	if !ok || box[3] <= box[1] {
		return
	}
	top, bottom := max(box[1]*m.d, box[3]*m.d), min(box[1]*m.d, box[3]*m.d)
	if height := top - bottom; height > 0 && (height < smallestLetters || height > largestLetters) {
		t.em, t.ascent, t.descent = height, top, bottom
		return
	}
	t.setHeights(top*1000, bottom*1000)
}

func predefined(name string) *cmap.CMap {
	m, _ := cmap.Predefined(name)
	return m
}

// setHeights takes ascent and descent in thousandths when they are plausible:
// many converters write 0, or the bounding box of a whole CJK font.
func (t *font) setHeights(ascent, descent float64) {
	if ascent >= 500 && ascent <= 1300 {
		t.ascent = ascent / 1000
	}
	if descent > 0 {
		descent = -descent
	}
	if descent <= -50 && descent >= -500 {
		t.descent = descent / 1000
	}
}

func (f *File) loadComposite(t *font, dict value) {
	t.composite = true
	descendant := dict.key("DescendantFonts").index(0)
	system := descendant.key("CIDSystemInfo")
	registry, _ := system.key("Registry").text()
	ordering, _ := system.key("Ordering").text()
	t.ordering = string(registry) + "-" + string(ordering)

	encodingEntry := dict.key("Encoding")
	if name, ok := encodingEntry.name(); ok {
		t.codes = predefined(name)
		t.encoding = name
	} else {
		t.codes = embeddedCMap(encodingEntry, 0)
		t.encoding = nameOf(encodingEntry.key("CMapName"))
	}
	if t.codes == nil {
		t.codes = predefined("Identity-H")
	}
	t.vertical = t.codes.Vertical() || integer(encodingEntry.key("WMode"), 0) == 1
	t.width = float(descendant.key("DW"), defaultCIDWidth)
	t.cidWidths = cidWidths(descendant.key("W"))
	if t.vertical {
		t.loadVerticals(descendant)
	}
	if data, _ := decodeStream(descendant.key("CIDToGIDMap")); len(data) > 0 {
		t.glyphOfCID = data
	}
	descriptor := descendant.key("FontDescriptor")
	t.setHeights(float(descriptor.key("Ascent"), 0), float(descriptor.key("Descent"), 0))
	t.program = programOf(descriptor)
}

// maxUseCMap bounds the chain of embedded CMaps that build on each other.
const maxUseCMap = 4

// embeddedCMap reads a CMap stream with those it builds on, which its dictionary
// names or its text.
func embeddedCMap(stream value, depth int) *cmap.CMap {
	data, _ := decodeStream(stream)
	if len(data) == 0 || depth > maxUseCMap {
		return nil
	}
	parent := predefined(nameOf(stream.key("UseCMap")))
	if parent == nil {
		parent = embeddedCMap(stream.key("UseCMap"), depth+1)
	}
	if parent != nil && !bytes.Contains(data, []byte("usecmap")) {
		data = append([]byte("/UseCMap usecmap\n"), data...)
	}
	made, _ := cmap.Parse(data, func(name string) *cmap.CMap {
		if known := predefined(name); known != nil {
			return known
		}
		return parent
	})
	return made
}

// loadVerticals reads DW2 and W2 (ISO 32000-2, 9.7.4.3).
func (t *font) loadVerticals(descendant value) {
	t.vertically = [2]float64{verticalOriginY, verticalAdvance}
	if pair, ok := numbers(descendant.key("DW2"), 2); ok {
		t.vertically = [2]float64{pair[0], pair[1]}
	}
	list := descendant.key("W2")
	t.cidVerticals = make(map[uint32][3]float64)
	for i := 0; i+1 < list.length() && len(t.cidVerticals) < maxWidths; {
		first := integer(list.index(i), -1)
		second := list.index(i + 1)
		switch {
		case first < 0:
			i++
		case second.length() > 0:
			for k := 0; 3*k+2 < second.length() && len(t.cidVerticals) < maxWidths; k++ {
				t.cidVerticals[uint32(first+k)] = [3]float64{float(second.index(3*k), verticalAdvance), float(second.index(3*k+1), 0), float(second.index(3*k+2), verticalOriginY)}
			}
			i += 2
		default:
			metrics := [3]float64{float(list.index(i+2), verticalAdvance), float(list.index(i+3), 0), float(list.index(i+4), verticalOriginY)}
			for cid := first; cid <= integer(second, -1) && len(t.cidVerticals) < maxWidths; cid++ {
				t.cidVerticals[uint32(cid)] = metrics
			}
			i += 5
		}
	}
}

// maxWidths bounds the widths read from one font; a CID has two bytes.
const maxWidths = 1 << 16

// cidWidths reads a W array (ISO 32000-2, 9.7.4.3): c [w1 w2 …] or c1 c2 w.
func cidWidths(w value) map[uint32]float64 {
	n := w.length()
	if n == 0 {
		return nil
	}
	widths := make(map[uint32]float64, n)
	for i := 0; i+1 < n; {
		first := integer(w.index(i), -1)
		second := w.index(i + 1)
		if first < 0 {
			i++
			continue
		}
		if list := second.length(); list > 0 {
			for k := range list {
				if len(widths) >= maxWidths {
					return widths
				}
				widths[uint32(first+k)] = float(second.index(k), defaultCIDWidth)
			}
			i += 2
			continue
		}
		last := integer(second, -1)
		width := float(w.index(i+2), defaultCIDWidth)
		for cid := first; cid <= last && len(widths) < maxWidths; cid++ {
			widths[uint32(cid)] = width
		}
		i += 3
	}
	return widths
}

// symbolicFlag of a font descriptor: the font has an encoding of its own.
const symbolicFlag = 1 << 2

func (f *File) loadSimple(t *font, dict value) {
	descriptor := dict.key("FontDescriptor")
	t.program = programOf(descriptor)
	entry := dict.key("Encoding")
	named, ok := entry.name()
	if !ok {
		named = nameOf(entry.key("BaseEncoding"))
	}
	t.names = new([256]string)
	if table, ok := encoding.Lookup(named); ok {
		for code := range t.names {
			t.names[code] = table.Name(byte(code))
		}
	} else {
		t.base = baseEncoding(t.name, dict, integer(descriptor.key("Flags"), 0)&symbolicFlag != 0 && t.program != nil)
	}
	code := 0
	differences := entry.key("Differences")
	for i := range min(differences.length(), 1024) {
		item := differences.index(i)
		if name, ok := item.name(); ok {
			if code >= 0 && code < 256 {
				t.names[code] = name
			}
			code++
		} else {
			code = integer(item, code)
		}
	}

	if ascent, descent, ok := encoding.StandardExtent(nameOf(dict.key("BaseFont"))); ok && descriptor.null() {
		t.ascent, t.descent = ascent/1000, descent/1000
	}
	t.setHeights(float(descriptor.key("Ascent"), 0), float(descriptor.key("Descent"), 0))
	t.width = float(descriptor.key("MissingWidth"), 0)
	t.widths = new([256]float64)
	list := dict.key("Widths")
	if list.length() == 0 {
		t.standardWidths(nameOf(dict.key("BaseFont")))
		return
	}
	for code := range t.widths {
		t.widths[code] = t.width
	}
	first := integer(dict.key("FirstChar"), 0)
	for i := range min(list.length(), 256) {
		if code := first + i; code >= 0 && code < 256 {
			t.widths[code] = float(list.index(i), t.width)
		}
	}
}

// baseEncoding is the encoding of a font whose dictionary names none: for the
// glyphs that its program does not name either. Picture fonts and embedded fonts
// with signs of their own have none.
func baseEncoding(name string, dict value, ownSigns bool) *encoding.Encoding {
	base := encoding.Standard
	switch {
	case ownSigns, strings.Contains(name, "Wingdings"), strings.Contains(name, "Webdings"):
		return nil
	case strings.Contains(name, "ZapfDingbats"):
		base = encoding.ZapfDingbats
	case strings.Contains(name, "Symbol"):
		base = encoding.Symbol
	case nameOf(dict.key("Subtype")) == "TrueType", dict.key("Subtype").null():
		base = encoding.WinAnsi
	case nameOf(dict.key("Subtype")) == "Type3":
		return nil
	}
	table, _ := encoding.Lookup(base)
	return table
}

// standardWidths fills the widths of a font that gives none: one of the
// standard 14, or half an em, which is what the digits of most fonts take.
func (t *font) standardWidths(baseFont string) {
	const half = 500
	widthOf, ok := encoding.StandardWidths(baseFont)
	for code := range t.widths {
		t.widths[code] = half
		if ok {
			if width, found := widthOf(t.glyphName(byte(code))); found {
				t.widths[code] = width
			}
		}
	}
}

// glyphName of a simple font's code, from its dictionary.
func (t *font) glyphName(code byte) string {
	if t.names[code] == "" && t.base != nil {
		return t.base.Name(code)
	}
	return t.names[code]
}

// fontName drops a subset's prefix (ABCDEF+SimSun) and reads names that Word
// 2010 and others write as raw GBK bytes.
func fontName(name string) string {
	if i := strings.IndexByte(name, '+'); i == 6 {
		name = name[i+1:]
	}
	if utf8.ValidString(name) {
		return name
	}
	if decoded, err := simplifiedchinese.GBK.NewDecoder().String(name); err == nil {
		return decoded
	}
	return strings.ToValidUTF8(name, "\uFFFD")
}

// maxShapes bounds the table of a hostile font with codes of four bytes.
const maxShapes = 1 << 17

// next cuts the first character code off a string and returns its shape, which
// is valid until the following call.
func (t *font) next(s []byte) (*shape, uint32, int) {
	code, length := uint32(s[0]), 1
	if t.composite {
		code, length = t.codes.Decode(s)
		if length <= 0 || length > len(s) {
			length = len(s)
		}
	}
	var slot *uint32
	switch length {
	case 1:
		slot = &t.single[code&0xff]
	case 2:
		table := t.double[code>>8&0xff]
		if table == nil {
			table = new([256]uint32)
			t.double[code>>8&0xff] = table
		}
		slot = &table[code&0xff]
	default:
		return t.longShape(code, s[:length]), code, length
	}
	if *slot == 0 {
		*slot = t.add(code, s[:length])
	}
	return &t.shapes[*slot], code, length
}

func (t *font) longShape(code uint32, s []byte) *shape {
	key := [2]uint32{code, uint32(len(s))}
	index, ok := t.long[key]
	if !ok {
		if t.long == nil || len(t.long) >= maxShapes {
			t.long = make(map[[2]uint32]uint32)
			t.shapes = t.shapes[:min(len(t.shapes), maxShapes)]
		}
		index = t.add(code, s)
		t.long[key] = index
	}
	return &t.shapes[index]
}

func (t *font) add(code uint32, s []byte) uint32 {
	t.shapes = append(t.shapes, t.make(code, s))
	return uint32(len(t.shapes) - 1)
}

// make works out what a code shows: its text, its width.
func (t *font) make(code uint32, s []byte) shape {
	var made shape
	if t.composite {
		cid, ok := t.codes.CID(code, len(s))
		if !ok {
			cid = 0
		}
		made.width = t.width
		if width, found := t.cidWidths[cid]; found {
			made.width = width
		}
		if t.vertical {
			made.advance, made.originX, made.originY = t.vertically[1], made.width/2, t.vertically[0]
			if metrics, found := t.cidVerticals[cid]; found {
				made.advance, made.originX, made.originY = metrics[0], metrics[1], metrics[2]
			}
			made.flags |= layout.Vertical
		}
		made.text = t.compositeText(code, s, cid)
	} else {
		made.width = t.widths[code&0xff] * t.scale
		made.text = t.simpleText(byte(code), s)
	}
	if made.text == "" {
		made.text = "\uFFFD"
	}
	meant, other := unshared(uprightForm(made.text))
	folded, changed := radical.FoldString(meant)
	if made.text = folded; other || changed {
		made.flags |= layout.RadicalMapped
	}
	if made.text == "\uFFFD" {
		made.flags |= layout.Unmapped
	}
	return made
}

// compositeText: a code of a named character encoding is its own Unicode and
// beats a ToUnicode that says otherwise; for Identity-H ToUnicode is the
// witness, then the embedded font's own tables, then the character collection.
func (t *font) compositeText(code uint32, s []byte, cid uint32) string {
	if t.encoding != "" {
		if text, ok := cmap.UnicodeOfCode(t.encoding, s); ok {
			return text
		}
	}
	told := t.toldText(code, len(s))
	if told != "" && !private(told) {
		return told
	}
	if t.program != nil {
		if text := t.program().textOfCID(cid, t.glyphOfCID); text != "" {
			return text
		}
	}
	if text, ok := cmap.ToUnicode(t.ordering, cid); ok {
		return text
	}
	return told
}

func (t *font) simpleText(code byte, s []byte) string {
	told := t.toldText(uint32(code), len(s))
	if told != "" && !private(told) {
		return told
	}
	name := t.names[code]
	if text, ok := encoding.GlyphText(name); ok {
		return text
	}
	if t.program != nil {
		if text := t.program().textOfCode(code, name); text != "" {
			return text
		}
	}
	if text, ok := encoding.GlyphText(t.glyphName(code)); ok && told == "" {
		return text
	}
	return told
}

// toldText is what ToUnicode says, "" when it names no character: NUL, other
// controls and U+FFFD are what producers write when they do not know.
func (t *font) toldText(code uint32, length int) string {
	if t.codeIsUnicode {
		return meaningful(string(rune(code)))
	}
	if t.toUnicode == nil {
		return ""
	}
	text, _ := t.toUnicode.Text(code, length)
	return meaningful(text)
}

func meaningful(text string) string {
	for _, c := range text {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c >= 0x7f && c < 0xa0 || c == '\uFFFD' || c == '\uFFFE' || c == '\uFFFF' {
			return ""
		}
	}
	return text
}

// private tells whether a text is of private use: a number without a meaning.
func private(text string) bool {
	for _, c := range text {
		return c >= 0xE000 && c <= 0xF8FF || c >= 0xF0000
	}
	return false
}
