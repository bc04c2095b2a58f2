package check

import (
	"slices"
	"strings"
	"testing"

	"gongkai/normalize"

	"github.com/shopspring/decimal"
)

// TestLikeness: the ways in which people and programs get numbers wrong, and
// pairs that are merely different.
func TestLikeness(t *testing.T) {
	for _, c := range []struct{ printed, right, want string }{
		{"51462", "514.62", faultDecimalPoint},
		{"51.462", "514.62", faultDecimalPoint},
		{"6044200", "604.42", faultUnit},
		{"604.42", "604420", faultUnit},
		{"17.01", "170065", faultUnit},
		{"170065", "17.01", faultUnit},
		{"8.15", "81535", ""},
		{"-143.25", "143.25", faultSign},
		{"88951000", "889510000", faultLostDigit},
		{"51.62", "514.62", faultLostDigit},
		{"514.6", "514.62", faultLostDigit},
		{"0.38", "10.38", faultLostDigit},
		{"0.38", "0.438", faultLostDigit},
		{"0.38", "4.38", ""},
		{"514.62", "514.62", ""},
		{"514.63", "514.62", ""},
		{"2", "20", ""},
		{"0.00", "514.62", ""},
	} {
		if got := likeness(decimal.RequireFromString(c.printed), decimal.RequireFromString(c.right), c.printed); got != c.want {
			t.Errorf("%s for %s looks like %q, want %q", c.printed, c.right, got, c.want)
		}
	}
}

var publicBudget = sampleTable{"一般公共预算“三公”经费支出表", "万元", `
项目 | 合计 | 一般公共预算财政拨款
合计 | 2.23 | 2.23
一、因公出国（境）费 | 0.00 | 0.00
二、公务用车购置及运行维护费 | 1.93 | 1.93
1.公务用车购置费 | 0.00 | 0.00
2.公务用车运行维护费 | 1.93 | 1.93
三、公务接待费 | 0.30 | 0.30`}

// TestLostDigitIsNamed: of a sum that fails, the one number that lacks a digit of
// what the others ask for is the suspect, and what it should say is proposed.
func TestLostDigitIsNamed(t *testing.T) {
	wrong := publicBudget
	wrong.rows = strings.Replace(wrong.rows, "公务用车购置及运行维护费 | 1.93", "公务用车购置及运行维护费 | 19.3", 1)
	batch := sample(t, "某局2021年部门预算", []sampleTable{wrong})
	Check(batch)
	seen := false
	for i := range batch.Findings {
		if f := &batch.Findings[i]; f.RuleID == "T08" && f.Fault == faultDecimalPoint {
			seen = true
			if f.Proposed.Valid && !f.Proposed.Decimal.Equal(decimal.RequireFromString("1.93")) {
				t.Errorf("%s proposes %s", f.Formula, f.Proposed.Decimal)
			}
		}
	}
	if !seen {
		t.Errorf("no finding of T08 is told as a decimal point: %v", found(batch, "T08"))
	}
}

// TestFaultsOfSequences: values that stand a row too high are one fault, not
// three, and so are two that changed places.
func TestFaultsOfSequences(t *testing.T) {
	for _, c := range []struct {
		observed, expected []string
		want               string
	}{
		{[]string{"0.00", "1.93", "0.30"}, []string{"1.93", "0.30", "0.20"}, faultRowShift},
		{[]string{"5.10", "7.20"}, []string{"7.20", "5.10"}, faultSwapped},
		{[]string{"5.10", "7.20", "8.30"}, []string{"5.20", "7.30", "8.40"}, ""},
		{[]string{"1.93"}, []string{"0.30"}, ""},
	} {
		var findings []normalize.Finding
		for i := range c.observed {
			findings = append(findings, normalize.Finding{
				RuleID: "N06", Outcome: Fail, Unit: "万元", Operands: make([]normalize.Operand, 2),
				Observed: known(decimal.RequireFromString(c.observed[i])), Expected: known(decimal.RequireFromString(c.expected[i])),
			})
		}
		recogniseSequences(findings)
		for i := range findings {
			if findings[i].Fault != c.want {
				t.Errorf("%v where %v is expected looks like %q, want %q", c.observed, c.expected, findings[i].Fault, c.want)
			}
		}
	}
}

