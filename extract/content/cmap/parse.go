package cmap

import (
	"errors"
	"strconv"
	"unicode/utf8"

	"gongkai/extract/content/cmap/internal/archive"
	"gongkai/extract/content/encoding"
)

// Bounds on what a hostile file can make us keep; real files stay far below.
const (
	// maximumRanges limits code space and notdef ranges, which are searched one by one. No real CMap has ten.
	maximumRanges = 100
	// maximumStrings limits the targets of several characters, which ranges can multiply.
	maximumStrings = 1 << 16
	// rangeOfStrings is the widest range with a target of several characters: only a code's last byte may run.
	rangeOfStrings = 256
	// largestEntryCount caps what the number before a begin… operator may reserve; a section has at most 100 entries.
	largestEntryCount = 1024
)

var errNoMapping = errors.New("cmap: neither code space nor mapping nor usecmap")

// Parse reads an embedded CMap or a ToUnicode CMap. use finds the CMap named by usecmap and may be nil. Damaged parts
// are skipped; the error tells only that nothing in data belongs to a CMap. Time and memory are linear in len(data).
func Parse(data []byte, use func(name string) *CMap) (*CMap, error) {
	p := parser{scanner: scanner{data: data}, use: use, made: &CMap{}}
	p.file()
	return p.finish()
}

// parser fills a CMap from a file's sections.
type parser struct {
	scanner
	use   func(name string) *CMap
	made  *CMap
	cids  [archive.LongestCode][]archive.Span
	texts [archive.LongestCode][]archive.Span
}

// file reads the operators, each of which stands behind its operands.
func (p *parser) file() {
	var before, last token
	for t := p.next(); t.kind != endOfFile; t = p.next() {
		if t.kind == word {
			switch string(t.text) {
			case "def":
				p.define(before, last)
			case "usecmap":
				p.useCMap(last)
			case "begincodespacerange":
				p.codespaceRanges()
			case "begincidchar":
				p.entries(&p.cids, last, 1, p.addCID)
			case "begincidrange":
				p.entries(&p.cids, last, 2, p.addCID)
			case "beginnotdefchar":
				p.entries(nil, last, 1, p.addUndefined)
			case "beginnotdefrange":
				p.entries(nil, last, 2, p.addUndefined)
			case "beginbfchar":
				p.entries(&p.texts, last, 1, p.addText)
			case "beginbfrange":
				p.entries(&p.texts, last, 2, p.addText)
			}
		}
		before, last = last, t
	}
}

func (p *parser) define(key, value token) {
	if key.kind != name {
		return
	}
	switch string(key.text) {
	case "CMapName":
		if value.kind == name {
			p.made.name = string(value.text)
		}
	case "WMode":
		p.made.vertical = string(value.text) == "1"
	}
}

func (p *parser) useCMap(operand token) {
	if p.use == nil || operand.kind != name {
		return
	}
	if parent := p.use(string(operand.text)); parent != nil {
		p.made.parent = parent
		p.made.codespaces = append(p.made.codespaces, parent.codespaces...)
	}
}

func (p *parser) codespaceRanges() {
	for {
		if p.next().kind != hexString {
			return
		}
		low, length, ok := p.code()
		if p.next().kind != hexString {
			return
		}
		high, highLength, highOK := p.code()
		if ok && highOK && length == highLength && len(p.made.codespaces) < maximumRanges {
			p.made.codespaces = append(p.made.codespaces, archive.Codespace{Length: length, Low: low, High: high})
		}
	}
}

