package export

import (
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"gongkai/normalize"
)

// totalBatch is a document that prints nothing but its total expenditure, in 万元.
func totalBatch(number int, agency string, year int, total int64) *normalize.Batch {
	id := documentID(number)
	table := id[:16] + "#t01"
	cell := table + "r1c1"
	return &normalize.Batch{
		Document: normalize.Document{ID: id, PageCount: 1, Kind: "department_budget", Phase: "approved", FiscalYear: year, AgencyName: agency, Status: "ok"},
		Sources:  []normalize.Source{{Path: fmt.Sprintf("%d.pdf", number), DocumentID: id}},
		Tables:   []normalize.Table{{ID: table, DocumentID: id, Ordinal: 1, Statement: "dept_income_expenditure", Rows: 2, Columns: 2, HeaderRows: 1, UnitRaw: "万元"}},
		Cells:    []normalize.Cell{{ID: cell, TableID: table, DocumentID: id, Page: 1, Row: 1, Column: 1, RowSpan: 1, ColumnSpan: 1, Role: "total", ValueState: "number"}},
		Lines: []normalize.Line{{ID: cell, TableID: table, CellID: cell, LineNo: 1, Statement: "dept_income_expenditure", FiscalYear: year, Phase: "approved", AgencyName: agency,
			Name: "支出总计", ItemCode: "expenditure.total", Measure: "budget", ColumnPath: "预算数", AmountRaw: fmt.Sprintf("%d.00", total), UnitRaw: "万元",
			AmountCNY: decimal.NewNullDecimal(decimal.New(total, 4)), ValueState: "number", IsTotal: true, Page: 1}},
	}
}

// Documents of one publisher are held against each other where they are published;
// what comes of it stands behind the findings of the documents, in CSV and Parquet.
func TestComparisonsArePublished(t *testing.T) {
	store, dataset := storeOf(t, totalBatch(1, "某局", 2023, 1000), totalBatch(2, "某局", 2024, 2100), totalBatch(3, "别局", 2024, 9), syntheticBatch(4, 100))
	summary := publish(t, store, dataset, PublishOptions{})
	files := published(t, dataset)
	_, findings := readCSV(t, files["csv/findings.csv"])
	_, outcomes := readCSV(t, files["csv/rule_outcomes.csv"])
	if len(findings) != summary.Findings {
		t.Errorf("%d findings published, %d counted", len(findings), summary.Findings)
	}
	last := findings[len(findings)-1]
	if last[1] != documentID(2) || last[2] != "P04" || !slices.Contains(last, "1000.00 → 2100.00") {
		t.Errorf("the last finding is %q", last)
	}
	if last := outcomes[len(outcomes)-1]; last[1] != documentID(2) || last[2] != "P04" || last[5] != "notice" {
		t.Errorf("the last outcome is %q", last)
	}
	for _, table := range []Dataset{findingsTable().Dataset, ruleOutcomesTable().Dataset} {
		_, inCSV := readCSV(t, files["csv/"+table.Name+".csv"])
		_, inParquet := readParquet(t, files["parquet/"+table.Name+".parquet"], table)
		if !slices.EqualFunc(inCSV, inParquet, slices.Equal) {
			t.Errorf("%s: CSV and Parquet differ", table.Name)
		}
	}
}
