package normalize

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/normalize/codebook"
	"gongkai/normalize/statement"
)

// Which row details which is told by codes (206, 20607, 2060702), by the
// numerals of lists (一、（一）1.), and by 其中. Indentation is not kept in a grid.

// treeRow is one row of a block on its way into the hierarchy.
type treeRow struct {
	code       string // classification code, printed or inferred; an agency's code for a section
	name       string // of an agency, where every row is one
	list       int8   // depth of the list number, 0: none
	inner      int8   // depth of the list that 其中 begins: 其中：1.社会保险费收入
	section    bool   // the row opens the section of an agency
	head       bool   // that agency is the department above the agencies that follow
	total      bool
	memo       bool
	first, end int // its lines in the batch
	level      int
}

// rowTree knows the rows that the next row of a block may detail.
type rowTree struct {
	rows []treeRow // of one block, in the order of print
	// balance: the rows behind 其中 may be items of their own, such as 年初结转.
	balance bool
	// ofAgencies: every row is an agency; the department above them comes first.
	ofAgencies bool
	// ofProjects: rows without a code are projects of the coded row above them.
	ofProjects bool
	open       []treeRow // from the outermost row to the last one
}

// note keeps a row for arrange.
func (t *rowTree) note(label *rowLabel, opens bool, balance bool, first, end int) {
	t.balance = balance
	row := treeRow{code: label.class, section: opens, total: label.total, memo: label.memo, first: first, end: end}
	if label.memo {
		row.inner = innerDepth(label.name)
	}
	if label.code == "" && label.name != "" && label.name == label.agency.name {
		row.section = true // the row of an agency in a column of agencies
	}
	if t.ofAgencies && !label.total && label.name != "" {
		row.section, row.name = true, plainAgency(label.name)
	}
	if balance || row.code == "" && label.code == "" {
		row.list = listDepth(label.name)
	} else if row.code == "" {
		row.code = label.code
	}
	t.rows = append(t.rows, row)
}

// listDepths: the marks of Chinese lists from the outside in: 一、（一）1. (1) ①.
const (
	chineseNumber int8 = iota + 1
	bracketedChineseNumber
	arabicNumber
	bracketedArabicNumber
	circledNumber
)

const chineseDigits = "一二三四五六七八九十"

// listDepth tells how deep the mark at the start of a label stands in a list;
// 0 when there is none.
func listDepth(name string) int8 {
	depth, _ := listMark(name)
	return depth
}

// listMark is the depth and the size in bytes of the mark that begins a label.
func listMark(name string) (depth int8, size int) {
	first, width := utf8.DecodeRuneInString(name)
	switch {
	case first >= '①' && first <= '⑳':
		return circledNumber, width
	case first == '(' || first == '（':
		rest := name[width:]
		tail := strings.TrimLeft(rest, chineseDigits+"0123456789")
		end, endWidth := utf8.DecodeRuneInString(tail)
		if tail == rest || end != ')' && end != '）' {
			return 0, 0
		}
		size = len(name) - len(tail) + endWidth
		if rest[0] <= '9' {
			return bracketedArabicNumber, size
		}
		return bracketedChineseNumber, size
	case first >= '0' && first <= '9':
		return numberMark(name, name[leadingDigits(name):], ".．、)）", arabicNumber)
	case strings.ContainsRune(chineseDigits, first):
		return numberMark(name, strings.TrimLeft(name, chineseDigits), "、.．", chineseNumber)
	}
	return 0, 0
}

// numberMark is a number and the point behind it.
func numberMark(name, rest, points string, depth int8) (int8, int) {
	point, width := utf8.DecodeRuneInString(rest)
	if rest == "" || !strings.ContainsRune(points, point) {
		return 0, 0
	}
	return depth, len(name) - len(rest) + width
}

