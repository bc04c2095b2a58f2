package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"gongkai/export"
	"gongkai/export/inspect"

	"github.com/urfave/cli/v2"
)

func inspectCommand(s *session) *cli.Command {
	return &cli.Command{
		Name:      "inspect",
		Usage:     "show what was read of a document, or of a dataset, beside its evidence in one HTML file",
		ArgsUsage: "FILE|DATASET -o HTML",
		Description: "The file works from a double click, without a network. That of a dataset leads to the reports\n" +
			"that convert --reports left beside it.",
		Flags: readingFlags(
			textFlag("output", "", "HTML file to write", "o"),
			switchFlag("raster", "put a picture of each page behind it; needs pdftoppm of poppler-utils"),
		),
		Action: s.action(writeInspection),
	}
}

func writeInspection(s *session, flags *cli.Context) error {
	output := flags.String("output")
	if output == "" {
		return usageError("no file for the report", "add -o report.html")
	}
	if flags.NArg() != 1 {
		return usageError("inspect takes one document or one dataset", "convert --reports writes a report for each of many documents")
	}
	if isDataset(flags.Args().First()) {
		return s.inspectDataset(flags.Args().First(), output)
	}
	return s.inspectDocument(flags, output)
}

// isDataset tells a folder that convert wrote.
func isDataset(path string) bool {
	_, err := os.Stat(filepath.Join(path, "datapackage.json"))
	return err == nil
}

// inspectDocument writes the report of one document; one that cannot be read has
// a report that says so.
func (s *session) inspectDocument(flags *cli.Context, output string) error {
	set, err := s.listInputs(flags)
	if err != nil {
		return err
	}
	defer set.Close()
	if len(set.inputs) != 1 {
		return usageError(fmt.Sprintf("there are %d documents, and a report is of one", len(set.inputs)), "convert --reports writes a report for each of many documents")
	}
	s.options.KeepPages = true
	return s.writeReadings(set, productReport, func(result documentReading) error {
		var options inspect.Options
		if flags.Bool("raster") {
			var err error
			if options.Pictures, err = s.paintPages(set.inputs[0]); err != nil {
				return err
			}
		}
		report, err := result.reading.report(options)
		if err != nil {
			return err
		}
		return writeOutput(output, report)
	})
}

// inspectDataset writes the index of a dataset, with links to the reports that
// lie beside it.
func (s *session) inspectDataset(dataset, output string) error {
	d, err := openDataset(dataset, s.report.warn)
	if err != nil {
		return err
	}
	defer d.Close()
	written := reportFolder{filepath.Join(dataset, reportsName)}
	index := inspect.NewIndex(linkTo(output, written.path))
	across, _ := checkAcross(d.store)
	for batch, err := range d.store.Documents() {
		if s.patience.quit.Err() != nil {
			return context.Cause(s.patience.quit)
		}
		if err != nil {
			s.report.warn(err.Error(), "convert the document again to have it in the index")
			continue
		}
		batch.Findings = append(batch.Findings, across[batch.Document.ID]...)
		index.Add(batch, written.has(batch.Document.ID))
	}
	var page bytes.Buffer
	if err := index.Write(&page, version); err != nil {
		return err
	}
	return writeOutput(output, page.Bytes())
}

// linkTo is the way from a file to a folder as a link has it.
func linkTo(file, folder string) string {
	from, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return ""
	}
	to, err := filepath.Abs(folder)
	if err != nil {
		return ""
	}
	relative, err := filepath.Rel(from, to)
	if err != nil {
		return ""
	}
	return filepath.ToSlash(relative)
}

// writeOutput puts a file in place whole.
func writeOutput(name string, content []byte) error {
	err := os.WriteFile(name+".partial", content, 0o666)
	if err == nil {
		err = os.Rename(name+".partial", name)
	}
	if err != nil {
		return &export.OutputError{Path: name, Err: err}
	}
	return nil
}
