package inspect

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"gongkai/normalize"
)

// sectionData is a piece of the text with the amounts it names.
type sectionData struct {
	Anchor  string     `json:"anchor"` // s12
	Level   int        `json:"level"`
	Form    string     `json:"form"`
	Kind    string     `json:"kind"`
	Heading string     `json:"heading,omitempty"`
	Text    string     `json:"text,omitempty"`
	Table   string     `json:"table,omitempty"` // anchor
	Page    int        `json:"page"`
	Last    int        `json:"last"`
	Facts   []factData `json:"facts,omitempty"`
}

// factData is an amount in the text, and what it agrees with.
type factData struct {
	Anchor    string   `json:"anchor"` // s12a1
	Start     int      `json:"start"`  // characters of the text
	End       int      `json:"end"`
	Subject   string   `json:"subject"`
	Measure   string   `json:"measure"`
	Amount    string   `json:"amount,omitempty"` // yuan
	Agreement string   `json:"agreement"`        // pass, rounding, fail, none
	Cells     []string `json:"cells,omitempty"`  // anchors of cells that say the same
	Findings  []string `json:"findings,omitempty"`
}

// factAgrees is of an amount that nothing in the tables says.
const factStandsAlone = "none"

func sectionsOf(batch *normalize.Batch) []sectionData {
	list := make([]sectionData, 0, len(batch.Sections))
	at := make(map[string]int, len(batch.Sections))
	for i := range batch.Sections {
		s := &batch.Sections[i]
		at[s.ID] = i
		list = append(list, sectionData{Anchor: anchor(s.ID), Level: s.Level, Form: s.Form, Kind: s.Kind, Heading: s.Heading,
			Text: s.Text, Table: anchor(s.TableID), Page: s.PageFirst, Last: s.PageLast})
	}
	w := newWitnesses(batch)
	for i := range batch.TextAmounts {
		fact := &batch.TextAmounts[i]
		if place, known := at[fact.SectionID]; known {
			list[place].Facts = append(list[place].Facts, w.testify(fact))
		}
	}
	for i := range list {
		slices.SortStableFunc(list[i].Facts, func(a, b factData) int { return cmp.Compare(a.Start, b.Start) })
	}
	return list
}

// witnesses are the amounts of all tables in order of size, and the findings that
// name amounts of the text.
type witnesses struct {
	amounts  []witness
	findings map[string][]*normalize.Finding // by text amount
}

type witness struct {
	amount decimal.Decimal // yuan
	cell   string
	order  int
}

func newWitnesses(batch *normalize.Batch) *witnesses {
	w := &witnesses{findings: map[string][]*normalize.Finding{}}
	for i := range batch.Lines {
		if l := &batch.Lines[i]; l.AmountCNY.Valid && !l.AmountCNY.Decimal.IsZero() {
			w.amounts = append(w.amounts, witness{l.AmountCNY.Decimal, l.CellID, i})
		}
	}
	slices.SortFunc(w.amounts, func(a, b witness) int { return cmp.Or(a.amount.Cmp(b.amount), cmp.Compare(a.order, b.order)) })
	for i := range batch.Findings {
		f := &batch.Findings[i]
		for k := range f.Operands {
			if id := f.Operands[k].TextAmountID; id != "" {
				w.findings[id] = append(w.findings[id], f)
			}
		}
	}
	return w
}

const (
	// mostCells that say the same are named; more say no more.
	mostCells = 6
	// fewestDigits: a rounded amount of fewer digits agrees with some cell or other by
	// chance, where a document prints thousands.
	fewestDigits = 4
)

// testify tells what an amount of the text agrees with. The findings come first:
// the rules know what is compared with what; else cells that say the same amount.
func (w *witnesses) testify(fact *normalize.TextAmount) factData {
	d := factData{Anchor: anchor(fact.ID), Start: fact.CharStart, End: fact.CharEnd, Subject: fact.SubjectPath,
		Measure: fact.Measure, Agreement: factStandsAlone}
	if fact.Amount.Valid {
		d.Amount = fact.Amount.Decimal.StringFixed(2)
		d.Cells, d.Agreement = w.cellsSaying(fact)
	}
	for _, f := range w.findings[fact.ID] {
		d.Findings = append(d.Findings, f.ID)
		if f.Outcome == agreesNot || f.Outcome == agreesRounded && d.Agreement != agreesNot {
			d.Agreement = f.Outcome
		}
	}
	return d
}

// cellsSaying are the cells with the amount of a fact, exactly or, failing that,
// when rounded to what the text prints.
func (w *witnesses) cellsSaying(fact *normalize.TextAmount) (cells []string, agreement string) {
	amount := fact.Amount.Decimal.Abs()
	if cells = w.between(amount, amount); cells != nil {
		return cells, agreesExactly
	}
	if !fact.Value.Valid || fact.Value.Decimal.IsZero() || fact.Value.Decimal.NumDigits() < fewestDigits {
		return nil, factStandsAlone
	}
	factor := amount.Div(fact.Value.Decimal.Abs())
	half := decimal.New(5, -decimalsOf(fact.Value)-1).Mul(factor)
	if cells = w.between(amount.Sub(half), amount.Add(half)); cells != nil {
		return cells, agreesRounded
	}
	return nil, factStandsAlone
}

// between are the cells whose amounts lie in a range, ends included.
func (w *witnesses) between(low, high decimal.Decimal) []string {
	first, _ := slices.BinarySearchFunc(w.amounts, low, func(a witness, low decimal.Decimal) int { return a.amount.Cmp(low) })
	var cells []string
	for _, a := range w.amounts[first:] {
		if a.amount.GreaterThan(high) || len(cells) == mostCells {
			break
		}
		cells = append(cells, anchor(a.cell))
	}
	return cells
}
