package inspect

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"gongkai/normalize"
	"gongkai/normalize/statement"
)

// Index is the page of a dataset: its documents, which statements they hold, what
// was found and what was not understood. Add takes the documents one at a time,
// and keeps of each what the page shows.
type Index struct {
	reports   string
	documents []indexRow
	words     *wordList // of names that many documents share
	rules     map[string]*ruleCount
	classes   map[string]string
	titles    map[string]*unknown
	codes     map[[3]string]*unknown
	lines     map[string][]int // of each statement, the number of lines of each table
}

// NewIndex begins an index. Reports is the way from the index to the folder of
// reports, as a link has it.
func NewIndex(reports string) *Index {
	return &Index{
		reports: reports, documents: []indexRow{}, words: newWordList(), rules: map[string]*ruleCount{}, classes: map[string]string{},
		titles: map[string]*unknown{}, codes: map[[3]string]*unknown{}, lines: map[string][]int{},
	}
}

// indexRow is a document as the browser reads it: id, file, agency, year, kind,
// phase, division, status, pages, tables, lines, errors, warnings, total
// expenditure, coverage, classes, rules, has a report. Names are numbers of words.
type indexRow []any

// ruleCount is how often a rule told something, by outcome, and in how many documents.
type ruleCount struct {
	Failed    int `json:"fail"`
	Rounded   int `json:"rounding"`
	Noticed   int `json:"notice"`
	Documents int `json:"documents"`
}

func (c *ruleCount) add(outcome string) {
	switch outcome {
	case agreesNot:
		c.Failed++
	case agreesRounded:
		c.Rounded++
	default:
		c.Noticed++
	}
}

// unknown counts something that was not understood, with the first document.
type unknown struct {
	times, document int
}

// Add takes in one document.
func (x *Index) Add(batch *normalize.Batch, hasReport bool) {
	d := &batch.Document
	number := len(x.documents)
	lines, total, classes := x.sum(batch)
	file := ""
	if len(batch.Sources) > 0 {
		file = batch.Sources[0].Path
	}
	report := 0
	if hasReport {
		report = 1
	}
	x.documents = append(x.documents, indexRow{
		d.ID, file, x.words.of(d.AgencyName), d.FiscalYear, x.words.of(d.Kind), x.words.of(d.Phase), x.words.of(d.AdminDivisionName),
		x.words.of(d.Status), d.PageCount, len(batch.Tables), lines, d.FindingsError, d.FindingsWarn, total,
		coverageOf(batch), classes, x.countRules(batch), report,
	})
	x.countTables(batch, number)
	x.countCodes(batch, number)
	maps.Copy(x.classes, classNames(batch))
}

// sum counts the printed amounts of a document and adds up its expenditure, whole
// and by class as [word, yuan, word, yuan, …].
func (x *Index) sum(batch *normalize.Batch) (lines int, total any, classes []any) {
	sums := map[string]decimal.Decimal{}
	whole, known := decimal.Zero, false
	for i := range batch.Lines {
		l := &batch.Lines[i]
		if l.LineNo > 0 {
			lines++
		}
		if l.LeafOf != "functional" || !l.AmountCNY.Valid {
			continue
		}
		known = true
		whole = whole.Add(l.AmountCNY.Decimal)
		if class := classOf(l.FuncCode); class != "" {
			sums[class] = sums[class].Add(l.AmountCNY.Decimal)
		}
	}
	classes = []any{}
	for _, class := range slices.Sorted(maps.Keys(sums)) {
		classes = append(classes, x.words.of(class), yuan(sums[class]))
	}
	if known {
		total = yuan(whole)
	}
	return lines, total, classes
}

// yuan is an amount for a column of the browser, whole where it has no cents.
func yuan(d decimal.Decimal) jsonNumber { return jsonNumber(d.RoundBank(2).String()) }

// jsonNumber is a decimal that stands as a number in the data.
type jsonNumber string

// MarshalJSON writes the digits.
func (n jsonNumber) MarshalJSON() ([]byte, error) { return []byte(n), nil }

// The nine statements that a department publishes each year, in their usual
// order; those of final accounts follow from the registry.
var yearlyStatements = []string{
	"dept_income_expenditure", "dept_income", "dept_expenditure", "fiscal_income_expenditure", "gpb_expenditure",
	"gpb_basic_expenditure", "three_public", "gov_fund_expenditure", "state_capital_expenditure",
}

// What is there of a yearly statement.
const (
	coverFull    = 'f' // with amounts
	coverEmpty   = 'e' // a table without amounts
	coverMissing = 'm'
)

// coverageOf says for each yearly statement what the document has of it. A
// document that is no yearly disclosure of a department has none of them.
func coverageOf(batch *normalize.Batch) string {
	switch batch.Document.Kind {
	case "department_budget", "unit_budget", "department_final", "unit_final":
	default:
		return ""
	}
	cover := make([]byte, len(yearlyStatements))
	for i, id := range yearlyStatements {
		cover[i] = coverMissing
		final := ""
		if s, known := statement.ByID(id); known {
			final = s.Final
		}
		for k := range batch.Tables {
			t := &batch.Tables[k]
			if t.Statement != id && (final == "" || t.Statement != final) {
				continue
			}
			if !t.IsEmpty {
				cover[i] = coverFull
				break
			}
			cover[i] = coverEmpty
		}
	}
	return string(cover)
}

// countRules counts the findings of a document by rule, as [word, times, …].
func (x *Index) countRules(batch *normalize.Batch) []int {
	counts := map[string]int{}
	for i := range batch.Findings {
		f := &batch.Findings[i]
		counts[f.RuleID]++
		if x.rules[f.RuleID] == nil {
			x.rules[f.RuleID] = &ruleCount{}
		}
		x.rules[f.RuleID].add(f.Outcome)
	}
	list := []int{}
	for _, id := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, x.words.of(id), counts[id])
		x.rules[id].Documents++
	}
	return list
}

