package normalize

import (
	"slices"
	"strings"

	"gongkai/normalize/codebook"
	"gongkai/normalize/statement"
)

// rowLabel is what the label columns of one row say, for one block.
type rowLabel struct {
	code, codeRaw string
	name, nameRaw string
	total, memo   bool
	counts        bool // the row counts things: （辆）
	scheme        string
	meaning       *codeMeaning // nil when the code was not looked up
	status        string       // exact, alias, renamed, prefix, conflict, unknown, inferred, none
	class         string       // code of the row in the classification of expenditure, printed or inferred
	path          []string
	agency        agency     // whose the row is; empty: the table's
	agencyCode    string     // printed in a column of its own, where none names the agencies
	others        classCodes // printed in further columns
	project       project
}

// classCodes are the codes of a row in the classifications of expenditure.
type classCodes struct{ functional, economic, government string }

// set keeps the code of a classification unless one is known already.
func (c *classCodes) set(scheme, code string) {
	var kept *string
	switch scheme {
	case codebook.FunctionalExpenditure:
		kept = &c.functional
	case codebook.EconomicDepartment:
		kept = &c.economic
	case codebook.EconomicGovernment:
		kept = &c.government
	default:
		return
	}
	if *kept == "" {
		*kept = code
	}
}

// statusNone: the row prints no code, or one of no known classification.
const statusNone = "none"

// chooseLabels picks the columns that name and code a block's rows. Where a row
// carries several classifications, the one the statement is about comes first.
func chooseLabels(b *block, columns []column, id string) {
	best, weight := -1, 0
	b.name, b.codes = -1, nil
	for c := b.first; c <= b.last; c++ {
		col := &columns[c]
		if col.role == roleAmount {
			b.columns = append(b.columns, c)
		}
		if col.role != roleCode || c > b.first && col.part && columns[c-1].part {
			continue
		}
		if w := subjectWeight(col, id); w > weight {
			best, weight = c, w
		}
	}
	if best >= 0 {
		b.codes = append(b.codes, best)
		for c := best + 1; c <= b.last && columns[best].part && columns[c].part; c++ {
			b.codes = append(b.codes, c)
		}
	}
	b.name = chooseName(b, columns, id)
	b.levels = nameLevels(b, columns)
	b.others = otherCodes(b, columns)
	b.project = findProjectColumns(b, columns)
	chooseAgencies(b, columns)
	b.paired = len(b.codes) == 0 || b.name == b.codes[len(b.codes)-1]+1 || b.name == b.codes[0]-1
}

// otherCodes are the columns with the codes of further classifications, by
// function or by economic nature, in front of the amounts or glued to names.
func otherCodes(b *block, columns []column) [][]int {
	var others [][]int
	for c := b.first; c <= b.last; c++ {
		col := &columns[c]
		if c == b.name || slices.Contains(b.codes, c) || col.role != roleCode && col.role != roleName {
			continue
		}
		head := strings.Join(col.path, "/")
		if !containsAny(head, "功能", "经济", "科目") || containsAny(head, "单位", "部门编码", "项目名称", "项目编码") {
			continue
		}
		if n := len(others); n > 0 && col.part && columns[c-1].part && others[n-1][len(others[n-1])-1] == c-1 {
			others[n-1] = append(others[n-1], c)
			continue
		}
		others = append(others, []int{c})
	}
	return others
}

// chooseName takes the name beside the code, else the name column that fits
// the statement best.
func chooseName(b *block, columns []column, id string) int {
	if n := len(b.codes); n > 0 {
		if c := b.codes[n-1] + 1; c <= b.last && columns[c].role == roleName {
			return c
		}
		if c := b.codes[0] - 1; c >= b.first && columns[c].role == roleName {
			return c
		}
	}
	best, weight := -1, 0
	for c := b.first; c <= b.last; c++ {
		if columns[c].role != roleName {
			continue
		}
		if w := subjectWeight(&columns[c], id); w > weight {
			best, weight = c, w
		}
	}
	return best
}

