package content

import (
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

// shape is what a character code shows.
type shape struct {
	text    string  // Unicode; U+FFFD when the font does not tell
	width   float64 // horizontal advance in 1/1000 of the font size
	advance float64 // vertical advance, for vertical writing
	flags   layout.GlyphFlags
	known   bool // the table entry is filled
}

// font decodes the strings shown in one PDF font. Every code is worked out
// once and kept in a table.
type font struct {
	name            string
	composite       bool
	vertical        bool
	ascent, descent float64 // parts of the font size
	shapes          [256]*[256]shape
	long            map[uint32]*shape // codes of three and four bytes

	toUnicode *cmap.CMap
	codes     *cmap.CMap // composite: character codes to CIDs
	encoding  string     // composite: name of the predefined CMap, or ""
	ordering  string     // composite: "Adobe-GB1" …
	cidWidths map[uint32]float64
	width     float64 // of codes not in the tables

	names  *[256]string // simple: glyph names
	widths *[256]float64
	scale  float64 // Type 3: glyph space to thousandths of the font size; else 1
}

// loadFont reads a font dictionary. A null dictionary gives a font that shows
// WinAnsi text, as viewers do.
func (f *File) loadFont(dict value) *font {
	t := &font{
		name:  fontName(nameOf(dict.key("BaseFont"))),
		scale: 1, ascent: defaultAscent, descent: defaultDescent,
	}
	if data, err := decodeStream(dict.key("ToUnicode")); len(data) > 0 {
		_ = err // what inflated is used; a cut ToUnicode maps fewer codes
		t.toUnicode, _ = cmap.Parse(data, predefined)
	}
	switch nameOf(dict.key("Subtype")) {
	case "Type0":
		f.loadComposite(t, dict)
	case "Type3":
		f.loadSimple(t, dict)
		if m, ok := matrixOf(dict.key("FontMatrix")); ok && m.a != 0 {
			t.scale = m.a * 1000
		}
		if box, ok := numbers(dict.key("FontBBox"), 4); ok && box[3] > box[1] {
			if m, ok := matrixOf(dict.key("FontMatrix")); ok {
				t.setHeights(box[3]*m.d*1000, box[1]*m.d*1000)
			}
		}
	default:
		f.loadSimple(t, dict)
	}
	return t
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
	} else if data, _ := decodeStream(encodingEntry); len(data) > 0 {
		t.codes, _ = cmap.Parse(data, predefined)
		t.encoding = nameOf(encodingEntry.key("CMapName"))
	}
	if t.codes == nil {
		t.codes = predefined("Identity-H")
	}
	t.vertical = t.codes.Vertical()
	t.width = float(descendant.key("DW"), defaultCIDWidth)
	t.cidWidths = cidWidths(descendant.key("W"))
	descriptor := descendant.key("FontDescriptor")
	t.setHeights(float(descriptor.key("Ascent"), 0), float(descriptor.key("Descent"), 0))
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

func (f *File) loadSimple(t *font, dict value) {
	base := "StandardEncoding"
	if strings.Contains(t.name, "Symbol") {
		base = "Symbol"
	} else if strings.Contains(t.name, "ZapfDingbats") {
		base = "ZapfDingbats"
	} else if nameOf(dict.key("Subtype")) == "TrueType" || dict.key("Subtype").null() {
		base = "WinAnsiEncoding"
	}
	entry := dict.key("Encoding")
	named, ok := entry.name()
	if !ok {
		named = nameOf(entry.key("BaseEncoding"))
	}
	table, ok := encoding.Lookup(named)
	if !ok {
		table, _ = encoding.Lookup(base)
	}
	t.names = new([256]string)
	for code := range t.names {
		t.names[code] = table.Name(byte(code))
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

	descriptor := dict.key("FontDescriptor")
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

// standardWidths fills the widths of a font that gives none: one of the
// standard 14, or half an em, which is what the digits of most fonts take.
func (t *font) standardWidths(baseFont string) {
	const half = 500
	widthOf, ok := encoding.StandardWidths(baseFont)
	for code := range t.widths {
		t.widths[code] = half
		if ok {
			if width, found := widthOf(t.names[code]); found {
				t.widths[code] = width
			}
		}
	}
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

// next cuts the first character code off a string and returns its shape.
func (t *font) next(s []byte) (*shape, uint32, int) {
	if !t.composite {
		code := uint32(s[0])
		return t.at(0, code, s[:1]), code, 1
	}
	code, length := t.codes.Decode(s)
	if length <= 0 || length > len(s) {
		length = len(s)
	}
	if length <= 2 {
		// One-byte codes have a page of their own (the last one), so that <41> and <0041> stay apart.
		high := code >> 8 & 0xff
		if length == 1 {
			return t.oneByte(code, s[:1]), code, 1
		}
		return t.at(high, code, s[:length]), code, length
	}
	if found, ok := t.long[code]; ok {
		return found, code, length
	}
	if t.long == nil {
		t.long = make(map[uint32]*shape)
	}
	made := t.make(code, s[:length])
	t.long[code] = &made
	return &made, code, length
}

// at is the shape of a code in the table page "high", made on first use.
func (t *font) at(high, code uint32, s []byte) *shape {
	table := t.shapes[high]
	if table == nil {
		table = new([256]shape)
		t.shapes[high] = table
	}
	found := &table[code&0xff]
	if !found.known {
		*found = t.make(code, s)
	}
	return found
}

// oneByte keeps the one-byte codes of mixed encodings (GBK-EUC-H) in the long
// table under a key that no code has.
func (t *font) oneByte(code uint32, s []byte) *shape {
	const apart = 1 << 31
	if found, ok := t.long[code|apart]; ok {
		return found
	}
	if t.long == nil {
		t.long = make(map[uint32]*shape)
	}
	made := t.make(code, s)
	t.long[code|apart] = &made
	return &made
}

// make works out what a code shows: its text, its width.
func (t *font) make(code uint32, s []byte) shape {
	made := shape{known: true, advance: verticalAdvance}
	if t.composite {
		cid, ok := t.codes.CID(code, len(s))
		if !ok {
			cid = 0
		}
		made.width = t.width
		if width, found := t.cidWidths[cid]; found {
			made.width = width
		}
		made.text = t.compositeText(code, s, cid)
	} else {
		made.width = t.widths[code&0xff] * t.scale
		made.text = t.simpleText(byte(code), s)
	}
	if made.text == "" {
		made.text = "\uFFFD"
	}
	if folded, changed := radical.FoldString(made.text); changed {
		made.text = folded
		made.flags |= layout.RadicalMapped
	}
	if made.text == "\uFFFD" {
		made.flags |= layout.Unmapped
	}
	if t.vertical {
		made.flags |= layout.Vertical
	}
	return made
}

// compositeText: a code of a named character encoding is its own Unicode and
// beats a ToUnicode that says otherwise; for Identity-H ToUnicode is the
// witness, then the character collection.
func (t *font) compositeText(code uint32, s []byte, cid uint32) string {
	if t.encoding != "" {
		if text, ok := cmap.UnicodeOfCode(t.encoding, s); ok {
			return text
		}
	}
	if t.toUnicode != nil {
		if text, ok := t.toUnicode.Text(code, len(s)); ok && meaningful(text) {
			return text
		}
	}
	if text, ok := cmap.ToUnicode(t.ordering, cid); ok {
		return text
	}
	return ""
}

func (t *font) simpleText(code byte, s []byte) string {
	if t.toUnicode != nil {
		if text, ok := t.toUnicode.Text(uint32(code), len(s)); ok && meaningful(text) {
			return text
		}
	}
	if text, ok := encoding.GlyphText(t.names[code]); ok {
		return text
	}
	return ""
}

// meaningful tells whether a ToUnicode entry names a character: NUL and U+FFFD
// are what producers write when they do not know.
func meaningful(text string) bool {
	return text != "" && text != "\x00" && text != "\uFFFD" && text != "\uFFFF"
}
