package export

import (
	"encoding/binary"
	"fmt"
	"io"
	"math/big"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"gongkai/normalize"
)

// The schema, the footer and the run-length encoding are parquet-go's. The columns
// are filled by the leaf type of parquet_leaf.go: the rows of a document repeat most
// of their values, and a leaf sees that before anything is hashed or copied. The
// library's ColumnWriter cannot, and took more than twice as long.

const (
	// rowGroupRows bounds a row group, and with it the writer's memory.
	rowGroupRows = 128 << 10
	// chunkRows is how many rows go to a column at once.
	chunkRows = 4096

	parquetMagic = "PAR1"
)

// orderedGroup is a group whose fields keep their order; parquet.Group sorts them.
type orderedGroup struct {
	parquet.Group
	fields []parquet.Field
}

func (g *orderedGroup) Fields() []parquet.Field { return g.fields }

func (g *orderedGroup) add(name string, node parquet.Node) {
	g.Group[name] = node
	g.fields = append(g.fields, parquet.Group{name: node}.Fields()...)
}

func newOrderedGroup() *orderedGroup { return &orderedGroup{Group: parquet.Group{}} }

// parquetSchema has the columns in the order of the CSV file.
func parquetSchema(dataset *Dataset) *parquet.Schema {
	root := newOrderedGroup()
	for i := range dataset.Columns {
		root.add(dataset.Columns[i].Name, dataset.Columns[i].node())
	}
	return parquet.NewSchema(dataset.Name, root)
}

func (c *Column) node() parquet.Node {
	var node parquet.Node
	switch c.Kind {
	case TextList:
		return parquet.List(parquet.String())
	case IntegerList:
		return parquet.List(parquet.Int(64))
	case BoxList:
		box := newOrderedGroup()
		box.add("page", parquet.Int(64))
		for _, edge := range boxEdges {
			box.add(edge, parquet.Optional(parquet.Leaf(parquet.DoubleType)))
		}
		return parquet.List(box)
	case Text:
		node = parquet.String()
	case Integer:
		node = parquet.Int(64)
	case Boolean:
		node = parquet.Leaf(parquet.BooleanType)
	case Number:
		node = parquet.Leaf(parquet.DoubleType)
	case Decimal:
		physical := parquet.Int64Type
		if c.Precision > smallDigits {
			physical = parquet.FixedLenByteArrayType(decimalWidth(c.Precision))
		}
		node = parquet.Decimal(c.Scale, c.Precision, physical)
	}
	if !c.Required {
		node = parquet.Optional(node)
	}
	return node
}

// leaves are the columns of the file that hold the column's values.
func (c *Column) leaves() []*leaf {
	one := leaf{path: []string{c.Name}, dictionary: c.Repeats}
	if !c.Required {
		one.maxDefinition = 1
	}
	switch c.Kind {
	case TextList, IntegerList:
		one.path = append(one.path, "list", "element")
		one.maxRepetition, one.maxDefinition, one.dictionary = 1, 1, true
		one.physical = format.ByteArray
		if c.Kind == IntegerList {
			one.physical = format.Int64
		}
	case BoxList:
		page := leaf{path: []string{c.Name, "list", "element", "page"}, physical: format.Int64, dictionary: true, maxRepetition: 1, maxDefinition: 1}
		all := []*leaf{&page}
		for _, edge := range boxEdges {
			all = append(all, &leaf{path: []string{c.Name, "list", "element", edge}, physical: format.Double, dictionary: true, maxRepetition: 1, maxDefinition: 2})
		}
		return all
	case Text:
		one.physical = format.ByteArray
		one.unbounded = !c.Repeats && !c.Unique // long texts: nobody looks for a range of them
	case Integer:
		one.physical, one.dictionary = format.Int64, true
	case Boolean:
		one.physical = format.Boolean
	case Number:
		one.physical, one.dictionary = format.Double, true
	case Decimal:
		one.physical = format.Int64
		if c.Precision > smallDigits {
			one.physical = format.FixedLenByteArray
		}
	}
	return []*leaf{&one}
}

