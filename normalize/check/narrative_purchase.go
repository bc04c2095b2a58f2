package check

import "strings"

// checkPurchaseProse adds up goods, works and services, and compares the total with the plan.
func checkPurchaseProse(x *Index, results *Results) {
	n := x.prose()
	for at := range n.sections {
		s := &n.sections[at]
		if s.first == s.end || x.Batch.Sections[at].Kind != "procurement_note" && !n.namesPurchases(s) {
			continue
		}
		for i := s.first; i < s.end; i++ {
			if n.isPurchaseTotal(i) {
				n.sumPurchases(results, i, s.end)
			}
		}
		if m := &n.mentions[s.first]; namesPurchaseTotal(m) && !x.isOfUnit(m) {
			x.comparePlan(results, m)
		}
	}
}

// namesPurchaseTotal: the clause says no more than 安排政府采购, 政府采购预算总额.
func namesPurchaseTotal(m *mention) bool {
	switch m.subject {
	case "政府采购", "政府采购支出", "政府采购金额", "政府采购资金":
		return m.role == stated
	}
	return false
}

// comparePlan compares the total with that of the procurement plan.
func (x *Index) comparePlan(results *Results, m *mention) {
	if places := x.totalRows([]string{"procurement_plan"}); len(places) > 0 {
		results.compareWith(m, places, "正文政府采购总额与政府采购表一致", "government procurement in the text and in the plan")
	}
}

// namesPurchases: a list item of another section that speaks of purchases.
func (n *narrative) namesPurchases(s *sectionWords) bool {
	for i := s.first; i < s.end; i++ {
		if strings.Contains(n.mentions[i].lead, "政府采购") {
			return true
		}
	}
	return false
}

// purchaseKind is 货物, 工程 or 服务 when a clause names one of them alone.
func purchaseKind(clause string) string {
	kind := ""
	for _, word := range []string{"货物", "工程", "服务"} {
		if strings.Contains(clause, word) {
			if kind != "" {
				return ""
			}
			kind = word
		}
	}
	return kind
}

// isPurchaseTotal: an amount of government procurement right before one of its kinds.
func (n *narrative) isPurchaseTotal(at int) bool {
	m := &n.mentions[at]
	if m.role != stated || purchaseKind(m.clause) != "" || !strings.Contains(m.lead, "采购") || at+1 >= len(n.mentions) {
		return false
	}
	next := &n.mentions[at+1]
	return next.section == m.section && next.sentence == m.sentence && purchaseKind(next.clause) != "" && !strings.Contains(m.lead, "预留")
}

// sumPurchases compares a total with the kinds that follow it.
func (n *narrative) sumPurchases(results *Results, at, end int) {
	m := &n.mentions[at]
	e := Equation{Table: Document, Whole: m.Term, WordsZH: "政府采购 = 货物 + 工程 + 服务", WordsEN: "government procurement is goods, works and services"}
	seen := ""
	for i := at + 1; i < end; i++ {
		part := &n.mentions[i]
		kind := purchaseKind(part.clause)
		if part.role != stated || kind == "" || strings.Contains(seen, kind) || part.sentence != m.sentence {
			break
		}
		seen += kind
		e.Parts = append(e.Parts, part.Term)
	}
	if len(e.Parts) < 2 {
		return
	}
	results.Compare(&e)
}
