package check

import "strings"

// A sentence states an amount, its difference to last year's and the difference
// in percent: three numbers of which two give the third.

// checkGrowth computes changes and rates again.
func checkGrowth(x *Index, results *Results) {
	n := x.prose()
	for i := range n.mentions {
		switch m := &n.mentions[i]; {
		case m.role == change && m.isComparison():
			n.checkChange(results, i)
		case m.role == rate && m.isComparison():
			n.checkRate(results, i)
		case m.role == unsure && m.isCompletion():
			n.checkCompletion(results, i)
		}
	}
}

// isCompletion: a percentage that tells how much of the budget was spent.
func (m *mention) isCompletion() bool {
	return !m.Text.Amount.Valid && strings.HasPrefix(m.clause, "完成") && strings.Contains(m.clause, "预算")
}

// checkCompletion: 年初预算为280万元，支出决算为300万元，完成年初预算的107.14%. Only where the
// two amounts stand right before it, one the plan and the other the outcome.
func (n *narrative) checkCompletion(results *Results, at int) {
	if at < 2 {
		return
	}
	m, last, first := &n.mentions[at], &n.mentions[at-1], &n.mentions[at-2]
	if last.sentence != m.sentence || first.sentence != m.sentence || !last.Text.Amount.Valid || !first.Text.Amount.Valid {
		return
	}
	if last.Text.Measure == "budget" && first.Text.Measure == "final" {
		last, first = first, last
	}
	if first.Text.Measure != "budget" || last.Text.Measure != "final" {
		return
	}
	results.judgePercentage(m, []fraction{shareOf(last.Term, first.Term)}, "完成率 = 决算数 ÷ 预算数", "the rate of completion is the outcome in percent of the plan")
}

// isComparison: the words before the number say what it is compared with, or nothing.
func (m *mention) isComparison() bool {
	_, rest := directionOf(m.clause)
	return isFiller(rest) && (beginsWithAny(m.clause, comparisons...) || startsWithDirection(m.clause))
}

func startsWithDirection(clause string) bool {
	for _, d := range directions {
		if beginsWithAny(clause, d.word, "同比"+d.word, "各"+d.word) {
			return true
		}
	}
	return false
}

// amountsBefore are the amounts that a change may be the change of, the nearest
// first: those of its segment, or where it opens one, those of the segment before;
// behind a closed bracket any before it in the section: 210.95万元（其中…）比上年减少.
func (n *narrative) amountsBefore(at int) []*mention {
	var found []*mention
	segment := -1
	outside := closesBracket(n.mentions[at].lead)
	for i := at - 1; i >= max(n.sections[n.mentions[at].section].first, at-farthest); i-- {
		other := &n.mentions[i]
		if segment >= 0 && other.segment != segment && !outside {
			break
		}
		if other.role == stated {
			found = append(found, other)
			segment = other.segment
		}
	}
	return found
}

// closesBracket tells whether a text closes more brackets than it opens.
func closesBracket(text string) bool {
	open := 0
	for _, r := range text {
		switch r {
		case '（', '(':
			open++
		case '）', ')':
			open--
		}
	}
	return open < 0
}

// earlierBefore is last year's amount when it stands right before the change.
func (n *narrative) earlierBefore(at int) *mention {
	if at == 0 {
		return nil
	}
	if m := &n.mentions[at-1]; m.compared && m.sentence == n.mentions[at].sentence {
		return m
	}
	return nil
}

// checkChange: an amount differs from last year's by what is said, and cannot
// have grown by more than it is.
func (n *narrative) checkChange(results *Results, at int) {
	m := &n.mentions[at]
	amounts := n.amountsBefore(at)
	if len(amounts) == 0 {
		return
	}
	if before := n.earlierBefore(at); before != nil {
		results.Compare(n.changeEquation(amounts, before, m))
		return
	}
	if m.decrease {
		return
	}
	for _, amount := range amounts {
		if amount.Value+(amount.Grain+m.Grain)/2 >= m.Value {
			results.Pass(Document)
			return
		}
	}
	results.Compare(&Equation{
		Table: Document, Locator: "growth", Relation: AtMost, Whole: m.Term, Parts: []Term{amounts[0].Term},
		WordsZH: "增加额不应大于本年数", WordsEN: "an amount cannot have grown by more than it is",
	})
}

