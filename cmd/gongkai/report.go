package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// The values of --progress and --log-format.
const (
	progressAuto = "auto"
	progressBar  = "bar"
	progressJSON = "json"
	progressNone = "none"
	logText      = "text"
	logJSON      = "json"
)

// progressEvery is how often progress is written: a terminal shows no more, and
// a log that a service keeps should not fill with it.
const (
	barEvery  = 100 * time.Millisecond
	jsonEvery = time.Second
)

// reporter writes everything that is not data: messages, progress and the
// closing summary. Its methods may be called from several goroutines.
type reporter struct {
	mutex    sync.Mutex
	stderr   io.Writer
	json     bool      // messages as JSON, one object a line
	copyTo   io.Writer // the run's own log, or nil
	progress string    // bar, json or none
	bar      *progressbar.ProgressBar
	now      func() time.Time

	started, lastWritten    time.Time
	total, documents, pages int
}

// newReporter checks the two flags; auto means a bar when stderr is a terminal
// and messages are text.
func newReporter(stderr io.Writer, logFormat, progress string) (*reporter, error) {
	if err := oneOf("log-format", logFormat, logText, logJSON); err != nil {
		return nil, err
	}
	if err := oneOf("progress", progress, progressAuto, progressBar, progressJSON, progressNone); err != nil {
		return nil, err
	}
	if progress == progressAuto {
		progress = progressNone
		if logFormat == logText && isTerminal(stderr) {
			progress = progressBar
		}
	}
	return &reporter{stderr: stderr, json: logFormat == logJSON, progress: progress, now: time.Now}, nil
}

func isTerminal(writer io.Writer) bool {
	file, isFile := writer.(*os.File)
	if !isFile {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// message is one line of the log; empty members are left out of the JSON.
type message struct {
	Time     string `json:"time"`
	Level    string `json:"level"` // error, warning or info
	Event    string `json:"event"` // message, document, superseded, pruned, progress or summary
	Text     string `json:"message,omitempty"`
	Hint     string `json:"hint,omitempty"`
	File     string `json:"file,omitempty"`
	Document string `json:"document_id,omitempty"`
	Status   string `json:"status,omitempty"`
	Class    string `json:"class,omitempty"`
	Totals   any    `json:"totals,omitempty"`
}

// log writes a message. In text only errors and warnings are written.
func (r *reporter) log(m message) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	m.Time = r.now().UTC().Format(time.RFC3339Nano)
	r.writeJSON(m, r.json)
	if r.json || m.Level == "info" {
		return
	}
	text := m.Text
	if m.Class != "" {
		text = m.Class + ": " + text
	}
	if m.File != "" {
		text = m.File + ": " + text
	}
	r.clearBar()
	fmt.Fprintf(r.stderr, "%s: %s\n", m.Level, oneLine(text))
	if m.Hint != "" {
		fmt.Fprintf(r.stderr, "hint: %s\n", oneLine(m.Hint))
	}
	r.drawBar()
}

// oneLine keeps a message with odd bytes from the document on its own line.
func oneLine(text string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return ' '
		}
		return c
	}, text)
}

// writeJSON writes a line to the run's log, and to stderr when that is wanted.
func (r *reporter) writeJSON(value any, toStderr bool) {
	if !toStderr && r.copyTo == nil {
		return
	}
	line, err := json.Marshal(value)
	if err != nil {
		line = []byte(`{"level":"error","event":"message","message":"a message cannot be written as JSON"}`)
	}
	line = append(line, '\n')
	if toStderr {
		r.stderr.Write(line)
	}
	if r.copyTo != nil {
		r.copyTo.Write(line)
	}
}

// copyLinesTo sends every JSON line to a second writer as well; nil ends that.
func (r *reporter) copyLinesTo(writer io.Writer) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.copyTo = writer
}

// fail says why the command ends: error, then hint.
func (r *reporter) fail(failure *commandError) {
	if failure.message != "" {
		r.log(message{Level: "error", Event: "message", Text: failure.message, Hint: failure.hint})
	}
}

func (r *reporter) warn(text, hint string) {
	r.log(message{Level: "warning", Event: "message", Text: text, Hint: hint})
}

// note says in text what is no warning and no data.
func (r *reporter) note(text string) {
	r.log(message{Level: "info", Event: "message", Text: text})
	if !r.json {
		fmt.Fprintln(r.stderr, text)
	}
}

