package extract

import (
	"slices"
	"strings"
	"testing"

	"gongkai/extract/layout"
	"pgregory.net/rapid"
)

// typesetter sets text on pages as a word processor does: lines of Han characters
// of one size from margin to margin, closing marks never at the head of a line.
type typesetter struct {
	pages   []Page
	left    float64
	columns int // characters a line
	rows    int // lines a page
	indent  int // of a paragraph's first line, characters
	gap     int // blank lines between paragraphs
	row     int // next line on the page
}

const typeSize, typePitch = 12.0, 20.0

// line sets one line, beginning so many characters from the left margin.
func (s *typesetter) line(text string, from int) {
	if len(s.pages) == 0 || s.row == s.rows {
		s.pages = append(s.pages, Page{Number: len(s.pages) + 1, Box: layout.Box{X1: 2*s.left + float64(s.columns)*typeSize, Y1: pageHeight}})
		s.row = 0
	}
	page := &s.pages[len(s.pages)-1]
	x, y := s.left+float64(from)*typeSize, 160+float64(s.row)*typePitch
	box := layout.Box{X0: x, X1: x + float64(len([]rune(text)))*typeSize, Y0: y, Y1: y + typeSize}
	page.Lines = append(page.Lines, layout.Line{Text: text, Box: box, Size: typeSize, Page: page.Number})
	s.row++
}

// paragraph breaks a text into lines.
func (s *typesetter) paragraph(text string) {
	rest := []rune(text)
	from := s.indent
	for len(rest) > 0 {
		n := min(s.columns-from, len(rest))
		for n > 1 && n < len(rest) && strings.ContainsRune("，。；：", rest[n]) {
			n-- // takes the character before along
		}
		s.line(string(rest[:n]), from)
		rest, from = rest[n:], 0
	}
	for range s.gap {
		if s.row < s.rows {
			s.row++
		}
	}
}

// sectionsFrom are the sections of pages without tables.
func sectionsFrom(pages []Page) []Section {
	markRunning(pages)
	return sectionsOf(&Document{Pages: pages})
}

// texts are kind, heading and text of sections, for comparison.
func texts(sections []Section) []string {
	var list []string
	for _, s := range sections {
		text := string(s.Kind) + " " + s.Heading
		if s.Heading != "" && s.Text != "" {
			text += "|"
		}
		list = append(list, text+s.Text)
	}
	return list
}

func compareTexts(t interface {
	Helper()
	Fatalf(string, ...any)
}, sections []Section, want ...string) {
	t.Helper()
	if got := texts(sections); !slices.Equal(got, want) {
		t.Fatalf("sections\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// TestParagraphsComeBack: whatever paragraphs are set in whatever measure, and
// wherever a page ends, they come back as they were. They are long enough to
// show the margins; from a few short lines nobody can tell them.
func TestParagraphsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := typesetter{
			left:    rapid.Float64Range(40, 90).Draw(t, "left"),
			columns: rapid.IntRange(16, 34).Draw(t, "columns"),
			rows:    rapid.IntRange(6, 25).Draw(t, "rows"),
			indent:  2,
			gap:     rapid.IntRange(0, 1).Draw(t, "gap"),
		}
		var want []string
		for range rapid.IntRange(1, 30).Draw(t, "paragraphs") {
			words := rapid.StringOfN(rapid.SampledFrom([]rune("预算支出项目经费部门收入管理办公用房")), 50, 150, -1).Draw(t, "text")
			runes := []rune(words)
			for i := rapid.IntRange(3, 20).Draw(t, "comma"); i < len(runes)-1; i += 17 {
				runes[i] = '，'
			}
			text := string(runes) + "。"
			s.paragraph(text)
			want = append(want, "paragraph "+text)
		}
		compareTexts(t, sectionsFrom(s.pages), want...)
	})
}

// TestParagraphOverPageEnd: one section, two places.
func TestParagraphOverPageEnd(t *testing.T) {
	s := typesetter{left: 80, columns: 20, rows: 4, indent: 2}
	text := strings.Repeat("预算支出", 30) + "。"
	s.paragraph(text)
	sections := sectionsFrom(s.pages)
	compareTexts(t, sections, "paragraph "+text)
	first, last := sections[0].Pages()
	if first != 1 || last != 2 || len(sections[0].Places) != 2 {
		t.Errorf("pages %d to %d at %d places", first, last, len(sections[0].Places))
	}
	if box := sections[0].Places[1].Box; box.X0 != 80 || box.Y0 != 160 {
		t.Errorf("the second part stands at %v", box)
	}
}

