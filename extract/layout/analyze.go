package layout

import (
	"math"
	"slices"
	"sort"
	"strings"
)

// Layout is what one page shows: its tables from top to bottom, and the lines
// of text outside them in reading order. Boxes are on the page as the view shows it.
type Layout struct {
	View   View
	Tables []Table
	Lines  []Line
	Hidden int // glyphs left out because nobody sees them
}

// outside is the owner of a glyph that stands in no cell.
const outside = -1

// Analyze finds the tables of a page and puts its text into their cells: first
// those whose cells rulings enclose, then, in the text outside them, those whose
// columns only show in how it is aligned. A page whose text stands turned is turned
// first.
func Analyze(page *Page) Layout { return AnalyzeAfter(View{}, page) }

// AnalyzeAfter is Analyze for a page that follows another: a page without text, such
// as the last rows of a form that nobody filled in, is turned like the one before.
func AnalyzeAfter(before View, page *Page) Layout {
	view := viewOf(page, before)
	if view.Turn != 0 {
		page = view.turned(page)
	}
	tables, loose := findTables(page.Rulings)
	result := Layout{View: view, Tables: tables}
	reader := reader{glyphs: page.Glyphs}
	byOwner, starts := result.assign(page)
	drawings := result.dropDrawings(page, starts)
	if len(drawings) > 0 {
		tables = result.Tables
		byOwner, starts = result.assign(page)
	}
	if reader.splitRows(tables, byOwner, starts) {
		byOwner, starts = result.assign(page)
	}
	lines, gapped := reader.lines(byOwner[:starts[0]], page.Number)
	if reader.addStubs(tables, lines, byOwner, starts) {
		byOwner, starts = result.assign(page)
		lines, gapped = reader.lines(byOwner[:starts[0]], page.Number)
	}
	frames := reader.frames(tables, byOwner, starts)
	if mayBeStream(gapped, loose) || frames != nil {
		if merged, ok := reader.addStreamTables(byOwner, starts, outsideOf(drawings, page.Rulings), loose, tables, frames); ok {
			result.Tables = merged
			byOwner, starts = result.assign(page)
			lines, _ = reader.lines(byOwner[:starts[0]], page.Number)
		}
	}
	result.Lines = lines
	result.fillCells(&reader, byOwner, starts)
	result.turnTables(page, byOwner, starts)
	return result
}

// assign gives every glyph to a cell, or to the text outside.
func (l *Layout) assign(page *Page) (byOwner []int32, starts []int) {
	glyphs := page.Glyphs
	owners := make([]int32, len(glyphs))
	dropped := droppedFlags(glyphs)
	bases := make([]int32, len(l.Tables)+1)
	for i := range l.Tables {
		bases[i+1] = bases[i] + int32(len(l.Tables[i].Cells))
		l.Tables[i].Doubts.HangingTexts = 0
		for c := range l.Tables[i].Cells {
			l.Tables[i].Cells[c].Flags = 0
		}
	}
	l.Hidden = 0
	assigner := assigner{tables: l.Tables, bases: bases, glyphs: glyphs, owners: owners, reach: reach(l.Tables)}
	runs(glyphs, func(r run) {
		if glyphs[r.first].Flags&dropped != 0 {
			for i := r.first; i < r.end; i++ {
				owners[i] = outside - 1
			}
			l.Hidden += r.end - r.first
			return
		}
		assigner.assign(r)
	})
	assigner.bringHome(page.Clipped)
	return groupByOwner(owners, int(bases[len(bases)-1]))
}

// reach is how far down the page any table goes, from the first up to each.
func reach(tables []Table) []float64 {
	list := make([]float64, len(tables))
	for i := range tables {
		list[i] = tables[i].Box.Y1
		if i > 0 {
			list[i] = max(list[i], list[i-1])
		}
	}
	return list
}

