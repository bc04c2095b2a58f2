package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/extract/layout"
)

// role is what a printed line is known as before sections are made.
type role uint8

const (
	bodyRole role = iota
	captionRole
	noteRole
	tableRole // no line: a table, or its part on this page, stands here
)

// row is a printed line on its way into a section. Its coordinates are those of
// someone who reads it: start and end along the line, top and bottom across, so
// that lines turned on the page are like all others.
type row struct {
	text                    string
	start, end, top, bottom float64
	size                    float64
	box                     layout.Box // on the page
	page                    int
	zone                    int32
	table                   int32 // ordinal, of captions, notes and tables
	cut                     int32 // bytes of the text before a page number that stands apart at the right; 0 when none does
	role                    role
	joins                   bool // a caption line that prose above it may run into; of a table: a part after the first
}

func (r *row) middle() float64 { return (r.top + r.bottom) / 2 }

// zone is what is read from top to bottom before the eye jumps: a page, or one
// of its columns.
type zone struct {
	page       int
	width      float64 // of the page, along the lines
	first, end int     // its rows
	column     bool
	margins
}

// flow is the document's lines in reading order, tables between them.
type flow struct {
	rows  []row
	zones []zone
	body  float64 // font size of most of the prose, points
	page  []row   // of the page at hand
	edges []float64
}

// mark is a line that a table has claimed.
type mark struct {
	page  int
	table int32
	role  role
	line  *layout.Line
	joins bool
}

// flowOf lines up all text outside tables.
func flowOf(document *Document) *flow {
	lines := 0
	for i := range document.Pages {
		lines += len(document.Pages[i].Lines)
	}
	marks := marksOf(document.Tables)
	f := &flow{rows: make([]row, 0, lines+len(marks)), zones: make([]zone, 0, len(document.Pages))}
	for i := range document.Pages {
		page := &document.Pages[i]
		n := 0
		for n < len(marks) && marks[n].page <= page.Number {
			n++
		}
		f.addPage(page, marks[:n])
		marks = marks[n:]
	}
	f.measure()
	return f
}

// marksOf lists what the tables hold on each page, page by page.
func marksOf(tables []Table) []mark {
	var marks []mark
	for i := range tables {
		t := &tables[i]
		ordinal := int32(t.Ordinal)
		for k := len(t.Caption) - 1; k >= 0; k-- {
			line := &t.Caption[k]
			if !captionLike(line.Text) && !strings.Contains(t.Title, line.Text) {
				break // what stands above a sentence is prose
			}
			marks = append(marks, mark{page: line.Page, table: ordinal, role: captionRole, line: line, joins: t.Title == ""})
		}
		for k := range t.Notes {
			if sameSize(t.Notes[0].Size, t.Notes[k].Size) {
				marks = append(marks, mark{page: t.Notes[k].Page, table: ordinal, role: noteRole, line: &t.Notes[k]})
			}
		}
		for k := range t.Segments {
			s := &t.Segments[k]
			marks = append(marks, mark{page: s.Page, table: ordinal, role: tableRole, line: &layout.Line{Box: s.Box, Page: s.Page}, joins: k > 0})
		}
	}
	slices.SortStableFunc(marks, func(a, b mark) int { return cmp.Compare(a.page, b.page) })
	return marks
}

// captionLike tells of a line above a table whether it belongs to the table: a
// label, a number or a few words, no sentence.
func captionLike(text string) bool {
	text = squeeze(text)
	return labelLine(text) || numberLine(text) || utf8.RuneCountInString(text) <= titleLength && !endsClause(text)
}

// sameSize: text of one kind differs less in size than this; fonts mixed on a
// line bring in a few per cent.
func sameSize(a, b float64) bool { return a < 1.08*b && b < 1.08*a }

// addPage appends the rows of one page: upright lines first, then turned ones.
func (f *flow) addPage(page *Page, marks []mark) {
	turned := 0
	for i := range page.Lines {
		if isTurned(&page.Lines[i]) {
			turned++
		}
	}
	mostTurned := turned*2 > len(page.Lines)
	f.addZone(page, marks, false, !mostTurned)
	if turned > 0 {
		f.addZone(page, marks, true, mostTurned)
	}
}

// isTurned: a line of several characters that is higher than wide runs up or
// down the page.
func isTurned(line *layout.Line) bool {
	return line.Box.Height() > 1.5*line.Box.Width() && utf8.RuneCountInString(line.Text) > 1
}

