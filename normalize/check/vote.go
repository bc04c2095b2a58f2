package check

import (
	"slices"

	"gongkai/normalize"
)

// A quantity that is printed in several places is collected once. Where the
// places disagree, the majority names the suspect: what it should say stands
// beside it as a proposal, and nothing is changed.

// quantity is the places that print one quantity. Support are places that often
// print the same, such as a class in the statement of one fund: they back a value
// of the places, and bring up none of their own.
type quantity struct{ places, support witnesses }

// quantities are what a document prints in more than one place.
func (x *Index) quantities() []quantity {
	var all []quantity
	add := func(places, support witnesses) {
		if len(places) > 1 {
			all = append(all, quantity{places, support})
		}
	}
	add(joined(x.itemRows(balanceStatements, "income.total", "expenditure.total"), x.grandTotals(incomeStatements), x.grandTotals(expenditureStatements)), nil)
	add(x.itemRows(fiscalBalanceStatements, "income.total", "expenditure.total"), nil)
	for _, kind := range [...]string{"basic", "project", "personnel", "public"} {
		add(x.kindPlaces(kind), nil)
	}
	add(joined(x.kindPlaces("total"), x.fundColumn("general_public")), nil)
	for _, code := range x.classCodes() {
		all, general := x.classPlaces(code, "balance", "expenditure"), x.classPlaces(code, "fiscal", "gpb")
		add(all, general)
		add(general, all)
	}
	for _, group := range x.yearGroups() {
		for _, item := range threePublicItems {
			add(x.itemPlaces(group, item), nil)
		}
	}
	return all
}

// yearGroups are the groups of 三公 of the document's year whose fund is all funds
// or the general public budget.
func (x *Index) yearGroups() []*itemGroup {
	t := x.first("three_public")
	if t == nil {
		return nil
	}
	groups := t.itemGroups()
	return slices.DeleteFunc(groups, func(g *itemGroup) bool {
		return g.measure != x.yearMeasure() || g.fund != "" && g.fund != "all" && g.fund != "general_public" || g.row >= 0 && len(t.Rows) > 1 && !t.Rows[g.row].Total
	})
}

// yearMeasure is the plan of a budget, the outcome of final accounts.
func (x *Index) yearMeasure() string {
	if x.Batch.Document.Phase == "executed" {
		return "final"
	}
	return "budget"
}

// grandTotals are the first totals of statements.
func (x *Index) grandTotals(statements []string) witnesses {
	var found witnesses
	for _, t := range x.Statement(statements...) {
		if total := t.wholeRow(); total >= 0 && len(t.Columns) > 0 {
			found.add(t, total, t.main())
		}
	}
	return found
}

// kindPlaces are the totals of a kind of spending of the general public budget.
func (x *Index) kindPlaces(kind string) witnesses {
	var found witnesses
	for _, name := range [...]string{"gpb", "basic"} {
		t := x.first(name)
		if t == nil || t.wholeRow() < 0 {
			continue
		}
		if columns := t.columnsOf(kind); len(columns) > 0 {
			found.add(t, t.wholeRow(), columns[0])
		}
	}
	return found
}

// fundColumn is the total of a fund in the fiscal balance.
func (x *Index) fundColumn(fund string) witnesses {
	var found witnesses
	if t := x.first("fiscal"); t != nil {
		if side := t.sideWith("expenditure"); side != nil && side.grand >= 0 {
			for _, c := range side.columns {
				if t.Columns[c].Fund == fund {
					found.add(t, side.grand, c)
				}
			}
		}
	}
	return found
}

// classCodes lists the functional classes (类) that the balances print.
func (x *Index) classCodes() []string {
	var codes []string
	for _, t := range x.Statement(balanceStatements...) {
		for r := range t.Rows {
			if code := t.Rows[r].Code; len(code) == len("206") && isClass(code) {
				codes = addOnce(codes, code)
			}
		}
	}
	return codes
}

