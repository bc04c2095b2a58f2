package normalize

import (
	"iter"
	"strings"

	"gongkai/extract"
	"gongkai/normalize/statement"
)

// reading is what was understood of one table before its rows are read.
type reading struct {
	sheet      *sheet
	header     header
	form       bool
	formCells  []formCell
	formStrays []int // positions in the grid of numbers that nothing labels
	columns    []column
	blocks     []block
	match      statement.Match
	unit       unit
	unitRaw    string
	unitSource string // caption, column, section, none
	code, name string // agency of the table's own captions
	number     string // 公开05表
	hasAmounts bool
	before     *reading // the table this one goes on from; nil when it begins itself
	labels     []*labelReader
	section    sections
}

// interpret reads one table from the outside in: title, header, columns,
// blocks, unit.
func interpret(document *extract.Document, at int, s *sheet, h header, p profile) *reading {
	t := &reading{sheet: s, header: h}
	t.code, t.name = tableAgency(s.table, s, h)
	context := statement.Context{Phase: p.phase, Level: p.level}
	titled, ok := identifyTitle(s, h, context)
	t.match = titled
	t.number = publishedNumber(s, h)
	if isForm(s) {
		t.readAsForm()
	} else {
		t.columns = readColumns(s, h, columnPaths(s, h))
	}
	if t.name == "" {
		t.name = agencyOfHeadings(document, s.table.Ordinal)
	}
	t.hasAmounts = t.form && len(t.formCells) > 0 || !t.form && hasAmounts(s, h, t.columns)
	if !ok {
		context.Heading = headingOver(document, s.table.Ordinal)
		t.match = identifyContent(t, context)
	}
	if !t.form {
		t.splitSides()
	}
	t.unit, t.unitRaw, t.unitSource = resolveUnit(document, at, t)
	return t
}

func (t *reading) readAsForm() {
	t.form = true
	t.header.rows = t.header.titles
	t.header.number = nil
	t.formCells, t.formStrays = readForm(t.sheet, printedTitle(t))
	if a, _, ok := agencyOfForm(printedTitle(t)); ok && t.name == "" {
		t.code, t.name = a.code, a.name
	}
}

func (t *reading) splitSides() {
	t.blocks = splitBlocks(t.columns)
	for i := range t.blocks {
		b := &t.blocks[i]
		chooseLabels(b, t.columns, t.match.ID)
		b.glued = detectGlued(t.sheet, t.header, b)
	}
	if len(t.blocks) > 1 {
		headSides(t.sheet, t.header, t.columns, t.blocks)
	}
}

// headSides carries the head of a side over its amounts where print shows it
// over the labels only, with an empty cell beside it instead of a merged one.
func headSides(s *sheet, h header, columns []column, blocks []block) {
	if h.rows-h.titles < 2 {
		return
	}
	for i := range blocks {
		b := &blocks[i]
		if b.name < 0 || len(columns[b.name].path) < 2 {
			continue
		}
		head := columns[b.name].path[0]
		for _, c := range b.columns {
			if s.shown(h.titles, c).text == "" && len(columns[c].path) > 0 {
				columns[c].path = append([]string{head}, columns[c].path...)
			}
		}
	}
}

// mostLines bounds the number of lines a table can give.
func (t *reading) mostLines() int {
	if t.form {
		return len(t.formCells)
	}
	amounts := 0
	for c := range t.columns {
		if t.columns[c].role == roleAmount {
			amounts++
		}
	}
	return amounts * (t.sheet.rows - t.header.rows)
}

// identifyTitle tries the line that names the table, then the first rows
// inside the rules, then the captions.
func identifyTitle(s *sheet, h header, context statement.Context) (statement.Match, bool) {
	if m, ok := statement.Identify(s.table.Title, context); ok {
		return m, true
	}
	for r := 0; r < h.titles; r++ {
		if value, _, ok := s.soleText(r); ok {
			if m, ok := statement.Identify(value, context); ok {
				return m, true
			}
		}
	}
	for i := range s.table.Caption {
		if m, ok := statement.Identify(s.table.Caption[i].Text, context); ok {
			return m, true
		}
	}
	return statement.Match{}, false
}

