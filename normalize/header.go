package normalize

import (
	"strings"
	"unicode/utf8"

	"gongkai/normalize/statement"
)

// header is the top of a table: first the rows that hold a title, a unit or
// the agency inside the rules, then the header proper, the last rows of which
// may only number the columns (栏次).
type header struct {
	titles int    // leading rows that are no header: title, unit, agency
	rows   int    // all rows above the first data row, titles and column numbers too
	number []bool // row by row: it only numbers the columns
}

// findHeader separates the header from the data.
func findHeader(s *sheet) header {
	h := header{titles: countTitleRows(s)}
	h.rows = h.titles
	for h.rows < s.rows && isHeaderRow(s, h.titles, h.rows) {
		h.rows++
	}
	h.number = make([]bool, h.rows)
	for r := h.titles; r < h.rows; r++ {
		h.number[r] = isColumnNumbers(s, r)
	}
	return h
}

// lastHeading is the last row that heads the columns in words; -1 when there is none.
func (h *header) lastHeading() int {
	last := h.rows - 1
	for last >= h.titles && h.number[last] {
		last--
	}
	if last < h.titles {
		return -1
	}
	return last
}

// countTitleRows counts the rows inside the rules that name the table, its
// unit or its agency before the header begins.
func countTitleRows(s *sheet) int {
	n := 0
	for n < s.rows && n < maxTitleRows && isTitleRow(s, n) {
		n++
	}
	if n == s.rows {
		return 0
	}
	return n
}

// maxTitleRows: title, number, agency and unit, each in a row of its own.
const maxTitleRows = 4

func isTitleRow(s *sheet, row int) bool {
	if isCaptionRow(s, row) || isAgencyRow(s, row) {
		return true
	}
	if s.emptyRow(row) {
		return true
	}
	value, fullWidth, ok := s.soleText(row)
	if !ok || s.columns < 2 {
		return false
	}
	if !fullWidth && s.wide(row, 0) {
		return false // a head over some of the columns
	}
	if statement.PublishedNumber(value) != "" && utf8.RuneCountInString(value) < 12 {
		return true
	}
	if !strings.Contains(value, "表") || utf8.RuneCountInString(value) > maxTitleRunes {
		return false
	}
	if _, known := statement.Identify(value, statement.Context{}); known {
		return true
	}
	return strings.HasSuffix(value, "表")
}

// maxTitleRunes: a longer text is a note.
const maxTitleRunes = 60

// isCaptionRow tells whether all a row says is the unit, agency or year.
func isCaptionRow(s *sheet, row int) bool {
	found := false
	for c := 0; c < s.columns; c++ {
		cell := s.at(row, c)
		if s.covered(row, c) || cell.state == blank {
			continue
		}
		if cell.state != text || !isCaption(cell.text) {
			return false
		}
		found = true
	}
	return found
}

// isAgencyRow tells rows that name the agency as a form does, with the label
// in one cell and the name in the next: 部门（单位）名称 | 西安市民政局.
func isAgencyRow(s *sheet, row int) bool {
	filled, label := 0, ""
	for c := 0; c < s.columns; c++ {
		cell := s.at(row, c)
		if s.covered(row, c) {
			continue
		}
		filled++
		switch {
		case filled == 1:
			label = cell.text
		case filled > 2 || cell.state != text || !isAgencyName(cell.text) || !isOrganisation(narrowed(cell.text)):
			return false
		}
	}
	return filled == 2 && s.columns > 2 && isAgencyLabel(label)
}

// isCaption tells whether a text is a caption such as 单位：万元 or 编制部门：….
func isCaption(value string) bool {
	if u, _ := unitOfCaption(value); u != 0 {
		i := strings.Index(value, "单位")
		return i >= 0 && i < len("(金额") || len(value) <= len("（百万元）")
	}
	_, _, ok := labelledAgency(value)
	return ok
}

