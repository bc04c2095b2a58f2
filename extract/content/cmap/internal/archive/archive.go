// Package archive is the file format in which the predefined CMaps are embedded: a directory of names, then one
// compressed block for each map, so that the first use of a map pays for that map alone.
//
// A block holds sorted lists of spans. Its numbers are written as differences, one column at a time (starts, widths,
// values): the columns are nearly constant in a CMap, and the compressor sees that only when they stand apart.
package archive

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// LongestCode is the greatest number of bytes in a character code (Adobe Technical Note #5014).
const LongestCode = 4

// Unmapped as a span's value says that a derived map lacks codes which the map it derives from has.
const Unmapped = ^uint32(0)

// StringValue marks a text span's value as an index into the map's Strings; other text values are code points.
const StringValue = uint32(1) << 31

// Span maps the codes Low to High, both included, to Value, Value+1, …
type Span struct {
	Low, High, Value uint32
}

// Codespace is a range of valid codes of Length bytes; each byte lies between the bytes of Low and High at its place.
type Codespace struct {
	Length    int
	Low, High uint32
}

// Transcoding says how a code of a derived map becomes a code of the map it derives from.
type Transcoding byte

// The encoding forms of Unicode in which the same map is published.
const (
	SameCode Transcoding = iota
	UTF16
	UTF8
)

// Map is the content of one CMap. Lists indexed by a code's length less one are sorted and free of overlaps.
type Map struct {
	Vertical    bool
	Parent      string // the map to ask for codes that this one leaves open, "" for none
	Transcoding Transcoding
	Codespaces  []Codespace
	CIDs        [LongestCode][]Span
	Undefined   [LongestCode][]Span // notdef ranges; each code of a span has the same CID
	Texts       [LongestCode][]Span
	Strings     []string
}

// Archive reads maps from the bytes that Write made.
type Archive struct {
	blocks  map[string]block
	decoder func() (*zstd.Decoder, error)
}

// block is a compressed map; size is its length in bytes once decompressed.
type block struct {
	data string
	size int
}

var errDamaged = errors.New("archive: damaged")

// Write encodes maps under names, in the order of names.
func Write(names []string, maps map[string]Map) ([]byte, error) {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderCRC(false),
		zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	directory := binary.AppendUvarint(nil, uint64(len(names)))
	var blocks []byte
	for _, name := range names {
		plain := encode(maps[name])
		compressed := encoder.EncodeAll(plain, nil)
		directory = appendString(directory, name)
		directory = binary.AppendUvarint(directory, uint64(len(compressed)))
		directory = binary.AppendUvarint(directory, uint64(len(plain)))
		blocks = append(blocks, compressed...)
	}
	return append(directory, blocks...), encoder.Close()
}

// largestMap bounds what a damaged directory can make us reserve, in bytes; real maps have a tenth of it.
const largestMap = 1 << 20

// Open reads the directory.
func Open(data string) (*Archive, error) {
	in := &reader{data: data}
	count := in.count()
	names, compressed, plain := make([]string, count), make([]int, count), make([]int, count)
	for i := range names {
		names[i], compressed[i], plain[i] = in.string(), int(in.uvarint()), int(in.uvarint())
	}
	archive := &Archive{
		blocks: make(map[string]block, count),
		decoder: sync.OnceValues(func() (*zstd.Decoder, error) {
			return zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
		}),
	}
	for i, name := range names {
		archive.blocks[name] = block{data: in.take(compressed[i]), size: min(plain[i], largestMap)}
	}
	return archive, in.err
}

// Names lists the maps in no particular order.
func (a *Archive) Names() []string {
	names := make([]string, 0, len(a.blocks))
	for name := range a.blocks {
		names = append(names, name)
	}
	return names
}

// Load decodes one map. It may be called by several goroutines.
func (a *Archive) Load(name string) (Map, error) {
	found, ok := a.blocks[name]
	if !ok {
		return Map{}, fmt.Errorf("archive: no map %q", name)
	}
	decoder, err := a.decoder()
	if err != nil {
		return Map{}, fmt.Errorf("archive: %w", err)
	}
	plain, err := decoder.DecodeAll([]byte(found.data), make([]byte, 0, found.size))
	if err != nil {
		return Map{}, fmt.Errorf("archive: %s: %w", name, err)
	}
	return decode(string(plain))
}

