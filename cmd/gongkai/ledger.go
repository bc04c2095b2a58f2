package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"gongkai/export"
	"gongkai/extract"
	"gongkai/normalize"
)

// ledger is what the runs over a dataset remember of their inputs: what each
// place held, and how its document was read. With it a run need not open the
// batch of a document that has not changed, knows which documents are superseded,
// asks servers only for what is new, and finds failed inputs again.
//
// It is a file of JSON lines under _work. A run appends what it learns, so that a
// killed run loses nothing, and writes the file anew at its end. That the store
// holds what the entries say stands in the first line, and is so until a line says
// that the store changes.
type ledger struct {
	path string
	file *os.File
	torn bool // the last line was cut off by a crash
	// entries by source path. There are several while places have changed and the
	// dataset has not been published since; the last is the newest.
	entries map[string][]ledgerEntry
	places  map[string][]string   // source paths by baseName
	homes   map[string][]string   // source paths by document
	settled bool                  // the store holds what the entries say
	options export.PublishOptions // of the last run

	mutex   sync.Mutex
	changed bool // a line says that the store changes
}

// ledgerEntry is one place and what was found there.
type ledgerEntry struct {
	Source      string `json:"source_path"`
	Member      string `json:"member,omitempty"`
	Location    string `json:"location,omitempty"`
	RetrievedAt string `json:"retrieved_at,omitempty"`
	validators
	Document string `json:"document_id,omitempty"` // empty: the bytes were never had
	Bytes    int64  `json:"bytes,omitempty"`
	// Version is the version of the PDF format that a failed document names.
	Version  string    `json:"pdf_version,omitempty"`
	Contents *contents `json:"contents,omitempty"`
	// Unread is why the place could not be read by the last run that tried.
	Unread *extract.Failure `json:"unread,omitempty"`
}

// sourceKey is a row of the sources dataset: a place and its document.
type sourceKey struct{ source, document string }

func (e *ledgerEntry) key() sourceKey { return sourceKey{e.Source, e.Document} }

// ledgerLine is one line of the file; one member is set.
type ledgerLine struct {
	Settled *export.PublishOptions `json:"settled,omitempty"`
	Changed bool                   `json:"changed,omitempty"`
	Entry   *ledgerEntry           `json:"entry,omitempty"`
}

const ledgerFile = "ledger.jsonl"

// openLedger reads the ledger of a dataset. Where there is none, the store tells
// what it can.
func openLedger(dataset string, store *export.Store) (*ledger, error) {
	l := &ledger{path: filepath.Join(dataset, workFolder, ledgerFile), entries: make(map[string][]ledgerEntry), places: make(map[string][]string), homes: make(map[string][]string)}
	content, err := os.ReadFile(l.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = l.askStore(store)
	case err != nil:
		err = &export.OutputError{Path: l.path, Err: err}
	default:
		l.read(content)
	}
	for source, entries := range l.entries {
		l.places[baseName(source)] = append(l.places[baseName(source)], source)
		for _, entry := range entries {
			l.homes[entry.Document] = append(l.homes[entry.Document], source)
		}
	}
	return l, err
}

// read takes the lines; one that a crash has cut off is left out.
func (l *ledger) read(content []byte) {
	l.torn = len(content) > 0 && !bytes.HasSuffix(content, []byte("\n"))
	for text := range bytes.Lines(content) {
		var line ledgerLine
		if json.Unmarshal(text, &line) != nil {
			l.settled = false
			continue
		}
		switch {
		case line.Settled != nil:
			l.settled, l.options = true, *line.Settled
		case line.Changed:
			l.settled = false
		case line.Entry != nil:
			l.entries[line.Entry.Source] = append(l.entries[line.Entry.Source], *line.Entry)
		}
	}
}

func (l *ledger) askStore(store *export.Store) error {
	for batch, err := range store.Documents() {
		if errors.Is(err, export.ErrNoBatch) {
			continue // to be read again by whoever gives it
		}
		if err != nil {
			return err
		}
		found := contentsOf(batch)
		for _, source := range batch.Sources {
			l.entries[source.Path] = append(l.entries[source.Path], ledgerEntry{
				Source: source.Path, Member: source.Member, RetrievedAt: source.RetrievedAt,
				Document: source.DocumentID, Bytes: source.Bytes, Contents: &found,
			})
		}
	}
	return nil
}

// last is the newest entry of a place.
func (l *ledger) last(source string) (ledgerEntry, bool) {
	all := l.entries[source]
	if len(all) == 0 {
		return ledgerEntry{}, false
	}
	return all[len(all)-1], true
}

// sources are the places of a document.
func (l *ledger) sources(document string) []normalize.Source {
	var rows []normalize.Source
	for _, source := range l.homes[document] {
		for _, entry := range l.entries[source] {
			if entry.Document == document {
				rows = append(rows, entry.row())
			}
		}
	}
	return rows
}

