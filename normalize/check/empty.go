package check

import (
	"strconv"
	"strings"
)

// saysEmpty are the words of a note that calls its table empty.
var saysEmpty = []string{"为空表", "本表无数据", "本表为空"}

// checkEmptyStatement looks for tables that say they are empty, and are not.
func checkEmptyStatement(x *Index, results *Results) {
	for i := range x.Tables {
		t := &x.Tables[i]
		if len(t.lines) == 0 {
			continue
		}
		printed, note := t.nonZero(), x.emptyNote(t)
		switch {
		case printed > 0 && note != "":
			f := results.Tell(t.At, Fail, "empty",
				"表内有"+strconv.Itoa(printed)+"个非零金额，表注却称空表："+note,
				"the table prints "+strconv.Itoa(printed)+" amounts that are not zero, its note says it is empty: "+note)
			AddOperands(f, "amount", t.firstNonZero())
		case note == "" && printed == 0:
			results.NotApplicable(t.At, "the table prints nothing and says nothing about it")
		default:
			results.Pass(t.At)
		}
	}
}

// nonZero counts the amounts of a table that are printed and not zero.
func (t *Table) nonZero() int {
	n := 0
	for i := range t.numbers {
		if t.numbers[i].Known && t.numbers[i].Value != 0 {
			n++
		}
	}
	return n
}

// firstNonZero is the first such amount.
func (t *Table) firstNonZero() Term {
	for i := range t.numbers {
		if t.numbers[i].Known && t.numbers[i].Value != 0 {
			return Term{Number: t.numbers[i], Line: &t.lines[i]}
		}
	}
	return Term{}
}

// emptyNote is the note of a table that says it is empty.
func (x *Index) emptyNote(t *Table) string {
	if isEmptyNote(t.EmptyStatement) {
		return t.EmptyStatement
	}
	for i := range t.cells {
		if c := &t.cells[i]; c.Role == "note" && isEmptyNote(c.TextNorm) {
			return c.TextNorm
		}
	}
	for i := range x.Batch.Sections {
		if s := &x.Batch.Sections[i]; s.Form == "note" && s.TableID == t.ID && isEmptyNote(s.Text) {
			return s.Text
		}
	}
	return ""
}

func isEmptyNote(note string) bool {
	for _, words := range saysEmpty {
		if strings.Contains(note, words) {
			return true
		}
	}
	return false
}
