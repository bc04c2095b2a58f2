package extract

import (
	"strings"
	"unicode/utf8"

	"gongkai/extract/layout"
)

const (
	// titleSize: headings without a numeral are set larger than the prose, at
	// least so many times its size.
	titleSize = 1.1
	// headingLength: longer numbered lines are sentences (characters).
	headingLength = 60
	// labelLength: the label of a run-in heading is shorter (characters).
	labelLength = 60
)

// sectioner makes sections of the flow of lines.
type sectioner struct {
	*flow
	document string
	tables   []Table
	sections []Section
	signs    []sign // of each section
	contents contents
	text     []byte
	places   []Place
}

// sign is what tells a section's rank.
type sign struct {
	numeral numeral
	size    float64 // of its first line, points
	inner   bool    // of a series within a series of the same style
}

// rank orders signs from the widest to the narrowest.
func (s sign) rank() int {
	if s.inner {
		return 2*int(s.numeral.style) + 1
	}
	return 2 * int(s.numeral.style)
}

// sectionsOf reads the document's text in order: headings, paragraphs, items and
// contents, and where the tables stand among them.
func sectionsOf(document *Document) []Section {
	flow := flowOf(document)
	s := sectioner{flow: flow, document: document.Source.SHA256, tables: document.Tables}
	s.sections = make([]Section, 0, len(flow.rows)/2+1)
	s.signs = make([]sign, 0, cap(s.sections))
	s.places = make([]Place, 0, len(flow.rows)/2+1)
	for i := 0; i < len(s.rows); {
		i += s.read(s.rows[i:])
	}
	markInner(s.sections, s.signs)
	s.settle()
	nest(s.sections, s.signs)
	return s.sections
}

// read makes the next section and tells how many rows it took.
func (s *sectioner) read(rows []row) int {
	if rows[0].role == tableRole {
		s.contents.end()
		if !rows[0].joins {
			s.addTable(&rows[0])
		}
		return 1
	}
	if taken := s.readContents(rows); taken > 0 {
		return taken
	}
	b := s.gather(rows)
	s.addBlock(&b)
	return len(b.rows)
}

// gather takes the rows of one paragraph, title, caption or note.
func (s *sectioner) gather(rows []row) block {
	b := block{rows: rows[:1], numeral: numeralOf(rows[0].text)}
	for len(b.rows) < len(rows) {
		next := &rows[len(b.rows)]
		if next.role == tableRole || !s.continues(&b, next) && !s.names(&b, next) && !s.entitles(&b, next) {
			break
		}
		b.rows = rows[:len(b.rows)+1]
	}
	return b
}

// names tells whether a large line is the name of the part whose number stands
// alone above it.
func (s *sectioner) names(b *block, next *row) bool {
	n := b.rows[0].size
	return len(b.rows) == 1 && b.numeral.style != unnumbered && b.numeral.size == len(b.rows[0].text) &&
		next.role == bodyRole && next.page == b.rows[0].page && sameSize(n, next.size) && n > titleSize*s.body &&
		numeralOf(next.text).style == unnumbered
}

// entitles tells whether a caption line goes on with the title of its table: the
// title says so, or the line stands in the middle under a full one.
func (s *sectioner) entitles(b *block, next *row) bool {
	last := &b.rows[len(b.rows)-1]
	if last.role != captionRole || next.role != captionRole || next.table != last.table || next.page != last.page || numeralOf(next.text).style != unnumbered {
		return false
	}
	title := s.tables[next.table-1].Title
	for i := range b.rows {
		rest, ok := strings.CutPrefix(title, b.rows[i].text)
		if !ok {
			z := &s.zones[next.zone]
			return sameSize(last.size, next.size) && s.centred(z, last) && s.centred(z, next) &&
				next.middle()-last.middle() < titlePitch*last.size && next.end-next.start < last.end-last.start &&
				last.end-last.start > wideTitle*z.width && !labelLine(squeeze(next.text))
		}
		title = rest
	}
	return title != "" && strings.HasPrefix(title, next.text)
}

// wideTitle: a title that takes this share of the page's width may go on below.
const wideTitle = 0.6

// addBlock decides what a block is and adds it.
func (s *sectioner) addBlock(b *block) {
	first := &b.rows[0]
	text := s.join(b.rows)
	section := Section{Kind: Paragraph, Text: text, Places: s.placesOf(b.rows)}
	switch {
	case first.role == noteRole && !opensPart(b.numeral.style):
		section.Kind, section.Table = TableNote, int(first.table)
	case first.role == bodyRole && s.notesTable(text):
		section.Kind, section.Table = TableNote, s.sections[len(s.sections)-1].Table
	case first.role == captionRole && !s.isHeading(b, text):
		section.Kind, section.Table = TableCaption, int(first.table)
	case s.isHeading(b, text):
		section.Kind, section.Heading, section.Text = Heading, text, ""
		if first.role == captionRole && s.tables[first.table-1].Title != "" {
			section.Table = int(first.table)
		}
	case b.numeral.style != unnumbered:
		section.Kind = ListItem
		if label := runIn(text, b.numeral.size); label > 0 {
			section.Kind, section.Heading, section.Text = Heading, text[:label], strings.TrimLeft(text[label:], " \u3000")
		}
	}
	s.add(section, b.numeral, first.size)
}

