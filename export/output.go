package export

import (
	"errors"
	"fmt"
	"io/fs"
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
