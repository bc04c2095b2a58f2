package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
)

// Options shape how a document is read. The zero value is ready to use.
type Options struct {
	Password  string
	KeepPages bool // keep glyphs and rulings in Page.Layout
	// Pages limits the reading to pages for which it returns true; nil reads all.
	Pages func(number int) bool
}

// Failure is why a document, or a page of it, could not be read.
type Failure struct {
	Stage     string // open, content, layout
	Class     string // empty, not_pdf, encrypted, truncated, damaged, no_pages, no_text_layer, limit, timeout, internal
	Message   string // English, one sentence, with what to do where that is known
	Retryable bool   // another run may succeed
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
func Read(ctx context.Context, source Source, options Options) (*Document, error) {
	return nil, errors.New("extract: not yet")
}
