package check

import (
	"slices"
	"testing"
)

var spending = sampleTable{"一般公共预算支出表", "万元", `
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
206 | 科学技术支出 | 604.42 | 514.62 | 89.80
20601 | 科学技术管理事务 | 514.62 | 514.62 |
2060101 | 行政运行 | 514.62 | 514.62 |
20607 | 科学技术普及 | 89.80 | | 89.80
2060702 | 科普活动 | 89.80 | 0.00 | 89.80
 | 合计 | 604.42 | 514.62 | 89.80`}

// TestClassesAreSums: each step of the hierarchy is checked in every column
// that prints numbers on both sides.
func TestClassesAreSums(t *testing.T) {
	batch := sample(t, "某局2021年部门预算", []sampleTable{spending})
	Check(batch)
	if got := outcomeOf(batch, "T01", 0); got != Pass {
		t.Errorf("a sound table comes out as %q: %v", got, found(batch, "T01"))
	}

	wrong := spending
	wrong.rows = `
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
206 | 科学技术支出 | 604.42 | 514.62 | 89.80
20601 | 科学技术管理事务 | 514.61 | 514.62 |
20607 | 科学技术普及 | 98.80 | | 98.80
 | 合计 | 604.42 | 514.62 | 89.80`
	batch = sample(t, "某局2021年部门预算", []sampleTable{wrong})
	Check(batch)
	want := []string{"fail 604.42 ≠ 514.61 + 98.80 (= 613.41)", "fail 89.80 ≠ 98.80"}
	if got := found(batch, "T01"); !slices.Equal(got, want) {
		t.Errorf("T01 says %v, want %v", got, want)
	}
	if batch.Document.FindingsError < len(want) {
		t.Errorf("the document counts %d errors", batch.Document.FindingsError)
	}
}

// TestRoundingEnvelope: half a last digit for each printed number, no more.
func TestRoundingEnvelope(t *testing.T) {
	for _, c := range []struct {
		difference int64
		parts      int
		want       string
	}{
		{0, 2, Pass}, {1_500_000, 2, Rounding}, {1_500_001, 2, Fail}, {-1_500_000, 2, Rounding}, {2_000_000, 3, Rounding},
	} {
		if got := judge(Equal, c.difference, Envelope(c.parts, 1_000_000)); got != c.want {
			t.Errorf("a difference of %d over %d parts is %s, want %s", c.difference, c.parts, got, c.want)
		}
	}
}

// TestBrokenRule: a rule that panics is an outcome, and the others go on.
func TestBrokenRule(t *testing.T) {
	batch := sample(t, "某局2021年部门预算", []sampleTable{spending})
	checkRules(batch, []Rule{
		{ID: "T90", Version: 1, Check: func(*Index, *Results) { panic("out of numbers") }},
		{ID: "T91", Version: 1, Check: func(_ *Index, r *Results) { r.Pass(0) }},
		{ID: "T92", Version: 1, Check: func(*Index, *Results) {}},
	})
	if got := outcomeOf(batch, "T90", Document); got != Failed {
		t.Errorf("a rule that breaks comes out as %q", got)
	}
	if got := outcomeOf(batch, "T91", 0); got != Pass {
		t.Errorf("the rule after it comes out as %q", got)
	}
	if got := outcomeOf(batch, "T92", Document); got != NotApplicable {
		t.Errorf("a rule that checks nothing comes out as %q, which must be no pass", got)
	}
}

// TestSameRows: the same batch gives the same findings, in the same order.
func TestSameRows(t *testing.T) {
	var first []string
	for range 5 {
		batch := sample(t, "某局2021年部门预算", []sampleTable{spending, balance, changed(t, publicBudget, "三、公务接待费 | 0.30 | 0.30", "三、公务接待费 | 0.50 | 0.50"), income})
		Check(batch)
		var said []string
		for i := range batch.Findings {
			f := &batch.Findings[i]
			said = append(said, f.ID+f.RuleID+f.MessageZH+f.Suspect+f.Fault)
		}
		for i := range batch.RuleOutcomes {
			said = append(said, batch.RuleOutcomes[i].ID+batch.RuleOutcomes[i].Outcome)
		}
		if first == nil {
			first = said
		}
		if !slices.Equal(first, said) {
			t.Fatalf("the same batch gives\n%v\nand\n%v", first, said)
		}
	}
}
