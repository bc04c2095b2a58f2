package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestSourceOfFile(t *testing.T) {
	for _, test := range []struct{ argument, want string }{
		{"a.pdf", "a.pdf"},
		{"./a.pdf", "a.pdf"},
		{"x/y/../a.pdf", "x/a.pdf"},
		{"../../x/a.pdf", "x/a.pdf"},
		{"/data/2021/a.pdf", "a.pdf"},
	} {
		if got := sourceOfFile(test.argument); got != test.want {
			t.Errorf("sourceOfFile(%q) = %q, want %q", test.argument, got, test.want)
		}
	}
}

// writeFiles writes files of text into the current folder.
func writeFiles(t *testing.T, files map[string]string) {
	t.Helper()
	for name, content := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// listed is "file source" of each input, and its content or the class of its failure.
func listed(t *testing.T, arguments ...string) []string {
	t.Helper()
	set, err := listInputs(arguments, strings.NewReader(""), false, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer set.Close()
	set.identify(&ledger{})
	var got []string
	for _, in := range set.inputs {
		content, failure := in.read(t.Context(), validators{})
		if failure != nil {
			content.bytes = []byte("!" + failure.Class)
		}
		got = append(got, strings.Join([]string{in.File, in.Source, string(content.bytes)}, " "))
	}
	return got
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestSourcesDoNotDependOnWhereTheFolderIs(t *testing.T) {
	place := filepath.Join(t.TempDir(), "2021")
	if err := os.Mkdir(place, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Chdir(place)
	writeFiles(t, map[string]string{"city/a.pdf": "A"})
	expect(t, listed(t, "."), "city/a.pdf 2021/city/a.pdf A")
	expect(t, listed(t, "../2021/"), "../2021/city/a.pdf 2021/city/a.pdf A")
	expect(t, listed(t, "city"), "city/a.pdf city/a.pdf A")
	expect(t, listed(t, filepath.Join(place, "city")), filepath.Join(place, "city/a.pdf")+" city/a.pdf A")
}

func TestSameSourceOtherBytes(t *testing.T) {
	t.Chdir(t.TempDir())
	// printf A | sha256sum begins with 559aead0, B with df7e70e5.
	writeFiles(t, map[string]string{"x/d/a.pdf": "A", "y/d/a.pdf": "B", "z/d/a.pdf": "A"})
	expect(t, listed(t, "x/d", "y/d"),
		"x/d/a.pdf d/a.pdf~559aead0 A", "y/d/a.pdf d/a.pdf~df7e70e5 B")
	expect(t, listed(t, "y/d", "x/d"),
		"y/d/a.pdf d/a.pdf~df7e70e5 B", "x/d/a.pdf d/a.pdf~559aead0 A")
	expect(t, listed(t, "x/d", "z/d"),
		"x/d/a.pdf d/a.pdf A", "z/d/a.pdf d/a.pdf A")
}

// member is one file to be packed.
type member struct{ name, content string }

func writeZip(t *testing.T, name string, members ...member) {
	t.Helper()
	var packed bytes.Buffer
	out := zip.NewWriter(&packed)
	for _, m := range members {
		header := &zip.FileHeader{Name: m.name, Method: zip.Deflate}
		writer, err := out.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(writer, m.content)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	writeFiles(t, map[string]string{name: packed.String()})
}

func writeTar(t *testing.T, name string, members ...member) {
	t.Helper()
	var packed bytes.Buffer
	var out io.WriteCloser = &nopCloser{&packed}
	if isCompressedTar(name) {
		out = gzip.NewWriter(&packed)
	}
	archive := tar.NewWriter(out)
	for _, m := range members {
		if err := archive.WriteHeader(&tar.Header{Name: m.name, Size: int64(len(m.content)), Mode: 0o666, Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		io.WriteString(archive, m.content)
	}
	archive.Close()
	out.Close()
	writeFiles(t, map[string]string{name: packed.String()})
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

func TestArchives(t *testing.T) {
	t.Chdir(t.TempDir())
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("预算公开.pdf")
	if err != nil {
		t.Fatal(err)
	}
	members := []member{
		{"2021/b.pdf", "B"}, {"2021/notes.txt", "no"}, {"a.PDF", "A"},
		{"../../etc/evil.pdf", "E"}, {"/etc/evil.pdf", "E"}, {`..\evil.pdf`, "E"}, {"__MACOSX/._a.pdf", "no"},
	}
	for _, name := range []string{"x.zip", "x.tar", "x.tar.gz", "x.tgz"} {
		if strings.HasSuffix(name, ".zip") {
			writeZip(t, name, append(members, member{gbk, "G"})...)
		} else {
			writeTar(t, name, append(members, member{"预算公开.pdf", "G"})...)
		}
		p := name + "!/"
		expect(t, listed(t, name),
			p+"2021/b.pdf "+p+"2021/b.pdf B",
			p+"a.PDF "+p+"a.PDF A",
			p+"../../etc/evil.pdf "+p+"../../etc/evil.pdf !archive",
			p+"/etc/evil.pdf "+p+"/etc/evil.pdf !archive",
			p+`..\evil.pdf `+p+`..\evil.pdf !archive`,
			p+"预算公开.pdf "+p+"预算公开.pdf G",
		)
	}
}

func TestArchivesThatDoHarm(t *testing.T) {
	t.Chdir(t.TempDir())
	zeros := strings.Repeat("\x00", 70<<20)
	writeZip(t, "bomb.zip", member{"good.pdf", "A"}, member{"bomb.pdf", zeros})
	expect(t, listed(t, "bomb.zip"),
		"bomb.zip!/good.pdf bomb.zip!/good.pdf A", "bomb.zip!/bomb.pdf bomb.zip!/bomb.pdf !limit")
	writeTar(t, "bomb.tar.gz", member{"good.pdf", "A"}, member{"bomb.pdf", zeros})
	expect(t, listed(t, "bomb.tar.gz"),
		"bomb.tar.gz!/good.pdf bomb.tar.gz!/good.pdf A", "bomb.tar.gz bomb.tar.gz !archive")

	writeTar(t, "whole.tar", member{"a.pdf", "A"}, member{"b.pdf", strings.Repeat("B", 5000)})
	whole, err := os.ReadFile("whole.tar")
	if err != nil {
		t.Fatal(err)
	}
	writeFiles(t, map[string]string{"cut.tar": string(whole[:2000]), "text.zip": "no archive", "text.tgz": "no archive"})
	expect(t, listed(t, "cut.tar", "text.zip", "text.tgz", "missing.zip"),
		"cut.tar!/a.pdf cut.tar!/a.pdf A",
		"cut.tar!/b.pdf cut.tar!/b.pdf !archive",
		"cut.tar cut.tar !archive",
		"text.zip text.zip !archive",
		"text.tgz text.tgz !archive",
		"missing.zip missing.zip !not_found")
}

func TestTarMembersOutOfOrder(t *testing.T) {
	t.Chdir(t.TempDir())
	writeTar(t, "x.tgz", member{"a.pdf", "A"}, member{"n.txt", "N"}, member{"b.pdf", "B"}, member{"c.pdf", "C"})
	set, err := listInputs([]string{"x.tgz"}, strings.NewReader(""), false, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer set.Close()
	for _, i := range []int{2, 0, 1, 1, 2} {
		content, failure := set.inputs[i].read(t.Context(), validators{})
		if want := []string{"A", "B", "C"}[i]; failure != nil || string(content.bytes) != want {
			t.Errorf("member %d: %q, %v; want %q", i, content.bytes, failure, want)
		}
	}
}

func TestParsePages(t *testing.T) {
	for _, test := range []struct {
		text, want string // pages 1 to 9 that are read
	}{
		{"", "123456789"}, {"5", "5"}, {"3-7", "34567"}, {"7-", "789"}, {"1,4-6, 9-", "14569"},
	} {
		pages, err := parsePages(test.text)
		if err != nil {
			t.Errorf("parsePages(%q): %v", test.text, err)
		}
		got := ""
		for number := 1; number <= 9; number++ {
			if filter := pages.filter(); filter == nil || filter(number) {
				got += string(rune('0' + number))
			}
		}
		if got != test.want {
			t.Errorf("parsePages(%q) reads %s, want %s", test.text, got, test.want)
		}
	}
	for _, text := range []string{"0", "-3", "a", "3-a", "7-3", "1,,2", "1-2-3"} {
		if pages, err := parsePages(text); err == nil {
			t.Errorf("parsePages(%q) = %v, want an error", text, pages)
		}
	}
}

// Names that Chinese Windows wrote are GBK, and other bytes may be anything; the
// dataset has valid UTF-8, and the file is found again.
func TestNamesInOtherBytes(t *testing.T) {
	t.Chdir(t.TempDir())
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("in/预算公开.pdf")
	if err != nil {
		t.Fatal(err)
	}
	writeFiles(t, map[string]string{gbk: "G", "in/\xff\x20b.pdf": "B", "in/预算公开.pdf": "U", "in/决算.pdf": "J"})
	set, err := listInputs([]string{"in", gbk}, strings.NewReader(""), false, nil)
	if err != nil {
		t.Fatal(err)
	}
	set.identify(&ledger{})
	var got []string
	for _, in := range set.inputs {
		name, isFile := fileOfLocation(in.Location)
		found, err := os.ReadFile(name)
		if !isFile || err != nil || !utf8.ValidString(in.Location) {
			t.Errorf("%s is not at %q: %v", in.File, in.Location, err)
		}
		got = append(got, in.Source+" "+string(found))
	}
	// printf G | sha256sum begins with 333e0a1e, U with a25513c7.
	// In order of bytes 预 is D4A4 in GBK, 决 E58686 and 预 E9A284 in UTF-8.
	expect(t, got, "in/预算公开.pdf~333e0a1e G", "in/决算.pdf J", "in/预算公开.pdf~a25513c7 U", "in/%FF b.pdf B", "in/预算公开.pdf~333e0a1e G")
}

func TestManyFilesInOneFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	const many = 10_000
	if err := os.Mkdir("in", 0o777); err != nil {
		t.Fatal(err)
	}
	for number := range many {
		if err := os.WriteFile(fmt.Sprintf("in/%05d.pdf", number), fmt.Append(nil, number), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	begun := time.Now()
	got := listed(t, "in")
	if len(got) != many || got[0] != "in/00000.pdf in/00000.pdf 0" || got[many-1] != "in/09999.pdf in/09999.pdf 9999" {
		t.Errorf("%d inputs, the last is %s", len(got), got[len(got)-1])
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}
