package export

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"gongkai/extract/layout"
	"gongkai/normalize"
	"gongkai/normalize/statement"
)

// Dataset describes one table of the published data.
type Dataset struct {
	Name        string
	Title       string
	Description string
	Columns     []Column
	PrimaryKey  []string
	ForeignKeys []ForeignKey
}

// ForeignKey says that a column holds the key of another dataset, under the same
// name unless Reference is set.
type ForeignKey struct {
	Column    string
	Dataset   string
	Reference string
}

// table is a Dataset of rows of type R.
type table[R any] struct {
	Dataset
	columns []column[R]
	// rows gives the batch's rows in the order of publication; it may use scratch.
	rows func(scratch []R, batch *normalize.Batch) []R
	// constant gives rows that are there whatever the documents say; nil: none.
	constant func() ([]R, error)
	// compares: rows that come from comparing documents follow those of the documents.
	compares bool
}

func newTable[R any](dataset Dataset, columns []column[R], rows func([]R, *normalize.Batch) []R) *table[R] {
	for i := range columns {
		dataset.Columns = append(dataset.Columns, columns[i].Column)
	}
	return &table[R]{Dataset: dataset, columns: columns, rows: rows}
}

// comparing marks a table whose rows come from comparing documents, too.
func (t *table[R]) comparing() *table[R] {
	t.compares = true
	return t
}

// Currency of every amount: the documents are in yuan renminbi.
const currency = "CNY"

var (
	toDocument = ForeignKey{Column: "document_id", Dataset: "documents"}
	toTable    = ForeignKey{Column: "table_id", Dataset: "tables"}
)

var (
	phases = []string{"approved", "budget as approved", "adjusted", "budget as adjusted during the year",
		"executed", "final accounts"}
	documentKinds = []string{"department_budget", "budget of a department with its units", "unit_budget", "budget of one unit",
		"department_final", "final accounts of a department with its units", "unit_final", "final accounts of one unit",
		"government_budget", "budget of a government", "government_final", "final accounts of a government",
		"performance", "performance targets or evaluation", "procurement", "procurement plan", "other", "none of these"}
	statuses = []string{"ok", "read as a whole", "partial", "some pages could not be read", "failed", "could not be read"}
	roles    = []string{"title", "title of the table", "header", "column heading", "colno", "column or row number (栏次, 行次)",
		"stub", "row label", "data", "value", "total", "value of a total row", "note", "remark"}
	valueStates = []string{"number", "a number is printed", "blank", "nothing is printed", "dash", "a dash is printed",
		"text", "words are printed", "unparsed", "something is printed that should be a number and is not understood"}
	fundTypes = []string{"general_public", "一般公共预算", "government_fund", "政府性基金预算", "state_capital", "国有资本经营预算",
		"special_account", "财政专户管理资金", "own_revenue", "单位资金", "all", "全部资金"}
	spendingKinds = []string{"basic", "基本支出", "project", "项目支出", "personnel", "人员经费, part of basic", "public", "公用经费, part of basic", "total", "合计"}
	measures      = []string{"budget", "预算数", "adjusted_budget", "调整预算数", "final", "决算数", "prior_year_budget", "上年预算数",
		"prior_year_final", "上年决算数", "change", "增减额"}
	unitSources = []string{"caption", "line above the table", "column", "column heading", "section", "earlier in the section", "none", "not found"}
)

// sourceName is how the datasets name a place that bytes came from; it is unique.
func sourceName(s *normalize.Source) string {
	if s.Member == "" || strings.HasSuffix(s.Path, s.Member) {
		return s.Path
	}
	return s.Path + "!/" + s.Member
}

// firstSource is the name of the first source in order of name.
func firstSource(batch *normalize.Batch) string {
	if len(batch.Sources) == 0 {
		return ""
	}
	first := slices.MinFunc(batch.Sources, func(a, b normalize.Source) int { return strings.Compare(sourceName(&a), sourceName(&b)) })
	return sourceName(&first)
}

