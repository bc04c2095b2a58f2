package inspect

import (
	"github.com/shopspring/decimal"

	"gongkai/normalize"
)

// tree is the hierarchy of the rows of one side of a table: 类›款›项, or the
// numerals of a list. In each column of amounts every row stands beside the sum of
// the rows that detail it.
type tree struct {
	Side    string       `json:"side"`
	Columns []treeColumn `json:"columns"`
	Nodes   []treeNode   `json:"nodes"` // in the order of print
}

// treeColumn is a column of amounts of the grid.
type treeColumn struct {
	Column int    `json:"column"`
	Path   string `json:"path"`
}

// treeNode is one row. A parent stands before its children.
type treeNode struct {
	Row    int       `json:"row"`
	Parent int       `json:"parent"` // place among the nodes, -1 at the top
	Code   string    `json:"code"`
	Name   string    `json:"name"`
	Total  bool      `json:"total,omitempty"`
	Memo   bool      `json:"memo,omitempty"`
	Values []treeSum `json:"values"` // one for each column of the tree
}

// treeSum is an amount as printed, and what its parts add up to, in the printed
// unit. Sum is empty where nothing details the row.
type treeSum struct {
	Printed    string `json:"printed"`
	Sum        string `json:"sum,omitempty"`
	Difference string `json:"difference,omitempty"` // printed less sum, when they differ
	Agrees     string `json:"agrees,omitempty"`     // pass, rounding, fail
}

// How a printed amount and the sum of its parts agree.
const (
	agreesExactly = "pass"
	agreesRounded = "rounding"
	agreesNot     = "fail"
)

// treesOf are the trees of the lines of one table of a statement.
func treesOf(lines []normalize.Line, cells []normalize.Cell, statement string) []tree {
	values := make(map[string]decimal.NullDecimal, len(lines))
	for i := range cells {
		if c := &cells[i]; c.Value.Valid {
			values[c.ID] = c.Value
		}
	}
	builders := map[string]*treeBuilder{}
	var order []*treeBuilder
	byLine := make(map[string]*normalize.Line, len(lines))
	for i := range lines {
		l := &lines[i]
		byLine[l.ID] = l
		b := builders[l.Side]
		if b == nil {
			b = &treeBuilder{tree: tree{Side: l.Side}, nodes: map[int]int{}, columns: map[int]int{}, amounts: map[[2]int]amount{}}
			builders[l.Side] = b
			order = append(order, b)
		}
		b.add(l, byLine[l.ParentLineID], values[l.CellID])
	}
	trees := []tree{}
	for _, b := range order {
		if b.deep {
			trees = append(trees, b.finish(isBalance(statement)))
		}
	}
	return trees
}

// isBalance: the totals of two-sided statements are not the sum of the rows above
// alone, for balances carried over come in between.
func isBalance(id string) bool {
	switch id {
	case "dept_income_expenditure", "fiscal_income_expenditure", "final_income_expenditure", "final_fiscal_income_expenditure":
		return true
	}
	return false
}

// amount is a printed number.
type amount struct {
	raw   string
	value decimal.NullDecimal
}

type treeBuilder struct {
	tree
	nodes   map[int]int       // node by row of the grid
	columns map[int]int       // column of the tree by column of the grid
	amounts map[[2]int]amount // by node and column of the tree
	deep    bool              // some row details another
}

// add takes in a line; the lines of a row follow each other, parents first.
func (b *treeBuilder) add(l, parent *normalize.Line, value decimal.NullDecimal) {
	row, column, ok := placeInGrid(l.CellID)
	if !ok {
		return
	}
	at, known := b.nodes[row]
	if !known {
		at = len(b.Nodes)
		b.nodes[row] = at
		b.Nodes = append(b.Nodes, treeNode{Row: row, Parent: -1, Code: l.Code, Name: l.Name, Total: l.IsTotal, Memo: l.IsMemo})
	}
	if parent != nil && b.Nodes[at].Parent < 0 {
		if above, _, ok := placeInGrid(parent.CellID); ok {
			if node, known := b.nodes[above]; known && node < at {
				b.Nodes[at].Parent, b.deep = node, true
			}
		}
	}
	place, known := b.columns[column]
	if !known {
		place = len(b.Columns)
		b.columns[column] = place
		b.Columns = append(b.Columns, treeColumn{column, l.ColumnPath})
	}
	b.amounts[[2]int{at, place}] = amount{l.AmountRaw, value}
}

// finish adds up the parts of every row, in every column.
func (b *treeBuilder) finish(balance bool) tree {
	parts := make([][]int, len(b.Nodes))
	var top, totals []int
	for i := range b.Nodes {
		n := &b.Nodes[i]
		switch {
		case n.Parent >= 0 && !n.Memo:
			parts[n.Parent] = append(parts[n.Parent], i)
		case n.Total:
			totals = append(totals, i)
		case n.Parent < 0 && !n.Memo:
			top = append(top, i)
		}
	}
	if len(totals) == 1 && !balance {
		parts[totals[0]] = append(parts[totals[0]], top...)
	}
	for i := range b.Nodes {
		b.Nodes[i].Values = make([]treeSum, len(b.Columns))
		for c := range b.Columns {
			b.Nodes[i].Values[c] = b.compare(i, c, parts[i])
		}
	}
	return b.tree
}

// compare sets a printed amount beside the sum of its parts.
func (b *treeBuilder) compare(node, column int, parts []int) treeSum {
	printed := b.amounts[[2]int{node, column}]
	s := treeSum{Printed: printed.raw}
	sum, places, known := decimal.Zero, decimalsOf(printed.value), 0
	for _, part := range parts {
		if value := b.amounts[[2]int{part, column}].value; value.Valid {
			sum = sum.Add(value.Decimal)
			places = max(places, decimalsOf(value))
			known++
		}
	}
	if known == 0 || !printed.value.Valid {
		return s
	}
	difference := printed.value.Decimal.Sub(sum)
	s.Sum = sum.StringFixed(places)
	s.Agrees = agreement(difference, known, decimalsOf(printed.value))
	if !difference.IsZero() {
		s.Difference = difference.StringFixed(places)
	}
	return s
}

// agreement: each of the parts, and the whole, may be off by half of its last
// place, through rounding.
func agreement(difference decimal.Decimal, parts int, places int32) string {
	tolerance := decimal.New(5, -places-1).Mul(decimal.NewFromInt(int64(parts + 1)))
	switch {
	case difference.IsZero():
		return agreesExactly
	case difference.Abs().LessThanOrEqual(tolerance):
		return agreesRounded
	}
	return agreesNot
}

// decimalsOf is how many digits behind the point a number is printed with.
func decimalsOf(value decimal.NullDecimal) int32 {
	if !value.Valid {
		return 0
	}
	return max(0, -value.Decimal.Exponent())
}
