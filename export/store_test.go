package export

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"

	"gongkai/normalize"
)

var sameNumber = cmp.Comparer(func(a, b decimal.Decimal) bool { return a.Equal(b) })

func documentsOf(t testing.TB, store *Store) (ids []string, failures int) {
	t.Helper()
	for batch, err := range store.Documents() {
		if err != nil {
			failures++
			continue
		}
		ids = append(ids, batch.Document.ID)
	}
	return ids, failures
}

func TestStoreKeepsBatches(t *testing.T) {
	batch := syntheticBatch(1, 130)
	key := keyOf(batch)
	store, dataset := storeOf(t)
	if store.Has(key) {
		t.Error("a new store has the batch")
	}
	if _, err := store.Load(key); !errors.Is(err, ErrNoBatch) {
		t.Errorf("load from a new store: %v", err)
	}
	if err := store.Put(key, batch); err != nil {
		t.Fatal(err)
	}
	again, err := OpenStore(dataset)
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]*Store{"same": store, "opened again": again} {
		got, err := s.Load(key)
		if err != nil || !s.Has(key) {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(batch, got, sameNumber, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: -put +loaded\n%s", name, diff)
		}
	}
	for _, other := range []Key{
		{SHA256: key.SHA256, Version: "next"},
		{SHA256: key.SHA256, Version: key.Version, Config: "c"},
		{SHA256: documentID(2), Version: key.Version},
		{SHA256: "../../../etc/passwd"},
	} {
		if store.Has(other) {
			t.Errorf("has %v", other)
		}
	}
	if err := store.Put(Key{SHA256: "../x"}, batch); err == nil {
		t.Error("a key that is no digest was accepted")
	}
}

func TestStoreHasOneBatchOfADocument(t *testing.T) {
	batch := syntheticBatch(1, 5)
	store, _ := storeOf(t, batch)
	next := Key{SHA256: batch.Document.ID, Version: "next"}
	if err := store.Put(next, batch); err != nil {
		t.Fatal(err)
	}
	if store.Has(keyOf(batch)) || !store.Has(next) {
		t.Error("the new version's batch does not replace the old one's")
	}
	if ids, failures := documentsOf(t, store); len(ids) != 1 || failures != 0 {
		t.Errorf("%d documents, %d failures", len(ids), failures)
	}
}

func TestDocumentsAreInOrder(t *testing.T) {
	var batches []*normalize.Batch
	for number := range 20 {
		batches = append(batches, failedBatch(number))
	}
	store, _ := storeOf(t, batches...)
	ids, failures := documentsOf(t, store)
	if len(ids) != 20 || failures != 0 || !slices.IsSorted(ids) {
		t.Errorf("%d documents, %d failures, sorted: %v", len(ids), failures, slices.IsSorted(ids))
	}
}

// Every byte of a batch file matters: whichever is changed, the batch is made again.
func TestDamagedBatchesAreMadeAgain(t *testing.T) {
	batch, good := syntheticBatch(1, 20), failedBatch(2)
	store, dataset := storeOf(t, batch, good)
	name, err := keyOf(batch).name()
	if err != nil {
		t.Fatal(err)
	}
	path := store.path(name)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(content); i += 1 + len(content)/50 {
		damaged := slices.Clone(content)
		damaged[i] ^= 0x10
		if err := os.WriteFile(path, damaged, 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Load(keyOf(batch)); store.Has(keyOf(batch)) || !errors.Is(err, ErrNoBatch) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
	}
	if err := os.WriteFile(path, content[:len(content)/2], 0o666); err != nil {
		t.Fatal(err)
	}
	if store.Has(keyOf(batch)) {
		t.Error("has half a file")
	}
	summary := publish(t, store, dataset, PublishOptions{})
	if len(summary.Unusable) != 1 || !strings.Contains(summary.Unusable[0].Error(), path) || summary.Documents["failed"] != 1 || summary.Documents["ok"] != 0 {
		t.Errorf("published %v, unusable %v", summary.Documents, summary.Unusable)
	}
	if err := store.Put(keyOf(batch), batch); err != nil || !store.Has(keyOf(batch)) {
		t.Errorf("made again: %v", err)
	}
}

func TestInterruptedPutsAreRemoved(t *testing.T) {
	store, dataset := storeOf(t, failedBatch(1))
	left := store.path("0123.batch.7" + temporarySuffix)
	if err := os.WriteFile(left, []byte("half"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenStore(dataset); err != nil {
		t.Fatal(err)
	}
	if entries, _ := filepath.Glob(filepath.Join(filepath.Dir(left), "*")); len(entries) != 1 {
		t.Errorf("files: %v", entries)
	}
}

func TestSourcesArePruned(t *testing.T) {
	batch := failedBatch(1)
	store, _ := storeOf(t, batch, failedBatch(2))
	key := keyOf(batch)
	batch.Sources = append(batch.Sources, normalize.Source{Path: "z.pdf", DocumentID: batch.Document.ID, Bytes: 12})
	if err := store.Put(key, batch); err != nil {
		t.Fatal(err)
	}
	paths := func() (paths []string) {
		got, err := store.Load(key)
		if err != nil {
			t.Fatal(err)
		}
		for _, source := range got.Sources {
			if source.DocumentID != batch.Document.ID {
				t.Errorf("%s belongs to %q", source.Path, source.DocumentID)
			}
			paths = append(paths, source.Path)
		}
		return paths
	}
	if diff := cmp.Diff([]string{"broken/1.pdf", "z.pdf"}, paths()); diff != "" {
		t.Error(diff)
	}
	dropped, err := store.Prune(func(source normalize.Source) bool { return strings.HasSuffix(source.Path, "z.pdf") })
	if err != nil || dropped != 1 {
		t.Errorf("dropped %d, %v", dropped, err)
	}
	if diff := cmp.Diff([]string{"z.pdf"}, paths()); diff != "" {
		t.Error(diff)
	}
	if store.Has(keyOf(failedBatch(2))) {
		t.Error("a document without a source was kept")
	}
}

func TestStoreIsSafeForSeveralGoroutines(t *testing.T) {
	store, _ := storeOf(t)
	var all sync.WaitGroup
	failures := make(chan error, 40)
	for worker := range 40 {
		all.Go(func() {
			batch := syntheticBatch(worker%10, 50) // the same document from several workers
			if err := store.Put(keyOf(batch), batch); err != nil {
				failures <- fmt.Errorf("put: %w", err)
			}
			if _, err := store.Load(keyOf(batch)); err != nil {
				failures <- fmt.Errorf("load: %w", err)
			}
		})
	}
	all.Wait()
	close(failures)
	for err := range failures {
		t.Error(err)
	}
	if ids, _ := documentsOf(t, store); len(ids) != 10 {
		t.Errorf("%d documents", len(ids))
	}
}
