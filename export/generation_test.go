package export

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/normalize"
)

// readWhole reads a dataset as a careful person does: the descriptor, every file it
// names, and the descriptor again. It is an error when a file is missing or other
// than described while the descriptor stays the same.
func readWhole(dataset string) error {
	path := filepath.Join(dataset, "datapackage.json")
	for {
		before, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		failure := readAsDescribed(dataset, before)
		after, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if bytes.Equal(before, after) {
			return failure
		}
	}
}

func readAsDescribed(dataset string, content []byte) error {
	type file struct {
		Path  any
		Hash  string
		Bytes int64
	}
	var descriptor struct {
		Resources []struct {
			file
			Schema string
			Parts  []file `json:"gongkai:parts"`
		}
	}
	if err := json.Unmarshal(content, &descriptor); err != nil {
		return err
	}
	for _, resource := range descriptor.Resources {
		files := resource.Parts
		if files == nil {
			files = []file{resource.file}
		}
		for _, f := range files {
			data, err := os.ReadFile(filepath.Join(dataset, f.Path.(string)))
			if err != nil {
				return err
			}
			if sum := sha256.Sum256(data); int64(len(data)) != f.Bytes || "sha256:"+hex.EncodeToString(sum[:]) != f.Hash {
				return fmt.Errorf("%s is not the file described", f.Path)
			}
		}
		if resource.Schema != "" {
			if _, err := os.Stat(filepath.Join(dataset, resource.Schema)); err != nil {
				return err
			}
		}
	}
	return nil
}

