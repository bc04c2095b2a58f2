package normalize

import (
	"slices"
	"testing"

	"gongkai/extract"
	"gongkai/extract/layout"
)

// proseOf is a document with one section of text under a heading.
func proseOf(heading, text string) *extract.Document {
	document := budgetOf()
	place := []extract.Place{{Page: 3, Box: layout.Box{Y1: 100}}, {Page: 4, Box: layout.Box{Y1: 300}}}
	document.Sections = []extract.Section{
		{Ordinal: 1, Level: 1, Kind: extract.Heading, Heading: heading, Places: place[:1]},
		{Ordinal: 2, Level: 2, Parent: 1, Kind: extract.Paragraph, Text: text, Places: place},
	}
	return document
}

func TestSubjects(t *testing.T) {
	for _, test := range []struct {
		heading, text string
		subjects      []string
	}{
		{"二、支出预算情况", "2026年支出预算100万元，其中：基本支出60万元，占60%；对个人和家庭补助支出5万元；增人增资3万元。", []string{"支出", "支出/基本支出", "支出/基本支出", "支出/对个人和家庭补助支出", "支出/增人增资"}},
		{"二、支出预算情况", "（3）社会保障和就业支出（类）行政事业单位养老支出（款）职业年金缴费支出（项）12万元。比上年增加2万元，增长20%。", []string{
			"支出/社会保障和就业支出/行政事业单位养老支出/职业年金缴费支出", "支出/社会保障和就业支出/行政事业单位养老支出/职业年金缴费支出", "支出/社会保障和就业支出/行政事业单位养老支出/职业年金缴费支出"}},
		{"二、支出预算情况", "1.审计事务(款)行政运行(项)支出7万元。", []string{"支出/审计事务/行政运行"}},
		{"二、支出预算情况", "（10）住房改革支出（22102）支出6万元，较上年减少1万元。4.社工服务项目（运维部分）8万元。", []string{"支出/住房改革支出", "支出/住房改革支出", "支出/社工服务项目（运维部分）"}},
		{"四、“三公”经费情况", "2026年“三公”经费9万元，其中因公出国（境）费4万元；公务接待费5万元。与上年相比增加2万元。", []string{"三公", "三公/因公出国（境）费", "三公/公务接待费", "三公"}},
		{"四、“三公”经费情况", "2.公务接待费。2026年预算数16万元，较2025年增加1万元。", []string{"三公/公务接待费", "三公/公务接待费"}},
		{"五、政府采购情况", "2026年政府采购预算9万元，其中：政府采购货物预算4万元、政府采购工程预算5万元。", []string{"政府采购", "政府采购/货物", "政府采购/工程"}},
		{"三、机关运行经费", "2026年，本部门某某市水务局1家行政单位的机关运行经费财政拨款预算8万元，包括办公费1万元。", []string{"机关运行经费", "机关运行经费/办公费"}},
		{"六、委托业务费情况", "比上年减少3万元，下降10%。", []string{"支出/委托业务费", "支出/委托业务费"}},
		{"一、收入预算情况", "某某市水务局2026年收入预算100万元，其他收入2万元。", []string{"收入", "收入/其他收入"}},
		{"五、支出决算情况", "1.教育支出（类）普通教育（款）小学教育（项）。年初预算为43万元，支出决算为45万元，完成年初预算的104.65%。", []string{
			"支出/教育支出/普通教育/小学教育", "支出/教育支出/普通教育/小学教育", "支出/教育支出/普通教育/小学教育"}},
		{"五、政府采购情况", "授予中小企业合同金额5万元，占政府采购支出总额的50%。", []string{"政府采购/授予中小企业合同", "政府采购/授予中小企业合同"}},
		{"十三、其他重要事项", "（二）政府采购情况。2026年政府采购预算30万元，其中：政府采购货物预算10万元、政府采购工程预算20万元。", []string{"政府采购", "政府采购/货物", "政府采购/工程"}},
		{"一、关于收支总表的说明", "2026年收支总预算510万元，支出包括教育支出400万元、住房保障支出110万元。", []string{"收支", "支出/教育支出", "支出/住房保障支出"}},
		{"六、国有资产占用情况", "单价100万元（含）以上设备0台，固定资产5万元。", []string{"国有资产/固定资产"}},
	} {
		facts := Normalize(proseOf(test.heading, test.text), nil).TextAmounts
		if len(facts) != len(test.subjects) {
			t.Errorf("%s: %d amounts, want %d", test.text, len(facts), len(test.subjects))
			continue
		}
		for i := range facts {
			if facts[i].SubjectPath != test.subjects[i] {
				t.Errorf("%s: amount %d is about %q, want %q", test.text, i+1, facts[i].SubjectPath, test.subjects[i])
			}
		}
	}
}

