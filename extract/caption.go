package extract

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/extract/layout"
)

const (
	// captionGap: a line further above the one below it starts another matter
	// (points). Titles of 22 pt stand up to three lines above the unit line.
	captionGap = 70.0
	// maxCaption: title, subtitle, number, department, year and unit.
	maxCaption = 8
	// noteGap: notes begin closer than this under the grid (points).
	noteGap = 40.0
	// titleLength: longer lines are prose (characters).
	titleLength = 60
)

// caption is the text above a table that belongs to it.
type caption struct {
	title string
	lines []layout.Line // all of it, title included, from top to bottom
}

// bands are the lines of a page cut at its tables.
type bands struct {
	lines  []layout.Line
	tables []layout.Table
}

func bandsOf(page *Page, tables []layout.Table) bands {
	lines := make([]layout.Line, 0, len(page.Lines))
	for i, line := range page.Lines {
		if !page.running[i] {
			lines = append(lines, line)
		}
	}
	slices.SortStableFunc(lines, func(a, b layout.Line) int {
		_, ya := a.Box.Center()
		_, yb := b.Box.Center()
		return cmp.Compare(ya, yb)
	})
	return bands{lines, tables}
}

// above returns the lines over table i, up to the tables that end over it; over a
// table in another one's cell there are none.
func (b bands) above(i int) []layout.Line {
	top, bottom := math.Inf(-1), b.tables[i].Box.Y0
	for k := range b.tables {
		other := &b.tables[k].Box
		if k != i && other.Y1 <= bottom {
			top = max(top, other.Y1)
		}
		if own := &b.tables[i].Box; k != i && other.Intersect(*own) == *own {
			return nil
		}
	}
	return b.between(i, top, bottom)
}

// below returns the lines under table i, down to the tables that begin under it.
func (b bands) below(i int) []layout.Line {
	top, bottom := b.tables[i].Box.Y1, math.Inf(1)
	for k := range b.tables {
		if begin := b.tables[k].Box.Y0; k != i && begin >= top {
			bottom = min(bottom, begin)
		}
	}
	return b.between(i, top, bottom)
}

// between returns the lines between two heights that are not nearer to a table
// beside table i.
func (b bands) between(i int, top, bottom float64) []layout.Line {
	var list []layout.Line
	for _, line := range b.lines {
		x, y := line.Box.Center()
		if y > top && y < bottom && b.nearest(i, x) {
			list = append(list, line)
		}
	}
	return list
}

// nearest tells whether of the tables that stand side by side with table i none is
// nearer to a place across the page; of two as near, the first one counts. What
// stands over the middle of them all, belongs to each.
func (b bands) nearest(i int, x float64) bool {
	own := &b.tables[i].Box
	all := *own
	nearest := true
	for k := range b.tables {
		other := &b.tables[k].Box
		if k == i || other.Y0 >= own.Y1 || own.Y0 >= other.Y1 || other.X0 < own.X1 && own.X0 < other.X1 {
			continue
		}
		all = all.Union(*other)
		mine, theirs := awayFrom(own, x), awayFrom(other, x)
		if theirs < mine || theirs == mine && k < i {
			nearest = false
		}
	}
	middle, _ := all.Center()
	return nearest || math.Abs(x-middle) < centred*all.Width()
}

// centred: a line whose middle is so near to that of a table stands over its
// middle (share of the table's width).
const centred = 0.08

// awayFrom is how far a place across the page lies outside a box, in points.
func awayFrom(box *layout.Box, x float64) float64 {
	return max(0, box.X0-x, x-box.X1)
}

// captionOf picks the lines above a table that belong to it, upwards until a
// gap or prose, and the one among them that names it.
func captionOf(above []layout.Line, box layout.Box) caption {
	first := len(above)
	y := box.Y0
	for first > 0 && len(above)-first < maxCaption {
		line := above[first-1]
		if y-line.Box.Y1 > captionGap && first < len(above) || prose(line.Text) {
			break
		}
		y = line.Box.Y0
		first--
	}
	lines := above[first:]
	best, bestScore := -1, 0
	for i, line := range lines {
		if score := titleScore(line, box); score > 0 && score >= bestScore && (i+1 == len(lines) || !runsOn(line, lines[i+1])) {
			best, bestScore = i, score
		}
	}
	if best < 0 {
		return caption{lines: slices.Clone(lines)}
	}
	title := lines[best].Text
	top := best
	for top > 0 && wrappedTitle(lines[top-1], lines[top]) {
		top--
		title = lines[top].Text + title
	}
	for i := best + 1; i < len(lines) && completes(title, lines[i-1], lines[i]); i++ {
		title += lines[i].Text
	}
	// What stands above the title belongs to another matter, but for the table's
	// number (公开05表) on its own line.
	for i := range top {
		if numberLine(lines[i].Text) {
			top = i
			break
		}
	}
	return caption{title: title, lines: slices.Clone(lines[top:])}
}

