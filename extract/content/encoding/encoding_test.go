package encoding

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

var names = []string{Standard, WinAnsi, MacRoman, MacExpert, Symbol, ZapfDingbats}

func lookup(t *testing.T, name string) *Encoding {
	t.Helper()
	e, ok := Lookup(name)
	if !ok {
		t.Fatalf("Lookup(%q) found nothing", name)
	}
	return e
}

// Values from ISO 32000-1, tables D.2 to D.6.
func TestName(t *testing.T) {
	for _, test := range []struct {
		encoding string
		code     byte
		glyph    string
	}{
		{Standard, 0o101, "A"}, {Standard, 0o341, "AE"}, {Standard, 0o361, "ae"}, {Standard, 0o47, "quoteright"},
		{Standard, 0o256, "fi"}, {Standard, 0o257, "fl"}, {Standard, 0o373, "germandbls"}, {Standard, 0o200, ""},
		{WinAnsi, 0o306, "AE"}, {WinAnsi, 0o47, "quotesingle"}, {WinAnsi, 0o200, "Euro"}, {WinAnsi, 0o225, "bullet"},
		{WinAnsi, 0o201, "bullet"}, {WinAnsi, 0o240, "space"}, {WinAnsi, 0o255, "hyphen"}, {WinAnsi, 0o12, ""},
		{WinAnsi, 0o377, "ydieresis"},
		{MacRoman, 0o256, "AE"}, {MacRoman, 0o333, "currency"}, {MacRoman, 0o312, "space"}, {MacRoman, 0o377, "caron"},
		{MacExpert, 0o60, "zerooldstyle"}, {MacExpert, 0o141, "Asmall"}, {MacExpert, 0o276, "AEsmall"},
		{MacExpert, 0o57, "fraction"}, {MacExpert, 0o373, "Ringsmall"},
		{Symbol, 0o141, "alpha"}, {Symbol, 0o101, "Alpha"}, {Symbol, 0o240, "Euro"}, {Symbol, 0o376, "bracerightbt"},
		{ZapfDingbats, 0o41, "a1"}, {ZapfDingbats, 0o376, "a191"}, {ZapfDingbats, 0o154, "a71"},
	} {
		if got := lookup(t, test.encoding).Name(test.code); got != test.glyph {
			t.Errorf("%s code %#o: %q, want %q", test.encoding, test.code, got, test.glyph)
		}
	}
	if _, ok := Lookup("PDFDocEncoding"); ok {
		t.Error("Lookup knows an encoding that no font may name")
	}
}

// Microsoft's and Apple's own code pages are the source of two of the encodings; ISO 32000-1 tells the differences.
func TestAgainstCodePages(t *testing.T) {
	for _, test := range []struct {
		encoding string
		page     *charmap.Charmap
		differs  map[byte]rune
	}{
		{WinAnsi, charmap.Windows1252, map[byte]rune{0xA0: ' ', 0xAD: '-'}},
		{MacRoman, charmap.Macintosh, map[byte]rune{0xCA: ' ', 0xDB: '¤'}},
	} {
		e := lookup(t, test.encoding)
		for code := 0x20; code <= 0xFF; code++ {
			want := test.page.DecodeByte(byte(code))
			if other, ok := test.differs[byte(code)]; ok {
				want = other
			}
			text, _ := GlyphText(e.Name(byte(code)))
			unassigned := want < 0x20 || (want >= 0x7F && want < 0xA0) || want == utf8.RuneError
			switch {
			case unassigned && test.encoding == WinAnsi && text != "•":
				t.Errorf("WinAnsi %#x: %q, want a bullet", code, text)
			case unassigned || strings.ContainsRune("ΩµΔ", want): // the list has U+2126, U+00B5, U+2206
			case text != string(want):
				t.Errorf("%s %#x: %q, want %q", test.encoding, code, text, want)
			}
		}
	}
}

// The tables spell their glyph names as the glyph list does.
func TestEveryNameHasText(t *testing.T) {
	for _, name := range names {
		e := lookup(t, name)
		for code := range 256 {
			glyph := e.Name(byte(code))
			if glyph == "" {
				continue
			}
			if text, ok := GlyphText(glyph); !ok || text == "" {
				t.Errorf("%s %#x: %s has no text", name, code, glyph)
			}
		}
	}
}

func TestGlyphText(t *testing.T) {
	for _, test := range []struct{ glyph, want string }{
		{"A", "A"}, {"AE", "Æ"}, {"zukatakana", "ズ"}, {"space", " "}, {"Delta", "∆"}, {"dalethatafpatah", "דֲ"},
		{"Lcommaaccent", "Ļ"}, {"uni20AC0308", "\u20AC\u0308"}, {"u1040C", "\U0001040C"}, // examples of the specification, 2
		{"Lcommaaccent_uni20AC0308_u1040C.alternate", "Ļ\u20AC\u0308\U0001040C"},
		{"f_f_i", "ffi"}, {"one.tabular", "1"}, {"uni8D22", "财"}, {"uni8d22", "财"}, {"u8D22", "财"}, {"u20BB7", "𠮷"},
		{"a1", "✁"}, {"a4", "☎"}, {"a120", "①"}, {"a161", "→"}, {"a89", "❨"},
		{"oneoldstyle", "1"}, {"Asmall", "A"}, {"registersans", "®"}, {"AEsmall", "Æ"},
	} {
		if got, ok := GlyphText(test.glyph); !ok || got != test.want {
			t.Errorf("GlyphText(%q) = %q, %t; want %q", test.glyph, got, ok, test.want)
		}
	}
	for _, glyph := range []string{
		"", ".notdef", "g123", "cid123", "glyph7", "G01", "foo", "uni", "uni123", "uniD800", "uniD801DC0C", "u1F", "u1234567",
		"u110000", "ubeef", "_", "uni+041", "zzzz", "\x00", "A;0041",
	} {
		if got, ok := GlyphText(glyph); ok {
			t.Errorf("GlyphText(%q) = %q, want none", glyph, got)
		}
	}
}