// droppedFlags are those of glyphs that say nothing: hidden ones, and watermarks.
// A page whose text is all invisible is a scan with the text layer of an OCR
// program, and that layer is all there is to read; text that is all askew is no
// watermark.
func droppedFlags(glyphs []Glyph) GlyphFlags {
	plain, hidden := false, false
	for i := range glyphs {
		if isSpace(glyphs[i].Text) {
			continue
		}
		flags := glyphs[i].Flags
		plain = plain || flags&(Hidden|Watermark) == 0
		hidden = hidden || flags&(Hidden|Watermark) == Hidden
	}
	switch {
	case plain:
		return Hidden | Watermark
	case hidden:
		return Watermark
	}
	return 0
}

// groupByOwner sorts glyph indices by owner, in painting order within each:
// first those outside, then cell after cell. starts[c] is where cell c begins,
// starts[cells] the end. Dropped glyphs are in no group.
func groupByOwner(owners []int32, cells int) (indices []int32, starts []int) {
	starts = make([]int, cells+1)
	none, kept := 0, 0
	for _, o := range owners {
		switch {
		case o == outside:
			none++
			kept++
		case o >= 0:
			starts[o]++
			kept++
		}
	}
	at := none
	for c := range starts {
		n := starts[c]
		starts[c] = at
		at += n
	}
	indices = make([]int32, kept)
	next := slices.Clone(starts)
	free := 0
	for i, o := range owners {
		switch {
		case o == outside:
			indices[free] = int32(i)
			free++
		case o >= 0:
			indices[next[o]] = int32(i)
			next[o]++
		}
	}
	return indices, starts
}

// fillCells composes the text of every cell; all texts of the page share one
// string.
func (l *Layout) fillCells(r *reader, indices []int32, starts []int) {
	type extent struct{ from, to int }
	var extents []extent
	r.text = r.text[:0]
	cell := 0
	for t := range l.Tables {
		for c := range l.Tables[t].Cells {
			target := &l.Tables[t].Cells[c]
			own := indices[starts[cell]:starts[cell+1]]
			cell++
			target.Glyphs = len(own)
			from := len(r.text)
			if len(own) > 0 {
				list := r.arrange(own)
				var flags CellFlags
				from, flags = r.compose(list)
				target.Flags |= flags
				target.Room = r.room(list, target.Box)
			}
			extents = append(extents, extent{from, len(r.text)})
		}
	}
	all := string(r.text)
	r.text = r.text[:0]
	cell = 0
	for t := range l.Tables {
		for c := range l.Tables[t].Cells {
			l.Tables[t].Cells[c].Text = all[extents[cell].from:extents[cell].to]
			cell++
		}
	}
}

// assigner gives each glyph to a cell.
type assigner struct {
	tables []Table // in the order in which they begin
	bases  []int32
	glyphs []Glyph
	owners []int32
	reach  []float64 // how far down any of the tables up to each goes
}

// cellOf is the number of the cell at a glyph's middle; where a page end cuts a cell
// through a line of its text, the cell that nearly half of the glyph stands in.
func (a *assigner) cellOf(g *Glyph) int32 {
	x, y := g.Box.Center()
	cell := a.cellAt(x, y)
	for _, aside := range [...]float64{-cutGlyph, cutGlyph} {
		if cell == outside {
			cell = a.cellAt(x, y+aside*g.Box.Height())
		}
	}
	return cell
}

// cutGlyph: how far beyond a table's edge the middle of a glyph may stand that the
// edge cuts (share of the glyph's height).
const cutGlyph = 0.1

// cellAt is the number of the cell at a point of the page; of a table that stands
// within another one's cell, its own: the inner one begins later, and is asked first.
func (a *assigner) cellAt(x, y float64) int32 {
	t := len(a.tables) - 1
	if t > 0 {
		t = sort.Search(len(a.tables), func(i int) bool { return a.tables[i].Box.Y0 > y }) - 1
	}
	for ; t >= 0 && a.reach[t] >= y; t-- {
		if c := a.tables[t].cellAt(x, y); c >= 0 {
			return a.bases[t] + int32(c)
		}
	}
	return outside
}

