package normalize

import "gongkai/extract"

// sheet is one grid prepared for reading: every cell's text without spaces,
// what shape it has, and which cell it belongs to under merged cells.
type sheet struct {
	table         *extract.Table
	rows, columns int
	anchors       int         // cells that are not covered by another
	cells         []sheetCell // row by row
}

// sheetCell is one position of the grid. A position covered by a merged cell
// has an owner elsewhere and no text of its own.
type sheetCell struct {
	text   string // printed text without spaces
	owner  int32  // index of the cell that holds the text, its own when not covered
	state  state
	amount amount
}

// newSheet reads the grid once; later steps only look things up.
func newSheet(table *extract.Table) *sheet {
	s := &sheet{table: table, rows: len(table.Grid)}
	for _, row := range table.Grid {
		s.columns = max(s.columns, len(row))
	}
	s.cells = make([]sheetCell, s.rows*s.columns)
	for i := range s.cells {
		s.cells[i].owner = int32(i)
	}
	for r, row := range table.Grid {
		for c := range row {
			if row[c].Covered {
				continue
			}
			s.anchors++
			cell := &s.cells[r*s.columns+c]
			cell.text = compact(row[c].Text)
			cell.amount, cell.state = scanAmount(row[c].Text)
			s.cover(r, c, row[c].RowSpan, row[c].ColSpan)
		}
	}
	return s
}

// cover gives the positions under a merged cell to it.
func (s *sheet) cover(row, column, rowSpan, columnSpan int) {
	if rowSpan <= 1 && columnSpan <= 1 {
		return
	}
	owner := int32(row*s.columns + column)
	for r := row; r < min(row+rowSpan, s.rows); r++ {
		for c := column; c < min(column+columnSpan, s.columns); c++ {
			if (r != row || c != column) && c < len(s.table.Grid[r]) && s.table.Grid[r][c].Covered {
				s.cells[r*s.columns+c].owner = owner
			}
		}
	}
}

func (s *sheet) at(row, column int) *sheetCell { return &s.cells[row*s.columns+column] }

// shown is the cell whose text a reader sees at a position.
func (s *sheet) shown(row, column int) *sheetCell {
	return &s.cells[s.at(row, column).owner]
}

// covered tells whether the position lies under a merged cell that begins elsewhere.
func (s *sheet) covered(row, column int) bool {
	return int(s.at(row, column).owner) != row*s.columns+column
}

// fromAbove tells whether the position belongs to a cell that begins in an earlier row.
func (s *sheet) fromAbove(row, column int) bool {
	return int(s.at(row, column).owner)/s.columns < row
}

// wide tells whether the cell shown at a position spans several columns.
func (s *sheet) wide(row, column int) bool {
	owner := s.at(row, column).owner
	return column+1 < s.columns && s.at(row, column+1).owner == owner || column > 0 && s.at(row, column-1).owner == owner
}

// soleText is the text of a row in which one cell is filled, as a title inside
// the rules is; fullWidth tells that the cell spans all columns.
func (s *sheet) soleText(row int) (value string, fullWidth, ok bool) {
	filled := -1
	for c := 0; c < s.columns; c++ {
		if s.covered(row, c) {
			continue
		}
		if s.at(row, c).state != blank {
			if filled >= 0 {
				return "", false, false
			}
			filled = c
		}
	}
	if filled < 0 {
		return "", false, false
	}
	return s.at(row, filled).text, s.at(row, s.columns-1).owner == int32(row*s.columns), true
}

// emptyRow tells whether a row has no text of its own.
func (s *sheet) emptyRow(row int) bool {
	for c := 0; c < s.columns; c++ {
		if s.at(row, c).state != blank {
			return false
		}
	}
	return true
}
