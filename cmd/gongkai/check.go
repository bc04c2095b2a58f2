package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gongkai/export"
	"gongkai/normalize"
	"gongkai/normalize/check"

	"github.com/urfave/cli/v2"
)

func checkCommand(s *session) *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "tell which numbers of documents hold, and which contradict each other",
		ArgsUsage: "FILE|DATASET...",
		Description: "A folder that convert wrote is reported from what it holds; other inputs are read. Findings are\n" +
			"listed with their numbers and places; those that hold but for rounding are counted, and listed with --rules.",
		Flags: documentFlags(
			textFlag("format", formatText, "text or jsonl (one finding a line)"),
			textFlag("fail-on", "", "exit with 6 when a finding is as bad as: error or warn"),
			textFlag("rules", "", "only these rules, such as T01,X02"),
			textFlag("explain", "", "explain a rule, such as T08, and end"),
		),
		Action: s.action(writeChecks),
	}
}

// writeChecks reports the findings of every document.
func writeChecks(s *session, flags *cli.Context) error {
	if id := flags.String("explain"); id != "" {
		return s.explain(id)
	}
	c, err := newChecking(flags)
	if err != nil {
		return err
	}
	datasets, inputs := splitDatasets(flags.Args().Slice())
	if len(datasets)+len(inputs) == 0 {
		return usageError("no input given", "name files, folders, or datasets that convert wrote")
	}
	out := bufio.NewWriter(s.stdout)
	c.out = out
	var failed error
	for _, folder := range datasets {
		if err := s.checkDataset(folder, c); err != nil {
			return err
		}
	}
	if len(inputs) > 0 {
		if failed, err = s.checkInputs(flags, inputs, c); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return stdoutError(err)
	}
	if c.bad && exitCodeOf(failed) != exitAll && exitCodeOf(failed) < exitSignal {
		return &commandError{code: exitFindings}
	}
	return failed
}

// splitDatasets tells the folders that convert wrote from other inputs.
func splitDatasets(arguments []string) (datasets, inputs []string) {
	for _, argument := range arguments {
		if _, err := os.Stat(filepath.Join(argument, workFolder)); err == nil {
			datasets = append(datasets, argument)
		} else {
			inputs = append(inputs, argument)
		}
	}
	return datasets, inputs
}

// checkDataset reports what a dataset holds, in order of document id.
func (s *session) checkDataset(folder string, c *checking) error {
	d, err := openDataset(folder, s.report.warn)
	if err != nil {
		return err
	}
	defer d.Close()
	findings, outcomes := checkAcross(d.store)
	for batch, err := range d.store.Documents() {
		if err != nil {
			s.report.warn(err.Error(), "convert the document again to have it checked")
			continue
		}
		batch.Findings = append(batch.Findings, findings[batch.Document.ID]...)
		batch.RuleOutcomes = append(batch.RuleOutcomes, outcomes[batch.Document.ID]...)
		file := batch.Document.ID
		if len(batch.Sources) > 0 {
			file = batch.Sources[0].Path
		}
		if err := c.write(file, batch); err != nil {
			return stdoutError(err)
		}
	}
	return nil
}

// checkAcross holds the documents of a dataset against each other: the findings and
// outcomes by document. Batches that cannot be loaded are left to the caller's own pass.
func checkAcross(store *export.Store) (map[string][]normalize.Finding, map[string][]normalize.RuleOutcome) {
	all, outcomes := check.Across(func(yield func(*check.Summary) bool) {
		for batch, err := range store.Documents() {
			if err == nil && !yield(check.Summarize(batch)) {
				return
			}
		}
	})
	findings := map[string][]normalize.Finding{}
	for _, f := range all {
		findings[f.DocumentID] = append(findings[f.DocumentID], f)
	}
	byDocument := map[string][]normalize.RuleOutcome{}
	for _, o := range outcomes {
		byDocument[o.DocumentID] = append(byDocument[o.DocumentID], o)
	}
	return findings, byDocument
}

