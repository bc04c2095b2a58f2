package extract

import (
	"strings"
	"unicode/utf8"

	"gongkai/extract/layout"
)

// contents follows the contents page and remembers what it announces.
type contents struct {
	open      bool
	targets   bool    // entries print page numbers
	first     numeral // of the first entry
	firstText string
	entries   int
	page      int // of the last entry
	size      float64
	last      [bulletMark]int // value of the last entry of each style
	announces map[string]bool
}

func (c *contents) end() { c.open = false }

// maxContentsTitle: 2021年部门预算信息公开目录 (characters).
const maxContentsTitle = 24

// isContentsTitle tells whether a line is the heading of a contents page.
func isContentsTitle(text string) bool {
	if !strings.HasSuffix(text, "录") || utf8.RuneCountInString(text) > maxContentsTitle {
		return false
	}
	return strings.HasSuffix(squeeze(text), "目录") && numeralOf(text).style == unnumbered
}

// announced tells whether the contents page has an entry of this text.
func (c *contents) announced(text string) bool {
	return len(c.announces) > 0 && c.announces[squeeze(text)]
}

// readContents reads the title of the contents page, or one entry; it tells how
// many rows that took, 0 when the next row is none of these.
func (s *sectioner) readContents(rows []row) int {
	r := &rows[0]
	title, target := entryOf(r)
	switch {
	case isContentsTitle(r.text):
		s.contents = contents{open: true, page: r.page, announces: s.contents.announces}
		s.add(Section{Kind: Heading, Heading: r.text, Places: s.placesOf(rows[:1])}, numeral{}, r.size)
		return 1
	case s.contents.open && s.contents.over(rows, s.tables):
		s.contents.end()
	}
	leaders := target > 0 && int(r.cut) == 0
	if !s.contents.open && !leaders {
		return 0
	}
	n := numeralOf(title)
	taken := 1
	for taken < len(rows) && target == 0 && s.wraps(n, &rows[taken-1], &rows[taken]) {
		rest, t := entryOf(&rows[taken])
		title, target = layout.JoinWrapped(title, rest), t
		taken++
	}
	s.contents.note(title, n, target, r)
	s.add(Section{Kind: ContentsEntry, Heading: title, Target: target, Places: s.placesOf(rows[:taken])}, n, r.size)
	return taken
}

// wideEntry: a contents entry that ends beyond this share of the page's width
// may go on below.
const wideEntry = 0.75

// wraps tells whether a numbered entry goes on in a line without numeral: the
// line ends in the page number, or the entry was as long as the page is wide.
func (s *sectioner) wraps(n numeral, r, next *row) bool {
	if n.style == unnumbered || next.role != bodyRole || !sameSize(r.size, next.size) || numeralOf(next.text).style != unnumbered {
		return false
	}
	_, target := entryOf(next)
	return target > 0 || !s.contents.targets && next.page-r.page <= 1 && r.end > wideEntry*s.zones[r.zone].width
}

// note remembers an entry.
func (c *contents) note(title string, n numeral, target int, r *row) {
	if c.entries == 0 {
		c.first, c.firstText = n, squeeze(title)
		if c.announces == nil {
			c.announces = make(map[string]bool)
		}
	}
	c.entries++
	c.targets = c.targets || target > 0
	c.page, c.size = r.page, r.size
	if n.style < bulletMark {
		c.last[n.style] = n.value
	}
	c.announces[squeeze(title)] = true
	c.announces[squeeze(title[n.size:])] = true
}

// over tells whether a row is the first one after the contents: a caption, a
// sentence, the first entry met again, or on a new page something larger, or a
// line like no entry.
func (c *contents) over(rows []row, tables []Table) bool {
	r := &rows[0]
	if r.role == captionRole && tables[r.table-1].Segments[0].Page == r.page || strings.Contains(r.text, "。") {
		return true
	}
	if c.entries == 0 {
		return r.page > c.page+1
	}
	if text := squeeze(r.text); utf8.RuneCountInString(text) >= minAnnounced && strings.HasPrefix(c.firstText, text) {
		return true
	}
	if r.page == c.page {
		return false
	}
	n := numeralOf(r.text)
	_, target := entryOf(r)
	switch {
	case r.page > c.page+1, n.style == c.first.style && n.value == c.first.value, r.size >= largerSize*c.size:
		return true
	case c.first.style != unnumbered && n.style == unnumbered:
		return len(rows) == 1 || !c.expects(numeralOf(rows[1].text)) // the rest of an entry
	case c.targets && target == 0 && n.style <= c.first.style:
		return true
	}
	return false
}

// expects tells whether a numeral is the next one of a style that entries have.
func (c *contents) expects(n numeral) bool {
	return n.style != unnumbered && n.style < bulletMark && n.value > 1 && n.value == c.last[n.style]+1
}

// minAnnounced: shorter texts say too little to be known again (characters).
const minAnnounced = 3

// minLeaders: fewer dots are an ellipsis.
const minLeaders = 3

// entryOf splits a line of a contents page into its title and the page number
// behind leader dots or far to the right; the number is 0 when there is none.
func entryOf(r *row) (title string, target int) {
	if r.cut > 0 {
		return trimLeaders(r.text[:r.cut]), numberIn(r.text[r.cut:])
	}
	last, _ := utf8.DecodeLastRuneInString(r.text)
	if arabicDigit(last) < 0 && !strings.ContainsRune("-－—)）", last) && !isLeader(last) {
		return r.text, 0
	}
	rest := strings.TrimRight(r.text, "-－—()（）0123456789０１２３４５６７８９ \u3000")
	title = trimLeaders(rest)
	if utf8.RuneCountInString(rest)-utf8.RuneCountInString(title) < minLeaders && !strings.HasSuffix(rest, "…") {
		return r.text, 0
	}
	return title, numberIn(r.text[len(rest):])
}

// numberIn reads the digits of a text.
func numberIn(text string) int {
	number := 0
	for _, c := range text {
		if d := arabicDigit(c); d >= 0 && number < 1e6 {
			number = number*10 + d
		}
	}
	return number
}

func trimLeaders(text string) string { return strings.TrimRightFunc(text, isLeader) }

// isLeader tells of a character that contents pages fill the line with.
func isLeader(c rune) bool { return strings.ContainsRune(".…·．‥⋯・-－—_ \u3000", c) }
