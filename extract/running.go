package extract

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"gongkai/extract/layout"
)

const (
	// runningBand: running headers and footers stand in this share of the page's
	// height at its edges.
	runningBand = 0.15
	// pageNumberBand is the same for page numbers, which need not repeat.
	pageNumberBand = 0.12
	// runningPages and runningShare: a header runs over at least so many pages,
	// and over this share of them.
	runningPages = 3
	runningShare = 0.25
	// runningStep: the same header stands at the same height, to this (points).
	runningStep = 6.0
)

// runningKey is a line's text without its figures, and its height on the page.
type runningKey struct {
	text string
	step int
}

// edgeLine is a line at the top or the bottom of a page that may be a running one.
type edgeLine struct {
	page, line int // indices
	key        runningKey
}

// markRunning finds the running headers and footers of a document and its page
// numbers. Titles, units and departments above tables repeat as well, but belong
// to the tables.
func markRunning(pages []Page) {
	var edges []edgeLine
	counts := make(map[runningKey]int)
	for p := range pages {
		page := &pages[p]
		page.running = make([]bool, len(page.Lines))
		seen := len(edges) // lines of this page come behind
		for i := range page.Lines {
			line := &page.Lines[i]
			page.running[i] = atEdge(line, page.Box, pageNumberBand) && pageNumber(line.Text)
			key, ok := keyOf(line, page.Box)
			if !ok {
				continue
			}
			if !slices.ContainsFunc(edges[seen:], func(e edgeLine) bool { return e.key == key }) {
				counts[key]++
			}
			edges = append(edges, edgeLine{p, i, key})
		}
	}
	for _, e := range edges {
		if count := counts[e.key]; count >= runningPages && float64(count) >= runningShare*float64(len(pages)) {
			pages[e.page].running[e.line] = true
		}
	}
}

// keyOf is the key of a line that may be a running one: it stands at the top or
// the bottom of the page and does not look like part of a table's caption, whose labels
// stand above it.
func keyOf(line *layout.Line, page layout.Box) (runningKey, bool) {
	_, y := line.Box.Center()
	foot := y > page.Height()/2
	if !atEdge(line, page, runningBand) || titleScore(*line, page) > 0 || !foot && labelLine(squeeze(line.Text)) || numberLine(line.Text) {
		return runningKey{}, false
	}
	text := strings.Map(func(c rune) rune {
		if unicode.IsDigit(c) || unicode.IsSpace(c) {
			return -1
		}
		return c
	}, line.Text)
	return runningKey{text, int(math.Round(y / runningStep))}, true
}

// runsOver tells of a line at the edge of a page whether it stands on another page in
// the same place: on these two pages it is a running one, whatever the others show.
func runsOver(line *layout.Line, page, other *Page) bool {
	key, ok := keyOf(line, page.Box)
	return ok && slices.ContainsFunc(other.Lines, func(l layout.Line) bool {
		same, ok := keyOf(&l, other.Box)
		return ok && same == key
	})
}

func atEdge(line *layout.Line, page layout.Box, band float64) bool {
	_, y := line.Box.Center()
	return y <= page.Height()*band || y >= page.Height()*(1-band)
}

// pageNumber tells whether a line is digits and dashes, or 第 3 页 共 45 页.
func pageNumber(text string) bool {
	digits := 0
	for _, c := range text {
		switch {
		case unicode.IsDigit(c):
			digits++
		case unicode.IsSpace(c), unicode.IsPunct(c), c == '—', c == '第', c == '页', c == '共':
		default:
			return false
		}
	}
	return digits > 0 && digits <= 8
}
