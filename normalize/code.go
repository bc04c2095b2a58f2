package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isClassCode tells codes of the functional and economic classifications by
// shape: 类 201, 款 20101, 项 2010101, local sub-items with two more digits.
func isClassCode(s string) bool {
	switch len(s) {
	case 3, 5, 7, 9, 11:
		return allDigits(s) && s[0] != '0'
	}
	return false
}

// isCatalogueCode tells procurement codes by shape: A, B or C and digits.
func isCatalogueCode(s string) bool {
	return len(s) >= 3 && s[0] >= 'A' && s[0] <= 'C' && allDigits(s[1:])
}

// isLetterCode tells the three categories of the procurement catalogue: A 货物, B 工程, C 服务.
func isLetterCode(s string) bool { return len(s) == 1 && s[0] >= 'A' && s[0] <= 'C' }

// isDashedCode tells codes printed in parts: 201-01-01.
func isDashedCode(s string) bool {
	if n := leadingDigits(s); n != 3 || len(s) < 6 {
		return false
	}
	return strings.Trim(s, "0123456789-") == "" && s[3] == '-'
}

// isCode tells whether a cell of a code column holds a code and not a label.
func isCode(s string) bool {
	if s == "" || len(s) > maxCodeBytes {
		return false
	}
	digit := false
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digit = true
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r == '-', r == '.':
		default:
			return false
		}
	}
	return digit
}

// maxCodeBytes: project codes have 21 characters; the longest seen has 29.
const maxCodeBytes = 40

// joinParts joins the parts of a code that stands in several columns (类, 款,
// 项). A blank part to the left of a filled one is that of the row above; a
// blank part with nothing filled to its right means a parent row. parts holds
// what the row prints, above the parts of the row above, and is updated.
func joinParts(parts, above []string) string {
	last := -1
	for i, p := range parts {
		if p != "" {
			last = i
		}
	}
	if last < 0 {
		return ""
	}
	joined := ""
	for i := range parts {
		switch {
		case i > last:
			above[i] = ""
		case parts[i] != "":
			above[i] = parts[i]
		}
		if i > last {
			continue
		}
		// Some tables repeat the whole code in every column: 201 | 20101 | 2010101.
		if joined != "" && len(above[i]) > len(joined) && strings.HasPrefix(above[i], joined) {
			joined = above[i]
		} else {
			joined += above[i]
		}
	}
	return joined
}

// projectCode is the length of a project's code before a dash:
// 11000022T000000489978-儿童福利和保护工作服务.
func projectCode(s string) int {
	const shortest = 12
	n, digits := 0, 0
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || s[n] >= 'A' && s[n] <= 'Z') {
		if s[n] <= '9' {
			digits++
		}
		n++
	}
	if n < shortest || digits*2 < n || n == len(s) || !strings.ContainsRune("-－—_", firstRune(s[n:])) {
		return 0
	}
	return n
}

// agencyNumber is the length of an agency's number before a dash: 210003-第二人民医院.
func agencyNumber(s string) int {
	const shortest, longest = 6, 9 // 210003, 106002001; a year and a month have no dash and name behind them
	n := leadingDigits(s)
	if n < shortest || n > longest || n == len(s) {
		return 0
	}
	dash, width := utf8.DecodeRuneInString(s[n:])
	if !strings.ContainsRune("-－—_", dash) || !unicode.Is(unicode.Han, firstRune(s[n+width:])) {
		return 0
	}
	return n
}

// splitGlued takes a code off the front of a label: [201]名称, 201-名称,
// 2060702科普活动. bracketed codes are certain; bare ones need the support of
// the other rows, since 120急救中心 is a name.
func splitGlued(label string) (code, name string, bracketed bool) {
	s := label
	switch {
	case strings.HasPrefix(s, "["), strings.HasPrefix(s, "【"), strings.HasPrefix(s, "［"):
		_, n := utf8.DecodeRuneInString(s)
		end := strings.IndexAny(s, "]】］")
		if end < 0 || !isCode(s[n:end]) {
			return "", label, false
		}
		_, m := utf8.DecodeRuneInString(s[end:])
		return s[n:end], strings.TrimLeft(s[end+m:], "-－—:："), true
	}
	if n := max(projectCode(s), agencyNumber(s)); n > 0 {
		return s[:n], strings.TrimLeft(s[n:], "-－—_"), true
	}
	n := leadingDigits(s)
	if n < 3 && len(s) > 2 && isLetterCode(s[:1]) {
		n = 1 + leadingDigits(s[1:])
	}
	rest := s[n:]
	letter := isLetterCode(s[:n]) && strings.ContainsRune("-－—", firstRune(rest)) // A-货物
	if !letter && !isClassCode(s[:n]) && !isCatalogueCode(s[:n]) {
		return "", label, false
	}
	name = strings.TrimLeft(rest, "-－—_:：")
	if name == "" || !unicode.Is(unicode.Han, firstRune(name)) && firstRune(name) != '“' {
		return "", label, false
	}
	// 100万 is an amount, 120号 an address: units right behind three digits make no code.
	if n == 3 && name == rest && strings.ContainsRune("年月日号万元个台辆", firstRune(name)) {
		return "", label, false
	}
	return s[:n], name, false
}

// splitBehind takes a code off the end of a label: 工资福利支出（301）.
func splitBehind(label string) (code, name string) {
	last, n := utf8.DecodeLastRuneInString(label)
	if last != ')' && last != '）' {
		return "", label
	}
	open := strings.LastIndexAny(label, "(（")
	_, m := utf8.DecodeRuneInString(label[max(0, open):])
	if open <= 0 || open+m > len(label)-n {
		return "", label
	}
	code = label[open+m : len(label)-n]
	if !isClassCode(code) && !isCatalogueCode(code) {
		return "", label
	}
	return code, label[:open]
}
