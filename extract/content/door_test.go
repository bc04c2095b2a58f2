package content

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// realDisclosures lists the PDFs of the shared corpus, or skips the test.
func realDisclosures(t testing.TB) []string {
	t.Helper()
	shared := os.Getenv("GONGKAI_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	var list []string
	_ = filepath.WalkDir(filepath.Join(shared, "corpus", "pdf"), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && strings.EqualFold(filepath.Ext(path), ".pdf") {
			list = append(list, path)
		}
		return nil
	})
	if len(list) == 0 {
		t.Skip("the corpus of real disclosures is not here; set GONGKAI_SHARED to the folder that holds corpus/")
	}
	return list
}

// reading is what one door gave of one file.
type reading struct {
	pages []pageCount
	open  time.Duration
	read  time.Duration
	bytes uint64
}

type pageCount struct{ glyphs, rulings, images int }

func readThrough(t testing.TB, open door) reading {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	o, err := open(context.Background())
	if err != nil {
		t.Error(err)
		return reading{}
	}
	f, err := newFile(o)
	if err != nil {
		t.Error(err)
		return reading{}
	}
	r := reading{open: time.Since(start)}
	for number := 1; number <= f.Pages(); number++ {
		page, _, err := f.Page(number)
		if err != nil {
			t.Errorf("page %d: %v", number, err)
			continue
		}
		r.pages = append(r.pages, pageCount{len(page.Glyphs), len(page.Rulings), len(page.Images)})
	}
	r.read = time.Since(start) - r.open
	runtime.ReadMemStats(&after)
	r.bytes = after.TotalAlloc - before.TotalAlloc
	return r
}

// TestDoorsAgree reads every real disclosure through all doors: the glyphs and
// rulings of each page must be as many through one as through another.
func TestDoorsAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 87 documents four times")
	}
	var sums [4]reading
	names := [4]string{"own table", "pdfcpu", "ledongthuc", "scan"}
	pages := 0
	for _, path := range realDisclosures(t) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			start := time.Now()
			table, sound := readTable(data)
			tabled := time.Since(start)
			if !sound {
				t.Fatal("the cross-reference table is not believed")
			}
			if table.encrypted() {
				t.Skip("encrypted")
			}
			var readings [4]reading
			for i, open := range [4]door{tableDoor(table), pdfcpuDoor(data, Options{}), ledongthucDoor(table), scanDoor(data, Options{})} {
				readings[i] = readThrough(t, open)
			}
			readings[0].open += tabled
			pages += len(readings[0].pages)
			for i, r := range readings {
				sums[i].open += r.open
				sums[i].read += r.read
				sums[i].bytes += r.bytes
				if len(r.pages) != len(readings[0].pages) {
					t.Errorf("%s: %d pages, %s has %d", names[i], len(r.pages), names[0], len(readings[0].pages))
					continue
				}
				for number, count := range r.pages {
					if count != readings[0].pages[number] {
						t.Errorf("page %d: %s %v, %s %v", number+1, names[i], count, names[0], readings[0].pages[number])
					}
				}
			}
			t.Logf("%5d pages; open, read ms: own %.1f %.1f, pdfcpu %.1f %.1f, ledongthuc %.1f %.1f, scan %.1f %.1f; MB %d %d %d %d",
				len(readings[0].pages), ms(readings[0].open), ms(readings[0].read), ms(readings[1].open), ms(readings[1].read),
				ms(readings[2].open), ms(readings[2].read), ms(readings[3].open), ms(readings[3].read),
				readings[0].bytes>>20, readings[1].bytes>>20, readings[2].bytes>>20, readings[3].bytes>>20)
		})
	}
	for i, sum := range sums {
		t.Logf("%-10s open %.3f ms a page, read %.3f ms a page, %d KB allocated a page", names[i], ms(sum.open)/float64(pages), ms(sum.read)/float64(pages), int(sum.bytes>>10)/pages)
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
