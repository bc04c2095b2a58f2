package normalize

import (
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
	status        string       // exact, alias, renamed, prefix, conflict, unknown, none
	path          []string
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
	b.paired = len(b.codes) == 0 || b.name == b.codes[len(b.codes)-1]+1 || b.name == b.codes[0]-1
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
	case id == "procurement_plan" && has("品目", "目录", "物品", "采购项目"):
		return 6
	case scheme == codebook.FunctionalExpenditure && has("功能"):
		return 6
	case scheme == codebook.EconomicDepartment && has("经济") && !has("政府预算", "政府经济"):
		return 6
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

// detectGlued tells whether the names of a block carry their codes in front:
// bracketed ones always do, bare ones when most rows agree.
func detectGlued(s *sheet, h header, b *block) bool {
	if b.name < 0 || len(b.codes) > 0 {
		return false
	}
	names, bare := 0, 0
	for r := h.rows; r < s.rows; r++ {
		cell := s.at(r, b.name)
		if cell.state != text || isTotalLabel(cell.text) {
			continue
		}
		names++
		code, _, bracketed := splitGlued(cell.text)
		if bracketed {
			return true
		}
		if code != "" {
			bare++
		}
	}
	return bare > 0 && bare*2 >= names
}

// labelReader reads the labels of a block row by row; it remembers the parts
// of the last printed code.
type labelReader struct {
	sheet *sheet
	block *block
	parts []string
	above []string
}

func newLabelReader(s *sheet, b *block) *labelReader {
	slab := make([]string, 2*len(b.codes))
	return &labelReader{s, b, slab[:len(b.codes)], slab[len(b.codes):]}
}

// read gives code and name as printed.
func (l *labelReader) read(row int) rowLabel {
	label := l.readCode(row)
	if c := l.block.name; c >= 0 {
		if name := l.sheet.shown(row, c).text; name != "" {
			label.name = name
			label.nameRaw = l.rawText(row, c)
		}
	}
	if label.name == "" {
		label.name, label.nameRaw = l.strayLabel(row)
	}
	if l.block.glued || label.code == "" && strings.HasPrefix(label.name, "[") {
		if code, name, _ := splitGlued(label.name); code != "" {
			label.code, label.codeRaw, label.name = code, code, name
		}
	}
	label.total = isTotalLabel(label.name)
	label.memo = isMemoLabel(label.name)
	label.counts = isCountLabel(label.name)
	return label
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
		case isCode(value):
			l.parts[i] = value
		default:
			if code, name, _ := splitGlued(value); code != "" {
				l.parts[i] = code
				label.name, label.nameRaw = name, l.rawText(row, c)
			}
		}
	}
	if len(l.parts) == 1 {
		label.code = l.parts[0]
	} else {
		label.code = joinParts(l.parts, l.above)
	}
	label.codeRaw = label.code
	if len(l.parts) == 1 && label.code != "" {
		label.codeRaw = l.rawText(row, l.block.codes[0])
	}
	return label
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
	if containsAny(header, "单位编码", "单位代码", "部门编码", "部门代码", "项目编码", "项目代码", "项目编号", "预算单位") {
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
	case ok && s.Scheme == codebook.Procurement, id == "three_public", id == "final_three_public":
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
