package extract

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// edgeTolerance: lines that begin or end at one margin differ by less (points).
const edgeTolerance = 4.0

// Distances in parts of the font size.
const (
	// indentStep: a line set in by more than this begins a paragraph; the usual
	// indent is two characters.
	indentStep = 0.8
	// marginSlack: a line that leaves less room than this beside the next line's
	// first word is full.
	marginSlack = 0.6
	// titlePitch: lines of one title stand closer than this.
	titlePitch = 2.2
)

const (
	// looseLine: from this many times the usual distance on, two lines are two paragraphs.
	looseLine = 1.45
	// marginLines: so many lines must end at one place for it to be a margin.
	marginLines = 3
	// marginShare: and so many of all lines.
	marginShare = 0.1
	// columnLines: from so many on, a page has a margin of its own, however far
	// from that of other pages.
	columnLines = 8
	// narrowColumn: lines shorter than this are a list, not prose (characters).
	narrowColumn = 15.0
)

// margins are the edges of a block of text.
type margins struct {
	left, right float64
	pitch       float64 // from line to line within a paragraph; 0 when unknown
	spaced      bool    // paragraphs stand apart from each other
	outer       float64 // start of the line that begins farthest out
	votes       int     // lines that end at right
	narrow      bool    // the lines are as short as those of lists
}

// mostFrequent is the middle of the densest cluster of values, and how many it
// holds; of equal ones, the greatest. It sorts the values.
func mostFrequent(values []float64, tolerance float64) (at float64, count int) {
	slices.Sort(values)
	first := 0
	for i := range values {
		for values[i]-values[first] > tolerance {
			first++
		}
		if n := i - first + 1; n >= count {
			at, count = values[first+n/2], n
		}
	}
	return at, count
}

// farthest is the greatest value that at least so many share, and how many do;
// where none is shared, the greatest of all. It sorts the values.
func farthest(values []float64, tolerance float64, least int) (at float64, count int) {
	slices.Sort(values)
	for end := len(values); end > 0; {
		first := end - 1
		for first > 0 && values[end-1]-values[first-1] <= tolerance {
			first--
		}
		if n := end - first; n >= least {
			return values[first+n/2], n
		}
		end--
	}
	if n := len(values); n > 0 {
		return values[n-1], 1
	}
	return 0, 0
}

// measure finds the margins of each zone, and the size of the prose.
func (f *flow) measure() {
	f.body = f.bodySize()
	sheets := make(map[int]*sheetMargins)
	for i := range f.zones {
		f.measureRight(&f.zones[i])
		f.zones[i].vote(sheets)
	}
	for i := range f.zones {
		z := &f.zones[i]
		usual := sheets[int(z.width)].right()
		own := z.votes >= columnLines && !z.narrow || z.votes >= marginLines && z.right > usual-3*f.body
		if !z.column && !own {
			z.right = usual
		}
		f.measureLeft(z)
	}
	f.lendLeft()
}

// measureRight finds where the lines of a zone end.
func (f *flow) measureRight(z *zone) {
	rows := f.rows[z.first:z.end]
	z.outer = z.width
	for i := range rows {
		if rows[i].role == bodyRole {
			z.outer = min(z.outer, rows[i].start)
		}
	}
	f.edges = f.edges[:0]
	for i := range rows {
		if r := &rows[i]; r.role == bodyRole && r.end-z.outer >= columnWidth*r.size {
			f.edges = append(f.edges, r.end)
		}
	}
	z.right, z.votes = farthest(f.edges, edgeTolerance, max(marginLines, int(marginShare*float64(len(rows)))))
	z.narrow = z.right-z.outer < narrowColumn*f.body
}

// sheetMargins are what the pages of one width tell of their right margin.
type sheetMargins struct {
	width, outer, longest float64
	votes                 []struct {
		right float64
		count int
	}
}

// vote tells the pages of the same width where the lines of this one end.
func (z *zone) vote(sheets map[int]*sheetMargins) {
	sheet := sheets[int(z.width)]
	if sheet == nil {
		sheet = &sheetMargins{width: z.width, outer: z.outer}
		sheets[int(z.width)] = sheet
	}
	sheet.outer, sheet.longest = min(sheet.outer, z.outer), max(sheet.longest, z.right)
	if z.column || z.narrow || z.votes < marginLines {
		return
	}
	for i := range sheet.votes {
		if v := &sheet.votes[i]; max(v.right-z.right, z.right-v.right) < edgeTolerance {
			v.count += z.votes
			return
		}
	}
	sheet.votes = append(sheet.votes, struct {
		right float64
		count int
	}{z.right, z.votes})
}

// right is the margin that most lines share; where none do, as far from the edge
// of the page as the left margin is.
func (m *sheetMargins) right() float64 {
	right, count := max(m.longest, m.width-m.outer), 0
	for _, v := range m.votes {
		if v.count > count {
			right, count = v.right, v.count
		}
	}
	return right
}

