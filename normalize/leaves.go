package normalize

import (
	"slices"

	"github.com/shopspring/decimal"
)

// The same yuan stands in several statements, in 类, 款 and 项, in 合计 and its
// parts. The leaves are the lines that hold every yuan of expenditure once: those
// of the most detailed functional statement, and those of the economic one.

// The two ways expenditure is classified; LeafOf of a line.
const (
	leafFunctional = "functional"
	leafEconomic   = "economic"
)

// functionalSources are the statements that the leaves are taken from, the most
// detailed first. Those of one entry are of different funds and complete each
// other. The classes in the balance are the last resort.
var functionalSources = [][]string{
	{"final_expenditure"}, {"dept_expenditure"},
	{"final_fiscal_expenditure"}, {"fiscal_expenditure"},
	{"final_gpb_expenditure", "final_gov_fund", "final_state_capital"},
	{"gpb_expenditure", "gov_fund_expenditure", "state_capital_expenditure", "special_account_expenditure", "other_funds_expenditure"},
	{"gov_gpb_own_expenditure"}, {"gov_gpb_expenditure"},
	{"final_income_expenditure"}, {"dept_income_expenditure"},
}

var economicSources = [][]string{
	{"final_gpb_basic"}, {"gpb_basic_expenditure"}, {"final_fiscal_basic"}, {"fiscal_basic_expenditure"}, {"basic_expenditure"},
	{"gpb_by_economic"}, {"dept_by_economic"}, {"gov_gpb_basic_expenditure"}, {"gov_gpb_by_economic"},
}

// tableLines are the lines of a table, with those of the tables that go on from it.
type tableLines struct {
	reading *reading
	ranges  [][2]int // first line, and the one behind the last
}

// leafSet are the leaves of one source, and their sum.
type leafSet struct {
	lines []int
	sum   decimal.Decimal
	coded bool // some leaf has a code of the classification
}

// markLeaves marks the leaves among the lines of a document.
func (a *assembly) markLeaves(tables []tableLines) {
	a.markSet(a.chooseLeaves(tables, functionalSources, a.printedTotals()), leafFunctional)
	a.markSet(a.chooseLeaves(tables, economicSources, nil), leafEconomic)
}

func (a *assembly) markSet(set *leafSet, kind string) {
	if set == nil {
		return
	}
	for _, i := range set.lines {
		a.batch.Lines[i].LeafOf = kind
	}
}

// printedTotals are the totals of expenditure in the balance of all funds, or,
// where there is none, in that of the fiscal ones.
func (a *assembly) printedTotals() []decimal.Decimal {
	var all, fiscal []decimal.Decimal
	for i := range a.batch.Lines {
		line := &a.batch.Lines[i]
		if line.ItemCode != "expenditure.total" && line.ItemCode != "expenditure.current_year" || !line.AmountCNY.Valid || !isCurrent(line.Measure) {
			continue
		}
		switch line.Statement {
		case "dept_income_expenditure", "final_income_expenditure":
			all = append(all, line.AmountCNY.Decimal)
		default:
			fiscal = append(fiscal, line.AmountCNY.Decimal)
		}
	}
	if len(all) > 0 {
		return all
	}
	return fiscal
}

// chooseLeaves takes the most detailed source that adds up to a printed total
// and has codes; failing that one that adds up, one that has codes, any.
func (a *assembly) chooseLeaves(tables []tableLines, sources [][]string, totals []decimal.Decimal) *leafSet {
	var best *leafSet
	bestMerit := -1
	for _, statements := range sources {
		set := a.leafSet(tables, statements)
		if len(set.lines) == 0 {
			continue
		}
		merit := 0
		if set.coded {
			merit++
		}
		if agreesWithAny(totals, set) {
			merit += 2
		}
		if merit > bestMerit {
			best, bestMerit = set, merit
		}
	}
	return best
}

func agreesWithAny(totals []decimal.Decimal, set *leafSet) bool {
	for _, total := range totals {
		if agrees(total, set.sum, len(set.lines)) {
			return true
		}
	}
	return false
}

// leafSet gathers the leaves of the statements of one source.
func (a *assembly) leafSet(tables []tableLines, statements []string) *leafSet {
	set := &leafSet{}
	for _, id := range statements {
		for _, leaves := range a.wholeTables(tables, id) {
			columns := a.chooseColumns(leaves)
			for _, i := range leaves {
				if line := &a.batch.Lines[i]; columns[a.lineColumns[i]] {
					set.lines = append(set.lines, i)
					set.sum = set.sum.Add(line.AmountCNY.Decimal)
					set.coded = set.coded || line.FuncCode != "" || line.EconCode != "" || line.GovEconCode != ""
				}
			}
		}
	}
	return set
}

