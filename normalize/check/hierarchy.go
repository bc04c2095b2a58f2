package check

// checkHierarchy compares each row that others detail with their sum, column by column.
func checkHierarchy(x *Index, results *Results) {
	for i := range x.Tables {
		t := &x.Tables[i]
		children := t.children()
		equation := Equation{Table: t.At, WordsZH: "上级科目 = 下级科目之和", WordsEN: "a class = the sum of its parts"}
		for parent, rows := range children {
			if len(rows) == 0 {
				continue
			}
			for c := range t.Columns {
				equation.Whole, equation.Parts = t.term(parent, c), equation.Parts[:0]
				for _, row := range rows {
					equation.Parts = append(equation.Parts, t.term(row, c))
				}
				results.Compare(&equation)
			}
		}
	}
}

// children lists for each row those that detail it, memo rows left out.
func (t *Table) children() [][]int {
	children := make([][]int, len(t.Rows))
	for r := range t.Rows {
		if p := t.Rows[r].Parent; p >= 0 && !t.Rows[r].Memo {
			children[p] = append(children[p], r)
		}
	}
	return children
}
