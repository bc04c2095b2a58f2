package check

import "testing"

// TestRulesAreToldApart: every rule has an id of its own, over all packages, a
// severity, and titles and explanations to read.
func TestRulesAreToldApart(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Registry() {
		if seen[r.ID] {
			t.Errorf("%s is the id of two rules", r.ID)
		}
		seen[r.ID] = true
		if r.TitleEN == "" || r.ExplanationEN == "" || r.Version < 1 {
			t.Errorf("%s has no title, explanation or version", r.ID)
		}
		switch r.Severity {
		case SeverityError, SeverityWarn, SeverityInfo:
		default:
			t.Errorf("%s has severity %q", r.ID, r.Severity)
		}
	}
	for _, r := range Rules() {
		if r.TitleZH == "" || r.ExplanationZH == "" || r.Check == nil {
			t.Errorf("%s says nothing in Chinese, or has no function", r.ID)
		}
	}
}
