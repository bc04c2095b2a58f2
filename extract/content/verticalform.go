package content

import "unicode/utf8"

// uprightForms are the marks as one writes them, for the forms they take in vertical
// writing (Unicode's Vertical Forms and CJK Compatibility Forms): a font shows them by
// glyphs of their own, and the file names these.
var uprightForms = map[rune]string{
	'︐': "，", '︑': "、", '︒': "。", '︓': "：", '︔': "；", '︕': "！", '︖': "？", '︗': "〖", '︘': "〗", '︙': "…",
	'︱': "—", '︲': "–", '︵': "（", '︶': "）", '︷': "｛", '︸': "｝", '︹': "〔", '︺': "〕", '︻': "【", '︼': "】",
	'︽': "《", '︾': "》", '︿': "〈", '﹀': "〉", '﹁': "「", '﹂': "」", '﹃': "『", '﹄': "』", '﹇': "［", '﹈': "］",
}

// uprightForm gives the mark that a glyph of vertical writing stands for, and every
// other text as it is.
func uprightForm(text string) string {
	if len(text) != len("︵") {
		return text
	}
	form, _ := utf8.DecodeRuneInString(text)
	if mark, ok := uprightForms[form]; ok {
		return mark
	}
	return text
}
