package content

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// endWindow: a file that is all there says %%EOF or startxref this close to its
// end (bytes).
const endWindow = 4096

const (
	// streamHead covers the word stream and the end of its line (bytes).
	streamHead = 16
	// maxTrailer and maxTrailers bound what is read as trailers.
	maxTrailer  = 64 << 10
	maxTrailers = 4096
)

// rebuild finds the objects of a file whose cross-reference table is wrong or
// missing, by looking for "12 0 obj" from its beginning to its end. Of several
// objects with one number the last counts, as after an incremental update.
func rebuild(data []byte) *scanner {
	t := newTable(data)
	t.repaired = true
	tail := data[max(len(data)-endWindow, 0):]
	t.truncated = !bytes.Contains(tail, []byte("%%EOF")) && !bytes.Contains(tail, []byte("startxref"))
	s := &scanner{table: t, stream: -1}
	s.objects()
	s.trailers()
	if !t.encrypted() {
		s.openObjectStreams()
		t.findCatalog()
	}
	return s
}

// scanner collects what a scan meets.
type scanner struct {
	table         *table
	stream        int   // where the next word "stream" stands, len(data) when there is none, -1 not known
	objectStreams []int // numbers
	tables        []object
}

// objects enters every object of the file. What lies within a stream is passed
// over, since a file embedded there has objects of its own.
func (s *scanner) objects() {
	data := s.table.data
	for at := 0; ; {
		found := bytes.Index(data[at:], []byte("obj"))
		if found < 0 {
			return
		}
		word := at + found
		at = word + len("obj")
		number, offset, ok := objectHead(data, word)
		if !ok || len(s.table.entries) >= maxObjects {
			continue
		}
		delete(s.table.parsed, number)
		s.table.entries[number] = entry{offset: offset}
		if s.stream < at {
			s.stream = len(data)
			if next := bytes.Index(data[at:], []byte("stream")); next >= 0 {
				s.stream = at + next
			}
		}
		if end := bytes.Index(data[at:], []byte("obj")); end < 0 || s.stream < at+end {
			at = s.passStream(number, at)
		}
	}
}

// objectHead reads backwards from the word obj: generation, then number.
func objectHead(data []byte, word int) (number, offset int, ok bool) {
	at := word
	back := func(member func(byte) bool) int {
		start := at
		for at > 0 && member(data[at-1]) {
			at--
		}
		return start - at
	}
	space := func(c byte) bool { return class[c] == whitespace }
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	back(space)
	if n := back(digit); n == 0 || n > 5 {
		return 0, 0, false
	}
	if back(space) == 0 {
		return 0, 0, false
	}
	if n := back(digit); n == 0 || n > 10 {
		return 0, 0, false
	}
	p := parserAt(data, at)
	number, ok = p.integer()
	return number, at, ok && number < maxObjectNumber
}

// passStream looks at an object that may be a stream and returns where to go on.
func (s *scanner) passStream(number, at int) int {
	t := s.table
	p := parserAt(t.data[:min(s.stream+streamHead, len(t.data))], at)
	made := p.body()
	if made.kind != streamObject {
		return at
	}
	switch string(made.entry("Type").bytes) {
	case "ObjStm":
		s.objectStreams = append(s.objectStreams, number)
	case "XRef":
		s.tables = append(s.tables, made)
	}
	return int(made.number) + len(t.streamBytes(&made))
}

// trailers takes what any trailer tells, the later over the earlier.
func (s *scanner) trailers() {
	t := s.table
	t.trailer.kind = dictObject
	for _, stream := range s.tables {
		s.believe(&stream)
	}
	at := 0
	for range maxTrailers {
		found := bytes.Index(t.data[at:], []byte("trailer"))
		if found < 0 {
			break
		}
		at += found + len("trailer")
		p := parserAt(t.data[:min(at+maxTrailer, len(t.data))], at)
		if made, ok := p.object(); ok {
			s.believe(&made)
		}
	}
}

// believe takes a trailer's entries. A damaged trailer without /Root tells nothing.
func (s *scanner) believe(trailer *object) {
	if trailer.entry("Root").kind != referenceObject {
		return
	}
	t := s.table
	for _, name := range []string{"Root", "Info", "Encrypt", "ID"} {
		if entry := trailer.entry(name); entry.kind != nullObject {
			t.trailer.items = append(t.trailer.items, object{kind: nameObject, bytes: []byte(name)}, *entry)
		}
	}
	t.trailer.sort()
}

// openObjectStreams enters the objects of the object streams. One that stands
// alone later in the file is newer.
func (s *scanner) openObjectStreams() {
	t := s.table
	newest := make(map[int]int) // where the object's stream begins
	for _, number := range s.objectStreams {
		held := t.streams[number]
		if held == nil {
			held = t.openStream(number)
			t.streams[number] = held
		}
		position := t.entries[number].offset
		for member := range held.offsets {
			before, known := t.entries[member]
			if known && before.stream == 0 && before.offset > position || newest[member] > position || member >= maxObjectNumber {
				continue
			}
			newest[member] = position
			t.entries[member] = entry{stream: number}
			delete(t.parsed, member)
		}
	}
}

