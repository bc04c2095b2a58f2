package content

import (
	"bytes"
	"fmt"
	"io"
	"reflect"

	"github.com/ledongthuc/pdf"
)

// openLedongthuc reads a file with ledongthuc/pdf, which is lazy and strict. It
// hangs on rings of cross-reference sections and allocates whatever /Size says,
// so it is given only what our own reading of the table found sound.
func openLedongthuc(t *table) (o opened, err error) {
	refused := &Error{Class: "damaged", Message: "the object table cannot be read"}
	if size := integerOf(t.trailer.entry("Size")); t.repaired || t.encrypted() || size > maxSparse*(len(t.entries)+1) {
		return o, refused
	}
	end := bytes.LastIndex(t.data, []byte("%%EOF"))
	if end < 0 {
		return o, refused
	}
	defer func() {
		if r := recover(); r != nil {
			err = &Error{Class: "damaged", Message: fmt.Sprintf("the object table cannot be read (%v)", r)}
		}
	}()
	file := headed{t.data[:end+len("%%EOF")]}
	reader, err := pdf.NewReader(file, int64(len(file.data)))
	if err != nil {
		return o, &Error{Class: "damaged", Message: "the object table cannot be read: " + err.Error()}
	}
	return opened{trailer: ledongthucValue{value: reader.Trailer(), data: file.data}, version: t.version()}, nil
}

// maxSparse is how many times more objects /Size may announce than the table has.
const maxSparse = 64

// headed reads a file whose header line is one the library knows: it turns
// PDF 2.0 and header lines with a blank away.
type headed struct{ data []byte }

func (h headed) ReadAt(to []byte, offset int64) (int, error) {
	const header = "%PDF-1.7\n"
	if offset < 0 || offset >= int64(len(h.data)) {
		return 0, io.EOF
	}
	n := copy(to, h.data[offset:])
	if offset < int64(len(header)) {
		copy(to[:n], header[offset:])
	}
	if n < len(to) {
		return n, io.EOF
	}
	return n, nil
}

// ledongthucValue is a value over the library's. The library panics at what it
// does not expect; such a value is null.
type ledongthucValue struct {
	value pdf.Value
	data  []byte
	ref   int
}

// member resolves an entry. The library keeps object numbers to itself; they
// are read by reflection: a value has the number of the object it stands in,
// so that another number than its owner's means a reference.
func (v ledongthucValue) member(find func() pdf.Value) (found ledongthucValue) {
	defer func() {
		if recover() != nil {
			found = ledongthucValue{data: v.data}
		}
	}()
	found = ledongthucValue{value: find(), data: v.data}
	if number := objectNumber(found.value); number != objectNumber(v.value) {
		found.ref = number
	}
	return found
}

func objectNumber(v pdf.Value) int {
	return int(reflect.ValueOf(v).FieldByName("ptr").FieldByName("id").Uint())
}

func (v ledongthucValue) null() bool { return v.value.IsNull() }

func (v ledongthucValue) key(name string) value {
	return v.member(func() pdf.Value { return v.value.Key(name) })
}

func (v ledongthucValue) keys() []string { return v.value.Keys() }

func (v ledongthucValue) index(i int) value {
	return v.member(func() pdf.Value { return v.value.Index(i) })
}

func (v ledongthucValue) length() int { return v.value.Len() }

func (v ledongthucValue) number() (float64, bool) {
	kind := v.value.Kind()
	return v.value.Float64(), kind == pdf.Integer || kind == pdf.Real
}

func (v ledongthucValue) name() (string, bool) { return v.value.Name(), v.value.Kind() == pdf.Name }

func (v ledongthucValue) text() ([]byte, bool) {
	return []byte(v.value.RawString()), v.value.Kind() == pdf.String
}

// raw gives the bytes as they stand in the file: the library's own reader stops
// at filters and predictors it does not know.
func (v ledongthucValue) raw() ([]byte, bool) {
	if v.value.Kind() != pdf.Stream {
		return nil, false
	}
	offset := reflect.ValueOf(v.value).FieldByName("data").Elem().FieldByName("offset").Int()
	return streamExtent(v.data, int(offset), integer(v.key("Length"), -1)), true
}

func (v ledongthucValue) id() int { return v.ref }