// isHeaderRow tells whether a row still belongs to the header that begins at first.
func isHeaderRow(s *sheet, first, row int) bool {
	switch {
	case isColumnNumbers(s, row):
		return row > first
	case row > first && headsCodeParts(s, row):
		return true
	case holdsValues(s, row):
		return false
	case row == first:
		return !s.emptyRow(row)
	case reachesDown(s, row):
		return true
	}
	return continuesHeader(s, first, row)
}

// headsCodeParts tells the row 类 | 款 | 项, beside which the codes of columns may
// stand: 501 below 机关工资福利支出. Amounts there are those of the total.
func headsCodeParts(s *sheet, row int) bool {
	parts, codes, total := 0, 0, false
	for c := 0; c < s.columns; c++ {
		switch cell := s.at(row, c); {
		case isCodePart(cell.text):
			parts++
		case cell.state == number && !isClassCode(cell.text):
			return false
		case cell.state == number:
			codes++
		case isTotalLabel(cell.text):
			total = true
		}
	}
	return parts >= 2 && (codes == 0 || !total)
}

// holdsValues tells whether a row shows amounts or codes, as data rows do.
func holdsValues(s *sheet, row int) bool {
	for c := 0; c < s.columns; c++ {
		if s.covered(row, c) {
			continue
		}
		cell := s.at(row, c)
		switch cell.state {
		case number:
			if !isYear(cell) {
				return true
			}
		case percent, unparsed:
			return true
		case text:
			if isCatalogueCode(cell.text) {
				return true
			}
		}
	}
	return false
}

// isYear: a header may be headed by a bare year.
func isYear(cell *sheetCell) bool {
	return cell.amount.plain() && cell.amount.whole == 4 && cell.amount.coefficient >= 1990 && cell.amount.coefficient < 2100
}

// reachesDown tells whether a header cell above is merged into this row.
func reachesDown(s *sheet, row int) bool {
	for c := 0; c < s.columns; c++ {
		if s.fromAbove(row, c) {
			return true
		}
	}
	return false
}

// continuesHeader decides for a row of texts under a row that is closed below:
// it is a further header row when the columns above are still to be divided
// (a merged head, or an empty cell beside a head) and it does not begin a list.
func continuesHeader(s *sheet, first, row int) bool {
	open, filled, headed, reached := 0, 0, 0, 0
	for c := 0; c < s.columns; c++ {
		if s.wide(row-1, c) || s.shown(row-1, c).state == blank {
			open++
		}
		if s.shown(row, c).state != blank {
			reached++
		}
		cell := s.at(row, c)
		if cell.state == blank {
			continue
		}
		if cell.state != text || beginsList(cell.text) {
			return false
		}
		filled++
		if isHeaderWord(cell.text) {
			headed++
		}
	}
	if filled == 0 || open == 0 {
		return false
	}
	// One text alone is a row label, unless the header is one column wide.
	if filled == 1 && s.columns > 2 {
		return false
	}
	return headed*2 >= filled || reached*3 >= s.columns*2
}

// beginsList tells whether a text is the label of a data row: 一、…, (一)…, 1.…, 其中：….
func beginsList(value string) bool {
	r, n := utf8.DecodeRuneInString(value)
	if r == '(' || r == '（' {
		r, _ = utf8.DecodeRuneInString(value[n:])
		return strings.ContainsRune("一二三四五六七八九十", r) || r >= '0' && r <= '9'
	}
	if !strings.ContainsRune("一二三四五六七八九十0123456789", r) {
		return false
	}
	rest := strings.TrimLeft(value[n:], "一二三四五六七八九十0123456789")
	r, _ = utf8.DecodeRuneInString(rest)
	return r == '、' || r == '.' || r == '．'
}

// headerWords are what headers of these tables are made of.
var headerWords = []string{
	"项目", "预算数", "决算数", "金额", "合计", "小计", "总计", "编码", "代码", "名称", "类", "款", "项", "基本支出", "项目支出", "人员经费", "公用经费",
	"单位", "数量", "单价", "行次", "序号", "收入", "支出", "财政拨款", "一般公共预算", "政府性基金", "国有资本经营", "预算", "决算", "执行数", "备注", "指标", "科目", "经费",
}

