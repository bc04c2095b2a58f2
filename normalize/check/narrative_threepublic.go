package check

import (
	"slices"
	"strings"
)

// threePublicWords are the items of 三公 by the words that name them in prose, the
// whole of vehicles before its parts, which begin alike.
var threePublicWords = []struct{ item, name string }{
	{"three_public.vehicle", "用车购置及运"}, {"three_public.vehicle", "用车购置和运"}, {"three_public.vehicle", "公务车购置及运"},
	{"three_public.vehicle_purchase", "用车购置"}, {"three_public.vehicle_operation", "用车运行"}, {"three_public.vehicle_operation", "公务车运行"},
	{"three_public.vehicle_operation", "用车运维"}, {"three_public.reception", "公务接待"}, {"three_public.abroad", "因公出国"},
	{"three_public.meeting", "会议费"}, {"three_public.training", "培训费"}, {"three_public.total", "三公"},
}

// threePublicItem is the item a text names last, and the text without its words.
func threePublicItem(text string) (item, rest string) {
	at := -1
	for _, w := range threePublicWords {
		if i := strings.LastIndex(text, w.name); i > at {
			at, item = i, w.item
		}
	}
	if at < 0 {
		return "", text
	}
	return item, text[at:]
}

// threePublicNames are what a finding calls the items.
var threePublicNames = map[string]string{
	"three_public.total": "“三公”经费", "three_public.abroad": "因公出国（境）费", "three_public.vehicle": "公务用车购置及运行费", "three_public.vehicle_purchase": "公务用车购置费",
	"three_public.vehicle_operation": "公务用车运行维护费", "three_public.reception": "公务接待费", "three_public.meeting": "会议费", "three_public.training": "培训费",
}

// checkThreePublicProse compares 三公 and its parts with their table and with each other.
func checkThreePublicProse(x *Index, results *Results) {
	n := x.prose()
	stated := map[string]*mention{} // the first of each item: for the sums
	for at := range n.sections {
		s := &n.sections[at]
		if s.first == s.end || x.Batch.Sections[at].Kind != "three_public_note" || x.isOfUnit(&n.mentions[s.first]) {
			continue
		}
		for i := s.first; i < s.end; i++ {
			item := n.threePublicAt(i)
			if item == "" {
				continue
			}
			m := &n.mentions[i]
			if i+1 < s.end {
				x.compareThreePublicChange(results, &n.mentions[i+1], m, item)
			}
			key := item + "/" + measureOf(m, x)
			if stated[key] == nil {
				stated[key] = m
			}
			results.compareWith(m, x.threePublicPlaces(item, measureOf(m, x)), "正文"+threePublicNames[item]+"与“三公”经费表一致", "an item of the three public expenses in the text and in its table")
		}
	}
	for _, measure := range []string{"budget", "final"} {
		sumThreePublic(results, stated, measure)
	}
}

// measureOf is that of the column a number belongs to.
func measureOf(m *mention, x *Index) string {
	if x.Batch.Document.Phase == "executed" && m.Text.Measure == "final" {
		return "final"
	}
	return "budget"
}

// threePublicAt is the item that the amount at a place is stated of: named in its
// clause, or by the beginning of its section or its heading when the clause says nothing.
func (n *narrative) threePublicAt(at int) string {
	m := &n.mentions[at]
	if m.role != stated || containsAny(m.near(), "原因", "主要是", "由于", "预留", "外宾", "批次", "人次", "每辆") {
		return ""
	}
	text := plainBrackets(m.near())
	clause := lastClause(text)
	if item, rest := threePublicItem(clause); item != "" {
		if isItemAlone(rest) {
			return item
		}
		return ""
	}
	if coreOf(clause, "") != "" && !isPlainSpending(coreOf(clause, "")) {
		return ""
	}
	if item, _ := threePublicItem(text); item != "" {
		return item
	}
	if at > n.sections[m.section].first {
		return "" // an amount that no word belongs to, after another
	}
	s := &n.sections[m.section]
	for _, words := range []string{s.opening, s.heading, s.under} {
		if item, _ := threePublicItem(plainBrackets(words)); item != "" {
			return item
		}
	}
	return ""
}