// classPlaces are the rows of a class in the column of their total.
func (x *Index) classPlaces(code string, statements ...string) witnesses {
	var found witnesses
	for _, name := range statements {
		t := x.first(name)
		if t == nil {
			continue
		}
		for r := range t.Rows {
			row := &t.Rows[r]
			if row.Code != code || row.Memo || row.Total || row.Direction == "revenue" {
				continue
			}
			for c := range t.Columns {
				if t.Number(r, c).Known {
					found.add(t, r, c)
					break
				}
			}
		}
	}
	return found
}

// itemPlaces are where an item of 三公 is told: in a group of its table, in the
// economic classes that pay for it, and in prose.
func (x *Index) itemPlaces(group *itemGroup, item string) witnesses {
	var found witnesses
	if term, ok := group.terms[item]; ok {
		found = append(found, term)
	}
	if basic := x.first("basic"); basic != nil {
		for _, e := range economicItems {
			if e.item == item || item == itemVehicle && e.item == itemOperation {
				found = append(found, basic.classesWith(e.class)...)
			}
		}
	}
	for _, amount := range x.Amounts(threePublicSubjects[item]) {
		if amount.Amount.Valid && amount.Measure == x.yearMeasure() && amount.Period == x.Batch.Document.FiscalYear {
			found = append(found, TextTerm(amount))
		}
	}
	return found
}

// threePublicSubjects are the subjects of the amounts in prose.
var threePublicSubjects = map[string]string{
	itemTotal: "三公", itemAbroad: "三公/因公出国（境）费", itemVehicle: "三公/公务用车购置及运行费", itemReception: "三公/公务接待费",
	itemPurchase: "三公/公务用车购置及运行费/公务用车购置费", itemOperation: "三公/公务用车购置及运行费/公务用车运行维护费",
}

// vote looks for the number of a finding that most other places contradict.
func vote(f *normalize.Finding, quantities []quantity) {
	if f.Outcome != Fail || f.Suspect != "" || !f.Difference.Valid {
		return
	}
	for i := range f.Operands {
		o := &f.Operands[i]
		if o.CellID == "" || !o.Value.Valid {
			continue
		}
		implied, ok := scaled(impliedBy(f, i).Shift(unitExponent(f.Unit)))
		for _, q := range quantities {
			own := q.places.at(o.CellID)
			if own < 0 {
				continue
			}
			winner := q.majority(own, implied, ok)
			if winner == nil {
				continue
			}
			f.Suspect, f.Proposed = o.CellID, known(inUnit(winner.Value, f.Unit))
			for _, places := range [...]witnesses{q.places, q.support} {
				for k := range places {
					if agree(&places[k], winner) {
						f.Operands = append(f.Operands, places[k].operand("witness", f.Unit))
					}
				}
			}
			placeOperands(f)
			return
		}
	}
}

// at is the place of a cell among the witnesses, -1 when it is none of them.
func (w witnesses) at(cell string) int {
	for i := range w {
		if w[i].Line != nil && w[i].Line.CellID == cell {
			return i
		}
	}
	return -1
}

// majority is a place with the value that more places print than print that of
// one of them. What the sum asks for counts as a voice, but not as one alone.
func (q *quantity) majority(own int, implied int64, useImplied bool) *Term {
	var winner *Term
	best := q.voices(&q.places[own])
	for i := range q.places {
		place := &q.places[i]
		if agree(place, &q.places[own]) {
			continue
		}
		voices := q.voices(place)
		if useImplied && near(place.Value, implied, place.Grain) {
			voices++
		}
		if voices > best && voices >= 2 {
			best, winner = voices, place
		}
	}
	return winner
}

// voices counts the places that print a value.
func (q *quantity) voices(value *Term) int {
	n := 0
	for _, places := range [...]witnesses{q.places, q.support} {
		for i := range places {
			if agree(&places[i], value) {
				n++
			}
		}
	}
	return n
}

func agree(a, b *Term) bool { return near(a.Value, b.Value, max(a.Grain, b.Grain)) }

func near(a, b, grain int64) bool { return a-b <= grain && b-a <= grain }

var threePublicItems = [...]string{itemTotal, itemAbroad, itemVehicle, itemPurchase, itemOperation, itemReception}