// continued tells whether a caption says that the table began on a page before.
func (c caption) continued() bool {
	for _, line := range c.lines {
		text := squeeze(line.Text)
		rest, ok := cutContinuation(text)
		if ok && (rest == "" || strings.HasSuffix(rest, "表") || numberLine(rest) || endsInBracket(text)) {
			return true
		}
	}
	return false
}

// continuationWords mark the later parts of a table: behind its title, in brackets
// there, or alone above the grid; a number may stand behind them, as in 续表二.
var continuationWords = [...]string{"续", "续表", "续上表", "续前表", "续上页", "续前页", "接上表", "接前表", "接上页", "接前页"}

// cutContinuation cuts such a mark off a text without spaces.
func cutContinuation(text string) (rest string, ok bool) {
	from := max(strings.LastIndex(text, "续"), strings.LastIndex(text, "接"))
	if from < 0 {
		return text, false
	}
	mark := strings.TrimRight(text[from:], "）)")
	mark = strings.TrimRight(mark, "0123456789一二三四五六七八九十")
	if !slices.Contains(continuationWords[:], mark) {
		return text, false
	}
	return strings.TrimRight(text[:from], "（(-－—"), true
}

func endsInBracket(text string) bool {
	return strings.HasSuffix(text, "）") || strings.HasSuffix(text, ")")
}

// repeats tells whether all lines of a later caption stand in this one too.
func (c caption) repeats(later caption) bool {
	for _, line := range later.lines {
		same := func(own layout.Line) bool { return squeeze(own.Text) == squeeze(line.Text) }
		if !slices.ContainsFunc(c.lines, same) {
			return false
		}
	}
	return true
}

// contradicts tells whether a label stands in both captions with another value:
// 部门：, 单位：万元. So begin the tables of several departments under one title.
func (c caption) contradicts(later caption) bool {
	for _, line := range later.lines {
		label, value, labelled := cutLabel(squeeze(line.Text))
		if !labelled {
			continue
		}
		for _, own := range c.lines {
			if l, v, ok := cutLabel(squeeze(own.Text)); ok && l == label && v != value {
				return true
			}
		}
	}
	return false
}

// cutLabel parts a label from its value.
func cutLabel(text string) (label, value string, ok bool) {
	label, value, ok = strings.Cut(strings.Replace(text, ":", "：", 1), "：")
	return label, value, ok && value != "" && labelLine(label+"：")
}

// hasNumbers tells whether all lines are numbers of tables that stand in this
// caption too: 表15 over each page of one form. No lines at all are such lines.
func (c caption) hasNumbers(lines []layout.Line) bool {
	other := func(line layout.Line) bool { return !numberLine(line.Text) }
	return !slices.ContainsFunc(lines, other) && c.repeats(caption{lines: lines})
}

// wrappedTitle tells whether a title begins on the line above: the same size,
// close, centred on the same middle, and not a label.
func wrappedTitle(above, line layout.Line) bool {
	text := squeeze(above.Text)
	if strings.HasSuffix(text, "表") || labelLine(text) || numberLine(text) || prose(text) || line.Size < 9 || beginsAnew(line.Text) || !nextLine(above, line) {
		return false
	}
	wider, long := above.Box.Width() >= line.Box.Width(), utf8.RuneCountInString(text) >= 10
	if endsInBracket(text) && (!wider || !long || titleEnding(text) > 0) {
		return false
	}
	if line.Size < 12 && (!wider || !long) {
		return false // in small print only a short rest under a long line is one
	}
	return sameMiddle(above, line)
}

// completes tells whether a title that breaks off goes on with the line below: with
// its last words, or to the end of its brackets.
func completes(title string, line, below layout.Line) bool {
	title, text := squeeze(title), squeeze(below.Text)
	open := strings.Count(title, "（")+strings.Count(title, "(") > strings.Count(title, "）")+strings.Count(title, ")")
	switch {
	case labelLine(text) || numberLine(text) || prose(text) || !nextLine(line, below) || !sameMiddle(line, below):
		return false
	case open:
		return strings.ContainsAny(text, "）)")
	}
	return titleEnding(title) == 0 && titleEnding(text) > 0 && line.Box.Width() >= below.Box.Width()
}

// nextLine tells whether a line of the same size stands close under another.
func nextLine(line, below layout.Line) bool {
	gap := below.Box.Y0 - line.Box.Y1
	return gap < closeLine*line.Size && gap > -line.Size && math.Abs(below.Size-line.Size) <= 0.5
}

// closeLine: the gap between two lines of one text is smaller (share of the font size).
const closeLine = 1.2

