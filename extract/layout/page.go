package layout

// Box is an axis-parallel rectangle in points (1/72 inch, /UserUnit applied).
// The origin is the top-left corner of the page as displayed (after /Rotate
// and CropBox), x grows to the right and y grows downwards, so Y0 <= Y1.
type Box struct{ X0, Y0, X1, Y1 float64 }

// Width is the horizontal extent in points.
func (b Box) Width() float64 { return b.X1 - b.X0 }

// Height is the vertical extent in points.
func (b Box) Height() float64 { return b.Y1 - b.Y0 }

// Empty tells whether the box has no area and no extent at all.
func (b Box) Empty() bool { return b.X1 <= b.X0 && b.Y1 <= b.Y0 }

// Union is the smallest box that holds both; the zero Box is neutral.
func (b Box) Union(c Box) Box {
	if b == (Box{}) {
		return c
	}
	if c == (Box{}) {
		return b
	}
	return Box{min(b.X0, c.X0), min(b.Y0, c.Y0), max(b.X1, c.X1), max(b.Y1, c.Y1)}
}

// Intersect is the common part of two boxes; it is Empty when they are apart.
func (b Box) Intersect(c Box) Box {
	r := Box{max(b.X0, c.X0), max(b.Y0, c.Y0), min(b.X1, c.X1), min(b.Y1, c.Y1)}
	if r.X1 < r.X0 || r.Y1 < r.Y0 {
		return Box{}
	}
	return r
}

// Center is the middle of the box.
func (b Box) Center() (x, y float64) { return (b.X0 + b.X1) / 2, (b.Y0 + b.Y1) / 2 }

// Contains tells whether the point lies in the box, edges included.
func (b Box) Contains(x, y float64) bool {
	return x >= b.X0 && x <= b.X1 && y >= b.Y0 && y <= b.Y1
}

// GlyphFlags say what a glyph's text or visibility went through.
type GlyphFlags uint8

const (
	// Hidden: painted so that nobody sees it (rendering mode 3, or clipped away).
	Hidden GlyphFlags = 1 << iota
	// Vertical: set in a vertical writing mode.
	Vertical
	// RadicalMapped: a CJK radical code point was folded to its unified ideograph.
	RadicalMapped
	// Unmapped: the font gives no Unicode for this glyph; Text is U+FFFD.
	Unmapped
	// Watermark: text laid over or under the page's own, or the lettering of a stamp.
	Watermark
)

// Glyph is one shown character code.
type Glyph struct {
	Text  string     // Unicode; mostly one rune, more for ligatures
	Box   Box        // advance width times ascent and descent of the font
	Size  float64    // font size as displayed, points
	Font  uint16     // index into Page.Fonts
	Turn  uint8      // quarter turns of the baseline, clockwise, 0 = left to right
	Flags GlyphFlags // how it was painted and decoded
}

// Ruling is a straight horizontal or vertical line that a reader sees: a
// stroke, a thin filled rectangle, or an edge of a painted box.
type Ruling struct {
	Horizontal bool
	At         float64 // y of a horizontal ruling's centre line, x of a vertical one's
	From, To   float64 // extent along the line, From <= To
	Thickness  float64 // points; 0 of an edge of a painted box
}

// ClippedGlyph tells of a glyph that its clipping path cuts away, whole or by more
// than half its height: the end of a text too long for its cell. The clip tells
// which cell that is.
type ClippedGlyph struct {
	Glyph int32 // index into Page.Glyphs
	Clip  Box
}

// Image is a painted raster image; its pixels are not kept.
type Image struct{ Box Box }

// Page is what content reads from one PDF page: everything later stages see.
type Page struct {
	Number   int // from 1
	Box      Box // 0,0,width,height as displayed
	Rotation int // /Rotate: 0, 90, 180 or 270
	Fonts    []string
	Glyphs   []Glyph        // in painting order
	Clipped  []ClippedGlyph // in the order of Glyphs
	Rulings  []Ruling
	Images   []Image
}