// arrange finds for every row of a block the row it details. Blocks of one
// classification side by side go on from each other: open is what was open at
// the end of the block before.
func (a *assembly) arrange(t *rowTree) {
	for i := range t.rows {
		row := &t.rows[i]
		if i > 0 && t.rows[i-1].memo && !t.balance && !row.section && !row.total && row.code == "" && row.list == 0 {
			row.memo = true // the next of what 其中 lists
		}
		if i > 0 && !t.balance && !row.memo && row.list > 0 && row.list == t.rows[i-1].inner {
			row.memo, row.inner = true, row.list
			a.markMemo(row)
		}
		if row.total {
			// The agency ends with its total, and so does all of a balance; a class of
			// other statements goes on where a page repeats 合计.
			t.open = slices.DeleteFunc(t.open, func(r treeRow) bool { return t.balance || r.section })
			continue
		}
		if n := len(t.open); n == 1 && row.section && i > 0 && t.rows[i-1].section && t.open[0].code == "" && row.code == "" {
			// The first agency, with no rows of its own; in a list of agencies it is
			// named again as one of them.
			t.open[0].head = !t.ofAgencies || strings.HasSuffix(row.name, t.open[0].name)
		}
		row.list = max(row.list, t.headDepth(i))
		known := t.close(row, i > 0 && t.rows[i-1].total)
		parent := (*treeRow)(nil)
		if n := len(t.open); n > 0 && known {
			parent = &t.open[n-1]
		}
		row.level = row.depth(parent, known)
		a.placeRow(row, parent)
		if known && !row.memo && (row.code != "" || row.list > 0 || row.section) {
			t.open = append(t.open, *row)
		}
		if n := len(t.open); n > 0 && !known && t.open[n-1].section {
			a.detail(&t.open[n-1]) // by rows that may detail each other too
		}
	}
	t.rows = t.rows[:0]
}

// innerDepth is the depth of the list mark behind 其中.
func innerDepth(name string) int8 {
	_, rest, _ := strings.Cut(name, "其中")
	return listDepth(strings.TrimLeft(rest, "：:"))
}

// markMemo says of the lines of a row that 其中 lists it.
func (a *assembly) markMemo(row *treeRow) {
	for i := row.first; i < row.end; i++ {
		a.batch.Lines[i].IsMemo = true
	}
}

// headDepth is the depth in a list that a row without a mark has when a list in a
// balance begins below it: 上年结余、结转, then 1.财政拨款结余、结转; 0 when none does.
func (t *rowTree) headDepth(i int) int8 {
	row := &t.rows[i]
	if !t.balance || row.code != "" || row.memo || row.list > 0 || len(t.open) > 0 || i+1 == len(t.rows) {
		return 0
	}
	if next := &t.rows[i+1]; !next.total && !next.memo && next.list > chineseNumber {
		return chineseNumber
	}
	return 0
}

// close ends the rows that this one does not detail; known is false when
// nothing tells where the row belongs.
func (t *rowTree) close(row *treeRow, afterTotal bool) (known bool) {
	switch {
	case row.memo:
		return !afterTotal
	case row.list > 0 && !row.section:
		for n := len(t.open); n > 0 && (t.open[n-1].list == 0 || t.open[n-1].list >= row.list) && !t.open[n-1].section; n-- {
			t.open = t.open[:n-1]
		}
		return true
	case row.section, row.code != "":
		for n := len(t.open); n > 0 && !t.open[n-1].holds(row); n-- {
			t.open = t.open[:n-1]
		}
		return true
	}
	n := len(t.open)
	return n > 0 && t.ofProjects && isClassCode(t.open[n-1].code) && !t.open[n-1].section // a project of the item above
}

// holds tells whether a coded row lies below another.
func (t *treeRow) holds(row *treeRow) bool {
	longer := t.code != "" && len(t.code) < len(row.code) && strings.HasPrefix(row.code, t.code)
	if row.section {
		return t.section && (t.head || longer)
	}
	if t.section && t.code != "" && row.code != "" && len(row.code) < len("208") {
		return false // a number in the column of agencies: 1 全额
	}
	return t.section || longer
}

