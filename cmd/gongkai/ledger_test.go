package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/export"

	"github.com/google/go-cmp/cmp"
)

// openTestDataset opens a dataset in the current folder, as a run does.
func openTestDataset(t *testing.T, folder string) *dataset {
	t.Helper()
	d, err := openDataset(folder, func(text, _ string) { t.Error(text) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

// TestLedgerSurvivesACrash cuts the file at every byte: what was noted whole is
// known, what was cut off is not, and the next line stands by itself.
func TestLedgerSurvivesACrash(t *testing.T) {
	t.Chdir(t.TempDir())
	d := openTestDataset(t, "out")
	found := ledgerEntry{Source: "in/a.pdf", Location: locationOfFile("in/a.pdf"), Document: strings.Repeat("a", 64), Contents: &contents{Status: statusOK, Pages: 3}}
	other := ledgerEntry{Source: "in/b.pdf", Location: locationOfFile("in/b.pdf"), Document: strings.Repeat("b", 64), Contents: &contents{Status: statusOK}}
	if err := d.ledger.settle(export.PublishOptions{CSVBOM: true}, []ledgerEntry{found}); err != nil {
		t.Fatal(err)
	}
	settled, err := os.ReadFile(d.ledger.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.ledger.change(); err != nil {
		t.Fatal(err)
	}
	if err := d.ledger.note(other); err != nil {
		t.Fatal(err)
	}
	d.ledger.Close()
	whole, err := os.ReadFile(d.ledger.path)
	if err != nil {
		t.Fatal(err)
	}
	for cut := len(settled); cut <= len(whole); cut++ {
		if err := os.WriteFile(d.ledger.path, whole[:cut], 0o666); err != nil {
			t.Fatal(err)
		}
		l, err := openLedger("out", d.store)
		if err != nil {
			t.Fatal(err)
		}
		if l.settled != (cut == len(settled)) || !l.options.CSVBOM {
			t.Fatalf("after %d of %d bytes: settled %v, options %+v", cut, len(whole), l.settled, l.options)
		}
		if last, _ := l.last("in/a.pdf"); !cmp.Equal(last, found, cmp.AllowUnexported(ledgerEntry{})) {
			t.Fatalf("after %d of %d bytes: %+v", cut, len(whole), last)
		}
		if _, isKnown := l.last("in/b.pdf"); isKnown != (cut >= len(whole)-1) {
			t.Fatalf("after %d of %d bytes the second entry is known: %v", cut, len(whole), isKnown)
		}
		if err := l.note(other); err != nil {
			t.Fatal(err)
		}
		l.Close()
		again, err := openLedger("out", d.store)
		if err != nil {
			t.Fatal(err)
		}
		if last, _ := again.last("in/b.pdf"); !cmp.Equal(last, other, cmp.AllowUnexported(ledgerEntry{})) {
			t.Fatalf("a line after %d of %d bytes is lost: %+v", cut, len(whole), last)
		}
	}
}

// A dataset without a ledger, such as one of an earlier version, is asked itself.
func TestLedgerOfAnOldDataset(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFiles(t, map[string]string{"in/a.pdf": "3 pages", "in/b.pdf": "2 pages"})
	if code, stderr := execute(t, "gongkai convert in -o out"); code != 0 {
		t.Fatalf("exit code %d\n%s", code, stderr)
	}
	if err := os.Remove(filepath.Join("out", workFolder, ledgerFile)); err != nil {
		t.Fatal(err)
	}
	writeFiles(t, map[string]string{"in/a.pdf": "4 pages"})
	code, stderr := execute(t, "gongkai convert in -o out")
	if code != 0 || !strings.Contains(stderr, "documents  2 = 1 ok + 0 partial + 0 failed + 1 skipped") {
		t.Errorf("exit code %d\n%s", code, stderr)
	}
	execute(t, "gongkai convert in -o whole")
	want := datasetFiles(t, "whole")
	for name, content := range datasetFiles(t, "out") {
		if want[name] != content {
			t.Errorf("%s differs from that of a fresh dataset", name)
		}
	}
}

// A run that was killed after it stored a changed document, and before the old one
// left the dataset, is put right by the next.
func TestChangeSeenByAKilledRun(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFiles(t, map[string]string{"in/a.pdf": "3 pages"})
	execute(t, "gongkai convert in -o out")
	writeFiles(t, map[string]string{"in/a.pdf": "4 pages"})
	func() {
		d, err := openDataset("out", nil)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		set, err := listInputs([]string{"in"}, strings.NewReader(""), false, nil)
		if err != nil {
			t.Fatal(err)
		}
		c := conversion{reader: alone{stages: textStages()}, store: d.store, ledger: d.ledger, hands: make(map[string]*hand)}
		if result, err := c.convertOne(t.Context(), set.inputs[0]); err != nil || result.Status != statusOK {
			t.Fatalf("%+v, %v", result, err)
		}
	}() // and no more
	for _, inputs := range []string{"in", "in/a.pdf"} {
		if code, stderr := execute(t, "gongkai convert "+inputs+" -o out"); code != 0 {
			t.Errorf("exit code %d\n%s", code, stderr)
		}
		execute(t, "gongkai convert in -o whole")
		want := datasetFiles(t, "whole")
		for name, content := range datasetFiles(t, "out") {
			if want[name] != content {
				t.Errorf("%s differs from that of a fresh dataset", name)
			}
		}
	}
}

// What leaves the dataset is told in the log.
func TestLogTellsWhatLeaves(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFiles(t, map[string]string{"in/a.pdf": "3 pages", "in/b.pdf": "2 pages"})
	execute(t, "gongkai convert in -o out")
	writeFiles(t, map[string]string{"in/a.pdf": "4 pages"})
	if err := os.Remove("in/b.pdf"); err != nil {
		t.Fatal(err)
	}
	execute(t, "gongkai convert in -o out --prune")
	log, err := os.ReadFile("out/_run/log.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	// printf '3 pages' | sha256sum, printf '2 pages' | sha256sum
	for _, want := range []string{
		`"event":"superseded","file":"in/a.pdf","document_id":"3b80ea3cb12228434d891b5e016ba95a5d67b83dabda2f59e9fb0c56bf8a82d0"`,
		`"event":"pruned","file":"in/b.pdf","document_id":"622f3324520e9ce57715ff96942ed916fba3ab59af8140f2f0843203bab473ee"`,
	} {
		if strings.Count(string(log), want) != 1 {
			t.Errorf("%s is not in the log:\n%s", want, log)
		}
	}
}

// A file that goes away between the list and its reading costs itself alone.
func TestInputThatVanishes(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFiles(t, map[string]string{"in/a.pdf": "3 pages", "in/b.pdf": "12 pages", "in/c.pdf": "123 pages"})
	set, err := listInputs([]string{"in"}, strings.NewReader(""), false, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove("in/b.pdf"); err != nil {
		t.Fatal(err)
	}
	d := openTestDataset(t, "out")
	report, err := newReporter(&strings.Builder{}, logText, progressNone)
	if err != nil {
		t.Fatal(err)
	}
	run := &session{stages: textStages(), report: report, jobs: 2, patience: patience{t.Context(), t.Context()}}
	if err := run.update(d, set, false, export.PublishOptions{}); exitCodeOf(err) != exitSome {
		t.Errorf("the run ends with %v", err)
	}
	if documents := datasetFiles(t, "out")["csv/documents.csv"]; strings.Count(documents, ",ok,") != 2 {
		t.Errorf("documents are\n%s", documents)
	}
	if entry, _ := d.ledger.last("in/b.pdf"); entry.Document != "" {
		t.Errorf("the ledger knows %+v", entry)
	}
}
