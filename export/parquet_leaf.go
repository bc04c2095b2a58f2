package export

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"math/bits"
	"strings"
	"unsafe"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/encoding/rle"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

const (
	// pageValues and pageBytes are the sizes at which a page is closed.
	pageValues = 20_000
	pageBytes  = 256 << 10
	// maxDictionary is the size in bytes at which a leaf that repeats less than
	// expected gives up its dictionary for the rest of the row group.
	maxDictionary = 1 << 20
	// maxBound is the longest text kept as a bound of a row group, in bytes.
	maxBound = 64
	// recentSlots is the number of values whose place in the dictionary is known
	// without hashing them.
	recentSlots = 1 << recentBits
	recentBits  = 9
)

// leaf is one column of a Parquet file: the open page, the dictionary and the
// closed pages of the open row group. Values come after their levels.
type leaf struct {
	path          []string
	physical      format.Type
	maxRepetition int
	maxDefinition int
	dictionary    bool // values repeat: pages hold places in a dictionary
	unbounded     bool // without minimum and maximum

	// the open page
	repetitions []byte
	definitions []byte
	places      []int32 // in the dictionary
	plain       []byte  // values, when there is no dictionary
	values      int     // with nulls
	booleans    int

	// the text before, whose place is known without looking at its letters
	last      string
	lastPlace int32 // plus one

	// the dictionary
	entries      []byte // PLAIN
	entryCount   int32
	texts        []string // by place
	textPlaces   map[string]int32
	numberPlaces map[uint64]int32
	recentTexts  [recentSlots]recentText
	recentNumber [recentSlots]recentNumber
	full         bool // given up until the row group ends

	// the row group
	pages          []byte
	dictionaryPage []byte
	plainPages     bool
	valueCount     int64
	nullCount      int64
	uncompressed   int64
	bounds         bounds

	scratch, compressed []byte
}

type recentText struct {
	text  string
	place int32 // plus one, so that zero is an empty slot
}

type recentNumber struct {
	bits  uint64
	place int32 // plus one
}

// null appends a missing value of a column that is no list.
func (l *leaf) null() {
	l.definitions = append(l.definitions, 0)
	l.values++
	l.nullCount++
}

// level goes before a value of a column that is no list.
func (l *leaf) level(definition byte) {
	if l.maxDefinition > 0 {
		l.definitions = append(l.definitions, definition)
	}
	l.values++
}

// listLevels goes before each element of a list, and stands alone for an empty
// list or a missing part of an element.
func (l *leaf) listLevels(repetition, definition int) {
	l.repetitions = append(l.repetitions, byte(repetition))
	l.definitions = append(l.definitions, byte(definition))
	l.values++
	if definition < l.maxDefinition {
		l.nullCount++
	}
}

func (l *leaf) text(v string) {
	if !l.dictionary || l.full {
		l.plain = appendPlainText(l.plain, v)
		if !l.unbounded {
			l.bounds.text(v)
		}
		return
	}
	// Rows of one batch share the memory of equal texts: the same address is the same
	// text, and a text's address picks its slot.
	if l.lastPlace != 0 && len(v) == len(l.last) && unsafe.StringData(v) == unsafe.StringData(l.last) {
		l.places = append(l.places, l.lastPlace-1)
		return
	}
	address := uint64(uintptr(unsafe.Pointer(unsafe.StringData(v))))
	slot := &l.recentTexts[spread(address^uint64(len(v)))]
	if slot.place == 0 || slot.text != v {
		place, known := l.textPlaces[v]
		if !known {
			place = l.entryCount
			l.entryCount++
			if l.textPlaces == nil {
				l.textPlaces = make(map[string]int32)
			}
			// A copy: the text itself would keep its whole batch in memory.
			l.texts = append(l.texts, strings.Clone(v))
			l.textPlaces[l.texts[place]] = place
			l.entries = appendPlainText(l.entries, v)
			l.bounds.text(v)
		}
		*slot = recentText{l.texts[place], place + 1}
	}
	l.last, l.lastPlace = v, slot.place
	l.places = append(l.places, slot.place-1)
}

func (l *leaf) integer(v int64) {
	if !l.dictionary || l.full {
		l.plain = binary.LittleEndian.AppendUint64(l.plain, uint64(v))
		l.bounds.integer(v)
		return
	}
	place, isNew := l.placeOf(uint64(v))
	if isNew {
		l.bounds.integer(v)
	}
	l.places = append(l.places, place)
}

func (l *leaf) number(v float64) {
	if !l.dictionary || l.full {
		l.plain = binary.LittleEndian.AppendUint64(l.plain, math.Float64bits(v))
		l.bounds.number(v)
		return
	}
	place, isNew := l.placeOf(math.Float64bits(v))
	if isNew {
		l.bounds.number(v)
	}
	l.places = append(l.places, place)
}

