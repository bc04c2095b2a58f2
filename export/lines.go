package export

import (
	"fmt"
	"io"

	"gongkai/normalize"
)

// Formats of a LineWriter and of the published files.
const (
	csvFormat     = "csv"
	jsonlFormat   = "jsonl"
	parquetFormat = "parquet"
)

// LineWriter streams budget lines as the lines command prints them: the fifteen
// columns of the contract, one row for each printed amount.
type LineWriter struct {
	out    io.Writer
	append func([]byte, *lineRow) []byte
	buffer []byte
	rows   []lineRow
}

// lineBufferSize is how much a LineWriter gathers before it writes, in bytes.
const lineBufferSize = 64 << 10

// NewLineWriter writes to w in format csv or jsonl. A CSV header is written even
// when no line follows.
func NewLineWriter(w io.Writer, format string) (*LineWriter, error) {
	l, columns := &LineWriter{out: w}, contractColumns()
	switch format {
	case csvFormat:
		csv := newCSVEncoder(columns)
		l.append = csv.appendRow
		l.buffer = csv.appendHeader(l.buffer)
	case jsonlFormat:
		l.append = func(dst []byte, row *lineRow) []byte { return appendJSONRow(dst, columns, row) }
	default:
		return nil, fmt.Errorf("no format %q for lines; there are %s and %s", format, csvFormat, jsonlFormat)
	}
	return l, nil
}

// Write writes the printed amounts of one document: numbers, and what should be
// a number and could not be read. Blanks and dashes are left out. file is the
// path as the caller wants to see it.
func (l *LineWriter) Write(file string, batch *normalize.Batch) error {
	l.rows = lineRows(l.rows[:0], file, batch)
	for i := range l.rows {
		row := &l.rows[i]
		if row.ValueState != "number" && row.ValueState != "unparsed" {
			continue
		}
		l.buffer = l.append(l.buffer, row)
		if len(l.buffer) >= lineBufferSize {
			if err := l.Flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Flush writes what is still gathered; call it at the end.
func (l *LineWriter) Flush() error {
	_, err := l.out.Write(l.buffer)
	l.buffer = l.buffer[:0]
	return err
}