// depth is the level of a row, from 1; 0 when it is not known.
func (t *treeRow) depth(parent *treeRow, known bool) int {
	switch {
	case !known:
		return 0
	case !t.section && !t.memo && t.list == 0 && isClassCode(t.code):
		return (len(t.code) - 1) / 2
	case parent != nil:
		return parent.level + 1
	}
	return 1
}

// placeRow tells the lines of a row where they stand.
func (a *assembly) placeRow(row, parent *treeRow) {
	for i := row.first; i < row.end; i++ {
		line := &a.batch.Lines[i]
		line.Level, line.IsLeaf = row.level, !row.memo
		if parent == nil {
			continue
		}
		for p := parent.first; p < parent.end; p++ {
			if a.lineColumns[p] == a.lineColumns[i] && (line.ParentLineID == "" || a.batch.Lines[p].ValueState == StateNumber) {
				line.ParentLineID = a.batch.Lines[p].ID
			}
		}
		if !row.memo {
			a.detail(parent)
		}
	}
	if parent != nil && row.first == row.end && !row.memo && parent.code != "" {
		for p := parent.first; p < parent.end; p++ {
			a.batch.Lines[p].IsLeaf = a.batch.Lines[p].IsLeaf && row.section
		}
	}
}

// detail says that something below a row details it.
func (a *assembly) detail(row *treeRow) {
	for i := row.first; i < row.end; i++ {
		a.batch.Lines[i].IsLeaf = false
	}
}

// inferredStatus: the code is not printed, the name and the rows above tell it.
const inferredStatus = "inferred"

// classScheme is the classification that the names of a block's rows belong to.
func classScheme(id, direction string) string {
	if isBalance(id) {
		if direction == "expenditure" {
			return codebook.FunctionalExpenditure
		}
		return ""
	}
	if s, ok := statement.ByID(id); ok && !isProjectStatement(id) {
		switch s.Scheme {
		case codebook.FunctionalExpenditure, codebook.EconomicDepartment, codebook.EconomicGovernment, codebook.Revenue:
			return s.Scheme
		}
	}
	return ""
}

// inferCode finds the code of a row that prints none: the one code of its name
// below the row above, beside it, or beside one of the rows that holds it. last
// is the code of the row above. The numbered rows of a balance are classes.
func (w *tableWriter) inferCode(scheme, last string, label *rowLabel) string {
	if scheme == "" || w.book == nil || label.name == "" || label.total || label.memo {
		return ""
	}
	key := codeKey{scheme, last, label.name}
	code, ok := w.children[key]
	if !ok {
		code = w.searchCode(scheme, last, label)
		w.children[key] = code
	}
	return code
}

// searchCode looks for the name as it is listed first, and then for one that
// differs by a character.
func (w *tableWriter) searchCode(scheme, last string, label *rowLabel) string {
	name := withoutListNumber(label.name)
	if isBalance(w.t.match.ID) && listDepth(label.name) > 0 {
		last = ""
	}
	if code := w.childAround(scheme, last, name, (*codebook.Book).Child); code != "" {
		return code
	}
	return w.childAround(scheme, last, name, (*codebook.Book).NearChild)
}

// finder finds the one code of a name right below a parent.
type finder func(book *codebook.Book, scheme, parent, name string, year int) (codebook.Entry, bool)

// childAround looks below a code, beside it, and beside those that hold it.
func (a *assembly) childAround(scheme, last, name string, find finder) string {
	for parent := last; ; parent = parent[:max(0, len(parent)-2)] {
		if len(parent) < len("206") {
			parent = ""
		}
		if entry, ok := find(a.book, scheme, parent, name, a.profile.year); ok {
			return entry.Code
		}
		if parent == "" {
			return ""
		}
	}
}
