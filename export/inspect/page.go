package inspect

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"gongkai/extract/layout"
)

// drawing is a page to be redrawn: runs of text with the place of each letter,
// rulings, pictures as frames.
type drawing struct {
	Faces   []string    `json:"faces"`   // serif, sans, kai, with " bold" behind: the look of each font
	Runs    []textRun   `json:"runs"`    // in painting order
	Rulings [][5]tenths `json:"rulings"` // x0, y0, x1, y1, thickness
	Images  [][4]tenths `json:"images,omitempty"`
	Clips   [][4]tenths `json:"clips,omitempty"`   // boxes of glyphs that their clip cuts away
	Picture string      `json:"picture,omitempty"` // data: URL of the raster
}

// The kinds of a run.
const (
	plainRun = iota
	droppedRun
	unmappedRun
)

// textRun is a stretch of glyphs of one font and size on one baseline.
type textRun struct {
	x, y    float64 // where the baseline begins
	size    float64
	face    int
	turn    uint8
	kind    int
	text    []byte
	offsets []float64 // of each UTF-16 unit along the baseline, from the first
	end     float64   // of the last glyph, along the baseline
}

// MarshalJSON writes [x, y, size, face, turn, kind, text, advance] where all
// letters are equally wide, and a list of offsets in tenths of points instead of
// the advance where they are not.
func (r textRun) MarshalJSON() ([]byte, error) {
	dst := make([]byte, 0, 64+4*len(r.offsets))
	dst = append(dst, '[')
	for _, v := range [...]float64{r.x, r.y, r.size, float64(r.face), float64(r.turn), float64(r.kind)} {
		dst = append(tenths(v).append(dst), ',')
	}
	text, err := json.Marshal(string(r.text))
	if err != nil {
		return nil, err
	}
	dst = append(append(dst, text...), ',')
	if advance, even := r.evenAdvance(); even {
		dst = strconv.AppendFloat(dst, advance, 'f', -1, 64)
		return append(dst, ']'), nil
	}
	dst = append(dst, '[')
	before := int64(0)
	for i, offset := range r.offsets[1:] {
		if i > 0 {
			dst = append(dst, ',')
		}
		n := roundTenths(offset)
		dst = strconv.AppendInt(dst, n-before, 10)
		before = n
	}
	return append(dst, ']', ']'), nil
}

// unevenBy: letters that stand off an even spacing by less than this look evenly
// spaced (points).
const unevenBy = 0.2

// evenAdvance is the common advance of the letters, when they have one.
func (r *textRun) evenAdvance() (float64, bool) {
	last := len(r.offsets) - 1
	if last < 1 {
		return r.end, true
	}
	advance := math.Round(r.offsets[last]/float64(last)*100) / 100
	for i, offset := range r.offsets {
		if math.Abs(offset-advance*float64(i)) > unevenBy {
			return 0, false
		}
	}
	return advance, true
}

// drawingOf makes the drawing of a page.
func drawingOf(page *layout.Page, picture Picture) drawing {
	d := drawing{Runs: []textRun{}, Rulings: make([][5]tenths, 0, len(page.Rulings))}
	faces := facesOf(page.Fonts, &d)
	for i := range page.Glyphs {
		d.addGlyph(&page.Glyphs[i], faces)
	}
	d.Runs = slices.DeleteFunc(d.Runs, func(r textRun) bool { return strings.TrimSpace(string(r.text)) == "" })
	for _, r := range page.Rulings {
		line := [5]tenths{tenths(r.From), tenths(r.At), tenths(r.To), tenths(r.At), tenths(r.Thickness)}
		if !r.Horizontal {
			line = [5]tenths{tenths(r.At), tenths(r.From), tenths(r.At), tenths(r.To), tenths(r.Thickness)}
		}
		d.Rulings = append(d.Rulings, line)
	}
	for _, image := range page.Images {
		d.Images = append(d.Images, boxOf(image.Box))
	}
	for _, clipped := range page.Clipped {
		d.Clips = append(d.Clips, boxOf(page.Glyphs[clipped.Glyph].Box))
	}
	if len(picture.Bytes) > 0 {
		d.Picture = "data:" + picture.Type + ";base64," + base64.StdEncoding.EncodeToString(picture.Bytes)
	}
	return d
}

// A glyph's box reaches from the descent to the ascent of its font. How far above
// its lower edge the baseline lies, as parts of the font size, shows in its height:
// CJK fonts are one size high, Latin ones more.
const (
	cjkHeight    = 1.02
	cjkDescent   = 0.141 // SimSun and most CJK fonts
	latinDescent = 0.215 // Times, Arial
)

func descentOf(height, size float64) float64 {
	if height > cjkHeight*size {
		return latinDescent * size
	}
	return cjkDescent * size
}

