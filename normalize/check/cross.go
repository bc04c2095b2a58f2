package check

import (
	"slices"
	"strings"
)

// pair is the two tables of a rule; it tells when one of them is missing.
func (x *Index) pair(results *Results, left, right string) (a, b *Table, ok bool) {
	a, b = x.first(left), x.first(right)
	switch {
	case a == nil && b == nil:
		results.NotApplicable(Document, "neither "+left+" nor "+right+" is published")
	case a == nil:
		results.Insufficient(Document, left+" is missing")
	case b == nil:
		results.Insufficient(Document, right+" is missing")
	}
	return a, b, a != nil && b != nil
}

// compareOrSkip compares with any of the candidates, or says that a number is missing.
func (r *Results) compareOrSkip(e *Equation, candidates ...Term) {
	if r.CompareAny(e, candidates...) == InsufficientData {
		r.Insufficient(Document, "a total is not printed")
	}
}

// incomeColumns are the words that name the columns of the statement of income
// for each source.
var incomeColumns = []struct {
	item, fund string
	words      []string
}{
	{"income.general_public", "general_public", nil},
	{"income.government_fund", "government_fund", nil},
	{"income.state_capital", "state_capital", nil},
	{"income.special_account", "special_account", nil},
	{"income.operations", "", []string{"事业收入"}},
	{"income.commercial", "", []string{"经营收入"}},
	{"income.superior_subsidy", "", []string{"上级补助"}},
	{"income.subordinate_remittance", "", []string{"附属单位"}},
	{"income.other", "", []string{"其他收入"}},
}

// checkIncome compares the income of the balance with the statement of income:
// the totals, and each source with its column.
func checkIncome(x *Index, results *Results) {
	balance, income, ok := x.pair(results, "balance", "income")
	if !ok {
		return
	}
	side := balance.sideWith("revenue")
	total := income.wholeRow()
	if side == nil || total < 0 || len(income.Columns) == 0 {
		results.Insufficient(Document, "a total is not printed")
		return
	}
	equation := Equation{Table: Document, WordsZH: "收入总表合计应等于收支总表收入", WordsEN: "the statement of income and the balance should agree"}
	equation.Whole = income.term(total, income.main())
	results.compareOrSkip(&equation, side.totals(side.main())...)
	for _, source := range incomeColumns {
		printed, ok := side.item(source.item)
		columns := income.sourceColumns(source.fund, source.words)
		if !ok || len(columns) == 0 {
			continue
		}
		equation := Equation{Table: Document, Whole: printed, WordsZH: "应等于收入总表该项收入", WordsEN: "should be the column of the statement of income"}
		for _, c := range columns {
			equation.Parts = append(equation.Parts, income.term(total, c))
		}
		results.Compare(&equation)
	}
}

// sourceColumns are the columns of a source of income, without what was carried
// over and without what another of them sums.
func (t *Table) sourceColumns(fund string, words []string) []int {
	var columns []int
	for c := range t.Columns {
		column := &t.Columns[c]
		leaf := leafOf(column.Path)
		switch {
		case isCarriedOver(column.Path) || strings.HasPrefix(leaf, "其中") || strings.Contains(column.Path, "实户"):
		case fund != "" && column.Fund == fund, fund == "" && len(words) > 0 && strings.Contains(leaf, words[0]):
			columns = append(columns, c)
		}
	}
	for _, sum := range t.columnSums() {
		if slices.Contains(columns, sum.whole) {
			columns = slices.DeleteFunc(columns, func(c int) bool { return slices.Contains(sum.parts, c) })
		}
	}
	return columns
}

// checkExpenditure compares the expenditure of the balance with the statement of
// expenditure: the totals, and each class.
func checkExpenditure(x *Index, results *Results) {
	balance, spending, ok := x.pair(results, "balance", "expenditure")
	if !ok {
		return
	}
	side := balance.sideWith("expenditure")
	columns := spending.columnsOf("total")
	if side == nil || len(columns) == 0 {
		results.Insufficient(Document, "a total is not printed")
		return
	}
	for _, total := range spending.totals(columns[:1]) {
		results.compareOrSkip(&Equation{Table: Document, Whole: total, WordsZH: "支出总表合计应等于收支总表支出", WordsEN: "the statement of expenditure and the balance should agree"}, side.totals(side.main())...)
	}
	x.compareClasses(results, balance, side, side.main(), spending, columns[0])
}

