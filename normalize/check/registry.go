package check

import "gongkai/normalize"

// Registry lists every rule that a finding may bear: those of this package, and
// those by which reading the document tells of what it could not read. The latter
// have no function, and no Chinese.
func Registry() []Rule {
	all := append(Rules(), acrossRules()...)
	for _, r := range normalize.Rules() {
		all = append(all, Rule{ID: r.ID, Version: 1, TitleEN: r.Title, ExplanationEN: r.Explanation, Severity: r.Severity})
	}
	return all
}