func documentsTable() *table[normalize.Document] {
	type row = normalize.Document
	wasOpened := func(d *row) bool { return d.PageCount > 0 }
	return newTable(Dataset{
		Name: "documents", Title: "Documents", PrimaryKey: []string{"document_id"},
		Description: "One row for each distinct document, read or not.",
	}, []column[row]{
		textColumn("document_id", "document", "SHA-256 of the document's bytes, hex", func(d *row) string { return d.ID }).key().pattern("[0-9a-f]{64}"),
		integerColumn("bytes", "size", "size of the document in bytes", func(d *row) int64 { return d.Bytes }).atLeast("0"),
		integerColumn("page_count", "pages", "number of pages", func(d *row) int64 { return int64(d.PageCount) }).missingWhenZero().atLeast("1"),
		textColumn("doc_kind", "kind", "what was published", func(d *row) string { return d.Kind }).oneOf(documentKinds...),
		textColumn("phase", "phase", "stage of the budget cycle", func(d *row) string { return d.Phase }).oneOf(phases...).fiscal("phase:id"),
		integerColumn("fiscal_year", "fiscal year", "year the document is about", func(d *row) int64 { return int64(d.FiscalYear) }).missingWhenZero().fiscal("date:fiscal-year").mof("fiscal_year"),
		textColumn("agency_code", "agency code", "code of the publishing department or unit, as printed", func(d *row) string { return d.AgencyCode }).fiscal("administrative-classification:generic:level1:code").mof("agency_code"),
		textColumn("agency_name", "agency", "name of the publishing department or unit", func(d *row) string { return d.AgencyName }).fiscal("administrative-classification:generic:level1:label").mof("agency_name"),
		textColumn("admin_division", "division code", "administrative division, GB/T 2260", func(d *row) string { return d.AdminDivision }).pattern(`\d{6}`).fiscal("geo:source:code").mof("mof_div_code"),
		textColumn("admin_division_name", "division", "name of the administrative division", func(d *row) string { return d.AdminDivisionName }).fiscal("geo:source:label"),
		textColumn("currency", "currency", "currency of all amounts, ISO 4217", func(*row) string { return currency }).required().fiscal("value-currency:code"),
		textColumn("default_unit", "unit", "unit of most tables, as printed", func(d *row) string { return d.DefaultUnit }),
		textColumn("title", "title", "title of the document", func(d *row) string { return d.Title }).various(),
		textColumn("publish_date", "published", "day of publication that the document names", func(d *row) string { return d.PublishDate }).pattern(`\d{4}-\d{2}-\d{2}`),
		textColumn("pdf_producer", "producer", "program that wrote the PDF, by its own word", func(d *row) string { return d.Producer }),
		textColumn("pdf_creator", "creator", "program the document was made with, by the PDF's word", func(d *row) string { return d.Creator }),
		booleanColumn("has_text_layer", "has text", "whether the pages hold text; a scan without text has none", func(d *row) bool { return d.HasTextLayer }).missingUnless(wasOpened),
		numberColumn("text_confidence", "text confidence", "share of the text that is read without doubt, 0 to 1", func(d *row) float64 {
			if !wasOpened(d) {
				return math.NaN()
			}
			return d.TextConfidence
		}),
		integerColumn("tables_found", "tables", "number of tables", func(d *row) int64 { return int64(d.TablesFound) }).atLeast("0"),
		integerColumn("tables_expected", "tables announced", "number of tables that the contents page announces; missing when it announces none", func(d *row) int64 { return int64(d.TablesExpected) }).missingWhenZero().atLeast("1"),
		integerColumn("findings_error", "errors", "number of findings of severity error in the document by itself", func(d *row) int64 { return int64(d.FindingsError) }).atLeast("0"),
		integerColumn("findings_warn", "warnings", "number of findings of severity warn in the document by itself", func(d *row) int64 { return int64(d.FindingsWarn) }).atLeast("0"),
		textColumn("extractor_version", "extractor", "version of the program that read the document", func(d *row) string { return d.ExtractorVersion }),
		textColumn("status", "status", "how reading went", func(d *row) string { return d.Status }).required().oneOf(statuses...),
		textColumn("failure_stage", "failed stage", "stage that failed: open, content, layout or normalize", func(d *row) string { return d.FailureStage }),
		textColumn("failure_class", "failure", "kind of failure, such as not_pdf, encrypted or no_text_layer", func(d *row) string { return d.FailureClass }),
		textColumn("failure_message", "failure message", "what happened, in a sentence", func(d *row) string { return d.FailureMessage }).various(),
	}, func(rows []row, batch *normalize.Batch) []row { return append(rows, batch.Document) })
}

func sourcesTable() *table[normalize.Source] {
	type row = normalize.Source
	return newTable(Dataset{
		Name: "sources", Title: "Sources", PrimaryKey: []string{"source_path"}, ForeignKeys: []ForeignKey{toDocument},
		Description: "Where the documents' bytes were found; the same bytes may have several sources.",
	}, []column[row]{
		textColumn("source_path", "source", "relative path or URL; a member of an archive follows its path after !/", sourceName).key(),
		textColumn("document_id", "document", "document that was found there", func(s *row) string { return s.DocumentID }).required(),
		textColumn("member", "member", "path inside the archive", func(s *row) string { return s.Member }).various(),
		integerColumn("bytes", "size", "size in bytes", func(s *row) int64 { return s.Bytes }).atLeast("0"),
		textColumn("retrieved_at", "retrieved", "when the bytes were fetched, where the list of inputs says so", func(s *row) string { return s.RetrievedAt }).various(),
	}, func(rows []row, batch *normalize.Batch) []row {
		rows = append(rows, batch.Sources...)
		slices.SortFunc(rows, func(a, b row) int { return strings.Compare(sourceName(&a), sourceName(&b)) })
		return rows
	})
}