// compareThreePublicChange holds the change that follows the amount of an item
// against what the table prints for the year before: the amount without the change.
func (x *Index) compareThreePublicChange(results *Results, m, amount *mention, item string) {
	if m.role != change || !m.isComparison() || m.segment != amount.segment || m.sentence != amount.sentence || x.Batch.Document.Phase == "executed" {
		return
	}
	delta := m.Term
	delta.Minus = !m.decrease
	e := Equation{
		Table: Document, Locator: "years", Parts: []Term{amount.Term, delta},
		WordsZH: "表中上年数 = 正文" + threePublicNames[item] + " ∓ 增减额", WordsEN: "last year's amount in the table is that of the text without the change",
	}
	places := x.priorThreePublic(item)
	for i := range places {
		e.Whole = places[i]
		if sum, grain, printed := e.sum(); judge(Equal, e.Whole.Value-sum, Envelope(printed, grain)) != Fail {
			results.Compare(&e)
			return
		}
	}
	if len(places) > 0 {
		e.Whole = places[0]
		results.Compare(&e)
	}
}

// priorThreePublic is what the table prints of an item for the year before, of all
// funds; the total below a head that names 三公 comes first.
func (x *Index) priorThreePublic(item string) witnesses {
	var found witnesses
	for _, t := range x.Statement("three_public", "final_three_public") {
		for i := range t.lines {
			line := &t.lines[i]
			if line.ItemCode == item && line.Measure == "prior_year_budget" && line.AmountCNY.Valid && t.numbers[i].Known && (line.FundType == "" || line.FundType == "all" || line.FundType == "general_public") {
				found = append(found, Term{Number: t.numbers[i], Line: line})
			}
		}
	}
	rank := func(t Term) int {
		if t.Line.IsTotal && strings.Contains(t.Line.ColumnPath, "三公") {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(found, func(a, b Term) int { return rank(a) - rank(b) })
	return found
}

// plainBrackets takes out the brackets of 因公出国（境）费.
var plainBrackets = strings.NewReplacer("（境）", "", "(境)", "", "“", "", "”", "", "\"", "").Replace

// isPlainSpending: words that an amount of any item may be called by.
func isPlainSpending(core string) bool {
	switch core {
	case "支出", "费用", "经费", "费", "财政拨款", "一般公共拨款支出":
		return true
	}
	return false
}

// isItemAlone: behind the name of the item nothing names another thing.
func isItemAlone(name string) bool {
	core := coreOf(name, "")
	for _, word := range []string{"公务用车", "公务车", "用车", "三公", "因公出国", "出国境", "出国", "境", "公务接待", "会议费", "培训费", "购置", "运行", "维护", "运维", "及", "和", "与", "费用", "经费", "费", "支出", "财政拨款", "一般公共", "拨款"} {
		core = strings.ReplaceAll(core, word, "")
	}
	return core == ""
}

// threePublicPlaces are where the table prints an item: in its column of all
// funds, else in that of the general public budget, else wherever it does.
func (x *Index) threePublicPlaces(item, measure string) witnesses {
	var whole, general, any witnesses
	for _, t := range x.Statement("three_public", "final_three_public") {
		for r := range t.Rows {
			for c := range t.Columns {
				line := t.Line(r, c)
				if line == nil || line.ItemCode != item || !t.Columns[c].isOfYear() || measure != "" && line.Measure != measure && line.Measure != "" {
					continue
				}
				switch line.FundType {
				case "", "all":
					whole.add(t, r, c)
				case "general_public":
					general.add(t, r, c)
				default:
					any.add(t, r, c)
				}
			}
		}
	}
	switch {
	case len(whole) > 0:
		return whole
	case len(general) > 0:
		return general
	}
	return any
}

// sumThreePublic adds up the parts that prose states.
func sumThreePublic(results *Results, stated map[string]*mention, measure string) {
	sum := func(whole, words string, parts ...string) {
		m := stated[whole+"/"+measure]
		if m == nil {
			return
		}
		e := Equation{Table: Document, Locator: "sum", Whole: m.Term, WordsZH: words, WordsEN: threePublicSum}
		for _, part := range parts {
			p := stated[part+"/"+measure]
			if p == nil {
				return
			}
			e.Parts = append(e.Parts, p.Term)
		}
		results.Compare(&e)
	}
	sum("three_public.total", "“三公”经费 = 因公出国（境）费 + 公务用车购置及运行费 + 公务接待费", "three_public.abroad", "three_public.vehicle", "three_public.reception")
	sum("three_public.vehicle", "公务用车购置及运行费 = 购置费 + 运行维护费", "three_public.vehicle_purchase", "three_public.vehicle_operation")
}

const threePublicSum = "the three public expenses are the sum of their parts in the text"
