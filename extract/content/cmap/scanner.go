package cmap

import (
	"unicode/utf16"
	"unicode/utf8"
)

// scanner cuts a CMap file into PostScript tokens.
type scanner struct {
	data []byte
	at   int
}

// token is one PostScript token; text is a part of the file, without the delimiters of names and strings.
type token struct {
	kind tokenKind
	text []byte
}

type tokenKind byte

const (
	endOfFile     tokenKind = iota
	word                    // an operator or a number
	name                    // /text
	hexString               // <text>
	literalString           // (text)
	arrayOpen
	arrayClose
	otherDelimiter // << >> { }
)

// byteClass sorts bytes as PostScript does (PLRM, 3.2).
type byteClass byte

const (
	regular byteClass = iota
	space
	delimiter
)

var byteClasses = [256]byteClass{
	0: space, '\t': space, '\n': space, '\f': space, '\r': space, ' ': space,
	'(': delimiter, ')': delimiter, '<': delimiter, '>': delimiter, '[': delimiter, ']': delimiter,
	'{': delimiter, '}': delimiter, '/': delimiter, '%': delimiter,
}

// hexDigits holds the value of each hexadecimal digit plus one, and 0 for every other byte.
var hexDigits = [256]byte{
	'0': 1, '1': 2, '2': 3, '3': 4, '4': 5, '5': 6, '6': 7, '7': 8, '8': 9, '9': 10,
	'A': 11, 'B': 12, 'C': 13, 'D': 14, 'E': 15, 'F': 16, 'a': 11, 'b': 12, 'c': 13, 'd': 14, 'e': 15, 'f': 16,
}

func (s *scanner) next() token {
	s.skipSpace()
	if s.at >= len(s.data) {
		return token{}
	}
	start := s.at
	s.at++
	switch s.data[start] {
	case '<':
		if s.at < len(s.data) && s.data[s.at] == '<' {
			s.at++
			return token{otherDelimiter, s.data[start:s.at]}
		}
		for s.at < len(s.data) && s.data[s.at] != '>' {
			s.at++
		}
		text := s.data[start+1 : s.at]
		s.at = min(s.at+1, len(s.data))
		return token{hexString, text}
	case '/':
		s.skipRegular()
		return token{name, s.data[start+1 : s.at]}
	case '(':
		return token{literalString, s.literal()}
	case '[':
		return token{arrayOpen, nil}
	case ']':
		return token{arrayClose, nil}
	case '>', '{', '}', ')':
		return token{otherDelimiter, s.data[start:s.at]}
	default:
		s.skipRegular()
		return token{word, s.data[start:s.at]}
	}
}

// skipSpace skips white space and comments.
func (s *scanner) skipSpace() {
	for s.at < len(s.data) {
		switch c := s.data[s.at]; {
		case byteClasses[c] == space:
			s.at++
		case c == '%':
			for s.at < len(s.data) && s.data[s.at] != '\n' && s.data[s.at] != '\r' {
				s.at++
			}
		default:
			return
		}
	}
}

func (s *scanner) skipRegular() {
	for s.at < len(s.data) && byteClasses[s.data[s.at]] == regular {
		s.at++
	}
}

// literal reads the rest of a parenthesised string, whose parentheses are balanced or escaped.
func (s *scanner) literal() []byte {
	start := s.at
	for depth := 1; s.at < len(s.data); s.at++ {
		switch s.data[s.at] {
		case '\\':
			s.at++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				s.at++
				return s.data[start : s.at-1]
			}
		}
	}
	s.at = len(s.data)
	return s.data[min(start, s.at):]
}

// codeOf reads the digits of a hexadecimal string as a big-endian number of length bytes. A last single digit counts
// as if followed by 0, as in every PDF string. Strings longer than four bytes are no character codes.
func codeOf(digits []byte) (code uint32, length int, ok bool) {
	count := 0
	for _, c := range digits {
		if d := hexDigits[c]; d > 0 {
			code = code<<4 | uint32(d-1)
			count++
		}
	}
	if count&1 == 1 {
		code <<= 4
		count++
	}
	length = count / 2
	return code, length, length >= 1 && length <= 4
}

// byteOrderMark opens some producers' targets although Technical Note #5411 has none.
const byteOrderMark = 0xfeff

// targetOf decodes the target of a ToUnicode mapping, UTF-16BE in hexadecimal digits: r when it is one character,
// else text. Targets of one byte, of four that only
// UTF-32 explains, and with a NUL behind the text occur and are read as meant.
func targetOf(digits []byte) (r rune, text string) {
	var direct [2]uint16
	units := direct[:0]
	value, count, total := uint32(0), 0, 0
	for _, c := range digits {
		d := hexDigits[c]
		if d == 0 {
			continue
		}
		value = value<<4 | uint32(d-1)
		total++
		if count++; count == 4 {
			units = append(units, uint16(value))
			value, count = 0, 0
		}
	}
	if total <= 2 && total > 0 {
		return rune(value), ""
	}
	if count == 3 { // a missing last digit
		units = append(units, uint16(value<<4))
	}
	if len(units) > 1 && units[0] == byteOrderMark {
		units = units[1:]
	}
	for len(units) > 1 && units[len(units)-1] == 0 { // a C string's end
		units = units[:len(units)-1]
	}
	switch {
	case len(units) == 0:
		return 0, ""
	case len(units) == 1:
		return rune(units[0]), ""
	case len(units) == 2:
		if pair := utf16.DecodeRune(rune(units[0]), rune(units[1])); pair != utf8.RuneError {
			return pair, ""
		}
		// A control character before another character makes no sense, the planes 1 to 3 do.
		if units[0] >= 1 && units[0] <= 3 {
			return rune(units[0])<<16 | rune(units[1]), ""
		}
	}
	return 0, string(utf16.Decode(units))
}
