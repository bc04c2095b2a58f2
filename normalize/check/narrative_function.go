package check

import (
	"cmp"
	"strings"
)

// checkFunctionProse compares what prose states of classes and items: 一般公共服务支出（类）
// 审计事务（款）行政运行（项）2,342万元, 2010301-行政运行3104.73万元, 行政运行（2010601）4,702.02万元.
func checkFunctionProse(x *Index, results *Results) {
	n := x.prose()
	class, under := "", -1 // the last class that a heading named, and where
	for at := range n.sections {
		s := &n.sections[at]
		words := pathOf(cmp.Or(s.heading, s.under))
		if class != "" && !n.within(at, under) {
			class = ""
		}
		if words.class != "" {
			class, under = words.class, at
		}
		if s.first == s.end || !x.speaksOfSpending(at) {
			continue
		}
		named := functionPath{class: class}
		if words.subclass != "" || words.item != "" || words.code != "" {
			named = words // 1.教育支出（类）普通教育（款）初中教育（项）：2026年预算数为290万元
			named.class = class
			named.rest = ""
		}
		for i := s.first; i < s.end; i++ {
			m := &n.mentions[i]
			if found := pathOf(m.lead); found.name() != "" || found.code != "" {
				named = found
				if named.class == "" {
					named.class = class
				}
			}
			switch {
			case m.role != stated:
			case named.speaksOf(m, x.Batch.Document.Phase == "executed"):
				x.compareItem(results, m, named)
			case !m.ofItem && strings.HasSuffix(m.subject, "支出") && x.isAboutTotals(m):
				x.compareItem(results, m, functionPath{class: m.subject}) // 包括一般公共服务支出12,868.19万元、公共安全支出…
			}
		}
	}
	x.checkShares(results, func(part *mention) bool { return x.isOfClass(part) })
}

// within tells whether a section goes on with what a heading began: it stands below
// the heading, or below the part that the heading belongs to.
func (n *narrative) within(section, heading int) bool {
	part := n.sections[heading].parent
	for at := section; at >= 0; at = n.sections[at].parent {
		if at == heading || at == part {
			return true
		}
	}
	return part < 0
}

// isOfClass: the amount is that of a class, by its mark or by its name alone.
func (x *Index) isOfClass(m *mention) bool {
	if !x.speaksOfSpending(m.section) || m.subject == "基本支出" || m.subject == "项目支出" {
		return false
	}
	if words := pathOf(m.lead); words.class != "" && words.subclass == "" && words.item == "" {
		return true
	}
	return !m.ofItem && strings.HasSuffix(m.subject, "支出") && len(x.rowsOf(functionPath{class: m.subject})) > 0
}

// speaksOfSpending: the section tells of spending by function, and of the publisher's own.
func (x *Index) speaksOfSpending(section int) bool {
	switch x.Batch.Sections[section].Kind {
	case "expenditure_note", "other":
		return !x.isOfUnit(&x.prose().mentions[x.prose().sections[section].first])
	}
	return false
}

// functionPath is an item of a classification as prose names it.
type functionPath struct {
	class, subclass, item string // 类, 款, 项
	code                  string
	rest                  string // what stands between it and the number
}

// name is that of the lowest level.
func (p *functionPath) name() string {
	switch {
	case p.item != "":
		return p.item
	case p.subclass != "":
		return p.subclass
	}
	return p.class
}

// levelMarks are printed behind a name.
var levelMarks = [...][2]string{{"（类）", "(类)"}, {"（款）", "(款)"}, {"（项）", "(项)"}}

// pathOf reads the last item that a text names.
func pathOf(text string) functionPath {
	if strings.ContainsAny(text, "()") {
		text = strings.NewReplacer("(", "（", ")", "）").Replace(text)
	}
	var p functionPath
	names := [...]*string{&p.class, &p.subclass, &p.item}
	end := 0
	for level, marks := range levelMarks {
		i := strings.LastIndex(text, marks[0])
		if i < end && i >= 0 || i < 0 {
			continue
		}
		*names[level] = nameBefore(text[end:i])
		end = i + len(marks[0])
	}
	if end > 0 {
		p.rest = text[end:]
		return p
	}
	if i := strings.LastIndex(text, "”科目"); i >= 0 {
		return functionPath{class: nameBefore(text[:i]), rest: text[i+len("”科目"):]}
	}
	return codedPath(text)
}

// nameBefore is the name at the end of a text, behind list numbers and quotes.
func nameBefore(text string) string {
	if i := strings.LastIndexAny(text, "，；：。、“”（）.．-—"); i >= 0 {
		text = text[i:]
		text = strings.TrimLeft(text, "，；：。、“”（）.．-—")
	}
	return strings.TrimLeft(text, "0123456789")
}