// addZone appends the upright or the turned lines of a page, and its tables.
func (f *flow) addZone(page *Page, marks []mark, turned, tables bool) {
	axis := axis{page: page.Box, turned: turned, flipped: !turned && upsideDown(page.Lines)}
	z := zone{page: page.Number, width: page.Box.Width()}
	if turned {
		axis.upwards = runsUpwards(page.Lines)
		z.width = page.Box.Height()
	}
	f.page = f.page[:0]
	for i := range page.Lines {
		line := &page.Lines[i]
		if isTurned(line) != turned || page.running[i] {
			continue
		}
		r := row{text: closeUp(line.Text), size: line.Size, box: line.Box, page: page.Number}
		axis.place(&r)
		for _, m := range marks {
			if m.role != tableRole && m.line.Box == line.Box && m.line.Text == line.Text {
				r.role, r.table, r.joins = m.role, m.table, m.joins
				break
			}
		}
		f.page = append(f.page, r)
	}
	if tables {
		f.addTables(page.Number, marks, axis)
	}
	if len(f.page) > 0 {
		f.split(z)
	}
}

// addTables puts the tables of a page between its lines.
func (f *flow) addTables(page int, marks []mark, axis axis) {
	at := 0
	for _, m := range marks {
		if m.role != tableRole || m.page != page {
			continue
		}
		r := row{box: m.line.Box, page: page, role: tableRole, table: m.table, joins: m.joins}
		axis.place(&r)
		for ; at < len(f.page) && (f.page[at].role == tableRole || f.page[at].middle() < r.top); at++ {
			// A table that goes on repeats its caption on each page.
			if above := &f.page[at]; m.joins && above.role == bodyRole && captionLike(above.text) {
				above.role, above.table = captionRole, m.table
			}
		}
		f.page = slices.Insert(f.page, at, r)
		at++
	}
}

// axis turns a page so that its lines lie flat.
type axis struct {
	page                     layout.Box
	turned, upwards, flipped bool
}

// upsideDown tells of lines in reading order whether most stand above the one
// before: the page is set on its head.
func upsideDown(lines []layout.Line) bool {
	up, down := 0, 0
	for i := 1; i < len(lines); i++ {
		switch a, b := lines[i-1].Box, lines[i].Box; {
		case b.Y0 >= a.Y1:
			down++
		case b.Y1 <= a.Y0:
			up++
		}
	}
	return up > down
}

// runsUpwards tells of turned lines whether they are read from bottom to top:
// then the next line stands to the right.
func runsUpwards(lines []layout.Line) bool {
	var first, last *layout.Line
	for i := range lines {
		if isTurned(&lines[i]) {
			if first == nil {
				first = &lines[i]
			}
			last = &lines[i]
		}
	}
	return last.Box.X0 > first.Box.X0
}

func (a axis) place(r *row) {
	b := r.box
	switch {
	case a.turned && a.upwards:
		r.start, r.end, r.top, r.bottom = a.page.Y1-b.Y1, a.page.Y1-b.Y0, b.X0, b.X1
	case a.turned:
		r.start, r.end, r.top, r.bottom = b.Y0, b.Y1, -b.X1, -b.X0
	case a.flipped:
		r.start, r.end, r.top, r.bottom = a.page.X1-b.X1, a.page.X1-b.X0, -b.Y1, -b.Y0
	default:
		r.start, r.end, r.top, r.bottom = b.X0, b.X1, b.Y0, b.Y1
	}
}

// split cuts a page into its columns, where there are any.
func (f *flow) split(z zone) {
	gutter := f.gutter()
	if gutter == 0 {
		f.close(z, f.page)
		return
	}
	across := 0 // where the rows over the whole width began
	for first := 0; first < len(f.page); {
		end := beside(f.page, first, gutter)
		if !inColumns(f.page[first:end], gutter) {
			first = max(end, first+1)
			continue
		}
		f.close(z, f.page[across:first])
		slices.SortStableFunc(f.page[first:end], func(a, b row) int {
			return cmp.Compare(side(&a, gutter), side(&b, gutter))
		})
		middle := first
		for side(&f.page[middle], gutter) == 0 {
			middle++
		}
		z.column = true
		f.close(z, f.page[first:middle])
		f.close(z, f.page[middle:end])
		z.column = false
		first, across = end, end
	}
	f.close(z, f.page[across:])
}

