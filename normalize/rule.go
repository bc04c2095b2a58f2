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

// The rules of this package. Those of reading the pages (C05, R01 …, V06) have
// their ids in packages extract and content; the registry explains them too.
const (
	ruleUnitUnknown      = "U01"
	ruleUnitConflict     = "U02"
	ruleAmountRounded    = "A01"
	ruleAmountUnparsed   = "T14"
	ruleCodeUnknown      = "T15"
	ruleCodeConflict     = "T16"
	ruleAmountText       = "T17"
	ruleAmountUnlabelled = "T18"
	ruleForeignText      = "V02"
	ruleProseOnly        = "S02"
	ruleStatementUnknown = "S01"
	ruleAgencyUnknown    = "W01"
	ruleYearUnknown      = "W02"
	ruleYearConflict     = "W03"
	ruleDivisionUnknown  = "W04"
)

// Rules lists every rule a finding of a batch may bear.
func Rules() []Rule { return append([]Rule(nil), rules[:]...) }

var rules = [...]Rule{
	{ruleAmountRounded, "amount has more decimals than two in yuan", "info",
		"The printed amount is finer than a fen. amount_cny holds it rounded half to even, amount_raw as printed."},
	{ruleStatementUnknown, "table with amounts fits no known statement", "info",
		"Neither title nor columns tell which statement this table is. Its lines are kept with statement unknown."},
	{ruleAmountUnparsed, "amount cannot be read", "warn",
		"The cell stands in a column of amounts and looks like a number, but cannot be read with certainty: two numbers run together, or misplaced separators. It is kept as printed, without a value. In the text, such a number (1,541.50.00万元) gives no amount."},
	{ruleCodeUnknown, "code is not in the code list", "info",
		"The printed code is in no edition of the classification this statement uses. It is kept as printed."},
	{ruleCodeConflict, "code is listed under another name", "info",
		"The printed code is in the classification, but the name beside it is that of none of its editions. Code and name are kept as printed: either may be the misprint."},
	{ruleAmountText, "text with digits in a column of amounts", "info",
		"The cell stands in a column of amounts and holds digits and words, such as 约5万元 or 3.5（含税）. It is kept as text and gives no line."},
	{ruleAmountUnlabelled, "number in a form without a label", "info",
		"No label beside the number and no heading above it says that it is money. It is kept in the cells and gives no line."},
	{ruleForeignText, "a number runs into a header", "warn",
		"A header cell holds an amount: text of a row that was cut by the page end, or of another layer, lies over the header. Column paths may be damaged and an amount of the covered row is missing."},
	{ruleProseOnly, "amounts stand in the text only", "info",
		"The document has no table that gives lines, but its text names amounts: the tables are in another file, are pictures, or have no rulings."},
	{"C05", "page is a picture", "warn", "The page shows a picture and has no text layer. Run the document through text recognition first."},
	{"R01", "content of a page breaks off", "warn", "The drawing instructions of the page end in the middle. What stood before is kept."},
	{"R02", "page exceeds a limit", "warn", "The page has more instructions, glyphs or lines than are read of one page. The rest was left out."},
	{"R03", "page could not be read", "error", "The page failed and is left out; the document is partial."},
	{"R04", "damaged file was repaired", "warn", "The file's table of contents is wrong or its end is missing. Its objects were found by a scan."},
	{"V06", "glyphs without a meaning", "warn", "The font does not say which characters some glyphs are. They are shown as U+FFFD."},
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

// FindingID is stable over runs: the document, the rule and the place decide.
func FindingID(document, rule, locator string) string {
	sum := sha256.Sum256([]byte(document + "|" + rule + "|" + locator))
	return hex.EncodeToString(sum[:8])
}

// locator names the place of a finding within its document.
func locator(table, row, column int) string {
	return strconv.Itoa(table) + "/" + strconv.Itoa(row) + "/" + strconv.Itoa(column)
}
