package normalize

import (
	"strconv"

	"gongkai/extract"
	"gongkai/extract/layout"
)

// What the grid was told by, and what was doubtful, in words for the tables
// dataset: reasons a person can judge instead of one number.

// gridEvidence tells by what the rows and the columns were parted, over all pages.
func gridEvidence(table *extract.Table) (rows, columns []string) {
	var sum layout.Evidence
	for i := range table.Segments {
		sum.Add(table.Segments[i].Evidence)
	}
	return sum.Rows(), sum.Columns()
}

// joinEvidence tells for each seam what says that the table goes on.
func joinEvidence(table *extract.Table) []string {
	var evidence []string
	for i := range table.Segments {
		segment := &table.Segments[i]
		if segment.Joined == "" {
			continue
		}
		evidence = append(evidence, onPage(segment.Page, string(segment.Joined)))
	}
	return evidence
}

func onPage(page int, said string) string { return "page " + strconv.Itoa(page) + ": " + said }

// doubts are what the drawing left open, added up over all pages of the table, and
// what was doubtful about its joins.
func doubts(table *extract.Table) []string {
	var sum layout.Doubts
	for i := range table.Segments {
		sum.Add(table.Segments[i].Doubts)
	}
	said := sum.Words()
	for i := range table.Segments {
		for _, doubt := range table.Segments[i].JoinDoubts {
			said = append(said, onPage(table.Segments[i].Page, string(doubt)))
		}
	}
	return said
}
