package check

import (
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"gongkai/normalize"
)

// Prose states numbers one after another: 公务接待费3.50万元，较上年减少0.01万元，下降0.28%.
// A mention is one of them with the words around it. What it is about is taken
// from words that leave no doubt, and from nothing else: a number whose subject
// is not sure is not compared with any table.

// role is what a number does in its sentence.
type role uint8

const (
	unsure  role = iota
	stated       // an amount of the document's year
	earlier      // an amount of another year, or of the budget a final account is held against
	change       // the difference to it
	rate         // that difference in percent
	share        // a part in percent of a whole
)

// mention is one number of the prose.
type mention struct {
	Term
	role     role
	lead     string // the words since the number before, or since the sentence began; without spaces
	clause   string // the last part of the lead, between punctuation
	trail    string // what follows to the next number or the end of the sentence
	subject  string // core of the clause: 收入, 基本支出 …
	compared bool   // of earlier amounts: 比2025年年初预算数99024.2万元
	ofItem   bool   // an item of a classification was named before it in its section
	decrease bool   // of changes and rates: 减少, 下降
	sentence int    // counts within the document
	segment  int    // part of a sentence between semicolons, counts within the document
	section  int    // position in Batch.Sections
}

// narrative is all that prose states, in the order of the document.
type narrative struct {
	mentions []mention
	sections []sectionWords // as in Batch.Sections

	rows map[string][]rowPlace // of spending statements by code and name
}

// sectionWords are the words of a section, and of the headings it stands under.
type sectionWords struct {
	heading string // of the section itself, without spaces
	under   string // the nearest heading above, without spaces
	opening string // its first sentence, when that has no numbers: 1.因公出国（境）费用。
	parent  int    // position in Batch.Sections, -1 for none
	first   int    // its mentions
	end     int
}

// prose reads what the document states, once for all rules.
func (x *Index) prose() *narrative {
	if x.narrative == nil {
		x.narrative = readNarrative(x.Batch)
	}
	return x.narrative
}

func readNarrative(batch *normalize.Batch) *narrative {
	n := &narrative{mentions: make([]mention, 0, len(batch.TextAmounts)), sections: make([]sectionWords, len(batch.Sections))}
	for i := range batch.Sections {
		s := &batch.Sections[i]
		words := sectionWords{heading: squeeze(s.Heading), parent: sectionAt(batch, s.ParentID)}
		for p := words.parent; p >= 0 && words.under == ""; p = n.sections[p].parent {
			words.under = n.sections[p].heading
		}
		n.sections[i] = words
	}
	counts := counter{}
	for first := 0; first < len(batch.TextAmounts); {
		end := first
		for end < len(batch.TextAmounts) && batch.TextAmounts[end].SectionID == batch.TextAmounts[first].SectionID {
			end++
		}
		if at := sectionAt(batch, batch.TextAmounts[first].SectionID); at >= 0 {
			n.sections[at].first = len(n.mentions)
			n.readSection(batch, at, first, end, &counts)
			n.sections[at].end = len(n.mentions)
		}
		first = end
	}
	return n
}

// sectionAt finds a section by its id, which ends with its ordinal; -1 when there is none.
func sectionAt(batch *normalize.Batch, id string) int {
	i := strings.LastIndex(id, "#s")
	if i < 0 {
		return -1
	}
	ordinal, err := strconv.Atoi(id[i+2:])
	if err != nil || ordinal < 1 || ordinal > len(batch.Sections) || batch.Sections[ordinal-1].ID != id {
		return -1
	}
	return ordinal - 1
}

// counter numbers sentences and their segments.
type counter struct{ sentence, segment int }

// readSection appends the mentions of one section.
func (n *narrative) readSection(batch *normalize.Batch, section, first, end int, counts *counter) {
	text := []rune(batch.Sections[section].Text)
	counts.sentence++
	counts.segment++
	from := 0
	ofItem := namesItem(n.sections[section].under)
	for i := first; i < end; i++ {
		amount := &batch.TextAmounts[i]
		start, stop := amount.CharStart, amount.CharEnd
		if start < from || stop > len(text) || start > 0 && isNumeral(text[start-1]) {
			continue
		}
		lead := text[from:start]
		if i == first {
			n.sections[section].opening = openingOf(lead)
		}
		ofItem = ofItem || namesItem(string(lead))
		for at := len(lead) - 1; at >= 0; at-- {
			if isSentenceEnd(lead[at]) {
				counts.sentence++
				counts.segment++
				lead = lead[at+1:]
				break
			}
		}
		for _, r := range lead {
			if r == '；' || r == ';' {
				counts.segment++
			}
		}
		until := len(text)
		if i+1 < end {
			until = min(until, max(stop, batch.TextAmounts[i+1].CharStart))
		}
		m := mention{Term: TextTerm(amount), lead: squeezeRunes(lead), trail: trailOf(text[stop:until]), ofItem: ofItem, section: section, sentence: counts.sentence, segment: counts.segment}
		m.read(batch)
		n.mentions = append(n.mentions, m)
		from = stop
	}
}