// parquetWriter writes the rows of one dataset, column by column.
type parquetWriter[R any] struct {
	out        io.Writer
	offset     int64 // bytes written
	columns    []column[R]
	leaves     [][]*leaf // of each column
	compressor *zstd.Encoder
	footer     format.FileMetaData
	inGroup    int                                // rows in the open row group
	order      thrift.Slice[format.SortingColumn] // of the rows
}

// orderColumn is what all rows that come from documents are in order of.
const orderColumn = "document_id"

// newCompressor makes what compresses the pages of any number of writers. The
// fastest level: dictionaries have taken most of the repetition already, and the
// default level makes the whole writer a fifth slower.
func newCompressor() (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithWindowSize(2*pageBytes),
		zstd.WithEncoderCRC(false), zstd.WithZeroFrames(true))
}

func newParquetWriter[R any](out io.Writer, compressor *zstd.Encoder, dataset *Dataset, columns []column[R]) (*parquetWriter[R], error) {
	footer, err := parquetFooter(dataset)
	if err != nil {
		return nil, err
	}
	w := &parquetWriter[R]{out: out, columns: columns, compressor: compressor, footer: *footer}
	place := 0 // of the column's first leaf
	for i := range columns {
		w.leaves = append(w.leaves, columns[i].leaves())
		if columns[i].Name == orderColumn {
			w.order = append(w.order, format.SortingColumn{ColumnIdx: int32(place)})
		}
		place += len(w.leaves[i])
	}
	return w, w.put([]byte(parquetMagic))
}

// parquetFooter is the footer of a file without rows, as the library writes it.
func parquetFooter(dataset *Dataset) (*format.FileMetaData, error) {
	empty := parquet.NewWriter(io.Discard,
		parquetSchema(dataset),
		parquet.CreatedBy(programName, SchemaVersion, ""),
		parquet.KeyValueMetadata("dataset", dataset.Name),
		parquet.KeyValueMetadata("schema_version", SchemaVersion),
		parquet.KeyValueMetadata("datapackage", packageName),
	)
	if err := empty.Close(); err != nil {
		return nil, fmt.Errorf("parquet schema of %s: %w", dataset.Name, err)
	}
	return empty.File().Metadata(), nil
}

func (w *parquetWriter[R]) put(data []byte) error {
	n, err := w.out.Write(data)
	w.offset += int64(n)
	return err
}

