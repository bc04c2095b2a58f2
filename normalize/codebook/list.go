package codebook

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// list is one decoded scheme; its strings are parts of one text.
type list struct {
	scheme      string
	editions    []edition // oldest first
	levels      []string
	confidences []string
	sources     []string
	rows        []row   // by code, then edition
	names       []alias // by code
	byName      func() map[string][]namedCode
}

// edition is one issue of a list; it begins with the year its label begins with.
type edition struct {
	label string
	begin int
}

type row struct {
	code, parent, name string
	from, to           uint16 // years, 0: not given
	source             uint16
	documents, places  uint16
	edition            uint8
	level              uint8
	confidence         uint8
}

// alias is another name of a code; historic when it was the listed one in
// years that no edition covers.
type alias struct {
	code, name string
	historic   bool
}

// confidenceOrder ranks the confidences, best first; what it does not name
// ranks last.
var confidenceOrder = []string{
	"official_pdf", "official_pdf+hlj_2022_directory", "two_sources", "attested_two_or_more", "observed",
	"single_source", "single_source_corrected", "attested_single", "inferred", "knowledge_name_matches_2009",
	"name_attested_code_knowledge", "knowledge_unverified", "knowledge_low",
}

func (l *list) entry(at int) Entry {
	r := &l.rows[at]
	return Entry{
		Scheme: l.scheme, Edition: l.editions[r.edition].label, Code: r.code, Name: r.name,
		Level: l.levels[r.level], Parent: r.parent, ValidFrom: int(r.from), ValidTo: int(r.to),
		Source: l.sources[r.source], Confidence: l.confidences[r.confidence],
		Documents: int(r.documents), Places: int(r.places),
	}
}

// find returns the range of rows with a code.
func (l *list) find(code string) (first, end int) {
	first, found := slices.BinarySearchFunc(l.rows, code, func(r row, code string) int {
		return strings.Compare(r.code, code)
	})
	if !found {
		return first, first
	}
	end = first + 1
	for end < len(l.rows) && l.rows[end].code == code {
		end++
	}
	return first, end
}

// findPrinted is find for a code as printed. The catalogue of 2022 fills its
// procurement codes with zeros to nine characters and that of 2013 does not;
// offices mix the two habits. Treasuries write a division with nine digits,
// statisticians with twelve.
func (l *list) findPrinted(code string) (first, end int) {
	const filled, divisionSize = "A00000000", 6
	first, end = l.find(code)
	if first < end {
		return first, end
	}
	switch l.scheme {
	case Divisions:
		if len(code) > divisionSize && strings.Trim(code[divisionSize:], "0") == "" {
			return l.find(code[:divisionSize])
		}
	case Procurement:
		if len(code)%2 == 1 && len(code) < len(filled) {
			return l.find(code + filled[len(code):])
		}
		for len(code) > 3 && strings.HasSuffix(code, "00") {
			code = code[:len(code)-2]
			if first, end = l.find(code); first < end {
				return first, end
			}
		}
	}
	return first, first
}

// begin is the first year of a row. A row that ended before its edition began
// is a remnant of the years since the edition before.
func (l *list) begin(r *row) int {
	own := l.editions[r.edition].begin
	switch {
	case r.from != 0:
		return int(r.from)
	case r.to != 0 && int(r.to) < own && r.edition > 0:
		return l.editions[r.edition-1].begin + 1
	}
	return own
}

// choose picks the row of a year among the rows of one code.
func (l *list) choose(first, end, year int) int {
	if end-first == 1 {
		return first
	}
	best := first
	for at := first + 1; at < end; at++ {
		if l.better(at, best, year) {
			best = at
		}
	}
	return best
}

// better tells whether the row at a, of a later edition, suits the year better
// than the row at b.
func (l *list) better(a, b, year int) bool {
	rowA, rowB := &l.rows[a], &l.rows[b]
	beginA, beginB := l.begin(rowA), l.begin(rowB)
	if year == 0 {
		return rowA.to == 0 || rowB.to != 0
	}
	if l.scheme == Divisions {
		return distance(beginA, year) <= distance(beginB, year)
	}
	begunA, begunB := beginA <= year, beginB <= year
	switch {
	case begunA != begunB:
		return begunA
	case beginA != beginB:
		return (beginA > beginB) == begunA
	}
	return l.rank(rowA) <= l.rank(rowB)
}

func (l *list) rank(r *row) int {
	if at := slices.Index(confidenceOrder, l.confidences[r.confidence]); at >= 0 {
		return at
	}
	return len(confidenceOrder)
}

func distance(a, b int) int { return max(a-b, b-a) }

// otherNames returns the aliases and former names of a code.
func (l *list) otherNames(code string) []alias {
	first, _ := slices.BinarySearchFunc(l.names, code, func(a alias, code string) int {
		return strings.Compare(a.code, code)
	})
	end := first
	for end < len(l.names) && l.names[end].code == code {
		end++
	}
	return l.names[first:end]
}

