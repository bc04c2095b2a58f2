package check

// checkBasicExpenditure compares basic spending by function and by economic class.
func checkBasicExpenditure(x *Index, results *Results) {
	functional, economic := x.Statement("gpb_expenditure", "final_gpb_expenditure"), x.Statement("gpb_basic_expenditure", "final_gpb_basic")
	if len(functional) == 0 || len(economic) == 0 {
		results.Insufficient(Document, "one of the two statements is missing")
		return
	}
	left, ok := functional[0].total("basic")
	right, found := economic[0].total("basic")
	if !ok || !found {
		results.Insufficient(Document, "a total is not printed")
		return
	}
	results.Compare(&Equation{
		Table: Document, Whole: left, Parts: []Term{right},
		WordsZH: "一般公共预算支出表基本支出 = 基本支出表合计", WordsEN: "basic spending by function = by economic class",
	})
}

// total is the number of the total row in the column of a kind of spending.
func (t *Table) total(kind string) (Term, bool) {
	for r := range t.Rows {
		if !t.Rows[r].Total {
			continue
		}
		for c := range t.Columns {
			if t.Columns[c].Kind == kind && t.Number(r, c).Known {
				return t.term(r, c), true
			}
		}
	}
	return Term{}, false
}
