package main

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gongkai/normalize/codebook"
)

// triple is what the lines of a document attest: in this year this code bore
// this name.
type triple struct {
	scheme, code, name string
	year               int
}

// attestations are the documents and places that print a triple.
type attestations struct {
	documents, places map[string]bool
	clashes           bool // the name stands beside the code, and is not the code's
}

var observationColumns = []string{"fiscal_year", "scheme", "code", "name", "documents", "places", "divisions", "status", "listed_name", "proposal"}

// observe lists the codes that a dataset attests, with what the lists would gain.
func (q codeQuery) observe(dataset string) ([]record, error) {
	path := filepath.Join(dataset, "csv", "budget_lines.csv")
	file, err := os.Open(path)
	if err != nil {
		return nil, usageError("no dataset: "+err.Error(), "name the folder that convert wrote")
	}
	defer file.Close()
	seen, err := q.readTriples(csv.NewReader(file))
	if err != nil {
		return nil, usageError(fmt.Sprintf("%s: %v", path, err), "convert the documents again")
	}
	keys := make([]triple, 0, len(seen))
	for key := range seen {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b triple) int {
		return cmp.Or(strings.Compare(a.scheme, b.scheme), strings.Compare(a.code, b.code), strings.Compare(a.name, b.name), a.year-b.year)
	})
	var rows []record
	for _, key := range keys {
		if row, ok := q.judge(key, seen[key]); ok {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// readTriples reads the lines with a printed code of the schemes and the year asked for.
func (q codeQuery) readTriples(lines *csv.Reader) (map[triple]attestations, error) {
	lines.ReuseRecord = true
	head, err := lines.Read()
	if err != nil {
		return nil, err
	}
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	column := map[string]int{}
	for i, name := range head {
		column[name] = i
	}
	for _, name := range []string{"fiscal_year", "code_scheme", "code", "name", "code_status", "document_id", "admin_division"} {
		if _, ok := column[name]; !ok {
			return nil, fmt.Errorf("there is no column %s", name)
		}
	}
	seen := map[triple]attestations{}
	for {
		row, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return seen, nil
		}
		if err != nil {
			return nil, err
		}
		year, _ := strconv.Atoi(row[column["fiscal_year"]]) // 0 where it is not known
		key := triple{row[column["code_scheme"]], row[column["code"]], row[column["name"]], year}
		if key.code == "" || key.name == "" || !slices.Contains(q.schemes, key.scheme) || q.year != 0 && q.year != year {
			continue
		}
		found, ok := seen[key]
		if !ok {
			key.code, key.name = strings.Clone(key.code), strings.Clone(key.name)
			key.scheme = strings.Clone(key.scheme)
			found = attestations{documents: map[string]bool{}, places: map[string]bool{}, clashes: row[column["code_status"]] == string(codebook.Conflict)}
			seen[key] = found
		}
		found.documents[strings.Clone(row[column["document_id"]])] = true
		if place := row[column["admin_division"]]; place != "" {
			found.places[strings.Clone(place)] = true
		}
	}
}

// What the lists would gain from an observation.
const (
	proposeAdd     = "add"      // the code is not listed
	proposeName    = "add_name" // the code is listed under another name
	proposePromote = "promote"  // the listed name is attested by more than its source
)

// attestingPlaces is how many places must print a code alike before a weak entry
// is promoted: one place may have its own mistakes.
const attestingPlaces = 2

// strongConfidences need no promotion.
var strongConfidences = []string{"official_pdf", "official_pdf+hlj_2022_directory", "two_sources", "attested_two_or_more", "observed"}

// judge compares an observation to the lists. It is none when the row has a name
// of its own, such as a project's, and the code only says where the money goes.
func (q codeQuery) judge(key triple, found attestations) (row record, ok bool) {
	resolution := q.book.Resolve(key.scheme, key.code, key.name, key.year)
	if resolution.Status == codebook.Conflict && !found.clashes {
		return record{}, false
	}
	proposal := ""
	switch resolution.Status {
	case codebook.Unknown, codebook.Prefix:
		proposal = proposeAdd
	case codebook.Conflict:
		proposal = proposeName
	case codebook.Exact:
		if len(found.places) >= attestingPlaces && !slices.Contains(strongConfidences, resolution.Entry.Confidence) {
			proposal = proposePromote
		}
	}
	text := fmt.Sprintf("%s %s %s %s: %d documents, %d places, %s", yearText(key.year), key.scheme, key.code, key.name,
		len(found.documents), len(found.places), resolution.Status)
	if listed := resolution.Entry.Name; listed != "" && listed != key.name {
		text += ", listed as " + resolution.Entry.Code + " " + listed
	}
	if proposal != "" {
		text += " → " + proposal
	}
	return record{strings.TrimSpace(text) + "\n", []string{yearText(key.year), key.scheme, key.code, key.name,
		strconv.Itoa(len(found.documents)), strconv.Itoa(len(found.places)), strings.Join(slices.Sorted(maps.Keys(found.places)), " "),
		string(resolution.Status), resolution.Entry.Name, proposal}}, true
}
