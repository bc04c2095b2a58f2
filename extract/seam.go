package extract

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/extract/layout"
)

const (
	// maxRepeatedHeader: headers of published statements have up to five rows.
	maxRepeatedHeader = 6
	// roomLeft: a table that goes on usually fills its page; so much free below it
	// is a doubt (share of the page's height).
	roomLeft = 0.3
)

// continues tells whether the first table of a page goes on with the last table
// of the page before: the same columns, nothing between them but running lines and
// blank pages, and no new title. The same table at another scale shows the same
// title over the same header. A unit line alone, or the same title, starts a new
// table unless the header is repeated under it, the numbering goes on, or nothing
// begins anew under the same lines.
func (j *joiner) continues(page *Page, table layout.Table, caption caption) (seam, bool) {
	if !j.endsPageBefore(page) {
		return seam{}, false
	}
	last := j.last()
	over := func(line layout.Line) bool { return runsOver(&line, j.previous, page) }
	if last.notes = slices.DeleteFunc(last.notes, over); len(last.notes) > 0 {
		return seam{}, false
	}
	caption.lines = slices.DeleteFunc(slices.Clone(caption.lines), func(line layout.Line) bool { return runsOver(&line, page, j.previous) })
	repeated := repeatedRows(last.parts[0].table, table)
	if titleRow(table) && !labels(table, repeated) && !last.hasSections() {
		return seam{}, false
	}
	s, ok := last.seamTo(table, caption, repeated)
	if !ok {
		return seam{}, false
	}
	roomy := j.previous.Box.Y1-j.bottom > roomLeft*j.previous.Box.Height()
	if roomy && s.evidence == JoinedByTitle && last.startsAgain(table, repeated) {
		return seam{}, false
	}
	if roomy && s.evidence == JoinedByColumns {
		if last.namesColumns(table) {
			return seam{}, false
		}
		s.doubts = append(s.doubts, DoubtRoomLeft)
	}
	if j.blanks > 0 {
		s.doubts = append(s.doubts, DoubtBlankPage)
	}
	if s.torn = torn(last.last().table, table, s.repeated); s.torn {
		s.doubts = append(s.doubts, DoubtTornRow)
	}
	return s, true
}

// endsPageBefore tells whether the last table ends the page before, with nothing
// but running lines below it.
func (j *joiner) endsPageBefore(page *Page) bool {
	if len(j.drafts) == 0 || !j.follows(page) || j.last().last().page != j.previous.Number {
		return false
	}
	below := func(line layout.Line) bool { return line.Box.Y0 > j.bottom }
	return !slices.ContainsFunc(j.leftover(page), below)
}

// seamTo looks for what says that a table on the next page goes on with this one,
// the strongest first; so many of its leading rows repeat the header.
func (d *draft) seamTo(table layout.Table, caption caption, repeated int) (s seam, ok bool) {
	titled := caption.title != ""
	if titled && !sameTitle(caption.title, d.caption.title) || d.caption.contradicts(caption) {
		return seam{}, false
	}
	_, doubts, fits := d.columns.unite(columnsOf(table))
	inner := 0
	if repeated == 0 {
		inner = d.innerHeader(table)
	}
	s = seam{repeated: repeated, doubts: doubts}
	switch {
	case !fits && !titled:
		s.evidence, s.doubts = JoinedByHeader, append(s.doubts, DoubtColumnsDiffer)
		return s, repeated > 0 && d.caption.repeats(caption) && d.columns.proportional(columnsOf(table))
	case !fits:
		s.evidence = JoinedAtScale
		return s, repeated > 0 && d.columns.count() == len(table.Columns)-1
	case titled && repeated > 0:
		s.evidence = JoinedByTitle
	case caption.continued():
		s.evidence = JoinedByMark
	case !titled && repeated > 0:
		s.evidence = JoinedByHeader
	case d.caption.repeats(caption) && d.numberingGoesOn(table):
		s.evidence = JoinedByNumbering
	case titled && d.caption.repeats(caption) && !d.beginsAgain(table):
		s.evidence = JoinedByTitle
	case len(caption.lines) > 0 && d.caption.repeats(caption) && (len(caption.lines) > 1 || holdsFigure(table, 0)) && !d.beginsAgain(table):
		s.evidence = JoinedByLabels
	case titled || !d.caption.hasNumbers(caption.lines):
		return seam{}, false
	case inner > 0:
		s.evidence = JoinedByHeader
	case totalRow(table):
		s.evidence = JoinedByTotal
	default:
		s.evidence = JoinedByColumns
	}
	s.repeated = max(repeated, inner)
	return s, true
}

// beginsAgain tells whether a table begins as this one does, with the label of its
// first row or with a numbering of its own: forms of one kind follow each other under
// the same title.
func (d *draft) beginsAgain(next layout.Table) bool {
	if found, goesOn := d.numbering(next); found && !goesOn {
		return true
	}
	label := squeeze(next.Cells[0].Text)
	return label != "" && label == squeeze(d.parts[0].table.Cells[0].Text)
}

