package layout

import "sort"

const (
	// tallRow: a row of several lines is at least this high (points).
	tallRow = 40.0
	// tallLines: so many figures under each other in one cell are rows of their own; a
	// figure broken in a narrow cell has two or three lines.
	tallLines = 4
	// tallGlyphs: such a row holds at least so many glyphs.
	tallGlyphs = 24
)

// splitRows parts the rows of lattice tables that hold many rows: tables with rules
// between their columns only, or around their header and their body. It tells
// whether any was parted.
func (r *reader) splitRows(tables []Table, byOwner []int32, starts []int) bool {
	split := false
	cell := 0
	for i := range tables {
		t := &tables[i]
		first := cell
		cell += len(t.Cells)
		if t.Method != Lattice || len(t.Columns) < 3 {
			continue
		}
		for row := len(t.Rows) - 2; row >= 0; row-- {
			if t.Rows[row+1]-t.Rows[row] < tallRow {
				continue
			}
			if inner := r.innerRows(t, row, first, byOwner, starts); len(inner) > 0 {
				t.splitRow(row, inner)
				split = true
			}
		}
	}
	return split
}

// innerRows are the boundaries between the rows that one row of rulings holds, none
// when it is one row: two columns or more show figures on the same baselines.
func (r *reader) innerRows(t *Table, row, firstCell int, byOwner []int32, starts []int) []float64 {
	from := sort.Search(len(t.Cells), func(i int) bool { return t.Cells[i].Row >= row })
	end := from
	var indices []int32
	for end < len(t.Cells) && t.Cells[end].Row == row {
		if t.Cells[end].RowSpan > 1 {
			return nil
		}
		indices = append(indices, byOwner[starts[firstCell+end]:starts[firstCell+end+1]]...)
		end++
	}
	if len(indices) < tallGlyphs || t.covered(row) {
		return nil
	}
	list := r.arrange(r.byTurn(indices)[0])
	if len(list) != len(indices) {
		return nil // turned text
	}
	o := outline{columns: make([]column, len(t.Columns)-1), box: t.Box}
	for c := range o.columns {
		o.columns[c] = column{x0: t.Columns[c], x1: t.Columns[c+1]}
	}
	crossing, texts := 0, 0
	for _, line := range r.textLines(list) {
		for i := range line.segments {
			if first, last := spanOf(o.columns, &line.segments[i]); first != last {
				crossing++
			}
			texts++
		}
		if words, _ := r.segmentLine(nil, list[line.first:line.end], tightGap); len(words) > 0 {
			line.segments = o.gather(words)
			o.lines = append(o.lines, line)
		}
	}
	if len(o.lines) < tallLines || float64(crossing) > oddShare*float64(texts) || !o.holdsRows() {
		return nil
	}
	o.measure()
	rows := o.bodyRows()
	if len(rows) < tallLines {
		return nil
	}
	o.box.Y0, o.box.Y1 = t.Rows[row], t.Rows[row+1]
	boundaries := o.rowBoundaries(rows)
	return boundaries[1 : len(boundaries)-1]
}

// covered tells whether a cell that begins above reaches into a row.
func (t *Table) covered(row int) bool {
	columns := len(t.Columns) - 1
	for c := range columns {
		if i := t.at[row*columns+c]; i >= 0 && t.Cells[i].Row < row {
			return true
		}
	}
	return false
}

// holdsRows tells whether the lines are rows: two columns or more hold aligned
// figures, narrower than the column, on the same baselines.
func (o *outline) holdsRows() bool {
	l := o.judge()
	o.figures = l.figures()
	columns := 0
	for c := range l {
		if o.figures[c] && l[c].figures >= tallLines && l[c].aligned() && l[c].wide < l[c].texts {
			columns++
		}
	}
	return columns >= 2 && !l.form() && o.figuresShareLines()
}

// gather joins the words of a line that stand in one column.
func (o *outline) gather(line []segment) []segment {
	joined := line[:0]
	last := -1
	for i := range line {
		word := line[i]
		column, _ := spanOf(o.columns, &word)
		if column == last {
			joined[len(joined)-1].absorb(&word)
			continue
		}
		joined = append(joined, word)
		last = column
	}
	return joined
}

// figuresShareLines tells whether most lines with a figure have another.
func (o *outline) figuresShareLines() bool {
	single, several := 0, 0
	for k := range o.lines {
		count := 0
		for i := range o.lines[k].segments {
			s := &o.lines[k].segments[i]
			if c, _ := spanOf(o.columns, s); o.figures[c] && s.content != words {
				count++
			}
		}
		switch {
		case count > 1:
			several++
		case count == 1:
			single++
		}
	}
	return several >= tallLines && several >= 2*single
}

// splitRow puts boundaries into a row: its cells become one for each new row, cells
// that span it grow.
func (t *Table) splitRow(row int, inner []float64) {
	rows := make([]float64, 0, len(t.Rows)+len(inner))
	rows = append(append(append(rows, t.Rows[:row+1]...), inner...), t.Rows[row+1:]...)
	cells := t.Cells
	t.Rows, t.Cells = rows, make([]Cell, 0, len(cells)+len(inner)*len(t.Columns))
	t.at = make([]int32, (len(rows)-1)*(len(t.Columns)-1))
	for i := range t.at {
		t.at[i] = -1
	}
	for _, c := range cells {
		switch {
		case c.Row == row:
			for n := range len(inner) + 1 {
				for column := c.Column; column < c.Column+c.ColSpan; column++ {
					t.addCell(row+n, column, 1, 1)
				}
			}
		case c.Row > row:
			t.addCell(c.Row+len(inner), c.Column, c.RowSpan, c.ColSpan)
		case c.Row+c.RowSpan > row:
			t.addCell(c.Row, c.Column, c.RowSpan+len(inner), c.ColSpan)
		default:
			t.addCell(c.Row, c.Column, c.RowSpan, c.ColSpan)
		}
	}
	t.sortCells()
	t.Evidence.RowBaselines += len(inner)
	t.Doubts.SplitRows++
}
