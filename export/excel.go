package export

import "strings"

// excelFolder holds the CSV files for spreadsheets. Spreadsheets turn the code
// 0102 into a number, 1-2 into a date, and run a text that begins with = as a
// formula. A field ="0102" stays the text that it is.
const excelFolder = "csv-excel"

// maxExcelText is the longest text that a formula may hold, in UTF-16 units.
const maxExcelText = 255

// newExcelEncoder writes texts the way spreadsheets keep them; numbers are numbers.
func newExcelEncoder[R any](columns []column[R]) *csvEncoder[R] {
	e := newCSVEncoder(columns)
	e.disguise = excelText
	return e
}

// excelText is the field for a text: as it is, as a formula that gives the text, or,
// when it is too long for one, behind an apostrophe. A text with line ends is no
// formula and begins with an apostrophe too.
func excelText(v string) string {
	switch {
	case v == "" || !startsFormula(v[0]) && !looksLikeNumber(v):
		return v
	case len(v) > maxExcelText || strings.ContainsAny(v, "\r\n"):
		return "'" + v
	}
	return `="` + strings.ReplaceAll(v, `"`, `""`) + `"`
}

// startsFormula tells the first bytes that make a spreadsheet run a text.
func startsFormula(first byte) bool {
	switch first {
	case '=', '+', '-', '@', '\t', '\r':
		return true
	}
	return false
}

// looksLikeNumber tells a text that may be taken for a number, a share, a date or
// a time: digits and the signs that go with them.
func looksLikeNumber(v string) bool {
	digit := false
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case '0' <= c && c <= '9':
			digit = true
		case !strings.ContainsRune(" .,+-/:%()eE$", rune(c)):
			return false
		}
	}
	return digit
}