func encode(m Map) []byte {
	vertical := byte(0)
	if m.Vertical {
		vertical = 1
	}
	out := []byte{vertical, byte(m.Transcoding)}
	out = appendString(out, m.Parent)
	out = binary.AppendUvarint(out, uint64(len(m.Codespaces)))
	for _, space := range m.Codespaces {
		out = binary.AppendUvarint(out, uint64(space.Length))
		out = binary.AppendUvarint(out, uint64(space.Low))
		out = binary.AppendUvarint(out, uint64(space.High))
	}
	for _, lists := range [][LongestCode][]Span{m.CIDs, m.Undefined, m.Texts} {
		for _, spans := range lists {
			out = appendSpans(out, spans)
		}
	}
	out = binary.AppendUvarint(out, uint64(len(m.Strings)))
	for _, text := range m.Strings {
		out = appendString(out, text)
	}
	return out
}

func decode(plain string) (Map, error) {
	in := &reader{data: plain}
	m := Map{Vertical: in.byte() == 1, Transcoding: Transcoding(in.byte()), Parent: in.string()}
	m.Codespaces = make([]Codespace, in.count())
	for i := range m.Codespaces {
		m.Codespaces[i] = Codespace{Length: int(in.uvarint()), Low: uint32(in.uvarint()), High: uint32(in.uvarint())}
	}
	for _, lists := range []*[LongestCode][]Span{&m.CIDs, &m.Undefined, &m.Texts} {
		for i := range lists {
			lists[i] = in.spans()
		}
	}
	m.Strings = make([]string, in.count())
	for i := range m.Strings {
		m.Strings[i] = in.string()
	}
	return m, in.err
}

func appendString(out []byte, text string) []byte {
	return append(binary.AppendUvarint(out, uint64(len(text))), text...)
}

func appendSpans(out []byte, spans []Span) []byte {
	out = binary.AppendUvarint(out, uint64(len(spans)))
	for _, span := range spans {
		out = binary.AppendUvarint(out, uint64(span.High-span.Low))
	}
	next := uint32(0)
	for _, span := range spans {
		out = binary.AppendUvarint(out, uint64(span.Low-next))
		next = span.High + 1
	}
	expected := uint32(0)
	for _, span := range spans {
		out = binary.AppendVarint(out, int64(int32(span.Value-expected)))
		expected = span.Value + (span.High - span.Low) + 1
	}
	return out
}

// reader takes numbers off the front of data; after the first error all it gives is zero.
type reader struct {
	data string
	err  error
}

func (r *reader) fail() {
	r.err, r.data = errDamaged, ""
}

func (r *reader) byte() byte {
	if r.data == "" {
		r.fail()
		return 0
	}
	first := r.data[0]
	r.data = r.data[1:]
	return first
}

func (r *reader) uvarint() uint64 {
	if r.data != "" && r.data[0] < 0x80 {
		value := r.data[0]
		r.data = r.data[1:]
		return uint64(value)
	}
	value := uint64(0)
	for i := 0; i < len(r.data) && i < binary.MaxVarintLen64; i++ {
		value |= uint64(r.data[i]&0x7f) << (7 * i)
		if r.data[i] < 0x80 {
			r.data = r.data[i+1:]
			return value
		}
	}
	r.fail()
	return 0
}

func (r *reader) varint() int64 {
	value := r.uvarint()
	return int64(value>>1) ^ -int64(value&1)
}

// count reads the length of a list, each of whose elements takes at least one byte.
func (r *reader) count() int {
	n := r.uvarint()
	if n > uint64(len(r.data)) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) take(n int) string {
	if n < 0 || n > len(r.data) {
		r.fail()
		return ""
	}
	head := r.data[:n]
	r.data = r.data[n:]
	return head
}

func (r *reader) string() string {
	return r.take(r.count())
}

// spans reads what appendSpans wrote. Until the starts are known, High holds the width.
func (r *reader) spans() []Span {
	count := r.count()
	if count == 0 {
		return nil
	}
	spans := make([]Span, count)
	for i := range spans {
		spans[i].High = uint32(r.uvarint())
	}
	next := uint32(0)
	for i := range spans {
		spans[i].Low = next + uint32(r.uvarint())
		spans[i].High += spans[i].Low
		next = spans[i].High + 1
	}
	expected := uint32(0)
	for i := range spans {
		spans[i].Value = expected + uint32(r.varint())
		expected = spans[i].Value + (spans[i].High - spans[i].Low) + 1
	}
	return spans
}
