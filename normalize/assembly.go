package normalize

import (
	"strconv"
	"strings"

	"gongkai/extract"
	"gongkai/extract/layout"
	"gongkai/normalize/codebook"
	"gongkai/normalize/statement"
)

// assembly fills the batch table by table.
type assembly struct {
	document *extract.Document
	book     *codebook.Book
	profile  profile
	batch    *Batch
	lineNo   int
	units    map[string]int // tables by printed unit
	phase    string
	flags    map[layout.CellFlags][]string
	codes    map[codeKey]*codeMeaning
	children map[codeKey]string // codes inferred from the code above and a name
	agencies agencies
	// indicators reads on in a table that goes on from the one before.
	indicators *indicatorReader

	lineColumns []int32 // column of the grid each line stands in
}

// codeKey: one document prints the same codes in statement after statement.
type codeKey struct{ scheme, code, name string }

type codeMeaning struct {
	resolution codebook.Resolution
	path       []string
}

// assemble makes the batch from what was read.
func assemble(document *extract.Document, book *codebook.Book, p profile, readings []*reading) *Batch {
	a := newAssembly(document, book, p, readings)
	tables := make([]tableLines, 0, len(readings))
	at := make(map[*reading]int, len(readings))
	for _, t := range readings {
		first := len(a.batch.Lines)
		a.addTable(t)
		place, continued := at[t.before]
		if !continued {
			place = len(tables)
			tables = append(tables, tableLines{reading: t})
		}
		at[t] = place
		tables[place].ranges = append(tables[place].ranges, [2]int{first, len(a.batch.Lines)})
	}
	a.markLeaves(tables)
	a.joinProjects()
	a.writeSections()
	a.finish()
	return a.batch
}

// newAssembly makes room for all rows at once.
func newAssembly(document *extract.Document, book *codebook.Book, p profile, readings []*reading) *assembly {
	cells, lines := 0, 0
	for _, t := range readings {
		cells += t.sheet.anchors
		lines += t.mostLines()
	}
	return &assembly{
		document: document, book: book, profile: p, phase: phaseName(p.phase),
		batch: &Batch{
			Tables: make([]Table, 0, len(readings)),
			Cells:  make([]Cell, 0, cells),
			Lines:  make([]Line, 0, lines),
		},
		units:       map[string]int{},
		flags:       map[layout.CellFlags][]string{},
		codes:       map[codeKey]*codeMeaning{},
		children:    map[codeKey]string{},
		lineColumns: make([]int32, 0, lines),
		agencies:    listAgencies(readings, p),
	}
}

func phaseName(p statement.Phase) string {
	if p == statement.Executed {
		return "executed"
	}
	return "approved"
}

// addTable appends the rows of one table to the batch.
func (a *assembly) addTable(t *reading) {
	table := a.describeTable(t)
	a.batch.Tables = append(a.batch.Tables, table)
	w := newTableWriter(a, t, &a.batch.Tables[len(a.batch.Tables)-1])
	w.writeCells()
	if t.form {
		w.writeForm()
	} else {
		w.writeRows()
	}
	w.writeFacts()
	a.reportTable(t, w)
}

func (a *assembly) describeTable(t *reading) Table {
	source := t.sheet.table
	table := Table{
		ID:         a.tableID(source.Ordinal),
		DocumentID: a.document.Source.SHA256,
		Ordinal:    source.Ordinal, Statement: t.match.ID, Confidence: t.match.Confidence,
		Title: printedTitle(t), PublishedCode: t.number,
		Side: sides(t.blocks), Rows: t.sheet.rows, Columns: t.sheet.columns, HeaderRows: t.header.rows,
		UnitRaw: t.unitRaw, UnitSource: t.unitSource, Method: string(source.Method),
		JoinEvidence: joinEvidence(source), Doubts: doubts(source),
		IsEmpty: !t.hasAmounts,
	}
	table.RowEvidence, table.ColumnEvidence = gridEvidence(source)
	if t.form {
		table.HeaderRows = 0 // labels and values, no header
	}
	for _, s := range source.Segments {
		table.Boxes = append(table.Boxes, PageBox{s.Page, s.Box})
	}
	if n := len(source.Segments); n > 0 {
		table.PageFirst, table.PageLast = source.Segments[0].Page, source.Segments[n-1].Page
	}
	table.EmptyStatement = emptyStatement(source.Notes, table.IsEmpty)
	if t.unitRaw != "" {
		a.units[t.unitRaw]++
	}
	return table
}

