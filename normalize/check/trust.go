package check

import (
	"slices"
	"strings"

	"gongkai/normalize"
)

// The origins of a finding.
const (
	originSource     = "source"     // print says so: the glyphs on both sides are clean
	originExtraction = "extraction" // the page was hard to read, the fault may be ours
	originUnknown    = "unknown"
)

// Confidence in a finding by what the page is like.
const (
	cleanConfidence    = 1.0
	doubtfulConfidence = 0.6 // a table whose drawing left something open
	weakConfidence     = 0.3 // glyphs without a meaning, pages that break off, files that were repaired
)

// weakRules are the findings of reading that make every number on their page doubtful.
var weakRules = []string{"V06", "R01", "R02", "R03", "R04", "C05"}

// trust is what reading the document said about how well it could be read.
type trust struct {
	weakFile  bool // the whole file
	weakPages []int
	weakCells []string // numbers run together, or into a header
	flagged   map[string]bool
	doubtful  map[string]bool // tables
}

// newTrust gathers the evidence.
func newTrust(batch *normalize.Batch) *trust {
	t := &trust{flagged: map[string]bool{}, doubtful: map[string]bool{}}
	for i := range batch.Findings {
		f := &batch.Findings[i]
		switch {
		case slices.Contains(weakRules, f.RuleID) && len(f.Pages) == 0:
			t.weakFile = true
		case slices.Contains(weakRules, f.RuleID):
			t.weakPages = append(t.weakPages, f.Pages...)
		case f.RuleID == "V02":
			for _, id := range f.TableIDs {
				t.doubtful[id] = true
			}
		case f.RuleID == "T14":
			t.weakCells = append(t.weakCells, f.CellIDs...)
		}
	}
	for i := range batch.Cells {
		if cell := &batch.Cells[i]; len(cell.Flags) > 0 && (slices.Contains(cell.Flags, "unmapped") || slices.Contains(cell.Flags, "clipped")) {
			t.flagged[cell.ID] = true
		}
	}
	for i := range batch.Tables {
		if table := &batch.Tables[i]; isDoubtful(table) {
			t.doubtful[table.ID] = true
		}
	}
	return t
}

// isDoubtful: texts or rows of the table may have been given to the wrong place.
func isDoubtful(table *normalize.Table) bool {
	for _, doubt := range table.Doubts {
		if strings.Contains(doubt, "run over") || strings.Contains(doubt, "taken for one row") || strings.Contains(doubt, "parted by their baselines") {
			return true
		}
	}
	for _, join := range table.JoinEvidence {
		if strings.Contains(join, "torn") {
			return true
		}
	}
	return false
}

// judge says who is to blame for a finding, as far as the evidence goes. What a
// rule has said already stays.
func (t *trust) judge(f *normalize.Finding) {
	if f.Origin != originUnknown {
		return
	}
	weak := t.weakFile
	for _, page := range f.Pages {
		weak = weak || slices.Contains(t.weakPages, page)
	}
	for _, id := range f.CellIDs {
		weak = weak || t.flagged[id] || slices.Contains(t.weakCells, id)
	}
	doubtful := false
	for _, id := range f.TableIDs {
		doubtful = doubtful || t.doubtful[id]
	}
	switch {
	case weak:
		f.Origin, f.Confidence = originExtraction, weakConfidence
	case doubtful:
		f.Confidence = doubtfulConfidence
	case len(f.Operands) > 0 || len(f.CellIDs) > 0:
		f.Origin, f.Confidence = originSource, cleanConfidence
	}
}

// lowerConfidence takes from the document's confidence the share of its checks
// that fail where the page was hard to read.
func lowerConfidence(batch *normalize.Batch, findings []normalize.Finding) {
	checked, ours := 0, 0
	for i := range batch.RuleOutcomes {
		checked += batch.RuleOutcomes[i].Checked
	}
	for i := range findings {
		if findings[i].Outcome == Fail && findings[i].Origin == originExtraction {
			ours++
		}
	}
	if checked > 0 {
		batch.Document.TextConfidence *= 1 - float64(ours)/float64(max(checked, ours))
	}
}
