package extract

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"gongkai/extract/layout"
)

const (
	// columnTolerance: how far the columns of two pages of one table may differ (points).
	columnTolerance = 3.0
	// maxRepeatedHeader: headers of published statements have up to five rows.
	maxRepeatedHeader = 6
)

// joiner collects the tables of page after page and joins those that run over
// page ends.
type joiner struct {
	document string
	running  running
	drafts   []*draft
	previous Page // the page before
}

// draft is a table while it grows: its parts, one a page.
type draft struct {
	parts   []part
	columns []float64 // boundaries, as offsets from the left border
	caption caption
	notes   []layout.Line
}

// part is what one page holds of a table.
type part struct {
	page     int
	table    layout.Table
	repeated int // leading rows that repeat the header
	torn     bool
	joined   JoinEvidence
}

// add takes the tables of the next page, from top to bottom.
func (j *joiner) add(page Page, tables []layout.Table) {
	texts := j.bandsOf(page, tables)
	for i, table := range tables {
		above := texts.between(i)
		caption := captionOf(above, table.Box)
		evidence, continues := JoinEvidence(""), false
		if i == 0 {
			evidence, continues = j.continues(page, table, caption)
		}
		if continues {
			j.extend(page.Number, table, evidence)
		} else {
			if i == 0 && len(above) == 0 {
				caption = captionOf(j.leftover(), layout.Box{X0: table.Box.X0, X1: table.Box.X1, Y0: math.Inf(1)})
			}
			j.drafts = append(j.drafts, newDraft(page.Number, table, caption))
		}
		last := j.drafts[len(j.drafts)-1]
		last.notes = append(last.notes, notesOf(texts.between(i+1), table.Box)...)
	}
	j.previous = page
}

func newDraft(page int, table layout.Table, caption caption) *draft {
	return &draft{parts: []part{{page: page, table: table}}, columns: offsets(table.Columns), caption: caption}
}

// leftover is the text under the last table of the page before: a title may
// stand there alone, its table on the next page.
func (j *joiner) leftover() []layout.Line {
	bottom := 0.0
	if n := len(j.drafts); n > 0 {
		last := j.drafts[n-1].last()
		if last.page == j.previous.Number {
			bottom = last.table.Box.Y1
		}
	}
	var lines []layout.Line
	for _, line := range j.previous.Lines {
		if line.Box.Y0 >= bottom-1 && !j.running.holds(line, j.previous.Box) {
			lines = append(lines, line)
		}
	}
	return lines
}

func (d *draft) last() *part { return &d.parts[len(d.parts)-1] }

// offsets are boundaries counted from the first.
func offsets(boundaries []float64) []float64 {
	list := make([]float64, len(boundaries))
	for i, at := range boundaries {
		list[i] = at - boundaries[0]
	}
	return list
}

// continues tells whether the first table of a page goes on with the last table
// of the page before: the same columns, nothing between them but running lines,
// and no new title. The same table at another scale shows the same title over the
// same header. A unit line alone starts a new table unless the header is
// repeated under it.
func (j *joiner) continues(page Page, table layout.Table, caption caption) (evidence JoinEvidence, ok bool) {
	if len(j.drafts) == 0 {
		return "", false
	}
	last := j.drafts[len(j.drafts)-1]
	if last.last().page != page.Number-1 || len(last.notes) > 0 {
		return "", false
	}
	for _, line := range j.leftover() {
		if line.Box.Y0 > last.last().table.Box.Y1 {
			return "", false
		}
	}
	repeated := repeatedRows(last.parts[0].table, table)
	if titleRow(table) && !labels(table, repeated) {
		return "", false
	}
	if caption.title != "" && !sameTitle(caption.title, last.caption.title) {
		return "", false
	}
	if !last.fits(table) {
		return JoinedAtScale, caption.title != "" && repeated > 0 && len(last.columns) == len(table.Columns)
	}
	switch {
	case caption.title != "":
		return JoinedByTitle, repeated > 0
	case repeated > 0:
		return JoinedByHeader, true
	}
	return JoinedByColumns, last.caption.hasNumbers(caption.lines)
}

