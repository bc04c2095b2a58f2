package content

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// pdfOf writes objects, numbered from 1, as a sound file whose catalog is object 1.
func pdfOf(objects ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(objects))
	for i, object := range objects {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return out.Bytes()
}

// streamOf writes a stream object with further entries in its dictionary.
func streamOf(entries string, data []byte) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", entries, len(data), data)
}

// deflate packs n repetitions of a text.
func deflate(text string, n int) []byte {
	var out bytes.Buffer
	w, _ := zlib.NewWriterLevel(&out, zlib.BestSpeed)
	block := []byte(strings.Repeat(text, 1<<16/len(text)+1))
	for left := n * len(text); left > 0; left -= len(block) {
		_, _ = w.Write(block[:min(left, len(block))])
	}
	_ = w.Close()
	return out.Bytes()
}

// pageWith is a catalog, a page tree and a page whose resources and contents
// are objects 4 and 5.
func pageWith(resources, contents string, more ...string) []byte {
	return pdfOf(append([]string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
		"<< /Type /Page /Parent 2 0 R /Resources 4 0 R /Contents 5 0 R >>",
		resources, contents,
	}, more...)...)
}

// objectStreamFile is a file whose catalog lies in an object stream with the
// given packed bytes; its cross-reference table is missing.
func objectStreamFile(entries string, packed []byte) []byte {
	return []byte("%PDF-1.7\n9 0 obj\n" + streamOf("/Type /ObjStm "+entries, packed) + "\nendobj\n")
}

// crossReferenceStreamFile is a file whose table is a stream.
func crossReferenceStreamFile(entries string, packed []byte) []byte {
	head := "%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [] >> endobj\n"
	return []byte(head + "3 0 obj\n" + streamOf("/Type /XRef /Root 1 0 R "+entries, packed) + fmt.Sprintf("\nendobj\nstartxref\n%d\n%%%%EOF", len(head)))
}

