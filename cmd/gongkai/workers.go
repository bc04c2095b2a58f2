package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"gongkai/extract"
)

// workers reads documents in child processes, because a library that loops or
// eats memory cannot be stopped inside a Go process. A worker that dies, or that
// has to be killed, costs the page it was at; a fresh one reads the rest of the
// document. Its methods may be called from several goroutines.
type workers struct {
	command   func(maxMemory uint64) (*exec.Cmd, error)
	product   product
	maxMemory uint64        // bytes for one worker; 0: no limit
	slots     chan struct{} // one for each worker that may be at work

	mutex sync.Mutex
	idle  []*worker
}

// newWorkers makes room for a number of workers; they start when they are needed.
func newWorkers(command func(uint64) (*exec.Cmd, error), count int, wanted product, maxMemory uint64) *workers {
	return &workers{command: command, product: wanted, maxMemory: maxMemory, slots: make(chan struct{}, count)}
}

// workerCommand starts this very program as a worker.
func workerCommand(maxMemory uint64) (*exec.Cmd, error) {
	program, err := ownProgram()
	if err != nil {
		return nil, err
	}
	command := exec.Command(program, workerArgument, strconv.FormatUint(maxMemory, 10))
	command.Args[0] = "gongkai"
	return command, nil
}

// ownProgram is the file of the running program. On Linux that is a link that
// holds even when an update puts another file in its place during the run.
func ownProgram() (string, error) {
	if runtime.GOOS == "linux" {
		const link = "/proc/self/exe"
		if _, err := os.Stat(link); err == nil {
			return link, nil
		}
	}
	return os.Executable()
}

// A worker is replaced after so many documents, or when it holds so many bytes:
// libraries leave things behind, and memory that one large document needed is not
// needed by the next. A new worker costs some 10 ms.
const (
	documentsEach = 1000
	memoryEach    = 384 << 20
)

// maxLostPages is how many pages of one document may cost a worker each. When
// there are more, the pages after them are left unread: each costs up to
// --timeout-per-page.
const maxLostPages = 3

// read has a worker read the document, and another one when that one dies.
func (p *workers) read(ctx context.Context, source extract.Source, options documentOptions) (reading, error) {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return reading{}, context.Cause(ctx)
	}
	begun := time.Now()
	trial := trial{lost: maps.Clone(options.Unreadable)}
	for {
		w, err := p.take()
		if err != nil {
			return reading{}, err
		}
		options.Unreadable = trial.lost
		asked := request{source.URI, source.Path, source.SHA256, options, p.product, trial.last != nil}
		result, death := w.read(ctx, asked, source.Bytes, begun)
		if death == nil {
			p.give(w)
			if result.Stack == "" {
				result.Stack = trial.lastWords
			}
			return result, nil
		}
		if ctx.Err() != nil {
			return reading{}, context.Cause(ctx)
		}
		if failure := trial.learn(death); failure != nil {
			result := failedReading(source, options, failure)
			result.Stack = trial.lastWords
			return result, nil
		}
	}
}

// Close ends the workers.
func (p *workers) Close() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, w := range p.idle {
		w.close()
	}
	p.idle = nil
}

// take returns a worker that waits, the one that was at work last, or a new one.
func (p *workers) take() (*worker, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if last := len(p.idle) - 1; last >= 0 {
		w := p.idle[last]
		p.idle = p.idle[:last]
		return w, nil
	}
	command, err := p.command(p.maxMemory)
	if err == nil {
		var w *worker
		if w, err = startWorker(command, p.maxMemory); err == nil {
			return w, nil
		}
	}
	return nil, &commandError{exitInternal, "cannot start a worker process: " + err.Error(),
		"check the limits on processes and memory, or use fewer --jobs"}
}

