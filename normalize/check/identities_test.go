package check

import (
	"slices"
	"testing"
)

// The shapes in which statements print sums, one by one: what holds must pass, and
// one changed number must be told with its formula.

var balance = sampleTable{"部门收支总表", "万元", `
收入 | 收入 | 支出 | 支出
项目 | 预算数 | 项目 | 预算数
一、财政拨款收入 | 604.42 | 一、一般公共服务支出 | 514.62
二、事业收入 | 10.00 | 二、科学技术支出 | 99.80
本年收入合计 | 614.42 | 本年支出合计 | 614.42
上年结转 | 5.58 | 结转下年 | 5.58
收入总计 | 620.00 | 支出总计 | 620.00`}

var yearAbove = sampleTable{"财政拨款收支总表", "万元", `
收入 | 收入 | 支出 | 支出
项目 | 预算数 | 项目 | 预算数
一、本年收入 | 604.42 | 一、本年支出 | 610.00
（一）一般公共预算拨款 | 604.42 | （一）一般公共服务支出 | 510.20
（二）政府性基金预算拨款 | | （二）科学技术支出 | 99.80
二、上年结转 | 5.58 | 二、结转下年 |
收入总计 | 610.00 | 支出总计 | 610.00`}

var income = sampleTable{"部门收入总表", "万元", `
科目编码 | 科目名称 | 合计 | 本年收入 | < | < | 上年结转
^ | ^ | ^ | 小计 | 一般公共预算 | 政府性基金预算 | ^
201 | 一般公共服务支出 | 514.62 | 510.00 | 510.00 | | 4.62
206 | 科学技术支出 | 105.38 | 104.42 | 94.42 | 10.00 | 0.96
 | 合计 | 620.00 | 614.42 | 604.42 | 10.00 | 5.58`}

var purchases = sampleTable{"政府采购预算表", "万元", `
项目名称 | 采购物品名称 | 数量 | 单价 | 金额
设备更新 | 台式计算机 | 3 | 0.50 | 1.50
设备更新 | 打印机 | 2 | 0.30 | 0.60
合计 | | | | 2.10`}

// TestIdentitiesHold: sound statements of every shape pass, and were checked.
func TestIdentitiesHold(t *testing.T) {
	batch := sample(t, "某局2021年部门预算", []sampleTable{spending, balance, yearAbove, income, publicBudget, purchases})
	Check(batch)
	for i := range batch.Findings {
		if f := &batch.Findings[i]; f.Outcome == Fail && f.Severity == SeverityError {
			t.Errorf("%s says %s", f.RuleID, f.MessageZH)
		}
	}
	for _, want := range []struct {
		rule  string
		table int
	}{{"T01", 0}, {"T02", 0}, {"T03", 0}, {"T05", 1}, {"T05", 2}, {"T03", 3}, {"T02", 3}, {"T08", 4}, {"X01", Document}} {
		if got := outcomeOf(batch, want.rule, want.table); got != Pass {
			t.Errorf("%s of table %d comes out as %q", want.rule, want.table, got)
		}
	}
}

// TestIdentitiesFail: one changed number in each shape.
func TestIdentitiesFail(t *testing.T) {
	for _, c := range []struct {
		name      string
		table     sampleTable
		old, new  string
		rule      string
		formulas  []string
		elsewhere []string // rules that must not accuse anything
	}{
		{"the total of the year", balance, "本年支出合计 | 614.42", "本年支出合计 | 641.42", "T05",
			[]string{"fail 641.42 ≠ 514.62 + 99.80 (= 614.42)", "fail 620.00 ≠ 641.42 + 5.58 (= 647.00)"}, []string{"T01", "T02", "T03"}},
		{"the total of all", balance, "收入总计 | 620.00", "收入总计 | 602.00", "T05",
			[]string{"fail 602.00 ≠ 614.42 + 5.58 (= 620.00)", "fail 602.00 ≠ 620.00"}, []string{"T01"}},
		{"the year above its heads", yearAbove, "一、本年支出 | 610.00", "一、本年支出 | 601.00", "T05",
			[]string{"fail 601.00 ≠ 510.20 + 99.80 (= 610.00)", "fail 610.00 ≠ 601.00"}, nil},
		{"the total of columns below a head", income, "104.42 | 94.42 | 10.00", "104.42 | 94.42 | 1.00", "T03",
			[]string{"fail 104.42 ≠ 94.42 + 1.00 (= 95.42)"}, []string{"T01"}},
		{"the total of rows", income, "206 | 科学技术支出 | 105.38", "206 | 科学技术支出 | 150.38", "T02",
			[]string{"fail 620.00 ≠ 514.62 + 150.38 (= 665.00)"}, []string{"T05"}},
		{"a purchase", purchases, "3 | 0.50 | 1.50", "3 | 0.50 | 1.60", "T10", []string{"fail 1.60 ≠ 1.50"}, []string{"T03"}},
		{"the parts of 三公", publicBudget, "三、公务接待费 | 0.30 | 0.30", "三、公务接待费 | 0.50 | 0.30", "T08",
			[]string{"fail 2.23 ≠ 0.00 + 1.93 + 0.50 (= 2.43)"}, []string{"T01"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			batch := sample(t, "某局2021年部门预算", []sampleTable{changed(t, c.table, c.old, c.new)})
			Check(batch)
			if got := found(batch, c.rule); !slices.Equal(got, c.formulas) {
				t.Errorf("%s says %q, want %q", c.rule, got, c.formulas)
			}
			for _, rule := range c.elsewhere {
				if got := found(batch, rule); len(got) > 0 {
					t.Errorf("%s says %q of a table that it should not accuse", rule, got)
				}
			}
		})
	}
}

