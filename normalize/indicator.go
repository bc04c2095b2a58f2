package normalize

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Indicators stand in rows under 一级指标 | 二级指标 | 三级指标 | 指标值, in a form of
// one project or in a table of many. The kinds on the left are merged over
// their indicators, or printed once and left blank below; at a page end they
// go on.

// indicatorColumns are where the parts of an indicator stand; -1 where they do not.
type indicatorColumns struct {
	level1, level2, name, description, operator, value, unit, basis, actual, score int
	project, budget, goal                                                          int // of a table of many projects
}

// indicatorReader follows the rows of a table and of those it goes on in.
type indicatorReader struct {
	columns        indicatorColumns
	width          int    // columns of the grid they were found in; a page end may lose empty ones
	level1, level2 string // of the row above
	about          formSubject
}

// formSubject is what a form is about.
type formSubject struct {
	code, name, goal string
	budget           decimal.NullDecimal
}

// findIndicatorColumns reads a row of headings; ok is false when it is none.
func findIndicatorColumns(s *sheet, row int) (p indicatorColumns, ok bool) {
	p = indicatorColumns{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}
	if !headsTargets(s, row) {
		return p, false
	}
	block := -1 // 绩效指标 | 一级指标 | 二级指标 | 三级指标: the first heads them all, or is the name where there is no other
	for c := 0; c < s.columns; c++ {
		if int(s.at(row, c).owner)%s.columns != c {
			continue
		}
		head := narrowed(s.shown(row, c).text)
		if at := p.place(head); at != nil && *at < 0 {
			*at = c
		} else if head == "绩效指标" && block < 0 {
			block = c
		}
	}
	if p.name < 0 {
		p.name = block
	}
	return p, p.name >= 0 && p.value >= 0
}

// headsTargets tells rows that may head a column of targets; most rows do not,
// and need no closer look.
func headsTargets(s *sheet, row int) bool {
	for c := 0; c < s.columns; c++ {
		if cell := s.shown(row, c); cell.state == text && (strings.Contains(cell.text, "指标值") || strings.Contains(cell.text, "目标值")) {
			return true
		}
	}
	return false
}

// place is the part that a heading belongs to, nil when it belongs to none.
func (p *indicatorColumns) place(head string) *int {
	switch {
	case head == "一级指标":
		return &p.level1
	case head == "二级指标":
		return &p.level2
	case containsAny(head, "三级指标", "指标名称"), head == "指标内容", head == "具体指标":
		return &p.name
	case containsAny(head, "性质", "值类型", "方向", "运算符", "指标符号", "计算符号"):
		return &p.operator
	case containsAny(head, "度量单位", "计量单位", "指标单位"), head == "单位":
		return &p.unit
	case strings.Contains(head, "依据"):
		return &p.basis
	case containsAny(head, "描述", "解释", "指标说明", "指标值内容"):
		return &p.description
	case containsAny(head, "实际完成", "完成值", "实际值", "完成情况"):
		return &p.actual
	case strings.Contains(head, "得分"):
		return &p.score
	case containsAny(head, "指标值", "目标值"):
		return &p.value
	case strings.HasPrefix(head, "项目名称"), hasAnySuffix(head, "(项目)名称", "(专项)名称", "、项目名称"):
		return &p.project
	case containsAny(head, "项目总额", "预算金额", "资金总额"):
		return &p.budget
	case hasAnySuffix(head, "绩效目标"), head == "活动":
		return &p.goal
	}
	return nil
}

