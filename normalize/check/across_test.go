package check

import (
	"slices"
	"strings"
	"testing"

	"gongkai/normalize"
)

// summaryOf makes a summary with amounts in 万元 by quantity; "prior " marks last year's.
func summaryOf(id, agency, kind string, year int, units []string, amounts map[string]int64) *Summary {
	s := &Summary{DocumentID: id + strings.Repeat("0", 64-len(id)), Agency: agency, Kind: kind, Phase: "approved", Year: year, Units: units}
	for quantity, hundredths := range amounts {
		name, prior := strings.CutPrefix(quantity, "prior ")
		s.figures = append(s.figures, figure{quantity: name, prior: prior, Number: Number{Value: hundredths * 1e6, Grain: 1e6, Known: true}, unit: "万元", page: 3, table: 5, row: 4, column: 2})
	}
	slices.SortFunc(s.figures, func(l, r figure) int { return strings.Compare(l.quantity, r.quantity) })
	return s
}

func told(findings []normalize.Finding) []string {
	var list []string
	for _, f := range findings {
		list = append(list, f.DocumentID[:1]+" "+f.RuleID+" "+f.Outcome+" "+f.Formula)
	}
	return list
}

func TestAcross(t *testing.T) {
	summaries := []*Summary{
		summaryOf("a", "某局", "department_budget", 2023, []string{"某局本级", "某中心"}, map[string]int64{"expenditure.total": 100000, "gpb.total": 90000, "gpb/206": 50000, "three_public.total": 1000}),
		summaryOf("b", "某局", "department_budget", 2024, nil, map[string]int64{"expenditure.total": 210000, "prior gpb.total": 90000, "prior gpb/206": 50010, "gpb.total": 95000}),
		summaryOf("c", "某局", "department_budget", 2024, nil, map[string]int64{"expenditure.total": 210000, "gpb.total": 95001}),
		summaryOf("d", "某中心", "unit_budget", 2023, nil, map[string]int64{"expenditure.total": 30000, "three_public.total": 1200}),
		summaryOf("e", "别局", "department_budget", 2024, nil, map[string]int64{"expenditure.total": 1}),
		summaryOf("f", "某中心", "unit_budget", 2024, nil, map[string]int64{"expenditure.total": 40000}),
		summaryOf("g", "", "department_budget", 2024, nil, map[string]int64{"expenditure.total": 210000}),
	}
	want := []string{
		"b D01 fail 500.10 ≠ 500.00",
		"b P04 notice 1000.00 → 2100.00",
		"c P04 notice 1000.00 → 2100.00",
		"c P05 rounding 950.01 ≈ 950.00",
		"d D02 fail 12.00 ≠ 10.00",
	}
	findings, outcomes := Across(slices.Values(summaries))
	if got := told(findings); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, o := range outcomes {
		if o.Checked == 0 || o.Checked != o.Passed+o.Rounded+o.Failed && o.Outcome != Notice {
			t.Errorf("%s: %+v", o.ID, o)
		}
	}
	slices.Reverse(summaries)
	again, outcomesAgain := Across(slices.Values(summaries))
	if !slices.Equal(told(again), want) || len(outcomesAgain) != len(outcomes) || !slices.EqualFunc(outcomes, outcomesAgain, func(l, r normalize.RuleOutcome) bool { return l == r }) {
		t.Error("another order of the documents gives other rows")
	}
}

func TestAcrossNamesPlaces(t *testing.T) {
	summaries := []*Summary{
		summaryOf("a", "某局", "department_budget", 2023, nil, map[string]int64{"gpb/206": 50000}),
		summaryOf("b", "某局", "department_budget", 2024, nil, map[string]int64{"prior gpb/206": 60000}),
	}
	findings, _ := Across(slices.Values(summaries))
	if len(findings) != 1 {
		t.Fatalf("%d findings, want 1", len(findings))
	}
	f := findings[0]
	if want := summaries[1].DocumentID[:16] + "#t05r4c2"; !slices.Equal(f.CellIDs, []string{want}) || f.Operands[1].CellID != summaries[0].DocumentID[:16]+"#t05r4c2" {
		t.Errorf("cells %v, operands %+v", f.CellIDs, f.Operands)
	}
	if f.Operands[0].Raw != "600.00万元" || f.Difference.Decimal.String() != "100" {
		t.Errorf("%s, difference %s", f.Operands[0].Raw, f.Difference.Decimal)
	}
}
