package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What an amount in prose is about stands before it: a word that budgets know, the
// name of an item of the classification, or the name right before the number.
// Sentences that only compare go on with the subject of the sentence before.

// subject is a word that names what an amount is about, and its path.
type subject struct{ word, path string }

// subjectsOf are the words of each kind of section, longer ones before those they hold.
var subjectsOf = map[string][]subject{
	"three_public_note": {
		{"公务用车购置及运", "三公/公务用车购置及运行费"}, {"公务用车购置和运", "三公/公务用车购置及运行费"},
		{"公务用车购置", "三公/公务用车购置及运行费/公务用车购置费"},
		{"公务用车运", "三公/公务用车购置及运行费/公务用车运行维护费"}, {"公务车运", "三公/公务用车购置及运行费/公务用车运行维护费"},
		{"因公出国", "三公/因公出国（境）费"}, {"公务接待", "三公/公务接待费"}, {"三公", "三公"}, {"会议费", "会议费"}, {"培训费", "培训费"},
	},
	"assets_note": {{"固定资产", "国有资产/固定资产"}},
	"": {
		{"基本支出", "支出/基本支出"}, {"项目支出", "支出/项目支出"}, {"人员经费", "支出/基本支出/人员经费"}, {"公用经费", "支出/基本支出/公用经费"},
		{"一般公共预算收入", "收入/一般公共预算"}, {"一般公共预算拨款收入", "收入/一般公共预算"}, {"政府性基金预算收入", "收入/政府性基金预算"},
		{"财政拨款收入", "收入/财政拨款"}, {"预算收入", "收入"}, {"收入预算", "收入"}, {"收入", "收入"},
		{"收入支出", "收支"}, {"收支", "收支"}, {"收、支", "收支"}, {"一般公共预算当年拨款", "支出"},
		{"预算支出", "支出"}, {"支出预算", "支出"}, {"支出", "支出"}, {"机关运行", "机关运行经费"}, {"政府采购", "政府采购"}, {"固定资产", "国有资产/固定资产"},
		{"委托业务费", "支出/委托业务费"}, {"会议费", "会议费"}, {"培训费", "培训费"}, {"一般性支出", "支出/一般性支出"},
	},
}

// rootSubjects are what sections are about whose amounts are for things too many to list.
var rootSubjects = map[string]string{
	"operating_cost": "机关运行经费", "procurement_note": "政府采购", "assets_note": "国有资产",
	"three_public_note": "三公", "income_note": "收入", "expenditure_note": "支出", "performance_goal": "绩效目标",
}

// amountWords are the words before a number: those of earlier sentences since the
// number before it, those of its own sentence, those since the last comma, and the
// one that says which way it changed.
type amountWords struct{ earlier, window, clause, direction string }

// subjectIn is what a number is about; last is what the number before it is about.
func (a *assembly) subjectIn(kind string, said amountWords, last string) string {
	root, window, clause, direction := rootSubjects[kind], said.window, said.clause, said.direction
	if path := functionalPath(window); path != "" {
		return "支出/" + path
	}
	if strings.HasPrefix(clause, "占") && last != "" {
		return last
	}
	if listsThings(kind) {
		if path := wordIn(subjectsOf[kind], window); path != "" {
			return path
		}
		name := thingBefore(window)
		if containsAny(name, "货物", "工程", "服务") && strings.Contains(clause, root+name) && direction == "" {
			return root + "/" + name
		}
		if name == "" || direction != "" || strings.Contains(clause, root) && !containsAny(clause, "包括", "其中") {
			return root
		}
		return root + "/" + name
	}
	words := subjectsOf[kind]
	if words == nil {
		words = subjectsOf[""]
	}
	named := saidOf(clause, direction)
	if named == "" && direction != "" && said.earlier == "" && last != "" {
		return last // 比上年增加…
	}
	name := thingBefore(named)
	if plainAgency(name) == plainAgency(a.profile.name) || containsAny(named, "下达", "拨付") {
		name = ""
	}
	exact := wordIn(words, name)
	switch {
	case namesMeasure(name) && said.earlier == "" && strings.HasPrefix(last, exact):
		return last // …行政运行（项）年初预算为260万元，支出决算为280万元
	case exact != "" && !isOwnName(name, exact):
		return exact
	case isPurchaseKind(name) && strings.Contains(window, "政府采购"):
		return "政府采购/" + name
	case exact != "" && isThing(name) && hasAnySuffix(name, "支出", "收入"):
		return exact + "/" + name
	case isThing(name) && (kind == "expenditure_note" || kind == "income_note" || kind == "performance_goal"):
		return root + "/" + name
	case exact != "":
		return exact
	}
	if path := wordIn(words, window); path != "" {
		return path
	}
	if path := functionalPath(said.earlier); path != "" {
		return "支出/" + path
	}
	if path := wordIn(words, said.earlier); path != "" && !goesOn(window) {
		return path
	}
	if last != "" {
		return last
	}
	return root
}

