package normalize

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// unit is a currency unit: the power of ten that turns it into yuan, plus one,
// so that zero means unknown.
type unit uint8

const (
	yuan            unit = 1
	hundredYuan     unit = 3
	thousandYuan    unit = 4
	tenThousandYuan unit = 5
	hundredThousand unit = 6
	millionYuan     unit = 7
	tenMillion      unit = 8
	hundredMillion  unit = 9
	billionYuan     unit = 10
	tenBillion      unit = 11
	hundredBillion  unit = 12
)

// exponent is the power of ten of the unit in yuan.
func (u unit) exponent() int32 { return int32(u) - 1 }

// unitNames are the printed units, longer ones first.
var unitNames = [...]struct {
	name string
	unit unit
}{
	{"千亿元", hundredBillion}, {"百亿元", tenBillion}, {"十亿元", billionYuan}, {"亿元", hundredMillion},
	{"千万元", tenMillion}, {"百万元", millionYuan}, {"十万元", hundredThousand}, {"万元", tenThousandYuan},
	{"千元", thousandYuan}, {"百元", hundredYuan}, {"元", yuan},
}

// parseUnit reads a text that is a unit and nothing else: 万元, 人民币元.
func parseUnit(s string) (unit, bool) {
	u, n, _ := unitPrefix(s)
	return u, n > 0 && n == len(s)
}

// unitPrefix reads the unit a text begins with; name is it as printed.
func unitPrefix(s string) (u unit, length int, name string) {
	t, renminbi := strings.CutPrefix(s, "人民币")
	if renminbi {
		t = strings.TrimLeft(t, "（(：:") // 人民币（万元）
	}
	for _, x := range unitNames {
		if strings.HasPrefix(t, x.name) {
			return x.unit, len(s) - len(t) + len(x.name), x.name
		}
	}
	return 0, 0, ""
}

// A caption may say 单位：万元, 金额单位：元, （单位：万元） or just 万元; 单位 may also
// introduce the agency's name, which is no unit.
func unitOfCaption(line string) (unit, string) {
	if !strings.Contains(line, "元") {
		return 0, ""
	}
	s := compact(line)
	for rest := s; ; {
		i := strings.Index(rest, "单位")
		if i < 0 {
			break
		}
		rest = rest[i+len("单位"):]
		rest = strings.TrimLeft(rest, ":：;；.、-—均为是(（)）")
		if u, n, name := unitPrefix(rest); n > 0 {
			return u, name
		}
		if u, name := unitAmongCounts(rest); u != 0 {
			return u, name
		}
	}
	s = strings.Trim(s, "()（）")
	for _, label := range []string{"金额:", "金额："} {
		s = strings.TrimPrefix(s, label) // 金额：万元
	}
	if u, ok := parseUnit(s); ok {
		_, _, name := unitPrefix(s)
		return u, name
	}
	return 0, ""
}

// unitAmongCounts reads 辆、台、万元: a table of counts and money names all its units.
func unitAmongCounts(list string) (unit, string) {
	const longestCount = len("平方米")
	for i := 0; ; {
		at := strings.IndexAny(list[i:], "、，,")
		if at < 0 || at > longestCount {
			return 0, ""
		}
		_, n := utf8.DecodeRuneInString(list[i+at:])
		i += at + n
		if u, size, name := unitPrefix(list[i:]); size > 0 {
			return u, name
		}
	}
}

// unitOfHeader finds a unit in a header or label: 价值（金额单位：万元）, 金额(元),
// 预算数/万元. Units of prices (元/平方米) are rates and no unit of an amount.
func unitOfHeader(label string) (unit, string) {
	if !strings.Contains(label, "元") {
		return 0, ""
	}
	if u, name := unitOfCaption(label); u != 0 {
		return u, name
	}
	for i, r := range label {
		if r != '(' && r != '（' && r != '/' && r != '／' && r != ':' && r != '：' {
			continue
		}
		rest := label[i+len(string(r)):]
		u, n, name := unitPrefix(rest)
		if n > 0 && !strings.HasPrefix(rest[n:], "/") && !strings.HasPrefix(rest[n:], "／") {
			return u, name
		}
	}
	return 0, ""
}

// zeroYuan is shared by the many zeros of these tables; decimals never change.
var zeroYuan = decimal.New(0, -2)

// toYuan converts a printed amount to yuan with two decimals; rounded tells
// that print had more, which are rounded half to even.
func toYuan(a *amount, u unit) (value decimal.Decimal, rounded bool) {
	if a.coefficient == 0 && a.wide == "" {
		return zeroYuan, false
	}
	shift := int32(a.scale) - u.exponent()
	if a.wide == "" && shift <= 2 {
		if c, ok := scaleUp(a.coefficient, 2-shift); ok {
			return decimal.New(c, -2), false
		}
	}
	exact := a.decimal().Shift(u.exponent())
	value = exact.RoundBank(2)
	if !value.Equal(exact) {
		return value, true
	}
	return value, false
}

// scaleUp multiplies by 10^n unless that overflows.
func scaleUp(c int64, n int32) (int64, bool) {
	const limit = (1<<63 - 1) / 10
	for ; n > 0; n-- {
		if c > limit || c < -limit {
			return 0, false
		}
		c *= 10
	}
	return c, true
}
