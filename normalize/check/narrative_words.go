package check

import (
	"strings"

	"gongkai/normalize"
)

// checkStatements looks at what prose says without numbers: that there is none of
// something which a table prints, reasons that are not given, words left to fill in.
func checkStatements(x *Index, results *Results) {
	for i := range x.Batch.Sections {
		s := &x.Batch.Sections[i]
		switch s.Form {
		case "paragraph", "list_item", "heading":
		default:
			continue
		}
		x.checkNone(results, s)
		x.checkReason(results, i)
		checkPlaceholders(results, s)
	}
}

// noneOf are the things that a sentence may say there are none of, and the
// statements whose totals would contradict it.
var noneOf = []struct {
	words      []string
	name       string
	statements []string
}{
	{[]string{"政府性基金预算", "政府性基金"}, "政府性基金预算", fundStatements},
	{[]string{"国有资本经营预算", "国有资本经营"}, "国有资本经营预算", capitalStatements},
	{[]string{"“三公”经费", "三公经费"}, "“三公”经费", []string{"three_public", "final_three_public"}},
	{[]string{"机关运行经费"}, "机关运行经费", []string{"operating_cost"}},
	{[]string{"政府采购"}, "政府采购", []string{"procurement_plan"}},
}

// checkNone: 本部门无政府性基金预算 must not stand beside a filled statement.
func (x *Index) checkNone(results *Results, s *normalize.Section) {
	if !containsAny(s.Text, "政府性基金", "国有资本经营", "三公", "机关运行经费", "政府采购") || !containsAny(s.Text, "无", "没有", "未安排", "不涉及") {
		return
	}
	for sentence := range strings.FieldsFuncSeq(squeeze(s.Text), func(r rune) bool { return isSentenceEnd(r) || r == '；' || r == '，' }) {
		for _, none := range noneOf {
			if !saysNone(sentence, none.words) {
				continue
			}
			places := x.inRows(none.statements, func(_ *Table, row *Row, _ *Column) bool { return row.Total })
			if len(x.Statement(none.statements...)) > 0 {
				x.judgeNone(results, s, none.name, sentence, places)
			}
			break
		}
	}
}

// saysNone: the sentence is no more than 本部门2024年无…预算(支出、收支).
func saysNone(sentence string, words []string) bool {
	for _, no := range []string{"没有使用", "没有安排", "没有", "未安排", "不涉及", "无当年", "无"} {
		i := strings.Index(sentence, no)
		if i < 0 {
			continue
		}
		rest := sentence[i+len(no):]
		for _, word := range words {
			after, ok := strings.CutPrefix(rest, word)
			if !ok {
				continue
			}
			core := coreOf(after, "")
			for _, plain := range []string{"财政拨款", "拨款", "支出", "收入", "收支", "和", "也", "没有", "使用", "资金", "项目", "情况", "经费", "及", "收", "支", "、", "，"} {
				core = strings.ReplaceAll(core, plain, "")
			}
			return core == ""
		}
		return false
	}
	return false
}

func (x *Index) judgeNone(results *Results, s *normalize.Section, name, sentence string, places witnesses) {
	for i := range places {
		if places[i].Value != 0 {
			f := results.Tell(Document, Fail, s.ID+"/none/"+name, "正文称“"+sentence+"”，而表中有金额"+places[i].Line.AmountRaw+places[i].Line.UnitRaw,
				"the text says there is no such spending, and a table prints "+places[i].Line.AmountRaw+places[i].Line.UnitRaw)
			f.Unit = places[i].unit()
			AddOperands(f, "witness", places[i])
			placeInSection(f, s)
			return
		}
	}
	results.Pass(Document)
}

// checkReason: 主要原因： must be followed by one.
func (x *Index) checkReason(results *Results, at int) {
	s := &x.Batch.Sections[at]
	const enough = 60 // bytes that the last words take, with spaces
	text := strings.TrimRight(squeeze(s.Text[max(0, len(s.Text)-enough):]), "。；;")
	if !endsWithAny(text, "主要原因：", "主要原因:", "主要原因是：", "主要原因是", "主要原因为", "原因是：") {
		return
	}
	if at+1 < len(x.Batch.Sections) {
		switch next := &x.Batch.Sections[at+1]; next.Form {
		case "paragraph", "list_item":
			results.Pass(Document)
			return
		}
	}
	f := results.Tell(Document, Notice, s.ID+"/reason", "“主要原因”之后没有内容", "a reason is announced and not given")
	f.Severity = SeverityWarn
	placeInSection(f, s)
}

// placeholders are what forms ask to be replaced.
var placeholders = []string{"XX", "xx", "××", "＊＊", "**", "（略）", "【】", "____", "20XX", "请填写", "此处填写"}

// checkPlaceholders tells of words that were to be filled in.
func checkPlaceholders(results *Results, s *normalize.Section) {
	text := s.Heading + s.Text
	for _, word := range placeholders {
		if i := strings.Index(text, word); i >= 0 && !isPartOfName(text, i, len(word)) {
			f := results.Tell(Document, Notice, s.ID+"/placeholder", "文中留有待填内容“"+word+"”", "the text has a place left to fill in: "+word)
			f.Severity = SeverityWarn
			placeInSection(f, s)
			return
		}
	}
}

// isPartOfName: XX inside XXL or a code is a word of its own.
func isPartOfName(text string, at, length int) bool {
	letter := func(i int) bool {
		return i >= 0 && i < len(text) && (text[i] >= 'A' && text[i] <= 'Z' || text[i] >= 'a' && text[i] <= 'z' || text[i] >= '0' && text[i] <= '9') && text[i] != 'X' && text[i] != 'x'
	}
	return letter(at-1) || letter(at+length)
}

// checkUnits tells of amounts in prose without a unit, between amounts that have one:
// 公务用车购置费为0.00，公务用车运行费1.93万元.
func checkUnits(x *Index, results *Results) {
	n := x.prose()
	for i := range n.sections {
		s := &n.sections[i]
		if s.end-s.first < 2 {
			continue
		}
		text := squeeze(x.Batch.Sections[i].Text)
		if where, number := bareAmount(text); number != "" {
			f := results.Tell(Document, Notice, x.Batch.Sections[i].ID+"/unit", "金额"+number+"缺少单位："+where, "the amount "+number+" has no unit")
			placeInSection(f, &x.Batch.Sections[i])
			continue
		}
		results.Pass(Document)
	}
}

// bareAmount finds a number with two decimals after 费, 费为, 支出 or 收入 that
// punctuation follows instead of a unit; with the clause it stands in.
func bareAmount(text string) (clause, number string) {
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			continue
		}
		end := i
		for end < len(text) && (text[end] >= '0' && text[end] <= '9' || text[end] == '.' || text[end] == ',') {
			end++
		}
		number = strings.TrimRight(text[i:end], ".,")
		whole, decimals, _ := strings.Cut(number, ".")
		if whole != "" && len(decimals) == 2 && beginsWithAny(text[end:], "，", "；", "。", "、", "）") && endsWithAny(text[:i], "费", "费为", "支出", "支出为", "收入", "收入为", "经费为") {
			start := max(strings.LastIndex(text[:i], "，"), strings.LastIndex(text[:i], "；"), strings.LastIndex(text[:i], "："), strings.LastIndex(text[:i], "。"))
			return strings.TrimLeft(text[max(start, 0):end], "，；：。"), number
		}
		i = end
	}
	return "", ""
}
