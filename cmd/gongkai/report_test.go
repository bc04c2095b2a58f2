package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"gongkai/extract"
)

func TestBarShowsPagesRateAndTimeLeft(t *testing.T) {
	var stderr bytes.Buffer
	report, err := newReporter(&stderr, logText, progressBar)
	if err != nil {
		t.Fatal(err)
	}
	report.begin(4)
	for range 3 {
		time.Sleep(2 * barEvery) // the bar is drawn this often
		report.document(outcome{contents: contents{Status: statusOK, Pages: 10}})
	}
	failure := &extract.Failure{Class: "empty", Message: "nothing\nin it"}
	report.document(outcome{Input: names{File: "a.pdf"}, contents: contents{Status: statusFailed, Failure: failure}})
	report.end()
	got := stderr.String()
	for _, want := range []string{"30 pages", "pages/s", "3/4", "documents/s", "[", "error: a.pdf: empty: nothing in it\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("the terminal does not show %q:\n%q", want, got)
		}
	}
}

func TestNoBarWhereThereIsNoTerminal(t *testing.T) {
	var stderr bytes.Buffer
	report, err := newReporter(&stderr, logText, progressAuto)
	if err != nil {
		t.Fatal(err)
	}
	report.begin(2)
	report.document(outcome{contents: contents{Status: statusOK, Pages: 10}})
	report.end()
	if stderr.Len() > 0 {
		t.Errorf("written: %q", stderr.String())
	}
}

func TestTallyAccountsForEveryInput(t *testing.T) {
	var counts tally
	for _, status := range []string{statusOK, statusPartial, statusFailed, statusSkipped} {
		counts.add(outcome{contents: contents{Status: status}})
	}
	if err := counts.check(4); err != nil {
		t.Error(err)
	}
	if err := counts.check(5); err == nil {
		t.Error("an input that disappeared is not noticed")
	}
	counts.add(outcome{contents: contents{Status: "odd"}})
	if err := counts.check(5); err == nil {
		t.Error("an unknown status is not noticed")
	}
}
