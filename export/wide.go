package export

import (
	"github.com/shopspring/decimal"

	"gongkai/normalize"
)

// wideRow is one classified row of a document with its amounts side by side.
type wideRow struct {
	*normalize.Line // the first of its lines
	document        *normalize.Document
	approved        decimal.NullDecimal
	adjusted        decimal.NullDecimal
	executed        decimal.NullDecimal
}

// wideKey is what the lines of one wide row have in common.
type wideKey struct {
	kind, function, economic, government, name, fund, spending, project string
}

// wideRows are the expenditure leaves of a document, lines that differ in their
// measure only in one row.
func wideRows(rows []wideRow, batch *normalize.Batch) []wideRow {
	places := map[wideKey]int{}
	for i := range batch.Lines {
		line := &batch.Lines[i]
		if line.LeafOf == "" {
			continue
		}
		key := wideKey{line.LeafOf, line.FuncCode, line.EconCode, line.GovEconCode, line.Name, line.FundType, line.SpendingKind, line.ProjectName}
		place, known := places[key]
		if !known {
			place = len(rows)
			places[key] = place
			rows = append(rows, wideRow{Line: line, document: &batch.Document})
		}
		if amount := rows[place].amount(line); amount != nil && line.AmountCNY.Valid {
			*amount = decimal.NewNullDecimal(amount.Decimal.Add(line.AmountCNY.Decimal))
		}
	}
	return rows
}

// amount is the column a line's amount belongs in; nil for amounts of other years.
func (r *wideRow) amount(line *normalize.Line) *decimal.NullDecimal {
	switch {
	case line.Measure == "budget", line.Measure == "" && line.Phase == "approved":
		return &r.approved
	case line.Measure == "adjusted_budget", line.Measure == "" && line.Phase == "adjusted":
		return &r.adjusted
	case line.Measure == "final", line.Measure == "" && line.Phase == "executed":
		return &r.executed
	}
	return nil
}

// wideTable is a view for people, in the layout of the World Bank's BOOST files.
func wideTable() *table[wideRow] {
	type row = wideRow
	amount := func(name, title, description string, get func(*row) *decimal.NullDecimal) column[row] {
		return decimalColumn(name, title, description, amountDigits, amountPlaces, get)
	}
	return newTable(Dataset{
		Name: "budget_wide", Title: "Expenditure side by side", PrimaryKey: []string{"line_id"},
		ForeignKeys: []ForeignKey{toDocument, {Column: "line_id", Dataset: "budget_lines"}},
		Description: "The expenditure leaves for people to look at: one row for each classified row of a document, its amounts in columns. Made from budget_lines; add up one classification only.",
	}, []column[row]{
		integerColumn("year", "year", "fiscal year", func(r *row) int64 { return int64(r.document.FiscalYear) }).missingWhenZero(),
		textColumn("admin1", "division", "administrative division", func(r *row) string { return r.document.AdminDivisionName }),
		textColumn("admin2", "agency", "publishing department or unit", func(r *row) string { return r.document.AgencyName }),
		textColumn("classification", "classification", "how the row is classified", func(r *row) string { return r.LeafOf }).required().oneOf("functional", "what for: func1 to func3", "economic", "on what: econ1 and econ2"),
		textColumn("func1", "class", "class (类) of the functional code", func(r *row) string { return codeLevel(r.FuncCode, 1) }),
		textColumn("func2", "subclass", "subclass (款) of the functional code", func(r *row) string { return codeLevel(r.FuncCode, 2) }),
		textColumn("func3", "item", "item (项) of the functional code", func(r *row) string { return codeLevel(r.FuncCode, 3) }),
		textColumn("econ1", "economic class", "class (类) of the departmental economic code", func(r *row) string { return codeLevel(r.EconCode, 1) }),
		textColumn("econ2", "economic subclass", "subclass (款) of the departmental economic code", func(r *row) string { return codeLevel(r.EconCode, 2) }),
		textColumn("name", "name", "label of the row", func(r *row) string { return r.Name }),
		textColumn("fin_source", "source of money", "kind of fund", func(r *row) string { return r.FundType }).oneOf(fundTypes...),
		textColumn("spending_kind", "kind of spending", "basic or project spending, or a part of basic", func(r *row) string { return r.SpendingKind }).oneOf(spendingKinds...),
		textColumn("program", "project", "name of the project, where the row is one", func(r *row) string { return r.ProjectName }),
		amount("approved", "approved", "budget as approved, yuan", func(r *row) *decimal.NullDecimal { return &r.approved }),
		amount("adjusted", "adjusted", "budget as adjusted, yuan", func(r *row) *decimal.NullDecimal { return &r.adjusted }),
		amount("executed", "executed", "final accounts, yuan", func(r *row) *decimal.NullDecimal { return &r.executed }),
		textColumn("document_id", "document", "document the row stands in", func(r *row) string { return r.document.ID }).required(),
		textColumn("line_id", "line", "first line of the row", func(r *row) string { return r.ID }).key(),
	}, wideRows)
}