// bodySize is the font size in which most of the prose is set.
func (f *flow) bodySize() float64 {
	const steps = 2 // a point
	var counts [100 * steps]int
	best := 0
	for i := range f.rows {
		r := &f.rows[i]
		if k := int(r.size*steps + 0.5); r.role == bodyRole && k < len(counts) {
			counts[k] += len(r.text)
			if counts[k] > counts[best] {
				best = k
			}
		}
	}
	return float64(best) / steps
}

// measureLeft finds where full lines go on, and how far below. Lines that begin
// further out than the one above tell most; two full lines under each other may
// be two items of a list.
func (f *flow) measureLeft(z *zone) {
	f.edges = f.edges[:0]
	outdents := 0
	for i := z.first + 1; i < z.end; i++ {
		if f.follows(z, i) {
			f.edges = append(f.edges, f.rows[i].start)
			if f.rows[i].start < f.rows[i-1].start-edgeTolerance {
				outdents++
			}
		}
	}
	if outdents == 0 && len(f.edges) < marginLines {
		return
	}
	z.left, _ = mostFrequent(f.edges, edgeTolerance)
	f.edges = f.edges[:0]
	for i := z.first + 1; i < z.end; i++ {
		if f.follows(z, i) && f.rows[i].start < z.left+edgeTolerance {
			f.edges = append(f.edges, f.rows[i].middle()-f.rows[i-1].middle())
		}
	}
	z.pitch, _ = mostFrequent(f.edges, 1)
	gaps := 0
	for i := z.first + 1; i < z.end; i++ {
		a, b := &f.rows[i-1], &f.rows[i]
		pitch := b.middle() - a.middle()
		if a.role == bodyRole && b.role == bodyRole && sameSize(a.size, b.size) && pitch > looseLine*z.pitch && pitch < 3*z.pitch {
			gaps++
		}
	}
	z.spaced = gaps >= marginLines
}

// follows tells whether row i stands under a full line of its zone and does not
// stand further in.
func (f *flow) follows(z *zone, i int) bool {
	a, b := &f.rows[i-1], &f.rows[i]
	return a.role == bodyRole && b.role == bodyRole && a.end > z.right-a.size && b.start < a.start+edgeTolerance
}

// lendLeft gives zones without a full line the left margin and the line distance
// of the nearest page of the same width that has them.
func (f *flow) lendLeft() {
	lend := func(z *zone, from map[int]margins) {
		if z.pitch == 0 && z.left == 0 {
			known := from[int(z.width)]
			z.left, z.pitch, z.spaced = known.left, known.pitch, known.spaced
		} else if !z.column {
			from[int(z.width)] = z.margins
		}
	}
	known := make(map[int]margins)
	for i := range f.zones {
		lend(&f.zones[i], known)
	}
	clear(known)
	for i := len(f.zones) - 1; i >= 0; i-- {
		lend(&f.zones[i], known)
	}
}

// block is a stretch of rows that make one paragraph, title or note.
type block struct {
	rows    []row
	numeral numeral // of the first
}

// continues tells whether a row goes on with the paragraph of the block before.
func (f *flow) continues(p *block, b *row) bool {
	a := &p.rows[len(p.rows)-1]
	switch {
	case a.role == bodyRole && (b.role == bodyRole || b.joins):
	case a.role == noteRole && b.role == noteRole && a.table == b.table:
	default:
		return false
	}
	if a.size > 1.25*b.size || b.size > 1.25*a.size || b.page > a.page+1 {
		return false
	}
	za := &f.zones[a.zone]
	room := za.right - a.end
	full := room < (letterWidth+marginSlack)*b.size || room < (longestWord+marginSlack)*b.size && room < (firstWord(b.text)+marginSlack)*b.size
	ended := endsClause(a.text)
	numbered := numeralOf(b.text).style != unnumbered
	if numbered && (ended || !full) {
		return false
	}
	if a.zone == b.zone {
		if !f.near(za, p, b) {
			return false
		}
		if !numbered && !ended && f.titled(za, a, b) {
			return true
		}
	}
	if !full && !ended && f.outdented(p, b) {
		full = room < openRoom*(za.right-za.outer) // a long word, or a ragged margin
	}
	return full && f.aligned(p, b, ended, numbered) || !ended && !numbered && room < marginSlack*b.size && f.flush(p, b)
}

// flush tells whether a row stands right under the block's only one, which breaks
// off in mid-sentence: both may be set in.
func (f *flow) flush(p *block, b *row) bool {
	off := b.start - f.zones[b.zone].left - p.rows[0].start + f.zones[p.rows[0].zone].left
	return len(p.rows) == 1 && max(off, -off) < indentStep*b.size && strings.ContainsAny(p.rows[0].text, "，：。；")
}

// openRoom: a line in mid-sentence may leave this share of the measure free if the
// next one begins at the left margin.
const openRoom = 0.25