func tablesTable() *table[normalize.Table] {
	type row = normalize.Table
	return newTable(Dataset{
		Name: "tables", Title: "Tables", PrimaryKey: []string{"table_id"}, ForeignKeys: []ForeignKey{toDocument},
		Description: "One row for each logical table, over all pages it runs over.",
	}, []column[row]{
		textColumn("table_id", "table", "first 16 digits of the document id, #t and the ordinal", func(t *row) string { return t.ID }).key(),
		textColumn("document_id", "document", "document the table stands in", func(t *row) string { return t.DocumentID }).required(),
		integerColumn("ordinal", "ordinal", "place among the document's tables, from 1", func(t *row) int64 { return int64(t.Ordinal) }).atLeast("1"),
		textColumn("canonical_id", "statement", "which statement it is, whatever its printed title; unknown when it fits none, other when it has no amounts", func(t *row) string { return statement.Reported(t.Statement) }),
		textColumn("statement_kind", "kind of statement", statementKind, func(t *row) string { return t.Statement }),
		numberColumn("canonical_confidence", "confidence", "how sure that is, 0 to 1", func(t *row) float64 { return t.Confidence }),
		textColumn("title_raw", "title", "title as printed", func(t *row) string { return t.Title }),
		textColumn("published_code", "number", "number of the table as printed, such as 公开05表", func(t *row) string { return t.PublishedCode }),
		textColumn("side", "sides", "whole, or the blocks that stand side by side", func(t *row) string { return t.Side }),
		integerColumn("page_first", "first page", "page the table begins on, from 1", func(t *row) int64 { return int64(t.PageFirst) }).missingWhenZero().atLeast("1"),
		integerColumn("page_last", "last page", "page the table ends on", func(t *row) int64 { return int64(t.PageLast) }).missingWhenZero().atLeast("1"),
		boxListColumn("bboxes", "places", "rectangle on each page: page, and x0, y0, x1, y1 in points from the top left corner of the displayed page", func(t *row) []normalize.PageBox { return t.Boxes }),
		integerColumn("n_rows", "rows", "rows of the joined grid", func(t *row) int64 { return int64(t.Rows) }).atLeast("0"),
		integerColumn("n_cols", "columns", "columns of the joined grid", func(t *row) int64 { return int64(t.Columns) }).atLeast("0"),
		integerColumn("header_rows", "header rows", "rows of column headings and column numbers", func(t *row) int64 { return int64(t.HeaderRows) }).atLeast("0"),
		textColumn("unit_raw", "unit", "unit as printed", func(t *row) string { return t.UnitRaw }),
		textColumn("unit_source", "unit from", "where the unit was printed", func(t *row) string { return t.UnitSource }).oneOf(unitSources...),
		textColumn("method", "method", "how the grid was found", func(t *row) string { return t.Method }),
		booleanColumn("is_empty", "empty", "whether no amount is printed", func(t *row) bool { return t.IsEmpty }),
		textColumn("empty_statement", "empty statement", "the sentence that says so, even of a table with zeros or amounts", func(t *row) string { return t.EmptyStatement }).various(),
		textListColumn("row_evidence", "rows by", "what the rows were told by", func(t *row) []string { return t.RowEvidence }),
		textListColumn("column_evidence", "columns by", "what the columns were told by", func(t *row) []string { return t.ColumnEvidence }),
		textListColumn("join_evidence", "joined by", "for each page the table goes on to, what says so", func(t *row) []string { return t.JoinEvidence }),
		textListColumn("doubts", "doubts", "what was doubtful about the grid, with counts", func(t *row) []string { return t.Doubts }),
	}, func(_ []row, batch *normalize.Batch) []row { return batch.Tables })
}

