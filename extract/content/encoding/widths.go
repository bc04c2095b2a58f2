package encoding

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// widthTables holds the tables that internal/generate makes of Adobe's font metrics.
//
//go:embed widths.txt
var widthTables string

// courierWidth is the width of every glyph of the Courier fonts, 1/1000 em.
const courierWidth = 600

// Ascender and descender of the Courier fonts, 1/1000 em.
const (
	courierAscent  = 629
	courierDescent = -157
)

// fontMetrics are the metrics of one of the standard 14 fonts in 1/1000 em. A nil widths means Courier.
type fontMetrics struct {
	ascent, descent float64
	widths          map[string]float64
}

var standardFonts = sync.OnceValue(func() map[string]*fontMetrics {
	fonts := map[string]*fontMetrics{"Courier": {ascent: courierAscent, descent: courierDescent}}
	for table := range strings.SplitSeq(strings.TrimSpace(widthTables), "\n\n") {
		lines := strings.Split(table, "\n")
		names := strings.Fields(lines[0])[1:]
		columns := make([]*fontMetrics, len(names))
		for i, name := range names {
			columns[i] = &fontMetrics{widths: make(map[string]float64, len(lines))}
			fonts[name] = columns[i]
		}
		for _, line := range lines[1:] {
			key, numbers, _ := strings.Cut(line, " ")
			for _, column := range columns {
				var number string
				number, numbers, _ = strings.Cut(numbers, " ")
				value, _ := strconv.ParseFloat(number, 64)
				switch key {
				case "ascent":
					column.ascent = value
				case "descent":
					column.descent = value
				default:
					column.widths[key] = value
				}
			}
		}
	}
	return fonts
})

// StandardWidths gives the glyph widths of one of the standard 14 fonts, in 1/1000 em, found by its BaseFont name or by
// a usual alias (ArialMT, "Arial,Bold", TimesNewRomanPS-BoldMT, CourierNew, with or without a subset prefix). Source:
// Adobe's Core 14 font metrics.
func StandardWidths(baseFont string) (widths func(glyphName string) (float64, bool), ok bool) {
	font, ok := standardFont(baseFont)
	if !ok {
		return nil, false
	}
	if font.widths == nil {
		return func(glyphName string) (float64, bool) { return courierWidth, glyphName != "" && glyphName != ".notdef" }, true
	}
	return func(glyphName string) (float64, bool) {
		width, found := font.widths[glyphName]
		return width, found
	}, true
}

// StandardExtent gives ascent and descent (negative) of one of the standard 14 fonts, in 1/1000 em; for Symbol and
// ZapfDingbats those of the font's bounding box. It knows the same names as StandardWidths.
func StandardExtent(baseFont string) (ascent, descent float64, ok bool) {
	font, ok := standardFont(baseFont)
	if !ok {
		return 0, 0, false
	}
	return font.ascent, font.descent, true
}

func standardFont(baseFont string) (*fontMetrics, bool) {
	name, ok := standardName(baseFont)
	if !ok {
		return nil, false
	}
	font, ok := standardFonts()[name]
	return font, ok
}

// subsetPrefixLength is the length of the tag of a subset font, six letters and a plus sign.
const subsetPrefixLength = 7

// standardName gives the name under which the metrics of a font are kept. Oblique faces are as wide as upright ones.
func standardName(baseFont string) (string, bool) {
	if len(baseFont) > subsetPrefixLength && baseFont[subsetPrefixLength-1] == '+' {
		baseFont = baseFont[subsetPrefixLength:]
	}
	name := strings.ToLower(strings.ReplaceAll(baseFont, " ", ""))
	family, style := name, ""
	if cut := strings.IndexAny(name, ",-"); cut >= 0 {
		family, style = name[:cut], name[cut:]
	}
	bold, italic, ok := standardStyle(style)
	if !ok {
		return "", false
	}
	switch family {
	case "helvetica", "arial", "arialmt":
		if bold {
			return "Helvetica-Bold", true
		}
		return "Helvetica", true
	case "times", "timesnewroman", "timesnewromanps", "timesnewromanpsmt":
		switch {
		case bold && italic:
			return "Times-BoldItalic", true
		case bold:
			return "Times-Bold", true
		case italic:
			return "Times-Italic", true
		}
		return "Times-Roman", true
	case "courier", "couriernew", "couriernewps", "couriernewpsmt":
		return "Courier", true
	case "symbol", "symbolmt":
		return "Symbol", true
	case "zapfdingbats":
		return "ZapfDingbats", true
	default:
		return "", false
	}
}

// standardStyle takes apart a style such as ",bolditalic" or "-boldmt". Other styles (narrow, black, light) have
// widths of their own: they are not standard.
func standardStyle(style string) (bold, italic, ok bool) {
	for style != "" {
		rest := style
		for _, part := range []string{",", "-", "bold", "italic", "oblique", "roman", "regular", "normal", "mt"} {
			if after, found := strings.CutPrefix(rest, part); found {
				bold = bold || part == "bold"
				italic = italic || part == "italic" || part == "oblique"
				rest = after
			}
		}
		if rest == style {
			return false, false, false
		}
		style = rest
	}
	return bold, italic, true
}
