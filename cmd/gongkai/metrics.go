package main

import (
	"bufio"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// metricsFile is what the text file collector of Prometheus's node exporter reads.
const metricsFile = "metrics.prom"

// writeMetrics writes the figures of a run in Prometheus's text format. A reader
// sees the figures of one run or of the next, never half a file.
func writeMetrics(folder string, record *manifest) error {
	return replaceFile(filepath.Join(folder, metricsFile), func(out *bufio.Writer) error {
		for _, m := range metricsOf(record) {
			m.write(out)
		}
		return nil // a failed write shows when the buffer is flushed
	})
}

// metric is a gauge; its samples are told apart by one label.
type metric struct {
	name, help, label string
	samples           map[string]float64 // by the label's value
}

func (m metric) write(out *bufio.Writer) {
	fmt.Fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", m.name, m.help, m.name)
	for _, value := range slices.Sorted(maps.Keys(m.samples)) {
		labels := ""
		if m.label != "" {
			labels = fmt.Sprintf(`{%s="%s"}`, m.label, labelEscaper.Replace(value))
		}
		fmt.Fprintf(out, "%s%s %v\n", m.name, labels, m.samples[value])
	}
}

// labelEscaper writes a label's value as the format wants it.
var labelEscaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func single(value float64) map[string]float64 { return map[string]float64{"": value} }

// metricsOf are the figures of a run and of the dataset after it.
func metricsOf(record *manifest) []metric {
	documents, rows := map[string]float64{}, map[string]float64{}
	for _, status := range []string{statusOK, statusPartial, statusFailed} {
		documents[status] = float64(record.Dataset.Documents[status])
	}
	for _, output := range record.Dataset.Outputs {
		if name, isCSV := strings.CutSuffix(output.Path, ".csv"); isCSV && filepath.Dir(output.Path) == "csv" {
			rows[filepath.Base(name)] = float64(output.Rows)
		}
	}
	totals := record.Totals
	return []metric{
		{"gongkai_run_inputs", "Inputs of the last run by what became of them.", "status", map[string]float64{
			statusOK: float64(totals.OK), statusPartial: float64(totals.Partial),
			statusFailed: float64(totals.Failed), statusSkipped: float64(totals.Skipped)}},
		{"gongkai_run_pages", "Pages of the documents among the inputs.", "", single(float64(totals.Pages))},
		{"gongkai_run_exit_code", "Exit code of the last run.", "", single(float64(record.ExitCode))},
		{"gongkai_run_duration_seconds", "How long the last run took.", "", single(record.Finished.Sub(record.Started).Seconds())},
		{"gongkai_run_finished_timestamp_seconds", "When the last run ended, seconds since 1970.", "", single(float64(record.Finished.UnixMilli()) / 1000)},
		{"gongkai_dataset_documents", "Documents in the dataset.", "status", documents},
		{"gongkai_dataset_rows", "Rows in the dataset.", "dataset", rows},
	}
}
