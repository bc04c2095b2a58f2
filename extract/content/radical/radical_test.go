package radical

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"
)

func TestFold(t *testing.T) {
	for _, test := range []struct{ radical, ideograph rune }{
		{0x2F3E, '户'}, {0x2FAD, '青'}, {0x2EDA, '页'}, {0x2FC8, '黄'}, {0x2EEC, '齐'}, {0x2ED3, '长'}, {0x2ED4, '门'},
		{0x2F00, '一'}, {0x2F08, '人'}, {0x2F29, '小'}, {0x2FA6, '金'}, {0x2FBC, '高'}, {0x2FD5, '龠'},
		{0x2E81, '厂'}, {0x2E84, '乙'}, {0x2EA0, '民'}, {0x2EC4, '西'}, {0x2EF3, '龟'}, {0x2ED1, '長'},
	} {
		if got, ok := Fold(test.radical); !ok || got != test.ideograph {
			t.Errorf("Fold(%U) = %c, %t; want %c", test.radical, got, ok, test.ideograph)
		}
	}
	for _, r := range []rune{'页', 'A', 0, -1, unicode.MaxRune, 0x2E7F, 0x2FE0, 0x2E80, 0x2E9A, 0x2FD6} {
		if got, ok := Fold(r); ok || got != r {
			t.Errorf("Fold(%U) = %U, %t; want it unchanged", r, got, ok)
		}
	}
}

// Every assigned radical but U+2E80 has an ideograph. A Kangxi radical's is that of its compatibility decomposition
// where GB/T 2312 has that character.
func TestTableAgainstUnicode(t *testing.T) {
	encoder := simplifiedchinese.HZGB2312.NewEncoder()
	for r := rune(first); r <= last; r++ {
		ideograph, ok := Fold(r)
		if assigned := unicode.Is(unicode.Radical, r); ok != (assigned && r != 0x2E80) {
			t.Errorf("Fold(%U): ok = %t, assigned = %t", r, ok, assigned)
		}
		if !ok {
			continue
		}
		if !unicode.Is(unicode.Unified_Ideograph, ideograph) {
			t.Errorf("Fold(%U) = %U, no unified ideograph", r, ideograph)
		}
		if r < 0x2F00 {
			continue
		}
		decomposed, _ := utf8.DecodeRuneInString(norm.NFKC.String(string(r)))
		if _, err := encoder.String(string(decomposed)); err == nil && ideograph != decomposed {
			t.Errorf("Fold(%U) = %c, want %c", r, ideograph, decomposed)
		}
		if ideograph != decomposed {
			if _, err := encoder.String(string(ideograph)); err != nil {
				t.Errorf("Fold(%U) = %c, which GB/T 2312 lacks", r, ideograph)
			}
		}
	}
}

func TestFoldString(t *testing.T) {
	for _, test := range []struct {
		text, want string
		changed    bool
	}{
		{"", "", false},
		{"财政拨款", "财政拨款", false},
		{"⻚码 1/2", "页码 1/2", true},
		{"“三公”经费—⽀出", "“三公”经费—支出", true},
		{"→⼾", "→户", true},
		{"⺀", "⺀", false},
		{"\xe2\xbd", "\xe2\xbd", false},
	} {
		if got, changed := FoldString(test.text); got != test.want || changed != test.changed {
			t.Errorf("FoldString(%q) = %q, %t; want %q, %t", test.text, got, changed, test.want, test.changed)
		}
	}
	plain := "“一般公共预算财政拨款支出”——合计"
	if n := testing.AllocsPerRun(100, func() { FoldString(plain) }); n != 0 {
		t.Errorf("%v allocations for a text without radicals", n)
	}
}
