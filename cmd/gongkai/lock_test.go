package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// holdVariable tells the test program to lock a dataset and wait for its end.
const holdVariable = "GONGKAI_TEST_HOLD"

// holdLock is the life of that process.
func holdLock(dataset string) {
	if _, err := lockDataset(dataset, func(string, string) {}); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("locked")
	select {}
}

// TestTwoRunsAreKeptApart has another process hold the dataset, and kills it.
func TestTwoRunsAreKeptApart(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFiles(t, map[string]string{"a.pdf": "3 pages", "b.pdf": "2 pages"})
	if code, stderr := execute(t, "gongkai convert a.pdf -o out"); code != 0 {
		t.Fatalf("exit code %d\n%s", code, stderr)
	}
	before := allFiles(t, "out")
	delete(before, filepath.Join(workFolder, lockFile))

	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	other := exec.Command(program)
	other.Env = append(os.Environ(), holdVariable+"=out")
	said, err := other.StdoutPipe()
	if err == nil {
		err = other.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer other.Process.Kill()
	if line, err := bufio.NewReader(said).ReadString('\n'); line != "locked\n" {
		t.Fatalf("the other process says %q, %v", line, err)
	}

	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"gongkai convert b.pdf -o out", "gongkai retry out"} {
		code, stderr := execute(t, command)
		holder := fmt.Sprintf("error: out is being written by another run: process %d on %s, since 2", other.Process.Pid, host)
		if code != exitLocked || !strings.HasPrefix(stderr, holder) || !strings.Contains(stderr, "\nhint: ") {
			t.Errorf("%s: exit code %d, stderr\n%s", command, code, stderr)
		}
	}
	after := allFiles(t, "out")
	delete(after, filepath.Join(workFolder, lockFile))
	if len(after) != len(before) {
		t.Errorf("%d files, %d before", len(after), len(before))
	}
	for name, content := range before {
		if after[name] != content {
			t.Errorf("%s changed while another run held the dataset", name)
		}
	}

	other.Process.Kill()
	other.Wait()
	if code, stderr := execute(t, "gongkai convert b.pdf -o out"); code != 0 {
		t.Errorf("after the other's death: exit code %d\n%s", code, stderr)
	}
	var holder lockHolder
	content, err := os.ReadFile(filepath.Join("out", workFolder, lockFile))
	if err != nil || json.Unmarshal(content, &holder) != nil || holder.Process != os.Getpid() {
		t.Errorf("the lock names %s, %v; want this process", content, err)
	}
}

// Within one process, too, the second waits outside; who holds the lock may have
// left no word.
func TestLockOfUnknownHolder(t *testing.T) {
	t.Chdir(t.TempDir())
	unlock, err := lockDataset("out", func(text, _ string) { t.Error(text) })
	if err != nil {
		t.Fatal(err)
	}
	writeFiles(t, map[string]string{filepath.Join("out", workFolder, lockFile): "{"})
	if _, err := lockDataset("out", nil); err == nil || err.Error() != "out is being written by another run: another process" {
		t.Errorf("a second lock: %v", err)
	}
	unlock()
	again, err := lockDataset("out", nil)
	if err != nil {
		t.Fatalf("after the first run: %v", err)
	}
	again()
}
