package cmap

import (
	"unicode/utf16"
	"unicode/utf8"
)

// scanner cuts a CMap file into PostScript tokens.
type scanner struct {
	data []byte
	at   int

	// Of the last hexadecimal string: the number its digits make, of which the last eight count, and how many they are.
	number uint32
	digits int
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
		return token{hexString, s.hexadecimal()}
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

// hexadecimal reads the rest of a hexadecimal string.
func (s *scanner) hexadecimal() []byte {
	start := s.at
	s.number, s.digits = 0, 0
	for ; s.at < len(s.data); s.at++ {
		c := s.data[s.at]
		if d := hexDigits[c]; d > 0 {
			s.number = s.number<<4 | uint32(d-1)
			s.digits++
		} else if c == '>' {
			s.at++
			return s.data[start : s.at-1]
		}
	}
	return s.data[start:]
}

// code is the last hexadecimal string as a big-endian number of length bytes. A last single digit counts as if
// followed by 0, as in every PDF string. Strings longer than four bytes are no character codes.
func (s *scanner) code() (code uint32, length int, ok bool) {
	code, length = s.number, (s.digits+1)/2
	if s.digits&1 == 1 {
		code <<= 4
	}
	return code, length, length >= 1 && length <= 4
}

// byteOrderMark opens some producers' targets although Technical Note #5411 has none.
const byteOrderMark = 0xfeff

// target decodes the last hexadecimal string, made of digits, as the target of a ToUnicode mapping, which is UTF-16BE:
// r when it is one character, else text. Targets of one byte, of four that only UTF-32 explains, and with a NUL behind
// the text occur and are read as meant.
func (s *scanner) target(digits []byte) (r rune, text string) {
	switch s.digits {
	case 0, 1, 2, 4:
		return rune(s.number), ""
	case 3: // the last digit is missing
		return rune(s.number << 4), ""
	}
	var short [2]uint16
	units := appendUnits(short[:0], digits)
	if units[0] == byteOrderMark && len(units) > 1 {
		units = units[1:]
	}
	for len(units) > 1 && units[len(units)-1] == 0 {
		units = units[:len(units)-1]
	}
	if len(units) == 1 {
		return rune(units[0]), ""
	}
	if len(units) == 2 {
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

// appendUnits reads UTF-16 code units of four digits each; digits left over are dropped, unless one alone is missing.
func appendUnits(units []uint16, digits []byte) []uint16 {
	value, count := uint16(0), 0
	for _, c := range digits {
		if d := hexDigits[c]; d > 0 {
			value = value<<4 | uint16(d-1)
			if count++; count == 4 {
				units = append(units, value)
				value, count = 0, 0
			}
		}
	}
	if count == 3 {
		units = append(units, value<<4)
	}
	return units
}
