package statement

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// NormalizeTitle strips what varies between publishers from a printed title:
// spaces, quotes, the year, the leading number, 部门 or 单位, the published
// number (公开05表) and the mark of a continued table.
func NormalizeTitle(printed string) string {
	s := fold(printed)
	s = cutCaption(s)
	if strings.Count(s, "(") > strings.Count(s, ")") {
		s += ")" // the line ends within a remark
	}
	for {
		t := stripPrefix(stripSuffix(s))
		if t == s || t == "" {
			return s
		}
		s = t
	}
}

// fold removes spaces and quotes and narrows full-width forms.
func fold(printed string) string {
	var b strings.Builder
	b.Grow(len(printed))
	for _, r := range printed {
		switch {
		case unicode.IsSpace(r), r == '\u200b', r == '\ufeff', strings.ContainsRune("“”‘’\"'「」『』《》〈〉", r):
		case r >= '！' && r <= '～':
			b.WriteRune(r - '！' + '!')
		case r == '〔' || r == '［' || r == '【':
			b.WriteByte('(')
		case r == '〕' || r == '］' || r == '】':
			b.WriteByte(')')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// cutCaption ends the title where a caption on the same line begins.
func cutCaption(s string) string {
	for _, label := range []string{"金额单位:", "单位:", "部门名称:", "编制部门:", "编制单位:"} {
		if i := strings.Index(s, label); i > 0 {
			s = strings.TrimSuffix(s[:i], "(")
		}
	}
	return s
}

var prefixes = []string{
	"部门(单位)", "部门综合预算", "部门预算", "单位预算", "预算单位", "部门", "单位", "本级", "(本级)", "省级", "市级", "区级", "县级", "市直", "区直", "县直", "续表", "续", "附表", "附件",
}

func stripPrefix(s string) string {
	s = strings.TrimLeft(s, ".、:-—_·,;)")
	if n := yearPrefix(s); n > 0 {
		return s[n:]
	}
	if n := numberedTable(s); n > 0 && n < len(s) {
		return s[n:]
	}
	if n := listNumber(s); n > 0 {
		return s[n:]
	}
	for _, p := range prefixes {
		if len(s) > len(p) && strings.HasPrefix(s, p) && worthKeeping(s[len(p):]) {
			return s[len(p):]
		}
	}
	return s
}

// worthKeeping refuses to strip a title down to a word that names nothing, and
// to take 单位 off 单位资金.
func worthKeeping(rest string) bool {
	return !strings.HasPrefix(rest, "资金") && utf8.RuneCountInString(rest) >= 3 && rest != "预算表" && rest != "决算表"
}

// stripSuffix removes the mark of a continued table and a published number at the end.
func stripSuffix(s string) string {
	for _, mark := range []string{"(续)", "(续表)", "续表", "(续上表)"} {
		if t := strings.TrimSuffix(s, mark); t != s {
			return t
		}
	}
	if i := strings.LastIndex(s, "公开"); i > 0 && numberedTable(s[i:]) == len(s)-i {
		return s[:i]
	}
	return s
}

// yearPrefix is the length of a leading 2026年, 2026年度 or (2026年).
func yearPrefix(s string) int {
	t := strings.TrimPrefix(s, "(")
	n := digits(t)
	if n != 4 && n != 2 || !strings.HasPrefix(t[n:], "年") {
		return 0
	}
	i := len(s) - len(t) + n + len("年")
	if strings.HasPrefix(s[i:], "度") {
		i += len("度")
	}
	if len(t) < len(s) && strings.HasPrefix(s[i:], ")") {
		i++
	}
	return i
}

// numberedTable is the length of a leading 公开05表, 预算01表, 财决08-1表, GK05, 表12 or 预算表12.
func numberedTable(s string) int {
	if t, ok := strings.CutPrefix(s, "GK"); ok { // as the software for final accounts calls 公开
		if n := tableNumber(t); n > 0 {
			return len(s) - len(strings.TrimPrefix(t[n:], "表"))
		}
	}
	for _, p := range []string{"公开", "预算", "财决公开", "财决附", "财决", "部门预算公开", "部门公开", "附"} {
		t, ok := strings.CutPrefix(s, p)
		if !ok {
			continue
		}
		if n := tableNumber(t); n > 0 && strings.HasPrefix(t[n:], "表") {
			return len(p) + n + len("表")
		}
	}
	for _, p := range []string{"附表", "附件", "预算表", "表"} {
		t, ok := strings.CutPrefix(s, p)
		if !ok {
			continue
		}
		if n := tableNumber(t); n > 0 {
			return len(p) + n
		}
	}
	return 0
}

// tableNumber is the length of 05, 8-1, 1.2 at the start of s.
func tableNumber(s string) int {
	n := digits(s)
	if n > 4 && strings.HasPrefix(s[n:], "年") {
		n -= 4 // the year follows: 表10 2021年…
	}
	if n == 0 || n > 3 {
		return 0
	}
	if n < len(s) && s[n] == '-' {
		if m := digits(s[n+1:]); m > 0 {
			return n + 1 + m
		}
	}
	return n
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// listNumber is the length of a leading 一、 (二) 3. or 4、.
func listNumber(s string) int {
	i := 0
	open := strings.HasPrefix(s, "(")
	if open {
		i++
	}
	start := i
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune("一二三四五六七八九十百0123456789", r) {
			break
		}
		i += n
	}
	if i == start || i-start > 12 || i == len(s) {
		return 0
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	if open && r == ')' || !open && strings.ContainsRune("、.,)", r) {
		return i + n
	}
	return 0
}

// PublishedNumber finds the number a table is published under, such as
// 公开05表 or 预算01表, in a printed line; empty when there is none.
func PublishedNumber(line string) string {
	if !strings.Contains(line, "表") && !strings.HasPrefix(line, "GK") {
		return ""
	}
	s := fold(line)
	if n := numberedTable(s); n > 0 && n == len(s) {
		return s // 表11, alone on its line
	}
	for i := range s {
		if n := numberedTable(s[i:]); n > 0 && strings.HasSuffix(s[i:i+n], "表") {
			return s[i : i+n]
		}
	}
	return ""
}