// bombs are files that ask for more than they are worth.
func bombs() map[string][]byte {
	gigabyte := deflate("0 0 m ", 180_000_000)
	var twice bytes.Buffer
	w := zlib.NewWriter(&twice)
	_, _ = w.Write(gigabyte)
	_ = w.Close()
	tree := []string{"<< /Type /Catalog /Pages 2 0 R >>"}
	for i := range 70 {
		tree = append(tree, fmt.Sprintf("<< /Type /Pages /Kids [%d 0 R %d 0 R] /Count 2 >>", i+3, i+3))
	}
	forms := []string{}
	for i := range 14 {
		forms = append(forms, streamOf(fmt.Sprintf("/Subtype /Form /Resources << /XObject << /F %d 0 R >> >>", i+7), []byte(strings.Repeat("/F Do ", 60))))
	}
	bigForm := streamOf("/Subtype /Form /Filter /FlateDecode", deflate("q Q ", 10_000_000))
	tail := func(table string) []byte {
		head := pageWith("<< >>", streamOf("", []byte("q Q")))
		head = head[:bytes.LastIndex(head, []byte("xref\n0 "))]
		return append(head, fmt.Sprintf("%sstartxref\n%d\n%%%%EOF", table, len(head))...)
	}
	ring := pageWith("<< >>", streamOf("", []byte("q Q")))
	start := bytes.LastIndex(ring, []byte("xref\n0 "))
	ring = bytes.Replace(ring, []byte("/Root 1 0 R >>"), fmt.Appendf(nil, "/Root 1 0 R /Prev %d >>", start), 1)
	font := func(entries string, more ...string) []byte {
		return pageWith("<< /Font << /F 6 0 R >> >>", streamOf("", []byte("BT /F 9 Tf <0001> Tj ET")), append([]string{"<< /Type /Font " + entries + " >>"}, more...)...)
	}
	return map[string][]byte{
		"flate":                    pageWith("<< >>", streamOf("/Filter /FlateDecode", gigabyte)),
		"flate in flate":           pageWith("<< >>", streamOf("/Filter [/FlateDecode /FlateDecode]", twice.Bytes())),
		"one stream 1000 times":    bytes.Replace(pageWith("<< >>", streamOf("/Filter /FlateDecode", deflate("0 0 m ", 9_000_000))), []byte("/Contents 5 0 R"), []byte("/Contents ["+strings.Repeat("5 0 R ", 1000)+"]"), 1),
		"85 z":                     pageWith("<< >>", streamOf("/Filter [/FlateDecode /ASCII85Decode]", deflate("z", 500_000_000))),
		"run length":               pageWith("<< >>", streamOf("/Filter [/FlateDecode /RunLengthDecode]", deflate("\x81q", 60_000_000))),
		"hundred filters":          pageWith("<< >>", streamOf("/Filter ["+strings.Repeat("/RunLengthDecode ", 100)+"]", bytes.Repeat([]byte("\x81\x81"), 1000))),
		"wide predictor":           pageWith("<< >>", streamOf("/Filter /FlateDecode /DecodeParms << /Predictor 12 /Colors 32 /BitsPerComponent 16 /Columns 1048576 >>", gigabyte)),
		"object stream of numbers": objectStreamFile("/N 1 /First 4 /Filter /FlateDecode", deflate("1 0 [ ", 100_000_000)),
		"object stream of members": objectStreamFile("/N 50000000 /First 60000000 /Filter /FlateDecode", deflate("1 0 ", 20_000_000)),
		"table stream of zeros":    crossReferenceStreamFile("/Size 2000000000 /W [0 1 0] /Filter /FlateDecode", deflate("\x00", 1_000_000_000)),
		"table stream, wide":       crossReferenceStreamFile("/Size 2000000000 /W [1 1000000000 1] /Filter /FlateDecode", deflate("\x00", 1000)),
		"table stream, many parts": crossReferenceStreamFile("/Size 9 /W [1 2 1] /Index ["+strings.Repeat("0 1000000000 ", 50_000)+"]", []byte("\x00\x00\x00\x00")),
		"huge subsection start":    tail("xref\n2147483640 1\n0000000000 65535 f \ntrailer << /Size 2147483647 /Root 1 0 R >>\n"),
		"huge subsection count":    tail("xref\n0 2000000000\n0000000000 65535 f \ntrailer << /Size 2000000000 /Root 1 0 R >>\n"),
		"huge size":                tail("xref\n0 1\n0000000000 65535 f \ntrailer << /Size 2000000000 /Root 1 0 R >>\n"),
		"previous is itself":       ring,
		"page tree of doubles":     pdfOf(tree...),
		"page tree ring":           pdfOf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Parent 2 0 R /Count 9 >>"),
		"forms of forms":           pageWith("<< /XObject << /F 6 0 R >> >>", streamOf("", []byte("/F Do")), forms...),
		"form within itself":       pageWith("<< /XObject << /F 6 0 R >> >>", streamOf("", []byte("/F Do")), streamOf("/Subtype /Form /Resources 4 0 R", []byte("/F Do /F Do /F Do"))),
		"big form again and again": pageWith("<< /XObject << /F 6 0 R >> >>", streamOf("/Filter /FlateDecode", deflate("/F Do ", 1_000_000)), bigForm),
		"nested arrays":            pageWith("<< /XObject "+strings.Repeat("[", 5_000_000), streamOf("", []byte("q"))),
		"nested dictionaries":      pageWith(strings.Repeat("<< /A ", 2_000_000), streamOf("", []byte("q"))),
		"operands":                 pageWith("<< >>", streamOf("/Filter /FlateDecode", deflate("[(a) 1 ", 9_000_000))),
		"nested strings":           pageWith("<< >>", streamOf("/Filter /FlateDecode", deflate("(", 60_000_000))),
		"states":                   pageWith("<< >>", streamOf("/Filter /FlateDecode", deflate("q ", 30_000_000))),
		"path":                     pageWith("<< >>", streamOf("/Filter /FlateDecode", deflate("1 1 l ", 10_000_000))),
		"unclosed strings":         []byte("%PDF-1.4\n" + strings.Repeat("1 0 obj (", 500_000)),
		"unclosed before streams":  []byte("%PDF-1.4\n" + strings.Repeat("1 0 obj (stream ", 500_000)),
		"streams without end":      []byte("%PDF-1.4\n" + strings.Repeat("1 0 obj << >> stream\n", 300_000)),
		"trailers":                 []byte("%PDF-1.4\n1 0 obj <<>> endobj\n" + strings.Repeat("trailer ( ", 500_000)),
		"blanks":                   []byte("%PDF-1.4\n1 0 obj <<>> endobj\n" + strings.Repeat(" ", 9_000_000) + "0 0 obj\nstartxref\n30\n%%EOF"),
		"percent signs":            []byte("%PDF-1.4\n" + strings.Repeat("9 0 obj %", 1_000_000)),
		"length ring":              pageWith("<< >>", "<< /Length 5 0 R >> stream\nq Q\nendstream"),
		"reference ring":           pageWith("6 0 R", streamOf("", []byte("q")), "7 0 R", "6 0 R"),
		"character map of ranges":  font("/Subtype /Type0 /Encoding /Identity-H /ToUnicode 7 0 R", streamOf("/Filter /FlateDecode", append([]byte(nil), deflate("1 beginbfrange <0000> <ffff> <0000> endbfrange ", 1_200_000)...))),
		"widths":                   font("/Subtype /Type0 /Encoding /Identity-H /DescendantFonts [<< /W [" + strings.Repeat("0 2000000000 5 ", 100_000) + "] >>]"),
		"many fonts":               pageWith("<< /Font << /F << /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R >> >> >>", streamOf("", []byte("BT /F 9 Tf <0001> Tj ET")), streamOf("/Filter /FlateDecode", deflate("1 beginbfchar <00> <00> endbfchar ", 2_000_000))),
	}
}

// TestBombs: whatever a file claims, reading it ends within seconds, in less
// than a gigabyte.
func TestBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("packs and unpacks gigabytes")
	}
	for name, data := range bombs() {
		t.Run(name, func(t *testing.T) {
			runtime.GC()
			done := make(chan string, 1)
			start := time.Now()
			peak := watchMemory(done)
			f, err := Open(context.Background(), data, Options{Guarded: true})
			outcome := fmt.Sprint(err)
			if err == nil {
				outcome = fmt.Sprint(f.Pages(), " pages")
				for number := 1; number <= min(f.Pages(), 20); number++ {
					_, remarks, err := f.Page(number)
					outcome = fmt.Sprint(outcome, remarks, err)
				}
			}
			close(done)
			took, top := time.Since(start), <-peak
			t.Logf("%-26s %d KB in, %v, %d MB: %.150s", name, len(data)>>10, took.Round(time.Millisecond), top>>20, outcome)
			if took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			if top > 1<<30 {
				t.Errorf("took %d MB", top>>20)
			}
		})
	}
}

// watchMemory tells the most heap in use until done is closed.
func watchMemory(done <-chan string) <-chan uint64 {
	peak := make(chan uint64, 1)
	go func() {
		var stats runtime.MemStats
		var most uint64
		for {
			runtime.ReadMemStats(&stats)
			most = max(most, stats.HeapInuse)
			select {
			case <-done:
				peak <- most
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return peak
}
