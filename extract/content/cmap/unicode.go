package cmap

import (
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/transform"
)

// UnicodeOfCode gives the text of a code whose CMap's name tells its character set, without the detour over a glyph:
// national character sets decode to what their standard says, and the codes of the Uni… CMaps are Unicode. It knows no
// text for codes of other CMaps, or for codes that their character set leaves open.
func UnicodeOfCode(cmapName string, code []byte) (string, bool) {
	if len(code) == 0 || len(code) > 4 {
		return "", false
	}
	base := strings.TrimSuffix(strings.TrimSuffix(cmapName, "-H"), "-V")
	if strings.HasPrefix(base, "Uni") {
		return unicodeForm(base, code)
	}
	set, ok := characterSets()[base]
	if !ok {
		return "", false
	}
	if len(code) == 1 && code[0] < utf8.RuneSelf {
		return runeText(rune(code[0]))
	}
	if len(code) == 1 && set.macintosh {
		return "", false
	}
	var raised [4]byte
	for i, b := range code {
		raised[i] = b | set.raised
	}
	decoded := make([]byte, 2*utf8.UTFMax)
	n, consumed, err := set.decoder.Transform(decoded, raised[:len(code)], true)
	r, size := utf8.DecodeRune(decoded[:n])
	if err != nil || consumed != len(code) || size != n {
		return "", false
	}
	return runeText(r)
}

// characterSet is a national character set in the form that a CMap's codes have.
type characterSet struct {
	decoder   transform.Transformer // without a state between calls
	raised    byte                  // bits to set in each byte before decoding
	macintosh bool                  // single bytes above ASCII are Apple's own (©, ™, …)
}

// highBit is set in both bytes of a code where EUC carries a national set whose own codes have seven bits.
const highBit = 0x80

// characterSets finds the set by the name of the CMap without its direction. It leaves out the Macintosh sets whose
// two-byte codes differ from the standard too (83pv-RKSJ, 90pv-RKSJ, KSCpc-EUC).
var characterSets = sync.OnceValue(func() map[string]characterSet {
	gbk := simplifiedchinese.GBK.NewDecoder().Transformer
	big5 := traditionalchinese.Big5.NewDecoder().Transformer
	shiftJIS := japanese.ShiftJIS.NewDecoder().Transformer
	eucJP := japanese.EUCJP.NewDecoder().Transformer
	eucKR := korean.EUCKR.NewDecoder().Transformer
	return map[string]characterSet{
		"GB-EUC":       {decoder: gbk},
		"GBpc-EUC":     {decoder: gbk, macintosh: true},
		"GBK-EUC":      {decoder: gbk},
		"GBKp-EUC":     {decoder: gbk},
		"GBK2K":        {decoder: simplifiedchinese.GB18030.NewDecoder().Transformer},
		"GB":           {decoder: gbk, raised: highBit},
		"B5":           {decoder: big5},
		"B5pc":         {decoder: big5, macintosh: true},
		"ETen-B5":      {decoder: big5},
		"ETenms-B5":    {decoder: big5},
		"ETHK-B5":      {decoder: big5},
		"HKscs-B5":     {decoder: big5},
		"RKSJ":         {decoder: shiftJIS},
		"Add-RKSJ":     {decoder: shiftJIS},
		"Ext-RKSJ":     {decoder: shiftJIS},
		"90ms-RKSJ":    {decoder: shiftJIS},
		"90msp-RKSJ":   {decoder: shiftJIS},
		"EUC":          {decoder: eucJP},
		"H":            {decoder: eucJP, raised: highBit},
		"V":            {decoder: eucJP, raised: highBit},
		"KSC-EUC":      {decoder: eucKR},
		"KSCms-UHC":    {decoder: eucKR},
		"KSCms-UHC-HW": {decoder: eucKR},
		"KSC":          {decoder: eucKR, raised: highBit},
	}
})

// unicodeForm reads a code of a Uni… CMap, whose name tells the encoding form.
func unicodeForm(base string, code []byte) (string, bool) {
	number := uint32(0)
	for _, b := range code {
		number = number<<8 | uint32(b)
	}
	switch {
	case strings.Contains(base, "-UTF32") && len(code) == 4, strings.Contains(base, "-UCS2") && len(code) == 2:
		return runeText(rune(number))
	case strings.Contains(base, "-UTF16") && len(code) == 2:
		return runeText(rune(number))
	case strings.Contains(base, "-UTF16") && len(code) == 4:
		return runeText(utf16.DecodeRune(rune(number>>16), rune(number&0xFFFF)))
	case strings.Contains(base, "-UTF8"):
		if r, size := utf8.DecodeRune(code); size == len(code) {
			return runeText(r)
		}
	}
	return "", false
}
