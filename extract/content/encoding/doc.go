// Package encoding knows the glyphs of simple fonts by name: which glyph a byte selects in the encodings that PDF
// predefines (ISO 32000-1, Annex D), which text a glyph name stands for (Adobe Glyph List Specification), and how wide
// the glyphs of the standard 14 fonts are, whose widths a file may leave out.
package encoding

//go:generate sh -c "go run ./internal/generate -glyphlist /usr/lib/python3/dist-packages/reportlab/pdfbase/_glyphlist.py -afm ${DOLLAR}(go list -m -f '{{.Dir}}' github.com/pdfcpu/pdfcpu)/internal/corefont/Core14_AFMs"