// row is the row of the sources dataset.
func (e *ledgerEntry) row() normalize.Source {
	return normalize.Source{Path: e.Source, Member: e.Member, DocumentID: e.Document, Bytes: e.Bytes, RetrievedAt: e.RetrievedAt}
}

// baseName is a source path without what tellApart added.
func baseName(source string) string {
	at := len(source) - hashPrefix - 1
	if at > 0 && source[at] == '~' && strings.Trim(source[at+1:], "0123456789abcdef") == "" {
		return source[:at]
	}
	return source
}

// namesOther is the document that an earlier run found under the same name in
// another file, one that is still there; or empty. What a web address gives has
// no other place.
func (l *ledger) namesOther(called names) string {
	if isAddress(called.Source) {
		return ""
	}
	for _, source := range l.places[called.Source] {
		for _, entry := range l.entries[source] {
			if entry.Document != "" && entry.Location != "" && entry.Location != called.Location && isThere(entry.Location) {
				return entry.Document
			}
		}
	}
	return ""
}

// superseded tells which earlier sources the places of a run stand for now: those
// of the same name or the same file with other bytes, and those of the same file
// under a name that had to be told apart.
func (l *ledger) superseded(found []ledgerEntry) map[sourceKey]bool {
	type file struct{ location, member string }
	now := make(map[sourceKey]bool, len(found))
	documents, files := map[string]string{}, map[file]ledgerEntry{}
	for _, entry := range found {
		if entry.Document == "" {
			continue
		}
		now[entry.key()] = true
		documents[entry.Source] = entry.Document
		files[file{entry.Location, entry.Member}] = entry
	}
	old := map[sourceKey]bool{}
	for source, entries := range l.entries {
		document := documents[source]
		for i := len(entries) - 1; i >= 0 && document == ""; i-- {
			document = entries[i].Document // a run that was killed saw them change
		}
		for _, entry := range entries {
			if entry.Document == "" || now[entry.key()] {
				continue
			}
			same, given := files[file{entry.Location, entry.Member}]
			moved := given && entry.Location != "" && (same.Document != entry.Document || baseName(same.Source) == baseName(source))
			if moved || entry.Document != document {
				old[entry.key()] = true
			}
		}
	}
	return old
}

// all gives the entries, those of one place in order of time.
func (l *ledger) all() []ledgerEntry {
	var entries []ledgerEntry
	for _, some := range l.entries {
		entries = append(entries, some...)
	}
	return entries
}

// change is called before the store is changed: until the next settle nobody may
// take the dataset's files for what the store holds.
func (l *ledger) change() error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.changed {
		return nil
	}
	if err := l.append(ledgerLine{Changed: true}); err != nil {
		return err
	}
	if err := l.file.Sync(); err != nil {
		return &export.OutputError{Path: l.path, Err: err}
	}
	l.changed = true
	return nil
}

// note appends what became of a place.
func (l *ledger) note(entry ledgerEntry) error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.append(ledgerLine{Entry: &entry})
}

func (l *ledger) append(line ledgerLine) error {
	if l.file == nil {
		file, err := os.OpenFile(l.path, os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o666)
		if err != nil {
			return &export.OutputError{Path: l.path, Err: err}
		}
		l.file = file
		if l.torn {
			file.WriteString("\n") // the next write shows an error
		}
	}
	text, err := json.Marshal(line)
	if err != nil {
		return err
	}
	if _, err := l.file.Write(append(text, '\n')); err != nil {
		return &export.OutputError{Path: l.path, Err: err}
	}
	return nil
}

// settle writes the ledger anew, after the dataset has been published so.
func (l *ledger) settle(options export.PublishOptions, entries []ledgerEntry) error {
	err := replaceFile(l.path, func(out *bufio.Writer) error {
		encoder := json.NewEncoder(out)
		if err := encoder.Encode(ledgerLine{Settled: &options}); err != nil {
			return err
		}
		for i := range entries {
			if err := encoder.Encode(ledgerLine{Entry: &entries[i]}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return l.Close()
}

// Close closes the file; closing twice does no harm.
func (l *ledger) Close() error {
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}

// replaceFile puts a new file in the place of an old one; readers see the one or
// the other. Errors are *export.OutputError.
func replaceFile(name string, write func(*bufio.Writer) error) error {
	temporary := name + ".partial"
	file, err := os.Create(temporary)
	if err != nil {
		return &export.OutputError{Path: name, Err: err}
	}
	out := bufio.NewWriter(file)
	err = write(out)
	if err == nil {
		err = out.Flush()
	}
	if err == nil {
		err = file.Sync()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(temporary, name)
	}
	if err != nil {
		os.Remove(temporary)
		return &export.OutputError{Path: name, Err: err}
	}
	return nil
}
