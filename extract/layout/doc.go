// Package layout turns the glyphs and rulings of one page into tables and lines
// of text. It is geometry alone: no PDF, no Chinese, no budget.
//
// Ruled tables are found the way Nurminen ("Algorithmic Extraction of Data in
// Tables in PDF Documents", 2013) and after him tabula and pdfplumber do it,
// in the order of the files:
//
//	turn.go      a page whose text stands turned is turned first
//	rulings.go   strokes of one line are merged, lines closer than a hair snapped
//	tables.go    rulings → crossings → groups of crossing rulings → grids → cells
//	text.go      glyphs → runs → the cell each belongs to → text in reading order
//	drawing.go   what looks like a table and is a drawing
//	analyze.go   the whole page
//
// Tables that rulings do not enclose are found in the text that is left, by the
// white rivers between columns (Kieninger 1998; Oro and Ruffolo, "PDF-TREX", 2009)
// and by how the edges of texts line up (Nurminen again):
//
//	segments.go  lines → segments: stretches of text without a wide gap
//	stream.go    rules and zones of the page tell where to look
//	alignment.go lines upwards → the columns they share
//	evidence.go  is it a table? its header, tail and extent
//	header.go    names → the tree of the header → columns and rows
//	steps.go     distances between lines: wrapped texts and rows
//	rows.go      lines → rows → the grid
//	tallrows.go  rows of ruled tables that hold many rows
//
// Why a grid is as it is, every table says by counts (reasons.go, and the doubts in
// tables.go).
package layout