func isHeaderWord(value string) bool {
	for _, w := range headerWords {
		if strings.HasSuffix(value, w) || len(w) > len("类") && strings.HasPrefix(value, w) {
			return true
		}
	}
	return false
}

// isColumnNumbers tells whether a row only numbers the columns: 栏次 1 2 3,
// 1 2 3=4+5, ** ** 1 2, 甲 乙 1 2.
func isColumnNumbers(s *sheet, row int) bool {
	marks, numbers, last := 0, 0, int64(0)
	ordered, named := true, false
	for c := 0; c < s.columns; c++ {
		cell := s.at(row, c)
		if s.covered(row, c) || cell.state == blank {
			continue
		}
		if n, ok := columnNumber(cell); ok {
			ordered = ordered && (n == last+1 || n == 1 || last == 0 || n > last && n <= last+2)
			last = n
			numbers++
			continue
		}
		switch markOf(cell.text) {
		case noMark:
			return false
		case columnMark:
			marks++
			named = named || strings.HasSuffix(cell.text, "次")
		}
	}
	if !ordered || numbers+marks == 0 {
		return false
	}
	return named && numbers+marks >= 1 || numbers >= 2 && numberedFromOne(s, row) || numbers >= 1 && marks >= 1 || marks >= 2
}

// columnNumber reads 3, (3), ③ or a formula such as 3=4+5.
func columnNumber(cell *sheetCell) (int64, bool) {
	if cell.state == number {
		a := &cell.amount
		negative := a.coefficient < 0 // (3) reads as minus three
		if a.scale > 0 || a.separated || a.whole > 2 || a.unit != 0 || negative && cell.text[0] == '-' {
			return 0, false
		}
		return max(a.coefficient, -a.coefficient), true
	}
	t := cell.text
	if r := firstRune(t); r >= '①' && r <= '⑳' && utf8.RuneCountInString(t) == 1 {
		return int64(r-'①') + 1, true
	}
	t = strings.TrimLeft(t, "(（")
	n := leadingDigits(t)
	if n == 0 || n > 2 || n == len(t) || strings.Trim(t[n:], "0123456789=+-＝＋－()（）/*÷×%") != "" || !strings.ContainsAny(t, "=＝") {
		return 0, false
	}
	value := int64(0)
	for _, d := range t[:n] {
		value = value*10 + int64(d-'0')
	}
	return value, true
}

// mark is what stands in a column-number row where no number does.
type mark uint8

const (
	noMark     mark = iota
	fillerMark      // may stand there, but proves nothing
	columnMark      // stands nowhere else
)

func markOf(value string) mark {
	switch value {
	case "栏次", "行次", "档次", "栏目", "甲", "乙", "丙", "丁", "**", "*", "×", "＊＊":
		return columnMark
	case "序号", "－", "-", "—", "——", "类", "款", "项", "合计":
		return fillerMark
	}
	return noMark
}

// numberedFromOne tells whether the first number of the row is 1.
func numberedFromOne(s *sheet, row int) bool {
	for c := 0; c < s.columns; c++ {
		if n, ok := columnNumber(s.at(row, c)); ok {
			return n == 1
		}
	}
	return false
}

// columnPaths gives for each column the printed header texts from top to
// bottom; a text that repeats the one above is given once, and rows that only
// number the columns give none.
func columnPaths(s *sheet, h header) [][]string {
	paths := make([][]string, s.columns)
	slab := make([]string, 0, s.columns*max(1, h.rows-h.titles))
	for c := range paths {
		start := len(slab)
		for r := h.titles; r < h.rows; r++ {
			part := s.shown(r, c).text
			if part == "" || h.number[r] && !isCodePart(part) || len(slab) > start && slab[len(slab)-1] == part {
				continue
			}
			slab = append(slab, part)
		}
		paths[c] = slab[start:len(slab):len(slab)]
	}
	return paths
}