// headingOver joins the headings that a table stands under.
func headingOver(document *extract.Document, ordinal int) string {
	joined := ""
	for heading := range headingsOver(document, ordinal) {
		joined = heading + "|" + joined
	}
	return joined
}

// agencyOfHeadings is the agency that the nearest heading over a table names: in a
// compilation 某某市水文中心2026年单位预算 stands over the tables of that unit.
func agencyOfHeadings(document *extract.Document, ordinal int) string {
	for heading := range headingsOver(document, ordinal) {
		_, named, numbered := strings.Cut(heading, "部分")
		if !numbered {
			named = withoutListNumber(heading)
		}
		if name := agencyOfTitle(strings.TrimLeft(named, "、：: ")); name != "" {
			return name
		}
	}
	return ""
}

// headingsOver yields the headings that a table stands under, the nearest first.
func headingsOver(document *extract.Document, ordinal int) iter.Seq[string] {
	return func(yield func(string) bool) {
		at := 0
		for i := range document.Sections {
			if s := &document.Sections[i]; s.Kind == extract.TableAnchor && s.Table == ordinal {
				at = s.Parent
				break
			}
		}
		for at > 0 && at <= len(document.Sections) {
			s := &document.Sections[at-1]
			if !yield(compact(s.Heading)) || s.Parent >= at {
				return
			}
			at = s.Parent
		}
	}
}

// identifyContent decides by header and labels where no title does.
func identifyContent(t *reading, context statement.Context) statement.Match {
	const rows = 60 // enough to meet the labels that tell statements apart
	var paths, labels []string
	for c := range t.columns {
		paths = append(paths, t.columns[c].path...)
	}
	for r := t.header.titles; r < min(t.sheet.rows, rows); r++ {
		for c := 0; c < t.sheet.columns; c++ {
			if cell := t.sheet.at(r, c); cell.state == text && (r >= t.header.rows || t.form) {
				labels = append(labels, cell.text)
			}
		}
	}
	if m, ok := statement.FromColumns(paths, labels, context); ok {
		return m
	}
	if t.hasAmounts {
		return statement.Match{ID: statement.Unknown, Evidence: "none"}
	}
	return statement.Match{ID: statement.Other, Evidence: "none"}
}

func hasAmounts(s *sheet, h header, columns []column) bool {
	for r := h.rows; r < s.rows; r++ {
		for c := range columns {
			if columns[c].role == roleAmount && s.at(r, c).state == number {
				return true
			}
		}
	}
	return false
}

// publishedNumber is 公开05表 as it stands in the title, a caption or the first rows.
func publishedNumber(s *sheet, h header) string {
	if n := statement.PublishedNumber(s.table.Title); n != "" {
		return n
	}
	for i := range s.table.Caption {
		if n := statement.PublishedNumber(s.table.Caption[i].Text); n != "" {
			return n
		}
	}
	for r := 0; r < h.titles; r++ {
		for c := 0; c < s.columns; c++ {
			if n := statement.PublishedNumber(s.at(r, c).text); n != "" {
				return n
			}
		}
	}
	return ""
}

// resolveUnit finds the unit of a table: its own captions, its column
// headers, then the nearest caption before it in the same section. A unit is
// never assumed.
func resolveUnit(document *extract.Document, at int, t *reading) (unit, string, string) {
	if u, said := unitOfTable(t.sheet, t.header); u != 0 {
		return u, said, "caption"
	}
	if u, said, all := unitOfColumns(t); all {
		return u, said, "column"
	}
	if u, said := unitOfLabels(t); u != 0 {
		return u, said, "column"
	}
	if u, said := unitOfSection(document, at); u != 0 {
		return u, said, "section"
	}
	return 0, "", "none"
}

