package check

import (
	"iter"
	"slices"
	"strings"
)

// nearby: a number that differs by less than this part of it may be the one that was meant.
const nearby = 10

// compareWith holds a number of the prose against the places that may print it:
// it passes when one agrees, is a rounding when one does up to its last digit,
// and fails against one that comes near, or else the likeliest.
func (r *Results) compareWith(m *mention, places witnesses, zh, en string) {
	if len(places) == 0 {
		r.Insufficient(Document, "no table prints what the text states")
		return
	}
	best, nearest := &places[0], m.Value/nearby
	for i := range places {
		switch difference := m.Value - places[i].Value; {
		case difference == 0:
			r.Pass(Document)
			return
		case max(difference, -difference) < nearest:
			best, nearest = &places[i], max(difference, -difference)
		}
	}
	r.Compare(&Equation{Table: Document, Whole: m.Term, Parts: []Term{*best}, WordsZH: zh, WordsEN: en})
}

// agree tells whether one of the places prints the number.
func (w witnesses) agree(m *mention) bool {
	for i := range w {
		if judge(Equal, m.Value-w[i].Value, Envelope(1, max(m.Grain, w[i].Grain))) != Fail {
			return true
		}
	}
	return false
}

// checkIncomeProse compares the total and the sources of income.
func checkIncomeProse(x *Index, results *Results) {
	for m := range x.statedTotals() {
		switch {
		case m.isWhole() && x.isOfFund(m) && !joined(x.incomeTotals(), x.expenditureTotals()).agree(m):
			if m.subject == "收入" {
				x.compareFundProse(results, m, "revenue")
			}
		case m.subject == "收入":
			results.compareWith(m, x.incomeTotals(), "正文收入总计与收入表一致", "total income in the text and in the tables")
		case m.subject == "收支", m.subject == "收入支出":
			results.compareWith(m, joined(x.incomeTotals(), x.expenditureTotals()), "正文收支总计与收支总表一致", "total income and expenditure in the text and in the tables")
		default:
			if places, known := x.sourceOfIncome(m.subject); known && isAboutIncome(x, m) {
				results.compareWith(m, places, "正文"+m.subject+"与收入表一致", "a source of income in the text and in the tables")
			}
		}
	}
	x.checkShares(results, func(m *mention) bool { return isAboutIncome(x, m) })
}

// isAboutIncome: the words 拨款 and 其他 alone could be about spending too.
func isAboutIncome(x *Index, m *mention) bool {
	return strings.HasSuffix(m.subject, "收入") || x.kindOf(m) == "income_note"
}

// statedTotals are the mentions that state an amount of the publisher's own totals.
func (x *Index) statedTotals() iter.Seq[*mention] {
	return func(yield func(*mention) bool) {
		mentions := x.prose().mentions
		for i := range mentions {
			if m := &mentions[i]; m.role == stated && x.isAboutTotals(m) && !yield(m) {
				return
			}
		}
	}
}

// isAboutTotals: the section speaks of the publisher's own totals, not of terms,
// goals, purchases, or another body.
func (x *Index) isAboutTotals(m *mention) bool {
	switch x.kindOf(m) {
	case "income_note", "expenditure_note", "other":
	default:
		return false
	}
	return !m.ofItem && !x.isOfUnit(m) && !x.aboutChange(m)
}

// isWhole: the words name all income or all spending of whatever they are about.
func (m *mention) isWhole() bool {
	switch m.subject {
	case "收入", "支出", "收支", "收入支出":
		return true
	}
	return false
}

// isOfFund tells whether the words around a mention name one of the funds, so that
// 本年收入 and 支出总计 may be of that fund: the headings it stands under, or what
// its sentence said before.
func (x *Index) isOfFund(m *mention) bool {
	n := x.prose()
	section := &n.sections[m.section]
	for i := section.first; i < section.end; i++ {
		if other := &n.mentions[i]; other.sentence == m.sentence && containsAny(other.lead, fundWords...) {
			return true
		}
		if &n.mentions[i] == m {
			break
		}
	}
	for at := m.section; at >= 0; at = n.sections[at].parent {
		if containsAny(n.sections[at].heading, fundWords...) {
			return true
		}
	}
	return false
}

// compareFundProse compares 本年收入 and 本年支出 below the heading of a fund with the
// statement of that fund; what is said of other money is left alone.
func (x *Index) compareFundProse(results *Results, m *mention, direction string) {
	n := x.prose()
	for at := m.section; at >= 0; at = n.sections[at].parent {
		if containsAny(n.sections[at].heading, "政府性基金") && containsAny(n.sections[at].heading, "国有资本经营") {
			break // of both
		}
		for _, fund := range [...]struct {
			word       string
			statements []string
		}{{"政府性基金", fundStatements}, {"国有资本经营", capitalStatements}} {
			if !strings.Contains(n.sections[at].heading, fund.word) {
				continue
			}
			if places := x.totalsOf(fund.statements, direction); len(places) > 0 {
				results.compareWith(m, places, "正文"+fund.word+"收支与该类资金报表一致", "income and expenditure of a fund in the text and in its statement")
				return
			}
		}
	}
	results.Insufficient(Document, "the text speaks of one fund")
}

// totalsOf are the totals of statements in one direction.
func (x *Index) totalsOf(statements []string, direction string) witnesses {
	var found witnesses
	for _, t := range x.Statement(statements...) {
		total := t.wholeRow()
		for c := range t.Columns {
			if column := &t.Columns[c]; total >= 0 && column.Direction == direction && column.Role == "flow" && column.isOfYear() {
				found.add(t, total, c)
			}
		}
	}
	return found
}

// fundWords name the funds, and all fiscal ones.
var fundWords = []string{"财政拨款", "一般公共预算", "政府性基金", "国有资本经营"}