// document tells what became of one document.
func (r *reporter) document(result outcome) {
	m := message{Level: "info", Event: "document", File: result.Input.File, Document: result.SHA256, Status: result.Status}
	if failure := result.Failure; failure != nil {
		m.Class, m.Text, m.Hint = failure.Class, failure.Message, hint(failure.Class)
		switch result.Status {
		case statusFailed:
			m.Level = "error"
		case statusPartial:
			m.Level = "warning"
			m.Hint = "the other pages are in the output"
		}
	}
	r.log(m)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.documents++
	r.pages += result.Pages
	if r.progress == progressBar {
		r.writeProgress(barEvery)
	} else {
		r.writeProgress(jsonEvery)
	}
}

// hideBar keeps the bar from drawing over data on the same terminal.
func (r *reporter) hideBar() {
	if r.progress == progressBar {
		r.progress = progressNone
	}
}

// begin starts the progress of a run over total documents.
func (r *reporter) begin(total int) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.total, r.started = total, r.now()
	if r.progress != progressBar {
		return
	}
	r.bar = progressbar.NewOptions(total,
		progressbar.OptionSetWriter(r.stderr),
		progressbar.OptionSetDescription("0 pages"),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("documents"),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionFullWidth(),
		progressbar.OptionUseANSICodes(true),
		progressbar.OptionClearOnFinish(),
	)
}

// writeProgress draws the bar or writes a line of JSON, not too often.
func (r *reporter) writeProgress(every time.Duration) {
	if r.now().Sub(r.lastWritten) < every {
		return
	}
	r.lastWritten = r.now()
	switch {
	case r.bar != nil:
		seconds := max(r.now().Sub(r.started).Seconds(), 0.001)
		r.bar.Set(r.documents)
		r.bar.Describe(fmt.Sprintf("%d pages, %.0f pages/s", r.pages, float64(r.pages)/seconds))
	case r.progress == progressJSON:
		r.writeJSON(r.progressLine(), true)
	}
}

// progressLine is how far the run is; the time left supposes that the documents
// to come are like those done.
func (r *reporter) progressLine() any {
	elapsed := r.now().Sub(r.started).Seconds()
	line := struct {
		Time      string  `json:"time"`
		Level     string  `json:"level"`
		Event     string  `json:"event"`
		Documents int     `json:"documents"`
		Total     int     `json:"total"`
		Pages     int     `json:"pages"`
		PagesRate float64 `json:"pages_per_second"`
		Elapsed   float64 `json:"elapsed_seconds"`
		Left      float64 `json:"left_seconds"`
	}{r.now().UTC().Format(time.RFC3339Nano), "info", "progress", r.documents, r.total, r.pages, 0, elapsed, 0}
	if elapsed > 0 {
		line.PagesRate = float64(r.pages) / elapsed
	}
	if r.documents > 0 {
		line.Left = elapsed / float64(r.documents) * float64(r.total-r.documents)
	}
	return line
}

// end writes the last progress and takes the bar away; nothing follows a second end.
func (r *reporter) end() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.writeProgress(0)
	r.clearBar()
	r.bar, r.progress = nil, progressNone
}

func (r *reporter) clearBar() {
	if r.bar != nil {
		r.bar.Clear()
	}
}

func (r *reporter) drawBar() {
	if r.bar != nil && !r.bar.IsFinished() {
		r.bar.RenderBlank()
	}
}

// summary closes a run. The documents' four statuses add up to the inputs.
func (r *reporter) summary(counts tally, output string) {
	r.log(message{Level: "info", Event: "summary", Totals: counts, Text: output})
	if r.json {
		return
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	fmt.Fprintf(r.stderr, "documents  %d = %d ok + %d partial + %d failed + %d skipped%s\n",
		counts.Inputs, counts.OK, counts.Partial, counts.Failed, counts.Skipped, counts.skippedNote())
	fmt.Fprintf(r.stderr, "contents   %d pages, %d tables, %d lines, %d findings\n",
		counts.Pages, counts.Tables, counts.Lines, counts.Findings)
	fmt.Fprintf(r.stderr, "time       %.1f s\n", r.now().Sub(r.started).Seconds())
	if output != "" {
		fmt.Fprintf(r.stderr, "output     %s\n", output)
	}
}