// assign gives a run to the cell it stands in. A run that hangs over a ruling
// is cut where there is a gap at the ruling; a piece without a gap is one text
// and goes to one cell whole.
func (a *assigner) assign(r run) {
	if len(a.tables) == 0 {
		for i := r.first; i < r.end; i++ {
			a.owners[i] = outside
		}
		return
	}
	same := true
	for i := r.first; i < r.end; i++ {
		a.owners[i] = a.cellOf(&a.glyphs[i])
		same = same && a.owners[i] == a.owners[r.first]
	}
	if same {
		return
	}
	start := r.first
	for i := r.first + 1; i <= r.end; i++ {
		if i < r.end && (a.owners[i] == a.owners[i-1] || !a.gapBetween(i-1, i) && !a.abuts(run{start, i}) && !a.amountEnds(run{start, i})) {
			continue
		}
		a.settle(run{start, i})
		start = i
	}
}

// abuts tells of a piece of a run, behind which a text follows in the next cell,
// whether both end at the ruling between them: cells without padding, with a figure
// set to the right or a text that fills its line. A ruling that a text hangs over runs
// through one of its glyphs. A text that begins near the left side of its cell may
// hang over the right one, and by chance between two glyphs.
func (a *assigner) abuts(piece run) bool {
	first, last, next := &a.glyphs[piece.first], &a.glyphs[piece.end-1], &a.glyphs[piece.end]
	table, cell := a.find(a.owners[piece.end-1])
	if table == nil || a.owners[piece.first] != a.owners[piece.end-1] || last.Turn&1 == 1 || last.Flags&Vertical != 0 {
		return false
	}
	box := &table.Cells[cell].Box
	blank := blankHalf(last)
	if blankHalf(next) > 0 {
		return false // a mark that begins no text hangs over the ruling
	}
	if last.Box.X1-blank > box.X1+abutting || next.Box.X0 < box.X1-abutting || a.hangsBack(piece) {
		return false
	}
	inset := first.Box.X0 - box.X0
	if a.figures(piece) {
		return inset > cellPadding/2 || inset < abutting
	}
	return blank > 0 || inset < abutting && last.Box.Width() > fullWidth*last.Size
}

// figures tells whether a piece of a run holds figures alone.
func (a *assigner) figures(piece run) bool {
	for i := piece.first; i < piece.end; i++ {
		if !figureGlyph(&a.glyphs[i]) {
			return false
		}
	}
	return true
}

// hangsBack tells whether a figure, set to the right in a cell that is too narrow for
// it, begins in the piece in front of the cell. Two amounts with as many decimals are
// no such figure.
func (a *assigner) hangsBack(piece run) bool {
	table, cell := a.find(a.owners[piece.end])
	if table == nil || !figureGlyph(&a.glyphs[piece.end-1]) {
		return false
	}
	rest := run{piece.end, piece.end}
	for rest.end < len(a.glyphs) && a.owners[rest.end] == a.owners[rest.first] && figureGlyph(&a.glyphs[rest.end]) && follows(&a.glyphs[rest.end-1], &a.glyphs[rest.end]) {
		rest.end++
	}
	if rest.end == rest.first || a.decimals(piece) > 0 && a.decimals(piece) == a.decimals(rest) {
		return false
	}
	return table.Cells[cell].Box.X1-a.glyphs[rest.end-1].Box.X1 < cellPadding
}

// decimals is how many glyphs follow the last point of a piece of figures.
func (a *assigner) decimals(piece run) int {
	for i := piece.end - 1; i >= piece.first; i-- {
		if a.glyphs[i].Text == "." {
			return piece.end - 1 - i
		}
	}
	return 0
}

func figureGlyph(g *Glyph) bool {
	return len(g.Text) == 1 && (numeric(rune(g.Text[0])) || g.Text == "-")
}

// abutting: a glyph at a ruling ends or begins this near to the middle of it, or has
// room behind it (points). Writer sets texts half a border aside.
const abutting = 0.5

// fullWidth: ideographs are wider, letters narrower (share of the font size).
const fullWidth = 0.9

