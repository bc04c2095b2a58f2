package main

import (
	"context"
	"iter"
	"time"

	"gongkai/extract"
	"gongkai/normalize"
)

// readingsAhead is how many documents, for each worker, may wait in memory for
// their turn to be written.
const readingsAhead = 2

// documentReading is an input, what became of it and what it says.
type documentReading struct {
	outcome
	Document *extract.Document // nil when the document failed
	Batch    *normalize.Batch  // nil when there were no bytes
}

// readings reads the inputs in parallel and yields them in order; nothing is kept.
func (s *session) readings(set *inputSet) iter.Seq2[documentReading, error] {
	return parallelMap(s.patience.quit, feed(s.patience.stop, set.inputs), s.jobs, readingsAhead*s.jobs,
		func(ctx context.Context, in input) (documentReading, error) {
			start := time.Now()
			result := documentReading{outcome: outcome{Input: in.names}}
			content, failure := in.read()
			if failure != nil {
				result.Status, result.Failure = statusFailed, failure
				return result, nil
			}
			source := extract.NewSource(in.Source, in.File, content)
			result.SHA256, result.Bytes = source.SHA256, int64(len(content))
			reading, err := s.stages.readDocument(ctx, source, s.options)
			if err != nil {
				return result, err
			}
			result.describe(reading.Batch)
			result.Document, result.Batch = reading.Document, reading.Batch
			result.Took = time.Since(start)
			return result, nil
		})
}

// writeReadings gives the readings to write, one after the other, and accounts
// for every input.
func (s *session) writeReadings(set *inputSet, write func(documentReading) error) error {
	var counts tally
	if isTerminal(s.stdout) || len(set.inputs) == 1 {
		s.report.hideBar()
	}
	s.report.begin(len(set.inputs))
	defer s.report.end()
	for result, err := range s.readings(set) {
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