// writeIndicators appends the indicators of a form or a table.
func (w *tableWriter) writeIndicators() {
	s, written := w.t.sheet, len(w.batch.Indicators)
	starts := []int{0}
	if w.t.form {
		starts = formStarts(s)
	}
	reader := w.continuedIndicators()
	for r, next := 0, 0; r < s.rows; r++ {
		if next < len(starts) && r == starts[next] {
			if r > 0 {
				reader = nil
			}
			next++
		}
		if columns, ok := findIndicatorColumns(s, r); ok {
			end := s.rows
			if next < len(starts) {
				end = starts[next]
			}
			reader = w.beginIndicators(reader, columns, starts[max(0, next-1)], end)
			continue
		}
		if reader != nil && !isColumnNumbers(s, r) {
			w.writeIndicatorRow(reader, r)
		}
	}
	w.indicators = reader
	w.writeListedIndicators()
	if reader == nil && len(w.batch.Indicators) == written {
		w.writeGoals()
	}
}

const yearTarget = "年度指标值"

// writeListedIndicators reads cells that hold all indicators of their project:
// 1、1-产出指标；11-数量指标；会议次数；实施周期指标值:≥3次；年度指标值:≥3次。2、…
func (w *tableWriter) writeListedIndicators() {
	s := w.t.sheet
	if !isTargetStatement(w.t.match.ID) || w.t.form {
		return
	}
	columns := w.findGoalColumns()
	for r := w.t.header.rows; r < s.rows; r++ {
		about := w.subjectAt(r, columns)
		for c := 0; c < s.columns; c++ {
			if list := s.at(r, c).text; strings.Contains(list, yearTarget) {
				w.writeIndicatorList(&indicatorReader{about: about}, r, c, list)
			}
		}
	}
}

// goalColumns are where a table of many projects names them, their budgets and
// their goals; -1 where it does not.
type goalColumns struct{ project, budget, goal int }

func (w *tableWriter) findGoalColumns() goalColumns {
	found := goalColumns{-1, -1, -1}
	for c := range w.t.columns {
		switch col := &w.t.columns[c]; {
		case found.goal < 0 && strings.HasSuffix(col.leaf, "绩效目标"):
			found.goal = c
		case found.project < 0 && (strings.HasPrefix(col.leaf, "项目") || strings.HasSuffix(col.leaf, "项目名称")):
			found.project = c
		case found.budget < 0 && col.role == roleAmount:
			found.budget = c
		}
	}
	return found
}

// subjectAt is the project of a row.
func (w *tableWriter) subjectAt(r int, columns goalColumns) formSubject {
	about := formSubject{name: w.textAt(r, columns.project), budget: w.yuanAt(r, columns.budget), goal: w.textAt(r, columns.goal)}
	if projectCode(about.name) > 0 {
		about.code, about.name, _ = splitGlued(about.name)
	}
	return about
}

// writeGoals appends the goals of a table that sets projects goals in words and
// no indicators: 项目名称 | 预算数 | 绩效目标.
func (w *tableWriter) writeGoals() {
	s := w.t.sheet
	if !isTargetStatement(w.t.match.ID) || w.t.form {
		return
	}
	columns := w.findGoalColumns()
	if columns.project < 0 || columns.goal < 0 {
		return
	}
	for r := w.t.header.rows; r < s.rows; r++ {
		about := w.subjectAt(r, columns)
		repeated := s.fromAbove(r, columns.project) && s.fromAbove(r, columns.goal)
		if repeated || about.name == "" || s.shown(r, columns.goal).state != text || isTotalLabel(about.name) {
			continue
		}
		w.newIndicator(&indicatorReader{about: about}, r, columns.goal).setTarget("", "", "")
	}
}

func (w *tableWriter) writeIndicatorList(reader *indicatorReader, r, c int, list string) {
	for n := 1; ; n++ {
		i := strings.Index(list, yearTarget)
		if i < 0 {
			return
		}
		fields := strings.Split(list[:i], "；")
		printed := strings.TrimLeft(list[i+len(yearTarget):], ":：")
		list = ""
		if next := strings.Index(printed, "。"+strconv.Itoa(n+1)+"、"); next >= 0 {
			printed, list = printed[:next], printed[next+len("。"):]
		}
		const parts = 3 // kinds of two levels and the name
		if len(fields) < parts {
			continue
		}
		row := w.newIndicator(reader, r, c)
		row.ID += "n" + strconv.Itoa(n)
		row.Level1Raw, row.Level2Raw, row.Name = afterNumber(fields[0]), afterNumber(fields[1]), fields[2]
		row.setTarget(strings.TrimRight(printed, "。；"), "", "")
	}
}

