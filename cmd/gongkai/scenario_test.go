package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/extract"
	"gongkai/normalize"
)

// A scenario is a text of steps, one a line, that runs in an empty folder:
//
//	write NAME KIND [ARGUMENT]    a file; the kinds are in documentKinds
//	folder NAME · link NAME TARGET · remove NAME · rename OLD NEW
//	variable NAME VALUE           of the environment
//	stdin TEXT                    for the next command, with \n and \0
//	$ gongkai ARGUMENT...         runs the program in this process
//	exit CODE                     of the last command
//	stdout / stderr               followed by indented lines: all that was
//	                              written, where * stands for anything
//	file NAME                     likewise, what a file holds
//	has NAME / lacks NAME         a file exists, or not
//	same A B                      two folders are equal, but for _run and _work
//
// Scenarios in testdata/loop use the stages of textStages, whose documents are
// readable text; those in testdata/real use the stages of the program.

// The scenarios in testdata/loop and testdata/real run in this process and again
// with workers, and say the same; those in testdata/workers need workers.
func TestLoopScenarios(t *testing.T) {
	text := func() (stages, error) { return textStages(), nil }
	t.Run("in process", func(t *testing.T) { runScenarios(t, "loop", text, nil) })
	t.Run("workers", func(t *testing.T) { runScenarios(t, "loop", text, textWorker) })
}

func TestRealScenarios(t *testing.T) {
	t.Run("in process", func(t *testing.T) { runScenarios(t, "real", realStages, nil) })
	t.Run("workers", func(t *testing.T) { runScenarios(t, "real", realStages, realWorker) })
}

func TestWorkerScenarios(t *testing.T) {
	runScenarios(t, "workers", func() (stages, error) { return textStages(), nil }, textWorker)
}

func runScenarios(t *testing.T, folder string, makeStages func() (stages, error), worker func(uint64) (*exec.Cmd, error)) {
	names, err := filepath.Glob(filepath.Join("testdata", folder, "*.txt"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no scenarios in testdata/%s: %v", folder, err)
	}
	encrypted, err := os.ReadFile(filepath.Join("testdata", "encrypted.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			stages, err := makeStages()
			if err != nil {
				t.Fatal(err)
			}
			t.Chdir(t.TempDir())
			s := scenario{t: t, stages: stages, worker: worker, encrypted: encrypted}
			s.play(string(text))
		})
	}
}

type scenario struct {
	t              *testing.T
	stages         stages
	worker         func(uint64) (*exec.Cmd, error)
	encrypted      []byte
	stdin          string
	code           int
	stdout, stderr bytes.Buffer
	line           int
}

func (s *scenario) play(text string) {
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		s.line = i + 1
		line := lines[i]
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if line == "stdout" || line == "stderr" || strings.HasPrefix(line, "file ") {
			var want []string
			for i+1 < len(lines) && strings.HasPrefix(lines[i+1], "  ") {
				i++
				want = append(want, lines[i][2:])
			}
			switch name, isFile := strings.CutPrefix(line, "file "); {
			case isFile:
				content, err := os.ReadFile(name)
				if err != nil {
					s.t.Fatalf("line %d: %v", s.line, err)
				}
				s.compare(line, string(content), want)
			case line == "stdout":
				s.compare(line, s.stdout.String(), want)
			default:
				s.compare(line, s.stderr.String(), want)
			}
			continue
		}
		s.step(line)
	}
}