// codedPath reads 2010301-行政运行 and 行政运行（2010601）.
func codedPath(text string) functionPath {
	for end := len(text); end > 0; {
		last := strings.LastIndexAny(text[:end], "0123456789")
		if last < 0 {
			break
		}
		first := last
		for first > 0 && text[first-1] >= '0' && text[first-1] <= '9' {
			first--
		}
		code, rest := text[first:last+1], text[last+1:]
		if name, ok := strings.CutPrefix(rest, "-"); ok && len(code) == 7 {
			return functionPath{code: code, item: name}
		}
		if rest, ok := strings.CutPrefix(rest, "）"); ok && (len(code) == 7 || len(code) == 5 || len(code) == 3) && strings.HasSuffix(text[:first], "（") {
			return functionPath{code: code, rest: rest}
		}
		end = first
	}
	return functionPath{}
}

// speaksOf tells whether a number is the amount of the item that was named:
// only filling words stand between them, or begin the clause of a later sentence.
func (p *functionPath) speaksOf(m *mention, executed bool) bool {
	if p.name() == "" && p.code == "" {
		return false
	}
	if executed && (m.Text.Measure != "final" || strings.Contains(m.clause, "预算")) {
		return false // the tables of final accounts print no budget
	}
	if containsAny(m.lead, "原因", "由于", "包括", "其中", "用于") && p.rest == "" {
		return false
	}
	switch strings.TrimPrefix(m.subject, "支出") {
	case "", "财政拨款":
		return true
	}
	return p.code != "" && m.subject == coreOf(p.item, "")
}

// compareItem holds an amount against the rows of the item in all statements.
func (x *Index) compareItem(results *Results, m *mention, p functionPath) {
	places := x.rowsOf(p)
	if len(places) == 0 {
		return // an item that no table lists: its name may be wrong, or a word of the text
	}
	results.compareWith(m, places, "正文“"+p.name()+p.code+"”与支出表一致", "an item in the text and in the tables")
}

// rowPlace is a row of a table, by its position.
type rowPlace struct{ table, row int }

// rowsOf collects what the rows of an item print.
func (x *Index) rowsOf(p functionPath) witnesses {
	rows := x.prose().spendingRows(x)
	key := p.code
	if key == "" {
		key = p.name()
	}
	var found witnesses
	for _, at := range rows[key] {
		t := &x.Tables[at.table]
		if !t.isItem(at.row, p) {
			continue
		}
		for c := range t.Columns {
			if t.Columns[c].isOfYear() && t.Columns[c].Side == t.Rows[at.row].Side {
				found.add(t, at.row, c)
			}
		}
	}
	return found
}

// spendingRows finds the rows of spending statements by code and by name, a class
// also by its name without 支出; made when a rule first asks.
func (n *narrative) spendingRows(x *Index) map[string][]rowPlace {
	if n.rows != nil {
		return n.rows
	}
	n.rows = map[string][]rowPlace{}
	for i := range x.Tables {
		t := &x.Tables[i]
		if !isSpendingStatement(t.Statement) {
			continue
		}
		for r := range t.Rows {
			row := &t.Rows[r]
			if row.Code == "" {
				continue
			}
			at := rowPlace{i, r}
			name := rowName(row.Name)
			n.rows[row.Code] = append(n.rows[row.Code], at)
			n.rows[name] = append(n.rows[name], at)
			if short, ok := strings.CutSuffix(name, "支出"); ok && len(row.Code) == 3 {
				n.rows[short] = append(n.rows[short], at)
			}
		}
	}
	return n.rows
}

func isSpendingStatement(id string) bool {
	return containsAny(id, "expenditure", "dept_income", "gpb_by_economic", "gpb_basic", "final_gpb", "final_income", "gov_fund", "state_capital")
}

// isItem tells whether a row is the item: by its code, or by its name and those above it.
func (t *Table) isItem(r int, p functionPath) bool {
	row := &t.Rows[r]
	if p.code != "" {
		return row.Code == p.code
	}
	name := rowName(row.Name)
	switch {
	case p.item != "":
		return len(row.Code) == 7 && name == p.item && t.isUnder(r, p.subclass)
	case p.subclass != "":
		return len(row.Code) == 5 && name == p.subclass
	}
	return len(row.Code) == 3 && (name == p.class || name == p.class+"支出")
}

// isUnder: the row of the subclass, where the table has one, bears the name.
func (t *Table) isUnder(r int, subclass string) bool {
	if subclass == "" {
		return true
	}
	code := t.Rows[r].Code[:5]
	for above := r - 1; above >= 0; above-- {
		if t.Rows[above].Code == code {
			return rowName(t.Rows[above].Name) == subclass
		}
	}
	return true
}

// rowName is a label without its numeral: 一、一般公共服务支出.
func rowName(name string) string {
	if i := strings.Index(name, "、"); i >= 0 && i <= len("二十二") {
		return name[i+len("、"):]
	}
	return name
}
