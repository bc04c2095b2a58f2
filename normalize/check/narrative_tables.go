package check

import (
	"strings"
)

// A number in prose is held against every place of the tables that may print
// it: basic spending stands in the statement of all funds, in that of the general
// public budget, and by economic class. The prose is right when one of them
// agrees, and wrong when none does.

// witnesses are the places of the tables that may print a quantity, the likeliest first.
type witnesses []Term

// add notes an amount whose unit is known.
func (w *witnesses) add(t *Table, row, column int) {
	if line := t.Line(row, column); line != nil && line.AmountCNY.Valid && t.Number(row, column).Known {
		*w = append(*w, t.term(row, column))
	}
}

// isOfYear: the column holds amounts of the document's year, and no differences.
func (c *Column) isOfYear() bool {
	switch c.Measure {
	case "prior_year_budget", "prior_year_final", "change":
		return false
	}
	return c.Role != "unit_price" && !containsAny(c.Path, "上年", "去年", "增减", "比例", "%", "％")
}

// Statements by what their totals are.
var (
	balanceStatements       = []string{"dept_income_expenditure", "final_income_expenditure"}
	fiscalBalanceStatements = []string{"fiscal_income_expenditure", "final_fiscal_income_expenditure"}
	incomeStatements        = []string{"dept_income", "final_income"}
	expenditureStatements   = []string{"dept_expenditure", "final_expenditure"}
	generalStatements       = []string{"gpb_expenditure", "final_gpb_expenditure", "gpb_by_economic"}
	basicStatements         = []string{"gpb_basic_expenditure", "final_gpb_basic"}
	fundStatements          = []string{"gov_fund_expenditure", "final_gov_fund"}
	capitalStatements       = []string{"state_capital_expenditure", "final_state_capital"}
)

// inRows collects what rows print in the columns of the year.
func (x *Index) inRows(statements []string, fits func(t *Table, row *Row, column *Column) bool) witnesses {
	var found witnesses
	for _, t := range x.Statement(statements...) {
		for c := range t.Columns {
			if !t.Columns[c].isOfYear() {
				continue
			}
			for r := range t.Rows {
				if fits(t, &t.Rows[r], &t.Columns[c]) {
					found.add(t, r, c)
				}
			}
		}
	}
	return found
}

// itemRows are the rows of items such as income.fiscal, those of the first item first.
func (x *Index) itemRows(statements []string, items ...string) witnesses {
	var found witnesses
	for _, item := range items {
		found = append(found, x.inRows(statements, func(_ *Table, row *Row, _ *Column) bool { return row.Item == item })...)
	}
	return found
}

// totalRows are the totals of statements, in columns of the kinds of spending; no kind: every column.
func (x *Index) totalRows(statements []string, kinds ...string) witnesses {
	return x.inRows(statements, func(_ *Table, row *Row, column *Column) bool {
		if !row.Total {
			return false
		}
		for _, kind := range kinds {
			if column.Kind == kind {
				return true
			}
		}
		return len(kinds) == 0
	})
}

// columnsNamed are the totals of columns whose header has one of the words.
func (x *Index) columnsNamed(statements []string, words ...string) witnesses {
	return x.inRows(statements, func(_ *Table, row *Row, column *Column) bool {
		return row.Total && containsAny(column.Path, words...)
	})
}

// rowsNamed are rows whose label has one of the words.
func (x *Index) rowsNamed(statements []string, words ...string) witnesses {
	return x.inRows(statements, func(_ *Table, row *Row, _ *Column) bool { return containsAny(row.Name, words...) })
}

func joined(lists ...witnesses) witnesses {
	var all witnesses
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

// incomeSources are the cores of clauses that name a source of income, the item
// of the two-sided statements, and the words of its column in the statement of income.
var incomeSources = []struct {
	cores []string
	items []string
	words []string
}{
	{[]string{"财政拨款收入", "财政拨款"}, []string{"income.fiscal"}, []string{"财政拨款"}},
	{[]string{"一般公共收入", "一般公共拨款收入", "一般公共财政拨款收入", "一般公共拨款", "一般公共财政拨款"}, []string{"income.general_public"}, []string{"一般公共"}},
	{[]string{"政府性基金收入", "政府性基金拨款收入", "政府性基金财政拨款收入", "政府性基金拨款"}, []string{"income.government_fund"}, []string{"基金"}},
	{[]string{"国有资本经营收入", "国有资本经营拨款收入", "国有资本经营财政拨款收入"}, []string{"income.state_capital"}, []string{"国有资本"}},
	{[]string{"财政专户管理资金", "财政专户管理资金收入"}, []string{"income.special_account"}, []string{"专户"}},
	{[]string{"事业收入"}, []string{"income.operations"}, []string{"事业收入"}},
	{[]string{"事业经营收入", "经营收入"}, []string{"income.commercial"}, []string{"经营收入"}},
	{[]string{"上级补助收入"}, []string{"income.superior_subsidy"}, []string{"上级补助"}},
	{[]string{"附属上缴收入"}, []string{"income.subordinate_remittance"}, []string{"附属"}},
	{[]string{"其他收入"}, []string{"income.other"}, []string{"其他收入"}},
}

// sourceOfIncome collects where tables print a source of income; nil for other words.
func (x *Index) sourceOfIncome(core string) (found witnesses, known bool) {
	for _, source := range incomeSources {
		for _, name := range source.cores {
			if core == name {
				found = joined(x.itemRows(balanceStatements, source.items...), x.columnsNamed(incomeStatements, source.words...), x.itemRows(fiscalBalanceStatements, source.items...))
				if source.items[0] == "income.fiscal" {
					found = joined(found, x.fiscalTotals())
				}
				return found, true
			}
		}
	}
	return nil, false
}

func (x *Index) incomeTotals() witnesses {
	return joined(x.itemRows(balanceStatements, "income.total", "income.current_year"), x.totalRows(incomeStatements))
}

func (x *Index) expenditureTotals() witnesses {
	return joined(x.itemRows(balanceStatements, "expenditure.total", "expenditure.current_year"), x.totalRows(expenditureStatements, "total", ""))
}

// fiscalTotals are those of all fiscal money, in columns that are not one fund's.
func (x *Index) fiscalTotals() witnesses {
	var found witnesses
	for _, item := range []string{"income.total", "expenditure.total", "income.current_year", "expenditure.current_year", "income.fiscal"} {
		found = append(found, x.inRows(fiscalBalanceStatements, func(_ *Table, row *Row, column *Column) bool {
			return row.Item == item && (column.Fund == "" || column.Fund == "all" || row.Direction == "revenue")
		})...)
	}
	return found
}

func (x *Index) generalTotals() witnesses {
	return joined(x.totalRows(generalStatements, "total", ""), x.inRows(fiscalBalanceStatements, func(_ *Table, row *Row, column *Column) bool {
		return column.Fund == "general_public" && strings.HasPrefix(row.Item, "expenditure.")
	}))
}