// atRest fails when a link or a temporary file is left in a dataset.
func atRest(t *testing.T, dataset string) {
	t.Helper()
	err := filepath.WalkDir(dataset, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() && entry.Name() != "generation" {
			return err
		}
		if !entry.Type().IsRegular() || strings.HasSuffix(path, temporarySuffix) {
			t.Errorf("left behind: %s", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// editions are two states of a dataset that share some files, differ in others,
// and each have files that the other has not.
var editions = [2]struct {
	batches func() []*normalize.Batch
	options PublishOptions
}{
	{func() []*normalize.Batch { return []*normalize.Batch{syntheticBatch(1, 40), failedBatch(2)} }, PublishOptions{Excel: true}},
	{func() []*normalize.Batch { return []*normalize.Batch{syntheticBatch(1, 40), syntheticBatch(3, 60)} }, PublishOptions{Partition: PartitionColumns()}},
}

// publishEdition makes the store hold the batches of one state and publishes it.
func publishEdition(dataset string, number int) error {
	store, err := OpenStore(dataset)
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, batch := range editions[number].batches() {
		wanted[batch.Document.ID] = true
		if !store.Has(keyOf(batch)) {
			if err := store.Put(keyOf(batch), batch); err != nil {
				return err
			}
		}
	}
	if _, err := store.Prune(func(s normalize.Source) bool { return wanted[s.DocumentID] }); err != nil {
		return err
	}
	_, err = Publish(context.Background(), store, dataset, editions[number].options)
	return err
}

// publishedEditions is what each state looks like when nothing disturbs it.
func publishedEditions(t *testing.T) (want [2]map[string]string) {
	for number := range editions {
		dataset := t.TempDir()
		if err := publishEdition(dataset, number); err != nil {
			t.Fatal(err)
		}
		want[number] = published(t, dataset)
	}
	return want
}

// While one dataset takes the place of another again and again, a reader never
// finds a file that is not as described.
func TestReadersSeeOneGeneration(t *testing.T) {
	want := publishedEditions(t)
	dataset := t.TempDir()
	if err := publishEdition(dataset, 1); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var reading sync.WaitGroup
	reading.Go(func() {
		for reads := 0; ; reads++ {
			select {
			case <-done:
				t.Logf("%d reads", reads)
				return
			default:
			}
			if err := readWhole(dataset); err != nil {
				t.Errorf("read %d: %v", reads, err)
			}
		}
	})
	for i := range 8 {
		if err := publishEdition(dataset, i%2); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want[i%2], published(t, dataset)); diff != "" {
			t.Errorf("-alone +after another\n%.3000s", diff)
		}
		atRest(t, dataset)
	}
	close(done)
	reading.Wait()
}

// publishForever names the folder in which TestPublishForever works.
const publishForever = "GONGKAI_TEST_PUBLISH_FOREVER"

// TestPublishForever is the process that TestKilledPublications kills.
func TestPublishForever(t *testing.T) {
	dataset := os.Getenv(publishForever)
	if dataset == "" {
		t.Skip("this is the process that TestKilledPublications starts and kills")
	}
	for i := 0; ; i++ {
		if err := publishEdition(dataset, i%2); err != nil {
			t.Fatal(err)
		}
	}
}

// A publication that is killed at any instant leaves a dataset that is as described,
// and the next one is as if nothing had happened.
func TestKilledPublications(t *testing.T) {
	kills := 40
	if testing.Short() {
		kills = 8
	}
	want := publishedEditions(t)
	dataset := fastFolder(t)
	if err := publishEdition(dataset, 0); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(6, uint64(kills)))
	links := 0
	for kill := range kills {
		child := exec.Command(os.Args[0], "-test.run=^TestPublishForever$")
		child.Env = append(os.Environ(), publishForever+"="+dataset)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(30+random.IntN(120)) * time.Millisecond)
		child.Process.Signal(syscall.SIGKILL)
		child.Wait()
		if err := readWhole(dataset); err != nil {
			t.Fatalf("after kill %d: %v", kill, err)
		}
		if _, err := os.Lstat(filepath.Join(dataset, filepath.FromSlash(generationFolder), currentLink)); err == nil {
			links++
		}
		if kill%4 != 3 {
			continue // the next one starts from what this kill left
		}
		number := kill / 4 % 2
		if err := publishEdition(dataset, number); err != nil {
			t.Fatalf("after kill %d: %v", kill, err)
		}
		if diff := cmp.Diff(want[number], published(t, dataset)); diff != "" {
			t.Fatalf("after kill %d: -undisturbed +recovered\n%.3000s", kill, diff)
		}
		atRest(t, dataset)
	}
	t.Logf("%d of %d kills struck while generations changed places", links, kills)
}

// fastFolder is a folder in memory where the system has one: a publication there
// waits for no disk, so that a kill strikes any of its steps.
func fastFolder(t *testing.T) string {
	folder, err := os.MkdirTemp("/dev/shm", "gongkai")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	return folder
}

// A folder where a file is to go stops the publication before anything is replaced.
func TestBlockedPlaceLeavesTheDataset(t *testing.T) {
	dataset := t.TempDir()
	if err := publishEdition(dataset, 0); err != nil {
		t.Fatal(err)
	}
	before := published(t, dataset)
	blocked := filepath.Join(dataset, "parquet", "budget_lines", "fiscal_year=2021", "admin_division=130300", "part-0.parquet")
	if err := os.MkdirAll(blocked, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := publishEdition(dataset, 1); err == nil || !strings.Contains(err.Error(), blocked) {
		t.Errorf("got %v", err)
	}
	if diff := cmp.Diff(before, published(t, dataset)); diff != "" {
		t.Errorf("-before +after\n%.3000s", diff)
	}
	atRest(t, dataset)
}

// Files of other people in the dataset's folders stay where they are.
func TestStrangersStay(t *testing.T) {
	dataset := t.TempDir()
	if err := publishEdition(dataset, 0); err != nil {
		t.Fatal(err)
	}
	note, link := filepath.Join(dataset, "csv-excel", "note.txt"), filepath.Join(dataset, "csv", "link.csv")
	if err := os.WriteFile(note, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("documents.csv", link); err != nil {
		t.Fatal(err)
	}
	if err := publishEdition(dataset, 1); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{note, link} {
		if _, err := os.Lstat(path); err != nil {
			t.Error(err)
		}
	}
	if entries, _ := os.ReadDir(filepath.Dir(note)); len(entries) != 1 {
		t.Errorf("%d files beside the note", len(entries)-1)
	}
}

// showFiles puts a generation of these files on show by a system with the links given.
func showFiles(t *testing.T, dataset string, files map[string]string, symlink, hardLink func(from, to string) error) {
	t.Helper()
	g, err := newGeneration(dataset)
	if err != nil {
		t.Fatal(err)
	}
	defer g.discard()
	g.symlink, g.hardLink = symlink, hardLink
	var resources []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		resources = append(resources, fmt.Sprintf(`{"path":%q}`, name))
		if err := g.write(name, []byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.write(descriptorFile, []byte(`{"resources":[`+strings.Join(resources, ",")+`]}`)); err != nil {
		t.Fatal(err)
	}
	if err := g.show(); err != nil {
		t.Fatal(err)
	}
}

// File systems without symbolic links, as on memory sticks, or without hard links,
// as for other people's files, get the same datasets.
func TestFileSystemsWithoutLinks(t *testing.T) {
	refuse := func(string, string) error { return &os.LinkError{Op: "link", Err: syscall.EPERM} }
	for name, links := range map[string][2]func(string, string) error{
		"both": {os.Symlink, os.Link}, "no symbolic links": {refuse, os.Link}, "no hard links": {os.Symlink, refuse}, "no links": {refuse, refuse},
	} {
		dataset := t.TempDir()
		for _, files := range []map[string]string{
			{"csv/a.csv": "1", "csv/b.csv": "1"}, {"csv/a.csv": "22", "parquet/c/part-0.parquet": "2"}, {"csv/b.csv": "333", "csv/a.csv": "22"},
		} {
			showFiles(t, dataset, files, links[0], links[1])
			got := published(t, dataset)
			delete(got, descriptorFile)
			if diff := cmp.Diff(files, got); diff != "" {
				t.Errorf("%s: -want +got\n%s", name, diff)
			}
			atRest(t, dataset)
		}
	}
}