// nameLevels are the columns 一级, 二级, 三级 that name a row from the general to
// the particular; nil when the block has a single column of names.
func nameLevels(b *block, columns []column) []int {
	if b.name < 0 || !strings.HasPrefix(columns[b.name].leaf, "一级") {
		return nil
	}
	levels := []int{b.name}
	for i, prefix := range []string{"二级", "三级", "四级"} {
		c := b.name + i + 1
		if c > b.last || columns[c].role != roleName || !strings.HasPrefix(columns[c].leaf, prefix) {
			break
		}
		levels = append(levels, c)
	}
	if len(levels) == 1 {
		return nil
	}
	return levels
}

// chooseAgencies finds the columns that say whose a row is, in tables that
// list the rows of several agencies (预算单位 | 科目编码 | 科目名称 | …). Where
// nothing but agencies and years label the rows, the year names the row.
func chooseAgencies(b *block, columns []column) {
	b.agency, b.agencyCode = -1, -1
	year := -1
	for c := b.first; c <= b.last; c++ {
		col := &columns[c]
		switch {
		case col.role == roleText && hasAnySuffix(col.leaf, "年度", "年份"):
			year = c
		case col.role == roleName && isAgencyHeader(col.leaf) && b.agency < 0:
			b.agency = c
		case (col.role == roleCode || col.role == roleName) && isAgencyCodeHeader(col.leaf) && b.agencyCode < 0:
			b.agencyCode = c
		}
	}
	if b.agency == b.name {
		if year < 0 || b.agency < 0 {
			b.agency, b.agencyCode = -1, -1
			return
		}
		b.name = year
	}
	for _, c := range b.codes {
		if c == b.agencyCode {
			b.agencyCode = -1 // the rows are known by it
		}
	}
}

func isAgencyHeader(leaf string) bool {
	return hasAnySuffix(withoutOther(leaf), "单位名称", "部门名称", "预算单位", "预算部门") && !containsAny(leaf, "项目", "编码")
}

func isAgencyCodeHeader(leaf string) bool {
	return containsAny(withoutOther(leaf), "单位编码", "单位代码", "部门编码", "部门代码", "单位编号", "部门编号")
}

// otherAgency: 部门（单位）名称 says that the same table serves both.
var otherAgency = strings.NewReplacer("（单位）", "", "(单位)", "", "（部门）", "", "(部门)", "")

func withoutOther(leaf string) string {
	if !strings.ContainsAny(leaf, "(（") {
		return leaf
	}
	return otherAgency.Replace(leaf)
}

// subjectWeight says how well a label column fits what the statement is about.
func subjectWeight(col *column, id string) int {
	header := strings.Join(col.path, "/")
	has := func(terms ...string) bool { return containsAny(header, terms...) }
	scheme := ""
	if s, ok := statement.ByID(id); ok {
		scheme = s.Scheme
	}
	switch {
	case isProjectStatement(id) && has("项目名称", "项目编码", "项目代码", "项目编号"):
		return 6
	case id == "procurement_plan" && has("品目", "目录", "物品", "采购项目") && !hasAnySuffix(col.leaf, "大类", "类别"):
		return 6
	case scheme == codebook.FunctionalExpenditure && has("功能"):
		return 6
	case scheme == codebook.EconomicDepartment && has("经济"):
		return 6 // of two economic classifications, the first that is printed
	case has("功能", "经济", "科目"):
		return 5
	case has("单位", "部门编码", "部门代码", "部门名称", "项目编码", "项目代码"):
		return 3
	}
	return 4
}

func isProjectStatement(id string) bool {
	return id == "project_expenditure" || id == "gpb_project_expenditure" || id == "performance_project"
}

// detectGlued tells whether the names of a block carry their codes in front
// or behind: bracketed ones in front always do, others when most rows agree.
func detectGlued(s *sheet, h header, b *block) bool {
	if b.name < 0 || len(b.codes) > 0 {
		return false
	}
	names, bare, behind := 0, 0, 0
	for r := h.rows; r < s.rows; r++ {
		cell := s.at(r, b.name)
		if cell.state != text || isTotalLabel(cell.text) {
			continue
		}
		names++
		code, _, certain := splitGlued(cell.text)
		if certain && agencyNumber(cell.text) == 0 {
			return true
		}
		if code != "" {
			bare++
		} else if code, _ := splitBehind(cell.text); code != "" {
			behind++
		}
	}
	return bare > 0 && bare*2 >= names || behind > 0 && behind*2 >= names
}

