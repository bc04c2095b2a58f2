package check

import (
	"strconv"
	"strings"

	"gongkai/normalize/statement"
)

// checkOperatingCost tells which definition of 机关运行经费 a document follows: the
// public costs of basic spending, or goods and services (302) alone.
func checkOperatingCost(x *Index, results *Results) {
	stated, basic := x.operatingCost(), x.first("basic")
	if !stated.Known || basic == nil {
		results.NotApplicable(Document, "no amount of 机关运行经费, or no statement by economic class")
		return
	}
	goods, public := basic.classesWith("302"), basic.kindTotals("public")
	if len(public) == 0 {
		public = basic.publicClasses()
	}
	switch {
	case len(public) == 0:
		results.Insufficient(Document, "public costs are not printed")
	case public[0].Value == stated.Value:
		results.Pass(Document)
	case len(goods) == 1 && goods[0].Value == stated.Value:
		equation := Equation{Table: Document, Whole: stated, Parts: public[:1]}
		f := results.Tell(Document, Notice, "", "机关运行经费只含302类，不等于公用经费："+equation.formula(Notice, public[0].Value), "the operating cost counts class 302 alone, public costs are more: "+equation.formula(Notice, public[0].Value))
		f.Unit, f.Formula = stated.unit(), equation.formula(Notice, public[0].Value)
		AddOperands(f, "whole", stated)
		AddOperands(f, "part", public[0], goods[0])
	default:
		results.Insufficient(Document, "the amount follows another definition than public costs")
	}
}

// publicClasses is what the economic classes of public costs come to where no
// column sums them.
func (t *Table) publicClasses() []Term {
	parts := t.classesWith("302", "307", "309", "310", "399")
	if len(parts) == 0 {
		return nil
	}
	sum := parts[0]
	for i := range parts[1:] {
		sum.Value += parts[i+1].Value
	}
	return []Term{sum}
}

// operatingCost is the amount of 机关运行经费 that prose or the statement of 三公 states.
func (x *Index) operatingCost() Term {
	for _, amount := range x.Amounts("机关运行经费") {
		if amount.Measure != "change" && amount.Amount.Valid && amount.Period == x.Batch.Document.FiscalYear {
			return TextTerm(amount)
		}
	}
	if g := x.mainGroup(); g != nil {
		return g.terms["three_public.operating_cost"]
	}
	return Term{}
}

// checkCodeSets: where all income comes from the budget, income and expenditure
// list the same items.
func checkCodeSets(x *Index, results *Results) {
	income, spending, ok := x.pair(results, "income", "expenditure")
	if !ok {
		return
	}
	left, right := income.items(), spending.items()
	if len(left) == 0 || len(right) == 0 {
		results.NotApplicable(Document, "a statement is not by function")
		return
	}
	missing := difference(left, right)
	surplus := difference(right, left)
	if len(missing)+len(surplus) == 0 {
		results.Pass(Document)
		return
	}
	results.Tell(Document, Notice, "codes",
		"收入总表与支出总表的科目不同：只在收入总表 "+strings.Join(missing, "、")+"；只在支出总表 "+strings.Join(surplus, "、"),
		"the statements of income and expenditure list different items: only income "+strings.Join(missing, ", ")+"; only expenditure "+strings.Join(surplus, ", "))
}

// items lists the codes of items (项) with an amount, in order, each once.
func (t *Table) items() []string {
	var codes []string
	for r := range t.Rows {
		if row := &t.Rows[r]; len(row.Code) == len("2010101") && isClass(row.Code) && len(t.Columns) > 0 && t.Number(r, t.main()).Value != 0 {
			codes = addOnce(codes, row.Code)
		}
	}
	return codes
}

func difference(from, without []string) []string {
	var rest []string
	for _, code := range from {
		if len(addOnce(without, code)) > len(without) {
			rest = append(rest, code)
		}
	}
	return rest
}

// checkRepeatedStatements: a statement that is printed twice says the same.
func checkRepeatedStatements(x *Index, results *Results) {
	for i := range x.Tables {
		first := &x.Tables[i]
		if isForm(first.Statement) || first.Title == "" || len(first.Columns) == 0 || first.wholeRow() < 0 {
			continue
		}
		for j := i + 1; j < len(x.Tables); j++ {
			again := &x.Tables[j]
			if again.Statement != first.Statement || again.Title != first.Title || again.wholeRow() < 0 || again.Rows[0].Agency != first.Rows[0].Agency {
				continue
			}
			results.Compare(&Equation{
				Table: again.At, Whole: again.term(again.wholeRow(), again.main()), Parts: []Term{first.term(first.wholeRow(), first.main())},
				WordsZH: "同名报表合计应相等", WordsEN: "the same statement should have the same total",
			})
			break
		}
	}
}

