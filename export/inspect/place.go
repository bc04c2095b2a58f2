package inspect

import (
	"strconv"
	"strings"
)

// placeInGrid is the row and column that end the id of a cell: …#t03r7c4.
func placeInGrid(cell string) (row, column int, ok bool) {
	r, c := strings.LastIndexByte(cell, 'r'), strings.LastIndexByte(cell, 'c')
	if r < 0 || c < r {
		return 0, 0, false
	}
	row, err := strconv.Atoi(cell[r+1 : c])
	if err != nil {
		return 0, 0, false
	}
	column, err = strconv.Atoi(cell[c+1:])
	return row, column, err == nil
}

// anchor is the part of an id behind the document: t03r7c4, s12. It is what
// deep links name.
func anchor(id string) string {
	_, rest, found := strings.Cut(id, "#")
	if !found {
		return ""
	}
	return rest
}

func anchors(ids []string) []string {
	list := make([]string, 0, len(ids))
	for _, id := range ids {
		if a := anchor(id); a != "" {
			list = append(list, a)
		}
	}
	return list
}
