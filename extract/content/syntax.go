package content

import (
	"bytes"
	"slices"
)

// objectKind is what an object of ISO 32000-2, 7.3 is.
type objectKind uint8

const (
	nullObject objectKind = iota
	booleanObject
	numberObject
	nameObject
	stringObject
	arrayObject
	dictObject
	streamObject // a dictionary whose bytes start at the number
	referenceObject
)

// object is one object as written. The meaning of number: a number, 1 for true,
// a reference's object number, the offset of a stream's bytes.
type object struct {
	kind   objectKind
	number float64
	bytes  []byte   // of names and strings
	items  []object // of arrays; of dictionaries name and value by turns, sorted by name
}

// entry finds a dictionary's value; a missing one is null.
func (o *object) entry(name string) *object {
	if o.kind != dictObject && o.kind != streamObject {
		return &object{}
	}
	low, high := 0, len(o.items)/2
	for low < high {
		middle := (low + high) / 2
		if string(o.items[2*middle].bytes) < name {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if 2*low < len(o.items) && string(o.items[2*low].bytes) == name {
		return &o.items[2*low+1]
	}
	return &object{}
}

// maxNesting bounds arrays in dictionaries in arrays; what lies deeper is null.
const maxNesting = 100

// parser reads objects as they stand in a file or an object stream.
type parser struct {
	lexer
	depth int
	items int // members of arrays and dictionaries that may still be read
}

// maxItems bounds the objects parsed from one file, 64 bytes each. A tagged
// disclosure of 400 pages has 116,000 objects with 20 members at most.
const maxItems = 3_000_000

// parserAt reads from an offset on.
func parserAt(data []byte, offset int) parser {
	return parser{lexer: lexer{data: data, at: offset}, items: maxItems}
}

// skipSpace moves over white space and comments.
func (p *parser) skipSpace() {
	for p.at < len(p.data) {
		switch c := p.data[p.at]; {
		case class[c] == whitespace:
			p.at++
		case c == '%':
			for p.at < len(p.data) && p.data[p.at] != '\n' && p.data[p.at] != '\r' {
				p.at++
			}
		default:
			return
		}
	}
}

// word returns the regular characters at the point of reading, without moving.
func (p *parser) word() []byte {
	end := p.at
	for end < len(p.data) && class[p.data[end]] == regular {
		end++
	}
	return p.data[p.at:end]
}

// take moves over a keyword when it comes next.
func (p *parser) take(keyword string) bool {
	p.skipSpace()
	if bytes.HasPrefix(p.data[p.at:], []byte(keyword)) {
		p.at += len(keyword)
		return true
	}
	return false
}

// integer reads digits.
func (p *parser) integer() (int, bool) {
	p.skipSpace()
	n, start := 0, p.at
	for p.at < len(p.data) && p.data[p.at] >= '0' && p.data[p.at] <= '9' {
		if n > 1<<40 {
			return 0, false
		}
		n = n*10 + int(p.data[p.at]-'0')
		p.at++
	}
	return n, p.at > start
}

// object reads the next object. It fails, without moving, at a word that is
// none, such as endobj, and at the end.
func (p *parser) object() (object, bool) {
	p.skipSpace()
	if p.at >= len(p.data) {
		return object{}, false
	}
	p.scratch = nil // what was read before stays as it is
	switch c := p.data[p.at]; {
	case c == '/':
		return object{kind: nameObject, bytes: p.name()}, true
	case c == '(':
		return object{kind: stringObject, bytes: p.literal()}, true
	case c == '<' && p.at+1 < len(p.data) && p.data[p.at+1] == '<':
		p.at += 2
		return p.dictionary(), true
	case c == '<':
		return object{kind: stringObject, bytes: p.hexadecimal()}, true
	case c == '[':
		p.at++
		return p.array(), true
	case c >= '0' && c <= '9':
		if number, ok := p.reference(); ok {
			return object{kind: referenceObject, number: float64(number)}, true
		}
		return object{kind: numberObject, number: p.lexer.number()}, true
	case c == '-' || c == '+' || c == '.':
		return object{kind: numberObject, number: p.lexer.number()}, true
	}
	switch word := p.word(); string(word) {
	case "true", "false":
		p.at += len(word)
		return object{kind: booleanObject, number: float64(5 - len(word))}, true
	case "null":
		p.at += len(word)
		return object{}, true
	}
	return object{}, false
}

// reference reads "12 0 R"; it does not move when something else comes.
func (p *parser) reference() (int, bool) {
	start := p.at
	number, ok := p.integer()
	if ok && p.at < len(p.data) && class[p.data[p.at]] == whitespace {
		if _, ok = p.integer(); ok {
			p.skipSpace()
			if string(p.word()) == "R" {
				p.at++
				return number, number < maxObjectNumber
			}
		}
	}
	p.at = start
	return 0, false
}

// maxObjectNumber: ISO 32000-1 Annex C allows 8,388,607 objects; larger numbers
// occur only in files that want a large table.
const maxObjectNumber = 1 << 23

// structural tells the words that end an object which lacks its bracket.
func structural(word []byte) bool {
	switch string(word) {
	case "obj", "endobj", "stream", "endstream", "xref", "trailer", "startxref":
		return true
	}
	return false
}

func (p *parser) array() object {
	made := object{kind: arrayObject}
	p.depth++
	defer func() { p.depth-- }()
	for {
		p.skipSpace()
		if p.at >= len(p.data) {
			return made
		}
		if p.data[p.at] == ']' {
			p.at++
			return made
		}
		if bytes.HasPrefix(p.data[p.at:], []byte(">>")) || !p.element(&made) {
			return made
		}
	}
}

// element reads one object into an array or a dictionary's list. Noise is
// passed over; at the words that end an object it fails.
func (p *parser) element(list *object) bool {
	if p.items--; p.items < 0 || p.depth > maxNesting {
		p.at = len(p.data)
		return false
	}
	item, ok := p.object()
	if ok {
		list.items = append(list.items, item)
		return true
	}
	word := p.word()
	if structural(word) {
		return false
	}
	p.at = min(p.at+max(len(word), 1), len(p.data))
	return true
}

// dictionary reads names with their values. A value that is missing leaves its
// name out; the later of two equal names counts.
func (p *parser) dictionary() object {
	made := object{kind: dictObject}
	p.depth++
	defer func() { p.depth-- }()
	for {
		p.skipSpace()
		if p.at >= len(p.data) {
			break
		}
		if p.data[p.at] == '>' {
			p.at = min(p.at+2, len(p.data))
			break
		}
		if p.data[p.at] != '/' {
			if structural(p.word()) {
				break
			}
			var noise object
			if !p.element(&noise) {
				break
			}
			continue
		}
		name := object{kind: nameObject, bytes: p.name()}
		p.scratch = nil
		p.skipSpace()
		if p.at < len(p.data) && p.data[p.at] == '>' && (p.at+1 >= len(p.data) || p.data[p.at+1] == '>') {
			continue
		}
		before := len(made.items)
		made.items = append(made.items, name)
		if !p.element(&made) || len(made.items) == before+1 {
			made.items = made.items[:before]
		}
	}
	made.sort()
	return made
}

// sort orders a dictionary's entries by name and drops the earlier of equals.
func (o *object) sort() {
	type pair struct{ name, value object }
	sorted := true
	for i := 2; i < len(o.items); i += 2 {
		if bytes.Compare(o.items[i-2].bytes, o.items[i].bytes) >= 0 {
			sorted = false
			break
		}
	}
	if sorted {
		return
	}
	pairs := make([]pair, 0, len(o.items)/2)
	for i := 0; i+1 < len(o.items); i += 2 {
		pairs = append(pairs, pair{o.items[i], o.items[i+1]})
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return bytes.Compare(a.name.bytes, b.name.bytes) })
	o.items = o.items[:0]
	for i, p := range pairs {
		if i+1 < len(pairs) && bytes.Equal(p.name.bytes, pairs[i+1].name.bytes) {
			continue
		}
		o.items = append(o.items, p.name, p.value)
	}
}

// indirect reads the object behind "12 0 obj", the words included. A stream's
// number is the offset of its first byte.
func (p *parser) indirect() (number, generation int, made object, ok bool) {
	if number, ok = p.integer(); !ok {
		return
	}
	if generation, ok = p.integer(); !ok {
		return
	}
	if ok = p.take("obj"); !ok {
		return
	}
	made = p.body()
	return
}

// body reads what stands between obj and endobj.
func (p *parser) body() object {
	made, _ := p.object()
	if made.kind != dictObject {
		return made
	}
	p.skipSpace()
	if string(p.word()) != "stream" {
		return made
	}
	p.at += len("stream")
	p.endLine()
	made.kind, made.number = streamObject, float64(p.at)
	return made
}

// endLine moves behind the line end that comes next, if one does. Some writers
// put a blank before it.
func (p *parser) endLine() {
	rest := bytes.TrimLeft(p.data[p.at:], " \t")
	switch {
	case bytes.HasPrefix(rest, []byte("\r\n")):
		rest = rest[2:]
	case len(rest) > 0 && (rest[0] == '\r' || rest[0] == '\n'):
		rest = rest[1:]
	default:
		return
	}
	p.at = len(p.data) - len(rest)
}
