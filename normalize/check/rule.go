package check

import "slices"

// The outcomes of a check.
const (
	Pass             = "pass"              // it was checked and holds exactly
	Rounding         = "rounding"          // it holds up to the rounding of what is printed
	Fail             = "fail"              // it does not hold
	Notice           = "notice"            // something to tell, no contradiction
	NotApplicable    = "not_applicable"    // there is nothing in this document to which the rule applies
	InsufficientData = "insufficient_data" // something it needs is missing or cannot be read
	Failed           = "error"             // the rule itself broke
)

// worst orders outcomes: a table is told by the worst of its instances.
var worst = []string{Failed, Fail, Notice, Rounding, Pass, InsufficientData, NotApplicable}

// The severities of a rule's findings.
const (
	SeverityError = "error"
	SeverityWarn  = "warn"
	SeverityInfo  = "info"
)

// Rule is one thing that must hold, or that a reader should be told.
type Rule struct {
	ID            string
	Version       int
	TitleZH       string
	TitleEN       string
	ExplanationZH string
	ExplanationEN string
	Severity      string // of its fails and notices; a rounding is info
	// Check looks at one document and tells Results each instance it checked.
	Check func(*Index, *Results)
}

// families are the rules by what they look at, in the order they run.
var families = [...]func() []Rule{tableRules, crossRules, narrativeRules, completenessRules, plausibilityRules, hygieneRules}

// Rules lists every rule of this package in the order they run.
func Rules() []Rule {
	var all []Rule
	for _, family := range families {
		all = append(all, family()...)
	}
	return all
}

// RuleByID finds a rule of the registry.
func RuleByID(id string) (Rule, bool) {
	all := Registry()
	i := slices.IndexFunc(all, func(r Rule) bool { return r.ID == id })
	if i < 0 {
		return Rule{}, false
	}
	return all[i], true
}
