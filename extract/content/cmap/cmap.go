package cmap

import (
	"unicode/utf8"

	"gongkai/extract/content/cmap/internal/archive"
)

// CMap maps character codes to CIDs, or, as a ToUnicode CMap, to text. It does not change once made and may be used
// by several goroutines.
type CMap struct {
	name        string
	vertical    bool
	parent      *CMap
	transcoding archive.Transcoding
	codespaces  []archive.Codespace
	advance     [256]uint8 // code length told by the first byte alone; 0: further bytes decide
	cids        [archive.LongestCode]table
	undefined   [archive.LongestCode][]archive.Span // few; in order of definition
	texts       [archive.LongestCode]table
	strings     []string
}

// Name is the CMapName, such as "GBK-EUC-H".
func (m *CMap) Name() string { return m.name }

// Vertical reports writing mode 1: glyphs run from top to bottom.
func (m *CMap) Vertical() bool { return m.vertical }

// Decode takes the first character code off s. The code's bytes are read as one big-endian number of the given length
// in bytes. Bytes outside every codespace range are taken as ISO 32000-1, 9.7.6.3 tells, so that the codes behind them
// stay in step. The length is 0 only for an empty s, and never more than len(s).
func (m *CMap) Decode(s []byte) (code uint32, length int) {
	if len(s) == 0 {
		return 0, 0
	}
	length = int(m.advance[s[0]])
	if length == 0 {
		length = m.measure(s)
	}
	length = min(length, len(s))
	for _, b := range s[:length] {
		code = code<<8 | uint32(b)
	}
	return code, length
}

// measure finds the length of the first code of s: that of the shortest range it lies in, else that of the range that
// matches the most leading bytes, the shorter codes first.
func (m *CMap) measure(s []byte) int {
	full, partial, matched := 0, m.shortestCode(), 0
	for _, space := range m.codespaces {
		n := matchingBytes(space, s)
		switch {
		case n == space.Length && (full == 0 || n < full):
			full = n
		case n > matched, n > 0 && n == matched && space.Length < partial:
			matched, partial = n, space.Length
		}
	}
	if full > 0 {
		return full
	}
	return partial
}

// matchingBytes counts the leading bytes of s that lie within the range.
func matchingBytes(space archive.Codespace, s []byte) int {
	for i := range min(space.Length, len(s)) {
		if !inSpace(space, i, s[i]) {
			return i
		}
	}
	return min(space.Length, len(s))
}

// inSpace reports whether b may be the code's byte at index i.
func inSpace(space archive.Codespace, i int, b byte) bool {
	shift := 8 * (space.Length - 1 - i)
	return b >= byte(space.Low>>shift) && b <= byte(space.High>>shift)
}

func (m *CMap) shortestCode() int {
	shortest := archive.LongestCode
	for _, space := range m.codespaces {
		shortest = min(shortest, space.Length)
	}
	return shortest
}

// prepare fills the advance table: a first byte decides when all ranges it can begin have codes of one length.
func (m *CMap) prepare() {
	shortest := uint8(m.shortestCode())
	for b := range m.advance {
		m.advance[b] = shortest
	}
	var begun [256]bool
	for _, space := range m.codespaces {
		shift := 8 * (space.Length - 1)
		length := uint8(space.Length)
		for b := int(byte(space.Low >> shift)); b <= int(byte(space.High>>shift)); b++ {
			switch {
			case !begun[b] || length == 1:
				m.advance[b] = length
			case m.advance[b] != length && m.advance[b] != 1:
				m.advance[b] = 0
			}
			begun[b] = true
		}
	}
}

// CID gives the glyph that a code of the given length selects. Without a mapping ok is false, and cid is the one that
// the CMap assigns to undefined codes, 0 as a rule.
func (m *CMap) CID(code uint32, length int) (cid uint32, ok bool) {
	if length < 1 || length > archive.LongestCode {
		return 0, false
	}
	notdef, hasNotdef := uint32(0), false
	for at := m; at != nil; at = at.parent {
		if span := at.cids[length-1].find(code); span != nil {
			if span.Value == archive.Unmapped {
				break
			}
			return span.Value + (code - span.Low), true
		}
		for _, span := range at.undefined[length-1] {
			if !hasNotdef && span.Low <= code && code <= span.High {
				notdef, hasNotdef = span.Value, true
			}
		}
		if at.parent != nil {
			code, length = transcode(at.transcoding, code, length)
		}
	}
	return notdef, false
}

// transcode turns a code of a derived map into one of its parent.
func transcode(form archive.Transcoding, code uint32, length int) (uint32, int) {
	switch form {
	case archive.UTF16:
		if length == 4 {
			code = 0x10000 + (code>>16&0x3ff)<<10 + code&0x3ff
		}
		return code, archive.LongestCode
	case archive.UTF8:
		var encoded [archive.LongestCode]byte
		for i := range length {
			encoded[i] = byte(code >> (8 * (length - 1 - i)))
		}
		r, size := utf8.DecodeRune(encoded[:length])
		if r == utf8.RuneError || size != length {
			return ^uint32(0), archive.LongestCode
		}
		return uint32(r), archive.LongestCode
	default:
		return code, length
	}
}

// Text gives the text that a ToUnicode CMap assigns to a code. Many producers write the codes of a two-byte font with
// one byte or the reverse, so a code not found at its own length is sought at the others. A code mapped to nothing,
// to U+0000 or to U+FFFD has no text.
func (m *CMap) Text(code uint32, length int) (string, bool) {
	for at := m; at != nil; at = at.parent {
		if length >= 1 && length <= archive.LongestCode {
			if span := at.texts[length-1].find(code); span != nil {
				return at.spanText(span, code)
			}
		}
		for other := range at.texts {
			if span := at.texts[other].find(code); span != nil {
				return at.spanText(span, code)
			}
		}
	}
	return "", false
}

func (m *CMap) spanText(span *archive.Span, code uint32) (string, bool) {
	if span.Value >= archive.StringValue {
		return m.strings[span.Value-archive.StringValue], true
	}
	return runeText(rune(span.Value + (code - span.Low)))
}
