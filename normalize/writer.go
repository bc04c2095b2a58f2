package normalize

import (
	"slices"
	"strconv"
	"strings"

	"gongkai/extract"
	"gongkai/extract/layout"
	"gongkai/normalize/codebook"
	"gongkai/normalize/statement"

	"github.com/shopspring/decimal"
)

// tableWriter turns one reading into cells and lines.
type tableWriter struct {
	*assembly
	t          *reading
	table      *Table
	ids        idMaker
	first      int      // index of the table's first cell in batch.Cells
	labels     []string // slab for the label paths of rows without a code
	cellAt     []int32  // grid position → index in batch.Cells, -1 where covered
	paths      []string // column → joined path
	directions []string // column → revenue, expenditure or empty
	dimensions []dimensions
	twins      []int32 // column → the column it is one with
	reportedBy string
	code, name string // agency of the lines
	division   string
	unitless   int  // amounts without a unit
	counted    bool // a column of its own counts things, whatever a row's label names
}

func newTableWriter(a *assembly, t *reading, table *Table) *tableWriter {
	w := &tableWriter{assembly: a, t: t, table: table, ids: newIDMaker(table.ID, t.sheet), first: len(a.batch.Cells)}
	w.code, w.name = t.code, t.name
	if w.name == "" || w.name == a.profile.name {
		w.name = a.profile.name
		if w.code == "" {
			w.code = a.profile.code
		}
	}
	if a.profile.hasPlace {
		w.division = a.profile.division.Code
	}
	w.paths = make([]string, len(t.columns))
	w.directions = make([]string, len(t.columns))
	w.dimensions = make([]dimensions, len(t.columns))
	w.twins = twinColumns(t)
	w.counted = slices.ContainsFunc(t.columns, func(c column) bool { return c.role == roleQuantity })
	w.reportedBy = reportingLevel(t.match.ID, a.profile.kind)
	for i := range t.blocks {
		b := &t.blocks[i]
		for _, c := range b.columns {
			w.paths[c] = joinPath(t.columns[c].path)
			w.directions[c] = direction(t.match.ID, t.columns[c].path, b)
			w.dimensions[c] = readDimensions(t.match.ID, table.Title, t.columns[c].path, a.profile.year, a.phase)
		}
	}
	return w
}

// twinColumns gives for each column of the grid the column it is one with: a page
// that draws its rulings a little off parts a printed column in two, which share
// their head and are never filled both.
func twinColumns(t *reading) []int32 {
	twins := make([]int32, t.sheet.columns)
	last := t.header.lastHeading()
	for c := range twins {
		twins[c] = int32(c)
		if c > 0 && last >= 0 && !t.form && t.columns[c].role == roleAmount && t.columns[c-1].role == roleAmount &&
			t.sheet.at(last, c).owner == t.sheet.at(last, c-1).owner && t.neverBoth(c-1, c) {
			twins[c] = twins[c-1]
		}
	}
	return twins
}

// neverBoth tells whether no row fills two columns.
func (t *reading) neverBoth(a, b int) bool {
	for r := t.header.rows; r < t.sheet.rows; r++ {
		if t.sheet.at(r, a).state != blank && t.sheet.at(r, b).state != blank {
			return false
		}
	}
	return true
}

func joinPath(path []string) string {
	switch len(path) {
	case 0:
		return ""
	case 1:
		return path[0]
	}
	n := len(path) - 1
	for _, p := range path {
		n += len(p)
	}
	b := make([]byte, 0, n)
	for i, p := range path {
		if i > 0 {
			b = append(b, '/')
		}
		b = append(b, p...)
	}
	return string(b)
}

// idMaker cuts the ids of a table's cells, #t03r7c4, from one text.
type idMaker struct {
	text string
	ends []int32
}