// labelReader reads the labels of a block row by row; it remembers the parts
// of the last printed code.
type labelReader struct {
	sheet  *sheet
	block  *block
	parts  []string
	above  []string
	agency agency
	known  agencies
	class  string // code of the last row in the classification of the block
	// otherParts and otherAbove are parts and above of the further classifications.
	otherParts, otherAbove [][]string
	tree                   rowTree
}

func newLabelReader(s *sheet, b *block) *labelReader {
	slab := make([]string, 2*len(b.codes))
	l := &labelReader{sheet: s, block: b, parts: slab[:len(b.codes)], above: slab[len(b.codes):]}
	for _, columns := range b.others {
		l.otherParts = append(l.otherParts, make([]string, len(columns)))
		l.otherAbove = append(l.otherAbove, make([]string, len(columns)))
	}
	return l
}

// read gives code and name as printed.
func (l *labelReader) read(row int) rowLabel {
	label := l.readCode(row)
	if c := l.nameColumn(row); c >= 0 {
		if name := l.sheet.shown(row, c).text; name != "" {
			label.name = name
			label.nameRaw = l.rawText(row, c)
		}
	}
	if label.name == "" {
		label.name, label.nameRaw = l.strayLabel(row)
	}
	if l.block.glued || label.code == "" && (strings.HasPrefix(label.name, "[") || agencyNumber(label.name) > 0) {
		code, name, _ := splitGlued(label.name)
		if code == "" {
			code, name = splitBehind(label.name)
		}
		if code != "" {
			label.code, label.codeRaw, label.name = code, code, name
		}
	}
	if label.code == "" {
		if code, name := l.known.splitNumber(label.name); code != "" {
			label.code, label.codeRaw, label.name = code, code, name
		}
	}
	l.readAgency(row, &label)
	l.readOthers(row, &label)
	label.total = isTotalLabel(label.name)
	label.memo = isMemoLabel(label.name)
	label.counts = isCountLabel(label.name)
	return label
}

// nameColumn is where a row's name stands: of several levels, the last that is filled.
func (l *labelReader) nameColumn(row int) int {
	for i := len(l.block.levels) - 1; i >= 0; i-- {
		if c := l.block.levels[i]; l.sheet.shown(row, c).state == text {
			return c
		}
	}
	return l.block.name
}

// readAgency tells whose the row is; a blank cell means the agency above.
func (l *labelReader) readAgency(row int, label *rowLabel) {
	c := l.block.agency
	if c < 0 {
		if d := l.block.agencyCode; d >= 0 && isCode(l.sheet.shown(row, d).text) {
			label.agencyCode = l.sheet.shown(row, d).text
		}
		return
	}
	switch name := l.sheet.shown(row, c).text; {
	case isTotalLabel(name), isTotalLabel(label.name):
		l.agency = agency{}
	case strings.HasSuffix(l.agency.name, name): // blank, the same, or the rest of a name cut in two
	case name != "":
		whole, ok := l.known.complete(name)
		if !ok {
			break // the end of a name that a page end cut in two
		}
		l.agency = agency{name: whole}
		if code, rest := splitAgency(whole); code != "" {
			l.agency = agency{code, rest}
		}
		if d := l.block.agencyCode; d >= 0 && isCode(l.sheet.shown(row, d).text) {
			l.agency.code = l.sheet.shown(row, d).text
		}
	}
	label.agency = l.agency
}

// readCode joins the code columns; a label that runs over them is no code.
func (l *labelReader) readCode(row int) rowLabel {
	var label rowLabel
	if len(l.block.codes) == 0 {
		return label
	}
	for i, c := range l.block.codes {
		l.parts[i] = ""
		value := l.sheet.shown(row, c).text
		switch owner := int(l.sheet.at(row, c).owner); {
		case owner%l.sheet.columns != c || value == "":
		case isCode(value), isLetterCode(value):
			l.parts[i] = value
		default:
			if code, name, _ := splitGlued(value); code != "" {
				l.parts[i] = code
				label.name, label.nameRaw = name, l.rawText(row, c)
			}
		}
	}
	if len(l.parts) == 1 {
		label.code = l.wholeCode(l.parts[0])
	} else {
		label.code = joinParts(l.parts, l.above)
	}
	label.codeRaw = label.code
	if len(l.parts) == 1 && label.code != "" {
		label.codeRaw = l.rawText(row, l.block.codes[0])
	}
	return label
}

