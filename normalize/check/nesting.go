package check

// Lists of projects and purchases name agencies, kinds and things one below the
// other, and often no mark tells which rows detail which. Their sums do: a row
// that is followed by rows that add up to it is made of them.

// nesting is a list of amounts read as rows of several levels.
type nesting struct {
	values []Number
	ends   [][]int32 // for each row the places where what details it may end; the first is that of a row without details
	steps  int
	list   []partial // scratch of sums
}

// mostSteps bounds the search in lists that allow many readings.
const mostSteps = 60_000

// nestingOf finds from the end of a list to its start where the details of each
// row may end. It works in scratch.
func nestingOf(values []Number, scratch []partial) *nesting {
	n := &nesting{values: values, ends: make([][]int32, len(values)), list: scratch}
	leaves := make([]int32, len(values))
	for at := range leaves {
		leaves[at] = int32(at + 1)
	}
	for at := len(values) - 1; at >= 0; at-- {
		n.ends[at] = leaves[at : at+1 : at+1]
		if values[at].Value > 0 {
			for _, s := range n.sums(at+1, values[at]) {
				if s.exact {
					n.ends[at] = append(n.ends[at], s.at)
				}
			}
		}
	}
	return n
}

// partial is a sum of rows on one level, up to a place in the list.
type partial struct {
	sum      int64
	at, from int32 // from is the partial sum before this one, -1 for none
	row      int32 // the last row added
	rows     int32
	exact    bool // it is the whole
}

// sums lists the partial sums that do not exceed a whole, from a place on. The
// list is good until the next call.
func (n *nesting) sums(from int, whole Number) []partial {
	list := append(n.list[:0], partial{at: int32(from), from: -1, row: -1})
	defer func() { n.list = list }()
	for i := 0; i < len(list) && n.steps < mostSteps; i++ {
		s := list[i]
		if s.exact || int(s.at) >= len(n.values) {
			continue
		}
		for _, end := range n.ends[s.at] {
			n.steps++
			next := partial{at: end, from: int32(i), row: s.at, sum: s.sum + n.values[s.at].Value, rows: s.rows + 1}
			tolerance := Envelope(int(next.rows), whole.Grain)
			if next.sum > whole.Value+tolerance {
				continue
			}
			next.exact = next.sum >= whole.Value-tolerance && next.sum != 0
			list = append(list, next)
		}
	}
	return list
}

// top lists the rows of the uppermost level when the whole list adds up to a
// total; nil when no reading does.
func (n *nesting) top(total Number) []int {
	list := n.sums(0, total)
	for i := range list {
		if !list[i].exact || !n.blankFrom(int(list[i].at)) {
			continue
		}
		var rows []int
		for s := &list[i]; s.from >= 0; s = &list[s.from] {
			rows = append(rows, int(s.row))
		}
		return rows
	}
	return nil
}

// blankFrom tells whether nothing but zeros follows.
func (n *nesting) blankFrom(at int) bool {
	for ; at < len(n.values); at++ {
		if n.values[at].Value != 0 {
			return false
		}
	}
	return true
}

// flat tells whether no row is made of those after it.
func (n *nesting) flat() bool {
	for _, ends := range n.ends {
		if len(ends) > 1 {
			return false
		}
	}
	return n.steps < mostSteps
}
