package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"gongkai/extract"
	"gongkai/normalize"
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
	Password string
	Timeout  time.Duration // 0: none
	Pages    pageRange
}

// reading is what came of one document. Batch is never nil; Document is nil
// when the document failed.
type reading struct {
	Document *extract.Document
	Batch    *normalize.Batch
	Stack    string // where the program failed, when it did; only for the run record
}

// stages are the two functions that make a Batch of a Source.
type stages struct {
	read      func(context.Context, extract.Source, extract.Options) (*extract.Document, error)
	normalize func(*extract.Document) *normalize.Batch
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
			return normalize.Normalize(document, book)
		},
	}, nil
}

// readDocument is the document function: bytes and options in, Batch out. Whatever
// the bytes hold, it returns; a document that cannot be read gives a batch that
// says so. The only error is that ctx ended.
func (s stages) readDocument(ctx context.Context, source extract.Source, options documentOptions) (result reading, err error) {
	stage := "extract"
	defer func() {
		if reason := recover(); reason != nil {
			result = reading{Batch: failedBatch(source, panicFailure(stage, reason)), Stack: string(debug.Stack())}
		}
	}()

	limited := ctx
	if options.Timeout > 0 {
		var cancel context.CancelFunc
		limited, cancel = context.WithTimeout(ctx, options.Timeout)
		defer cancel()
	}
	document, err := s.read(limited, source, extract.Options{Password: options.Password, Pages: options.Pages.filter()})
	if ctx.Err() != nil {
		return reading{}, context.Cause(ctx)
	}
	if err != nil {
		return reading{Batch: failedBatch(source, asFailure(err, options.Timeout))}, nil
	}
	stage = "normalize"
	batch := s.normalize(document)
	if batch.Document.ExtractorVersion == "" {
		batch.Document.ExtractorVersion = version
	}
	return reading{Document: document, Batch: batch}, nil
}

// asFailure turns the errors of extract.Read into a Failure.
func asFailure(err error, timeout time.Duration) *extract.Failure {
	var failure *extract.Failure
	switch {
	case errors.As(err, &failure):
		return failure
	case errors.Is(err, context.DeadlineExceeded):
		return &extract.Failure{Stage: "extract", Class: classTimeout,
			Message: fmt.Sprintf("not read within %v", timeout), Retryable: true}
	default:
		return &extract.Failure{Stage: "extract", Class: classInternal, Message: err.Error()}
	}
}

// worthAnotherRun tells whether a document that failed before may succeed now. A
// deadline depends on the load of the machine, and a password may have come.
func worthAnotherRun(document normalize.Document, options documentOptions) bool {
	if document.Status != statusFailed {
		return false
	}
	switch document.FailureClass {
	case classTimeout, classInternal:
		return true
	case "encrypted":
		return options.Password != ""
	default:
		return false
	}
}
