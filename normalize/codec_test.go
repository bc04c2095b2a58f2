package normalize

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"math/big"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"gongkai/extract/layout"
)

// sameNumber compares decimals by coefficient and exponent: 1.0 is not 1.00.
var sameNumber = cmp.Comparer(func(a, b decimal.Decimal) bool {
	return a.Exponent() == b.Exponent() && a.Coefficient().Cmp(b.Coefficient()) == 0
})

// drawBatch fills every field of a batch by reflection, so that a field the
// encoding forgets is found when it is added.
func drawBatch(t *rapid.T) *Batch {
	b := new(Batch)
	drawValue(t, reflect.ValueOf(b).Elem())
	return b
}

func drawValue(t *rapid.T, v reflect.Value) {
	switch v.Type() {
	case reflect.TypeFor[decimal.NullDecimal]():
		if rapid.Bool().Draw(t, "valid") {
			coefficient := new(big.Int).SetBytes(rapid.SliceOfN(rapid.Byte(), 0, 20).Draw(t, "coefficient"))
			if rapid.Bool().Draw(t, "negative") {
				coefficient.Neg(coefficient)
			}
			exponent := rapid.Int32Range(-maxExponent, maxExponent).Draw(t, "exponent")
			v.Set(reflect.ValueOf(decimal.NewNullDecimal(decimal.NewFromBigInt(coefficient, exponent))))
		}
		return
	case reflect.TypeFor[layout.Box]():
		for i := range v.NumField() {
			v.Field(i).SetFloat(rapid.OneOf(rapid.Just(300.25), rapid.Float64()).Draw(t, "edge"))
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(rapid.OneOf(rapid.SampledFrom([]string{"", "万元", "#t03r7c4"}), rapid.String()).Draw(t, "text"))
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.OneOf(rapid.Int64Range(-3, 300), rapid.Int64()).Draw(t, "number"))
	case reflect.Float64:
		v.SetFloat(rapid.Float64().Draw(t, "float"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Struct:
		for i := range v.NumField() {
			drawValue(t, v.Field(i))
		}
	case reflect.Slice:
		n := rapid.IntRange(0, 4).Draw(t, "length")
		if n == 0 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			drawValue(t, v.Index(i))
		}
	default:
		t.Fatalf("no way to draw a %s", v.Type())
	}
}

func TestBatchRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBatch(t)
		data, err := b.AppendBinary([]byte("before"))
		if err != nil {
			t.Fatal(err)
		}
		got, err := DecodeBatch(data[len("before"):])
		if err != nil {
			t.Fatal(err)
		}
		// rapid draws valid UTF-8 only, so nothing may change.
		if diff := cmp.Diff(b, got, sameNumber); diff != "" {
			t.Fatalf("-encoded +decoded\n%s", diff)
		}
		again, err := got.AppendBinary(nil)
		if err != nil || string(again) != string(data[len("before"):]) {
			t.Fatalf("the decoded batch encodes differently (%v)", err)
		}
	})
}

func TestBatchTextBecomesUTF8(t *testing.T) {
	b := &Batch{
		Document: Document{Title: "预\xff算"},
		Cells:    []Cell{{ID: "a\xc0r0", TextRaw: "\xe4\xb8"}, {ID: "a\xc0r1", TextRaw: "\xe4\xb8"}},
	}
	data, err := b.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := DecodeBatch(data)
	if err != nil {
		t.Fatal(err)
	}
	want := &Batch{
		Document: Document{Title: "预\uFFFD算"},
		Cells:    []Cell{{ID: "a\uFFFDr0", TextRaw: "\uFFFD"}, {ID: "a\uFFFDr1", TextRaw: "\uFFFD"}},
	}
	if diff := cmp.Diff(want, got, sameNumber); diff != "" {
		t.Error(diff)
	}
}

func TestBatchRefusesNumbersNobodyPrints(t *testing.T) {
	for name, number := range map[string]decimal.Decimal{
		"exponent":    decimal.New(1, maxExponent+1),
		"coefficient": decimal.NewFromBigInt(new(big.Int).Lsh(big.NewInt(1), 8*maxCoefficient), 0),
	} {
		b := &Batch{Cells: []Cell{{Value: decimal.NewNullDecimal(number)}}}
		if data, err := b.AppendBinary([]byte("kept")); err == nil || string(data) != "kept" {
			t.Errorf("%s: got %q, %v", name, data, err)
		}
	}
}

func TestDecodeBatchSaysWhatIsWrong(t *testing.T) {
	good, err := sampleBatch(3).AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	changed := func(i int, c byte) []byte {
		data := append([]byte(nil), good...)
		data[i] ^= c
		return data
	}
	for name, test := range map[string]struct {
		data []byte
		want error
	}{
		"empty":         {nil, ErrBatchFormat},
		"other file":    {[]byte("%PDF-1.7 and so on"), ErrBatchFormat},
		"other version": {changed(3, 0x40), ErrBatchFormat},
		"bit flipped":   {changed(len(good)/2, 1), ErrBatchDamaged},
		"cut short":     {good[:len(good)-1], ErrBatchDamaged},
		"left over":     {sealed(append(append([]byte(nil), good...), 0)), ErrBatchDamaged},
	} {
		if _, err := DecodeBatch(test.data); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", name, err, test.want)
		}
	}
}

// sealed puts the right head before the payload of data, so that damage is not
// caught by the checksum.
func sealed(data []byte) []byte {
	for len(data) < batchHead {
		data = append(data, 0)
	}
	copy(data, batchMagic)
	data[len(batchMagic)] = BatchFormat
	binary.LittleEndian.PutUint32(data[batchHead-4:], crc32.Checksum(data[batchHead:], castagnoli))
	return data
}