// extend adds a page's part to the last table.
func (j *joiner) extend(page int, table layout.Table, evidence JoinEvidence) {
	last := j.drafts[len(j.drafts)-1]
	if united, ok := unite(last.columns, offsets(table.Columns)); ok && table.Method != layout.Stream {
		last.columns = united
	}
	repeated := repeatedRows(last.parts[0].table, table)
	if repeated == 0 && last.repeatsInnerHeader(table) {
		repeated = 1
	}
	last.parts = append(last.parts, part{page: page, table: table, repeated: repeated, torn: torn(last.last().table, table, repeated), joined: evidence})
}

// torn tells whether the first row of a page is the rest of the last row of the
// page before: it fills some of the cells that row fills, with no figure and no
// new numeral, and in each of them the line above was full to the ruling.
func torn(before, next layout.Table, repeated int) bool {
	if len(before.Columns) != len(next.Columns) || repeated >= len(next.Rows)-1 {
		return false
	}
	last := len(before.Rows) - 2
	above := make(map[int]layout.Cell)
	for _, c := range before.Cells {
		if c.Row == last && c.RowSpan == 1 && c.Text != "" {
			above[c.Column] = c
		}
	}
	filled := 0
	for _, c := range next.Cells {
		if c.Row != repeated {
			continue
		}
		if c.RowSpan > 1 {
			return false
		}
		if c.Text == "" {
			continue
		}
		a, ok := above[c.Column]
		if !ok || a.ColSpan != c.ColSpan || a.Flags&layout.FullLine == 0 || beginsAnew(c.Text) {
			return false
		}
		filled++
	}
	return filled > 0 && filled < len(above)
}

// beginsAnew tells whether a text starts a row of its own: a figure, or a list
// numeral such as 一、 （二） 3. or 其中：.
func beginsAnew(text string) bool {
	text = squeeze(text)
	if strings.HasPrefix(text, "其中") {
		return true
	}
	figure := true
	for _, c := range text {
		figure = figure && (unicode.IsDigit(c) || strings.ContainsRune(".,-—%％", c))
	}
	if figure {
		return true
	}
	rest := strings.TrimLeft(text, "（(0123456789一二三四五六七八九十")
	return len(rest) < len(text) && rest != "" && strings.ContainsAny(string([]rune(rest)[0]), "、.．）)")
}

// titleRow tells whether a table begins with its own title, in one cell over its
// whole width: so do the forms that follow each other page by page.
func titleRow(t layout.Table) bool {
	first := t.Cells[0]
	return first.Row == 0 && first.ColSpan == len(t.Columns)-1 && titleEnding(squeeze(first.Text)) > 0
}

// labels tells whether some of the leading rows hold more than one cell: column
// labels, which a long table repeats under its title.
func labels(t layout.Table, rows int) bool {
	for _, c := range t.Cells {
		if c.Row < rows && c.ColSpan < len(t.Columns)-1 {
			return true
		}
	}
	return false
}

// fits tells whether a table's columns are those of the draft: the same boundaries,
// or, where no ruling shows them, the same number with white space in common.
func (d *draft) fits(table layout.Table) bool {
	before := d.last().table
	if before.Method != table.Method {
		return false
	}
	if table.Method != layout.Stream {
		_, ok := unite(d.columns, offsets(table.Columns))
		return ok
	}
	if len(before.Rivers) != len(table.Rivers) {
		return false
	}
	for i, river := range table.Rivers {
		if min(river[1], before.Rivers[i][1]) < max(river[0], before.Rivers[i][0]) {
			return false
		}
	}
	return true
}

