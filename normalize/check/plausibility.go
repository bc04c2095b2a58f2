package check

import (
	"strconv"
	"strings"

	"gongkai/normalize"

	"github.com/shopspring/decimal"
)

// plausibilityRules tell of what is odd without being wrong.
func plausibilityRules() []Rule {
	return []Rule{
		{
			ID: "P01", Version: 1, Severity: SeverityInfo, Check: checkOperators,
			TitleZH: "指标值符号与指标相称", TitleEN: "the sign of a target suits it",
			ExplanationZH: "以月份表示的时效指标不应使用“≥”。", ExplanationEN: "A target that names a month is no lower bound.",
		},
		{
			ID: "P02", Version: 1, Severity: SeverityInfo, Check: checkRatioTargets,
			TitleZH: "比率类指标不超过100%", TitleEN: "a ratio has no target above 100 %",
			ExplanationZH: "比率类指标的“≥100%”即“=100%”，大于100%的应核实。", ExplanationEN: "A ratio of at least 100 % is 100 %; more should be looked at.",
		},
		{
			ID: "P03", Version: 1, Severity: SeverityWarn, Check: checkGoalCoverage,
			TitleZH: "绩效目标覆盖项目支出", TitleEN: "performance targets cover project spending",
			ExplanationZH: "各项目绩效目标表的预算数之和，与项目支出总额相比较，说明覆盖程度。", ExplanationEN: "The budgets of the projects with targets are compared with project spending: how much of it they cover.",
		},
		{
			ID: "P06", Version: 1, Severity: SeverityInfo, Check: checkUnitCosts,
			TitleZH: "单位成本指标与预算、数量相符", TitleEN: "a unit cost fits budget and quantity",
			ExplanationZH: "项目预算除以数量指标（及月数），不应超出单位成本指标；项目有多个数量指标的，只在不超出时计为通过。",
			ExplanationEN: "A project's budget by its quantity, and by twelve where the cost is monthly, stays within the unit cost it sets. Where a project has several quantities, more says nothing.",
		},
		{
			ID: "P07", Version: 1, Severity: SeverityInfo, Check: checkPurchaseTargets,
			TitleZH: "购置数量指标与采购数量", TitleEN: "targets of purchases and the purchases themselves",
			ExplanationZH: "购置数量指标与同一项目采购数量不同的，予以提示。", ExplanationEN: "A target for the number of things bought is compared with the purchases of the same project.",
		},
		{
			ID: "P08", Version: 1, Severity: SeverityInfo, Check: checkAssetLabel,
			TitleZH: "固定资产表的总额名称", TitleEN: "the total of a table of fixed assets",
			ExplanationZH: "固定资产占用情况表的总额称“资产总额”的，予以提示。", ExplanationEN: "A table of fixed assets whose total is called total assets is told of.",
		},
		{
			ID: "P09", Version: 1, Severity: SeverityInfo, Check: checkFunctionalScope,
			TitleZH: "社保、医疗、住房支出的功能科目", TitleEN: "insurance, health and housing by function",
			ExplanationZH: "基本支出表列有养老保险、医疗保险、住房公积金，而功能科目没有208、210、221类的，予以提示。",
			ExplanationEN: "Pension, health insurance and housing fund by economic class, without classes 208, 210 and 221 by function, are told of.",
		},
		{
			ID: "P10", Version: 1, Severity: SeverityInfo, Check: checkRepeatedBudgets,
			TitleZH: "逐行重复的项目预算不可相加", TitleEN: "a project's budget repeated in every row must not be summed",
			ExplanationZH: "采购表内同一项目的预算资金在各行重复列示，不可相加。", ExplanationEN: "The procurement plan repeats a project's budget beside each of its purchases.",
		},
	}
}

// isMonthTarget: the target names a month: 参加大赛月份 ≥2.00月.
func isMonthTarget(i *normalize.Indicator) bool {
	return (i.TargetUnit == "月" || i.TargetUnit == "月份") && strings.HasSuffix(i.Name, "月份")
}

func checkOperators(x *Index, results *Results) {
	for i := range x.Batch.Indicators {
		target := &x.Batch.Indicators[i]
		if !isMonthTarget(target) {
			continue
		}
		table := x.tableOf(target.TableID)
		if target.Operator != "ge" && target.Operator != "gt" {
			results.Pass(table)
			continue
		}
		tellTarget(results, table, target, "month", "以月份表示的指标用了“≥”："+target.Name+target.TargetRaw, "a target that names a month is a lower bound: "+target.Name+" "+target.TargetRaw)
	}
}

