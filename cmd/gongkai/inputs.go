package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"gongkai/extract"
)

// maxDocumentBytes bounds what is read into memory for one document. The
// largest real disclosures, scans of several hundred pages, have some 50 MB.
const maxDocumentBytes = 512 << 20

// hashPrefix is how many hex digits of the hash tell apart two documents that
// would otherwise have the same name in the dataset.
const hashPrefix = 8

// names are what an input is called. All are valid UTF-8.
type names struct {
	// File names the document in messages and in the output of tables and
	// lines: the path as given, or a given folder joined with the inner path.
	File string
	// Source names the document in the dataset: a web address, or a relative path
	// that does not depend on where the folder lies on this machine.
	Source string
	// Member is the path inside an archive, or empty.
	Member string
	// Location is where this machine finds the file, the archive or the address.
	Location string
	// RetrievedAt is when the bytes were fetched, where the list of inputs says so.
	RetrievedAt string
}

// input is one document to be read: its names and the way to its bytes.
type input struct {
	names
	read reader
	kind inputKind
	// sequential inputs must be read in their order, by one reader: the members
	// of a tar archive.
	sequential bool
	// hash is known only where it had to be looked at; see identify.
	hash string
}

// reader returns the bytes of an input, or why there are none. Only web addresses
// heed the validators.
type reader func(context.Context, validators) (content, *extract.Failure)

// fromBytes is the reader over a function that knows no network.
func fromBytes(read func() ([]byte, *extract.Failure)) reader {
	return func(context.Context, validators) (content, *extract.Failure) {
		bytes, failure := read()
		return content{bytes: bytes}, failure
	}
}

// inputKind is how an input's bytes are had.
type inputKind int

const (
	file    inputKind = iota // of a folder or an archive
	pipe                     // gives its bytes once, and its name says nothing
	distant                  // at a web address
)

// inputSet is all inputs of a run, in order.
type inputSet struct {
	inputs   []input
	warnings []string // folders and archives without a PDF
	closers  []io.Closer
	fetcher  *fetcher
}

// Close closes the archives.
func (s *inputSet) Close() {
	for _, closer := range s.closers {
		closer.Close()
	}
}

// listInputs finds the documents behind the arguments: files, folders, archives,
// web addresses and "-" for a list on stdin (one a line, or ended by NUL). The
// order is that of the arguments; inside a folder it is the order of the names.
// What cannot be read becomes an input whose read fails, so that the run accounts
// for it. The error is a usage error.
func listInputs(arguments []string, stdin io.Reader, nullSeparated bool, fetcher *fetcher) (*inputSet, error) {
	set := &inputSet{fetcher: fetcher}
	for i, argument := range arguments {
		err := error(nil)
		switch {
		case argument != "-":
			err = set.add(argument)
		case slices.Contains(arguments[:i], "-"):
			err = usageError("the list on standard input can be read only once", "give - one time")
		default:
			err = set.addList(stdin, nullSeparated)
		}
		if err != nil {
			set.Close()
			return nil, err
		}
	}
	return set, nil
}

// add finds the documents behind one argument.
func (s *inputSet) add(argument string) error {
	lower := strings.ToLower(argument)
	if argument == "" {
		return usageError("an input is the empty string", "check the quoting of shell variables")
	}
	if isAddress(argument) {
		return s.addAddress(argument)
	}
	info, err := os.Stat(argument)
	switch {
	case err == nil && info.IsDir():
		s.addFolder(argument)
	case err == nil && strings.HasSuffix(lower, ".zip"):
		s.addZip(argument)
	case err == nil && (strings.HasSuffix(lower, ".tar") || isCompressedTar(lower)):
		s.addTar(argument)
	case err == nil && !info.Mode().IsRegular(): // a pipe gives its bytes once
		once := sync.OnceValues(readFile(argument))
		s.inputs = append(s.inputs, input{names: namesOfFile(argument), read: fromBytes(once), kind: pipe})
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(argument, "*?["):
		return s.addPattern(argument)
	case err != nil:
		s.inputs = append(s.inputs, failing(namesOfFile(argument), unreadableFailure(err)))
	default:
		s.inputs = append(s.inputs, input{names: namesOfFile(argument), read: fromBytes(readFile(argument))})
	}
	return nil
}