// afterNumber drops the number of a kind: 产出指标 of 1、1-产出指标.
func afterNumber(kind string) string { return kind[strings.LastIndex(kind, "-")+1:] }

// continuedIndicators is the reader of the table before when this one goes on from it.
func (w *tableWriter) continuedIndicators() *indicatorReader {
	before := w.indicators
	if before == nil || before.columns.value >= w.t.sheet.columns || !isTargetStatement(w.t.match.ID) || w.t.sheet.rows == 0 || beginsForm(w.t.sheet, 0) {
		return nil
	}
	for r := w.t.header.titles; r < w.t.sheet.rows; r++ {
		if w.t.sheet.emptyRow(r) {
			continue
		}
		kind := w.textAt(r, before.columns.level1)
		if kind != "" && levelOne(kind) == "" || kind == "" && before.width != w.t.sheet.columns {
			return nil // what stands there is no kind of indicator
		}
		break
	}
	return before
}

// beginIndicators starts below a row of headings; a repeated one changes nothing.
func (w *tableWriter) beginIndicators(before *indicatorReader, columns indicatorColumns, start, end int) *indicatorReader {
	if before != nil {
		before.columns = columns
		return before
	}
	reader := &indicatorReader{columns: columns, width: w.t.sheet.columns}
	if w.t.form {
		reader.about = w.subjectOf(start, end)
	}
	return reader
}

// subjectOf is the project that a form is about, and its budget.
func (w *tableWriter) subjectOf(start, end int) formSubject {
	title := ""
	if start == 0 {
		title = printedTitle(w.t)
	}
	var about formSubject
	about.code, about.name = formProject(w.t.sheet, start, end, title)
	for i := range w.t.formCells {
		f := &w.t.formCells[i]
		if f.row < start || f.row >= end || !containsAny(joinPath(f.path), "预算数", "资金总额", "总额", "预算金额", "预算资金", "预算规模") {
			continue
		}
		cell := w.t.sheet.at(f.row, f.column)
		u := f.unit
		if cell.amount.unit != 0 {
			u = cell.amount.unit
		}
		if u == 0 {
			u = w.t.unit
		}
		if cell.state == number && u != 0 {
			value, _ := toYuan(&cell.amount, u)
			about.budget = decimal.NewNullDecimal(value)
			break
		}
	}
	return about
}

// writeIndicatorRow appends the indicator of one row, if it has one.
func (w *tableWriter) writeIndicatorRow(reader *indicatorReader, r int) {
	s, p := w.t.sheet, &reader.columns
	if p.project >= 0 && !w.t.form {
		reader.followProject(w, r)
	}
	reader.followLevels(w, r)
	name, printed := w.textAt(r, p.name), s.shown(r, p.value)
	if name == "" || s.fromAbove(r, p.name) || printed.text == "" || isTotalLabel(name) || p.level1 >= 0 && s.at(r, p.level1).owner == s.at(r, p.name).owner {
		return // the last: 总分 over all columns
	}
	if first := s.shown(r, 0).text; p.level1 > 0 && isFormLabel(first) && !strings.Contains(first, "指标") && !s.fromAbove(r, 0) && p.project != 0 {
		return // the form goes on with something else
	}
	row := w.newIndicator(reader, r, p.value)
	row.Level1Raw, row.Level2Raw, row.Name = reader.level1, reader.level2, name
	if p.level1 < 0 {
		row.Level1Raw, row.Level2Raw, row.Name = splitLevels(name)
	}
	if p.project < 0 && p.goal >= 0 {
		row.GoalText = w.textAt(r, p.goal)
	}
	row.Description, row.Basis = w.textAt(r, p.description), w.textAt(r, p.basis)
	row.ActualValue, row.Score = w.measureAt(r, p.actual), w.measureAt(r, p.score)
	row.setTarget(printed.text, w.textAt(r, p.operator), w.textAt(r, p.unit))
	if row.TargetValue.Valid && row.TargetUnit == "" {
		row.TargetUnit = unitInBrackets(name) // 印刷合格率（%）
	}
}

