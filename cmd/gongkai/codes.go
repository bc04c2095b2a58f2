package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"gongkai/normalize/codebook"

	"github.com/urfave/cli/v2"
)

func codesCommand(s *session) *cli.Command {
	return &cli.Command{
		Name:      "codes",
		Usage:     "look into the code lists of budgets",
		ArgsUsage: "lookup CODE | search TEXT | list SCHEME | observe DATASET",
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "year", Usage: "fiscal year whose edition of the lists is meant", EnvVars: environment("year")},
			textFlag("scheme", "", "one list only: "+strings.Join(codeSchemes, ", ")),
			textFlag("format", formatText, "text, jsonl or csv"),
		},
		Action: s.writeCodes,
	}
}

// formatText is the form for people; the others are those of tables and lines.
const formatText = "text"

// codeSchemes are the code lists that come with the program.
var codeSchemes = []string{codebook.FunctionalExpenditure, codebook.EconomicDepartment, codebook.EconomicGovernment,
	codebook.Revenue, codebook.Procurement, codebook.Divisions}

const codesUsage = "write gongkai codes lookup CODE, search TEXT, list SCHEME or observe DATASET"

func (s *session) writeCodes(flags *cli.Context) error {
	format, scheme := flags.String("format"), flags.String("scheme")
	if err := oneOf("format", format, formatText, formatJSONL, formatCSV); err != nil {
		return err
	}
	if scheme != "" {
		if err := oneOf("scheme", scheme, codeSchemes...); err != nil {
			return err
		}
	}
	if flags.NArg() != 2 {
		return usageError(fmt.Sprintf("codes takes two words, not %d", flags.NArg()), codesUsage)
	}
	book, err := codebook.Embedded()
	if err != nil {
		return err
	}
	q := codeQuery{book: book, year: flags.Int("year"), schemes: codeSchemes}
	if scheme != "" {
		q.schemes = []string{scheme}
	}
	subject := flags.Args().Get(1)
	var rows []record
	switch flags.Args().First() {
	case "lookup":
		rows = records(book, q.lookup(subject))
	case "search":
		rows = records(book, q.search(subject))
	case "list":
		if err := oneOf("scheme", subject, codeSchemes...); err != nil {
			return usageError(fmt.Sprintf("there is no scheme %q", subject), "schemes are "+strings.Join(codeSchemes, ", "))
		}
		rows = records(book, q.list(subject))
	case "observe":
		observed, err := q.observe(subject)
		if err != nil {
			return err
		}
		return s.writeRecords(format, observationColumns, observed)
	default:
		return usageError(fmt.Sprintf("unknown word %q", flags.Args().First()), codesUsage)
	}
	if len(rows) == 0 {
		return usageError(fmt.Sprintf("nothing is listed for %q", subject), "try gongkai codes search with a part of the name, or another --scheme or --year")
	}
	return s.writeRecords(format, entryColumns, rows)
}

// codeQuery asks the code lists.
type codeQuery struct {
	book    *codebook.Book
	schemes []string
	year    int // 0: any
}

// lookup finds a code in the edition of the year, or in all editions, the newest
// first. Schemes whose codes look otherwise are left out unless one is asked for.
func (q codeQuery) lookup(code string) []codebook.Entry {
	schemes := q.schemes
	if shaped := q.book.SchemeOf(code); len(schemes) > 1 && len(shaped) > 0 {
		schemes = shaped
	}
	var found []codebook.Entry
	for _, scheme := range schemes {
		entry, ok := q.book.Lookup(scheme, code, q.year)
		if !ok {
			continue
		}
		found = append(found, entry)
		if q.year != 0 {
			continue
		}
		for other := range q.book.Entries(scheme) {
			if other.Code == entry.Code && other.Edition != entry.Edition {
				found = append(found, other)
			}
		}
	}
	return found
}

// search finds entries by a part of their name, or the beginning of their code.
func (q codeQuery) search(text string) []codebook.Entry {
	var found []codebook.Entry
	for _, scheme := range q.schemes {
		for _, entry := range q.book.Search(scheme, text) {
			if q.inForce(entry) {
				found = append(found, entry)
			}
		}
	}
	return found
}

// list gives the codes of a scheme: those of the year's edition, or all.
func (q codeQuery) list(scheme string) []codebook.Entry {
	var found []codebook.Entry
	for entry := range q.book.Entries(scheme) {
		if q.inForce(entry) {
			found = append(found, entry)
		}
	}
	return found
}

// inForce tells whether an entry is the one of its code in the year.
func (q codeQuery) inForce(entry codebook.Entry) bool {
	if q.year == 0 {
		return true
	}
	chosen, ok := q.book.Lookup(entry.Scheme, entry.Code, q.year)
	return ok && chosen.Edition == entry.Edition
}

// record is a row of output: its text for people, and its values by column.
type record struct {
	text   string
	values []string
}

var entryColumns = []string{"scheme", "edition", "code", "name", "path", "level", "parent", "valid_from", "valid_to", "confidence", "documents", "places", "source"}

func records(book *codebook.Book, entries []codebook.Entry) []record {
	rows := make([]record, len(entries))
	for i, e := range entries {
		path := codePath(book, e)
		rows[i] = record{
			text: fmt.Sprintf("%s\n  %s, edition %s; confidence %s%s\n  source: %s\n", path, e.Scheme, e.Edition, e.Confidence, attestation(e), e.Source),
			values: []string{e.Scheme, e.Edition, e.Code, e.Name, path, e.Level, e.Parent, yearText(e.ValidFrom), yearText(e.ValidTo),
				e.Confidence, strconv.Itoa(e.Documents), strconv.Itoa(e.Places), e.Source},
		}
	}
	return rows
}

// codePath is 206 科学技术支出 › 20607 科学技术普及 › 2060702 科普活动.
func codePath(book *codebook.Book, entry codebook.Entry) string {
	var steps []string
	for _, step := range book.Path(entry) {
		steps = append(steps, step.Code+" "+step.Name)
	}
	return strings.Join(steps, " › ")
}

func attestation(e codebook.Entry) string {
	if e.Documents == 0 {
		return ""
	}
	return fmt.Sprintf(", printed in %d documents of %d places", e.Documents, e.Places)
}

// yearText is empty for a year that is not known.
func yearText(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

func (s *session) writeRecords(format string, columns []string, rows []record) error {
	out := bufio.NewWriter(s.stdout)
	err := appendRecords(out, format, columns, rows)
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return stdoutError(err)
	}
	return nil
}

func appendRecords(out io.Writer, format string, columns []string, rows []record) error {
	switch format {
	case formatCSV:
		table := csv.NewWriter(out)
		table.Write(columns) // the error stays until Flush
		for _, row := range rows {
			table.Write(row.values)
		}
		table.Flush()
		return table.Error()
	case formatJSONL:
		for _, row := range rows {
			if err := appendJSONRecord(out, columns, row.values); err != nil {
				return err
			}
		}
		return nil
	}
	for _, row := range rows {
		if _, err := io.WriteString(out, row.text); err != nil {
			return err
		}
	}
	return nil
}

// appendJSONRecord keeps the order of the columns, which a map would lose.
func appendJSONRecord(out io.Writer, columns, values []string) error {
	separator := "{"
	for i, column := range columns {
		value, err := json.Marshal(values[i])
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, "%s%q:%s", separator, column, value); err != nil {
			return err
		}
		separator = ","
	}
	_, err := io.WriteString(out, "}\n")
	return err
}