// decodeBook reads the file that internal/generate writes: eight bytes of
// format, the CRC-32 of the rest, the number of lists; for each list its
// scheme, its size and its packed size; then the packed lists.
func decodeBook(file []byte) (*Book, error) {
	const format, checksumSize = "GKCODES1", 4
	content, ok := bytes.CutPrefix(file, []byte(format))
	if !ok || len(content) < checksumSize {
		return nil, errors.New("code lists: not a file of code lists")
	}
	checksum := binary.LittleEndian.Uint32(content)
	content = content[checksumSize:]
	if crc32.ChecksumIEEE(content) != checksum {
		return nil, errors.New("code lists: the file is damaged")
	}
	in := reader{rest: string(content)}
	type part struct {
		scheme       string
		size, packed int
	}
	var parts []part
	for range in.count() {
		parts = append(parts, part{in.string(), in.count(), in.count()})
	}
	book := &Book{}
	for _, part := range parts {
		body := []byte(in.take(part.packed))
		book.lists = append(book.lists, namedList{part.scheme, sync.OnceValues(func() (*list, error) {
			return unpackList(part.scheme, body, part.size)
		})})
	}
	if in.failed {
		return nil, errDamaged
	}
	book.gazetteer = sync.OnceValue(func() *gazetteer { return newGazetteer(book.list(Divisions)) })
	return book, nil
}

func unpackList(scheme string, body []byte, size int) (*list, error) {
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer decoder.Close()
	raw, err := decoder.DecodeAll(body, make([]byte, 0, size))
	if err != nil {
		return nil, errors.Join(errDamaged, err)
	}
	return decodeList(scheme, string(raw))
}

var errDamaged = errors.New("code lists: a list is damaged")

// decodeList reads one list: tables of the distinct editions, levels,
// confidences and sources, the number of rows, the columns code, parent and
// name, then eight numbers a row (edition, level, confidence, source, valid
// from, valid to, documents, places); the number of other names, the columns
// code and name, and a byte each that is 1 for a former name. Numbers are
// varints; a string follows its length; a column is a string of lines.
func decodeList(scheme, raw string) (*list, error) {
	in := reader{rest: raw}
	l := &list{scheme: scheme}
	for _, label := range in.table() {
		begin := 0
		for i := 0; i < len(label) && i < 4; i++ {
			begin = begin*10 + int(label[i]-'0')
		}
		l.editions = append(l.editions, edition{label, begin})
	}
	l.levels, l.confidences, l.sources = in.table(), in.table(), in.table()
	l.rows = make([]row, in.count())
	codes, parents, names := in.string(), in.string(), in.string()
	for i := range l.rows {
		r := &l.rows[i]
		r.code, codes = cutLine(codes)
		r.parent, parents = cutLine(parents)
		r.name, names = cutLine(names)
		r.edition = uint8(in.below(len(l.editions)))
		r.level = uint8(in.below(len(l.levels)))
		r.confidence = uint8(in.below(len(l.confidences)))
		r.source = uint16(in.below(len(l.sources)))
		r.from, r.to = uint16(in.count()), uint16(in.count())
		r.documents, r.places = uint16(in.count()), uint16(in.count())
	}
	l.names = make([]alias, in.count())
	codes, names = in.string(), in.string()
	for i := range l.names {
		a := &l.names[i]
		a.code, codes = cutLine(codes)
		a.name, names = cutLine(names)
		a.historic = in.below(2) == 1
	}
	if in.failed || in.rest != "" {
		return nil, errDamaged
	}
	l.sortEditions()
	l.byName = sync.OnceValue(l.indexNames)
	return l, nil
}

// sortEditions puts the editions in the order of time. The rows of a code come
// in the order of the labels, which is the same.
func (l *list) sortEditions() {
	sorted := slices.Clone(l.editions)
	slices.SortFunc(sorted, func(a, b edition) int { return strings.Compare(a.label, b.label) })
	place := make([]uint8, len(l.editions))
	for i, edition := range l.editions {
		place[i] = uint8(slices.Index(sorted, edition))
	}
	for i := range l.rows {
		l.rows[i].edition = place[l.rows[i].edition]
	}
	l.editions = sorted
}

func cutLine(lines string) (line, rest string) {
	line, rest, _ = strings.Cut(lines, "\n")
	return line, rest
}

// reader takes values off a string; once it has failed it gives zeros.
type reader struct {
	rest   string
	failed bool
}

func (in *reader) fail() {
	in.failed, in.rest = true, ""
}

// count reads a number that can be a size or count within the rest of a file
// of a few megabytes.
func (in *reader) count() int {
	const largest = 1 << 24
	value, shift := 0, 0
	for i := 0; i < len(in.rest) && value < largest && shift < 28; i++ {
		value |= int(in.rest[i]&0x7f) << shift
		shift += 7
		if in.rest[i] < 0x80 {
			in.rest = in.rest[i+1:]
			return value
		}
	}
	in.fail()
	return 0
}

// below reads an index into a table.
func (in *reader) below(size int) int {
	value := in.count()
	if value >= size {
		in.fail()
		return 0
	}
	return value
}

func (in *reader) take(size int) string {
	if size > len(in.rest) {
		in.fail()
		return ""
	}
	taken := in.rest[:size]
	in.rest = in.rest[size:]
	return taken
}

func (in *reader) string() string { return in.take(in.count()) }

func (in *reader) table() []string {
	var texts []string
	for range in.count() {
		if in.failed {
			return nil
		}
		texts = append(texts, in.string())
	}
	return texts
}
