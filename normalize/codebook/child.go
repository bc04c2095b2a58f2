package codebook

// Child finds the entry of a printed name among the codes right below a parent;
// parent "" stands for the top of the list. Of several editions the one in force
// in the year is given. ok is false when no child, or more than one, bears the name.
func (b *Book) Child(scheme, parent, name string, year int) (entry Entry, ok bool) {
	l := b.list(scheme)
	if l == nil {
		return Entry{}, false
	}
	var printedBuffer, listedBuffer [foldedRunes]rune
	printed := appendFolded(printedBuffer[:0], name)
	if len(printed) == 0 {
		return Entry{}, false
	}
	best, bestLike := "", near
	ambiguous := false
	for at := l.below(parent); at < len(l.rows); {
		code := l.rows[at].code
		if len(code) < len(parent) || code[:len(parent)] != parent {
			break
		}
		if len(code) == childSize(parent) {
			like := max(compareNames(printed, appendFolded(listedBuffer[:0], l.rows[at].name)), l.wordingLikeness(code, printed))
			switch {
			case like > bestLike:
				best, bestLike, ambiguous = code, like, false
			case like == bestLike && like > near && code != best:
				ambiguous = true
			}
		}
		at++
	}
	if best == "" || ambiguous {
		return Entry{}, false
	}
	first, end := l.find(best)
	return l.entry(l.choose(first, end, year)), true
}

// wordingLikeness compares a name to the other names known for a code.
func (l *list) wordingLikeness(code string, printed []rune) likeness {
	var buffer [foldedRunes]rune
	like := other
	for _, wording := range l.otherNames(code) {
		like = max(like, compareNames(printed, appendFolded(buffer[:0], wording.name)))
	}
	return like
}

// childSize is how long the codes right below a parent are: a class has three
// digits, every further level two more.
func childSize(parent string) int {
	if parent == "" {
		return len("206")
	}
	return len(parent) + len("07")
}

// below is the first row that may lie under a parent.
func (l *list) below(parent string) int {
	first, end := l.find(parent)
	if first == end {
		return first
	}
	return end
}
