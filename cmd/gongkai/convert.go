package main

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	"gongkai/export"
	"gongkai/extract"
	"gongkai/normalize"

	"github.com/urfave/cli/v2"
)

// resultsAhead is how many outcomes may wait behind one slow document. They are
// small; one document of five minutes must not hold up the others.
const resultsAhead = 4096

func convertCommand(s *session) *cli.Command {
	return &cli.Command{
		Name:      "convert",
		Usage:     "turn many documents into one dataset",
		ArgsUsage: "INPUT... -o DATASET",
		Description: "INPUT is a file, a folder (searched for *.pdf), a .zip or .tar[.gz] archive, or - for a\n" +
			"list on standard input. Documents that the dataset holds already are not read again.",
		Flags: documentFlags(
			textFlag("output", "", "folder of the dataset", "o"),
			switchFlag("fail-if-empty", "exit with 5 when there is no input document"),
			switchFlag("prune", "drop from the dataset what is not among the inputs any more"),
			switchFlag("csv-bom", "begin CSV files with a byte order mark, for Excel"),
		),
		Action: s.action(convert),
	}
}

// convert is the whole program: list the inputs, make a batch of each document,
// publish the batches as one dataset, and account for every input.
func convert(s *session, flags *cli.Context) error {
	dataset := flags.String("output")
	if dataset == "" {
		return usageError("no folder for the dataset", "add -o FOLDER")
	}
	set, err := s.listInputs(flags)
	if err != nil {
		return err
	}
	defer set.Close()
	if len(set.inputs) == 0 {
		return s.nothingToDo(flags.Bool("fail-if-empty"))
	}

	store, err := export.OpenStore(dataset)
	if err != nil {
		return err
	}
	run, err := beginRunRecord(dataset, s.report)
	if err != nil {
		return err
	}
	defer run.Close()
	outcomes, err := convertAll(s, set, store)
	if err != nil {
		return err
	}
	if flags.Bool("prune") && interruption(s.patience.stop) == nil {
		if _, err := store.Prune(amongInputs(outcomes)); err != nil {
			return err
		}
	}
	summary, err := export.Publish(s.patience.quit, store, dataset, export.PublishOptions{CSVBOM: flags.Bool("csv-bom")})
	if err != nil {
		return err
	}
	for _, unusable := range summary.Unusable {
		s.report.warn(unusable.Error(), "convert the document again to have it in the dataset")
	}

	var counts tally
	for _, result := range outcomes {
		counts.add(result)
	}
	if err := counts.check(len(outcomes)); err != nil {
		return err
	}
	end := s.verdict(counts, len(set.inputs))
	if err := run.write(s.config(), outcomes, counts, summary, exitCodeOf(end)); err != nil {
		return err
	}
	s.report.summary(counts, dataset)
	return end
}

// conversion makes batches of inputs and puts them in the store.
type conversion struct {
	reader  documentReader
	store   *export.Store
	options documentOptions
}

// convertAll returns the outcomes of all inputs that were begun, in order.
func convertAll(s *session, set *inputSet, store *export.Store) ([]outcome, error) {
	reader, inHand, closeReader := s.reader(productBatch, len(set.inputs))
	defer closeReader()
	c := conversion{reader, store, s.options}
	outcomes := make([]outcome, 0, len(set.inputs))
	fates := map[string]string{} // status by hash, for the duplicates that follow
	s.report.begin(len(set.inputs))
	defer s.report.end()
	for result, err := range parallelMap(s.patience.quit, feed(s.patience.stop, set.inputs), inHand, resultsAhead, c.convertOne) {
		if err != nil {
			return nil, err
		}
		if result.Skipped == skippedDuplicate {
			result.Known = fates[result.SHA256]
		} else {
			fates[result.SHA256] = cmp.Or(result.Known, result.Status)
		}
		outcomes = append(outcomes, result)
		s.report.document(result)
	}
	return outcomes, nil
}

