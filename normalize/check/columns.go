package check

import (
	"slices"
	"strings"
)

// The head of a table is a tree: 财政拨款 stands over 小计, 一般公共预算 … A column
// named as a total sums what stands beside it below the same head.

// headNode is one cell of the head.
type headNode struct {
	name     string
	column   int // of a leaf, -1 for a head over others
	children []*headNode
}

// headTree builds the tree of the columns of one side and measure.
func (t *Table) headTree(columns []int) *headNode {
	root := &headNode{column: -1}
	for _, c := range columns {
		root.add(strings.Split(t.Columns[c].Path, "/"), c)
	}
	return root
}

func (n *headNode) add(path []string, column int) {
	if len(path) == 1 {
		n.children = append(n.children, &headNode{name: path[0], column: column})
		return
	}
	last := len(n.children) - 1
	if last < 0 || n.children[last].name != path[0] || n.children[last].column >= 0 {
		n.children = append(n.children, &headNode{name: path[0], column: -1})
		last++
	}
	n.children[last].add(path[1:], column)
}

// columnSum says that one column is the sum of others.
type columnSum struct {
	whole int
	parts []int
}

// sums lists what the heads say about the columns of a table.
func (t *Table) columnSums() []columnSum {
	var sums []columnSum
	for _, group := range t.columnGroups() {
		sums = t.headTree(group).sums(sums)
	}
	return sums
}

// columnGroups parts the columns by side, and leaves out those that cannot be added.
func (t *Table) columnGroups() [][]int {
	var groups [][]int
	for c := range t.Columns {
		column := &t.Columns[c]
		if column.Role == "unit_price" || column.Measure == "change" || strings.Contains(column.Path, "采购项目") || strings.Contains(column.Path, "扣除") {
			continue
		}
		if n := len(groups); n > 0 && t.Columns[groups[n-1][0]].Side == column.Side {
			groups[n-1] = append(groups[n-1], c)
		} else {
			groups = append(groups, []int{c})
		}
	}
	return groups
}

// sums adds the equations of this head and of those below it.
func (n *headNode) sums(list []columnSum) []columnSum {
	for _, child := range n.children {
		list = child.sums(list)
	}
	total := n.total()
	if total == nil {
		return list
	}
	sum := columnSum{whole: total.column}
	for i, child := range n.children {
		switch {
		case child == total:
			if i+1 < len(n.children) {
				sum.parts = sum.parts[:0] // what stands before a total that leads its parts is something else
			}
		case !n.isMemo(i):
			sum.parts = child.columns(sum.parts)
		}
	}
	if len(sum.parts) < 2 {
		return list
	}
	return append(list, sum)
}

// total is the leaf below a head that sums the others: its first that is named so.
func (n *headNode) total() *headNode {
	for _, child := range n.children {
		if child.column >= 0 && isTotalHead(child.name) {
			return child
		}
	}
	return nil
}

// isTotalHead tells the heads of columns that sum others.
func isTotalHead(name string) bool {
	for _, word := range [...]string{"合计", "小计", "总计", "总数", "总额", "合计数"} {
		if strings.HasSuffix(name, word) {
			return true
		}
	}
	return false
}

// columns appends the columns that make up a head: its total, or else its parts.
func (n *headNode) columns(list []int) []int {
	if n.column >= 0 {
		return append(list, n.column)
	}
	if total := n.total(); total != nil {
		return append(list, total.column)
	}
	for i, child := range n.children {
		if !n.isMemo(i) {
			list = child.columns(list)
		}
	}
	return list
}

// isMemo tells 金额, 其中：经费拨款, where the second is part of what stands before,
// from 小计, 其中：基本支出, 项目支出, where it begins the parts of the total.
func (n *headNode) isMemo(i int) bool {
	return i > 0 && strings.HasPrefix(n.children[i].name, "其中") && !isTotalHead(n.children[i-1].name)
}

