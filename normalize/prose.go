package normalize

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"gongkai/extract"
)

// Prose says 公务接待费 0.30 万元，比上年增加 0.10 万元，增长 50%. Each number with a unit
// of money or a percent sign is a fact of its own; what it is about stands
// before it in the sentence, or else is what the section is about.

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
		{"预算支出", "支出"}, {"支出预算", "支出"}, {"支出", "支出"}, {"机关运行", "机关运行经费"}, {"政府采购", "政府采购"}, {"固定资产", "国有资产/固定资产"},
	},
}

// rootSubjects are what sections are about whose amounts are for things too many to list.
var rootSubjects = map[string]string{
	"operating_cost": "机关运行经费", "procurement_note": "政府采购", "assets_note": "国有资产",
	"three_public_note": "三公", "income_note": "收入", "expenditure_note": "支出",
}

// directionWords say which way an amount changed.
var directionWords = []string{"增加", "减少", "增长", "下降", "降低", "上升", "提高", "压减", "压缩", "节约", "持平"}

// proseNumber is a number with its unit in a text, by byte offsets.
type proseNumber struct {
	start, end int
	value      amount
	unit       unit // zero for shares and rates
	said       string
}

// nextProseNumber finds the next number with a unit of money or a percent sign.
func nextProseNumber(text string, from int) (proseNumber, bool) {
	for i := from; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			continue
		}
		end := endOfNumber(text, i)
		a, ok := scanPlain(text[i:end])
		rest := strings.TrimLeftFunc(text[end:], isSpace)
		at := len(text) - len(rest)
		if u, n, said := unitPrefix(rest); ok && n > 0 && !strings.HasPrefix(rest[n:], "/") {
			return proseNumber{i, at + n, a, u, said}, true
		}
		for _, sign := range [...]string{"%", "％", "‰", "个百分点"} {
			if ok && strings.HasPrefix(rest, sign) {
				return proseNumber{i, at + len(sign), a, 0, sign}, true
			}
		}
		i = end - 1
	}
	return proseNumber{}, false
}

// endOfNumber is where digits, one point and separators before groups of three end.
func endOfNumber(text string, start int) int {
	i, point := start, false
	for i < len(text) {
		switch {
		case text[i] >= '0' && text[i] <= '9':
		case text[i] == '.' && !point && leadingDigits(text[i+1:]) > 0:
			point = true
		case text[i] == ',' && !point && leadingDigits(text[i+1:]) == 3:
		default:
			return i
		}
		i++
	}
	return i
}

// writeTextAmounts appends the amounts that a section's text states.
func (a *assembly) writeTextAmounts(s *extract.Section, row *Section) {
	text := s.Text
	before, runes, counted := 0, 0, 0
	last := ""
	for n := 1; ; n++ {
		number, ok := nextProseNumber(text, before)
		if !ok {
			return
		}
		first, end := sentenceAround(text, number.start)
		if first > before {
			last = ""
		}
		window := compact(text[max(first, before):number.start])
		fact := TextAmount{
			ID: row.ID + "a" + strconv.Itoa(n), DocumentID: row.DocumentID, SectionID: row.ID, Sentence: strings.TrimFunc(text[first:end], isSpace),
			Value: decimal.NewNullDecimal(number.value.decimal()), Unit: number.said, Page: row.PageFirst,
		}
		if number.unit != 0 {
			value, _ := toYuan(&number.value, number.unit)
			fact.Amount = decimal.NewNullDecimal(value)
		}
		clause := window[lastClause(window):]
		fact.DirectionWord = directionIn(clause)
		fact.Measure = a.measureOf(&fact, clause, window)
		fact.SubjectPath = subjectIn(row.Kind, window, last)
		last = fact.SubjectPath
		fact.Period = a.periodOf(&fact, compact(text[first:number.start]))
		runes += utf8.RuneCountInString(text[counted:number.start])
		fact.CharStart = runes
		runes += utf8.RuneCountInString(text[number.start:number.end])
		fact.CharEnd, counted = runes, number.end
		if len(s.Places) > 0 {
			fact.Box = s.Places[0].Box
		}
		a.batch.TextAmounts = append(a.batch.TextAmounts, fact)
		before = number.end
	}
}