// TestParagraphsWithoutIndent stand apart by a blank line alone.
func TestParagraphsWithoutIndent(t *testing.T) {
	s := typesetter{left: 80, columns: 20, rows: 30, gap: 1}
	want := []string{}
	for i := range 6 {
		text := strings.Repeat("收入支出预算", 5+i) + "。"
		s.paragraph(text)
		want = append(want, "paragraph "+text)
	}
	compareTexts(t, sectionsFrom(s.pages), want...)
}

func TestHangingItems(t *testing.T) {
	s := typesetter{left: 80, columns: 20, rows: 30}
	s.line("1.开展学术交流，活跃学术思想，促进学科发", 0)
	s.line("展，推动自主创新，服务科技工作者，提高", 1)
	s.line("素质；", 1)
	s.line("2.兴办公益事业。", 0)
	compareTexts(t, sectionsFrom(s.pages),
		"list_item 1.开展学术交流，活跃学术思想，促进学科发展，推动自主创新，服务科技工作者，提高素质；", "list_item 2.兴办公益事业。")
}

// TestOutline: numerals nest in the order of official documents; a sentence is an
// item, a name a heading, a term with its meaning both.
func TestOutline(t *testing.T) {
	s := typesetter{left: 80, columns: 30, rows: 40, indent: 2}
	for _, text := range []string{
		"第一部分 部门概况", "一、主要职责", "（一）主管全市工作。", "（二）完成其他任务。", "二、机构设置",
		"本部门有下列机构：", "1.办公室", "2.人事处", "3.财务处", "第二部分 名词解释", "1、基本支出：指人员支出。", "2、项目支出：指专项。",
	} {
		s.paragraph(text)
	}
	sections := sectionsFrom(s.pages)
	compareTexts(t, sections,
		"heading 第一部分 部门概况", "heading 一、主要职责", "list_item （一）主管全市工作。", "list_item （二）完成其他任务。", "heading 二、机构设置",
		"paragraph 本部门有下列机构：", "list_item 1.办公室", "list_item 2.人事处", "list_item 3.财务处",
		"heading 第二部分 名词解释", "heading 1、基本支出：|指人员支出。", "heading 2、项目支出：|指专项。")
	wantParents := []int{0, 1, 2, 2, 1, 5, 5, 5, 5, 0, 10, 10}
	for i, s := range sections {
		if s.Parent != wantParents[i] || s.Ordinal != i+1 {
			t.Errorf("section %d %q has parent %d, want %d", s.Ordinal, s.Heading+s.Text, s.Parent, wantParents[i])
		}
	}
}

// TestNumeralsTurnedRound: 一、文字部分 holds all of 第一部分 to 第二部分; names
// numbered under a colon are items, be they two.
func TestNumeralsTurnedRound(t *testing.T) {
	s := typesetter{left: 80, columns: 30, rows: 40, indent: 2}
	for _, text := range []string{"一、文字部分", "第一部分 部门概况", "第二部分 名词解释", "二、表格部分", "本部门预算包括下列单位：", "1.局机关", "2.数据中心", "三、其他"} {
		s.paragraph(text)
	}
	sections := sectionsFrom(s.pages)
	compareTexts(t, sections, "heading 一、文字部分", "heading 第一部分 部门概况", "heading 第二部分 名词解释", "heading 二、表格部分",
		"paragraph 本部门预算包括下列单位：", "list_item 1.局机关", "list_item 2.数据中心", "heading 三、其他")
	for i, parent := range []int{0, 1, 1, 0, 4, 4, 4, 0} {
		if sections[i].Parent != parent {
			t.Errorf("%q has parent %d, want %d", sections[i].Heading+sections[i].Text, sections[i].Parent, parent)
		}
	}
}

// TestInnerSeries: （一） to （三） under （一）; （二） goes on with the outer series.
func TestInnerSeries(t *testing.T) {
	s := typesetter{left: 80, columns: 30, rows: 40, indent: 2}
	for _, text := range []string{
		"一、部门概况", "（一）主要职责", "（一）组织拟订规划。", "（二）组织实施规划。", "（三）监督规划实施。", "（二）机构设置", "本部门没有下属单位。",
	} {
		s.paragraph(text)
	}
	sections := sectionsFrom(s.pages)
	for i, parent := range []int{0, 1, 2, 2, 2, 1, 6} {
		if sections[i].Parent != parent {
			t.Errorf("%q has parent %d, want %d", sections[i].Heading+sections[i].Text, sections[i].Parent, parent)
		}
	}
}

// TestSentencesWithTextUnderThem are headings, all of a series.
func TestSentencesWithTextUnderThem(t *testing.T) {
	s := typesetter{left: 80, columns: 30, rows: 40, indent: 2}
	for _, text := range []string{"一、绩效目标", "（一）加强引领。", "目标：联系群众。", "（二）弘扬精神", "目标：普及知识。", "（三）其他任务。", "目标：及时完成。"} {
		s.paragraph(text)
	}
	compareTexts(t, sectionsFrom(s.pages), "heading 一、绩效目标", "heading （一）加强引领。", "paragraph 目标：联系群众。",
		"heading （二）弘扬精神", "paragraph 目标：普及知识。", "heading （三）其他任务。", "paragraph 目标：及时完成。")
}