func cellsTable() *table[normalize.Cell] {
	type row = normalize.Cell
	columns := []column[row]{
		textColumn("cell_id", "cell", "table_id, r and row, c and column", func(c *row) string { return c.ID }).key(),
		textColumn("table_id", "table", "table the cell belongs to", func(c *row) string { return c.TableID }).required(),
		textColumn("document_id", "document", "document the cell stands in", func(c *row) string { return c.DocumentID }).required(),
		integerColumn("page", "page", "page the cell begins on, from 1", func(c *row) int64 { return int64(c.Page) }).missingWhenZero().atLeast("1"),
		integerColumn("row", "row", "row of the joined grid, from 0", func(c *row) int64 { return int64(c.Row) }).atLeast("0"),
		integerColumn("col", "column", "column of the joined grid, from 0", func(c *row) int64 { return int64(c.Column) }).atLeast("0"),
		integerColumn("row_span", "row span", "rows it covers", func(c *row) int64 { return int64(c.RowSpan) }).atLeast("0"),
		integerColumn("col_span", "column span", "columns it covers", func(c *row) int64 { return int64(c.ColumnSpan) }).atLeast("0"),
		textColumn("role", "role", "what the cell does in its table", func(c *row) string { return c.Role }).oneOf(roles...),
		textColumn("text_raw", "text", "text as printed", func(c *row) string { return c.TextRaw }).various(),
		textColumn("text_norm", "normalised text", "text with width, spaces and radicals normalised", func(c *row) string { return c.TextNorm }).various(),
		decimalColumn("value", "value", "number as printed, in the printed unit", 24, 6, func(c *row) *decimal.NullDecimal { return &c.Value }),
		textColumn("value_state", "state", "what is printed", func(c *row) string { return c.ValueState }).oneOf(valueStates...),
		textColumn("unit_raw", "unit", "unit of the cell, as printed", func(c *row) string { return c.UnitRaw }),
		textListColumn("header_path", "header", "column headings from top to bottom", func(c *row) []string { return c.HeaderPath }),
		textListColumn("row_label_path", "row label", "row labels from the outside in", func(c *row) []string { return c.RowLabelPath }),
	}
	columns = append(columns, boxColumns(func(c *row) *layout.Box { return &c.Box })...)
	columns = append(columns,
		integerColumn("glyph_count", "glyphs", "number of printed characters", func(c *row) int64 { return int64(c.Glyphs) }).atLeast("0"),
		textListColumn("flags", "flags", "what happened to the text on its way here", func(c *row) []string { return c.Flags }),
	)
	return newTable(Dataset{
		Name: "cells", Title: "Cells", PrimaryKey: []string{"cell_id"}, ForeignKeys: []ForeignKey{toDocument, toTable},
		Description: "Every cell of every table as it stands on paper: the evidence for all other datasets.",
	}, columns, func(_ []row, batch *normalize.Batch) []row { return batch.Cells })
}

// lineRow is a line and what it takes from its document.
type lineRow struct {
	*normalize.Line
	file     string
	document string
}

func lineRows(rows []lineRow, file string, batch *normalize.Batch) []lineRow {
	rows = slices.Grow(rows, len(batch.Lines))
	for i := range batch.Lines {
		rows = append(rows, lineRow{&batch.Lines[i], file, batch.Document.ID})
	}
	return rows
}

// statementKind describes the column that tells statements apart which share a name.
const statementKind = "the statement more finely: basic_expenditure and fiscal_basic_expenditure cover all funds, gpb_basic_expenditure the general public budget"

// contractColumns are the columns of `lines --format csv`, and the first of the
// budget_lines dataset. Outsiders rely on their names and order.
func contractColumns() []column[lineRow] {
	type row = lineRow
	return []column[row]{
		textColumn("file", "file", "source of the document, the first in order when there are several", func(l *row) string { return l.file }),
		textColumn("document_id", "document", "document the line stands in", func(l *row) string { return l.document }).required(),
		textColumn("statement", "statement", "which statement it stands in; unknown when it fits none", func(l *row) string { return statement.Reported(l.Statement) }),
		integerColumn("fiscal_year", "fiscal year", "year of the document", func(l *row) int64 { return int64(l.FiscalYear) }).missingWhenZero().fiscal("date:fiscal-year").mof("fiscal_year"),
		textColumn("agency_code", "agency code", "code of the publishing department or unit, as printed", func(l *row) string { return l.AgencyCode }).fiscal("administrative-classification:generic:level1:code").mof("agency_code"),
		textColumn("agency_name", "agency", "name of the publishing department or unit", func(l *row) string { return l.AgencyName }).fiscal("administrative-classification:generic:level1:label").mof("agency_name"),
		textColumn("code", "code", "code of the row, its parts joined", func(l *row) string { return l.Code }),
		textColumn("name", "name", "label of the row without its code and without spaces", func(l *row) string { return l.Name }),
		textColumn("column_path", "column", "column headings from top to bottom, joined with /", func(l *row) string { return l.ColumnPath }).fiscal("value-kind:label"),
		decimalColumn("amount_cny", "amount", "amount in yuan; missing when the unit is unknown", 18, 2, func(l *row) *decimal.NullDecimal { return &l.AmountCNY }).fiscal("value"),
		textColumn("amount_raw", "printed amount", "amount as printed", func(l *row) string { return l.AmountRaw }).various(),
		textColumn("unit_raw", "unit", "unit as printed", func(l *row) string { return l.UnitRaw }),
		textColumn("value_state", "state", "what is printed", func(l *row) string { return l.ValueState }).oneOf(valueStates...),
		integerColumn("page", "page", "page of the amount, from 1", func(l *row) int64 { return int64(l.Page) }).missingWhenZero().atLeast("1"),
		integerColumn("line_no", "line number", "number of the printed amount in its document, from 1; missing for blanks and dashes", func(l *row) int64 { return int64(l.LineNo) }).missingWhenZero().atLeast("1"),
	}
}

