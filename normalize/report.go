package normalize

import (
	"strconv"

	"gongkai/normalize/codebook"
	"gongkai/normalize/statement"
)

// report adds a finding about one cell; page 0 and an empty cell mean the
// table, table 0 the document.
func (a *assembly) report(rule string, table, row, column, page int, cell, en, zh string) {
	f := Finding{
		ID:         findingID(a.document.Source.SHA256, rule, locator(table, row, column)),
		DocumentID: a.document.Source.SHA256, RuleID: rule, Severity: ruleByID(rule).Severity,
		Outcome: "notice", Origin: "unknown", MessageEN: en, MessageZH: zh,
	}
	if rule == ruleAmountRounded {
		f.Outcome = "rounding"
	}
	if table > 0 {
		f.TableID = a.tableID(table)
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

// reportCode tells of a code that no edition lists, once for each row.
func (w *tableWriter) reportCode(row, column int, label *rowLabel) {
	if label.status != string(codebook.Unknown) {
		return
	}
	page, cell := w.table.PageFirst, ""
	if at := w.cellAt[row*w.t.sheet.columns+column]; at >= 0 {
		page, cell = w.batch.Cells[at].Page, w.batch.Cells[at].ID
	}
	w.report(ruleCodeUnknown, w.table.Ordinal, row, column, page, cell, label.code+" is not in "+label.scheme, "科目编码"+label.code+"不在代码表中")
}

// reportDocument tells what could not be found out about the whole document.
func (a *assembly) reportDocument() {
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
			ID:         findingID(a.document.Source.SHA256, f.Rule, "extract/"+strconv.Itoa(i)+"/"+strconv.Itoa(place.Page)),
			DocumentID: a.document.Source.SHA256, RuleID: f.Rule, Severity: f.Severity,
			Outcome: "notice", Origin: "extraction", MessageEN: f.Message,
		}
		if place.Table > 0 {
			carried.TableID = a.tableID(place.Table)
		}
		if place.Page > 0 {
			carried.Pages = []int{place.Page}
		}
		a.batch.Findings = append(a.batch.Findings, carried)
	}
}
