package content

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"unicode/utf16"

	"gongkai/extract/layout"
)

// Error is why a file, or a page of it, cannot be read.
type Error struct {
	Class   string // empty, not_pdf, encrypted, truncated, damaged, no_pages, limit
	Message string // one sentence, with what to do where that is known
}

func (e *Error) Error() string { return e.Class + ": " + e.Message }

// File is one open PDF. It is not safe for use by several goroutines.
type File struct {
	Version  string // of the header or the catalog, "1.7"
	Title    string
	Producer string
	Creator  string

	pages    []pageNode
	fonts    map[int]*font
	decoded  map[int][]byte // small Form XObjects, used on page after page
	operands [maxFormDepth][]operand
	interp   interpreter
}

// pageNode is a page with the attributes it inherits.
type pageNode struct {
	dict      value
	resources value
	mediaBox  [4]float64
	cropBox   [4]float64
	rotation  int
}

// Remark is something odd on a page, for a finding.
type Remark struct {
	Rule    string // V06 unmapped glyphs, R01 broken stream, R02 limit met
	Message string
}

// maxPages bounds a hostile page tree; the largest real disclosure has 1,100.
const maxPages = 50_000

// Open reads the object table and the page tree. Errors are *Error or the
// context's.
func Open(ctx context.Context, data []byte, password string) (*File, error) {
	if err := looksLikePDF(data); err != nil {
		return nil, err
	}
	trailer, version, err := openPDFCPU(ctx, data, password)
	if err != nil {
		return nil, err
	}
	f := &File{Version: version, fonts: make(map[int]*font), decoded: make(map[int][]byte)}
	info := trailer.key("Info")
	f.Title = textString(info.key("Title"))
	f.Producer = textString(info.key("Producer"))
	f.Creator = textString(info.key("Creator"))
	root := pageNode{mediaBox: [4]float64{0, 0, 595, 842}}
	f.walk(trailer.key("Root").key("Pages"), root, make(map[int]bool), 0)
	if len(f.pages) == 0 {
		return nil, &Error{Class: "no_pages", Message: "the page tree holds no page"}
	}
	return f, nil
}

// headerWindow: viewers look for %PDF- in the first 1,024 bytes.
const headerWindow = 1024

func looksLikePDF(data []byte) error {
	if len(data) == 0 {
		return &Error{Class: "empty", Message: "the file is empty; fetch it again"}
	}
	if bytes.Contains(data[:min(len(data), headerWindow)], []byte("%PDF-")) {
		return nil
	}
	kind := "neither text nor a known format"
	head := bytes.TrimLeft(data[:min(len(data), headerWindow)], "\xef\xbb\xbf \t\r\n")
	for _, known := range []struct{ magic, kind string }{
		{"\xff\xd8\xff", "a JPEG picture"}, {"\x89PNG", "a PNG picture"}, {"PK\x03\x04", "a ZIP archive or an Office document"},
		{"\xd0\xcf\x11\xe0", "an old Office document"}, {"GIF8", "a GIF picture"}, {"{\\rtf", "an RTF document"}, {"<", "an HTML or XML page"}, {"%!PS", "PostScript"},
	} {
		if bytes.HasPrefix(head, []byte(known.magic)) {
			kind = known.kind
			break
		}
	}
	return &Error{Class: "not_pdf", Message: "the file is not a PDF; its first bytes look like " + kind}
}

// textString reads a text string of a document (ISO 32000-2, 7.9.2.2).
func textString(v value) string {
	text, ok := v.text()
	if !ok {
		return ""
	}
	switch {
	case len(text) >= 2 && text[0] == 0xfe && text[1] == 0xff:
		units := make([]uint16, 0, len(text)/2)
		for i := 2; i+1 < len(text); i += 2 {
			units = append(units, uint16(text[i])<<8|uint16(text[i+1]))
		}
		return clean(string(utf16.Decode(units)))
	case bytes.HasPrefix(text, []byte("\xef\xbb\xbf")):
		return clean(string(text[3:]))
	}
	return clean(fontName(string(text))) // PDFDocEncoding, or the GBK bytes of old drivers
}

func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < 32 || r == 127 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
}

// walk collects the pages of a page tree node in order. A node that was met
// before is a ring and left out.
func (f *File) walk(node value, inherited pageNode, seen map[int]bool, depth int) {
	if node.null() || depth > maxDepth || len(f.pages) >= maxPages {
		return
	}
	if id := node.id(); id != 0 {
		if seen[id] {
			return
		}
		seen[id] = true
	}
	if box, ok := numbers(node.key("MediaBox"), 4); ok {
		inherited.mediaBox = ordered(box)
	}
	if box, ok := numbers(node.key("CropBox"), 4); ok {
		inherited.cropBox = ordered(box)
	}
	if angle, ok := node.key("Rotate").number(); ok {
		inherited.rotation = ((int(angle)/90*90)%360 + 360) % 360
	}
	if resources := node.key("Resources"); !resources.null() {
		inherited.resources = resources
	}
	kids := node.key("Kids")
	if kids.length() == 0 {
		if nameOf(node.key("Type")) != "Pages" || !node.key("Contents").null() {
			inherited.dict = node
			f.pages = append(f.pages, inherited)
		}
		return
	}
	for i := range kids.length() {
		f.walk(kids.index(i), inherited, seen, depth+1)
	}
}

