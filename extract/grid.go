package extract

import (
	"slices"
	"strings"

	"gongkai/extract/layout"
)

// table lays the parts under each other in one grid, and beside them the columns
// that other pages hold.
func (d *draft) table(document string, ordinal int) Table {
	t := Table{Ordinal: ordinal, Title: d.caption.title, Caption: d.caption.lines, Notes: d.notes, Method: d.parts[0].table.Method}
	if first := d.parts[0].table; t.Title == "" && titleRow(first) {
		t.Title = first.Cells[0].Text // set in the grid itself
	}
	width := d.columns.count()
	for _, right := range d.right {
		width += right.columns.count()
	}
	t.Grid = blankGrid(d.rows(), width)
	b := builder{table: &t, document: document, places: make([]Place, 0, d.anchors())}
	base := 0
	for i := range d.parts {
		p := &d.parts[i]
		b.begin, b.end = d.columns.within(p.table)
		height := len(p.table.Rows) - 1 - p.seam.repeated
		b.rows = rowsFrom(base, p)
		segment := Segment{Page: p.page, Box: p.table.Box, FirstRow: base, Rows: height, Columns: d.columns.count()}
		if p.seam.torn {
			b.mend(p, base-1)
			b.rows = rowsFrom(base-1, p)
			segment.Rows--
		}
		b.add(p)
		switch {
		case i == 1 && b.tornHeader(p, base):
			b.mendHeader(p, base)
		case i > 0 && !p.seam.torn:
			b.bridge(p, base, d.parts[1].seam.repeated)
		}
		b.addSegment(segment, p)
		base += segment.Rows
	}
	first := d.columns.count()
	for _, right := range d.right {
		for i := range right.parts {
			p, beside := &right.parts[i], &d.parts[i]
			b.begin, b.end = right.columns.within(p.table)
			for c := range b.begin {
				b.begin[c] += first
				b.end[c] += first
			}
			s := &t.Segments[i]
			b.rows = rowsBeside(s.FirstRow, p, beside)
			b.add(p)
			b.addSegment(Segment{Page: p.page, Box: p.table.Box, FirstRow: s.FirstRow, Rows: s.Rows, FirstColumn: first, Columns: right.columns.count()}, p)
		}
		first += right.columns.count()
	}
	b.fillHoles()
	return t
}

// rows is the height of the joined grid.
func (d *draft) rows() int {
	rows := 0
	for i := range d.parts {
		p := &d.parts[i]
		rows += len(p.table.Rows) - 1 - p.seam.repeated
		if p.seam.torn {
			rows--
		}
	}
	return rows
}

// anchors is how many cells with a place of their own the grid holds.
func (d *draft) anchors() int {
	anchors := 0
	for i := range d.parts {
		anchors += len(d.parts[i].table.Cells)
	}
	for _, right := range d.right {
		anchors += right.anchors()
	}
	return anchors
}

func blankGrid(rows, columns int) [][]Cell {
	cells := make([]Cell, rows*columns)
	grid := make([][]Cell, rows)
	for r := range grid {
		grid[r] = cells[r*columns : (r+1)*columns : (r+1)*columns]
	}
	return grid
}

// rowsFrom maps the rows of a part, and their end, to those of the grid; the
// repeated header comes to stand above the first one.
func rowsFrom(base int, p *part) []int {
	rows := make([]int, len(p.table.Rows))
	for r := range rows {
		rows[r] = max(base, base+r-p.seam.repeated)
	}
	return rows
}

// rowsBeside maps the rows of a part that stands at the right of another.
func rowsBeside(base int, p, beside *part) []int {
	rows := make([]int, len(p.table.Rows))
	for r, y := range p.table.Rows {
		rows[r] = base + max(0, nearestBoundary(beside.table.Rows, y)-beside.seam.repeated)
	}
	return rows
}

// builder puts the cells of parts into a grid.
type builder struct {
	table      *Table
	document   string
	places     []Place
	begin, end []int // of each column of the part at hand: where it stands in the grid
	rows       []int // of each row of the part, and their end
}

func (b *builder) place(p *part, row, column int, box layout.Box) []Place {
	b.places = append(b.places, Place{Document: b.document, Page: p.page, Table: b.table.Ordinal, Row: row, Column: column, Box: box})
	return b.places[len(b.places)-1:]
}

