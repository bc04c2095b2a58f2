package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"
)

// zeroBlock is a megabyte of zeros as a part of a deflate stream, which may be
// repeated: zeros need no more of what came before than zeros.
func zeroBlock(t *testing.T) []byte {
	t.Helper()
	var packed bytes.Buffer
	writer, err := flate.NewWriter(&packed, flate.BestCompression)
	if err == nil {
		_, err = writer.Write(make([]byte, 1<<20))
	}
	if err == nil {
		err = writer.Flush()
	}
	if err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

// lastBlock ends a deflate stream.
var lastBlock = []byte{3, 0}

const tenGigabytes = 10 << 30

// TestTenGigabytesOfZeros meets a member that unpacks to ten gigabytes, and one
// that says it is small and is not.
func TestTenGigabytesOfZeros(t *testing.T) {
	t.Chdir(t.TempDir())
	zeros := append(bytes.Repeat(zeroBlock(t), tenGigabytes>>20), lastBlock...)
	var packed bytes.Buffer
	out := zip.NewWriter(&packed)
	for name, size := range map[string]uint64{"honest.pdf": tenGigabytes, "small.pdf": 1000} {
		member, err := out.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, UncompressedSize64: size, CompressedSize64: uint64(len(zeros))})
		if err != nil {
			t.Fatal(err)
		}
		member.Write(zeros)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}

	var head bytes.Buffer // of a tar archive, as the beginning of the deflate stream
	writer, err := flate.NewWriter(&head, flate.NoCompression)
	if err != nil {
		t.Fatal(err)
	}
	if err := tar.NewWriter(writer).WriteHeader(&tar.Header{Name: "bomb.pdf", Size: tenGigabytes, Mode: 0o666, Typeflag: tar.TypeReg}); err != nil {
		t.Fatal(err)
	}
	writer.Flush()
	gzipHead := "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
	writeFiles(t, map[string]string{"x.zip": packed.String(), "x.tar.gz": gzipHead + head.String() + string(zeros)})

	begun := time.Now()
	got := listed(t, "x.zip")
	for _, want := range []string{"x.zip!/honest.pdf x.zip!/honest.pdf !limit", "x.zip!/small.pdf x.zip!/small.pdf !archive"} {
		if !strings.Contains(strings.Join(got, "\n"), want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
	expect(t, listed(t, "x.tar.gz"), "x.tar.gz x.tar.gz !archive")
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}

// TestArchivesSayWhatTheyLeaveOut meets links, devices and archives in archives:
// each is accounted for with a reason, though nothing of it is read.
func TestArchivesSayWhatTheyLeaveOut(t *testing.T) {
	t.Chdir(t.TempDir())
	var packed bytes.Buffer
	archive := tar.NewWriter(&packed)
	for _, header := range []tar.Header{
		{Name: "soft.pdf", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"},
		{Name: "hard.pdf", Typeflag: tar.TypeLink, Linkname: "../../etc/passwd"},
		{Name: "fifo.pdf", Typeflag: tar.TypeFifo},
		{Name: "folder.pdf/", Typeflag: tar.TypeDir},
		{Name: "inner.zip", Typeflag: tar.TypeReg},
		{Name: "notes.txt", Typeflag: tar.TypeReg},
	} {
		if err := archive.WriteHeader(&header); err != nil {
			t.Fatal(err)
		}
	}
	archive.Close()
	var zipped bytes.Buffer
	out := zip.NewWriter(&zipped)
	link := &zip.FileHeader{Name: "soft.pdf"}
	link.SetMode(fs.ModeSymlink | 0o777)
	for _, header := range []*zip.FileHeader{link, {Name: "inner.tar.gz"}, {Name: "folder.pdf/"}} {
		member, err := out.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(header.Name, "/") {
			io.WriteString(member, "/etc/passwd")
		}
	}
	out.Close()
	writeFiles(t, map[string]string{"x.tar": packed.String(), "x.zip": zipped.String()})
	expect(t, listed(t, "x.tar", "x.zip"),
		"x.tar!/soft.pdf x.tar!/soft.pdf !archive", "x.tar!/hard.pdf x.tar!/hard.pdf !archive",
		"x.tar!/fifo.pdf x.tar!/fifo.pdf !archive", "x.tar!/inner.zip x.tar!/inner.zip !archive",
		"x.zip!/soft.pdf x.zip!/soft.pdf !archive", "x.zip!/inner.tar.gz x.zip!/inner.tar.gz !archive")
}

// TestArchiveOfManyMembers has more members than 16 bits count: zip64.
func TestArchiveOfManyMembers(t *testing.T) {
	t.Chdir(t.TempDir())
	var packed bytes.Buffer
	out := zip.NewWriter(&packed)
	const many = 1<<16 + 1
	for number := range many {
		name := fmt.Sprintf("%d.txt", number)
		if number == many-1 {
			name = "last.pdf"
		}
		member, err := out.CreateHeader(&zip.FileHeader{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(member, "A")
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	writeFiles(t, map[string]string{"x.zip": packed.String()})
	expect(t, listed(t, "x.zip"), "x.zip!/last.pdf x.zip!/last.pdf A")
}