// tableOf is the position of a table by its id.
func (x *Index) tableOf(id string) int {
	for i := range x.Tables {
		if x.Tables[i].ID == id {
			return i
		}
	}
	return Document
}

func tellTarget(results *Results, table int, i *normalize.Indicator, locator, zh, en string) *normalize.Finding {
	f := results.Tell(table, Notice, i.ID+"/"+locator, zh, en)
	f.Pages = nil
	if i.CellID != "" {
		f.CellIDs = addOnce(f.CellIDs, i.CellID)
	}
	f.Pages = addPages(f.Pages, i.Page)
	return f
}

// most is how many cells one finding names; the message tells how many there are.
const most = 20

// checkRatioTargets gathers the targets of a table that ask for 100 % or more.
func checkRatioTargets(x *Index, results *Results) {
	hundred := decimal.New(100, 0)
	var over []*normalize.Indicator
	for i := range x.Batch.Indicators {
		target := &x.Batch.Indicators[i]
		if target.TargetValue.Valid && target.TargetUnit == "%" && (target.Operator == "ge" || target.Operator == "gt") && target.TargetValue.Decimal.GreaterThanOrEqual(hundred) {
			over = append(over, target)
		}
		if i+1 < len(x.Batch.Indicators) && x.Batch.Indicators[i+1].TableID == target.TableID {
			continue
		}
		if len(over) > 0 {
			f := tellTarget(results, x.tableOf(target.TableID), over[0], "ratio", strconv.Itoa(len(over))+"个比率类指标的下限不低于100%："+over[0].Name+over[0].TargetRaw,
				strconv.Itoa(len(over))+" targets ask for a ratio of at least 100 %: "+over[0].Name+" "+over[0].TargetRaw)
			for _, other := range over[1:min(len(over), most)] {
				f.CellIDs = addOnce(f.CellIDs, other.CellID)
				f.Pages = addPages(f.Pages, other.Page)
			}
		} else if target.Name != "" { // a goal without indicators aims at no number
			results.Pass(x.tableOf(target.TableID))
		}
		over = over[:0]
	}
}

// project is a project with targets: its budget in the forms.
type project struct {
	name   string
	budget decimal.Decimal
	table  string
}

// projects are those that forms set targets for or lists set goals for, once each.
func (x *Index) projects() []project {
	var list []project
	seen := map[string]bool{}
	for i := range x.Batch.Indicators {
		target := &x.Batch.Indicators[i]
		key := target.ProjectCode + "/" + target.ProjectName
		if target.Name == "" { // a list of goals: agencies have projects of one name
			key += "/" + target.ProjectBudget.Decimal.String()
		}
		if target.Scope != "project" || !target.ProjectBudget.Valid || target.ProjectCode+target.ProjectName == "" || seen[key] {
			continue
		}
		seen[key] = true
		list = append(list, project{target.ProjectName, target.ProjectBudget.Decimal, target.TableID})
	}
	return list
}

// checkGoalCoverage compares the projects with targets with project spending.
func checkGoalCoverage(x *Index, results *Results) {
	projects := x.projects()
	if len(projects) == 0 {
		return
	}
	totals := joined(x.totalRows(expenditureStatements, "project"), x.totalRows(generalStatements, "project"))
	if len(totals) == 0 {
		results.Insufficient(Document, "no table prints project spending")
		return
	}
	var sum int64
	for i := range projects {
		value, _ := scaled(projects[i].budget)
		sum += value
	}
	whole := totals[0]
	if sum >= whole.Value-Envelope(len(projects), whole.Grain) {
		results.Pass(Document)
		return
	}
	covered := percentage(sum, whole.Value).StringFixed(1) + "%"
	rest := whole.Value - sum
	zh := "绩效目标覆盖项目支出的" + covered + "：" + string(appendNumber(nil, sum, whole.Grain, whole.unit())) + " / " + string(appendNumber(nil, whole.Value, whole.Grain, whole.unit())) + whole.unit()
	en := "performance targets cover " + covered + " of project spending"
	f := results.Tell(Document, Notice, "coverage", zh, en)
	f.Unit = whole.unit()
	f.Expected, f.Observed, f.Difference = known(inUnit(whole.Value, f.Unit)), known(inUnit(sum, f.Unit)), known(inUnit(-rest, f.Unit))
	AddOperands(f, "whole", whole)
	for i := range projects[:min(len(projects), most)] {
		f.TableIDs = addOnce(f.TableIDs, projects[i].table)
	}
	x.nameRest(results, f, rest, whole)
}

