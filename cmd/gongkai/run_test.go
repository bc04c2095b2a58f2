package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"gongkai/extract"

	"github.com/google/go-cmp/cmp"
)

// execute runs the program with textStages and returns its exit code and stderr.
func execute(t *testing.T, command string) (code int, stderr string) {
	t.Helper()
	var out, messages bytes.Buffer
	run := &session{stages: textStages(), stdin: strings.NewReader(""), stdout: &out, stderr: &messages}
	return run.finish(run.run(t.Context(), strings.Fields(command))), messages.String()
}

func TestManifestAccountsForTheRun(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFiles(t, map[string]string{"in/a.pdf": "3 pages", "in/b.pdf": "panic", "in/c.pdf": "3 pages", "in/d.pdf": "partial"})
	t.Setenv("GONGKAI_PASSWORD", "a secret")
	if code, stderr := execute(t, "gongkai convert in -o out"); code != exitSome {
		t.Fatalf("exit code %d:\n%s", code, stderr)
	}
	content, err := os.ReadFile("out/_run/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(content), "a secret") {
		t.Error("the manifest tells the password")
	}
	var record manifest
	if err := json.Unmarshal(content, &record); err != nil {
		t.Fatal(err)
	}
	want := tally{Inputs: 4, OK: 1, Partial: 1, Failed: 1, Skipped: 1, Duplicates: 1, Pages: 4, Tables: 4, Lines: 4}
	if record.Totals != want {
		t.Errorf("totals %+v, want %+v", record.Totals, want)
	}
	if record.ExitCode != exitSome || record.Finished.Before(record.Started) {
		t.Errorf("exit code %d, from %v to %v", record.ExitCode, record.Started, record.Finished)
	}
	if len(record.Inputs) != 4 {
		t.Fatalf("%d inputs, want 4", len(record.Inputs))
	}
	if a := record.Inputs[0]; a.File != "in/a.pdf" || a.Status != statusOK || a.Pages != 3 || a.Bytes != 7 || a.Failure != nil {
		t.Errorf("a.pdf: %+v", a)
	}
	if b := record.Inputs[1]; b.Failure == nil || b.Failure.Class != classInternal || !strings.Contains(b.Failure.Stack, "readText") {
		t.Errorf("b.pdf does not tell where the program failed: %+v", b)
	}
	if c := record.Inputs[2]; c.Status != statusSkipped || c.Skipped != skippedDuplicate || c.Document != record.Inputs[0].Document {
		t.Errorf("c.pdf: %+v", c)
	}
	if d := record.Inputs[3]; d.Status != statusPartial || d.Failure == nil {
		t.Errorf("d.pdf: %+v", d)
	}
	rows := map[string]int64{}
	for _, output := range record.Dataset.Outputs {
		rows[output.Path] = output.Rows
	}
	if rows["csv/documents.csv"] != 3 || rows["csv/sources.csv"] != 4 {
		t.Errorf("rows of the outputs: %v", rows)
	}
}

// fullDisk takes no data.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestOutputThatTakesNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFiles(t, map[string]string{"a.pdf": "3 pages"})
	for _, command := range []string{
		"gongkai tables a.pdf", "gongkai tables a.pdf --format csv", "gongkai tables a.pdf --format markdown",
		"gongkai tables a.pdf --format html", "gongkai lines a.pdf", "gongkai schema documents", "gongkai schema",
	} {
		var stderr bytes.Buffer
		run := &session{stages: textStages(), stdin: strings.NewReader(""), stdout: fullDisk{}, stderr: &stderr}
		code := run.finish(run.run(t.Context(), strings.Fields(command)))
		want := "error: standard output: no space left on device\nhint: check the program or the disk that takes the output\n"
		if code != exitOutput || stderr.String() != want {
			t.Errorf("%s: exit code %d, stderr\n%s", command, code, stderr.String())
		}
	}
}

func TestFlagsAndArgumentsInAnyOrder(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"gongkai convert a b -o out --prune c", "gongkai convert -o out --prune -- a b c"},
		{"gongkai convert - -0 -o out", "gongkai convert -0 -o out -- -"},
		{"gongkai convert a --jobs=2 -- -o -b", "gongkai convert --jobs=2 -- a -o -b"},
		{"gongkai tables a --unknown b", "gongkai tables --unknown -- a b"},
		{"gongkai --version", "gongkai --version"},
		{"gongkai other a -b", "gongkai other a -b"},
		{"gongkai", "gongkai"},
	} {
		got := flagsFirst(strings.Fields(test.line), (&session{}).app().Commands)
		if strings.Join(got, " ") != test.want {
			t.Errorf("flagsFirst(%q) = %q, want %q", test.line, got, test.want)
		}
	}
}

