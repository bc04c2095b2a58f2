package export

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"gongkai/normalize"
)

// Final accounts print the budget beside the outcome: one row with both.
func TestWideRowsHaveAmountsSideBySide(t *testing.T) {
	batch := syntheticBatch(1, 20)
	batch.Document.Phase = "executed"
	line := func(i int, leaf, code, measure, spending string, amount int64) normalize.Line {
		l := batch.Lines[i]
		l.LeafOf, l.FuncCode, l.Measure, l.SpendingKind, l.Name = leaf, code, measure, spending, "科普活动"
		l.AmountCNY = decimal.NewNullDecimal(decimal.New(amount, 0))
		return l
	}
	missing := line(4, "functional", "2060799", "final", "basic", 0)
	missing.AmountCNY = decimal.NullDecimal{}
	batch.Lines = []normalize.Line{
		line(0, "functional", "2060702", "budget", "project", 100),
		line(1, "functional", "2060702", "final", "project", 90),
		line(2, "functional", "2060702", "final", "basic", 7),
		line(3, "", "2060702", "final", "total", 97), // no leaf
		missing,
		line(5, "functional", "2060702", "adjusted_budget", "project", 110),
		line(6, "functional", "2060703", "prior_year_final", "project", 1),
	}
	store, dataset := storeOf(t, batch)
	publish(t, store, dataset, PublishOptions{})
	header, rows := readCSV(t, published(t, dataset)["csv/budget_wide.csv"])
	var got [][]string
	for _, row := range rows {
		var picked []string
		for _, name := range []string{"year", "admin1", "admin2", "func1", "func2", "func3", "spending_kind", "approved", "adjusted", "executed"} {
			picked = append(picked, row[slices.Index(header, name)])
		}
		got = append(got, picked)
	}
	start := []string{"2021", "秦皇岛市", "秦皇岛市科学技术协会", "206", "20607"}
	want := [][]string{
		append(slices.Clone(start), "2060702", "project", "100.00", "110.00", "90.00"),
		append(slices.Clone(start), "2060702", "basic", "", "", "7.00"),
		append(slices.Clone(start), "2060799", "basic", "", "", ""),
		append(slices.Clone(start), "2060703", "project", "", "", ""),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
