package normalize

import (
	"math/big"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// The states of a printed value. Blank, zero and dash are different answers
// and are kept apart; unparsed is a number that cannot be read with certainty.
const (
	StateNumber   = "number"
	StateBlank    = "blank"
	StateDash     = "dash"
	StateText     = "text"
	StateUnparsed = "unparsed"
)

// state is the compact form of the value states.
type state uint8

const (
	blank state = iota
	dash
	text
	number
	percent // a number with % or ‰: text to the datasets, no amount
	unparsed
)

func (s state) String() string {
	switch s {
	case blank:
		return StateBlank
	case dash:
		return StateDash
	case number:
		return StateNumber
	case unparsed:
		return StateUnparsed
	}
	return StateText
}

// amount is a printed number, exactly: coefficient × 10^-scale. Numbers too
// long for an int64 keep their digits in wide instead.
type amount struct {
	coefficient int64
	wide        string // digits with sign; empty when coefficient holds the value
	scale       int16  // decimals in print
	whole       int16  // digits before the point
	separated   bool   // printed with thousands separators
	signed      bool   // printed with a sign or brackets
	unit        unit   // unit printed with the number (37万元); zero when none
}

// maxInt64Digits decimal digits always fit an int64.
const maxInt64Digits = 18

// maxDigits bounds what is read as a number; longer runs are identifiers.
const maxDigits = 38

// ParseAmount reads a printed amount exactly. It understands the signs -, －,
// −, (…), （…）, △, ▲, 负, full-width digits and every kind of thousands
// separator; what it cannot read with certainty is unparsed, never guessed.
func ParseAmount(printed string) (decimal.NullDecimal, string) {
	a, s := scanAmount(printed)
	if s != number {
		return decimal.NullDecimal{}, s.String()
	}
	return decimal.NullDecimal{Decimal: a.decimal(), Valid: true}, StateNumber
}

func (a *amount) decimal() decimal.Decimal {
	if a.wide == "" {
		return decimal.New(a.coefficient, -int32(a.scale))
	}
	n, ok := new(big.Int).SetString(a.wide, 10)
	if !ok {
		return decimal.Decimal{} // cannot happen: wide holds digits only
	}
	return decimal.NewFromBigInt(n, -int32(a.scale))
}

// plain tells whether the number was printed as bare digits, as codes,
// ordinals and counts are.
func (a *amount) plain() bool { return a.scale == 0 && !a.separated && !a.signed && a.unit == 0 }

// scanAmount reads one cell.
func scanAmount(printed string) (amount, state) {
	if a, ok := scanPlain(printed); ok {
		return a, number
	}
	return scanForms(printed)
}

// scanPlain is the fast path for the form nearly all cells have: 1,234.56.
func scanPlain(s string) (amount, bool) {
	if len(s) == 0 || len(s) > maxInt64Digits || s[0] < '0' || s[0] > '9' {
		return amount{}, false
	}
	var a amount
	point, group := false, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			a.coefficient = a.coefficient*10 + int64(c-'0')
			group++
			if point {
				a.scale++
			} else {
				a.whole++
			}
		case c == ',' && !point && (a.separated && group == 3 || !a.separated && group <= 3 && group > 0):
			a.separated, group = true, 0
		case c == '.' && !point && (!a.separated || group == 3):
			point = true
		default:
			return amount{}, false
		}
	}
	if point && a.scale == 0 || !point && a.separated && group != 3 {
		return amount{}, false
	}
	return a, true
}

