package check

import (
	"strings"

	"gongkai/normalize"
)

// checkPurchases multiplies quantity and price of what is to be bought.
func checkPurchases(x *Index, results *Results) {
	for i := range x.Batch.Purchases {
		p := &x.Batch.Purchases[i]
		t := x.tableByID(p.TableID)
		if t == nil || !p.Quantity.Valid {
			continue
		}
		price, amount := t.priceAndAmount(p.Row)
		if !price.Known || !amount.Known {
			continue
		}
		quantity, ok := scaled(p.Quantity.Decimal)
		if !ok || quantity > largest/max(price.Value, 1) {
			continue
		}
		const one = 10_000 // a quantity of one
		product := price
		product.Value = quantity * price.Value / one
		product.Grain = max(quantity*price.Grain/one, amount.Grain)
		equation := Equation{Table: t.At, Whole: amount, Parts: []Term{product}, WordsZH: "金额 = 数量 × 单价（" + p.Quantity.Decimal.String() + " × " + price.Line.AmountRaw + "）", WordsEN: "amount = quantity × price (" + p.Quantity.Decimal.String() + " × " + price.Line.AmountRaw + ")"}
		results.Compare(&equation)
	}
}

// tableByID finds a table of the document.
func (x *Index) tableByID(id string) *Table {
	for i := range x.Tables {
		if x.Tables[i].ID == id {
			return &x.Tables[i]
		}
	}
	return nil
}

// priceAndAmount are the unit price of a row of the grid and the first amount beside it.
func (t *Table) priceAndAmount(row int) (price, amount Term) {
	for r := range t.Rows {
		if t.Rows[r].Number != row {
			continue
		}
		for c := range t.Columns {
			switch term := t.term(r, c); {
			case !term.Known || strings.Contains(t.Columns[c].Path, "预算资金"):
			case t.Columns[c].Role == "unit_price":
				price = term
			case price.Known && !amount.Known:
				amount = term
			}
		}
	}
	return price, amount
}

// checkAssets adds up the kinds of fixed assets.
func checkAssets(x *Index, results *Results) {
	for _, t := range x.Statement("asset_status") {
		equation := Equation{Table: t.At, WordsZH: "资产总额应等于各项之和", WordsEN: "the assets should be the sum of their kinds"}
		for i := range x.Batch.Assets {
			a := &x.Batch.Assets[i]
			if a.TableID != t.ID || a.IsMemo {
				continue
			}
			term := t.valueOf(a)
			if a.Kind == "total" {
				equation.Whole = term
			} else if term.Known {
				equation.Parts = append(equation.Parts, term)
			}
		}
		results.Compare(&equation)
	}
}

// valueOf is the line that prints the value of an asset.
func (t *Table) valueOf(a *normalize.Asset) Term {
	for r := range t.Rows {
		if placeOf(a.ID+"c0").row != int32(t.Rows[r].Number) {
			continue
		}
		for c := range t.Columns {
			if term := t.term(r, c); term.Known {
				return term
			}
		}
	}
	return Term{}
}

// checkFundingPlan: what is to be spent by the end of March, June … grows, and
// comes to all of it at the end of the year.
func checkFundingPlan(x *Index, results *Results) {
	for i := range x.Tables {
		t := &x.Tables[i]
		if !isForm(t.Statement) {
			continue
		}
		for _, plan := range t.fundingPlans() {
			before := int64(0)
			for k, step := range plan {
				last := k == len(plan)-1 && strings.HasPrefix(step.label, "12")
				switch {
				case step.percent < before:
					results.tellPlan(t, step, "支付进度下降", "the plan goes down")
				case last && step.percent != 100:
					results.tellPlan(t, step, "年末支付进度不是100%", "the plan does not come to 100 % at the end of the year")
				default:
					results.Pass(t.At)
				}
				before = step.percent
			}
		}
	}
}

func (r *Results) tellPlan(t *Table, step planStep, zh, en string) {
	f := r.Tell(t.At, Fail, step.cell.ID, zh+"："+step.label+" "+step.cell.TextNorm, en+": "+step.label+" "+step.cell.TextNorm)
	f.CellIDs = addOnce(f.CellIDs, step.cell.ID)
	f.Pages = addPages(nil, step.cell.Page)
}

// planStep is 6月底 and the share below it.
type planStep struct {
	label   string
	percent int64
	cell    *normalize.Cell
}

