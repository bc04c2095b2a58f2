package content

import (
	"cmp"
	"slices"

	"gongkai/extract/layout"
)

const (
	// Smaller areas hold no text of a cell (points).
	minLatticeWidth  = 8.0
	minLatticeHeight = 6.0
	// maxLatticeShare: an area that covers more of the page is its ground.
	maxLatticeShare = 0.4
	// latticeGap: cells of one lattice lie this close (points); it is the distance
	// at which layout takes two lines for one.
	latticeGap = 2.4
	// latticeFill: the cells of a lattice cover their common box but for this share.
	latticeFill = 0.85
	// maxLattice bounds the cells that are compared with each other.
	maxLattice = 3000
)

// addLattices adds the edges of shaded cells that lie side by side in rows and
// columns where no lines are drawn: the shading is the grid. Single bands, zebra
// rows without columns, page grounds and highlighted words are none.
func (in *interpreter) addLattices() {
	var cells []layout.Box
	shaded := 0
	limit := maxLatticeShare * in.page.Box.Width() * in.page.Box.Height()
	for i := range in.areas {
		a := &in.areas[i]
		if a.square && !a.blends && a.Width() >= minLatticeWidth && a.Height() >= minLatticeHeight && a.Width()*a.Height() <= limit {
			cells = append(cells, a.Box)
			if !a.white {
				shaded++
			}
		}
	}
	if len(cells) < 4 || shaded < 2 || len(cells) > maxLattice {
		return
	}
	slices.SortFunc(cells, func(a, b layout.Box) int {
		return cmp.Or(cmp.Compare(a.Y0, b.Y0), cmp.Compare(a.X0, b.X0), cmp.Compare(a.Y1, b.Y1), cmp.Compare(a.X1, b.X1))
	})
	cells = slices.Compact(cells)
	for _, group := range neighbours(cells) {
		if in.isLattice(group) {
			for _, c := range group {
				in.addEdges(c)
			}
		}
	}
}

// neighbours groups boxes, sorted by their upper edge, that touch.
func neighbours(cells []layout.Box) [][]layout.Box {
	group := make([]int, len(cells))
	for i := range group {
		group[i] = i
	}
	find := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	for i, a := range cells {
		for k := i + 1; k < len(cells) && cells[k].Y0 <= a.Y1+latticeGap; k++ {
			if b := cells[k]; b.X0 <= a.X1+latticeGap && b.X1 >= a.X0-latticeGap {
				group[find(k)] = find(i)
			}
		}
	}
	members := make(map[int][]layout.Box)
	var roots []int
	for i := range cells {
		root := find(i)
		if members[root] == nil {
			roots = append(roots, root)
		}
		members[root] = append(members[root], cells[i])
	}
	lists := make([][]layout.Box, len(roots))
	for i, root := range roots {
		lists[i] = members[root]
	}
	return lists
}

// isLattice tells whether boxes tile a rectangle in at least two rows and two
// columns, where no grid is drawn already.
func (in *interpreter) isLattice(cells []layout.Box) bool {
	if len(cells) < 4 {
		return false
	}
	var whole layout.Box
	covered := 0.0
	for _, c := range cells {
		whole = whole.Union(c)
		covered += c.Width() * c.Height()
	}
	if fill := covered / (whole.Width() * whole.Height()); fill < latticeFill || fill > 1/latticeFill {
		return false
	}
	rows := inner(cells, func(c layout.Box) (float64, float64) { return c.Y0, c.Y1 })
	columns := inner(cells, func(c layout.Box) (float64, float64) { return c.X0, c.X1 })
	if rows == 0 || columns == 0 {
		return false
	}
	horizontals, verticals := 0, 0
	for i := range in.rulings {
		r := &in.rulings[i]
		switch {
		case r.Horizontal && r.At > whole.Y0+latticeGap && r.At < whole.Y1-latticeGap && r.From < whole.X1 && r.To > whole.X0:
			horizontals++
		case !r.Horizontal && r.At > whole.X0+latticeGap && r.At < whole.X1-latticeGap && r.From < whole.Y1 && r.To > whole.Y0:
			verticals++
		}
	}
	return horizontals == 0 || verticals == 0
}

// inner counts the boundaries inside a group along one axis at which at least
// two cells begin; a boundary of one cell only is the end of a highlighted word,
// and then the group is no lattice at all.
func inner(cells []layout.Box, sides func(layout.Box) (float64, float64)) int {
	starts := make([]float64, len(cells))
	for i, c := range cells {
		starts[i], _ = sides(c)
	}
	slices.Sort(starts)
	count := 0
	for i := 0; i < len(starts); {
		k := i + 1
		for k < len(starts) && starts[k]-starts[k-1] <= latticeGap {
			k++
		}
		if i > 0 {
			if k-i < 2 {
				return 0
			}
			count++
		}
		i = k
	}
	return count
}
