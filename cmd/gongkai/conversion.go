package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"iter"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"gongkai/export"
	"gongkai/extract"
	"gongkai/normalize"
)

// resultsAhead is how many outcomes may wait behind one slow document. They are
// small; one document of five minutes must not hold up the others.
const resultsAhead = 4096

// fetchesAhead is how many documents more are in hand when some come from the
// network, which is slower than any worker.
const fetchesAhead = 8

// conversion makes batches of inputs and puts them in the store.
type conversion struct {
	reader  documentReader
	store   *export.Store
	ledger  *ledger
	options documentOptions
	reports *reportFolder // nil: no reports are wanted

	mutex sync.Mutex
	hands map[string]*hand // by hash
}

// hand is a document in the hands of one goroutine. Two addresses may give the
// same bytes at the same time.
type hand struct {
	sync.Mutex
	done bool // it has been accounted for
}

// hold waits until nobody else works on the document.
func (c *conversion) hold(hash string) *hand {
	c.mutex.Lock()
	h := c.hands[hash]
	if h == nil {
		h = &hand{}
		c.hands[hash] = h
	}
	c.mutex.Unlock()
	h.Lock()
	return h
}

// convertAll returns the outcomes of all inputs that were begun, in order.
func (s *session) convertAll(set *inputSet, d *dataset) ([]outcome, error) {
	reader, inHand, closeReader := s.reader(d.product(), len(set.inputs))
	defer closeReader()
	if slices.ContainsFunc(set.inputs, func(in input) bool { return in.size == distantSize }) {
		inHand += fetchesAhead
	}
	c := conversion{reader: reader, store: d.store, ledger: d.ledger, options: d.readingOptions(s.options), reports: d.reports, hands: make(map[string]*hand)}
	outcomes := make([]outcome, 0, len(set.inputs))
	s.report.begin(len(set.inputs))
	defer s.report.end()
	isRead := func(in input) bool { return !in.duplicate && !c.isSettled(in, in.hash) }
	for result, err := range parallelMap(s.patience.quit, feed(s.patience.stop, set.inputs, isRead), inHand, resultsAhead, c.convertOne) {
		if err != nil {
			return nil, err
		}
		if in := &set.inputs[len(outcomes)]; in.duplicate {
			result = duplicateOf(result, outcomes[in.original])
		}
		outcomes = append(outcomes, result)
		s.report.document(result)
	}
	return outcomes, nil
}

// duplicateOf is the outcome of an input whose bytes, or address, came before.
func duplicateOf(result, original outcome) outcome {
	result.SHA256, result.Bytes, result.validators = original.SHA256, original.Bytes, original.validators
	if original.SHA256 == "" { // the same address failed
		result.Status, result.Failure = original.Status, original.Failure
		return result
	}
	result.contents = original.contents
	result.Status, result.Failure = statusSkipped, nil
	result.Skipped, result.Known, result.KnownFailure = skippedDuplicate, cmp.Or(original.Known, original.Status), cmp.Or(original.KnownFailure, original.Failure)
	return result
}

// feed yields the inputs until the run is told to stop. The members of a tar
// archive that are to be read are read here, one after the other.
func feed(stop context.Context, inputs []input, isRead func(input) bool) iter.Seq2[input, error] {
	return func(yield func(input, error) bool) {
		for _, in := range inputs {
			if stop.Err() != nil {
				return
			}
			if in.sequential && isRead(in) {
				got, failure := in.read(stop, validators{})
				in.read = func(context.Context, validators) (content, *extract.Failure) { return got, failure }
			}
			if !yield(in, nil) {
				return
			}
		}
	}
}

// convertOne makes the batch of one input, or finds that it is there already,
// and notes it in the ledger. An error means that the run cannot go on.
func (c *conversion) convertOne(ctx context.Context, in input) (outcome, error) {
	result := outcome{Input: in.names, SHA256: in.hash}
	if in.duplicate {
		return result, nil // the original says the rest
	}
	if in.hash != "" && c.isSettled(in, in.hash) {
		c.settled(&result)
		return result, nil
	}
	err := c.readAndConvert(ctx, in, &result)
	if err == nil && !result.Settled {
		err = c.ledger.note(result.entry())
	}
	return result, err
}