// startsAgain tells whether the first row below a repeated header has the label of this
// table's first row with other amounts: the same statement of another unit.
func (d *draft) startsAgain(next layout.Table, header int) bool {
	first := d.parts[0].table
	if header == 0 || header >= len(next.Rows)-1 || header >= len(first.Rows)-1 {
		return false
	}
	own, other := rowText(first, header), rowText(next, header)
	label, amounts, _ := strings.Cut(own, "|")
	otherLabel, otherAmounts, _ := strings.Cut(other, "|")
	return label == otherLabel && amounts != otherAmounts
}

// hasSections tells whether rows of one cell over the whole width part the table below
// its first row, which is none: such a row may begin a page, and is no title there.
func (d *draft) hasSections() bool {
	if titleRow(d.parts[0].table) {
		return false
	}
	for i := range d.parts {
		t := &d.parts[i].table
		if slices.ContainsFunc(t.Cells, func(c layout.Cell) bool { return c.Row > 0 && c.ColSpan == len(t.Columns)-1 && c.Text != "" }) {
			return true
		}
	}
	return false
}

// namesColumns tells whether a table begins with a header, where this one ended with
// figures: words in all columns, figures below them.
func (d *draft) namesColumns(next layout.Table) bool {
	before := d.last().table
	if len(next.Rows) < 3 || len(next.Columns) <= innerHeaderCells || !holdsFigure(next, 1) || !holdsFigure(before, len(before.Rows)-2) {
		return false
	}
	for i := range next.Cells {
		if c := &next.Cells[i]; c.Row == 0 && (c.Text == "" || isFigure(c.Text) || c.ColSpan > 1) {
			return false
		}
	}
	return true
}

// totalRow tells whether a table is a single row that gives a total.
func totalRow(t layout.Table) bool {
	return len(t.Rows) == 2 && isTotal(t.Cells[0].Text)
}

func isTotal(text string) bool {
	text = squeeze(text)
	return strings.HasSuffix(text, "合计") || strings.HasSuffix(text, "总计")
}

// numberedColumns: codes and numerals stand in one of the first columns.
const numberedColumns = 3

// numberingGoesOn tells whether a column of codes or numerals goes on from the
// last part to the next: 二、 and then 三、, 2060701 and then 20608.
func (d *draft) numberingGoesOn(next layout.Table) bool {
	_, goesOn := d.numbering(next)
	return goesOn
}

// numbering tells whether one of the first columns holds codes or numerals at the end
// of the last part and at the beginning of the next, and whether they go on in one.
func (d *draft) numbering(next layout.Table) (found, goesOn bool) {
	before := d.last().table
	compared := min(numberedColumns, len(next.Columns)-1)
	if len(before.Columns) != len(next.Columns) {
		compared = 1 // the others may be different ones
	}
	for column := range compared {
		last, first := "", ""
		for i := range before.Cells {
			if c := &before.Cells[i]; c.Column == column && isNumber(c.Text) {
				last = c.Text
			}
		}
		for i := range next.Cells {
			if c := &next.Cells[i]; c.Column == column && c.Text != "" {
				first = c.Text
				break
			}
		}
		if last == "" || !isNumber(first) {
			continue
		}
		if follow(squeeze(last), squeeze(first)) {
			return true, true
		}
		found = true
	}
	return found, false
}

// shortestCode: codes of fewer figures begin again and again, as those of 款 and 项 do.
const shortestCode = 3

// isNumber tells whether a text is a code, a number in a list, or begins with a
// list's numeral.
func isNumber(text string) bool {
	text = squeeze(text)
	return text != "" && (figures(text) || numeralOf(text).style != unnumbered && numeralOf(text).style != bulletMark)
}

func figures(text string) bool {
	return strings.TrimLeft(text, "0123456789") == ""
}

// follow tells whether of two texts in a column the second has the number after
// that of the first, or is a later code.
func follow(last, first string) bool {
	if figures(last) != figures(first) {
		return false
	}
	if figures(last) {
		if len(last) >= shortestCode && len(first) >= shortestCode {
			return last < first
		}
		return numberIn(first) == numberIn(last)+1
	}
	a, b := numeralOf(last), numeralOf(first)
	return a.style == b.style && b.value == a.value+1
}

// torn tells whether the first row of a page is the rest of the last row of the
// page before: it fills some of the cells that row fills, with no figure and no
// new numeral, and in each of them the line above had no room for more. Where no
// line ends the row above, or it is but a strip, it may also fill those cells alone
// that are blank there; below a strip with all the texts it may be blank.
// Merged cells that go on below say nothing.
func torn(before, next layout.Table, repeated int) bool {
	if len(before.Columns) != len(next.Columns) || repeated >= len(next.Rows)-1 {
		return false
	}
	last := len(before.Rows) - 2
	above := make(map[int]*layout.Cell)
	written := 0
	for i := range before.Cells {
		c := &before.Cells[i]
		if c.Row+c.RowSpan-1 != last {
			continue
		}
		above[c.Column] = c
		if c.RowSpan == 1 && c.Text != "" {
			written++
		}
	}
	low := endsInStrip(before)
	strip := low && written == 0
	longer, begun := 0, 0 // cells whose text goes on, and those that were blank above
	for i := range next.Cells {
		c := &next.Cells[i]
		if c.Row != repeated || c.Text == "" {
			continue
		}
		a := above[c.Column]
		switch {
		case a == nil || a.ColSpan != c.ColSpan && !(strip && a.ColSpan < c.ColSpan):
			return false
		case a.Text == "":
			begun++
		case !breaksOff(a, c.Text) || beginsAnew(c.Text):
			return false
		default:
			longer++
		}
	}
	switch {
	case begun > 0:
		return longer == 0 && (before.OpenBottom || strip)
	case longer == 0:
		return low && written > 0 // the texts stand above, the rest of the row is blank
	}
	return longer < written
}

