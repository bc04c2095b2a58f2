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
	hands map[string]*hand // by hash or address
}

// hand is a document, or an address, in the hands of one goroutine: several inputs
// may have the same bytes, and be read at the same time.
type hand struct {
	sync.Mutex
	first *outcome // of the first input that was done with
	// isNew: no earlier run has said what the first says.
	isNew bool
}

// hold waits until nobody else works on a document, by its hash, or an address.
func (c *conversion) hold(name string) *hand {
	c.mutex.Lock()
	h := c.hands[name]
	if h == nil {
		h = &hand{}
		c.hands[name] = h
	}
	c.mutex.Unlock()
	h.Lock()
	return h
}

// convertAll returns the outcomes of all inputs that were begun, in order.
func (s *session) convertAll(set *inputSet, d *dataset) ([]outcome, error) {
	reader, inHand, closeReader := s.reader(d.product(), len(set.inputs))
	defer closeReader()
	if slices.ContainsFunc(set.inputs, func(in input) bool { return in.kind == distant }) {
		inHand += fetchesAhead
	}
	c := conversion{reader: reader, store: d.store, ledger: d.ledger, options: d.readingOptions(s.options), reports: d.reports, hands: make(map[string]*hand)}
	outcomes := make([]outcome, 0, len(set.inputs))
	s.report.begin(len(set.inputs))
	defer s.report.end()
	first := map[string]outcome{} // by hash
	isRead := func(in input) bool { return !c.isSettled(in.names, in.hash) }
	for result, err := range parallelMap(s.patience.quit, feed(s.patience.stop, set.inputs, isRead), inHand, resultsAhead, c.convertOne) {
		if err != nil {
			return nil, err
		}
		if original, isDuplicate := first[result.SHA256]; isDuplicate {
			result.repeat(original)
		} else if result.SHA256 != "" {
			first[result.SHA256] = result
		}
		outcomes = append(outcomes, result)
		s.report.document(result)
	}
	return outcomes, nil
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
func (c *conversion) convertOne(ctx context.Context, in input) (result outcome, err error) {
	result = outcome{Input: in.names, SHA256: in.hash}
	if c.isSettled(in.names, in.hash) {
		c.settled(&result)
		return result, nil
	}
	if in.kind == distant {
		h := c.hold(in.Source)
		h.isNew = true
		defer func() { h.end(&result, err == nil) }()
		if h.first != nil {
			return result, nil // the address is given twice
		}
	}
	err = c.readAndConvert(ctx, in, &result)
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
		_, kept, err := c.keep(h, result)
		h.end(result, kept && err == nil)
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
	sources, kept, err := c.keep(h, result)
	if err == nil && !kept {
		err = c.convert(ctx, source, sources, result)
		result.Took = time.Since(start)
	}
	h.end(result, err == nil)
	return err
}

// end lets others work on the document. Of a new one all say what the first said:
// which of them was the first to be read is of no consequence.
func (h *hand) end(result *outcome, done bool) {
	defer h.Unlock()
	switch {
	case !done:
	case h.first == nil:
		said := *result
		h.first = &said
	case h.isNew:
		own := *result
		*result = *h.first
		result.Input, result.Settled = own.Input, own.Settled
		if own.validators != (validators{}) {
			result.validators = own.validators
		}
	}
}

// isSettled tells whether the dataset has the document from this place, as well as
// it can be had now. Then it need not even be read.
func (c *conversion) isSettled(called names, hash string) bool {
	entries := c.ledger.entries[called.Source]
	if !c.ledger.settled || hash == "" || len(entries) != 1 {
		return false
	}
	known := entries[0]
	return known.Document == hash && known.RetrievedAt == called.RetrievedAt && known.Contents != nil &&
		!worthAnotherRun(*known.Contents, c.options) && c.has(hash)
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
// A document that was read in this run is not read again in the hope of more.
func (c *conversion) keep(h *hand, result *outcome) (sources []normalize.Source, kept bool, err error) {
	if c.isSettled(result.Input, result.SHA256) {
		c.settled(result)
		return nil, true, nil
	}
	place := result.entry()
	found := []normalize.Source{place.row()}
	key := keyOf(result.SHA256)
	batch, err := c.store.Load(key)
	if errors.Is(err, export.ErrNoBatch) { // or a damaged one, or that of another version
		h.isNew = true
		return mergeSources(c.ledger.sources(result.SHA256), found), false, nil
	}
	if err != nil {
		return nil, false, err
	}
	sources = mergeSources(batch.Sources, found)
	contents := contentsOf(batch)
	if h.first == nil && (worthAnotherRun(contents, c.options) || !c.hasReport(result.SHA256)) {
		h.isNew = true
		return sources, false, nil
	}
	if len(batch.Sources) == 0 || batch.Sources[0].Path != sources[0].Path {
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

// mergeSources joins two lists in order of path, each place once, as it was found.
func mergeSources(known, found []normalize.Source) []normalize.Source {
	order := func(a, b normalize.Source) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Member, b.Member))
	}
	merged := slices.Concat(found, known)
	slices.SortStableFunc(merged, order)
	return slices.CompactFunc(merged, func(a, b normalize.Source) bool { return order(a, b) == 0 })
}
