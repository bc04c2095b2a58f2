package cmap

import (
	"strings"
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
	decoder, raised, ok := characterSet(base)
	if !ok {
		return "", false
	}
	if code[0] < utf8.RuneSelf && len(code) == 1 {
		return runeText(rune(code[0]))
	}
	// The Macintosh sets ("pc", "pv") have single bytes of Apple's own: ©, ™, … .
	if len(code) == 1 && (strings.Contains(base, "pc") || strings.Contains(base, "pv")) {
		return "", false
	}
	var bytes [4]byte
	for i, b := range code {
		bytes[i] = b | raised
	}
	var decoded [utf8.UTFMax * 2]byte
	n, consumed, err := decoder.Transform(decoded[:], bytes[:len(code)], true)
	r, size := utf8.DecodeRune(decoded[:n])
	if err != nil || consumed != len(code) || size != n {
		return "", false
	}
	return runeText(r)
}

// highBit is set in both bytes of a code where EUC carries a national set whose own codes have seven bits.
const highBit = 0x80

// characterSet gives the decoder for the codes of a CMap, and the bits to set in each byte first.
func characterSet(base string) (decoder transform.Transformer, raised byte, ok bool) {
	switch base {
	case "GB-EUC", "GBpc-EUC", "GBK-EUC", "GBKp-EUC":
		return simplifiedchinese.GBK.NewDecoder(), 0, true
	case "GBK2K":
		return simplifiedchinese.GB18030.NewDecoder(), 0, true
	case "GB":
		return simplifiedchinese.GBK.NewDecoder(), highBit, true
	case "B5", "B5pc", "ETen-B5", "ETenms-B5", "ETHK-B5", "HKscs-B5":
		return traditionalchinese.Big5.NewDecoder(), 0, true
	case "RKSJ", "83pv-RKSJ", "90ms-RKSJ", "90msp-RKSJ", "90pv-RKSJ", "Add-RKSJ", "Ext-RKSJ":
		return japanese.ShiftJIS.NewDecoder(), 0, true
	case "EUC":
		return japanese.EUCJP.NewDecoder(), 0, true
	case "H", "V":
		return japanese.EUCJP.NewDecoder(), highBit, true
	case "KSC-EUC", "KSCms-UHC", "KSCms-UHC-HW", "KSCpc-EUC":
		return korean.EUCKR.NewDecoder(), 0, true
	case "KSC":
		return korean.EUCKR.NewDecoder(), highBit, true
	default:
		return nil, 0, false
	}
}

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
