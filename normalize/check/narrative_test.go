package check

import (
	"slices"
	"strings"
	"testing"

	"gongkai/extract"
	"gongkai/normalize"
	"gongkai/normalize/codebook"

	"github.com/shopspring/decimal"
)

func TestCoreOf(t *testing.T) {
	for _, c := range [...]struct{ clause, agency, want string }{
		{"2026年深圳市审计局部门预算收入", "深圳市审计局", "收入"},
		{"本年收入合计", "", "收入"},
		{"其中基本支出", "", "基本支出"},
		{"2026年一般公共预算财政拨款支出预算", "", "一般公共财政拨款支出"},
		{"财政拨款收支总预算", "", "财政拨款收支"},
		{"省财政提前下达2021年专项资金", "", "省财政提前下达专项资金"},
	} {
		if got := coreOf(c.clause, c.agency); got != c.want {
			t.Errorf("%s: %s, want %s", c.clause, got, c.want)
		}
	}
}

func TestPathOf(t *testing.T) {
	for _, c := range [...]struct {
		text string
		want functionPath
	}{
		{"（一）一般公共服务支出（类）审计事务（款）行政运行（项）支出", functionPath{class: "一般公共服务支出", subclass: "审计事务", item: "行政运行", rest: "支出"}},
		{"1.审计事务(款)事业运行(项)", functionPath{subclass: "审计事务", item: "事业运行"}},
		{"（一）2011301-行政运行", functionPath{code: "2011301", item: "行政运行"}},
		{"3.财政国库业务（2010605）", functionPath{code: "2010605"}},
		{"①工资福利支出（301）", functionPath{code: "301"}},
		{"1.“一般公共服务支出”科目", functionPath{class: "一般公共服务支出"}},
		{"2026年预算安排", functionPath{}},
	} {
		if got := pathOf(c.text); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.text, got, c.want)
		}
	}
}

func TestFractionFits(t *testing.T) {
	for _, c := range [...]struct {
		part, whole int64 // in hundredths
		printed     string
		want        string
	}{
		{51462, 60442, "85.14", Pass},
		{51462, 60442, "85.1", Pass},
		{51462, 60442, "85.2", Fail},
		{1, 3, "33.33", Pass},
		{2, 3, "66.66", Rounding}, // cut off, not rounded
		{33667, 659298, "5.0", Fail},
		{0, 100, "0", Pass},
		{100, 0, "100", InsufficientData},
	} {
		f := fraction{part: c.part, whole: c.whole, partError: 0, wholeError: 0}
		if got := f.fits(decimal.RequireFromString(c.printed)); got != c.want {
			t.Errorf("%d of %d as %s%%: %s, want %s", c.part, c.whole, c.printed, got, c.want)
		}
	}
}

func TestCountsOf(t *testing.T) {
	counts := countsOf("截至2025年底，共有车辆7辆，其中：一般公务用车3辆、执法执勤用车4辆；单价100万元以上设备2台（套）")
	var numbers []int
	for _, c := range counts {
		numbers = append(numbers, c.number)
	}
	if !slices.Equal(numbers, []int{7, 3, 4}) {
		t.Errorf("vehicles are counted as %v", numbers)
	}
}

func TestSameItem(t *testing.T) {
	for _, c := range [...]struct {
		official, printed string
		want              bool
	}{
		{"维修（护）费", "维修费", true}, {"维修(护)费", "维修费", true}, {"取暖费", "办公取暖", true}, {"公务用车运行维护费", "公务车运行维护费", true},
		{"办公费", "办公费", true}, {"水费", "电费", false}, {"印刷费", "办公及印刷费", false},
	} {
		if got := sameItem(c.official, c.printed); got != c.want {
			t.Errorf("%s and %s: %v", c.official, c.printed, got)
		}
	}
}