// unitOfTable reads the title line, the captions and the rows before the header.
func unitOfTable(s *sheet, h header) (unit, string) {
	for i := range s.table.Caption {
		if u, said := unitOfCaption(s.table.Caption[i].Text); u != 0 {
			return u, said
		}
	}
	for r := 0; r < h.titles; r++ {
		for c := 0; c < s.columns; c++ {
			if u, said := unitOfCaption(s.at(r, c).text); u != 0 {
				return u, said
			}
		}
	}
	if u, said := unitOfHeader(compact(s.table.Title)); u != 0 {
		return u, said
	}
	return 0, ""
}

// unitOfColumns gives the unit of the amount columns when all name one.
func unitOfColumns(t *reading) (u unit, said string, all bool) {
	amounts := 0
	for c := range t.columns {
		col := &t.columns[c]
		if col.role != roleAmount {
			continue
		}
		amounts++
		if col.unit == 0 {
			return 0, "", false
		}
		u, said = col.unit, col.said
	}
	for i := range t.formCells {
		amounts++
		if t.formCells[i].unit == 0 {
			return 0, "", false
		}
		u, said = t.formCells[i].unit, t.formCells[i].unitRaw
	}
	return u, said, amounts > 0
}

// unitOfLabels is the unit that the head of the row labels names for the whole
// table: 预算执行情况（万元） | 年初预算数 | 全年执行数.
func unitOfLabels(t *reading) (unit, string) {
	for c := range t.columns {
		if col := &t.columns[c]; col.role == roleName && col.unit != 0 {
			return col.unit, col.said
		}
	}
	return 0, ""
}

// unitOfSection walks back from a table to the nearest caption with a unit:
// lines above it on its page, then earlier tables and pages, up to the heading
// that begins its part of the document (第二部分 …).
func unitOfSection(document *extract.Document, at int) (unit, string) {
	first, top := tablePlace(&document.Tables[at])
	for p := len(document.Pages) - 1; p >= 0; p-- {
		page := &document.Pages[p]
		if page.Number > first || page.Number < first-maxSectionPages {
			continue
		}
		for i := len(page.Lines) - 1; i >= 0; i-- {
			line := &page.Lines[i]
			if page.Number == first && line.Box.Y0 > top {
				continue
			}
			if isCaption(line.Text) || len(line.Text) < maxCaptionBytes {
				if u, said := unitOfCaption(line.Text); u != 0 {
					return u, said
				}
			}
			if isPartHeading(line.Text) {
				return 0, ""
			}
		}
		if u, said := unitOfTablesOn(document, at, page.Number); u != 0 {
			return u, said
		}
	}
	return 0, ""
}

// maxSectionPages bounds how far back a caption can hold good.
const maxSectionPages = 3

// maxCaptionBytes: longer lines are prose, which may mention 万元 at will.
const maxCaptionBytes = 60

func tablePlace(table *extract.Table) (page int, top float64) {
	if len(table.Segments) == 0 {
		return 0, 0
	}
	return table.Segments[0].Page, table.Segments[0].Box.Y0
}

// unitOfTablesOn is the unit that an earlier table on a page states itself.
func unitOfTablesOn(document *extract.Document, at, page int) (unit, string) {
	for i := at - 1; i >= 0; i-- {
		table := &document.Tables[i]
		n := len(table.Segments)
		if n == 0 || table.Segments[n-1].Page < page {
			return 0, ""
		}
		for j := range table.Caption {
			if u, said := unitOfCaption(table.Caption[j].Text); u != 0 {
				return u, said
			}
		}
	}
	return 0, ""
}

// isPartHeading: 第三部分 … begins a new section.
func isPartHeading(line string) bool {
	runes := []rune(compact(line[:min(len(line), 30)]))
	return len(runes) > 3 && runes[0] == '第' && (string(runes[2:4]) == "部分" || runes[2] == '章')
}
