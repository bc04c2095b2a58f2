package content

import (
	"encoding/binary"

	"gongkai/extract/content/encoding"
)

// block is a part of a font program; reading beyond its end gives 0.
type block []byte

func (t block) u8(at int) int {
	if at < 0 || at >= len(t) {
		return 0
	}
	return int(t[at])
}

func (t block) u16(at int) int {
	if at < 0 || at+2 > len(t) {
		return 0
	}
	return int(binary.BigEndian.Uint16(t[at:]))
}

func (t block) u32(at int) int {
	if at < 0 || at+4 > len(t) {
		return 0
	}
	return int(binary.BigEndian.Uint32(t[at:]))
}

// from is the table's rest from an offset on, empty when it is outside.
func (t block) from(at int) block {
	if at < 0 || at > len(t) {
		return nil
	}
	return t[at:]
}

// part is length bytes from an offset on, or what there is of them.
func (t block) part(at, length int) block {
	rest := t.from(at)
	if length < 0 || length > len(rest) {
		return rest
	}
	return rest[:length]
}

const (
	// maxTables bounds the table directory of a font.
	maxTables = 128
	// maxSubtables bounds the cmap subtables that are read.
	maxSubtables = 32
	// maxGlyphsOfFont is the largest number of glyphs a font can have.
	maxGlyphsOfFont = 1 << 16
	// maxMappings bounds the characters read from one cmap subtable.
	maxMappings = 1 << 18
)

// readSFNT reads a TrueType or OpenType program (ISO/IEC 14496-22): cmap, post,
// and the charset of an embedded CFF table.
func (p *program) readSFNT(data []byte) {
	file := block(data)
	start := 0
	if file.u32(0) == 0x74746366 { // ttcf: the first font of a collection
		start = file.u32(12)
	}
	tables := make(map[string]block)
	for i := range min(file.u16(start+4), maxTables) {
		entry := file.part(start+12+16*i, 16)
		if len(entry) == 16 {
			tables[string(entry[:4])] = file.part(entry.u32(8), entry.u32(12))
		}
	}
	glyphs := tables["maxp"].u16(4)
	if glyphs == 0 {
		glyphs = maxGlyphsOfFont
	}
	if compact := tables["CFF "]; len(compact) > 0 {
		p.readCFF(compact)
		p.codes = [256]uint16{}
	}
	p.readPost(tables["post"], glyphs)
	p.unicode = make([]rune, glyphs)
	p.readCharacterMaps(tables["cmap"])
}

// Platforms and encodings of cmap subtables.
const (
	unicodePlatform   = 0
	macintoshPlatform = 1
	windowsPlatform   = 3
	windowsSymbol     = 0
	windowsUnicode    = 1
	windowsFull       = 10
	// symbolPage is where fonts of signs keep their 256 codes.
	symbolPage = 0xF000
)

func (p *program) readCharacterMaps(maps block) {
	var roman, symbol [256]uint16
	isRoman, isSymbol := false, false
	for i := range min(maps.u16(2), maxSubtables) {
		platform, kind := maps.u16(4+8*i), maps.u16(6+8*i)
		subtable := maps.from(maps.u32(8 + 8*i))
		switch {
		case platform == unicodePlatform, platform == windowsPlatform && (kind == windowsUnicode || kind == windowsFull):
			subtable.characters(p.addUnicode)
		case platform == macintoshPlatform && kind == 0:
			isRoman = true
			subtable.characters(func(c rune, glyph int) {
				if c < 256 {
					roman[c] = uint16(glyph)
				}
			})
		case platform == windowsPlatform && kind == windowsSymbol:
			isSymbol = true
			subtable.characters(func(c rune, glyph int) {
				if c < 256 || c >= symbolPage && c < symbolPage+256 {
					symbol[c&0xff] = uint16(glyph)
				}
			})
		}
	}
	switch {
	case isSymbol:
		p.codes = symbol
	case isRoman:
		p.codes = roman
	}
	p.macintosh = isRoman && !renumbered(&roman)
}

// renumbered tells whether a subset was given codes of its own: then control
// codes show glyphs, and the codes say nothing about characters.
func renumbered(codes *[256]uint16) bool {
	for code := 1; code < ' '; code++ {
		if codes[code] > 3 { // .notdef, .null, return and space stand there in many fonts
			return true
		}
	}
	return false
}

// characters visits the mappings of a cmap subtable of the formats in use.
func (t block) characters(visit func(c rune, glyph int)) {
	switch t.u16(0) {
	case 0:
		for c := range 256 {
			visit(rune(c), t.u8(6+c))
		}
	case 4:
		t.segments(visit)
	case 6:
		first := t.u16(6)
		for i := range t.u16(8) {
			visit(rune(first+i), t.u16(10+2*i))
		}
	case 10:
		first := t.u32(12)
		for i := range min(t.u32(16), maxMappings) {
			visit(rune(first+i), t.u16(20+2*i))
		}
	case 12:
		count := 0
		for i := range min(t.u32(12), len(t)/12) {
			first, last, glyph := t.u32(16+12*i), t.u32(20+12*i), t.u32(24+12*i)
			for c := first; c <= last && c <= 0x10FFFF && count < maxMappings; c++ {
				visit(rune(c), glyph+c-first)
				count++
			}
		}
	}
}

// segments visits a subtable of format 4.
func (t block) segments(visit func(c rune, glyph int)) {
	count := t.u16(6) / 2
	ends, starts := t.from(14), t.from(16+2*count)
	deltas, offsets := t.from(16+4*count), t.from(16+6*count)
	visited := 0
	for i := range min(count, len(t)/8) {
		first, last := starts.u16(2*i), ends.u16(2*i)
		delta, offset := deltas.u16(2*i), offsets.u16(2*i)
		for c := first; c <= last && c < 0xFFFF && visited < maxMappings; c++ {
			visited++
			glyph := c
			if offset != 0 {
				if glyph = offsets.u16(2*i + offset + 2*(c-first)); glyph == 0 {
					continue
				}
			}
			visit(rune(c), (glyph+delta)&0xFFFF)
		}
	}
}

// readPost reads the glyph names of a post table.
func (p *program) readPost(post block, glyphs int) {
	switch post.u32(0) {
	case 0x00010000:
		p.names = macintoshGlyphs()
	case 0x00020000:
		count := min(post.u16(32), glyphs)
		standard := macintoshGlyphs()
		var own []string
		for at := 34 + 2*post.u16(32); at < len(post); {
			length := post.u8(at)
			own = append(own, string(post.part(at+1, length)))
			at += 1 + length
		}
		names := make([]string, count)
		for i := range names {
			switch index := post.u16(34 + 2*i); {
			case index < len(standard):
				names[i] = standard[index]
			case index-macintoshGlyphCount >= 0 && index-macintoshGlyphCount < len(own):
				names[i] = own[index-macintoshGlyphCount]
			}
		}
		p.names = names
	}
}

// macintoshGlyphCount is the number of glyphs in the standard Macintosh order.
const macintoshGlyphCount = 258

// macintoshGlyphs are the names of the standard Macintosh order: .notdef, .null,
// return, then for the most part those of MacRomanEncoding.
func macintoshGlyphs() []string { return encoding.MacintoshOrder() }
