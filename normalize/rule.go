package normalize

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Rule is a kind of finding: what it is called and what a reader should know.
type Rule struct {
	ID          string
	Title       string
	Severity    string // error, warn, info
	Explanation string
}

// The rules of this package.
const (
	ruleUnitUnknown      = "U01"
	ruleUnitConflict     = "U02"
	ruleAmountRounded    = "A01"
	ruleAmountUnparsed   = "T14"
	ruleCodeUnknown      = "T15"
	ruleStatementUnknown = "S01"
	ruleAgencyUnknown    = "W01"
	ruleYearUnknown      = "W02"
	ruleYearConflict     = "W03"
	ruleDivisionUnknown  = "W04"
)

// Rules lists the rules of this package by id.
func Rules() []Rule { return append([]Rule(nil), rules[:]...) }

var rules = [...]Rule{
	{ruleAmountRounded, "amount has more decimals than two in yuan", "info",
		"The printed amount is finer than a fen. amount_cny holds it rounded half to even, amount_raw as printed."},
	{ruleStatementUnknown, "table with amounts fits no known statement", "info",
		"Neither title nor columns tell which statement this table is. Its lines are kept with statement unknown."},
	{ruleAmountUnparsed, "amount cannot be read", "warn",
		"The cell stands in a column of amounts and looks like a number, but cannot be read with certainty: two numbers run together, or misplaced separators. It is kept as printed, without a value."},
	{ruleCodeUnknown, "code is not in the code list", "info",
		"The printed code is in no edition of the classification this statement uses. It is kept as printed."},
	{ruleUnitUnknown, "table names no currency unit", "warn",
		"No caption, column header or earlier caption of the section says in which unit the amounts are. amount_cny stays empty: a unit is never assumed."},
	{ruleUnitConflict, "caption and column header name different units", "info",
		"The column's own unit was used for its amounts."},
	{ruleAgencyUnknown, "publisher is not named", "warn",
		"No caption, cover or file name tells whose disclosure this is."},
	{ruleYearUnknown, "fiscal year is not named", "warn",
		"No title, caption or file name tells the fiscal year."},
	{ruleYearConflict, "sources disagree about the fiscal year", "info",
		"The titles name another year than the file name. The titles were followed."},
	{ruleDivisionUnknown, "administrative division is not recognised", "info",
		"Neither the agency's name nor the title or file name begins with a known division."},
}

func ruleByID(id string) Rule {
	for _, r := range rules {
		if r.ID == id {
			return r
		}
	}
	return Rule{ID: id, Severity: "info"}
}

// findingID is stable over runs: the document, the rule and the place decide.
func findingID(document, rule, locator string) string {
	sum := sha256.Sum256([]byte(document + "|" + rule + "|" + locator))
	return hex.EncodeToString(sum[:8])
}

// locator names the place of a finding within its document.
func locator(table, row, column int) string {
	return strconv.Itoa(table) + "/" + strconv.Itoa(row) + "/" + strconv.Itoa(column)
}