func (c *conversion) readAndConvert(ctx context.Context, in input, result *outcome) error {
	start := time.Now()
	got, failure := in.read(ctx, c.validatorsOf(in))
	if failure == nil && got.unchanged {
		last, _ := c.ledger.last(in.Source)
		result.SHA256, result.Bytes, result.validators = last.Document, last.Bytes, got.validators
		h := c.hold(result.SHA256)
		_, kept, err := c.keep(in, result)
		h.end(result, kept)
		if kept || err != nil {
			return err
		}
		got, failure = in.read(ctx, validators{})
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if failure != nil {
		result.SHA256, result.Status, result.Failure = "", statusFailed, failure
		return nil
	}
	source := extract.NewSource(in.Source, in.File, got.bytes)
	result.SHA256, result.Bytes, result.validators = source.SHA256, int64(len(got.bytes)), got.validators
	h := c.hold(source.SHA256)
	sources, kept, err := c.keep(in, result)
	if err == nil && !kept {
		err = c.convert(ctx, source, sources, result)
		result.Took = time.Since(start)
	}
	h.end(result, err == nil)
	return err
}

// end lets others work on the document. Who comes after the first is a duplicate.
func (h *hand) end(result *outcome, accounted bool) {
	if h.done && accounted {
		result.Known, result.KnownFailure = cmp.Or(result.Known, result.Status), cmp.Or(result.KnownFailure, result.Failure)
		result.Status, result.Skipped, result.Failure = statusSkipped, skippedDuplicate, nil
	}
	h.done = h.done || accounted
	h.Unlock()
}

// isSettled tells whether the dataset has the document, from all the places of
// the input, as well as it can be had now. Then it need not even be read.
func (c *conversion) isSettled(in input, hash string) bool {
	if !c.ledger.settled {
		return false
	}
	for _, called := range append([]names{in.names}, in.others...) {
		entries := c.ledger.entries[called.Source]
		if len(entries) != 1 || entries[0].Document != hash || entries[0].RetrievedAt != called.RetrievedAt || entries[0].Contents == nil {
			return false
		}
	}
	last, found := c.ledger.last(in.Source)
	return found && !worthAnotherRun(*last.Contents, c.options) && c.has(hash)
}

// has tells whether the dataset has all it should have of a document.
func (c *conversion) has(hash string) bool {
	return c.store.Has(keyOf(hash)) && c.hasReport(hash)
}

// hasReport tells whether the report of a document is there, or none is wanted.
func (c *conversion) hasReport(hash string) bool {
	return c.reports == nil || c.reports.has(hash)
}

// settled is the outcome of an input that isSettled.
func (c *conversion) settled(result *outcome) {
	last, _ := c.ledger.last(result.Input.Source)
	result.Bytes, result.Settled = last.Bytes, true
	if result.validators == (validators{}) {
		result.validators = last.validators
	}
	result.Version = last.Version
	result.skip(*last.Contents)
}

// validatorsOf are those of the document that the store has from the input's
// place, when another reading of the same bytes would not give more.
func (c *conversion) validatorsOf(in input) validators {
	last, found := c.ledger.last(in.Source)
	if !found || last.Contents == nil || worthAnotherRun(*last.Contents, c.options) || !c.has(last.Document) {
		return validators{}
	}
	return last.validators
}

// keep leaves the batch that the store has, if it will do, and sees that it knows
// all places. What a document does not say of itself may follow from its name, so
// it is read under one name whatever order its sources came in: the first by text.
func (c *conversion) keep(in input, result *outcome) (sources []normalize.Source, kept bool, err error) {
	if c.isSettled(in, result.SHA256) {
		c.settled(result)
		return nil, true, nil
	}
	found := sourceRows(in, result.SHA256, result.Bytes)
	key := keyOf(result.SHA256)
	batch, err := c.store.Load(key)
	if errors.Is(err, export.ErrNoBatch) { // or a damaged one, or that of another version
		return mergeSources(c.ledger.sources(result.SHA256), found), false, nil
	}
	if err != nil {
		return nil, false, err
	}
	sources = mergeSources(batch.Sources, found)
	contents := contentsOf(batch)
	if len(batch.Sources) == 0 || batch.Sources[0].Path != sources[0].Path || worthAnotherRun(contents, c.options) || !c.hasReport(result.SHA256) {
		return sources, false, nil
	}
	result.skip(contents)
	if !slices.Equal(sources, batch.Sources) {
		batch.Sources = sources
		if err = c.ledger.change(); err == nil {
			err = c.store.Put(key, batch)
		}
	}
	return sources, true, err
}

// convert reads the document and stores its batch.
func (c *conversion) convert(ctx context.Context, source extract.Source, sources []normalize.Source, result *outcome) error {
	source.URI = spokenName(sources[0].Path)
	options := c.options
	options.Sources = sources
	reading, err := c.reader.read(ctx, source, options)
	if err != nil {
		return err
	}
	result.contents, result.Stack = reading.contents, reading.Stack
	if result.Status == statusFailed {
		result.Version = pdfVersion(source.Bytes)
	}
	encoded, err := reading.binary()
	if err == nil {
		err = c.ledger.change()
	}
	if err == nil && c.reports != nil {
		err = c.reports.add(source.SHA256, &reading)
	}
	if err != nil {
		return err
	}
	return c.store.PutBinary(keyOf(source.SHA256), encoded)
}

// spokenName is a source path as a person reads it: web addresses write 预算 as
// %E9%A2%84%E7%AE%97.
func spokenName(source string) string {
	if !isAddress(source) {
		return source
	}
	decoded, err := url.PathUnescape(source)
	if err != nil {
		return source
	}
	return readableName(decoded)
}

// headBytes is where a PDF must say what it is, counted from its beginning.
const headBytes = 1024

// pdfVersion is the version of the format that a file names; empty: none.
func pdfVersion(document []byte) string {
	_, after, found := bytes.Cut(document[:min(len(document), headBytes)], []byte("%PDF-"))
	if end := bytes.IndexFunc(after, func(r rune) bool { return r != '.' && (r < '0' || r > '9') }); end >= 0 {
		after = after[:end]
	}
	if !found || len(after) > len("1.7") {
		return ""
	}
	return string(after)
}

// keyOf names the batch of a document. No option changes what a readable
// document says, so the configuration is always the same.
func keyOf(hash string) export.Key {
	return export.Key{SHA256: hash, Version: version, Config: "default"}
}

// sourceRows are the places of this run where a document was found.
func sourceRows(in input, hash string, size int64) []normalize.Source {
	var rows []normalize.Source
	for _, called := range append([]names{in.names}, in.others...) {
		rows = append(rows, normalize.Source{
			Path: called.Source, Member: called.Member, DocumentID: hash, Bytes: size, RetrievedAt: called.RetrievedAt,
		})
	}
	return rows
}

// mergeSources joins two lists in order of path, each place once, as it was found.
func mergeSources(known, found []normalize.Source) []normalize.Source {
	order := func(a, b normalize.Source) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Member, b.Member))
	}
	merged := slices.Concat(found, known)
	slices.SortStableFunc(merged, order)
	return slices.CompactFunc(merged, func(a, b normalize.Source) bool { return order(a, b) == 0 })
}
