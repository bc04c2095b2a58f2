package check

import (
	"strings"

	"gongkai/normalize"

	"github.com/shopspring/decimal"
)

// What a wrong number looks like beside the right one.
const (
	faultRowShift     = "row_shift"
	faultSwapped      = "swapped"
	faultDecimalPoint = "decimal_point"
	faultUnit         = "unit"
	faultSign         = "sign"
	faultLostDigit    = "lost_digit"
)

// significantDigits a number must have before a likeness says something.
const significantDigits = 3

// likeness tells how one number could have been made of another by mistake;
// empty when it could not. raw is the number as printed.
func likeness(printed, right decimal.Decimal, raw string) string {
	switch {
	case printed.IsZero() || right.IsZero() || printed.Equal(right) || len(digitsOf(right)) < significantDigits:
		return ""
	case printed.Equal(right.Neg()):
		return faultSign
	case printed.Sign() != right.Sign():
		return ""
	}
	for _, shift := range [...]int32{4, -4, 3, -3} {
		if printed.Equal(right.Shift(shift)) || isRounded(printed, right.Shift(shift)) || isRounded(right, printed.Shift(-shift)) {
			return faultUnit
		}
	}
	for _, shift := range [...]int32{1, -1, 2, -2} {
		switch {
		case !printed.Equal(right.Shift(shift)):
		case shift < 0 && right.IsInteger() && !strings.Contains(raw, "."):
			return faultLostDigit // 88951000 of 889510000: no point is printed
		default:
			return faultDecimalPoint
		}
	}
	digits := justDigits(raw)
	for places := int32(0); places <= mostPlaces; places++ {
		if right.Round(places).Equal(right) && lacksDigit(digits, justDigits(right.StringFixed(places))) {
			return faultLostDigit
		}
	}
	return ""
}

// roundedDigits a number must have before one that is rounded to it is likely the same.
const roundedDigits = 4

// isRounded tells whether a number is another one rounded: 17.01万元 of 170065元.
func isRounded(short, long decimal.Decimal) bool {
	if len(digitsOf(short)) < roundedDigits {
		return false
	}
	places := int32(0)
	for places < mostPlaces && !short.Round(places).Equal(short) {
		places++
	}
	return short.Equal(long.Round(places))
}

// mostPlaces is the most decimals that amounts are printed with.
const mostPlaces = 6

// digitsOf are the digits of a number without zeros at either end.
func digitsOf(d decimal.Decimal) string { return strings.Trim(d.Abs().Coefficient().String(), "0") }

// justDigits are the digits of a printed number, the zero before the point too:
// 0.38 is not 4.38 with a digit left out, 10.38 with one left out it may be.
func justDigits(raw string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, raw)
}

// lacksDigit tells whether a text is the other one without one of its digits.
func lacksDigit(short, whole string) bool {
	if len(short)+1 != len(whole) || len(whole) < significantDigits {
		return false
	}
	i := 0
	for i < len(short) && short[i] == whole[i] {
		i++
	}
	return short[i:] == whole[i+1:]
}

// mostOperands: among more numbers than these one looks wrong by chance.
const mostOperands = 40

// recognise says what the fault of a sum looks like when one of its numbers, and
// only one, could have been made by mistake of what the others ask for. That
// number is the suspect, unless witnesses named one before.
func recognise(f *normalize.Finding) {
	if f.Outcome != Fail || !f.Difference.Valid || f.Fault != "" || len(f.Operands) > mostOperands {
		return
	}
	fault, at := "", -1
	var proposed decimal.Decimal
	for i := range f.Operands {
		o := &f.Operands[i]
		if o.Role != "whole" && o.Role != "part" || !o.Value.Valid || f.Suspect != "" && o.CellID != f.Suspect {
			continue
		}
		right := impliedBy(f, i)
		if found := likeness(o.Value.Decimal, right, o.Raw); found != "" {
			if at >= 0 && f.Operands[at].Role == "part" {
				return // two numbers look wrong: nothing tells which
			}
			if at < 0 {
				fault, at, proposed = found, i, right
			}
		}
	}
	if at < 0 {
		return
	}
	f.Fault = fault
	if f.Suspect == "" && len(f.Operands) > 2 && f.Operands[at].CellID != "" {
		f.Suspect, f.Proposed = f.Operands[at].CellID, known(proposed)
	}
}

// impliedBy is what an operand should say by the others of its formula.
func impliedBy(f *normalize.Finding, at int) decimal.Decimal {
	if f.Operands[at].Role == "whole" {
		return f.Expected.Decimal
	}
	return f.Operands[at].Value.Decimal.Add(f.Difference.Decimal)
}

// recogniseSequences finds faults that only several findings of a rule show
// together: values that stand a row too high or too low, and pairs that changed places.
func recogniseSequences(findings []normalize.Finding) {
	for i := range findings {
		for j := i + 1; j < len(findings); j++ {
			a, b := &findings[i], &findings[j]
			if !ofOneKind(a, b) {
				continue
			}
			if sameValue(a.Expected, b.Observed) && sameValue(b.Expected, a.Observed) && !sameValue(a.Expected, b.Expected) {
				a.Fault, b.Fault = faultSwapped, faultSwapped
			}
		}
	}
	for i := 0; i+1 < len(findings); i++ {
		length := shiftFrom(findings[i:])
		for k := 0; length > 2 && k < length; k++ {
			findings[i+k].Fault = faultRowShift
		}
	}
}

// shiftFrom counts the findings in a row in which each expects what the next, or
// the one before, prints.
func shiftFrom(findings []normalize.Finding) int {
	down, up := 1, 1
	for k := 1; k < len(findings) && ofOneKind(&findings[0], &findings[k]); k++ {
		before, here := &findings[k-1], &findings[k]
		if down == k && sameValue(before.Expected, here.Observed) && before.Fault != faultSwapped {
			down++
		}
		if up == k && sameValue(before.Observed, here.Expected) && before.Fault != faultSwapped {
			up++
		}
	}
	return max(down, up)
}

// ofOneKind: two failing comparisons of one number with another, by one rule.
func ofOneKind(a, b *normalize.Finding) bool {
	return a.RuleID == b.RuleID && a.Outcome == Fail && b.Outcome == Fail && a.Unit == b.Unit && a.Expected.Valid && b.Expected.Valid && len(a.Operands) >= 2 && len(b.Operands) >= 2
}

func sameValue(a, b decimal.NullDecimal) bool {
	return a.Valid && b.Valid && a.Decimal.Equal(b.Decimal) && !a.Decimal.IsZero()
}
