package check

import "strings"

// 三公 is printed as rows of items with a column for each fund, or as columns of
// items with a row for each agency and a group of columns for each year. Both are
// read as groups: the items of one fund, measure and agency.

const (
	itemTotal     = "three_public.total"
	itemAbroad    = "three_public.abroad"
	itemVehicle   = "three_public.vehicle"
	itemPurchase  = "three_public.vehicle_purchase"
	itemOperation = "three_public.vehicle_operation"
	itemReception = "three_public.reception"
	itemMeeting   = "three_public.meeting"
	itemTraining  = "three_public.training"
)

// itemGroup is the items that belong to each other.
type itemGroup struct {
	table   *Table
	fund    string
	measure string
	row     int // of columns that are items, -1 of rows that are
	column  int // of rows that are items, -1 of columns that are
	terms   map[string]Term
	outer   Term // a total over 三公 and the costs of meetings and training
}

// itemGroups reads a statement of 三公.
func (t *Table) itemGroups() []*itemGroup {
	if t.columnsAreItems() {
		return t.groupsOfColumns()
	}
	var groups []*itemGroup
	for c := range t.Columns {
		g := &itemGroup{table: t, fund: t.Columns[c].Fund, measure: t.Columns[c].Measure, row: -1, column: c, terms: map[string]Term{}}
		for r := range t.Rows {
			if t.Rows[r].Item != itemTotal || namesTotal(t.Rows[r].Name) {
				g.add(t.Rows[r].Item, "", t.term(r, c))
			}
		}
		if len(g.terms) > 1 {
			groups = append(groups, g)
		}
	}
	return groups
}

// namesTotal tells 合计 and “三公”经费 from 行政经费, which counts more than 三公.
func namesTotal(name string) bool { return containsAny(name, "三公", "合计", "总计") }

// groupsOfColumns: each row has a group for each measure and fund.
func (t *Table) groupsOfColumns() []*itemGroup {
	var groups []*itemGroup
	for r := range t.Rows {
		first := len(groups)
		for c := range t.Columns {
			column := &t.Columns[c]
			g := groupOf(groups[first:], column.Fund, column.Measure)
			if g == nil {
				g = &itemGroup{table: t, fund: column.Fund, measure: column.Measure, row: r, column: -1, terms: map[string]Term{}}
				groups = append(groups, g)
			}
			item := column.Item
			if line := t.Line(r, c); item == "" && line != nil {
				item = line.ItemCode
			}
			g.add(item, column.Path, t.term(r, c))
		}
	}
	return groups
}

func groupOf(groups []*itemGroup, fund, measure string) *itemGroup {
	for _, g := range groups {
		if g.fund == fund && g.measure == measure {
			return g
		}
	}
	return nil
}

// add notes a printed number of a group. Of two totals the first, outside the
// head that names 三公, counts the costs of meetings and training too.
func (g *itemGroup) add(item, path string, term Term) {
	if !term.Known || !strings.HasPrefix(item, "three_public.") {
		return
	}
	before, twice := g.terms[item]
	switch {
	case !twice:
		g.terms[item] = term
	case item == itemTotal && strings.Contains(path, "三公"):
		g.outer, g.terms[item] = before, term
	}
}

// checkThreePublic adds up 三公 and its vehicles in each group.
func checkThreePublic(x *Index, results *Results) {
	for _, t := range x.Statement("three_public", "final_three_public") {
		for _, g := range t.itemGroups() {
			g.compare(results, itemTotal, "“三公”合计 = 因公出国 + 公务用车 + 公务接待", "three public = abroad + vehicles + reception", itemAbroad, itemVehicle, itemReception)
			g.compare(results, itemVehicle, "公务用车 = 购置 + 运行维护", "vehicles = purchase + operation", itemPurchase, itemOperation)
			if g.outer.Known {
				results.Compare(&Equation{
					Table: t.At, Whole: g.outer, Parts: g.parts(itemTotal, itemMeeting, itemTraining),
					WordsZH: "合计 = “三公” + 会议费 + 培训费", WordsEN: "total = three public + meetings + training",
				})
			}
		}
		if t.lines == nil {
			results.NotApplicable(t.At, "the table prints no amounts")
		}
	}
}

func (g *itemGroup) parts(items ...string) []Term {
	var parts []Term
	for _, item := range items {
		if term, ok := g.terms[item]; ok {
			parts = append(parts, term)
		}
	}
	return parts
}

