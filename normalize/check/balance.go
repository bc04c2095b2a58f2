package check

import (
	"slices"
	"strings"
)

// A balance has a side of income and one of expenditure. Each side lists its
// heads, the total of the year above or below them, what is carried over, and
// the total of all.

// balanceSide is one side as a reader adds it up; rows are positions in Table.Rows.
type balanceSide struct {
	table   *Table
	side    string
	columns []int
	current int   // 本年收入合计, -1 where there is none
	grand   int   // 收入总计
	heads   []int // of the year
	strays  []int // rows that may be heads or details
	carried []int // 上年结转, 使用非财政拨款结余, 结转下年, 结余分配
	details map[int][]int
	// marked is for each head without a mark the head with one (一、) above it, which
	// it may detail: 经费拨款 below 一、一般公共预算拨款收入; for a fund it may be that of
	// all fiscal money, 一般公共预算 below 财政拨款（补助）, and what follows 其中：财政拨款结转
	// may be listed by it too.
	marked map[int]int
}

// balanceSides reads the sides of a balance.
func (t *Table) balanceSides() []*balanceSide {
	var sides []*balanceSide
	for r := range t.Rows {
		if t.sideOf(sides, t.Rows[r].Side) == nil {
			s := &balanceSide{table: t, side: t.Rows[r].Side, current: -1, grand: -1, details: map[int][]int{}, marked: map[int]int{}}
			for c := range t.Columns {
				if t.Columns[c].Side == s.side {
					s.columns = append(s.columns, c)
				}
			}
			sides = append(sides, s)
		}
	}
	for _, s := range sides {
		s.read()
	}
	return sides
}

func (t *Table) sideOf(sides []*balanceSide, name string) *balanceSide {
	for _, s := range sides {
		if s.side == name {
			return s
		}
	}
	return nil
}

// read tells the heads of a side from their details and its totals.
func (s *balanceSide) read() {
	t := s.table
	head, marked, fiscal, listed, afterCurrent := -1, -1, -1, -1, false
	for r := range t.Rows {
		row := &t.Rows[r]
		if row.Side != s.side || row.Name == "" && row.Code == "" {
			continue
		}
		switch {
		case s.isTotal(row):
			head, marked, fiscal, listed = -1, -1, -1, -1
			if s.isCurrent(row) && s.current < 0 {
				s.current, afterCurrent = r, len(s.heads) > 0
				if afterCurrent { // what stands above the total of the year is part of it
					s.heads, s.carried = append(s.heads, s.carried...), nil
				}
			} else {
				s.grand = r
			}
		case row.Memo:
			listed = head
		case listed >= 0 && isCarriedOver(row.Name) && isCarriedOver(t.Rows[listed].Name) && !hasMark(row.Name):
			s.carried = append(s.carried, r)
			s.marked[r] = listed
		case s.isDetail(row, head):
			if head >= 0 {
				s.details[head] = append(s.details[head], r)
			}
		case isCarriedOver(row.Name):
			s.carried, head = append(s.carried, r), r
		case row.Unplaced && s.nested():
			s.strays = append(s.strays, r)
		case afterCurrent:
			s.carried, head = append(s.carried, r), r
		default:
			s.heads, head = append(s.heads, r), r
			switch {
			case hasMark(row.Name):
				marked = r
			case fiscal >= 0 && isFundName(row.Name):
				s.marked[r] = fiscal
			case marked >= 0 && row.Level == 0 && row.Code == "":
				s.marked[r] = marked
			}
			if row.Item == "income.fiscal" {
				fiscal = r
			} else if !isFundName(row.Name) {
				fiscal = -1
			}
		}
	}
	if s.grand < 0 && s.current >= 0 && len(s.carried) == 0 {
		s.grand = s.current
	}
}

// hasMark tells whether a label begins with the mark of a list: 一、 （一） 1.
func hasMark(name string) bool {
	name = strings.TrimLeft(name, "(（")
	rest := strings.TrimLeft(name, "一二三四五六七八九十0123456789")
	return rest != name && strings.IndexAny(rest, "、.．)）") == 0
}

// appendRows appends heads, or what was carried over, of a side in a column. Where
// they do not add up to what is asked for, those that may detail a row above them
// do, as long as it holds them.
func (s *balanceSide) appendRows(results *Results, e *Equation, rows []int, column int) {
	before := len(e.Parts)
	e.Parts = s.table.appendTerms(e.Parts, rows, column)
	if len(s.marked) == 0 || results.outcomeOf(e) != Fail {
		return
	}
	held := map[int]int64{}
	for r, head := range s.marked {
		held[head] += s.table.Number(r, column).Value
	}
	e.Parts = e.Parts[:before]
	for _, r := range rows {
		if head, ok := s.marked[r]; !ok || held[head] > s.table.Number(head, column).Value+Envelope(len(s.marked), e.Whole.Grain) {
			e.Parts = append(e.Parts, s.table.term(r, column))
		}
	}
}