// stripShare: a blank row of less than this share of the lowest other row is what was
// left of a page, not a row. The rows of a statement are at least one line high.
const stripShare = 0.75

// endsInStrip tells whether the last row of a table is lower than any row can be.
func endsInStrip(table layout.Table) bool {
	last := len(table.Rows) - 2
	if last < 1 {
		return false
	}
	lowest := math.Inf(1)
	for r := range last {
		lowest = min(lowest, table.Rows[r+1]-table.Rows[r])
	}
	return table.Rows[last+1]-table.Rows[last] < stripShare*lowest
}

// breaksOff tells whether a text below found no room behind the text of a cell: its
// first character, with one behind it that may begin no line, or its first word.
func breaksOff(cell *layout.Cell, rest string) bool {
	word := strings.IndexFunc(rest, func(c rune) bool { return c <= ' ' || c >= utf8.RuneSelf })
	if word < 0 {
		word = len(rest)
	}
	needed := float32(word) / 2 // letters and digits are half as wide
	if word == 0 {
		_, size := utf8.DecodeRuneInString(rest)
		needed = 1
		if second, _ := utf8.DecodeRuneInString(rest[size:]); strings.ContainsRune("，。、；：）》”！？％,.;:)%", second) {
			needed = 2
		}
	}
	return cell.Room < needed
}

// beginsAnew tells whether a text starts a row of its own: a figure, or a list
// numeral such as 一、 （二） 3. or 其中：.
func beginsAnew(text string) bool {
	text = squeeze(text)
	if strings.HasPrefix(text, "其中") {
		return true
	}
	if isFigure(text) {
		return true
	}
	rest := strings.TrimLeft(text, "（(0123456789一二三四五六七八九十")
	return len(rest) < len(text) && rest != "" && strings.ContainsAny(string([]rune(rest)[0]), "、.．）)")
}

// isFigure tells whether a text is a code, an amount, a share or a dash.
func isFigure(text string) bool {
	return strings.TrimLeft(text, "0123456789.,-—%％ ") == ""
}

// holdsFigure tells whether a row holds a code or an amount, as the rows of headers do not.
func holdsFigure(t layout.Table, row int) bool {
	return slices.ContainsFunc(t.Cells, func(c layout.Cell) bool { return c.Row == row && c.Text != "" && isFigure(c.Text) })
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

// innerHeader counts the leading rows of a page that stand further down in the table
// and are a header there: forms repeat the header of their indicator part, not the
// labels above it, and other tables the last rows of theirs. A header holds labels
// alone, no figures but those of a row of column numbers.
func (d *draft) innerHeader(next layout.Table) int {
	first := rowText(next, 0)
	if columnNumbers(first) < innerHeaderCells {
		labels := strings.Split(strings.TrimSuffix(first, "|"), "|")
		slices.Sort(labels)
		if len(slices.Compact(labels)) < innerHeaderCells || strings.ContainsAny(first, "0123456789") {
			return 0
		}
	}
	for _, p := range d.parts {
		for row := range len(p.table.Rows) - 1 {
			if rowText(p.table, row) != first || !labelsAlone(p.table, row) {
				continue
			}
			rows := 1
			for row+rows < len(p.table.Rows)-1 && rows < len(next.Rows)-2 && columnNumbers(rowText(next, rows)) > 1 && rowText(p.table, row+rows) == rowText(next, rows) {
				rows++
			}
			return rows
		}
	}
	return 0
}

// columnNumbers counts the columns that a row numbers, labels in front: 栏次|1|2|3.
// It is 0 for rows that say anything else.
func columnNumbers(row string) (number int) {
	last := 0
	for text := range strings.SplitSeq(strings.TrimSuffix(row, "|"), "|") {
		switch {
		case text == "" || len(text) >= shortestCode || !figures(text):
			if number > 0 {
				return 0
			}
		case number > 0 && numberIn(text) != last+1:
			return 0
		default:
			last = numberIn(text)
			number++
		}
	}
	return number
}

// labelsAlone tells whether each text of a row stands in its column only once, as
// labels do and the words of indicators (提高, 新增) need not.
func labelsAlone(t layout.Table, row int) bool {
	for i := range t.Cells {
		label := &t.Cells[i]
		if label.Row != row || label.Text == "" {
			continue
		}
		for k := range t.Cells {
			if c := &t.Cells[k]; k != i && c.Column == label.Column && c.Text == label.Text {
				return false
			}
		}
	}
	return true
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
