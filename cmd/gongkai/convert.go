package main

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/export"

	"github.com/urfave/cli/v2"
)

func convertCommand(s *session) *cli.Command {
	return &cli.Command{
		Name:      "convert",
		Usage:     "turn many documents into one dataset",
		ArgsUsage: "INPUT... -o DATASET",
		Description: "INPUT is a file, a folder (searched for *.pdf), a pattern such as '2021/*.pdf', a .zip or\n" +
			".tar[.gz] archive, an http(s) address, or - for a list on standard input. Documents that the\n" +
			"dataset holds already are not read again.",
		Flags: documentFlags(
			textFlag("output", "", "folder of the dataset", "o"),
			switchFlag("fail-if-empty", "exit with 5 when there is no input document"),
			switchFlag("prune", "drop from the dataset what is not among the inputs any more"),
			switchFlag("reports", "write reports/DOCUMENT_ID.html for each document, to look at in a browser"),
			switchFlag("csv-bom", "begin CSV files with a byte order mark, for Excel"),
			switchFlag("excel", "write csv-excel/ too, for people who open files in a spreadsheet"),
			textFlag("partition", "", "split Parquet files into folders: fiscal_year or fiscal_year,admin_division"),
			textFlag("license", "", "licence of the dataset, such as CC-BY-4.0 or an address"),
		),
		Action: s.action(convert),
	}
}

// convert lists the inputs and brings the dataset up to date with them.
func convert(s *session, flags *cli.Context) error {
	folder := flags.String("output")
	if folder == "" {
		return usageError("no folder for the dataset", "add -o FOLDER")
	}
	columns, err := parsePartition(flags.String("partition"))
	if err != nil {
		return err
	}
	options := export.PublishOptions{
		CSVBOM: flags.Bool("csv-bom"), Excel: flags.Bool("excel"), Partition: columns, License: flags.String("license"),
	}
	set, err := s.listInputs(flags)
	if err != nil {
		return err
	}
	defer set.Close()
	if len(set.inputs) == 0 {
		return s.nothingToDo(flags.Bool("fail-if-empty"))
	}
	d, err := openDataset(folder, s.report.warn)
	if err != nil {
		return err
	}
	defer d.Close()
	d.wantReports(flags.Bool("reports"))
	return s.update(d, set, flags.Bool("prune"), options)
}

// update is the whole program: make a batch of each input, publish the batches as
// one dataset, and account for every input.
func (s *session) update(d *dataset, set *inputSet, prune bool, options export.PublishOptions) error {
	run, err := beginRunRecord(d.folder, s.report)
	if err != nil {
		return err
	}
	defer run.Close()
	set.identify(d.ledger)
	outcomes, err := s.convertAll(set, d)
	if err != nil {
		return err
	}
	prune = prune && interruption(s.patience.stop) == nil
	entries, err := s.settle(d, outcomes, prune)
	if err != nil {
		return err
	}
	if err := d.pruneReports(); err != nil {
		return err
	}
	published, err := s.publish(d, options)
	if err != nil {
		return err
	}
	if err := d.ledger.settle(options, entries); err != nil {
		return err
	}
	if err := writeQuarantine(d.folder, entries); err != nil {
		return err
	}

	var counts tally
	for _, result := range outcomes {
		counts.add(result)
	}
	if err := counts.check(len(outcomes)); err != nil {
		return err
	}
	end := s.verdict(counts, len(set.inputs))
	if err := run.write(s.config(), outcomes, counts, published, exitCodeOf(end)); err != nil {
		return err
	}
	s.report.summary(counts, d.folder)
	return end
}

// parsePartition reads a list of columns such as fiscal_year,admin_division.
func parsePartition(text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	columns, known := strings.Split(text, ","), export.PartitionColumns()
	if len(columns) > len(known) || !slices.Equal(columns, known[:len(columns)]) {
		return nil, usageError(fmt.Sprintf("--partition %q is unknown", text), "use "+known[0]+" or "+strings.Join(known, ","))
	}
	return columns, nil
}