// give takes a worker back.
func (p *workers) give(w *worker) {
	if w.isKilled() || w.served >= documentsEach || w.memory > memoryEach {
		w.close()
		return
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.idle = append(p.idle, w)
}

// trial is what the deaths of workers have taught about one document.
type trial struct {
	lost      map[int]*extract.Failure // pages that are not tried again
	deaths    int                      // pages among them that cost a worker
	last      *death
	lastWords string // what the last worker wrote before it died
}

// learn draws the conclusion from a death: the page is left out next time, or the
// document has failed and the failure is returned. A worker may die through no
// fault of the document, and a sudden death may come some pages after the step
// told last, so a page is blamed for the second death; a deadline is too dear for
// that.
func (t *trial) learn(d *death) *extract.Failure {
	again := t.last != nil && t.last.at == d.at
	t.last, t.lastWords = d, d.lastWords
	failure := *d.failure
	switch {
	case d.wholeDocument:
		return &failure
	case !again && failure.Class != classTimeout:
		return nil
	case d.at.Page == 0:
		failure.Message = d.at.String() + ": " + failure.Message
		return &failure
	}
	lost := map[int]*extract.Failure{d.at.Page: &failure}
	if t.deaths++; t.deaths > maxLostPages {
		reason := failure
		reason.Message = fmt.Sprintf("not read, because %d pages before it ended their worker process", t.deaths)
		for number := d.at.Page + 1; number <= d.at.Pages; number++ {
			lost[number] = &reason
		}
	}
	maps.Copy(lost, t.lost)
	t.lost = lost
	return nil
}

// worker is one child process and the way to talk to it.
type worker struct {
	command   *exec.Cmd
	requests  io.WriteCloser
	answers   *bufio.Reader
	stderr    *firstBytes
	maxMemory uint64
	served    int
	memory    uint64 // bytes it held after the last document

	mutex  sync.Mutex
	killed killReason
}

// killReason is why the parent ended a worker.
type killReason int

const (
	notKilled killReason = iota
	killedByRun
	killedByPageTimeout
	killedByDocumentTimeout
)

// death is the end of a worker at work on a document.
type death struct {
	at            position
	failure       *extract.Failure
	wholeDocument bool   // the document's own time is up
	lastWords     string // what it wrote to standard error
}

func startWorker(command *exec.Cmd, maxMemory uint64) (*worker, error) {
	w := &worker{command: command, stderr: &firstBytes{}, maxMemory: maxMemory}
	command.Stderr = w.stderr
	requests, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	answers, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	w.requests, w.answers = requests, bufio.NewReader(answers)
	return w, command.Start()
}

// read sends a request with a document and returns the answer, or how the worker
// died. The document's time began with the first attempt.
func (w *worker) read(ctx context.Context, asked request, content []byte, begun time.Time) (reading, *death) {
	options := asked.Options
	asked.Options.Timeout, asked.Options.PageTimeout = 0, 0 // kept here, from outside
	w.served++
	w.stderr.reset()
	at := position{}
	defer context.AfterFunc(ctx, func() { w.kill(killedByRun) })()
	if options.Timeout > 0 {
		timer := time.AfterFunc(time.Until(begun.Add(options.Timeout)), func() { w.kill(killedByDocumentTimeout) })
		defer timer.Stop()
	}
	restart := func() {}
	if options.PageTimeout > 0 {
		timer := time.AfterFunc(options.PageTimeout, func() { w.kill(killedByPageTimeout) })
		defer timer.Stop()
		restart = func() { timer.Reset(options.PageTimeout) }
	}

	err := writeMessage(w.requests, messageRequest, asked, content)
	for err == nil {
		var kind byte
		var payload []byte
		kind, payload, err = readMessage(w.answers)
		switch {
		case err != nil:
		case kind == messageStep:
			restart()
			at, err = openStep(payload)
		case kind == messageReply:
			var answer reply
			var result reading
			body, damaged := openMessage(payload, &answer)
			if damaged == nil {
				result, damaged = unpack(asked.Product, answer, body)
			}
			if err = damaged; err == nil {
				w.memory = answer.Memory
				return result, nil
			}
		default:
			err = fmt.Errorf("a message of kind %q", kind)
		}
	}
	return reading{}, w.autopsy(at, options)
}

// kill ends the process; the first reason counts.
func (w *worker) kill(reason killReason) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.killed == notKilled {
		w.killed = reason
		w.command.Process.Kill()
	}
}

func (w *worker) isKilled() bool {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.killed != notKilled
}

// closingTime is how long a worker may take to end when its input is closed.
const closingTime = 2 * time.Second

// close ends a worker that waits for work.
func (w *worker) close() {
	w.requests.Close()
	defer time.AfterFunc(closingTime, func() { w.kill(killedByRun) }).Stop()
	w.command.Wait()
}

// autopsy waits for the end of a worker that does not answer any more, and says
// why it ended.
func (w *worker) autopsy(at position, limits documentOptions) *death {
	w.mutex.Lock()
	reason := w.killed
	w.mutex.Unlock()
	w.command.Process.Kill() // when it closed its output, or wrote nonsense
	w.requests.Close()
	ended := w.command.Wait()
	d := &death{at: at, lastWords: w.stderr.String()}
	d.failure = &extract.Failure{Stage: at.stage(), Retryable: true}
	switch {
	case reason == killedByDocumentTimeout:
		d.wholeDocument = true
		d.failure = documentTimeout(limits.Timeout)
	case reason == killedByPageTimeout:
		d.failure.Class = classTimeout
		d.failure.Message = fmt.Sprintf("not finished within %v", limits.PageTimeout)
	case w.command.ProcessState.ExitCode() == exitMemory, strings.Contains(d.lastWords, "out of memory"):
		d.failure.Class = classMemory
		d.failure.Message = "needs more memory than " + formatBytes(w.maxMemory)
	default:
		d.failure.Class = classCrash
		d.failure.Message = "the worker process ended"
		if ended != nil {
			d.failure.Message += " (" + ended.Error() + ")"
		}
		if line := headline(d.lastWords); line != "" {
			d.failure.Message += ": " + line
		}
	}
	return d
}

// headline is the line of a dying program's words that says most.
func headline(words string) string {
	first := ""
	for line := range strings.Lines(words) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "fatal error: ") || strings.HasPrefix(line, "panic: ") {
			return line
		}
		if first == "" {
			first = line
		}
	}
	return first
}

// wordsKept is how much of a worker's standard error is kept (bytes): the message
// and the first goroutines of a crash.
const wordsKept = 16 << 10

// firstBytes keeps the beginning of what is written to it.
type firstBytes struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (b *firstBytes) Write(data []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.buffer.Write(data[:min(len(data), wordsKept-b.buffer.Len())])
	return len(data), nil
}

func (b *firstBytes) reset() {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.buffer.Reset()
}

func (b *firstBytes) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.String()
}