func linesTable() *table[lineRow] {
	type row = lineRow
	columns := append(contractColumns(),
		textColumn("line_id", "line", "id of the line, the same as of its cell", func(l *row) string { return l.ID }).key().fiscal("budget-line-id"),
		textColumn("table_id", "table", "table the line stands in", func(l *row) string { return l.TableID }).required(),
		textColumn("cell_id", "cell", "cell the amount stands in", func(l *row) string { return l.CellID }).required().various(),
		textColumn("phase", "phase", "stage of the budget cycle", func(l *row) string { return l.Phase }).oneOf(phases...).fiscal("phase:id"),
		textColumn("direction", "direction", "revenue or expenditure", func(l *row) string { return l.Direction }).oneOf("revenue", "money in", "expenditure", "money out").fiscal("direction"),
		textColumn("side", "side", "whole, or the block of a table of several blocks side by side", func(l *row) string { return l.Side }),
		textColumn("statement_kind", "kind of statement", statementKind, func(l *row) string { return l.Statement }),
		textColumn("admin_division", "division code", "administrative division, GB/T 2260", func(l *row) string { return l.AdminDivision }).pattern(`\d{6}`).fiscal("geo:source:code").mof("mof_div_code"),
		textColumn("code_raw", "printed code", "code as printed", func(l *row) string { return l.CodeRaw }),
		textColumn("name_raw", "printed name", "row label as printed", func(l *row) string { return l.NameRaw }),
		textColumn("code_scheme", "scheme", "classification the code belongs to", func(l *row) string { return l.CodeScheme }),
		textColumn("code_edition", "edition", "edition of that classification", func(l *row) string { return l.CodeEdition }),
		textColumn("code_status", "code status", "how the code was found there: exact, alias, renamed, prefix, conflict, unknown, inferred (not printed, but told by the name and the rows above) or none", func(l *row) string { return l.CodeStatus }),
		textColumn("func_code", "functional code", "functional classification of expenditure, printed or inferred", func(l *row) string { return l.FuncCode }).pattern(`\d{3}(\d{2}(\d{2})?)?`).mof("exp_func_code"),
		textColumn("func_code_l1", "class", "class (类) of the functional code", func(l *row) string { return codeLevel(l.FuncCode, 1) }).pattern(`\d{3}`).fiscal("functional-classification:generic:level1:code"),
		textColumn("func_code_l2", "subclass", "subclass (款) of the functional code", func(l *row) string { return codeLevel(l.FuncCode, 2) }).pattern(`\d{5}`).fiscal("functional-classification:generic:level2:code"),
		textColumn("func_code_l3", "item", "item (项) of the functional code", func(l *row) string { return codeLevel(l.FuncCode, 3) }).pattern(`\d{7}`).fiscal("functional-classification:generic:level3:code"),
		textColumn("econ_code", "economic code", "departmental economic classification of expenditure, printed or inferred", func(l *row) string { return l.EconCode }).pattern(`\d{3}(\d{2})?`).mof("dep_bgt_eco_code"),
		textColumn("econ_code_l1", "economic class", "class (类) of the economic code", func(l *row) string { return codeLevel(l.EconCode, 1) }).pattern(`\d{3}`).fiscal("economic-classification:generic:level1:code"),
		textColumn("econ_code_l2", "economic subclass", "subclass (款) of the economic code", func(l *row) string { return codeLevel(l.EconCode, 2) }).pattern(`\d{5}`).fiscal("economic-classification:generic:level2:code"),
		textColumn("gov_econ_code", "government economic code", "government's economic classification of expenditure, printed or inferred", func(l *row) string { return l.GovEconCode }).pattern(`\d{3,}`).mof("gov_bgt_eco_code"),
		textColumn("fund_type", "fund", "fund the money belongs to; all when it is the sum of them", func(l *row) string { return l.FundType }).oneOf(fundTypes...).fiscal("fin-source:generic:code").mof("fund_type_code"),
		textColumn("spending_kind", "kind of spending", "what the column holds", func(l *row) string { return l.SpendingKind }).oneOf(spendingKinds...).fiscal("expenditure-type:code"),
		textColumn("item_code", "item", "row or column that no classification numbers, such as three_public.reception or income.fiscal", func(l *row) string { return l.ItemCode }),
		textColumn("item_name", "name of the item", "its usual name", func(l *row) string { return l.ItemName }),
		textColumn("project_code", "project code", "code of the project the row is about, as printed", func(l *row) string { return l.ProjectCode }).fiscal("activity:generic:project:code").mof("pro_code"),
		textColumn("project_name", "project", "name of that project", func(l *row) string { return l.ProjectName }).fiscal("activity:generic:project:label").mof("pro_name"),
		textColumn("measure", "measure", "what is measured; fiscal_year is always the document's", func(l *row) string { return l.Measure }).oneOf(measures...),
		textColumn("amount_role", "role", "what may be added up: flows only", func(l *row) string { return l.AmountRole }).oneOf("flow", "money of a period", "unit_price", "price of one piece", "stock", "what there is on a day"),
		textColumn("reporting_level", "reported by", "whose money it is", func(l *row) string { return l.ReportedBy }).oneOf("government", "a government", "department", "a department with its units", "unit", "one unit"),
		integerColumn("level", "level", "depth of the row, from 1; missing for totals and where it is not known", func(l *row) int64 { return int64(l.Level) }).missingWhenZero().atLeast("1"),
		textColumn("parent_line_id", "parent", "line of the same column in the row that this row details", func(l *row) string { return l.ParentLineID }).various(),
		booleanColumn("is_leaf", "leaf", "whether the row is no total and no memo item, and no other row of its table details it", func(l *row) bool { return l.IsLeaf }),
		integerColumn("unit_factor", "unit factor", "yuan in one printed unit; missing when the unit is unknown", func(l *row) int64 { return unitFactor(l.UnitRaw) }).missingWhenZero().atLeast("1"),
		booleanColumn("is_total", "total", "whether the row is a total", func(l *row) bool { return l.IsTotal }),
		booleanColumn("is_memo", "memo item", "whether the row only repeats a part of another (其中)", func(l *row) bool { return l.IsMemo }),
	)
	columns = append(columns, boxColumns(func(l *row) *layout.Box { return &l.Box })...)
	columns = append(columns,
		textColumn("currency", "currency", "currency of the amount, ISO 4217", func(*row) string { return currency }).required().fiscal("value-currency:code"))
	return newTable(Dataset{
		Name: "budget_lines", Title: "Budget lines", PrimaryKey: []string{"line_id"},
		ForeignKeys: []ForeignKey{toDocument, toTable, {Column: "cell_id", Dataset: "cells"}},
		Description: "One row for each money cell of every table, blanks and dashes included. The same yuan stands in several statements, levels and documents: do not add it up blindly.",
	}, columns, func(rows []row, batch *normalize.Batch) []row { return lineRows(rows, firstSource(batch), batch) })
}