// The bisection finds every line, which a misplaced one would hide.
func TestGlyphListIsSorted(t *testing.T) {
	var keys []string
	for line := range strings.Lines(glyphList) {
		key, points, _ := strings.Cut(strings.TrimSpace(line), ";")
		keys = append(keys, key)
		if found, ok := listed(key); !ok || found != points {
			t.Errorf("listed(%q) = %q, %t; want %q", key, found, ok, points)
		}
	}
	if !slices.IsSorted(keys) || len(keys) < 4281 {
		t.Errorf("%d names, sorted: %t", len(keys), slices.IsSorted(keys))
	}
}

// Widths from the Core 14 font metrics files.
func TestStandardWidths(t *testing.T) {
	for _, test := range []struct {
		font, glyph string
		width       float64
	}{
		{"Helvetica", "A", 667}, {"Helvetica-Bold", "A", 722}, {"ArialMT", "zero", 556}, {"Arial,Bold", "space", 278},
		{"Arial-BoldItalicMT", "A", 722}, {"Helvetica-Oblique", "W", 944}, {"ABCDEF+Arial", "period", 278},
		{"Times-Roman", "A", 722}, {"TimesNewRoman", "zero", 500}, {"TimesNewRomanPSMT", "A", 722},
		{"TimesNewRomanPS-BoldItalicMT", "A", 667}, {"TimesNewRoman,Italic", "A", 611}, {"Times New Roman,Bold", "a", 500},
		{"Times-BoldItalic", "at", 832}, {"CourierNew", "A", 600}, {"CourierNewPS-BoldMT", "i", 600}, {"Courier-Oblique", "W", 600},
		{"Symbol", "alpha", 631}, {"Symbol,Bold", "alpha", 631}, {"ZapfDingbats", "a1", 974},
	} {
		widths, ok := StandardWidths(test.font)
		if !ok {
			t.Errorf("StandardWidths(%q) knows no such font", test.font)
			continue
		}
		if got, found := widths(test.glyph); !found || got != test.width {
			t.Errorf("%s in %s is %v wide, want %v", test.glyph, test.font, got, test.width)
		}
		if _, found := widths(".notdef"); found {
			t.Errorf("%s: .notdef has a width", test.font)
		}
	}
	for _, font := range []string{"", "SimSun", "ArialNarrow", "Arial-Black", "Helvetica-Narrow", "Helvetica-Light", "Timesheet", "+"} {
		if _, ok := StandardWidths(font); ok {
			t.Errorf("%q passes for a standard font", font)
		}
	}
}

// Every glyph that the standard encoding of a font can select has a width.
func TestStandardWidthsAreComplete(t *testing.T) {
	for font, encodings := range map[string][]string{
		"Helvetica": {Standard, WinAnsi}, "Times-Bold": {Standard, WinAnsi}, "Symbol": {Symbol}, "ZapfDingbats": {ZapfDingbats},
	} {
		widths, _ := StandardWidths(font)
		for _, name := range encodings {
			for code := range 256 {
				glyph := lookup(t, name).Name(byte(code))
				if _, found := widths(glyph); glyph != "" && !found {
					t.Errorf("%s lacks the width of %s", font, glyph)
				}
			}
		}
	}
}

func TestStandardExtent(t *testing.T) {
	for font, want := range map[string][2]float64{
		"Arial": {718, -207}, "TimesNewRomanPSMT": {683, -217}, "Courier": {629, -157}, "Symbol": {1010, -293},
	} {
		if ascent, descent, ok := StandardExtent(font); !ok || ascent != want[0] || descent != want[1] {
			t.Errorf("StandardExtent(%q) = %v, %v, %t; want %v", font, ascent, descent, ok, want)
		}
	}
	if _, _, ok := StandardExtent("KaiTi"); ok {
		t.Error("KaiTi passes for a standard font")
	}
}

func BenchmarkGlyphText(b *testing.B) {
	for b.Loop() {
		GlyphText("quotesingle")
	}
}

// Numbers and names from the OpenType specification (post) and Technical Note 5176, Appendix A.
func TestOrders(t *testing.T) {
	order := MacintoshOrder()
	if len(order) != 258 {
		t.Fatalf("%d Macintosh glyphs", len(order))
	}
	for number, want := range map[int]string{0: ".notdef", 3: "space", 19: "zero", 36: "A", 97: "asciitilde", 98: "Adieresis", 225: "caron", 226: "Lslash", 244: "onehalf", 257: "dcroat"} {
		if order[number] != want {
			t.Errorf("Macintosh glyph %d is %s, want %s", number, order[number], want)
		}
	}
	for sid, want := range map[int]string{0: ".notdef", 1: "space", 17: "zero", 34: "A", 95: "asciitilde", 96: "exclamdown", 149: "germandbls", 150: "onesuperior", 171: "Aacute", 228: "zcaron", 229: "", 390: "", -1: ""} {
		if got := CompactString(sid); got != want {
			t.Errorf("standard string %d is %q, want %q", sid, got, want)
		}
	}
}
