package check

import (
	"testing"

	"gongkai/extract"
	"gongkai/normalize"
)

// Statements as departments of other provinces print them; all of them are sound.

var soundTemplates = []struct {
	name   string
	title  string
	tables []sampleTable
}{
	{"agencies one a row", "某局2026年部门预算", []sampleTable{{"部门收入总表", "万元", `
部门（单位）代码 | 部门（单位）名称 | 合计 | 本年收入 | <
^ | ^ | ^ | 小计 | 一般公共预算
 | 合计 | 510.00 | 510.00 | 500.00
040 | 某某市教育局 | 510.00 | 510.00 | 500.00
040001 | 某某市教育局本级 | 300.00 | 300.00 | 300.00
040002 | 某某市第四十二中学 | 210.00 | 210.00 | 200.00`}}},
	{"rows without a mark detail those with one", "某局2022年部门预算", []sampleTable{{"收支总表", "万元", `
收入 | < | 支出 | < | < | <
项目 | 本年预算 | 项目（按功能分类） | 本年预算 | 项目（按部门预算经济分类） | 本年预算
一、一般公共预算拨款收入 | 100.00 | 一、卫生健康支出 | 300.00 | 一、基本支出 | 200.00
经费拨款 | 90.00 | | | 工资福利支出 | 150.00
非税收入拨款 | 10.00 | | | 商品和服务支出 | 50.00
二、事业收入 | 200.00 | | | 二、项目支出 | 100.00
 | | | | 商品和服务支出 | 100.00
本年收入合计 | 300.00 | 本年支出合计 | 300.00 | 本年支出合计 | 300.00
收入总计 | 300.00 | 支出总计 | 300.00 | 支出总计 | 300.00`}, {"收入总表", "万元", `
单位代码 | 单位名称 | 总计 | 一般公共预算 | < | < | 事业收入
^ | ^ | ^ | 合计 | 经费拨款 | 非税收入拨款 | ^
 | 合计 | 300.00 | 100.00 | 90.00 | 10.00 | 200.00`}}},
	{"funds below fiscal money, without marks", "某县卫生院2026年单位预算", []sampleTable{{"部门收支总体情况表", "万元", `
收入 | < | 支出 | <
项目 | 预算数 | 功能分类 | 预算数
财政拨款（补助） | 120.00 | 201 一般公共服务支出 |
一般公共预算 | 100.00 | 210 卫生健康支出 | 130.00
政府性基金预算 | 20.00 | |
教育收费（财政专户） | | |
事业收入 | 10.00 | |
收入总计 | 130.00 | 支出总计 | 130.00`}}},
	{"last year's plan before this year's", "某局2026年部门预算", []sampleTable{{"收支总表", "万元", `
收入 | < | < | 支出 | < | <
项目 | 2025年预算 | 2026年预算 | 项目 | 2025年预算 | 2026年预算
一、一般公共预算拨款收入 | 90.00 | 100.00 | 一、城乡社区支出 | 90.00 | 100.00
本年收入合计 | 90.00 | 100.00 | 本年支出合计 | 90.00 | 100.00
收入总计 | 90.00 | 100.00 | 支出总计 | 90.00 | 100.00`}, {"收入总表", "万元", `
科目编码 | 科目名称 | 合计 | 一般公共预算
 | 合计 | 100.00 | 100.00
212 | 城乡社区支出 | 100.00 | 100.00`}, {"支出总表", "万元", `
科目编码 | 科目名称 | 2025年预算数 | 2026年预算数 | < | <
^ | ^ | ^ | 合计 | 基本支出 | 项目支出
 | 合计 | 90.00 | 100.00 | 60.00 | 40.00
212 | 城乡社区支出 | 90.00 | 100.00 | 60.00 | 40.00`}}},
	{"plan, adjusted plan and outcome", "某局2024年部门决算", []sampleTable{{"收入支出决算总表", "元", `
收入 | < | < | < | 支出 | < | < | <
项目 | 年初预算数 | 全年预算数 | 决算数 | 项目 | 年初预算数 | 全年预算数 | 决算数
一、一般公共预算财政拨款收入 | 100.00 | 120.00 | 110.00 | 一、农林水支出 | 100.00 | 120.00 | 110.00
本年收入合计 | 100.00 | 120.00 | 110.00 | 本年支出合计 | 100.00 | 120.00 | 110.00
总计 | 100.00 | 120.00 | 110.00 | 总计 | 100.00 | 120.00 | 110.00`}, {"财政拨款收入支出决算总表", "元", `
收入 | < | 支出 | < | <
项目 | 决算数 | 项目 | 决算数 | <
^ | ^ | ^ | 小计 | 一般公共预算财政拨款
一、一般公共预算财政拨款 | 110.00 | 一、农林水支出 | 110.00 | 110.00
本年收入合计 | 110.00 | 本年支出合计 | 110.00 | 110.00
总计 | 110.00 | 总计 | 110.00 | 110.00`}, {"一般公共预算财政拨款支出决算表", "元", `
功能分类科目编码 | 科目名称 | 年初预算数 | 决算数 | < | <
^ | ^ | ^ | 小计 | 基本支出 | 项目支出
合计 | < | 100.00 | 110.00 | 60.00 | 50.00
213 | 农林水支出 | 100.00 | 110.00 | 60.00 | 50.00`}}},
	{"what stands before the total is no part of it", "某局2026年部门预算", []sampleTable{{"部门政府采购预算表", "元", `
预算项目 | 采购品目 | 数量 | 面向中小企业预留资金 | 合计 | 本年拨款 | < | 单位资金
^ | ^ | ^ | ^ | ^ | 小计 | 一般公共预算 | ^
某某市财政局 | < | | 17500.00 | 17500.00 | 17500.00 | 17500.00 |
一般公用经费 | 复印纸 | 100 | | 17500.00 | 17500.00 | 17500.00 |
合计 | < | | 17500.00 | 17500.00 | 17500.00 | 17500.00 |`}}},
	{"the list of projects of one fund", "某局2026年部门预算", []sampleTable{{"部门支出总表", "万元", `
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
 | 合计 | 125.00 | 100.00 | 25.00
207 | 文化旅游体育与传媒支出 | 125.00 | 100.00 | 25.00`}, {"一般公共预算支出预算表", "万元", `
科目编码 | 科目名称 | 合计 | 工资福利支出 | 商品和服务支出
 | 合计 | 100.00 | 80.00 | 20.00
207 | 文化旅游体育与传媒支出 | 100.00 | 80.00 | 20.00`}, {"一般公共预算项目支出预算表", "万元", `
项目名称 | 金额
场馆维修 | 20.00
合计 | 20.00`}}},
	{"what was left, in two parts, and goes on", "某局2026年部门预算", []sampleTable{{"部门收支总表", "万元", `
收入 | < | 支出 | <
项目 | 预算数 | 项目 | 预算数
一、财政拨款收入 | 100.00 | 一、文化旅游体育与传媒支出 | 125.00
其中：一般公共预算 | 90.00 | 二、住房保障支出 | 15.00
政府性基金预算 | 10.00 | |
二、事业收入 | 30.00 | |
本年收入合计 | 130.00 | 本年支出合计 | 140.00
三、上年结转 | 15.00 | 三、结转下年 | 5.00
其中：财政拨款结转 | 10.00 | |
非财政拨款结转 | 5.00 | |
收入总计 | 145.00 | 支出总计 | 145.00`}, {"部门支出总表", "万元", `
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 | 结转下年
合计 | | 145.00 | 95.00 | 45.00 | 5.00
207 | 文化旅游体育与传媒支出 | 130.00 | 80.00 | 45.00 | 5.00
221 | 住房保障支出 | 15.00 | 15.00 | |`}}},
	{"parts and their details side by side", "某局2026年部门预算", []sampleTable{{"部门支出总表", "万元", `
科目编码 | 科目名称 | 合计 | 基本支出 | 人员经费 | 公用经费 | 项目支出
213 | 农林水支出 | 80.00 | 50.00 | 40.00 | 10.00 | 30.00
221 | 住房保障支出 | 20.00 | 20.00 | 20.00 | |
 | 合计 | 100.00 | 70.00 | 60.00 | 10.00 | 30.00`}, {"部门收入总表", "万元", `
科目编码 | 科目名称 | 合计 | 财政拨款收入 | 一般公共预算财政拨款 | 政府性基金预算财政拨款 | 事业收入
213 | 农林水支出 | 80.00 | 70.00 | 60.00 | 10.00 | 10.00
221 | 住房保障支出 | 20.00 | 20.00 | 20.00 | |
 | 合计 | 100.00 | 90.00 | 80.00 | 10.00 | 10.00`}, {"政府性基金预算支出表", "万元", `
科目编码 | 科目名称 | 上年结转 | 本年收入 | 本年支出合计 | 基本支出 | 项目支出 | 结转下年
213 | 农林水支出 | 3.00 | 10.00 | 10.00 | | 10.00 | 3.00
 | 合计 | 3.00 | 10.00 | 10.00 | | 10.00 | 3.00`}}},
	{"two totals one below the other", "某县2024年政府决算", []sampleTable{{"2024年度一般公共预算收入决算表", "万元", `
科目编码 | 项目 | 调整预算数 | 决算数
101 | 税收收入 | 480 | 490
10101 | 增值税 | 290 | 300
10104 | 企业所得税 | 190 | 190
103 | 非税收入 | 120 | 130
 | 本年收入合计 | 600 | 620
110 | 转移性收入 | 500 | 520
 | 收入总计 | 1100 | 1140`}, {"2024年度社会保险基金收支情况表", "万元", `
项目 | 合计 | 城乡居民基本养老保险基金 | 机关事业单位基本养老保险基金
一、本年收入 | 1000 | 400 | 600
其中：保险费收入 | 500 | 100 | 400
财政补贴收入 | 450 | 250 | 200
二、本年支出 | 900 | 350 | 550`}}},
	{"the debt of last year beside the plan of this", "某某市2025年政府预算", []sampleTable{{"2025年全市一般公共预算收入表", "万元", `
项目 | 2024年执行数 | 2025年预算数
一、税收收入 | 400 | 420
收入合计 | 400 | 420`}, {"2025年全市一般公共预算支出表", "万元", `
项目 | 2025年预算数
一、教育支出 | 420
支出合计 | 420`}, {"2024年地方政府一般债务限额和余额情况表", "亿元", `
地区 | 限额 | 余额
某某市 | 500.12 | 480.55`}}},
}