// leafRows are the lines of the view of expenditure leaves.
func leafRows(rows []lineRow, file string, batch *normalize.Batch) []lineRow {
	for i := range batch.Lines {
		if batch.Lines[i].LeafOf != "" {
			rows = append(rows, lineRow{&batch.Lines[i], file, batch.Document.ID})
		}
	}
	return rows
}

// leafColumns are the columns of the view, in its order; they are columns of
// the budget lines.
var leafColumns = []string{"line_id", "document_id", "file", "statement", "fiscal_year", "phase", "measure", "admin_division", "agency_code", "agency_name",
	"reporting_level", "func_code", "func_code_l1", "func_code_l2", "func_code_l3", "econ_code", "econ_code_l1", "econ_code_l2", "gov_econ_code", "code", "name", "code_status",
	"fund_type", "spending_kind", "column_path", "amount_cny", "currency", "amount_raw", "unit_raw", "page"}

// leavesTable is a view of the budget lines that may be added up blindly.
func leavesTable() *table[lineRow] {
	byName := map[string]column[lineRow]{}
	for _, c := range linesTable().columns {
		byName[c.Name] = c
	}
	columns := []column[lineRow]{
		textColumn("kind", "classification", "how the expenditure is classified; add up one kind only", func(l *lineRow) string { return l.LeafOf }).required().
			oneOf("functional", "what for: all expenditure", "economic", "on what: expenditure of the economic statement, mostly basic expenditure"),
	}
	for _, name := range leafColumns {
		columns = append(columns, byName[name])
	}
	return newTable(Dataset{
		Name: "expenditure_leaves", Title: "Leaves of expenditure", PrimaryKey: []string{"line_id"},
		ForeignKeys: []ForeignKey{toDocument, {Column: "line_id", Dataset: "budget_lines"}},
		Description: "Budget lines that hold the expenditure of each document once: the sum of amount_cny where kind is functional is its total expenditure.",
	}, columns, func(rows []lineRow, batch *normalize.Batch) []lineRow {
		return leafRows(rows, firstSource(batch), batch)
	})
}