// checkYears: the titles of all tables name the same year.
func checkYears(x *Index, results *Results) {
	years := map[string]int{}
	for i := range x.Tables {
		if year := yearOf(x.Tables[i].Title); year != "" {
			years[year]++
		}
	}
	if len(years) == 0 {
		results.NotApplicable(Document, "no title names a year")
		return
	}
	usual := ""
	for year, n := range years {
		if n > years[usual] || n == years[usual] && year > usual {
			usual = year
		}
	}
	for i := range x.Tables {
		t := &x.Tables[i]
		switch year := yearOf(t.Title); {
		case year == "":
		case year == usual:
			results.Pass(t.At)
		case !t.isOfTheYear():
		default:
			results.Tell(t.At, Fail, "year", "表名年度"+year+"与其他报表"+usual+"不一致："+t.Title, "the title says "+year+", those of the other tables "+usual+": "+t.Title)
		}
	}
}

// isOfTheYear: statements that tell of the fiscal year alone. Governments publish
// the outcome of one year beside the plan of the next, and what there is and what
// is aimed at may be told of another year as well.
func (t *Table) isOfTheYear() bool {
	s, ok := statement.ByID(t.Statement)
	return ok && s.Level == statement.Department && s.Phase != statement.AnyPhase
}

// yearOf is the year that a title begins with or names first.
func yearOf(title string) string {
	for i := 0; i+4 <= len(title); i++ {
		if title[i] != '2' || title[i+1] != '0' || i > 0 && title[i-1] >= '0' && title[i-1] <= '9' {
			continue
		}
		if _, err := strconv.Atoi(title[i : i+4]); err == nil && strings.HasPrefix(strings.TrimLeft(title[i+4:], " "), "年") {
			return title[i : i+4]
		}
	}
	return ""
}

// oddDecimals is how many digits of cents beyond the usual make an amount odd.
const oddDecimals = 1

// checkNumbers tells of amounts that are negative among those that cannot be, or
// printed finer than the others of their table.
func checkNumbers(x *Index, results *Results) {
	for i := range x.Tables {
		t := &x.Tables[i]
		if len(t.lines) == 0 || t.Statement == "unknown" {
			continue
		}
		usual, odd := t.usualDecimals(), []Term(nil)
		for k := range t.lines {
			line := &t.lines[k]
			fine := t.numbers[k].Known && decimalsOf(line.AmountRaw) >= usual+oddDecimals && usual > 0
			negative := t.numbers[k].Value < 0 && line.AmountRole == "flow" && line.Measure != "change" && !containsAny(line.ColumnPath, "增减", "变化", "比")
			if fine || negative {
				odd = append(odd, Term{Number: t.numbers[k], Line: line})
			}
		}
		if len(odd) == 0 {
			results.Pass(t.At)
			continue
		}
		f := results.Tell(t.At, Notice, "numbers", strconv.Itoa(len(odd))+"个金额为负或小数位数多于同表其他金额，如"+odd[0].Line.AmountRaw, strconv.Itoa(len(odd))+" amounts are negative or printed finer than the others of the table, such as "+odd[0].Line.AmountRaw)
		f.Unit = odd[0].unit()
		AddOperands(f, "odd", odd...)
	}
}

// usualDecimals is the number of decimals that most amounts of a table have.
func (t *Table) usualDecimals() int32 {
	var counts [9]int
	best := 0
	for k := range t.lines {
		if d := decimalsOf(t.lines[k].AmountRaw); t.numbers[k].Known && int(d) < len(counts) {
			counts[d]++
			if counts[d] > counts[best] {
				best = int(d)
			}
		}
	}
	return int32(best)
}

// checkCodes tells of items without the class above them, where the table prints
// classes for others, and of items listed twice.
func checkCodes(x *Index, results *Results) {
	for i := range x.Tables {
		t := &x.Tables[i]
		if !t.hasClasses() || !t.hasCodes() {
			continue
		}
		parents, orphans := 0, []string(nil)
		for r := range t.Rows {
			row := &t.Rows[r]
			switch {
			case !isClass(row.Code) || row.Memo || len(row.Code) <= len("206"):
			case row.Parent >= 0:
				parents++
			default:
				orphans = addOnce(orphans, row.Code)
			}
		}
		switch {
		case parents == 0:
			results.NotApplicable(t.At, "the table prints one level of codes")
		case len(orphans) == 0:
			results.Pass(t.At)
		default:
			results.Tell(t.At, Notice, "codes", "缺少上级科目行："+strings.Join(orphans, "、"), "no row for the class above: "+strings.Join(orphans, ", "))
		}
	}
}
