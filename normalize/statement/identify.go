package statement

import (
	"strings"
	"unicode/utf8"
)

// Context is what the document tells about its tables.
type Context struct {
	Phase   Phase
	Level   Level
	Heading string // of the part of the text that a table stands in
}

// Match is a statement found for a table, with the confidence of the evidence
// in 0..1 and its kind: title, clipped, misprint, terms, columns.
type Match struct {
	ID         string
	Confidence float64
	Evidence   string
}

// Confidence of each kind of evidence: an order, not a probability.
const (
	exactTitle    = 1.0
	clippedTitle  = 0.9
	misprintTitle = 0.85
	builtTitle    = 0.8 // from the terms of the title
	nearestTitle  = 0.6 // of several fiscal funds, the statement is the nearest kind
	byColumns     = 0.5
)

// A clipped title must keep this many characters to be told apart.
const clippedRunes = 8

// Identify finds the statement a printed title names. ok is false when the
// line does not name one.
func Identify(printed string, context Context) (match Match, ok bool) {
	key := NormalizeTitle(printed)
	if key == "" || utf8.RuneCountInString(key) > longestTitle {
		return Match{}, false
	}
	context.Phase = phaseOf(key, context.Phase)
	if context.Level == Government {
		defer func() { match.ID = ownLevel(match.ID, printed) }()
	}
	for _, way := range [...]struct {
		find       func(string, Context) (string, bool)
		confidence float64
		evidence   string
	}{{exact, exactTitle, "title"}, {clipped, clippedTitle, "clipped"}, {misprint, misprintTitle, "misprint"}} {
		if id, ok := way.find(key, context); ok {
			if m, ok := otherLevel(id, key, context); ok {
				return m, true
			}
			return Match{id, way.confidence, way.evidence}, true
		}
	}
	return fromTerms(key, context)
}

// otherLevel: a title that only the registry of the other level lists means
// what its terms mean in a document of this level.
func otherLevel(id, key string, context Context) (Match, bool) {
	if s, ok := ByID(id); !ok || s.Level == context.Level {
		return Match{}, false
	}
	m, ok := fromTerms(key, context)
	if s, known := ByID(m.ID); !ok || !known || s.Level != context.Level {
		return Match{}, false
	}
	return m, true
}

// ownLevel tells a government's own expenditure (市级, 本级) from that of its
// whole area (全市): the words before the title decide.
func ownLevel(id, printed string) string {
	if id != "gov_gpb_expenditure" {
		return id
	}
	for _, own := range []string{"本级", "市级", "省级", "区级", "县级"} {
		if strings.Contains(printed, own) {
			return "gov_gpb_own_expenditure"
		}
	}
	return id
}

// A line longer than this, in characters, is prose and no title.
const longestTitle = 60

// phaseOf lets the title's own word decide before the document's phase.
func phaseOf(key string, document Phase) Phase {
	switch {
	case strings.Contains(key, "决算"):
		return Executed
	case strings.HasSuffix(withoutRemark(key), "预算表"), strings.Contains(key, "预算总表"), strings.Contains(key, "支出预算"):
		return Approved
	}
	return document
}

// choose takes the statement that fits the document, in the form of its phase.
func choose(candidates []int, context Context) (string, bool) {
	best, score := -1, -1
	for _, i := range candidates {
		s := registry[i]
		n := 0
		if s.Level == context.Level {
			n += 3
		}
		switch s.Phase {
		case context.Phase:
			n += 2
		case AnyPhase:
			n++
		}
		if n > score {
			best, score = i, n
		}
	}
	if best < 0 {
		return "", false
	}
	return inPhase(registry[best], context.Phase), true
}

// inPhase turns 收支总表 in a final account into the final statement.
func inPhase(s Statement, phase Phase) string {
	if phase == Executed && s.Final != "" {
		return s.Final
	}
	return s.ID
}

func exact(key string, context Context) (string, bool) {
	if c := index().titles[key]; c != nil {
		return choose(c, context)
	}
	return choose(index().titles[withoutRemark(key)], context)
}

// withoutRemark drops remarks in brackets at the end, but keeps how a table
// is classified (按经济分类), which is part of its name.
func withoutRemark(key string) string {
	for strings.HasSuffix(key, ")") {
		i := strings.LastIndex(key, "(")
		if i <= 0 || strings.Contains(key[i:], "经济") {
			break
		}
		key = key[:i]
	}
	return key
}

// clipped finds the one statement whose title begins with what is left of it.
func clipped(key string, context Context) (string, bool) {
	if utf8.RuneCountInString(key) < clippedRunes || strings.HasSuffix(key, "表") {
		return "", false
	}
	found := ""
	for _, t := range index().keys {
		if !strings.HasPrefix(t.key, key) {
			continue
		}
		id, _ := choose([]int{t.statement}, context)
		if found != "" && found != id {
			return "", false
		}
		found = id
	}
	return found, found != ""
}

// misprint finds the one statement whose title differs in one character that
// does not change its meaning.
func misprint(key string, context Context) (string, bool) {
	runes := []rune(key)
	if len(runes) < clippedRunes {
		return "", false
	}
	found := ""
	for _, t := range index().keys {
		if !oneEdit(runes, t.runes) {
			continue
		}
		id, _ := choose([]int{t.statement}, context)
		if found != "" && found != id {
			return "", false
		}
		found = id
	}
	return found, found != ""
}

// Characters that tell one statement from another; a title that differs in
// one of them is another statement, not a misprint.
const meaningful = "收支入出预决本基级项上下年"

// oneEdit tells whether a and b differ by one character put in, left out or replaced.
func oneEdit(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if i == len(b) {
		return false
	}
	if strings.ContainsRune(meaningful, b[i]) || i < len(a) && strings.ContainsRune(meaningful, a[i]) {
		return false
	}
	if len(a) == len(b) {
		return string(a[i+1:]) == string(b[i+1:])
	}
	return string(a[i:]) == string(b[i+1:])
}