// wholeCode completes a subclass that a column prints with its last two digits
// only, between classes and items in full: 208, 05, 2080505.
func (l *labelReader) wholeCode(printed string) string {
	const class, part = len("208"), len("05")
	switch {
	case len(printed) == part && allDigits(printed) && l.above[0] != "" && l.printsItems():
		return l.above[0] + printed
	case isClassCode(printed):
		l.above[0] = printed[:class]
	case printed != "":
		l.above[0] = ""
	}
	return printed
}

// printsItems tells whether the code column of a block prints items in full.
func (l *labelReader) printsItems() bool {
	for r := range l.sheet.rows {
		if value := l.sheet.at(r, l.block.codes[0]).text; len(value) == len("2080505") && isClassCode(value) {
			return true
		}
	}
	return false
}

// readOthers reads the codes of the further classifications of a row.
func (l *labelReader) readOthers(row int, label *rowLabel) {
	for i, columns := range l.block.others {
		parts := l.otherParts[i]
		for j, c := range columns {
			parts[j] = ""
			value := l.sheet.shown(row, c).text
			if isCode(value) {
				parts[j] = value
			} else if code, _, _ := splitGlued(value); code != "" {
				parts[j] = code
			}
		}
		code := parts[0]
		if len(parts) > 1 {
			code = joinParts(parts, l.otherAbove[i])
		}
		label.others.set(shapeScheme(code), code)
	}
}

// strayLabel finds the label of a row that stands in another label column,
// such as 合计 in the code or ordinal column.
func (l *labelReader) strayLabel(row int) (name, raw string) {
	limit := l.block.last
	if len(l.block.columns) > 0 {
		limit = l.block.columns[0] - 1
	}
	for c := l.block.first; c <= limit; c++ {
		cell := l.sheet.shown(row, c)
		if cell.state == text && !isCodePart(cell.text) && !isCode(cell.text) && isLabelColumn(l.block, c) {
			return cell.text, l.rawText(row, c)
		}
	}
	return "", ""
}

// isLabelColumn: stray labels stand before the amounts.
func isLabelColumn(b *block, c int) bool {
	return len(b.columns) == 0 || c < b.columns[0]
}

func (l *labelReader) rawText(row, c int) string {
	owner := int(l.sheet.at(row, c).owner)
	return l.sheet.table.Grid[owner/l.sheet.columns][owner%l.sheet.columns].Text
}

// schemeOf decides which classification a code belongs to, from the statement,
// the header of the code column and the shape of the code. Codes of agencies
// and projects belong to none.
func schemeOf(code, header, id string) string {
	if isAgencyCodeHeader(header) || containsAny(header, "项目编码", "项目代码", "项目编号", "预算单位") {
		return ""
	}
	shaped := shapeScheme(code)
	s, ok := statement.ByID(id)
	switch {
	case shaped == "":
		return ""
	case ok && s.Scheme == shaped:
		return shaped
	case containsAny(header, "功能", "经济", "科目"):
		return shaped
	case ok && s.Scheme == codebook.Procurement, isThreePublic(id), id == "service_purchase": // which has a catalogue of its own
		return ""
	}
	return shaped
}

// shapeScheme: functional codes begin with 2, departmental economic ones with
// 3, government economic ones with 5, revenue with 1, procurement with a letter.
func shapeScheme(code string) string {
	if isCatalogueCode(code) {
		return codebook.Procurement
	}
	if !isClassCode(code) {
		return ""
	}
	switch code[0] {
	case '1':
		return codebook.Revenue
	case '2':
		return codebook.FunctionalExpenditure
	case '3':
		return codebook.EconomicDepartment
	case '5':
		return codebook.EconomicGovernment
	}
	return ""
}
