package check

import (
	"gongkai/normalize"

	"github.com/shopspring/decimal"
)

// fraction is what a percentage may be of: part ÷ whole, each known to half its
// last printed digit.
type fraction struct {
	part, partError, whole, wholeError int64
	terms                              []Term // the printed numbers they come from
}

// share is one amount as part of another.
func shareOf(part, whole Term) fraction {
	return fraction{part.Value, part.Grain / 2, whole.Value, whole.Grain / 2, []Term{part, whole}}
}

// growth is a change in percent of last year's amount, which is this year's without the change.
func growthOf(amount, change Term, decrease bool) fraction {
	before := amount.Value - change.Value
	if decrease {
		before = amount.Value + change.Value
	}
	return fraction{change.Value, change.Grain / 2, before, (change.Grain + amount.Grain) / 2, []Term{change, amount}}
}

// onePoint is a percentage point: a percentage that is off by less is a slip of
// rounding to be told of, one that is off by more is wrong.
var onePoint = decimal.New(1, 0)

// percentageDigits are those of a quotient before it is compared: more than any percentage has in print.
const percentageDigits = 12

func percentage(part, whole int64) decimal.Decimal {
	return decimal.New(part, 2).DivRound(decimal.New(whole, 0), percentageDigits)
}

// fits compares a printed percentage with the fraction: exactly, as far as the
// printed digits of all three go, or not at all. Digits that were cut off
// instead of rounded still fit within rounding.
func (f *fraction) fits(printed decimal.Decimal) string {
	if f.whole <= f.wholeError {
		return InsufficientData
	}
	last := decimal.New(1, printed.Exponent())
	if percentage(f.part, f.whole).Sub(printed).Abs().Mul(decimal.New(2, 0)).LessThanOrEqual(last) {
		return Pass
	}
	low, high := percentage(f.part-f.partError, f.whole+f.wholeError), percentage(f.part+f.partError, f.whole-f.wholeError)
	half := last.Div(decimal.New(2, 0))
	if printed.GreaterThanOrEqual(low.Sub(last)) && printed.LessThanOrEqual(high.Add(half)) {
		return Rounding
	}
	return Fail
}

// judgePercentage passes a percentage that one of the fractions gives, and else
// tells of the first, which is the likeliest.
func (r *Results) judgePercentage(m *mention, fractions []fraction, zh, en string) {
	best, outcome := -1, InsufficientData
	for i := range fractions {
		switch fit := fractions[i].fits(m.Text.Value.Decimal); {
		case fit == Pass:
			r.Pass(Document)
			return
		case fit == Rounding && outcome != Rounding, fit == Fail && best < 0:
			best, outcome = i, fit
		}
	}
	if best >= 0 {
		r.tellPercentage(m, &fractions[best], outcome, zh, en)
	}
}

// tellPercentage writes the finding of a percentage that is not what its amounts give.
func (r *Results) tellPercentage(m *mention, f *fraction, outcome, zh, en string) {
	printed, unit := m.Text.Value.Decimal, f.terms[0].unit()
	expected := percentage(f.part, f.whole).Round(-printed.Exponent())
	sign := signs[Equal].broken
	if outcome == Rounding {
		sign = signs[Equal].rounded
	}
	formula := appendPercentage(nil, printed)
	formula = append(formula, ' ')
	formula = append(formula, sign...)
	formula = append(formula, ' ')
	formula = appendNumber(formula, f.part, 2*f.partError, unit)
	formula = append(formula, " ÷ "...)
	formula = appendNumber(formula, f.whole, min(2*f.partError, 2*f.wholeError), unit)
	formula = append(formula, " (= "...)
	formula = append(appendPercentage(formula, expected), ')')
	finding := r.Tell(Document, outcome, m.Text.ID+"/percentage", zh+"："+string(formula), en+": "+string(formula))
	finding.Formula, finding.Unit = string(formula), m.Text.Unit
	finding.Expected, finding.Observed, finding.Difference = known(expected), known(printed), known(printed.Sub(expected))
	if outcome == Fail && printed.Sub(expected).Abs().LessThan(onePoint) {
		finding.Severity = SeverityWarn
	}
	finding.Operands = append(finding.Operands, normalize.Operand{
		Role: "percentage", Label: m.Text.SubjectPath, Raw: printed.String() + m.Text.Unit, Value: known(printed),
		TextAmountID: m.Text.ID, Page: m.Text.Page, Box: m.Text.Box,
	})
	for i := range f.terms {
		finding.Operands = append(finding.Operands, f.terms[i].operand("part", unit))
	}
	placeOperands(finding)
}

func appendPercentage(b []byte, value decimal.Decimal) []byte {
	return append(append(b, value.StringFixed(-value.Exponent())...), '%')
}
