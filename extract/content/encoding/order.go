package encoding

import (
	"strings"
	"sync"
)

// Font programs number the names that most fonts have instead of spelling them.
// The orders follow the encodings of their makers; what those lack comes behind.
const (
	// macintoshExtra are the glyphs 226 to 257 of the standard Macintosh order
	// (OpenType specification, post table).
	macintoshExtra = `Lslash lslash Scaron scaron Zcaron zcaron brokenbar Eth eth Yacute yacute Thorn thorn minus multiply onesuperior
		twosuperior threesuperior onehalf onequarter threequarters franc Gbreve gbreve Idotaccent Scedilla scedilla Cacute cacute Ccaron
		ccaron dcroat`
	// compactExtra are the standard strings 150 to 228 of the Compact Font Format
	// (Technical Note 5176, Appendix A). The strings behind them name small
	// capitals, old figures and weights, and are left out.
	compactExtra = `onesuperior logicalnot mu trademark Eth onehalf plusminus Thorn onequarter divide brokenbar degree thorn threequarters
		twosuperior registered minus eth multiply threesuperior copyright Aacute Acircumflex Adieresis Agrave Aring Atilde Ccedilla Eacute
		Ecircumflex Edieresis Egrave Iacute Icircumflex Idieresis Igrave Ntilde Oacute Ocircumflex Odieresis Ograve Otilde Scaron Uacute
		Ucircumflex Udieresis Ugrave Yacute Ydieresis Zcaron aacute acircumflex adieresis agrave aring atilde ccedilla eacute ecircumflex
		edieresis egrave iacute icircumflex idieresis igrave ntilde oacute ocircumflex odieresis ograve otilde scaron uacute ucircumflex
		udieresis ugrave yacute ydieresis zcaron`
)

// CompactStringCount is the number of standard strings of the Compact Font Format.
const CompactStringCount = 391

var (
	macintoshOrder = sync.OnceValue(func() []string {
		return append(append([]string{".notdef", ".null", "nonmarkingreturn"}, inCodeOrder(macRoman())...), strings.Fields(macintoshExtra)...)
	})
	compactOrder = sync.OnceValue(func() []string {
		return append(append([]string{".notdef"}, inCodeOrder(standard())...), strings.Fields(compactExtra)...)
	})
)

// MacintoshOrder gives the 258 glyph names that a TrueType font's post table
// refers to by number. It must not be changed.
func MacintoshOrder() []string { return macintoshOrder() }

// CompactString gives a standard string of the Compact Font Format by its SID,
// "" for those that name no letter or sign.
func CompactString(sid int) string {
	if order := compactOrder(); sid >= 0 && sid < len(order) {
		return order[sid]
	}
	return ""
}

// inCodeOrder lists the glyphs of an encoding from code 20 (hexadecimal) on.
func inCodeOrder(e *Encoding) []string {
	var list []string
	for code := 0x20; code < 0x100; code++ {
		if name := e.names[code]; name != "" {
			list = append(list, name)
		}
	}
	return list
}
