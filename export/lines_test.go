package export

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"gongkai/normalize"
)

// contractHeader is copied from the contract with outsiders, not from the code.
const contractHeader = "file,document_id,statement,fiscal_year,agency_code,agency_name,code,name,column_path,amount_cny,amount_raw,unit_raw,value_state,page,line_no"

func writeLines(t testing.TB, format, file string, batches ...*normalize.Batch) string {
	t.Helper()
	var out strings.Builder
	w, err := NewLineWriter(&out, format)
	if err != nil {
		t.Fatal(err)
	}
	for _, batch := range batches {
		if err := w.Write(file, batch); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// twoLines is what the seed's table 05 prints in two cells, a dash, and a number
// nobody can read.
func twoLines() *normalize.Batch {
	line := func(no int, code, name, raw, state string) normalize.Line {
		return normalize.Line{LineNo: no, Statement: "gpb_expenditure", FiscalYear: 2021, AgencyCode: "731", AgencyName: "秦皇岛市科学技术协会",
			Code: code, Name: name, ColumnPath: "支出/项目支出", AmountRaw: raw, UnitRaw: "万元", ValueState: state, Page: 5}
	}
	batch := &normalize.Batch{Document: normalize.Document{ID: "205691df"}, Lines: []normalize.Line{
		line(1, "2060702", "科普活动", "89.80", "number"),
		line(0, "206", "科学技术支出", "—", "dash"),
		line(0, "206", "科学技术支出", "", "blank"),
		line(2, "", "“其他”,\n合计", "8\"9", "unparsed"),
	}}
	batch.Lines[0].AmountCNY = decimal.NewNullDecimal(decimal.RequireFromString("898000"))
	return batch
}

func TestLinesCSV(t *testing.T) {
	want := contractHeader + "\n" +
		"dir/a.pdf,205691df,gpb_expenditure,2021,731,秦皇岛市科学技术协会,2060702,科普活动,支出/项目支出,898000.00,89.80,万元,number,5,1\n" +
		"dir/a.pdf,205691df,gpb_expenditure,2021,731,秦皇岛市科学技术协会,,\"“其他”,\n合计\",支出/项目支出,,\"8\"\"9\",万元,unparsed,5,2\n"
	if diff := cmp.Diff(want, writeLines(t, "csv", "dir/a.pdf", twoLines())); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff(contractHeader+"\n", writeLines(t, "csv", "x")); diff != "" {
		t.Errorf("no document, -want +got\n%s", diff)
	}
}

func TestLinesJSON(t *testing.T) {
	want := `{"file":"dir/a.pdf","document_id":"205691df","statement":"gpb_expenditure","fiscal_year":2021,"agency_code":"731","agency_name":"秦皇岛市科学技术协会","code":"2060702","name":"科普活动","column_path":"支出/项目支出","amount_cny":898000.00,"amount_raw":"89.80","unit_raw":"万元","value_state":"number","page":5,"line_no":1}
{"file":"dir/a.pdf","document_id":"205691df","statement":"gpb_expenditure","fiscal_year":2021,"agency_code":"731","agency_name":"秦皇岛市科学技术协会","code":null,"name":"“其他”,\n合计","column_path":"支出/项目支出","amount_cny":null,"amount_raw":"8\"9","unit_raw":"万元","value_state":"unparsed","page":5,"line_no":2}
`
	if diff := cmp.Diff(want, writeLines(t, "jsonl", "dir/a.pdf", twoLines())); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestLineFormats(t *testing.T) {
	if _, err := NewLineWriter(nil, "xlsx"); err == nil || !strings.Contains(err.Error(), "csv and jsonl") {
		t.Errorf("got %v", err)
	}
}

func TestBudgetLinesBeginAsTheContractSays(t *testing.T) {
	for _, d := range Schemas() {
		if d.Name != "budget_lines" {
			continue
		}
		var names []string
		for _, c := range d.Columns {
			names = append(names, c.Name)
		}
		if got := strings.Join(names[:15], ","); got != contractHeader {
			t.Errorf("got %s", got)
		}
	}
}

// What is written reads back the same, whatever the text.
func TestTextsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.StringMatching(`[",\n\\ 万a]*`)), 1, 5).Draw(t, "texts")
		var line []byte
		encoder := newCSVEncoder(make([]column[string], len(texts)))
		for i, text := range texts {
			if i > 0 {
				line = append(line, ',')
			}
			line = encoder.appendText(line, i, text)
		}
		list := len(line) + 1
		line = append(line, ',')
		line = quoteCSV(appendJSONList(line, texts, appendJSONText), list)
		got, err := csv.NewReader(strings.NewReader(string(line) + "\n")).Read()
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		var fromJSON []string
		if err := json.Unmarshal([]byte(got[len(texts)]), &fromJSON); err != nil || !slices.Equal(fromJSON, texts) {
			t.Fatalf("list %q reads back as %q (%v)", texts, fromJSON, err)
		}
		for i, text := range texts {
			// The reader of the standard library turns CR LF inside quotes into LF.
			if want := strings.ReplaceAll(text, "\r\n", "\n"); got[i] != want {
				t.Fatalf("%q reads back as %q", want, got[i])
			}
		}
	})
}

// appendFixed and unscaled agree with the decimal library.
func TestDecimalsAreWrittenExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		exponent := rapid.Int32Range(-12, 8).Draw(t, "exponent")
		number := decimal.New(rapid.Int64().Draw(t, "coefficient"), exponent)
		c := decimalColumn("v", "", "", 24, 6, func(r *decimal.NullDecimal) *decimal.NullDecimal { return r })
		row := decimal.NewNullDecimal(number)
		got, known := c.appendScalar(nil, &row)
		rounded := number.RoundBank(6)
		fits := rounded.Abs().LessThan(decimal.New(1, 18))
		if known != fits {
			t.Fatalf("%s: known %v", number, known)
		}
		want := rounded.StringFixed(6)
		if rounded.IsZero() {
			want = "0.000000"
		}
		if fits && string(got) != want {
			t.Fatalf("%s: %s, want %s", number, got, want)
		}
	})
}