// aboutChange: the segment lists what a change is made of: 主要原因是项目支出减少12万元.
func (x *Index) aboutChange(m *mention) bool {
	return containsAny(m.near(), "原因", "主要是", "由于", "预留", "涉及")
}

// spendingNamed collects where tables print spending of the whole publisher, by
// the core of a clause.
func (x *Index) spendingNamed(core string) (places witnesses, zh, en string) {
	switch core {
	case "支出":
		return x.expenditureTotals(), "支出总计", "total expenditure"
	case "基本支出":
		return joined(x.totalRows(expenditureStatements, "basic"), x.totalRows(generalStatements, "basic"), x.totalRows(basicStatements, "total", "", "basic")), "基本支出", "basic spending"
	case "项目支出":
		return joined(x.totalRows(expenditureStatements, "project"), x.totalRows(generalStatements, "project"), x.totalRows(append([]string{"project_expenditure", "gpb_project_expenditure"}, fundStatements...), "project", "total", "")), "项目支出", "project spending"
	case "财政拨款基本支出", "一般公共财政拨款基本支出", "一般公共基本支出", "一般公共拨款基本支出":
		return joined(x.totalRows(basicStatements, "total", "", "basic"), x.totalRows(generalStatements, "basic")), "财政拨款基本支出", "basic spending of fiscal money"
	}
	for _, named := range spendingWords {
		if slices.Contains(named.cores, core) {
			return named.places(x), named.zh, named.en
		}
	}
	return nil, "", ""
}

// spendingWords are the cores of clauses that name spending of one fund or kind.
var spendingWords = []struct {
	cores  []string
	places func(*Index) witnesses
	zh, en string
}{
	{[]string{"一般公共支出", "一般公共拨款支出", "一般公共财政拨款支出"}, (*Index).generalTotals, "一般公共预算支出", "the general public budget"},
	{[]string{"政府性基金支出", "政府性基金拨款支出", "政府性基金财政拨款支出", "政府性基金支出支出"}, func(x *Index) witnesses { return x.totalRows(fundStatements) }, "政府性基金支出", "government funds"},
	{[]string{"国有资本经营支出", "国有资本经营拨款支出", "国有资本经营财政拨款支出"}, func(x *Index) witnesses { return x.totalRows(capitalStatements) }, "国有资本经营支出", "state capital"},
	{[]string{"事业经营支出", "经营支出"}, func(x *Index) witnesses {
		return joined(x.columnsNamed(expenditureStatements, "经营支出"), x.itemRows(balanceStatements, "expenditure.commercial"))
	}, "经营支出", "commercial expenditure"},
	{[]string{"上缴上级支出"}, func(x *Index) witnesses {
		return joined(x.columnsNamed(expenditureStatements, "上缴上级"), x.itemRows(balanceStatements, "expenditure.superior_remittance"))
	}, "上缴上级支出", "remittance to superiors"},
	{[]string{"对附属补助支出"}, func(x *Index) witnesses {
		return joined(x.columnsNamed(expenditureStatements, "附属单位补助"), x.itemRows(balanceStatements, "expenditure.subordinate_subsidy"))
	}, "对附属单位补助支出", "subsidies to subordinates"},
}

// checkSpendingProse compares total, basic and project spending.
func checkSpendingProse(x *Index, results *Results) {
	for m := range x.statedTotals() {
		if places, zh, en := x.spendingNamed(m.subject); zh != "" {
			switch {
			case m.Value == 0 && len(places) == 0:
				continue // nothing is said to be spent, and nothing is printed
			case m.isWhole() && x.isOfFund(m) && !places.agree(m):
				x.compareFundProse(results, m, "expenditure")
				continue
			case len(x.Statement(expenditureStatements...)) == 0 && !places.agree(m):
				results.Insufficient(Document, "no statement prints expenditure of all funds")
				continue
			}
			results.compareWith(m, places, "正文"+zh+"与支出表一致", en+" in the text and in the tables")
		}
	}
	x.checkShares(results, func(m *mention) bool { return m.subject == "基本支出" || m.subject == "项目支出" })
}

// checkFiscalProse compares the total of fiscal money.
func checkFiscalProse(x *Index, results *Results) {
	for m := range x.statedTotals() {
		switch {
		case m.subject == "财政拨款收支", m.subject == "财政拨款收入支出", strings.Contains(m.lead, "财政拨款收、支"):
			results.compareWith(m, x.fiscalTotals(), "正文财政拨款收支总计与财政拨款收支总表一致", "total of fiscal money in the text and in its statement")
		case m.subject == "财政拨款支出":
			results.compareWith(m, joined(x.fiscalTotals(), x.generalTotals()), "正文财政拨款支出与财政拨款收支总表一致", "fiscal expenditure in the text and in its statement")
		}
	}
}

// checkCostProse compares personnel and public costs.
func checkCostProse(x *Index, results *Results) {
	for m := range x.statedTotals() {
		switch m.subject {
		case "人员经费", "人员支出", "人员类支出":
			places := joined(x.totalRows(basicStatements, "personnel"), x.rowsNamed(basicStatements, "人员经费合计"), x.totalRows(generalStatements, "personnel"), x.totalRows(expenditureStatements, "personnel"))
			results.compareWith(m, places, "正文人员经费与基本支出表一致", "personnel costs in the text and in the statement of basic spending")
		case "公用经费", "日常公用经费", "日常公用支出":
			places := joined(x.totalRows(basicStatements, "public"), x.rowsNamed(basicStatements, "公用经费合计"), x.totalRows(generalStatements, "public"), x.totalRows(expenditureStatements, "public"))
			results.compareWith(m, places, "正文公用经费与基本支出表一致", "public costs in the text and in the statement of basic spending")
		}
	}
}
