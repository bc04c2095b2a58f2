package layout

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// Distances in parts of the font size, measured on SimSun and Chromium pages.
const (
	// wordGap: glyphs of one word lie closer than this.
	wordGap = 0.3
	// backStep: kerning and fake bold step back less than this.
	backStep = 0.45
	// ruledGap: where a ruling runs between two glyphs that are this far apart,
	// they stand in two cells; closer, the text hangs over the ruling.
	ruledGap = 0.08
	// baselineShift: glyphs whose middles differ by less stand on one line.
	baselineShift = 0.45
	// lineSpread: and all glyphs of a line differ by less: an index above the line and
	// one below it stand further apart than two texts of a line do.
	lineSpread = 0.7
	// boldShift: the second copy of a fake bold glyph lies this close.
	boldShift = 0.3
	// spaceGap: a gap from here on is read as a space.
	spaceGap = 0.35
	// columnGap: a gap from here on separates two texts that share a line, such
	// as a department on the left and a unit on the right.
	columnGap = 2.5
	// hangShare: of a text that hangs over a ruling, the share that must lie in
	// the cell where it begins (a number: ends) for that cell to own it.
	hangShare = 0.25
)

// placed is a glyph in reading coordinates: along the line and across it.
type placed struct {
	start, end float64 // along the line
	across     float64 // of the middle, growing from line to line
	size       float64
	glyph      int32
	line       int32
}

// reader turns sets of glyphs into text; its buffers serve cell after cell.
type reader struct {
	glyphs []Glyph
	placed []placed
	text   []byte
}

// place maps a glyph's box to reading coordinates, for text turned in quarter
// turns and for vertical writing, whose columns run from right to left.
func place(g *Glyph, index int32, turn uint8, vertical bool) placed {
	b := g.Box
	p := placed{size: g.Size, glyph: index}
	switch {
	case turn == 1 || turn == 0 && vertical:
		p.start, p.end, p.across = b.Y0, b.Y1, -(b.X0+b.X1)/2
	case turn == 2:
		p.start, p.end, p.across = -b.X1, -b.X0, -(b.Y0+b.Y1)/2
	case turn == 3:
		p.start, p.end, p.across = -b.Y1, -b.Y0, (b.X0+b.X1)/2
	default:
		p.start, p.end, p.across = b.X0, b.X1, (b.Y0+b.Y1)/2
	}
	return p
}

// arrange places glyphs and sorts them into reading order, lines numbered.
func (r *reader) arrange(indices []int32) []placed {
	var turns [4]int
	upright := 0
	for _, i := range indices {
		turns[r.glyphs[i].Turn&3]++
		if r.glyphs[i].Flags&Vertical == 0 {
			upright++
		}
	}
	turn := uint8(0)
	for t := range turns {
		if turns[t] > turns[turn] {
			turn = uint8(t)
		}
	}
	vertical := upright*2 < len(indices)
	list := r.placed[:0]
	ordered, oneLine := true, true
	for n, i := range indices {
		p := place(&r.glyphs[i], i, turn, vertical)
		if n > 0 {
			last := &list[n-1]
			shift := max(p.across-list[0].across, list[0].across-p.across)
			oneLine = oneLine && shift <= 0.2*min(p.size, list[0].size)
			ordered = ordered && p.start >= last.start
		}
		list = append(list, p)
	}
	r.placed = list
	switch {
	case oneLine && ordered, lineByLine(list):
		return list
	case oneLine:
		sortAlong(list)
		return list
	}
	slices.SortFunc(list, func(a, b placed) int {
		if a.across != b.across {
			return compareFloats(a.across, b.across)
		}
		return alongLine(a, b)
	})
	line, first := int32(0), 0
	for i := range list {
		if i > 0 && (list[i].across-list[i-1].across > baselineShift*max(list[i].size, list[i-1].size) || list[i].across-list[first].across > lineSpread*max(list[i].size, list[first].size)) {
			sortAlong(list[first:i])
			line++
			first = i
		}
		list[i].line = line
	}
	sortAlong(list[first:])
	return list
}

func sortAlong(line []placed) { slices.SortFunc(line, alongLine) }

func alongLine(a, b placed) int {
	if a.start != b.start {
		return compareFloats(a.start, b.start)
	}
	return cmp.Compare(a.glyph, b.glyph)
}

