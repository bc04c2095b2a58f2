package export

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"gongkai/normalize"
)

// changesFile lists documents that look published again: the same agency, year and
// kind, the same statements, other bytes. They are candidates; a person decides.
const changesFile = "CHANGES.jsonl"

// publicationKey is what a document shares with its earlier and later editions.
type publicationKey struct {
	division, agency string
	year             int
	kind             string
	statements       [sha256.Size]byte // digest of their sorted ids
}

// edition is one document of a publicationKey, as CHANGES.jsonl names it.
type edition struct {
	DocumentID  string `json:"document_id"`
	File        string `json:"file"`
	Title       string `json:"title,omitempty"`
	PublishDate string `json:"publish_date,omitempty"`
	RetrievedAt string `json:"retrieved_at,omitempty"`
}

type republications map[publicationKey][]edition

// add notes a document; one without agency, year or a known statement is like no other.
func (r *republications) add(batch *normalize.Batch) {
	d := &batch.Document
	key := publicationKey{division: d.AdminDivision, agency: cmp.Or(d.AgencyName, d.AgencyCode), year: d.FiscalYear, kind: d.Kind}
	var statements []string
	for i := range batch.Tables {
		if s := batch.Tables[i].Statement; s != "" && s != "unknown" && s != "other" {
			statements = append(statements, s)
		}
	}
	if key.agency == "" || key.year == 0 || len(statements) == 0 {
		return
	}
	slices.Sort(statements)
	key.statements = sha256.Sum256([]byte(strings.Join(slices.Compact(statements), "\n")))
	if *r == nil {
		*r = make(republications)
	}
	key.division, key.agency, key.kind = strings.Clone(key.division), strings.Clone(key.agency), strings.Clone(key.kind)
	(*r)[key] = append((*r)[key], edition{
		DocumentID: strings.Clone(d.ID), File: strings.Clone(firstSource(batch)), Title: strings.Clone(d.Title),
		PublishDate: strings.Clone(d.PublishDate), RetrievedAt: strings.Clone(firstRetrieved(batch)),
	})
}

// firstRetrieved is when the document was first fetched, as far as the inputs say.
func firstRetrieved(batch *normalize.Batch) string {
	first := ""
	for i := range batch.Sources {
		if at := batch.Sources[i].RetrievedAt; at != "" && (first == "" || at < first) {
			first = at
		}
	}
	return first
}

// groups gives the editions of each publication that has several, in order of the
// first document's id.
func (r republications) groups() [][]edition {
	groups := slices.DeleteFunc(slices.Collect(maps.Values(r)), func(group []edition) bool { return len(group) < 2 })
	slices.SortFunc(groups, func(a, b []edition) int { return strings.Compare(a[0].DocumentID, b[0].DocumentID) })
	return groups
}

// What the editions of a publication are in order of.
const (
	byPublication = "publish_date" // the day that the documents name
	byRetrieval   = "retrieved_at" // when they were fetched, as the list of inputs says
	byNothing     = "unknown"      // their ids: nobody knows which came first
)

// arrange puts editions in order of time. A date counts only if all have one and
// no two the same.
func arrange(group []edition) (order string) {
	dates := map[string]func(*edition) string{
		byPublication: func(e *edition) string { return e.PublishDate },
		byRetrieval:   func(e *edition) string { return e.RetrievedAt },
	}
	for _, order := range []string{byPublication, byRetrieval} {
		date, seen := dates[order], map[string]bool{"": true}
		if slices.ContainsFunc(group, func(e edition) bool {
			known := seen[date(&e)]
			seen[date(&e)] = true
			return known
		}) {
			continue
		}
		slices.SortFunc(group, func(a, b edition) int { return strings.Compare(date(&a), date(&b)) })
		return order
	}
	slices.SortFunc(group, func(a, b edition) int { return strings.Compare(a.DocumentID, b.DocumentID) })
	return byNothing
}

// change is a line of CHANGES.jsonl: two editions that follow each other.
type change struct {
	AgencyName  string       `json:"agency_name,omitempty"`
	AgencyCode  string       `json:"agency_code,omitempty"`
	Year        int          `json:"fiscal_year"`
	Kind        string       `json:"doc_kind"`
	Order       string       `json:"ordered_by"`
	Earlier     edition      `json:"earlier"`
	Later       edition      `json:"later"`
	Same        int          `json:"lines_same"`
	Differences []difference `json:"differences"`
}

