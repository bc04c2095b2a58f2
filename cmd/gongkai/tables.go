package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"math"
	"strconv"
	"strings"

	"gongkai/extract"
	"gongkai/extract/layout"
	"gongkai/normalize"

	"github.com/urfave/cli/v2"
)

// The values of --format.
const (
	formatJSONL    = "jsonl"
	formatCSV      = "csv"
	formatMarkdown = "markdown"
	formatHTML     = "html"
)

func tablesCommand(s *session) *cli.Command {
	return &cli.Command{
		Name:      "tables",
		Usage:     "write the grids of all tables to standard output",
		ArgsUsage: "INPUT...",
		Flags: documentFlags(
			textFlag("format", formatJSONL, "jsonl (one object for each document), csv, markdown or html"),
			textFlag("pages", "", "pages to read, such as 3-7 or 1,4-6,9-"),
		),
		Action: s.action(writeTables),
	}
}

// tableWriter writes the tables of one document after the other.
type tableWriter interface {
	begin()
	write(documentTables) error
	end()
}

func writeTables(s *session, flags *cli.Context) error {
	format := flags.String("format")
	if err := oneOf("format", format, formatJSONL, formatCSV, formatMarkdown, formatHTML); err != nil {
		return err
	}
	var err error
	if s.options.Pages, err = parsePages(flags.String("pages")); err != nil {
		return err
	}
	set, err := s.listInputs(flags)
	if err != nil {
		return err
	}
	defer set.Close()

	out := bufio.NewWriter(s.stdout)
	writer := newTableWriter(out, format)
	writer.begin()
	failed := s.writeReadings(set, productTables, func(result documentReading) error {
		if err := writer.write(tablesOf(result)); err != nil {
			return stdoutError(err)
		}
		return nil
	})
	writer.end()
	if err := out.Flush(); err != nil {
		return stdoutError(err)
	}
	return failed
}

// documentTables is one line of tables --format jsonl.
type documentTables struct {
	File   string       `json:"file"`
	SHA256 string       `json:"sha256"`
	Pages  int          `json:"pages"`
	Error  *tablesError `json:"error,omitempty"`
	Tables []tableGrid  `json:"tables"`
}

type tablesError struct {
	Class   string `json:"class"`
	Message string `json:"message"`
}

// tableGrid is one table: rows and columns count from 0, pages and ordinals from 1.
type tableGrid struct {
	TableID    string     `json:"table_id"`
	Ordinal    int        `json:"ordinal"`
	Title      string     `json:"title"`
	Unit       string     `json:"unit"`
	Page       int        `json:"page"`
	Pages      []int      `json:"pages"`
	Box        [4]points  `json:"bbox"` // the part on the first page
	HeaderRows int        `json:"header_rows"`
	Rows       [][]string `json:"rows"`
	Spans      [][4]int   `json:"spans"` // row, column, rows, columns of each merged cell
}

// points is a coordinate, written with two decimals: finer than any print.
type points float64

func (p points) MarshalJSON() ([]byte, error) {
	rounded := math.Round(float64(p)*100) / 100
	if math.IsNaN(rounded) || math.IsInf(rounded, 0) {
		return []byte("0"), nil
	}
	return strconv.AppendFloat(nil, rounded+0, 'f', -1, 64), nil
}

// tablesOf is the tables of a document, or why there are none.
func tablesOf(result documentReading) documentTables {
	tables := documentTables{File: result.Input.File, SHA256: result.SHA256, Pages: result.Pages, Tables: result.reading.grids()}
	if result.Status == statusFailed && result.Failure != nil {
		tables.Error = &tablesError{result.Failure.Class, result.Failure.Message}
	}
	if tables.Tables == nil {
		tables.Tables = []tableGrid{} // [] in JSON, not null
	}
	return tables
}

// gridsOf are the grids of a document with what the batch says about them.
func gridsOf(document *extract.Document, batch *normalize.Batch) []tableGrid {
	meanings := make(map[int]normalize.Table, len(batch.Tables))
	for _, table := range batch.Tables {
		meanings[table.Ordinal] = table
	}
	grids := make([]tableGrid, 0, len(document.Tables))
	for i := range document.Tables {
		table := &document.Tables[i]
		grids = append(grids, gridOf(table, meanings[table.Ordinal]))
	}
	return grids
}

func gridOf(table *extract.Table, meaning normalize.Table) tableGrid {
	grid := tableGrid{
		TableID: meaning.ID, Ordinal: table.Ordinal, Title: table.Title, Unit: meaning.UnitRaw,
		HeaderRows: meaning.HeaderRows, Pages: []int{}, Rows: make([][]string, len(table.Grid)), Spans: [][4]int{},
	}
	for i, segment := range table.Segments {
		grid.Pages = append(grid.Pages, segment.Page)
		if i == 0 {
			grid.Page, grid.Box = segment.Page, boxOf(segment.Box)
		}
	}
	for row, cells := range table.Grid {
		texts := make([]string, len(cells))
		for column := range cells {
			cell := &cells[column]
			if cell.Covered {
				continue
			}
			texts[column] = cell.Text
			if cell.RowSpan > 1 || cell.ColSpan > 1 {
				grid.Spans = append(grid.Spans, [4]int{row, column, max(cell.RowSpan, 1), max(cell.ColSpan, 1)})
			}
		}
		grid.Rows[row] = texts
	}
	return grid
}