// TestOriginFollowsTheEvidence: on clean pages print is to blame; where glyphs had
// no meaning the reading may be, and the document's confidence falls.
func TestOriginFollowsTheEvidence(t *testing.T) {
	wrong := publicBudget
	wrong.rows = strings.Replace(wrong.rows, "合计 | 2.23 | 2.23", "合计 | 2.43 | 2.43", 1)
	clean := sample(t, "某局2021年部门预算", []sampleTable{wrong})
	clean.Document.TextConfidence = 1
	weak := sample(t, "某局2021年部门预算", []sampleTable{wrong})
	weak.Document.TextConfidence = 1
	for i := range weak.Cells {
		if weak.Cells[i].TextNorm == "2.43" {
			weak.Cells[i].Flags = []string{"unmapped"}
		}
	}
	Check(clean)
	Check(weak)
	if f := firstOf(t, clean, "T08"); f.Origin != originSource || f.Confidence != cleanConfidence || clean.Document.TextConfidence != 1 {
		t.Errorf("on a clean page the origin is %s with confidence %v, the document's %v", f.Origin, f.Confidence, clean.Document.TextConfidence)
	}
	if f := firstOf(t, weak, "T08"); f.Origin != originExtraction || f.Confidence != weakConfidence || weak.Document.TextConfidence >= 1 {
		t.Errorf("with unmapped glyphs the origin is %s with confidence %v, the document's %v", f.Origin, f.Confidence, weak.Document.TextConfidence)
	}
}

// faultsOf lists the faults that the findings of a spoiled table are given, once each.
func faultsOf(t *testing.T, tables ...sampleTable) []string {
	t.Helper()
	batch := sample(t, "某局2021年部门预算", tables)
	Check(batch)
	var faults []string
	for i := range batch.Findings {
		if f := &batch.Findings[i]; f.Outcome == Fail && f.Severity == SeverityError {
			faults = addOnce(faults, f.RuleID+" "+f.Fault)
		}
	}
	return faults
}

// TestDisplacedNumbers: a column that slipped by a row, and neighbours that changed
// places, are named by what the cells beside them print.
func TestDisplacedNumbers(t *testing.T) {
	income := sampleTable{"部门收入总表", "万元", `
科目编码 | 科目名称 | 合计 | 财政拨款收入 | 事业收入
201 | 一般公共服务支出 | 51.46 | 51.46 | 0.00
20113 | 商贸事务 | 51.46 | 51.46 | 0.00
2011301 | 行政运行 | 40.12 | 40.12 | 0.00
2011302 | 一般行政管理事务 | 11.34 | 11.34 | 0.00
206 | 科学技术支出 | 10.54 | 9.44 | 1.10
20607 | 科学技术普及 | 10.54 | 9.44 | 1.10
2060702 | 科普活动 | 10.54 | 9.44 | 1.10
 | 合计 | 62.00 | 60.90 | 1.10`}
	beside := changed(t, income, "科普活动 | 10.54 | 9.44 | 1.10", "科普活动 | 10.54 | 1.10 | 9.44")
	if got := faultsOf(t, beside); !slices.Equal(got, []string{"T01 swapped"}) {
		t.Errorf("neighbours in a row: %q", got)
	}
	below := changed(t, income, "2011301 | 行政运行 | 40.12 | 40.12 | 0.00\n2011302 | 一般行政管理事务 | 11.34 |", "2011301 | 行政运行 | 11.34 | 40.12 | 0.00\n2011302 | 一般行政管理事务 | 40.12 |")
	if got := faultsOf(t, below); !slices.Equal(got, []string{"T03 swapped"}) {
		t.Errorf("neighbours in a column: %q", got)
	}
	spending := sampleTable{"部门支出总表", "万元", `
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
 | 合计 | 100.00 | 60.00 | 40.00
201 | 一般公共服务支出 | 50.00 | 30.00 | 20.00
206 | 科学技术支出 | 30.00 | 20.00 | 10.00
208 | 社会保障和就业支出 | 15.00 | 7.00 | 8.00
221 | 住房保障支出 | 5.00 | 3.00 | 2.00`}
	balance := sampleTable{"部门收支总表", "万元", `
收入 | 收入 | 支出 | 支出
项目 | 预算数 | 项目 | 预算数
一、财政拨款收入 | 100.00 | 一、一般公共服务支出 | 50.00
 | | 二、外交支出 | 30.00
 | | 六、科学技术支出 | 15.00
 | | 八、社会保障和就业支出 | 5.00
 | | 十九、住房保障支出 | 0.00
收入总计 | 100.00 | 支出总计 | 100.00`}
	if got := faultsOf(t, balance, spending); !slices.Equal(got, []string{"X02 row_shift"}) {
		t.Errorf("a column that slipped: %q", got)
	}
	if got := faultsOf(t, changed(t, balance, "八、社会保障和就业支出 | 5.00", "八、社会保障和就业支出 | 35.00"), spending); slices.Contains(got, "T05 row_shift") {
		t.Errorf("a sum is no slipped column: %q", got)
	}
}
