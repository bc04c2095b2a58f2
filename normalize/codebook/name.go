package codebook

import (
	"slices"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// foldedRunes is room for a folded name, so that folding stays on the stack;
// the longest listed name has 25 characters. A longer one is folded all the same.
const foldedRunes = 32

// appendFolded appends what counts when names are compared: characters in
// their plain form without spaces and punctuation, and without 的, which
// offices put in and leave out (其他对个人和家庭的补助).
func appendFolded(folded []rune, text string) []rune {
	for _, r := range text {
		if isCompatibility(r) {
			text = norm.NFKC.String(text)
			break
		}
	}
	for _, r := range text {
		switch {
		case r >= 0x4E00 && r <= 0x9FFF:
			if r == '的' {
				continue
			}
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z':
		default:
			r = unicode.ToUpper(narrow(r))
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				continue
			}
		}
		folded = append(folded, r)
	}
	return folded
}

// isCompatibility tells whether a character is a radical, an enclosed or
// compatibility form of others (⽂, ㈠, ﹙), as some producers of PDF write.
// Full-width letters, by far more common, are left to narrow.
func isCompatibility(r rune) bool {
	return r >= 0x2E80 && (r <= 0x2FDF || r >= 0x3200 && r <= 0x33FF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFE30 && r <= 0xFE6F)
}

// narrow gives the plain form of a full-width character.
func narrow(r rune) rune {
	const wide, plain = '！', '!'
	if r >= wide && r <= '～' {
		return r - wide + plain
	}
	return r
}

// A likeness of two folded names that belong to the same code.
type likeness int

const (
	other   likeness = iota
	near             // one is cut short, or one character is missing
	alike            // equal but for the suffix 支出 or 事务
	spelled          // equal
)

// compareNames says how alike two folded names are.
func compareNames(printed, listed []rune) likeness {
	switch {
	case slices.Equal(printed, listed):
		return spelled
	case slices.Equal(trimSuffix(printed), trimSuffix(listed)):
		return alike
	case beginsAlike(printed, listed), differsByOne(printed, listed):
		return near
	}
	return other
}

// nameTails say no more than that money is spent, and on debt too: 城乡社区事务 and
// 城乡社区支出 name one class, 出让收入安排的支出 and 出让收入及对应专项债务收入安排的支出 one
// subclass. Folded names have no 的.
var nameTails = [...]string{"支出", "事务", "安排", "及对应专项债务收入"}

// trimSuffix takes the tails off a folded name.
func trimSuffix(name []rune) []rune {
	for tail := 0; tail < len(nameTails); {
		end := []rune(nameTails[tail])
		if n := len(name) - len(end); n > 1 && slices.Equal(name[n:], end) {
			name, tail = name[:n], 0
			continue
		}
		tail++
	}
	return name
}

// fewestBegin is the fewest characters that a name cut short must keep: 行政运行
// is the shortest that says something, 其他 begins hundreds of names.
const fewestBegin = 4

// beginsAlike tells whether one name is the beginning of the other: narrow
// cells cut names, and offices add to them, 行政运行（公安）.
func beginsAlike(a, b []rune) bool {
	n := min(len(a), len(b))
	return n >= fewestBegin && slices.Equal(a[:n], b[:n])
}

// fewestTypo is the fewest characters a name must keep when one is lost. A
// changed character is no slip: 高等职业教育 and 中等职业教育 are two items.
const fewestTypo = 6

// differsByOne tells whether one name lacks one character of the other.
func differsByOne(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a)+1 != len(b) || len(a) < fewestTypo {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return slices.Equal(a[i:], b[i+1:])
}

func containsRunes(text, part []rune) bool {
	if len(part) == 0 {
		return false
	}
	for i := 0; i+len(part) <= len(text); i++ {
		if slices.Equal(text[i:i+len(part)], part) {
			return true
		}
	}
	return false
}
