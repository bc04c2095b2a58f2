package normalize

import (
	"testing"

	"gongkai/extract"
	"gongkai/extract/layout"
)

func TestLabelledAgency(t *testing.T) {
	for line, want := range map[string][2]string{
		"部门编码及名称：[731]秦皇岛市科学技术协会":   {"731", "秦皇岛市科学技术协会"},
		"部门编码及名称: [731] 秦皇岛市科学技术协会": {"731", "秦皇岛市科学技术协会"},
		"编制部门：731002 秦皇岛市科学技术协会":    {"731002", "秦皇岛市科学技术协会"},
		"部门名称：杭州市交通运输局单位：万元":        {"", "杭州市交通运输局"},
		"编制单位：上海市数据局      单位：元":     {"", "上海市数据局"},
		"单位：西安市民政局":                 {"", "西安市民政局"},
		"预算单位：120急救中心":              {"", ""},
		"单位：万元":                     {"", ""},
		"预算年度：2021 金额单位：万元":         {"", ""},
		"本部门2026年预算收入情况如下：略":        {"", ""},
	} {
		code, name, ok := labelledAgency(line)
		if ok != (want[1] != "") || code != want[0] && ok || name != want[1] && ok {
			t.Errorf("%q names %q %q, want %q", line, code, name, want)
		}
	}
}

func TestAgencyOfTitle(t *testing.T) {
	for title, want := range map[string]string{
		"2026年广州市气象局部门预算":          "广州市气象局",
		"上海市普陀区财政局2024年度部门决算":      "上海市普陀区财政局",
		"北京市公安局2026年度部门预算信息公开":     "北京市公安局",
		"2026年深圳市民政局（本级）部门预算":      "深圳市民政局(本级)",
		"附件2：北京市教育委员会2026年度部门预算报表": "北京市教育委员会",
		"上海市2026年市级单位预算":           "",
		"第一部分2026年度部门预算情况说明":       "",
		"部门预算收支总表":                 "",
		"徐州市教育局(汇总)2024年度部门决算":     "徐州市教育局",
		"附件2沛县人民检察院2026年部门预算公开":    "沛县人民检察院",
		"徐州市公安局交通警察支队二〇二六年部门预算":    "徐州市公安局交通警察支队",
		"徐州市科学技术局机关2026年度单位预算":     "徐州市科学技术局机关",
		"沛县国有林场2026年单位预算":          "沛县国有林场",
	} {
		if got := agencyOfTitle(title); got != want {
			t.Errorf("%q names %q, want %q", title, got, want)
		}
	}
	if got := agencyOfFile("市财政局_2026年部门预算"); got != "市财政局" {
		t.Errorf("the file name gives %q", got)
	}
}

func TestYears(t *testing.T) {
	for file, want := range map[string]int{
		"上海市财政局25年预算": 2025, "2026年上海市商务局_部门预算": 2026, "普陀区万里街道2023部门预算.1770007475548-818404804": 2023, "report": 0,
	} {
		if got := yearOfFile(file); got != want {
			t.Errorf("%q is of %d, want %d", file, got, want)
		}
	}
}

func cover(uri string, lines ...string) *extract.Document {
	page := extract.Page{Number: 1, Glyphs: 1}
	for _, l := range lines {
		page.Lines = append(page.Lines, layout.Line{Text: l, Page: 1})
	}
	return &extract.Document{Source: extract.Source{URI: uri, SHA256: "00"}, Pages: []extract.Page{page}}
}

func TestProfile(t *testing.T) {
	book := embeddedBook(t)
	for _, c := range []struct {
		document                      *extract.Document
		kind, agency, division, title string
		year                          int
	}{
		{cover("a.pdf", "2026 年深圳市人民政府国有资产监督", "管理委员会部门预算", "目 录"), "department_budget", "深圳市人民政府国有资产监督管理委员会", "440300", "2026年深圳市人民政府国有资产监督管理委员会部门预算", 2026},
		{cover("a.pdf", "上海市2026年市级单位预算", "预算单位：上海市数据局", "目录"), "unit_budget", "上海市数据局", "310000", "上海市2026年市级单位预算", 2026},
		{cover("a.pdf", "2026年深圳市财政局（本级）部门预", "算"), "department_budget", "深圳市财政局(本级)", "440300", "2026年深圳市财政局（本级）部门预算", 2026},
		{cover("a.pdf", "上海市普陀区财政局", "2024年度部门决算"), "department_final", "上海市普陀区财政局", "310107", "上海市普陀区财政局2024年度部门决算", 2024},
		{cover("dir/2026年烟台市司法局部门预算.pdf"), "department_budget", "烟台市司法局", "370600", "", 2026},
		{cover("a.pdf", "秦皇岛市2024年政府预算公开"), "government_budget", "秦皇岛市", "130300", "秦皇岛市2024年政府预算", 2024},
		{cover("a.pdf", "关于开展某项活动的通知"), "other", "", "", "", 0},
		{cover("a.pdf", "二○二四年度部门决算", "深圳市统计局"), "department_final", "深圳市统计局", "440300", "二○二四年度部门决算", 2024},
		{cover("a.pdf", "2026年深圳市部门预算公开", "深圳市统计局"), "department_budget", "深圳市统计局", "440300", "2026年深圳市部门预算", 2026},
		{cover("a.pdf", "2026年度部门预算", "（深圳市统计局）"), "department_budget", "深圳市统计局", "440300", "2026年度部门预算", 2026},
		{cover("2026年部门预算.pdf", "目 录", "第一部分 深圳市统计局概况", "第二部分 2026年度部门预算表"), "department_budget", "深圳市统计局", "440300", "", 2026},
		{cover("2026年部门预算.pdf", "目 录", "第一部分 深圳市统计局部门概况", "（一）办公室及内设机构各处室"), "department_budget", "深圳市统计局", "440300", "", 2026},
		{cover("a.pdf", "2026年部门预算情况说明", "（一）综合协调办公室", "深圳市统计局"), "department_budget", "深圳市统计局", "440300", "2026年部门预算", 2026},
		{cover("a.pdf", "关于深圳市2025年预算执行情况和2026年", "预算草案的报告"), "government_budget", "深圳市", "440300", "关于深圳市2025年预算执行情况和2026年预算草案的报告", 2026},
		{cover("深圳市2024年度一般公共预算收支决算.pdf"), "department_final", "", "440300", "", 2024},
		{cover("2026年深圳市财政预算公开.pdf"), "government_budget", "深圳市", "440300", "", 2026},
	} {
		d := Normalize(c.document, book).Document
		if d.Kind != c.kind || d.AgencyName != c.agency || d.AdminDivision != c.division || d.FiscalYear != c.year {
			t.Errorf("read %s %q %s %d, want %s %q %s %d", d.Kind, d.AgencyName, d.AdminDivision, d.FiscalYear, c.kind, c.agency, c.division, c.year)
		}
	}
}

// TestPlannedYear: the plan is of the later year of the cover, though more tables
// tell how the year before went.
func TestPlannedYear(t *testing.T) {
	titles := []string{"2025年一般公共预算收入执行情况表", "2025年一般公共预算支出执行情况表", "2026年一般公共预算收入预算表"}
	for title, want := range map[string]int{
		"深圳市2025年预算执行情况和2026年预算草案": 2026, "深圳市2025年政府决算": 2025, "深圳市2027年预算": 2025, "": 2025,
	} {
		if got := plannedYear(commonYear(titles), title, titles); got != want {
			t.Errorf("%q: %d, want %d", title, got, want)
		}
	}
}
