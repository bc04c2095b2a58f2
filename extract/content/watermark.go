package content

import (
	"math"
	"slices"

	"gongkai/extract/layout"
)

const (
	// slant: a baseline this far off both axes is no line of the page's text but a
	// watermark or the lettering of a seal (sine of the angle, 8 degrees).
	slant = 0.14
	// paleLight, paleAlpha: lighter or more transparent text is pale.
	paleLight = 0.7
	paleAlpha = 0.6
	// pageFillingSize: pale text this many times larger than the page's own is laid
	// over or under it.
	pageFillingSize = 2.0
	// minLargeSize: smaller text fills no page (points).
	minLargeSize = 18.0
	// letteringGap: of a seal's lettering some letters stand straight; this many
	// glyphs from a slanted one of their size they belong to it.
	letteringGap = 2
	// letteringReach: neighbours in it are this close (parts of the font size).
	letteringReach = 4.0
)

// slanted tells whether text runs in no quarter turn.
func slanted(m matrix) bool {
	along := math.Hypot(m.a, m.b)
	return min(math.Abs(m.a), math.Abs(m.b)) > slant*along
}

// pale tells whether a colour is that of a watermark: seen, but not to be read.
func pale(p *paint) bool {
	return p.alpha < paleAlpha || p.light > paleLight && !p.white
}

// markWatermarks marks what only the whole page tells: pale text far larger
// than the rest, and the straight letters among slanted ones.
func (in *interpreter) markWatermarks() {
	if in.slanted {
		in.markLettering()
	}
	if len(in.large) == 0 {
		return
	}
	sizes := make([]float64, 0, len(in.glyphs))
	next := 0
	for i := range in.glyphs {
		if next < len(in.large) && int(in.large[next]) == i {
			next++
		} else if in.glyphs[i].Flags&(layout.Hidden|layout.Watermark) == 0 {
			sizes = append(sizes, in.glyphs[i].Size)
		}
	}
	if len(sizes) == 0 {
		return
	}
	slices.Sort(sizes)
	usual := sizes[len(sizes)/2]
	over := -1 // the first large glyph that lies over or under something else
	for n, i := range in.large {
		if int(i) < len(in.glyphs) && in.glyphs[i].Size >= pageFillingSize*usual && n < maxLarge && in.crossesOthers(in.glyphs[i].Box, usual) {
			over = int(i)
			break
		}
	}
	if over < 0 {
		return // a pale title stands free
	}
	for _, i := range in.large {
		if int(i) < len(in.glyphs) && in.glyphs[i].Size == in.glyphs[over].Size {
			in.glyphs[i].Flags |= layout.Watermark
		}
	}
}

// maxLarge bounds the large glyphs that are compared with all others.
const maxLarge = 200

// crossesOthers tells whether text of the usual size or a ruling lies within a box.
func (in *interpreter) crossesOthers(box layout.Box, usual float64) bool {
	for i := range in.glyphs {
		g := &in.glyphs[i]
		if x, y := g.Box.Center(); g.Size < pageFillingSize*usual && g.Flags&(layout.Hidden|layout.Watermark) == 0 && box.Contains(x, y) {
			return true
		}
	}
	for i := range in.rulings {
		r := &in.rulings[i]
		if r.Horizontal && r.At > box.Y0 && r.At < box.Y1 && r.From <= box.X0 && r.To >= box.X1 ||
			!r.Horizontal && r.At > box.X0 && r.At < box.X1 && r.From <= box.Y0 && r.To >= box.Y1 {
			return true
		}
	}
	return false
}

// markLettering marks the letters of a seal that stand straight: those between
// slanted ones, and a turned one at either end.
func (in *interpreter) markLettering() {
	glyphs := in.glyphs
	last := -letteringGap - 2 // the last slanted glyph
	for i := range glyphs {
		if glyphs[i].Flags&layout.Watermark == 0 {
			continue
		}
		for k := last + 1; k < i && i-last <= letteringGap+1; k++ {
			if sameLettering(&glyphs[k], &glyphs[i]) {
				glyphs[k].Flags |= layout.Watermark
			}
		}
		last = i
	}
	for i := range glyphs {
		if g := &glyphs[i]; g.Turn != 0 && g.Flags&layout.Watermark == 0 &&
			(i > 0 && endsLettering(g, &glyphs[i-1]) || i+1 < len(glyphs) && endsLettering(g, &glyphs[i+1])) {
			g.Flags |= layout.Watermark
		}
	}
}

func sameLettering(a, b *layout.Glyph) bool {
	return a.Font == b.Font && math.Abs(a.Size-b.Size) < 0.05*b.Size
}

// endsLettering tells whether a glyph goes on with the lettering of a slanted one.
func endsLettering(g, slanted *layout.Glyph) bool {
	x, y := g.Box.Center()
	sx, sy := slanted.Box.Center()
	return slanted.Flags&layout.Watermark != 0 && sameLettering(g, slanted) && math.Hypot(x-sx, y-sy) < letteringReach*g.Size
}