// TestContents: titles without their leaders, the printed page as a number; the
// page where the first entry stands again is no contents page.
func TestContents(t *testing.T) {
	s := typesetter{left: 80, columns: 30, rows: 5, indent: 2}
	s.line("目 录", 13)
	s.line("第一部分 部门概况................ 1", 0)
	s.line("一、主要职责…………………… 2", 0)
	s.line("二、关于本部门国有资产占用情况和政府采购的", 0)
	s.line("说明.............................. 12", 0)
	s.line("第一部分", 13)
	s.line("部门概况", 13)
	s.line("一、主要职责", 2)
	sections := sectionsFrom(s.pages)
	compareTexts(t, sections, "heading 目 录", "contents_entry 第一部分 部门概况", "contents_entry 一、主要职责",
		"contents_entry 二、关于本部门国有资产占用情况和政府采购的说明", "heading 第一部分", "heading 部门概况", "heading 一、主要职责")
	for i, target := range []int{0, 1, 2, 12, 0, 0, 0} {
		if sections[i].Target != target {
			t.Errorf("%q: page %d, want %d", sections[i].Heading, sections[i].Target, target)
		}
	}
}

// TestColumns: two columns of prose are read one after the other, with what spans
// them in its place.
func TestColumns(t *testing.T) {
	left := typesetter{left: 60, columns: 18, rows: 30, indent: 2}
	right := typesetter{left: 320, columns: 18, rows: 30, indent: 2}
	one, two := strings.Repeat("左栏文字内容", 20)+"，", strings.Repeat("右栏文字内容", 20)+"。"
	left.row, right.row = 2, 2
	left.pages = []Page{{Number: 1, Box: layout.Box{X1: pageWidth, Y1: pageHeight}}}
	right.pages = left.pages[:1:1]
	left.paragraph(strings.Repeat("开头一段文字", 6) + "。")
	left.paragraph(one + two)
	lines := left.pages[0].Lines
	half := len(lines)/2 + 1
	for i, line := range lines[half:] { // the rest of the text goes to the other column
		line.Box.X0, line.Box.X1 = line.Box.X0+260, line.Box.X1+260
		y := lines[i].Box.Y0
		line.Box.Y0, line.Box.Y1 = y, y+typeSize
		lines[half+i] = line
	}
	title := layout.Line{Text: "横跨两栏的标题文字写在这里", Size: 20, Box: layout.Box{X0: 160, X1: 420, Y0: 150, Y1: 170}, Page: 1}
	page := left.pages[0]
	page.Lines = append([]layout.Line{title}, lines...)
	slices.SortStableFunc(page.Lines, func(a, b layout.Line) int { return int(a.Box.Y0 - b.Box.Y0) })
	compareTexts(t, sectionsFrom([]Page{page}), "heading 横跨两栏的标题文字写在这里", "paragraph "+strings.Repeat("开头一段文字", 6)+"。", "paragraph "+one+two)
}

// TestTurnedPage: prose that runs up or down the page, or stands on its head, reads
// like any other.
func TestTurnedPage(t *testing.T) {
	turns := map[string]func(b layout.Box, width float64) layout.Box{
		"up": func(b layout.Box, width float64) layout.Box {
			return layout.Box{X0: b.Y0, X1: b.Y1, Y0: width - b.X1, Y1: width - b.X0}
		},
		"down": func(b layout.Box, _ float64) layout.Box {
			return layout.Box{X0: pageHeight - b.Y1, X1: pageHeight - b.Y0, Y0: b.X0, Y1: b.X1}
		},
		"over": func(b layout.Box, width float64) layout.Box {
			return layout.Box{X0: width - b.X1, X1: width - b.X0, Y0: pageHeight - b.Y1, Y1: pageHeight - b.Y0}
		},
	}
	for name, turn := range turns {
		s := typesetter{left: 80, columns: 40, rows: 20, indent: 2}
		one, two := strings.Repeat("转向的文字", 30)+"。", strings.Repeat("第二段的文字", 20)+"。"
		s.paragraph(one)
		s.paragraph(two)
		page := s.pages[0]
		width := page.Box.X1
		for i := range page.Lines {
			page.Lines[i].Box = turn(page.Lines[i].Box, width)
		}
		if name != "over" {
			page.Box = layout.Box{X1: pageHeight, Y1: width}
		}
		t.Run(name, func(t *testing.T) {
			compareTexts(t, sectionsFrom([]Page{page}), "paragraph "+one, "paragraph "+two)
		})
	}
}

