package check

import (
	"gongkai/normalize"

	"github.com/shopspring/decimal"
)

// Relation is how the whole stands to the sum of its parts.
type Relation uint8

const (
	Equal   Relation = iota
	AtMost           // the whole is the sum or less
	AtLeast          // the whole is the sum or more
)

// signs in a formula: what was asked for does not hold; it does within rounding.
var signs = [...]struct{ broken, rounded string }{Equal: {"≠", "≈"}, AtMost: {">", "≈"}, AtLeast: {"<", "≈"}}

// Term is one printed number of an equation, from a table or from prose.
type Term struct {
	Number
	Line  *normalize.Line
	Text  *normalize.TextAmount
	Minus bool
}

// term is the term of a table's line.
func (t *Table) term(row, column int) Term {
	return Term{Number: t.Number(row, column), Line: t.Line(row, column)}
}

// TextTerm is the term of an amount in prose.
func TextTerm(amount *normalize.TextAmount) Term {
	return Term{Number: numberOfText(amount), Text: amount}
}

func (t *Term) unit() string {
	switch {
	case t.Line != nil:
		return t.Line.UnitRaw
	case t.Text != nil:
		return t.Text.Unit
	}
	return ""
}

func (t *Term) signed() int64 {
	if t.Minus {
		return -t.Value
	}
	return t.Value
}

// Equation is one instance of an identity: the whole against the sum of its parts.
type Equation struct {
	Table    int    // position, or Document
	Locator  string // tells this instance from the others of the table; empty: the place of the whole
	Relation Relation
	Whole    Term
	Parts    []Term // those without a printed number count as nothing
	// Words say what stands to what: 合计 = 基本支出 + 项目支出.
	WordsZH, WordsEN string
}

// sum adds up what is printed of the parts.
func (e *Equation) sum() (total, grain int64, printed int) {
	grain = e.Whole.Grain
	for i := range e.Parts {
		if e.Parts[i].Known {
			total += e.Parts[i].signed()
			grain = max(grain, e.Parts[i].Grain)
			printed++
		}
	}
	return total, grain, printed
}

// Compare checks an equation, counts it and, unless it holds exactly, writes a
// finding. It returns the outcome. A whole that is not printed, or parts of which
// none is, are not checked.
func (r *Results) Compare(e *Equation) string {
	sum, grain, printed := e.sum()
	if !e.Whole.Known || printed == 0 {
		return InsufficientData
	}
	difference := e.Whole.Value - sum
	tolerance := Envelope(printed, grain)
	outcome := judge(e.Relation, difference, tolerance)
	r.count(e.Table, outcome)
	if outcome != Pass {
		r.findings = append(r.findings, r.findingOf(e, outcome, sum, difference, tolerance))
	}
	return outcome
}

// outcomeOf is what Compare would say.
func (r *Results) outcomeOf(e *Equation) string {
	sum, grain, printed := e.sum()
	if !e.Whole.Known || printed == 0 {
		return InsufficientData
	}
	return judge(e.Relation, e.Whole.Value-sum, Envelope(printed, grain))
}

// judge tells how a difference stands to what is asked for and to the envelope.
func judge(relation Relation, difference, tolerance int64) string {
	switch {
	case difference == 0, relation == AtMost && difference < 0, relation == AtLeast && difference > 0:
		return Pass
	case difference <= tolerance && difference >= -tolerance:
		return Rounding
	}
	return Fail
}

// findingOf is the finding of an equation that does not hold exactly.
func (r *Results) findingOf(e *Equation, outcome string, sum, difference, tolerance int64) normalize.Finding {
	unit := e.Whole.unit()
	f := r.newFinding(e.Table, e.locator(), outcome)
	f.Unit = unit
	f.Expected, f.Observed = known(inUnit(sum, unit)), known(inUnit(e.Whole.Value, unit))
	f.Difference, f.Tolerance = known(inUnit(difference, unit)), known(inUnit(tolerance, unit))
	f.Formula = e.formula(outcome, sum)
	f.Operands = make([]normalize.Operand, 0, len(e.Parts)+1)
	f.Operands = append(f.Operands, e.Whole.operand("whole", unit))
	for i := range e.Parts {
		if e.Parts[i].Known {
			f.Operands = append(f.Operands, e.Parts[i].operand("part", unit))
		}
	}
	placeOperands(&f)
	f.MessageZH = e.WordsZH + "：" + f.Formula
	f.MessageEN = e.WordsEN + ": " + f.Formula
	if row := e.Whole.label(); row != "" {
		f.MessageZH, f.MessageEN = row+"："+f.MessageZH, row+": "+f.MessageEN
	}
	return f
}

