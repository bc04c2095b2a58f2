package content

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
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
	Remarks  []Remark // on the file as a whole

	origin   opened
	pages    []pageNode
	nodes    int   // of the page tree, met so far
	lost     int   // of them, pages that a damaged file does not hold
	above    []int // object numbers of the nodes above the one being read
	fonts    map[int]*font
	decoded  map[int][]byte // small Form XObjects, used on page after page
	cutFonts []*font        // of a damaged file, with objects missing

	// Of the page being read:
	bytesLeft, formsLeft int
	missedBefore         int
	limit                string // which of the two is used up
	operands             [maxFormDepth][]operand
	interp               interpreter
	// Its content streams, in memory that serves page after page.
	inflated, joined []byte
	// Pictures that were decoded, by the digest of their bytes: a letterhead is
	// often stored anew with each page.
	whitePictures map[[sha256.Size]byte]bool
}

// pageNode is a page with the attributes it inherits.
type pageNode struct {
	dict      value
	resources value
	mediaBox  [4]float64
	cropBox   [4]float64
	rotation  int
}

// Remark is something odd on a page or in a file, for a finding.
type Remark struct {
	Rule    string // V06 unmapped glyphs, R01 broken stream, R02 limit met, R04 repaired
	Message string
	Class   string // of Error, when something of the page is missing for it; else ""
}

// Bounds of a hostile page tree; the largest real disclosure has 1,100 pages.
const (
	maxPages = 50_000
	// maxPageNodes bounds the steps through a tree whose branches meet again.
	maxPageNodes = 4 * maxPages
	// maxMissingPages bounds the pages entered though they are not there.
	maxMissingPages = 2_000
)

// Options shape how a file is opened.
type Options struct {
	Password string
	// Guarded: the caller can end this process when it hangs or takes too much
	// memory, so that a library that may do so is allowed a second opinion.
	Guarded bool
}

