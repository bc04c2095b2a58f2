package cmap

import (
	"cmp"
	"container/heap"
	"slices"
	"sync"
	"unicode/utf8"

	"gongkai/extract/content/cmap/internal/archive"
)

// table is a sorted list of spans without overlaps. A long one is indexed by the code's high byte: in the CJK maps a
// code's page is then one of 256 and holds a few dozen spans.
type table struct {
	spans []archive.Span
	pages *[pageCount + 1]uint32 // for each page of 256 codes, the first span that ends in it or later
}

const (
	pageCount = 256 // pages of the two-byte codes, and of the Basic Multilingual Plane
	// indexedLength is the number of spans from which the page index (1 KB) pays for itself.
	indexedLength = 256
)

// newTable sorts spans and lets later ones win where they overlap.
func newTable(spans []archive.Span) table {
	spans = flatten(spans)
	t := table{spans: spans}
	if len(spans) >= indexedLength {
		t.pages = new([pageCount + 1]uint32)
		i := 0
		for page := range t.pages {
			for i < len(spans) && spans[i].High < uint32(page)<<8 {
				i++
			}
			t.pages[page] = uint32(i)
		}
	}
	return t
}

// find returns the span that holds code, or nil.
func (t *table) find(code uint32) *archive.Span {
	low, high := 0, len(t.spans)
	if t.pages != nil {
		if page := code >> 8; page < pageCount {
			low, high = int(t.pages[page]), min(int(t.pages[page+1])+1, high)
		} else {
			low = int(t.pages[pageCount])
		}
	}
	for low < high {
		middle := int(uint(low+high) >> 1)
		span := &t.spans[middle]
		switch {
		case code < span.Low:
			high = middle
		case code > span.High:
			low = middle + 1
		default:
			return span
		}
	}
	return nil
}

// appendSpan adds a span, or lengthens the last one when the new one continues it.
func appendSpan(spans []archive.Span, span archive.Span) []archive.Span {
	if n := len(spans); n > 0 {
		last := &spans[n-1]
		if span.Low == last.High+1 && last.High != ^uint32(0) && span.Value < archive.StringValue &&
			span.Value == last.Value+(span.Low-last.Low) {
			last.High = span.High
			return spans
		}
	}
	return append(spans, span)
}

func disjoint(spans []archive.Span) bool {
	for i := 1; i < len(spans); i++ {
		if spans[i].Low <= spans[i-1].High {
			return false
		}
	}
	return true
}

// flatten sorts spans and cuts them where they overlap, so that each code keeps the value defined last, as it would
// for an interpreter that fills a table. The cut spans are at most twice as many.
func flatten(spans []archive.Span) []archive.Span {
	if disjoint(spans) {
		return spans
	}
	starts := make([]int, len(spans))
	for i := range starts {
		starts[i] = i
	}
	slices.SortFunc(starts, func(a, b int) int {
		return cmp.Or(cmp.Compare(spans[a].Low, spans[b].Low), cmp.Compare(a, b))
	})
	var flat []archive.Span
	var open latestFirst
	for at := uint64(0); len(starts) > 0 || len(open) > 0; {
		if len(open) == 0 {
			at = max(at, uint64(spans[starts[0]].Low))
		}
		for len(starts) > 0 && uint64(spans[starts[0]].Low) <= at {
			heap.Push(&open, starts[0])
			starts = starts[1:]
		}
		span := spans[open[0]]
		if uint64(span.High) < at {
			heap.Pop(&open)
			continue
		}
		end := uint64(span.High)
		if len(starts) > 0 {
			end = min(end, uint64(spans[starts[0]].Low)-1)
		}
		value := span.Value
		if value < archive.StringValue {
			value += uint32(at) - span.Low
		}
		flat = appendSpan(flat, archive.Span{Low: uint32(at), High: uint32(end), Value: value})
		at = end + 1
	}
	return flat
}

// latestFirst is a heap of span numbers with the span defined last on top.
type latestFirst []int

func (h latestFirst) Len() int           { return len(h) }
func (h latestFirst) Less(i, j int) bool { return h[i] > h[j] }
func (h latestFirst) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *latestFirst) Push(x any)        { *h = append(*h, x.(int)) }
func (h *latestFirst) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// basicPlane is the text of all characters of the Basic Multilingual Plane, three bytes each, so that the text of one
// character is a slice of it and costs no allocation.
var basicPlane = sync.OnceValue(func() string {
	plane := make([]byte, basicPlaneSize*basicPlaneStride)
	for r := range rune(basicPlaneSize) {
		utf8.EncodeRune(plane[r*basicPlaneStride:(r+1)*basicPlaneStride], r)
	}
	return string(plane)
})

const (
	basicPlaneSize   = 0x10000
	basicPlaneStride = 3 // bytes of the longest UTF-8 form in the plane
)

// runeText is the text of one character; U+0000, U+FFFD and surrogates say nothing and have none.
func runeText(r rune) (string, bool) {
	switch {
	case r <= 0 || r == utf8.RuneError || !utf8.ValidRune(r):
		return "", false
	case r < basicPlaneSize:
		start := int(r) * basicPlaneStride
		return basicPlane()[start : start+utf8.RuneLen(r)], true
	default:
		return string(r), true
	}
}
