package content

import (
	"gongkai/extract/content/encoding"
)

// readCFF reads a Compact Font Format program (Adobe Technical Note 5176): the
// charset, which names the glyphs or gives their CIDs, and the encoding.
func (p *program) readCFF(data []byte) {
	file := block(data)
	at := file.u8(2)
	_, at = file.cffIndex(at)
	dicts, at := file.cffIndex(at)
	texts, _ := file.cffIndex(at)
	if len(dicts) == 0 {
		return
	}
	top := dicts[0].cffDict()
	charStrings, _ := file.cffIndex(top.integer(charStringsKey, 0, 0))
	glyphs := len(charStrings)
	charset := file.cffCharset(top.integer(charsetKey, 0, 0), glyphs)
	text := func(sid int) string {
		if sid < encoding.CompactStringCount {
			return encoding.CompactString(sid)
		}
		if i := sid - encoding.CompactStringCount; i < len(texts) {
			return string(texts[i])
		}
		return ""
	}
	if ros, ok := top[rosKey]; ok && len(ros) >= 2 {
		p.collection = text(int(ros[0])) + "-" + text(int(ros[1]))
		p.glyphOfCID = make(map[uint32]uint16, glyphs)
		for glyph, cid := range charset {
			p.glyphOfCID[uint32(cid)] = uint16(glyph)
		}
		return
	}
	p.names = make([]string, len(charset))
	for glyph, sid := range charset {
		p.names[glyph] = text(sid)
	}
	p.readCFFEncoding(file, top.integer(encodingKey, 0, 0))
}

// Operators of a Top DICT; those of two bytes follow 12.
const (
	charsetKey     = 15
	encodingKey    = 16
	charStringsKey = 17
	rosKey         = 12<<8 | 30
)

// cffOperands are the operands of each operator of a DICT.
type cffOperands map[int][]float64

func (o cffOperands) integer(key, index, fallback int) int {
	if list := o[key]; index < len(list) {
		return int(list[index])
	}
	return fallback
}

// cffIndex reads an INDEX and returns its objects and the offset behind it.
func (t block) cffIndex(at int) ([]block, int) {
	count, size := t.u16(at), t.u8(at+2)
	if at <= 0 || count == 0 || size < 1 || size > 4 {
		return nil, at + 2
	}
	if count > (len(t)-at)/size {
		return nil, len(t)
	}
	offset := func(i int) int {
		value := 0
		for k := range size {
			value = value<<8 | t.u8(at+3+i*size+k)
		}
		return value
	}
	base := at + 2 + (count+1)*size
	objects := make([]block, count)
	previous := offset(0)
	for i := range objects {
		next := offset(i + 1)
		if next >= previous {
			objects[i] = t.part(base+previous, next-previous)
		}
		previous = next
	}
	return objects, base + previous
}

// cffDict reads a DICT. Real numbers are never needed and read as 0.
func (t block) cffDict() cffOperands {
	dict := make(cffOperands)
	var operands []float64
	for at := 0; at < len(t); {
		b := t.u8(at)
		at++
		switch {
		case b <= 21:
			if b == 12 {
				b = 12<<8 | t.u8(at)
				at++
			}
			dict[b] = operands
			operands = nil
		case b == 28:
			operands = append(operands, float64(int16(t.u16(at))))
			at += 2
		case b == 29:
			operands = append(operands, float64(int32(t.u32(at))))
			at += 4
		case b == 30:
			for at < len(t) && t.u8(at)&0xf != 0xf && t.u8(at)>>4 != 0xf {
				at++
			}
			at++
			operands = append(operands, 0)
		case b >= 32 && b <= 246:
			operands = append(operands, float64(b-139))
		case b >= 247 && b <= 250:
			operands = append(operands, float64((b-247)*256+t.u8(at)+108))
			at++
		case b >= 251 && b <= 254:
			operands = append(operands, float64(-(b-251)*256-t.u8(at)-108))
			at++
		}
	}
	return dict
}

// isoAdobeGlyphs is the size of the predefined charset ISOAdobe, in which a
// glyph's number is its SID.
const isoAdobeGlyphs = 229

// cffCharset gives the SID or CID of each glyph. The expert charsets, of small
// capitals and fractions, are left unread.
func (t block) cffCharset(offset, glyphs int) []int {
	switch {
	case offset == 0:
		glyphs = min(glyphs, isoAdobeGlyphs)
	case offset <= 2:
		return nil
	}
	charset := make([]int, 1, glyphs+1)
	if offset == 0 {
		for glyph := 1; glyph < glyphs; glyph++ {
			charset = append(charset, glyph)
		}
		return charset
	}
	format := t.u8(offset)
	at := offset + 1
	for len(charset) < glyphs && at < len(t) {
		first, left := t.u16(at), 0
		switch at += 2; format {
		case 0:
		case 1:
			left = t.u8(at)
			at++
		case 2:
			left = t.u16(at)
			at += 2
		default:
			return charset
		}
		for i := 0; i <= left && len(charset) < glyphs; i++ {
			charset = append(charset, first+i)
		}
	}
	return charset
}

// readCFFEncoding reads which glyph each code of a simple font shows.
func (p *program) readCFFEncoding(t block, offset int) {
	if offset == 0 { // StandardEncoding
		standard, _ := encoding.Lookup(encoding.Standard)
		glyphs := make(map[string]int, len(p.names))
		for glyph, name := range p.names {
			glyphs[name] = glyph
		}
		for code := range p.codes {
			if name := standard.Name(byte(code)); name != "" {
				p.codes[code] = uint16(glyphs[name])
			}
		}
		return
	}
	if offset == 1 {
		return // ExpertEncoding
	}
	const supplemented = 0x80
	format := t.u8(offset)
	count := t.u8(offset + 1)
	at := offset + 2
	glyph := 1
	for range count {
		first, left := t.u8(at), 0
		at++
		if format&^supplemented == 1 {
			left = t.u8(at)
			at++
		}
		for i := 0; i <= left && first+i < 256; i++ {
			p.codes[first+i] = uint16(glyph)
			glyph++
		}
	}
}
