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

	Purchases    []Purchase
	Assets       []Asset
	Institutions []Institution
	Indicators   []Indicator
	Sections     []Section
	TextAmounts  []TextAmount
	Terms        []Term

	RuleOutcomes []RuleOutcome
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
	PublishDate       string // 2021-02-18; empty when the document names no day
	Producer          string
	Creator           string
	HasTextLayer      bool
	TextConfidence    float64 // share of the text that is read without doubt, 0 to 1
	TablesFound       int
	TablesExpected    int // tables that the contents page announces; 0: it announces none
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
	// RetrievedAt is when the bytes were fetched, RFC 3339, where the list of inputs says so.
	RetrievedAt string
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
	UnitRaw        string   // as printed, empty when unknown
	UnitSource     string   // caption, column, section, none
	Method         string   // lattice: rulings enclose the cells; stream: columns come from how the text is aligned
	IsEmpty        bool     // no amounts printed
	EmptyStatement string   // the sentence that says so; some stand under zeros, or under amounts
	RowEvidence    []string // what the rows were told by, in words
	ColumnEvidence []string // what the columns were told by
	JoinEvidence   []string // for each seam, what says that the table goes on
	Doubts         []string // what was doubtful, with counts
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
	CodeStatus    string // exact, alias, renamed, prefix, conflict, unknown, inferred from the name, none
	FuncCode      string // functional code, printed or inferred
	EconCode      string // departmental economic code, printed or inferred
	GovEconCode   string // the same of the government's economic classification
	ItemCode      string // three_public.reception, income.fiscal …: rows and columns that no classification numbers
	ItemName      string
	ProjectCode   string
	ProjectName   string
	FundType      string              // general_public, government_fund, state_capital, special_account, own_revenue, all
	SpendingKind  string              // basic, project, personnel, public, total
	Measure       string              // budget, adjusted_budget, final, prior_year_budget, prior_year_final, change
	AmountRole    string              // flow, unit_price, stock
	Level         int                 // depth of the row, from 1; 0: a total, or not known
	IsLeaf        bool                // the row is no total, no memo item, and none below it details it
	ParentLineID  string              // the line of the same column in the row that this row details
	ReportedBy    string              // government, department, unit
	LeafOf        string              // functional, economic: the line is in the view of expenditure leaves
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

// Finding is the row of the findings dataset: something the document says that
// does not hold, holds up to rounding only, or should be looked at.
type Finding struct {
	ID          string // sha256(document|rule|locator)[:16], hex
	DocumentID  string
	RuleID      string
	RuleVersion int
	Severity    string // error, warn, info
	Outcome     string // fail, rounding, notice
	Origin      string // source, extraction, unknown
	MessageEN   string
	MessageZH   string
	Formula     string              // in numbers: 2.23 ≠ 1.93 + 0.30 + 0.20 (= 2.43)
	Expected    decimal.NullDecimal // in Unit
	Observed    decimal.NullDecimal
	Difference  decimal.NullDecimal // observed less expected
	Tolerance   decimal.NullDecimal // the largest difference that rounding explains
	Unit        string
	Fault       string              // the fault the numbers look like: row_shift, swapped, decimal_point, unit, sign, lost_digit; empty: none of these
	Suspect     string              // cell that most witnesses speak against
	Proposed    decimal.NullDecimal // what the suspect should say by the other witnesses, in Unit; the data is not changed
	Confidence  float64             // 0 to 1; low when the evidence on the page is weak
	TableIDs    []string
	CellIDs     []string
	SectionIDs  []string
	Pages       []int
	Operands    []Operand // the numbers of the formula and the other witnesses, each with its place
}

// Operand is one printed number of a finding.
type Operand struct {
	Role         string              // whole, part, witness …: what it does in the formula
	Label        string              // the row and column it stands in, or the words beside it
	Raw          string              // as printed, with its unit
	Value        decimal.NullDecimal // in the finding's Unit
	CellID       string
	TextAmountID string // in prose instead
	Page         int
	Box          layout.Box
}

// RuleOutcome is the row of rule_outcomes: how often a rule was checked in one
// table, or in the document as a whole, and how it came out. A rule that could
// not be checked has a row too, so that no finding is not taken for a pass.
type RuleOutcome struct {
	ID          string // DocumentID[:16] + "#" + RuleID, and the table's part of TableID where there is one
	DocumentID  string
	RuleID      string
	RuleVersion int
	TableID     string // empty: the document as a whole
	Outcome     string // pass, fail, rounding, notice, not_applicable, insufficient_data, error; the worst of its instances
	Checked     int    // instances that had all their numbers
	Passed      int
	Rounded     int
	Failed      int
	Reason      string // why it could not be checked
}

