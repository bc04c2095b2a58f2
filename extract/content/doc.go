// Package content reads PDF pages into glyphs and rulings.
//
// It is the only package that knows a PDF library, and it knows it behind one
// small interface (value in object.go). door.go says who opens a file: our own
// table of its objects (syntax.go, table.go), read from the cross-reference
// sections (xref.go) or, where they are wrong, found by a scan (rebuild.go);
// pdfcpu.go decrypts; ledongthuc.go is a second opinion. Above that
// everything is our own, in the order a page is read: filter.go inflates a
// stream, lexer.go cuts it into operators, interpreter.go follows them as
// ISO 32000-2 chapters 8 and 9 tell, font.go turns codes into Unicode and
// widths, path.go keeps the straight lines a reader sees.
//
// Coordinates leave this package as displayed: points from the top-left corner
// of the crop box, after /Rotate and /UserUnit.
package content