// isPurchaseKind: the three classes of what is bought.
func isPurchaseKind(name string) bool {
	return name == "货物" || name == "工程" || name == "服务"
}

// listsThings tells sections that count up what money is for.
func listsThings(kind string) bool {
	return kind == "operating_cost" || kind == "procurement_note" || kind == "assets_note"
}

// wordIn is the path of the last of the words in a text.
func wordIn(words []subject, text string) string {
	at, path := -1, ""
	for _, s := range words {
		if i := strings.LastIndex(text, s.word); i >= 0 && i+len(s.word) > at {
			at, path = i+len(s.word), s.path
		}
	}
	return path
}

// isOwnName tells names that only end like a general word: 对个人和家庭补助支出 is a
// kind of 支出, 本年支出 and 支出预算 are all of it.
func isOwnName(name, path string) bool {
	if path != "支出" && path != "收入" {
		return false
	}
	rest := name
	for _, general := range []string{"总计", "合计", "总额", "预算", "决算", "本年", "当年", "年度", "年初", "部门", "单位", "本级", "财政拨款", "一般公共", "收入", "支出", "总", "数", "经费", "安排", "全年"} {
		rest = strings.ReplaceAll(rest, general, "")
	}
	return utf8.RuneCountInString(rest) >= 2
}

// namesMeasure tells names that say no more than which of its numbers a subject has.
func namesMeasure(name string) bool {
	switch name {
	case "支出决算", "支出预算", "决算", "决算数", "预算数", "支出决算数", "支出预算数":
		return true
	}
	return false
}

// isThing tells a name from the rest of a sentence.
func isThing(name string) bool {
	const shortest, longest = 2, 30
	n := utf8.RuneCountInString(name)
	if n < shortest || n > longest || strings.ContainsAny(name, "。；;，,%“”\"比较占按") || containsAny(name, "上年", "同期", "主要", "其中", "分别", "相比", "结余", "为了", "用于", "因为", "由于", "下达", "拨付", "安排", "全年", "年初", "完成", "预算数", "执行数", "决算数", "计划", "合计", "总计") {
		return false
	}
	return unicode.Is(unicode.Han, firstRune(name))
}

// saidOf is the part of a clause that names its subject: what stands before the
// word for a change and is no comparison (比上年, 较2025年预算数, 与上年相比).
func saidOf(clause, direction string) string {
	if direction != "" {
		clause = clause[:strings.LastIndex(clause, direction)]
	}
	for _, compared := range []string{"与上年", "比上年", "较上年", "与20", "比20", "较20", "同比", "比年初", "较年初", "与去年", "比去年", "较去年", "占"} {
		if i := strings.Index(clause, compared); i >= 0 {
			clause = clause[:i]
		}
	}
	return clause
}

// goesOn tells sentences that compare what the one before said.
func goesOn(sentence string) bool {
	for _, start := range []string{"比", "较", "与", "同比", "其中", "增加", "减少", "增长", "下降"} {
		if strings.HasPrefix(sentence, start) {
			return true
		}
	}
	return false
}

// subjectOfHeading is what the headings over a section say its amounts are about.
func (a *assembly) subjectOfHeading(row *Section) string {
	if row.Heading != "" {
		if path := headingSubject(row.Heading); path != "" {
			return path
		}
	}
	for id, steps := row.ParentID, 0; id != "" && steps < 3; steps++ {
		parent := a.sectionByID(id)
		if parent == nil {
			break
		}
		if path := headingSubject(parent.Heading); path != "" {
			return path
		}
		id = parent.ParentID
	}
	return rootSubjects[row.Kind]
}

// headingSubject reads 7.社会保障和就业支出（类）…（项） and （三）委托业务费预算情况.
func headingSubject(heading string) string {
	h := withoutListNumber(compact(heading))
	if path := functionalPath(h); path != "" {
		return "支出/" + path
	}
	if path := wordIn(subjectsOf["three_public_note"], h); path != "" {
		return path
	}
	return wordIn(subjectsOf[""], h)
}