// newIDMaker writes the ids of all printed cells of a sheet, row by row.
func newIDMaker(table string, s *sheet) idMaker {
	const digits = 8 // r, c and the numbers of most tables
	buffer := make([]byte, 0, s.anchors*(len(table)+digits))
	ends := make([]int32, 0, s.anchors)
	for r, row := range s.table.Grid {
		for c := range row {
			if row[c].Covered {
				continue
			}
			buffer = append(buffer, table...)
			buffer = append(buffer, 'r')
			buffer = strconv.AppendInt(buffer, int64(r), 10)
			buffer = append(buffer, 'c')
			buffer = strconv.AppendInt(buffer, int64(c), 10)
			ends = append(ends, int32(len(buffer)))
		}
	}
	return idMaker{string(buffer), ends}
}

// id is that of the n-th printed cell.
func (m *idMaker) id(n int) string {
	if n == 0 {
		return m.text[:m.ends[0]]
	}
	return m.text[m.ends[n-1]:m.ends[n]]
}

// blockDirection is the direction of a block's amounts.
func (w *tableWriter) blockDirection(b *block) string {
	if len(b.columns) == 0 {
		return ""
	}
	return w.directions[b.columns[0]]
}

// writeCells appends every printed cell of the grid.
func (w *tableWriter) writeCells() {
	s := w.t.sheet
	w.cellAt = make([]int32, len(s.cells))
	for r := 0; r < s.rows; r++ {
		for c := 0; c < s.columns; c++ {
			at := r*s.columns + c
			w.cellAt[at] = -1
			if c >= len(s.table.Grid[r]) || s.table.Grid[r][c].Covered {
				continue
			}
			w.cellAt[at] = int32(len(w.batch.Cells))
			w.writeCell(r, c)
		}
	}
}

func (w *tableWriter) writeCell(r, c int) {
	s := w.t.sheet
	source := &s.table.Grid[r][c]
	cell := s.at(r, c)
	w.batch.Cells = append(w.batch.Cells, Cell{
		ID: w.ids.id(len(w.batch.Cells) - w.first), TableID: w.table.ID, DocumentID: w.table.DocumentID,
		Row: r, Column: c, RowSpan: max(1, source.RowSpan), ColumnSpan: max(1, source.ColSpan),
		Role: w.roleOf(r, c), TextRaw: source.Text, TextNorm: narrowed(cell.text),
		ValueState: cell.state.String(), Glyphs: source.Glyphs, Flags: w.flagNames(source.Flags),
	})
	row := &w.batch.Cells[len(w.batch.Cells)-1]
	row.Page, row.Box = placeOf(source)
	if cell.state == number && w.holdsValue(r, c) {
		row.Value = decimal.NullDecimal{Decimal: cell.amount.decimal(), Valid: true}
	}
	if r >= w.t.header.rows && c < len(w.t.columns) {
		row.HeaderPath = w.t.columns[c].path
		if w.t.columns[c].role == roleAmount {
			_, row.UnitRaw = w.unitOf(cell, c, "")
		}
	}
}

// holdsValue: codes and ordinals are numbers in print, but no values.
func (w *tableWriter) holdsValue(r, c int) bool {
	if w.t.form {
		return true
	}
	if r < w.t.header.rows {
		return false
	}
	switch w.t.columns[c].role {
	case roleAmount, roleQuantity, rolePercent, roleText:
		return true
	}
	return false
}

func placeOf(cell *extract.Cell) (int, layout.Box) {
	if len(cell.Places) == 0 {
		return 0, layout.Box{}
	}
	return cell.Places[0].Page, cell.Places[0].Box
}

// roleOf is the role of a cell in the audit layer.
func (w *tableWriter) roleOf(r, c int) string {
	h := &w.t.header
	switch {
	case r < h.titles:
		return "title"
	case r < h.rows && h.number[r]:
		return "colno"
	case r < h.rows:
		return "header"
	case w.t.form:
		if w.t.sheet.at(r, c).state == number {
			return "data"
		}
		return "stub"
	case w.t.sheet.at(r, c).state == text && isNote(w.t.sheet.at(r, c).text):
		return "note"
	}
	switch w.t.columns[c].role {
	case roleName, roleCode, roleOrdinal:
		return "stub"
	}
	return "data"
}

var flagWords = [...]struct {
	flag layout.CellFlags
	name string
}{
	{layout.WrappedJoined, "wrapped_joined"}, {layout.CellRadicalMapped, "radical_mapped"},
	{layout.DedupedBold, "deduped_bold"}, {layout.CellUnmapped, "unmapped"}, {layout.Clipped, "clipped"},
}

