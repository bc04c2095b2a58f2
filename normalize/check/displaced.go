package check

import (
	"slices"

	"gongkai/normalize"

	"github.com/shopspring/decimal"
)

// A number may be right and stand in the wrong place. What a cell should say by the
// other numbers of its formulas is then printed right beside it: in the next row of
// its column, for several rows alike, when a column slipped; in the neighbour, whose
// own number the cell prints, when two changed places.

// stand is a cell that a failing finding speaks of, and what the finding says it should be.
type stand struct {
	finding   int
	table     *Table
	row, col  int // positions in the table's Rows and Columns
	cell      string
	printed   decimal.Decimal // in the finding's unit
	right     decimal.Decimal
	tolerance decimal.Decimal
}

// recogniseDisplaced names rows that slipped and pairs that changed places.
func (x *Index) recogniseDisplaced(findings []normalize.Finding) {
	var stands []stand
	for i := range findings {
		stands = x.appendStands(stands, findings, i)
	}
	if len(stands) < 2 {
		return
	}
	recogniseShifts(findings, stands)
	recognisePairs(findings, stands)
}

// oneSided are the rules that ask for no more, or no less: what would be right is not told.
var oneSided = []string{"X05", "X08", "T09"}

// appendStands appends the cells of a finding.
func (x *Index) appendStands(stands []stand, findings []normalize.Finding, at int) []stand {
	f := &findings[at]
	if f.Outcome != Fail || !f.Difference.Valid || len(f.Operands) > mostOperands || slices.Contains(oneSided, f.RuleID) {
		return stands
	}
	for i := range f.Operands {
		o := &f.Operands[i]
		if o.Role != "whole" && o.Role != "part" || o.CellID == "" || !o.Value.Valid {
			continue
		}
		table := x.tableOf(tableOfCell(o.CellID))
		if table == Document {
			continue
		}
		t := &x.Tables[table]
		if row, col := t.position(o.CellID); row >= 0 && col >= 0 {
			stands = append(stands, stand{at, t, row, col, o.CellID, o.Value.Decimal, impliedBy(f, i), f.Tolerance.Decimal})
		}
	}
	return stands
}

// position is the row and column of a cell, -1 where it holds no amount.
func (t *Table) position(cell string) (row, col int) {
	at := placeOf(cell)
	col = t.columnAt(int(at.column))
	if col < 0 {
		return -1, -1
	}
	row = slices.IndexFunc(t.Rows, func(r Row) bool { return r.Number == int(at.row) && r.Side == t.Columns[col].Side })
	return row, col
}

// beside is the next row of the same side up (-1) or down (1), -1 where there is none.
func (t *Table) beside(row, step int) int {
	for r := row + step; r >= 0 && r < len(t.Rows); r += step {
		if t.Rows[r].Side == t.Rows[row].Side {
			return r
		}
	}
	return -1
}

// tableColumn is a column of a table.
type tableColumn struct {
	table *Table
	col   int
}

// slip counts the cells of a column that are accused, and those whose right number
// is printed a row above or below.
type slip struct {
	rows, above, below map[int]bool
}

// leastSlipped rows make a slipped column: one number beside its place is chance.
const leastSlipped = 2

// recogniseShifts names columns of which most accused cells should say what the
// row above prints, or all what the row below does.
func recogniseShifts(findings []normalize.Finding, stands []stand) {
	slips := map[tableColumn]*slip{}
	for i := range stands {
		s := &stands[i]
		if findings[s.finding].Suspect != s.cell || s.right.IsZero() {
			continue
		}
		at := tableColumn{s.table, s.col}
		if slips[at] == nil {
			slips[at] = &slip{map[int]bool{}, map[int]bool{}, map[int]bool{}}
		}
		slips[at].rows[s.row] = true
		unit := findings[s.finding].Unit
		for step, found := range map[int]map[int]bool{-1: slips[at].above, 1: slips[at].below} {
			if r := s.table.beside(s.row, step); r >= 0 && s.table.prints(r, s.col, unit, s.right, s.tolerance) {
				found[s.row] = true
			}
		}
	}
	for i := range stands {
		s := &stands[i]
		of := slips[tableColumn{s.table, s.col}]
		if of == nil || findings[s.finding].Suspect != s.cell {
			continue
		}
		if slipped := max(len(of.above), len(of.below)); slipped >= leastSlipped && slipped*2 >= len(of.rows) {
			findings[s.finding].Fault = faultRowShift
		}
	}
}