// entries reads a section of mappings: a code, or the ends of a range when codes is 2, then the target, handed to add.
func (p *parser) entries(lists *[archive.LongestCode][]archive.Span, announced token, codes int, add func(target token, low, high uint32, length int)) {
	reserve, _ := strconv.Atoi(string(announced.text))
	reserve = max(0, min(reserve, largestEntryCount))
	for {
		if p.next().kind != hexString {
			return
		}
		low, length, ok := p.code()
		high, highLength, highOK := low, length, ok
		if codes == 2 {
			if p.next().kind != hexString {
				return
			}
			high, highLength, highOK = p.code()
		}
		target := p.next()
		if target.kind == endOfFile {
			return
		}
		if !ok || !highOK {
			if target.kind == arrayOpen {
				p.skipArray()
			}
			continue
		}
		length = max(length, highLength)
		if lists != nil && lists[length-1] == nil {
			lists[length-1] = make([]archive.Span, 0, reserve)
		}
		add(target, low, max(low, high), length)
	}
}

func (p *parser) skipArray() {
	for t := p.next(); t.kind != arrayClose && t.kind != endOfFile; t = p.next() {
	}
}

func (p *parser) addCID(target token, low, high uint32, length int) {
	if cid, err := strconv.ParseUint(string(target.text), 10, 16); err == nil {
		list := &p.cids[length-1]
		*list = appendSpan(*list, archive.Span{Low: low, High: high, Value: uint32(cid)})
	}
}

func (p *parser) addUndefined(target token, low, high uint32, length int) {
	cid, err := strconv.ParseUint(string(target.text), 10, 16)
	if list := &p.made.undefined[length-1]; err == nil && len(*list) < maximumRanges {
		*list = append(*list, archive.Span{Low: low, High: high, Value: uint32(cid)})
	}
}

func (p *parser) addText(target token, low, high uint32, length int) {
	switch target.kind {
	case hexString:
		r, text := p.target(target.text)
		p.addTarget(low, high, length, r, text)
	case name:
		if text, ok := encoding.GlyphText(string(target.text)); ok {
			r, size := utf8.DecodeRuneInString(text)
			if size == len(text) {
				text = ""
			}
			p.addTarget(low, low, length, r, text)
		}
	case arrayOpen:
		for code := uint64(low); ; code++ {
			element := p.next()
			switch element.kind {
			case arrayClose, endOfFile, word:
				return
			case hexString:
				if code <= uint64(high) {
					r, text := p.target(element.text)
					p.addTarget(uint32(code), uint32(code), length, r, text)
				}
			}
		}
	}
}

// addTarget maps a range to the characters from r on, or to text and the texts whose last character follows its.
func (p *parser) addTarget(low, high uint32, length int, r rune, text string) {
	list := &p.texts[length-1]
	if text == "" {
		*list = appendSpan(*list, archive.Span{Low: low, High: high, Value: uint32(r)})
		return
	}
	final, size := utf8.DecodeLastRuneInString(text)
	stem := text[:len(text)-size]
	for i := range min(high-low, rangeOfStrings-1) + 1 {
		if len(p.made.strings) == maximumStrings {
			return
		}
		if i > 0 {
			text = stem + string(final+rune(i))
		}
		value := archive.StringValue + uint32(len(p.made.strings))
		p.made.strings = append(p.made.strings, text)
		*list = append(*list, archive.Span{Low: low + i, High: low + i, Value: value})
	}
}

func (p *parser) finish() (*CMap, error) {
	m := p.made
	found := len(m.codespaces) > 0 || m.parent != nil
	longest := 0
	for i := range archive.LongestCode {
		m.cids[i], m.texts[i] = newTable(p.cids[i]), newTable(p.texts[i])
		if len(p.cids[i])+len(p.texts[i])+len(m.undefined[i]) > 0 {
			found, longest = true, i+1
		}
	}
	if !found {
		return nil, errNoMapping
	}
	if len(m.codespaces) == 0 {
		m.codespaces = []archive.Codespace{wholeCodespace(longest)}
	}
	m.prepare()
	return m, nil
}

// wholeCodespace stands in for a missing code space: all codes of one length, two bytes if nothing tells.
func wholeCodespace(length int) archive.Codespace {
	if length == 0 {
		length = 2
	}
	return archive.Codespace{Length: length, High: ^uint32(0) >> (8 * (archive.LongestCode - length))}
}