// sentenceAround gives the bounds of the sentence or list member at a place.
func sentenceAround(text string, at int) (first, end int) {
	if i := strings.LastIndexAny(text[:at], "。！？"); i >= 0 {
		_, n := utf8.DecodeRuneInString(text[i:])
		first = i + n
	}
	end = len(text)
	if i := strings.IndexAny(text[at:], "。！？"); i >= 0 {
		_, n := utf8.DecodeRuneInString(text[at+i:])
		end = at + i + n
	}
	return first, end
}

// lastClause is where the words right before a number begin.
func lastClause(window string) int {
	i := strings.LastIndexAny(window, "，,；;：:")
	if i < 0 {
		return 0
	}
	_, n := utf8.DecodeRuneInString(window[i:])
	return i + n
}

func directionIn(clause string) string {
	at, found := -1, ""
	for _, word := range directionWords {
		if i := strings.LastIndex(clause, word); i > at {
			at, found = i, word
		}
	}
	return found
}

// measureOf tells what a number is: a change, a rate, a share, or the amount itself.
func (a *assembly) measureOf(fact *TextAmount, clause, window string) string {
	switch {
	case !fact.Amount.Valid && strings.Contains(clause, "占"):
		return "share"
	case !fact.Amount.Valid:
		return "rate"
	case fact.DirectionWord != "":
		return "change"
	case containsAny(window, "决算", "年末", "年底", "截至", "截止"), a.phase == "executed" && !strings.Contains(window, "预算"):
		return "final"
	}
	return "budget"
}

// subjectIn is what a number is about: the last word of the section's kind
// before it, else in lists the thing named right before it, else what the
// number before it in the sentence is about, else the section's own subject.
func subjectIn(kind, window, last string) string {
	root := rootSubjects[kind]
	words := subjectsOf[kind]
	listed := kind == "operating_cost" || kind == "procurement_note" || kind == "assets_note"
	if words == nil && !listed {
		words = subjectsOf[""]
	}
	at, path := -1, ""
	for _, s := range words {
		if i := strings.LastIndex(window, s.word); i >= 0 && i+len(s.word) > at {
			at, path = i+len(s.word), s.path
		}
	}
	switch {
	case path != "":
		return path
	case listed:
		if name := thingBefore(window); name != "" && !strings.Contains(name, root) && directionIn(window) == "" {
			return root + "/" + name
		}
		return root
	case last != "":
		return last
	}
	return root
}

// thingBefore is the name at the end of a text: 办公费 of 包括办公费, 台式计算机 of 其中购买台式计算机1台.
func thingBefore(window string) string {
	name := window
	if i := strings.LastIndexAny(name, "、，,；;：:（("); i >= 0 {
		_, n := utf8.DecodeRuneInString(name[i:])
		name = name[i+n:]
	}
	for _, lead := range []string{"其中", "包括", "主要用于", "计划", "本年度计划", "购买", "采购", "用于", "购置"} {
		if i := strings.LastIndex(name, lead); i >= 0 && len(lead) < len(name[i:]) {
			name = name[i+len(lead):]
		}
	}
	if i := strings.IndexAny(name, "0123456789"); i >= 0 {
		name = name[:i]
	}
	for _, tail := range []string{"约", "为", "共计", "合计", "安排", "预算", "金额"} {
		name = strings.TrimSuffix(name, tail)
	}
	if strings.HasSuffix(name, "费支出") {
		name = strings.TrimSuffix(name, "支出")
	}
	return name
}

// periodOf is the year a number is about: the last one named before it, the
// year before for 上年, else that of the document. A change is this year's, whatever it is compared to.
func (a *assembly) periodOf(fact *TextAmount, before string) int {
	year := a.profile.year
	if year == 0 || fact.Measure == "change" || fact.Measure == "rate" {
		return year
	}
	if i := strings.LastIndex(before, "相比"); i >= 0 {
		before = before[i:]
	}
	if containsAny(before, "上年末", "上年底", "上年度末") {
		return year - 1
	}
	yearsIn(before, func(named int) { year = named })
	return year
}
