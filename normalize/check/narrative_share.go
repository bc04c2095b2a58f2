package check

// farthest is how many numbers away the whole of a share, or the amount of a change,
// is looked for: a list of items is shorter.
const farthest = 100

// checkShares computes shares again: 基本支出514.62万元，占85.14%.
func (x *Index) checkShares(results *Results, mine func(*mention) bool) {
	n := x.prose()
	for i := 1; i < len(n.mentions); i++ {
		m, part := &n.mentions[i], &n.mentions[i-1]
		if m.role != share || part.role != stated || part.sentence != m.sentence || part.segment != m.segment || !mine(part) || !m.isShareOfKnown() {
			continue
		}
		results.judgePercentage(m, n.sharesAt(x, i), "占比 = 部分 ÷ 整体", "a share is the part in percent of the whole")
	}
}

// isShareOfKnown: the words name no whole but the usual ones: 占, 占比, 占本年支出合计的.
func (m *mention) isShareOfKnown() bool {
	switch coreOf(m.clause, "") {
	case "占", "占比", "占支出", "占收入", "占收支", "比例", "占比重", "占比例", "占支出比重", "占收入比重", "占总支出", "占总收入":
		return true
	}
	return false
}

// sharesAt are the shares that a part has of the amounts it may belong to: those
// before it in sections of its kind, the sum of all such parts, and the totals
// of the tables.
func (n *narrative) sharesAt(x *Index, at int) []fraction {
	part := &n.mentions[at-1]
	var fractions []fraction
	add := func(whole Term) {
		if whole.Value > part.Value || whole.Value > 0 && whole.Value == part.Value && isWhole(&n.mentions[at]) {
			fractions = append(fractions, shareOf(part.Term, whole))
		}
	}
	for i := at - 2; i >= max(0, at-farthest) && x.kindOf(&n.mentions[i]) == x.kindOf(part); i-- {
		if n.mentions[i].role == stated {
			add(n.mentions[i].Term)
		}
	}
	add(n.sumOfParts(x, at))
	for _, whole := range joined(x.expenditureTotals(), x.incomeTotals(), x.fiscalTotals(), x.generalTotals()) {
		add(whole)
	}
	return fractions
}

// isWhole: a share of all, or of nothing, needs no other amount to be right.
func isWhole(m *mention) bool {
	printed := m.Text.Value.Decimal
	return printed.IsZero() || printed.Equal(percentage(1, 1))
}

// sumOfParts is that of the neighbouring amounts whose share is stated in sections of the same kind.
func (n *narrative) sumOfParts(x *Index, at int) Term {
	sum, kind := n.mentions[at-1].Term, x.kindOf(&n.mentions[at])
	sum.Value = 0
	first := at
	for first > max(1, at-farthest) && x.kindOf(&n.mentions[first-1]) == kind {
		first--
	}
	for i := max(first, 1); i < min(len(n.mentions), at+farthest) && x.kindOf(&n.mentions[i]) == kind; i++ {
		if n.mentions[i].role == share && n.mentions[i-1].role == stated {
			sum.Value += n.mentions[i-1].Value
		}
	}
	return sum
}