// nested: rows with codes detail each other on this side.
func (s *balanceSide) nested() bool {
	for r := range s.table.Rows {
		if row := &s.table.Rows[r]; row.Side == s.side && isClass(row.Code) && row.Parent >= 0 {
			return true
		}
	}
	return false
}

// isTotal: the rows that sum, also those that bear their name without 合计.
func (s *balanceSide) isTotal(row *Row) bool { return row.Total || isYear(row.Name) }

func (s *balanceSide) isCurrent(row *Row) bool {
	return isYear(row.Name) || strings.HasSuffix(row.Item, ".current_year") || row.Total && row.Item == "" && strings.Contains(row.Name, "本年")
}

// isYear: 一、本年支出 heads the rows of the year.
func isYear(name string) bool {
	if mark := strings.LastIndex(name, "、"); mark >= 0 {
		name = name[mark+len("、"):]
	}
	return name == "本年收入" || name == "本年支出"
}

// isDetail tells whether a row says what the head above it is made of.
func (s *balanceSide) isDetail(row *Row, head int) bool {
	t := s.table
	if row.Parent >= 0 && !s.isTotal(&t.Rows[row.Parent]) {
		return true
	}
	if head < 0 || row.Code != "" {
		return false
	}
	above := &t.Rows[head]
	named := isFundName(row.Name)
	return row.Level == 0 && above.Level > 0 && named || row.Level > 0 && above.Level == 0 && (named || isCarriedOver(row.Name)) || row.Level == 0 && above.Level == 0 && named && isCarriedOver(above.Name)
}

// isFundName: rows named for a fund and nothing else.
func isFundName(name string) bool {
	return strings.Contains(name, "一般公共预算") || strings.Contains(name, "政府性基金") || strings.Contains(name, "国有资本经营预算") && !strings.HasSuffix(name, "支出")
}

// isCarriedOver: what comes from last year or goes to the next.
func isCarriedOver(name string) bool {
	for _, word := range [...]string{"结转", "结余", "弥补收支差额", "事业基金"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// checkBalance adds up both sides of the statements of income and expenditure.
func checkBalance(x *Index, results *Results) {
	for i := range x.Tables {
		t := &x.Tables[i]
		if !isBalance(t.Statement) {
			continue
		}
		sides := t.balanceSides()
		for _, s := range sides {
			s.checkSums(results)
		}
		compareTotals(t, sides, results)
	}
}

// checkSums compares the total of the year with its heads and the total of all
// with the total of the year and what is carried over.
func (s *balanceSide) checkSums(results *Results) {
	t := s.table
	sum := Equation{Table: t.At, WordsZH: "应等于各项之和", WordsEN: "should be the sum of the rows"}
	grand := Equation{Table: t.At, WordsZH: "应等于本年合计加结转结余", WordsEN: "should be the total of the year and what is carried over"}
	for _, c := range s.columns {
		if s.current >= 0 {
			sum.Whole, sum.Parts = t.term(s.current, c), sum.Parts[:0]
			s.appendRows(results, &sum, s.heads, c)
			results.compareRows(t, &sum, s.strays, c)
		}
		if s.grand < 0 || s.grand == s.current {
			continue
		}
		grand.Whole, grand.Parts = t.term(s.grand, c), grand.Parts[:0]
		if s.current >= 0 {
			grand.Parts = append(grand.Parts, t.term(s.current, c))
		}
		rows := s.carried
		if s.current < 0 {
			rows = slices.Concat(s.carried, s.heads)
		}
		s.appendRows(results, &grand, rows, c)
		results.compareRows(t, &grand, s.strays, c)
	}
}

func (t *Table) appendTerms(terms []Term, rows []int, column int) []Term {
	for _, r := range rows {
		terms = append(terms, t.term(r, column))
	}
	return terms
}

// compareTotals: what comes in goes out.
func compareTotals(t *Table, sides []*balanceSide, results *Results) {
	var income, spending *balanceSide
	for _, s := range sides {
		if s.grand < 0 || len(s.columns) == 0 {
			continue
		}
		if direction := t.Columns[s.main()].Direction; direction == "revenue" && income == nil {
			income = s
		} else if direction == "expenditure" && spending == nil {
			spending = s
		}
	}
	if income == nil || spending == nil {
		results.Insufficient(t.At, "a side has no total")
		return
	}
	results.Compare(&Equation{
		Table: t.At, Locator: "balance", Whole: t.term(income.grand, income.main()), Parts: []Term{t.term(spending.grand, spending.main())},
		WordsZH: "应等于支出总计", WordsEN: "should be the total of expenditure",
	})
}
