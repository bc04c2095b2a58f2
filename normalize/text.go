package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// compact removes all spaces, also those a line break left in wrapped text.
// A text without spaces comes back as it is, without a copy.
func compact(text string) string {
	if !mayHoldSpace(text) {
		return text
	}
	first := -1
	for i, r := range text {
		if isSpace(r) {
			first = i
			break
		}
	}
	if first < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	b.WriteString(text[:first])
	for _, r := range text[first:] {
		if !isSpace(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// mayHoldSpace looks at bytes alone: the spaces beyond ASCII begin with one of
// five bytes, with which no Han character begins.
func mayHoldSpace(text string) bool {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ' ' || c >= '\t' && c <= '\r':
			return true
		case c == 0xC2 || c == 0xE1 || c == 0xE2 || c == 0xE3 || c == 0xEF:
			return true
		}
	}
	return false
}

// isSpace also counts the invisible characters that converters leave behind.
func isSpace(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || r >= '\t' && r <= '\r'
	}
	return r == '\u200b' || r == '\ufeff' || r == '\u200c' || r == '\u200d' || unicode.IsSpace(r)
}

// narrow folds full-width ASCII to its half-width form.
func narrow(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	if r == '\u3000' {
		return ' '
	}
	return r
}

// narrowed is the text with full-width ASCII folded; most texts have none and
// come back without a copy.
func narrowed(text string) string {
	const fullWidthForms, ideographicSpace = 0xEF, 0xE3 // first bytes
	if strings.IndexByte(text, fullWidthForms) < 0 && strings.IndexByte(text, ideographicSpace) < 0 {
		return text
	}
	for _, r := range text {
		if narrow(r) != r {
			return strings.Map(narrow, text)
		}
	}
	return text
}

// leadingDigits counts the ASCII digits at the start of s.
func leadingDigits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// allDigits tells whether s is made of ASCII digits alone.
func allDigits(s string) bool { return s != "" && leadingDigits(s) == len(s) }

// containsAny tells whether text contains one of the terms.
func containsAny(text string, terms ...string) bool {
	for _, t := range terms {
		if strings.Contains(text, t) {
			return true
		}
	}
	return false
}

// hasAnySuffix tells whether text ends in one of the terms.
func hasAnySuffix(text string, terms ...string) bool {
	for _, t := range terms {
		if strings.HasSuffix(text, t) {
			return true
		}
	}
	return false
}