func ordered(n []float64) [4]float64 {
	return [4]float64{min(n[0], n[2]), min(n[1], n[3]), max(n[0], n[2]), max(n[1], n[3])}
}

// Pages is the number of pages.
func (f *File) Pages() int { return len(f.pages) }

// font returns the tables of a font, read once a document.
func (f *File) font(dict value) *font {
	id := dict.id()
	if id == 0 {
		return f.loadFont(dict)
	}
	loaded, ok := f.fonts[id]
	if !ok {
		loaded = f.loadFont(dict)
		f.fonts[id] = loaded
	}
	return loaded
}

// smallForm: forms up to this size are kept inflated, for letterheads that
// every page paints (bytes).
const smallForm = 64 << 10

// decode inflates a form's stream.
func (f *File) decode(stream value) ([]byte, error) {
	id := stream.id()
	if data, ok := f.decoded[id]; ok && id != 0 {
		return data, nil
	}
	data, err := decodeStream(stream)
	if id != 0 && len(data) <= smallForm && err == nil {
		f.decoded[id] = data
	}
	return data, err
}

// Page interprets page number (from 1) and returns what a reader sees on it.
func (f *File) Page(number int) (page *layout.Page, remarks []Remark, err error) {
	defer func() {
		if r := recover(); r != nil {
			page, err = nil, &Error{Class: "damaged", Message: fmt.Sprintf("page %d cannot be interpreted (%v)", number, r)}
		}
	}()
	node := f.pages[number-1]
	box := node.cropBox
	media := node.mediaBox
	if box[2]-box[0] < 1 || box[3]-box[1] < 1 {
		box = media
	}
	box = [4]float64{max(box[0], media[0]), max(box[1], media[1]), min(box[2], media[2]), min(box[3], media[3])}
	if box[2]-box[0] < 1 || box[3]-box[1] < 1 {
		box = media
	}
	unit := float(node.dict.key("UserUnit"), 1)
	if unit <= 0 || unit > 1000 {
		unit = 1
	}
	base, width, height := display(box, node.rotation, unit)
	page = &layout.Page{Number: number, Rotation: node.rotation, Box: layout.Box{X1: width, Y1: height}}
	in := &f.interp
	*in = interpreter{file: f, page: page, saved: in.saved[:0], path: in.path}
	in.path.reset()
	in.state = graphicsState{ctm: base, clip: page.Box, lineWidth: 1}
	in.state.text.stretch = 1
	in.textMatrix, in.lineMatrix = identity, identity
	data, broken := f.contents(node.dict.key("Contents"))
	resources := node.resources
	if resources == nil {
		resources = node.dict.key("Resources")
	}
	in.run(data, resources, 0)
	if broken == nil {
		broken = in.broken
	}
	if broken != nil {
		remarks = append(remarks, Remark{"R01", fmt.Sprintf("a content stream of page %d breaks off: %v", number, broken)})
	}
	if in.limit != "" {
		remarks = append(remarks, Remark{"R02", fmt.Sprintf("page %d has more %s than the limit; the rest of it was left out", number, in.limit)})
	}
	return page, append(remarks, unmapped(page)...), nil
}

// contents joins the content streams of a page; an operator never runs over the
// seam, so a newline stands between them.
func (f *File) contents(v value) ([]byte, error) {
	n := v.length()
	if n == 0 {
		if v.null() {
			return nil, nil
		}
		return decodeStream(v)
	}
	var joined []byte
	var broken error
	for i := range n {
		data, err := decodeStream(v.index(i))
		if err != nil && broken == nil {
			broken = err
		}
		if n == 1 {
			return data, broken
		}
		if len(joined)+len(data) > maxDecodedBytes {
			return joined, &Error{Class: "limit", Message: "the page's content streams inflate beyond 64 MB"}
		}
		joined = append(append(joined, data...), '\n')
	}
	return joined, broken
}

// display is the matrix from user space to the page as displayed, and its size.
func display(box [4]float64, rotation int, unit float64) (matrix, float64, float64) {
	width, height := (box[2]-box[0])*unit, (box[3]-box[1])*unit
	switch rotation {
	case 90:
		return matrix{0, unit, unit, 0, -box[1] * unit, -box[0] * unit}, height, width
	case 180:
		return matrix{-unit, 0, 0, unit, box[2] * unit, -box[1] * unit}, width, height
	case 270:
		return matrix{0, -unit, -unit, 0, box[3] * unit, box[2] * unit}, height, width
	}
	return matrix{unit, 0, 0, -unit, -box[0] * unit, box[3] * unit}, width, height
}

// unmapped counts glyphs without Unicode by font.
func unmapped(page *layout.Page) []Remark {
	var counts map[uint16]int
	for i := range page.Glyphs {
		if page.Glyphs[i].Flags&layout.Unmapped != 0 {
			if counts == nil {
				counts = make(map[uint16]int)
			}
			counts[page.Glyphs[i].Font]++
		}
	}
	var remarks []Remark
	for index, name := range page.Fonts {
		if n := counts[uint16(index)]; n > 0 {
			remarks = append(remarks, Remark{"V06", fmt.Sprintf("%d glyphs of font %s on page %d have no Unicode", n, name, page.Number)})
		}
	}
	return remarks
}