// openingOf is the first sentence of a text that has more than one.
func openingOf(text []rune) string {
	for i, r := range text {
		if isSentenceEnd(r) {
			return squeezeRunes(text[:i])
		}
	}
	return ""
}

// isNumeral: a number that another runs into, such as 1,541.50.00, was not read whole.
func isNumeral(r rune) bool { return r >= '0' && r <= '9' || r == '.' || r == ',' }

// namesItem tells whether a text names an item of a classification: 行政运行（项）, 2010301-行政运行, 工资福利支出（301）.
func namesItem(text string) bool {
	if containsAny(text, "（类）", "（款）", "（项）", "(类)", "(款)", "(项)", "”科目") {
		return true
	}
	digits := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
			continue
		case r != '年' && r != '.' && r != ',' && (digits == 7 || digits == 5 || digits == 3 && (r == '）' || r == ')')):
			return true
		}
		digits = 0
	}
	return false
}

func isSentenceEnd(r rune) bool { return r == '。' || r == '！' || r == '？' }

// near is the part of the lead behind its last semicolon.
func (m *mention) near() string {
	if i := strings.LastIndexAny(m.lead, "；;"); i >= 0 {
		return m.lead[i:]
	}
	return m.lead
}

// trailOf is what follows a number in its sentence.
func trailOf(text []rune) string {
	for i, r := range text {
		if isSentenceEnd(r) {
			return squeezeRunes(text[:i])
		}
	}
	return squeezeRunes(text)
}

// read tells the role and the subject of a mention by its lead.
func (m *mention) read(batch *normalize.Batch) {
	m.clause = lastClause(m.lead)
	m.subject = coreOf(m.clause, batch.Document.AgencyName)
	direction, rest := directionOf(m.clause)
	m.decrease = direction < 0
	percent := !m.Text.Amount.Valid
	switch {
	case percent && strings.Contains(m.clause, "占"):
		m.role = share
	case percent && direction != 0 && !strings.Contains(m.clause, "完成"):
		m.role = rate
	case percent:
		m.role = unsure
	case direction != 0 && isFiller(rest):
		m.role = change
	case direction != 0:
		m.role = unsure
	case m.isEarlier(batch) || m.isBudgetOfFinal(batch):
		m.role, m.compared = earlier, beginsWithAny(m.clause, comparisons...)
	default:
		m.role = stated
	}
}

// isEarlier: the clause compares, or names another year or the last one.
func (m *mention) isEarlier(batch *normalize.Batch) bool {
	if beginsWithAny(m.clause, comparisons...) || containsAny(m.clause, "上年", "去年", "上一年", "往年") {
		return true
	}
	year := batch.Document.FiscalYear
	if year == 0 {
		return false
	}
	found := false
	forYears(m.clause, func(named int) { found = named != year })
	return found
}

// isBudgetOfFinal: final accounts tell the budget they are held against, which no
// table of theirs prints but that of 三公.
func (m *mention) isBudgetOfFinal(batch *normalize.Batch) bool {
	return batch.Document.Phase == "executed" && containsAny(m.clause, "年初预算", "全年预算", "调整预算", "预算数", "预算为") && batch.Sections[m.section].Kind != "three_public_note"
}

var comparisons = []string{"比", "较", "与", "同"}

// forYears calls back for each year that is named, such as 2025年.
func forYears(text string, named func(year int)) {
	for i := strings.Index(text, "年"); i >= 0; {
		if i >= 4 {
			if year, err := strconv.Atoi(text[i-4 : i]); err == nil && year > 1990 && year < 2100 {
				named(year)
			}
		}
		next := strings.Index(text[i+len("年"):], "年")
		if next < 0 {
			return
		}
		i += len("年") + next
	}
}