// sameBaseline: glyphs whose baselines are closer stand on one line (points).
const sameBaseline = 0.3

// widestGap: a longer gap begins a new run, in parts of the font size.
const widestGap = 1.5

// addGlyph appends a glyph to the last run where it goes on with it.
func (d *drawing) addGlyph(g *layout.Glyph, faces []int) {
	if g.Text == "" || g.Size <= 0 {
		return
	}
	face, kind, turn := 0, kindOf(g.Flags), g.Turn&3
	if int(g.Font) < len(faces) {
		face = faces[g.Font]
	}
	vertical := g.Flags&layout.Vertical != 0
	if vertical {
		turn = 0 // each letter stands upright in its own box
	}
	x, y, width := baseline(g.Box, turn, g.Size)
	if n := len(d.Runs); n > 0 && !vertical {
		r := &d.Runs[n-1]
		along, across := turned(turn, x-r.x, y-r.y)
		if r.face == face && r.turn == turn && r.kind == kind && math.Abs(r.size-g.Size) < sameBaseline &&
			math.Abs(across) < sameBaseline && along > r.offsets[len(r.offsets)-1] && along-r.end < widestGap*g.Size {
			r.add(g.Text, along, width)
			return
		}
	}
	d.Runs = append(d.Runs, textRun{x: x, y: y, size: g.Size, face: face, turn: turn, kind: kind})
	d.Runs[len(d.Runs)-1].add(g.Text, 0, width)
}

// add appends the text of a glyph; several letters of one glyph share its width.
func (r *textRun) add(text string, offset, width float64) {
	r.text = append(r.text, text...)
	letters := float64(max(1, utf8.RuneCountInString(text)))
	for i, letter := range []rune(text) {
		at := offset + width*float64(i)/letters
		for range utf16.RuneLen(letter) {
			r.offsets = append(r.offsets, at)
		}
	}
	r.end = offset + width
}

// baseline is where the baseline of a glyph begins, and its advance.
func baseline(b layout.Box, turn uint8, size float64) (x, y, width float64) {
	switch turn {
	case 1:
		return b.X0 + descentOf(b.Width(), size), b.Y0, b.Height()
	case 2:
		return b.X1, b.Y0 + descentOf(b.Height(), size), b.Width()
	case 3:
		return b.X1 - descentOf(b.Width(), size), b.Y1, b.Height()
	}
	return b.X0, b.Y1 - descentOf(b.Height(), size), b.Width()
}

// turned gives a step on the page as steps along and across a baseline of so many
// quarter turns.
func turned(turn uint8, dx, dy float64) (along, across float64) {
	switch turn {
	case 1:
		return dy, -dx
	case 2:
		return -dx, -dy
	case 3:
		return -dy, dx
	}
	return dx, dy
}

func kindOf(flags layout.GlyphFlags) int {
	switch {
	case flags&(layout.Hidden|layout.Watermark) != 0:
		return droppedRun
	case flags&layout.Unmapped != 0:
		return unmappedRun
	}
	return plainRun
}

// facesOf tells for each font of a page which look of the drawing it has.
func facesOf(fonts []string, d *drawing) []int {
	faces := make([]int, len(fonts))
	for i, name := range fonts {
		look := lookOf(name)
		at := slices.Index(d.Faces, look)
		if at < 0 {
			at = len(d.Faces)
			d.Faces = append(d.Faces, look)
		}
		faces[i] = at
	}
	if d.Faces == nil {
		d.Faces = []string{sansLook}
	}
	return faces
}

// The looks a browser can give to text without the embedded font.
const (
	serifLook, sansLook, kaiLook = "serif", "sans", "kai"
	boldLook                     = " bold"
)

// lookWords are parts of font names in lower case that tell the look.
var lookWords = []struct {
	look  string
	words []string
}{
	{kaiLook, []string{"kai", "楷"}},
	{sansLook, []string{"hei", "黑", "sans", "arial", "helvetica", "calibri", "gothic", "等线", "dengxian", "yahei", "tahoma", "verdana"}},
	{serifLook, []string{"song", "sun", "宋", "ming", "times", "serif", "roman", "georgia", "fang", "仿", "cambria"}},
}

// lookOf guesses the look of a font from its name.
func lookOf(name string) string {
	lower := strings.ToLower(name)
	look := sansLook
search:
	for _, candidate := range lookWords {
		for _, word := range candidate.words {
			if strings.Contains(lower, word) {
				look = candidate.look
				break search
			}
		}
	}
	if strings.Contains(lower, "bold") || strings.Contains(lower, "heiti") || strings.Contains(lower, "simhei") {
		look += boldLook
	}
	return look
}
