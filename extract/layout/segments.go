package layout

// Distances in parts of the font size.
const (
	// segmentGap: a gap from here on ends a text that may fill a cell. A space is a
	// quarter to a third of the size; justified lines stretch it to two thirds.
	segmentGap = 0.7
	// hanGap is the same before and after Han characters, which have no spaces
	// between them; some producers leave a quarter of the size beside Latin letters.
	hanGap = 0.45
	// hanHanGap is the same between two Han characters.
	hanHanGap = 0.38
	// figureGap: a gap from here on ends a figure that has its decimals or its percent
	// sign, when another figure follows.
	figureGap = 0.3
	// tightGap: between two texts that columns tell apart, a gap from here on is
	// enough.
	tightGap = 0.18
	// itemMark: the mark of an item in a list is no longer (glyphs).
	itemMark = 4
	// leaderDots: so many dots in a row lead the eye to a figure on the right.
	leaderDots = 4
)

// content says what a segment holds.
type content uint8

const (
	words   content = iota
	figures         // digits with signs, separators, a currency or a percent sign
	nothing         // a dash or a cross where a figure could stand
)

// segment is a stretch of text on one line without a wide gap: the text of a
// cell, or one line of it.
type segment struct {
	x0, x1    float64
	y         float64 // middle of its glyphs
	firstWord float64 // width of its first word, points; of its first character in Han text
	size      float64
	glyphs    int
	content   content
	value     float64 // of a plain whole number, else -1
	label     bool    // a label with a colon, and its value or none
	capital   bool    // begins with a capital letter
	small     bool    // begins with a small letter
	item      bool    // begins with the mark of an item in a list: 一、 or （一）
}

func (s *segment) width() float64  { return s.x1 - s.x0 }
func (s *segment) middle() float64 { return (s.x0 + s.x1) / 2 }

// absorb adds the next word to a segment.
func (s *segment) absorb(word *segment) {
	s.x1 = word.x1
	s.y = (s.y*float64(s.glyphs) + word.y*float64(word.glyphs)) / float64(s.glyphs+word.glyphs)
	s.glyphs += word.glyphs
	s.size = max(s.size, word.size)
	s.label = s.label || word.label
	s.value = -1
	if s.content != word.content {
		s.content = words
	}
}

// textLine is what stands on one baseline.
type textLine struct {
	segments    []segment
	y           float64 // middle of its glyphs
	top, bottom float64
	size        float64 // mean of its glyphs
	leader      bool    // dots lead from a text to the next
	first, end  int     // its glyphs in the arranged list
}

func (l *textLine) left() float64  { return l.segments[0].x0 }
func (l *textLine) right() float64 { return l.segments[len(l.segments)-1].x1 }

// gappedLines counts lines with a gap wide enough to lie between two columns, up to
// the number that makes a page worth a closer look.
func (r *reader) gappedLines(list []placed, enough int) int {
	count := 0
	var last *placed // the glyph before that is no space
	counted := int32(-1)
	for i := range list {
		p := &list[i]
		text := r.glyphs[p.glyph].Text
		if maySpace(text) && isSpace(text) {
			continue
		}
		if last != nil && p.line == last.line {
			if gap := p.start - last.end; gap > hanGap*p.size && p.line != counted && gap > r.gapFor(last, p, segmentGap)*p.size {
				counted = p.line
				if count++; count >= enough {
					return count
				}
			}
			if p.end < last.end {
				continue
			}
		}
		last = p
	}
	return count
}

// maySpace rules out most texts that are no space by their first byte.
func maySpace(text string) bool {
	if text == "" {
		return true
	}
	switch c := text[0]; c {
	case 0xc2, 0xe2, 0xe3, 0xef:
		return true
	default:
		return c <= ' '
	}
}

// gapFor is the gap that ends a segment between two glyphs.
func (r *reader) gapFor(before, after *placed, gap float64) float64 {
	a, b := han(r.glyphs[before.glyph].Text), han(r.glyphs[after.glyph].Text)
	switch {
	case a && b:
		return min(gap, hanHanGap)
	case a || b:
		return min(gap, hanGap)
	}
	return gap
}

// han tells whether a text begins with a character of East Asian writing.
func han(text string) bool { return len(text) > 0 && text[0] >= 0xe3 && text[0] < 0xf0 }

// textLines cuts arranged glyphs into lines and segments.
func (r *reader) textLines(list []placed) []textLine {
	var lines []textLine
	segments := make([]segment, 0, len(list)/4+8)
	for start := 0; start < len(list); {
		end := start + 1
		for end < len(list) && list[end].line == list[start].line {
			end++
		}
		from := len(segments)
		line := textLine{first: start, end: end}
		segments, line.leader = r.segmentLine(segments, list[start:end], segmentGap)
		if own := segments[from:len(segments):len(segments)]; len(own) > 0 {
			line.segments = own
			for _, p := range list[start:end] {
				line.size += p.size
				line.y += p.across
			}
			line.size /= float64(end - start)
			line.y /= float64(end - start)
			line.top, line.bottom = line.y-line.size/2, line.y+line.size/2
			lines = append(lines, line)
		}
		start = end
	}
	return lines
}

