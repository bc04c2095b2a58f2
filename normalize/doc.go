// Package normalize gives meaning to the grids of a Document: the statement
// each table is, its header tree and unit, the code, name and exact amount of
// each money cell, and who published them for which year.
//
// Normalize is a sequence of small readings, each in a file of its own:
//
//	sheet.go         one grid, its texts without spaces and their shapes
//	header.go        which rows head the columns, and the path to each column
//	profile.go       the document: publisher, year, kind, division (caption.go)
//	statement        which statement a title, or else the header, names
//	column.go        what each column holds: codes, names, money, counts, shares
//	block.go         the sides of a two-sided statement as tables of their own
//	form.go          performance forms, which have labels instead of a header
//	reading.go       the above in order for one table, and its unit (unit.go)
//	continuation.go  a table that goes on without its header
//	label.go         code and name of each row (code.go), and whose it is (agency.go)
//	amount.go        printed amounts, exactly
//	dimension.go     fund, kind of spending, measure of a line (item.go), its parent (hierarchy.go)
//	leaves.go        the lines that hold every yuan of expenditure once
//	purchase.go      purchases; asset.go, institution.go, indicator.go (target.go) likewise
//	project.go       which project an amount is of
//	section.go       what a stretch of prose is about, the amounts in it (prose.go) and
//	                 their subjects (subject.go), the words it explains (term.go)
//	cover.go         the day of publication, the tables the contents announce
//	assembly.go      the rows of the Batch (writer.go), its findings (report.go, rule.go)
//
// Nothing is guessed: a unit that is not printed leaves the amount in yuan
// empty, a number that cannot be read stays text, and each leaves a Finding.
package normalize