func known(d decimal.Decimal) decimal.NullDecimal { return decimal.NewNullDecimal(d) }

// locator is the place of the whole within its document.
func (e *Equation) locator() string {
	at := e.Locator
	switch {
	case e.Whole.Line != nil:
		at = e.Whole.Line.CellID + "/" + at
	case e.Whole.Text != nil:
		at = e.Whole.Text.ID + "/" + at
	}
	return at
}

// label tells the row and column of a term, or the sentence it stands in.
func (t *Term) label() string {
	switch {
	case t.Line != nil && t.Line.Name == "":
		return t.Line.ColumnPath
	case t.Line != nil && t.Line.Code != "":
		return t.Line.Code + " " + t.Line.Name + "/" + t.Line.ColumnPath
	case t.Line != nil:
		return t.Line.Name + "/" + t.Line.ColumnPath
	case t.Text != nil:
		return t.Text.SubjectPath
	}
	return ""
}

func (t *Term) operand(role, unit string) normalize.Operand {
	o := normalize.Operand{Role: role, Label: t.label(), Value: known(inUnit(t.Value, unit))}
	switch {
	case t.Line != nil:
		o.Raw, o.CellID, o.Page, o.Box = t.Line.AmountRaw+t.Line.UnitRaw, t.Line.CellID, t.Line.Page, t.Line.Box
	case t.Text != nil:
		o.Raw, o.TextAmountID, o.Page, o.Box = t.Text.Value.Decimal.String()+t.Text.Unit, t.Text.ID, t.Text.Page, t.Text.Box
	}
	return o
}

// manyParts: formulas longer than this leave out the parts that are zero.
const manyParts = 6

// formula writes the equation in numbers: 2.23 ≠ 1.93 + 0.30 + 0.20 (= 2.43).
// Units are named where they differ.
func (e *Equation) formula(outcome string, sum int64) string {
	unit, mixed := e.Whole.unit(), false
	shown, grain := 0, e.Whole.Grain
	for i := range e.Parts {
		p := &e.Parts[i]
		if p.Known {
			mixed = mixed || p.unit() != unit
			grain = min(grain, p.Grain)
		}
	}
	b := e.Whole.appendTo(nil, mixed)
	b = append(b, ' ')
	if outcome == Rounding {
		b = append(b, signs[e.Relation].rounded...)
	} else {
		b = append(b, signs[e.Relation].broken...)
	}
	b = append(b, ' ')
	for i := range e.Parts {
		p := &e.Parts[i]
		if !p.Known || p.Value == 0 && len(e.Parts) > manyParts {
			continue
		}
		switch {
		case shown > 0 && p.Minus:
			b = append(b, " − "...)
		case shown > 0:
			b = append(b, " + "...)
		case p.Minus:
			b = append(b, "−"...)
		}
		b = p.appendTo(b, mixed)
		shown++
	}
	if shown == 0 {
		b = append(b, '0')
	}
	if shown > 1 {
		b = append(b, " (= "...)
		b = appendNumber(b, sum, grain, unit)
		b = append(b, ')')
	}
	return string(b)
}

func (t *Term) appendTo(b []byte, withUnit bool) []byte {
	b = appendNumber(b, t.Value, t.Grain, t.unit())
	if withUnit {
		b = append(b, t.unit()...)
	}
	return b
}

// appendNumber writes a value in a unit with the digits that the grain has.
func appendNumber(b []byte, value, grain int64, unit string) []byte {
	decimals := unitExponent(unit) + scaleExponent
	for g := grain; g >= 10 && decimals > 0; g /= 10 {
		decimals--
	}
	return append(b, inUnit(value, unit).StringFixed(decimals)...)
}
