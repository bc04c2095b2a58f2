package extract

import (
	"gongkai/extract/layout"
)

// Source is one input document: its bytes and where they came from.
type Source struct {
	URI    string // relative path or URL, as it will stand in the dataset
	Path   string // where it was opened; only for messages, never for data
	SHA256 string // lower-case hex of Bytes; filled by NewSource
	Bytes  []byte
}

// Info is what the PDF says about itself.
type Info struct {
	Version  string // "1.7"
	Title    string
	Producer string
	Creator  string
}

// Document is everything read from one PDF, before any meaning is given to it.
type Document struct {
	Source   Source
	Info     Info
	Pages    []Page
	Tables   []Table
	Sections []Section // all text outside tables, and where the tables stand in it, in reading order
	Findings []Finding
}

// Page tells the frame of one page and the text that stands outside its tables.
type Page struct {
	Number   int
	Box      layout.Box
	Rotation int
	Glyphs   int           // visible glyphs on the page
	Images   int           // painted images
	Scanned  bool          // pictures fill the page and there is no text to read
	Lines    []layout.Line // text outside tables, in reading order
	Failed   string        // why the page could not be read; empty when it was
	// FailedClass is the class of that failure, as in Failure.Class.
	FailedClass string
	running     []bool // for each of Lines: a running header or footer, or the page's number
	// Layout holds the glyphs and rulings the page was made from, for those who
	// draw them; nil unless Options.KeepPages is set.
	Layout *layout.Page
}

// Place is where something was read: every number carries one.
type Place struct {
	Document string // sha256 of the bytes, hex
	Page     int    // from 1
	Table    int    // ordinal of the table in the document, from 1; 0 outside tables
	Row      int    // from 0, in the joined grid
	Column   int    // from 0
	Box      layout.Box
}

// Cell is one cell of a grid. Cells covered by a span have no text and
// Covered set; the span's text stands in its top-left cell.
type Cell struct {
	Text    string
	Places  []Place // one on each page that shows a part of the cell
	RowSpan int     // at least 1 in anchor cells, 0 in covered ones
	ColSpan int
	Covered bool
	Glyphs  int              // number of glyphs the text was made from
	Flags   layout.CellFlags // what happened to the text on its way here
}

// Segment is the part of a table that stands on one page. A joined table keeps
// its seams, so that the join can be undone.
type Segment struct {
	Page           int
	Box            layout.Box
	FirstRow, Rows int // rows of the joined grid that stand on this page
	// FirstColumn, Columns: the columns that stand on this page; all of them, unless
	// some had no room there and were printed on later pages.
	FirstColumn, Columns int
	RepeatedHeader       int // rows at the top of the segment that repeated the header and were left out
	Evidence             layout.Evidence
	Doubts               layout.Doubts
	// Joined tells what says that this part goes on with the one before; empty
	// for a table's first part.
	Joined JoinEvidence
	// JoinDoubts are what speaks against that, or had to be decided.
	JoinDoubts []JoinDoubt
	// TornRow: the first row of the segment was appended to the last row of the
	// segment before, which the page end had cut in two.
	TornRow bool
}

// JoinEvidence is what two parts of a table on two pages were joined by.
type JoinEvidence string

const (
	JoinedByColumns   JoinEvidence = "same columns, nothing between"
	JoinedByNumbering JoinEvidence = "same columns, numbering goes on"
	JoinedByTotal     JoinEvidence = "same columns, a total row alone"
	JoinedByHeader    JoinEvidence = "repeated header"
	JoinedByMark      JoinEvidence = "marked as continued"
	JoinedByTitle     JoinEvidence = "repeated title and header"
	JoinedByLabels    JoinEvidence = "repeated lines above, nothing begins anew"
	JoinedAtScale     JoinEvidence = "repeated title and header at another scale"
	JoinedBeside      JoinEvidence = "same rows, columns go on at the right"
)

// JoinDoubt is why the join of two parts may be wrong.
type JoinDoubt string

const (
	DoubtBlankPage     JoinDoubt = "a page without text between"
	DoubtRoomLeft      JoinDoubt = "the page before had room for more rows"
	DoubtTornRow       JoinDoubt = "a row torn by the page end was mended"
	DoubtColumnsDiffer JoinDoubt = "some column boundaries differ"
	DoubtBlankColumn   JoinDoubt = "a column has no text on one of the pages"
	DoubtOtherPage     JoinDoubt = "columns from another page were set at the right"
)

// Table is one grid of the document as a reader sees it, over all its pages.
type Table struct {
	Ordinal  int           // from 1, in reading order
	Title    string        // the line that names it, as printed; the first row's text where that names it
	Caption  []layout.Line // lines between title and grid, and beside the title: department, unit, year
	Notes    []layout.Line // lines right below the grid that belong to it
	Grid     [][]Cell      // rectangular
	Method   layout.Method // how its first part was found
	Segments []Segment
}

// SectionKind is what a piece of text is to a reader.
type SectionKind string

const (
	Heading       SectionKind = "heading"        // 一、部门职责; with Text when the text follows in the same line
	Paragraph     SectionKind = "paragraph"      // running text
	ListItem      SectionKind = "list_item"      // a numbered sentence or a bullet
	ContentsEntry SectionKind = "contents_entry" // a line of the contents page
	TableCaption  SectionKind = "caption"        // title, number, unit, department above a table
	TableNote     SectionKind = "note"           // a note under a table
	TableAnchor   SectionKind = "table"          // no text: the table itself stands here
)

// Section is a piece of the document's text, or the place of a table in it.
// Heading and Text together are what is printed, lines joined; only a contents
// entry lacks its leader dots and page number.
type Section struct {
	Ordinal int // from 1, in reading order
	Parent  int // ordinal of the heading or list item it stands under; 0 at the top
	Level   int // depth under its parents, from 1
	Kind    SectionKind
	Heading string  // of a heading and a contents entry, its numeral included; of a run-in heading up to its colon
	Text    string  // of all other kinds; of a run-in heading what follows the colon
	Target  int     // the page that a contents entry prints; 0 when it prints none
	Table   int     // ordinal of the table: of an anchor, caption or note, and of a heading that names one; else 0
	Places  []Place // one a page, in order
}

// Pages are the first and the last page a section stands on.
func (s *Section) Pages() (first, last int) {
	return s.Places[0].Page, s.Places[len(s.Places)-1].Page
}

// Finding is something odd the document says, or that reading it brought up.
// It is data, never an error.
type Finding struct {
	Rule     string // id of the rule, such as "V06"
	Severity string // error, warn or info
	Message  string // English, one sentence
	Place    Place
}
