package inspect

import (
	"cmp"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"gongkai/extract"
	"gongkai/extract/layout"
	"gongkai/normalize"
)

// format is the version of the report; a report of another one is out of date.
const format = 1

// Generator names the program that wrote a report: <meta name="generator">. Two
// reports of one document with the same generator are the same.
func Generator(version string) string {
	return "gongkai " + version + " report " + strconv.Itoa(format)
}

// Picture is a page as a renderer paints it, to be seen behind the redrawn one.
type Picture struct {
	Type  string // image/png, image/jpeg
	Bytes []byte
}

// Options of a report. The zero value is ready to use.
type Options struct {
	Pictures map[int]Picture // by page number
}

// Report writes the report of one document as HTML. The document was read with
// extract.Options.KeepPages; nil stands for one that could not be read, of which
// the batch alone tells. Errors are those of out.
func Report(out io.Writer, document *extract.Document, batch *normalize.Batch, options Options) error {
	p, err := reportProgram()
	if err != nil {
		return err
	}
	if document == nil {
		document = &extract.Document{}
	}
	w := &writer{}
	w.head(p, titleOf(batch), Generator(batch.Document.ExtractorVersion))
	if err := writeData(w, document, batch, options); err != nil {
		return err
	}
	w.foot(p)
	_, err = out.Write(w.Bytes())
	return err
}

// writeData writes one block for the document as a whole and one for each page
// and table, so that the browser reads only those it shows.
func writeData(w *writer, document *extract.Document, batch *normalize.Batch, options Options) error {
	whole := overview{
		Pages: []pageSummary{}, Tables: []tableSummary{}, // [] in JSON, not null
		Version: batch.Document.ExtractorVersion, Document: documentOf(batch, document.Source.URI),
		Findings: findingsOf(batch), Outcomes: outcomesOf(batch), Rules: rulesOf(batch),
		Flow: flowOf(batch), Sections: sectionsOf(batch), Raster: len(options.Pictures) > 0,
	}
	for i := range document.Pages {
		whole.Pages = append(whole.Pages, pageSummaryOf(&document.Pages[i]))
	}
	tables := newTableWriter(document, batch)
	for i := range batch.Tables {
		whole.Tables = append(whole.Tables, tables.summary(i))
	}
	if err := w.data("overview", whole); err != nil {
		return err
	}
	for i := range document.Pages {
		if page := &document.Pages[i]; page.Layout != nil {
			if err := w.data("page"+strconv.Itoa(page.Number), drawingOf(page.Layout, options.Pictures[page.Number])); err != nil {
				return err
			}
		}
	}
	for i := range batch.Tables {
		if err := w.data("table"+strconv.Itoa(batch.Tables[i].Ordinal), tables.grid(i)); err != nil {
			return err
		}
	}
	return nil
}

// overview is what the browser knows from the start.
type overview struct {
	Version  string          `json:"version"`
	Document documentData    `json:"document"`
	Pages    []pageSummary   `json:"pages"`
	Tables   []tableSummary  `json:"tables"`
	Findings []findingData   `json:"findings"`
	Outcomes []outcomeData   `json:"outcomes"`
	Rules    map[string]rule `json:"rules"`
	Flow     *flow           `json:"flow,omitempty"`
	Sections []sectionData   `json:"sections"`
	Raster   bool            `json:"raster,omitempty"`
}

// documentData is the row of the documents dataset, under the names it has there.
type documentData struct {
	ID             string  `json:"document_id"`
	File           string  `json:"file"`
	Bytes          int64   `json:"bytes"`
	PageCount      int     `json:"page_count"`
	Kind           string  `json:"doc_kind"`
	Phase          string  `json:"phase"`
	FiscalYear     int     `json:"fiscal_year"`
	AgencyCode     string  `json:"agency_code"`
	AgencyName     string  `json:"agency_name"`
	Division       string  `json:"admin_division"`
	DivisionName   string  `json:"admin_division_name"`
	Unit           string  `json:"default_unit"`
	Title          string  `json:"title"`
	PublishDate    string  `json:"publish_date"`
	Producer       string  `json:"pdf_producer"`
	Creator        string  `json:"pdf_creator"`
	TextConfidence float64 `json:"text_confidence"`
	TablesExpected int     `json:"tables_expected"`
	Status         string  `json:"status"`
	FailureStage   string  `json:"failure_stage,omitempty"`
	FailureClass   string  `json:"failure_class,omitempty"`
	FailureMessage string  `json:"failure_message,omitempty"`
}