// codeLevel is the class (3 digits), subclass (5) or item (7) part of a code,
// empty when the code is less deep.
func codeLevel(code string, level int) string {
	if digits := 1 + 2*level; len(code) >= digits {
		return code[:digits]
	}
	return ""
}

// unitFactor is the number of yuan in one printed unit, 0 when it is unknown.
func unitFactor(unit string) int64 {
	switch strings.TrimPrefix(strings.TrimSpace(unit), "人民币") {
	case "元":
		return 1
	case "百元":
		return 1e2
	case "千元":
		return 1e3
	case "万元":
		return 1e4
	case "十万元":
		return 1e5
	case "百万元":
		return 1e6
	case "千万元":
		return 1e7
	case "亿元":
		return 1e8
	case "十亿元":
		return 1e9
	case "百亿元":
		return 1e10
	case "千亿元":
		return 1e11
	}
	return 0
}

// faults are what a wrong number can look like.
var faults = []string{"row_shift", "values stand a row too high or too low", "swapped", "two values changed places", "decimal_point", "the decimal point is missing or misplaced",
	"unit", "off by the factor of another unit", "sign", "the sign is lost", "lost_digit", "a digit is missing"}

func findingsTable() *table[normalize.Finding] {
	type row = normalize.Finding
	inUnit := func(name, title, description string, get func(*row) *decimal.NullDecimal) column[row] {
		return decimalColumn(name, title, description, countDigits, countPlaces, get)
	}
	return newTable(Dataset{
		Name: "findings", Title: "Findings", PrimaryKey: []string{"finding_id"}, ForeignKeys: []ForeignKey{toDocument},
		Description: "What is odd: sums that do not add up, unknown codes, text that could not be read. Nothing in the other datasets is changed because of a finding. What comes from holding documents against each other stands last.",
	}, []column[row]{
		textColumn("finding_id", "finding", "first 16 digits of the SHA-256 of document, rule and place", func(f *row) string { return f.ID }).key(),
		textColumn("document_id", "document", "document it is about", func(f *row) string { return f.DocumentID }).required(),
		textColumn("rule_id", "rule", "rule that found it", func(f *row) string { return f.RuleID }).required(),
		integerColumn("rule_version", "rule version", "version of that rule", func(f *row) int64 { return int64(f.RuleVersion) }).atLeast("1"),
		textColumn("severity", "severity", "how bad it is", func(f *row) string { return f.Severity }).oneOf("error", "the numbers cannot all be right", "warn", "someone should look", "info", "good to know"),
		textColumn("outcome", "outcome", "what the rule says", func(f *row) string { return f.Outcome }).oneOf("fail", "the rule does not hold", "rounding", "it holds but for rounding", "notice", "there is nothing to hold"),
		textColumn("origin", "origin", "who is to blame", func(f *row) string { return f.Origin }).oneOf("source", "the document says so", "extraction", "reading went wrong", "unknown", "not known"),
		textColumn("message_en", "message", "what was found, in English", func(f *row) string { return f.MessageEN }).various(),
		textColumn("message_zh", "message in Chinese", "what was found, in Chinese", func(f *row) string { return f.MessageZH }).various(),
		textColumn("formula", "formula", "the rule in numbers", func(f *row) string { return f.Formula }).various(),
		inUnit("expected_value", "expected", "what the other numbers give", func(f *row) *decimal.NullDecimal { return &f.Expected }),
		inUnit("observed_value", "observed", "what is printed", func(f *row) *decimal.NullDecimal { return &f.Observed }),
		inUnit("difference", "difference", "observed less expected", func(f *row) *decimal.NullDecimal { return &f.Difference }),
		inUnit("tolerance", "tolerance", "the largest difference that rounding explains", func(f *row) *decimal.NullDecimal { return &f.Tolerance }),
		textColumn("unit", "unit", "unit of these values", func(f *row) string { return f.Unit }),
		textColumn("fault", "fault", "what the numbers look like; missing when like none of these", func(f *row) string { return f.Fault }).oneOf(faults...),
		textColumn("suspect_cell_id", "suspect", "cell that most witnesses speak against", func(f *row) string { return f.Suspect }),
		inUnit("proposed_value", "proposed", "what that cell should say by the other witnesses", func(f *row) *decimal.NullDecimal { return &f.Proposed }),
		numberColumn("confidence", "confidence", "how sure the finding is, 0 to 1; low when the page is hard to read", func(f *row) float64 { return f.Confidence }),
		textListColumn("table_ids", "tables", "tables it is about", func(f *row) []string { return f.TableIDs }),
		textListColumn("cell_ids", "cells", "cells it is about", func(f *row) []string { return f.CellIDs }),
		textListColumn("section_ids", "sections", "pieces of text it is about", func(f *row) []string { return f.SectionIDs }),
		integerListColumn("pages", "pages", "pages it is about", func(f *row) []int { return f.Pages }),
		textColumn("witnesses", "witnesses", "the numbers of the formula and others that say the same or something else, as JSON: role, label, raw, value, cell_id, fact_id, page, and x0, y0, x1, y1", witnesses).various(),
	}, func(_ []row, batch *normalize.Batch) []row { return batch.Findings }).comparing()
}