// TestSoundTemplates: none of them is accused of anything.
func TestSoundTemplates(t *testing.T) {
	for _, c := range soundTemplates {
		batch := sample(t, c.title, c.tables)
		Check(batch)
		for i := range batch.Findings {
			if f := &batch.Findings[i]; f.Outcome == Fail && f.RuleID[0] != 'C' {
				t.Errorf("%s: %s says %s", c.name, f.RuleID, f.MessageZH)
			}
		}
	}
}

// TestFaultsInTemplates: one changed number in a sound template is told.
func TestFaultsInTemplates(t *testing.T) {
	for _, c := range []struct {
		template, table int
		old, new, rule  string
	}{
		{0, 0, "210.00 | 210.00 | 200.00", "211.00 | 211.00 | 201.00", "T01"},
		{1, 0, "二、项目支出 | 100.00", "二、项目支出 | 110.00", "T05"},
		{1, 0, "二、事业收入 | 200.00", "二、事业收入 | 20.00", "T05"},
		{2, 0, "事业收入 | 10.00", "事业收入 | 11.00", "T05"},
		{8, 0, "农林水支出 | 80.00 | 50.00", "农林水支出 | 81.00 | 50.00", "T03"},
		{8, 1, "20.00 | 20.00 | 20.00 | |", "20.00 | 21.00 | 21.00 | |", "T03"},
		{9, 0, "本年收入合计 | 600 | 620", "本年收入合计 | 600 | 610", "T02"},
		{9, 0, "收入总计 | 1100 | 1140", "收入总计 | 1100 | 1150", "T02"},
		{3, 1, "合计 | 100.00 | 100.00", "合计 | 101.00 | 101.00", "X01"},
		{4, 1, "一、一般公共预算财政拨款 | 110.00", "一、一般公共预算财政拨款 | 100.00", "X03"},
		{4, 2, "213 | 农林水支出 | 100.00 | 110.00", "213 | 农林水支出 | 100.00 | 120.00", "T02"},
		{5, 0, "复印纸 | 100 | | 17500.00", "复印纸 | 100 | | 17600.00", "T03"},
	} {
		tables := append([]sampleTable(nil), soundTemplates[c.template].tables...)
		tables[c.table] = changed(t, tables[c.table], c.old, c.new)
		batch := sample(t, soundTemplates[c.template].title, tables)
		Check(batch)
		if len(found(batch, c.rule)) == 0 {
			t.Errorf("%s: %s for %s is not told by %s", soundTemplates[c.template].name, c.new, c.old, c.rule)
		}
	}
}

