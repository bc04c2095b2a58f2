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
		d := &table.Segments[i].Doubts
		sum.OpenSides += d.OpenSides
		sum.CutCells += d.CutCells
		sum.SplitCells += d.SplitCells
		sum.HangingTexts += d.HangingTexts
		sum.WrappedLines += d.WrappedLines
		sum.SplitRows += d.SplitRows
		sum.OddLines += d.OddLines
		sum.StrayRulings += d.StrayRulings
	}
	var said []string
	for _, doubt := range [...]struct {
		count int
		what  string
	}{
		{sum.OpenSides, "borders not drawn, taken from where rulings end"},
		{sum.CutCells, "cells without a border at the table's edge"},
		{sum.SplitCells, "enclosed areas that are no rectangle, cut into rectangles"},
		{sum.HangingTexts, "texts that run over a ruling, given to one cell"},
		{sum.WrappedLines, "lines without a ruling between them, taken for one row"},
		{sum.SplitRows, "rows between rulings that hold many rows, parted by their baselines"},
		{sum.OddLines, "lines whose text runs over the white space between columns"},
		{sum.StrayRulings, "boundaries of rulings that bound no cell, left out"},
	} {
		if doubt.count > 0 {
			said = append(said, strconv.Itoa(doubt.count)+" "+doubt.what)
		}
	}
	for i := range table.Segments {
		for _, doubt := range table.Segments[i].JoinDoubts {
			said = append(said, onPage(table.Segments[i].Page, string(doubt)))
		}
	}
	return said
}
