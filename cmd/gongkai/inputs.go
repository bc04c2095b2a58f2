package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
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

// names are what an input is called.
type names struct {
	// File names the document in messages and in the output of tables and
	// lines: the path as given, or a given folder joined with the inner path.
	File string
	// Source names the document in the dataset: a relative path that does not
	// depend on where the folder lies on this machine.
	Source string
	// Member is the path inside an archive, or empty.
	Member string
}

// input is one document to be read: its names and the way to its bytes.
type input struct {
	names
	// read returns the bytes, or why there are none.
	read func() ([]byte, *extract.Failure)
	// size is the number of bytes, or unknownSize.
	size int64
	// sequential inputs must be read in their order, by one reader: the members
	// of a tar archive.
	sequential bool
	// hash is known only where it had to be looked at; see identify.
	hash string
	// duplicate marks an input with the bytes of one before it.
	duplicate bool
	// others are the names of the later inputs with the same bytes.
	others []names
}

// unknownSize is the size of what is no regular file.
const unknownSize = -1

// inputSet is all inputs of a run, in order.
type inputSet struct {
	inputs   []input
	warnings []string // folders and archives without a PDF
	closers  []io.Closer
}

// Close closes the archives.
func (s *inputSet) Close() {
	for _, closer := range s.closers {
		closer.Close()
	}
}

// listInputs finds the documents behind the arguments: files, folders, archives
// and "-" for a list on stdin (one a line, or ended by NUL). The order is that
// of the arguments; inside a folder it is the order of the names. What cannot
// be read becomes an input whose read fails, so that the run accounts for it.
// The error is a usage error.
func listInputs(arguments []string, stdin io.Reader, nullSeparated bool) (*inputSet, error) {
	set := &inputSet{}
	for i, argument := range arguments {
		if argument != "-" {
			if err := set.add(argument); err != nil {
				set.Close()
				return nil, err
			}
			continue
		}
		for _, earlier := range arguments[:i] {
			if earlier == "-" {
				set.Close()
				return nil, usageError("the list on standard input can be read only once", "give - one time")
			}
		}
		if err := set.addList(stdin, nullSeparated); err != nil {
			set.Close()
			return nil, err
		}
	}
	set.identify()
	return set, nil
}

func (s *inputSet) addList(stdin io.Reader, nullSeparated bool) error {
	separator := byte('\n')
	if nullSeparated {
		separator = 0
	}
	list := bufio.NewReader(stdin)
	for {
		name, err := list.ReadString(separator)
		name = strings.TrimSuffix(name, string(separator))
		if !nullSeparated {
			name = strings.TrimSuffix(name, "\r")
		}
		if name == "-" {
			return usageError("the list on standard input names - itself", "list files, folders and archives")
		}
		if name != "" {
			if err := s.add(name); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return usageError("the list on standard input cannot be read: "+err.Error(), "check the command before the pipe")
		}
	}
}

// add finds the documents behind one argument.
func (s *inputSet) add(argument string) error {
	lower := strings.ToLower(argument)
	if argument == "" {
		return usageError("an input is the empty string", "check the quoting of shell variables")
	}
	if strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") {
		return usageError("cannot fetch "+argument+": this version reads no addresses",
			"download the file first, for example with curl -O")
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
		content := sync.OnceValues(readFile(argument))
		s.inputs = append(s.inputs, input{names: namesOfFile(argument), read: content, size: unknownSize})
	case err != nil:
		s.inputs = append(s.inputs, failing(namesOfFile(argument), unreadableFailure(err)))
	default:
		s.inputs = append(s.inputs, input{names: namesOfFile(argument), read: readFile(argument), size: info.Size()})
	}
	return nil
}

// addFolder walks a folder in the order of the names. Links are followed, but no
// folder is entered twice, so a loop of links ends.
func (s *inputSet) addFolder(argument string) {
	before := len(s.inputs)
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
			s.inputs = append(s.inputs, failing(names{File: folder, Source: path.Join(base, inner)}, unreadableFailure(err)))
		}
		for _, entry := range entries {
			file, source := filepath.Join(folder, entry.Name()), path.Join(inner, entry.Name())
			called := names{File: file, Source: path.Join(base, source)}
			info, err := os.Stat(file)
			switch {
			case err == nil && info.IsDir():
				walk(file, source)
			case !isDisclosureName(entry.Name()):
			case err != nil:
				s.inputs = append(s.inputs, failing(called, unreadableFailure(err)))
			case info.Mode().IsRegular():
				s.inputs = append(s.inputs, input{names: called, read: readFile(file), size: info.Size()})
			}
		}
	}
	walk(argument, "")
	if len(s.inputs) == before {
		s.warnings = append(s.warnings, fmt.Sprintf("%s holds no PDF", argument))
	}
}

// isDisclosureName tells whether a name in a folder or archive is taken. Names
// that begin with "._" are the notes macOS keeps beside files on foreign disks.
func isDisclosureName(name string) bool {
	return strings.EqualFold(path.Ext(name), ".pdf") && !strings.HasPrefix(name, "._")
}

func namesOfFile(argument string) names {
	return names{File: argument, Source: sourceOfFile(argument)}
}

// sourceOfFile is the name in the dataset of a file given by itself.
func sourceOfFile(argument string) string {
	if filepath.IsAbs(argument) {
		return filepath.Base(argument)
	}
	source := path.Clean(filepath.ToSlash(argument))
	for strings.HasPrefix(source, "../") {
		source = strings.TrimPrefix(source, "../")
	}
	return source
}

// identify finds the inputs with the same bytes, and tells apart those with the
// same name. Only inputs that share their size or their Source with another are
// read for it, which are few.
func (s *inputSet) identify() {
	sizes, sources := map[int64]int{}, map[string]int{}
	for i := range s.inputs {
		sizes[s.inputs[i].size]++
		sources[s.inputs[i].Source]++
	}
	for i := range s.inputs {
		in := &s.inputs[i]
		if in.hash == "" && (in.size == unknownSize || sizes[in.size] > 1 || sources[in.Source] > 1) {
			in.hash = in.hashBytes()
		}
	}
	s.tellApart()
	s.findDuplicates()
}

// tellApart gives inputs with the same Source, but other bytes, the beginning of
// their hash as a second name. Whoever comes first or last, the names are the same.
func (s *inputSet) tellApart() {
	hashes := map[string]map[string]bool{}
	for _, in := range s.inputs {
		if hashes[in.Source] == nil {
			hashes[in.Source] = map[string]bool{}
		}
		if in.hash != "" {
			hashes[in.Source][in.hash] = true
		}
	}
	for i := range s.inputs {
		if in := &s.inputs[i]; in.hash != "" && len(hashes[in.Source]) > 1 {
			in.Source += "~" + in.hash[:hashPrefix]
		}
	}
}

func (s *inputSet) findDuplicates() {
	first := map[string]*input{}
	for i := range s.inputs {
		in := &s.inputs[i]
		switch known := first[in.hash]; {
		case in.hash == "":
		case known == nil:
			first[in.hash] = in
		default:
			in.duplicate = true
			known.others = append(known.others, in.names)
		}
	}
}

// hashBytes is the hash of the input's bytes, or empty when they cannot be read.
func (in *input) hashBytes() string {
	content, failure := in.read()
	if failure != nil {
		return ""
	}
	sum := sha256.Sum256(content)
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
	return input{names: called, read: func() ([]byte, *extract.Failure) { return nil, failure }}
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
