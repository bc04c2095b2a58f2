package export

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A run without changes leaves the files alone and counts the same; a change of
// the batches, the options or the files makes them anew.
func TestUnchangedIsNotPublishedAgain(t *testing.T) {
	store, dataset := storeOf(t, testBatches()...)
	first := publish(t, store, dataset, PublishOptions{})
	lines, descriptor := filepath.Join(dataset, "csv", "budget_lines.csv"), filepath.Join(dataset, "datapackage.json")
	state := func() os.FileInfo {
		info, err := os.Stat(lines)
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	before := state()
	if diff := cmp.Diff(first, publish(t, store, dataset, PublishOptions{})); diff != "" {
		t.Errorf("summary of the second, -first +second\n%s", diff)
	}
	if !os.SameFile(before, state()) {
		t.Error("published again without a change")
	}
	for name, change := range map[string]func() PublishOptions{
		"another batch": func() PublishOptions {
			batch := syntheticBatch(9, 5)
			if err := store.Put(keyOf(batch), batch); err != nil {
				t.Fatal(err)
			}
			return PublishOptions{}
		},
		"another source": func() PublishOptions {
			batch := syntheticBatch(9, 5)
			batch.Sources = batch.Sources[:1]
			if err := store.Put(keyOf(batch), batch); err != nil {
				t.Fatal(err)
			}
			return PublishOptions{}
		},
		"options":        func() PublishOptions { return PublishOptions{CSVBOM: true} },
		"a file is gone": func() PublishOptions { os.Remove(descriptor); return PublishOptions{} },
		"a file is cut":  func() PublishOptions { os.Truncate(lines, 10); return PublishOptions{} },
	} {
		before := state()
		publish(t, store, dataset, change())
		if os.SameFile(before, state()) {
			t.Errorf("%s: not published again", name)
		}
		publish(t, store, dataset, PublishOptions{})
	}
}