func (s *scenario) step(line string) {
	s.t.Helper()
	words := strings.Fields(line)
	must := func(err error) {
		if err != nil {
			s.t.Fatalf("line %d: %v", s.line, err)
		}
	}
	switch words[0] {
	case "write":
		must(os.MkdirAll(filepath.Dir(words[1]), 0o777))
		must(os.WriteFile(words[1], s.content(strings.Join(words[2:], " ")), 0o666))
	case "folder":
		must(os.MkdirAll(words[1], 0o777))
	case "link":
		must(os.Symlink(words[2], words[1]))
	case "remove":
		must(os.RemoveAll(words[1]))
	case "rename":
		must(os.Rename(words[1], words[2]))
	case "variable":
		s.t.Setenv(words[1], words[2])
	case "stdin":
		s.stdin = strings.NewReplacer(`\n`, "\n", `\0`, "\x00", `\r`, "\r").Replace(strings.TrimPrefix(line, "stdin "))
	case "$":
		s.stdout.Reset()
		s.stderr.Reset()
		run := &session{stages: s.stages, workerCommand: s.worker, stdin: strings.NewReader(s.stdin), stdout: &s.stdout, stderr: &s.stderr}
		s.code = run.finish(run.run(s.t.Context(), words[1:]))
		s.stdin = ""
	case "exit":
		if words[1] != fmt.Sprint(s.code) {
			s.t.Errorf("line %d: exit code %d, want %s; stderr:\n%s", s.line, s.code, words[1], s.stderr.String())
		}
	case "has", "lacks":
		if _, err := os.Stat(words[1]); (err == nil) != (words[0] == "has") {
			s.t.Errorf("line %d: %s: %v", s.line, line, err)
		}
	case "same":
		s.compareFolders(words[1], words[2])
	default:
		s.t.Fatalf("line %d: unknown step %q", s.line, line)
	}
}

func (s *scenario) compare(stream, got string, want []string) {
	s.t.Helper()
	pattern := regexp.QuoteMeta(strings.Join(want, "\n"))
	if len(want) > 0 {
		pattern += "\n"
	}
	pattern = "^" + strings.ReplaceAll(pattern, `\*`, `[^\n]*`) + "$"
	if !regexp.MustCompile(pattern).MatchString(got) {
		s.t.Errorf("line %d: %s is\n%s\nwant\n%s", s.line, stream, got, strings.Join(want, "\n"))
	}
}

func (s *scenario) compareFolders(a, b string) {
	s.t.Helper()
	left, right := datasetFiles(s.t, a), datasetFiles(s.t, b)
	for name, content := range left {
		if other, found := right[name]; !found || other != content {
			s.t.Errorf("line %d: %s differs between %s and %s", s.line, name, a, b)
		}
	}
	if len(left) == 0 || len(left) != len(right) {
		s.t.Errorf("line %d: %d files in %s, %d in %s", s.line, len(left), a, len(right), b)
	}
}

// datasetFiles is the content of the files that must not depend on the run.
func datasetFiles(t *testing.T, folder string) map[string]string {
	t.Helper()
	return filesBelow(t, folder, runFolder, workFolder)
}

// allFiles is the content of all files.
func allFiles(t *testing.T, folder string) map[string]string {
	t.Helper()
	return filesBelow(t, folder)
}

