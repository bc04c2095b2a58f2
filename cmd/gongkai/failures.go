package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"gongkai/export"
	"gongkai/extract"
	"gongkai/normalize"
)

// Exit codes are part of the interface: scripts and schedulers act on them.
const (
	exitOK       = 0 // all well, or nothing to do
	exitInternal = 1 // a defect of the program
	exitUsage    = 2 // the command line is wrong
	exitSome     = 3 // some documents failed or are partial; the output is valid
	exitAll      = 4 // every input failed
	exitEmpty    = 5 // nothing to do, with --fail-if-empty
	exitFindings = 6 // a finding is as bad as --fail-on says
	exitOutput   = 7 // the output cannot be written
	exitLocked   = 8 // another run writes to the dataset
	exitSignal   = 128
)

// Classes of failures that happen outside a document; those of the document
// itself are in extract.Failure.
const (
	classMissing     = "not_found"
	classUnreadable  = "unreadable"
	classArchive     = "archive"
	classUnreachable = "unreachable"
	classAddress     = "address"
	classTimeout     = "timeout"
	classMemory      = "memory"
	classCrash       = "crash"
	classInternal    = "internal"
)

// commandError ends a command: the caller must act. The message may be empty
// when everything has been said already.
type commandError struct {
	code          int
	message, hint string
}

func (e *commandError) Error() string { return e.message }

func usageError(message, hint string) error {
	return &commandError{code: exitUsage, message: message, hint: hint}
}

// interrupted is the cause of a context that a signal ended.
type interrupted struct{ signal syscall.Signal }

func (i interrupted) Error() string { return "stopped by signal: " + i.signal.String() }

// asCommandError is the one place that maps errors to exit codes and hints.
func asCommandError(err error) *commandError {
	var command *commandError
	var signal interrupted
	var output *export.OutputError
	switch {
	case errors.As(err, &command):
		return command
	case errors.As(err, &signal):
		return &commandError{exitSignal + int(signal.signal), signal.Error(),
			"run the same command again; it goes on where this run stopped"}
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return &commandError{exitSignal + int(syscall.SIGINT), "stopped: " + err.Error(),
			"run the same command again; it goes on where this run stopped"}
	case errors.As(err, &output):
		return &commandError{exitOutput, output.Error(), output.Hint()}
	default:
		return &commandError{exitInternal, err.Error(), "this is a defect of gongkai; please report it with the command"}
	}
}

// stdoutError is the error for data that standard output does not take.
func stdoutError(err error) error {
	return &commandError{exitOutput, "standard output: " + err.Error(),
		"check the program or the disk that takes the output"}
}

// hint says what a person can do about a document that failed.
func hint(class string) string {
	switch class {
	case classMissing:
		return "check the path or the address"
	case classUnreadable:
		return "check the permissions of the file, and the disk"
	case classUnreachable:
		return "run the command again later; check the network and, behind a proxy, HTTPS_PROXY"
	case classAddress:
		return "open the address in a browser; it must lead to the document itself"
	case classArchive:
		return "unpack the archive and give the folder"
	case classTimeout:
		return "give more time with --timeout-per-page or --timeout-per-document, or use fewer --jobs"
	case classMemory:
		return "check that the file is what it says it is; then give more with --max-memory"
	case classCrash:
		return "run the command again; when it happens again, report it with the document"
	case classInternal:
		return "this is a defect of gongkai; please report it with the document"
	case "empty":
		return "the file has no bytes; fetch it again"
	case "not_pdf":
		return "look at the file; convert other formats to PDF first"
	case "encrypted":
		return "give the password with --password"
	case "truncated", "damaged", "no_pages":
		return "fetch the file again, or repair it with qpdf or mutool clean"
	case "no_text_layer":
		return "the pages are pictures; run the file through OCR first"
	case "limit":
		return "split the file, and check that it is what it says it is"
	default:
		return "look at the file with a PDF viewer"
	}
}

// failedBatch accounts for a document that could not be read.
func failedBatch(source extract.Source, failure *extract.Failure) *normalize.Batch {
	return &normalize.Batch{Document: normalize.Document{
		ID:             source.SHA256,
		Bytes:          int64(len(source.Bytes)),
		Status:         statusFailed,
		FailureStage:   failure.Stage,
		FailureClass:   failure.Class,
		FailureMessage: failure.Message,
	}}
}

// failureOf is the failure a batch records.
func failureOf(document normalize.Document) *extract.Failure {
	return &extract.Failure{Stage: document.FailureStage, Class: document.FailureClass, Message: document.FailureMessage}
}

// panicFailure records a panic as the failure of the document it happened in.
func panicFailure(stage string, reason any) *extract.Failure {
	return &extract.Failure{Stage: stage, Class: classInternal, Message: fmt.Sprintf("unexpected failure: %v", reason)}
}