// blankHalf is the width of the right half of a closing mark, which is white: at the
// end of a line it is left out, though the font's width counts it.
func blankHalf(g *Glyph) float64 {
	if strings.Contains("）》】」』、。，；：”’", g.Text) && g.Box.Width() > fullWidth*g.Size {
		return g.Box.Width() / 2
	}
	return 0
}

// amountEnds tells of a piece of a run, behind which a word follows in the next
// cell, whether it is an amount that touches the ruling between them: 7.50|科目.
func (a *assigner) amountEnds(piece run) bool {
	point := -1
	for i := piece.first; i < piece.end; i++ {
		text := a.glyphs[i].Text
		if len(text) != 1 || !numeric(rune(text[0])) && (text != "-" || i > piece.first) {
			return false
		}
		if text == "." {
			point = i
		}
	}
	last, next := &a.glyphs[piece.end-1], &a.glyphs[piece.end]
	if point <= piece.first || piece.end-point <= amountDecimals || len(next.Text) == 0 || numeric(rune(next.Text[0])) {
		return false
	}
	table, cell := a.find(a.owners[piece.end-1])
	return table != nil && last.Turn&1 == 0 && math.Abs(table.Cells[cell].Box.X1-last.Box.X1) <= touching*last.Size
}

const (
	// amountDecimals: amounts are printed with so many decimals.
	amountDecimals = 2
	// touching: a number touches a ruling that is this near (share of the font size).
	touching = 0.2
)

// find gives the table of a cell and the cell's index there; nil for the text outside.
func (a *assigner) find(cell int32) (*Table, int32) {
	for t := range a.tables {
		if cell >= a.bases[t] && cell < a.bases[t+1] {
			return &a.tables[t], cell - a.bases[t]
		}
	}
	return nil, 0
}

// bringHome gives glyphs that are cut away by their clip to the cell the clip
// stands for, with the part of the text that is seen. They are dropped where the
// clip is no cell's (it is that of the rows below a repeated header, say), and
// where they would stand above or below the table: a page end cuts that cell, and
// the other page shows them.
func (a *assigner) bringHome(clipped []ClippedGlyph) {
	for _, c := range clipped {
		owner := &a.owners[c.Glyph]
		if *owner < outside {
			continue
		}
		home, table := a.homeOf(c.Clip)
		_, y := a.glyphs[c.Glyph].Box.Center()
		switch {
		case home == outside, y < table.Y0, y > table.Y1:
			*owner = outside - 1
		default:
			*owner = home
			a.clipped(home)
			a.rejoin(c, home, 1)
			a.rejoin(c, home, -1)
		}
	}
}

// rejoin gives the seen rest of a text, onwards from the glyph that is cut away or
// back from it, to the cell that its clip stands for.
func (a *assigner) rejoin(c ClippedGlyph, home int32, step int) {
	seen := Box{c.Clip.X0 - clipSlack, c.Clip.Y0 - clipSlack, c.Clip.X1 + clipSlack, c.Clip.Y1 + clipSlack}
	for i := int(c.Glyph) + step; i >= 0 && i < len(a.glyphs) && a.owners[i] != home && a.owners[i] >= outside; i += step {
		before, after := min(i, i-step), max(i, i-step)
		if !seen.Contains(a.glyphs[i].Box.Center()) || !follows(&a.glyphs[before], &a.glyphs[after]) || a.gapBetween(before, after) {
			return
		}
		a.owners[i] = home
	}
}

// homeOf is the cell that a clip lies within, and the box of its table.
func (a *assigner) homeOf(clip Box) (cell int32, table Box) {
	cell = a.cellAt(clip.Center())
	if found, index := a.find(cell); found != nil {
		b := found.Cells[index].Box
		if clip.X0 >= b.X0-clipSlack && clip.X1 <= b.X1+clipSlack && clip.Y0 >= b.Y0-clipSlack && clip.Y1 <= b.Y1+clipSlack {
			return cell, found.Box
		}
	}
	return outside, Box{}
}

// clipSlack: how far the clip of a cell may reach over its rulings (points).
const clipSlack = 4.0