// filesBelow is the content of the files in a folder, but for some folders in it.
func filesBelow(t *testing.T, folder string, without ...string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if slices.Contains(without, entry.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		content, err := os.ReadFile(name)
		inner, _ := filepath.Rel(folder, name)
		files[inner] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// content makes the bytes of a document of some kind.
func (s *scenario) content(kind string) []byte {
	word, rest, _ := strings.Cut(kind, " ")
	switch word {
	case "empty":
		return nil
	case "jpeg": // start of image, APP0 and the end: enough for anyone to see what it is
		return []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9")
	case "pdf":
		return tinyPDF(rest)
	case "truncated":
		whole := tinyPDF("cut")
		return whole[:len(whole)/3]
	case "encrypted": // made with qpdf, AES-256, user password "secret"
		return s.encrypted
	case "text":
		return []byte(rest)
	}
	s.t.Fatalf("line %d: unknown kind of document %q", s.line, kind)
	return nil
}

// tinyPDF is a PDF of one page that shows the text and a ruled table of one cell.
func tinyPDF(text string) []byte {
	content := "72 700 200 40 re S BT /F 12 Tf 80 715 Td (" + text + ") Tj ET"
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
	}
	var pdf bytes.Buffer
	pdf.WriteString("%PDF-1.7\n")
	var offsets []int
	for i, object := range objects {
		offsets = append(offsets, pdf.Len())
		fmt.Fprintf(&pdf, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := pdf.Len()
	fmt.Fprintf(&pdf, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&pdf, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&pdf, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return pdf.Bytes()
}

// textStages read documents that say in words what happens to them:
//
//	N pages · partial · panic · panic in normalize · forever · locked
//
// Those that say "N pages, FATE at PLACE" end or block their process; see fates.
func textStages() stages {
	return stages{read: readText, normalize: normalizeText}
}

func readText(ctx context.Context, source extract.Source, options extract.Options) (*extract.Document, error) {
	text := string(source.Bytes)
	switch {
	case text == "":
		return nil, &extract.Failure{Stage: "open", Class: "empty", Message: "the file is empty"}
	case text == "panic":
		panic("boom")
	case text == "forever":
		<-ctx.Done()
		return nil, ctx.Err()
	case text == "locked" && options.Password != "secret":
		return nil, &extract.Failure{Stage: "open", Class: "encrypted", Message: "a password is needed"}
	}
	pages := 1
	fmt.Sscanf(text, "%d pages", &pages)
	meetFate(text, "opening")
	document := &extract.Document{Source: source}
	for number := 1; number <= pages; number++ {
		if options.Pages != nil && !options.Pages(number) {
			continue
		}
		if reason := options.Unreadable[number]; reason != nil {
			document.Pages = append(document.Pages, extract.Page{Number: number, Failed: reason.Message, FailedClass: reason.Class})
			continue
		}
		options.Progress(number, pages)
		meetFate(text, fmt.Sprintf("page %d", number))
		document.Pages = append(document.Pages, extract.Page{Number: number})
		document.Tables = append(document.Tables, extract.Table{
			Ordinal:  len(document.Tables) + 1,
			Title:    fmt.Sprintf("Table of page %d", number),
			Segments: []extract.Segment{{Page: number, Rows: 2}},
			Grid: [][]extract.Cell{
				{{Text: "项目|名", RowSpan: 1, ColSpan: 2}, {Covered: true}},
				{{Text: "<收入>", RowSpan: 1, ColSpan: 1}, {Text: "1,0", RowSpan: 1, ColSpan: 1}},
			},
		})
	}
	options.Progress(0, pages)
	meetFate(text, "end")
	return document, nil
}

func normalizeText(document *extract.Document) *normalize.Batch {
	text := string(document.Source.Bytes)
	if text == "panic in normalize" {
		panic("boom")
	}
	batch := &normalize.Batch{Document: normalize.Document{
		ID: document.Source.SHA256, Bytes: int64(len(document.Source.Bytes)), PageCount: len(document.Pages), Status: statusOK,
		AgencyName: "who " + document.Source.URI + " is about", // a name may tell what the text does not
	}}
	if text == "partial" {
		batch.Document.Status = statusPartial
		batch.Document.FailureStage, batch.Document.FailureClass = "content", "damaged"
		batch.Document.FailureMessage = "page 2 cannot be read"
	}
	for _, page := range document.Pages {
		if page.Failed != "" && batch.Document.Status == statusOK {
			batch.Document.Status, batch.Document.FailureStage, batch.Document.FailureClass = statusPartial, "content", page.FailedClass
			batch.Document.FailureMessage = fmt.Sprintf("page %d: %s", page.Number, page.Failed)
		}
	}
	for _, table := range document.Tables {
		id := fmt.Sprintf("%s#t%02d", document.Source.SHA256[:16], table.Ordinal)
		batch.Tables = append(batch.Tables, normalize.Table{
			ID: id, DocumentID: batch.Document.ID, Ordinal: table.Ordinal, HeaderRows: 1, UnitRaw: "万元",
		})
		batch.Lines = append(batch.Lines, normalize.Line{
			ID: id + "r1c1", TableID: id, CellID: id + "r1c1", LineNo: len(batch.Lines) + 1, ValueState: "number", AmountRaw: "1,0",
		})
	}
	return batch
}

// waitFor waits until a condition holds, for tests with real signals.
func waitFor(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !condition(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}