// side is 0 to the left of a gutter and 1 to its right.
func side(r *row, gutter float64) int {
	if r.start >= gutter {
		return 1
	}
	return 0
}

// Columns are evident, not guessed: a table without rulings or labels with
// their values must not be torn apart.
const (
	columnRows  = 4   // full lines on either side
	columnWidth = 8.0 // of such a line, in parts of the font size
	columnFill  = 0.5 // share of lines that reach the column's right margin
)

// gutter is the left margin of a page's right column, 0 when there is none: the
// place in the page's inner part where most long lines begin.
func (f *flow) gutter() float64 {
	left, right := f.page[0].start, f.page[0].end
	for i := range f.page {
		left, right = min(left, f.page[i].start), max(right, f.page[i].end)
	}
	f.edges = f.edges[:0]
	for i := range f.page {
		r := &f.page[i]
		if r.role == bodyRole && r.start > left+0.35*(right-left) && r.start < left+0.65*(right-left) && r.end-r.start > columnWidth*r.size {
			f.edges = append(f.edges, r.start)
		}
	}
	at, count := mostFrequent(f.edges, edgeTolerance)
	if count < columnRows {
		return 0
	}
	return at - edgeTolerance
}

// beside is the end of the rows from first on that stand on one side of a gutter.
func beside(rows []row, first int, gutter float64) int {
	for first < len(rows) && (rows[first].end <= gutter+edgeTolerance || rows[first].start >= gutter) {
		first++
	}
	return first
}

// inColumns tells whether rows on two sides of a gutter are two columns of prose.
func inColumns(list []row, gutter float64) bool {
	var rows, long, full [2]int
	var margin [2]float64
	for i := range list {
		s := side(&list[i], gutter)
		margin[s] = max(margin[s], list[i].end)
	}
	for i := range list {
		r := &list[i]
		s := side(r, gutter)
		rows[s]++
		if r.end-r.start > columnWidth*r.size {
			long[s]++
		}
		if r.end > margin[s]-2*r.size {
			full[s]++
		}
	}
	for s := range rows {
		if long[s] < columnRows || float64(full[s]) < columnFill*float64(rows[s]) {
			return false
		}
	}
	return true
}

// close makes a zone of some of a page's rows; texts that share a line become
// one row.
func (f *flow) close(z zone, rows []row) {
	if len(rows) == 0 {
		return
	}
	z.first = len(f.rows)
	for i := range rows {
		r := &rows[i]
		r.zone = int32(len(f.zones))
		if n := len(f.rows); n > z.first && sharesLine(&f.rows[n-1], r) {
			f.rows[n-1].append(r)
			continue
		}
		f.rows = append(f.rows, *r)
	}
	z.end = len(f.rows)
	f.zones = append(f.zones, z)
}

// sharesLine tells whether a row goes on to the right of another.
func sharesLine(a, b *row) bool {
	shift := a.middle() - b.middle()
	return a.role == bodyRole && b.role == bodyRole && b.start >= a.end && max(shift, -shift) < 0.45*min(a.size, b.size)
}

// append sets a text behind the row's own, on the same line.
func (r *row) append(b *row) {
	if r.cut = 0; pageNumber(b.text) {
		r.cut = int32(len(r.text))
	}
	r.text += " " + b.text
	r.end, r.top, r.bottom = b.end, min(r.top, b.top), max(r.bottom, b.bottom)
	r.box = r.box.Union(b.box)
	r.size = max(r.size, b.size)
}

// spreadRun: so many characters with a space between each are one text set wide,
// to fill the line; words of two or three characters such as 合 计 stay as printed.
const spreadRun = 6

// closeUp takes the spaces out of text that is set wide.
func closeUp(text string) string {
	if strings.Count(text, " ") < spreadRun {
		return text
	}
	var closed []byte
	start, run := 0, 0 // of the characters at hand
	flush := func(end int) {
		if run >= spreadRun {
			closed = append(closed, strings.ReplaceAll(text[start:end], " ", "")...)
		} else {
			closed = append(closed, text[start:end]...)
		}
		start, run = end, 0
	}
	previous := ' '
	for i, c := range text {
		switch {
		case c != ' ' && previous == ' ':
			run++
		case c != ' ' && !strings.ContainsRune(".,，。、：:；;%", c): // which cling to the character before
			flush(i - utf8.RuneLen(previous))
			run = 1
		}
		previous = c
	}
	flush(len(text))
	return string(closed)
}