func (w *parquetWriter[R]) write(rows []R) error {
	for len(rows) > 0 {
		chunk := rows[:min(len(rows), chunkRows)]
		rows = rows[len(chunk):]
		if w.inGroup+len(chunk) > rowGroupRows {
			if err := w.endGroup(); err != nil {
				return err
			}
		}
		w.inGroup += len(chunk)
		for i := range w.columns {
			w.columns[i].fill(w.leaves[i], chunk)
			for _, l := range w.leaves[i] {
				if err := l.endChunk(w.compressor); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// endGroup writes the open row group.
func (w *parquetWriter[R]) endGroup() error {
	if w.inGroup == 0 {
		return nil
	}
	group := format.RowGroup{NumRows: int64(w.inGroup), FileOffset: w.offset, Ordinal: int16(len(w.footer.RowGroups)), SortingColumns: w.order}
	for _, leaves := range w.leaves {
		for _, l := range leaves {
			chunk, err := l.endGroup(w.compressor, w.offset)
			if err != nil {
				return err
			}
			if err := w.put(l.dictionaryPage); err != nil {
				return err
			}
			if err := w.put(l.pages); err != nil {
				return err
			}
			l.reset()
			group.Columns = append(group.Columns, chunk)
			group.TotalByteSize += chunk.MetaData.TotalUncompressedSize
			group.TotalCompressedSize += chunk.MetaData.TotalCompressedSize
		}
	}
	w.footer.RowGroups = append(w.footer.RowGroups, group)
	w.footer.NumRows += group.NumRows
	w.inGroup = 0
	return nil
}

func (w *parquetWriter[R]) close() error {
	if err := w.endGroup(); err != nil {
		return err
	}
	footer, err := thrift.Marshal(new(thrift.CompactProtocol), &w.footer)
	if err != nil {
		return fmt.Errorf("parquet footer: %w", err)
	}
	footer = binary.LittleEndian.AppendUint32(footer, uint32(len(footer)))
	return w.put(append(footer, parquetMagic...))
}

// fill appends the column's values of the rows to its leaves.
func (c *column[R]) fill(leaves []*leaf, rows []R) {
	l := leaves[0]
	switch c.Kind {
	case Text:
		for r := range rows {
			if v := c.text(&rows[r]); v != "" || c.Required {
				l.level(1)
				l.text(v)
			} else {
				l.null()
			}
		}
	case Integer:
		for r := range rows {
			if v := c.integer(&rows[r]); v != 0 || !c.zeroIsMissing {
				l.level(1)
				l.integer(v)
			} else {
				l.null()
			}
		}
	case Boolean:
		for r := range rows {
			if c.known == nil || c.known(&rows[r]) {
				l.level(1)
				l.boolean(c.boolean(&rows[r]))
			} else {
				l.null()
			}
		}
	case Number:
		for r := range rows {
			if n, ok := hundredths(c.number(&rows[r])); ok {
				l.level(1)
				l.number(float64(n) / 100)
			} else {
				l.null()
			}
		}
	case Decimal:
		c.fillDecimals(l, rows)
	case TextList:
		for r := range rows {
			fillList(l, c.texts(&rows[r]), (*leaf).text)
		}
	case IntegerList:
		for r := range rows {
			fillList(l, c.ints(&rows[r]), func(l *leaf, v int) { l.integer(int64(v)) })
		}
	case BoxList:
		for r := range rows {
			boxes := c.boxes(&rows[r])
			fillList(l, boxes, func(l *leaf, b normalize.PageBox) { l.integer(int64(b.Page)) })
			for edge, l := range leaves[1:] {
				fillBoxEdge(l, boxes, edge)
			}
		}
	}
}

func (c *column[R]) fillDecimals(l *leaf, rows []R) {
	wide := make([]byte, decimalWidth(c.Precision))
	for r := range rows {
		small, large, ok := unscaled(c.decimal(&rows[r]), c.Precision, c.Scale)
		switch {
		case !ok:
			l.null()
			continue
		case l.physical == format.Int64:
			l.level(1)
			l.integer(small)
		default:
			fillTwosComplement(wide, small, large)
			l.level(1)
			l.fixed(wide)
		}
	}
}

// fillList appends one row of a LIST of required elements.
func fillList[T any](l *leaf, list []T, value func(*leaf, T)) {
	if len(list) == 0 {
		l.listLevels(0, 0)
		return
	}
	for i, element := range list {
		l.listLevels(min(i, 1), 1)
		value(l, element)
	}
}

// fillBoxEdge is fillList for an edge, which is optional in its box.
func fillBoxEdge(l *leaf, boxes []normalize.PageBox, edge int) {
	if len(boxes) == 0 {
		l.listLevels(0, 0)
		return
	}
	for i, b := range boxes {
		n, ok := hundredths([...]float64{b.Box.X0, b.Box.Y0, b.Box.X1, b.Box.Y1}[edge])
		if !ok {
			l.listLevels(min(i, 1), 1)
			continue
		}
		l.listLevels(min(i, 1), 2)
		l.number(float64(n) / 100)
	}
}

// decimalWidth is the least number of bytes that holds so many digits and a sign.
func decimalWidth(precision int) int {
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(precision)), nil)
	return limit.BitLen()/8 + 1
}

// fillTwosComplement fills dst with large, or with small when large is nil,
// big-endian.
func fillTwosComplement(dst []byte, small int64, large *big.Int) {
	if large == nil {
		for i := len(dst) - 1; i >= 0; i-- {
			dst[i] = byte(small)
			small >>= 8 // keeps the sign
		}
		return
	}
	if large.Sign() < 0 {
		large = new(big.Int).Add(large, new(big.Int).Lsh(big.NewInt(1), uint(8*len(dst))))
	}
	large.FillBytes(dst)
}