// prints tells whether a cell says a number, in a unit.
func (t *Table) prints(row, col int, unit string, value, tolerance decimal.Decimal) bool {
	n := t.Number(row, col)
	return n.Known && inUnit(n.Value, unit).Sub(value).Abs().LessThanOrEqual(tolerance)
}

// recognisePairs names two neighbours that changed places: changed back, every
// formula that speaks of one of them holds, and there are two at least.
func recognisePairs(findings []normalize.Finding, stands []stand) {
	at := map[tableCell][]*stand{}
	for i := range stands {
		at[stands[i].place()] = append(at[stands[i].place()], &stands[i])
	}
	for i := range stands {
		a := &stands[i]
		for _, beside := range a.neighbours() {
			for _, b := range at[beside] {
				if a.right.Equal(b.printed) && !a.printed.Equal(b.printed) && findings[a.finding].Unit == findings[b.finding].Unit {
					namePair(findings, slices.Concat(at[a.place()], at[beside]), a, b)
					break // the others say the same of the same two cells
				}
			}
		}
	}
}

// tableCell is a position in the Rows and Columns of a table.
type tableCell struct {
	table    *Table
	row, col int
}

func (s *stand) place() tableCell { return tableCell{s.table, s.row, s.col} }

// neighbours are the next column of the same row and the next row of the same column.
func (s *stand) neighbours() []tableCell {
	var cells []tableCell
	if next := s.col + 1; next < len(s.table.Columns) && s.table.Columns[next].Side == s.table.Columns[s.col].Side {
		cells = append(cells, tableCell{s.table, s.row, next})
	}
	if next := s.table.beside(s.row, 1); next >= 0 {
		cells = append(cells, tableCell{s.table, next, s.col})
	}
	return cells
}

// namePair says that two cells changed places, if that mends all that speaks of them.
func namePair(findings []normalize.Finding, speaking []*stand, a, b *stand) {
	mended, all := mendedBy(findings, speaking, a, b)
	if !all || len(mended) < 2 {
		return
	}
	for _, at := range mended {
		f := &findings[at]
		f.Fault = faultSwapped
		for _, s := range [...]*stand{a, b} {
			if f.Suspect == "" && slices.Contains(f.CellIDs, s.cell) {
				f.Suspect = s.cell
			}
		}
	}
}

// mendedBy lists the findings that speak of one of two cells, and tells whether all
// of them would hold with the numbers changed back.
func mendedBy(findings []normalize.Finding, speaking []*stand, a, b *stand) (mended []int, all bool) {
	moved := map[int]decimal.Decimal{} // finding → what its difference would change by
	for _, s := range speaking {
		change := b.printed.Sub(a.printed)
		if s.cell == b.cell {
			change = change.Neg()
		}
		if !isWholeOf(&findings[s.finding], s.cell) {
			change = change.Neg()
		}
		if findings[s.finding].Unit != findings[a.finding].Unit {
			return nil, false
		}
		moved[s.finding] = moved[s.finding].Add(change)
	}
	for at, change := range moved {
		if findings[at].Difference.Decimal.Add(change).Abs().GreaterThan(findings[at].Tolerance.Decimal) {
			return nil, false
		}
		mended = append(mended, at)
	}
	slices.Sort(mended)
	return mended, true
}

// isWholeOf tells whether a cell is the whole of a finding's formula.
func isWholeOf(f *normalize.Finding, cell string) bool {
	return slices.ContainsFunc(f.Operands, func(o normalize.Operand) bool { return o.Role == "whole" && o.CellID == cell })
}
