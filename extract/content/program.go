package content

import (
	"bytes"
	"strings"
	"sync"

	"gongkai/extract/content/cmap"
	"gongkai/extract/content/encoding"
)

// program is what an embedded font program tells about its glyphs. Only the few
// tables that name them are read; outlines are nobody's business here. Every
// field may be missing.
type program struct {
	unicode []rune   // by glyph; 0 where no Unicode cmap reaches it
	names   []string // by glyph
	// How simple fonts reach their glyphs without an encoding in the PDF.
	codes     [256]uint16 // glyph of each code, 0 for none
	macintosh bool        // codes are those of Mac OS Roman
	// Of CID-keyed CFF programs.
	collection string            // "Adobe-GB1"; "" when not CID-keyed
	glyphOfCID map[uint32]uint16 // nil when a CID is its glyph
}

// maxProgram bounds the font programs that are read (bytes); a whole Chinese
// font has 20 MB.
const maxProgram = 40 << 20

// programOf gives the embedded font program of a descriptor, read when it is
// first needed; nil when there is none.
func programOf(descriptor value) func() *program {
	for _, key := range []string{"FontFile2", "FontFile3", "FontFile"} {
		stream := descriptor.key(key)
		if raw, ok := stream.raw(); ok && len(raw) <= maxProgram {
			return sync.OnceValue(func() *program {
				data, _ := decodeStream(stream)
				return readProgram(data)
			})
		}
	}
	return nil
}

// readProgram tells the formats apart by their first bytes: producers mix up the
// keys under which they embed them.
func readProgram(data []byte) *program {
	p := &program{}
	switch {
	case len(data) < 4 || len(data) > maxProgram:
	case bytes.HasPrefix(data, []byte("%!")), data[0] == 0x80 && data[1] == 1:
		p.readType1(data)
	case bytes.HasPrefix(data, []byte("OTTO")), bytes.HasPrefix(data, []byte("true")), bytes.HasPrefix(data, []byte("ttcf")), bytes.HasPrefix(data, []byte{0, 1, 0, 0}):
		p.readSFNT(data)
	case data[0] == 1:
		p.readCFF(data)
	}
	return p
}

// textOfGlyph is the text of a glyph by the Unicode cmap, then by its name.
func (p *program) textOfGlyph(glyph int) string {
	if glyph > 0 && glyph < len(p.unicode) && p.unicode[glyph] > 0 {
		return meaningful(string(p.unicode[glyph]))
	}
	if glyph > 0 && glyph < len(p.names) {
		text, _ := encoding.GlyphText(p.names[glyph])
		return meaningful(text)
	}
	return ""
}

// textOfCID is the text of a CID of a composite font; glyphs is its CIDToGIDMap.
func (p *program) textOfCID(cid uint32, glyphs []byte) string {
	glyph := int(cid)
	switch {
	case p.glyphOfCID != nil:
		mapped, ok := p.glyphOfCID[cid]
		if !ok {
			return ""
		}
		glyph = int(mapped)
	case glyphs != nil:
		if 2*glyph+1 >= len(glyphs) {
			return ""
		}
		glyph = int(glyphs[2*glyph])<<8 | int(glyphs[2*glyph+1])
	}
	if text := p.textOfGlyph(glyph); text != "" {
		return text
	}
	text, _ := cmap.ToUnicode(p.collection, cid)
	return text
}

// textOfCode is the text of a simple font's code: by the glyph's name when the
// PDF gives one, else by the program's own encoding.
func (p *program) textOfCode(code byte, name string) string {
	if name != "" {
		for glyph, own := range p.names {
			if own == name {
				return p.textOfGlyph(glyph)
			}
		}
		return ""
	}
	glyph := int(p.codes[code])
	if text := p.textOfGlyph(glyph); text != "" || glyph == 0 || !p.macintosh {
		return text
	}
	macRoman, _ := encoding.Lookup(encoding.MacRoman)
	text, _ := encoding.GlyphText(macRoman.Name(code))
	return text
}

// rank orders the characters that share a glyph: the one that texts use first.
func rank(c rune) int {
	switch {
	case c >= 0xE000 && c <= 0xF8FF || c >= 0xF0000 || c < ' ':
		return 3
	case c >= 0x2E80 && c <= 0x2FDF || c >= 0xF900 && c <= 0xFAFF || c >= 0x2F800 && c <= 0x2FA1F:
		return 2 // radicals, compatibility ideographs
	case c == 0xA0 || c == 0xAD || c == 0x2010 || c == 0x2011 || c == 0x2215 || c == 0x2219 || c >= 0x2126 && c <= 0x212B:
		return 1 // twins of space, hyphen, slash, full stop, Ω, K, Å
	}
	return 0
}

// addUnicode notes that a character shows a glyph.
func (p *program) addUnicode(c rune, glyph int) {
	if glyph <= 0 || glyph >= len(p.unicode) {
		return
	}
	if known := p.unicode[glyph]; known == 0 || rank(c) < rank(known) || rank(c) == rank(known) && c < known {
		p.unicode[glyph] = c
	}
}

// readType1 finds the built-in encoding in the clear text of a Type 1 program.
func (p *program) readType1(data []byte) {
	if end := bytes.Index(data, []byte("eexec")); end >= 0 {
		data = data[:end]
	}
	start := bytes.Index(data, []byte("/Encoding"))
	if start < 0 {
		return
	}
	p.names = make([]string, 1, 257)
	lex := lexer{data: data, at: start + len("/Encoding")}
	for range 4 * 256 {
		operator := lex.next()
		switch string(operator) {
		case "":
			return
		case "StandardEncoding":
			standard, _ := encoding.Lookup(encoding.Standard)
			for code := range p.codes {
				p.addName(code, standard.Name(byte(code)))
			}
			return
		case "put":
			if n := len(lex.operands); n >= 2 && lex.operands[n-2].kind == numberOperand {
				p.addName(int(lex.operands[n-2].number), string(lex.lastName()))
			}
		case "def", "readonly":
			return
		}
	}
}

// addName gives a code of a program without glyph numbers a glyph of its own.
func (p *program) addName(code int, name string) {
	if code < 0 || code > 255 || name == "" || strings.HasPrefix(name, ".") {
		return
	}
	p.codes[code] = uint16(len(p.names))
	p.names = append(p.names, name)
}
