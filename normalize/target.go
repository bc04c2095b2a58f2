package normalize

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// target is what an indicator aims at: ≥90%, 不超过3次, 优.
type target struct {
	operator string // ge, gt, le, lt, eq, none
	value    decimal.NullDecimal
	unit     string
	words    string // of a target that is no number
}

// comparisons are the signs and words for operators; those that begin like
// another come before it.
var comparisons = []struct{ printed, operator string }{
	{">=", "ge"}, {"=>", "ge"}, {"<=", "le"}, {"=<", "le"}, {"≥", "ge"}, {"≧", "ge"}, {"⩾", "ge"}, {"≤", "le"}, {"≦", "le"}, {"⩽", "le"},
	{">", "gt"}, {"<", "lt"}, {"=", "eq"},
	{"大于等于", "ge"}, {"大于或等于", "ge"}, {"小于等于", "le"}, {"小于或等于", "le"}, {"不低于", "ge"}, {"不少于", "ge"}, {"不小于", "ge"}, {"至少", "ge"},
	{"不超过", "le"}, {"不高于", "le"}, {"不大于", "le"}, {"不多于", "le"}, {"控制在", "le"},
	{"大于", "gt"}, {"高于", "gt"}, {"超过", "gt"}, {"多于", "gt"}, {"小于", "lt"}, {"低于", "lt"}, {"少于", "lt"}, {"等于", "eq"},
}

// bounds are words behind a number that say the same.
var bounds = []struct{ printed, operator string }{
	{"及以上", "ge"}, {"(含)以上", "ge"}, {"以上", "ge"}, {"及以下", "le"}, {"(含)以下", "le"}, {"以下", "le"}, {"以内", "le"}, {"之内", "le"},
}

// cutComparison takes the operator off the front of a text.
func cutComparison(s string) (operator, rest string) {
	for _, c := range comparisons {
		if rest, ok := strings.CutPrefix(s, c.printed); ok {
			return c.operator, rest
		}
	}
	return "none", s
}

const (
	// maxTargetUnit in characters: what is longer behind a number is a sentence.
	maxTargetUnit = 12
	// earliestYear and latestYear bound 2026年, which is a date and no count of years.
	earliestYear, latestYear = 1900, 2100
)

// parseTarget reads a printed target. operator and unit are those of columns of
// their own, empty when there are none.
func parseTarget(printed, operator, unit string) target {
	s := withoutBrackets(narrowed(compact(printed)))
	s = s[targetStart(s):]
	t := target{operator: "none"}
	t.operator, s = cutComparison(s)
	if t.operator == "none" && operator != "" {
		t.operator, _ = cutComparison(narrowed(operator))
	}
	a, rest, ok := scanDigits(s)
	if ok {
		for _, b := range bounds {
			if before, found := strings.CutSuffix(rest, b.printed); found {
				rest = before
				if t.operator == "none" || t.operator == "le" && b.operator == "le" {
					t.operator = b.operator
				}
				break
			}
		}
	}
	if !ok || !isTargetUnit(rest) || strings.HasPrefix(rest, "年") && a.scale == 0 && a.coefficient > earliestYear && a.coefficient < latestYear {
		return target{operator: t.operator, words: compact(printed)}
	}
	t.value, t.unit = decimal.NewNullDecimal(a.decimal()), rest
	if rest == "" {
		t.unit = unit
	}
	return t
}

// isTargetUnit tells a unit from the rest of a sentence or of a second number.
func isTargetUnit(rest string) bool {
	if strings.HasPrefix(rest, "号") || containsAny(rest, "之前", "以前") {
		return false // a date: 每月16号之前
	}
	return utf8.RuneCountInString(rest) <= maxTargetUnit && !strings.ContainsAny(rest, "0123456789,;:，。；：~≥≤<>=+-－—±") && !hasAnySuffix(rest, "前", "底", "完成")
}

// withoutBrackets takes off brackets around the whole: （≥95%）.
func withoutBrackets(s string) string {
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.Count(s, "(") == 1 {
		if inner, ok := strings.CutSuffix(inner, ")"); ok {
			return inner
		}
	}
	return s
}

// maxTargetLead in characters: 每年≥20场 and 完成率100% say a word before the number.
const maxTargetLead = 6

// targetStart is where the operator or the number of a target begins, 0 when
// too much stands before it.
func targetStart(s string) int {
	runes := 0
	for i, r := range s {
		if r >= '0' && r <= '9' || strings.ContainsRune("≥≧⩾≤≦⩽<>=", r) {
			if i > 0 && strings.ContainsAny(s[:i], "第十百千万两") {
				return 0
			}
			if operator, _ := cutComparison(s); operator != "none" {
				return 0
			}
			return i
		}
		if runes++; runes > maxTargetLead {
			break
		}
	}
	return 0
}

// levelOne and levelTwo give the meanings of the printed kinds of indicators.
func levelOne(printed string) string {
	switch {
	case strings.Contains(printed, "成本"):
		return "cost"
	case strings.Contains(printed, "产出"):
		return "output"
	case strings.Contains(printed, "满意"):
		return "satisfaction"
	case containsAny(printed, "效益", "效果", "影响"):
		return "benefit"
	}
	return ""
}

var levelTwoWords = []struct{ word, level string }{
	{"成本", "cost"}, {"数量", "quantity"}, {"质量", "quality"}, {"时效", "timeliness"}, {"满意", "satisfaction"}, {"可持续", "sustainability"},
	{"经济", "economic"}, {"社会", "social"}, {"生态", "ecological"}, {"环境", "ecological"},
}

func levelTwo(printed string) string {
	for _, l := range levelTwoWords {
		if strings.Contains(printed, l.word) {
			return l.level
		}
	}
	return ""
}