// compareFloats is cmp.Compare for numbers that are none of them NaN; sorting spends
// its time here.
func compareFloats(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// lineByLine numbers the lines of glyphs that were painted in reading order, as most
// are, and tells whether they were: on each line from its start to its end, and each
// line wholly below the one before. Sorting would give the same.
func lineByLine(list []placed) bool {
	line := int32(0)
	var above, low, high, least, greatest float64 // across: end of the line above, extent of this one; sizes
	for i := range list {
		p := &list[i]
		switch {
		case i == 0:
			low, high, least, greatest = p.across, p.across, p.size, p.size
		case p.across-high > baselineShift*max(greatest, p.size):
			line++
			above, low, high = high, p.across, p.across
			least, greatest = p.size, max(p.size, greatest)
		case p.start < list[i-1].start:
			return false
		default:
			low, high = min(low, p.across), max(high, p.across)
			least, greatest = min(least, p.size), max(greatest, p.size)
		}
		if high-low > baselineShift*least || line > 0 && low-above <= baselineShift*greatest {
			return false
		}
		p.line = line
	}
	return true
}

// compose appends the text of arranged glyphs to r.text and returns its flags.
// Leading and trailing spaces are dropped, wrapped lines joined.
func (r *reader) compose(list []placed) (from int, flags CellFlags) {
	from = len(r.text)
	var previous *placed
	for k := range list {
		p := &list[k]
		g := &r.glyphs[p.glyph]
		if g.Flags&RadicalMapped != 0 {
			flags |= CellRadicalMapped
		}
		if g.Flags&Unmapped != 0 {
			flags |= CellUnmapped
		}
		if isSpace(g.Text) {
			if len(r.text) > from && !endsInSpace(r.text) && (previous == nil || previous.line == p.line) {
				r.text = append(r.text, g.Text...)
			}
			continue
		}
		if previous != nil {
			switch {
			case previous.line != p.line:
				r.trim(from)
				flags |= WrappedJoined
				if spaceBetween(r.text[from:], g.Text) {
					r.text = append(r.text, ' ')
				}
			case g.Text == r.glyphs[previous.glyph].Text && p.start-previous.start < boldShift*(p.end-p.start):
				flags |= DedupedBold
				continue
			case p.start-previous.end > spaceGap*p.size && !endsInSpace(r.text):
				r.text = append(r.text, ' ')
			}
		}
		r.text = append(r.text, g.Text...)
		previous = p
	}
	r.trim(from)
	return from, flags
}

// cellPadding is the room that Word and Excel leave between a text and the two
// rulings beside it, together (points).
const cellPadding = 11.0

// room is what the last line of a cell's text leaves free of its width, in font sizes,
// so that one can tell whether the text may go on where the cell goes on.
func (r *reader) room(list []placed, box Box) float32 {
	last := list[len(list)-1]
	if r.glyphs[last.glyph].Turn != 0 || r.glyphs[last.glyph].Flags&Vertical != 0 {
		return float32(box.Width() / last.size)
	}
	start, end := last.start, last.end
	for i := len(list) - 1; i >= 0 && list[i].line == last.line; i-- {
		if !isSpace(r.glyphs[list[i].glyph].Text) {
			start, end = min(start, list[i].start), max(end, list[i].end)
		}
	}
	before, behind := start-box.X0, box.X1-end
	padding := max(0, min(before, behind, cellPadding/2))
	if before > behind { // indented, or set to the right
		return float32((behind - padding) / last.size)
	}
	return float32((before + behind - 2*padding) / last.size)
}

// trim drops spaces from the end of the text begun at from.
func (r *reader) trim(from int) {
	for len(r.text) > from {
		last, size := utf8.DecodeLastRune(r.text[from:])
		if !spaceRune(last) {
			return
		}
		r.text = r.text[:len(r.text)-size]
	}
}

func endsInSpace(text []byte) bool {
	last, _ := utf8.DecodeLastRune(text)
	return spaceRune(last)
}

func spaceRune(c rune) bool {
	return c == ' ' || c == '\u3000' || c == '\u00a0' || c == '\t' || c == '\n' || c == '\r' || c >= 0x2000 && c <= 0x200b || c == '\ufeff'
}

func isSpace(text string) bool {
	if len(text) > 0 && text[0] > ' ' && text[0] < 0xc2 || len(text) == 3 && text[0] > 0xe3 && text[0] < 0xef {
		return false // nearly all: what is no white space shows in the first byte
	}
	for _, c := range text {
		if !spaceRune(c) {
			return false
		}
	}
	return true
}

// spaceBetween tells whether two wrapped lines are joined with a space: only
// between words of letters. Han text has none, and a number that is broken in a
// narrow cell is one number.
func spaceBetween(before []byte, after string) bool {
	last, _ := utf8.DecodeLastRune(before)
	first, _ := utf8.DecodeRuneInString(after)
	return wordRune(last) && wordRune(first) && !(numeric(last) && numeric(first))
}

// AppendWrapped appends the next printed line of a text.
func AppendWrapped(text []byte, next string) []byte {
	if len(text) > 0 && spaceBetween(text, next) {
		text = append(text, ' ')
	}
	return append(text, next...)
}

// JoinWrapped joins two parts of one text that a line or page end had cut.
func JoinWrapped(before, after string) string {
	if before != "" && spaceBetween([]byte(before), after) {
		return before + " " + after
	}
	return before + after
}

func wordRune(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || numeric(c)
}

func numeric(c rune) bool { return c >= '0' && c <= '9' || c == '.' || c == ',' }

// run is a stretch of glyphs painted one after another on one line.
type run struct{ first, end int }

// runs cuts the glyphs, in painting order, where the pen jumps.
func runs(glyphs []Glyph, visit func(run)) {
	start := 0
	for i := 1; i <= len(glyphs); i++ {
		if i < len(glyphs) && follows(&glyphs[i-1], &glyphs[i]) {
			continue
		}
		if start < i {
			visit(run{start, i})
		}
		start = i
	}
}

// follows tells whether glyph b continues the word of glyph a.
func follows(a, b *Glyph) bool {
	if a.Turn != b.Turn || a.Flags&(Hidden|Watermark|Vertical) != b.Flags&(Hidden|Watermark|Vertical) {
		return false
	}
	if a.Turn != 0 || a.Flags&Vertical != 0 {
		p, q := place(a, 0, a.Turn, true), place(b, 0, b.Turn, true)
		gap, shift := q.start-p.end, q.across-p.across
		return gap < wordGap*b.Size && gap > -backStep*b.Size && max(shift, -shift) < baselineShift*b.Size
	}
	gap := b.Box.X0 - a.Box.X1
	shift := (b.Box.Y0 + b.Box.Y1 - a.Box.Y0 - a.Box.Y1) / 2
	return gap < wordGap*b.Size && gap > -backStep*b.Size && max(shift, -shift) < baselineShift*b.Size
}