// placeOf finds or makes the dictionary entry of eight bytes.
func (l *leaf) placeOf(v uint64) (place int32, isNew bool) {
	slot := &l.recentNumber[spread(v)]
	if slot.place != 0 && slot.bits == v {
		return slot.place - 1, false
	}
	place, known := l.numberPlaces[v]
	if !known {
		place = l.entryCount
		l.entryCount++
		if l.numberPlaces == nil {
			l.numberPlaces = make(map[uint64]int32)
		}
		l.numberPlaces[v] = place
		l.entries = binary.LittleEndian.AppendUint64(l.entries, v)
	}
	*slot = recentNumber{v, place + 1}
	return place, !known
}

// spread turns a number into a slot: the upper bits of a Fibonacci hash.
func spread(v uint64) int {
	const golden = 0x9E3779B97F4A7C15
	return int(v * golden >> (64 - recentBits))
}

func (l *leaf) boolean(v bool) {
	if l.booleans%8 == 0 {
		l.plain = append(l.plain, 0)
	}
	if v {
		l.plain[len(l.plain)-1] |= 1 << (l.booleans % 8)
	}
	l.booleans++
}

// fixed appends a decimal of fixed width, big-endian.
func (l *leaf) fixed(v []byte) {
	l.plain = append(l.plain, v...)
	l.bounds.fixed(v)
}

func appendPlainText(dst []byte, v string) []byte {
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(v)))
	return append(dst, v...)
}

// endChunk closes the page when it is large enough, and gives up a dictionary
// that is too large. It lets go of the rows' memory.
func (l *leaf) endChunk(compressor *zstd.Encoder) error {
	l.last, l.lastPlace = "", 0
	tooLarge := l.dictionary && !l.full && len(l.entries) > maxDictionary
	if l.values < pageValues && len(l.plain) < pageBytes && !tooLarge {
		return nil
	}
	err := l.endPage(compressor)
	l.full = l.full || tooLarge
	return err
}

func (l *leaf) endPage(compressor *zstd.Encoder) error {
	if l.values == 0 {
		return nil
	}
	var err error
	l.scratch = l.scratch[:0]
	if l.maxRepetition > 0 {
		if l.scratch, err = appendLevels(l.scratch, l.repetitions, l.maxRepetition); err != nil {
			return err
		}
	}
	if l.maxDefinition > 0 {
		if l.scratch, err = appendLevels(l.scratch, l.definitions, l.maxDefinition); err != nil {
			return err
		}
	}
	header := format.DataPageHeader{
		NumValues: int32(l.values), Encoding: format.Plain,
		DefinitionLevelEncoding: format.RLE, RepetitionLevelEncoding: format.RLE,
	}
	if l.dictionary && !l.full {
		header.Encoding = format.RLEDictionary
		width := max(1, bits.Len32(uint32(max(0, l.entryCount-1))))
		l.scratch = append(l.scratch, byte(width))
		if l.scratch, err = appendRuns(l.scratch, &rle.Encoding{BitWidth: width}, (*rle.Encoding).EncodeInt32, l.places); err != nil {
			return err
		}
	} else {
		l.plainPages = true
		l.scratch = append(l.scratch, l.plain...)
	}
	page := format.PageHeader{Type: format.DataPage, DataPageHeader: thrift.New(header)}
	if l.pages, err = l.appendPage(l.pages, &page, l.scratch, compressor); err != nil {
		return err
	}
	l.valueCount += int64(l.values)
	l.repetitions, l.definitions, l.places, l.plain = l.repetitions[:0], l.definitions[:0], l.places[:0], l.plain[:0]
	l.values, l.booleans = 0, 0
	return nil
}

// appendLevels appends levels as data pages of version 1 have them: length, then runs.
func appendLevels(dst, levels []byte, highest int) ([]byte, error) {
	start := len(dst)
	dst = append(dst, 0, 0, 0, 0)
	dst, err := appendRuns(dst, &rle.Encoding{BitWidth: bits.Len(uint(highest))}, (*rle.Encoding).EncodeLevels, levels)
	if err == nil {
		binary.LittleEndian.PutUint32(dst[start:], uint32(len(dst)-start-4))
	}
	return dst, err
}

// appendRuns appends what the library's run-length encoder makes of the values;
// the encoder itself overwrites its destination.
func appendRuns[T any](dst []byte, encoding *rle.Encoding, encode func(*rle.Encoding, []byte, []T) ([]byte, error), values []T) ([]byte, error) {
	runs, err := encode(encoding, dst[len(dst):], values)
	return append(dst, runs...), err
}

// appendPage appends a page with its header to dst.
func (l *leaf) appendPage(dst []byte, header *format.PageHeader, content []byte, compressor *zstd.Encoder) ([]byte, error) {
	l.compressed = compressor.EncodeAll(content, l.compressed[:0])
	header.UncompressedPageSize = int32(len(content))
	header.CompressedPageSize = int32(len(l.compressed))
	header.CRC = int32(crc32.ChecksumIEEE(l.compressed))
	encoded, err := thrift.Marshal(new(thrift.CompactProtocol), header)
	if err != nil {
		return dst, fmt.Errorf("parquet page of %v: %w", l.path, err)
	}
	l.uncompressed += int64(len(encoded) + len(content))
	dst = append(dst, encoded...)
	return append(dst, l.compressed...), nil
}

