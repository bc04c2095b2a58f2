package content

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// twoPages is a file of two pages that say A and B; the font of B comes last.
func twoPages() []byte {
	return pdfOf(
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 /MediaBox [0 0 595 842] >>",
		"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F 7 0 R >> >> /Contents 4 0 R >>",
		streamOf("", []byte("BT /F 9 Tf 50 50 Td (A) Tj ET")),
		"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F 8 0 R >> >> /Contents 6 0 R >>",
		streamOf("", []byte("BT /F 9 Tf 50 50 Td (B) Tj ET")),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
	)
}

// said opens a file and returns what its pages say and what is odd about them.
func said(t testing.TB, data []byte, options Options) string {
	t.Helper()
	f, err := Open(context.Background(), data, options)
	if err != nil {
		return err.(*Error).Class
	}
	var out strings.Builder
	for _, remark := range f.Remarks {
		out.WriteString(remark.Rule + " ")
	}
	for number := 1; number <= f.Pages(); number++ {
		page, remarks, err := f.Page(number)
		if err != nil {
			out.WriteString("!" + err.(*Error).Class)
			continue
		}
		for _, glyph := range page.Glyphs {
			out.WriteString(glyph.Text)
		}
		for _, remark := range remarks {
			if remark.Class != "" {
				out.WriteString("?" + remark.Class)
			}
		}
	}
	return out.String()
}

// TestOpenDamaged: what a reader gets from files as damaged ones arrive. A
// question mark stands for a page with something missing, an exclamation mark
// for a missing page.
func TestOpenDamaged(t *testing.T) {
	whole := twoPages()
	end := bytes.LastIndex(whole, []byte("xref\n0"))
	startxref := bytes.LastIndex(whole, []byte("startxref"))
	at := func(text string) int { return bytes.Index(whole, []byte(text)) }
	replace := func(old, new string) []byte { return bytes.ReplaceAll(whole, []byte(old), []byte(new)) }
	shifted := regexp.MustCompile(`(?m)^0000(\d{6}) 00000 n`).ReplaceAllFunc(whole, func(line []byte) []byte {
		var offset int
		_, _ = fmt.Sscanf(string(line[:10]), "%010d", &offset)
		return fmt.Appendf(nil, "%010d 00000 n", offset+3)
	})
	embedded := pdfOf("<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
		"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F 5 0 R >> >> /Contents 4 0 R >>",
		streamOf("", []byte("BT /F 9 Tf 50 50 Td (C) Tj ET")),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		streamOf("/Type /EmbeddedFile", twoPages()))
	update := append(bytes.Clone(whole), "4 0 obj "+streamOf("", []byte("BT /F 9 Tf 50 50 Td (X) Tj ET"))+" endobj\n"...)
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"whole", whole, "AB"},
		{"a mail header before it", append([]byte("Content-Type: application/pdf\r\n\r\n"), whole...), "AB"},
		{"padding behind it", append(bytes.Clone(whole), make([]byte, 3000)...), "AB"},
		{"PDF 2.0", replace("%PDF-1.7", "%PDF-2.0"), "AB"},
		{"unknown version", replace("%PDF-1.7", "%PDF-9.x"), "AB"},
		{"offsets too large by three", shifted, "R04 AB"},
		{"startxref wrong", replace("startxref\n", "startxref\n1"), "R04 AB"},
		{"no cross-reference table", whole[:end], "R04 AB"},
		{"no startxref", whole[:startxref], "R04 AB"},
		{"line ends turned to CR LF", replace("\n", "\r\n"), "R04 AB"},
		{"seventeen bytes in the middle", replace("7 0 obj", "                 7 0 obj"), "R04 AB"},
		{"no trailer, no catalog", replace("/Type /Catalog", "/Type /Nothing")[:end], "R04 AB"},
		{"cut behind the first page", whole[:at("5 0 obj")], "R04 A?truncated!truncated"},
		{"cut before the second font", whole[:at("8 0 obj")], "R04 AB?truncated"},
		{"cut before the pages", whole[:at("3 0 obj")], "truncated"},
		{"cut within the header", whole[:7], "truncated"},
		{"length too small", replace("/Length 29", "/Length  9"), "AB"},
		{"length too large", replace("/Length 29", "/Length 99"), "AB"},
		{"length missing", replace("/Length 29", "/Lengtx 29"), "AB"},
		{"length in an object that is not there", replace("/Length 29", "/Length 9 0 R"), "R04 AB"},
		{"brackets missing", replace("/F 7 0 R >> >> /Contents 4 0 R >>", "/F 7 0 R >> >> /Contents 4 0 R"), "R04 AB"},
		{"update without a table", update, "AB"},
		{"update, and the table is cut off", append(bytes.Clone(whole[:end]), update[len(whole):]...), "R04 XB"},
		{"a file within it", embedded, "C"},
		{"a file within it, no table", embedded[:bytes.LastIndex(embedded, []byte("xref\n0"))], "R04 C"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := said(t, test.data, Options{}); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestObjectStreamsWithoutTable: the objects are found inside the streams too;
// the one that stands later in the file counts.
func TestObjectStreamsWithoutTable(t *testing.T) {
	members := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
		"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F 5 0 R >> >> /Contents 4 0 R >>",
	}
	var head, body strings.Builder
	for i, member := range members {
		fmt.Fprintf(&head, "%d %d ", i+1, body.Len())
		body.WriteString(member + " ")
	}
	stream := streamOf(fmt.Sprintf("/Type /ObjStm /N 3 /First %d", head.Len()), []byte(head.String()+body.String()))
	old := "4 0 obj " + streamOf("", []byte("BT (old) Tj ET")) + " endobj\n3 0 obj null endobj\n"
	data := "%PDF-1.5\n" + old + "9 0 obj " + stream + " endobj\n4 0 obj " + streamOf("", []byte("BT /F 9 Tf 50 50 Td (new) Tj ET")) +
		" endobj 5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj\n"
	if got, want := said(t, []byte(data), Options{}), "R04 new"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestPageTree: a page may stand in the tree twice; attributes come down from
// the nodes above; a ring is left out.
func TestPageTree(t *testing.T) {
	data := pdfOf(
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R 2 0 R 3 0 R 4 0 R] /Count 4 /MediaBox [0 0 200 100] /Rotate 90 >>",
		"<< /Type /Page /Parent 2 0 R >>",
		"<< /Type /Pages /Parent 2 0 R /Kids [5 0 R] /MediaBox [100 50 0 0] >>",
		"<< /Type /Page /Parent 4 0 R /Rotate -90 >>",
	)
	f, err := Open(context.Background(), data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for number := 1; number <= f.Pages(); number++ {
		page, _, err := f.Page(number)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%v %v %d", page.Box.X1, page.Box.Y1, page.Rotation))
	}
	if want := "100 200 90|100 200 90|50 100 270"; strings.Join(got, "|") != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestEncrypted: the two pages, encrypted by qpdf in each way there is. A scan
// finds the objects of a file that lost its table, and pdfcpu decrypts them.
func TestEncrypted(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "encrypted", "*.pdf"))
	if err != nil || len(files) < 6 {
		t.Fatal("the encrypted files are not here", err)
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			cut := data[:bytes.LastIndex(data, []byte("startxref"))]
			options := Options{}
			if strings.Contains(path, "password") {
				for _, data := range [][]byte{data, cut} {
					if got := said(t, data, Options{}); got != "encrypted" {
						t.Errorf("without the password: got %q", got)
					}
				}
				options.Password = "secret"
			}
			if got := said(t, data, options); got != "AB" {
				t.Errorf("whole: got %q", got)
			}
			if got := said(t, cut, options); got != "R04 AB" {
				t.Errorf("without startxref: got %q", got)
			}
		})
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(twoPages())
	f.Add(twoPages()[:400])
	f.Add([]byte("%PDF-1.5\n1 0 obj<</Type/ObjStm/N 1/First 4/Length 9>>stream\n2 0 (a)\nendstream endobj trailer<</Root 2 0 R>>"))
	f.Add(crossReferenceStreamFile("/Size 3 /W [1 2 1]", []byte("\x00\x00\x00\x00\x01\x00\x09\x00\x01\x00\x32\x00")))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Open(context.Background(), append([]byte("%PDF-1.7\n"), data...), Options{})
		if err != nil {
			return
		}
		for number := 1; number <= min(file.Pages(), 5); number++ {
			_, _, _ = file.Page(number)
		}
	})
}