// TestWordsOfOneFund: 本年收入 below a heading of one fund, or behind words for
// fiscal money, is not all income; where nothing names a fund it is.
func TestWordsOfOneFund(t *testing.T) {
	tables := []sampleTable{{"收入支出决算总表", "万元", `
收入 | < | 支出 | <
项目 | 决算数 | 项目 | 决算数
一、一般公共预算财政拨款收入 | 100.00 | 一、农林水支出 | 110.00
二、事业收入 | 10.00 | |
本年收入合计 | 110.00 | 本年支出合计 | 110.00
总计 | 110.00 | 总计 | 110.00`}, {"支出决算表", "万元", `
科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
合计 | < | 110.00 | 60.00 | 50.00
213 | 农林水支出 | 110.00 | 60.00 | 50.00`}}
	for text, want := range map[string]int{
		"政府性基金预算财政拨款年初结转和结余0万元，本年收入20.00万元，本年支出20.00万元。": 0,
		"2024年度财政拨款收入总计100.00万元、支出总计100.00万元。":           0,
		"2024年度收入总计120.00万元、支出总计110.00万元。":               1,
	} {
		batch := sample(t, "某局2024年部门决算", tables, text)
		Check(batch)
		if got := len(found(batch, "N01")) + len(found(batch, "N02")); got != want {
			t.Errorf("%s: %d findings, want %d: %q %q", text, got, want, found(batch, "N01"), found(batch, "N02"))
		}
	}
}

