package codebook

import (
	"slices"
	"strings"
)

// Child finds the entry of a printed name among the codes right below a parent;
// parent "" stands for the top of the list. Of several editions the one in force
// in the year is given. ok is false when no child, or more than one, bears the name.
func (b *Book) Child(scheme, parent, name string, year int) (entry Entry, ok bool) {
	l := b.list(scheme)
	if l == nil {
		return Entry{}, false
	}
	var buffer [foldedRunes]rune
	printed := appendFolded(buffer[:0], name)
	best, bestLike := "", near
	ambiguous := false
	for _, bearer := range l.byName()[string(trimSuffix(printed))] {
		if len(bearer.code) != childSize(parent) || !strings.HasPrefix(bearer.code, parent) {
			continue
		}
		like := alike
		if slices.Equal(printed, bearer.folded) {
			like = spelled
		}
		switch {
		case like > bestLike:
			best, bestLike, ambiguous = bearer.code, like, false
		case like == bestLike && bearer.code != best:
			ambiguous = true
		}
	}
	if best == "" || ambiguous {
		return Entry{}, false
	}
	first, end := l.find(best)
	return l.entry(l.choose(first, end, year)), true
}

// NearChild is Child for a name that is printed with one character more or less
// than it is listed: 工资和福利支出 for 工资福利支出.
func (b *Book) NearChild(scheme, parent, name string, year int) (entry Entry, ok bool) {
	l := b.list(scheme)
	if l == nil {
		return Entry{}, false
	}
	var printedBuffer, listedBuffer [foldedRunes]rune
	printed := appendFolded(printedBuffer[:0], name)
	best := ""
	first, _ := slices.BinarySearchFunc(l.rows, parent, func(r row, code string) int { return strings.Compare(r.code, code) })
	for at := first; at < len(l.rows) && strings.HasPrefix(l.rows[at].code, parent); at++ {
		r := &l.rows[at]
		if len(r.code) != childSize(parent) || r.code == best || !differsByOne(printed, appendFolded(listedBuffer[:0], r.name)) {
			continue
		}
		if best != "" {
			return Entry{}, false
		}
		best = r.code
	}
	if best == "" {
		return Entry{}, false
	}
	at, end := l.find(best)
	return l.entry(l.choose(at, end, year)), true
}

// namedCode is a code and one of its names, folded.
type namedCode struct {
	code   string
	folded []rune
}

// indexNames gives the codes that bear a name, in any edition or wording, by the
// folded name without 支出 and 事务.
func (l *list) indexNames() map[string][]namedCode {
	index := make(map[string][]namedCode, len(l.rows)+len(l.names))
	add := func(code, name string) {
		folded := appendFolded(nil, name)
		key := string(trimSuffix(folded))
		index[key] = append(index[key], namedCode{code, folded})
	}
	for i := range l.rows {
		add(l.rows[i].code, l.rows[i].name)
	}
	for i := range l.names {
		if first, end := l.find(l.names[i].code); first < end {
			add(l.names[i].code, l.names[i].name)
		}
	}
	return index
}

// childSize is how long the codes right below a parent are: a class has three
// digits, every further level two more.
func childSize(parent string) int {
	if parent == "" {
		return len("206")
	}
	return len(parent) + len("07")
}