// nameRest: the spending without targets may be an amount that the text names,
// such as a transfer from above: the parts then add up to the whole.
func (x *Index) nameRest(results *Results, f *normalize.Finding, rest int64, whole Term) {
	n := x.prose()
	for i := range n.mentions {
		m := &n.mentions[i]
		if m.role != change && m.Known && m.Value == rest && x.kindOf(m) == "expenditure_note" {
			f.MessageZH += "；其余" + string(appendNumber(nil, rest, m.Grain, whole.unit())) + "与正文所述一致"
			f.MessageEN += "; the rest is an amount that the text names"
			AddOperands(f, "witness", m.Term)
			results.Pass(Document)
			return
		}
	}
}

// checkUnitCosts computes a unit cost again: 15万元 ÷ 3148.92平方米 ÷ 12 ≤ 4.00元/平方米.月.
func checkUnitCosts(x *Index, results *Results) {
	for i := range x.Batch.Indicators {
		cost := &x.Batch.Indicators[i]
		thing, months, ok := costUnit(cost.TargetUnit)
		if strings.Contains(cost.Name, "月") {
			months = monthsOfYear // 教学用房租赁月单价
		}
		if !ok || !cost.ProjectBudget.Valid || !cost.TargetValue.Valid || cost.Operator != "le" && cost.Operator != "lt" {
			continue
		}
		quantity := x.quantityOf(cost, thing)
		if quantity == nil || !quantity.TargetValue.Decimal.IsPositive() {
			continue
		}
		computed := cost.ProjectBudget.Decimal.DivRound(quantity.TargetValue.Decimal.Mul(decimal.New(months, 0)), percentageDigits)
		table := x.tableOf(cost.TableID)
		switch {
		case computed.LessThanOrEqual(cost.TargetValue.Decimal):
			results.Pass(table)
			continue
		case x.quantitiesOf(cost) > 1:
			results.Insufficient(table, "the budget pays for more than one quantity")
			continue
		}
		f := tellTarget(results, table, cost, "cost", cost.Name+"：预算与数量得出"+computed.StringFixed(2)+cost.TargetUnit+"，高于指标"+cost.TargetRaw,
			cost.Name+": budget and quantity give "+computed.StringFixed(2)+", above the target "+cost.TargetRaw)
		f.Expected, f.Observed, f.Unit = cost.TargetValue, known(computed.Round(2)), cost.TargetUnit
	}
}

const monthsOfYear = 12

// costUnit reads 元/平方米.月: yuan for one of a thing, and for how many months of the year.
func costUnit(unit string) (thing string, months int64, ok bool) {
	rest, ok := strings.CutPrefix(unit, "元/")
	if !ok {
		return "", 0, false
	}
	for _, monthly := range []string{".月", "·月", "/月", "．月"} {
		if thing, ok := strings.CutSuffix(rest, monthly); ok {
			return thing, monthsOfYear, thing != ""
		}
	}
	return rest, 1, !strings.ContainsAny(rest, "/.")
}

// quantityOf is the only target of the same form that counts the thing.
func (x *Index) quantityOf(cost *normalize.Indicator, thing string) *normalize.Indicator {
	var found *normalize.Indicator
	for i := range x.Batch.Indicators {
		target := &x.Batch.Indicators[i]
		if target.TableID == cost.TableID && target.TableID != "" && target.ProjectName == cost.ProjectName && target.TargetUnit == thing && target.TargetValue.Valid {
			if found != nil {
				return nil
			}
			found = target
		}
	}
	return found
}

// quantitiesOf counts the targets of quantity in the form of a target.
func (x *Index) quantitiesOf(cost *normalize.Indicator) int {
	n := 0
	for i := range x.Batch.Indicators {
		if target := &x.Batch.Indicators[i]; target.TableID == cost.TableID && target.ProjectName == cost.ProjectName && target.Level2 == "quantity" {
			n++
		}
	}
	return n
}

