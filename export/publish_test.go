package export

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
	"github.com/shopspring/decimal"

	"gongkai/normalize"
	"gongkai/normalize/codebook"
)

func publish(t testing.TB, store *Store, dataset string, options PublishOptions) Summary {
	t.Helper()
	summary, err := Publish(context.Background(), store, dataset, options)
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

// forgetPublication makes the next Publish write everything again.
func forgetPublication(t testing.TB, dataset string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dataset, publicationFile)); err != nil {
		t.Fatal(err)
	}
}

func testBatches() []*normalize.Batch {
	return []*normalize.Batch{syntheticBatch(1, 330), failedBatch(2), syntheticBatch(3, 5), syntheticBatch(4, 1200)}
}

// published reads every file outside _work.
func published(t testing.TB, dataset string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	err := filepath.WalkDir(dataset, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			if entry != nil && entry.Name() == "_work" {
				return filepath.SkipDir
			}
			return err
		}
		data, err := os.ReadFile(path)
		relative, _ := filepath.Rel(dataset, path)
		files[filepath.ToSlash(relative)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestPublishIsAFunctionOfTheBatches(t *testing.T) {
	batches := testBatches()
	store, dataset := storeOf(t, batches...)
	first := publish(t, store, dataset, PublishOptions{})
	want := published(t, dataset)
	if len(want) != 2*len(Schemas())+len(Schemas())+3 {
		t.Errorf("%d files published", len(want))
	}
	forgetPublication(t, dataset)
	second := publish(t, store, dataset, PublishOptions{})
	if diff := cmp.Diff(want, published(t, dataset)); diff != "" {
		t.Errorf("published twice, -first +second\n%s", diff)
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("summaries, -first +second\n%s", diff)
	}
	slices.Reverse(batches)
	store, dataset = storeOf(t, batches...)
	publish(t, store, dataset, PublishOptions{})
	if diff := cmp.Diff(want, published(t, dataset)); diff != "" {
		t.Errorf("batches put in another order, -first +second\n%s", diff)
	}
}

func embeddedBook(t *testing.T) *codebook.Book {
	t.Helper()
	book, err := codebook.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestPublishCountsEverything(t *testing.T) {
	batches := testBatches()
	store, dataset := storeOf(t, batches...)
	got := publish(t, store, dataset, PublishOptions{})
	want := Summary{Documents: map[string]int{"ok": 3, "failed": 1}}
	leaves, wide := int64(0), map[string]bool{}
	for _, batch := range batches {
		want.Pages += batch.Document.PageCount
		want.Tables += len(batch.Tables)
		want.Cells += len(batch.Cells)
		want.Lines += len(batch.Lines)
		want.Findings += len(batch.Findings)
		for _, line := range batch.Lines {
			if line.LeafOf != "" {
				leaves++
				wide[batch.Document.ID+line.LeafOf+line.FuncCode] = true // nothing else tells the leaves apart
			}
		}
	}
	rows := map[string]int64{"documents": 4, "sources": 7, "tables": int64(want.Tables), "cells": int64(want.Cells),
		"budget_lines": int64(want.Lines), "expenditure_leaves": leaves, "budget_wide": int64(len(wide)), "findings": int64(want.Findings),
		// three documents were read
		"procurement_items": 3, "assets": 3, "institutions": 3, "performance_indicators": 3, "sections": 6, "text_amounts": 3, "terms": 3, "rule_outcomes": 6}
	pairs, err := codebook.Crosswalks()
	if err != nil {
		t.Fatal(err)
	}
	rows["code_crosswalks"] = int64(len(pairs)) // whatever the documents say
	for i := 0; i < len(schemes); i += 2 {
		for range embeddedBook(t).Entries(schemes[i]) {
			rows["code_lists"]++
		}
	}
	for _, file := range got.Files {
		name := strings.TrimSuffix(filepath.Base(file.Path), filepath.Ext(file.Path))
		if strings.HasPrefix(file.Path, "csv/") || strings.HasPrefix(file.Path, "parquet/") {
			if file.Rows != rows[name] {
				t.Errorf("%s: %d rows, want %d", file.Path, file.Rows, rows[name])
			}
		}
	}
	got.Files = nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestDataPackageDescribesTheFiles(t *testing.T) {
	store, dataset := storeOf(t, testBatches()...)
	publish(t, store, dataset, PublishOptions{})
	files := published(t, dataset)
	var descriptor struct {
		Schema    string `json:"$schema"`
		Created   string `json:"created"`
		Resources []struct {
			Name, Path, Hash, Schema, Format string
			Bytes                            int
		}
	}
	if err := json.Unmarshal([]byte(files["datapackage.json"]), &descriptor); err != nil {
		t.Fatal(err)
	}
	if descriptor.Created != "" || descriptor.Schema != "https://datapackage.org/profiles/2.0/datapackage.json" {
		t.Errorf("descriptor: created %q, $schema %q", descriptor.Created, descriptor.Schema)
	}
	if len(descriptor.Resources) != 2*len(Schemas())+1 {
		t.Errorf("%d resources", len(descriptor.Resources))
	}
	names := make(map[string]bool)
	for _, resource := range descriptor.Resources {
		content, there := files[resource.Path]
		sum := sha256.Sum256([]byte(content))
		if !there || resource.Bytes != len(content) || resource.Hash != "sha256:"+hex.EncodeToString(sum[:]) {
			t.Errorf("%s: %d bytes, %s does not fit the file", resource.Path, resource.Bytes, resource.Hash)
		}
		if files[resource.Schema] == "" && resource.Name != "changes" || names[resource.Name] {
			t.Errorf("%s: schema %s, name used before: %v", resource.Path, resource.Schema, names[resource.Name])
		}
		names[resource.Name] = true
	}
}

// readCSV gives the header and the rows of a published CSV file.
func readCSV(t testing.TB, content string) (header []string, rows [][]string) {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records[0], records[1:]
}

// readParquet gives every row with its values as the CSV file writes them: this
// is a second opinion on types, order, nulls and lists, by way of the library's
// own reader.
func readParquet(t testing.TB, content string, dataset Dataset) (header []string, rows [][]string) {
	t.Helper()
	file, err := parquet.OpenFile(strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range file.Schema().Fields() {
		header = append(header, field.Name())
	}
	// first leaf of each column
	var leaves []int
	for i := range dataset.Columns {
		leaves = append(leaves, 0)
		if i > 0 {
			leaves[i] = leaves[i-1] + 1
			if dataset.Columns[i-1].Kind == BoxList {
				leaves[i] += 4
			}
		}
	}
	for _, group := range file.RowGroups() {
		reader := group.Rows()
		defer reader.Close()
		buffer := make([]parquet.Row, 64)
		for {
			n, err := reader.ReadRows(buffer)
			for _, row := range buffer[:n] {
				var fields []string
				byLeaf := make(map[int][]parquet.Value)
				for _, value := range row {
					byLeaf[value.Column()] = append(byLeaf[value.Column()], value.Clone())
				}
				for i := range dataset.Columns {
					fields = append(fields, csvField(t, &dataset.Columns[i], byLeaf, leaves[i]))
				}
				rows = append(rows, fields)
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return header, rows
}

func csvField(t testing.TB, c *Column, byLeaf map[int][]parquet.Value, leaf int) string {
	values := byLeaf[leaf]
	emptyList := len(values) == 1 && values[0].IsNull()
	switch c.Kind {
	case TextList:
		list := []string{}
		for _, v := range values {
			if !emptyList {
				list = append(list, v.String())
			}
		}
		return compactJSON(t, list)
	case IntegerList:
		list := []int64{}
		for _, v := range values {
			if !emptyList {
				list = append(list, v.Int64())
			}
		}
		return compactJSON(t, list)
	case BoxList:
		list := []string{}
		for i, v := range values {
			if emptyList {
				break
			}
			box := fmt.Sprintf(`{"page":%d`, v.Int64())
			for edge, name := range []string{"x0", "y0", "x1", "y1"} {
				box += fmt.Sprintf(`,"%s":%s`, name, strconv.FormatFloat(byLeaf[leaf+1+edge][i].Double(), 'f', 2, 64))
			}
			list = append(list, box+"}")
		}
		return "[" + strings.Join(list, ",") + "]"
	}
	if len(values) != 1 {
		t.Fatalf("%s: %d values in a row", c.Name, len(values))
	}
	v := values[0]
	if v.IsNull() {
		return ""
	}
	switch c.Kind {
	case Integer:
		return strconv.FormatInt(v.Int64(), 10)
	case Boolean:
		return strconv.FormatBool(v.Boolean())
	case Number:
		return strconv.FormatFloat(v.Double(), 'f', 2, 64)
	case Decimal:
		number := big.NewInt(0)
		if v.Kind() == parquet.Int64 {
			number.SetInt64(v.Int64())
		} else {
			number.SetBytes(v.ByteArray())
			if v.ByteArray()[0] >= 0x80 {
				number.Sub(number, new(big.Int).Lsh(big.NewInt(1), uint(8*len(v.ByteArray()))))
			}
		}
		return decimal.NewFromBigInt(number, -int32(c.Scale)).StringFixed(int32(c.Scale))
	}
	return v.String()
}

func compactJSON(t testing.TB, v any) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(out.String(), "\n")
}

func TestParquetEqualsCSV(t *testing.T) {
	store, dataset := storeOf(t, testBatches()...)
	publish(t, store, dataset, PublishOptions{})
	files := published(t, dataset)
	for _, d := range Schemas() {
		wantHeader, want := readCSV(t, files["csv/"+d.Name+".csv"])
		gotHeader, got := readParquet(t, files["parquet/"+d.Name+".parquet"], d)
		if diff := cmp.Diff(wantHeader, gotHeader); diff != "" {
			t.Errorf("%s: columns, -CSV +Parquet\n%s", d.Name, diff)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: rows, -CSV +Parquet\n%.2000s", d.Name, diff)
		}
	}
}

func TestParquetTypes(t *testing.T) {
	store, dataset := storeOf(t, syntheticBatch(1, 100))
	publish(t, store, dataset, PublishOptions{})
	files := published(t, dataset)
	for name, want := range map[string]map[string]string{
		"budget_lines": {
			"amount_cny": "optional int64 amount_cny (DECIMAL(18,2))", "code": "optional binary code (STRING)",
			"line_no": "optional int64 line_no (INT(64,true))", "is_total": "required boolean is_total",
		},
		"cells": {
			"value": "optional fixed_len_byte_array(11) value (DECIMAL(24,6))", "x0": "optional double x0",
			"cell_id": "required binary cell_id (STRING)",
		},
	} {
		content := files["parquet/"+name+".parquet"]
		file, err := parquet.OpenFile(strings.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		schema := file.Schema().String()
		for column, line := range want {
			if !strings.Contains(schema, "\t"+line+";") {
				t.Errorf("%s.%s: no %q in\n%s", name, column, line, schema)
			}
		}
		if version, _ := file.Lookup("schema_version"); version != SchemaVersion {
			t.Errorf("%s: schema version %q", name, version)
		}
		for _, column := range file.Metadata().RowGroups[0].Columns {
			if column.MetaData.Codec != format.Zstd {
				t.Errorf("%s: %v is not compressed with zstd", name, column.MetaData.PathInSchema)
			}
		}
	}
}

// Files say that their rows are in order of document, and they are.
func TestParquetOrder(t *testing.T) {
	store, dataset := storeOf(t, testBatches()...)
	publish(t, store, dataset, PublishOptions{})
	files, declared := published(t, dataset), 0
	for _, d := range Schemas() {
		content := files["parquet/"+d.Name+".parquet"]
		file, err := parquet.OpenFile(strings.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		header, rows := readCSV(t, files["csv/"+d.Name+".csv"])
		place := slices.Index(header, "document_id")
		for _, group := range file.Metadata().RowGroups {
			if place < 0 {
				if len(group.SortingColumns) != 0 {
					t.Errorf("%s declares an order", d.Name)
				}
				continue
			}
			declared++
			if len(group.SortingColumns) != 1 || group.SortingColumns[0].Descending || file.Root().Columns()[place].Name() != "document_id" ||
				strings.Join(group.Columns[group.SortingColumns[0].ColumnIdx].MetaData.PathInSchema, ".") != "document_id" {
				t.Errorf("%s: order %v", d.Name, group.SortingColumns)
			}
		}
		if place >= 0 && !slices.IsSortedFunc(rows, func(a, b []string) int { return strings.Compare(a[place], b[place]) }) {
			t.Errorf("%s is not in the order of documents", d.Name)
		}
	}
	if declared < 10 {
		t.Errorf("%d row groups declare their order", declared)
	}
}

// published field of one row, by name.
func fieldOf(t testing.TB, content, name string, row int) string {
	t.Helper()
	header, rows := readCSV(t, content)
	return rows[row][slices.Index(header, name)]
}

func TestMissingIsEmptyAndDecimalsAreExact(t *testing.T) {
	batch := syntheticBatch(1, 5)
	batch.Lines = batch.Lines[:1]
	line := &batch.Lines[0]
	line.FiscalYear, line.LineNo, line.Page, line.Code, line.UnitRaw = 0, 0, 0, "", ""
	line.AmountCNY = decimal.NewNullDecimal(decimal.RequireFromString("9999999999999999.99"))
	batch.Cells[0].Value = decimal.NewNullDecimal(decimal.RequireFromString("123456789012345678.123456"))
	batch.Cells[1].Value = decimal.NewNullDecimal(decimal.RequireFromString("-0.0000005")) // half to even: -0.000000
	batch.Cells[2].Value = decimal.NewNullDecimal(decimal.RequireFromString("-0.0000015"))
	batch.Cells[3].Value = decimal.NewNullDecimal(decimal.RequireFromString("1E18")) // more than 24 digits with six places
	batch.Cells[4].Value = decimal.NewNullDecimal(decimal.New(0, 900))
	store, dataset := storeOf(t, batch, failedBatch(2))
	publish(t, store, dataset, PublishOptions{})
	files := published(t, dataset)
	for name, want := range map[string]string{
		"fiscal_year": "", "line_no": "", "page": "", "code": "", "unit_raw": "", "unit_factor": "", "econ_code_l1": "",
		"amount_cny": "9999999999999999.99", "currency": "CNY", "file": "a.zip!/1.pdf", "is_memo": "false",
	} {
		if got := fieldOf(t, files["csv/budget_lines.csv"], name, 0); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for row, want := range []string{"123456789012345678.123456", "0.000000", "-0.000002", "", "0.000000"} {
		if got := fieldOf(t, files["csv/cells.csv"], "value", row); got != want {
			t.Errorf("value %d: %q, want %q", row, got, want)
		}
	}
	failed := 0
	if documentID(1) < documentID(2) {
		failed = 1
	}
	for name, want := range map[string]string{"status": "failed", "page_count": "", "fiscal_year": "", "has_text_layer": "", "tables_found": "0"} {
		if got := fieldOf(t, files["csv/documents.csv"], name, failed); got != want {
			t.Errorf("failed document, %s: %q, want %q", name, got, want)
		}
	}
}

// parquetRow has one column of each kind that a leaf keeps in its own way.
type parquetRow struct {
	key, repeated, long string
	number              int64
	share               float64
	truth               bool
	list                []string
}

func testCompressor(t testing.TB) *zstd.Encoder {
	t.Helper()
	compressor, err := newCompressor()
	if err != nil {
		t.Fatal(err)
	}
	return compressor
}

func parquetColumns() []column[parquetRow] {
	return []column[parquetRow]{
		textColumn("key", "", "", func(r *parquetRow) string { return r.key }).key(),
		textColumn("repeated", "", "", func(r *parquetRow) string { return r.repeated }),
		textColumn("long", "", "", func(r *parquetRow) string { return r.long }),
		integerColumn("number", "", "", func(r *parquetRow) int64 { return r.number }).missingWhenZero(),
		numberColumn("share", "", "", func(r *parquetRow) float64 { return r.share }),
		booleanColumn("truth", "", "", func(r *parquetRow) bool { return r.truth }),
		textListColumn("list", "", "", func(r *parquetRow) []string { return r.list }),
	}
}

// Row groups are bounded, pages end where they may, and a column whose texts do
// not repeat outgrows its dictionary; all values read back all the same.
func TestParquetReadsBackOverPagesAndRowGroups(t *testing.T) {
	table := newTable(Dataset{Name: "rows"}, parquetColumns(), nil)
	var out strings.Builder
	w, err := newParquetWriter(&out, testCompressor(t), &table.Dataset, table.columns)
	if err != nil {
		t.Fatal(err)
	}
	const total = rowGroupRows + 50_000
	rowOf := func(i int) parquetRow {
		row := parquetRow{key: fmt.Sprintf("k%07d", i), repeated: strconv.Itoa(i % 7), number: int64(i % 11), share: float64(i%5000) / 100, truth: i%3 == 0}
		if i%4 > 0 {
			row.long = fmt.Sprintf("%d 一般公共预算财政拨款支出", i)
			row.list = []string{"支出", row.repeated, row.repeated}[:i%4]
		}
		return row
	}
	var want [][]string
	var csvLine []byte
	encoder := newCSVEncoder(table.columns)
	for written := 0; written < total; {
		rows := make([]parquetRow, min(3000+written%1999, total-written))
		for i := range rows {
			rows[i] = rowOf(written + i)
			csvLine = encoder.appendRow(csvLine, &rows[i])
		}
		written += len(rows)
		if err := w.write(rows); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.close(); err != nil {
		t.Fatal(err)
	}
	if want, err = csv.NewReader(strings.NewReader(string(csvLine))).ReadAll(); err != nil {
		t.Fatal(err)
	}
	_, got := readParquet(t, out.String(), table.Dataset)
	for i := range want {
		if i >= len(got) || !slices.Equal(got[i], want[i]) {
			t.Fatalf("row %d of %d, %d read", i, len(want), len(got))
		}
	}

	file, err := parquet.OpenFile(strings.NewReader(out.String()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	groups := file.Metadata().RowGroups
	if file.NumRows() != total || len(got) != total || len(groups) != 2 || groups[0].NumRows > rowGroupRows {
		t.Fatalf("%d rows in %d groups, the first of %d", file.NumRows(), len(groups), groups[0].NumRows)
	}
	for column, want := range map[int]struct{ low, high any }{
		0: {"k0000000", fmt.Sprintf("k%07d", groups[0].NumRows-1)},
		1: {"0", "6"}, 3: {int64(1), int64(10)}, 4: {0.0, 49.99},
	} {
		statistics := groups[0].Columns[column].MetaData.Statistics
		low := parquet.Kind(groups[0].Columns[column].MetaData.Type).Value(statistics.MinValue)
		high := parquet.Kind(groups[0].Columns[column].MetaData.Type).Value(statistics.MaxValue)
		if low.String() != fmt.Sprint(want.low) || high.String() != fmt.Sprint(want.high) {
			t.Errorf("column %d: bounds %s and %s, want %v and %v", column, low, high, want.low, want.high)
		}
	}
	if nulls := groups[0].Columns[2].MetaData.Statistics.NullCount; nulls != (groups[0].NumRows+3)/4 {
		t.Errorf("%d missing texts of %d", nulls, groups[0].NumRows)
	}
}

// Bounds of decimals wider than 64 bits are in order of value, not of bytes.
func TestBoundsOfNegativeDecimals(t *testing.T) {
	var b bounds
	for _, v := range []int64{5, -7, 3, -1} {
		wide := make([]byte, 11)
		fillTwosComplement(wide, v, nil)
		b.fixed(wide)
	}
	low, high := b.encoded(format.FixedLenByteArray)
	if want := append(slices.Repeat([]byte{0xff}, 10), 0xf9); !slices.Equal(low, want) {
		t.Errorf("least: %x", low)
	}
	if want := append(make([]byte, 10), 5); !slices.Equal(high, want) {
		t.Errorf("greatest: %x", high)
	}
}

func TestByteOrderMark(t *testing.T) {
	store, dataset := storeOf(t, syntheticBatch(1, 5))
	publish(t, store, dataset, PublishOptions{})
	if plain := published(t, dataset)["csv/cells.csv"]; !strings.HasPrefix(plain, "cell_id,") {
		t.Errorf("without: %.20q", plain)
	}
	publish(t, store, dataset, PublishOptions{CSVBOM: true})
	if marked := published(t, dataset)["csv/cells.csv"]; !strings.HasPrefix(marked, "\xef\xbb\xbfcell_id,") {
		t.Errorf("with: %.20q", marked)
	}
}

// A run that fails while the files get their names leaves the old descriptor: it
// is the last to be replaced. The failure is a folder where a file should go.
func TestDescriptorIsReplacedLast(t *testing.T) {
	store, dataset := storeOf(t, syntheticBatch(1, 5))
	publish(t, store, dataset, PublishOptions{})
	before := published(t, dataset)["datapackage.json"]

	batch := syntheticBatch(5, 50)
	if err := store.Put(keyOf(batch), batch); err != nil {
		t.Fatal(err)
	}
	blocked := filepath.Join(dataset, "README.md")
	if err := errors.Join(os.Remove(blocked), os.MkdirAll(filepath.Join(blocked, "inside"), 0o777)); err != nil {
		t.Fatal(err)
	}
	_, err := Publish(context.Background(), store, dataset, PublishOptions{})
	if failure := new(*OutputError); !errors.As(err, failure) || (*failure).Path != blocked {
		t.Errorf("got %v", err)
	}
	after := published(t, dataset)
	if after["datapackage.json"] != before {
		t.Error("the descriptor was replaced before the failure")
	}
	for path := range after {
		if strings.HasSuffix(path, temporarySuffix) {
			t.Errorf("%s was left behind", path)
		}
	}
}

func TestPublishStopsWhenCancelled(t *testing.T) {
	store, dataset := storeOf(t, testBatches()...)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Publish(ctx, store, dataset, PublishOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if files := published(t, dataset); len(files) != 0 {
		t.Errorf("%d files after a cancelled run", len(files))
	}
}

func TestOutputErrorsSayWhereAndWhatToDo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	store, _ := storeOf(t, failedBatch(1))
	_, opening := OpenStore(filepath.Join(file, "dataset"))
	_, publishing := Publish(context.Background(), store, filepath.Join(file, "dataset"), PublishOptions{})
	for name, err := range map[string]error{"open": opening, "publish": publishing} {
		var output *OutputError
		if !errors.As(err, &output) || !strings.HasPrefix(output.Path, file) || !strings.Contains(output.Hint(), "a file stands where a folder is needed") {
			t.Errorf("%s below a regular file: %v", name, err)
		}
	}
}
