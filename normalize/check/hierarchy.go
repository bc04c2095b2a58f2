package check

import "strings"

// checkHierarchy compares each row that others detail with their sum, column by column.
func checkHierarchy(x *Index, results *Results) {
	equation := Equation{WordsZH: "应等于下级之和", WordsEN: "should be the sum of its parts"}
	for i := range x.Tables {
		t := &x.Tables[i]
		if !t.hasClasses() {
			continue
		}
		equation.Table = t.At
		for parent, rows := range t.children() {
			if len(rows) == 0 {
				continue
			}
			strays := t.strays(parent)
			for c := range t.Columns {
				equation.Whole, equation.Parts = t.term(parent, c), t.appendTerms(equation.Parts[:0], rows, c)
				results.compareRows(t, &equation, strays, c)
			}
		}
	}
}

// checkGrandTotal compares the total of a table with its uppermost rows.
func checkGrandTotal(x *Index, results *Results) {
	equation := Equation{WordsZH: "应等于各行之和", WordsEN: "should be the sum of the rows"}
	for i := range x.Tables {
		t := &x.Tables[i]
		if !t.hasClasses() && !isList(t.Statement) || isBalance(t.Statement) {
			continue
		}
		total := t.grandTotal()
		if total < 0 {
			switch {
			case t.wholeRow() >= 0:
				results.NotApplicable(t.At, "one row holds all the others")
			case len(t.Rows) > 1:
				results.Insufficient(t.At, "no row is the total of the others")
			}
			continue
		}
		top, strays := t.top()
		if isList(t.Statement) || !t.hasCodes() {
			var told bool
			if top, told = results.listTop(t, total); !told {
				results.Insufficient(t.At, "nothing tells which rows detail which")
				continue
			}
		}
		equation.Table = t.At
		for _, sum := range t.totalSums(total, top, strays) {
			for c := range t.Columns {
				if t.Columns[c].Role != "unit_price" {
					equation.Whole, equation.Parts = t.term(sum.total, c), t.appendTerms(equation.Parts[:0], sum.rows, c)
					if len(sum.rows) < len(top) && results.outcomeOf(&equation) == Fail {
						equation.Parts = t.closing(results, &equation, top, c)
					}
					results.compareRows(t, &equation, sum.strays, c)
				}
			}
		}
	}
}

// totalSum is a total row and the rows that it sums; strays may be among them.
type totalSum struct {
	total        int
	rows, strays []int
}

// totalSums tells what the totals of a table sum. A total with rows on both sides is
// that of the rows above it, 本年收入合计 before 转移性收入, and the last one, 收入总计, is
// that of all; any other is the total of the table.
func (t *Table) totalSums(total int, top, strays []int) []totalSum {
	above := rowsBefore(top, total)
	if len(above) == 0 || len(above) == len(top) {
		return []totalSum{{total, top, strays}}
	}
	sums := []totalSum{{total, above, rowsBefore(strays, total)}}
	last := total
	for r := total + 1; r < len(t.Rows); r++ {
		if t.Rows[r].Total && isGrandTotal(t.Rows[r].Name) {
			last = r
		}
	}
	if above := rowsBefore(top, last); last != total && len(above) == len(top) {
		sums = append(sums, totalSum{last, top, strays})
	}
	return sums
}

// closing are the terms of more rows where a sum holds with them, else its own.
func (t *Table) closing(results *Results, e *Equation, rows []int, column int) []Term {
	all := *e
	all.Parts = t.appendTerms(nil, rows, column)
	if results.outcomeOf(&all) != Fail {
		return all.Parts
	}
	return e.Parts
}

// rowsBefore are the rows above a row.
func rowsBefore(rows []int, row int) []int {
	end := 0
	for end < len(rows) && rows[end] < row {
		end++
	}
	return rows[:end]
}

