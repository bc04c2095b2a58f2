package check

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"gongkai/normalize"
)

// Index is a document's lines as the tables a reader sees, made once for all rules.
type Index struct {
	Batch  *normalize.Batch
	Tables []Table // as in Batch.Tables

	statements map[string][]int                   // statement → tables
	amounts    map[string][]*normalize.TextAmount // subject path → what prose states of it
	narrative  *narrative                         // what prose states, read when a rule first asks
	scope      string                             // agency whose tables are looked up; empty: all
}

// Table is one table: rows of labels, columns of amounts, and the lines where they meet.
type Table struct {
	*normalize.Table
	At      int // position in Batch.Tables
	Rows    []Row
	Columns []Column

	cells   []normalize.Cell // of the table, row by row
	lines   []normalize.Line // of the table
	numbers []Number         // of the lines
	grid    []int32          // Rows × Columns → lines, -1 where there is none
}

// Row is one row of one side of a table.
type Row struct {
	Number     int // in the grid, from 0
	Side       string
	Direction  string
	Code       string // in the classification, printed or inferred; empty for items and totals
	Name       string
	Item       string // three_public.reception, income.fiscal …
	Total      bool
	Memo       bool // 其中
	Leaf       bool
	Level      int
	Agency     string
	Parent     int  // row that this one details, -1 for none
	Unplaced   bool // nothing tells what the row details
	first, end int  // its lines
}

// Column is one column of amounts.
type Column struct {
	Number    int // in the grid, from 0
	Side      string
	Path      string // header cells joined with "/"
	Fund      string
	Kind      string // basic, project, personnel, public, total
	Measure   string
	Role      string // flow, unit_price, stock
	Item      string // where all rows have the same: columns that are items
	Direction string
	also      []int // further grid columns that are this one on other pages
}

// newIndex reads the batch once.
func newIndex(batch *normalize.Batch) *Index {
	index := &Index{
		Batch: batch, Tables: make([]Table, len(batch.Tables)),
		statements: make(map[string][]int, len(batch.Tables)), amounts: map[string][]*normalize.TextAmount{},
	}
	numbers := make([]Number, len(batch.Lines))
	cell, line := 0, 0
	for i := range batch.Tables {
		t := &index.Tables[i]
		t.Table, t.At = &batch.Tables[i], i
		firstCell, firstLine := cell, line
		for cell < len(batch.Cells) && batch.Cells[cell].TableID == t.ID {
			cell++
		}
		for line < len(batch.Lines) && batch.Lines[line].TableID == t.ID {
			line++
		}
		t.cells, t.lines, t.numbers = batch.Cells[firstCell:cell], batch.Lines[firstLine:line], numbers[firstLine:line]
		t.read()
		index.statements[t.Statement] = append(index.statements[t.Statement], i)
	}
	for i := range batch.TextAmounts {
		amount := &batch.TextAmounts[i]
		index.amounts[amount.SubjectPath] = append(index.amounts[amount.SubjectPath], amount)
	}
	return index
}

// Statement lists the tables of a statement in the order of the document.
func (x *Index) Statement(ids ...string) []*Table {
	var found []*Table
	for _, id := range ids {
		for _, at := range x.statements[id] {
			found = append(found, &x.Tables[at])
		}
	}
	return found
}

// Amounts lists what prose states of a subject, such as 三公/公务接待费.
func (x *Index) Amounts(subject string) []*normalize.TextAmount { return x.amounts[subject] }

// read lays the lines of a table out as rows and columns.
func (t *Table) read() {
	places := make([]place, len(t.lines))
	for i := range t.lines {
		places[i] = placeOf(t.lines[i].ID)
		t.numbers[i] = numberOfLine(&t.lines[i])
		if !t.numbers[i].Known && t.lines[i].ValueState == normalize.StateNumber && !t.lines[i].AmountCNY.Valid {
			t.numbers[i] = t.numberWithoutUnit(places[i])
		}
		t.addColumn(&t.lines[i], int(places[i].column))
		if n := len(t.Rows); n == 0 || t.Rows[n-1].Number != int(places[i].row) || t.Rows[n-1].Side != t.lines[i].Side {
			t.Rows = append(t.Rows, rowOf(&t.lines[i], int(places[i].row), i))
		}
		t.Rows[len(t.Rows)-1].end = i + 1
	}
	sort.Slice(t.Columns, func(a, b int) bool { return t.Columns[a].Number < t.Columns[b].Number })
	t.layOut(places)
	t.findTree(places)
}

// layOut finds the line of each row and column. Where the pages of a table have
// another number of grid columns, the same head stands over two of them; they
// are one column unless a row prints something in both.
func (t *Table) layOut(places []place) {
	for merged := true; merged; {
		merged = false
		t.fillGrid(places)
		for c := 1; c < len(t.Columns) && !merged; c++ {
			for b := 0; b < c && !merged; b++ {
				merged = t.Columns[b].Side == t.Columns[c].Side && t.Columns[b].Path == t.Columns[c].Path && !t.meet(b, c)
				if merged {
					t.Columns[b].also = append(append(t.Columns[b].also, t.Columns[c].Number), t.Columns[c].also...)
					t.Columns = append(t.Columns[:c], t.Columns[c+1:]...)
				}
			}
		}
	}
}