// compareClasses compares the classes of a side of a balance with those of a
// functional statement, where both print them.
func (x *Index) compareClasses(results *Results, balance *Table, side *balanceSide, from int, other *Table, to int) {
	for r := range balance.Rows {
		row := &balance.Rows[r]
		if row.Side != side.side || len(row.Code) != len("206") || row.Memo || row.Total {
			continue
		}
		equation := Equation{Table: Document, Whole: balance.term(r, from), Parts: other.classTerms(row.Code, to), WordsZH: "两表同一类支出应相等", WordsEN: "the class should be the same in both statements"}
		if results.outcomeOf(&equation) == Fail {
			equation.Parts = append(equation.Parts, other.leftOver(results, &equation, row.Code)...)
		}
		results.Compare(&equation)
	}
}

// leftOver is what a statement of expenditure counts in its total of a class, but
// goes to the next year, where the equation holds without it.
func (t *Table) leftOver(results *Results, e *Equation, class string) []Term {
	for c := range t.Columns {
		if !strings.Contains(t.Columns[c].Path, "结转下年") && !strings.Contains(t.Columns[c].Path, "年末结转") {
			continue
		}
		terms := t.classTerms(class, c)
		for i := range terms {
			terms[i].Minus = true
		}
		without := *e
		without.Parts = slices.Concat(e.Parts, terms)
		if results.outcomeOf(&without) != Fail {
			return terms
		}
	}
	return nil
}

// checkFiscalIncome compares what the budget pays: 财政拨款收入 in the balance, 本年收入
// in the fiscal balance.
func checkFiscalIncome(x *Index, results *Results) {
	balance, fiscal, ok := x.pair(results, "balance", "fiscal")
	if !ok {
		return
	}
	left, right := balance.sideWith("revenue"), fiscal.sideWith("revenue")
	if left == nil || right == nil {
		results.Insufficient(Document, "a side has no amounts")
		return
	}
	equation := Equation{Table: Document, WordsZH: "收支总表财政拨款收入应等于财政拨款收支总表收入", WordsEN: "the fiscal income of the two balances should agree"}
	if whole, ok := left.item("income.fiscal"); ok {
		equation.Whole, equation.Parts = whole, fiscal.appendTerms(nil, right.heads, right.main())
		if outcome := results.outcomeOf(&equation); right.current < 0 && outcome != Fail {
			results.Compare(&equation)
			return
		}
		results.compareOrSkip(&equation, right.totals(right.main())...)
		return
	}
	for _, fund := range incomeColumns[:3] {
		a, printed := left.item(fund.item)
		b, also := right.item(fund.item)
		if !printed || !also {
			continue
		}
		equation.Whole, equation.Parts = a, []Term{b}
		if carried, ok := right.carriedItem(fund.item); ok && results.outcomeOf(&equation) == Fail {
			equation.Parts = append(equation.Parts, carried)
		}
		results.Compare(&equation)
	}
}

// carriedItem is what was carried over of a source of income.
func (s *balanceSide) carriedItem(code string) (Term, bool) {
	for r := range s.table.Rows {
		if s.table.Rows[r].Item == code && s.isCarried(r) {
			if term := s.table.term(r, s.main()); term.Known {
				return term, true
			}
		}
	}
	return Term{}, false
}

// checkFiscalFunds compares each fund of the fiscal balance with the statement
// of that fund: the totals, and each class.
func checkFiscalFunds(x *Index, results *Results) {
	fiscal := x.first("fiscal")
	if fiscal == nil {
		results.Insufficient(Document, "fiscal is missing")
		return
	}
	side := fiscal.sideWith("expenditure")
	if side == nil {
		results.Insufficient(Document, "a side has no amounts")
		return
	}
	for _, fund := range [...]struct{ fund, statement string }{{"general_public", "gpb"}, {"government_fund", "government_fund"}, {"state_capital", "state_capital"}} {
		other := x.first(fund.statement)
		from := -1
		for _, c := range side.own() {
			if fiscal.Columns[c].Fund == fund.fund {
				from = c
			}
		}
		if from < 0 || other == nil {
			continue
		}
		columns := other.columnsOf("total")
		if len(columns) == 0 {
			continue
		}
		for _, total := range other.totals(columns[:1]) {
			results.CompareAny(&Equation{Table: Document, Whole: total, WordsZH: "应等于财政拨款收支总表该类资金支出", WordsEN: "should be the column of the fund in the fiscal balance"}, side.totals(from)...)
		}
		x.compareClasses(results, fiscal, side, from, other, columns[0])
	}
}

