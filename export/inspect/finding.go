package inspect

import (
	"github.com/shopspring/decimal"

	"gongkai/normalize"
	"gongkai/normalize/check"
)

// findingData is a finding with the numbers of its formula and their places.
type findingData struct {
	ID         string        `json:"finding_id"`
	Rule       string        `json:"rule_id"`
	Severity   string        `json:"severity"`
	Outcome    string        `json:"outcome"`
	Origin     string        `json:"origin"`
	English    string        `json:"message_en"`
	Chinese    string        `json:"message_zh"`
	Formula    string        `json:"formula,omitempty"`
	Expected   string        `json:"expected_value,omitempty"`
	Observed   string        `json:"observed_value,omitempty"`
	Difference string        `json:"difference,omitempty"`
	Tolerance  string        `json:"tolerance,omitempty"`
	Unit       string        `json:"unit,omitempty"`
	Fault      string        `json:"fault,omitempty"`
	Suspect    string        `json:"suspect,omitempty"` // anchor of the cell
	Proposed   string        `json:"proposed_value,omitempty"`
	Confidence float64       `json:"confidence"`
	Tables     []string      `json:"tables"` // anchors
	Cells      []string      `json:"cells"`
	Sections   []string      `json:"sections"`
	Pages      []int         `json:"pages"`
	Operands   []operandData `json:"operands,omitempty"`
}

type operandData struct {
	Role  string    `json:"role"`
	Label string    `json:"label"`
	Raw   string    `json:"raw"`
	Value string    `json:"value,omitempty"`
	Cell  string    `json:"cell,omitempty"` // anchor
	Fact  string    `json:"fact,omitempty"` // anchor of the amount in the text
	Page  int       `json:"page,omitempty"`
	Box   [4]tenths `json:"box"`
}

func findingsOf(batch *normalize.Batch) []findingData {
	list := make([]findingData, 0, len(batch.Findings))
	for i := range batch.Findings {
		f := &batch.Findings[i]
		list = append(list, findingData{
			ID: f.ID, Rule: f.RuleID, Severity: f.Severity, Outcome: f.Outcome, Origin: f.Origin, English: f.MessageEN, Chinese: f.MessageZH,
			Formula: f.Formula, Expected: decimalText(f.Expected), Observed: decimalText(f.Observed), Difference: decimalText(f.Difference),
			Tolerance: decimalText(f.Tolerance), Unit: f.Unit, Fault: f.Fault, Suspect: anchor(f.Suspect), Proposed: decimalText(f.Proposed),
			Confidence: f.Confidence, Tables: anchors(f.TableIDs), Cells: anchors(f.CellIDs), Sections: anchors(f.SectionIDs),
			Pages: append([]int{}, f.Pages...), Operands: operandsOf(f),
		})
	}
	return list
}

func operandsOf(f *normalize.Finding) []operandData {
	var list []operandData
	for i := range f.Operands {
		o := &f.Operands[i]
		list = append(list, operandData{Role: o.Role, Label: o.Label, Raw: o.Raw, Value: decimalText(o.Value),
			Cell: anchor(o.CellID), Fact: anchor(o.TextAmountID), Page: o.Page, Box: boxOf(o.Box)})
	}
	return list
}

func decimalText(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}

// outcomeData tells how a rule came out in a table, or in the document as a whole.
type outcomeData struct {
	Rule    string `json:"rule_id"`
	Table   string `json:"table"` // anchor; empty: the document
	Outcome string `json:"outcome"`
	Checked int    `json:"n_checked"`
	Passed  int    `json:"n_passed"`
	Rounded int    `json:"n_rounding"`
	Failed  int    `json:"n_failed"`
	Reason  string `json:"reason,omitempty"`
}

func outcomesOf(batch *normalize.Batch) []outcomeData {
	list := make([]outcomeData, 0, len(batch.RuleOutcomes))
	for i := range batch.RuleOutcomes {
		r := &batch.RuleOutcomes[i]
		list = append(list, outcomeData{r.RuleID, anchor(r.TableID), r.Outcome, r.Checked, r.Passed, r.Rounded, r.Failed, r.Reason})
	}
	return list
}

// rule is what a reader should know of a rule, in both languages where the rule
// has them.
type rule struct {
	TitleEN       string `json:"title_en"`
	TitleZH       string `json:"title_zh,omitempty"`
	Severity      string `json:"severity"`
	ExplanationEN string `json:"explanation_en"`
	ExplanationZH string `json:"explanation_zh,omitempty"`
}

// rulesOf explains the rules that the batch speaks of.
func rulesOf(batch *normalize.Batch) map[string]rule {
	known := knownRules()
	explained := map[string]rule{}
	explain := func(id string) {
		if r, ok := known[id]; ok {
			explained[id] = r
		}
	}
	for i := range batch.Findings {
		explain(batch.Findings[i].RuleID)
	}
	for i := range batch.RuleOutcomes {
		explain(batch.RuleOutcomes[i].RuleID)
	}
	return explained
}

// knownRules are those of reading and normalizing, and those that check numbers.
func knownRules() map[string]rule {
	known := map[string]rule{}
	for _, r := range normalize.Rules() {
		known[r.ID] = rule{TitleEN: r.Title, Severity: r.Severity, ExplanationEN: r.Explanation}
	}
	for _, r := range check.Rules() {
		known[r.ID] = rule{r.TitleEN, r.TitleZH, r.Severity, r.ExplanationEN, r.ExplanationZH}
	}
	return known
}