func (t *Table) fillGrid(places []place) {
	t.grid = make([]int32, len(t.Rows)*len(t.Columns))
	for i := range t.grid {
		t.grid[i] = -1
	}
	for r := range t.Rows {
		for i := t.Rows[r].first; i < t.Rows[r].end; i++ {
			t.grid[r*len(t.Columns)+t.columnAt(int(places[i].column))] = int32(i)
		}
	}
}

// meet tells whether a row has a line in both columns.
func (t *Table) meet(b, c int) bool {
	for r := range t.Rows {
		if t.grid[r*len(t.Columns)+b] >= 0 && t.grid[r*len(t.Columns)+c] >= 0 {
			return true
		}
	}
	return false
}

// addColumn notes the column of a line when it is new.
func (t *Table) addColumn(line *normalize.Line, number int) {
	for i := range t.Columns {
		if column := &t.Columns[i]; column.Number == number {
			if column.Item != line.ItemCode {
				column.Item = ""
			}
			return
		}
	}
	t.Columns = append(t.Columns, Column{
		Number: number, Side: line.Side, Path: line.ColumnPath, Fund: line.FundType, Kind: line.SpendingKind,
		Measure: line.Measure, Role: line.AmountRole, Item: line.ItemCode, Direction: line.Direction,
	})
}

func (t *Table) columnAt(number int) int {
	for c := range t.Columns {
		if t.Columns[c].Number == number || slices.Contains(t.Columns[c].also, number) {
			return c
		}
	}
	return -1
}

func rowOf(line *normalize.Line, number, at int) Row {
	return Row{
		Number: number, Side: line.Side, Direction: line.Direction, Code: classOf(line), Name: line.Name, Item: line.ItemCode,
		Total: line.IsTotal, Memo: line.IsMemo, Leaf: line.IsLeaf, Level: line.Level, Agency: line.AgencyName, Parent: -1, first: at,
	}
}

// classOf is the code of a line in the classification of its statement. A code
// of no classification is that of an agency or a project, but for the two digits
// of 款 and 项 in columns of their own.
func classOf(line *normalize.Line) string {
	switch {
	case line.FuncCode != "":
		return line.FuncCode
	case line.EconCode != "":
		return line.EconCode
	case line.GovEconCode != "":
		return line.GovEconCode
	case line.CodeScheme != "" || len(line.Code) == len("05"):
		return line.Code
	}
	return ""
}

// findParents turns the parents of lines into those of rows.
func (t *Table) findParents(places []place) {
	for r := range t.Rows {
		row := &t.Rows[r]
		for i := row.first; i < row.end && row.Parent < 0; i++ {
			id := t.lines[i].ParentLineID
			if id == "" || !strings.HasPrefix(id, t.ID) {
				continue
			}
			parent := placeOf(id)
			at := sort.Search(len(places), func(i int) bool {
				return places[i].row > parent.row || places[i].row == parent.row && places[i].column >= parent.column
			})
			row.Parent = sort.Search(len(t.Rows), func(r int) bool { return t.Rows[r].end > at })
		}
	}
}

// Line is where a row and a column of the table meet; nil when nothing stands there.
func (t *Table) Line(row, column int) *normalize.Line {
	if at := t.grid[row*len(t.Columns)+column]; at >= 0 {
		return &t.lines[at]
	}
	return nil
}

// Number is what a row prints in a column; not Known when that is no number.
func (t *Table) Number(row, column int) Number {
	if at := t.grid[row*len(t.Columns)+column]; at >= 0 {
		return t.numbers[at]
	}
	return Number{}
}

// place is the row and column of a cell, as its id tells them: …#t03r7c4.
type place struct{ row, column int32 }

func placeOf(id string) place {
	c := strings.LastIndexByte(id, 'c')
	r := strings.LastIndexByte(id[:max(c, 0)], 'r')
	if c < 0 || r < 0 {
		return place{}
	}
	row, _ := strconv.Atoi(id[r+1 : c])
	column, _ := strconv.Atoi(id[c+1:])
	return place{int32(row), int32(column)}
}

// CellAt is a printed cell of the table's grid; nil where a merged cell covers it.
func (t *Table) CellAt(row, column int) *normalize.Cell {
	at := sort.Search(len(t.cells), func(i int) bool {
		return t.cells[i].Row > row || t.cells[i].Row == row && t.cells[i].Column >= column
	})
	if at < len(t.cells) && t.cells[at].Row == row && t.cells[at].Column == column {
		return &t.cells[at]
	}
	return nil
}

// numberWithoutUnit reads an amount whose unit is not known from its cell.
func (t *Table) numberWithoutUnit(at place) Number {
	cell := t.CellAt(int(at.row), int(at.column))
	if cell == nil || !cell.Value.Valid {
		return Number{}
	}
	value, ok := scaled(cell.Value.Decimal)
	return Number{Value: value, Grain: grainOf(cell.TextRaw, ""), Known: ok}
}