// tableID names a table: the document's first sixteen digits and the ordinal.
func (a *assembly) tableID(ordinal int) string {
	id := a.document.Source.SHA256
	if len(id) > 16 {
		id = id[:16]
	}
	if ordinal < 10 {
		return id + "#t0" + strconv.Itoa(ordinal)
	}
	return id + "#t" + strconv.Itoa(ordinal)
}

// printedTitle is the table's title, or the one inside its rules.
func printedTitle(t *reading) string {
	if t.sheet.table.Title != "" {
		return t.sheet.table.Title
	}
	for r := 0; r < t.header.titles; r++ {
		if value, _, ok := t.sheet.soleText(r); ok && !isCaption(value) {
			return value
		}
	}
	return ""
}

func sides(blocks []block) string {
	if len(blocks) == 0 {
		return "whole"
	}
	names := make([]string, len(blocks))
	for i := range blocks {
		names[i] = blocks[i].side
	}
	return strings.Join(names, "|")
}

// emptyStatement is the note that says a table is empty on purpose. Some say so of
// a table with zeros, or one with amounts; there only the word 空表 counts.
func emptyStatement(notes []layout.Line, empty bool) string {
	for _, n := range notes {
		if strings.Contains(n.Text, "空表") || empty && containsAny(n.Text, "无", "没有", "不涉及") {
			return n.Text
		}
	}
	return ""
}

// finish fills in the row of the document.
func (a *assembly) finish() {
	d, p := a.document, &a.profile
	a.carryFindings()
	a.reportDocument()
	a.batch.Document = Document{
		ID: d.Source.SHA256, Bytes: int64(len(d.Source.Bytes)), PageCount: len(d.Pages),
		Kind: p.kind, Phase: a.phase, FiscalYear: p.year, AgencyCode: p.code, AgencyName: p.name,
		DefaultUnit: a.defaultUnit(), Title: documentTitle(p.title, d.Info.Title),
		Producer: d.Info.Producer, Creator: d.Info.Creator,
		TablesFound: len(d.Tables), Status: "ok",
	}
	if p.hasPlace {
		a.batch.Document.AdminDivision, a.batch.Document.AdminDivisionName = p.division.Code, p.division.Name
	}
	a.batch.Sources = []Source{{Path: d.Source.URI, DocumentID: d.Source.SHA256, Bytes: int64(len(d.Source.Bytes))}}
	a.judgePages()
	for i := range a.batch.Findings {
		switch a.batch.Findings[i].Severity {
		case "error":
			a.batch.Document.FindingsError++
		case "warn":
			a.batch.Document.FindingsWarn++
		}
	}
}

func documentTitle(cover, info string) string {
	if cover != "" {
		return cover
	}
	return info
}

// defaultUnit is the unit of most tables.
func (a *assembly) defaultUnit() string {
	best := ""
	for name, n := range a.units {
		if n > a.units[best] || n == a.units[best] && name < best {
			best = name
		}
	}
	return best
}

// judgePages: a document with a page that could not be read, or that is a
// picture without text, is partial; without a word on any page it failed. The
// reason given is that of the first such page, but one that another run may read
// goes before one that it cannot.
func (a *assembly) judgePages() {
	row := &a.batch.Document
	for i := range a.document.Pages {
		page := &a.document.Pages[i]
		row.HasTextLayer = row.HasTextLayer || page.Glyphs > 0
		number := strconv.Itoa(page.Number)
		switch {
		case page.Failed != "" && (row.Status == "ok" || extract.Retryable(page.FailedClass) && !extract.Retryable(row.FailureClass)):
			row.Status, row.FailureStage, row.FailureClass = "partial", "content", page.FailedClass
			row.FailureMessage = "page " + number + ": " + page.Failed
		case page.Scanned && row.Status == "ok":
			row.Status, row.FailureStage, row.FailureClass = "partial", "layout", "no_text_layer"
			row.FailureMessage = "page " + number + " is an image without text"
		}
	}
	if row.Status == "partial" && !row.HasTextLayer {
		row.Status = "failed"
	}
}