// sharedBoundaries: of the inner boundaries of the part with fewer, the share
// that must be among the other's for the two to be parts of one table.
const sharedBoundaries = 0.5

// unite merges two lists of column boundaries. A page that shows only body rows
// lacks boundaries of the header, a lone total row lacks those it spans, and the
// parts of a form have some of their own; but the outer borders are the same, and
// most inner ones.
func unite(a, b []float64) ([]float64, bool) {
	if len(b) > len(a) {
		a, b = b, a
	}
	if math.Abs(a[len(a)-1]-b[len(b)-1]) > columnTolerance {
		return nil, false
	}
	united := slices.Clone(a)
	shared := 0
	for _, at := range b[1 : len(b)-1] {
		if math.Abs(a[nearestBoundary(a, at)]-at) <= columnTolerance {
			shared++
		} else {
			united = append(united, at)
		}
	}
	slices.Sort(united)
	return united, float64(shared) >= sharedBoundaries*float64(len(b)-2)
}

func nearestBoundary(boundaries []float64, at float64) int {
	best := 0
	for i, b := range boundaries {
		if math.Abs(b-at) < math.Abs(boundaries[best]-at) {
			best = i
		}
	}
	return best
}

// repeatedRows counts the leading rows of a page that say the same as the
// leading rows of the table's first page. A row with an amount is no header: if
// the total is printed under each page's header, it stays.
func repeatedRows(first, next layout.Table) int {
	rows := 0
	for rows < maxRepeatedHeader && rows < len(first.Rows)-1 && rows < len(next.Rows)-1 {
		text := rowText(next, rows)
		if text != rowText(first, rows) || holdsAmount(text) {
			break
		}
		rows++
	}
	if rows == len(next.Rows)-1 && rows < maxRepeatedHeader {
		return rows
	}
	// Blank rows at the end say nothing of a header.
	for rows > 0 && strings.Trim(rowText(next, rows-1), "|") == "" {
		rows--
	}
	return rows
}

// holdsAmount tells whether a text has figures on both sides of a point, as
// amounts have and column numbers and years have not.
func holdsAmount(text string) bool {
	for i := 1; i+1 < len(text); i++ {
		if text[i] == '.' && text[i-1] >= '0' && text[i-1] <= '9' && text[i+1] >= '0' && text[i+1] <= '9' {
			return true
		}
	}
	return false
}

// innerHeaderCells: a header inside a form (一级指标, 二级指标, …) has at least so
// many different labels.
const innerHeaderCells = 3

// repeatsInnerHeader tells whether a page begins with a header that stands
// further down in the table: forms repeat the header of their indicator part,
// not the labels above it. A header holds labels alone, no figures.
func (d *draft) repeatsInnerHeader(next layout.Table) bool {
	first := rowText(next, 0)
	labels := strings.Split(strings.TrimSuffix(first, "|"), "|")
	slices.Sort(labels)
	if len(slices.Compact(labels)) < innerHeaderCells || strings.ContainsAny(first, "0123456789") {
		return false
	}
	for _, p := range d.parts {
		for row := range len(p.table.Rows) - 1 {
			if rowText(p.table, row) == first {
				return true
			}
		}
	}
	return false
}

// rowText is what a row says, spaces removed, cells apart.
func rowText(t layout.Table, row int) string {
	var text strings.Builder
	for i := range t.Cells {
		c := &t.Cells[i]
		if c.Row > row {
			break
		}
		if c.Row == row && c.Text != "" {
			text.WriteString(squeeze(c.Text))
			text.WriteByte('|')
		}
	}
	return text.String()
}

// finish makes the tables.
func (j *joiner) finish() []Table {
	tables := make([]Table, len(j.drafts))
	for i, d := range j.drafts {
		tables[i] = d.table(j.document, i+1)
	}
	return tables
}