// checkRowTotals compares in each row the columns that are sums with what they sum.
func checkRowTotals(x *Index, results *Results) {
	for i := range x.Tables {
		t := &x.Tables[i]
		if isForm(t.Statement) || t.columnsAreItems() {
			continue
		}
		sums := t.columnSums()
		if len(sums) == 0 && len(t.Columns) > 0 {
			results.NotApplicable(t.At, "no column is the sum of others")
		}
		equation := Equation{Table: t.At}
		for _, sum := range sums {
			if sum.parts = t.partsOf(results, sum); len(sum.parts) == 0 {
				results.Insufficient(t.At, "nothing tells which columns are parts of which")
				continue
			}
			equation.WordsZH, equation.WordsEN = t.sumWords(sum)
			for r := range t.Rows {
				equation.Whole, equation.Parts = t.term(r, sum.whole), equation.Parts[:0]
				for _, c := range sum.parts {
					equation.Parts = append(equation.Parts, t.term(r, c))
				}
				results.Compare(&equation)
			}
		}
	}
}

// partsOf are the columns that a total sums. Where print does not set the details of
// a column below it (合计, 基本支出, 人员经费, 公用经费, 项目支出 side by side), or sets what goes to
// the next year beside the parts, they are told by the sums of most rows; empty
// where no reading holds in any of several rows.
func (t *Table) partsOf(results *Results, sum columnSum) []int {
	best, rows := t.holding(results, sum.whole, sum.parts)
	if best*2 >= rows {
		return sum.parts
	}
	parts := sum.parts
	for r := -1; r < min(len(t.Rows), mostReadings); r++ {
		reading := t.withoutLeftOver(sum.parts)
		if r >= 0 {
			reading = t.withoutDetails(results, r, sum.whole, sum.parts)
		}
		if len(reading) == 0 || len(reading) == len(sum.parts) {
			continue
		}
		if holds, _ := t.holding(results, sum.whole, reading); holds > best {
			best, parts = holds, reading
		}
	}
	if best == 0 && rows > 1 {
		return nil
	}
	return parts
}

// mostReadings bounds the rows whose sums are asked: the columns of a table mean the same in all.
const mostReadings = 40

// holding counts the rows in which a column is the sum of others, and those that print both.
func (t *Table) holding(results *Results, whole int, parts []int) (holds, rows int) {
	equation := Equation{}
	for r := range t.Rows {
		equation.Whole, equation.Parts = t.term(r, whole), equation.Parts[:0]
		for _, c := range parts {
			equation.Parts = append(equation.Parts, t.term(r, c))
		}
		switch results.outcomeOf(&equation) {
		case Fail:
			rows++
		case Pass, Rounding:
			rows++
			holds++
		}
	}
	return holds, rows
}

// withoutLeftOver leaves out columns of what goes to the next year.
func (t *Table) withoutLeftOver(parts []int) []int {
	return slices.DeleteFunc(slices.Clone(parts), func(c int) bool { return isCarriedOver(t.Columns[c].Path) })
}

// withoutDetails leaves out the columns that in one row make up the column before
// them; empty where the row does not tell.
func (t *Table) withoutDetails(results *Results, row, whole int, parts []int) []int {
	values := make([]Number, len(parts))
	for i, c := range parts {
		values[i] = t.Number(row, c)
	}
	nesting := nestingOf(values, results.scratch)
	top := nesting.top(t.Number(row, whole))
	results.scratch = nesting.list
	if top == nil {
		return nil
	}
	var kept []int
	for i, c := range parts {
		if values[i].Value == 0 || slices.Contains(top, i) {
			kept = append(kept, c)
		}
	}
	return kept
}

// columnsAreItems: 三公 with its parts as columns, which T08 checks.
func (t *Table) columnsAreItems() bool {
	for c := range t.Columns {
		if strings.HasPrefix(t.Columns[c].Item, "three_public.") && t.Columns[c].Item != "three_public.total" {
			return len(t.Columns) > 1
		}
	}
	return false
}

// sumWords names the columns of a sum: 合计 = 基本支出 + 项目支出.
func (t *Table) sumWords(sum columnSum) (zh, en string) {
	var b strings.Builder
	b.WriteString(leafOf(t.Columns[sum.whole].Path))
	b.WriteString(" = ")
	for i, c := range sum.parts {
		if i > 0 {
			b.WriteString(" + ")
		}
		b.WriteString(leafOf(t.Columns[c].Path))
	}
	return b.String(), "columns " + b.String()
}

func leafOf(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }
