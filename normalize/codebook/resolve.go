package codebook

import "strings"

// Status says how a printed code and name agree with the lists.
type Status string

const (
	Exact    Status = "exact"    // code and name as listed
	Alias    Status = "alias"    // a known wording, spelling or cut of the listed name
	Renamed  Status = "renamed"  // the name of another edition or of years between editions
	Prefix   Status = "prefix"   // a local code under a listed one
	Unknown  Status = "unknown"  // not in the list
	Conflict Status = "conflict" // listed, but clearly under another name
)

// Resolution is what a printed code means. Entry is the zero Entry when the
// code is unknown, the nearest listed ancestor for Prefix, and the entry that
// bears the printed name for Renamed when an edition lists it.
type Resolution struct {
	Entry  Entry
	Status Status
}

// Resolve says what a code printed beside a name means in a document of a
// fiscal year; year 0 stands for the newest edition. The code is read as
// Lookup does, then the name is compared, however it is spaced, bracketed or
// cut. With an empty name the code alone decides.
func (b *Book) Resolve(scheme, code, name string, year int) Resolution {
	l := b.list(scheme)
	code = cleanCode(code)
	if l == nil || code == "" {
		return Resolution{Status: Unknown}
	}
	first, end := l.findPrinted(code)
	if first == end {
		if at, ok := l.findAncestor(code, year); ok {
			return Resolution{l.entry(at), Prefix}
		}
		return Resolution{Status: Unknown}
	}
	chosen := l.choose(first, end, year)
	if name = strings.TrimSpace(name); name == "" || name == l.rows[chosen].name {
		return Resolution{l.entry(chosen), Exact}
	}
	at, status := l.judgeName(first, end, chosen, name)
	return Resolution{l.entry(at), status}
}

// judgeName compares a name that is not the listed one to all the names of the
// code, the surest first: the chosen entry and the wordings known for it, the
// other editions and the former names, then names cut short.
func (l *list) judgeName(first, end, chosen int, name string) (at int, status Status) {
	var printedBuffer, listedBuffer [foldedRunes]rune
	printed := appendFolded(printedBuffer[:0], name)
	if len(printed) == 0 { // a dash or a star is no name
		return chosen, Exact
	}
	likenessTo := func(listed string) likeness {
		return compareNames(printed, appendFolded(listedBuffer[:0], listed))
	}
	own := likenessTo(l.rows[chosen].name)
	if own >= alike {
		return chosen, Alias
	}
	others := l.otherNames(l.rows[chosen].code)
	for _, other := range others {
		if !other.historic && likenessTo(other.name) == spelled {
			return chosen, Alias
		}
	}
	alikeOther, nearOther := -1, -1
	for at := first; at < end; at++ {
		if at == chosen {
			continue
		}
		switch likenessTo(l.rows[at].name) {
		case spelled:
			return at, Renamed
		case alike:
			alikeOther = at
		case near:
			nearOther = at
		}
	}
	if alikeOther >= 0 {
		return alikeOther, Renamed
	}
	nearFormer, nearWording := false, false
	for _, other := range others {
		switch like := likenessTo(other.name); {
		case like >= alike && other.historic:
			return chosen, Renamed
		case like >= alike:
			return chosen, Alias
		case like == near && other.historic:
			nearFormer = true
		case like == near:
			nearWording = true
		}
	}
	if own != near && nearOther < 0 && !nearFormer && !nearWording || l.namesSibling(chosen, printed) {
		return chosen, Conflict
	}
	switch {
	case own == near, nearWording:
		return chosen, Alias
	case nearOther >= 0:
		return nearOther, Renamed
	}
	return chosen, Renamed
}

// widestFamily is how many rows from a code its siblings are looked for; 款 and
// their 项 stand within it, classes mostly.
const widestFamily = 400

// namesSibling tells whether the printed name is that of another code with the
// same parent: then the likeness to this one is chance.
func (l *list) namesSibling(of int, printed []rune) bool {
	var buffer [foldedRunes]rune
	self := &l.rows[of]
	for at := max(0, of-widestFamily); at < min(len(l.rows), of+widestFamily); at++ {
		r := &l.rows[at]
		if r.parent == self.parent && r.code != self.code &&
			compareNames(printed, appendFolded(buffer[:0], r.name)) == spelled {
			return true
		}
	}
	return false
}

// findAncestor finds the listed code that a longer local code begins with. A
// class alone is too little: department codes such as 225001 begin like one.
func (l *list) findAncestor(code string, year int) (at int, ok bool) {
	const shortest, step = 5, 2
	for length := len(code) - step; length >= shortest; length -= step {
		if first, end := l.findPrinted(code[:length]); first < end {
			return l.choose(first, end, year), true
		}
	}
	return 0, false
}