// addPattern finds the documents behind a pattern such as 2021/*.pdf, which a
// shell has left alone, in the order of their names.
func (s *inputSet) addPattern(pattern string) error {
	names, err := filepath.Glob(pattern)
	if err != nil {
		return usageError("the pattern "+pattern+" is malformed", "a backslash before a bracket takes it as it is")
	}
	if len(names) == 0 {
		failure := unreadableFailure(fs.ErrNotExist)
		failure.Message = "no file has such a name"
		s.inputs = append(s.inputs, failing(namesOfFile(pattern), failure))
	}
	for _, name := range names {
		if err := s.add(name); err != nil {
			return err
		}
	}
	return nil
}

// addAddress takes the document behind a web address.
func (s *inputSet) addAddress(argument string) error {
	asked, public, err := parseAddress(argument)
	if err != nil {
		return usageError(err.Error(), "write the address as the browser shows it")
	}
	in := s.distant(asked)
	in.names = names{File: public, Source: public, Location: public}
	s.inputs = append(s.inputs, in)
	return nil
}

// distant is the document behind a web address.
func (s *inputSet) distant(address string) input {
	read := func(ctx context.Context, known validators) (content, *extract.Failure) {
		return s.fetcher.fetch(ctx, address, known)
	}
	return input{names: names{File: address, Source: address, Location: address}, read: read, kind: distant}
}

// addFolder walks a folder in the order of the names. Links are followed, but no
// folder is entered twice, so a loop of links ends.
func (s *inputSet) addFolder(argument string) {
	before, archives := len(s.inputs), 0
	base := ""
	if absolute, err := filepath.Abs(argument); err == nil && filepath.Dir(absolute) != absolute {
		base = filepath.Base(absolute)
	}
	entered := map[string]bool{}
	var walk func(folder, inner string)
	walk = func(folder, inner string) {
		real, err := filepath.EvalSymlinks(folder)
		if err == nil && entered[real] {
			return
		}
		entered[real] = true
		entries, err := os.ReadDir(folder)
		if err != nil {
			called := names{File: readableName(folder), Source: readableName(path.Join(base, inner)), Location: locationOfFile(folder)}
			s.inputs = append(s.inputs, failing(called, unreadableFailure(err)))
		}
		for _, entry := range entries {
			file, source := filepath.Join(folder, entry.Name()), path.Join(inner, entry.Name())
			called := names{File: readableName(file), Source: readableName(path.Join(base, source)), Location: locationOfFile(file)}
			info, err := os.Stat(file)
			switch {
			case err == nil && info.IsDir():
				walk(file, source)
			case isArchiveName(entry.Name()):
				archives++
			case !isDisclosureName(entry.Name()):
			case err != nil:
				s.inputs = append(s.inputs, failing(called, unreadableFailure(err)))
			case info.Mode().IsRegular():
				s.inputs = append(s.inputs, input{names: called, read: fromBytes(readFile(file))})
			}
		}
	}
	walk(argument, "")
	if len(s.inputs) == before {
		s.warnings = append(s.warnings, fmt.Sprintf("%s holds no PDF", argument))
	}
	if archives > 0 {
		s.warnings = append(s.warnings, fmt.Sprintf("%s holds %d archives, which are not searched; name them as inputs", argument, archives))
	}
}

// isDisclosureName tells whether a name in a folder or archive is taken. Names
// that begin with "._" are the notes macOS keeps beside files on foreign disks.
func isDisclosureName(name string) bool {
	return strings.EqualFold(path.Ext(name), ".pdf") && !strings.HasPrefix(name, "._")
}

func namesOfFile(argument string) names {
	return names{File: readableName(argument), Source: sourceOfFile(argument), Location: locationOfFile(argument)}
}

