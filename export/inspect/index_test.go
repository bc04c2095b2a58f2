package inspect_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"gongkai/normalize"
)

func TestIndexIsDeterministic(t *testing.T) {
	seed, hostile := read(t, seedFile, "writer.pdf"), read(t, hostileNames, hostileFile)
	make := func() []byte { return indexOf(t, smallDataset(seed.batch, hostile.batch)) }
	if !bytes.Equal(make(), make()) {
		t.Error("two indexes of one dataset differ")
	}
}

// Of an empty dataset the page has lists without entries, and opens.
func TestIndexOfNothing(t *testing.T) {
	data := map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(blocks(indexOf(t, nil))["index"]), &data); err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"documents", "words", "titles", "codes", "spread"} {
		if string(data[list]) != "[]" {
			t.Errorf("%s is %s", list, data[list])
		}
	}
}

func TestIndexCountsWhatIsNotUnderstood(t *testing.T) {
	batch := &normalize.Batch{
		Document: normalize.Document{ID: "d1", Kind: "department_budget"},
		Tables: []normalize.Table{
			{ID: "d1#t01", Statement: "unknown", Title: "某某表"},
			{ID: "d1#t02", Statement: "gpb_expenditure"},
			{ID: "d1#t03", Statement: "three_public", IsEmpty: true},
		},
		Lines: []normalize.Line{ // two amounts of one row, one of another
			{TableID: "d1#t02", CellID: "d1#t02r3c2", LineNo: 1, Code: "2999999", Name: "无此科目", CodeStatus: "unknown"},
			{TableID: "d1#t02", CellID: "d1#t02r3c3", LineNo: 2, Code: "2999999", Name: "无此科目", CodeStatus: "unknown"},
			{TableID: "d1#t02", CellID: "d1#t02r4c2", LineNo: 3, Code: "206", CodeStatus: "exact"},
		},
	}
	var data struct {
		Documents []json.RawMessage
		Titles    json.RawMessage
		Codes     json.RawMessage
	}
	if err := json.Unmarshal([]byte(blocks(indexOf(t, []*normalize.Batch{batch}))["index"]), &data); err != nil {
		t.Fatal(err)
	}
	if want := `[["某某表",1,0]]`; string(data.Titles) != want {
		t.Errorf("titles %s, want %s", data.Titles, want)
	}
	if want := `[["","2999999","无此科目",1,0]]`; string(data.Codes) != want {
		t.Errorf("codes %s, want %s", data.Codes, want)
	}
	// f: with amounts, e: empty, m: missing, in the order of the yearly statements.
	if want := []byte(`"mmmmfmemm"`); !bytes.Contains(data.Documents[0], want) {
		t.Errorf("coverage is not %s in %s", want, data.Documents[0])
	}
}