// difference is one line that the two editions do not print alike.
type difference struct {
	Change     string               `json:"change"` // changed, removed, added
	Statement  string               `json:"statement"`
	Code       string               `json:"code,omitempty"`
	Name       string               `json:"name,omitempty"`
	ColumnPath string               `json:"column_path,omitempty"`
	Earlier    *printedAmount       `json:"earlier,omitempty"`
	Later      *printedAmount       `json:"later,omitempty"`
	Difference *decimal.NullDecimal `json:"difference_cny,omitempty"`
}

type printedAmount struct {
	LineID    string              `json:"line_id"`
	Page      int                 `json:"page,omitempty"`
	AmountRaw string              `json:"amount_raw"`
	AmountCNY decimal.NullDecimal `json:"amount_cny"`
}

// writeChanges compares the editions of each publication, two by two.
func (p *publisher) writeChanges(ctx context.Context) (*File, error) {
	file, err := p.generation.create(changesFile)
	if err != nil {
		return nil, err
	}
	for _, group := range p.republished.groups() {
		order := arrange(group)
		ids := make([]string, len(group))
		for i := range group {
			ids[i] = group[i].DocumentID
		}
		place := 0
		var earlier *normalize.Batch
		for later, err := range p.store.documents(ids) {
			if ctx.Err() != nil {
				return nil, context.Cause(ctx)
			}
			if err != nil {
				return nil, err
			}
			if earlier != nil {
				line, err := changeLine(compareEditions(earlier, later, group[place-1], group[place], order))
				if err != nil {
					return nil, err
				}
				file.Write(line) // the error stays until close
				file.Rows++
			}
			earlier = later
			place++
		}
	}
	return &file.File, file.close()
}

func changeLine(c change) ([]byte, error) {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(c)
	return line.Bytes(), err
}

// lineKey is what a line keeps from one edition to the next. The number tells
// lines apart that are called the same.
type lineKey struct {
	statement, side, code, name, column string
	number                              int
}

func compareEditions(earlier, later *normalize.Batch, from, to edition, order string) change {
	d := &later.Document
	c := change{AgencyName: d.AgencyName, AgencyCode: d.AgencyCode, Year: d.FiscalYear, Kind: d.Kind, Order: order, Earlier: from, Later: to, Differences: []difference{}}
	before, after := keysOf(earlier.Lines), keysOf(later.Lines)
	remaining := make(map[lineKey]*normalize.Line, len(after))
	for i, key := range after {
		remaining[key] = &later.Lines[i]
	}
	for i, key := range before {
		old, new := &earlier.Lines[i], remaining[key]
		delete(remaining, key)
		switch {
		case new == nil:
			c.Differences = append(c.Differences, newDifference("removed", old, nil))
		case samePrint(old, new):
			c.Same++
		default:
			c.Differences = append(c.Differences, newDifference("changed", old, new))
		}
	}
	for i, key := range after {
		if remaining[key] != nil {
			c.Differences = append(c.Differences, newDifference("added", nil, &later.Lines[i]))
		}
	}
	return c
}

func keysOf(lines []normalize.Line) []lineKey {
	keys, seen := make([]lineKey, len(lines)), make(map[lineKey]int, len(lines))
	for i := range lines {
		l := &lines[i]
		key := lineKey{statement: l.Statement, side: l.Side, code: l.Code, name: l.Name, column: l.ColumnPath}
		number := seen[key]
		seen[key]++
		key.number = number
		keys[i] = key
	}
	return keys
}

// samePrint: the same amount, or the same text where it is none.
func samePrint(a, b *normalize.Line) bool {
	if a.AmountCNY.Valid && b.AmountCNY.Valid {
		return a.AmountCNY.Decimal.Equal(b.AmountCNY.Decimal)
	}
	return a.AmountCNY.Valid == b.AmountCNY.Valid && a.AmountRaw == b.AmountRaw
}

func newDifference(kind string, old, new *normalize.Line) difference {
	named := cmp.Or(new, old)
	d := difference{Change: kind, Statement: named.Statement, Code: named.Code, Name: named.Name, ColumnPath: named.ColumnPath,
		Earlier: printed(old), Later: printed(new)}
	if old != nil && new != nil && old.AmountCNY.Valid && new.AmountCNY.Valid {
		amount := decimal.NewNullDecimal(new.AmountCNY.Decimal.Sub(old.AmountCNY.Decimal))
		d.Difference = &amount
	}
	return d
}

func printed(l *normalize.Line) *printedAmount {
	if l == nil {
		return nil
	}
	return &printedAmount{l.ID, l.Page, l.AmountRaw, l.AmountCNY}
}