// table lays the parts under each other in one grid.
func (d *draft) table(document string, ordinal int) Table {
	t := Table{Ordinal: ordinal, Title: d.caption.title, Caption: d.caption.lines, Notes: d.notes, Method: d.parts[0].table.Method}
	columns := len(d.columns) - 1
	rows, anchors := 0, 0
	for _, p := range d.parts {
		rows += len(p.table.Rows) - 1 - p.repeated
		if p.torn {
			rows--
		}
		anchors += len(p.table.Cells)
	}
	cells := make([]Cell, rows*columns)
	places := make([]Place, 0, anchors)
	t.Grid = make([][]Cell, rows)
	for r := range t.Grid {
		t.Grid[r] = cells[r*columns : (r+1)*columns : (r+1)*columns]
	}
	base := 0
	for _, p := range d.parts {
		column := d.columnOf(p.table.Columns)
		height := len(p.table.Rows) - 1 - p.repeated
		if p.torn {
			t.mend(p, base-1, column, document)
			base--
		}
		for _, c := range p.table.Cells {
			from, to := column[c.Column], column[c.Column+c.ColSpan]
			row, span := c.Row-p.repeated, c.RowSpan
			if row == 0 && p.torn {
				continue
			}
			if row < 0 { // a header cell that reaches below the repeated rows
				row, span = 0, span+row
			}
			if span <= 0 || to <= from {
				continue
			}
			row += base
			places = append(places, Place{Document: document, Page: p.page, Table: ordinal, Row: row, Column: from, Box: c.Box})
			for r := row; r < row+span; r++ {
				for k := from; k < to; k++ {
					t.Grid[r][k].Covered = true
				}
			}
			t.Grid[row][from] = Cell{
				Text: c.Text, Places: places[len(places)-1:], RowSpan: span, ColSpan: to - from,
				Glyphs: c.Glyphs, Flags: c.Flags,
			}
		}
		if p.torn {
			base, height = base+1, height-1
		}
		t.Segments = append(t.Segments, Segment{Page: p.page, Box: p.table.Box, FirstRow: base, Rows: height, RepeatedHeader: p.repeated, Doubts: p.table.Doubts, Joined: p.joined, TornRow: p.torn})
		base += height
	}
	fillHoles(&t, document)
	return t
}

// mend appends the first row of a part to the row above, which the page end had
// cut in two; the cells then stand at two places.
func (t *Table) mend(p part, row int, column []int, document string) {
	for _, c := range p.table.Cells {
		if c.Row != p.repeated || c.Text == "" {
			continue
		}
		above := &t.Grid[row][column[c.Column]]
		place := Place{Document: document, Page: p.page, Table: t.Ordinal, Row: row, Column: column[c.Column], Box: c.Box}
		above.Text = layout.JoinWrapped(above.Text, c.Text)
		above.Places = append(slices.Clip(above.Places), place)
		above.Glyphs += c.Glyphs
		above.Flags |= c.Flags | layout.WrappedJoined
	}
}

// columnOf maps the boundaries of one page's part to those of the joined grid.
func (d *draft) columnOf(boundaries []float64) []int {
	index := make([]int, len(boundaries))
	for i, at := range boundaries {
		index[i] = i
		if len(boundaries) != len(d.columns) {
			index[i] = nearestBoundary(d.columns, at-boundaries[0])
		}
	}
	return index
}

// fillHoles gives grid positions that no ruled cell covers (a notch in the
// table's outline) an empty cell, so that every row has every column.
func fillHoles(t *Table, document string) {
	for _, s := range t.Segments {
		for r := s.FirstRow; r < s.FirstRow+s.Rows; r++ {
			for c := range t.Grid[r] {
				if cell := &t.Grid[r][c]; cell.RowSpan == 0 && !cell.Covered {
					*cell = Cell{RowSpan: 1, ColSpan: 1, Places: []Place{{Document: document, Page: s.Page, Table: t.Ordinal, Row: r, Column: c, Box: s.Box}}}
				}
			}
		}
	}
}
