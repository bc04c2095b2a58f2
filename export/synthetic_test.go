package export

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"gongkai/extract/layout"
	"gongkai/normalize"
)

const testVersion = "test"

func documentID(number int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "document %d", number))
	return hex.EncodeToString(sum[:])
}

func keyOf(batch *normalize.Batch) Key { return Key{SHA256: batch.Document.ID, Version: testVersion} }

// syntheticBatch is a document of so many cells in tables of 20 rows and 5
// columns: a code, a name and three amounts, some of them blank, dashes, negative,
// without a unit, or too long for 64 bits.
func syntheticBatch(number, cells int) *normalize.Batch {
	id := documentID(number)
	batch := &normalize.Batch{
		Document: normalize.Document{
			ID: id, Bytes: 1000 + int64(number), PageCount: 1 + cells/100, Kind: "department_budget", Phase: "approved",
			FiscalYear: 2021, AgencyCode: "731", AgencyName: "秦皇岛市科学技术协会", AdminDivision: "130300",
			AdminDivisionName: "秦皇岛市", DefaultUnit: "万元", Title: "2021 年部门预算,\n“公开”\"全文\"", HasTextLayer: true,
			ExtractorVersion: testVersion, Status: "ok",
		},
		Sources: []normalize.Source{
			{Path: fmt.Sprintf("b/%d.pdf", number), DocumentID: id, Bytes: 1000},
			{Path: "a.zip", Member: fmt.Sprintf("%d.pdf", number), DocumentID: id, Bytes: 1000},
		},
	}
	headers := [][]string{{"科目编码"}, {"科目名称"}, {"合计"}, {"支出", "基本支出"}, {"支出", "项目\"支出\""}}
	flags := []string{"wrapped_joined"}
	for i := range cells {
		place := i % 100
		row, column := place/5, place%5
		if place == 0 {
			ordinal := len(batch.Tables) + 1
			batch.Tables = append(batch.Tables, normalize.Table{
				ID: fmt.Sprintf("%s#t%02d", id[:16], ordinal), DocumentID: id, Ordinal: ordinal, Statement: "gpb_expenditure", Confidence: 0.98,
				Title: "一般公共预算支出表", Side: "whole", PageFirst: ordinal, PageLast: ordinal, Rows: 20, Columns: 5, HeaderRows: 1,
				UnitRaw: "万元", UnitSource: "caption", Method: "lattice",
				Boxes: []normalize.PageBox{{Page: ordinal, Box: layout.Box{X0: 50.004, Y0: 60, X1: 540.5, Y1: 700}}, {Page: ordinal + 1}}[:1+ordinal%2],
			})
		}
		table := &batch.Tables[len(batch.Tables)-1]
		cell := normalize.Cell{
			ID: fmt.Sprintf("%sr%dc%d", table.ID, row, column), TableID: table.ID, DocumentID: id, Page: table.PageFirst,
			Row: row, Column: column, RowSpan: 1, ColumnSpan: 1, Role: "data", ValueState: "number", UnitRaw: "万元", HeaderPath: headers[column],
			Box:    layout.Box{X0: 50 + 97.37*float64(column), Y0: 60 + 20.113*float64(row), X1: 147.37 + 97.37*float64(column), Y1: 80.113 + 20.113*float64(row)},
			Glyphs: 7,
		}
		code := fmt.Sprint(2010000 + 101*(row%7) + i/100)
		switch {
		case column == 0:
			cell.TextRaw, cell.Role, cell.ValueState, cell.UnitRaw = code, "stub", "text", ""
		case column == 1:
			cell.TextRaw, cell.Role, cell.ValueState, cell.UnitRaw = "一般行政管理"+strings.Repeat("事务", 1+row%4), "stub", "text", ""
			cell.Flags = flags[:row%2]
		default:
			amount := decimal.New(int64(i)*7919%1_000_003-999, -2)
			cell.RowLabelPath = []string{"201", code[:5], code}
			line := normalize.Line{
				ID: cell.ID, TableID: table.ID, CellID: cell.ID, Statement: table.Statement, FiscalYear: 2021, Phase: "approved", Direction: "expenditure",
				Side: "whole", AgencyCode: "731", AgencyName: batch.Document.AgencyName, AdminDivision: "130300", Code: code, CodeRaw: code,
				Name: "一般行政管理事务", NameRaw: "一般行政 管理事务", CodeScheme: "functional_expenditure", CodeStatus: "exact", FuncCode: code,
				ColumnPath: strings.Join(cell.HeaderPath, "/"), UnitRaw: "万元", IsTotal: row == 0, Page: cell.Page, Box: cell.Box,
				FundType: "general_public", SpendingKind: "project", Measure: "budget", AmountRole: "flow", ReportedBy: "unit",
				Level: row % 4, IsLeaf: row%3 == 1, LeafOf: []string{"", "functional", "economic"}[row%3],
			}
			switch place % 23 {
			case 3:
				cell.ValueState = "blank"
			case 4:
				cell.TextRaw, cell.ValueState = "—", "dash"
			case 8:
				cell.TextRaw, cell.ValueState = "1,2o0", "unparsed"
			case 9: // fills DECIMAL(24,6), not 64 bits
				amount = decimal.RequireFromString("-123456789012345678.123456")
				fallthrough
			default:
				cell.TextRaw, cell.Value = amount.StringFixed(2), decimal.NewNullDecimal(amount)
				if place%19 != 0 && amount.NumDigits() < 12 {
					line.AmountCNY = decimal.NewNullDecimal(amount.Shift(4))
				} else {
					line.UnitRaw = ""
				}
			}
			line.AmountRaw, line.ValueState = cell.TextRaw, cell.ValueState
			if line.ValueState == "number" || line.ValueState == "unparsed" {
				line.LineNo = len(batch.Lines) + 1
			}
			batch.Lines = append(batch.Lines, line)
		}
		cell.TextNorm = cell.TextRaw
		batch.Cells = append(batch.Cells, cell)
	}
	for i := range cells / 50 {
		batch.Findings = append(batch.Findings, normalize.Finding{
			ID: fmt.Sprintf("%.12s%04d", id, i), DocumentID: id, RuleID: "V06", Severity: "warn", Outcome: "fail", Origin: "unknown",
			MessageEN: "the code is unknown, \"as printed\"", CellIDs: []string{batch.Cells[i].ID}, Pages: []int{1, 2}[:i%3],
			RuleVersion: 1, TableIDs: []string{batch.Tables[0].ID}, Formula: "2.23 ≠ 1.93 + 0.50 (= 2.43)", Unit: "万元", Confidence: 0.75,
			Expected: decimal.NewNullDecimal(decimal.New(243, -2)), Observed: decimal.NewNullDecimal(decimal.New(223, -2)),
			Operands: []normalize.Operand{{Role: "whole", Label: "合计", Raw: "2.23", Value: decimal.NewNullDecimal(decimal.New(223, -2)), CellID: batch.Cells[i].ID, Page: 1, Box: batch.Cells[i].Box}},
		})
	}
	addFacts(batch)
	return batch
}

