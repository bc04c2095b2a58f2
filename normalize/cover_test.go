package normalize

import (
	"testing"

	"gongkai/extract"
	"gongkai/extract/layout"
)

func TestDayIn(t *testing.T) {
	for line, want := range map[string]string{
		"截止时间：2020年12月31日": "2020-12-31", "公开时间：2021-2-8": "2021-02-08", "2021.02.18发布": "2021-02-18",
		"二〇二一年二月十八日": "2021-02-18", "二〇二〇年十二月三十一日": "2020-12-31", "二零二六年一月二十日": "2026-01-20",
		"2026年1月": "", "12020年12月31日": "", "2020年13月31日": "", "2.01.02.03": "", "编号20201231": "", "十": "", "": "",
	} {
		if got := dayIn(line); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

func coverOf(lines ...string) *extract.Document {
	document := budgetOf()
	for _, line := range lines {
		document.Pages[0].Lines = append(document.Pages[0].Lines, layout.Line{Text: line, Page: 1})
	}
	return document
}

func TestPublishDate(t *testing.T) {
	for want, document := range map[string]*extract.Document{
		"2026-02-18": coverOf("2026年某某市水务局部门预算", "2026 年 2 月 18 日"),
		"2026-02-19": coverOf("2026年某某市水务局部门预算", "公开时间：2026年2月19日"),
		"":           coverOf("2026年某某市水务局部门预算", "截至2025年12月31日，共有车辆5辆"),
	} {
		if got := Normalize(document, nil).Document.PublishDate; got != want {
			t.Errorf("published %q, want %q", got, want)
		}
	}
}

func TestAnnouncedTables(t *testing.T) {
	document := budgetOf()
	for _, entry := range []string{"第一部分 部门概况", "一、部门收支总表", "二、部门收入总表", "五、一般公共预算支出表", "三、收支预算情况说明"} {
		document.Sections = append(document.Sections, extract.Section{Ordinal: len(document.Sections) + 1, Level: 1, Kind: extract.ContentsEntry, Heading: entry, Places: []extract.Place{{Page: 1}}})
	}
	if got := Normalize(document, nil).Document.TablesExpected; got != 3 {
		t.Errorf("%d tables are announced, want 3", got)
	}
}

func TestTextConfidence(t *testing.T) {
	document := coverOf("部门预算\uFFFD\uFFFD公开")
	document.Pages[0].Glyphs = 8
	if got := Normalize(document, nil).Document.TextConfidence; got != 0.75 {
		t.Errorf("the text is certain to %v, want 0.75", got)
	}
}

// TestProjects: a column, the row itself or the form names the project; a code
// that a form prints is that of the same project in a list.
func TestProjects(t *testing.T) {
	list := tableOfText(1, []string{"项目支出表", "单位：万元"}, rowsOf("科目编码|科目名称|项目名称|合计", "2060702|科普活动|流动科技馆|20", "2060702|科普活动|科普大篷车|7", "||合计|27"))
	form := tableOfText(2, []string{"项目支出绩效目标表"}, rowsOf("项目名称|流动科技馆", "项目编码|130300211LQGFLB1029GG", "预算数（万元）|20", "一级指标|二级指标"))
	batch := Normalize(budgetOf(list, form), nil)
	var got []project
	for i := range batch.Lines {
		got = append(got, project{batch.Lines[i].ProjectCode, batch.Lines[i].ProjectName})
	}
	want := []project{{"130300211LQGFLB1029GG", "流动科技馆"}, {"", "科普大篷车"}, {}, {"130300211LQGFLB1029GG", "流动科技馆"}}
	if len(got) != len(want) {
		t.Fatalf("%d lines, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("line %d is of project %v, want %v", i+1, got[i], want[i])
		}
	}
}