// checkFiscalShare: of basic and project spending no more can come from the
// general public budget than there is.
func checkFiscalShare(x *Index, results *Results) {
	all, gpb, ok := x.pair(results, "expenditure", "gpb")
	if !ok {
		return
	}
	for _, kind := range [...]string{"basic", "project"} {
		whole, part := all.kindTotals(kind), gpb.kindTotals(kind)
		if len(whole) == 0 || len(part) == 0 {
			results.Insufficient(Document, "a total is not printed")
			continue
		}
		results.Compare(&Equation{
			Table: Document, Relation: AtLeast, Whole: whole[0], Parts: part[:1],
			WordsZH: "应不小于一般公共预算支出", WordsEN: "should be no less than what the general public budget pays",
		})
	}
}

// checkBasicExpenditure compares basic spending by function and by economic class.
func checkBasicExpenditure(x *Index, results *Results) {
	functional, economic, ok := x.pair(results, "gpb", "economic")
	if !ok {
		return
	}
	equation := Equation{Table: Document, WordsZH: "基本支出应等于基本支出表合计", WordsEN: "basic spending should be the same by function and by economic class"}
	left := functional.kindTotals("basic")
	if len(left) == 0 {
		if equation.Whole, equation.Parts, ok = functional.personnelAndPublic(); !ok {
			results.Insufficient(Document, "a total is not printed")
		}
		return
	}
	equation.Whole = left[0]
	if parts := economic.footers(); len(parts) > 1 {
		equation.Parts = parts
		results.Compare(&equation)
		return
	}
	results.compareOrSkip(&equation, economic.kindTotals("basic")...)
}

// personnelAndPublic are the two parts of basic spending where no column sums them.
func (t *Table) personnelAndPublic() (whole Term, parts []Term, ok bool) {
	personnel, public := t.kindTotals("personnel"), t.kindTotals("public")
	if len(personnel) == 0 || len(public) == 0 {
		return Term{}, nil, false
	}
	return personnel[0], public[:1], true
}

// footers are the totals 人员经费合计 and 公用经费合计 below blocks side by side.
func (t *Table) footers() []Term {
	var terms []Term
	for r := range t.Rows {
		if name := t.Rows[r].Name; !strings.HasSuffix(name, "经费合计") || !strings.HasPrefix(name, "人员") && !strings.HasPrefix(name, "公用") {
			continue
		}
		for c := range t.Columns {
			if term := t.term(r, c); term.Known {
				terms = append(terms, term)
				break
			}
		}
	}
	return terms
}

// checkProjects compares the list of projects with project spending by function:
// of all funds, or of the general public budget.
func checkProjects(x *Index, results *Results) {
	projects, all, gpb := x.first("project"), x.first("expenditure"), x.first("gpb")
	if projects == nil || gpb == nil {
		results.NotApplicable(Document, "no list of projects")
		return
	}
	candidates := gpb.kindTotals("project")
	if all != nil && !strings.Contains(projects.Title, "一般公共预算") {
		candidates = append(candidates, all.kindTotals("project")...)
	}
	total := projects.wholeRow()
	if total < 0 || len(candidates) == 0 {
		results.Insufficient(Document, "a total is not printed")
		return
	}
	var equation *Equation
	for c := range projects.Columns {
		term := projects.term(total, c)
		if !term.Known || !projects.Columns[c].isOfYear() {
			continue
		}
		for i := range candidates {
			e := &Equation{
				Table: Document, Whole: term, Parts: candidates[i : i+1],
				WordsZH: "项目支出表合计应等于项目支出", WordsEN: "the total of the list of projects should be the project spending",
			}
			if results.outcomeOf(e) != Fail {
				results.Compare(e)
				return
			}
			if equation == nil {
				equation = e
			}
		}
	}
	if equation == nil {
		results.Insufficient(Document, "a total is not printed")
		return
	}
	results.Compare(equation)
}
