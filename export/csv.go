package export

import (
	"bytes"
	"math/big"
	"strconv"
	"unsafe"

	"gongkai/normalize"
)

// byteOrderMark tells Excel that a CSV file is UTF-8.
const byteOrderMark = "\uFEFF"

// csvEncoder turns rows into lines of CSV.
type csvEncoder[R any] struct {
	columns []column[R]
	// plain is the text each column had last, if it needs no quotes. Most columns
	// repeat it, and rows of a batch share its memory, so that its letters need not
	// be looked at again.
	plain []string
	// disguise changes a text before it is quoted; nil: texts stay as they are.
	disguise func(string) string
}

func newCSVEncoder[R any](columns []column[R]) *csvEncoder[R] {
	return &csvEncoder[R]{columns: columns, plain: make([]string, len(columns))}
}

// appendHeader appends the line of column names.
func (e *csvEncoder[R]) appendHeader(dst []byte) []byte {
	for i := range e.columns {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, e.columns[i].Name...)
	}
	return append(dst, '\n')
}

// appendRow appends one line: RFC 4180 quoting where a field needs it, LF at the
// end, nothing for a missing value, lists as JSON.
func (e *csvEncoder[R]) appendRow(dst []byte, row *R) []byte {
	for i := range e.columns {
		if i > 0 {
			dst = append(dst, ',')
		}
		c := &e.columns[i]
		switch c.Kind {
		case Text:
			dst = e.appendText(dst, i, c.text(row))
		case TextList, IntegerList, BoxList:
			start := len(dst)
			dst = quoteCSV(c.appendJSON(dst, row), start)
		default:
			dst, _ = c.appendScalar(dst, row)
		}
	}
	return append(dst, '\n')
}

func (e *csvEncoder[R]) appendText(dst []byte, column int, v string) []byte {
	if e.disguise != nil {
		v = e.disguise(v)
	}
	if last := e.plain[column]; len(v) == len(last) && unsafe.StringData(v) == unsafe.StringData(last) {
		return append(dst, v...)
	}
	for i := 0; i < len(v); i++ {
		if needsQuotes[v[i]] {
			start := len(dst)
			return quoteCSV(append(dst, v...), start)
		}
	}
	e.plain[column] = v
	return append(dst, v...)
}

// forget lets go of the rows' memory.
func (e *csvEncoder[R]) forget() { clear(e.plain) }

// appendJSONRow appends one JSON object and LF; a missing value is null.
func appendJSONRow[R any](dst []byte, columns []column[R], row *R) []byte {
	dst = append(dst, '{')
	for i := range columns {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, '"')
		dst = append(dst, columns[i].Name...)
		dst = append(dst, '"', ':')
		dst = columns[i].appendJSON(dst, row)
	}
	return append(dst, '}', '\n')
}

// appendScalar appends a number or truth value; known is false, and nothing is
// appended, when it is missing.
func (c *column[R]) appendScalar(dst []byte, row *R) (_ []byte, known bool) {
	switch c.Kind {
	case Integer:
		v := c.integer(row)
		if v == 0 && c.zeroIsMissing {
			return dst, false
		}
		return strconv.AppendInt(dst, v, 10), true
	case Boolean:
		if c.known != nil && !c.known(row) {
			return dst, false
		}
		return strconv.AppendBool(dst, c.boolean(row)), true
	case Number:
		n, ok := hundredths(c.number(row))
		if !ok {
			return dst, false
		}
		return appendFixed(dst, n, numberPlaces), true
	default:
		small, large, ok := unscaled(c.decimal(row), c.Precision, c.Scale)
		switch {
		case !ok:
			return dst, false
		case large != nil:
			return appendLargeFixed(dst, large, c.Scale), true
		}
		return appendFixed(dst, small, c.Scale), true
	}
}

func (c *column[R]) appendJSON(dst []byte, row *R) []byte {
	switch c.Kind {
	case Text:
		if v := c.text(row); v != "" {
			return appendJSONText(dst, v)
		}
	case TextList:
		return appendJSONList(dst, c.texts(row), appendJSONText)
	case IntegerList:
		return appendJSONList(dst, c.ints(row), func(dst []byte, v int) []byte { return strconv.AppendInt(dst, int64(v), 10) })
	case BoxList:
		return appendJSONList(dst, c.boxes(row), appendJSONBox)
	default:
		if dst, known := c.appendScalar(dst, row); known {
			return dst
		}
	}
	return append(dst, "null"...)
}

func appendJSONList[T any](dst []byte, list []T, appendElement func([]byte, T) []byte) []byte {
	dst = append(dst, '[')
	for i, element := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendElement(dst, element)
	}
	return append(dst, ']')
}

func appendJSONBox(dst []byte, b normalize.PageBox) []byte {
	dst = append(dst, `{"page":`...)
	dst = strconv.AppendInt(dst, int64(b.Page), 10)
	for i, edge := range [...]float64{b.Box.X0, b.Box.Y0, b.Box.X1, b.Box.Y1} {
		dst = append(dst, `,"`...)
		dst = append(dst, boxEdges[i]...)
		dst = append(dst, `":`...)
		if n, ok := hundredths(edge); ok {
			dst = appendFixed(dst, n, numberPlaces)
		} else {
			dst = append(dst, "null"...)
		}
	}
	return append(dst, '}')
}

var boxEdges = [...]string{"x0", "y0", "x1", "y1"}

const hexDigits = "0123456789abcdef"

// appendJSONText appends a JSON string; Han and other letters stand as they are.
func appendJSONText(dst []byte, v string) []byte {
	dst = append(dst, '"')
	plain := 0 // start of the part not yet appended
	for i := 0; i < len(v); i++ {
		c := v[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		dst = append(dst, v[plain:i]...)
		plain = i + 1
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, '\\', 'n')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	dst = append(dst, v[plain:]...)
	return append(dst, '"')
}

// needsQuotes marks the bytes that a bare CSV field must not hold.
var needsQuotes = [256]bool{'"': true, ',': true, '\n': true, '\r': true}

// quoteCSV puts quotes around the field from start to the end of dst when it
// needs them, and doubles those inside. It works in place, from the back.
func quoteCSV(dst []byte, start int) []byte {
	field := dst[start:]
	inside := bytes.Count(field, []byte{'"'})
	if inside == 0 && !bytes.ContainsAny(field, ",\r\n") {
		return dst
	}
	from := len(dst) - 1
	for range inside + 2 {
		dst = append(dst, '"')
	}
	to := len(dst) - 2 // the last byte is the closing quote
	for ; from >= start; from-- {
		dst[to] = dst[from]
		to--
		if dst[from] == '"' {
			dst[to] = '"'
			to--
		}
	}
	dst[start] = '"'
	return dst
}

// appendFixed appends n / 10^places with exactly so many places.
func appendFixed(dst []byte, n int64, places int) []byte {
	unsigned := uint64(n)
	if n < 0 {
		dst = append(dst, '-')
		unsigned = -unsigned
	}
	one := uint64(powersOfTen[places])
	dst = strconv.AppendUint(dst, unsigned/one, 10)
	// The digits after the point, with a one before them that becomes the point.
	start := len(dst)
	dst = strconv.AppendUint(dst, one+unsigned%one, 10)
	dst[start] = '.'
	return dst
}

// appendLargeFixed is appendFixed for numbers above 64 bits.
func appendLargeFixed(dst []byte, n *big.Int, places int) []byte {
	digits := n.String() // more than 18 digits, so more than places
	point := len(digits) - places
	dst = append(dst, digits[:point]...)
	dst = append(dst, '.')
	return append(dst, digits[point:]...)
}
