package main

import (
	"strings"
	"testing"
)

// TestRetryFindsMembersOfArchives reads failed members again, each from its
// archive and under its name, and leaves the others alone.
func TestRetryFindsMembersOfArchives(t *testing.T) {
	t.Chdir(t.TempDir())
	members := []member{{"2021/a.pdf", "3 pages"}, {"2021/b.pdf", "locked"}, {"2022/b.pdf", "1 pages"}}
	writeZip(t, "x.zip", members...)
	writeTar(t, "y.tgz", append(members[:2:2], member{"c.pdf", "4 pages"})...)
	if code, stderr := execute(t, "gongkai convert x.zip y.tgz -o out"); code != exitSome {
		t.Fatalf("exit code %d\n%s", code, stderr)
	}
	before := datasetFiles(t, "out")["csv/sources.csv"]
	code, stderr := execute(t, "gongkai retry out --password secret")
	if code != 0 || !strings.Contains(stderr, "documents  1 = 1 ok + 0 partial + 0 failed + 0 skipped") {
		t.Errorf("exit code %d\n%s", code, stderr)
	}
	if after := datasetFiles(t, "out")["csv/sources.csv"]; after != before || strings.Count(after, "!/2021/b.pdf,") != 2 {
		t.Errorf("sources are\n%s\nwere\n%s", after, before)
	}
	execute(t, "gongkai convert x.zip y.tgz -o whole --password secret")
	want := datasetFiles(t, "whole")
	for name, content := range datasetFiles(t, "out") {
		if want[name] != content {
			t.Errorf("%s differs from that of a run with the password", name)
		}
	}
}
