package normalize

import (
	"testing"

	"gongkai/extract"
)

// TestCompilation: a department prints the sets of its units one after the other;
// where no caption says whose a table is, the heading does. Its lines are those of the unit.
func TestCompilation(t *testing.T) {
	rows := []string{"科目编码|科目名称|合计", "206|科学技术支出|27"}
	document := budgetOf(tableOfText(1, []string{"支出总表", "单位：万元"}, rowsOf(rows...)), tableOfText(2, []string{"支出总表", "单位：万元"}, rowsOf(rows...)))
	document.Source.URI = "某某市水务局2026年部门预算.pdf"
	place := []extract.Place{{Page: 1}}
	for i, s := range []extract.Section{
		{Kind: extract.Heading, Heading: "第一部分 某某市水务局2026年部门预算"},
		{Kind: extract.Heading, Heading: "一、部门预算表", Parent: 1},
		{Kind: extract.TableAnchor, Table: 1, Parent: 2},
		{Kind: extract.Heading, Heading: "第二部分 某某市水文中心2026年单位预算"},
		{Kind: extract.Heading, Heading: "一、单位预算表", Parent: 4},
		{Kind: extract.TableAnchor, Table: 2, Parent: 5},
	} {
		s.Ordinal, s.Level, s.Places = i+1, 1, place
		document.Sections = append(document.Sections, s)
	}
	batch := Normalize(document, nil)
	want := [][2]string{{"某某市水务局", "department"}, {"某某市水文中心", "unit"}}
	if len(batch.Lines) != len(want) {
		t.Fatalf("%d lines, want %d", len(batch.Lines), len(want))
	}
	for i := range want {
		if l := &batch.Lines[i]; l.AgencyName != want[i][0] || l.ReportedBy != want[i][1] {
			t.Errorf("line %d is reported by %s %q, want %v", i+1, l.ReportedBy, l.AgencyName, want[i])
		}
	}
}
