package extract

import (
	"strings"
	"unicode/utf8"
)

// numeralStyle is the way a heading or list item is numbered, from the widest
// to the narrowest, as official documents nest them (GB/T 9704: 一、（一）1.（1）).
type numeralStyle uint8

const (
	unnumbered      numeralStyle = iota
	partNumeral                  // 第一部分, 第一编
	chapterNumeral               // 第一章
	clauseNumeral                // 第一节
	hanNumeral                   // 一、
	hanBracketed                 // （一） ㈠
	arabicNumeral                // 1. 1、
	arabicBracketed              // （1） 1） ⑴
	circledNumeral               // ①
	articleNumeral               // 第一条: opens a sentence, not a heading
	bulletMark                   // ● ◆ ■ •
)

// numeral is what a heading or list item begins with.
type numeral struct {
	style numeralStyle
	value int
	size  int // bytes of the text up to its end, separators and spaces included
}

// maxArabicNumeral: longer figures are years and amounts.
const maxArabicNumeral = 3 // digits

// numeralOf reads the numeral a text begins with; its style is unnumbered when
// there is none.
func numeralOf(text string) numeral {
	s := scanner{text: text}
	s.spaces()
	first := s.peek()
	if first >= 0x4e00 && first <= 0x9fff && first != '第' && hanDigit(first) == 0 { // most lines
		return numeral{}
	}
	n := numeral{}
	switch {
	case first == '第':
		n = s.ordinal()
	case first == '（' || first == '(':
		n = s.bracketed()
	case hanDigit(first) > 0:
		n.value = s.han()
		if s.any("、．.") {
			n.style = hanNumeral
		}
	case arabicDigit(first) >= 0:
		n.value = s.arabic()
		switch {
		case s.any("）)"):
			n.style = arabicBracketed
		case s.any("、．.") && arabicDigit(s.peek()) < 0:
			n.style = arabicNumeral
		}
	case first >= '①' && first <= '⑳':
		n = numeral{style: circledNumeral, value: int(first-'①') + 1}
		s.next()
	case first >= '⑴' && first <= '⒇':
		n = numeral{style: arabicBracketed, value: int(first-'⑴') + 1}
		s.next()
	case first >= '㈠' && first <= '㈩':
		n = numeral{style: hanBracketed, value: int(first-'㈠') + 1}
		s.next()
	case strings.ContainsRune("•●■◆▪➢", first):
		n.style = bulletMark
		s.next()
	}
	if n.style == unnumbered || n.value == 0 && n.style != bulletMark {
		return numeral{}
	}
	s.spaces()
	n.size = s.at
	return n
}

// scanner reads runes from the front of a text.
type scanner struct {
	text string
	at   int
}

func (s *scanner) peek() rune {
	if s.at == len(s.text) {
		return -1
	}
	r, _ := utf8.DecodeRuneInString(s.text[s.at:])
	return r
}

func (s *scanner) next() {
	_, size := utf8.DecodeRuneInString(s.text[s.at:])
	s.at += size
}

// any skips one rune of a set, and tells whether it was there.
func (s *scanner) any(set string) bool {
	if s.at == len(s.text) || !strings.ContainsRune(set, s.peek()) {
		return false
	}
	s.next()
	return true
}

func (s *scanner) spaces() {
	for r := s.peek(); r == ' ' || r == '\u3000' || r == '\u00a0' || r == '\t'; r = s.peek() {
		s.next()
	}
}

// ordinal reads 第一部分, 第二章, 第三节 or 第四条.
func (s *scanner) ordinal() numeral {
	s.next()
	s.spaces()
	n := numeral{value: s.number()}
	s.spaces()
	if n.value == 0 {
		return n
	}
	switch unit := s.peek(); unit {
	case '部':
		if strings.HasPrefix(s.text[s.at:], "部分") {
			n.style = partNumeral
			s.next()
		}
	case '编', '篇':
		n.style = partNumeral
	case '章':
		n.style = chapterNumeral
	case '节':
		n.style = clauseNumeral
	case '条':
		n.style = articleNumeral
	}
	s.next()
	s.any("：:、")
	return n
}

// bracketed reads （一） or （1）.
func (s *scanner) bracketed() numeral {
	s.next()
	s.spaces()
	n := numeral{style: hanBracketed}
	if arabicDigit(s.peek()) >= 0 {
		n.style = arabicBracketed
	}
	n.value = s.number()
	s.spaces()
	if n.value == 0 || !s.any("）)") {
		return numeral{}
	}
	s.any("、．.")
	return n
}

func (s *scanner) number() int {
	if arabicDigit(s.peek()) >= 0 {
		return s.arabic()
	}
	return s.han()
}

// arabic reads digits; the value is 0 when they are too many for a numeral.
func (s *scanner) arabic() int {
	value, digits := 0, 0
	for d := arabicDigit(s.peek()); d >= 0; d = arabicDigit(s.peek()) {
		if digits++; digits <= maxArabicNumeral {
			value = value*10 + d
		}
		s.next()
	}
	if digits > maxArabicNumeral {
		return 0
	}
	return value
}

// han reads 一 to 九十九.
func (s *scanner) han() int {
	value := 0
	for d := hanDigit(s.peek()); d > 0; d = hanDigit(s.peek()) {
		switch {
		case d < 10:
			value += d
		case value == 0:
			value = 10
		default:
			value *= 10
		}
		s.next()
	}
	return value
}

// hanDigit is the value of 一 to 十, 0 for all else.
func hanDigit(r rune) int {
	switch r {
	case '一':
		return 1
	case '二':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	case '十':
		return 10
	}
	return 0
}

// arabicDigit is the value of a digit, also of a full-width one, -1 for all else.
func arabicDigit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '０' && r <= '９':
		return int(r - '０')
	}
	return -1
}