// wholeTables are the leaves of the tables of a statement that hold different
// money: where the first table is the sum of the others, or says the same as one
// of them, it stands for all.
func (a *assembly) wholeTables(tables []tableLines, id string) [][]int {
	var found [][]int
	var sums []decimal.Decimal
	for i := range tables {
		if tables[i].reading.match.ID != id {
			continue
		}
		leaves := a.leafLines(&tables[i])
		if len(leaves) == 0 {
			continue
		}
		found = append(found, leaves)
		sums = append(sums, a.sum(leaves, a.chooseColumns(leaves)))
	}
	rest := decimal.Zero
	for i := 1; i < len(sums); i++ {
		rest = rest.Add(sums[i])
		if sums[i].Equal(sums[0]) {
			return found[:1]
		}
	}
	if len(found) > 1 && agrees(sums[0], rest, len(found)) {
		return found[:1]
	}
	return found
}

// leafLines are the lines that may be leaves: amounts of this year's plan or
// outcome in rows that nothing details.
func (a *assembly) leafLines(t *tableLines) []int {
	var leaves []int
	balance := isBalance(t.reading.match.ID)
	own := phaseMeasure(a.phase)
	hasOwn := false // some columns hold what the document is about: 决算数 beside 预算数
	for _, lines := range t.ranges {
		for i := lines[0]; i < lines[1]; i++ {
			line := &a.batch.Lines[i]
			if !line.IsLeaf || !line.AmountCNY.Valid || line.AmountRole != "flow" || line.Direction != "expenditure" || !isCurrent(line.Measure) {
				continue
			}
			if !balance || line.FuncCode != "" {
				leaves = append(leaves, i)
				hasOwn = hasOwn || line.Measure == own
			}
		}
	}
	if hasOwn {
		leaves = slices.DeleteFunc(leaves, func(i int) bool { return a.batch.Lines[i].Measure != own })
	}
	return leaves
}

// phaseMeasure is the measure that a document of a phase is about.
func phaseMeasure(phase string) string {
	if phase == "executed" {
		return "final"
	}
	return "budget"
}

func isCurrent(measure string) bool {
	return measure == "budget" || measure == "adjusted_budget" || measure == "final"
}

// columnSums adds the leaves up by column, and keeps the first column of each kind.
type columnSums struct {
	sums  map[int32]decimal.Decimal
	rows  map[int32]int
	kinds map[string]int32
	other []int32 // parts of all spending that are neither basic nor project
}

func (a *assembly) addColumns(leaves []int) *columnSums {
	s := &columnSums{sums: map[int32]decimal.Decimal{}, rows: map[int32]int{}, kinds: map[string]int32{}}
	for _, i := range leaves {
		line, c := &a.batch.Lines[i], a.lineColumns[i]
		s.sums[c] = s.sums[c].Add(line.AmountCNY.Decimal)
		if s.rows[c]++; s.rows[c] > 1 {
			continue
		}
		kind := line.SpendingKind
		if kind == "" && isOtherSpending(line.ColumnPath) {
			s.other = append(s.other, c)
			continue
		}
		if first, ok := s.kinds[kind]; kind != "" && (!ok || c < first) {
			s.kinds[kind] = c
		}
	}
	return s
}

// chooseColumns picks the columns that together hold the money of a table once:
// the most detailed parts that add up to the column of totals, or that column.
func (a *assembly) chooseColumns(leaves []int) map[int32]bool {
	s := a.addColumns(leaves)
	total, hasTotal := s.kinds["total"]
	if !hasTotal {
		_, hasProject := s.kinds["project"]
		if total, hasTotal = s.kinds["basic"]; hasTotal && hasProject {
			hasTotal = false
		}
	}
	for _, parts := range [...][]string{{"basic", "project"}, {"personnel", "public", "project"}, {"personnel", "public"}, {"basic"}, {"project"}} {
		columns, sum := map[int32]bool{}, decimal.Zero
		for _, kind := range parts {
			if c, ok := s.kinds[kind]; ok {
				columns[c] = true
				sum = sum.Add(s.sums[c])
			}
		}
		if len(columns) == 0 || len(columns) < len(parts) && !hasTotal {
			continue
		}
		for _, c := range s.other {
			columns[c] = true
			sum = sum.Add(s.sums[c])
		}
		if !hasTotal || agrees(s.sums[total], sum, s.rows[total]*len(columns)) {
			return columns
		}
	}
	if hasTotal {
		return map[int32]bool{total: true}
	}
	return nil
}

// agrees tells whether two sums of so many printed amounts are equal but for
// rounding: each amount may be off by half a cent of 万元, the coarsest print.
func agrees(a, b decimal.Decimal, amounts int) bool {
	const halfHundredth = 50 // yuan, half of 0.01 万元
	return a.Sub(b).Abs().LessThanOrEqual(decimal.NewFromInt(int64(halfHundredth * (amounts + 1))))
}

func (a *assembly) sum(leaves []int, columns map[int32]bool) decimal.Decimal {
	sum := decimal.Zero
	for _, i := range leaves {
		if columns[a.lineColumns[i]] {
			sum = sum.Add(a.batch.Lines[i].AmountCNY.Decimal)
		}
	}
	return sum
}
