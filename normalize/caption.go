package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// agencyLabels introduce the publisher's name in a caption, longer ones first.
var agencyLabels = []string{
	"部门编码及名称", "单位编码及名称", "部门（单位）名称", "部门(单位)名称", "预算单位名称", "部门名称", "单位名称", "编制部门", "编制单位", "预算单位", "预算部门",
	"填报单位", "填报部门", "公开部门", "公开单位", "公开单位名称", "部门", "单位",
}

// isAgencyLabel tells whether a text is such a label and nothing else.
func isAgencyLabel(value string) bool {
	for _, label := range agencyLabels {
		if value == label {
			return true
		}
	}
	return false
}

// captionEnds are labels that may follow the agency on the same line.
var captionEnds = []string{"金额单位", "单位：", "单位:", "预算年度", "年度：", "年度:", "公开", "日期", "编制日期", "填报日期", "金额："}

// labelledAgency reads 部门编码及名称：[731]秦皇岛市科学技术协会.
func labelledAgency(line string) (code, name string, ok bool) {
	if !strings.ContainsAny(line, ":：") {
		return "", "", false
	}
	for _, label := range agencyLabels {
		i := strings.Index(line, label)
		if i < 0 {
			continue
		}
		rest := strings.TrimLeftFunc(line[i+len(label):], isSpace)
		value, found := strings.CutPrefix(rest, "：")
		if !found {
			if value, found = strings.CutPrefix(rest, ":"); !found {
				continue
			}
		}
		code, name = splitAgency(cutValue(value))
		if isAgencyName(name) {
			return code, name, true
		}
	}
	return "", "", false
}

// cutValue ends a value where the next label or a wide gap begins.
func cutValue(value string) string {
	value = strings.TrimFunc(value, isSpace)
	for _, end := range captionEnds {
		if i := strings.Index(value, end); i > 0 {
			value = value[:i]
		}
	}
	for _, gap := range []string{"   ", "\t", "\u3000\u3000"} {
		if i := strings.Index(value, gap); i > 0 {
			value = value[:i]
		}
	}
	return strings.TrimRightFunc(value, func(r rune) bool { return isSpace(r) || r == '(' || r == '（' })
}

// splitAgency takes the code off an agency: [731]…, 731 …, 731-…, （731）….
func splitAgency(value string) (code, name string) {
	s := strings.TrimLeft(value, "[【（(［")
	opened := len(s) < len(value)
	n := 0
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || s[n] >= 'A' && s[n] <= 'Z') {
		n++
	}
	if n < 3 || n > 18 || n == len(s) {
		return "", compact(value)
	}
	rest := strings.TrimLeft(s[n:], "]】）)］-－—_ \u3000")
	if !opened && len(rest) == len(s)-n {
		return "", compact(value) // 120急救中心
	}
	return s[:n], compact(rest)
}

// isAgencyName refuses units, years and prose.
func isAgencyName(name string) bool {
	n := utf8.RuneCountInString(name)
	if n < 3 || n > maxAgencyRunes || !unicode.Is(unicode.Han, firstRune(name)) || strings.ContainsAny(name, "。；;，、：:") {
		return false
	}
	if _, ok := parseUnit(name); ok || strings.HasPrefix(name, "万元") || strings.HasPrefix(name, "人民币") {
		return false
	}
	return !isHeaderOnly(name)
}

// maxAgencyRunes: the longest name seen has 34 characters.
const maxAgencyRunes = 45

func isHeaderOnly(name string) bool {
	switch name {
	case "名称", "负责人", "预算表", "合计":
		return true
	}
	return false
}

// yearsIn finds the years a line names as 2026年, two-digit ones as 24年预算.
func yearsIn(line string, found func(year int)) {
	for rest := line; ; {
		i := strings.Index(rest, "二")
		if i < 0 {
			break
		}
		if year, _ := hanYear(rest[i:]); year != 0 {
			found(year)
		}
		rest = rest[i+len("二"):]
	}
	for i := 0; i+4 <= len(line); i++ {
		if line[i] != '2' || i > 0 && line[i-1] >= '0' && line[i-1] <= '9' {
			continue
		}
		if year, ok := yearAt(line[i:]); ok {
			found(year)
		}
	}
}

// hanYear reads 二〇二四年 at the start of s, and tells its size; 0 when it is none.
// The zero is written in many ways.
func hanYear(s string) (year, size int) {
	const digits = 4
	for range digits {
		r, n := utf8.DecodeRuneInString(s[size:])
		switch {
		case strings.ContainsRune("〇○零Ｏ０", r):
			r = '〇'
		case !strings.ContainsRune(hanDigits, r):
			return 0, 0
		}
		year = year*10 + hanValue(string(r))
		size += n
	}
	if !strings.HasPrefix(s[size:], "年") || year < 1990 || year >= 2100 {
		return 0, 0
	}
	return year, size
}

// yearAt reads 2026年 at the start of s; spaces may stand between.
func yearAt(s string) (int, bool) {
	if leadingDigits(s) != 4 || s[1] != '0' {
		return 0, false
	}
	if !strings.HasPrefix(strings.TrimLeftFunc(s[4:], isSpace), "年") {
		return 0, false
	}
	year := 0
	for _, d := range s[:4] {
		year = year*10 + int(d-'0')
	}
	return year, year >= 1990 && year < 2100
}
