// Package radical folds the CJK radicals of Unicode (Radicals Supplement, U+2E80-2EFF, and Kangxi Radicals,
// U+2F00-2FDF) to the ordinary ideographs they look like.
//
// A reader sees 页 where a PDF file says ⻚ (U+2EDA): fonts share one glyph between both characters, and a producer that
// makes the ToUnicode map from the font's character table may pick the radical. Compatibility normalisation (NFKC)
// knows the Kangxi block only, and gives 戶 for ⼾ where the PRC prints 户.
package radical

import "strings"

const (
	first = 0x2E80
	last  = 0x2FDF

	// In UTF-8 the radicals are E2 BA 80 to E2 BF 9F.
	leadByte    = 0xE2
	firstSecond = 0xBA
	lastSecond  = 0xBF
	encodedSize = 3
)

// Fold gives the unified ideograph of a radical; ok is false for every other character and for the few radicals
// without one.
func Fold(r rune) (ideograph rune, ok bool) {
	if r < first || r > last || unified[r-first] == 0 {
		return r, false
	}
	return unified[r-first], true
}

// FoldString folds every radical of s and reports whether there was one. Without one it returns s itself.
func FoldString(s string) (folded string, changed bool) {
	at := indexRadical(s)
	if at < 0 {
		return s, false
	}
	var out strings.Builder
	out.Grow(len(s))
	out.WriteString(s[:at])
	for _, r := range s[at:] {
		ideograph, ok := Fold(r)
		changed = changed || ok
		out.WriteRune(ideograph)
	}
	if !changed {
		return s, false
	}
	return out.String(), true
}

// indexRadical finds the first byte of the first radical, or gives -1.
func indexRadical(s string) int {
	for at := 0; ; {
		next := strings.IndexByte(s[at:], leadByte)
		if next < 0 || at+next+encodedSize > len(s) {
			return -1
		}
		at += next
		if s[at+1] >= firstSecond && s[at+1] <= lastSecond {
			return at
		}
		at++
	}
}
