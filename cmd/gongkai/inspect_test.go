package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// inspected is a run of the program with its real stages.
func inspected(t *testing.T, worker func(uint64) (*exec.Cmd, error), command ...string) (code int, stderr string) {
	t.Helper()
	stages, err := realStages()
	if err != nil {
		t.Fatal(err)
	}
	var messages bytes.Buffer
	run := &session{stages: stages, workerCommand: worker, stdin: strings.NewReader(""), stdout: &messages, stderr: &messages}
	return run.finish(run.run(t.Context(), append([]string{"gongkai"}, command...))), messages.String()
}

// copyFixtures puts a few real documents into a folder of the test.
func copyFixtures(t *testing.T, names ...string) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range names {
		content, err := os.ReadFile(filepath.Join("..", "..", "fixtures", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, filepath.Base(name)), content, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// reportsIn are the reports of a dataset by name.
func reportsIn(t *testing.T, dataset string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dataset, reportsName, "*.html"))
	if err != nil {
		t.Fatal(err)
	}
	reports := map[string]string{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		reports[filepath.Base(file)] = string(content)
	}
	return reports
}

func TestInspectWritesAReport(t *testing.T) {
	folder := copyFixtures(t, "seed-qinhuangdao-2021/writer.pdf")
	output := filepath.Join(folder, "report.html")
	if code, stderr := inspected(t, realWorker, "inspect", filepath.Join(folder, "writer.pdf"), "-o", output); code != exitOK {
		t.Fatalf("exit code %d:\n%s", code, stderr)
	}
	content, err := os.ReadFile(output)
	if err != nil || !strings.Contains(string(content), "<title>秦皇岛市科学技术协会 2021 · gongkai</title>") {
		t.Errorf("no report of the document: %v", err)
	}
}

func TestInspectSaysWhyADocumentFailed(t *testing.T) {
	folder := t.TempDir()
	writeFiles(t, map[string]string{filepath.Join(folder, "not.pdf"): "no PDF at all"})
	output := filepath.Join(folder, "report.html")
	if code, _ := inspected(t, realWorker, "inspect", filepath.Join(folder, "not.pdf"), "-o", output); code != exitAll {
		t.Errorf("exit code %d, want %d", code, exitAll)
	}
	content, err := os.ReadFile(output)
	if err != nil || !strings.Contains(string(content), `"failure_class":"not_pdf"`) {
		t.Errorf("the report does not say why: %v", err)
	}
}

func TestInspectWantsOneInputAndAnOutput(t *testing.T) {
	folder := copyFixtures(t, "rulings/strokes.pdf", "rulings/dashed.pdf")
	for _, arguments := range [][]string{
		{"inspect", filepath.Join(folder, "strokes.pdf")},
		{"inspect", folder, "-o", filepath.Join(folder, "report.html")},
		{"inspect", filepath.Join(folder, "strokes.pdf"), filepath.Join(folder, "dashed.pdf"), "-o", filepath.Join(folder, "report.html")},
		{"inspect", "-o", filepath.Join(folder, "report.html")},
	} {
		if code, stderr := inspected(t, nil, arguments...); code != exitUsage {
			t.Errorf("%v: exit code %d\n%s", arguments, code, stderr)
		}
	}
}

func TestRasterPaintsThePages(t *testing.T) {
	if _, err := exec.LookPath(painter); err != nil {
		t.Skip(painter + " is not installed")
	}
	folder := copyFixtures(t, "rulings/strokes.pdf")
	output := filepath.Join(folder, "report.html")
	if code, stderr := inspected(t, nil, "inspect", filepath.Join(folder, "strokes.pdf"), "--raster", "-o", output); code != exitOK {
		t.Fatalf("exit code %d:\n%s", code, stderr)
	}
	content, err := os.ReadFile(output)
	if err != nil || strings.Count(string(content), `"picture":"data:image/jpeg;base64,`) != 1 {
		t.Errorf("the page has no picture: %v", err)
	}
}

// Reports are the same at any --jobs, with and without workers, and the same as
// that of inspect.
func TestReportsAreTheSame(t *testing.T) {
	folder := copyFixtures(t, "rulings/strokes.pdf", "seed-qinhuangdao-2021/chromium.pdf", "hostile-names/markup.pdf")
	writeFiles(t, map[string]string{filepath.Join(folder, "not.pdf"): "no PDF at all"})
	var first map[string]string
	for _, jobs := range []string{"1", "3"} {
		for _, worker := range []func(uint64) (*exec.Cmd, error){nil, realWorker} {
			dataset := filepath.Join(t.TempDir(), "dataset")
			if code, stderr := inspected(t, worker, "convert", folder, "--reports", "--jobs", jobs, "-o", dataset); code != exitSome {
				t.Fatalf("exit code %d:\n%s", code, stderr)
			}
			reports := reportsIn(t, dataset)
			if first == nil {
				first = reports
			}
			if len(reports) != 4 || len(reports) != len(first) {
				t.Fatalf("%d reports of 4 documents", len(reports))
			}
			for name, content := range reports {
				if content != first[name] {
					t.Errorf("%s differs with --jobs %s", name, jobs)
				}
			}
		}
	}
}

// A dataset that has reports keeps them up to date, asked or not.
func TestReportsFollowTheDataset(t *testing.T) {
	folder := copyFixtures(t, "rulings/strokes.pdf", "rulings/dashed.pdf")
	dataset := filepath.Join(t.TempDir(), "dataset")
	convert := func(arguments ...string) map[string]string {
		t.Helper()
		if code, stderr := inspected(t, nil, append([]string{"convert", folder, "-o", dataset}, arguments...)...); code != exitOK {
			t.Fatalf("exit code %d:\n%s", code, stderr)
		}
		return reportsIn(t, dataset)
	}
	if reports := convert(); len(reports) != 0 {
		t.Errorf("%d reports that nobody asked for", len(reports))
	}
	before := convert("--reports")
	if len(before) != 2 {
		t.Fatalf("%d reports of 2 documents that were converted before", len(before))
	}
	for name := range before {
		if err := os.WriteFile(filepath.Join(dataset, reportsName, name), []byte("of another version"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range convert() {
		if content != before[name] {
			t.Errorf("%s is out of date", name)
		}
	}
	if err := os.Remove(filepath.Join(folder, "dashed.pdf")); err != nil {
		t.Fatal(err)
	}
	if reports := convert("--prune"); len(reports) != 1 {
		t.Errorf("%d reports of 1 document", len(reports))
	}
}

func TestInspectOfADatasetLinksItsReports(t *testing.T) {
	folder := copyFixtures(t, "rulings/strokes.pdf")
	dataset := filepath.Join(folder, "dataset")
	if code, stderr := inspected(t, nil, "convert", filepath.Join(folder, "strokes.pdf"), "--reports", "-o", dataset); code != exitOK {
		t.Fatalf("exit code %d:\n%s", code, stderr)
	}
	output := filepath.Join(folder, "index.html")
	if code, stderr := inspected(t, nil, "inspect", dataset, "-o", output); code != exitOK {
		t.Fatalf("exit code %d:\n%s", code, stderr)
	}
	content, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(content), `"reports":"dataset/reports"`) {
		t.Error("the index does not know the way to the reports")
	}
	for name := range reportsIn(t, dataset) {
		if !strings.Contains(string(content), strings.TrimSuffix(name, ".html")) {
			t.Errorf("the index does not list %s", name)
		}
	}
}
