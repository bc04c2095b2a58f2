package normalize

import "gongkai/normalize/statement"

// A table that goes on over the page without its header, and that was not
// joined to its beginning, still means what the columns above it mean.

// beginning finds, among the tables read before, the one that t goes on from:
// the last with as many columns on a run of pages without a title in between.
func beginning(readings []*reading, t *reading) *reading {
	after := t
	for i := len(readings) - 1; i >= 0; i-- {
		before := readings[i]
		if !follows(before, after) {
			return nil
		}
		if continues(before, t) {
			return before
		}
		if before.titled() {
			return nil
		}
		after = before
	}
	return nil
}

// titled tells whether a line names the statement of a table.
func (t *reading) titled() bool {
	switch t.match.Evidence {
	case "title", "clipped", "misprint", "terms":
		return true
	}
	return false
}

// continues tells whether t may go on where before stopped: as many columns,
// no title of its own, and rows of data right away.
func continues(before, t *reading) bool {
	if t.titled() {
		return false
	}
	if before.form != t.form || before.sheet.columns != t.sheet.columns || t.sheet.rows == 0 || t.form {
		return false
	}
	return t.header.titles == 0 && !looksLikeHeader(t.sheet)
}

// continuesTargets tells whether t is the rest of a form of targets: a table
// without amounts and without a title behind one of targets.
func continuesTargets(readings []*reading, t *reading) bool {
	if len(readings) == 0 || t.hasAmounts || t.titled() {
		return false
	}
	before := readings[len(readings)-1]
	return isTargetStatement(before.match.ID) && follows(before, t) && (t.match.ID == statement.Other || isTargetStatement(t.match.ID))
}

func isTargetStatement(id string) bool {
	return id == "performance_project" || id == "performance_overall"
}

// follows tells whether one table ends on the page before the other begins.
func follows(before, t *reading) bool {
	end, begin := before.sheet.table.Segments, t.sheet.table.Segments
	if len(end) == 0 || len(begin) == 0 {
		return false
	}
	return begin[0].Page == end[len(end)-1].Page+1
}

// looksLikeHeader tells whether the first row heads columns of money: by its
// names, or because it has a word over every figure of the next row.
func looksLikeHeader(s *sheet) bool {
	words, figures := 0, 0
	for c := 0; c < s.columns; c++ {
		switch cell := s.at(0, c); cell.state {
		case number, unparsed:
			return false
		case text:
			words++
		}
		if s.rows > 1 && s.at(1, c).state == number {
			figures++
		}
	}
	if words == s.columns && figures >= 2 {
		return true
	}
	heads := 0
	for c := 0; c < s.columns; c++ {
		if cell := s.at(0, c); cell.state == text && (isMoneyHeader(narrowed(cell.text)) || cell.text == "项目" || cell.text == "序号") {
			heads++
		}
	}
	return heads >= 2
}

// continueFrom takes over what the beginning of the table says.
func (t *reading) continueFrom(before *reading) {
	t.before = before
	t.header = header{}
	t.columns, t.match, t.number = before.columns, before.match, before.number
	t.hasAmounts = hasAmounts(t.sheet, t.header, t.columns)
	t.blocks = append([]block(nil), before.blocks...)
	if t.name == "" {
		t.code, t.name = before.code, before.name
	}
	if t.unitSource == "none" || t.unitSource == "section" {
		t.unit, t.unitRaw, t.unitSource = before.unit, before.unitRaw, before.unitSource
	}
}