func FuzzPage(f *testing.F) {
	f.Add([]byte("BT /F 9 Tf 1 0 0 1 50 50 Tm [(A) -200 <42>] TJ T* (C) ' ET"), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	f.Add([]byte("q 1 0 0 -1 0 842 cm 10 10 100 20 re W n 0 0 m 9 0 l 9 9 l s Q /X Do /F Do"), "<< /Subtype /Type0 /Encoding /UniGB-UCS2-V /DescendantFonts [<< /W [1 [500] 3 9 250] /DW2 [880 -1000] >>] >>")
	f.Add([]byte("BI /W 1 /H 1 ID \x00 EI 0.5 g [1 2] 0 d 5 w 0 0 m 500 0 l S 1 1 1 rg 0 0 9 9 re f*"), "<< /Subtype /Type3 /FontMatrix [0.01 0 0 0.01 0 0] /Widths [5] >>")
	f.Fuzz(func(t *testing.T, contents []byte, described string) {
		// The table's data is the contents; the objects around it are made here, so
		// that no time goes into writing and opening a file.
		p := parserAt([]byte(described), 0)
		dict, _ := p.object()
		resources := dictionaryOf("Font", dictionaryOf("F", dict))
		form := object{kind: streamObject, items: dictionaryOf("Length", numberOf(len(contents))).items}
		form.items = append(form.items, object{kind: nameObject, bytes: []byte("Subtype")}, object{kind: nameObject, bytes: []byte("Form")})
		resources.items = append(resources.items, object{kind: nameObject, bytes: []byte("XObject")}, dictionaryOf("X", form))
		page := dictionaryOf("Contents", form)
		page.items = append(page.items, object{kind: nameObject, bytes: []byte("Resources")}, resources)
		kids := object{kind: arrayObject, items: []object{page}}
		table := newTable(contents)
		table.trailer = dictionaryOf("Root", dictionaryOf("Pages", dictionaryOf("Kids", kids)))
		file, err := newFile(opened{trailer: table.root(), table: table})
		if err != nil {
			t.Fatal(err)
		}
		seen, _, err := file.Page(1)
		if err != nil {
			t.Fatal(err)
		}
		for _, ruling := range seen.Rulings {
			if ruling != ruling {
				t.Fatal("a ruling is nowhere")
			}
		}
	})
}