// documentOf tells of the document. The name is the one it was read under, for
// other sources may come later without the document being read again.
func documentOf(batch *normalize.Batch, uri string) documentData {
	d := &batch.Document
	if uri == "" && len(batch.Sources) > 0 {
		uri = batch.Sources[0].Path
	}
	return documentData{
		ID: d.ID, File: uri, Bytes: d.Bytes, PageCount: d.PageCount, Kind: d.Kind, Phase: d.Phase, FiscalYear: d.FiscalYear,
		AgencyCode: d.AgencyCode, AgencyName: d.AgencyName, Division: d.AdminDivision, DivisionName: d.AdminDivisionName,
		Unit: d.DefaultUnit, Title: d.Title, PublishDate: d.PublishDate, Producer: d.Producer, Creator: d.Creator,
		TextConfidence: d.TextConfidence, TablesExpected: d.TablesExpected, Status: d.Status,
		FailureStage: d.FailureStage, FailureClass: d.FailureClass, FailureMessage: d.FailureMessage,
	}
}

// titleOf is the title of the file in the browser's tab.
func titleOf(batch *normalize.Batch) string {
	d := &batch.Document
	name := cmp.Or(d.AgencyName, d.Title)
	if name == "" && len(batch.Sources) > 0 {
		name = path.Base(batch.Sources[0].Path)
	}
	if d.FiscalYear > 0 {
		name += fmt.Sprintf(" %d", d.FiscalYear)
	}
	return strings.TrimSpace(cmp.Or(name, d.ID) + " · gongkai")
}

// pageSummary is the frame of a page, and what the strip of pages marks.
type pageSummary struct {
	Number   int    `json:"number"`
	Width    tenths `json:"width"`
	Height   tenths `json:"height"`
	Rotation int    `json:"rotation,omitempty"`
	Failed   string `json:"failed,omitempty"`
	Scanned  bool   `json:"scanned,omitempty"`
	Glyphs   int    `json:"glyphs"`
	Dropped  int    `json:"dropped,omitempty"`  // hidden and watermark glyphs
	Unmapped int    `json:"unmapped,omitempty"` // glyphs without Unicode
	Drawn    bool   `json:"drawn"`
}

func pageSummaryOf(page *extract.Page) pageSummary {
	s := pageSummary{
		Number: page.Number, Width: tenths(page.Box.Width()), Height: tenths(page.Box.Height()), Rotation: page.Rotation,
		Failed: page.Failed, Scanned: page.Scanned, Glyphs: page.Glyphs, Drawn: page.Layout != nil,
	}
	if page.Layout == nil {
		return s
	}
	for i := range page.Layout.Glyphs {
		flags := page.Layout.Glyphs[i].Flags
		if flags&(layout.Hidden|layout.Watermark) != 0 {
			s.Dropped++
		}
		if flags&layout.Unmapped != 0 {
			s.Unmapped++
		}
	}
	return s
}

// tenths is a coordinate in points, written with one decimal: finer than a screen.
type tenths float64

func (t tenths) MarshalJSON() ([]byte, error) { return t.append(nil), nil }

func (t tenths) append(dst []byte) []byte {
	n := roundTenths(float64(t))
	if n < 0 {
		dst, n = append(dst, '-'), -n
	}
	dst = strconv.AppendInt(dst, n/10, 10)
	if last := n % 10; last != 0 {
		dst = append(dst, '.', byte('0'+last))
	}
	return dst
}

// farthest bounds coordinates (points): what lies further off no page shows.
const farthest = 1e6

// roundTenths is a coordinate in tenths of points; what is no number is 0.
func roundTenths(v float64) int64 {
	if !(v >= -farthest && v <= farthest) {
		return 0
	}
	if v < 0 {
		return -int64(-v*10 + 0.5)
	}
	return int64(v*10 + 0.5)
}

// boxOf is a rectangle as [x0, y0, x1, y1].
func boxOf(b layout.Box) [4]tenths {
	return [4]tenths{tenths(b.X0), tenths(b.Y0), tenths(b.X1), tenths(b.Y1)}
}
