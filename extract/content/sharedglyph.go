package content

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// sharedGlyphs are the characters that Chinese text is written with, for those that
// fonts of Adobe's and Google's show by the same glyph: a producer that looks the glyph
// up in the font's character table may find the other one. Two dashes in a row are one
// glyph there too.
var sharedGlyphs = map[rune]string{'㬵': "胶", '⸺': "——", '⸻': "———", '\u00ad': "-"}

// Blocks of characters that are other ideographs by definition, kept for old character
// sets of Korea and Taiwan (Unicode, CJK Compatibility Ideographs and their Supplement).
const (
	firstCompatible, lastCompatible       = 0xf900, 0xfaff
	firstSupplementary, lastSupplementary = 0x2f800, 0x2fa1f
)

// unshared gives the text that a reader takes a glyph for, where its character shares
// the glyph with the one that was meant, and tells whether that is another ideograph.
// Text of several characters stays as it is.
func unshared(text string) (meant string, ideograph bool) {
	r, size := utf8.DecodeRuneInString(text)
	if r < utf8.RuneSelf || size != len(text) {
		return text, false
	}
	if other, ok := sharedGlyphs[r]; ok {
		return other, r == '㬵'
	}
	if r >= firstCompatible && r <= lastCompatible || r >= firstSupplementary && r <= lastSupplementary {
		meant = norm.NFC.String(text)
		return meant, meant != text
	}
	return text, false
}