func (a *assembly) flagNames(flags layout.CellFlags) []string {
	if flags == 0 {
		return nil
	}
	if names, ok := a.flags[flags]; ok {
		return names
	}
	var names []string
	for _, f := range flagWords {
		if flags&f.flag != 0 {
			names = append(names, f.name)
		}
	}
	a.flags[flags] = names
	return names
}

// writeRows appends the lines row by row, side by side.
func (w *tableWriter) writeRows() {
	readers, section := w.startLabels()
	balance := isBalance(w.t.match.ID)
	sectioned := len(w.t.blocks) == 1 && !w.labelsAgencies(&w.t.blocks[0])
	for r := w.t.header.rows; r < w.t.sheet.rows; r++ {
		for i := range w.t.blocks {
			label := readers[i].read(r)
			if isNote(label.name) {
				continue
			}
			opens := sectioned && section.follow(&label)
			w.explainCode(&label, &w.t.blocks[i], opens)
			w.reportCode(r, max(0, labelColumn(&w.t.blocks[i])), &label)
			w.classify(&label, readers[i], opens)
			label.project = w.projectOf(r, &w.t.blocks[i], &label, opens)
			first := len(w.batch.Lines)
			w.writeBlockRow(r, &w.t.blocks[i], &label)
			if label.name != "" || label.code != "" {
				readers[i].tree.note(&label, opens, balance, first, len(w.batch.Lines))
			}
		}
	}
	for i, reader := range readers {
		if i > 0 && w.t.before == nil && !balance {
			reader.tree.open = append(reader.tree.open, readers[i-1].tree.open...)
		}
		w.arrange(&reader.tree)
	}
}

// classify gives a row its code in the classification of the block, which is
// the printed one or, where none is printed, follows from its name.
func (w *tableWriter) classify(label *rowLabel, reader *labelReader, opens bool) {
	switch {
	case opens:
		reader.class = ""
	case label.code == "":
		scheme := classScheme(w.t.match.ID, w.blockDirection(reader.block))
		if label.class = w.inferCode(scheme, reader.class, label); label.class != "" {
			label.scheme, label.status = scheme, inferredStatus
			reader.class = label.class
		}
	case label.scheme != "":
		label.class, reader.class = label.code, label.code
	}
}

// startLabels makes the readers of the row labels; those of a table that goes
// on from another remember its last row.
func (w *tableWriter) startLabels() ([]*labelReader, *sections) {
	w.t.labels = make([]*labelReader, len(w.t.blocks))
	w.t.section = sections{list: w.agencies}
	for i := range w.t.blocks {
		w.t.labels[i] = newLabelReader(w.t.sheet, &w.t.blocks[i])
		w.t.labels[i].known = w.agencies
		w.t.labels[i].tree.ofProjects = isProjectStatement(w.t.match.ID)
		w.t.labels[i].tree.ofAgencies = w.labelsAgencies(&w.t.blocks[i])
	}
	if before := w.t.before; before != nil && len(before.labels) == len(w.t.labels) {
		w.t.section.current = before.section.current
		for i, from := range before.labels {
			w.t.labels[i].agency, w.t.labels[i].class = from.agency, from.class
			w.t.labels[i].tree.open = append(w.t.labels[i].tree.open, from.tree.open...)
			copy(w.t.labels[i].above, from.above)
		}
	}
	return w.t.labels, &w.t.section
}

// labelsAgencies tells whether every row of a block is an agency.
func (w *tableWriter) labelsAgencies(b *block) bool {
	return b.name >= 0 && isAgencyHeader(w.t.columns[b.name].leaf)
}

// labelColumn is where a block's code stands: its code column or its names.
func labelColumn(b *block) int {
	if len(b.codes) > 0 {
		return b.codes[0]
	}
	return b.name
}

