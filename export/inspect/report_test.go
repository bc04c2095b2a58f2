package inspect_test

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"

	"gongkai/export/inspect"
	"gongkai/extract"
	"gongkai/normalize"
	"gongkai/normalize/check"
	"gongkai/normalize/codebook"
)

const (
	seedFile     = "../../fixtures/seed-qinhuangdao-2021/writer.pdf"
	hostileNames = "../../fixtures/hostile-names/markup.pdf"
)

// sample is a document that was read for a report.
type sample struct {
	document *extract.Document
	batch    *normalize.Batch
}

// read reads a file under a name of the test's choice.
func read(t *testing.T, file, name string) sample {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	document, err := extract.Read(context.Background(), extract.NewSource(name, file, content), extract.Options{KeepPages: true})
	if err != nil {
		t.Fatal(err)
	}
	book, err := codebook.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	batch := normalize.Normalize(document, book)
	check.Check(batch)
	batch.Document.ExtractorVersion = "0.1.0"
	return sample{document, batch}
}

func (s sample) report(t *testing.T) []byte {
	t.Helper()
	var page bytes.Buffer
	if err := inspect.Report(&page, s.document, s.batch, inspect.Options{}); err != nil {
		t.Fatal(err)
	}
	return page.Bytes()
}

func TestReportIsDeterministic(t *testing.T) {
	if !bytes.Equal(read(t, seedFile, "writer.pdf").report(t), read(t, seedFile, "writer.pdf").report(t)) {
		t.Error("two readings of one document give different reports")
	}
}

var dataBlock = regexp.MustCompile(`(?s)<script type="application/json" id="(\w+)">(.*?)</script>`)

// blocks are the data blocks of a page by id.
func blocks(page []byte) map[string]string {
	found := map[string]string{}
	for _, match := range dataBlock.FindAllSubmatch(page, -1) {
		found[string(match[1])] = string(match[2])
	}
	return found
}

func TestReportHoldsThePageAndItsTables(t *testing.T) {
	found := blocks(read(t, seedFile, "writer.pdf").report(t))
	for _, id := range []string{"overview", "page1", "page23", "table1", "table12"} {
		if !json.Valid([]byte(found[id])) {
			t.Errorf("block %s is no JSON: %.80s", id, found[id])
		}
	}
	if !strings.Contains(found["page10"], "三、公务接待费") || !strings.Contains(found["table7"], "三、公务接待费") {
		t.Error("table 7 on page 10 prints 三、公务接待费; page and table must hold it")
	}
}

// Of each node of a tree the report prints the sum of its parts. In table 3 of the
// seed 20607 is printed 604.42, of which 项目支出 89.80, and holds one item.
func TestTreeAddsUpParts(t *testing.T) {
	var table struct {
		Trees []struct {
			Columns []struct{ Path string }
			Nodes   []struct {
				Code   string
				Values []struct{ Printed, Sum, Agrees string }
			}
		}
	}
	if err := json.Unmarshal([]byte(blocks(read(t, seedFile, "writer.pdf").report(t))["table3"]), &table); err != nil {
		t.Fatal(err)
	}
	seen := false
	for _, tree := range table.Trees {
		for _, node := range tree.Nodes {
			if node.Code != "20607" {
				continue
			}
			for i, column := range tree.Columns {
				if column.Path != "项目支出" {
					continue
				}
				seen = true
				if v := node.Values[i]; v.Printed != "89.80" || v.Sum != "89.80" || v.Agrees != "pass" {
					t.Errorf("20607 项目支出: %+v", v)
				}
			}
		}
	}
	if !seen {
		t.Error("no node 20607 with a column 项目支出")
	}
}

// In the text of the seed 公务接待费 is 0.30 万元, where table 7 has 0.20; the fixed
// assets are 104.25 万元 in both.
func TestAmountsOfTheTextShowWhatTheyAgreeWith(t *testing.T) {
	var overview struct {
		Sections []struct {
			Facts []struct {
				Subject, Amount, Agreement string
				Cells                      []string
			}
		}
	}
	if err := json.Unmarshal([]byte(blocks(read(t, seedFile, "writer.pdf").report(t))["overview"]), &overview); err != nil {
		t.Fatal(err)
	}
	agreement := map[string]string{}
	for _, section := range overview.Sections {
		for _, fact := range section.Facts {
			agreement[fact.Subject+" "+fact.Amount] = fact.Agreement
		}
	}
	for fact, want := range map[string]string{"三公/公务接待费 3000.00": "fail", "国有资产/固定资产 1042500.00": "pass", "三公 1000.00": "none"} {
		if agreement[fact] != want {
			t.Errorf("%s: %q, want %s; all: %v", fact, agreement[fact], want, agreement)
		}
	}
}

func TestHostileNamesStayData(t *testing.T) {
	page := string(read(t, hostileNames, hostileFile).report(t))
	if n := strings.Count(page, "<script"); n != len(dataBlock.FindAllString(page, -1))+1 {
		t.Errorf("%d scripts; the file has one besides its data", n)
	}
	if strings.Contains(page, "<img") || strings.Contains(page, "<iframe") || strings.Contains(page, "<svg ") {
		t.Error("markup of the document stands in the file")
	}
}

func TestReportOfAFailedDocument(t *testing.T) {
	batch := &normalize.Batch{Document: normalize.Document{ID: strings.Repeat("ab", 32), Status: "failed", FailureStage: "open", FailureClass: "encrypted", FailureMessage: "the document is <encrypted>"}}
	var page bytes.Buffer
	if err := inspect.Report(&page, nil, batch, inspect.Options{}); err != nil {
		t.Fatal(err)
	}
	overview := blocks(page.Bytes())["overview"]
	for _, part := range []string{`"failure_class":"encrypted"`, `"pages":[]`, `"tables":[]`} {
		if !strings.Contains(overview, part) {
			t.Errorf("no %s in %s", part, overview)
		}
	}
}

func TestReportNamesItsGenerator(t *testing.T) {
	want := `<meta name="generator" content="` + html.EscapeString(inspect.Generator("0.1.0")) + `">`
	if !strings.Contains(string(read(t, hostileNames, "a.pdf").report(t)[:4096]), want) {
		t.Errorf("no %s near the start", want)
	}
}

func TestPicturesStandInTheReport(t *testing.T) {
	s := read(t, hostileNames, "a.pdf")
	var page bytes.Buffer
	err := inspect.Report(&page, s.document, s.batch, inspect.Options{Pictures: map[int]inspect.Picture{1: {Type: "image/png", Bytes: []byte("\x89PNG")}}})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(blocks(page.Bytes())["page1"], `"picture":"data:image/png;base64,iVBORw=="`) {
		t.Error("the picture is not in the data of page 1")
	}
}