// add places the cells of a part; those of a repeated header have no row.
func (b *builder) add(p *part) {
	grid := b.table.Grid
	for i := range p.table.Cells {
		c := &p.table.Cells[i]
		if p.seam.torn && c.Row == p.seam.repeated {
			continue
		}
		row, below := b.rows[c.Row], b.rows[c.Row+c.RowSpan]
		from, to := b.begin[c.Column], b.end[c.Column+c.ColSpan-1]
		if below <= row || to <= from {
			continue
		}
		for r := row; r < below; r++ {
			for k := from; k < to; k++ {
				grid[r][k].Covered = true
			}
		}
		grid[row][from] = Cell{
			Text: c.Text, Places: b.place(p, row, from, c.Box), RowSpan: below - row, ColSpan: to - from,
			Glyphs: c.Glyphs, Flags: c.Flags,
		}
		if c.CutBelow {
			grid[row][from].Flags |= layout.CutBelow
		}
	}
}

// mend appends the first row of a part to the row above, which the page end had
// cut in two; the cells then stand at two places. A merged cell goes on with the one
// above.
func (b *builder) mend(p *part, row int) {
	for i := range p.table.Cells {
		c := &p.table.Cells[i]
		if c.Row != p.seam.repeated {
			continue
		}
		column := b.begin[c.Column]
		above, top := b.anchor(row, column)
		if above == nil {
			continue
		}
		if above.ColSpan < c.ColSpan {
			b.widen(above, top, column, b.end[c.Column+c.ColSpan-1]-column)
		}
		if c.RowSpan > 1 && above.ColSpan == c.ColSpan {
			b.lengthen(above, top, column, c.RowSpan-1)
		}
		if c.Text == "" {
			continue
		}
		above.Text = layout.JoinWrapped(above.Text, c.Text)
		above.Places = append(slices.Clip(above.Places), b.place(p, row, column, c.Box)...)
		above.Glyphs += c.Glyphs
		above.Flags |= c.Flags | layout.WrappedJoined
	}
}

// bridge makes one of a merged cell and what the next page shows of it: in the first
// row there a blank cell under its text, or its text under a blank part. So go on the
// first column and those behind it, up to one that does not; further right a blank cell
// is the next row's own. Where neither page draws a border, the cell goes on in any
// column, and so does its text. The header, of so many rows, goes on nowhere.
func (b *builder) bridge(p *part, base, header int) {
	if base <= header || p.table.Method == layout.Stream || strings.Trim(rowText(p.table, p.seam.repeated), "|") == "" {
		return
	}
	leading := 0 // columns that go on
	for i := range p.table.Cells {
		c := &p.table.Cells[i]
		if c.Row != p.seam.repeated {
			continue
		}
		column := b.begin[c.Column]
		above, top := b.anchor(base-1, column)
		if above == nil || top == 0 || top < header || above.ColSpan != b.end[c.Column+c.ColSpan-1]-column {
			continue
		}
		merged, first := c.RowSpan > 1 || above.RowSpan > 1, column == leading
		goesOn := false
		switch {
		case merged && c.CutAbove && above.Flags&layout.CutBelow != 0:
			goesOn = true
		case c.Text == "":
			// One that ends with a border does not go on where borders mark the ends.
			ends := above.Flags&layout.CutBelow == 0 && c.CutBelow
			goesOn = first && merged && !ends && (above.Text != "" || leading > 0)
		case above.Text == "":
			goesOn = first && above.RowSpan > 1 && (leading > 0 || !isFigure(c.Text))
		}
		if !goesOn {
			continue
		}
		if first {
			leading += above.ColSpan
		}
		cell := &b.table.Grid[base][column]
		b.lengthen(above, top, column, cell.RowSpan)
		above.Text = layout.JoinWrapped(above.Text, cell.Text)
		above.Glyphs += cell.Glyphs
		above.Flags = above.Flags&^layout.CutBelow | cell.Flags
		above.Places = append(slices.Clip(above.Places), b.place(p, top, column, c.Box)...)
		*cell = Cell{Covered: true}
	}
}

// upperRows: so many rows of a header may end a page.
const upperRows = 3