// TestListsNestBySums: agencies and projects one below the other, with no mark but
// their sums.
func TestListsNestBySums(t *testing.T) {
	values := func(amounts ...int64) []Number {
		var list []Number
		for _, a := range amounts {
			list = append(list, Number{Value: a * 10_000, Grain: 100, Known: true})
		}
		return list
	}
	for _, c := range []struct {
		name  string
		list  []int64
		total int64
		top   []int
		flat  bool
	}{
		{"one level", []int64{3, 5, 2}, 10, []int{0, 1, 2}, true},
		{"an agency and its projects", []int64{10, 3, 5, 2}, 10, []int{0}, false},
		{"two agencies", []int64{8, 3, 5, 4, 1, 3}, 12, []int{0, 3}, false},
		{"a kind, an agency, a thing", []int64{4, 4, 4, 6, 6, 6}, 10, []int{0, 3}, false},
		{"some details only", []int64{9, 4, 5, 7, 2}, 18, []int{0, 3, 4}, false},
		{"nothing adds up", []int64{9, 4, 6}, 30, nil, true},
	} {
		nesting := nestingOf(values(c.list...), nil)
		top := nesting.top(Number{Value: c.total * 10_000, Grain: 100, Known: true})
		slices.Reverse(top)
		if !slices.Equal(top, c.top) || nesting.flat() != c.flat {
			t.Errorf("%s: the uppermost rows are %v, want %v; flat %v", c.name, top, c.top, nesting.flat())
		}
	}
}

// TestEmptyNote: a filled table may not say that it is empty.
func TestEmptyNote(t *testing.T) {
	noted := publicBudget
	noted.rows += "\n注：本部门无“三公”经费预算，故本表为空表 | |"
	batch := sample(t, "某局2021年部门预算", []sampleTable{noted})
	Check(batch)
	if got := outcomeOf(batch, "T13", 0); got != Fail {
		t.Errorf("a filled table that says it is empty comes out as %q", got)
	}
	batch = sample(t, "某局2021年部门预算", []sampleTable{publicBudget})
	Check(batch)
	if got := outcomeOf(batch, "T13", 0); got != Pass {
		t.Errorf("a filled table without a note comes out as %q", got)
	}
}

// TestUnitsAreConverted: one statement in yuan, the other in 万元, within the
// rounding of the coarser one.
func TestUnitsAreConverted(t *testing.T) {
	basic := sampleTable{"一般公共预算基本支出表", "元", `
科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费
301 | 工资福利支出 | 4,321,800 | 4,321,800 |
302 | 商品和服务支出 | 824,423 | | 824,423
 | 合计 | 5,146,223 | 4,321,800 | 824,423`}
	batch := sample(t, "某局2021年部门预算", []sampleTable{spending, basic})
	Check(batch)
	if got, want := found(batch, "X06"), []string{"rounding 514.62万元 ≈ 5146223元"}; !slices.Equal(got, want) {
		t.Errorf("X06 says %q, want %q", got, want)
	}
	batch = sample(t, "某局2021年部门预算", []sampleTable{spending, changed(t, basic, "合计 | 5,146,223", "合计 | 5,164,223")})
	Check(batch)
	if got, want := found(batch, "X06"), []string{"fail 514.62万元 ≠ 5164223元"}; !slices.Equal(got, want) {
		t.Errorf("X06 says %q, want %q", got, want)
	}
}

// TestGoalsInWords: goals without indicators cover the spending of their projects,
// of which two agencies may have one of the same name; they aim at no number.
func TestGoalsInWords(t *testing.T) {
	goals := sampleTable{"重点项目预算绩效目标情况", "万元", `
单位名称 | 项目名称 | 预算数 | 绩效目标
某局 | 日常保障 | 50.00 | 保障运转。
某中心 | 日常保障 | 39.80 | 保障服务。`}
	for table, want := range map[sampleTable]string{goals: Pass, changed(t, goals, "39.80", "9.80"): Notice} {
		batch := sample(t, "某局2021年部门预算", []sampleTable{spending, table})
		Check(batch)
		if got := outcomeOf(batch, "P03", Document); got != want {
			t.Errorf("coverage comes out as %q, want %q: %v", got, want, found(batch, "P03"))
		}
		if got := outcomeOf(batch, "P02", 1); got == Pass {
			t.Error("ratios hold where there are none")
		}
	}
}
