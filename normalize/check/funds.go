package check

import "strings"

// checkFundFlow: in the statements of one fund each row begins with what was
// left, adds income, takes expenditure and ends with what is left.
func checkFundFlow(x *Index, results *Results) {
	for _, t := range x.Statement("final_gov_fund", "final_state_capital") {
		opening, income, spending, closing := -1, -1, -1, -1
		for c := range t.Columns {
			switch path := t.Columns[c].Path; {
			case strings.Contains(path, "年初"):
				opening = c
			case strings.Contains(path, "年末"):
				closing = c
			case strings.Contains(path, "收入"):
				income = c
			case strings.Contains(path, "支出") && spending < 0:
				spending = c
			}
		}
		if opening < 0 || income < 0 || spending < 0 || closing < 0 {
			results.NotApplicable(t.At, "the table has no column of what was left")
			continue
		}
		for r := range t.Rows {
			spent := t.term(r, spending)
			spent.Minus = true
			results.Compare(&Equation{
				Table: t.At, Whole: t.term(r, closing), Parts: []Term{t.term(r, opening), t.term(r, income), spent},
				WordsZH: "年末结转 = 年初结转 + 本年收入 − 本年支出", WordsEN: "closing balance = opening balance + income − expenditure",
			})
		}
	}
}

// checkFundBalance: in the fiscal balance what comes in of each fund goes out of it.
func checkFundBalance(x *Index, results *Results) {
	for _, t := range x.Statement(statementPairs["fiscal"]...) {
		income, spending := t.sideWith("revenue"), t.sideWith("expenditure")
		if income == nil || spending == nil || spending.grand < 0 || len(spending.columns) < 2 {
			results.NotApplicable(t.At, "expenditure is not told by fund")
			continue
		}
		carried := income.carriedSum()
		for _, fund := range incomeColumns[:3] {
			for _, c := range spending.own() {
				if t.Columns[c].Fund == fund.fund {
					income.compareFund(results, spending, c, fund.item, carried)
				}
			}
		}
	}
}

// carriedSum is what was carried over of all funds.
func (s *balanceSide) carriedSum() int64 {
	sum := int64(0)
	for _, r := range s.carried {
		sum += s.table.Number(r, s.main()).Value
	}
	return sum
}

// compareFund compares the expenditure of a fund with its income and what was
// carried over of it. Where that is not told by fund, there is nothing to compare.
func (s *balanceSide) compareFund(results *Results, spending *balanceSide, column int, item string, carried int64) {
	t := s.table
	whole := t.term(spending.grand, column)
	parts := []Term{}
	if term, ok := s.item(item); ok {
		parts = append(parts, term)
	}
	term, told := s.carriedItem(item)
	if told {
		parts = append(parts, term)
	}
	if carried != 0 && !told {
		results.Insufficient(t.At, "what was carried over is not told by fund")
		return
	}
	results.Compare(&Equation{
		Table: t.At, Whole: whole, Parts: parts,
		WordsZH: "支出总计应等于该类资金收入加结转", WordsEN: "the expenditure of a fund should be its income and what was carried over",
	})
}

// checkBasicSplit compares 人员经费 and 公用经费 with the economic classes they are made of.
func checkBasicSplit(x *Index, results *Results) {
	for _, t := range x.Statement(statementPairs["basic"]...) {
		footers := t.footers()
		if len(footers) < 2 {
			results.NotApplicable(t.At, "no footers of personnel and public costs")
			continue
		}
		for _, footer := range footers {
			equation := Equation{Table: t.At, Whole: footer}
			if strings.HasPrefix(footer.Line.Name, "人员") {
				equation.Parts = t.classesWith("301", "303")
				equation.WordsZH, equation.WordsEN = "人员经费 = 301 + 303", "personnel = 301 + 303"
			} else {
				equation.Parts = t.classesWith("302", "307", "309", "310", "312", "313", "399")
				equation.WordsZH, equation.WordsEN = "公用经费 = 302 + 307 + 309 + 310 + 399", "public = 302 + 307 + 309 + 310 + 399"
			}
			results.Compare(&equation)
		}
	}
}

// classesWith are the terms of rows of economic classes, in whichever block they stand.
func (t *Table) classesWith(codes ...string) []Term {
	var terms []Term
	for r := range t.Rows {
		for _, code := range codes {
			if t.Rows[r].Code != code {
				continue
			}
			for c := range t.Columns {
				if term := t.term(r, c); term.Known {
					terms = append(terms, term)
					break
				}
			}
		}
	}
	return terms
}
