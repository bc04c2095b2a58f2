// Package inspect writes what was read of a document, or of a whole dataset, as
// one HTML file that works from a double click: numbers beside the page they came
// from. The file needs no network and no other file. What the PDF says reaches
// the browser as data only, never as markup, and a Content-Security-Policy lets
// no script run but the one in assets.
//
//	report.go    a document: what the file holds
//	page.go      glyphs and rulings → runs of text and lines to draw
//	table.go     grids, their cells and lines, and where each stands
//	tree.go      类›款›项: printed amounts beside the sums of their parts
//	flow.go      where the money comes from and where it goes
//	prose.go     the text, with what its amounts agree with
//	finding.go   findings, rules and how each came out
//	index.go     a dataset: one row for each document, and what they have in common
//	shell.go     the HTML around the data
//	assets       the program in the browser, in the order that shell.go names
//
// The same document and the same program give the same bytes.
package inspect
