package inspect

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"gongkai/normalize"
)

// flow is where a document's money comes from and where it goes, in yuan: sources
// of income, classes of functions with their basic and project spending, and the
// economic classes of the spending that is told by them.
type flow struct {
	Sources   []flowPart `json:"sources"`
	Functions []flowPart `json:"functions"`
	Economic  []flowPart `json:"economic"`
}

// flowPart is one band; its parts are by kind of spending.
type flowPart struct {
	Code    string `json:"code,omitempty"`
	Name    string `json:"name"`
	Amount  string `json:"amount"`
	Basic   string `json:"basic,omitempty"`
	Project string `json:"project,omitempty"`
	Cell    string `json:"cell,omitempty"` // anchor of a cell that says so
}

// flowOf gathers the flow from the leaves of expenditure and the sources of
// income; nil when the document says neither.
func flowOf(batch *normalize.Batch) *flow {
	names := classNames(batch)
	functions, economic := newBands(names), newBands(names)
	for i := range batch.Lines {
		l := &batch.Lines[i]
		if !l.AmountCNY.Valid {
			continue
		}
		switch l.LeafOf {
		case "functional":
			functions.add(classOf(l.FuncCode), l)
		case "economic":
			economic.add(classOf(cmp.Or(l.EconCode, l.GovEconCode)), l)
		}
	}
	f := &flow{Sources: sourcesOfIncome(batch), Functions: functions.parts(), Economic: economic.parts()}
	if len(f.Functions) == 0 {
		return nil
	}
	return f
}

// classDigits is how many digits of a code name its class (类).
const classDigits = 3

func classOf(code string) string { return code[:min(len(code), classDigits)] }

// classNames are the names that the rows of classes print.
func classNames(batch *normalize.Batch) map[string]string {
	names := map[string]string{}
	for i := range batch.Lines {
		if l := &batch.Lines[i]; l.Name != "" && len(l.Code) == classDigits && names[l.Code] == "" {
			names[l.Code] = withoutListMark(l.Name)
		} else if l.Name != "" && len(l.FuncCode) == classDigits && names[l.FuncCode] == "" {
			names[l.FuncCode] = withoutListMark(l.Name)
		}
	}
	return names
}

// withoutListMark drops the numeral of a list before a name: 一、教育支出.
func withoutListMark(name string) string {
	if before, after, found := strings.Cut(name, "、"); found && len([]rune(before)) <= 3 && after != "" {
		return after
	}
	return name
}

// bands add up lines by class and kind of spending.
type bands struct {
	names map[string]string
	known map[string]*band
}

type band struct {
	code, cell             string
	amount, basic, project decimal.Decimal
	firstName              string
}

func newBands(names map[string]string) *bands { return &bands{names, map[string]*band{}} }

func (b *bands) add(code string, l *normalize.Line) {
	key := cmp.Or(code, l.Name)
	into := b.known[key]
	if into == nil {
		into = &band{code: code, cell: l.CellID, firstName: l.Name}
		b.known[key] = into
	}
	into.amount = into.amount.Add(l.AmountCNY.Decimal)
	switch l.SpendingKind {
	case "basic", "personnel", "public":
		into.basic = into.basic.Add(l.AmountCNY.Decimal)
	case "project":
		into.project = into.project.Add(l.AmountCNY.Decimal)
	}
}

// parts are the bands in order of code and name; those without money are left out.
func (b *bands) parts() []flowPart {
	parts := []flowPart{}
	for _, band := range b.known {
		if !band.amount.IsPositive() {
			continue
		}
		part := flowPart{Code: band.code, Name: cmp.Or(b.names[band.code], band.firstName), Amount: band.amount.StringFixed(2), Cell: anchor(band.cell)}
		if band.code != "" {
			part.Name = cmp.Or(b.names[band.code], band.code)
		}
		if !band.basic.IsZero() {
			part.Basic = band.basic.StringFixed(2)
		}
		if !band.project.IsZero() {
			part.Project = band.project.StringFixed(2)
		}
		parts = append(parts, part)
	}
	slices.SortFunc(parts, func(a, b flowPart) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Name, b.Name))
	})
	return parts
}

// incomeStatements tell the sources of income, the widest first.
var incomeStatements = []string{"dept_income_expenditure", "final_income_expenditure", "fiscal_income_expenditure", "final_fiscal_income_expenditure"}

// sourcesOfIncome are the rows of the income side of the widest balance that has
// any: those nothing stands above, totals and memo items left out.
func sourcesOfIncome(batch *normalize.Batch) []flowPart {
	for _, statement := range incomeStatements {
		if parts := sourcesIn(batch, statement); len(parts) > 0 {
			return parts
		}
	}
	return []flowPart{}
}

func sourcesIn(batch *normalize.Batch, statement string) []flowPart {
	var parts []flowPart
	table, column := "", ""
	seen := map[string]bool{}
	for i := range batch.Lines {
		l := &batch.Lines[i]
		if l.Statement != statement || l.Direction != "revenue" || !l.AmountCNY.Valid || !isCurrent(l.Measure) || table != "" && l.TableID != table {
			continue
		}
		if l.IsTotal || l.IsMemo || l.ParentLineID != "" || isIncomeTotal(l.ItemCode) {
			continue
		}
		// One column tells all: where several are printed, the first, which holds the sum.
		if column == "" {
			table, column = l.TableID, l.ColumnPath
		}
		if l.ColumnPath != column || seen[l.Name] || !l.AmountCNY.Decimal.IsPositive() {
			continue
		}
		seen[l.Name] = true
		parts = append(parts, flowPart{Name: withoutListMark(l.Name), Amount: l.AmountCNY.Decimal.StringFixed(2), Cell: anchor(l.CellID)})
	}
	return parts
}

func isIncomeTotal(item string) bool { return item == "income.total" || item == "income.current_year" }

func isCurrent(measure string) bool {
	return measure == "budget" || measure == "adjusted_budget" || measure == "final"
}
