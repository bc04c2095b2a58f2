package normalize

import (
	"strconv"
	"strings"

	"gongkai/normalize/codebook"
	"gongkai/normalize/statement"
)

// report adds a finding about one cell; page 0 and an empty cell mean the
// table, table 0 the document.
func (a *assembly) report(rule string, table, row, column, page int, cell, en, zh string) {
	f := Finding{
		ID:         FindingID(a.document.Source.SHA256, rule, locator(table, row, column)),
		DocumentID: a.document.Source.SHA256, RuleID: rule, RuleVersion: 1, Severity: ruleByID(rule).Severity,
		Outcome: "notice", Origin: "unknown", MessageEN: en, MessageZH: zh,
	}
	if rule == ruleAmountRounded {
		f.Outcome = "rounding"
	}
	if table > 0 {
		f.TableIDs = []string{a.tableID(table)}
	}
	if cell != "" {
		f.CellIDs = []string{cell}
	}
	if page > 0 {
		f.Pages = []int{page}
	}
	a.batch.Findings = append(a.batch.Findings, f)
}

// reportTable tells what is odd about a table as a whole.
func (a *assembly) reportTable(t *reading, w *tableWriter) {
	ordinal, page := w.table.Ordinal, w.table.PageFirst
	w.reportHeader()
	w.reportUnlabelled()
	if w.unitless > 0 {
		a.report(ruleUnitUnknown, ordinal, 0, 0, page, "", strconv.Itoa(w.unitless)+" amounts without a known unit", strconv.Itoa(w.unitless)+"个金额缺少计量单位")
	}
	if t.match.ID == statement.Unknown {
		a.report(ruleStatementUnknown, ordinal, 0, 0, page, "", "no known statement has the title "+strconv.Quote(w.table.Title), "未识别的报表："+w.table.Title)
	}
	if t.unitSource == "caption" {
		for c := range t.columns {
			if col := &t.columns[c]; col.role == roleAmount && col.unit != 0 && col.unit != t.unit {
				a.report(ruleUnitConflict, ordinal, 0, c, page, "", "caption says "+t.unitRaw+", the column "+col.said, "表头单位"+t.unitRaw+"，列单位"+col.said)
			}
		}
	}
}

// reportCode tells of a code that no edition lists, or lists under another
// name, once for each row.
func (w *tableWriter) reportCode(row, column int, label *rowLabel) {
	if label.status != string(codebook.Unknown) && label.status != string(codebook.Conflict) {
		return
	}
	page, cell := w.table.PageFirst, ""
	if at := w.cellAt[row*w.t.sheet.columns+column]; at >= 0 {
		page, cell = w.batch.Cells[at].Page, w.batch.Cells[at].ID
	}
	if label.status == string(codebook.Conflict) {
		listed := label.meaning.resolution.Entry.Name
		w.report(ruleCodeConflict, w.table.Ordinal, row, column, page, cell, label.code+" is "+strconv.Quote(listed)+" in "+label.scheme+", print says "+strconv.Quote(label.name), "科目编码"+label.code+"对应“"+listed+"”，表中为“"+label.name+"”")
		return
	}
	w.report(ruleCodeUnknown, w.table.Ordinal, row, column, page, cell, label.code+" is not in "+label.scheme, "科目编码"+label.code+"不在代码表中")
}

// reportHeader tells of numbers that run into the header: 项目总额3.000000.
func (w *tableWriter) reportHeader() {
	for r := w.t.header.titles; r < w.t.header.rows; r++ {
		for c := 0; c < w.t.sheet.columns; c++ {
			cell := w.t.sheet.at(r, c)
			if at := w.cellAt[r*w.t.sheet.columns+c]; at >= 0 && cell.state == text && holdsAmount(cell.text) {
				w.report(ruleForeignText, w.table.Ordinal, r, c, w.batch.Cells[at].Page, w.batch.Cells[at].ID, "a number runs into the header "+strconv.Quote(cell.text), "表头混入数字："+cell.text)
			}
		}
	}
}

