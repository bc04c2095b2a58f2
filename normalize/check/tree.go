package check

import "strings"

// Rows of a table detail each other: 类, 款, 项 by their codes, agencies and
// numbered rows as normalize found them.

// findTree gives every row its parent. Codes tell it where they can; else it is
// what normalize found, unless a row that codes place lies between.
func (t *Table) findTree(places []place) {
	t.findParents(places)
	open := make([]int, 0, 4)
	side, total := "", map[string]int{}
	for r := range t.Rows {
		row := &t.Rows[r]
		if row.Side != side {
			open, side = open[:0], row.Side
		}
		if last, ok := total[side]; ok && row.Parent < last && isBalance(t.Statement) {
			row.Parent = -1 // what follows a total of a balance details nothing above it
		}
		switch {
		case row.Total:
			row.Parent, total[side] = -1, r
		case isClass(row.Code):
			for len(open) > 0 && !details(row.Code, t.Rows[open[len(open)-1]].Code) {
				open = open[:len(open)-1]
			}
			if n := len(open); n > 0 {
				row.Parent = open[n-1]
			} else if p := row.Parent; p >= 0 && isClass(t.Rows[p].Code) && !details(row.Code, t.Rows[p].Code) {
				row.Parent = -1
			}
			open = append(open, r)
		case len(open) > 0 && isPartOfCode(row.Code):
			row.Parent, row.Unplaced = -1, true
		case row.Memo, row.Name == "" && row.Code == "":
		case row.Parent < 0 && row.Level == 0 && row.Item == "":
			row.Unplaced = true
		default:
			open = open[:0] // an agency, or the next of a list
		}
	}
}

// isPartOfCode: 05 of 208|05, printed without the class above it.
func isPartOfCode(code string) bool { return len(code) == 2 && code[0] >= '0' && code[0] <= '9' }

// isClass: codes that have levels, from three digits on.
func isClass(code string) bool { return len(code) >= 3 && len(code)%2 == 1 && code[0] < 'A' }

// details tells whether a code lies below another.
func details(code, above string) bool {
	return len(code) > len(above) && strings.HasPrefix(code, above)
}

// children lists for each row those that detail it, memo rows left out, and those
// that go on with what 其中 lists: 其中：增值税, 企业所得税.
func (t *Table) children() [][]int {
	children := make([][]int, len(t.Rows))
	listed := -1 // the row that 其中 lists parts of
	for r := range t.Rows {
		row := &t.Rows[r]
		switch {
		case row.Memo:
			listed = row.Parent
		case row.Parent < 0:
			listed = -1
		case row.Parent == listed && row.Code == "" && !hasMark(row.Name):
		default:
			listed = -1
			children[row.Parent] = append(children[row.Parent], r)
		}
	}
	return children
}

// strays are the rows below a row that nothing places: their codes are not
// known, so that they may detail it or one of its details.
func (t *Table) strays(parent int) []int {
	var rows []int
	for r := parent + 1; r < len(t.Rows); r++ {
		row := &t.Rows[r]
		switch {
		case row.Side != t.Rows[parent].Side:
		case row.Unplaced:
			rows = append(rows, r)
		case row.Memo:
		case !t.below(r, parent):
			return rows
		}
	}
	return rows
}

// below tells whether a row details another, directly or through others.
func (t *Table) below(row, above int) bool {
	for p := t.Rows[row].Parent; p >= 0; p = t.Rows[p].Parent {
		if p == above {
			return true
		}
	}
	return false
}

// closes tells whether rows without a place, all or one of them, make up what a
// sum lacks.
func (t *Table) closes(equation *Equation, strays []int, column int) bool {
	sum, grain, printed := equation.sum()
	lacking, all := equation.Whole.Value-sum, int64(0)
	for _, r := range strays {
		value := t.Number(r, column).Value
		all += value
		if judge(Equal, lacking-value, Envelope(printed+1, grain)) != Fail {
			return true
		}
	}
	return judge(Equal, lacking-all, Envelope(printed+len(strays), grain)) != Fail
}

// compareRows checks an equation whose parts are rows of a column. Where rows
// without a place could close it, it passes; where they leave it open whether
// it holds, it is not checked.
func (r *Results) compareRows(t *Table, e *Equation, strays []int, column int) {
	if len(strays) == 0 || r.outcomeOf(e) != Fail {
		r.Compare(e)
		return
	}
	if t.closes(e, strays, column) {
		r.Pass(t.At)
		return
	}
	r.Insufficient(t.At, "rows without a code that could belong to the sum")
}