// gapBetween tells whether two neighbouring glyphs leave room for a ruling.
func (a *assigner) gapBetween(i, k int) bool {
	p, q := &a.glyphs[i], &a.glyphs[k]
	if isSpace(p.Text) || isSpace(q.Text) {
		return true
	}
	gap := q.Box.X0 - p.Box.X1
	if p.Turn&1 == 1 || p.Flags&Vertical != 0 {
		gap = max(q.Box.Y0-p.Box.Y1, p.Box.Y0-q.Box.Y1)
	}
	return gap > ruledGap*q.Size
}

// settle gives a piece that hangs over a ruling to one cell: the one where a
// text begins or a number ends (texts are set from the left, numbers from the
// right), if a fair part of it stands there; else the one that holds most.
func (a *assigner) settle(r run) {
	counts := make(map[int32]int)
	numbers := true
	for i := r.first; i < r.end; i++ {
		counts[a.owners[i]]++
		for _, c := range a.glyphs[i].Text {
			numbers = numbers && (numeric(c) || c == '-' || c == '%')
		}
	}
	owner := a.owners[r.first]
	if numbers {
		owner = a.owners[r.end-1]
	}
	if owner == outside || float64(counts[owner]) < hangShare*float64(r.end-r.first) {
		for i := r.first; i < r.end; i++ { // in reading order, so that ties are settled alike
			if o := a.owners[i]; o != outside && (owner == outside || counts[o] > counts[owner]) {
				owner = o
			}
		}
	}
	if counts[owner] < r.end-r.first {
		a.doubt(owner)
	}
	for i := r.first; i < r.end; i++ {
		a.owners[i] = owner
	}
}

// doubt counts a hanging text for the table of a cell.
func (a *assigner) doubt(cell int32) {
	if table := a.clipped(cell); table != nil {
		table.Doubts.HangingTexts++
	}
}

// clipped marks a cell whose text runs over its ruling, and returns its table;
// nil for the text outside.
func (a *assigner) clipped(cell int32) *Table {
	table, index := a.find(cell)
	if table != nil {
		table.Cells[index].Flags |= Clipped
	}
	return table
}

// lines composes the text outside tables, line by line; a wide gap cuts a line
// in two. gapped counts upright lines with a gap that may part columns.
func (r *reader) lines(indices []int32, page int) (lines []Line, gapped int) {
	for turn, group := range r.byTurn(indices) {
		if len(group) == 0 {
			continue
		}
		list := r.arrange(group)
		if turn == 0 {
			gapped = r.gappedLines(list, gappedEnough)
		}
		start := 0
		for i := 1; i <= len(list); i++ {
			if i < len(list) && list[i].line == list[start].line && !r.columnBreak(list, start, i) {
				continue
			}
			if line, ok := r.line(list[start:i], page); ok {
				lines = append(lines, line)
			}
			start = i
		}
	}
	return lines, gapped
}

// byTurn parts glyphs by how their text is turned.
func (r *reader) byTurn(indices []int32) [4][]int32 {
	var groups [4][]int32
	for _, i := range indices {
		turn := r.glyphs[i].Turn & 3
		groups[turn] = append(groups[turn], i)
	}
	return groups
}

// columnBreak tells whether a wide gap lies before glyph i: spaces count as gap.
func (r *reader) columnBreak(list []placed, start, i int) bool {
	if isSpace(r.glyphs[list[i].glyph].Text) {
		return false
	}
	k := i - 1
	for k > start && isSpace(r.glyphs[list[k].glyph].Text) {
		k--
	}
	return list[i].start-list[k].end > columnGap*list[i].size
}

func (r *reader) line(list []placed, page int) (Line, bool) {
	r.text = r.text[:0]
	r.compose(list)
	if len(r.text) == 0 {
		return Line{}, false
	}
	line := Line{Text: string(r.text), Page: page}
	for _, p := range list {
		g := &r.glyphs[p.glyph]
		if isSpace(g.Text) {
			continue
		}
		line.Box = line.Box.Union(g.Box)
		line.Size = max(line.Size, g.Size)
	}
	return line, true
}
