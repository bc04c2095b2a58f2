package codebook

import "testing"

// TestCrosswalks: every code of a pair is listed in the edition the pair names.
func TestCrosswalks(t *testing.T) {
	book := embeddedBook(t)
	pairs, err := Crosswalks()
	if err != nil {
		t.Fatal(err)
	}
	listed := map[[3]string]string{}
	for _, scheme := range allSchemes {
		for entry := range book.Entries(scheme) {
			listed[[3]string{scheme, entry.Edition, entry.Code}] = entry.Name
		}
	}
	count := map[string]int{}
	for _, p := range pairs {
		count[p.Name]++
		for _, end := range [][3]string{{p.FromScheme, p.FromEdition, p.From}, {p.ToScheme, p.ToEdition, p.To}} {
			if _, ok := listed[end]; !ok && end[0] != COFOG && p.Status != "split" {
				t.Errorf("%s: %v is not listed", p.Name, end)
			}
		}
		if p.Status == "" || p.Source == "" || p.Basis == "" {
			t.Errorf("%s: %s to %s says nothing of what it rests on", p.Name, p.From, p.To)
		}
	}
	for _, name := range []string{"functional_cofog", "economic_government_department", "procurement_2013_2022", "functional_2009_2019"} {
		if count[name] == 0 {
			t.Errorf("no pairs of %s", name)
		}
	}
	// The catalogue of 2022 made A02010104, a desktop computer, a server.
	for _, p := range pairs {
		if p.Name == "procurement_2013_2022" && p.From == "A02010104" && (p.FromName != "台式计算机" || p.To != "A02010105") {
			t.Errorf("A02010104 %s leads to %s", p.FromName, p.To)
		}
	}
}

// TestEnglish: every class of today's lists has an English name.
func TestEnglish(t *testing.T) {
	book := embeddedBook(t)
	for _, scheme := range []string{FunctionalExpenditure, EconomicDepartment, EconomicGovernment} {
		for entry := range book.Entries(scheme) {
			if entry.Level == "类" && entry.Edition >= "2018" && English(scheme, entry.Code) == "" {
				t.Errorf("%s %s %s has no English name", scheme, entry.Code, entry.Name)
			}
		}
	}
	if name := English(FunctionalExpenditure, "2060702"); name != "" {
		t.Errorf("the item 2060702 is called %s", name)
	}
}
