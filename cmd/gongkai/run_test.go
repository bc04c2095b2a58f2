package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
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
