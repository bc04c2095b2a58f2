package content

import "bytes"

const (
	// startxrefWindow: viewers look for startxref in the last 1,024 bytes; some
	// servers append padding (bytes).
	startxrefWindow = 4096
	// maxSections bounds the chain of incremental updates.
	maxSections = 4096
	// headLength is enough for "0000012345 65535 obj" with some white space.
	headLength = 64
)

// readTable follows startxref and reads the cross-reference sections and
// streams (ISO 32000-2, 7.5.4 and 7.5.8). Every entry is looked at: where one
// leads to something else than its object, nothing is believed and ok is false.
func readTable(data []byte) (t *table, ok bool) {
	// Offsets count from the header, whatever a mail program put before it; some
	// writers count from the first byte all the same.
	header := headerOffset(data)
	tail := max(len(data)-startxrefWindow, 0)
	start := bytes.LastIndex(data[tail:], []byte("startxref"))
	if start < 0 {
		return nil, false
	}
	p := parserAt(data, tail+start+len("startxref"))
	offset, ok := p.integer()
	if !ok {
		return nil, false
	}
	if t = newTable(data[header:]); t.chain(offset) && t.sound() {
		return t, true
	}
	if header > 0 {
		if t = newTable(data); t.chain(offset) && t.sound() {
			return t, true
		}
	}
	return nil, false
}

// headerOffset is where %PDF- stands, or 0.
func headerOffset(data []byte) int {
	return max(bytes.Index(data[:min(len(data), headerWindow)], []byte("%PDF-")), 0)
}

// chain reads the newest section and all it builds on. An entry of a newer
// section hides those of older ones.
func (t *table) chain(offset int) bool {
	seen := make(map[int]bool)
	for offset > 0 {
		if seen[offset] || len(seen) > maxSections {
			return false
		}
		seen[offset] = true
		trailer, ok := t.section(offset)
		if !ok {
			return false
		}
		if hybrid := integerOf(trailer.entry("XRefStm")); hybrid > 0 {
			if _, ok := t.section(hybrid); !ok {
				return false
			}
		}
		for i := 0; i+1 < len(trailer.items); i += 2 {
			if t.trailer.entry(string(trailer.items[i].bytes)).kind == nullObject {
				t.trailer.kind = dictObject
				t.trailer.items = append(t.trailer.items, trailer.items[i], trailer.items[i+1])
			}
		}
		t.trailer.sort()
		offset = integerOf(trailer.entry("Prev"))
	}
	return len(seen) > 0
}

// integerOf is a direct number rounded toward zero, or 0.
func integerOf(o *object) int {
	if o.kind != numberObject || o.number < 0 || o.number > 1<<40 {
		return 0
	}
	return int(o.number)
}

// section reads one cross-reference table or stream.
func (t *table) section(offset int) (trailer object, ok bool) {
	if offset >= len(t.data) {
		return trailer, false
	}
	p := parserAt(t.data, offset)
	if p.take("xref") {
		return t.classicSection(&p)
	}
	return t.streamSection(&p)
}

// classicSection reads subsections of lines "0000000017 00000 n".
func (t *table) classicSection(p *parser) (trailer object, ok bool) {
	for !p.take("trailer") {
		first, ok := p.integer()
		count, also := p.integer()
		if !ok || !also {
			return trailer, false
		}
		for number := first; number < first+count; number++ {
			offset, ok := p.integer()
			_, also := p.integer()
			p.skipSpace()
			if !ok || !also || p.at >= len(p.data) || number >= maxObjectNumber {
				return trailer, false
			}
			switch p.data[p.at] {
			case 'n':
				if !t.add(number, offset) {
					return trailer, false
				}
			case 'f':
				t.enter(number, entry{})
			default:
				return trailer, false
			}
			p.at++
		}
	}
	trailer, ok = p.object()
	return trailer, ok && trailer.kind == dictObject
}

// streamSection reads a cross-reference stream.
func (t *table) streamSection(p *parser) (trailer object, ok bool) {
	_, _, stream, ok := p.indirect()
	if !ok || stream.kind != streamObject || string(stream.entry("Type").bytes) != "XRef" {
		return trailer, false
	}
	return stream, t.readStream(&stream)
}

// readStream enters what a cross-reference stream lists: rows of three numbers
// whose widths /W tells.
func (t *table) readStream(stream *object) bool {
	v := tableValue{t, stream, 0}
	data, err := decodeStream(v)
	widths, ok := numbers(v.key("W"), 3)
	if err != nil || !ok {
		return false
	}
	var width [3]int
	for i, w := range widths {
		if w < 0 || w > 8 {
			return false
		}
		width[i] = int(w)
	}
	row := width[0] + width[1] + width[2]
	if row == 0 {
		return false
	}
	index := v.key("Index")
	for i := 0; i == 0 || i+1 < index.length(); i += 2 {
		first, count := 0, integer(v.key("Size"), 0)
		if index.length() > 0 {
			first, count = integer(index.index(i), 0), integer(index.index(i+1), 0)
		}
		for number := first; number < first+count && len(data) >= row; number++ {
			if number < 0 || number >= maxObjectNumber {
				return false
			}
			kind := 1
			if width[0] > 0 {
				kind = bigEndian(data[:width[0]])
			}
			second := bigEndian(data[width[0] : width[0]+width[1]])
			third := bigEndian(data[width[0]+width[1] : row])
			data = data[row:]
			switch {
			case kind == 0:
				t.enter(number, entry{})
			case kind == 1 && !t.add(number, second):
				return false
			case kind == 2 && second > 0 && second < maxObjectNumber:
				t.enter(number, entry{offset: third, stream: second})
			}
		}
	}
	return true
}

func bigEndian(data []byte) int {
	n := 0
	for _, b := range data {
		n = n<<8&(1<<56-1) | int(b)
	}
	return n
}

// add enters an object unless a newer section told of it, and looks whether it
// is there. Offset 0 is what careless writers give unused numbers.
func (t *table) add(number, offset int) bool {
	if _, ok := t.entries[number]; ok || offset == 0 {
		t.enter(number, entry{})
		return true
	}
	if offset >= len(t.data) {
		return false
	}
	p := parserAt(t.data[:min(len(t.data), offset+headLength)], offset)
	found, ok := p.integer()
	if !ok || found != number {
		return false
	}
	if _, ok = p.integer(); !ok || !p.take("obj") {
		return false
	}
	t.enter(number, entry{offset: offset})
	return true
}

// enter keeps an entry unless a newer section told of the object.
func (t *table) enter(number int, at entry) {
	if _, ok := t.entries[number]; !ok && len(t.entries) < maxObjects {
		t.entries[number] = at
	}
}

// sound tells whether the trailer leads to a catalog.
func (t *table) sound() bool {
	if t.encrypted() {
		return true // the catalog may lie in an encrypted object stream
	}
	return !t.root().key("Root").key("Pages").null()
}

// encrypted tells whether strings and streams need a key. Attachments alone may
// be encrypted; then the pages are plain.
func (t *table) encrypted() bool {
	if t.trailer.entry("Encrypt").kind == nullObject {
		return false
	}
	encryption := t.root().key("Encrypt")
	identity := func(name string) bool {
		filter := encryption.key(name)
		return filter.null() || nameOf(filter) == "Identity"
	}
	return integer(encryption.key("V"), 0) < 4 || !identity("StmF") || !identity("StrF")
}
