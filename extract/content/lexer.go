package content

import "math"

// operandKind tells what an operand is; only these matter to the operators
// this package follows.
type operandKind uint8

const (
	numberOperand operandKind = iota
	nameOperand
	textOperand
	arrayStart
	arrayEnd
	dictStart
	dictEnd
	otherOperand // true, false, null
)

// operand is one argument on the stack of a content stream. Arrays and
// dictionaries lie flat between their marks, as they stand in the stream. It
// holds no pointer, so that pushing one costs the garbage collector nothing.
type operand struct {
	number float64
	where  span // of names and strings
	kind   operandKind
}

// span is where the bytes of a name or string lie: in the stream, or decoded in
// the lexer's scratch.
type span struct {
	start, end int32
	decoded    bool
}

// maxOperands bounds the stack; ISO 32000-2 Annex C knows arrays of 8,191, and a
// TJ array is the only long one. What is beyond is dropped.
const maxOperands = 1 << 16

// lexer cuts a content stream into operators with their operands, without
// copying: strings without escapes point into the stream.
type lexer struct {
	data     []byte
	at       int
	operands []operand
	scratch  []byte // bytes of strings that had to be decoded
}

const (
	regular    = 0
	whitespace = 1
	delimiter  = 2
)

// class of each byte (ISO 32000-2, tables 1 and 2).
var class = func() (table [256]uint8) {
	for _, c := range "\x00\t\n\f\r " {
		table[c] = whitespace
	}
	for _, c := range "()<>[]{}/%" {
		table[c] = delimiter
	}
	return
}()

// next reads up to and including the next operator and returns its name, nil at
// the end. The operands are valid until the following call.
func (l *lexer) next() []byte {
	l.operands = l.operands[:0]
	l.scratch = l.scratch[:0]
	data := l.data
	for l.at < len(data) {
		c := data[l.at]
		switch {
		case class[c] == whitespace:
			l.at++
		case c >= '0' && c <= '9' || c == '-' || c == '.' || c == '+':
			l.push(operand{kind: numberOperand, number: l.number()})
		case class[c] == regular:
			start := l.at
			for l.at < len(data) && class[data[l.at]] == regular {
				l.at++
			}
			word := data[start:l.at]
			switch string(word) {
			case "true", "false", "null":
				l.push(operand{kind: otherOperand})
			default:
				return word
			}
		case c == '/':
			l.push(operand{kind: nameOperand, where: l.nameSpan()})
		case c == '(':
			l.push(operand{kind: textOperand, where: l.literalSpan()})
		case c == '<':
			if l.at+1 < len(data) && data[l.at+1] == '<' {
				l.at += 2
				l.push(operand{kind: dictStart})
			} else {
				l.push(operand{kind: textOperand, where: l.hexadecimalSpan()})
			}
		case c == '>':
			l.at++
			if l.at < len(data) && data[l.at] == '>' {
				l.at++
			}
			l.push(operand{kind: dictEnd})
		case c == '[':
			l.at++
			l.push(operand{kind: arrayStart})
		case c == ']':
			l.at++
			l.push(operand{kind: arrayEnd})
		case c == '%':
			for l.at < len(data) && data[l.at] != '\n' && data[l.at] != '\r' {
				l.at++
			}
		default:
			l.at++
		}
	}
	return nil
}

// bytesOf are the bytes of a name or string, valid until the following call of next.
func (l *lexer) bytesOf(o *operand) []byte { return l.slice(o.where) }

// lastName is the operand on top of the stack when it is a name, else nil.
func (l *lexer) lastName() []byte {
	if n := len(l.operands); n > 0 && l.operands[n-1].kind == nameOperand {
		return l.bytesOf(&l.operands[n-1])
	}
	return nil
}

func (l *lexer) slice(s span) []byte {
	if s.decoded {
		return l.scratch[s.start:s.end]
	}
	return l.data[s.start:s.end]
}

// decodedSpan is all of the scratch from an index on.
func (l *lexer) decodedSpan(from int) span {
	return span{int32(from), int32(len(l.scratch)), true}
}

func (l *lexer) push(o operand) {
	if len(l.operands) < maxOperands {
		l.operands = append(l.operands, o)
	}
}

// maxDigits of a number count; more do not change a float64.
const maxDigits = 17

// tens are the powers of ten that divide a number with that many decimals.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17}

// number reads an integer or real. Viewers take "--5" and "1.2.3" as numbers
// too; a second sign is skipped and a second point ends the fraction.
func (l *lexer) number() float64 {
	data, i := l.data, l.at
	negative := false
	for i < len(data) && (data[i] == '-' || data[i] == '+') {
		negative = negative || data[i] == '-'
		i++
	}
	mantissa, digits, fraction := uint64(0), i, 0
	for i < len(data) && data[i]-'0' <= 9 {
		mantissa = mantissa*10 + uint64(data[i]-'0')
		i++
	}
	digits = i - digits
	if i < len(data) && data[i] == '.' {
		i++
		fraction = i
		for i < len(data) && data[i]-'0' <= 9 {
			mantissa = mantissa*10 + uint64(data[i]-'0')
			i++
		}
		fraction = i - fraction
	}
	value := 0.0
	switch {
	case digits+fraction > maxDigits:
		value = longNumber(data[l.at:i])
	case fraction > 0:
		value = float64(mantissa) / tens[fraction]
	default:
		value = float64(mantissa)
	}
	if i < len(data) && (data[i] == '-' || data[i] == '.') { // "12-34", "1.2.3": the rest is noise
		for i < len(data) && class[data[i]] == regular {
			i++
		}
	}
	l.at = max(i, l.at+1)
	if negative {
		return -value
	}
	return value
}