// changeEquation is that of the amount which fits, else of the nearest.
func (n *narrative) changeEquation(amounts []*mention, before, delta *mention) *Equation {
	part := delta.Term
	part.Minus = delta.decrease
	e := &Equation{
		Table: Document, Locator: "change", Parts: []Term{before.Term, part},
		WordsZH: "本年数 = 上年数 ± 增减额", WordsEN: "the amount is last year's and the change",
	}
	for _, amount := range amounts {
		e.Whole = amount.Term
		if sum, grain, printed := e.sum(); judge(Equal, e.Whole.Value-sum, Envelope(printed, grain)) != Fail {
			return e
		}
	}
	e.Whole = amounts[0].Term
	return e
}

// checkRate computes a rate from the change before it, or from the amounts of both years.
func (n *narrative) checkRate(results *Results, at int) {
	if at == 0 || n.mentions[at-1].sentence != n.mentions[at].sentence {
		return
	}
	m, previous := &n.mentions[at], &n.mentions[at-1]
	var fractions []fraction
	switch {
	case previous.role == change && previous.isComparison() && previous.decrease == m.decrease && startsWithDirection(m.clause):
		if before := n.earlierBefore(at - 1); before != nil {
			fractions = append(fractions, shareOf(previous.Term, before.Term))
			break
		}
		for _, amount := range n.amountsBefore(at - 1) {
			if f := growthOf(amount.Term, previous.Term, m.decrease); f.whole > 0 {
				fractions = append(fractions, f)
			}
		}
	case previous.role == change && !previous.isComparison() && previous.decrease == m.decrease && startsWithDirection(m.clause):
		if amount := n.statedOf(at - 1); amount != nil {
			fractions = append(fractions, growthOf(amount.Term, previous.Term, m.decrease))
		}
	case previous.role == stated && beginsWithAny(m.clause, comparisons...):
		fractions = n.growthOfYears(at)
	}
	results.judgePercentage(m, fractions, "增减率 = 增减额 ÷ 上年数", "the rate is the change in percent of last year's amount")
}

// statedOf is the amount whose change is told by name in a later sentence: 收入总计5,410.12万元 …
// 与2023年度相比，收入总计增加410.12万元.
func (n *narrative) statedOf(at int) *mention {
	m := &n.mentions[at]
	name, _ := cutDirection(m.clause)
	if name = coreOf(name, ""); name == "" {
		return nil
	}
	for i := at - 1; i >= n.sections[m.section].first; i-- {
		if other := &n.mentions[i]; other.role == stated && other.subject == name {
			return other
		}
	}
	return nil
}

// cutDirection is what stands before and behind the last word of a change.
func cutDirection(clause string) (before, after string) {
	_, rest := directionOf(clause)
	for _, d := range directions {
		if whole := strings.TrimSuffix(clause, rest); strings.HasSuffix(whole, d.word) {
			return strings.TrimSuffix(whole, d.word), rest
		}
	}
	return "", rest
}

// growthOfYears: 2022年执行数为1.48万元，2023年预算安排2.63万元，比2022年执行数增加77.70%.
func (n *narrative) growthOfYears(at int) []fraction {
	m := &n.mentions[at]
	var now, before *mention
	for i := at - 1; i >= max(n.sections[m.section].first, at-farthest) && n.mentions[i].sentence == m.sentence; i-- {
		switch other := &n.mentions[i]; {
		case other.role == stated && now == nil:
			now = other
		case other.role == earlier && before == nil:
			before = other
		}
	}
	if now == nil || before == nil || before.Value <= 0 {
		return nil
	}
	difference := now.Value - before.Value
	if m.decrease {
		difference = -difference
	}
	return []fraction{{difference, (now.Grain + before.Grain) / 2, before.Value, before.Grain / 2, []Term{now.Term, before.Term}}}
}
