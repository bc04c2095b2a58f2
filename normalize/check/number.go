package check

import (
	"strings"

	"gongkai/normalize"

	"github.com/shopspring/decimal"
)

// Sums are made in whole numbers of a ten-thousandth of a yuan: fine enough for
// every printed amount, and wide enough for the budget of a country.
const (
	scaleExponent = 4          // 1 yuan = 10^4
	fen           = int64(100) // amounts in yuan are kept to the fen
	largest       = int64(1) << 58
)

// Number is a printed amount in ten-thousandths of a yuan; where no unit is
// known, in ten-thousandths of what is printed.
type Number struct {
	Value int64
	Grain int64 // what the last printed digit counts in: 1,000,000 for 0.01 万元
	Known bool  // a number is printed and can be read
}

// unitExponents are the powers of ten of the printed units in yuan.
var unitExponents = [...]struct {
	name     string
	exponent int32
}{{"百万元", 6}, {"亿元", 8}, {"万元", 4}, {"千元", 3}, {"元", 0}}

// unitExponent is that of a printed unit; an unknown unit counts as one.
func unitExponent(unit string) int32 {
	for _, u := range unitExponents {
		if strings.HasSuffix(unit, u.name) {
			return u.exponent
		}
	}
	return 0
}

// scaled is a decimal in ten-thousandths; false when it does not fit.
func scaled(d decimal.Decimal) (int64, bool) {
	value, shift := d.CoefficientInt64(), d.Exponent()+scaleExponent
	for ; shift > 0 && value != 0; shift-- {
		if value > largest/10 || value < -largest/10 {
			return 0, false
		}
		value *= 10
	}
	for ; shift < 0 && value != 0; shift++ {
		if value%10 != 0 && shift < -scaleExponent {
			return 0, false
		}
		value /= 10
	}
	return value, value <= largest && value >= -largest
}

// decimalsOf counts the printed digits behind the point.
func decimalsOf(raw string) int32 {
	point := strings.LastIndexByte(raw, '.')
	if point < 0 {
		if point = strings.LastIndex(raw, "．"); point < 0 {
			return 0
		}
		point += len("．") - 1
	}
	n := int32(0)
	for i := point + 1; i < len(raw); i++ {
		if raw[i] >= '0' && raw[i] <= '9' {
			n++
		} else if raw[i] != ' ' {
			break
		}
	}
	return n
}

// grainOf is what the last printed digit of an amount counts in.
func grainOf(raw, unit string) int64 {
	grain := int64(1)
	for n := unitExponent(unit) + scaleExponent - decimalsOf(raw); n > 0; n-- {
		grain *= 10
	}
	return max(grain, fen)
}

// numberOfLine reads a line whose unit is known.
func numberOfLine(line *normalize.Line) Number {
	if !line.AmountCNY.Valid {
		return Number{}
	}
	value, ok := scaled(line.AmountCNY.Decimal)
	return Number{Value: value, Grain: grainOf(line.AmountRaw, line.UnitRaw), Known: ok}
}

// numberOfText reads an amount that prose states.
func numberOfText(amount *normalize.TextAmount) Number {
	if !amount.Amount.Valid {
		return Number{}
	}
	value, ok := scaled(amount.Amount.Decimal)
	grain := int64(1)
	decimals := max(0, -amount.Value.Decimal.Exponent())
	for n := unitExponent(amount.Unit) + scaleExponent - decimals; n > 0; n-- {
		grain *= 10
	}
	return Number{Value: value, Grain: max(grain, fen), Known: ok}
}

// inUnit is a value of sums in a printed unit.
func inUnit(value int64, unit string) decimal.Decimal {
	return decimal.New(value, -scaleExponent-unitExponent(unit))
}

// Envelope is the largest difference that rounding explains between a whole
// and its n printed parts: each of them is off by half a last digit at most.
func Envelope(n int, grain int64) int64 { return int64(n+1) * grain / 2 }