func TestExitCodesOfTheContract(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFiles(t, map[string]string{"good.pdf": "1 pages", "bad.pdf": "", "file": "", "none/readme.txt": ""})
	for _, test := range []struct {
		command string
		want    int
	}{
		{"gongkai --version", 0},
		{"gongkai --help", 0},
		{"gongkai convert --help", 0},
		{"gongkai convert good.pdf -o a", 0},
		{"gongkai convert none -o b", 0},
		{"gongkai convert", 2},
		{"gongkai convert good.pdf bad.pdf -o c", 3},
		{"gongkai convert bad.pdf -o d", 4},
		{"gongkai convert none -o e --fail-if-empty", 5},
		{"gongkai convert good.pdf -o file/f", 7},
	} {
		if code, stderr := execute(t, test.command); code != test.want {
			t.Errorf("%s: exit code %d, want %d\n%s", test.command, code, test.want, stderr)
		}
	}
}

// TestMetrics reads the run's figures as Prometheus does: comments, then name,
// labels and value.
func TestMetrics(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFiles(t, map[string]string{"in/a.pdf": "3 pages", "in/b.pdf": "panic", "in/c.pdf": "3 pages"})
	if code, stderr := execute(t, "gongkai convert in -o out"); code != exitSome {
		t.Fatalf("exit code %d:\n%s", code, stderr)
	}
	content, err := os.ReadFile("out/_run/metrics.prom")
	if err != nil {
		t.Fatal(err)
	}
	values, kinds := map[string]float64{}, map[string]string{}
	sample := regexp.MustCompile(`^([a-z_]+)(\{[a-z]+="[^"\\]*"\})? (\S+)$`)
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSuffix(line, "\n")
		if words := strings.Fields(line); strings.HasPrefix(line, "# TYPE ") {
			kinds[words[2]] = words[3]
			continue
		} else if strings.HasPrefix(line, "# HELP ") {
			continue
		}
		parts := sample.FindStringSubmatch(line)
		if parts == nil || kinds[parts[1]] != "gauge" {
			t.Fatalf("no sample, or one of unknown kind: %q", line)
		}
		value, err := strconv.ParseFloat(parts[3], 64)
		if err != nil {
			t.Errorf("%q: %v", line, err)
		}
		values[parts[1]+parts[2]] = value
	}
	for name, want := range map[string]float64{
		`gongkai_run_inputs{status="ok"}`: 1, `gongkai_run_inputs{status="failed"}`: 1, `gongkai_run_inputs{status="skipped"}`: 1,
		`gongkai_run_pages`: 3, `gongkai_run_exit_code`: exitSome,
		`gongkai_dataset_documents{status="ok"}`: 1, `gongkai_dataset_documents{status="failed"}`: 1,
		`gongkai_dataset_rows{dataset="sources"}`: 3,
	} {
		if got, found := values[name]; !found || got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	now := float64(time.Now().Unix())
	if ended := values["gongkai_run_finished_timestamp_seconds"]; ended < now-60 || ended > now+60 {
		t.Errorf("the run ended at %v, now is %v", ended, now)
	}
}

// TestQuarantineTellsWhy reads the reason of a document and of an input without
// bytes.
func TestQuarantineTellsWhy(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFiles(t, map[string]string{"in/a.pdf": "%PDF-1.4", "in/b.pdf": "1 pages", "in/c.pdf": "%PDF-1.4"})
	broken := textStages()
	broken.read = func(ctx context.Context, source extract.Source, options extract.Options) (*extract.Document, error) {
		if string(source.Bytes) == "%PDF-1.4" {
			return nil, &extract.Failure{Stage: "open", Class: "truncated", Message: "the file ends too soon"}
		}
		return readText(ctx, source, options)
	}
	run := &session{stages: broken, stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard}
	if code := run.finish(run.run(t.Context(), strings.Fields("gongkai convert in missing.pdf -o out"))); code != exitSome {
		t.Fatalf("exit code %d", code)
	}
	reasons := map[string]quarantineReason{}
	for name, content := range filesBelow(t, "out/quarantine") {
		var reason quarantineReason
		if err := json.Unmarshal([]byte(content), &reason); err != nil || filepath.Base(name) != reasonFile {
			t.Errorf("%s: %v", name, err)
		}
		reasons[filepath.Dir(name)] = reason
	}
	want := map[string]quarantineReason{
		// printf %PDF-1.4 | sha256sum, printf missing.pdf | sha256sum
		"e16fa5d9b51928755db85b917f0297babaf22c7a47e97d9212adab56e61ba04e": {
			Document: "e16fa5d9b51928755db85b917f0297babaf22c7a47e97d9212adab56e61ba04e",
			Sources:  []quarantineSource{{Path: "in/a.pdf"}, {Path: "in/c.pdf"}},
			Stage:    "open", Class: "truncated", Message: "the file ends too soon",
			PDF: &quarantinePDF{Bytes: 8, Version: "1.4"}, Extractor: version,
		},
		"a46dca7e9ea7bd5ae7dd47398277710d5fc508377c56f1ae7034ad60ee166fbe": {
			Sources: []quarantineSource{{Path: "missing.pdf"}},
			Stage:   "input", Class: classMissing, Message: "no such file or directory", Retryable: true, Extractor: version,
		},
	}
	if difference := cmp.Diff(want, reasons); difference != "" {
		t.Errorf("want -, got +:\n%s", difference)
	}
}