// TestWordsOfFinalAccounts: what the explanations of final accounts say in sentences
// of their own is held against the tables and against each other.
func TestWordsOfFinalAccounts(t *testing.T) {
	tables := []sampleTable{{"收入支出决算总表", "万元", `
收入 | < | 支出 | <
项目 | 决算数 | 项目 | 决算数
一、一般公共预算财政拨款收入 | 100.00 | 一、教育支出 | 80.00
二、政府性基金预算财政拨款收入 | 20.00 | 二、住房保障支出 | 20.00
 | | 三、城乡社区支出 | 20.00
本年收入合计 | 120.00 | 本年支出合计 | 120.00
总计 | 120.00 | 总计 | 120.00`}, {"一般公共预算财政拨款支出决算表", "万元", `
科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
合计 | < | 100.00 | 60.00 | 40.00
205 | 教育支出 | 80.00 | 60.00 | 20.00
20502 | 普通教育 | 80.00 | 60.00 | 20.00
2050202 | 小学教育 | 70.00 | 50.00 | 20.00
2050203 | 初中教育 | 10.00 | 10.00 |
221 | 住房保障支出 | 20.00 | | 20.00`}, {"政府性基金预算财政拨款收入支出决算表", "万元", `
科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | < | < | 年末结转和结余
^ | ^ | ^ | ^ | 小计 | 基本支出 | 项目支出 | ^
合计 | < | | 20.00 | 20.00 | | 20.00 |
212 | 城乡社区支出 | | 20.00 | 20.00 | | 20.00 |`}}
	for _, c := range []struct{ heading, sound, wrong, rule string }{
		{"五、一般公共预算财政拨款支出决算情况", "按功能分类：教育支出80.00万元，占80%；住房保障支出20.00万元，占20%。", "按功能分类：教育支出80.00万元，占70%；住房保障支出20.00万元，占20%。", "N04"},
		{"五、一般公共预算财政拨款支出决算情况", "年初预算为80.00万元，支出决算为100.00万元，完成年初预算的125%。", "年初预算为80.00万元，支出决算为100.00万元，完成年初预算的115%。", "N10"},
		{"一、收入支出决算总体情况", "2024年度收入总计120.00万元。与2023年度相比，收入总计增加20.00万元，增长20%。", "2024年度收入总计120.00万元。与2023年度相比，收入总计增加20.00万元，增长30%。", "N10"},
		{"1.教育支出（类）普通教育（款）小学教育（项）", "2024年支出决算为70.00万元。", "2024年支出决算为71.00万元。", "N04"},
		{"八、政府性基金预算财政拨款收入支出决算情况", "本年收入20.00万元，本年支出20.00万元。", "本年收入20.00万元，本年支出21.00万元。", "N02"},
	} {
		for text, want := range map[string]int{c.sound: 0, c.wrong: 1} {
			batch := withProse(t, "某局2024年部门决算", tables, c.heading, text)
			Check(batch)
			if got := len(found(batch, c.rule)); got != want {
				t.Errorf("%s: %d findings of %s, want %d: %q", text, got, c.rule, want, found(batch, c.rule))
			}
		}
	}
}