// checkPurchaseTargets compares 购置数量 with what the same project buys.
func checkPurchaseTargets(x *Index, results *Results) {
	for i := range x.Batch.Indicators {
		target := &x.Batch.Indicators[i]
		if !containsAny(target.Name, "购置数量", "采购数量") || !target.TargetValue.Valid || target.ProjectName == "" {
			continue
		}
		sum, found := decimal.Zero, false
		for p := range x.Batch.Purchases {
			if purchase := &x.Batch.Purchases[p]; purchase.Quantity.Valid && squeeze(purchase.ProjectName) == squeeze(target.ProjectName) {
				sum, found = sum.Add(purchase.Quantity.Decimal), true
			}
		}
		if !found {
			continue
		}
		table := x.tableOf(target.TableID)
		if sum.Equal(target.TargetValue.Decimal) {
			results.Pass(table)
			continue
		}
		f := tellTarget(results, table, target, "quantity", target.Name+target.TargetRaw+"，采购计划为"+sum.String(), target.Name+" "+target.TargetRaw+", while the plan buys "+sum.String())
		f.Expected, f.Observed = target.TargetValue, known(sum)
	}
}

// checkAssetLabel tells of 资产总额 in a table of fixed assets.
func checkAssetLabel(x *Index, results *Results) {
	for _, t := range x.Statement("asset_status") {
		if !strings.Contains(t.Title, "固定资产") {
			continue
		}
		for c := range t.cells {
			if text := squeeze(t.cells[c].TextRaw); strings.HasPrefix(text, "资产总额") || strings.HasPrefix(text, "资产合计") {
				placeAtCells(results.Tell(t.At, Notice, t.cells[c].ID, "固定资产表的总额称“"+text+"”", "the total of a table of fixed assets is called "+text), &t.cells[c])
			}
		}
	}
}

// insured are the economic items whose spending belongs to classes of their own by function.
var insured = [...]struct{ economic, functional string }{{"30108", "208"}, {"30110", "210"}, {"30113", "221"}}

// checkFunctionalScope compares the two classifications.
func checkFunctionalScope(x *Index, results *Results) {
	functional, economic := x.Statement("gpb_expenditure", "final_gpb_expenditure"), x.Statement(basicStatements...)
	if len(functional) == 0 || len(economic) == 0 || len(functional[0].Rows) == 0 || len(economic[0].Rows) == 0 {
		return
	}
	missing := 0
	var operands []Term
	for _, pair := range insured {
		if line := economic[0].firstOfCode(pair.economic); line.Known && line.Value != 0 {
			operands = append(operands, line)
			if !functional[0].hasClass(pair.functional) {
				missing++
			}
		}
	}
	switch {
	case len(operands) == 0:
	case missing < len(operands) || missing < len(insured):
		results.Pass(functional[0].At)
	default:
		f := results.Tell(functional[0].At, Notice, "scope", "经济科目列有养老、医疗、住房缴费，功能科目无208、210、221类", "insurance and housing are spent by economic class, and no class of theirs is there by function")
		f.Unit = operands[0].unit()
		AddOperands(f, "part", operands...)
	}
}

// firstOfCode is the first amount of the row of a code.
func (t *Table) firstOfCode(code string) Term {
	for r := range t.Rows {
		if t.Rows[r].Code != code {
			continue
		}
		for c := range t.Columns {
			if t.Columns[c].isOfYear() && t.Number(r, c).Known {
				return t.term(r, c)
			}
		}
	}
	return Term{}
}

func (t *Table) hasClass(class string) bool {
	for r := range t.Rows {
		if strings.HasPrefix(t.Rows[r].Code, class) {
			return true
		}
	}
	return false
}

// checkRepeatedBudgets tells of project budgets that a plan prints in several rows.
func checkRepeatedBudgets(x *Index, results *Results) {
	type key struct{ table, project string }
	counts := map[key]int{}
	for i := range x.Batch.Purchases {
		p := &x.Batch.Purchases[i]
		if p.ProjectBudget.Valid && p.ProjectName != "" {
			counts[key{p.TableID, p.ProjectName}]++
		}
	}
	for i := range x.Batch.Purchases {
		p := &x.Batch.Purchases[i]
		k := key{p.TableID, p.ProjectName}
		if n := counts[k]; p.ProjectBudget.Valid && n > 1 {
			f := results.Tell(x.tableOf(p.TableID), Notice, p.ID+"/budget", "“"+p.ProjectName+"”的预算资金重复列示"+strconv.Itoa(n)+"次，不可相加", "the budget of "+p.ProjectName+" stands in "+strconv.Itoa(n)+" rows and must not be summed")
			f.Pages = addPages(nil, p.Page)
			delete(counts, k)
		}
	}
}
