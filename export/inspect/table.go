package inspect

import (
	"slices"
	"strings"

	"gongkai/extract"
	"gongkai/extract/layout"
	"gongkai/normalize"
	"gongkai/normalize/statement"
)

// tableSummary is what a table is, without its cells.
type tableSummary struct {
	ID             string        `json:"id"` // table_id of the datasets
	Ordinal        int           `json:"ordinal"`
	Statement      string        `json:"statement"`
	Name           string        `json:"name"` // usual title of that statement
	Confidence     float64       `json:"confidence"`
	Title          string        `json:"title"`
	Number         string        `json:"number,omitempty"`
	Side           string        `json:"side,omitempty"`
	Rows           int           `json:"rows"`
	Columns        int           `json:"columns"`
	HeaderRows     int           `json:"header_rows"`
	Unit           string        `json:"unit"`
	UnitSource     string        `json:"unit_source"`
	Method         string        `json:"method"`
	Empty          bool          `json:"empty,omitempty"`
	EmptyStatement string        `json:"empty_statement,omitempty"`
	RowEvidence    []string      `json:"row_evidence"`
	ColumnEvidence []string      `json:"column_evidence"`
	Doubts         []string      `json:"doubts"`
	Segments       []segmentData `json:"segments"`
}

// segmentData is the part of a table on one page.
type segmentData struct {
	Page     int       `json:"page"`
	Box      [4]tenths `json:"box"`
	Row      int       `json:"row"` // first row of the joined grid
	Rows     int       `json:"rows"`
	Repeated int       `json:"repeated,omitempty"` // rows of a repeated header left out
	Torn     bool      `json:"torn,omitempty"`
	Joined   string    `json:"joined,omitempty"`
}

// gridData are the cells of a table. What many cells share stands once, in paths,
// labels and names.
type gridData struct {
	Cells  [][]any    `json:"cells"`  // cellData.row
	Paths  [][]string `json:"paths"`  // column headings from top to bottom
	Labels [][]string `json:"labels"` // row labels from the outermost
	Names  []nameData `json:"names"`  // of the rows, for the lines
	Units  []string   `json:"units"`
	Lines  [][]any    `json:"lines"` // cell, line_no, name, path, amount in yuan, amount as printed where the cell says more, unit, line flags
	Trees  []tree     `json:"trees"`
}

// nameData is what the lines of a row have in common.
type nameData struct {
	Code       string `json:"code"`
	Name       string `json:"name"`
	AgencyCode string `json:"agency_code"`
	AgencyName string `json:"agency_name"`
	CodeStatus string `json:"code_status"`
	Level      int    `json:"level"`
}

// Bits of the flags of a line.
const (
	totalLine = 1 << iota
	memoLine
	leafLine
)

// roles and states of cells, as numbers in the report.
var (
	cellRoles  = []string{"title", "header", "colno", "stub", "data", "total", "note"}
	cellStates = []string{"number", "blank", "dash", "text", "unparsed"}
)

// tableWriter knows where each table's cells and lines begin.
type tableWriter struct {
	batch *normalize.Batch
	grids map[int]*extract.Table
	cells map[string][2]int // by table: first, and the one behind the last
	lines map[string][2]int
}

func newTableWriter(document *extract.Document, batch *normalize.Batch) *tableWriter {
	w := &tableWriter{batch: batch, grids: map[int]*extract.Table{}, cells: map[string][2]int{}, lines: map[string][2]int{}}
	for i := range document.Tables {
		w.grids[document.Tables[i].Ordinal] = &document.Tables[i]
	}
	for i := range batch.Cells {
		extend(w.cells, batch.Cells[i].TableID, i)
	}
	for i := range batch.Lines {
		extend(w.lines, batch.Lines[i].TableID, i)
	}
	return w
}

// extend counts an index to the range of its table; those of a table follow each other.
func extend(ranges map[string][2]int, table string, i int) {
	r, known := ranges[table]
	if !known {
		r[0] = i
	}
	r[1] = i + 1
	ranges[table] = r
}

func (w *tableWriter) summary(i int) tableSummary {
	t := &w.batch.Tables[i]
	s := tableSummary{
		ID: t.ID, Ordinal: t.Ordinal, Statement: t.Statement, Name: statementName(t.Statement), Confidence: t.Confidence,
		Title: t.Title, Number: t.PublishedCode, Side: t.Side, Rows: t.Rows, Columns: t.Columns, HeaderRows: t.HeaderRows,
		Unit: t.UnitRaw, UnitSource: t.UnitSource, Method: t.Method, Empty: t.IsEmpty, EmptyStatement: t.EmptyStatement,
		RowEvidence: t.RowEvidence, ColumnEvidence: t.ColumnEvidence, Doubts: t.Doubts, Segments: []segmentData{},
	}
	if grid := w.grids[t.Ordinal]; grid != nil {
		for i := range grid.Segments {
			g := &grid.Segments[i]
			s.Segments = append(s.Segments, segmentData{
				Page: g.Page, Box: boxOf(g.Box), Row: g.FirstRow, Rows: g.Rows,
				Repeated: g.RepeatedHeader, Torn: g.TornRow, Joined: string(g.Joined),
			})
		}
	}
	return s
}

