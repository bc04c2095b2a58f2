package check

import "strings"

// What a reader looks up: the total of a statement, a class in it, a line of
// 三公. Each lookup gives the term, to be compared with those of other tables.

// statementPairs are the ids of a statement in budgets and in final accounts.
var statementPairs = map[string][]string{
	"balance":         {"dept_income_expenditure", "final_income_expenditure"},
	"income":          {"dept_income", "final_income"},
	"expenditure":     {"dept_expenditure", "final_expenditure"},
	"fiscal":          {"fiscal_income_expenditure", "final_fiscal_income_expenditure"},
	"gpb":             {"gpb_expenditure", "final_gpb_expenditure"},
	"basic":           {"gpb_basic_expenditure", "final_gpb_basic"},
	"economic":        {"gpb_basic_expenditure", "final_gpb_basic", "gpb_by_economic"},
	"government_fund": {"gov_fund_expenditure", "final_gov_fund"},
	"state_capital":   {"state_capital_expenditure", "final_state_capital"},
	"three_public":    {"three_public", "final_three_public"},
	"project":         {"project_expenditure", "gpb_project_expenditure", "final_gpb_project"},
}

// first is the first table of a statement with amounts in it; nil when the
// document, or the agency that is looked at, has none.
func (x *Index) first(statement string) *Table {
	for _, t := range x.Statement(statementPairs[statement]...) {
		if len(t.lines) > 0 && (x.scope == "" || t.agency() == x.scope) {
			return t
		}
	}
	return nil
}

// agency is whom a table is of, without the remark that the office itself is meant.
func (t *Table) agency() string {
	name := squeeze(t.lines[0].AgencyName)
	if open := strings.IndexAny(name, "（("); open > 0 {
		name = name[:open]
	}
	return name
}

// forEachAgency asks a rule about the tables of one agency after the other, where a
// document is a compilation of several.
func forEachAgency(check func(*Index, *Results)) func(*Index, *Results) {
	return func(x *Index, results *Results) {
		agencies := x.publishers()
		if len(agencies) < 2 {
			check(x, results)
			return
		}
		for _, x.scope = range agencies {
			check(x, results)
		}
		x.scope = ""
	}
}

// publishers are the agencies that have a balance of their own, in order; an agency
// without one adds to the tables of another.
func (x *Index) publishers() []string {
	var agencies []string
	for _, name := range [...]string{"balance", "fiscal"} {
		for _, t := range x.Statement(statementPairs[name]...) {
			if len(t.lines) > 0 && t.agency() != "" {
				agencies = addOnce(agencies, t.agency())
			}
		}
	}
	return agencies
}

// columnsOf lists the columns of a kind of spending, of this year.
func (t *Table) columnsOf(kind string) []int {
	var columns []int
	for c := range t.Columns {
		if column := &t.Columns[c]; column.Kind == kind && column.isOfYear() && column.Role != "stock" && !strings.Contains(column.Path, "采购项目") {
			columns = append(columns, c)
		}
	}
	return t.own(columns)
}

// own keeps of some columns those of what the statement is about, 决算数 beside
// 年初预算数, where there are any.
func (t *Table) own(columns []int) []int {
	measure := "budget"
	if strings.HasPrefix(t.Statement, "final_") {
		measure = "final"
	}
	var kept []int
	for _, c := range columns {
		if t.Columns[c].Measure == measure {
			kept = append(kept, c)
		}
	}
	if len(kept) == 0 {
		return columns
	}
	return kept
}

// main is the first of the columns that the statement is about.
func (t *Table) main() int {
	all := make([]int, len(t.Columns))
	for c := range all {
		all[c] = c
	}
	return t.own(all)[0]
}

// own are the columns of a side that the statement is about, main is their first.
func (s *balanceSide) own() []int { return s.table.own(s.columns) }

func (s *balanceSide) main() int { return s.own()[0] }

// totals are the terms of the total row in columns; those not printed are left out.
func (t *Table) totals(columns []int) []Term {
	total := t.wholeRow()
	if total < 0 {
		return nil
	}
	var terms []Term
	for _, c := range columns {
		if term := t.term(total, c); term.Known {
			terms = append(terms, term)
		}
	}
	return terms
}

// kindTotals are the totals of a kind of spending: the first is that of the head
// 基本支出 or 合计, the others those of funds and parts below it.
func (t *Table) kindTotals(kind string) []Term { return t.totals(t.columnsOf(kind)) }

// classTerms are the terms that make up a class in a column: its own row, or
// else the uppermost rows below it.
func (t *Table) classTerms(class string, column int) []Term {
	var terms []Term
	for r := range t.Rows {
		row := &t.Rows[r]
		if row.Memo || row.Total || row.Code != class && !details(row.Code, class) {
			continue
		}
		if p := row.Parent; (p < 0 || row.Code == class || !strings.HasPrefix(t.Rows[p].Code, class)) && t.Number(r, column).Known {
			terms = append(terms, t.term(r, column))
		}
	}
	return terms
}

// sideWith is the side of a balance with income or expenditure.
func (t *Table) sideWith(direction string) *balanceSide {
	for _, s := range t.balanceSides() {
		if len(s.columns) > 0 && t.Columns[s.main()].Direction == direction {
			return s
		}
	}
	return nil
}

// totals are those of a side in one of its columns: of all, of the year, and
// of its heads where it prints no total of the year.
func (s *balanceSide) totals(column int) []Term {
	var terms []Term
	for _, r := range [...]int{s.grand, s.current} {
		if r >= 0 {
			if term := s.table.term(r, column); term.Known {
				terms = append(terms, term)
			}
		}
	}
	return terms
}

// item is the row of a side that stands for a source of income, and the term in
// the side's first column.
func (s *balanceSide) item(code string) (Term, bool) {
	for r := range s.table.Rows {
		row := &s.table.Rows[r]
		if row.Side == s.side && row.Item == code && !row.Memo && !s.isCarried(r) {
			if term := s.table.term(r, s.main()); term.Known {
				return term, true
			}
		}
	}
	return Term{}, false
}

// isCarried tells the rows of what was carried over, and their details.
func (s *balanceSide) isCarried(row int) bool {
	for _, head := range s.carried {
		if row == head {
			return true
		}
		for _, detail := range s.details[head] {
			if row == detail {
				return true
			}
		}
	}
	return false
}

// CompareAny compares a whole with the candidates that it may be equal to, since
// statements differ in what they count. The best outcome counts.
func (r *Results) CompareAny(e *Equation, candidates ...Term) string {
	best, outcome := -1, InsufficientData
	for i := range candidates {
		e.Parts = append(e.Parts[:0], candidates[i])
		switch o := r.outcomeOf(e); {
		case o == Pass:
			r.Pass(e.Table)
			return Pass
		case o == Rounding && outcome != Rounding, o == Fail && best < 0:
			best, outcome = i, o
		}
	}
	if best < 0 {
		return InsufficientData
	}
	e.Parts = append(e.Parts[:0], candidates[best])
	return r.Compare(e)
}
