package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"gongkai/extract/content"
	"gongkai/extract/layout"
)

// Options shape how a document is read. The zero value is ready to use.
type Options struct {
	Password string
	// Guarded: the caller can end this process when it hangs or eats memory, so
	// that a second opinion on a broken file may be asked from a library that may.
	Guarded   bool
	KeepPages bool // keep glyphs and rulings in Page.Layout
	// Pages limits the reading to pages for which it returns true; nil reads all.
	Pages func(number int) bool
	// Unreadable holds the pages that are known to fail, with the reason: they are
	// not touched, and the document says why they are missing.
	Unreadable map[int]*Failure
	// Progress, when set, is told of each page before it is read, and of how many
	// pages the file has; number 0 says that the last page is done.
	Progress func(number, pages int)
}

// Failure is why a document, or a page of it, could not be read.
type Failure struct {
	Stage     string // open, content, layout
	Class     string // empty, not_pdf, encrypted, truncated, damaged, no_pages, no_text_layer, limit, timeout, memory, crash, internal
	Message   string // English, one sentence, with what to do where that is known
	Retryable bool   // another run may succeed; see Retryable
}

// Retryable tells of a class of failure whether the machine, its load or the
// limits had a part in it, so that another run may succeed on the same bytes.
func Retryable(class string) bool {
	switch class {
	case "timeout", "memory", "crash", "internal":
		return true
	}
	return false
}

func (f *Failure) Error() string { return f.Stage + ": " + f.Class + ": " + f.Message }

// NewSource fills in the hash of the bytes.
func NewSource(uri, path string, bytes []byte) Source {
	sum := sha256.Sum256(bytes)
	return Source{URI: uri, Path: path, SHA256: hex.EncodeToString(sum[:]), Bytes: bytes}
}

// Read reads one document. It never panics; an error is always a *Failure or
// the context's error. Pages that could not be read are kept in the document
// with Page.Failed set.
func Read(ctx context.Context, source Source, options Options) (document *Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			document, err = nil, &Failure{Stage: "layout", Class: "internal", Message: fmt.Sprintf("the program met a case it does not know (%v); please report the file", r)}
		}
	}()
	file, err := content.Open(ctx, source.Bytes, content.Options{Password: options.Password, Guarded: options.Guarded})
	if err != nil {
		return nil, failure("open", err)
	}
	document = &Document{
		Source: source,
		Info:   Info{Version: file.Version, Title: file.Title, Producer: file.Producer, Creator: file.Creator},
	}
	for _, remark := range file.Remarks {
		document.Findings = append(document.Findings, Finding{Rule: remark.Rule, Severity: "warn", Message: remark.Message, Place: Place{Document: source.SHA256}})
	}
	var tables [][]layout.Table        // of each page
	views := make(map[int]layout.View) // of the pages that are turned to be read
	var view layout.View               // of the page at hand
	for number := 1; number <= file.Pages(); number++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if options.Pages != nil && !options.Pages(number) {
			continue
		}
		if reason := options.Unreadable[number]; reason != nil {
			document.Pages = append(document.Pages, document.failPage(number, reason))
			tables = append(tables, nil)
			continue
		}
		if options.Progress != nil {
			options.Progress(number, file.Pages())
		}
		var page Page
		var found []layout.Table
		page, found, view = readPage(file, number, document, view, options.KeepPages)
		if view.Turn != 0 {
			views[number] = view
		}
		document.Pages = append(document.Pages, page)
		tables = append(tables, found)
	}
	if options.Progress != nil {
		options.Progress(0, file.Pages())
	}
	markRunning(document.Pages)
	joiner := joiner{document: source.SHA256}
	for i := range document.Pages {
		joiner.add(&document.Pages[i], tables[i])
	}
	document.Tables = joiner.finish()
	document.Sections = sectionsOf(document)
	showDisplayed(document, views)
	return document, nil
}

// failure turns an error of content into a Failure; the context's error passes.
func failure(stage string, err error) error {
	var known *content.Error
	if errors.As(err, &known) {
		return &Failure{Stage: stage, Class: known.Class, Message: known.Message}
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &Failure{Stage: stage, Class: "damaged", Message: err.Error()}
}

// readPage reads one page, which follows one that was seen as before; what goes wrong
// there stays on that page.
func readPage(file *content.File, number int, document *Document, before layout.View, keep bool) (page Page, tables []layout.Table, view layout.View) {
	defer func() {
		if r := recover(); r != nil {
			reason := &Failure{Stage: "layout", Class: "internal", Message: fmt.Sprintf("the program met a case it does not know (%v); please report the file", r)}
			page, tables, view = document.failPage(number, reason), nil, layout.View{}
		}
	}()
	place := Place{Document: document.Source.SHA256, Page: number}
	seen, remarks, err := file.Page(number)
	for _, remark := range remarks {
		document.Findings = append(document.Findings, Finding{Rule: remark.Rule, Severity: "warn", Message: remark.Message, Place: place})
	}
	if err != nil {
		reason := &Failure{Stage: "content", Class: "damaged", Message: err.Error()}
		errors.As(failure("content", err), &reason)
		return document.failPage(number, reason), nil, layout.View{}
	}
	result := layout.AnalyzeAfter(before, seen)
	visible := len(seen.Glyphs) - result.Hidden
	page = Page{
		Scanned: visible == 0 && pictured(seen) >= scanShare,
		Number:  number, Box: result.View.Read(seen.Box), Rotation: seen.Rotation,
		Glyphs: visible, Images: len(seen.Images), Lines: result.Lines,
	}
	for _, remark := range remarks {
		if remark.Class != "" && page.Failed == "" {
			page.Failed, page.FailedClass = remark.Message, remark.Class
		}
	}
	if page.Scanned {
		document.Findings = append(document.Findings, Finding{Rule: "C05", Severity: "warn", Message: "the page is a picture without a text layer", Place: place})
	}
	if keep {
		kept := *seen
		kept.Glyphs = slices.Clone(seen.Glyphs)
		page.Layout = &kept
	}
	file.Release(seen)
	return page, result.Tables, result.View
}

// failPage is the page in the document for a page that cannot be read.
func (d *Document) failPage(number int, reason *Failure) Page {
	d.Findings = append(d.Findings, Finding{
		Rule: "R03", Severity: "error", Message: reason.Class + ": " + reason.Message,
		Place: Place{Document: d.Source.SHA256, Page: number},
	})
	return Page{Number: number, Failed: reason.Message, FailedClass: reason.Class}
}

// scanShare: from this share of the page on, a picture is the page itself; a
// chart or a seal takes less.
const scanShare = 0.5

// pictured is the share of a page that its images cover, counted without regard
// to overlaps: scanners cut a page into strips.
func pictured(page *layout.Page) float64 {
	area := 0.0
	for _, image := range page.Images {
		box := image.Box.Intersect(page.Box)
		area += box.Width() * box.Height()
	}
	return area / (page.Box.Width() * page.Box.Height())
}
