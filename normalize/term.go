package normalize

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/extract"
)

// A glossary explains its words one by one: 一、财政拨款收入：指…, 基本支出是指…, or the
// word as a heading and what it means below.

const glossarySection = "glossary"

// writeTerms appends the words that the sections of the document explain.
func (a *assembly) writeTerms() {
	for i := range a.batch.Sections {
		s := &a.batch.Sections[i]
		if s.Kind != glossarySection || s.Text == "" || !explains(s.Form) {
			continue
		}
		name, definition := a.termOf(i)
		if name == "" {
			a.continueTerm(definition)
			continue
		}
		a.batch.Terms = append(a.batch.Terms, Term{
			ID: s.ID + "d1", DocumentID: s.DocumentID, SectionID: s.ID, Ordinal: len(a.batch.Terms) + 1,
			Name: name, Definition: definition, Page: s.PageFirst,
		})
	}
}

// explains leaves out the lines around tables that stand behind the glossary.
func explains(form string) bool {
	switch extract.SectionKind(form) {
	case extract.Heading, extract.Paragraph, extract.ListItem:
		return true
	}
	return false
}

// termOf divides a section into the word and what it means; a section that only
// goes on with the explanation before it has no word.
func (a *assembly) termOf(at int) (name, definition string) {
	s := &a.batch.Sections[at]
	text := compact(s.Text)
	if heading := plainTerm(s.Heading); heading != "" {
		return heading, text
	}
	if name, definition = splitTerm(text); name != "" {
		return name, definition
	}
	if at > 0 && s.ParentID == a.batch.Sections[at-1].ID && a.batch.Sections[at-1].Text == "" && !namesGlossary(a.batch.Sections[at-1].Heading) {
		return plainTerm(a.batch.Sections[at-1].Heading), text
	}
	return "", text
}

func (a *assembly) continueTerm(text string) {
	if n := len(a.batch.Terms); n > 0 {
		a.batch.Terms[n-1].Definition += text
	}
}

func namesGlossary(heading string) bool { return kindOfHeading(compact(heading)) == glossarySection }

// termLeads end a lead-in and no word.
var termLeads = []string{"其中", "包括", "主要包括", "具体包括", "主要用于", "如下", "主要有", "说明", "注", "附件", "备注"}

// longestTerm is in characters: （类）（款）（项） with their names are long.
const longestTerm = 60

// splitTerm cuts 基本支出：指… and 基本支出是指… where the explanation begins.
func splitTerm(text string) (name, definition string) {
	at, width := -1, 0
	for _, mark := range [...]struct {
		words string
		width int // of what is no part of the explanation
	}{{"：", len("：")}, {":", 1}, {"，是指", len("，")}, {"，指", len("，")}, {"是指", 0}, {"指", 0}} {
		if i := strings.Index(text, mark.words); i > 0 && (at < 0 || i < at) {
			at, width = i, mark.width
		}
	}
	if at < 0 {
		return "", text
	}
	name = plainTerm(text[:at])
	if name == "" {
		return "", text
	}
	return name, text[at+width:]
}

// plainTerm is a word without its number and colon; empty when it is none.
func plainTerm(printed string) string {
	name := withoutListNumber(compact(printed))
	name = strings.Trim(name, "：:，,、—-")
	if namesGlossary(printed) || utf8.RuneCountInString(name) > longestTerm || strings.ContainsAny(name, "。；;？") || slices.Contains(termLeads, name) {
		return ""
	}
	return name
}
