package normalize

import (
	"math/big"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func TestParseAmount(t *testing.T) {
	for _, c := range []struct{ printed, value, state string }{
		{"604.42", "604.42", StateNumber},
		{"0.00", "0.00", StateNumber},
		{"1,234.56", "1234.56", StateNumber},
		{"335980000", "335980000", StateNumber},
		{"841,579.924856", "841579.924856", StateNumber},
		{"１，２３４．５６", "1234.56", StateNumber},
		{"12 345.60", "12345.60", StateNumber},
		{"12'345’678", "12345678", StateNumber},
		{"1,234, 567.00", "1234567.00", StateNumber},
		{"-1.50", "-1.50", StateNumber},
		{"－1.50", "-1.50", StateNumber},
		{"−1.50", "-1.50", StateNumber},
		{"‐1.50", "-1.50", StateNumber},
		{"﹣1.50", "-1.50", StateNumber},
		{"12.5‰", "", StateText},
		{"1.2亿元", "1.2", StateNumber},
		{"﹣", "", StateDash},
		{"(1.50)", "-1.50", StateNumber},
		{"（1,000.50）", "-1000.50", StateNumber},
		{"△3", "-3", StateNumber},
		{"▲ 3.2", "-3.2", StateNumber},
		{"负3.2", "-3.2", StateNumber},
		{"+3.2", "3.2", StateNumber},
		{"￥37.00", "37.00", StateNumber},
		{"37.00万元", "37.00", StateNumber},
		{".5", "0.5", StateNumber},
		{"123456789012345678901234567890.12", "123456789012345678901234567890.12", StateNumber},
		{"", "", StateBlank},
		{" 　", "", StateBlank},
		{"-", "", StateDash},
		{"——", "", StateDash},
		{"…", "", StateDash},
		{"/", "", StateDash},
		{"12.5%", "", StateText},
		{"100％", "", StateText},
		{"科普活动", "", StateText},
		{"≥5000人次", "", StateText},
		{"2060702科普活动", "", StateText},
		{"1.00 2.00", "", StateUnparsed},
		{"1,23.00", "", StateUnparsed},
		{"12,34,567", "", StateUnparsed},
		{"1.234,56", "", StateUnparsed},
		{"1..5", "", StateUnparsed},
		{"12 34", "", StateUnparsed},
		{"1-2", "", StateUnparsed},
		{"5.", "", StateUnparsed},
		{"(-3)", "", StateUnparsed},
	} {
		value, state := ParseAmount(c.printed)
		if state != c.state {
			t.Errorf("%q is %s, want %s", c.printed, state, c.state)
			continue
		}
		if state == StateNumber && !value.Decimal.Equal(decimal.RequireFromString(c.value)) {
			t.Errorf("%q reads as %s, want %s", c.printed, value.Decimal, c.value)
		}
		if value.Valid != (state == StateNumber) {
			t.Errorf("%q: valid is %v in state %s", c.printed, value.Valid, state)
		}
	}
}

// group puts a separator before each group of three digits.
func group(digits, separator string) string {
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(separator)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// TestPrintedAmountsReadBack prints an amount in any of the forms found in
// print and expects exactly the same value back.
func TestPrintedAmountsReadBack(t *testing.T) {
	signs := []struct{ before, after string }{{"-", ""}, {"－", ""}, {"−", ""}, {"–", ""}, {"‐", ""}, {"﹣", ""}, {"(", ")"}, {"（", "）"}, {"△", ""}, {"▲", ""}, {"负", ""}}
	rapid.Check(t, func(t *rapid.T) {
		// Twenty digits before the point, more than any amount in 元: in full width they stay below maxFormBytes.
		whole := rapid.StringMatching(`0|[1-9][0-9]{0,19}`).Draw(t, "whole")
		fraction := rapid.StringMatching(`([0-9]{1,8})?`).Draw(t, "fraction")
		want := whole
		if fraction != "" {
			want += "." + fraction
		}
		printed := group(whole, rapid.SampledFrom([]string{"", ",", "，", "'", "’", " ", "\u00a0", ", "}).Draw(t, "separator"))
		if fraction != "" {
			printed += rapid.SampledFrom([]string{".", "．"}).Draw(t, "point") + fraction
		}
		if rapid.Bool().Draw(t, "negative") {
			sign := rapid.SampledFrom(signs).Draw(t, "sign")
			printed, want = sign.before+printed+sign.after, "-"+want
		}
		if rapid.Bool().Draw(t, "full width") {
			printed = strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return r - '0' + '０'
				}
				return r
			}, printed)
		}
		value, state := ParseAmount(rapid.SampledFrom([]string{"", " ", "\u3000"}).Draw(t, "margin") + printed)
		if state != StateNumber || !value.Decimal.Equal(decimal.RequireFromString(want)) {
			t.Fatalf("%q reads as %s %v, want %s", printed, state, value.Decimal, want)
		}
	})
}