// tornHeader tells whether a page ends between the rows of a header: names alone above,
// and below, blank cells under names of one column and names under those of several.
func (b *builder) tornHeader(p *part, base int) bool {
	if base == 0 || base > upperRows || p.seam.repeated > 0 || p.seam.torn || p.table.Method == layout.Stream {
		return false
	}
	figure := func(cell Cell) bool { return cell.Text != "" && isFigure(cell.Text) }
	for _, row := range b.table.Grid[:base] {
		if slices.ContainsFunc(row, figure) {
			return false
		}
	}
	blank, narrower := 0, 0
	for i := range p.table.Cells {
		c := &p.table.Cells[i]
		if c.Row > 0 {
			break
		}
		column := b.begin[c.Column]
		above, _ := b.anchor(base-1, column)
		same := above != nil && above.ColSpan == b.end[c.Column+c.ColSpan-1]-column
		switch {
		case c.Text == "" && same && above.Text != "":
			blank++
		case c.Text != "" && !same && !isFigure(c.Text):
			narrower++
		default:
			return false
		}
	}
	return blank > 0 && narrower > 0
}

// mendHeader lets the names of one column go on over the rows of a torn header.
func (b *builder) mendHeader(p *part, base int) {
	for i := range p.table.Cells {
		c := &p.table.Cells[i]
		if c.Row > 0 || c.Text != "" {
			continue
		}
		column := b.begin[c.Column]
		above, top := b.anchor(base-1, column)
		b.lengthen(above, top, column, c.RowSpan)
		above.Places = append(slices.Clip(above.Places), b.place(p, top, column, c.Box)...)
		b.table.Grid[base][column] = Cell{Covered: true}
	}
}

// anchor is the cell that covers a place of the grid and begins in its column, and the
// cell's row; nil when there is none.
func (b *builder) anchor(row, column int) (*Cell, int) {
	top := row
	for top > 0 && b.table.Grid[top][column].Covered {
		top--
	}
	cell := &b.table.Grid[top][column]
	if cell.RowSpan <= row-top {
		return nil, 0
	}
	return cell, top
}

// widen lets a cell cover the blank cells beside it, up to so many columns: the strip
// of a row that a page end left shows no merged cells.
func (b *builder) widen(cell *Cell, row, column, columns int) {
	for c := column + cell.ColSpan; c < column+columns; c++ {
		if b.table.Grid[row][c].Text != "" || b.table.Grid[row][c].RowSpan > 1 {
			return
		}
	}
	for c := column + cell.ColSpan; c < column+columns; c++ {
		b.table.Grid[row][c] = Cell{Covered: true}
	}
	cell.ColSpan = columns
}

// lengthen lets a cell cover so many rows more.
func (b *builder) lengthen(cell *Cell, row, column, rows int) {
	end := row + cell.RowSpan
	for r := end; r < end+rows; r++ {
		for c := column; c < column+cell.ColSpan; c++ {
			b.table.Grid[r][c].Covered = true
		}
	}
	cell.RowSpan += rows
}

func (b *builder) addSegment(s Segment, p *part) {
	s.RepeatedHeader, s.Evidence, s.Doubts = p.seam.repeated, p.table.Evidence, p.table.Doubts
	s.Joined, s.JoinDoubts, s.TornRow = p.seam.evidence, p.seam.doubts, p.seam.torn
	b.table.Segments = append(b.table.Segments, s)
}

// fillHoles gives grid positions that no cell covers (a notch in the table's
// outline, a column without text on one page) an empty cell, so that every row
// has every column.
func (b *builder) fillHoles() {
	t := b.table
	for i := range t.Segments {
		s := &t.Segments[i]
		for r := s.FirstRow; r < s.FirstRow+s.Rows; r++ {
			for c := s.FirstColumn; c < s.FirstColumn+s.Columns; c++ {
				if cell := &t.Grid[r][c]; cell.RowSpan == 0 && !cell.Covered {
					place := Place{Document: b.document, Page: s.Page, Table: t.Ordinal, Row: r, Column: c, Box: s.Box}
					*cell = Cell{RowSpan: 1, ColSpan: 1, Places: []Place{place}}
				}
			}
		}
	}
}