// withProse is a sample with a paragraph below a heading.
func withProse(t *testing.T, title string, tables []sampleTable, heading, text string) *normalize.Batch {
	t.Helper()
	place := []extract.Place{{Page: 1}}
	return sampleOf(t, title, tables, []extract.Section{
		{Ordinal: 1, Level: 1, Kind: extract.Heading, Heading: heading, Places: place},
		{Ordinal: 2, Level: 2, Parent: 1, Kind: extract.Paragraph, Text: text, Places: place},
	})
}

// TestClassesEndWithTheirPart: the class that a heading names is not that of the next
// part of the text.
func TestClassesEndWithTheirPart(t *testing.T) {
	words := narrative{sections: []sectionWords{
		{heading: "五、财政拨款支出决算情况", parent: -1}, {heading: "（三）城乡社区支出（类）", parent: 0}, {heading: "1.某某（款）", parent: 1}, {parent: 0},
		{heading: "九、会议费情况", parent: -1}, {parent: 4},
	}}
	for section, want := range map[int]bool{2: true, 3: true, 4: false, 5: false} {
		if got := words.within(section, 1); got != want {
			t.Errorf("section %d goes on with the class: %v, want %v", section, got, want)
		}
	}
}

// TestCompilations: the tables of one agency are not held against those of another.
func TestCompilations(t *testing.T) {
	balanceOf := func(agency, amount string) sampleTable {
		return sampleTable{"部门收支总表", "万元　部门名称：" + agency, "收入 | < | 支出 | <\n项目 | 预算数 | 项目 | 预算数\n一、一般公共预算 | " + amount + " | 一、一般公共服务支出 | " + amount + "\n收入总计 | " + amount + " | 支出总计 | " + amount}
	}
	incomeOf := func(agency, amount string) sampleTable {
		return sampleTable{"部门收入总表", "万元　部门名称：" + agency, "科目编码 | 科目名称 | 合计 | 一般公共预算\n201 | 一般公共服务支出 | " + amount + " | " + amount + "\n合计 | | " + amount + " | " + amount}
	}
	for wrong, want := range map[string]int{"50.00": 0, "51.00": 2} {
		batch := sample(t, "2026年某某市部门预算汇编", []sampleTable{balanceOf("某某市审计局", "100.00"), balanceOf("某某市统计局", "50.00"), incomeOf("某某市统计局", wrong)})
		Check(batch)
		if got := found(batch, "X01"); len(got) != want {
			t.Errorf("%d findings, want %d: %q", len(got), want, got)
		}
	}
}
