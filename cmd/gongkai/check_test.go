package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
)

// seedPDF is a real disclosure whose 三公 table contradicts itself and the text.
var seedPDF = filepath.Join("..", "..", "fixtures", "seed-qinhuangdao-2021", "chromium.pdf")

func runCheck(t *testing.T, arguments ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errors bytes.Buffer
	code = run(context.Background(), append([]string{"gongkai"}, arguments...), strings.NewReader(""), &out, &errors)
	return code, out.String(), errors.String()
}

// TestCheckReport: the sum that fails is told in numbers, with its page and table.
func TestCheckReport(t *testing.T) {
	code, report, stderr := runCheck(t, "check", seedPDF, "--rules", "T08", "--progress", "none")
	if code != exitOK {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	for _, want := range []string{
		"秦皇岛市科学技术协会, department_budget, 2021",
		"2.23 ≠ 1.93 + 0.30 + 0.20 (= 2.43) [万元]",
		"0.30 ≠ 1.93",
		"page 10, 部门预算财政拨款“三公”经费支出表 (three_public)",
	} {
		if !strings.Contains(report, want) {
			t.Errorf("the report lacks %q:\n%s", want, report)
		}
	}
	if strings.Contains(report, "T15") || strings.Contains(report, "X08") {
		t.Errorf("--rules T08 lists other rules:\n%s", report)
	}
}

// TestCheckFails: --fail-on ends with 6 when a finding is that bad, and only then.
func TestCheckFails(t *testing.T) {
	for _, test := range []struct {
		arguments string
		want      int
	}{
		{"--fail-on error", exitFindings},
		{"--fail-on warn --format jsonl", exitFindings},
		{"--fail-on error --rules T05,T02", exitOK},
		{"--fail-on warn --rules X09", exitFindings},
		{"--fail-on error --rules X09", exitOK},
		{"--fail-on info", exitUsage},
		{"--rules T99", exitUsage},
		{"--explain nothing", exitUsage},
	} {
		arguments := append([]string{"check", seedPDF, "--progress", "none"}, strings.Fields(test.arguments)...)
		if code, _, stderr := runCheck(t, arguments...); code != test.want {
			t.Errorf("check %s: exit code %d, want %d: %s", test.arguments, code, test.want, stderr)
		}
	}
}

// TestCheckDataset: a dataset is reported from what convert left in it, with the
// same findings.
func TestCheckDataset(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "dataset")
	if code, _, stderr := runCheck(t, "convert", seedPDF, "-o", folder, "--progress", "none"); code != exitOK {
		t.Fatalf("convert: exit code %d: %s", code, stderr)
	}
	_, read, _ := runCheck(t, "check", seedPDF, "--progress", "none")
	code, kept, stderr := runCheck(t, "check", folder, "--progress", "none")
	if code != exitOK {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	_, readBody, _ := strings.Cut(read, "\n")
	_, keptBody, _ := strings.Cut(kept, "\n")
	if readBody != keptBody || !strings.Contains(keptBody, "T08") {
		t.Errorf("the dataset says\n%s\nthe document\n%s", kept, read)
	}
}

func TestExplain(t *testing.T) {
	for rule, want := range map[string]string{"t08": "三公", "U01": "currency unit", "X02": "支出总表"} {
		if code, text, stderr := runCheck(t, "check", "--explain", rule); code != exitOK || !strings.Contains(text, want) {
			t.Errorf("--explain %s: exit code %d, %q %s", rule, code, text, stderr)
		}
	}
}
