package export

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"gongkai/normalize"
)

// editionOf is a document of three lines: 本年收入 100, 其他 20, 结转 a dash.
func editionOf(number int, published, retrieved string) *normalize.Batch {
	batch := syntheticBatch(number, 10)
	batch.Document.PublishDate = published
	batch.Sources = []normalize.Source{{Path: strings.Repeat("x", number) + ".pdf", DocumentID: batch.Document.ID, RetrievedAt: retrieved}}
	batch.Lines = batch.Lines[:3]
	for i, name := range []string{"本年收入", "其他", "结转"} {
		line := &batch.Lines[i]
		line.Name, line.Code, line.ColumnPath, line.LeafOf = name, "", "预算数", ""
		line.AmountRaw, line.ValueState = []string{"100.00", "20.00", "—"}[i], []string{"number", "number", "dash"}[i]
		line.AmountCNY = decimal.NullDecimal{}
		if i < 2 {
			line.AmountCNY = decimal.NewNullDecimal(decimal.New([]int64{100, 20}[i], 4))
		}
	}
	return batch
}

func readChanges(t *testing.T, dataset string) (changes []map[string]any) {
	t.Helper()
	for line := range strings.Lines(published(t, dataset)["CHANGES.jsonl"]) {
		var change map[string]any
		if err := json.Unmarshal([]byte(line), &change); err != nil {
			t.Fatal(err)
		}
		changes = append(changes, change)
	}
	return changes
}

// The second edition changes one amount, drops a line and adds one.
func TestRepublishedDocumentsAreCompared(t *testing.T) {
	first, second := editionOf(1, "2021-02-18", ""), editionOf(2, "2021-03-01", "")
	second.Lines[0].AmountRaw, second.Lines[0].AmountCNY = "110.50", decimal.NewNullDecimal(decimal.New(1105, 3))
	second.Lines[1].Name = "经营收入"
	other := editionOf(3, "2021-02-18", "")
	other.Document.FiscalYear = 2022
	store, dataset := storeOf(t, second, other, first)
	publish(t, store, dataset, PublishOptions{})
	changes := readChanges(t, dataset)
	if len(changes) != 1 {
		t.Fatalf("%d candidates, want 1", len(changes))
	}
	got := changes[0]
	place := func(batch *normalize.Batch) map[string]any {
		return map[string]any{"document_id": batch.Document.ID, "file": batch.Sources[0].Path, "title": batch.Document.Title, "publish_date": batch.Document.PublishDate}
	}
	amount := func(line *normalize.Line, cny any) map[string]any {
		return map[string]any{"line_id": line.ID, "page": float64(line.Page), "amount_raw": line.AmountRaw, "amount_cny": cny}
	}
	difference := func(kind, name string, extra map[string]any) map[string]any {
		all := map[string]any{"change": kind, "statement": "gpb_expenditure", "name": name, "column_path": "预算数"}
		for key, value := range extra {
			all[key] = value
		}
		return all
	}
	want := map[string]any{
		"agency_name": "秦皇岛市科学技术协会", "agency_code": "731", "fiscal_year": 2021.0, "doc_kind": "department_budget", "ordered_by": "publish_date",
		"earlier": place(first), "later": place(second), "lines_same": 1.0,
		"differences": []any{
			difference("changed", "本年收入", map[string]any{"earlier": amount(&first.Lines[0], "1000000"), "later": amount(&second.Lines[0], "1105000"), "difference_cny": "105000"}),
			difference("removed", "其他", map[string]any{"earlier": amount(&first.Lines[1], "200000")}),
			difference("added", "经营收入", map[string]any{"later": amount(&second.Lines[1], "200000")}),
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// Editions are in order of their dates, whatever order they were put or named in.
func TestEditionsAreInOrderOfTime(t *testing.T) {
	for name, c := range map[string]struct {
		dates [3][2]string // of documents 1, 2, 3: published, retrieved
		order string
		later []int // documents in order
	}{
		"published":           {[3][2]string{{"2021-03-01", "a"}, {"2021-01-01", "b"}, {"2021-02-01", "c"}}, "publish_date", []int{2, 3, 1}},
		"retrieved":           {[3][2]string{{"2021-03-01", "2022-02-01"}, {"", "2022-03-01"}, {"", "2022-01-01"}}, "retrieved_at", []int{3, 1, 2}},
		"published same days": {[3][2]string{{"2021-03-01", "2022-02-01"}, {"2021-03-01", "2022-03-01"}, {"2021-01-01", "2022-01-01"}}, "retrieved_at", []int{3, 1, 2}},
		"no dates":            {[3][2]string{}, "unknown", nil},
	} {
		var batches []*normalize.Batch
		for number := range 3 {
			batches = append(batches, editionOf(number+1, c.dates[number][0], c.dates[number][1]))
		}
		var want []string
		for _, number := range c.later {
			want = append(want, batches[number-1].Document.ID)
		}
		if want == nil {
			for _, batch := range batches {
				want = append(want, batch.Document.ID)
			}
			slices.Sort(want)
		}
		slices.Reverse(batches)
		store, dataset := storeOf(t, batches...)
		publish(t, store, dataset, PublishOptions{})
		changes := readChanges(t, dataset)
		if len(changes) != 2 {
			t.Fatalf("%s: %d candidates, want 2", name, len(changes))
		}
		id := func(change int, side string) string {
			return changes[change][side].(map[string]any)["document_id"].(string)
		}
		got := []string{id(0, "earlier"), id(0, "later"), id(1, "later")}
		if diff := cmp.Diff(want, got); diff != "" || changes[0]["ordered_by"] != c.order || id(1, "earlier") != got[1] {
			t.Errorf("%s: ordered by %v, -want +got\n%s", name, changes[0]["ordered_by"], diff)
		}
	}
}

// What tells documents apart: agency, year, kind, division, statements. One without
// an agency is like no other.
func TestOtherDocumentsAreNoEditions(t *testing.T) {
	for name, change := range map[string]func(*normalize.Batch){
		"agency":     func(b *normalize.Batch) { b.Document.AgencyName = "秦皇岛市财政局" },
		"no agency":  func(b *normalize.Batch) { b.Document.AgencyName, b.Document.AgencyCode = "", "" },
		"year":       func(b *normalize.Batch) { b.Document.FiscalYear = 2020 },
		"no year":    func(b *normalize.Batch) { b.Document.FiscalYear = 0 },
		"kind":       func(b *normalize.Batch) { b.Document.Kind = "unit_budget" },
		"division":   func(b *normalize.Batch) { b.Document.AdminDivision = "130400" },
		"statements": func(b *normalize.Batch) { b.Tables[0].Statement = "three_public" },
	} {
		other := editionOf(2, "", "")
		change(other)
		store, dataset := storeOf(t, editionOf(1, "", ""), other)
		publish(t, store, dataset, PublishOptions{})
		if changes := readChanges(t, dataset); len(changes) != 0 {
			t.Errorf("another %s: %d candidates", name, len(changes))
		}
	}
}