// countTables counts the lines of each table, and the titles that no statement has.
func (x *Index) countTables(batch *normalize.Batch, document int) {
	lines := make(map[string]int, len(batch.Tables))
	for i := range batch.Lines {
		if batch.Lines[i].LineNo > 0 {
			lines[batch.Lines[i].TableID]++
		}
	}
	for i := range batch.Tables {
		t := &batch.Tables[i]
		if n := lines[t.ID]; n > 0 {
			x.lines[t.Statement] = append(x.lines[t.Statement], n)
		}
		if t.Statement == statement.Unknown {
			count(x.titles, strings.TrimSpace(t.Title), document)
		}
	}
}

// countCodes counts the codes that no code list has, once for each row.
func (x *Index) countCodes(batch *normalize.Batch, document int) {
	row := ""
	for i := range batch.Lines {
		l := &batch.Lines[i]
		if l.CodeStatus != "unknown" {
			continue
		}
		if here := l.CellID[:strings.LastIndexByte(l.CellID, 'c')+1]; here != row {
			row = here
			count(x.codes, [3]string{l.CodeScheme, l.Code, l.Name}, document)
		}
	}
}

func count[K comparable](counts map[K]*unknown, key K, document int) {
	if counts[key] == nil {
		counts[key] = &unknown{document: document}
	}
	counts[key].times++
}

// indexData is the data block of the page.
type indexData struct {
	Version    string               `json:"version"`
	Reports    string               `json:"reports"`
	Words      []string             `json:"words"`
	Documents  []indexRow           `json:"documents"`
	Statements []yearlyStatement    `json:"statements"`
	Rules      map[string]rule      `json:"rules"`
	Counts     map[string]ruleCount `json:"counts"`
	Classes    map[string]string    `json:"classes"`
	Titles     [][]any              `json:"titles"` // title, times, document
	Codes      [][]any              `json:"codes"`  // scheme, code, name, times, document
	TitleCount int                  `json:"title_count"`
	CodeCount  int                  `json:"code_count"`
	Spread     []spread             `json:"spread"`
}

type yearlyStatement struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// spread is how many lines the tables of a statement have.
type spread struct {
	Statement string `json:"statement"`
	Name      string `json:"name"`
	Tables    int    `json:"tables"`
	Quartiles [5]int `json:"quartiles"` // least, lower quartile, median, upper quartile, most
}

// mostUnknown is how many titles and codes that were not understood are listed.
const mostUnknown = 500

// Write writes the page as HTML. Errors are those of out.
func (x *Index) Write(out io.Writer, version string) error {
	p, err := indexProgram()
	if err != nil {
		return err
	}
	data := indexData{
		Version: version, Reports: x.reports, Words: x.words.words, Documents: x.documents, Rules: map[string]rule{}, Counts: map[string]ruleCount{},
		Classes: x.classes, Titles: x.listTitles(), Codes: x.listCodes(), TitleCount: len(x.titles), CodeCount: len(x.codes), Spread: x.spreads(),
	}
	known := knownRules()
	for id, counted := range x.rules {
		data.Counts[id] = *counted
		if r, ok := known[id]; ok {
			data.Rules[id] = r
		}
	}
	for _, id := range yearlyStatements {
		data.Statements = append(data.Statements, yearlyStatement{id, statementName(id)})
	}
	w := &writer{}
	w.head(p, "gongkai", Generator(version))
	if err := w.data("index", data); err != nil {
		return err
	}
	w.foot(p)
	_, err = out.Write(w.Bytes())
	return err
}

func (x *Index) listTitles() [][]any {
	titles := slices.SortedFunc(maps.Keys(x.titles), func(a, b string) int {
		return cmp.Or(cmp.Compare(x.titles[b].times, x.titles[a].times), strings.Compare(a, b))
	})
	list := [][]any{}
	for _, title := range titles[:min(len(titles), mostUnknown)] {
		list = append(list, []any{title, x.titles[title].times, x.titles[title].document})
	}
	return list
}

func (x *Index) listCodes() [][]any {
	codes := slices.SortedFunc(maps.Keys(x.codes), func(a, b [3]string) int {
		return cmp.Or(cmp.Compare(x.codes[b].times, x.codes[a].times), slices.Compare(a[:], b[:]))
	})
	list := [][]any{}
	for _, code := range codes[:min(len(codes), mostUnknown)] {
		list = append(list, []any{code[0], code[1], code[2], x.codes[code].times, x.codes[code].document})
	}
	return list
}

// spreads are the statements in order of how many tables they have.
func (x *Index) spreads() []spread {
	list := []spread{}
	for id, lines := range x.lines {
		slices.Sort(lines)
		s := spread{Statement: id, Name: statementName(id), Tables: len(lines)}
		for q := range s.Quartiles {
			s.Quartiles[q] = lines[(len(lines)-1)*q/(len(s.Quartiles)-1)]
		}
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b spread) int {
		return cmp.Or(cmp.Compare(b.Tables, a.Tables), strings.Compare(a.Statement, b.Statement))
	})
	return list
}

// wordList numbers words in the order they come.
type wordList struct {
	words   []string
	numbers map[string]int
}

func newWordList() *wordList { return &wordList{words: []string{}, numbers: map[string]int{}} }

func (l *wordList) of(word string) int {
	n, known := l.numbers[word]
	if !known {
		n = len(l.words)
		l.numbers[word] = n
		l.words = append(l.words, word)
	}
	return n
}