// explainCode resolves the printed code in the classification of its column.
// A row that opens the section of an agency bears the agency's code.
func (w *tableWriter) explainCode(label *rowLabel, b *block, opensSection bool) {
	label.status = statusNone
	if label.code == "" || opensSection {
		if label.name != "" {
			label.path = w.oneLabel(label.name)
		}
		return
	}
	header := ""
	if len(b.codes) > 0 {
		header = joinPath(w.t.columns[b.codes[0]].path)
	}
	label.scheme = schemeOf(label.code, header, w.t.match.ID)
	if label.scheme == "" || w.book == nil {
		label.path = w.oneLabel(label.code)
		return
	}
	name := ""
	if b.paired {
		name = withoutListNumber(label.name)
	}
	label.meaning = w.meaningOf(label.scheme, label.code, name)
	label.path = label.meaning.path
	label.status = string(label.meaning.resolution.Status)
}

// oneLabel is a path of one label.
func (w *tableWriter) oneLabel(label string) []string {
	if len(w.labels) == cap(w.labels) {
		w.labels = make([]string, 0, len(w.t.blocks)*w.t.sheet.rows)
	}
	w.labels = append(w.labels, label)
	n := len(w.labels)
	return w.labels[n-1 : n : n]
}

func (a *assembly) meaningOf(scheme, code, name string) *codeMeaning {
	key := codeKey{scheme, code, name}
	if m := a.codes[key]; m != nil {
		return m
	}
	m := &codeMeaning{a.book.Resolve(scheme, code, name, a.profile.year), codePath(code)}
	a.codes[key] = m
	return m
}

// codePath gives the parents of a code and the code: 206, 20607, 2060702.
func codePath(code string) []string {
	if !isClassCode(code) {
		return []string{code}
	}
	path := make([]string, 0, 5)
	for n := 3; n <= len(code); n += 2 {
		path = append(path, code[:n])
	}
	return path
}

// writeBlockRow appends the amounts of one row of one block.
func (w *tableWriter) writeBlockRow(r int, b *block, label *rowLabel) {
	for c := b.first; c <= b.last; c++ {
		at := w.cellAt[r*w.t.sheet.columns+c]
		if at < 0 {
			continue
		}
		cell := &w.batch.Cells[at]
		switch w.t.columns[c].role {
		case roleAmount, roleQuantity, rolePercent, roleText:
			cell.RowLabelPath = label.path
			if label.total && cell.Role == "data" {
				cell.Role = "total"
			}
		}
		if w.t.columns[c].role != roleAmount {
			continue
		}
		if w.isMoney(r, c, label) {
			w.writeLine(r, c, b, label)
		} else if w.t.sheet.at(r, c).state == text {
			w.reportText(r, c)
		}
	}
}

// isMoney leaves out what stands in an amount column without being money:
// texts, percentages, counts named by their row, and cells of empty rows.
func (w *tableWriter) isMoney(r, c int, label *rowLabel) bool {
	s := w.t.sheet
	cell := s.at(r, c)
	switch cell.state {
	case text, percent:
		return false
	case blank, dash:
		if label.name == "" && label.code == "" && w.blankRow(r) {
			return false
		}
	case number, unparsed:
		if w.isTarget(r, c) || isShareLabel(label.name) {
			return false
		}
	}
	return !label.counts && !w.countsEquipment(label.name) || w.counted || containsAny(w.t.columns[c].leaf, "金额", "价值", "元")
}

// countsEquipment: the statement of an agency's operation numbers its cars by use
// and its equipment by price, 机要通信用车 and 单价100万元（含）以上设备, without saying 辆 or 台.
func (w *tableWriter) countsEquipment(name string) bool {
	return w.t.match.ID == "final_institution_ops" && (strings.HasSuffix(strings.TrimRight(name, ")）"), "用车") && !strings.Contains(name, "公务用车") ||
		strings.Contains(name, "领导干部用车") || strings.Contains(name, "设备") && strings.Contains(name, "以上"))
}

// withoutListNumber drops what numbers a row within its list: (6), 一、, 2.
func withoutListNumber(name string) string {
	if _, size := listMark(name); size < len(name) {
		return name[size:]
	}
	return name
}

