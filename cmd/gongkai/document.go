package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"gongkai/export/inspect"
	"gongkai/extract"
	"gongkai/normalize"
	"gongkai/normalize/check"
	"gongkai/normalize/codebook"
)

// The status of a document, as the documents dataset has it.
const (
	statusOK      = "ok"
	statusPartial = "partial"
	statusFailed  = "failed"
)

// documentOptions shape how one document is read. They are plain data, so that
// they can travel to another process together with the bytes.
type documentOptions struct {
	Password    string
	Timeout     time.Duration // for the document; 0: none
	PageTimeout time.Duration // for one page, or for one of the steps before and after the pages; 0: none
	Pages       pageRange
	KeepPages   bool // for a report, which draws them
	// Sources are the places the batch names; nil stands for the document's own.
	Sources []normalize.Source
	// Unreadable holds the pages that cost an earlier attempt its worker.
	Unreadable map[int]*extract.Failure
}

// position is how far the reading of a document has come. Without Pages the file
// is being opened; without Page the pages are done and are put together.
type position struct{ Page, Pages int }

func (p position) String() string {
	switch {
	case p.Pages == 0:
		return "opening the file"
	case p.Page == 0:
		return "putting the pages together"
	default:
		return fmt.Sprintf("page %d", p.Page)
	}
}

// stage is the position as extract.Failure names it.
func (p position) stage() string {
	switch {
	case p.Pages == 0:
		return "open"
	case p.Page == 0:
		return "normalize"
	default:
		return "content"
	}
}

// reading is what came of one document. A document read in this process has
// Document, unless it failed, and Batch; one read by a worker has its product alone.
type reading struct {
	contents
	Document *extract.Document
	Batch    *normalize.Batch
	Encoded  []byte      // the binary form of the batch
	Grids    []tableGrid // what tables writes
	Report   []byte      // what convert --reports and inspect write
	Stack    string      // where the program failed, when it did; only for the run record
}

// documentReader makes a reading of a document. Whatever the bytes hold, it
// returns; a document that cannot be read gives a reading that says so. An error
// says that the run cannot go on.
type documentReader interface {
	read(context.Context, extract.Source, documentOptions) (reading, error)
}

// stages are the two functions that make a Batch of a Source.
type stages struct {
	read      func(context.Context, extract.Source, extract.Options) (*extract.Document, error)
	normalize func(*extract.Document) *normalize.Batch
	// guarded: this process may be ended by a document, so that riskier ways to
	// read a broken one may be tried.
	guarded bool
}

// realStages are the stages with the code lists of the program.
func realStages() (stages, error) {
	book, err := codebook.Embedded()
	if err != nil {
		return stages{}, fmt.Errorf("code lists: %w", err)
	}
	return stages{
		read: extract.Read,
		normalize: func(document *extract.Document) *normalize.Batch {
			batch := normalize.Normalize(document, book)
			check.Check(batch)
			return batch
		},
	}, nil
}

// readDocument is the document function: bytes and options in, Batch out. It tells
// progress of every step it begins, after the first. A panic of the stages becomes
// the failure of the document. The only error is that ctx ended.
func (s stages) readDocument(ctx context.Context, source extract.Source, options documentOptions, progress func(position)) (result reading, err error) {
	stage := "extract"
	defer func() {
		if reason := recover(); reason != nil {
			result, err = failedReading(source, options, panicFailure(stage, reason)), nil
			result.Stack = string(debug.Stack())
		}
	}()

	limited := ctx
	if options.Timeout > 0 {
		var cancel context.CancelFunc
		limited, cancel = context.WithTimeout(ctx, options.Timeout)
		defer cancel()
	}
	document, err := s.read(limited, source, extract.Options{
		Password: options.Password, Pages: options.Pages.filter(), Unreadable: options.Unreadable,
		Guarded: s.guarded, KeepPages: options.KeepPages,
		Progress: func(number, pages int) { progress(position{number, pages}) },
	})
	if ctx.Err() != nil {
		return reading{}, context.Cause(ctx)
	}
	if err != nil {
		return failedReading(source, options, asFailure(err, options.Timeout)), nil
	}
	stage = "normalize"
	batch := s.normalize(document)
	if batch.Document.ExtractorVersion == "" {
		batch.Document.ExtractorVersion = version
	}
	if options.Sources != nil {
		batch.Sources = options.Sources
	}
	return reading{contents: contentsOf(batch), Document: document, Batch: batch}, nil
}

// failedReading accounts for a document that could not be read.
func failedReading(source extract.Source, options documentOptions, failure *extract.Failure) reading {
	batch := failedBatch(source, failure)
	batch.Sources = options.Sources
	return reading{contents: contentsOf(batch), Batch: batch}
}

// binary is the batch in its binary form, as the store takes it.
func (r *reading) binary() ([]byte, error) {
	if r.Encoded != nil {
		return r.Encoded, nil
	}
	return r.Batch.AppendBinary(nil)
}

// grids are the document's tables as they are written.
func (r *reading) grids() []tableGrid {
	if r.Document == nil {
		return r.Grids
	}
	return gridsOf(r.Document, r.Batch)
}

// report is the document's report.
func (r *reading) report(options inspect.Options) ([]byte, error) {
	if r.Report != nil {
		return r.Report, nil
	}
	var page bytes.Buffer
	err := inspect.Report(&page, r.Document, r.Batch, options)
	return page.Bytes(), err
}

// asFailure turns the errors of extract.Read into a Failure.
func asFailure(err error, timeout time.Duration) *extract.Failure {
	var failure *extract.Failure
	switch {
	case errors.As(err, &failure):
		return failure
	case errors.Is(err, context.DeadlineExceeded):
		return documentTimeout(timeout)
	default:
		return &extract.Failure{Stage: "extract", Class: classInternal, Message: err.Error()}
	}
}

func documentTimeout(timeout time.Duration) *extract.Failure {
	return &extract.Failure{Stage: "extract", Class: classTimeout, Message: fmt.Sprintf("not read within %v", timeout), Retryable: true}
}

// worthAnotherRun tells whether a document that was not read whole may be read
// now: a deadline depends on the load of the machine, a limit on the flags, and a
// password may have come.
func worthAnotherRun(found contents, options documentOptions) bool {
	switch {
	case found.Failure == nil:
		return false
	case found.Failure.Class == "encrypted":
		return options.Password != ""
	default:
		return extract.Retryable(found.Failure.Class)
	}
}