// outdented tells whether a row begins left of the block's first one, or under
// the others.
func (f *flow) outdented(p *block, b *row) bool {
	at := b.start - f.zones[b.zone].left
	if len(p.rows) > 1 {
		rest := p.rows[1].start - f.zones[p.rows[1].zone].left
		return at < rest+indentStep*b.size
	}
	return at < p.rows[0].start-f.zones[p.rows[0].zone].left-indentStep*b.size
}

// titled tells whether two large lines in the middle of the page are one title;
// a label with its value is none.
func (f *flow) titled(z *zone, a, b *row) bool {
	off := (a.start + a.end - b.start - b.end) / 2
	return a.size > titleSize*f.body && sameSize(a.size, b.size) && f.centred(z, b) && max(off, -off) < a.size &&
		b.middle()-a.middle() < titlePitch*a.size && !strings.ContainsAny(a.text+b.text, "：:")
}

// near tells whether a row stands as close under the block as its own lines do.
func (f *flow) near(z *zone, p *block, b *row) bool {
	pitch := b.middle() - p.rows[len(p.rows)-1].middle()
	if pitch <= 0 {
		return false
	}
	usual := z.pitch
	if !sameSize(b.size, f.body) {
		usual = 0
	}
	if n := len(p.rows); n > 1 && p.rows[n-2].zone == b.zone {
		usual = p.rows[n-1].middle() - p.rows[n-2].middle()
	}
	if usual == 0 || usual > 3*b.size {
		usual = 1.6 * b.size
	}
	return pitch < looseLine*usual
}

// aligned tells whether a row that follows a full line stands where the
// paragraph's lines stand: at the margin, under its second line, or, in an item
// with its numeral in the margin, under the item's text.
func (f *flow) aligned(p *block, b *row, ended, numbered bool) bool {
	step := indentStep * b.size
	za, zb := &f.zones[p.rows[0].zone], &f.zones[b.zone]
	at, first := b.start-zb.left, p.rows[0].start-za.left
	if len(p.rows) > 1 {
		rest := p.rows[1].start - f.zones[p.rows[1].zone].left
		switch {
		case at > rest+step:
			return false
		case at < rest-step:
			return !ended
		}
		return !ended || first > rest+step || first < rest-step || zb.spaced
	}
	switch {
	case at < first-step:
		return true
	case numbered:
		return false
	case at > first+step:
		return !ended && p.numeral.style != unnumbered
	}
	// Two lines set in alike are two paragraphs, where the margin is known.
	return (first < step || za.pitch == 0) && !ended || first < step && zb.spaced
}

// centred tells whether a row stands in the middle of the text, with room on
// both sides.
func (f *flow) centred(z *zone, r *row) bool {
	left, right := z.left, z.right
	if right <= left {
		left, right = 0, z.width
	}
	if middle := (r.start + r.end - z.width) / 2; max(middle, -middle) < r.size {
		left, right = 0, z.width
	}
	off := (r.start + r.end - left - right) / 2
	return max(off, -off) < 1.5*r.size && r.start-z.left > indentStep*r.size
}

// firstWord is the room that the beginning of a text needs on a line before it
// may be broken, in parts of the font size: a Han character with the brackets
// and stops that cling to it, or a word or figure.
func firstWord(text string) float64 {
	const (
		nothing = iota
		opening
		letter
		closed
	)
	width, before := 0.0, nothing
	for _, c := range text {
		switch {
		case c == ' ' || c == '\u3000' || c == '\u00a0':
			if before != nothing {
				return width
			}
		case c >= 0x4e00 && c <= 0x9fff: // Han
			if before == letter || before == closed {
				return width
			}
			width, before = width+1, closed
		case strings.ContainsRune("“‘（《【〔", c):
			if before != nothing && before != opening {
				return width
			}
			width, before = width+1, opening
		case strings.ContainsRune("”’）》】〕，。；：、！？％", c):
			width, before = width+1, closed
		case c < 0x2000:
			if before == closed {
				return width
			}
			width, before = width+letterWidth, letter
		default:
			if before == letter || before == closed {
				return width
			}
			width, before = width+1, closed
		}
	}
	return width
}

// longestWord: a line is not broken so far from its end, whatever word is next, in
// parts of the font size.
const longestWord = 20.0

// letterWidth is that of most letters and figures, in parts of the font size.
const letterWidth = 0.55

// endsClause tells whether a text ends in a stop: 。 ； ： and their like, also
// within closing quotes and brackets.
func endsClause(text string) bool {
	for len(text) > 0 {
		last, size := utf8.DecodeLastRuneInString(text)
		switch last {
		case '。', '；', '：', '！', '？', ';', ':', '!', '?', '.':
			return true
		case '”', '’', '）', ')', '》', '"', ' ', '\u3000':
			text = text[:len(text)-size]
		default:
			return false
		}
	}
	return false
}
