package main

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"gongkai/export"
	"gongkai/extract"
)

// runFolder holds what depends on the run: times, paths as given, the log.
const runFolder = "_run"

// runRecord writes _run/manifest.json, _run/metrics.prom and _run/log.jsonl.
type runRecord struct {
	folder  string
	started time.Time
	log     *os.File
	report  *reporter
}

// beginRunRecord creates the folder of the dataset's run record.
func beginRunRecord(dataset string, report *reporter) (*runRecord, error) {
	record := &runRecord{folder: filepath.Join(dataset, runFolder), started: time.Now(), report: report}
	if err := os.MkdirAll(record.folder, 0o777); err != nil {
		return nil, &export.OutputError{Path: record.folder, Err: err}
	}
	name := filepath.Join(record.folder, "log.jsonl")
	log, err := os.Create(name)
	if err != nil {
		return nil, &export.OutputError{Path: name, Err: err}
	}
	record.log = log
	report.copyLinesTo(log)
	return record, nil
}

// Close closes the log.
func (r *runRecord) Close() {
	r.report.copyLinesTo(nil)
	r.log.Close()
}

// manifest is _run/manifest.json.
type manifest struct {
	Version  string          `json:"version"`
	Started  time.Time       `json:"started_at"`
	Finished time.Time       `json:"finished_at"`
	ExitCode int             `json:"exit_code"`
	Config   manifestConfig  `json:"config"`
	Totals   tally           `json:"totals"`
	Dataset  manifestDataset `json:"dataset"`
	Inputs   []manifestInput `json:"inputs"`
}

// manifestConfig is the options of the run; the password is not told.
type manifestConfig struct {
	Jobs        int     `json:"jobs"`
	Timeout     float64 `json:"timeout_per_document_seconds"`
	PageTimeout float64 `json:"timeout_per_page_seconds"`
	MaxMemory   uint64  `json:"max_memory_bytes"`
}

func (s *session) config() manifestConfig {
	return manifestConfig{s.jobs, s.options.Timeout.Seconds(), s.options.PageTimeout.Seconds(), s.maxMemory}
}

// manifestDataset is what the dataset holds after the run, earlier documents included.
type manifestDataset struct {
	Documents map[string]int   `json:"documents"` // by status
	Pages     int              `json:"pages"`
	Tables    int              `json:"tables"`
	Cells     int              `json:"cells"`
	Lines     int              `json:"lines"`
	Findings  int              `json:"findings"`
	Outputs   []manifestOutput `json:"outputs"`
}

type manifestOutput struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	Rows   int64  `json:"rows"`
}

func newManifestDataset(summary export.Summary) manifestDataset {
	dataset := manifestDataset{
		Documents: summary.Documents, Pages: summary.Pages, Tables: summary.Tables,
		Cells: summary.Cells, Lines: summary.Lines, Findings: summary.Findings,
		Outputs: make([]manifestOutput, 0, len(summary.Files)),
	}
	for _, file := range summary.Files {
		dataset.Outputs = append(dataset.Outputs, manifestOutput{file.Path, file.SHA256, file.Bytes, file.Rows})
	}
	return dataset
}

// manifestInput is one input in the order given.
type manifestInput struct {
	File     string           `json:"file"`
	Source   string           `json:"source_path"`
	Document string           `json:"document_id,omitempty"`
	Status   string           `json:"status"`
	Skipped  string           `json:"skipped,omitempty"`
	Earlier  string           `json:"earlier_status,omitempty"`
	Failure  *manifestFailure `json:"failure,omitempty"`
	Bytes    int64            `json:"bytes"`
	Pages    int              `json:"pages"`
	Tables   int              `json:"tables"`
	Lines    int              `json:"lines"`
	Findings int              `json:"findings"`
	Millis   int64            `json:"ms"`
}

type manifestFailure struct {
	Stage   string `json:"stage"`
	Class   string `json:"class"`
	Message string `json:"message"`
	Stack   string `json:"stack,omitempty"`
}

func newManifestFailure(failure *extract.Failure, stack string) *manifestFailure {
	if failure == nil {
		return nil
	}
	return &manifestFailure{failure.Stage, failure.Class, failure.Message, stack}
}

// write puts the manifest and the metrics in place of those before.
func (r *runRecord) write(config manifestConfig, outcomes []outcome, counts tally, dataset manifestDataset, exitCode int) error {
	record := manifest{
		Version: buildVersion(), Started: r.started.UTC(), Finished: time.Now().UTC(), ExitCode: exitCode,
		Config: config, Totals: counts, Dataset: dataset,
		Inputs: make([]manifestInput, 0, len(outcomes)),
	}
	for _, o := range outcomes {
		record.Inputs = append(record.Inputs, manifestInput{
			File: o.Input.File, Source: o.Input.Source, Document: o.SHA256,
			Status: o.Status, Skipped: o.Skipped, Earlier: o.Known, Failure: newManifestFailure(o.Failure, o.Stack),
			Bytes: o.Bytes, Pages: o.Pages, Tables: o.Tables, Lines: o.Lines, Findings: o.Findings,
			Millis: o.Took.Milliseconds(),
		})
	}
	err := replaceFile(filepath.Join(r.folder, "manifest.json"), func(out *bufio.Writer) error {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(record)
	})
	if err != nil {
		return err
	}
	return writeMetrics(r.folder, &record)
}
