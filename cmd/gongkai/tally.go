package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"gongkai/extract"
	"gongkai/normalize"
)

// statusSkipped marks inputs that needed no reading: unchanged since an earlier
// run, or the same bytes as an input before.
const statusSkipped = "skipped"

// outcome is what became of one input; it holds no pages or tables, so that
// thousands of them may wait in memory.
type outcome struct {
	contents
	Input   names
	SHA256  string // empty when the bytes could not be had
	Skipped string // why: unchanged or duplicate
	Settled bool   // the ledger had it all already
	Known   string // status of a skipped document in the run that read it
	// KnownFailure is why that status is not ok.
	KnownFailure *extract.Failure
	validators
	Version string // of the PDF format, of a failed document
	Stack   string
	Bytes   int64
	Took    time.Duration
}

// contents says how the reading of a document ended, and counts what it holds.
type contents struct {
	Status   string // ok, partial, failed; of an input also skipped
	Failure  *extract.Failure
	Pages    int
	Tables   int
	Lines    int
	Findings int
}

// Why a document is skipped.
const (
	skippedUnchanged = "unchanged"
	skippedDuplicate = "duplicate"
)

// skip says that the document has been read before, and found so.
func (o *outcome) skip(found contents) {
	o.contents = found
	o.Known, o.KnownFailure = found.Status, found.Failure
	o.Status, o.Skipped, o.Failure = statusSkipped, skippedUnchanged, nil
}

// repeat says that an input before had the same bytes.
func (o *outcome) repeat(original outcome) {
	o.contents = original.contents
	o.Known, o.KnownFailure = cmp.Or(original.Known, original.Status), cmp.Or(original.KnownFailure, original.Failure)
	o.Status, o.Skipped, o.Failure = statusSkipped, skippedDuplicate, nil
}

// entry is what the ledger remembers of the outcome.
func (o *outcome) entry() ledgerEntry {
	entry := ledgerEntry{
		Source: o.Input.Source, Member: o.Input.Member, Location: o.Input.Location, RetrievedAt: o.Input.RetrievedAt,
		validators: o.validators, Document: o.SHA256, Bytes: o.Bytes, Version: o.Version,
	}
	if o.SHA256 == "" {
		entry.Unread = o.Failure
		return entry
	}
	found := o.contents
	if o.Status == statusSkipped {
		found.Status, found.Failure = o.Known, o.KnownFailure
	}
	entry.Contents = &found
	return entry
}

// contentsOf is what the batch says.
func contentsOf(batch *normalize.Batch) contents {
	c := contents{
		Status: batch.Document.Status, Pages: batch.Document.PageCount,
		Tables: len(batch.Tables), Findings: len(batch.Findings),
	}
	for i := range batch.Lines {
		if batch.Lines[i].LineNo > 0 {
			c.Lines++
		}
	}
	if c.Status != statusOK {
		c.Failure = failureOf(batch.Document)
	}
	return c
}

// tally counts the outcomes of a run. Contents are those of all inputs,
// unchanged ones included, each document once.
type tally struct {
	Inputs  int `json:"inputs"`
	OK      int `json:"ok"`
	Partial int `json:"partial"`
	Failed  int `json:"failed"`
	Skipped int `json:"skipped"`
	// KnownPartial and KnownFailed count the skipped documents that had that
	// status when they were read: the run says again that not all is well.
	KnownPartial int `json:"skipped_partial"`
	KnownFailed  int `json:"skipped_failed"`
	Duplicates   int `json:"duplicates"`
	Pages        int `json:"pages"`
	Tables       int `json:"tables"`
	Lines        int `json:"lines"`
	Findings     int `json:"findings"`
}

func (t *tally) add(o outcome) {
	t.Inputs++
	switch o.Status {
	case statusOK:
		t.OK++
	case statusPartial:
		t.Partial++
	case statusFailed:
		t.Failed++
	case statusSkipped:
		t.Skipped++
	}
	switch o.Known {
	case statusPartial:
		t.KnownPartial++
	case statusFailed:
		t.KnownFailed++
	}
	if o.Skipped == skippedDuplicate {
		t.Duplicates++
		return
	}
	t.Pages += o.Pages
	t.Tables += o.Tables
	t.Lines += o.Lines
	t.Findings += o.Findings
}

// check is the law that no input disappears.
func (t *tally) check(inputs int) error {
	if sum := t.OK + t.Partial + t.Failed + t.Skipped; sum != inputs || t.Inputs != inputs {
		return fmt.Errorf("%d inputs, but %d ok + %d partial + %d failed + %d skipped", inputs, t.OK, t.Partial, t.Failed, t.Skipped)
	}
	return nil
}

// verdict is the exit code of a run over documents. Skipped documents count with
// the status they had, so that the same command gives the same answer twice.
func (t *tally) verdict() int {
	switch {
	case t.Failed+t.Partial+t.KnownFailed+t.KnownPartial == 0:
		return exitOK
	case t.Failed+t.KnownFailed == t.Inputs:
		return exitAll
	default:
		return exitSome
	}
}

// skippedNote says what the skipped documents are.
func (t *tally) skippedNote() string {
	var parts []string
	for _, part := range []struct {
		count int
		name  string
	}{
		{t.Duplicates, "duplicate"},
		{t.KnownFailed, "failed before"},
		{t.KnownPartial, "partial before"},
	} {
		if part.count > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.count, part.name))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}