// addFacts gives the datasets beside the budget lines a row each.
func addFacts(batch *normalize.Batch) {
	id, some := batch.Document.ID, decimal.NewNullDecimal(decimal.New(123456, -2))
	table, section := id[:16]+"#t01", id[:16]+"#s1"
	box := layout.Box{X0: 50, Y0: 60, X1: 90.25, Y1: 75}
	batch.Purchases = []normalize.Purchase{{ID: table + "r3", DocumentID: id, TableID: table, Row: 3, ItemName: "空调机", CatalogueCode: "A0206180203", Quantity: some, Amount: some, Category: "goods", Page: 1, Box: box}}
	batch.Assets = []normalize.Asset{{ID: table + "r4", DocumentID: id, TableID: table, AsOf: "2020-12-31", Kind: "vehicle", LabelRaw: "2、车辆（台、辆）", Quantity: some, Value: some, Page: 1}}
	batch.Institutions = []normalize.Institution{{ID: table + "r5", DocumentID: id, TableID: table, Name: "秦皇岛市科学技术协会", RankRaw: "正处级", Page: 1, Box: box}}
	batch.Indicators = []normalize.Indicator{{ID: table + "r6c4#i1", DocumentID: id, TableID: table, CellID: table + "r0c0", Scope: "project", Level1: "output", Level2: "cost", Name: "人均培训成本", Operator: "lt", TargetValue: some, TargetUnit: "元/人/天", TargetRaw: "<1234.56元/人/天", Page: 2}}
	batch.Sections = []normalize.Section{
		{ID: section, DocumentID: id, Level: 1, Ordinal: 1, Form: "heading", Heading: "一、部门职责", Kind: "duties", PageFirst: 1, PageLast: 1},
		{ID: id[:16] + "#s2", DocumentID: id, ParentID: section, Level: 2, Ordinal: 2, Form: "paragraph", Kind: "duties", Text: "支出12.3万元", PageFirst: 1, PageLast: 2}}
	batch.TextAmounts = []normalize.TextAmount{{ID: id[:16] + "#s2a1", DocumentID: id, SectionID: id[:16] + "#s2", Sentence: "支出12.3万元", Measure: "budget", Period: 2021, Value: some, Unit: "万元", Amount: some, CharStart: 2, CharEnd: 8, Page: 1}}
	batch.Terms = []normalize.Term{{ID: section + "d1", DocumentID: id, SectionID: section, Ordinal: 1, Name: "基本支出", Definition: "指为保障机构正常运转\"的支出\"", Page: 2}}
	batch.RuleOutcomes = []normalize.RuleOutcome{
		{ID: id[:16] + "#T02#t01", DocumentID: id, RuleID: "T02", RuleVersion: 1, TableID: table, Outcome: "rounding", Checked: 3, Passed: 2, Rounded: 1},
		{ID: id[:16] + "#X02", DocumentID: id, RuleID: "X02", RuleVersion: 1, Outcome: "insufficient_data", Reason: "dept_expenditure is missing"}}
}

// failedBatch is what is kept of a document that could not be read.
func failedBatch(number int) *normalize.Batch {
	id := documentID(number)
	return &normalize.Batch{
		Document: normalize.Document{ID: id, Bytes: 12, ExtractorVersion: testVersion, Status: "failed", FailureStage: "open", FailureClass: "not_pdf", FailureMessage: "no PDF header"},
		Sources:  []normalize.Source{{Path: fmt.Sprintf("broken/%d.pdf", number), DocumentID: id, Bytes: 12}},
	}
}

// storeOf puts the batches into a new dataset in the order given.
func storeOf(t testing.TB, batches ...*normalize.Batch) (store *Store, dataset string) {
	t.Helper()
	dataset = t.TempDir()
	store, err := OpenStore(dataset)
	if err != nil {
		t.Fatal(err)
	}
	for _, batch := range batches {
		if err := store.Put(keyOf(batch), batch); err != nil {
			t.Fatal(err)
		}
	}
	return store, dataset
}
