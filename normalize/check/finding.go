package check

import (
	"gongkai/normalize"
)

// newFinding begins a finding of the rule in a table or the document. The
// locator tells it from the rule's other findings in the document.
func (r *Results) newFinding(table int, locator, outcome string) normalize.Finding {
	document := r.index.Batch.Document.ID
	severity := r.rule.Severity
	if outcome == Rounding {
		severity = SeverityInfo
	}
	f := normalize.Finding{
		DocumentID: document, RuleID: r.rule.ID, RuleVersion: r.rule.Version,
		Severity: severity, Outcome: outcome, Origin: originUnknown, Confidence: 1,
	}
	if table != Document {
		f.TableIDs = []string{r.index.Tables[table].ID}
		locator = f.TableIDs[0] + "/" + locator
	}
	f.ID = normalize.FindingID(document, r.rule.ID, locator)
	return f
}

// Tell counts an instance without an equation, of outcome Fail or Notice, and
// returns its finding, to which operands may be added with AddOperands. The
// messages say what is the matter in a sentence of each language.
func (r *Results) Tell(table int, outcome, locator, zh, en string) *normalize.Finding {
	r.count(table, outcome)
	f := r.newFinding(table, locator, outcome)
	f.MessageZH, f.MessageEN = zh, en
	if table != Document {
		f.Pages = addPages(nil, r.index.Tables[table].PageFirst)
	}
	r.findings = append(r.findings, f)
	return &r.findings[len(r.findings)-1]
}

// AddOperands gives a finding the numbers it speaks of, in its unit.
func AddOperands(f *normalize.Finding, role string, terms ...Term) {
	for i := range terms {
		f.Operands = append(f.Operands, terms[i].operand(role, f.Unit))
	}
	placeOperands(f)
}

// placeOperands tells the cells, tables, sections and pages of a finding's operands.
func placeOperands(f *normalize.Finding) {
	for i := range f.Operands {
		o := &f.Operands[i]
		f.Pages = addPages(f.Pages, o.Page)
		if o.CellID != "" {
			f.CellIDs = addOnce(f.CellIDs, o.CellID)
			f.TableIDs = addOnce(f.TableIDs, tableOfCell(o.CellID))
		}
		if o.TextAmountID != "" {
			f.SectionIDs = addOnce(f.SectionIDs, sectionOfAmount(o.TextAmountID))
		}
	}
}

func addOnce(list []string, id string) []string {
	for _, known := range list {
		if known == id {
			return list
		}
	}
	return append(list, id)
}

// tableOfCell is …#t03 of …#t03r7c4.
func tableOfCell(id string) string {
	for i := len(id) - 1; i >= 0; i-- {
		if id[i] == 'r' {
			return id[:i]
		}
	}
	return id
}

// sectionOfAmount is …#s12 of …#s12a3.
func sectionOfAmount(id string) string {
	for i := len(id) - 1; i >= 0; i-- {
		if id[i] == 'a' {
			return id[:i]
		}
	}
	return id
}