// statementName is the first title a statement is published under.
func statementName(id string) string {
	if s, known := statement.ByID(id); known && len(s.Titles) > 0 {
		return s.Titles[0]
	}
	return ""
}

// grid gathers the cells and lines of a table.
func (w *tableWriter) grid(i int) gridData {
	t := &w.batch.Tables[i]
	g := gridData{Cells: [][]any{}, Lines: [][]any{}, Units: []string{}, Names: []nameData{}}
	paths, labels := newDictionary(), newDictionary()
	cells, lines := w.cells[t.ID], w.lines[t.ID]
	at := make(map[string]int, cells[1]-cells[0])
	for i := cells[0]; i < cells[1]; i++ {
		c := &w.batch.Cells[i]
		at[c.ID] = len(g.Cells)
		g.Cells = append(g.Cells, w.cellRow(t, c, paths.of(c.HeaderPath), labels.of(c.RowLabelPath)))
	}
	names := map[nameData]int{}
	for i := lines[0]; i < lines[1]; i++ {
		l := &w.batch.Lines[i]
		cell, known := at[l.CellID]
		if !known {
			continue
		}
		name := nameData{l.Code, l.Name, l.AgencyCode, l.AgencyName, l.CodeStatus, l.Level}
		index, known := names[name]
		if !known {
			index = len(g.Names)
			names[name] = index
			g.Names = append(g.Names, name)
		}
		raw := l.AmountRaw
		if raw == w.batch.Cells[cells[0]+cell].TextRaw {
			raw = ""
		}
		g.Lines = append(g.Lines, []any{cell, l.LineNo, index, l.ColumnPath, amountOf(l), raw, g.unit(l.UnitRaw), lineFlags(l)})
	}
	g.Paths, g.Labels = paths.lists, labels.lists
	g.Trees = treesOf(w.batch.Lines[lines[0]:lines[1]], w.batch.Cells[cells[0]:cells[1]], t.Statement)
	return g
}

// cellRow is a cell as [row, column, row span, column span, role, page, box…,
// text, state, path, label], and what few cells have, by name, behind.
func (w *tableWriter) cellRow(t *normalize.Table, c *normalize.Cell, path, label int) []any {
	b := boxOf(c.Box)
	row := []any{c.Row, c.Column, c.RowSpan, c.ColumnSpan, slices.Index(cellRoles, c.Role), c.Page, b[0], b[1], b[2], b[3],
		c.TextRaw, slices.Index(cellStates, c.ValueState), path, label}
	extra := map[string]any{}
	if c.TextNorm != c.TextRaw {
		extra["norm"] = c.TextNorm
	}
	if len(c.Flags) > 0 {
		extra["flags"] = c.Flags
	}
	if c.UnitRaw != "" && c.UnitRaw != t.UnitRaw {
		extra["unit"] = c.UnitRaw
	}
	if c.Value.Valid {
		if value := c.Value.Decimal.String(); value != c.TextRaw {
			extra["value"] = value
		}
	}
	if others := w.otherPlaces(t, c); others != nil {
		extra["places"] = others
	}
	if len(extra) > 0 {
		row = append(row, extra)
	}
	return row
}

// placeData is a further place of a cell that a page end cut in two.
type placeData struct {
	Page int       `json:"page"`
	Box  [4]tenths `json:"box"`
}

func (w *tableWriter) otherPlaces(t *normalize.Table, c *normalize.Cell) []placeData {
	grid := w.grids[t.Ordinal]
	if grid == nil || c.Row >= len(grid.Grid) || c.Column >= len(grid.Grid[c.Row]) {
		return nil
	}
	var others []placeData
	for i, place := range grid.Grid[c.Row][c.Column].Places {
		if i > 0 && place.Box != (layout.Box{}) {
			others = append(others, placeData{place.Page, boxOf(place.Box)})
		}
	}
	return others
}

// unit is the place of a unit in the list of those that the table's lines have.
func (g *gridData) unit(printed string) int {
	at := slices.Index(g.Units, printed)
	if at < 0 {
		at = len(g.Units)
		g.Units = append(g.Units, printed)
	}
	return at
}

// amountOf is an amount in yuan with two decimals; empty when it is missing.
func amountOf(l *normalize.Line) string {
	if !l.AmountCNY.Valid {
		return ""
	}
	return l.AmountCNY.Decimal.StringFixed(2)
}

func lineFlags(l *normalize.Line) int {
	flags := 0
	if l.IsTotal {
		flags |= totalLine
	}
	if l.IsMemo {
		flags |= memoLine
	}
	if l.IsLeaf {
		flags |= leafLine
	}
	return flags
}

// dictionary numbers lists of texts; the empty list is -1.
type dictionary struct {
	lists [][]string
	known map[string]int
}

func newDictionary() *dictionary { return &dictionary{lists: [][]string{}, known: map[string]int{}} }

func (d *dictionary) of(list []string) int {
	if len(list) == 0 {
		return -1
	}
	key := strings.Join(list, "\x00")
	at, known := d.known[key]
	if !known {
		at = len(d.lists)
		d.known[key] = at
		d.lists = append(d.lists, list)
	}
	return at
}
