package encoding

import (
	_ "embed"
	"strconv"
	"strings"
	"unicode/utf8"
)

// glyphList holds a line "name;code points" for each glyph name, sorted by name in byte order.
//
//go:embed glyphs.txt
var glyphList string

// GlyphText gives the text of a glyph name by the rules of the Adobe Glyph List Specification: what follows the first
// full stop is dropped, underscores join the components of a ligature, and a component is a name of the Adobe Glyph
// List or of ZapfDingbats, or uniXXXX… or uXXXX to uXXXXXX. Names that only number a glyph (g12, cid34, glyph56) have
// no text.
//
// Where the list has a private-use code for a variant form (Asmall, oneoldstyle, registersans), the text is that of
// the plain form.
func GlyphText(glyphName string) (text string, ok bool) {
	stem, _, _ := strings.Cut(glyphName, ".")
	if !strings.Contains(stem, "_") {
		return componentText(stem)
	}
	var out strings.Builder
	for component := range strings.SplitSeq(stem, "_") {
		part, _ := componentText(component)
		out.WriteString(part)
	}
	return out.String(), out.Len() > 0
}

func componentText(component string) (string, bool) {
	if points, ok := listed(component); ok {
		return listedText(component, points), true
	}
	if digits, ok := strings.CutPrefix(component, "uni"); ok {
		if text, valid := uniText(digits); valid {
			return text, true
		}
	}
	if digits, ok := strings.CutPrefix(component, "u"); ok && len(digits) >= 4 && len(digits) <= 6 {
		if r, valid := scalar(digits); valid && strings.ToUpper(digits) == digits {
			return string(r), true
		}
	}
	return "", false
}

// listed finds a name in the glyph list by bisection over its bytes.
func listed(name string) (points string, ok bool) {
	low, high := 0, len(glyphList)
	for low < high {
		start := low + strings.LastIndexByte(glyphList[low:(low+high)/2], '\n') + 1
		end := start + strings.IndexByte(glyphList[start:], '\n')
		entry, codes, _ := strings.Cut(glyphList[start:end], ";")
		switch strings.Compare(name, entry) {
		case 0:
			return codes, true
		case -1:
			high = start
		default:
			low = end + 1
		}
	}
	return "", false
}

// variantSuffixes end the names of variant forms which Adobe keeps in the private use area.
var variantSuffixes = []string{"small", "oldstyle", "superior", "inferior", "serif", "sans"}

func listedText(name, points string) string {
	text := pointsText(points)
	if !isPrivate(text) {
		return text
	}
	for _, suffix := range variantSuffixes {
		if plain, found := strings.CutSuffix(name, suffix); found {
			if plain == "register" { // the one plain form that is not the rest of the name
				plain = "registered"
			}
			if plainPoints, known := listed(plain); known && !isPrivate(pointsText(plainPoints)) {
				return pointsText(plainPoints)
			}
		}
	}
	return text
}

func isPrivate(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return r >= 0xE000 && r <= 0xF8FF
}

func pointsText(points string) string {
	first, rest, several := strings.Cut(points, " ")
	r, _ := scalar(first)
	if !several {
		return string(r)
	}
	return string(r) + pointsText(rest)
}

// uniText reads the groups of four digits of uniXXXXYYYY. The specification asks for upper-case digits; fonts with
// lower-case ones exist and mean the same.
func uniText(digits string) (string, bool) {
	if digits == "" || len(digits)%4 != 0 {
		return "", false
	}
	var out strings.Builder
	for ; digits != ""; digits = digits[4:] {
		r, ok := scalar(digits[:4])
		if !ok {
			return "", false
		}
		out.WriteRune(r)
	}
	return out.String(), true
}

// scalar reads a Unicode scalar value in hexadecimal digits.
func scalar(digits string) (rune, bool) {
	value, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || value > utf8.MaxRune || !utf8.ValidRune(rune(value)) {
		return 0, false
	}
	return rune(value), true
}