// longNumber is the size of a number with more digits than a float64 holds.
func longNumber(text []byte) float64 {
	mantissa, digits, fraction := uint64(0), 0, 0
	seenPoint := false
	for _, c := range text {
		switch {
		case c == '.':
			seenPoint = true
		case c-'0' > 9: // a sign
		case digits < maxDigits:
			mantissa = mantissa*10 + uint64(c-'0')
			if mantissa != 0 {
				digits++
			}
			if seenPoint {
				fraction++
			}
		case !seenPoint:
			fraction-- // a number beyond all pages; its size is kept
		}
	}
	value := float64(mantissa)
	if fraction > 0 && fraction < len(tens) {
		return value / tens[fraction]
	}
	if value *= math.Pow10(-fraction); math.IsInf(value, 0) {
		return 0
	}
	return value
}

func (l *lexer) name() []byte        { return l.slice(l.nameSpan()) }
func (l *lexer) literal() []byte     { return l.slice(l.literalSpan()) }
func (l *lexer) hexadecimal() []byte { return l.slice(l.hexadecimalSpan()) }

// nameSpan reads a name (ISO 32000-2, 7.3.5).
func (l *lexer) nameSpan() span {
	l.at++
	start := l.at
	escaped := false
	for l.at < len(l.data) && class[l.data[l.at]] == regular {
		escaped = escaped || l.data[l.at] == '#'
		l.at++
	}
	name := l.data[start:l.at]
	if !escaped {
		return span{int32(start), int32(l.at), false}
	}
	from := len(l.scratch)
	for i := 0; i < len(name); i++ {
		if name[i] == '#' && i+2 < len(name) {
			if high, low := hexDigit(name[i+1]), hexDigit(name[i+2]); high >= 0 && low >= 0 {
				l.scratch = append(l.scratch, byte(high<<4|low))
				i += 2
				continue
			}
		}
		l.scratch = append(l.scratch, name[i])
	}
	return l.decodedSpan(from)
}

// literalSpan reads a string in parentheses (ISO 32000-2, 7.3.4.2).
func (l *lexer) literalSpan() span {
	data := l.data
	l.at++
	start := l.at
	depth := 1
	for i := start; i < len(data); i++ {
		switch data[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.at = i + 1
				return span{int32(start), int32(i), false}
			}
		case '\\', '\r':
			return l.escapedLiteral(start, i, depth)
		}
	}
	l.at = len(data)
	return span{int32(start), int32(l.at), false}
}

func (l *lexer) escapedLiteral(start, i, depth int) span {
	data := l.data
	from := len(l.scratch)
	l.scratch = append(l.scratch, data[start:i]...)
	for ; i < len(data); i++ {
		c := data[i]
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.at = i + 1
				return l.decodedSpan(from)
			}
		case '\r':
			c = '\n'
			if i+1 < len(data) && data[i+1] == '\n' {
				i++
			}
		case '\\':
			i++
			if i == len(data) {
				continue
			}
			c = data[i]
			switch {
			case c == 'n':
				c = '\n'
			case c == 'r':
				c = '\r'
			case c == 't':
				c = '\t'
			case c == 'b':
				c = '\b'
			case c == 'f':
				c = '\f'
			case c == '\n':
				continue
			case c == '\r':
				if i+1 < len(data) && data[i+1] == '\n' {
					i++
				}
				continue
			case c >= '0' && c <= '7':
				n := int(c - '0')
				for k := 0; k < 2 && i+1 < len(data) && data[i+1] >= '0' && data[i+1] <= '7'; k++ {
					i++
					n = n<<3 | int(data[i]-'0')
				}
				c = byte(n)
			}
		}
		l.scratch = append(l.scratch, c)
	}
	l.at = len(data)
	return l.decodedSpan(from)
}

// hexadecimalSpan reads a string in angle brackets (ISO 32000-2, 7.3.4.3).
func (l *lexer) hexadecimalSpan() span {
	data := l.data
	l.at++
	from := len(l.scratch)
	high := -1
	for ; l.at < len(data); l.at++ {
		c := data[l.at]
		if c == '>' {
			l.at++
			break
		}
		d := hexDigit(c)
		if d < 0 {
			continue
		}
		if high < 0 {
			high = d
			continue
		}
		l.scratch = append(l.scratch, byte(high<<4|d))
		high = -1
	}
	if high >= 0 {
		l.scratch = append(l.scratch, byte(high<<4))
	}
	return l.decodedSpan(from)
}

// skipInlineImage moves behind the EI that ends the inline image whose ID was
// just read (ISO 32000-2, 8.9.7). The data may hold "EI" by chance: the mark
// counts only between white space and when plain text follows it.
func (l *lexer) skipInlineImage() {
	data := l.data
	for i := l.at; i+1 < len(data); i++ {
		if data[i] != 'E' || data[i+1] != 'I' || i > 0 && class[data[i-1]] != whitespace {
			continue
		}
		if i+2 < len(data) && class[data[i+2]] != whitespace {
			continue
		}
		plain := true
		for _, c := range data[i+2 : min(i+12, len(data))] {
			if c > 126 || c < 32 && class[c] != whitespace {
				plain = false
				break
			}
		}
		if plain {
			l.at = i + 2
			return
		}
	}
	l.at = len(data)
}
