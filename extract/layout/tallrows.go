package layout

import "sort"

const (
	// tallRow: a row of several lines is at least this high (points), or shows two in
	// several cells.
	tallRow = 40.0
	// tallLines: so many figures under each other in one cell are rows of their own; a
	// figure broken in a narrow cell has two or three lines.
	tallLines = 4
	// fullColumns: two or three lines are rows of their own if they fill so many columns,
	// each on every line, half of them with figures.
	fullColumns = 4
	// roomShare: and none of their figures takes more of its column's width, so that
	// another digit would have fitted (share).
	roomShare = 0.8
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
			if t.Rows[row+1]-t.Rows[row] < tallRow && !r.layered(t, row, first, byOwner, starts) {
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

// layered tells whether several cells of a row begin and end on different lines.
func (r *reader) layered(t *Table, row, firstCell int, byOwner []int32, starts []int) bool {
	count := 0
	for i := t.firstIn(row); i < len(t.Cells) && t.Cells[i].Row == row; i++ {
		if from, end := starts[firstCell+i], starts[firstCell+i+1]; end-from > 1 {
			a, b := &r.glyphs[byOwner[from]], &r.glyphs[byOwner[end-1]]
			if b.Box.Y0-a.Box.Y0 > sameRowStep*a.Size {
				count++
			}
		}
	}
	return count >= fullColumns
}

// firstIn is the index of the first cell that begins in a row or below it.
func (t *Table) firstIn(row int) int {
	return sort.Search(len(t.Cells), func(i int) bool { return t.Cells[i].Row >= row })
}

// innerRows are the boundaries between the rows that one row of rulings holds, none
// when it is one row: two columns or more show figures on the same baselines.
func (r *reader) innerRows(t *Table, row, firstCell int, byOwner []int32, starts []int) []float64 {
	from := t.firstIn(row)
	end := from
	var indices []int32
	for end < len(t.Cells) && t.Cells[end].Row == row {
		if t.Cells[end].RowSpan == 1 {
			indices = append(indices, byOwner[starts[firstCell+end]:starts[firstCell+end+1]]...)
		}
		end++
	}
	if len(indices) < tallGlyphs {
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
	if float64(crossing) > oddShare*float64(texts) {
		return nil
	}
	rows := o.fullLines()
	if rows == nil {
		if len(o.lines) < tallLines || !o.holdsRows() {
			return nil
		}
		o.measure()
		if rows = o.bodyRows(); len(rows) < tallLines {
			return nil
		}
	}
	o.box.Y0, o.box.Y1 = t.Rows[row], t.Rows[row+1]
	boundaries := o.rowBoundaries(rows)
	return boundaries[1 : len(boundaries)-1]
}

// fullLines makes a row of each line, when there are two or more that fill the same
// columns, with figures that are not broken.
func (o *outline) fullLines() []row {
	if len(o.lines) < 2 || len(o.lines) >= tallLines {
		return nil
	}
	filled, numbers := 0, 0
	for c := range o.columns {
		texts, unbroken := 0, 0
		for k := range o.lines {
			for i := range o.lines[k].segments {
				s := &o.lines[k].segments[i]
				if column, _ := spanOf(o.columns, s); column != c {
					continue
				}
				texts++
				if s.content != words && s.width() <= roomShare*o.columns[c].width() {
					unbroken++
				}
			}
		}
		switch {
		case texts == 0:
			continue
		case texts != len(o.lines):
			return nil
		case unbroken == len(o.lines):
			numbers++
		}
		filled++
	}
	if filled < fullColumns || numbers*2 < filled {
		return nil
	}
	rows := make([]row, len(o.lines))
	for k := range o.lines {
		if k > 0 && o.lines[k].y-o.lines[k-1].y < sameRowStep*o.lines[k].size {
			return nil
		}
		rows[k] = row{k, k + 1, o.spans(k)}
	}
	return rows
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
		case c.Row == row && c.RowSpan > 1:
			t.addCell(c.Row, c.Column, c.RowSpan+len(inner), c.ColSpan)
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
