package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"gongkai/export"
)

// workFolder holds what runs keep for later runs.
const workFolder = "_work"

// lockFile is the file in workFolder that a run holds while it writes.
const lockFile = "lock"

// lockPatience is how long a run waits for another one's lock: a process that was
// killed while it wrote to a slow disk holds it until the disk has answered.
const (
	lockPatience = 2 * time.Second
	lockEvery    = 50 * time.Millisecond
)

// The two ways in which a file cannot be locked.
var (
	errLocked  = errors.New("locked by another process")
	errNoLocks = errors.New("the file system has no locks")
)

// lockHolder tells people who holds a lock. The lock itself is the operating
// system's: it ends with the process, however that ends, so none is ever stale.
type lockHolder struct {
	Process int       `json:"pid"`
	Host    string    `json:"host"`
	Started time.Time `json:"started_at"`
}

func (h lockHolder) String() string {
	if h.Process == 0 {
		return "another process"
	}
	return fmt.Sprintf("process %d on %s, since %s", h.Process, h.Host, h.Started.UTC().Format(time.RFC3339))
}

// lockDataset makes this process the only one that writes to the dataset, until
// the returned function is called. Where the file system has no locks, warn is
// told and the run goes on.
func lockDataset(dataset string, warn func(text, hint string)) (unlock func(), err error) {
	name := filepath.Join(dataset, workFolder, lockFile)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return nil, &export.OutputError{Path: filepath.Dir(name), Err: err}
	}
	file, err := openLocked(name)
	for end := time.Now().Add(lockPatience); errors.Is(err, errLocked) && time.Now().Before(end); {
		time.Sleep(lockEvery)
		file, err = openLocked(name)
	}
	switch {
	case errors.Is(err, errLocked):
		return nil, &commandError{exitLocked, fmt.Sprintf("%s is being written by another run: %s", dataset, readHolder(name)),
			"wait for its end, or write to another folder with -o"}
	case errors.Is(err, errNoLocks):
		warn("two runs over "+dataset+" cannot be kept apart: "+err.Error(), "start no second run before this one ends")
		return func() {}, nil
	case err != nil:
		return nil, &export.OutputError{Path: name, Err: err}
	}
	host, _ := os.Hostname() // a name is a courtesy
	holder, err := json.Marshal(lockHolder{os.Getpid(), host, time.Now()})
	if err == nil {
		err = file.Truncate(0)
	}
	if err == nil {
		_, err = file.WriteAt(append(holder, '\n'), 0)
	}
	if err != nil {
		file.Close()
		return nil, &export.OutputError{Path: name, Err: err}
	}
	// The file stays: whoever removed it could remove one that a third run has
	// locked meanwhile.
	return func() { file.Close() }, nil
}

// readHolder is who wrote the lock file last; nobody when it cannot be read.
func readHolder(name string) lockHolder {
	var holder lockHolder
	if content, err := os.ReadFile(name); err == nil && json.Unmarshal(content, &holder) != nil {
		return lockHolder{}
	}
	return holder
}