// isTarget tells whether a number stands to the right of the kind of an
// indicator (产出指标, 数量指标): it is the value aimed at, whatever its unit.
func (w *tableWriter) isTarget(r, c int) bool {
	if !isTargetStatement(w.t.match.ID) {
		return false
	}
	for c--; c >= 0; c-- {
		if cell := w.t.sheet.shown(r, c); cell.state == text && (hasAnySuffix(cell.text, "指标") || containsAny(cell.text, "产出指标", "效益指标", "满意度指标", "成本指标")) {
			return true
		}
	}
	return false
}

// blankRow tells whether no amount is printed in the row at all.
func (w *tableWriter) blankRow(r int) bool {
	for c := range w.t.columns {
		if st := w.t.sheet.at(r, c).state; w.t.columns[c].role == roleAmount && (st == number || st == unparsed) {
			return false
		}
	}
	return true
}

// isCountLabel tells rows that count things: 公务用车保有量（辆）, 国内公务接待批次（个）.
func isCountLabel(name string) bool {
	if !strings.ContainsAny(name, "(（数量") {
		return false
	}
	n := narrowed(name)
	return containsAny(n, "(辆)", "(台)", "(个)", "(人)", "(批)", "(人次)", "(批次)", "(套)", "(平方米)", "(台、辆)", "(台,套)", "(次)", "(人、次)", "(台/辆)", "(台、套)", "(台套)", "(台、套、辆)", "(户)", "(家)", "(间)") ||
		hasAnySuffix(n, "保有量", "团组数", "人次数", "批次数", "人数", "辆数")
}

// unitOf is the unit of one cell: printed with the number, in the column's
// header, in the row's label, or the table's.
func (w *tableWriter) unitOf(cell *sheetCell, c int, name string) (unit, string) {
	if u := cell.amount.unit; u != 0 {
		return u, unitName(u)
	}
	if c < len(w.t.columns) && w.t.columns[c].unit != 0 {
		return w.t.columns[c].unit, w.t.columns[c].said
	}
	if u, said := unitOfHeader(name); u != 0 {
		return u, said
	}
	return w.t.unit, w.t.unitRaw
}

func unitName(u unit) string {
	for _, x := range unitNames {
		if x.unit == u {
			return x.name
		}
	}
	return ""
}

// writeLine appends one money cell of a table.
func (w *tableWriter) writeLine(r, c int, b *block, label *rowLabel) {
	cell := w.t.sheet.at(r, c)
	u, said := w.unitOf(cell, c, label.name)
	line := w.newLine(r, c, u, said)
	if label.agency.name != "" {
		line.AgencyCode, line.AgencyName = label.agency.code, label.agency.name
	}
	line.Side, line.ColumnPath = b.side, w.paths[c]
	line.Direction = w.directions[c]
	line.Code, line.CodeRaw, line.Name, line.NameRaw = label.code, label.codeRaw, label.name, label.nameRaw
	line.IsTotal, line.IsMemo = label.total, label.memo
	line.ProjectCode, line.ProjectName = label.project.code, label.project.name
	line.CodeScheme, line.CodeStatus = label.scheme, label.status
	if label.meaning != nil {
		line.CodeEdition = label.meaning.resolution.Entry.Edition
	}
	codes := classCodes{}
	codes.set(label.scheme, label.class)
	codes.set(codebook.FunctionalExpenditure, label.others.functional)
	codes.set(codebook.EconomicDepartment, label.others.economic)
	codes.set(codebook.EconomicGovernment, label.others.government)
	line.FuncCode, line.EconCode, line.GovEconCode = codes.functional, codes.economic, codes.government
	w.setDimensions(line, &w.dimensions[c], label)
}