// fundingPlans are the rows of month ends in a form, with the shares in the row below.
func (t *Table) fundingPlans() [][]planStep {
	var plans [][]planStep
	row := -1
	for i := range t.cells {
		label := &t.cells[i]
		if !strings.HasSuffix(label.TextNorm, "月底") || len(label.TextNorm) > len("12月底") {
			continue
		}
		below := t.CellAt(label.Row+label.RowSpan, label.Column)
		if below == nil {
			continue
		}
		percent, ok := wholePercent(below.TextNorm)
		if !ok {
			continue
		}
		if label.Row != row {
			plans, row = append(plans, nil), label.Row
		}
		plans[len(plans)-1] = append(plans[len(plans)-1], planStep{label.TextNorm, percent, below})
	}
	return plans
}

// wholePercent reads 60, 60% and 60.00%.
func wholePercent(text string) (int64, bool) {
	text = strings.TrimRight(text, "%％")
	if point := strings.IndexByte(text, '.'); point >= 0 {
		if strings.Trim(text[point+1:], "0") != "" {
			return 0, false
		}
		text = text[:point]
	}
	n := int64(0)
	for _, r := range text {
		if r < '0' || r > '9' || n > 1000 {
			return 0, false
		}
		n = n*10 + int64(r-'0')
	}
	return n, text != ""
}

// checkProjectFunds: a project's money is what the budget pays and other money.
func checkProjectFunds(x *Index, results *Results) {
	for i := range x.Tables {
		t := &x.Tables[i]
		if !isForm(t.Statement) {
			continue
		}
		for r := range t.Rows {
			for c := range t.Columns {
				if line := t.Line(r, c); line != nil && strings.HasSuffix(strings.TrimRight(leafOf(line.ColumnPath), "：:"), "总额") {
					t.compareFunds(results, r, c)
				}
			}
		}
	}
}

// compareFunds compares the total of a form with the sources below it, or beside it.
func (t *Table) compareFunds(results *Results, row, column int) {
	whole := t.term(row, column)
	equation := Equation{Table: t.At, Whole: whole, WordsZH: "资金总额 = 财政资金 + 其他资金", WordsEN: "all money = fiscal money + other money"}
	budget := false
	for r := row + 1; r < len(t.Rows) && t.Rows[r].Number <= t.Rows[row].Number+3; r++ {
		line := t.Line(r, column)
		if line == nil || !isSourceOfFunds(line.ColumnPath) {
			break
		}
		budget = budget || strings.Contains(line.ColumnPath, "财政")
		equation.Parts = append(equation.Parts, t.term(r, column))
	}
	for c := column + 1; c < len(t.Columns) && len(equation.Parts) == 0 || c < len(t.Columns) && c > column+1 && len(equation.Parts) > 0 && t.Line(row, c) != nil; c++ {
		line := t.Line(row, c)
		if line == nil || !isSourceOfFunds(line.ColumnPath) {
			break
		}
		if leaf := leafOf(line.ColumnPath); leaf == "基本支出" || leaf == "项目支出" {
			continue
		}
		budget = budget || strings.Contains(line.ColumnPath, "财政")
		equation.Parts = append(equation.Parts, t.term(row, c))
	}
	if budget {
		results.Compare(&equation)
	}
}

func isSourceOfFunds(path string) bool {
	return containsAny(path, "财政拨款", "财政资金", "其他资金", "上年结转")
}

// checkProjectBudgets compares the budget of a project in the plan of purchases
// with that of its performance form.
func checkProjectBudgets(x *Index, results *Results) {
	sheets := map[string]*normalize.Indicator{}
	for i := range x.Batch.Indicators {
		if n := &x.Batch.Indicators[i]; n.ProjectName != "" && n.ProjectBudget.Valid && sheets[n.ProjectName] == nil {
			sheets[n.ProjectName] = n
		}
	}
	seen := map[string]bool{}
	for i := range x.Batch.Purchases {
		p := &x.Batch.Purchases[i]
		sheet := sheets[p.ProjectName]
		if sheet == nil || !p.ProjectBudget.Valid || seen[p.ProjectName] {
			continue
		}
		seen[p.ProjectName] = true
		plan, form := p.ProjectBudget.Decimal, sheet.ProjectBudget.Decimal
		if plan.Equal(form) {
			results.Pass(Document)
			continue
		}
		formula := plan.StringFixed(2) + " ≠ " + form.StringFixed(2)
		f := results.Tell(Document, Fail, p.ProjectName, p.ProjectName+"：采购表与绩效目标表的项目预算不一致："+formula, p.ProjectName+": the plan of purchases and the performance form give the project another budget: "+formula)
		f.Formula, f.Unit = formula, "元"
		f.Expected, f.Observed, f.Difference = known(form), known(plan), known(plan.Sub(form))
		f.TableIDs = []string{p.TableID}
		if sheet.TableID != "" {
			f.TableIDs = append(f.TableIDs, sheet.TableID)
		}
		f.Pages = addPages(nil, p.Page, sheet.Page)
	}
}
