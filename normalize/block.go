package normalize

// block is one logical table of a grid: a two-sided statement has two, a
// basic-expenditure table with its codes side by side two or three.
type block struct {
	side        string  // whole, left, right, block1 …
	first, last int     // columns
	codes       []int   // code column, or the 类, 款, 项 columns
	others      [][]int // columns of further classifications of the same rows, likewise
	name        int     // -1: rows have no label column of their own
	glued       bool    // codes stand in front of the names
	paired      bool    // the names are those of the codes beside them
	columns     []int   // amount columns
	levels      []int   // name columns from the general to the particular; nil when there is one
	agency      int     // column that names whose the row is, -1: none
	project     projectColumns
	agencyCode  int // column with that agency's code, -1: none
}

// agency is whom a row belongs to.
type agency struct{ code, name string }

// splitBlocks finds the logical tables: a new one begins where labels follow
// amounts and the header repeats what headed the labels before.
func splitBlocks(columns []column) []block {
	starts := []int{0}
	amounts := false
	for c := range columns {
		switch columns[c].role {
		case roleAmount:
			amounts = true
		case roleName, roleCode, roleOrdinal:
			if amounts && repeatsLabel(columns, starts, c) {
				starts = append(starts, c)
				amounts = false
			}
		}
	}
	blocks := make([]block, len(starts))
	for i, first := range starts {
		last := len(columns) - 1
		if i+1 < len(starts) {
			last = starts[i+1] - 1
		}
		blocks[i] = block{first: first, last: last, side: sideName(i, len(starts))}
	}
	return blocks
}

func sideName(i, n int) string {
	switch {
	case n == 1:
		return "whole"
	case n == 2 && i == 0:
		return "left"
	case n == 2:
		return "right"
	}
	return "block" + string(rune('1'+i))
}

// repeatsLabel tells whether a label column begins a further logical table:
// its header repeats a label's before it (项目 … 项目), or the two are the
// heads of the two sides (收入 … 支出).
func repeatsLabel(columns []column, starts []int, c int) bool {
	if columns[c].role == roleName && isSideHead(columns[c].path) {
		return true
	}
	for b := starts[len(starts)-1]; b < c; b++ {
		before := &columns[b]
		if before.role == columns[c].role && before.leaf == columns[c].leaf && before.leaf != "" {
			return true
		}
	}
	return false
}

// isSideHead: the head of the right side of a two-sided statement.
func isSideHead(path []string) bool {
	for _, p := range path {
		if hasAnySuffix(p, "支出项目", "支出") || containsAny(p, "支出功能", "支出经济") {
			return true
		}
	}
	return len(path) > 0 && hasAnySuffix(path[0], "支出")
}