// feed yields the inputs until the run is told to stop. The members of a tar
// archive are read here, one after the other.
func feed(stop context.Context, inputs []input) iter.Seq2[input, error] {
	return func(yield func(input, error) bool) {
		for _, in := range inputs {
			if stop.Err() != nil {
				return
			}
			if in.sequential {
				content, failure := in.read()
				in.read = func() ([]byte, *extract.Failure) { return content, failure }
			}
			if !yield(in, nil) {
				return
			}
		}
	}
}

// convertOne makes the batch of one input, or finds that it is there already.
// An error means that the run cannot go on.
func (c *conversion) convertOne(ctx context.Context, in input) (outcome, error) {
	start := time.Now()
	result := outcome{Input: in.names, SHA256: in.hash}
	if in.duplicate {
		result.Status, result.Skipped = statusSkipped, skippedDuplicate
		return result, nil
	}
	content, failure := in.read()
	if failure != nil {
		result.Status, result.Failure = statusFailed, failure
		return result, nil
	}
	source := extract.NewSource(in.Source, in.File, content)
	result.SHA256, result.Bytes = source.SHA256, int64(len(content))
	key := keyOf(source.SHA256)
	batch, err := c.stored(key)
	if err != nil {
		return result, err
	}

	// What a document does not say of itself may follow from its name, so it is
	// read under one name whatever order its sources came in: the first by text.
	var known []normalize.Source
	if batch != nil {
		known = batch.Sources
	}
	sources := mergeSources(known, sourceRows(in, source))
	source.URI = sources[0].Path
	if len(known) > 0 && known[0].Path == source.URI && !worthAnotherRun(batch.Document, c.options) {
		result.contents = contentsOf(batch)
		result.Known, result.Failure = result.Status, nil
		result.Status, result.Skipped = statusSkipped, skippedUnchanged
		if len(sources) > len(known) {
			batch.Sources = sources
			err = c.store.Put(key, batch)
		}
		return result, err
	}
	options := c.options
	options.Sources = sources
	reading, err := c.reader.read(ctx, source, options)
	if err != nil {
		return result, err
	}
	result.contents, result.Stack, result.Took = reading.contents, reading.Stack, time.Since(start)
	encoded, err := reading.binary()
	if err != nil {
		return result, err
	}
	return result, c.store.PutBinary(key, encoded)
}

// stored is the batch that an earlier run left, or nil. A damaged batch counts
// as none and is made again.
func (c *conversion) stored(key export.Key) (*normalize.Batch, error) {
	batch, err := c.store.Load(key)
	if errors.Is(err, export.ErrNoBatch) {
		return nil, nil
	}
	return batch, err
}

// keyOf names the batch of a document. No option changes what a readable
// document says, so the configuration is always the same.
func keyOf(hash string) export.Key {
	return export.Key{SHA256: hash, Version: version, Config: "default"}
}

// sourceRows are the places of this run where a document was found.
func sourceRows(in input, source extract.Source) []normalize.Source {
	var rows []normalize.Source
	for _, called := range append([]names{in.names}, in.others...) {
		rows = append(rows, normalize.Source{
			Path: called.Source, Member: called.Member, DocumentID: source.SHA256, Bytes: int64(len(source.Bytes)),
		})
	}
	return rows
}

// mergeSources joins two lists in order of path, each place once.
func mergeSources(known, found []normalize.Source) []normalize.Source {
	order := func(a, b normalize.Source) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Member, b.Member))
	}
	merged := slices.Concat(known, found)
	slices.SortStableFunc(merged, order)
	return slices.CompactFunc(merged, func(a, b normalize.Source) bool { return order(a, b) == 0 })
}

// amongInputs tells which sources of the dataset this run has seen. An input that
// could not be read keeps what is known of it.
func amongInputs(outcomes []outcome) func(normalize.Source) bool {
	type place struct{ path, hash string }
	seen := make(map[place]bool, len(outcomes))
	for _, o := range outcomes {
		seen[place{o.Input.Source, o.SHA256}] = true
	}
	return func(source normalize.Source) bool {
		return seen[place{source.Path, source.DocumentID}] || seen[place{source.Path, ""}]
	}
}