// TestTextAroundTables: captions and notes belong to the table between them, a
// sentence above it is prose, a note on the next page still its note.
func TestTextAroundTables(t *testing.T) {
	s := typesetter{left: 80, columns: 30, rows: 4, indent: 2}
	s.line("一、机构设置", 2)
	s.line("本部门的机构见下表：", 2)
	s.line("机构情况表", 13)
	s.line("单位：个", 26)
	s.line("注：截至上年末。", 0)
	s.line("二、其他事项", 2)
	table := layout.Box{X0: 80, X1: 440, Y0: 300, Y1: 500}
	lines := s.pages[0].Lines
	document := &Document{Pages: s.pages, Tables: []Table{{
		Ordinal: 1, Title: "机构情况表", Caption: slices.Clone(lines[2:4]), Segments: []Segment{{Page: 1, Box: table}},
	}}}
	markRunning(document.Pages)
	sections := sectionsOf(document)
	compareTexts(t, sections, "heading 一、机构设置", "paragraph 本部门的机构见下表：", "caption 机构情况表", "caption 单位：个", "table ",
		"note 注：截至上年末。", "heading 二、其他事项")
	for i, table := range []int{0, 0, 1, 1, 1, 1, 0} {
		if sections[i].Table != table {
			t.Errorf("%v belongs to table %d, want %d", texts(sections[i:i+1]), sections[i].Table, table)
		}
	}
	if sections[4].Parent != 1 || sections[4].Places[0].Box != table {
		t.Errorf("the table stands under %d at %v", sections[4].Parent, sections[4].Places[0].Box)
	}
}

func TestNumerals(t *testing.T) {
	for text, want := range map[string]numeral{
		"第一部分 部门概况":  {partNumeral, 1, len("第一部分 ")},
		"第 十二 章 总则":  {chapterNumeral, 12, len("第 十二 章 ")},
		"第三条根据":      {articleNumeral, 3, len("第三条")},
		"二十一、其他":     {hanNumeral, 21, len("二十一、")},
		"（十） 加强":     {hanBracketed, 10, len("（十） ")},
		"(九)会同":      {hanBracketed, 9, len("(九)")},
		"1.部门预算":     {arabicNumeral, 1, len("1.")},
		"12、兴办":      {arabicNumeral, 12, len("12、")},
		"（3）经费":      {arabicBracketed, 3, len("（3）")},
		"4）经费":       {arabicBracketed, 4, len("4）")},
		"⑤经费":        {circledNumeral, 5, len("⑤")},
		"● 经费":       {bulletMark, 0, len("● ")},
		"1.93 万元":    {},
		"2021 年":     {},
		"2021、2022年": {},
		"一般公共预算":     {},
		"（一般公共预算）":   {},
		"十二届全国人大":    {},
		"第一，加强":      {},
		"（2026年度）":   {},
		"":           {},
		"第":          {},
		"（":          {},
		"10":         {},
	} {
		if got := numeralOf(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestCloseUp(t *testing.T) {
	for text, want := range map[string]string{
		"2 0 2 6 年 年 初 预 算 数 1 4 , 7 7 0. 6 2 万元,其中": "2026年年初预算数14,770.62万元,其中",
		"目 录": "目 录",
		"2021 年，我部门安排 2.23 万元，其中 0.30 万元，与 2020 年相比增加 0.10 万元": "2021 年，我部门安排 2.23 万元，其中 0.30 万元，与 2020 年相比增加 0.10 万元",
	} {
		if got := closeUp(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// BenchmarkSections: a page of prose has about 25 lines.
func BenchmarkSections(b *testing.B) {
	s := typesetter{left: 80, columns: 34, rows: 25, indent: 2}
	for i := range 400 {
		s.paragraph(strings.Repeat("部门预算支出，", 12+i%20) + "。")
	}
	document := &Document{Pages: s.pages}
	markRunning(document.Pages)
	b.ReportAllocs()
	for b.Loop() {
		if len(sectionsOf(document)) != 400 {
			b.Fatal("paragraphs were lost")
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(document.Pages)), "ns/page")
}

// TestRunInLabels: a sentence that states an amount, or a bracket with a colon in it,
// is no label of what follows.
func TestRunInLabels(t *testing.T) {
	for text, want := range map[string]string{
		"2、基本支出：指为保障机构运转": "2、基本支出：", "1.行政运行（项）：2026年预算数为100万元": "1.行政运行（项）：",
		"1.因公出国（境）费支出预算0万元（其中：一般公共预算0万元），支出决算0万元": "", "1.人员经费280.00万元：包括基本工资": "", "1.会议费（其中：本级）": "", "3.元旦慰问：见附表": "3.元旦慰问：",
	} {
		if got := text[:runIn(text, 2)]; got != want {
			t.Errorf("%s has the label %q, want %q", text, got, want)
		}
	}
}