func TestBrokenOff(t *testing.T) {
	for text, want := range map[string]bool{
		"反映物业服务质": true, "反应对生态环境影响": true, "反映服务质量": false, "提高干部素质": false, "建设单位（含代建": true, "员工满意度": false, "反映完成情": true, "办公费、": true,
	} {
		if got := brokenOff(text) != ""; got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

func TestBareAmount(t *testing.T) {
	for text, want := range map[string]string{
		"公务用车购置费为0.00，公务用车运行费1.93万元": "0.00", "公务接待费0.30万元，增加": "", "培训费12.50、会议费1.00万元": "12.50", "共3.14": "",
	} {
		if _, got := bareAmount(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestCostUnit(t *testing.T) {
	for unit, want := range map[string]string{"元/平方米.月": "平方米 12", "元/人": "人 1", "元/人/天": "", "元": "", "万元/个": ""} {
		got := ""
		if thing, months, ok := costUnit(unit); ok {
			got = thing + " " + decimal.New(months, 0).String()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", unit, got, want)
		}
	}
}

// expenditure is a small statement that sentences are held against.
var expenditure = []sampleTable{
	{title: "部门支出预算总表", unit: "万元", rows: `
科目编码|科目名称|合计|基本支出|项目支出
|合计|604.42|514.62|89.80
206|科学技术支出|604.42|514.62|89.80
20601|科学技术管理事务|514.62|514.62|0.00
2060101|行政运行|514.62|514.62|0.00
20607|科学技术普及|89.80|0.00|89.80
2060702|科普活动|89.80|0.00|89.80`},
	{title: "一般公共预算“三公”经费支出表", unit: "万元", rows: `
项目|预算数
合计|2.23
因公出国（境）费|0.00
公务用车购置及运行维护费|1.93
公务用车购置费|0.00
公务用车运行维护费|1.93
公务接待费|0.30`},
}

// sampleUnder reads tables and a paragraph under a heading.
func sampleUnder(t *testing.T, tables []sampleTable, heading, text string) *normalize.Batch {
	t.Helper()
	book, err := codebook.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	document := &extract.Document{Source: extract.Source{URI: "某市科学技术协会2021年部门预算.pdf", SHA256: strings.Repeat("cd", 32)}}
	for i, table := range tables {
		document.Tables = append(document.Tables, sampleGrid(i+1, table))
		document.Pages = append(document.Pages, extract.Page{Number: i + 1, Glyphs: 1})
	}
	document.Sections = []extract.Section{{Ordinal: 1, Kind: extract.Heading, Heading: heading}, {Ordinal: 2, Parent: 1, Kind: extract.Paragraph, Text: text}}
	return normalize.Normalize(document, book)
}

// TestSentences holds one sentence each against the statement: what is right
// passes, what is wrong is told with its numbers, what is not sure is not compared.
func TestSentences(t *testing.T) {
	for _, c := range [...]struct {
		rule, heading, text string
		outcome             string
		want                []string
	}{
		{"N02", "二、支出预算情况说明", "2021年支出预算604.42万元，其中：基本支出514.62万元，占85.14%；项目支出89.80万元，占14.86%。", Pass, nil},
		{"N02", "二、支出预算情况说明", "2021年支出预算604.42万元，其中：基本支出541.62万元。", Fail, []string{"fail 541.62 ≠ 514.62"}},
		{"N02", "二、支出预算情况说明", "2021年支出预算604.42万元，其中：基本支出514.62万元，占58.14%。", Fail, []string{"fail 58.14% ≠ 514.62 ÷ 604.42 (= 85.14%)"}},
		{"N02", "二、支出预算情况说明", "主要原因是基本支出30万元用于设备。", NotApplicable, nil},
		{"N04", "三、支出预算情况说明", "科学技术支出（类）科学技术普及（款）科普活动（项）89.80万元，主要用于科普。", Pass, nil},
		{"N04", "三、支出预算情况说明", "科学技术支出（类）科学技术普及（款）科普活动（项）98.80万元，主要用于科普。", Fail, []string{"fail 98.80 ≠ 89.80"}},
		{"N04", "三、支出预算情况说明", "2060702-科普活动89.80万元。", Pass, nil},
		{"N04", "三、支出预算情况说明", "科学技术支出（类）科学技术普及（款）其他支出（项）98.80万元。", NotApplicable, nil},
		{"N06", "四、“三公”经费情况说明", "2021年“三公”经费预算2.23万元，其中：因公出国（境）费0万元；公务用车购置及运行维护费1.93万元；公务接待费0.30万元。", Pass, nil},
		{"N06", "四、“三公”经费情况说明", "公务接待费0.20万元，比上年减少0.10万元。", Fail, []string{"fail 0.20 ≠ 0.30"}},
		{"N08", "五、政府采购情况", "政府采购预算总额10万元，其中：货物预算3万元、工程预算0万元、服务预算7万元。", Pass, nil},
		{"N08", "五、政府采购情况", "政府采购预算总额10.00万元，其中：货物预算3.00万元、工程预算0.00万元、服务预算8.00万元。", Fail, []string{"fail 10.00 ≠ 3.00 + 0.00 + 8.00 (= 11.00)"}},
		{"N09", "六、国有资产占用情况", "本部门共有车辆8辆，其中：一般公务用车3辆、执法执勤用车4辆。", Fail, []string{"fail 8 ≠ 3 + 4 (= 7)"}},
		{"N09", "六、国有资产占用情况", "本部门共有车辆7辆，其中：一般公务用车3辆、执法执勤用车4辆；单价100万元以上设备2台。", Pass, nil},
		{"N10", "二、支出预算情况说明", "2021年支出预算604.42万元，比上年增加4.42万元，增长0.74%。", Pass, nil},
		{"N10", "二、支出预算情况说明", "2021年支出预算604.42万元，比上年增加4.42万元，增长7.4%。", Fail, []string{"fail 7.4% ≠ 4.42 ÷ 600.00 (= 0.7%)"}},
		{"N10", "二、支出预算情况说明", "2021年支出预算604.42万元，比2020年预算数600.00万元增加5.42万元。", Fail, []string{"fail 604.42 ≠ 600.00 + 5.42 (= 605.42)"}},
		{"N10", "二、支出预算情况说明", "公务接待费0万元，比上年增加3万元。", Fail, []string{"fail 3 > 0"}},
		{"N10", "二、支出预算情况说明", "运行费17.50万元，与上年持平；购置费9.28万元，比上年减少2.77万元，下降23%。", Pass, nil},
		{"N12", "四、“三公”经费情况说明", "公务用车购置费为0.00，运行费1.93万元，接待费0.30万元。", Notice, []string{"notice 金额0.00缺少单位：公务用车购置费为0.00"}},
	} {
		batch := sampleUnder(t, expenditure, c.heading, c.text)
		Check(batch)
		if got := outcomeOf(batch, c.rule, Document); got != c.outcome {
			t.Errorf("%s: %s is %s, want %s", c.text, c.rule, got, c.outcome)
		}
		if got := found(batch, c.rule); !slices.Equal(got, c.want) {
			t.Errorf("%s: %s", c.text, strings.Join(got, "; "))
		}
	}
}

// TestChangeOfThreePublic holds a change against last year's column.
func TestChangeOfThreePublic(t *testing.T) {
	tables := []sampleTable{{title: "一般公共预算“三公”经费支出表", unit: "万元", rows: `
项目|2020年预算数|2021年预算数
“三公”经费合计|2.13|2.23
因公出国（境）费|0.00|0.00
公务用车购置及运行维护费|1.93|1.93
公务接待费|0.20|0.30`}}
	for text, want := range map[string][]string{
		"公务接待费0.30万元，比上年增加0.10万元。": nil,
		"公务接待费0.30万元，比上年减少0.10万元。": {"fail 0.20 ≠ 0.30 + 0.10 (= 0.40)"},
		"公务接待费0.30万元，比上年增加0.12万元。": {"fail 0.20 ≠ 0.30 − 0.12 (= 0.18)"},
	} {
		batch := sampleUnder(t, tables, "四、“三公”经费情况说明", text)
		Check(batch)
		if got := found(batch, "N06"); !slices.Equal(got, want) {
			t.Errorf("%s: %s", text, strings.Join(got, "; "))
		}
	}
}
