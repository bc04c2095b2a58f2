package main

import (
	"bytes"
	"errors"
	"html"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gongkai/export"
	"gongkai/export/inspect"
)

// reportsName is the folder of a dataset that convert --reports fills, with
// <document_id>.html for each document.
const (
	reportsName  = "reports"
	reportSuffix = ".html"
)

// reportFolder is the folder of a dataset's reports.
type reportFolder struct{ path string }

func (f reportFolder) name(hash string) string { return filepath.Join(f.path, hash+reportSuffix) }

// generatorWithin is how far into a report its generator is named (bytes).
const generatorWithin = 4096

// has tells whether a report is there that this program wrote.
func (f reportFolder) has(hash string) bool {
	file, err := os.Open(f.name(hash))
	if err != nil {
		return false
	}
	defer file.Close()
	start := make([]byte, generatorWithin)
	n, _ := io.ReadFull(file, start)
	return bytes.Contains(start[:n], []byte(`content="`+html.EscapeString(inspect.Generator(version))+`"`))
}

// add puts the report of a document in place.
func (f reportFolder) add(hash string, document *reading) error {
	report, err := document.report(inspect.Options{})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.path, 0o777); err != nil {
		return &export.OutputError{Path: f.path, Err: err}
	}
	return writeOutput(f.name(hash), report)
}

// prune removes the reports of documents that are not kept.
func (f reportFolder) prune(keep func(hash string) bool) error {
	entries, err := os.ReadDir(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return &export.OutputError{Path: f.path, Err: err}
	}
	for _, entry := range entries {
		hash, isReport := strings.CutSuffix(entry.Name(), reportSuffix)
		if !isReport || keep(hash) {
			continue
		}
		if err := os.Remove(f.name(hash)); err != nil {
			return &export.OutputError{Path: f.name(hash), Err: err}
		}
	}
	return nil
}

// wantReports makes the reports of a dataset part of the run: when they are asked
// for, and when an earlier run wrote some, which would else grow stale.
func (d *dataset) wantReports(asked bool) {
	folder := reportFolder{filepath.Join(d.folder, reportsName)}
	if _, err := os.Stat(folder.path); asked || err == nil {
		d.reports = &folder
	}
}

// product is what the dataset needs of each document.
func (d *dataset) product() product {
	if d.reports != nil {
		return productBoth
	}
	return productBatch
}

// readingOptions are those of the run, with what the reports need.
func (d *dataset) readingOptions(options documentOptions) documentOptions {
	options.KeepPages = d.reports != nil
	return options
}

// pruneReports removes the reports of documents that the dataset has no longer.
func (d *dataset) pruneReports() error {
	if d.reports == nil {
		return nil
	}
	return d.reports.prune(func(hash string) bool { return d.store.Has(keyOf(hash)) })
}
