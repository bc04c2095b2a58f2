package content

import (
	"bytes"
	"strconv"
)

// table is our own view of a file's objects: where each of them starts. An
// object is parsed when it is first asked for.
type table struct {
	data      []byte
	entries   map[int]entry
	trailer   object
	parsed    map[int]*object
	streams   map[int]*objectStream
	items     int  // members of arrays and dictionaries parsed so far
	read      int  // bytes parsed so far
	members   int  // objects listed in object streams
	missing   int  // times an object was asked for that is not there
	inflated  int  // bytes of object streams held
	repaired  bool // made by a scan, since the file's own table is wrong
	truncated bool // the file has no end
	orphans   bool // the page tree is lost; the pages were found one by one
}

// entry is where an object stands: at an offset of the file, or in an object
// stream. The zero entry is a free one.
type entry struct {
	offset int // or the index within the object stream
	stream int // number of the object stream, or 0
}

// objectStream holds the objects of one stream (ISO 32000-2, 7.5.7).
type objectStream struct {
	data    []byte
	offsets map[int]int // by object number
}

// maxObjectStreams bounds what the object streams of one file inflate to
// (bytes); a hostile stream of a few kilobytes may claim gigabytes.
const maxObjectStreams = 96 << 20

func newTable(data []byte) *table {
	return &table{data: data, entries: make(map[int]entry), parsed: make(map[int]*object), streams: make(map[int]*objectStream)}
}

var absent = &object{}

// object returns an object by number, null when the file has none.
func (t *table) object(number int) *object {
	if found, ok := t.parsed[number]; ok {
		return found
	}
	at, ok := t.entries[number]
	if !ok {
		t.missing++
	}
	if !ok || at == (entry{}) || t.items > maxItems || t.read > len(t.data)+maxObjectStreams {
		return absent
	}
	t.parsed[number] = absent // an object that needs itself to be read is null
	made := new(object)
	if at.stream != 0 {
		*made = t.inStream(number, at.stream)
	} else {
		p := t.parser(t.data, at.offset)
		if found, _, parsed, ok := p.indirect(); ok && found == number {
			*made = parsed
		} else {
			t.missing++
		}
		t.account(&p, at.offset)
	}
	t.parsed[number] = made
	return made
}

// parser starts to read an object; account ends it and books what it took.
func (t *table) parser(data []byte, offset int) parser {
	p := parserAt(data, offset)
	p.items = maxItems - t.items
	return p
}

func (t *table) account(p *parser, offset int) {
	t.items = maxItems - p.items + 1
	t.read += p.at - offset
}

// inStream parses an object that stands in an object stream.
func (t *table) inStream(number, stream int) (made object) {
	held := t.streams[stream]
	if held == nil {
		held = t.openStream(stream)
		t.streams[stream] = held
	}
	if offset, ok := held.offsets[number]; ok {
		p := t.parser(held.data, offset)
		made, _ = p.object()
		t.account(&p, offset)
	}
	return made
}

// openStream inflates an object stream and reads its list of offsets. What
// inflates of a broken one is used.
func (t *table) openStream(number int) *objectStream {
	held := &objectStream{}
	v := tableValue{t, t.object(number), number}
	if v.object.kind != streamObject || t.inflated > maxObjectStreams {
		return held
	}
	held.data, _ = decodeStream(v)
	t.inflated += len(held.data)
	first := integer(v.key("First"), 0)
	if first <= 0 || first > len(held.data) {
		return held
	}
	held.offsets = make(map[int]int)
	p := parserAt(held.data[:first], 0)
	for {
		member, ok := p.integer()
		offset, also := p.integer()
		if t.members++; !ok || !also || t.members > maxObjects {
			return held
		}
		if first+offset < len(held.data) {
			held.offsets[member] = first + offset
		}
	}
}

// resolve follows references a few steps, since a hostile file may close them
// to a ring.
func (t *table) resolve(o *object) tableValue {
	number := 0
	for range 8 {
		if o.kind != referenceObject {
			return tableValue{t, o, number}
		}
		number = int(o.number)
		o = t.object(number)
	}
	return tableValue{t, absent, 0}
}

// streamBytes are the bytes of a stream, still encoded.
func (t *table) streamBytes(o *object) []byte {
	missing := t.missing // a length that is not there takes nothing from the page
	length := integer(t.resolve(o.entry("Length")), -1)
	t.missing = missing
	return streamExtent(t.data, int(o.number), length)
}

// streamExtent cuts a stream out of a file: by its /Length when endstream follows
// there, else up to the next endstream or the end of the file.
func streamExtent(data []byte, start, length int) []byte {
	if start < 0 || start > len(data) {
		return nil
	}
	rest := data[start:]
	if length >= 0 && length <= len(rest) && endsStream(rest[length:]) {
		return rest[:length]
	}
	end := bytes.Index(rest, []byte("endstream"))
	if end < 0 {
		if end = bytes.Index(rest, []byte("endobj")); end < 0 {
			return rest
		}
	}
	rest = rest[:end]
	if n := len(rest); n > 0 && rest[n-1] == '\n' {
		rest = rest[:n-1]
	}
	if n := len(rest); n > 0 && rest[n-1] == '\r' {
		rest = rest[:n-1]
	}
	return rest
}

// endsStream tells whether endstream comes next, white space aside.
func endsStream(data []byte) bool {
	for i, c := range data[:min(len(data), 8)] {
		if class[c] != whitespace {
			return bytes.HasPrefix(data[i:], []byte("endstream")) || bytes.HasPrefix(data[i:], []byte("endobj"))
		}
	}
	return false
}

// tableValue is a value of the table.
type tableValue struct {
	table     *table
	object    *object
	reference int
}

func (v tableValue) null() bool { return v.object.kind == nullObject }

func (v tableValue) key(name string) value { return v.table.resolve(v.object.entry(name)) }

func (v tableValue) keys() []string {
	if v.object.kind != dictObject && v.object.kind != streamObject {
		return nil
	}
	names := make([]string, 0, len(v.object.items)/2)
	for i := 0; i < len(v.object.items); i += 2 {
		names = append(names, string(v.object.items[i].bytes))
	}
	return names
}

func (v tableValue) index(i int) value {
	if v.object.kind != arrayObject || i < 0 || i >= len(v.object.items) {
		return tableValue{v.table, absent, 0}
	}
	return v.table.resolve(&v.object.items[i])
}

func (v tableValue) length() int {
	if v.object.kind != arrayObject {
		return 0
	}
	return len(v.object.items)
}

func (v tableValue) number() (float64, bool) {
	return v.object.number, v.object.kind == numberObject
}

func (v tableValue) name() (string, bool) {
	return string(v.object.bytes), v.object.kind == nameObject
}

func (v tableValue) text() ([]byte, bool) { return v.object.bytes, v.object.kind == stringObject }

func (v tableValue) raw() ([]byte, bool) {
	if v.object.kind != streamObject {
		return nil, false
	}
	return v.table.streamBytes(v.object), true
}

func (v tableValue) id() int { return v.reference }

// root is the trailer as a value.
func (t *table) root() value { return tableValue{t, &t.trailer, 0} }

// version is that of the header, or the catalog's when it is later.
func (t *table) version() string {
	_, text, _ := bytes.Cut(t.data[:min(len(t.data), headerWindow)], []byte("%PDF-"))
	version := "1.4"
	if len(text) >= 3 {
		if _, err := strconv.ParseFloat(string(text[:3]), 64); err == nil {
			version = string(text[:3])
		}
	}
	if later := nameOf(t.root().key("Root").key("Version")); later > version && len(later) == 3 {
		return later
	}
	return version
}