// directions are the words of a change, and which way it goes.
var directions = []struct {
	word string
	sign int
}{{"增加", 1}, {"增长", 1}, {"上升", 1}, {"提高", 1}, {"增涨", 1}, {"减少", -1}, {"下降", -1}, {"降低", -1}, {"压减", -1}, {"压缩", -1}, {"节约", -1}}

// directionOf finds the last word of a change in a clause, and what follows it.
func directionOf(clause string) (sign int, rest string) {
	at := -1
	for _, d := range directions {
		if i := strings.LastIndex(clause, d.word); i > at {
			at, sign, rest = i, d.sign, clause[i+len(d.word):]
		}
	}
	return sign, rest
}

// isFiller: nothing that could name another subject stands between a word of change and its number.
func isFiller(rest string) bool {
	switch strings.Trim(rest, "：:") {
	case "", "了", "约", "为", "额", "额为", "数", "数为", "金额", "金额为", "共", "共计":
		return true
	}
	return false
}

// clauseEnds part the words of a sentence.
const clauseEnds = "，,；;：:（）()、“”\"「」"

// lastClause is the part of a lead after its last punctuation.
func lastClause(lead string) string {
	if i := strings.LastIndexAny(lead, clauseEnds); i >= 0 {
		_, size := utf8.DecodeRuneInString(lead[i:])
		return lead[i+size:]
	}
	return lead
}

// fillers say nothing about which amount is meant.
var fillers = sync.OnceValue(func() *strings.Replacer {
	words := []string{
		"本部门", "本单位", "我部门", "我单位", "我局", "全年", "当年", "本年度", "本年", "年初", "年度", "预算总额", "预算", "决算", "合计", "总计", "共计",
		"总额", "安排", "编制", "相应", "其中", "包括", "部门", "单位", "汇总", "年", "数", "为", "共", "约", "的", "总", "计", "度", "是", "拟", "当",
	}
	pairs := []string{"公共", "公共"} // a word that one of the fillers is part of
	for _, word := range words {
		pairs = append(pairs, word, "")
	}
	return strings.NewReplacer(pairs...)
})

// coreOf is what a clause says beside its publisher, year and filling words:
// 收入 of 2026年深圳市审计局部门预算收入.
func coreOf(clause, agency string) string {
	if agency != "" {
		clause = strings.ReplaceAll(clause, squeeze(agency), "")
	}
	clause = strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII || r == '．' || r == '。' {
			return -1
		}
		return r
	}, clause)
	return fillers().Replace(clause)
}

// squeeze takes out white space.
func squeeze(text string) string {
	if !strings.ContainsFunc(text, unicode.IsSpace) {
		return text
	}
	return squeezeRunes([]rune(text))
}

func squeezeRunes(text []rune) string {
	var b strings.Builder
	b.Grow(3 * len(text))
	for _, r := range text {
		if !unicode.IsSpace(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func containsAny(text string, words ...string) bool {
	for _, word := range words {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

func beginsWithAny(text string, words ...string) bool {
	for _, word := range words {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	return false
}

// kindOf is what the section of a mention is about.
func (x *Index) kindOf(m *mention) string { return x.Batch.Sections[m.section].Kind }

// isOfUnit tells whether the mention stands under a heading that names another
// body than the publisher: its amounts are that body's.
func (x *Index) isOfUnit(m *mention) bool {
	n := x.prose()
	for at := m.section; at >= 0; at = n.sections[at].parent {
		heading := trimNumeral(n.sections[at].heading)
		if heading != "" && endsWithAny(strings.TrimSuffix(heading, "。"), bodies...) && !strings.Contains(heading, squeeze(x.Batch.Document.AgencyName)) {
			return true
		}
	}
	return false
}

// bodies are the last words of names of public bodies.
var bodies = []string{"局", "中心", "委员会", "办公室", "站", "所", "院", "处", "馆", "学校", "支队", "总队", "大队", "本级", "（本级）", "(本级)", "协会", "公司", "医院", "基地"}

func endsWithAny(text string, words ...string) bool {
	for _, word := range words {
		if strings.HasSuffix(text, word) {
			return true
		}
	}
	return false
}

// trimNumeral takes the numeral from a heading: 三、 （三） 3. 第三部分.
func trimNumeral(heading string) string {
	return strings.TrimLeft(heading, "（(一二三四五六七八九十第部分章节0123456789）)、．.：: ")
}
