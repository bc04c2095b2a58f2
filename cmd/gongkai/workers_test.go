package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"gongkai/extract"
)

// stagesVariable tells the test program, run as a worker, which stages to use.
const stagesVariable = "GONGKAI_TEST_STAGES"

// TestMain lets the test program be the worker of its own tests.
func TestMain(m *testing.M) {
	if dataset := os.Getenv(holdVariable); dataset != "" {
		holdLock(dataset)
		return
	}
	if len(os.Args) < 2 || os.Args[1] != workerArgument {
		os.Exit(m.Run())
	}
	if os.Getenv(stagesVariable) == "text" {
		os.Exit(serveDocuments(textStages(), os.Args[2:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(runWorker(os.Args[2:]))
}

func textWorker(maxMemory uint64) (*exec.Cmd, error) { return testWorker("text", maxMemory) }

func realWorker(maxMemory uint64) (*exec.Cmd, error) { return testWorker("real", maxMemory) }

func testWorker(stages string, maxMemory uint64) (*exec.Cmd, error) {
	command, err := workerCommand(maxMemory)
	if err == nil {
		command.Env = append(os.Environ(), stagesVariable+"="+stages)
	}
	return command, err
}

// fates are what documents of textStages do to the process that reads them.
var fates = map[string]func(){
	"hang": func() {
		for turns := 0; turns >= 0; turns = (turns + 1) % 1000 {
		}
	},
	"eat": func() {
		var eaten [][]byte
		for len(eaten) >= 0 {
			eaten = append(eaten, bytes.Repeat([]byte{byte(len(eaten))}, 1<<20))
		}
	},
	"exit":      func() { os.Exit(3) },
	"overflow":  func() { os.Stdout.WriteString(strings.Repeat(" ", overflow(1))) },
	"panic":     func() { panic("boom") },
	"race":      func() { go panic("boom"); select {} },
	"kill":      func() { syscall.Kill(os.Getpid(), syscall.SIGKILL) },
	"kill once": func() { once(func() { syscall.Kill(os.Getpid(), syscall.SIGKILL) }) },
}

// overflow calls itself until the stack is used up.
func overflow(n int) int {
	if n == 0 {
		return 0
	}
	return overflow(n+1) + n
}

// once runs act in the first process that comes here; the folder remembers.
func once(act func()) {
	if file, err := os.OpenFile("once", os.O_CREATE|os.O_EXCL, 0o666); err == nil {
		file.Close()
		act()
	}
}

// meetFate does what the text says, when the place is the one it names. "exit at
// page 2 and page 4" names two places, "exit at every page" all pages.
func meetFate(text, place string) {
	_, told, _ := strings.Cut(text, ", ")
	fate, places, found := strings.Cut(told, " at ")
	if !found || fates[fate] == nil {
		return
	}
	if slices.Contains(strings.Split(places, " and "), place) || places == "every page" && strings.HasPrefix(place, "page") {
		fates[fate]()
	}
}

// pool is a pool of workers with textStages that is closed at the end of the test.
func pool(t *testing.T, count int, wanted product, maxMemory uint64) *workers {
	p := newWorkers(textWorker, count, wanted, maxMemory)
	t.Cleanup(p.Close)
	return p
}

func source(text string) extract.Source { return extract.NewSource("a.pdf", "a.pdf", []byte(text)) }

// TestWorkersSayWhatTheFunctionSays compares all products with the document
// function in this process.
func TestWorkersSayWhatTheFunctionSays(t *testing.T) {
	options := documentOptions{Pages: pageRange{{1, 3}}, Unreadable: map[int]*extract.Failure{2: {Class: classCrash, Message: "it died"}}}
	for _, text := range []string{"4 pages", "partial", "", "panic", "panic in normalize", "locked"} {
		here, err := textStages().readDocument(t.Context(), source(text), options, func(position) {})
		if err != nil {
			t.Fatal(err)
		}
		for _, wanted := range []product{productBatch, productLines, productTables} {
			there, err := pool(t, 1, wanted, 0).read(t.Context(), source(text), options)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(there.contents, here.contents) {
				t.Errorf("%q as %s: a worker counts %+v, the function %+v", text, wanted, there.contents, here.contents)
			}
			switch wanted {
			case productBatch:
				if encoded, err := here.binary(); err != nil || !bytes.Equal(there.Encoded, encoded) {
					t.Errorf("%q: the batch of a worker differs from that of the function: %v", text, err)
				}
			case productLines:
				if !reflect.DeepEqual(there.Batch.Lines, here.Batch.Lines) {
					t.Errorf("%q: the lines of a worker differ from those of the function", text)
				}
			case productTables:
				if here.Document != nil && !reflect.DeepEqual(there.Grids, here.grids()) {
					t.Errorf("%q: a worker gives the grids %v, the function %v", text, there.Grids, here.grids())
				}
			}
		}
	}
}

// TestDeathsCostTheirPage: whatever a page does, the others are read, and the
// document says what happened.
func TestDeathsCostTheirPage(t *testing.T) {
	p := pool(t, 1, productTables, 100_000_000)
	for _, test := range []struct {
		text, status, class, message string
		pages, tables                int
	}{
		{"3 pages, hang at page 2", statusPartial, classTimeout, "page 2: not finished within 2s", 3, 2},
		{"3 pages, eat at page 1", statusPartial, classMemory, "page 1: needs more memory than 100 MB", 3, 2},
		{"3 pages, exit at page 3", statusPartial, classCrash, "page 3: the worker process ended (exit status 3)", 3, 2},
		{"3 pages, kill at page 1", statusPartial, classCrash, "page 1: the worker process ended (signal: killed)", 3, 2},
		{"3 pages, overflow at page 2", statusPartial, classCrash, "page 2: the worker process ended (exit status 2): fatal error: stack overflow", 3, 2},
		{"3 pages, race at page 2", statusPartial, classCrash, "page 2: the worker process ended (exit status 2): panic: boom", 3, 2},
		{"5 pages, exit at page 2 and page 4", statusPartial, classCrash, "page 2: the worker process ended (exit status 3)", 5, 3},
		{"9 pages, exit at page 2 and page 4 and page 5 and page 7 and page 8", statusPartial, classCrash, "page 2: the worker process ended (exit status 3)", 9, 3},
		{"4 pages, exit at every page", statusPartial, classCrash, "page 1: the worker process ended (exit status 3)", 4, 0},
		{"3 pages, hang at opening", statusFailed, classTimeout, "opening the file: not finished within 2s", 0, 0},
		{"3 pages, exit at opening", statusFailed, classCrash, "opening the file: the worker process ended (exit status 3)", 0, 0},
		{"3 pages, eat at end", statusFailed, classMemory, "putting the pages together: needs more memory than 100 MB", 0, 0},
		{"3 pages, panic at page 2", statusFailed, classInternal, "unexpected failure: boom", 0, 0},
		{"3 pages", statusOK, "", "", 3, 3},
	} {
		got, err := p.read(t.Context(), source(test.text), documentOptions{PageTimeout: 2 * time.Second})
		if err != nil {
			t.Fatalf("%q: %v", test.text, err)
		}
		failure := got.Failure
		if failure == nil {
			failure = &extract.Failure{}
		}
		if got.Status != test.status || failure.Class != test.class || failure.Message != test.message ||
			got.Pages != test.pages || len(got.Grids) != test.tables {
			t.Errorf("%q: %s with %d pages, %d tables, %s: %s\nwant %s with %d pages, %d tables, %s: %s", test.text,
				got.Status, got.Pages, len(got.Grids), failure.Class, failure.Message,
				test.status, test.pages, test.tables, test.class, test.message)
		}
		if strings.Contains(test.text, "overflow") && !strings.Contains(got.Stack, "overflow(") {
			t.Errorf("%q: the last words of the worker are lost: %q", test.text, got.Stack)
		}
	}
}

// TestDeathFromOutsideCostsNothing: a worker that something else killed is replaced
// and the document read again.
func TestDeathFromOutsideCostsNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	p := pool(t, 1, productTables, 0)
	got, err := p.read(t.Context(), source("3 pages, kill once at page 2"), documentOptions{})
	if err != nil || got.Status != statusOK || len(got.Grids) != 3 {
		t.Errorf("%s with %d tables, %v; want ok with 3", got.Status, len(got.Grids), err)
	}
	if _, err := os.Stat("once"); err != nil {
		t.Errorf("the worker was not killed: %v", err)
	}
	// And one that is killed while it waits for work.
	p.idle[0].command.Process.Kill()
	if got, err := p.read(t.Context(), source("2 pages"), documentOptions{}); err != nil || got.Status != statusOK {
		t.Errorf("%+v, %v; want ok", got, err)
	}
}

func TestDocumentDeadline(t *testing.T) {
	p := pool(t, 1, productBatch, 0)
	got, err := p.read(t.Context(), source("3 pages, hang at page 2"), documentOptions{Timeout: 300 * time.Millisecond, PageTimeout: time.Minute})
	if err != nil || got.Status != statusFailed || got.Failure.Class != classTimeout || got.Failure.Message != "not read within 300ms" {
		t.Errorf("%+v, %v", got, err)
	}
	if !worthAnotherRun(contentsOf(got.Batch), documentOptions{}) {
		t.Error("a deadline is final")
	}
}

// TestWorkersAreKeptAndReplaced: one worker reads many documents, and a fresh one
// follows when it has read enough.
func TestWorkersAreKeptAndReplaced(t *testing.T) {
	p := pool(t, 1, productBatch, 0)
	processes := map[int]bool{}
	read := func() {
		if _, err := p.read(t.Context(), source("1 pages"), documentOptions{}); err != nil {
			t.Fatal(err)
		}
		for _, w := range p.idle {
			processes[w.command.Process.Pid] = true
		}
	}
	for range 20 {
		read()
	}
	if len(processes) != 1 {
		t.Errorf("%d processes for 20 documents, want 1", len(processes))
	}
	p.idle[0].served = documentsEach - 1
	read()
	if len(p.idle) != 0 {
		t.Error("a worker that served its time waits for more")
	}
	read()
	if len(processes) != 2 {
		t.Errorf("%d processes, want a second one after the first was replaced", len(processes))
	}
	p.idle[0].memory = memoryEach + 1
	p.give(p.idle[0])
	if !slices.ContainsFunc(slices.Collect(maps.Keys(processes)), ended) {
		t.Error("no worker ended")
	}
}

func ended(process int) bool { return syscall.Kill(process, 0) != nil }

func TestCancelKillsWorkers(t *testing.T) {
	p := pool(t, 1, productBatch, 0)
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(300*time.Millisecond, func() { cancel(interrupted{syscall.SIGINT}) })
	begun := time.Now()
	_, err := p.read(ctx, source("3 pages, hang at page 2"), documentOptions{})
	if interruption(ctx) == nil || err != interruption(ctx) {
		t.Errorf("error %v, want the signal", err)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("took %v to stop", took)
	}
}

// TestWorkerEndsWithItsParent: a worker whose input ends is gone at once, even in
// the midst of a document that never ends.
func TestWorkerEndsWithItsParent(t *testing.T) {
	for _, text := range []string{"", "1 pages, hang at page 1"} {
		command, err := textWorker(0)
		if err != nil {
			t.Fatal(err)
		}
		w, err := startWorker(command, 0)
		if err != nil {
			t.Fatal(err)
		}
		if text != "" {
			asked := request{Product: productBatch}
			if err := writeMessage(w.requests, messageRequest, asked, []byte(text)); err != nil {
				t.Fatal(err)
			}
			if kind, _, err := readMessage(w.answers); err != nil || kind != messageStep {
				t.Fatalf("message %q, %v; want a step", kind, err)
			}
		}
		w.requests.Close()
		ended := make(chan error, 1)
		go func() { ended <- command.Wait() }()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("%q: the worker ended with %v", text, err)
			}
		case <-time.After(10 * time.Second):
			command.Process.Kill()
			t.Errorf("%q: the worker outlives its parent", text)
		}
	}
}

// TestWorkerThatCannotStart ends the run: no other document would fare better.
func TestWorkerThatCannotStart(t *testing.T) {
	p := newWorkers(func(uint64) (*exec.Cmd, error) { return exec.Command(filepath.Join(t.TempDir(), "none")), nil }, 1, productBatch, 0)
	_, err := p.read(t.Context(), source("1 pages"), documentOptions{})
	if failure := asCommandError(err); err == nil || failure.code != exitInternal || failure.hint == "" || !strings.Contains(failure.message, "worker") {
		t.Errorf("error %v", err)
	}
}

// TestWorkerThatTalksNonsense is put down and its document read by another; a
// second time the document is blamed.
func TestWorkerThatTalksNonsense(t *testing.T) {
	p := newWorkers(func(uint64) (*exec.Cmd, error) { return exec.Command("echo", "this is no message"), nil }, 1, productBatch, 0)
	got, err := p.read(t.Context(), source("1 pages"), documentOptions{})
	if err != nil || got.Status != statusFailed || got.Failure.Class != classCrash {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestOneDocumentInThisProcess: what does not end is left behind.
func TestOneDocumentInThisProcess(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	stuck := textStages()
	stuck.read = func(_ context.Context, _ extract.Source, options extract.Options) (*extract.Document, error) {
		options.Progress(4, 9)
		<-release
		return nil, io.EOF
	}
	for _, test := range []struct {
		options documentOptions
		message string
	}{
		{documentOptions{PageTimeout: 20 * time.Millisecond}, "page 4: not finished within 20ms"},
		{documentOptions{Timeout: 20 * time.Millisecond}, "not read within 20ms"},
	} {
		got, err := alone{stages: stuck}.read(t.Context(), source("1 pages"), test.options)
		if err != nil || got.Status != statusFailed || got.Failure.Class != classTimeout || got.Failure.Message != test.message {
			t.Errorf("%+v, %v; want %s", got.Failure, err, test.message)
		}
	}
}

func TestMessagesReadBackTheSame(t *testing.T) {
	var pipe bytes.Buffer
	asked := request{"uri", "path", "hash", documentOptions{Password: "secret", Pages: pageRange{{3, lastPage}},
		Unreadable: map[int]*extract.Failure{7: {Class: classMemory, Message: "too much"}}}, productLines, true}
	if err := writeMessage(&pipe, messageRequest, asked, []byte("body")); err != nil {
		t.Fatal(err)
	}
	if err := writeStep(&pipe, position{300, 70_000}); err != nil {
		t.Fatal(err)
	}
	whole := pipe.Bytes()
	read := func(data []byte) (kinds string, err error) {
		in := bufio.NewReader(bytes.NewReader(data))
		for {
			kind, payload, err := readMessage(in)
			if err != nil {
				return kinds, err
			}
			kinds += string(kind)
			switch kind {
			case messageRequest:
				var back request
				body, err := openMessage(payload, &back)
				if err != nil || string(body) != "body" || !reflect.DeepEqual(back, asked) {
					t.Errorf("%+v with %q, %v; want %+v", back, body, err, asked)
				}
			case messageStep:
				if at, err := openStep(payload); err != nil || at != (position{300, 70_000}) {
					t.Errorf("step %+v, %v", at, err)
				}
			}
		}
	}
	if kinds, err := read(whole); kinds != "RS" || err != io.EOF {
		t.Errorf("messages %q, %v", kinds, err)
	}
	for end := range whole {
		if kinds, err := read(whole[:end]); err == nil || strings.HasSuffix(kinds, "S") {
			t.Errorf("%d of %d bytes give %q, %v", end, len(whole), kinds, err)
		}
	}
	for _, payload := range [][]byte{nil, {1, 2}, {9, 0, 0, 0, '{'}, {0x80}} {
		if _, err := openMessage(payload, &asked); err == nil {
			t.Errorf("a head in % x", payload)
		}
		if _, err := openStep(payload); err == nil && len(payload) < 2 {
			t.Errorf("a step in % x", payload)
		}
	}
}

func TestSizes(t *testing.T) {
	for text, want := range map[string]uint64{
		"0": 0, "1GB": 1_000_000_000, "1.5 GiB": 3 << 29, "800m": 800_000_000, "64MB": 64_000_000, "70000000": 70_000_000, "2kb": 2000,
	} {
		if got, err := parseBytes(text); err != nil || got != want {
			t.Errorf("parseBytes(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "GB", "-1GB", "1 TB", "nan", "1e30", "inf"} {
		if got, err := parseBytes(text); err == nil {
			t.Errorf("parseBytes(%q) = %d, want an error", text, got)
		}
	}
	if got := formatBytes(1_500_000_000) + " " + formatBytes(64_000_000); got != "1.5 GB 64 MB" {
		t.Errorf("formatBytes gives %s", got)
	}
}

// BenchmarkWorkerStart is what a worker costs before its first document.
func BenchmarkWorkerStart(b *testing.B) {
	for b.Loop() {
		command, err := realWorker(0)
		if err != nil {
			b.Fatal(err)
		}
		p := newWorkers(func(uint64) (*exec.Cmd, error) { return command, nil }, 1, productBatch, 0)
		if _, err := p.read(b.Context(), source("no PDF"), documentOptions{}); err != nil {
			b.Fatal(err)
		}
		p.Close()
	}
}
