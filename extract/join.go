package extract

import (
	"math"
	"slices"

	"gongkai/extract/layout"
)

// joiner collects the tables of page after page and joins those that run over
// page ends.
type joiner struct {
	document string
	drafts   []*draft
	previous *Page   // the last page with anything on it
	bottom   float64 // of the tables there; 0 when it has none
	blanks   int     // pages without text since then
}

// draft is a table while it grows: its parts, one a page.
type draft struct {
	parts   []part
	columns columns
	caption caption
	notes   []layout.Line
	right   []*draft // what other pages hold of the same rows: the columns that go on at the right
}

// part is what one page holds of a table.
type part struct {
	page  int
	table layout.Table
	seam  seam
}

// seam is how a part goes on with the one before.
type seam struct {
	evidence JoinEvidence
	doubts   []JoinDoubt
	repeated int  // leading rows that repeat the header
	torn     bool // the first row is the rest of the row before
}

// add takes the tables of the next page, from top to bottom.
func (j *joiner) add(page *Page, tables []layout.Table) {
	texts := bandsOf(page, tables)
	if len(tables) == 0 && len(texts.lines) == 0 && page.Images == 0 && page.Failed == "" {
		j.blanks++
		return
	}
	j.carryNotes(page, &texts)
	bottom := 0.0
	for i, table := range tables {
		above := texts.above(i)
		caption := captionOf(above, table.Box)
		bottom = max(bottom, table.Box.Y1)
		if i == 0 {
			if seam, ok := j.continues(page, table, caption); ok {
				j.last().extend(page.Number, table, seam)
				j.last().addNotes(texts.below(i), table.Box)
				continue
			}
			if caption.title == "" && j.follows(page) {
				caption = j.carryTitle(page, caption, above, table.Box)
			}
		}
		j.drafts = append(j.drafts, newDraft(page.Number, table, caption))
		j.last().addNotes(texts.below(i), table.Box)
	}
	j.previous, j.bottom, j.blanks = page, bottom, 0
}

func newDraft(page int, table layout.Table, caption caption) *draft {
	return &draft{parts: []part{{page: page, table: table}}, columns: columnsOf(table), caption: caption}
}

func (d *draft) addNotes(below []layout.Line, box layout.Box) {
	d.notes = append(d.notes, notesOf(below, box)...)
}

// carryNotes gives the notes at the head of a page to the table that ends the page
// before.
func (j *joiner) carryNotes(page *Page, texts *bands) {
	if len(texts.lines) == 0 || !j.endsPageBefore(page) || len(j.last().notes) > 0 {
		return
	}
	first := &texts.lines[0]
	if !opensNote(squeeze(first.Text)) || len(texts.tables) > 0 && first.Box.Y0 > texts.tables[0].Box.Y0 {
		return
	}
	notes := notesOf(texts.lines, layout.Box{Y1: first.Box.Y0})
	j.last().notes = append(j.last().notes, notes...)
	texts.lines = texts.lines[len(notes):]
}

// follows tells whether nothing but blank pages lie between a page and the one before.
func (j *joiner) follows(page *Page) bool {
	return j.previous != nil && page.Number == j.previous.Number+1+j.blanks
}

// leftover is the text under the last table of the page before, but for what stands at
// the foot of the next page too: a title may stand there alone, its table on the next
// page.
func (j *joiner) leftover(next *Page) []layout.Line {
	var lines []layout.Line
	for i, line := range j.previous.Lines {
		if line.Box.Y0 >= j.bottom-1 && !j.previous.running[i] && !runsOver(&line, j.previous, next) {
			lines = append(lines, line)
		}
	}
	return lines
}

// carryTitle completes the caption of the first table of a page with the text that the
// page before ends with, when nothing but labels stand above the table.
func (j *joiner) carryTitle(page *Page, own caption, above []layout.Line, box layout.Box) caption {
	above = slices.DeleteFunc(slices.Clone(above), func(line layout.Line) bool { return runsOver(&line, page, j.previous) })
	label := func(line layout.Line) bool { return labelLine(squeeze(line.Text)) || numberLine(line.Text) }
	if slices.ContainsFunc(above, func(line layout.Line) bool { return !label(line) }) {
		return own
	}
	before := captionOf(j.leftover(page), layout.Box{X0: box.X0, X1: box.X1, Y0: math.Inf(1)})
	if before.title == "" && len(above) > 0 {
		return own
	}
	before.lines = append(before.lines, above...)
	return before
}

func (j *joiner) last() *draft { return j.drafts[len(j.drafts)-1] }

func (d *draft) last() *part { return &d.parts[len(d.parts)-1] }

// extend adds a page's part to a table.
func (d *draft) extend(page int, table layout.Table, seam seam) {
	if united, _, ok := d.columns.unite(columnsOf(table)); ok {
		d.columns = united
	}
	d.parts = append(d.parts, part{page, table, seam})
}

// finish makes the tables.
func (j *joiner) finish() []Table {
	drafts := j.drafts[:0]
	for _, d := range j.drafts {
		if n := len(drafts); n > 0 && drafts[n-1].goesOnRight(d) {
			drafts[n-1].widen(d)
			continue
		}
		drafts = append(drafts, d)
	}
	tables := make([]Table, len(drafts))
	for i, d := range drafts {
		tables[i] = d.table(j.document, i+1)
	}
	return tables
}
