package encoding

import (
	"strconv"
	"strings"
	"sync"
)

// Encoding assigns glyph names to the 256 codes of a simple font.
type Encoding struct {
	names [256]string
}

// Name is the name of a code's glyph, "" where the encoding has none.
func (e *Encoding) Name(code byte) string { return e.names[code] }

// Names of the encodings that Lookup knows. The first four are names a PDF file uses; the other two are the built-in
// encodings of the fonts of that name.
const (
	WinAnsi      = "WinAnsiEncoding"
	MacRoman     = "MacRomanEncoding"
	MacExpert    = "MacExpertEncoding"
	Standard     = "StandardEncoding"
	Symbol       = "Symbol"
	ZapfDingbats = "ZapfDingbats"
)

// Lookup finds an encoding by its name.
func Lookup(name string) (*Encoding, bool) {
	switch name {
	case WinAnsi:
		return winAnsi(), true
	case MacRoman:
		return macRoman(), true
	case MacExpert:
		return macExpert(), true
	case Standard:
		return standard(), true
	case Symbol:
		return symbol(), true
	case ZapfDingbats:
		return zapfDingbats(), true
	default:
		return nil, false
	}
}

var (
	standard     = sync.OnceValue(func() *Encoding { return fromRuns(standardRuns) })
	macRoman     = sync.OnceValue(func() *Encoding { return fromRuns(macRomanRuns) })
	macExpert    = sync.OnceValue(func() *Encoding { return fromRuns(macExpertRuns) })
	symbol       = sync.OnceValue(func() *Encoding { return fromRuns(symbolRuns) })
	zapfDingbats = sync.OnceValue(func() *Encoding { return fromRuns(zapfDingbatsRuns) })

	// The standard lets every unused code of WinAnsiEncoding above octal 40 select the bullet.
	winAnsi = sync.OnceValue(func() *Encoding {
		e := fromRuns(winAnsiRuns)
		for code := 0o41; code < len(e.names); code++ {
			if e.names[code] == "" {
				e.names[code] = "bullet"
			}
		}
		return e
	})
)

// fromRuns reads a table: a word that ends in a colon sets the code, any other word is the next code's glyph.
func fromRuns(runs string) *Encoding {
	e := new(Encoding)
	code := 0
	for word := range strings.FieldsSeq(runs) {
		if digits, ok := strings.CutSuffix(word, ":"); ok {
			start, _ := strconv.ParseUint(digits, 16, 8)
			code = int(start)
			continue
		}
		e.names[code] = word
		code++
	}
	return e
}
