// Package cmap knows what the bytes of a composite font's string mean: which of them form one character code, which
// glyph (CID) of a character collection the code selects, and which Unicode text it stands for.
//
// A CMap is a table from codes of one to four bytes to CIDs or to text. PDF files name one of the predefined CMaps
// (ISO 32000-1, 9.7.5.2), embed one of their own, or attach one as ToUnicode (9.10.3); all three are the same
// PostScript-like language (Adobe Technical Notes #5014 and #5411), read by Parse. The predefined ones are embedded
// here in a compact form and decoded when first asked for.
package cmap

//go:generate go run ./internal/generate -source /usr/share/poppler/cMap -output maps.bin
