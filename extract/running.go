package extract

import (
	"math"
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

// running knows the lines that stand at the same place on page after page.
type running map[runningKey]bool

// runningKey is a line's text without its figures, and its height on the page.
type runningKey struct {
	text string
	step int
}

// runningLines finds the running headers and footers of a document. Titles,
// units and departments above tables repeat as well, but belong to the tables.
func runningLines(pages []Page) running {
	counts := make(map[runningKey]int)
	for _, page := range pages {
		seen := make(map[runningKey]bool)
		for _, line := range page.Lines {
			key, ok := keyOf(line, page.Box)
			if ok && !seen[key] {
				seen[key] = true
				counts[key]++
			}
		}
	}
	found := make(running)
	for key, count := range counts {
		if count >= runningPages && float64(count) >= runningShare*float64(len(pages)) {
			found[key] = true
		}
	}
	return found
}

// keyOf is the key of a line that may be a running one: it stands at the top or
// the bottom of the page and does not look like part of a table's caption.
func keyOf(line layout.Line, page layout.Box) (runningKey, bool) {
	if !atEdge(line, page, runningBand) || titleScore(line, page) > 0 || labelLine(squeeze(line.Text)) || numberLine(line.Text) {
		return runningKey{}, false
	}
	text := strings.Map(func(c rune) rune {
		if unicode.IsDigit(c) || unicode.IsSpace(c) {
			return -1
		}
		return c
	}, line.Text)
	_, y := line.Box.Center()
	return runningKey{text, int(math.Round(y / runningStep))}, true
}

// holds tells whether a line is a running one or a page number.
func (r running) holds(line layout.Line, page layout.Box) bool {
	if atEdge(line, page, pageNumberBand) && pageNumber(line.Text) {
		return true
	}
	key, ok := keyOf(line, page)
	return ok && r[key]
}

func atEdge(line layout.Line, page layout.Box, band float64) bool {
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
