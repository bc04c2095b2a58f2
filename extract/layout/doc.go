// Package layout turns the glyphs and rulings of one page into tables and lines
// of text. It is geometry alone: no PDF, no Chinese, no budget.
//
// Ruled tables are found the way Nurminen ("Algorithmic Extraction of Data in
// Tables in PDF Documents", 2013) and after him tabula and pdfplumber do it,
// in the order of the files:
//
//	rulings.go   strokes of one line are merged, lines closer than a hair snapped
//	tables.go    rulings → crossings → groups of crossing rulings → grids → cells
//	text.go      glyphs → runs → the cell each belongs to → text in reading order
//	analyze.go   the whole page
package layout