// TestAmountsOverTwoPages: a section that runs over a page end has each amount on its page.
func TestAmountsOverTwoPages(t *testing.T) {
	facts := Normalize(proseOf("二、支出预算情况", "支出预算10万元，全年用于保障机构正常运转和完成各项工作任务所需要的资金，其中基本支出6万元。"), nil).TextAmounts
	if len(facts) != 2 || facts[0].Page != 3 || facts[1].Page != 4 || facts[1].Box.Y1 != 300 {
		t.Errorf("amounts stand at %v", facts)
	}
}

// TestFunctionalPath: parts in either kind of bracket, and what is left of a form cut short.
func TestFunctionalPath(t *testing.T) {
	for text, want := range map[string]string{
		"主要用于教育支出（类）进修及培训（款）培训支出（项）": "教育支出/进修及培训/培训支出",
		"行政运行(项)": "行政运行", "卫生健康支出（类）": "卫生健康支出", "A（类）B（款）C（项）5万元；D（类）": "D", "（境）费用": "", "": "",
	} {
		if got := functionalPath(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestMeasuresOfFinalAccounts: the name of a fund holds the word 预算 and says
// nothing about plan and outcome.
func TestMeasuresOfFinalAccounts(t *testing.T) {
	document := proseOf("五、一般公共预算财政拨款支出决算情况", "一般公共预算财政拨款支出300万元，年初预算为280万元，支出决算为300万元。政府性基金预算支出20万元。")
	document.Source.URI, document.Tables = "2024年某某市水务局部门决算.pdf", nil
	facts := Normalize(document, nil).TextAmounts
	want := []string{"final", "budget", "final", "final"}
	for i := range facts {
		if i < len(want) && facts[i].Measure != want[i] {
			t.Errorf("%s is %s, want %s", facts[i].Value.Decimal, facts[i].Measure, want[i])
		}
	}
	if len(facts) != len(want) {
		t.Errorf("%d amounts, want %d", len(facts), len(want))
	}
}

// TestPeriods: the year that an amount is held against is not that of the next one.
func TestPeriods(t *testing.T) {
	for text, want := range map[string][]int{
		"因公出国（境）费0万元，与2025年预算持平；公务接待费1万元，比2025年预算减少1万元。": {2026, 2026, 2026},
		"公务接待费1万元，较上年2万元减少1万元。":                          {2026, 2025, 2026},
		"公务接待费1万元，较2025年2万元减少1万元。":                       {2026, 2025, 2026},
		"上年结转3万元，2025年支出2万元。":                            {2026, 2025},
	} {
		facts := Normalize(proseOf("二、收支情况", text), nil).TextAmounts
		var got []int
		for i := range facts {
			got = append(got, facts[i].Period)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// TestKindsBelowParticularHeadings: 支出 in a heading below 三公 does not make another
// kind of text of it.
func TestKindsBelowParticularHeadings(t *testing.T) {
	document := proseOf("九、“三公”经费支出情况", "")
	place := []extract.Place{{Page: 3, Box: layout.Box{Y1: 100}}}
	document.Sections[1] = extract.Section{Ordinal: 2, Level: 2, Parent: 1, Kind: extract.Heading, Heading: "1.因公出国（境）费支出", Places: place}
	document.Sections = append(document.Sections, extract.Section{Ordinal: 3, Level: 2, Parent: 1, Kind: extract.Heading, Heading: "2.政府采购支出", Places: place})
	sections := Normalize(document, nil).Sections
	for i, want := range []string{"three_public_note", "three_public_note", "procurement_note"} {
		if sections[i].Kind != want {
			t.Errorf("%s is %s, want %s", sections[i].Heading, sections[i].Kind, want)
		}
	}
}