// segmentLine appends the segments of one line, cut at gaps (share of the font
// size). Leader dots are left out; they
// part two texts however close they stand.
func (r *reader) segmentLine(segments []segment, list []placed, gap float64) ([]segment, bool) {
	leader := false
	first := len(segments)
	var counts contentCounts
	open, spaced, bracketed := false, false, false
	previous := 0 // the glyph before that is no space
	flush := func() {
		if open {
			last := &segments[len(segments)-1]
			last.content = counts.content()
			last.label = counts.label()
			last.value = counts.wholeNumber()
			counts, open = contentCounts{}, false
		}
	}
	for i := 0; i < len(list); i++ {
		p := &list[i]
		text := r.glyphs[p.glyph].Text
		if isSpace(text) {
			spaced = true
			continue
		}
		if dots, end := r.dots(list, i); dots >= leaderDots {
			flush()
			leader, i = true, end-1
			continue
		}
		if open {
			last := &segments[len(segments)-1]
			if between := p.start - last.x1; between <= r.gapFor(&list[previous], p, gap)*p.size && !(between > figureGap*p.size && counts.ended && digit(text)) {
				previous = i
				if last.firstWord == 0 && (spaced || p.start-last.x1 > spaceGap*p.size || counts.han) {
					last.firstWord = last.width()
				}
				last.x1 = max(last.x1, p.end)
				last.size = max(last.size, p.size)
				last.y += (p.across - last.y) / float64(last.glyphs+1)
				last.glyphs++
				last.item = last.item || last.glyphs <= itemMark && (text == "、" || text == "）" && bracketed)
				counts.add(text)
				spaced = false
				continue
			}
			flush()
		}
		bracketed = text == "（"
		segments = append(segments, segment{x0: p.start, x1: p.end, y: p.across, size: p.size, glyphs: 1, capital: within(text, 'A', 'Z'), small: within(text, 'a', 'z')})
		open, spaced, previous = true, false, i
		counts.add(text)
	}
	flush()
	for i := first; i < len(segments); i++ {
		if segments[i].firstWord == 0 {
			segments[i].firstWord = segments[i].width()
		}
	}
	return segments, leader
}

// dots counts the dots that follow each other from glyph i on, and tells where
// they end.
func (r *reader) dots(list []placed, i int) (count, end int) {
	for end = i; end < len(list); end++ {
		switch text := r.glyphs[list[end].glyph].Text; text {
		case ".", "·", "．", "‧", "•", "_":
			count++
		case "…", "⋯":
			count += 3
		default:
			if !isSpace(text) {
				return count, end
			}
		}
	}
	return count, end
}

// contentCounts judges a segment by its characters.
type contentCounts struct {
	digits, letters, dashes, signs int
	colon, han                     bool
	ended                          bool // with a decimal, or a percent sign behind a digit
	point                          bool // the last sign behind a digit is a point or a comma
	value                          float64
}

func (c *contentCounts) add(text string) {
	for _, r := range text {
		c.point, c.ended = (r == '.' || r == ',') && c.digits > 0 || c.point && r >= '0' && r <= '9', c.letters == 0 && (c.point && r >= '0' && r <= '9' || r == '%' && c.digits > 0)
		switch {
		case r >= '0' && r <= '9':
			c.digits++
			c.value = 10*c.value + float64(r-'0')
		case r >= '０' && r <= '９':
			c.digits++
			c.value = 10*c.value + float64(r-'０')
		case r == '-', r == '—', r == '–', r == '－', r == '−', r == '*', r == '×', r == '/', r == '─':
			c.dashes++
		case r == ':' || r == '：':
			if c.digits == 0 {
				c.colon = true
			}
			c.signs++
		case r < 0x80 && !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'), r >= 0x2000 && r < 0x2e80, r == '￥', r == '¥', r == '£', r == '，', r == '．', r == '％', r == '（', r == '）', r == '±':
			c.signs++
		default:
			c.letters++
			c.han = c.han || r >= 0x2e80
		}
	}
}

func (c *contentCounts) content() content {
	switch {
	case c.digits > 0 && (c.letters == 0 || c.letters == 1 && c.digits >= 2 && !c.han):
		return figures
	case c.digits == 0 && c.letters == 0 && c.dashes > 0:
		return nothing
	}
	return words
}

// wholeNumber is the value of digits alone, else -1.
func (c *contentCounts) wholeNumber() float64 {
	if c.digits == 0 || c.letters+c.dashes+c.signs > 0 {
		return -1
	}
	return c.value
}

// label tells whether a colon stands behind letters, or alone: the label of a form.
func (c *contentCounts) label() bool { return c.colon }

// digit tells whether a text is an Arabic digit.
func digit(text string) bool { return within(text, '0', '9') }

// within tells whether a text is one of some characters of ASCII.
func within(text string, from, to byte) bool {
	return len(text) > 0 && text[0] >= from && text[0] <= to
}