// Term is the row of terms: a word that the document's glossary explains.
type Term struct {
	ID         string // Section.ID + "d" + number within the section
	DocumentID string
	SectionID  string
	Ordinal    int // in the glossary, from 1
	Name       string
	Definition string
	Page       int
}

// Purchase is the row of procurement_items: one thing or service that is to be
// bought. Amounts are in yuan; one that is not printed is null.
type Purchase struct {
	ID               string // Table.ID + "r" + row
	DocumentID       string
	TableID          string
	Row              int // of the joined grid, from 0
	ProjectName      string
	ProjectCode      string
	ProjectBudget    decimal.NullDecimal // of the whole project, repeated by each of its items
	ItemName         string
	CatalogueCode    string // 品目, such as A02010104
	CatalogueScheme  string // CN-GPC
	CatalogueEdition string // of the catalogue that lists the code: 2013, 2022
	Unit             string // 台
	Quantity         decimal.NullDecimal
	UnitPrice        decimal.NullDecimal
	Amount           decimal.NullDecimal
	AmountGeneral    decimal.NullDecimal // general public budget
	AmountFund       decimal.NullDecimal // government funds
	AmountCapital    decimal.NullDecimal // state capital
	AmountSpecial    decimal.NullDecimal // special fiscal account
	AmountOwn        decimal.NullDecimal // the unit's own and other money
	Category         string              // goods, works, services
	Page             int
	Box              layout.Box // of the item's name
}

// Asset is the row of assets: one kind of fixed asset a department holds.
type Asset struct {
	ID           string // Table.ID + "r" + row
	DocumentID   string
	TableID      string
	AsOf         string // 2020-12-31; empty when the captions name no day
	Kind         string // total, building, office_building, vehicle, equipment_over_200k, other
	LabelRaw     string
	Quantity     decimal.NullDecimal
	QuantityUnit string              // of the label: 平方米
	Value        decimal.NullDecimal // yuan
	IsMemo       bool                // 其中
	Page         int
	Box          layout.Box // of the label
}

// Institution is the row of institutions: a unit that the publisher lists.
type Institution struct {
	ID         string // Table.ID + "r" + row
	DocumentID string
	TableID    string
	Name       string
	Code       string
	NatureRaw  string // 行政, 参公事业 …
	RankRaw    string // 正处级
	FundingRaw string // 财政拨款
	Page       int
	Box        layout.Box // of the name
}

// Indicator is the row of performance_indicators: one target.
type Indicator struct {
	ID            string // of the cell it stands in or of its sentence, with #i and a number where one holds several
	DocumentID    string
	TableID       string // empty for targets in prose
	CellID        string
	Scope         string // department, project
	ProjectCode   string
	ProjectName   string
	ProjectBudget decimal.NullDecimal // yuan
	GoalNo        string              // number of the goal it is set for, when prose numbers its goals
	GoalText      string              // that goal, in words
	Level1Raw     string
	Level1        string // output, benefit, satisfaction, cost
	Level2Raw     string
	Level2        string // quantity, quality, timeliness, cost, economic, social, ecological, sustainability, satisfaction
	Name          string
	Description   string
	Operator      string // ge, gt, le, lt, eq, none
	TargetValue   decimal.NullDecimal
	TargetUnit    string
	TargetRaw     string
	TargetText    string // a target in words
	Basis         string
	ActualValue   decimal.NullDecimal
	Score         decimal.NullDecimal
	Page          int
	Box           layout.Box // of the target
}

// Section is the row of sections: a piece of text, a heading or the place of a table.
type Section struct {
	ID         string // Document.ID[:16] + "#s" + ordinal
	DocumentID string
	ParentID   string
	Level      int
	Ordinal    int
	Form       string // heading, paragraph, list_item …
	Heading    string
	Kind       string // what it is about: duties, organisation, glossary …
	Text       string
	TableID    string
	PageFirst  int
	PageLast   int
}

// TextAmount is the row of text_amounts: an amount or share that prose states.
type TextAmount struct {
	ID            string // Section.ID + "a" + number within the section
	DocumentID    string
	SectionID     string
	Sentence      string
	SubjectPath   string // 三公/公务接待费
	Measure       string // budget, final, change, rate, share
	Period        int    // year; 0: unknown
	DirectionWord string // 增加, 减少, 持平
	Value         decimal.NullDecimal
	Unit          string
	Amount        decimal.NullDecimal // yuan
	CharStart     int                 // runes of the section's text, from 0
	CharEnd       int
	Page          int
	Box           layout.Box // of the section on that page
}
