package normalize

import (
	"gongkai/extract/layout"

	"github.com/shopspring/decimal"
)

// Batch is all that one document says, as rows ready for the datasets.
// It depends on the document's bytes and the program alone.
type Batch struct {
	Document Document
	Sources  []Source
	Tables   []Table
	Cells    []Cell
	Lines    []Line
	Findings []Finding
}

// Document is the row of the documents dataset.
type Document struct {
	ID                string // sha256 of the bytes, hex
	Bytes             int64
	PageCount         int
	Kind              string // department_budget, unit_final, government_budget … (schema.md), other
	Phase             string // approved, adjusted, executed
	FiscalYear        int    // 0: unknown
	AgencyCode        string
	AgencyName        string
	AdminDivision     string // GB/T 2260, six digits
	AdminDivisionName string
	DefaultUnit       string // unit of most tables, as printed
	Title             string
	Producer          string
	Creator           string
	HasTextLayer      bool
	TablesFound       int
	FindingsError     int
	FindingsWarn      int
	ExtractorVersion  string
	Status            string // ok, partial, failed
	FailureStage      string // for partial and failed: open, content, layout, normalize
	FailureClass      string // not_pdf, encrypted, no_text_layer …
	FailureMessage    string
}

// Source is one place the document's bytes came from.
type Source struct {
	Path       string // relative, or a URL
	DocumentID string
	Member     string // inside an archive
	Bytes      int64
}

// PageBox is a rectangle on a page.
type PageBox struct {
	Page int
	Box  layout.Box
}

// Table is the row of the tables dataset: one logical table. A two-sided
// statement gives one Table for its grid; its sides show in the lines.
type Table struct {
	ID             string // Document.ID[:16] + "#t" + two-digit ordinal
	DocumentID     string
	Ordinal        int
	Statement      string // canonical id of the statement, unknown or other
	Confidence     float64
	Title          string // as printed
	PublishedCode  string // 公开05表
	Side           string // whole, or the blocks it was split into, e.g. left|right
	PageFirst      int
	PageLast       int
	Boxes          []PageBox
	Rows, Columns  int
	HeaderRows     int
	UnitRaw        string // as printed, empty when unknown
	UnitSource     string // caption, column, section, none
	Method         string // lattice: rulings enclose the cells; stream: columns come from how the text is aligned
	IsEmpty        bool   // no amounts printed
	EmptyStatement string // the sentence that says so
}

// Cell is the row of the cells dataset, the audit layer: every cell of every grid.
type Cell struct {
	ID           string // Table.ID + "r" + row + "c" + column
	TableID      string
	DocumentID   string
	Page         int
	Row, Column  int // from 0, joined grid
	RowSpan      int
	ColumnSpan   int
	Role         string // title, header, colno, stub, data, total, note
	TextRaw      string
	TextNorm     string
	Value        decimal.NullDecimal // as printed, in the printed unit
	ValueState   string              // number, blank, dash, text, unparsed
	UnitRaw      string
	HeaderPath   []string
	RowLabelPath []string
	Box          layout.Box
	Glyphs       int
	Flags        []string
}

// Line is one printed amount: the row of budget_lines.
type Line struct {
	ID            string // = CellID
	TableID       string
	CellID        string
	LineNo        int // from 1 within the document, printed amounts only; 0 for blanks and dashes
	Statement     string
	FiscalYear    int
	Phase         string
	Direction     string // revenue, expenditure, or empty
	Side          string // whole, left, right, block1 …
	AgencyCode    string
	AgencyName    string
	AdminDivision string
	Code          string // printed code, parts joined
	CodeRaw       string
	Name          string // row label without code, spaces removed
	NameRaw       string
	CodeScheme    string // functional_expenditure, economic_department …; empty when unknown
	CodeEdition   string
	CodeStatus    string // exact, alias, renamed, unknown, none
	FuncCode      string
	EconCode      string
	ColumnPath    string              // header cells from top to bottom joined with "/"
	AmountCNY     decimal.NullDecimal // yuan, two decimals
	AmountRaw     string
	UnitRaw       string
	ValueState    string // number, blank, dash, unparsed
	IsTotal       bool
	IsMemo        bool // 其中
	Page          int
	Box           layout.Box
}

// Finding is the row of the findings dataset.
type Finding struct {
	ID         string // sha256(document|rule|locator)[:16], hex
	DocumentID string
	RuleID     string
	Severity   string // error, warn, info
	Outcome    string // fail, rounding, notice
	Origin     string // source, extraction, unknown
	MessageEN  string
	MessageZH  string
	TableID    string
	CellIDs    []string
	Pages      []int
}