// witness is an operand as the column of witnesses has it.
type witness struct {
	Role  string `json:"role"`
	Label string `json:"label"`
	Raw   string `json:"raw"`
	Value string `json:"value,omitempty"`
	Cell  string `json:"cell_id,omitempty"`
	Fact  string `json:"fact_id,omitempty"`
	Page  int    `json:"page,omitempty"`
	// Edges of the place on the page, in points with two decimals.
	X0 json.Number `json:"x0"`
	Y0 json.Number `json:"y0"`
	X1 json.Number `json:"x1"`
	Y1 json.Number `json:"y1"`
}

// witnesses are the operands of a finding as a JSON array, empty when it has none.
func witnesses(f *normalize.Finding) string {
	if len(f.Operands) == 0 {
		return ""
	}
	list := make([]witness, len(f.Operands))
	for i := range f.Operands {
		o := &f.Operands[i]
		list[i] = witness{Role: o.Role, Label: o.Label, Raw: o.Raw, Cell: o.CellID, Fact: o.TextAmountID, Page: o.Page,
			X0: points(o.Box.X0), Y0: points(o.Box.Y0), X1: points(o.Box.X1), Y1: points(o.Box.Y1)}
		if o.Value.Valid {
			list[i].Value = o.Value.Decimal.String()
		}
	}
	encoded, err := json.Marshal(list) // fails for values that are not finite; a box is
	if err != nil {
		return ""
	}
	return string(encoded)
}

// points is a coordinate with the places that the other datasets print.
func points(v float64) json.Number { return json.Number(strconv.FormatFloat(v, 'f', 2, 64)) }

// ruleOutcomesTable tells of every rule whether it held, so that no finding is
// not taken for a pass.
func ruleOutcomesTable() *table[normalize.RuleOutcome] {
	type row = normalize.RuleOutcome
	return newTable(Dataset{
		Name: "rule_outcomes", Title: "Outcomes of rules", PrimaryKey: []string{"outcome_id"}, ForeignKeys: []ForeignKey{toDocument, toTable},
		Description: "For each document, rule and table: whether the rule was checked and how it came out. A rule that could not be checked is no pass. What comes from holding documents against each other stands last.",
	}, []column[row]{
		textColumn("outcome_id", "outcome", "document, rule and table", func(r *row) string { return r.ID }).key(),
		textColumn("document_id", "document", "document it is about", func(r *row) string { return r.DocumentID }).required(),
		textColumn("rule_id", "rule", "rule that was to be checked", func(r *row) string { return r.RuleID }).required(),
		integerColumn("rule_version", "rule version", "version of that rule", func(r *row) int64 { return int64(r.RuleVersion) }).atLeast("1"),
		textColumn("table_id", "table", "table it was checked in; missing when it is about the whole document", func(r *row) string { return r.TableID }),
		textColumn("outcome", "outcome", "the worst of all instances", func(r *row) string { return r.Outcome }).required().oneOf("pass", "it holds", "rounding", "it holds but for rounding", "fail", "it does not hold",
			"notice", "someone should look", "not_applicable", "there is nothing it could be about", "insufficient_data", "numbers it needs are not there", "error", "it could not be worked out"),
		integerColumn("n_checked", "checked", "instances that had all their numbers", func(r *row) int64 { return int64(r.Checked) }).atLeast("0"),
		integerColumn("n_passed", "passed", "instances that hold exactly", func(r *row) int64 { return int64(r.Passed) }).atLeast("0"),
		integerColumn("n_rounding", "rounding", "instances that hold but for rounding", func(r *row) int64 { return int64(r.Rounded) }).atLeast("0"),
		integerColumn("n_failed", "failed", "instances that do not hold", func(r *row) int64 { return int64(r.Failed) }).atLeast("0"),
		textColumn("reason", "reason", "why it could not be checked", func(r *row) string { return r.Reason }),
	}, func(_ []row, batch *normalize.Batch) []row { return batch.RuleOutcomes }).comparing()
}