// findCatalog makes sure that the trailer leads to pages: if it does not, the
// file is searched for a catalog, and failing that for the pages themselves,
// which are then taken in the order they stand in.
func (t *table) findCatalog() {
	if nameOf(t.root().key("Root").key("Pages").key("Type")) == "Pages" {
		return
	}
	var catalog, tree int
	pages := object{kind: arrayObject}
	for _, number := range t.inOrder() {
		v := tableValue{t, t.object(number), number}
		switch nameOf(v.key("Type")) {
		case "Catalog":
			if !v.key("Pages").null() {
				catalog = number
			}
		case "Pages":
			if v.key("Parent").null() && v.key("Kids").length() > 0 {
				tree = number
			}
		case "Page":
			pages.items = append(pages.items, object{kind: referenceObject, number: float64(number)})
		}
	}
	switch {
	case catalog != 0:
		t.setRoot(object{kind: referenceObject, number: float64(catalog)})
	case tree != 0:
		t.setRoot(dictionaryOf("Pages", object{kind: referenceObject, number: float64(tree)}))
	default:
		t.orphans = true
		root := dictionaryOf("Kids", pages)
		root.items = append(root.items, object{kind: nameObject, bytes: []byte("Type")}, object{kind: nameObject, bytes: []byte("Pages")})
		t.setRoot(dictionaryOf("Pages", root))
	}
}

func dictionaryOf(name string, v object) object {
	return object{kind: dictObject, items: []object{{kind: nameObject, bytes: []byte(name)}, v}}
}

func (t *table) setRoot(root object) {
	t.trailer.items = append(t.trailer.items, object{kind: nameObject, bytes: []byte("Root")}, root)
	t.trailer.sort()
}

// inOrder lists the objects as they stand in the file.
func (t *table) inOrder() []int {
	position := func(number int) (int, int) {
		at := t.entries[number]
		if at.stream != 0 {
			return t.entries[at.stream].offset, t.streams[at.stream].offsets[number]
		}
		return at.offset, 0
	}
	return slices.SortedFunc(maps.Keys(t.entries), func(a, b int) int {
		outerA, innerA := position(a)
		outerB, innerB := position(b)
		if outerA != outerB {
			return outerA - outerB
		}
		return innerA - innerB
	})
}

// synthesize writes the file again with a cross-reference stream that leads to
// the objects found, for the library that can decrypt them. The objects within
// encrypted object streams are known only from the file's own tables.
func (s *scanner) synthesize() []byte {
	t := s.table
	for _, stream := range s.tables {
		listed := newTable(t.data)
		listed.readStream(&stream)
		for number, at := range listed.entries {
			if _, alone := t.entries[number]; !alone && at.stream != 0 {
				t.entries[number] = at
			}
		}
	}
	const header = "%PDF-1.7\n"
	var rows bytes.Buffer
	numbers := slices.Sorted(maps.Keys(t.entries))
	index := object{kind: arrayObject}
	for _, number := range numbers {
		at := t.entries[number]
		var row [10]byte // kind, offset or stream, index
		if at.stream != 0 {
			binary.BigEndian.PutUint64(row[:8], uint64(at.stream))
			binary.BigEndian.PutUint16(row[8:], uint16(at.offset))
			row[0] = 2
		} else {
			binary.BigEndian.PutUint64(row[:8], uint64(len(header)+at.offset))
			row[0] = 1
		}
		rows.Write(row[:])
		index.items = append(index.items, numberOf(number), numberOf(1))
	}
	last := 0
	if len(numbers) > 0 {
		last = numbers[len(numbers)-1]
	}
	dict := t.trailer
	for name, entry := range map[string]object{
		"Type": {kind: nameObject, bytes: []byte("XRef")}, "Size": numberOf(last + 2), "Index": index, "Length": numberOf(rows.Len()),
		"W": {kind: arrayObject, items: []object{numberOf(1), numberOf(7), numberOf(2)}},
	} {
		dict.items = append(dict.items, object{kind: nameObject, bytes: []byte(name)}, entry)
	}
	dict.sort()
	out := append(append([]byte(header), t.data...), '\n')
	start := len(out)
	out = fmt.Appendf(out, "%d 0 obj\n", last+1)
	out = dict.append(out)
	out = append(append(append(out, "\nstream\n"...), rows.Bytes()...), "\nendstream\nendobj\n"...)
	return fmt.Appendf(out, "startxref\n%d\n%%%%EOF\n", start)
}

func numberOf(n int) object { return object{kind: numberObject, number: float64(n)} }

// append writes an object as it would stand in a file.
func (o *object) append(out []byte) []byte {
	switch o.kind {
	case nullObject, streamObject:
		return append(out, "null"...)
	case booleanObject:
		return strconv.AppendBool(out, o.number == 1)
	case numberObject:
		return strconv.AppendFloat(out, o.number, 'f', -1, 64)
	case referenceObject:
		return fmt.Appendf(out, "%d 0 R", int(o.number))
	case stringObject:
		return fmt.Appendf(out, "<%x>", o.bytes)
	case nameObject:
		out = append(out, '/')
		for _, c := range o.bytes {
			if class[c] == regular && c > ' ' && c < 127 && c != '#' {
				out = append(out, c)
			} else {
				out = fmt.Appendf(out, "#%02x", c)
			}
		}
		return out
	}
	open, close := "[", "]"
	if o.kind == dictObject {
		open, close = "<<", ">>"
	}
	out = append(out, open...)
	for i := range o.items {
		out = append(o.items[i].append(out), ' ')
	}
	return append(out, close...)
}