// notesTable tells whether a text is a note to the table right before it, which
// stands on the page before.
func (s *sectioner) notesTable(text string) bool {
	n := len(s.sections)
	return n > 0 && (s.sections[n-1].Kind == TableAnchor || s.sections[n-1].Kind == TableNote) && opensNote(text)
}

// opensNote tells whether a text begins as notes do: 注：, 备注1., 说明：.
func opensNote(text string) bool {
	for _, opening := range []string{"注", "（注", "(注", "备注", "说明：", "说明:", "※"} {
		if rest, ok := strings.CutPrefix(text, opening); ok {
			return !strings.HasSuffix(opening, "注") || opening == "备注" || numeralOf(rest).style != unnumbered || strings.HasPrefix(rest, "：") || strings.HasPrefix(rest, ":")
		}
	}
	return false
}

// isHeading tells whether a block is a heading: numbered and no sentence, named
// so by the contents page, or larger than the prose.
func (s *sectioner) isHeading(b *block, text string) bool {
	first := &b.rows[0]
	switch n := b.numeral.style; {
	case n == articleNumeral || n == bulletMark:
		return false
	case n != unnumbered:
		return !numberLine(text) && isPhrase(text[b.numeral.size:])
	case first.role != bodyRole || endsClause(text) || longerThan(text, headingLength):
		return false
	}
	return first.size > titleSize*s.body && !pageNumber(text) && !strings.ContainsAny(text, "：:") || s.contents.announced(text)
}

// opensPart tells of a numeral that it opens a part of the document; notes are
// numbered 1. 2. 3. themselves.
func opensPart(style numeralStyle) bool { return style > unnumbered && style <= hanBracketed }

// isPhrase tells whether what follows a numeral is a name and no sentence.
func isPhrase(text string) bool {
	if longerThan(text, headingLength) || strings.Contains(text, "。") {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	return !strings.ContainsRune("；;，,、！？", last)
}

// longerThan tells whether a text has more characters.
func longerThan(text string, characters int) bool {
	return len(text) > utf8.UTFMax*characters || len(text) > characters && utf8.RuneCountInString(text) > characters
}

// runIn is the length of the label that a numbered paragraph begins with,
// numeral and colon included: 2、基本支出：指为…; 0 when there is none. What states an
// amount, or opens a bracket that the colon stands in, is no label: 1.公务接待费5万元（其中：….
func runIn(text string, numeral int) int {
	runes := 0
	for i, c := range text[numeral:] {
		switch c {
		case '：', ':':
			if end := numeral + i + utf8.RuneLen(c); runes > 0 && end < len(text) && isLabel(text[numeral:end]) {
				return end
			}
			return 0
		case '。', '；', '，', ';', ',':
			return 0
		}
		if runes++; runes > labelLength {
			return 0
		}
	}
	return 0
}

// isLabel tells words before a colon from the beginning of a sentence.
func isLabel(words string) bool {
	opened := strings.Count(words, "（") + strings.Count(words, "(")
	if opened > strings.Count(words, "）")+strings.Count(words, ")") {
		return false
	}
	for rest := words; ; {
		before, after, found := strings.Cut(rest, "元")
		if !found {
			return true
		}
		number := strings.TrimRight(before, "万亿千百 ")
		if last := len(number) - 1; last >= 0 && number[last] >= '0' && number[last] <= '9' {
			return false
		}
		rest = after
	}
}

// join sets the lines of a block behind each other.
func (s *sectioner) join(rows []row) string {
	if len(rows) == 1 {
		return rows[0].text
	}
	s.text = append(s.text[:0], rows[0].text...)
	for i := range rows[1:] {
		s.text = layout.AppendWrapped(s.text, rows[i+1].text)
	}
	return string(s.text)
}

// placesOf are the boxes of rows, one a page.
func (s *sectioner) placesOf(rows []row) []Place {
	from := len(s.places)
	for i := range rows {
		r := &rows[i]
		if n := len(s.places); n > from && s.places[n-1].Page == r.page {
			s.places[n-1].Box = s.places[n-1].Box.Union(r.box)
			continue
		}
		s.places = append(s.places, Place{Document: s.document, Page: r.page, Box: r.box})
	}
	return s.places[from:len(s.places):len(s.places)]
}

// addTable notes that a table stands here, with its parts on later pages.
func (s *sectioner) addTable(r *row) {
	table := &s.tables[r.table-1]
	from := len(s.places)
	for _, segment := range table.Segments {
		s.places = append(s.places, Place{Document: s.document, Page: segment.Page, Table: table.Ordinal, Box: segment.Box})
	}
	s.add(Section{Kind: TableAnchor, Table: table.Ordinal, Places: s.places[from:len(s.places):len(s.places)]}, numeral{}, 0)
}

// add appends a section.
func (s *sectioner) add(section Section, numeral numeral, size float64) {
	section.Ordinal = len(s.sections) + 1
	s.sections = append(s.sections, section)
	s.signs = append(s.signs, sign{numeral: numeral, size: size})
}
