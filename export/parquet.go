package export

import (
	"io"
	"math/big"
	"unsafe"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"gongkai/normalize"
)

const (
	// rowGroupRows bounds a row group, and with it the writer's memory.
	rowGroupRows = 128 << 10
	// chunkRows is how many rows go to a column at once.
	chunkRows = 4096
	// pageBytes is the size at which a column's page is closed.
	pageBytes = 256 << 10
	// maxDictionary is the size at which a column that repeats less than expected
	// gives up its dictionary for the rest of the row group.
	maxDictionary = 1 << 20
)

// parquetCompression is zstd at its fastest level: dictionaries have taken most
// of the repetition already, and the default level costs half as much again in
// time for a few per cent of size.
func parquetCompression() *zstd.Codec { return &zstd.Codec{Level: zstd.SpeedFastest} }

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
		return parquet.List(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
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
		if c.Repeats {
			node = parquet.Encoded(node, &parquet.RLEDictionary)
		}
	case Integer:
		node = parquet.Encoded(parquet.Int(64), &parquet.RLEDictionary)
	case Boolean:
		node = parquet.Leaf(parquet.BooleanType)
	case Number:
		node = parquet.Encoded(parquet.Leaf(parquet.DoubleType), &parquet.RLEDictionary)
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

// decimalWidth is the least number of bytes that holds so many digits and a sign.
func decimalWidth(precision int) int {
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(precision)), nil)
	return limit.BitLen()/8 + 1
}

// parquetWriter writes the rows of one dataset, column by column.
type parquetWriter[R any] struct {
	columns []column[R]
	file    *parquet.Writer
	leaves  []*parquet.ColumnWriter
	inGroup int // rows in the open row group

	values []parquet.Value // of one column of one chunk
	wide   []byte          // decimals above 64 bits, as the values need them
}

func newParquetWriter[R any](out io.Writer, dataset *Dataset, columns []column[R]) *parquetWriter[R] {
	file := parquet.NewWriter(out,
		parquetSchema(dataset),
		parquet.Compression(parquetCompression()),
		parquet.PageBufferSize(pageBytes),
		parquet.DictionaryMaxBytes(maxDictionary),
		parquet.CreatedBy(programName, SchemaVersion, ""),
		parquet.KeyValueMetadata("dataset", dataset.Name),
		parquet.KeyValueMetadata("schema_version", SchemaVersion),
		parquet.KeyValueMetadata("datapackage", packageName),
	)
	return &parquetWriter[R]{columns: columns, file: file, leaves: file.ColumnWriters()}
}

func (w *parquetWriter[R]) write(rows []R) error {
	for len(rows) > 0 {
		chunk := rows[:min(len(rows), chunkRows)]
		rows = rows[len(chunk):]
		if w.inGroup+len(chunk) > rowGroupRows {
			if err := w.file.Flush(); err != nil {
				return err
			}
			w.inGroup = 0
		}
		w.inGroup += len(chunk)
		if err := w.writeChunk(chunk); err != nil {
			return err
		}
	}
	return nil
}

func (w *parquetWriter[R]) close() error { return w.file.Close() }

func (w *parquetWriter[R]) writeChunk(rows []R) error {
	leaf := 0
	put := func() error {
		_, err := w.leaves[leaf].WriteRowValues(w.values)
		leaf++
		return err
	}
	for i := range w.columns {
		c := &w.columns[i]
		w.values = w.values[:0]
		switch c.Kind {
		case Text:
			w.fillTexts(c, rows)
		case TextList:
			for r := range rows {
				w.values = appendListValues(w.values, c.texts(&rows[r]), leaf, textValue)
			}
		case IntegerList:
			for r := range rows {
				w.values = appendListValues(w.values, c.ints(&rows[r]), leaf, func(v int) parquet.Value { return parquet.Int64Value(int64(v)) })
			}
		case BoxList:
			for r := range rows {
				w.values = appendListValues(w.values, c.boxes(&rows[r]), leaf, func(b normalize.PageBox) parquet.Value {
					return parquet.Int64Value(int64(b.Page))
				})
			}
			for edge := range boxEdges {
				if err := put(); err != nil {
					return err
				}
				w.fillBoxEdge(c, rows, leaf, edge)
			}
		case Boolean:
			for r := range rows {
				known := c.known == nil || c.known(&rows[r])
				w.add(c, known, parquet.BooleanValue(c.boolean(&rows[r])))
			}
		case Integer:
			for r := range rows {
				v := c.integer(&rows[r])
				w.add(c, v != 0 || !c.zeroIsMissing, parquet.Int64Value(v))
			}
		case Number:
			for r := range rows {
				n, ok := hundredths(c.number(&rows[r]))
				w.add(c, ok, parquet.DoubleValue(float64(n)/100))
			}
		case Decimal:
			w.fillDecimals(c, rows)
		}
		if err := put(); err != nil {
			return err
		}
	}
	return nil
}

// add appends a value of a column that is no list.
func (w *parquetWriter[R]) add(c *column[R], known bool, v parquet.Value) {
	switch {
	case c.Required:
		w.values = append(w.values, v)
	case known:
		w.values = append(w.values, v.Level(0, 1, 0))
	default:
		w.values = append(w.values, parquet.Value{})
	}
}

func (w *parquetWriter[R]) fillTexts(c *column[R], rows []R) {
	for r := range rows {
		v := c.text(&rows[r])
		w.add(c, v != "", textValue(v))
	}
}

// textValue shares the memory of the text, which outlives the call that writes it.
func textValue(v string) parquet.Value {
	return parquet.ByteArrayValue(unsafe.Slice(unsafe.StringData(v), len(v)))
}

func (w *parquetWriter[R]) fillDecimals(c *column[R], rows []R) {
	width := decimalWidth(c.Precision)
	if c.Precision > smallDigits && len(w.wide) < len(rows)*width {
		w.wide = make([]byte, chunkRows*width)
	}
	for r := range rows {
		small, large, ok := unscaled(c.decimal(&rows[r]), c.Precision, c.Scale)
		if c.Precision <= smallDigits {
			w.add(c, ok, parquet.Int64Value(small))
			continue
		}
		digits := w.wide[r*width : (r+1)*width]
		fillTwosComplement(digits, small, large)
		w.add(c, ok, parquet.FixedLenByteArrayValue(digits))
	}
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

// appendListValues appends one row of a LIST column of required elements.
func appendListValues[T any](values []parquet.Value, list []T, leaf int, value func(T) parquet.Value) []parquet.Value {
	if len(list) == 0 {
		return append(values, parquet.Value{})
	}
	repetition := 0
	for _, element := range list {
		values = append(values, value(element).Level(repetition, 1, leaf))
		repetition = 1
	}
	return values
}

// fillBoxEdge is appendListValues for an edge, which is optional in its box.
func (w *parquetWriter[R]) fillBoxEdge(c *column[R], rows []R, leaf, edge int) {
	w.values = w.values[:0]
	for r := range rows {
		boxes := c.boxes(&rows[r])
		if len(boxes) == 0 {
			w.values = append(w.values, parquet.Value{})
		}
		repetition := 0
		for _, b := range boxes {
			n, ok := hundredths([...]float64{b.Box.X0, b.Box.Y0, b.Box.X1, b.Box.Y1}[edge])
			v := parquet.NullValue().Level(repetition, 1, leaf)
			if ok {
				v = parquet.DoubleValue(float64(n)/100).Level(repetition, 2, leaf)
			}
			w.values = append(w.values, v)
			repetition = 1
		}
	}
}
