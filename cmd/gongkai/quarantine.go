package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gongkai/export"
	"gongkai/extract"
)

// quarantineFolder of a dataset has a folder for each document that could not be
// read, and for each input whose bytes could not be had.
const (
	quarantineFolder = "quarantine"
	reasonFile       = "reason.json"
)

// quarantineReason is reason.json. Like the dataset it depends on the inputs
// alone: no time and no path of this machine stands in it.
type quarantineReason struct {
	Document  string             `json:"document_id,omitempty"` // none: the bytes could not be had
	Sources   []quarantineSource `json:"sources"`
	Stage     string             `json:"stage"`
	Class     string             `json:"class"`
	Message   string             `json:"message"`
	Retryable bool               `json:"retryable"` // gongkai retry tries it again as it is
	PDF       *quarantinePDF     `json:"pdf,omitempty"`
	Extractor string             `json:"extractor_version"`
}

type quarantineSource struct {
	Path        string `json:"source_path"`
	RetrievedAt string `json:"retrieved_at,omitempty"`
}

// quarantinePDF is what is known of a file that could not be read.
type quarantinePDF struct {
	Bytes   int64  `json:"bytes"`
	Version string `json:"version,omitempty"` // of the format; none: the file does not say that it is a PDF
	Pages   int    `json:"pages,omitempty"`
}

// quarantineOf sorts the entries into reasons, by the name of their folder: the
// document's id, or the hash of the place's name.
func quarantineOf(entries []ledgerEntry) map[string]*quarantineReason {
	reasons := make(map[string]*quarantineReason)
	for _, entry := range entries {
		failure, name := entry.Unread, entry.Document
		switch {
		case entry.Document == "" && failure != nil:
			sum := sha256.Sum256([]byte(entry.Source))
			name = hex.EncodeToString(sum[:])
		case entry.Contents == nil || entry.Contents.Status != statusFailed:
			continue
		default:
			failure = entry.Contents.Failure
		}
		reason := reasons[name]
		if reason == nil {
			reason = &quarantineReason{
				Document: entry.Document, Stage: failure.Stage, Class: failure.Class, Message: failure.Message,
				Retryable: failure.Retryable || extract.Retryable(failure.Class), Extractor: version,
			}
			if entry.Document != "" {
				reason.PDF = &quarantinePDF{entry.Bytes, entry.Version, entry.Contents.Pages}
			}
			reasons[name] = reason
		}
		reason.Sources = append(reason.Sources, quarantineSource{entry.Source, entry.RetrievedAt})
	}
	return reasons
}

// writeQuarantine makes the quarantine what the ledger's entries say: a document
// that has been read, or that left the dataset, leaves the quarantine too. Errors
// are *export.OutputError.
func writeQuarantine(dataset string, entries []ledgerEntry) error {
	folder := filepath.Join(dataset, quarantineFolder)
	reasons := quarantineOf(entries)
	if err := removeOthers(folder, reasons); err != nil {
		return &export.OutputError{Path: folder, Err: err}
	}
	for name, reason := range reasons {
		slices.SortFunc(reason.Sources, func(a, b quarantineSource) int { return strings.Compare(a.Path, b.Path) })
		if err := writeReason(filepath.Join(folder, name), reason); err != nil {
			return err
		}
	}
	return nil
}

// removeOthers takes away the folders without a reason, and in the end the
// quarantine itself.
func removeOthers(folder string, reasons map[string]*quarantineReason) error {
	present, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range present {
		if len(entry.Name()) == sha256.Size*2 && reasons[entry.Name()] == nil {
			if err := os.RemoveAll(filepath.Join(folder, entry.Name())); err != nil {
				return err
			}
		}
	}
	if len(reasons) == 0 {
		os.Remove(folder) // unless people keep something there
	}
	return nil
}

// writeReason writes a reason that is not there yet.
func writeReason(folder string, reason *quarantineReason) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(reason); err != nil {
		return err
	}
	name := filepath.Join(folder, reasonFile)
	if written, err := os.ReadFile(name); err == nil && bytes.Equal(written, text.Bytes()) {
		return nil
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return &export.OutputError{Path: folder, Err: err}
	}
	return replaceFile(name, func(out *bufio.Writer) error {
		_, err := out.Write(text.Bytes())
		return err
	})
}
