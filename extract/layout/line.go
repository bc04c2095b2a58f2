package layout

// CellFlags say what a text went through between the glyphs and the cell.
type CellFlags uint16

const (
	WrappedJoined     CellFlags = 1 << iota // several printed lines joined to one text
	CellRadicalMapped                       // a CJK radical was folded to its ideograph
	DedupedBold                             // overlapping copies (fake bold) were read once
	CellUnmapped                            // holds U+FFFD
	Clipped                                 // text runs over the cell's ruling
	CutBelow                                // a page end cuts the cell: it has no lower border there
)

// Line is one line of text outside tables.
type Line struct {
	Text string
	Box  Box
	Size float64 // font size of most of its glyphs, points
	Page int
}