// compare checks an item against those it is made of. Where vehicles are not
// printed, their two kinds stand for them.
func (g *itemGroup) compare(results *Results, whole, zh, en string, items ...string) {
	parts := g.parts(items...)
	if _, ok := g.terms[itemVehicle]; whole == itemTotal && !ok {
		parts = append(parts, g.parts(itemPurchase, itemOperation)...)
	}
	total, ok := g.terms[whole]
	if !ok || len(parts) == 0 {
		return
	}
	equation := Equation{Table: g.table.At, Whole: total, Parts: parts, WordsZH: zh, WordsEN: en}
	if whole == itemTotal && !g.outer.Known && results.outcomeOf(&equation) == Fail {
		with := equation
		with.Parts = append(append([]Term(nil), parts...), g.parts(itemMeeting, itemTraining)...)
		if results.outcomeOf(&with) != Fail {
			equation = with
		}
	}
	results.Compare(&equation)
}

// checkBlankTotal tells of totals of 三公 that print nothing while their parts do.
func checkBlankTotal(x *Index, results *Results) {
	for _, t := range x.Statement("three_public", "final_three_public") {
		if t.columnsAreItems() {
			continue
		}
		for r := range t.Rows {
			row := &t.Rows[r]
			if row.Item != itemTotal || !namesTotal(row.Name) {
				continue
			}
			for c := range t.Columns {
				line, parts := t.Line(r, c), t.printedItems(c)
				switch {
				case line == nil || len(parts) == 0:
				case line.ValueState == "blank" || line.ValueState == "dash":
					f := results.Tell(t.At, Fail, line.CellID, row.Name+" 未填数，其各项有数", row.Name+" prints nothing, but its parts do")
					AddOperands(f, "part", parts...)
					f.CellIDs = addOnce(f.CellIDs, line.CellID)
					f.Suspect = line.CellID
				default:
					results.Pass(t.At)
				}
			}
		}
	}
}

// printedItems are the parts of 三公 that a column prints and that are not zero.
func (t *Table) printedItems(column int) []Term {
	var parts []Term
	for r := range t.Rows {
		switch t.Rows[r].Item {
		case itemAbroad, itemVehicle, itemReception:
			if term := t.term(r, column); term.Known && term.Value != 0 {
				parts = append(parts, term)
			}
		}
	}
	return parts
}

// checkOutturn tells of items of 三公 that cost more than was planned.
func checkOutturn(x *Index, results *Results) {
	for _, t := range x.Statement("final_three_public") {
		groups := t.itemGroups()
		for _, final := range groups {
			if final.measure != "final" {
				continue
			}
			for _, plan := range groups {
				if plan.measure != "budget" && plan.measure != "adjusted_budget" || plan.row != final.row || plan.fund != final.fund {
					continue
				}
				for _, item := range [...]string{itemTotal, itemAbroad, itemVehicle, itemReception} {
					spent, planned := final.terms[item], plan.terms[item]
					if spent.Known && planned.Known {
						results.Compare(&Equation{Table: t.At, Relation: AtMost, Whole: spent, Parts: []Term{planned}, WordsZH: "决算数不应超过预算数", WordsEN: "no more should be spent than was planned"})
					}
				}
			}
		}
	}
}

// economicItems are the economic classes that pay for the items of 三公.
var economicItems = []struct{ item, class string }{
	{itemAbroad, "30212"}, {itemReception, "30217"}, {itemOperation, "30231"}, {itemPurchase, "31013"},
}

// checkThreePublicClasses compares the items of 三公 with the economic classes that
// pay for them: basic spending is no more than the item, which projects may add to.
func checkThreePublicClasses(x *Index, results *Results) {
	table, basic := x.first("three_public"), x.first("basic")
	if table == nil || basic == nil {
		results.NotApplicable(Document, "no statement of 三公, or none by economic class")
		return
	}
	columns := basic.columnsOf("basic")
	if len(columns) == 0 {
		results.Insufficient(Document, "no column of basic spending")
		return
	}
	group := x.mainGroup()
	if group == nil {
		results.Insufficient(Document, "no group of items of this year")
		return
	}
	for _, e := range economicItems {
		for r := range basic.Rows {
			if basic.Rows[r].Code != e.class {
				continue
			}
			whole, ok := group.terms[e.item]
			if part := basic.term(r, columns[0]); ok && part.Known {
				results.Compare(&Equation{
					Table: Document, Relation: AtLeast, Whole: whole, Parts: []Term{part},
					WordsZH: "不应小于基本支出中的" + e.class, WordsEN: "should be no less than class " + e.class + " of basic spending",
				})
			}
		}
	}
}

// mainGroup is the first of them.
func (x *Index) mainGroup() *itemGroup {
	for _, g := range x.yearGroups() {
		if len(g.terms) > 1 {
			return g
		}
	}
	return nil
}
