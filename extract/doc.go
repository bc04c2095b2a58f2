// Package extract reads one PDF into a Document: its tables as grids of cells,
// the text around them, and the place on a page of every piece.
//
// Two packages do the work. content turns the bytes into glyphs and rulings and
// is the only one that knows a PDF library. layout turns the glyphs and rulings
// of a page into tables and lines of text and knows nothing of PDF. This package
// loops over the pages (read.go), tells running headers (running.go), captions and
// notes (caption.go), joins tables that run over page ends and keeps the seams
// (join.go, seam.go, columns.go, grid.go, beside.go), and reads the prose as sections
// (sections.go). What the tables mean is not known here; see package normalize.
package extract
