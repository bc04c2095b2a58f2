package normalize

import (
	"strconv"
	"strings"

	"gongkai/extract"
)

// sectionKinds tell what a heading is about, the surer words first.
var sectionKinds = []struct {
	kind  string
	words []string
}{
	{"glossary", []string{"名词解释", "专业名词", "专业性名词"}},
	{"three_public_note", []string{"三公"}},
	{"operating_cost", []string{"机关运行"}},
	{"procurement_note", []string{"政府采购"}},
	{"assets_note", []string{"国有资产", "资产信息", "资产占用", "资产占有", "固定资产"}},
	{"performance_goal", []string{"绩效"}},
	{"duties", []string{"职责", "职能"}},
	{"organisation", []string{"机构设置", "内设机构", "机构情况", "单位构成", "部门构成", "机构构成", "组织架构"}},
	{"income_note", []string{"收入说明", "收入预算", "收入决算", "收入情况", "收入总体"}},
	{"expenditure_note", []string{"支出说明", "支出预算", "支出决算", "支出情况", "支出总体", "支出"}},
}

const otherSection = "other"

// isGeneral tells the kinds that a word such as 支出 is enough for; below the heading
// of a particular one, 三公 or 政府采购, they say nothing new.
func isGeneral(kind string) bool { return kind == "income_note" || kind == "expenditure_note" }

func isParticular(kind string) bool {
	return kind == "three_public_note" || kind == "operating_cost" || kind == "procurement_note" || kind == "assets_note"
}

// keepsKind: headings inside these parts name terms, duties and goals, whatever
// words they use.
func keepsKind(kind string) bool { return kind == "glossary" || kind == "performance_goal" }

func kindOfHeading(heading string) string {
	if containsAny(heading, "收支", "收入支出", "收入和支出") {
		return otherSection
	}
	for i := range sectionKinds {
		if containsAny(heading, sectionKinds[i].words...) {
			return sectionKinds[i].kind
		}
	}
	return ""
}

// writeSections appends the document's text and what it states.
func (a *assembly) writeSections() {
	list := a.document.Sections
	a.batch.Sections = make([]Section, 0, len(list))
	goal := &proseGoal{}
	for i := range list {
		row := a.sectionRow(&list[i])
		a.batch.Sections = append(a.batch.Sections, row)
		switch list[i].Kind {
		case extract.Heading, extract.Paragraph, extract.ListItem, extract.TableNote:
			if !a.writeProseIndicator(&list[i], &row, goal) {
				a.writeTextAmounts(&list[i], &row)
			}
		}
	}
	a.writeTerms()
}

func (a *assembly) sectionRow(s *extract.Section) Section {
	row := Section{
		ID: a.sectionID(s.Ordinal), DocumentID: a.document.Source.SHA256, Level: s.Level, Ordinal: s.Ordinal,
		Form: string(s.Kind), Heading: s.Heading, Text: s.Text, Kind: otherSection,
	}
	if s.Parent > 0 && s.Parent <= len(a.batch.Sections) {
		row.ParentID, row.Kind = a.sectionID(s.Parent), a.batch.Sections[s.Parent-1].Kind
	}
	switch {
	case s.Kind == extract.ContentsEntry:
		row.Kind = otherSection
	case s.Kind == extract.Heading && !keepsKind(row.Kind):
		if kind := kindOfHeading(compact(s.Heading)); kind != "" && !(isGeneral(kind) && isParticular(row.Kind)) {
			row.Kind = kind
		}
	}
	if s.Table > 0 {
		row.TableID = a.tableID(s.Table)
	}
	if len(s.Places) > 0 {
		row.PageFirst, row.PageLast = s.Pages()
	}
	return row
}

// sectionID names a section: the document's first sixteen digits and the ordinal.
func (a *assembly) sectionID(ordinal int) string {
	id := a.document.Source.SHA256
	return id[:min(len(id), 16)] + "#s" + strconv.Itoa(ordinal)
}

// proseGoal is the goal that the indicators after it belong to.
type proseGoal struct {
	parent        int
	number, words string
}

const goalLabel, indicatorLabel = "绩效目标", "绩效指标"

// labelledText is what follows a label and its number: 绩效指标 2：….
func labelledText(text, label string) (string, bool) {
	rest, ok := strings.CutPrefix(text, label)
	if !ok {
		return "", false
	}
	rest = strings.TrimLeft(rest, "0123456789一二三四五六七八九十 ")
	if value, ok := strings.CutPrefix(rest, "："); ok {
		return value, true
	}
	return strings.CutPrefix(rest, ":")
}

// writeProseIndicator reads 绩效指标：参与学术活动人数 ≥ 5000 人次, and the goal
// before it; it tells whether the section was an indicator, whose number is no amount.
func (a *assembly) writeProseIndicator(s *extract.Section, row *Section, goal *proseGoal) bool {
	whole := compact(s.Heading + s.Text)
	if s.Parent != goal.parent {
		*goal = proseGoal{parent: s.Parent}
		if s.Parent > 0 && s.Parent <= len(a.document.Sections) {
			goal.number = listNumber(compact(a.document.Sections[s.Parent-1].Heading))
		}
	}
	if words, ok := labelledText(whole, goalLabel); ok {
		goal.words = words
		return false
	}
	words, ok := labelledText(whole, indicatorLabel)
	if !ok {
		return false
	}
	n := 0
	for _, part := range strings.FieldsFunc(words, func(r rune) bool { return r == '；' || r == ';' || r == '。' }) {
		n++
		name, printed := splitIndicator(part)
		indicator := Indicator{
			ID: row.ID + "#i" + strconv.Itoa(n), DocumentID: row.DocumentID, Scope: "department",
			GoalNo: goal.number, GoalText: goal.words, Name: name, Page: row.PageFirst,
		}
		if len(s.Places) > 0 {
			indicator.Box = s.Places[0].Box
		}
		indicator.setTarget(printed, "", "")
		a.batch.Indicators = append(a.batch.Indicators, indicator)
	}
	return true
}

// listNumber is the numeral of a heading: 二 of （二）开展学术交流.
func listNumber(heading string) string {
	const numerals = "一二三四五六七八九十百0123456789"
	s := strings.TrimLeft(heading, "（(")
	end := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune(numerals, r) })
	if end <= 0 {
		return ""
	}
	return s[:end]
}

// splitIndicator divides 参与学术活动人数≥5000人次 where the target begins.
func splitIndicator(part string) (name, printed string) {
	for i := range part {
		if operator, _ := cutComparison(part[i:]); i > 0 && (operator != "none" || part[i] >= '0' && part[i] <= '9') {
			if parseTarget(part[i:], "", "").value.Valid {
				return part[:i], part[i:]
			}
		}
	}
	return part, ""
}