// checkInputs reads documents and reports them. failed says which of them could
// not be read.
func (s *session) checkInputs(flags *cli.Context, inputs []string, c *checking) (failed, err error) {
	set, err := listInputs(inputs, s.stdin, flags.Bool("null"), newFetcher(s.patience.stop, s.options.Timeout))
	if err != nil {
		return nil, err
	}
	defer set.Close()
	for _, warning := range set.warnings {
		s.report.warn(warning, "folders and archives are searched for *.pdf")
	}
	return s.writeReadings(set, productLines, func(result documentReading) error {
		if result.reading.Batch == nil {
			return nil
		}
		if err := c.write(result.Input.File, result.reading.Batch); err != nil {
			return stdoutError(err)
		}
		return nil
	}), nil
}

// explain writes what a rule says.
func (s *session) explain(id string) error {
	rule, ok := check.RuleByID(strings.ToUpper(id))
	if !ok {
		return usageError(fmt.Sprintf("there is no rule %q", id), "rules are "+strings.Join(ruleIDs(), ", "))
	}
	text := rule.ID + " version " + fmt.Sprint(rule.Version) + ", " + rule.Severity + "\n"
	for _, said := range [...]string{rule.TitleZH, rule.TitleEN, rule.ExplanationZH, rule.ExplanationEN} {
		if said != "" {
			text += said + "\n"
		}
	}
	if _, err := s.stdout.Write([]byte(text)); err != nil {
		return stdoutError(err)
	}
	return nil
}

// ruleIDs lists the rules there are, in order of id.
func ruleIDs() []string {
	var ids []string
	for _, rule := range check.Registry() {
		ids = append(ids, rule.ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// checking is how the findings are to be reported, and whether one is as bad as
// --fail-on says.
type checking struct {
	format string
	rules  []string // empty: all
	failOn []string // severities
	out    *bufio.Writer
	bad    bool
	line   []byte
}

func newChecking(flags *cli.Context) (*checking, error) {
	c := &checking{format: flags.String("format")}
	if err := oneOf("format", c.format, formatText, formatJSONL); err != nil {
		return nil, err
	}
	switch level := flags.String("fail-on"); level {
	case "":
	case check.SeverityError:
		c.failOn = []string{check.SeverityError}
	case check.SeverityWarn:
		c.failOn = []string{check.SeverityError, check.SeverityWarn}
	default:
		return nil, oneOf("fail-on", level, check.SeverityError, check.SeverityWarn)
	}
	for _, id := range strings.FieldsFunc(flags.String("rules"), func(r rune) bool { return r == ',' || r == ' ' }) {
		id = strings.ToUpper(id)
		if _, ok := check.RuleByID(id); !ok {
			return nil, usageError(fmt.Sprintf("there is no rule %q", id), "rules are "+strings.Join(ruleIDs(), ", "))
		}
		c.rules = append(c.rules, id)
	}
	return c, nil
}

// wants tells whether a rule is to be reported.
func (c *checking) wants(rule string) bool {
	return len(c.rules) == 0 || slices.Contains(c.rules, rule)
}

// write reports one document.
func (c *checking) write(file string, batch *normalize.Batch) error {
	var findings []*normalize.Finding
	for i := range batch.Findings {
		if f := &batch.Findings[i]; c.wants(f.RuleID) {
			findings = append(findings, f)
			c.bad = c.bad || slices.Contains(c.failOn, f.Severity)
		}
	}
	if c.format == formatJSONL {
		return c.writeLines(file, findings)
	}
	report := checkReport{file: file, batch: batch, findings: findings, wants: c.wants, roundings: len(c.rules) > 0}
	_, err := c.out.WriteString(report.text())
	return err
}

func (c *checking) writeLines(file string, findings []*normalize.Finding) error {
	for _, f := range findings {
		var err error
		if c.line, err = export.AppendFinding(c.line[:0], file, f); err != nil {
			return err
		}
		if _, err := c.out.Write(c.line); err != nil {
			return err
		}
	}
	return nil
}
