package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// codesOutput runs gongkai codes and gives stdout.
func codesOutput(t *testing.T, wantCode int, arguments ...string) string {
	t.Helper()
	var out, messages bytes.Buffer
	run := &session{stdin: strings.NewReader(""), stdout: &out, stderr: &messages}
	if code := run.finish(run.run(t.Context(), append([]string{"gongkai", "codes"}, arguments...))); code != wantCode {
		t.Fatalf("codes %v: exit code %d, want %d: %s", arguments, code, wantCode, messages.String())
	}
	return out.String()
}

func TestCodesLookup(t *testing.T) {
	path := "206 科学技术支出 › 20607 科学技术普及 › 2060702 科普活动"
	if out := codesOutput(t, exitOK, "lookup", "2060702", "--year", "2021"); !strings.HasPrefix(out, path+"\n") || !strings.Contains(out, "edition 2019-2025") || !strings.Contains(out, "confidence ") || !strings.Contains(out, "source: ") {
		t.Errorf("lookup 2060702 says %s", out)
	}
	var entry map[string]string
	if err := json.Unmarshal([]byte(codesOutput(t, exitOK, "lookup", "2060702", "--year", "2021", "--format", "jsonl")), &entry); err != nil {
		t.Fatal(err)
	}
	if entry["path"] != path || entry["name"] != "科普活动" || entry["parent"] != "20607" {
		t.Errorf("as JSON it is %v", entry)
	}
	// 30311 was 住房公积金 until the reform of 2018, which moved that to 30113.
	for year, name := range map[string]string{"2016": "30311 住房公积金", "2021": "30311 代缴社会保险费"} {
		if out := codesOutput(t, exitOK, "--year", year, "lookup", "30311"); !strings.Contains(out, name) {
			t.Errorf("30311 in %s is %s", year, out)
		}
	}
	if out := codesOutput(t, exitUsage, "lookup", "999"); out != "" {
		t.Errorf("an unknown code gives %s", out)
	}
	codesOutput(t, exitUsage, "lookup")
	codesOutput(t, exitUsage, "guess", "206")
	codesOutput(t, exitUsage, "list", "taxes")
	codesOutput(t, exitUsage, "search", "科普", "--scheme", "taxes")
}

func TestCodesSearchAndList(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(codesOutput(t, exitOK, "search", "科普活动", "--year", "2021", "--format", "csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || rows[1][2] != "2060702" {
		t.Errorf("search finds %v", rows)
	}
	list := codesOutput(t, exitOK, "list", "functional_expenditure", "--year", "2021")
	if !strings.Contains(list, "\n206 科学技术支出\n") || strings.Contains(list, "edition 2009") && strings.Contains(list, "\n206 科学技术\n") {
		t.Error("the list of 2021 is not that of its edition")
	}
}

// TestCodesObserve: documents and places are counted once, what is
// not listed is to be added, a project's own name attests nothing.
func TestCodesObserve(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFiles(t, map[string]string{"data/csv/budget_lines.csv": "\ufefffiscal_year,code_scheme,code,name,code_status,document_id,admin_division\n" +
		"2021,functional_expenditure,2060702,科普活动,exact,d1,130300\n" +
		"2021,functional_expenditure,2060702,科普活动,exact,d1,130300\n" +
		"2021,functional_expenditure,2060702,科普活动,exact,d2,310107\n" +
		"2021,functional_expenditure,2060702,流动科技馆,exact,d2,310107\n" +
		"2021,economic_department,30199,其他工资福利支出,exact,d2,310107\n" +
		"2021,economic_department,3019901,编外人员经费,prefix,d2,310107\n" +
		"2021,,,合计,none,d2,310107\n"})
	rows, err := csv.NewReader(strings.NewReader(codesOutput(t, exitOK, "observe", "data", "--format", "csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, row := range rows[1:] {
		got = append(got, append(row[:7:7], row[len(row)-1]))
	}
	want := [][]string{
		{"2021", "economic_department", "30199", "其他工资福利支出", "1", "1", "310107", ""},
		{"2021", "economic_department", "3019901", "编外人员经费", "1", "1", "310107", "add"},
		{"2021", "functional_expenditure", "2060702", "科普活动", "2", "2", "130300 310107", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if out := codesOutput(t, exitOK, "observe", "data", "--scheme", "economic_department"); strings.Count(out, "\n") != 2 || !strings.Contains(out, "→ add") {
		t.Errorf("as text: %s", out)
	}
	codesOutput(t, exitUsage, "observe", "nowhere")
}
