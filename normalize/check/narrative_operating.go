package check

import (
	"strings"
	"sync"
)

// checkOperatingProse compares 机关运行经费 with its table, adds up the items that
// the text lists, and compares each with the statement of basic spending.
func checkOperatingProse(x *Index, results *Results) {
	n := x.prose()
	for at := range n.sections {
		s := &n.sections[at]
		if s.first == s.end || x.Batch.Sections[at].Kind != "operating_cost" || x.isOfUnit(&n.mentions[s.first]) {
			continue
		}
		var total *mention
		var items []*mention
		for i := s.first; i < s.end; i++ {
			m := &n.mentions[i]
			switch {
			case m.role != stated || containsAny(m.lead, "原因", "主要是", "由于"):
			case total == nil && isOperatingTotal(m):
				total = m
			case total != nil && strings.Contains(m.Text.SubjectPath, "/"):
				items = append(items, m)
			}
		}
		if total == nil {
			continue
		}
		x.compareOperatingCost(results, total)
		x.compareOperatingItems(results, total, items)
	}
}

// isOperatingTotal: the clause names the operating cost and nothing after it.
func isOperatingTotal(m *mention) bool {
	i := strings.LastIndex(m.clause, "运行经费")
	if i < 0 {
		return false
	}
	switch coreOf(m.clause[i+len("运行经费"):], "") {
	case "", "支出", "财政拨款", "财政拨款支出", "一般公共财政拨款":
		return true
	}
	return false
}

// compareOperatingCost: where a table prints the operating cost, it is that of
// the text; elsewhere it is the cost of the publisher's offices, which may be
// less than the public costs of all its units.
func (x *Index) compareOperatingCost(results *Results, m *mention) {
	places := joined(x.totalRows([]string{"operating_cost"}), x.threePublicPlaces("three_public.operating_cost", ""))
	if len(places) == 0 {
		if places = x.publicCosts(); !places.agree(m) {
			results.Insufficient(Document, "no table prints the operating cost alone")
			return
		}
		results.compareWith(m, places, "正文机关运行经费与基本支出表一致", "operating cost in the text and in the statement of basic spending")
		return
	}
	results.compareWith(m, places, "正文机关运行经费与机关运行经费表一致", "operating cost in the text and in its table")
}

// publicCosts are the public costs by economic class, and those of goods and services alone.
func (x *Index) publicCosts() witnesses {
	return joined(x.totalRows(basicStatements, "public"), x.rowsNamed(basicStatements, "公用经费合计"), x.inRows(basicStatements, func(_ *Table, row *Row, _ *Column) bool { return row.Code == "302" }))
}

// compareOperatingItems adds up the listed items and looks each up by its name.
func (x *Index) compareOperatingItems(results *Results, total *mention, items []*mention) {
	const fewest = 3 // items that make a list
	if len(items) < fewest {
		return
	}
	e := Equation{Table: Document, Locator: "items", Whole: total.Term, WordsZH: "机关运行经费 = 所列各项之和", WordsEN: "operating cost is the sum of the items listed"}
	for _, m := range items {
		e.Parts = append(e.Parts, m.Term)
	}
	results.Compare(&e)
	for _, m := range items {
		name := m.Text.SubjectPath[strings.LastIndex(m.Text.SubjectPath, "/")+1:]
		places := x.inRows(basicStatements, func(_ *Table, row *Row, _ *Column) bool {
			return strings.HasPrefix(row.Code, "302") && sameItem(row.Name, name)
		})
		if len(places) > 0 {
			results.compareWith(m, places, "正文"+name+"与基本支出表一致", "an item of operating cost in the text and in the statement of basic spending")
		}
	}
}

// shortened writes names as prose does. It is made once: making it costs more
// than a page of comparisons.
var shortened = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("（护）", "", "(护)", "", "（境）", "", "(境)", "", "办公取暖", "取暖", "公务用车", "公务车", "维护费", "费", "费用", "费")
})

// sameItem compares names as prose shortens them: 维修费 for 维修（护）费, 办公取暖 for 取暖费.
func sameItem(official, printed string) bool {
	plain := shortened().Replace
	return strings.TrimSuffix(plain(official), "费") == strings.TrimSuffix(plain(printed), "费")
}
