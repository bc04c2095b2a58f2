package export

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// OutputError says that a file of the dataset could not be written or read back.
// It is the caller's to solve; no document is at fault.
type OutputError struct {
	Path string
	Err  error
}

func (e *OutputError) Error() string { return fmt.Sprintf("dataset file %s: %v", e.Path, e.Err) }

func (e *OutputError) Unwrap() error { return e.Err }

// Hint is what to do about it, in one sentence.
func (e *OutputError) Hint() string {
	switch {
	case errors.Is(e.Err, syscall.ENOSPC), errors.Is(e.Err, syscall.EDQUOT):
		return "the disk is full; free some space and run again, finished documents are kept"
	case errors.Is(e.Err, fs.ErrPermission), errors.Is(e.Err, syscall.EROFS):
		return "no permission to write there; choose another folder with -o or change its rights"
	case errors.Is(e.Err, syscall.ENOTDIR), errors.Is(e.Err, fs.ErrExist):
		return "a file stands where a folder is needed; move it away or choose another folder with -o"
	}
	return "make sure the folder can be written and read, and run again"
}

// outputError wraps a failure at path; an OutputError stays as it is.
func outputError(path string, err error) error {
	if already := new(*OutputError); err == nil || errors.As(err, already) {
		return err
	}
	return &OutputError{Path: path, Err: err}
}

// outputBuffer is how much goes to the disk at once, in bytes: the gathered lines of
// a CSV file, the pages of a column. Smaller pieces are gathered in a pieceBuffer.
const (
	outputBuffer = 256 << 10
	pieceBuffer  = 32 << 10
)

// outputFile is a file of a generation, counted and hashed as it is written.
type outputFile struct {
	File
	path   string // in the folder of the generation
	file   *os.File
	buffer *bufio.Writer
	digest hash.Hash
}

// create makes a file and the folders it needs; path is relative to the dataset,
// with slashes. Files are shown in the order they are made.
func (g *generation) create(path string) (*outputFile, error) {
	f := &outputFile{File: File{Path: path}, path: filepath.Join(g.path(g.slot), filepath.FromSlash(path)), digest: sha256.New()}
	err := os.MkdirAll(filepath.Dir(f.path), folderMode)
	if err == nil {
		f.file, err = os.Create(f.path)
	}
	if err != nil {
		return nil, outputError(f.path, err)
	}
	f.buffer = bufio.NewWriterSize(hashedFile{f}, pieceBuffer)
	g.files = append(g.files, f)
	return f, nil
}

// write makes a file that holds just this.
func (g *generation) write(path string, content []byte) error {
	file, err := g.create(path)
	if err != nil {
		return err
	}
	file.Write(content) // the error stays until close
	return file.close()
}

// hashedFile is the unbuffered side of an outputFile.
type hashedFile struct{ *outputFile }

func (f hashedFile) Write(data []byte) (int, error) {
	n, err := f.file.Write(data)
	f.digest.Write(data[:n])
	f.Bytes += int64(n)
	return n, outputError(f.path, err)
}

func (f *outputFile) Write(data []byte) (int, error) { return f.buffer.Write(data) }

// close waits until the content is on the disk.
func (f *outputFile) close() error {
	err := f.buffer.Flush()
	if err == nil {
		err = f.file.Sync()
	}
	if closing := f.file.Close(); err == nil {
		err = closing
	}
	f.file, f.buffer = nil, nil
	f.SHA256 = hex.EncodeToString(f.digest.Sum(nil))
	return outputError(f.path, err)
}

// abandon closes a file that nobody wants any more.
func (f *outputFile) abandon() {
	if f.file != nil {
		f.file.Close()
		f.file = nil
	}
}
