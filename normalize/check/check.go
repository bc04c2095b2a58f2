package check

import (
	"fmt"

	"gongkai/normalize"
)

// Check runs every rule over one document. It fills batch.RuleOutcomes, appends
// to batch.Findings, counts them in the document's row and lowers its
// confidence where numbers and glyphs speak against what was read. Nothing else
// of the batch changes. The same batch gives the same rows.
func Check(batch *normalize.Batch) { checkRules(batch, Rules()) }

func checkRules(batch *normalize.Batch, rules []Rule) {
	index, err := safeIndex(batch)
	if err != nil {
		reportBroken(batch, rules, err)
		return
	}
	trust := newTrust(batch)
	first := len(batch.Findings)
	results := newResults(index)
	for i := range rules {
		results.begin(&rules[i])
		results.run()
		batch.RuleOutcomes = results.appendOutcomes(batch.RuleOutcomes)
		batch.Findings = append(batch.Findings, results.findings...)
	}
	index.explain(batch.Findings[first:], trust)
	lowerConfidence(batch, batch.Findings[first:])
	countFindings(batch)
}

// explain says of findings which number is suspect, what it should be, what the
// fault looks like, and whether print or reading is to blame.
func (x *Index) explain(findings []normalize.Finding, trust *trust) {
	var quantities []quantity
	for i := range findings {
		if f := &findings[i]; f.Outcome == Fail {
			if quantities == nil {
				quantities = x.quantities()
			}
			vote(f, quantities)
			recognise(f)
		}
	}
	recogniseSequences(findings)
	x.recogniseDisplaced(findings)
	for i := range findings {
		trust.judge(&findings[i])
	}
}

// safeIndex reads the batch; rows that make no table are an error, not a crash.
func safeIndex(batch *normalize.Batch) (index *Index, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("index: %v", reason)
		}
	}()
	return newIndex(batch), nil
}

// reportBroken says of every rule that it could not be asked.
func reportBroken(batch *normalize.Batch, rules []Rule, err error) {
	results := newResults(&Index{Batch: batch})
	for i := range rules {
		results.begin(&rules[i])
		results.skip(Document, Failed, err.Error())
		batch.RuleOutcomes = results.appendOutcomes(batch.RuleOutcomes)
	}
}

// run asks the rule; a rule that breaks is an outcome of its own, not a crash.
func (r *Results) run() {
	defer func() {
		if reason := recover(); reason != nil {
			r.skip(Document, Failed, fmt.Sprint(reason))
		}
	}()
	r.rule.Check(r.index, r)
}

// countFindings brings the document's row up to date.
func countFindings(batch *normalize.Batch) {
	batch.Document.FindingsError, batch.Document.FindingsWarn = 0, 0
	for i := range batch.Findings {
		switch batch.Findings[i].Severity {
		case SeverityError:
			batch.Document.FindingsError++
		case SeverityWarn:
			batch.Document.FindingsWarn++
		}
	}
}
