package extract

import (
	"slices"
	"strings"
)

// nest gives each section its parent and its level.
func nest(sections []Section, signs []sign) {
	var o outline
	for i := range sections {
		s := &sections[i]
		s.Parent, s.Level = o.place(s, signs[i]), 1
		if s.Parent > 0 {
			s.Level = sections[s.Parent-1].Level + 1
		}
	}
}

// outline knows the headings and items that are open at a point of the document.
type outline struct{ open []opening }

// opening is a heading or numbered item under which text may stand.
type opening struct {
	ordinal int
	sign
	item  bool
	entry bool // of the contents page: no parent to what is no entry
	colon bool // ends in a colon
}

// largerSize: a heading of so many times another's size stands above it,
// whatever their numerals.
const largerSize = 1.15

// place gives a section its parent; a heading or an item is open from then on.
func (o *outline) place(s *Section, g sign) (parent int) {
	if s.Kind != ContentsEntry {
		o.open = slices.DeleteFunc(o.open, func(e opening) bool { return e.entry })
	}
	if s.Kind != Heading && s.Kind != ContentsEntry && (s.Kind != ListItem || g.numeral.style == unnumbered) {
		return o.heading()
	}
	next := opening{ordinal: s.Ordinal, sign: g, item: s.Kind == ListItem, entry: s.Kind == ContentsEntry || isContentsTitle(s.Heading), colon: endsInColon(s.Heading) || endsInColon(s.Text)}
	o.open = o.open[:o.depth(next)]
	if k := len(o.open); k > 0 {
		parent = o.open[k-1].ordinal
	}
	o.open = append(o.open, next)
	return parent
}

// heading is the nearest open heading: prose after a list goes on with what the
// list stands under.
func (o *outline) heading() int {
	for i := len(o.open) - 1; i >= 0; i-- {
		if !o.open[i].item {
			return o.open[i].ordinal
		}
	}
	return 0
}

// depth is how many openings stay open above the next one: those above its
// nearest predecessor in number, else those that outrank it.
func (o *outline) depth(next opening) int {
	n := len(o.open)
	if n > 0 && n < deepest && next.numeral.value == 1 && o.open[n-1].announces(next) {
		return n
	}
	if next.numeral.style != unnumbered && next.numeral.style != bulletMark {
		for i := len(o.open) - 1; i >= 0; i-- {
			if e := o.open[i]; e.rank() == next.rank() && e.numeral.value < next.numeral.value {
				return i
			}
		}
	}
	for n > 0 && !o.open[n-1].outranks(next) {
		n--
	}
	return n
}

// outranks tells whether one opening stands above another: by size where sizes
// differ clearly, else by numeral.
func (e opening) outranks(next opening) bool {
	if !e.item && !next.item {
		if e.size >= largerSize*next.size {
			return true
		}
		if next.size >= largerSize*e.size {
			return false
		}
	}
	return e.rank() < next.rank()
}

// deepest: no document nests its headings further.
const deepest = 16

// announces tells whether an opening right before another ends in a colon, or is the
// first of its kind like the other: what follows stands under it, be its numeral
// the wider one. 一、文字部分 has 第一部分 under it.
func (e opening) announces(next opening) bool {
	first := e.numeral.style != unnumbered && e.numeral.value == 1 && !e.item
	return (e.colon || first) && e.ordinal == next.ordinal-1 && next.rank() < e.rank()
}

func endsInColon(text string) bool {
	return strings.HasSuffix(text, "：") || strings.HasSuffix(text, ":")
}
