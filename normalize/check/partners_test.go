package check

import (
	"slices"
	"testing"

	"gongkai/normalize"
)

func TestPartners(t *testing.T) {
	document := func(id, agency, kind string, year int, units ...string) *normalize.Batch {
		batch := &normalize.Batch{Document: normalize.Document{ID: id, AgencyName: agency, Kind: kind, Phase: "approved", FiscalYear: year}}
		for _, unit := range units {
			batch.Institutions = append(batch.Institutions, normalize.Institution{Name: unit})
		}
		return batch
	}
	var partners Partners
	for _, batch := range []*normalize.Batch{
		document("i", "甲局", "department_budget", 2024), // two years of one publisher
		document("a", "甲 局", "department_budget", 2023),
		document("h", "乙局", "department_budget", 2024, "乙中心", "乙局"), // a department and its unit
		document("b", "乙中心", "unit_budget", 2024),
		document("c", "乙中心", "department_final", 2022), // of another kind and year
		document("d", "丙局", "department_budget", 2024, "丙中心"),
		document("e", "", "department_budget", 2024), // nobody knows whose
		document("f", "", "department_budget", 2023),
	} {
		partners.Add(batch)
	}
	if got, want := partners.Documents(), []string{"a", "b", "h", "i"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
