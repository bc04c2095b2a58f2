package normalize

import (
	"testing"

	"gongkai/extract"
)

func TestTerms(t *testing.T) {
	place := []extract.Place{{Page: 7}}
	document := budgetOf()
	for i, s := range []extract.Section{
		{Kind: extract.Heading, Heading: "第四部分 名词解释"},
		{Kind: extract.Heading, Heading: "一、财政拨款收入：", Text: "指财政当年拨付的资金。", Parent: 1},
		{Kind: extract.Paragraph, Text: "2.基本支出：指为保障机构正常运转发生的支出。", Parent: 1},
		{Kind: extract.ListItem, Text: "3.结转下年，指以前年度安排的资金：包括项目资金。", Parent: 1},
		{Kind: extract.Paragraph, Text: "“三公”经费是指因公出国（境）费、公务用车购置及运行费和公务接待费。", Parent: 1},
		{Kind: extract.Paragraph, Text: "其中：公务接待费反映接待支出。", Parent: 1},
		{Kind: extract.Heading, Heading: "五、机关运行经费", Parent: 1},
		{Kind: extract.Paragraph, Text: "为保障行政单位运行的资金。", Parent: 7},
		{Kind: extract.TableCaption, Text: "单位：万元", Parent: 1},
		{Kind: extract.Heading, Heading: "第五部分 附件", Text: "指标：无"},
	} {
		s.Ordinal, s.Level, s.Places = i+1, 1, place
		document.Sections = append(document.Sections, s)
	}
	want := [][2]string{
		{"财政拨款收入", "指财政当年拨付的资金。"},
		{"基本支出", "指为保障机构正常运转发生的支出。"},
		{"结转下年", "指以前年度安排的资金：包括项目资金。"},
		{"“三公”经费", "是指因公出国（境）费、公务用车购置及运行费和公务接待费。其中：公务接待费反映接待支出。"},
		{"机关运行经费", "为保障行政单位运行的资金。"},
	}
	terms := Normalize(document, nil).Terms
	if len(terms) != len(want) {
		t.Fatalf("%d terms, want %d: %v", len(terms), len(want), terms)
	}
	for i, term := range terms {
		if term.Name != want[i][0] || term.Definition != want[i][1] || term.Ordinal != i+1 || term.Page != 7 {
			t.Errorf("%d: %q is %q, want %q", term.Ordinal, term.Name, term.Definition, want[i])
		}
	}
}
