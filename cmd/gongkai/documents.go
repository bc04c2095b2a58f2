package main

import (
	"context"
	"iter"
	"time"

	"gongkai/extract"
)

// readingsAhead is how many documents, for each worker, may wait in memory for
// their turn to be written.
const readingsAhead = 2

// inHandEach is how many documents, for each worker, are in hand: one is read,
// the other comes from the disk or goes there.
const inHandEach = 2

// documentReading is an input, what became of it and what it says.
type documentReading struct {
	outcome
	reading reading
}

// reader chooses who reads the documents of a command, and how many are taken in
// hand at a time: while workers read, other documents wait for the disk.
func (s *session) reader(wanted product, inputs int) (reader documentReader, inHand int, end func()) {
	if s.workerCommand == nil {
		return alone{s.stages, s.maxMemory, nil}, s.jobs, func() {}
	}
	pool := newWorkers(s.workerCommand, s.jobs, wanted, s.maxMemory)
	if inputs == 1 && wanted != productBatch && wanted != productBoth {
		return alone{s.stages, s.maxMemory, pool}, s.jobs, pool.Close
	}
	return pool, inHandEach * s.jobs, pool.Close
}

// readings reads the inputs in parallel and yields them in order; nothing is kept.
func (s *session) readings(set *inputSet, wanted product) iter.Seq2[documentReading, error] {
	return func(yield func(documentReading, error) bool) {
		reader, inHand, end := s.reader(wanted, len(set.inputs))
		defer end()
		work := func(ctx context.Context, in input) (documentReading, error) {
			return readInput(ctx, reader, in, s.options)
		}
		parallelMap(s.patience.quit, feed(s.patience.stop, set.inputs, func(input) bool { return true }), inHand, readingsAhead*s.jobs, work)(yield)
	}
}

// readInput reads one input.
func readInput(ctx context.Context, reader documentReader, in input, options documentOptions) (documentReading, error) {
	start := time.Now()
	result := documentReading{outcome: outcome{Input: in.names}}
	got, failure := in.read(ctx, validators{})
	if failure != nil {
		result.Status, result.Failure = statusFailed, failure
		return result, context.Cause(ctx)
	}
	source := extract.NewSource(spokenName(in.Source), in.File, got.bytes)
	result.SHA256, result.Bytes = source.SHA256, int64(len(got.bytes))
	var err error
	result.reading, err = reader.read(ctx, source, options)
	result.contents, result.Took = result.reading.contents, time.Since(start)
	return result, err
}

// writeReadings gives the readings to write, one after the other, and accounts
// for every input.
func (s *session) writeReadings(set *inputSet, wanted product, write func(documentReading) error) error {
	var counts tally
	if isTerminal(s.stdout) || len(set.inputs) == 1 {
		s.report.hideBar()
	}
	s.report.begin(len(set.inputs))
	defer s.report.end()
	for result, err := range s.readings(set, wanted) {
		if err != nil {
			return err
		}
		if err := write(result); err != nil {
			return err
		}
		counts.add(result.outcome)
		s.report.document(result.outcome)
	}
	return s.endReadings(counts, len(set.inputs))
}

// endReadings closes a run that wrote to standard output. One document needs no
// summary: what it said has been seen.
func (s *session) endReadings(counts tally, inputs int) error {
	if err := counts.check(counts.Inputs); err != nil {
		return err
	}
	s.report.end()
	if inputs > 1 {
		s.report.summary(counts, "")
	}
	return s.verdict(counts, inputs)
}