// endGroup closes the row group; dictionaryPage and then pages go to the file at offset.
func (l *leaf) endGroup(compressor *zstd.Encoder, offset int64) (chunk format.ColumnChunk, err error) {
	if err := l.endPage(compressor); err != nil {
		return chunk, err
	}
	meta := &chunk.MetaData
	*meta = format.ColumnMetaData{
		Type: l.physical, PathInSchema: l.path, Codec: format.Zstd, Encoding: []format.Encoding{format.RLE},
		DataPageOffset: offset,
	}
	if l.plainPages || l.dictionary {
		meta.Encoding = append(meta.Encoding, format.Plain) // entries of a dictionary are plain too
	}
	if l.dictionary {
		header := format.PageHeader{Type: format.DictionaryPage,
			DictionaryPageHeader: thrift.New(format.DictionaryPageHeader{NumValues: l.entryCount, Encoding: format.Plain})}
		if l.dictionaryPage, err = l.appendPage(l.dictionaryPage, &header, l.entries, compressor); err != nil {
			return chunk, err
		}
		meta.Encoding = append(meta.Encoding, format.RLEDictionary)
		meta.DictionaryPageOffset = offset
		meta.DataPageOffset += int64(len(l.dictionaryPage))
	}
	meta.NumValues = l.valueCount
	meta.TotalUncompressedSize = l.uncompressed
	meta.TotalCompressedSize = int64(len(l.dictionaryPage) + len(l.pages))
	meta.Statistics = format.Statistics{NullCount: l.nullCount}
	if !l.unbounded {
		meta.Statistics.MinValue, meta.Statistics.MaxValue = l.bounds.encoded(l.physical)
	}
	chunk.FileOffset = offset
	return chunk, nil
}

// reset makes the leaf ready for the next row group; its buffers stay.
func (l *leaf) reset() {
	l.entries, l.pages, l.dictionaryPage = l.entries[:0], l.pages[:0], l.dictionaryPage[:0]
	l.entryCount, l.full, l.plainPages = 0, false, false
	clear(l.texts)
	l.texts = l.texts[:0]
	clear(l.textPlaces)
	clear(l.numberPlaces)
	l.recentTexts, l.recentNumber = [recentSlots]recentText{}, [recentSlots]recentNumber{}
	l.valueCount, l.nullCount, l.uncompressed = 0, 0, 0
	l.bounds.any = false
}

// bounds are the least and the greatest value of a row group.
type bounds struct {
	any         bool
	low, high   []byte // texts, or decimals of fixed width with the sign bit turned
	lowInteger  int64
	highInteger int64
	lowNumber   float64
	highNumber  float64
}

func (b *bounds) text(v string) {
	if !b.any || v < string(b.low) {
		b.low = append(b.low[:0], v...)
	}
	if !b.any || v > string(b.high) {
		b.high = append(b.high[:0], v...)
	}
	b.any = true
}

func (b *bounds) integer(v int64) {
	if !b.any {
		b.any, b.lowInteger, b.highInteger = true, v, v
	}
	b.lowInteger, b.highInteger = min(b.lowInteger, v), max(b.highInteger, v)
}

func (b *bounds) number(v float64) {
	if !b.any {
		b.any, b.lowNumber, b.highNumber = true, v, v
	}
	b.lowNumber, b.highNumber = min(b.lowNumber, v), max(b.highNumber, v)
}

// fixed compares two's complement numbers: with the sign bit turned they are in
// order of bytes.
func (b *bounds) fixed(v []byte) {
	v[0] ^= 0x80
	if !b.any || bytes.Compare(v, b.low) < 0 {
		b.low = append(b.low[:0], v...)
	}
	if !b.any || bytes.Compare(v, b.high) > 0 {
		b.high = append(b.high[:0], v...)
	}
	b.any = true
	v[0] ^= 0x80
}

// encoded gives the bounds as statistics have them, nil when there are none.
func (b *bounds) encoded(physical format.Type) (low, high []byte) {
	if !b.any {
		return nil, nil
	}
	switch physical {
	case format.Int64:
		return binary.LittleEndian.AppendUint64(nil, uint64(b.lowInteger)), binary.LittleEndian.AppendUint64(nil, uint64(b.highInteger))
	case format.Double:
		return binary.LittleEndian.AppendUint64(nil, math.Float64bits(b.lowNumber)), binary.LittleEndian.AppendUint64(nil, math.Float64bits(b.highNumber))
	case format.FixedLenByteArray:
		low, high = bytes.Clone(b.low), bytes.Clone(b.high)
		low[0] ^= 0x80
		high[0] ^= 0x80
		return low, high
	}
	if max(len(b.low), len(b.high)) > maxBound {
		return nil, nil
	}
	return bytes.Clone(b.low), bytes.Clone(b.high)
}