// holdsAmount tells whether a text holds a number with two or more decimals.
func holdsAmount(value string) bool {
	for i := 1; i+2 < len(value); i++ {
		if value[i] == '.' && leadingDigits(value[i-1:]) == 1 && leadingDigits(value[i+1:]) >= 2 {
			return true
		}
	}
	return false
}

// reportText tells of words and digits where an amount should stand.
func (w *tableWriter) reportText(r, c int) {
	cell := w.t.sheet.at(r, c)
	if !strings.ContainsFunc(cell.text, isDigit) || isNote(cell.text) || isHeaderWord(cell.text) && !holdsAmount(cell.text) || w.isTarget(r, c) {
		return
	}
	row := &w.batch.Cells[w.cellAt[r*w.t.sheet.columns+c]]
	w.report(ruleAmountText, w.table.Ordinal, r, c, row.Page, row.ID, "no amount can be read from "+strconv.Quote(cell.text), "金额栏内为文字："+cell.text)
}

// reportUnlabelled tells of the numbers of a form that nothing says what they are.
func (w *tableWriter) reportUnlabelled() {
	for _, at := range w.t.formStrays {
		r, c := at/w.t.sheet.columns, at%w.t.sheet.columns
		row := &w.batch.Cells[w.cellAt[at]]
		w.report(ruleAmountUnlabelled, w.table.Ordinal, r, c, row.Page, row.ID, "nothing says what "+row.TextRaw+" is", "数字缺少说明："+row.TextRaw)
	}
}

// reportProse tells of a document whose amounts stand in its text alone.
func (a *assembly) reportProse() {
	if len(a.batch.Lines) > 0 {
		return
	}
	for i := range a.document.Pages {
		for j := range a.document.Pages[i].Lines {
			if namesAmount(a.document.Pages[i].Lines[j].Text) {
				a.report(ruleProseOnly, 0, 0, 0, a.document.Pages[i].Number, "", "the text names amounts, but no table gives any", "正文有金额，但没有可读取的表格")
				return
			}
		}
	}
}

// namesAmount tells whether a line says 12.5万元 or 300元.
func namesAmount(line string) bool {
	for i := 0; i < len(line); i++ {
		n := leadingDigits(line[i:])
		if n == 0 {
			continue
		}
		i += n
		if _, length, _ := unitPrefix(strings.TrimLeftFunc(line[i:], isSpace)); length > 0 {
			return true
		}
	}
	return false
}

// reportDocument tells what could not be found out about the whole document.
func (a *assembly) reportDocument() {
	a.reportProse()
	p := &a.profile
	if p.name == "" {
		a.report(ruleAgencyUnknown, 0, 0, 0, 0, "", "no caption, cover or file name names the publisher", "未找到编制单位")
	}
	switch {
	case p.year == 0:
		a.report(ruleYearUnknown, 0, 0, 0, 0, "", "no title, caption or file name names the fiscal year", "未找到预算年度")
	case p.yearInFile != 0 && p.yearInFile != p.year:
		a.report(ruleYearConflict, 0, 0, 0, 0, "", "the titles say "+strconv.Itoa(p.year)+", the file name "+strconv.Itoa(p.yearInFile), "标题年度"+strconv.Itoa(p.year)+"，文件名年度"+strconv.Itoa(p.yearInFile))
	}
	if !p.hasPlace {
		a.report(ruleDivisionUnknown, 0, 0, 0, 0, "", "no administrative division recognised", "未识别行政区划")
	}
}

// carryFindings keeps what reading the pages brought up.
func (a *assembly) carryFindings() {
	for i, f := range a.document.Findings {
		place := f.Place
		carried := Finding{
			ID:         FindingID(a.document.Source.SHA256, f.Rule, "extract/"+strconv.Itoa(i)+"/"+strconv.Itoa(place.Page)),
			DocumentID: a.document.Source.SHA256, RuleID: f.Rule, RuleVersion: 1, Severity: f.Severity,
			Outcome: "notice", Origin: "extraction", MessageEN: f.Message,
		}
		if place.Table > 0 {
			carried.TableIDs = []string{a.tableID(place.Table)}
		}
		if place.Page > 0 {
			carried.Pages = []int{place.Page}
		}
		a.batch.Findings = append(a.batch.Findings, carried)
	}
}
