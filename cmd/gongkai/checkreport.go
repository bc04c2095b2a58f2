package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongkai/normalize"
	"gongkai/normalize/check"
)

// checkReport is what check says about one document, for people.
type checkReport struct {
	file      string
	batch     *normalize.Batch
	findings  []*normalize.Finding
	wants     func(rule string) bool
	roundings bool // list what holds but for rounding, instead of counting it
}

// text is the report: the document, how its checks came out, then each finding,
// the worst first.
func (r *checkReport) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n  %s\n  %s\n", r.file, r.document(), r.outcomes())
	findings := slices.Clone(r.findings)
	slices.SortStableFunc(findings, func(a, b *normalize.Finding) int { return severityRank(a) - severityRank(b) })
	rule := ""
	for _, f := range findings {
		if f.Outcome != check.Rounding || r.roundings {
			if f.RuleID+f.Severity != rule {
				fmt.Fprintf(&b, "  %s %s %s\n", f.Severity, f.RuleID, titleOf(f.RuleID))
			}
			rule = f.RuleID + f.Severity
			r.writeFinding(&b, f)
		}
	}
	if counts := r.roundingCounts(findings); counts != "" && !r.roundings {
		fmt.Fprintf(&b, "  but for rounding: %s\n", counts)
	}
	b.WriteByte('\n')
	return b.String()
}

var severityOrder = []string{check.SeverityError, check.SeverityWarn, check.SeverityInfo}

func severityRank(f *normalize.Finding) int { return slices.Index(severityOrder, f.Severity) }

// document says whose disclosure it is.
func (r *checkReport) document() string {
	d := &r.batch.Document
	parts := []string{d.AgencyName, d.Kind}
	if d.FiscalYear > 0 {
		parts = append(parts, strconv.Itoa(d.FiscalYear))
	}
	parts = append(parts, fmt.Sprintf("%d pages", d.PageCount), fmt.Sprintf("%d tables", len(r.batch.Tables)))
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
	return strings.Join(parts, ", ")
}

// outcomes counts the checks, and the rules that could not be checked.
func (r *checkReport) outcomes() string {
	var checked, passed, rounded, failed, missing, broken int
	for i := range r.batch.RuleOutcomes {
		o := &r.batch.RuleOutcomes[i]
		if !r.wants(o.RuleID) {
			continue
		}
		checked, passed, rounded, failed = checked+o.Checked, passed+o.Passed, rounded+o.Rounded, failed+o.Failed
		switch o.Outcome {
		case check.InsufficientData:
			missing++
		case check.Failed:
			broken++
		}
	}
	text := fmt.Sprintf("%d checks: %d hold, %d but for rounding, %d do not", checked, passed, rounded, failed)
	if missing > 0 {
		text += fmt.Sprintf("; %d times numbers for a check are missing", missing)
	}
	if broken > 0 {
		text += fmt.Sprintf("; %d rules broke", broken)
	}
	return text
}

// writeFinding writes a finding with its numbers, its place and what speaks for
// which of them.
func (r *checkReport) writeFinding(b *strings.Builder, f *normalize.Finding) {
	said := f.MessageZH
	if said == "" {
		said = f.MessageEN
	}
	fmt.Fprintf(b, "    %s%s\n", said, bracketed(f.Unit))
	if place := r.place(f); place != "" {
		fmt.Fprintf(b, "      %s\n", place)
	}
	if judged := judgement(f); judged != "" {
		fmt.Fprintf(b, "      %s\n", judged)
	}
}

// titleOf is the title of a rule in both languages.
func titleOf(id string) string {
	rule, _ := check.RuleByID(id)
	return strings.TrimSpace(rule.TitleZH + " " + rule.TitleEN)
}

func bracketed(unit string) string {
	if unit == "" {
		return ""
	}
	return " [" + unit + "]"
}

// place names the pages and tables of a finding: first those of its formula.
func (r *checkReport) place(f *normalize.Finding) string {
	pages, tables := formulaPlaces(f)
	said := r.where(pages, tables)
	pages = slices.DeleteFunc(slices.Clone(f.Pages), func(page int) bool { return slices.Contains(pages, page) })
	tables = slices.DeleteFunc(slices.Clone(f.TableIDs), func(id string) bool { return slices.Contains(tables, id) })
	if others := r.where(pages, tables); others != "" {
		said += "; compared with " + others
	}
	return said
}

// formulaPlaces are the pages and tables of the numbers of a finding's formula; of
// a finding without one, or that names no places in it, all it has.
func formulaPlaces(f *normalize.Finding) (pages []int, tables []string) {
	for i := range f.Operands {
		o := &f.Operands[i]
		if o.Role == "witness" || o.Page == 0 {
			continue
		}
		if !slices.Contains(pages, o.Page) {
			pages = append(pages, o.Page)
		}
		if row := strings.LastIndexByte(o.CellID, 'r'); row > 0 && !slices.Contains(tables, o.CellID[:row]) {
			tables = append(tables, o.CellID[:row])
		}
	}
	if len(pages) == 0 {
		return f.Pages, f.TableIDs
	}
	slices.Sort(pages)
	return pages, tables
}

func (r *checkReport) where(pages []int, tables []string) string {
	var parts []string
	if len(pages) > 0 {
		parts = append(parts, "page "+pageList(pages))
	}
	for _, id := range tables {
		for i := range r.batch.Tables {
			if t := &r.batch.Tables[i]; t.ID == id {
				parts = append(parts, strings.TrimSpace(t.Title+" ("+t.Statement+")"))
			}
		}
	}
	return strings.Join(parts, ", ")
}

// mostPages are named one by one; of more the first and the last.
const mostPages = 6

func pageList(pages []int) string {
	if len(pages) > mostPages {
		return fmt.Sprintf("%d to %d", pages[0], pages[len(pages)-1])
	}
	texts := make([]string, len(pages))
	for i, page := range pages {
		texts[i] = strconv.Itoa(page)
	}
	return strings.Join(texts, ", ")
}

// judgement says who is to blame, what the fault looks like, and what the
// suspect should say by the other witnesses.
func judgement(f *normalize.Finding) string {
	var parts []string
	if f.Origin == "source" || f.Origin == "extraction" {
		parts = append(parts, "origin "+f.Origin)
	}
	if f.Fault != "" {
		parts = append(parts, "looks like "+f.Fault)
	}
	for i := range f.Operands {
		if o := &f.Operands[i]; f.Suspect != "" && o.CellID == f.Suspect {
			text := "suspect " + o.Label + " " + o.Raw
			if f.Proposed.Valid {
				text += ", by other witnesses " + f.Proposed.Decimal.String()
			}
			parts = append(parts, text)
			break
		}
	}
	return strings.Join(parts, "; ")
}

// roundingCounts says for each rule how often it holds but for rounding.
func (r *checkReport) roundingCounts(findings []*normalize.Finding) string {
	var ids []string
	counts := map[string]int{}
	for _, f := range findings {
		if f.Outcome != check.Rounding {
			continue
		}
		if counts[f.RuleID] == 0 {
			ids = append(ids, f.RuleID)
		}
		counts[f.RuleID]++
	}
	for i, id := range ids {
		ids[i] = fmt.Sprintf("%s %d times", id, counts[id])
	}
	return strings.Join(ids, ", ")
}
