package inspect_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"gongkai/export"
	"gongkai/export/inspect"
	"gongkai/normalize"
)

// browserTests is the node package that drives the pages.
const browserTests = "../../fixtures/browser"

// hostileFile is a file name that would open an element if it were markup.
const hostileFile = `"><script>document.title='OWNED'</script><img src=x onerror=document.title='OWNED'>.pdf`

// TestBrowser opens the pages in headless Chromium, as fixtures/README.md tells.
func TestBrowser(t *testing.T) {
	node, chromium := browserPrograms(t)
	pages := t.TempDir()
	writePages(t, pages)
	files, err := filepath.Glob(filepath.Join(browserTests, "*.test.mjs"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests in %s: %v", browserTests, err)
	}
	for i := range files {
		files[i] = filepath.Base(files[i])
	}
	command := exec.Command(node, append([]string{"--test", "--test-concurrency=1", "--test-reporter=spec"}, files...)...)
	command.Dir = browserTests
	command.Env = append(os.Environ(), "PAGES="+pages, "CHROMIUM="+chromium)
	output, err := command.CombinedOutput()
	t.Logf("%s", output)
	if err != nil {
		t.Error(err)
	}
}

// browserPrograms are node and Chromium, or the reason to skip the test.
func browserPrograms(t *testing.T) (node, chromium string) {
	if testing.Short() {
		t.Skip("a browser is not driven in short mode")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	if chromium, err = exec.LookPath("chromium"); err != nil {
		t.Skip("chromium is not installed")
	}
	if _, err := os.Stat(filepath.Join(browserTests, "node_modules", "playwright-core")); err != nil {
		t.Skip("run npm ci in fixtures/browser first")
	}
	return node, chromium
}

// writePages makes what the browser opens.
func writePages(t *testing.T, folder string) {
	write := func(name string, content []byte) {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	seed := read(t, seedFile, "writer.pdf")
	write("seed.html", seed.report(t))
	var lines bytes.Buffer
	writer, err := export.NewLineWriter(&lines, "csv")
	if err == nil {
		if err = writer.Write("writer.pdf", seed.batch); err == nil {
			err = writer.Flush()
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	write("seed-lines.csv", lines.Bytes())
	hostile := read(t, hostileNames, hostileFile)
	write("hostile.html", hostile.report(t))
	write("index.html", indexOf(t, smallDataset(seed.batch, hostile.batch)))
	write("large-index.html", indexOf(t, largeDataset(20_000, seed.batch, hostile.batch)))
	if long := longDocument(t, folder); long != "" {
		write("long.html", read(t, long, "long.pdf").report(t))
	}
}

// renamed is a batch that passes for another document of another year.
func renamed(batch *normalize.Batch, number, year int, agency, file string) *normalize.Batch {
	other := *batch
	sum := sha256.Sum256([]byte(strconv.Itoa(number)))
	other.Document.ID, other.Document.FiscalYear, other.Document.AgencyName = hex.EncodeToString(sum[:]), year, agency
	other.Sources = []normalize.Source{{Path: file, DocumentID: other.Document.ID}}
	return &other
}

// smallDataset: an agency in two years, markup, and a document that failed.
func smallDataset(seed, hostile *normalize.Batch) []*normalize.Batch {
	agency := seed.Document.AgencyName
	failed := &normalize.Batch{Document: normalize.Document{Status: "failed", FailureClass: "encrypted", Kind: "other"}}
	return []*normalize.Batch{
		renamed(seed, 1, 2020, agency, "2020.pdf"), renamed(seed, 2, 2021, agency, "2021.pdf"),
		renamed(hostile, 3, 2021, "<b>OWNED</b>", hostileFile), renamed(failed, 4, 0, "", "locked.pdf"),
	}
}

func largeDataset(count int, batches ...*normalize.Batch) []*normalize.Batch {
	var dataset []*normalize.Batch
	for i := range count {
		batch := batches[i%len(batches)]
		agency := "第" + strconv.Itoa(i/3) + "局"
		dataset = append(dataset, renamed(batch, i, 2019+i%3, agency, "部门预算/"+strconv.Itoa(i)+"/"+agency+".pdf"))
	}
	return dataset
}

func indexOf(t *testing.T, batches []*normalize.Batch) []byte {
	index := inspect.NewIndex("reports")
	for i, batch := range batches {
		index.Add(batch, i%2 == 0)
	}
	var page bytes.Buffer
	if err := index.Write(&page, "0.1.0"); err != nil {
		t.Fatal(err)
	}
	return page.Bytes()
}

// longDocument puts real disclosures, or the seed many times, together to more
// than three hundred pages; empty when qpdf is not installed.
func longDocument(t *testing.T, folder string) string {
	qpdf, err := exec.LookPath("qpdf")
	if err != nil {
		t.Log("qpdf is not installed: no document of three hundred pages")
		return ""
	}
	const copies = 14 // of 23 pages
	parts := slices.Repeat([]string{seedFile}, copies)
	if real := longestDisclosures(); len(real) > 0 {
		parts = real
	}
	long := filepath.Join(folder, "long.pdf")
	if output, err := exec.Command(qpdf, append(append([]string{"--warning-exit-0", "--empty", "--pages"}, parts...), "--", long)...).CombinedOutput(); err != nil {
		t.Fatalf("qpdf: %v\n%s", err, output)
	}
	return long
}

// longestDisclosures are two of the corpus with 336 pages full of tables.
func longestDisclosures() []string {
	shared := os.Getenv("GONGKAI_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	var found []string
	for _, name := range []string{"002_北京/卫生健康委员会_2026年部门预算.pdf", "003_深圳/*水务局*.pdf"} {
		files, _ := filepath.Glob(filepath.Join(shared, "corpus", "pdf", name))
		if len(files) == 0 {
			return nil
		}
		found = append(found, files[0])
	}
	return found
}