// FuzzParseAmount: no text breaks the scanner, and what it reads is what the
// digits say: nothing is dropped or invented.
func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"1,234.56", "（1.0）", "１２", "", "-", "12%", "1 000", "△", "9999999999999999999999", "1.2.3", "37万元", "负"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, printed string) {
		value, state := ParseAmount(printed)
		if value.Valid != (state == StateNumber) {
			t.Fatalf("%q: valid %v, state %s", printed, value.Valid, state)
		}
		if !value.Valid {
			return
		}
		digits := strings.Map(func(r rune) rune {
			if isDigit(r) {
				return narrow(r)
			}
			return -1
		}, printed)
		want, _ := new(big.Int).SetString(digits, 10)
		if got := new(big.Int).Abs(value.Decimal.Coefficient()); got.Cmp(want) != 0 {
			t.Fatalf("%q reads as %s", printed, value.Decimal)
		}
	})
}

func TestToYuan(t *testing.T) {
	for _, c := range []struct {
		printed string
		unit    unit
		yuan    string
		rounded bool
	}{
		{"604.42", tenThousandYuan, "6044200.00", false},
		{"841,579.924856", tenThousandYuan, "8415799248.56", false},
		{"0.00", tenThousandYuan, "0.00", false},
		{"216,801,570", yuan, "216801570.00", false},
		{"1.5", hundredMillion, "150000000.00", false},
		{"-2.5", thousandYuan, "-2500.00", false},
		{"0.125", yuan, "0.12", true}, // half to even
		{"0.135", yuan, "0.14", true},
		{"0.130", yuan, "0.13", false},
		{"123456789012345678.90", hundredMillion, "12345678901234567890000000.00", false},
	} {
		a, s := scanAmount(c.printed)
		if s != number {
			t.Fatalf("%q is %v", c.printed, s)
		}
		value, rounded := toYuan(&a, c.unit)
		if value.StringFixed(2) != c.yuan || rounded != c.rounded {
			t.Errorf("%s: %s rounded %v, want %s rounded %v", c.printed, value.StringFixed(2), rounded, c.yuan, c.rounded)
		}
	}
}

// TestYuanReadBack prints whole fen in every unit and expects the same fen back.
func TestYuanReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64().Draw(t, "fen")
		name := rapid.SampledFrom(unitNames[:]).Draw(t, "unit")
		inUnit := decimal.New(fen, -2).Shift(-name.unit.exponent())
		printed := inUnit.String()
		if rapid.Bool().Draw(t, "unit in the cell") {
			printed += name.name
		}
		a, s := scanAmount(printed)
		if s != number || a.unit != 0 && a.unit != name.unit {
			t.Fatalf("%q is %v in unit %d", printed, s, a.unit)
		}
		value, rounded := toYuan(&a, name.unit)
		if rounded || !value.Equal(decimal.New(fen, -2)) {
			t.Fatalf("%q is %s yuan, want %d fen", printed, value, fen)
		}
	})
}

func TestUnits(t *testing.T) {
	captions := map[string]unit{
		"单位：万元": tenThousandYuan, "金额单位: 元": yuan, "（单位：亿元）": hundredMillion, "单位:千元": thousandYuan, "万元": tenThousandYuan,
		"部门名称：杭州市交通运输局单位：万元": tenThousandYuan, "单位：西安市民政局": 0, "编制单位：上海市数据局  单位：元": yuan, "单位：人民币万元": tenThousandYuan,
		"2021年预算收入604.42万元": 0, "": 0, "金额单位：人民币（万元）": tenThousandYuan, "单位：辆、台、万元": tenThousandYuan, "单位：平方米，元": yuan,
		"表中金额单位均为万元": tenThousandYuan, "（金额：元）": yuan, "单位；千元": thousandYuan, "金额：12万元": 0,
		"单位：千万元": tenMillion, "单位：百元": hundredYuan, "单位：万美元": 0, "单位：人、辆": 0, "单位：某某市水务局、某某市财政局（万元）": 0,
	}
	for line, want := range captions {
		if got, _ := unitOfCaption(line); got != want {
			t.Errorf("caption %q gives unit %d, want %d", line, got, want)
		}
	}
	headers := map[string]unit{
		"价值（金额单位：万元）": tenThousandYuan, "金额(元)": yuan, "预算数/万元": tenThousandYuan, "专项资金情况（万元）": tenThousandYuan,
		"单价（元/平方米）": 0, "科普业务费（包括协会经费12万元）": 0, "预算数": 0,
	}
	for label, want := range headers {
		if got, _ := unitOfHeader(label); got != want {
			t.Errorf("header %q gives unit %d, want %d", label, got, want)
		}
	}
}