func sameMiddle(a, b layout.Line) bool {
	ax, _ := a.Box.Center()
	bx, _ := b.Box.Center()
	return math.Abs(ax-bx) < 3*b.Size
}

// runsOn tells whether a line is running text that goes on at the margin below; a
// label there, such as 部门名称：, is no such text.
func runsOn(line, below layout.Line) bool {
	return nextLine(line, below) && !labelLine(squeeze(below.Text)) && below.Box.X0 < line.Box.X0+line.Size && !sameMiddle(line, below)
}

// titleScore rates how much a line looks like the name of a table; 0 means it
// does not.
func titleScore(line layout.Line, box layout.Box) int {
	text := squeeze(line.Text)
	n := utf8.RuneCountInString(text)
	if n < 3 || n > titleLength || labelLine(text) || prose(text) || numberLine(text) {
		return 0
	}
	if rest, ok := cutContinuation(text); ok && rest == "" {
		return 0 // 续上表 alone
	}
	score := titleEnding(text)
	middle, _ := line.Box.Center()
	if center, _ := box.Center(); math.Abs(middle-center) < centred*box.Width() {
		score++
	}
	if score < 3 && (line.Size < 14 || strings.Contains(text, "，") || endsClause(text)) {
		return 0
	}
	return score
}

// titleEnding rates the words that names of tables end in.
func titleEnding(text string) int {
	if rest, ok := cutContinuation(text); ok && rest != "" && (endsInBracket(text) || strings.HasSuffix(rest, "表")) {
		return 4
	}
	for _, ending := range []string{"表", "表）", "表)", "明细", "情况"} {
		if strings.HasSuffix(text, ending) {
			return 4
		}
	}
	for _, inside := range []string{"表（", "表(", "总表", "一览"} {
		if strings.Contains(text, inside) {
			return 3
		}
	}
	return 0
}

// labelLine tells whether a line is a label with its value: 单位：万元.
func labelLine(text string) bool {
	for _, label := range []string{"单位：", "单位:", "金额单位", "编制单位", "编制部门", "部门：", "部门:", "部门名称", "部门编码", "预算年度", "单位名称", "填报", "日期"} {
		if strings.Contains(text, label) {
			return true
		}
	}
	return strings.HasPrefix(text, "单位") && strings.HasSuffix(text, "元")
}

// numberLine tells whether a line is a table's number alone: 公开05表, 单位预算01表,
// 表1, 附件2.
func numberLine(text string) bool {
	text = squeeze(text)
	rest := text
	for found := true; found; {
		found = false
		for _, word := range [...]string{"公开", "预算", "决算", "财决", "批复", "部门", "单位", "附件", "附", "表"} {
			if next, ok := strings.CutPrefix(rest, word); ok {
				rest, found = next, true
			}
		}
	}
	if rest == text {
		return false
	}
	digits := false
	for _, c := range strings.TrimSuffix(rest, "表") {
		switch {
		case unicode.IsDigit(c), strings.ContainsRune("一二三四五六七八九十", c):
			digits = true
		case !strings.ContainsRune("-－—.：:", c):
			return false
		}
	}
	return digits
}

// prose tells whether a line is running text.
func prose(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(text))
	return strings.ContainsRune("。；，", last) || strings.Count(text, "，")+strings.Count(text, "。") >= 2
}

// notesOf picks the lines right under a table that speak of it.
func notesOf(below []layout.Line, box layout.Box) []layout.Line {
	var notes []layout.Line
	y := box.Y1
	for _, line := range below {
		if line.Box.Y0-y > noteGap {
			break
		}
		text := squeeze(line.Text)
		opens := false
		for _, opening := range []string{"注", "（注", "(注", "备注", "说明：", "说明:", "本表", "*", "※", "此表"} {
			opens = opens || strings.HasPrefix(text, opening)
		}
		if !opens && (len(notes) == 0 && !strings.Contains(text, "空表") || titleScore(line, box) > 0 || len(notes) > 0 && !goesOnNote(notes[len(notes)-1], line)) {
			break
		}
		notes = append(notes, line)
		y = line.Box.Y1
	}
	return notes
}

// goesOnNote tells whether a line under a note is more of it: in the same size,
// close below, and not the heading of a part.
func goesOnNote(note, line layout.Line) bool {
	return sameSize(note.Size, line.Size) && line.Box.Y0-note.Box.Y1 < closeLine*line.Size && !opensPart(numeralOf(line.Text).style)
}

// sameTitle compares two titles without what marks a continuation.
func sameTitle(a, b string) bool { return plainTitle(a) == plainTitle(b) }

func plainTitle(title string) string {
	title, _ = cutContinuation(squeeze(title))
	return title
}

// squeeze removes all spaces.
func squeeze(text string) string {
	if !strings.ContainsFunc(text, unicode.IsSpace) {
		return text
	}
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return -1
		}
		return c
	}, text)
}