// sectionByID finds a section of the batch; ids end in their ordinal.
func (a *assembly) sectionByID(id string) *Section {
	ordinal := 0
	for _, digit := range id[strings.LastIndexByte(id, 's')+1:] {
		ordinal = ordinal*10 + int(digit-'0')
	}
	if ordinal < 1 || ordinal > len(a.batch.Sections) {
		return nil
	}
	return &a.batch.Sections[ordinal-1]
}

// functionalPath reads the last name of the form A（类）B（款）C（项） in a text, or as
// many of its parts as are there: A/B/C.
func functionalPath(text string) string {
	const levels = "类款项"
	parts := [3]string{}
	begin, last := 0, -1 // where the name of the next part begins, and the level of the part before
	for i, r := range text {
		if r != '（' && r != '(' {
			continue
		}
		open := i + utf8.RuneLen(r)
		level, size := utf8.DecodeRuneInString(text[open:])
		closing, width := utf8.DecodeRuneInString(text[open+size:])
		at := strings.IndexRune(levels, level) / len("类")
		if !strings.ContainsRune(levels, level) || closing != '）' && closing != ')' {
			continue
		}
		if at != last+1 || last < 0 {
			parts = [3]string{}
			parts[at] = partName(text[begin:i])
		} else {
			parts[at] = strings.Trim(text[begin:i], " -－—")
		}
		begin, last = open+size+width, at
	}
	path := ""
	for _, part := range parts {
		if part != "" && path != "" {
			path += "/"
		}
		path += part
	}
	return path
}

// partName is the name at the end of a text, behind punctuation, numbers and 用于.
func partName(text string) string {
	if i := strings.LastIndexAny(text, "。；;，,、：:“”\"0123456789.）)】]-－—"); i >= 0 {
		_, n := utf8.DecodeRuneInString(text[i:])
		text = text[i+n:]
	}
	if i := strings.LastIndex(text, "用于"); i >= 0 {
		text = text[i+len("用于"):]
	}
	return text
}

// thingBefore is the name at the end of a text: 办公费 of 包括办公费, 台式计算机 of 其中购买台式计算机1台,
// 住房改革支出 of （10）住房改革支出（22102）支出.
func thingBefore(window string) string {
	name, remark := cutRemark(window)
	if i := strings.LastIndexAny(name, "、，,；;：:（(）)。"); i >= 0 {
		_, n := utf8.DecodeRuneInString(name[i:])
		name = name[i+n:]
	}
	name = withoutListNumber(name)
	if i := strings.LastIndex(name, "年"); i >= 4 && leadingDigits(name[i-4:]) == 4 {
		name = strings.TrimPrefix(name[i+len("年"):], "度")
	}
	for _, lead := range []string{"其中", "包括", "主要用于", "计划", "本年度计划", "购买", "采购", "用于", "购置"} {
		if i := strings.LastIndex(name, lead); i >= 0 && len(lead) < len(name[i:]) {
			name = name[i+len(lead):]
		}
	}
	if i := strings.IndexAny(name, "0123456789"); i >= 0 {
		name, remark = name[:i], ""
	}
	for _, tail := range []string{"约", "为", "共计", "合计", "安排", "预算总额", "预算", "金额", "总额"} {
		name = strings.TrimSuffix(name, tail)
	}
	if strings.HasSuffix(name, "费支出") {
		name = strings.TrimSuffix(name, "支出")
	}
	if name == "" {
		return ""
	}
	return name + remark
}

// cutRemark takes a remark in brackets, and 支出 behind it, off the end of a name;
// a remark that is a code says nothing that the name does not.
func cutRemark(text string) (name, remark string) {
	trimmed := strings.TrimSuffix(text, "支出")
	last, n := utf8.DecodeLastRuneInString(trimmed)
	if last != '）' && last != ')' {
		return text, ""
	}
	open := strings.LastIndexAny(trimmed, "（(")
	if open <= 0 {
		return text, ""
	}
	_, width := utf8.DecodeRuneInString(trimmed[open:])
	if inside := trimmed[open+width : len(trimmed)-n]; !isClassCode(inside) {
		remark = trimmed[open:]
	}
	return trimmed[:open], remark
}