// Open reads the object table and the page tree. Errors are *Error or the
// context's.
func Open(ctx context.Context, data []byte, options Options) (*File, error) {
	if err := looksLikePDF(data); err != nil {
		return nil, err
	}
	var first error
	for _, open := range doors(data, options) {
		opened, err := open(ctx)
		if err == nil {
			var f *File
			if f, err = newFile(opened); err == nil {
				return f, nil
			}
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if first == nil {
			first = err
		}
		if known, ok := err.(*Error); ok && known.Class == "encrypted" {
			return nil, err
		}
	}
	return nil, first
}

// newFile reads the page tree.
func newFile(o opened) (*File, error) {
	f := &File{Version: o.version, origin: o, fonts: make(map[int]*font), decoded: make(map[int][]byte)}
	switch {
	case o.truncated:
		f.Remarks = []Remark{{Rule: "R04", Message: "the end of the file is missing; its objects were found by a scan"}}
	case o.repaired:
		f.Remarks = []Remark{{Rule: "R04", Message: "the cross-reference table does not lead to the objects; they were found by a scan"}}
	}
	info := o.trailer.key("Info")
	f.Title = textString(info.key("Title"))
	f.Producer = textString(info.key("Producer"))
	f.Creator = textString(info.key("Creator"))
	root := pageNode{mediaBox: [4]float64{0, 0, 595, 842}}
	tree := o.trailer.key("Root").key("Pages")
	f.walk(tree, root, 0)
	if len(f.pages) == f.lost {
		if o.truncated {
			return nil, &Error{Class: "truncated", Message: "the file ends before its pages; fetch it again"}
		}
		return nil, &Error{Class: "no_pages", Message: "the page tree holds no page"}
	}
	f.missPages(integer(tree.key("Count"), 0))
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
	return decodeText(text)
}

// decodeText reads the bytes of a text string.
func decodeText(text []byte) string {
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

// walk collects the pages of a page tree node in order. A page may stand in the
// tree more than once; a node within itself is a ring and left out.
func (f *File) walk(node value, inherited pageNode, depth int) {
	if f.nodes++; f.nodes > maxPageNodes || depth > maxDepth || len(f.pages) >= maxPages {
		return
	}
	id := node.id()
	for _, above := range f.above {
		if id != 0 && above == id {
			return
		}
	}
	if f.origin.orphans {
		inherited.inherit(node.key("Parent"), 0)
	}
	inherited.take(node)
	kids := node.key("Kids")
	if kids.length() == 0 {
		if nameOf(node.key("Type")) != "Pages" && !node.null() || !node.key("Contents").null() {
			inherited.dict = node
			f.pages = append(f.pages, inherited)
		} else if node.null() && f.origin.repaired && f.lost < maxMissingPages {
			f.lost++
			f.pages = append(f.pages, pageNode{})
		}
		return
	}
	f.above = append(f.above, id)
	for i := range kids.length() {
		f.walk(kids.index(i), inherited, depth+1)
	}
	f.above = f.above[:len(f.above)-1]
}

// take overrides what a page inherits with what a node of the tree says.
func (p *pageNode) take(node value) {
	if box, ok := numbers(node.key("MediaBox"), 4); ok {
		p.mediaBox = ordered(box)
	}
	if box, ok := numbers(node.key("CropBox"), 4); ok {
		p.cropBox = ordered(box)
	}
	if angle, ok := node.key("Rotate").number(); ok {
		p.rotation = ((int(angle)/90*90)%360 + 360) % 360
	}
	if resources := node.key("Resources"); !resources.null() {
		p.resources = resources
	}
}

// inherit takes what the nodes above a page say, when the way down to it is lost.
func (p *pageNode) inherit(node value, depth int) {
	if node.null() || depth > maxDepth {
		return
	}
	p.inherit(node.key("Parent"), depth+1)
	p.take(node)
}

// missPages enters the pages that the root of the tree counts but a damaged file
// does not hold, at the end, where truncation takes them from. When the root is
// lost too, one page stands for those nobody knows of.
func (f *File) missPages(count int) {
	missing := 0
	switch {
	case f.origin.orphans && f.origin.truncated:
		missing = 1
	case f.origin.repaired:
		missing = min(count-len(f.pages), maxMissingPages)
	}
	for range missing {
		f.pages = append(f.pages, pageNode{})
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
		missing := f.missing()
		loaded = f.loadFont(dict)
		f.fonts[id] = loaded
		if f.missing() > missing {
			f.cutFonts = append(f.cutFonts, loaded)
		}
	}
	if slices.Contains(f.cutFonts, loaded) {
		f.origin.table.missing++ // on this page too
	}
	return loaded
}

const (
	// smallForm: forms up to this size are kept inflated, for letterheads that
	// every page paints (bytes).
	smallForm = 64 << 10
	// maxPageBytes bounds what the streams of one page inflate to together, each
	// as often as it is used; maxPaintedForms how many forms it paints. A map drawn
	// with a form a symbol paints some thousands.
	maxPageBytes    = 256 << 20
	maxPaintedForms = 100_000
)

// beginPage sets what one page may use, and the mark for what it misses.
func (f *File) beginPage() {
	f.bytesLeft, f.formsLeft, f.limit = maxPageBytes, maxPaintedForms, ""
	f.missedBefore = f.missing()
}

// missing counts the objects that a repaired file was asked for and has not.
func (f *File) missing() int {
	if !f.origin.repaired || f.origin.table == nil {
		return 0
	}
	return f.origin.table.missing
}

// incomplete tells whether the page asked for such objects.
func (f *File) incomplete() bool { return f.missing() > f.missedBefore }

// decode inflates the stream of a form or of a page's contents. A limit that is
// met stops the page.
func (f *File) decode(stream value) ([]byte, error) {
	id := stream.id()
	if f.formsLeft--; f.formsLeft < 0 {
		f.limit = "forms"
		return nil, nil
	}
	if data, ok := f.decoded[id]; ok && id != 0 {
		return data, nil
	}
	if f.bytesLeft < 0 {
		f.limit = "bytes"
		return nil, nil
	}
	data, err := decodeStream(stream)
	encoded, _ := stream.raw()
	f.bytesLeft -= len(encoded) + len(data)
	if id != 0 && len(data) <= smallForm && err == nil {
		f.decoded[id] = data
	}
	return data, err
}

// Page interprets page number (from 1) and returns what a reader sees on it.
// The page is the caller's; one who is done with it may Release it.
func (f *File) Page(number int) (page *layout.Page, remarks []Remark, err error) {
	defer func() {
		if r := recover(); r != nil {
			page, err = nil, &Error{Class: "internal", Message: fmt.Sprintf("page %d holds a case the program does not know (%v); please report the file", number, r)}
		}
	}()
	node := f.pages[number-1]
	if node.dict == nil {
		return nil, nil, &Error{Class: "truncated", Message: fmt.Sprintf("page %d is missing from the damaged file; fetch it again", number)}
	}
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
	in.begin(f, page, base)
	f.beginPage()
	data, broken := f.contents(node.dict.key("Contents"))
	resources := node.resources
	if resources == nil {
		resources = node.dict.key("Resources")
	}
	in.run(data, resources, 0)
	in.paintAnnotations(node.dict.key("Annots"))
	in.finish()
	if broken == nil {
		broken = in.broken
	}
	if broken != nil {
		remarks = append(remarks, Remark{"R01", fmt.Sprintf("a content stream of page %d breaks off: %v", number, broken), "damaged"})
	}
	if in.limit == "" {
		in.limit = f.limit
	}
	if in.limit != "" {
		remarks = append(remarks, Remark{"R02", fmt.Sprintf("page %d has more %s than the limit; the rest of it was left out", number, in.limit), "limit"})
	}
	if f.incomplete() {
		remarks = append(remarks, Remark{"R04", fmt.Sprintf("page %d needs objects that the damaged file does not hold", number), "truncated"})
	}
	return page, append(remarks, unmapped(page)...), nil
}

// Release gives back a page whose glyphs nobody will look at any more: the next page
// is made in its memory.
func (f *File) Release(page *layout.Page) {
	f.interp.glyphs, page.Glyphs = page.Glyphs[:0], nil
}

// contents joins the content streams of a page; an operator never runs over the
// seam, so a newline stands between them.
func (f *File) contents(v value) ([]byte, error) {
	n := v.length()
	if n == 0 {
		if v.null() {
			return nil, nil
		}
		return f.decodeOnce(v, &f.inflated)
	}
	joined := f.joined[:0]
	var broken error
	for i := range n {
		data, err := f.decodeOnce(v.index(i), &f.inflated)
		if err != nil && broken == nil {
			broken = err
		}
		if n == 1 {
			return data, broken
		}
		if len(joined)+len(data) > maxDecodedBytes || f.limit != "" {
			f.limit = "bytes"
			break
		}
		joined = append(append(joined, data...), '\n')
	}
	f.joined = joined
	return joined, broken
}

// decodeOnce inflates a stream that no other page uses, in memory that may serve
// again.
func (f *File) decodeOnce(stream value, buffer *[]byte) ([]byte, error) {
	if f.bytesLeft < 0 {
		f.limit = "bytes"
		return nil, nil
	}
	data, err := decodeStreamInto(buffer, stream)
	f.bytesLeft -= len(data)
	return data, err
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
			remarks = append(remarks, Remark{Rule: "V06", Message: fmt.Sprintf("%d glyphs of font %s on page %d have no Unicode", n, name, page.Number)})
		}
	}
	return remarks
}