func boxOf(box layout.Box) [4]points {
	return [4]points{points(box.X0), points(box.Y0), points(box.X1), points(box.Y1)}
}

// caption is the table's title, unit and pages for people.
func (t tableGrid) caption() string {
	title := t.Title
	if title == "" {
		title = fmt.Sprintf("table %d", t.Ordinal)
	}
	if t.Unit != "" {
		title += " (" + t.Unit + ")"
	}
	return title + ", " + t.pageText()
}

func (t tableGrid) pageText() string {
	if len(t.Pages) < 2 {
		return fmt.Sprintf("page %d", t.Page)
	}
	return fmt.Sprintf("pages %d-%d", t.Pages[0], t.Pages[len(t.Pages)-1])
}

func newTableWriter(out *bufio.Writer, format string) tableWriter {
	switch format {
	case formatCSV:
		return &csvTables{csv.NewWriter(out)}
	case formatMarkdown:
		return &markdownTables{out}
	case formatHTML:
		return &htmlTables{out}
	default:
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		return &jsonTables{encoder}
	}
}

type jsonTables struct{ encoder *json.Encoder }

func (w *jsonTables) begin()                            {}
func (w *jsonTables) end()                              {}
func (w *jsonTables) write(tables documentTables) error { return w.encoder.Encode(tables) }

// csvTables writes each grid as it is printed, after a record that names it, and
// an empty line behind it: made for a spreadsheet.
type csvTables struct{ out *csv.Writer }

func (w *csvTables) begin() {}
func (w *csvTables) end()   {}

func (w *csvTables) write(tables documentTables) error {
	for _, table := range tables.Tables {
		w.out.Write([]string{tables.File, strconv.Itoa(table.Ordinal), table.Title, table.Unit, table.pageText()})
		w.out.WriteAll(table.Rows)
		w.out.Write(nil)
	}
	w.out.Flush()
	return w.out.Error()
}

type markdownTables struct{ out *bufio.Writer }

func (w *markdownTables) begin() {}
func (w *markdownTables) end()   {}

func (w *markdownTables) write(tables documentTables) error {
	fmt.Fprintf(w.out, "# %s\n\n", markdownText(tables.File))
	if tables.Error != nil {
		fmt.Fprintf(w.out, "Not read: %s\n\n", markdownText(tables.Error.Message))
	}
	for _, table := range tables.Tables {
		fmt.Fprintf(w.out, "## %d. %s\n\n", table.Ordinal, markdownText(table.caption()))
		for i, row := range table.Rows {
			w.writeRow(row)
			if i == 0 { // Markdown knows one header row; it may not be left out
				w.out.WriteString("|" + strings.Repeat(" --- |", len(row)) + "\n")
			}
		}
		w.out.WriteByte('\n')
	}
	return w.out.Flush()
}

func (w *markdownTables) writeRow(row []string) {
	w.out.WriteByte('|')
	for _, text := range row {
		w.out.WriteString(" " + markdownText(text) + " |")
	}
	w.out.WriteByte('\n')
}

// markdownText escapes what Markdown would take for markup in a table cell.
func markdownText(text string) string {
	return markdownEscapes.Replace(text)
}

var markdownEscapes = strings.NewReplacer(`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "<", "&lt;", "&", "&amp;", "\n", "<br>")

type htmlTables struct{ out *bufio.Writer }

func (w *htmlTables) begin() {
	io.WriteString(w.out, "<!DOCTYPE html>\n<html lang=\"zh\">\n<meta charset=\"utf-8\">\n<title>gongkai tables</title>\n"+
		"<style>table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid;padding:.2em .4em}caption{text-align:left}</style>\n")
}

func (w *htmlTables) end() { io.WriteString(w.out, "</html>\n") }

func (w *htmlTables) write(tables documentTables) error {
	fmt.Fprintf(w.out, "<h1>%s</h1>\n", html.EscapeString(tables.File))
	if tables.Error != nil {
		fmt.Fprintf(w.out, "<p>Not read: %s</p>\n", html.EscapeString(tables.Error.Message))
	}
	for _, table := range tables.Tables {
		fmt.Fprintf(w.out, "<table id=\"%s\">\n<caption>%s</caption>\n",
			html.EscapeString(table.TableID), html.EscapeString(table.caption()))
		spans := make(map[[2]int][2]int, len(table.Spans))
		covered := map[[2]int]bool{}
		for _, span := range table.Spans {
			spans[[2]int{span[0], span[1]}] = [2]int{span[2], span[3]}
			for row := span[0]; row < span[0]+span[2]; row++ {
				for column := span[1]; column < span[1]+span[3]; column++ {
					covered[[2]int{row, column}] = row != span[0] || column != span[1]
				}
			}
		}
		for row, texts := range table.Rows {
			element := "td"
			if row < table.HeaderRows {
				element = "th"
			}
			w.out.WriteString("<tr>")
			for column, text := range texts {
				at := [2]int{row, column}
				if covered[at] {
					continue
				}
				w.out.WriteString("<" + element)
				if span, merged := spans[at]; merged {
					fmt.Fprintf(w.out, " rowspan=\"%d\" colspan=\"%d\"", span[0], span[1])
				}
				w.out.WriteString(">" + html.EscapeString(text) + "</" + element + ">")
			}
			w.out.WriteString("</tr>\n")
		}
		w.out.WriteString("</table>\n")
	}
	return w.out.Flush()
}
