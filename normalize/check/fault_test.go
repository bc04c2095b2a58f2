package check

import (
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
