package layout

import "slices"

const (
	// snapDistance: parallel rulings closer than this are one line to a reader:
	// double borders, and the edges of neighbouring cells drawn apart (points).
	// No text row or column is so narrow.
	snapDistance = 2.4
	// joinGap: pieces of one line with a smaller gap are continuous (points).
	// Drivers leave room for the corner squares, up to a 2.25 pt border each side.
	joinGap = 3.5
)

// mergeRulings snaps the rulings of one direction to common positions and
// joins the pieces that lie on one line. The result is sorted by position,
// then start; pieces on one line share the same At.
func mergeRulings(rulings []Ruling, horizontal bool) []Ruling {
	lines := make([]Ruling, 0, len(rulings))
	for _, r := range rulings {
		if r.Horizontal == horizontal {
			lines = append(lines, r)
		}
	}
	slices.SortFunc(lines, func(a, b Ruling) int {
		if a.At != b.At {
			return compareFloats(a.At, b.At)
		}
		return alongRuling(a, b)
	})
	merged := lines[:0]
	for start := 0; start < len(lines); {
		end := start + 1
		for end < len(lines) && lines[end].At-lines[end-1].At <= snapDistance/2 && lines[end].At-lines[start].At <= snapDistance {
			end++
		}
		merged = append(merged, joinPieces(lines[start:end])...)
		start = end
	}
	return merged
}

// alongRuling is the order of pieces on one line.
func alongRuling(a, b Ruling) int {
	switch {
	case a.From != b.From:
		return compareFloats(a.From, b.From)
	case a.To != b.To:
		return compareFloats(a.To, b.To)
	}
	return compareFloats(a.Thickness, b.Thickness)
}

// joinPieces merges the pieces of one line in place. The line lies where most
// of its length lies.
func joinPieces(pieces []Ruling) []Ruling {
	var weighted, length float64
	for _, p := range pieces {
		l := p.To - p.From
		weighted += p.At * l
		length += l
	}
	at := pieces[0].At
	if length > 0 {
		at = weighted / length
	}
	slices.SortFunc(pieces, alongRuling)
	joined := pieces[:1]
	joined[0].At = at
	for _, p := range pieces[1:] {
		last := &joined[len(joined)-1]
		if p.From <= last.To+joinGap {
			last.To = max(last.To, p.To)
			last.Thickness = max(last.Thickness, p.Thickness)
			continue
		}
		p.At = at
		joined = append(joined, p)
	}
	return joined
}