// splitLevels takes the kinds off a cell that holds all three levels:
// 产出指标 数量指标 评审报告数量.
func splitLevels(whole string) (level1, level2, name string) {
	level1, name = cutKind(whole, func(kind string) bool { return levelOne(kind) != "" })
	if level1 == "" {
		return "", "", whole
	}
	level2, name = cutKind(name, func(kind string) bool { return levelTwo(kind) != "" })
	if name == "" {
		name = level2
	}
	return level1, level2, name
}

// maxKindBytes: the longest kind is 服务对象满意度指标.
const maxKindBytes = len("服务对象满意度指标")

// cutKind takes …指标 off the front of a text when it names a kind.
func cutKind(text string, known func(string) bool) (kind, rest string) {
	i := strings.Index(text, "指标")
	if i < 0 || i+len("指标") > maxKindBytes || !known(text[:i]) {
		return "", text
	}
	return text[:i+len("指标")], text[i+len("指标"):]
}

// measureAt is a number with or without its unit: 95%, 3场.
func (w *tableWriter) measureAt(r, c int) decimal.NullDecimal {
	return parseTarget(w.textAt(r, c), "", "").value
}

// followProject takes over the project a row of a table belongs to.
func (reader *indicatorReader) followProject(w *tableWriter, r int) {
	p := &reader.columns
	about := w.subjectAt(r, goalColumns{p.project, p.budget, p.goal})
	if about.name != "" && (about.name != reader.about.name || about.code != reader.about.code) {
		reader.about = about
		reader.level1, reader.level2 = "", ""
	}
}

// followLevels fills the kinds of indicators down.
func (reader *indicatorReader) followLevels(w *tableWriter, r int) {
	if printed := w.textAt(r, reader.columns.level1); printed != "" && printed != reader.level1 {
		reader.level1, reader.level2 = printed, ""
	}
	if printed := w.textAt(r, reader.columns.level2); printed != "" {
		reader.level2 = printed
	}
}

// newIndicator appends an indicator whose target stands in a cell; the pointer
// is good until the next one.
func (w *tableWriter) newIndicator(reader *indicatorReader, r, c int) *Indicator {
	owner := int(w.t.sheet.at(r, c).owner)
	cell := &w.batch.Cells[w.cellAt[owner]]
	row := Indicator{
		ID: cell.ID + "#i" + strconv.Itoa(r), DocumentID: w.table.DocumentID, TableID: w.table.ID, CellID: cell.ID, Scope: "project",
		ProjectCode: reader.about.code, ProjectName: reader.about.name, ProjectBudget: reader.about.budget, GoalText: reader.about.goal,
		Page: cell.Page, Box: cell.Box,
	}
	if w.t.match.ID == "performance_overall" {
		row.Scope, row.ProjectName, row.ProjectCode = "department", "", ""
	}
	w.batch.Indicators = append(w.batch.Indicators, row)
	return &w.batch.Indicators[len(w.batch.Indicators)-1]
}

// setTarget reads the target and the meaning of the kinds.
func (i *Indicator) setTarget(printed, operator, unit string) {
	t := parseTarget(printed, operator, unit)
	i.Operator, i.TargetValue, i.TargetUnit, i.TargetRaw, i.TargetText = t.operator, t.value, t.unit, printed, t.words
	i.Level1, i.Level2 = levelOne(i.Level1Raw), levelTwo(i.Level2Raw)
}