// decodedPerByte bounds the memory of a decoded batch per byte of data: the
// largest row set aside for every smallestRow bytes, ids and lists on top.
const decodedPerByte = 512

func TestDecodeBatchMemoryIsBounded(t *testing.T) {
	// A count as large as the rest of the data allows, and rows that are all zero.
	var head []byte
	one, err := new(Batch).AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	head = append(head, one[:len(one)-5]...) // without the five counts
	for position := range 5 {
		data := append([]byte(nil), head...)
		data = append(data, make([]byte, position)...)
		const rest = 1 << 20
		data = binary.AppendUvarint(data, (rest-64)/smallestRow)
		data = sealed(append(data, make([]byte, rest)...))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := DecodeBatch(data)
		runtime.ReadMemStats(&after)
		if !errors.Is(err, ErrBatchDamaged) {
			t.Errorf("table %d: got %v", position, err)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > decodedPerByte*uint64(len(data)) {
			t.Errorf("table %d: %d bytes allocated for %d bytes of data", position, used, len(data))
		}
	}
}

func FuzzDecodeBatch(f *testing.F) {
	for _, cells := range []int{0, 1, 5} {
		data, err := sampleBatch(cells).AppendBinary(nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := DecodeBatch(sealed(append([]byte(nil), data...)))
		if err != nil {
			return
		}
		again, err := b.AppendBinary(nil)
		if err != nil {
			t.Fatalf("what was decoded cannot be encoded: %v", err)
		}
		c, err := DecodeBatch(again)
		if err != nil {
			t.Fatal(err)
		}
		floatsByBits := cmp.Comparer(func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) })
		if diff := cmp.Diff(b, c, sameNumber, floatsByBits); diff != "" {
			t.Fatalf("-first +second\n%s", diff)
		}
	})
}

// sampleBatch is one document with a table of so many cells, five a row, as
// disclosures have them: a code, a name, three amounts of which one is blank.
func sampleBatch(cells int) *Batch {
	const document = "205691df0d35c2a1b5e6f7081920a1b2c3d4e5f60718293a4b5c6d7e8f901234"
	b := &Batch{
		Document: Document{ID: document, PageCount: 1 + cells/100, Status: "ok", Title: "2021 年部门预算信息公开"},
		Sources:  []Source{{Path: "a/b.pdf", DocumentID: document, Bytes: 1000}},
		Tables: []Table{{ID: document[:16] + "#t01", DocumentID: document, Ordinal: 1, Statement: "gpb_expenditure",
			Boxes: []PageBox{{1, layout.Box{X0: 50, Y0: 60, X1: 540, Y1: 700}}}}},
		Findings: []Finding{{ID: "0011223344556677", DocumentID: document, Pages: []int{1, 2}, CellIDs: []string{"x", "y"}}},
	}
	headers := [][]string{{"科目编码"}, {"科目名称"}, {"合计"}, {"支出", "基本支出"}, {"支出", "项目支出"}}
	for i := range cells {
		row, column := i/5, i%5
		c := Cell{
			ID:      fmt.Sprintf("%s#t01r%dc%d", document[:16], row, column),
			TableID: b.Tables[0].ID, DocumentID: document, Page: 1 + row/20, Row: row, Column: column,
			RowSpan: 1, ColumnSpan: 1, Role: "data", ValueState: "number", UnitRaw: "万元",
			HeaderPath: headers[column], RowLabelPath: []string{fmt.Sprint(2060000 + row)},
			Box: layout.Box{X0: 50 + 100*float64(column), Y0: 60 + 20.1*float64(row%20), X1: 150 + 100*float64(column), Y1: 80.1 + 20.1*float64(row%20)},
		}
		switch column {
		case 0:
			c.TextRaw, c.Role, c.ValueState = fmt.Sprint(2060000+row), "stub", "text"
		case 1:
			c.TextRaw, c.Role, c.ValueState = strings.Repeat("科普活动", 1+row%3), "stub", "text"
		case 4:
			c.ValueState = "blank"
		default:
			amount := decimal.New(int64(i)*7919, -2)
			c.TextRaw, c.Value = amount.StringFixed(2), decimal.NewNullDecimal(amount)
			b.Lines = append(b.Lines, Line{
				ID: c.ID, CellID: c.ID, TableID: c.TableID, LineNo: len(b.Lines) + 1, Statement: "gpb_expenditure",
				FiscalYear: 2021, Phase: "approved", Code: fmt.Sprint(2060000 + row), Name: "科普活动",
				ColumnPath: strings.Join(c.HeaderPath, "/"), AmountRaw: c.TextRaw, UnitRaw: "万元", ValueState: "number",
				AmountCNY: decimal.NewNullDecimal(amount.Shift(4)), Page: c.Page, Box: c.Box,
			})
		}
		c.TextNorm = c.TextRaw
		b.Cells = append(b.Cells, c)
	}
	return b
}

func BenchmarkBatchEncode(b *testing.B) {
	batch := sampleBatch(4000)
	var data []byte
	b.ReportAllocs()
	for b.Loop() {
		data, _ = batch.AppendBinary(data[:0])
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(batch.Cells)), "ns/cell")
	b.ReportMetric(float64(len(data))/float64(len(batch.Cells)), "B/cell")
}

func BenchmarkBatchDecode(b *testing.B) {
	batch := sampleBatch(4000)
	data, _ := batch.AppendBinary(nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := DecodeBatch(data); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(batch.Cells)), "ns/cell")
}
