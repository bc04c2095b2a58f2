package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"gongkai/extract"
)

// blockedRun converts ten documents, two at a time, whose reading waits for
// release; it returns once both workers are busy.
func blockedRun(t *testing.T, release <-chan struct{}) (stderr *lockedBuffer, code <-chan int) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.Mkdir("in", 0o777); err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		if err := os.WriteFile(fmt.Sprintf("in/%d.pdf", i), fmt.Appendf(nil, "%d pages", i+1), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var busy atomic.Int64
	slow := textStages()
	slow.read = func(ctx context.Context, source extract.Source, options extract.Options) (*extract.Document, error) {
		busy.Add(1)
		select {
		case <-release:
			return readText(ctx, source, options)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	stderr = &lockedBuffer{}
	run := &session{stages: slow, stdin: strings.NewReader(""), stdout: &bytes.Buffer{}, stderr: stderr}
	ended := make(chan int, 1)
	go func() {
		ended <- run.finish(run.run(t.Context(), strings.Fields("gongkai convert in -o out --jobs 2")))
	}()
	waitFor(t, "both workers", func() bool { return busy.Load() == 2 })
	return stderr, ended
}

func sendSignal(t *testing.T, signal syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(os.Getpid(), signal); err != nil {
		t.Fatal(err)
	}
}

func TestFirstSignalFinishesAndPublishes(t *testing.T) {
	release := make(chan struct{})
	stderr, ended := blockedRun(t, release)
	sendSignal(t, syscall.SIGTERM)
	waitForStop(t, stderr)
	close(release)
	if code := <-ended; code != 143 {
		t.Errorf("exit code %d, want 143; stderr:\n%s", code, stderr)
	}
	if files := datasetFiles(t, "out"); len(files) == 0 {
		t.Error("the documents in hand were not published")
	}
	if !strings.Contains(stderr.String(), "of 10 inputs were not begun") || !strings.Contains(stderr.String(), "hint: ") {
		t.Errorf("stderr does not say what is left:\n%s", stderr)
	}

	again := &session{stages: textStages(), stdin: strings.NewReader(""), stdout: &bytes.Buffer{}, stderr: stderr}
	stderr.Reset()
	if code := again.finish(again.run(t.Context(), strings.Fields("gongkai convert in -o out"))); code != 0 {
		t.Errorf("the second run ends with %d:\n%s", code, stderr)
	}
	if strings.Contains(stderr.String(), "+ 0 skipped") || !strings.Contains(stderr.String(), "documents  10 = ") {
		t.Errorf("the second run does not go on where the first stopped:\n%s", stderr)
	}
	whole := &session{stages: textStages(), stdin: strings.NewReader(""), stdout: &bytes.Buffer{}, stderr: stderr}
	if code := whole.finish(whole.run(t.Context(), strings.Fields("gongkai convert in -o whole"))); code != 0 {
		t.Errorf("an undisturbed run ends with %d:\n%s", code, stderr)
	}
	left, right := datasetFiles(t, "out"), datasetFiles(t, "whole")
	for name := range right {
		if left[name] != right[name] {
			t.Errorf("%s differs between the resumed and the undisturbed run", name)
		}
	}
}

// lockedBuffer is a buffer that may be read while it is written.
type lockedBuffer struct {
	mutex sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(data []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.Buffer.Write(data)
}

func (b *lockedBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.Buffer.String()
}

// waitForStop waits until the run says that it has seen the first signal.
func waitForStop(t *testing.T, stderr *lockedBuffer) {
	t.Helper()
	waitFor(t, "the first signal", func() bool { return strings.Contains(stderr.String(), "documents in hand") })
}

func TestSecondSignalStopsAtOnce(t *testing.T) {
	stderr, ended := blockedRun(t, nil)
	sendSignal(t, syscall.SIGINT)
	waitForStop(t, stderr)
	sendSignal(t, syscall.SIGINT)
	if code := <-ended; code != 130 {
		t.Errorf("exit code %d, want 130; stderr:\n%s", code, stderr)
	}
	if !strings.Contains(stderr.String(), "error: ") || !strings.Contains(stderr.String(), "hint: ") {
		t.Errorf("no error and hint:\n%s", stderr)
	}
}

func TestInterruptionIsTheSignal(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	if err := interruption(ctx); err != nil {
		t.Errorf("%v before any signal", err)
	}
	cancel(interrupted{syscall.SIGTERM})
	var signal interrupted
	if !errors.As(interruption(ctx), &signal) || signal.signal != syscall.SIGTERM {
		t.Errorf("interruption is %v", interruption(ctx))
	}
}