// newLine appends a line with what all money cells have; the pointer is good
// until the next line.
func (w *tableWriter) newLine(r, c int, u unit, said string) *Line {
	cell := w.t.sheet.at(r, c)
	row := &w.batch.Cells[w.cellAt[r*w.t.sheet.columns+c]]
	w.lineColumns = append(w.lineColumns, w.twins[c])
	w.batch.Lines = append(w.batch.Lines, Line{
		ID: row.ID, CellID: row.ID, TableID: w.table.ID, Statement: w.table.Statement,
		FiscalYear: w.profile.year, Phase: w.phase, AgencyCode: w.code, AgencyName: w.name, AdminDivision: w.division,
		CodeStatus: statusNone, UnitRaw: said, ValueState: cell.state.String(), Page: row.Page, Box: row.Box,
	})
	line := &w.batch.Lines[len(w.batch.Lines)-1]
	row.UnitRaw = said
	if cell.state == number || cell.state == unparsed {
		w.lineNo++
		line.LineNo = w.lineNo
		line.AmountRaw = row.TextRaw
	}
	if cell.state == dash {
		line.AmountRaw = row.TextRaw
	}
	w.setValue(line, cell, u, r, c)
	return line
}

// setValue converts to yuan; what cannot be is reported.
func (w *tableWriter) setValue(line *Line, cell *sheetCell, u unit, r, c int) {
	switch {
	case cell.state == unparsed:
		w.report(ruleAmountUnparsed, w.t.sheet.table.Ordinal, r, c, line.Page, line.CellID, "cannot read the amount "+strconv.Quote(line.AmountRaw), "无法识别金额："+line.AmountRaw)
	case cell.state != number:
	case u == 0:
		w.unitless++
	default:
		value, rounded := toYuan(&cell.amount, u)
		line.AmountCNY = decimal.NullDecimal{Decimal: value, Valid: true}
		if rounded {
			w.report(ruleAmountRounded, w.t.sheet.table.Ordinal, r, c, line.Page, line.CellID, line.AmountRaw+" "+line.UnitRaw+" rounded to "+value.StringFixed(2)+" yuan", line.AmountRaw+line.UnitRaw+"取整为"+value.StringFixed(2)+"元")
		}
	}
}

// direction tells revenue from expenditure: by the head of the side, else by
// the statement.
func direction(id string, path []string, b *block) string {
	if isTargetStatement(id) {
		return string(statement.Expenditure)
	}
	twoSided := b.side == "left" || b.side == "right"
	if s, ok := statement.ByID(id); ok && s.Direction != statement.Both && !(twoSided && s.Level == statement.Government) {
		return string(s.Direction)
	}
	if len(path) > 0 {
		switch head := path[0]; {
		case hasAnySuffix(head, "收入"):
			return string(statement.Revenue)
		case hasAnySuffix(head, "支出"):
			return string(statement.Expenditure)
		}
	}
	switch {
	case hasNoDirection(id):
	case b.side == "left":
		return string(statement.Revenue)
	case b.side == "right":
		return string(statement.Expenditure)
	}
	return ""
}

// hasNoDirection: statements that print two columns of rows to save room, without
// income on one side and expenditure on the other.
func hasNoDirection(id string) bool {
	switch id {
	case "final_institution_ops", "asset_status", "asset_new", "institution", "gov_debt", "carry_over":
		return true
	}
	return false
}

// writeForm appends the money cells of a form.
func (w *tableWriter) writeForm() {
	for i := range w.t.formCells {
		f := &w.t.formCells[i]
		cell := w.t.sheet.at(f.row, f.column)
		u, said := f.unit, f.unitRaw
		if cell.amount.unit != 0 {
			u, said = cell.amount.unit, unitName(cell.amount.unit)
		}
		if u == 0 {
			u, said = w.t.unit, w.t.unitRaw
		}
		line := w.newLine(f.row, f.column, u, said)
		line.Side, line.Name, line.NameRaw, line.ColumnPath = "whole", f.name, f.name, joinPath(f.path)
		line.Code, line.CodeRaw = f.code, f.code
		if isProjectStatement(w.t.match.ID) {
			line.ProjectCode, line.ProjectName = f.code, f.project
		}
		line.Direction = string(statement.Expenditure)
		line.IsTotal = isTotalLabel(f.name)
		d := readDimensions(w.t.match.ID, w.table.Title, f.path, w.profile.year, w.phase)
		w.setDimensions(line, &d, nil)
		row := &w.batch.Cells[w.cellAt[f.row*w.t.sheet.columns+f.column]]
		row.HeaderPath = f.path
		row.RowLabelPath = []string{f.name}
	}
}