// sourceOfFile is the name in the dataset of a file given by itself.
func sourceOfFile(argument string) string {
	if filepath.IsAbs(argument) {
		return readableName(filepath.Base(argument))
	}
	source := path.Clean(filepath.ToSlash(readableName(argument)))
	for strings.HasPrefix(source, "../") {
		source = strings.TrimPrefix(source, "../")
	}
	return source
}

// identify tells apart the inputs with the same name. Only those are read for it,
// which are few. The ledger knows the names of earlier runs.
func (s *inputSet) identify(known *ledger) {
	sources := map[string]int{}
	for i := range s.inputs {
		sources[s.inputs[i].Source]++
	}
	for i := range s.inputs {
		in := &s.inputs[i]
		if in.hash != "" || in.kind == distant {
			continue
		}
		if in.kind == pipe || sources[in.Source] > 1 || known.namesOther(in.names) != "" {
			in.hash = in.hashBytes()
		}
	}
	s.tellApart(known)
}

// tellApart gives inputs with the same Source, but other bytes, the beginning of
// their hash as a second name. Whoever comes first or last, the names are the same.
// An earlier run may have seen the other one. The name of a pipe says nothing, so
// it always has a second name.
func (s *inputSet) tellApart(known *ledger) {
	hashes := map[string]map[string]bool{}
	for _, in := range s.inputs {
		if hashes[in.Source] == nil {
			hashes[in.Source] = map[string]bool{}
		}
		for _, hash := range []string{in.hash, known.namesOther(in.names)} {
			if hash != "" {
				hashes[in.Source][hash] = true
			}
		}
	}
	for i := range s.inputs {
		if in := &s.inputs[i]; in.hash != "" && (in.kind == pipe || len(hashes[in.Source]) > 1) {
			in.Source += "~" + in.hash[:hashPrefix]
		}
	}
}

// hashBytes is the hash of the input's bytes, or empty when they cannot be read.
func (in *input) hashBytes() string {
	content, failure := in.read(context.Background(), validators{})
	if failure != nil {
		return ""
	}
	sum := sha256.Sum256(content.bytes)
	return hex.EncodeToString(sum[:])
}

// readFile returns a reader of one file.
func readFile(name string) func() ([]byte, *extract.Failure) {
	return func() ([]byte, *extract.Failure) {
		file, err := os.Open(name)
		if err != nil {
			return nil, unreadableFailure(err)
		}
		defer file.Close()
		size := int64(0)
		if info, err := file.Stat(); err == nil {
			size = info.Size()
		}
		return readBounded(file, size)
	}
}

// readBounded reads all of reader, which is said to hold size bytes, but never
// more than maxDocumentBytes.
func readBounded(reader io.Reader, size int64) ([]byte, *extract.Failure) {
	if size > maxDocumentBytes {
		return nil, tooLarge()
	}
	var content bytes.Buffer
	content.Grow(int(size) + bytes.MinRead)
	if _, err := content.ReadFrom(io.LimitReader(reader, maxDocumentBytes+1)); err != nil {
		return nil, unreadableFailure(err)
	}
	if content.Len() > maxDocumentBytes {
		return nil, tooLarge()
	}
	return content.Bytes(), nil
}

// failing is an input that cannot be read.
func failing(called names, failure *extract.Failure) input {
	return input{names: called, read: fromBytes(func() ([]byte, *extract.Failure) { return nil, failure })}
}

// unreadableFailure keeps the reason and leaves out the path, which every
// message names already.
func unreadableFailure(err error) *extract.Failure {
	class := classUnreadable
	if errors.Is(err, fs.ErrNotExist) {
		class = classMissing
	}
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return &extract.Failure{Stage: "input", Class: class, Message: err.Error(), Retryable: true}
}

func tooLarge() *extract.Failure {
	return &extract.Failure{Stage: "input", Class: "limit",
		Message: fmt.Sprintf("the file is larger than %d MB", maxDocumentBytes>>20)}
}