// listTop lists the uppermost rows of a list, told by the sums of the column
// that most rows fill. A list without rows that sum others is all of one
// level; false when it has such rows, and they do not add up to the total.
func (r *Results) listTop(t *Table, total int) (rows []int, told bool) {
	column := t.fullestColumn(total)
	if column < 0 {
		return nil, true
	}
	var listed []int
	var values []Number
	for i := range t.Rows {
		if row := &t.Rows[i]; i != total && !row.Memo && !row.Total {
			listed = append(listed, i)
			values = append(values, t.Number(i, column))
		}
	}
	if sumOf(values) == t.Number(total, column).Value {
		return listed, true
	}
	nesting := nestingOf(values, r.scratch)
	top := nesting.top(t.Number(total, column))
	r.scratch = nesting.list
	if top == nil {
		return listed, nesting.flat()
	}
	for i := len(top) - 1; i >= 0; i-- {
		rows = append(rows, listed[top[i]])
	}
	return rows, true
}

// fullestColumn is the first of the columns that a total and most rows fill, -1
// where the total is blank.
func (t *Table) fullestColumn(total int) int {
	fullest, most := -1, 0
	for c := range t.Columns {
		if t.Columns[c].Role == "unit_price" || t.Number(total, c).Value == 0 {
			continue
		}
		filled := 0
		for r := range t.Rows {
			if t.Number(r, c).Value != 0 {
				filled++
			}
		}
		if filled > most {
			fullest, most = c, filled
		}
	}
	return fullest
}

func sumOf(values []Number) int64 {
	sum := int64(0)
	for i := range values {
		sum += values[i].Value
	}
	return sum
}

// top lists the rows that detail no other row and are no total, and those of
// which nothing tells whether they do.
func (t *Table) top() (rows, strays []int) {
	coded := t.hasCodes()
	for r := range t.Rows {
		switch row := &t.Rows[r]; {
		case row.Parent >= 0 || row.Memo || row.Total:
		case row.Unplaced && coded:
			strays = append(strays, r)
		default:
			rows = append(rows, r)
		}
	}
	return rows, strays
}

// wholeRow is the row with the sums of the whole table: its total, or the row of
// the one agency that all others detail. -1 where there is none.
func (t *Table) wholeRow() int {
	if total := t.grandTotal(); total >= 0 {
		return total
	}
	if top, strays := t.top(); len(top) == 1 && len(strays) == 0 && t.Rows[top[0]].Code == "" && t.Rows[top[0]].Name != "" {
		return top[0]
	}
	return -1
}

// hasCodes: rows of the table bear codes of a classification.
func (t *Table) hasCodes() bool {
	for r := range t.Rows {
		if isClass(t.Rows[r].Code) {
			return true
		}
	}
	return false
}

// grandTotal is the row that sums the whole table, -1 where none does: the only
// one, or the first that is named no more than a total.
func (t *Table) grandTotal() int {
	found := -1
	for r := range t.Rows {
		if !t.Rows[r].Total || !isGrandTotal(t.Rows[r].Name) {
			continue
		}
		if found < 0 {
			found = r
		}
	}
	return found
}

// isGrandTotal tells 合计, 总计, 支出总计 from 人员经费合计 and 小计.
func isGrandTotal(name string) bool {
	switch strings.Trim(name, ":：") {
	case "合计", "总计", "共计", "总合计", "支出总计", "收入总计", "支出合计", "收入合计", "本年支出合计", "本年收入合计", "合计数":
		return true
	}
	return false
}

// isForm: tables whose cells are labels and values, not rows and columns.
func isForm(statement string) bool {
	return statement == "performance_project" || statement == "performance_overall"
}

// isBalance: income on one side, expenditure on the other.
func isBalance(statement string) bool {
	return strings.HasSuffix(statement, "income_expenditure")
}

// hasClasses: statements whose rows are classes of a classification, or agencies.
func (t *Table) hasClasses() bool {
	switch t.Statement {
	case "three_public", "final_three_public", "asset_status", "asset_new", "other", "unknown", "final_institution_ops", "gov_debt":
		return false
	}
	return !isForm(t.Statement) && !isList(t.Statement)
}

// isList: statements whose rows are projects or things, with agencies and kinds
// among them that no code tells from each other.
func isList(statement string) bool {
	switch statement {
	case "project_expenditure", "gpb_project_expenditure", "final_gpb_project", "procurement_plan", "service_purchase", "carry_over", "general_expense", "transfers_to_lower":
		return true
	}
	return false
}
