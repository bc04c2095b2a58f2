package check

import (
	"cmp"
	"slices"

	"gongkai/normalize"
)

// Document stands for the document as a whole where the position of a table is asked for.
const Document = -1

// Results is what one rule found out about one document.
type Results struct {
	index    *Index
	rule     *Rule
	tallies  []tally // the document, then its tables
	findings []normalize.Finding
	scratch  []partial
}

// tally counts the instances of a rule in one table.
type tally struct {
	passed, rounded, failed, noticed int
	skipped                          string // outcome of what was not checked
	reason                           string
}

func newResults(index *Index) *Results {
	return &Results{index: index, tallies: make([]tally, len(index.Tables)+1)}
}

// begin makes room for what a rule finds.
func (r *Results) begin(rule *Rule) {
	r.rule, r.findings = rule, r.findings[:0]
	clear(r.tallies)
}

// Pass counts an instance that holds exactly.
func (r *Results) Pass(table int) { r.tallies[table+1].passed++ }

// NotApplicable says why there is nothing to check in a table or the document.
func (r *Results) NotApplicable(table int, reason string) { r.skip(table, NotApplicable, reason) }

// Insufficient says what is missing to check a table or the document.
func (r *Results) Insufficient(table int, reason string) { r.skip(table, InsufficientData, reason) }

// skip keeps the weightiest of the reasons why something was not checked.
func (r *Results) skip(table int, outcome, reason string) {
	t := &r.tallies[table+1]
	if t.skipped == "" || slices.Index(worst, outcome) < slices.Index(worst, t.skipped) {
		t.skipped, t.reason = outcome, reason
	}
}

// outcome is the worst of what happened.
func (t *tally) outcome() string {
	best := t.skipped
	for _, seen := range [...]struct {
		count   int
		outcome string
	}{{t.passed, Pass}, {t.rounded, Rounding}, {t.noticed, Notice}, {t.failed, Fail}} {
		if seen.count > 0 && (best == "" || slices.Index(worst, seen.outcome) < slices.Index(worst, best)) {
			best = seen.outcome
		}
	}
	return best
}

// appendOutcomes appends the rows of the dataset: one for each table the rule
// looked at, one for the document when it looked at no table, or at more than tables.
func (r *Results) appendOutcomes(rows []normalize.RuleOutcome) []normalize.RuleOutcome {
	first := len(rows)
	document := r.index.Batch.Document.ID
	prefix := document[:min(len(document), 16)] + "#" + r.rule.ID
	for i := range r.tallies {
		t := &r.tallies[i]
		outcome := t.outcome()
		if outcome == "" {
			continue
		}
		row := normalize.RuleOutcome{
			ID: prefix, DocumentID: document, RuleID: r.rule.ID, RuleVersion: r.rule.Version, Outcome: outcome,
			Checked: t.passed + t.rounded + t.failed + t.noticed, Passed: t.passed, Rounded: t.rounded, Failed: t.failed, Reason: t.reason,
		}
		if i > 0 {
			row.TableID = r.index.Tables[i-1].ID
			row.ID += tablePart(row.TableID)
		}
		rows = append(rows, row)
	}
	if len(rows) == first {
		rows = append(rows, normalize.RuleOutcome{
			ID: prefix, DocumentID: document, RuleID: r.rule.ID, RuleVersion: r.rule.Version,
			Outcome: NotApplicable, Reason: "nothing of the kind in this document",
		})
	}
	return rows
}

// tablePart is #t03 of a table's id.
func tablePart(id string) string {
	for i := len(id) - 1; i >= 0; i-- {
		if id[i] == '#' {
			return id[i:]
		}
	}
	return "#" + id
}

// count adds an instance to the tally of its table.
func (r *Results) count(table int, outcome string) {
	t := &r.tallies[table+1]
	switch outcome {
	case Pass:
		t.passed++
	case Rounding:
		t.rounded++
	case Fail:
		t.failed++
	case Notice:
		t.noticed++
	}
}

// addPages notes the pages of a finding once each, in order.
func addPages(pages []int, more ...int) []int {
	for _, page := range more {
		if page > 0 && !slices.Contains(pages, page) {
			pages = append(pages, page)
		}
	}
	slices.SortFunc(pages, cmp.Compare)
	return pages
}