// scanForms reads the rarer forms: blanks, dashes, signs, brackets, full-width
// digits, spaces and apostrophes between the groups, units behind the number.
func scanForms(printed string) (amount, state) {
	s := strings.TrimFunc(printed, isSpace)
	if s == "" {
		return amount{}, blank
	}
	if isDash(s) {
		return amount{}, dash
	}
	if len(s) > maxFormBytes || !strings.ContainsFunc(s, isDigit) {
		return amount{}, text
	}
	body, negative, signed, ok := cutSign(s)
	if !ok {
		return amount{}, oddNumber(s)
	}
	body = strings.TrimLeftFunc(body, isSpace)
	if body == "" || !isDigit(firstRune(body)) && narrow(firstRune(body)) != '.' {
		return amount{}, oddNumber(s)
	}
	a, rest, ok := scanDigits(body)
	if !ok {
		return amount{}, oddNumber(s)
	}
	a.signed = signed
	if negative {
		a.negate()
	}
	rest = compact(rest)
	switch {
	case rest == "":
		return a, number
	case rest == "%" || rest == "％" || rest == "‰":
		return amount{}, percent
	}
	if u, ok := parseUnit(rest); ok {
		a.unit = u
		return a, number
	}
	return amount{}, oddNumber(s)
}

// maxFormBytes: a longer text is prose, even when it begins with a number.
const maxFormBytes = 120

func (a *amount) negate() {
	a.coefficient = -a.coefficient
	if a.wide != "" {
		a.wide = "-" + a.wide
	}
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

func isDigit(r rune) bool { r = narrow(r); return r >= '0' && r <= '9' }

// isDash tells whether s says "nothing here": -, —, ——, …, /.
func isDash(s string) bool {
	for _, r := range s {
		if !strings.ContainsRune("-－−–—―─‐‑﹣…/／", r) && !isSpace(r) {
			return false
		}
	}
	return true
}

// cutSign takes the sign off a printed number.
func cutSign(s string) (body string, negative, signed, ok bool) {
	first, n := utf8.DecodeRuneInString(s)
	switch first {
	case '(', '（':
		last, m := utf8.DecodeLastRuneInString(s)
		if last != ')' && last != '）' {
			return "", false, false, false
		}
		return s[n : len(s)-m], true, true, true
	case '-', '－', '−', '–', '—', '‐', '‑', '﹣', '△', '▲', '负':
		return s[n:], true, true, true
	case '+', '＋':
		return s[n:], false, true, true
	case '¥', '￥':
		return s[n:], false, false, true
	}
	return s, false, false, true
}

// scanDigits reads digits with separators and a point, and what follows them.
// Thousands separators of any kind must stand before groups of three.
func scanDigits(s string) (a amount, rest string, ok bool) {
	var buffer [maxDigits]byte
	digits := buffer[:0]
	point, group := false, 0
	i := 0
loop:
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch c := narrow(r); {
		case c >= '0' && c <= '9':
			if len(digits) == maxDigits {
				return a, "", false
			}
			digits = append(digits, byte(c))
			group++
			if point {
				a.scale++
			} else {
				a.whole++
			}
		case c == '.' && !point:
			if a.separated && group != 3 {
				return a, "", false
			}
			point = true
		case isSeparator(r):
			next := i + n
			for next < len(s) && isSpace(firstRune(s[next:])) {
				next += utf8.RuneLen(firstRune(s[next:]))
			}
			if next == len(s) || !isDigit(firstRune(s[next:])) {
				break loop
			}
			if point || group > 3 || a.separated && group != 3 || group == 0 {
				return a, "", false
			}
			a.separated, group = true, 0
			n = next - i
		default:
			break loop
		}
		i += n
	}
	if len(digits) == 0 || point && a.scale == 0 || !point && a.separated && group != 3 {
		return a, "", false
	}
	if len(digits) <= maxInt64Digits {
		for _, d := range digits {
			a.coefficient = a.coefficient*10 + int64(d-'0')
		}
	} else {
		a.wide = string(digits)
	}
	return a, s[i:], true
}

func isSeparator(r rune) bool {
	return r == ',' || r == '，' || r == '\'' || r == '’' || r == '＇' || isSpace(r)
}

// oddNumber tells a number that cannot be read from a text that holds digits.
func oddNumber(s string) state {
	for _, r := range s {
		if !isDigit(r) && !isSeparator(r) && !strings.ContainsRune(".．-－−–—﹣△▲负+＋()（）¥￥,，", r) {
			return text
		}
	}
	return unparsed
}
