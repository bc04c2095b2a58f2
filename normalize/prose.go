package normalize

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"gongkai/extract"
	"gongkai/extract/layout"
)

// Prose says 公务接待费 0.30 万元，比上年增加 0.10 万元，增长 50%. Each number with a unit
// of money or a percent sign is a fact of its own; what it is about stands
// before it in the sentence, or else is what the section is about.

// directionWords say which way an amount changed.
var directionWords = []string{"增加", "减少", "增长", "下降", "降低", "上升", "提高", "压减", "压缩", "节约", "持平"}

// proseNumber is a number with its unit in a text, by byte offsets.
type proseNumber struct {
	start, end int
	value      amount
	unit       unit // zero for shares and rates
	said       string
	unread     bool // has points or separators where a number has none: 1,541.50.00万元, 12,34万元
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
		if u, n, said := unitPrefix(rest); n > 0 && !strings.HasPrefix(rest[n:], "/") {
			return proseNumber{i, at + n, a, u, said, !ok}, true
		}
		for _, sign := range [...]string{"%", "％", "‰", "个百分点"} {
			if strings.HasPrefix(rest, sign) {
				return proseNumber{i, at + len(sign), a, 0, sign, !ok}, true
			}
		}
		i = end - 1
	}
	return proseNumber{}, false
}

// endOfNumber is where digits end, with the points and separators between them.
func endOfNumber(text string, start int) int {
	i := start
	for {
		i += leadingDigits(text[i:])
		if i == len(text) || text[i] != '.' && text[i] != ',' || leadingDigits(text[i+1:]) == 0 {
			return i
		}
		i++
	}
}

// nextTextAmount finds the next number that can be read, and reports those that cannot.
func (a *assembly) nextTextAmount(s *extract.Section, from int) (proseNumber, bool) {
	number, ok := nextProseNumber(s.Text, from)
	for ok && (number.unread || isThreshold(s.Text, &number)) {
		if !number.unread {
			number, ok = nextProseNumber(s.Text, number.end)
			continue
		}
		page, _ := placeInText(s, number.start)
		printed := s.Text[number.start:number.end]
		a.report(ruleAmountUnparsed, 0, s.Ordinal, number.start, page, "", "cannot read the amount "+strconv.Quote(printed)+" in the text", "正文中无法识别金额："+printed)
		number, ok = nextProseNumber(s.Text, number.end)
	}
	return number, ok
}

// isThreshold tells what a thing must at least cost to be counted, 单价100万元（含）以上的设备,
// from what one did cost.
func isThreshold(text string, number *proseNumber) bool {
	return number.unit != 0 && strings.HasSuffix(strings.TrimRightFunc(text[:number.start], isSpace), "单价") &&
		strings.HasPrefix(strings.TrimLeft(narrowed(text[number.end:]), "(含) "), "以上")
}

// writeTextAmounts appends the amounts that a section's text states.
func (a *assembly) writeTextAmounts(s *extract.Section, row *Section) {
	text := s.Text
	before, runes, counted := 0, 0, 0
	// lead is what the sentence is about, last what the number before is.
	lead, last := "", ""
	for n := 1; ; n++ {
		number, ok := a.nextTextAmount(s, before)
		if !ok {
			return
		}
		first, end := sentenceAround(text, number.start)
		begins := first > before || n == 1
		if n == 1 {
			last = a.subjectOfHeading(row)
		}
		earlier := ""
		if first > before {
			earlier = compact(text[before:first])
			if lead != "" {
				last = lead
			}
		}
		window := compact(text[max(first, before):number.start])
		fact := TextAmount{
			ID: row.ID + "a" + strconv.Itoa(n), DocumentID: row.DocumentID, SectionID: row.ID, Sentence: strings.TrimFunc(text[first:end], isSpace),
			Value: decimal.NewNullDecimal(number.value.decimal()), Unit: number.said,
		}
		fact.Page, fact.Box = placeInText(s, number.start)
		if number.unit != 0 {
			value, _ := toYuan(&number.value, number.unit)
			fact.Amount = decimal.NewNullDecimal(value)
		}
		clause := window[lastClause(window):]
		fact.DirectionWord = directionIn(clause)
		fact.Measure = a.measureOf(&fact, clause, window)
		fact.SubjectPath = a.subjectIn(row.Kind, amountWords{earlier, window, clause, fact.DirectionWord}, last)
		last = fact.SubjectPath
		if begins {
			lead = last
		}
		fact.Period = a.periodOf(&fact, compact(text[first:number.start]))
		runes += utf8.RuneCountInString(text[counted:number.start])
		fact.CharStart = runes
		runes += utf8.RuneCountInString(text[number.start:number.end])
		fact.CharEnd, counted = runes, number.end
		a.batch.TextAmounts = append(a.batch.TextAmounts, fact)
		before = number.end
	}
}

// placeInText is the page and box of a place in a section's text: a section that
// runs over pages has its text on each in proportion to the height of its boxes.
func placeInText(s *extract.Section, at int) (int, layout.Box) {
	if len(s.Places) == 0 {
		return 0, layout.Box{}
	}
	height := 0.0
	for i := range s.Places {
		height += s.Places[i].Box.Y1 - s.Places[i].Box.Y0
	}
	reach := height * float64(at) / float64(max(1, len(s.Text)))
	for i := range s.Places {
		reach -= s.Places[i].Box.Y1 - s.Places[i].Box.Y0
		if reach < 0 || i == len(s.Places)-1 {
			return s.Places[i].Page, s.Places[i].Box
		}
	}
	return s.Places[0].Page, s.Places[0].Box
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
	case strings.Contains(fundNames.Replace(clause), "预算") && !strings.Contains(clause, "决算"):
		return "budget"
	case containsAny(window, "决算", "年末", "年底", "截至", "截止"), a.phase == "executed" && !strings.Contains(fundNames.Replace(window), "预算"):
		return "final"
	}
	return "budget"
}

// fundNames hold the word 预算 without saying that an amount is planned.
var fundNames = strings.NewReplacer("一般公共预算", "", "政府性基金预算", "", "国有资本经营预算", "", "公共财政预算", "")

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
	clause := before[lastClause(before):]
	if containsAny(before, "上年末", "上年底", "上年度末") || saysPriorYear(clause, 0) || strings.Contains(clause, "去年") {
		return year - 1
	}
	clauses := strings.FieldsFunc(before, func(r rune) bool { return strings.ContainsRune("，,；;：:", r) })
	for i, said := range clauses {
		if i+1 == len(clauses) || !compares(said) {
			yearsIn(said, func(named int) { year = named })
		}
	}
	return year
}

// compares tells clauses that hold an amount against another year, which the
// amounts behind them are not of: 与2025年预算持平；公务接待费1万元.
func compares(clause string) bool {
	for _, word := range []string{"比20", "较20", "与20", "同20"} {
		if strings.Contains(clause, word) {
			return true
		}
	}
	return false
}
