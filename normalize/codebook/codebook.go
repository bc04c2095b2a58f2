// Package codebook holds the code lists of Chinese budget disclosure: the
// functional and economic classifications of expenditure, the classification
// of revenue, the catalogue of procurement items and the administrative
// divisions (GB/T 2260).
//
// A printed code means nothing without its list and its year: 30311 was 住房公积金
// until 2017 and is 代缴社会保险费 since 2018; A02010104 was a desktop computer in
// the catalogue of 2013 and is a server in that of 2022. Lookup chooses the
// edition by the year, Resolve checks the choice against the printed name.
//
// The lists were gathered from public sources of unequal weight. Every entry
// says where it comes from and how sure it is.
package codebook

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The schemes. Codes of the first four are digits: three of a class (类), five
// of a subclass (款), seven of an item (项; revenue has a fourth level, 目).
const (
	FunctionalExpenditure = "functional_expenditure" // 支出功能分类, 2060702
	EconomicDepartment    = "economic_department"    // 部门预算支出经济分类, 30108
	EconomicGovernment    = "economic_government"    // 政府预算支出经济分类, 50101
	Revenue               = "revenue"                // 收入分类, 1030401
	Procurement           = "procurement"            // 政府采购品目分类目录, A02010104
	Divisions             = "gb2260"                 // 行政区划, 130300
)

// Entry is one code of one edition of a scheme.
type Entry struct {
	Scheme     string
	Edition    string // as the source calls it: 2009, 2019-2025, 2023-06-30
	Code       string
	Name       string
	Level      string // 类 款 项, 省 地 县, or the depth 0 to 5 in the procurement catalogue
	Parent     string // code of the parent in the same edition; empty at the top
	ValidFrom  int    // year, approximate; 0: not known
	ValidTo    int    // year, approximate; 0: still valid or not known
	Source     string // where code and name were read
	Confidence string // official_pdf, two_sources … knowledge_low
	Documents  int    // real disclosures that were seen to print the code
	Places     int    // provinces and cities that published them
}

// Book is an immutable set of code lists, safe for concurrent use. The zero
// Book is empty.
type Book struct {
	lists     []namedList
	gazetteer func() *gazetteer
}

type namedList struct {
	scheme string
	load   func() (*list, error)
}

//go:generate go run ./internal/generate ../../../shared/codes internal/generate/additions lists.bin crosswalks.bin

//go:embed lists.bin
var listsFile []byte

var embedded = sync.OnceValues(func() (*Book, error) {
	book, err := decodeBook(listsFile)
	if err != nil {
		return nil, err
	}
	// What every budget needs is decoded now, so that a damaged file is an
	// error here. The procurement catalogue waits for its first use; the
	// checksum of the file already vouches for it.
	for _, named := range book.lists {
		if named.scheme == Procurement {
			continue
		}
		if _, err := named.load(); err != nil {
			return nil, err
		}
	}
	return book, nil
})

// Embedded returns the code lists that come with the program, decoded once.
func Embedded() (*Book, error) { return embedded() }

// list returns the list of a scheme, or nil when there is none.
func (b *Book) list(scheme string) *list {
	for i := range b.lists {
		if b.lists[i].scheme == scheme {
			l, err := b.lists[i].load()
			if err != nil {
				return nil
			}
			return l
		}
	}
	return nil
}

// Lookup finds a code in the edition in force in a year: the newest that began
// by then, or, when the code is in none of those, the first that has it. The
// years of the lists are approximate, so a year never rejects a code. Year 0
// stands for the newest edition. The divisions are snapshots; the one nearest
// to the year is taken.
func (b *Book) Lookup(scheme, code string, year int) (Entry, bool) {
	l := b.list(scheme)
	if l == nil {
		return Entry{}, false
	}
	first, end := l.findPrinted(cleanCode(code))
	if first == end {
		return Entry{}, false
	}
	return l.entry(l.choose(first, end, year)), true
}

// Editions lists the editions of a scheme, oldest first.
func (b *Book) Editions(scheme string) []string {
	l := b.list(scheme)
	if l == nil {
		return nil
	}
	var labels []string
	for _, edition := range l.editions {
		labels = append(labels, edition.label)
	}
	return labels
}

// Entries yields all entries of a scheme by code, and by edition within a code.
func (b *Book) Entries(scheme string) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		l := b.list(scheme)
		if l == nil {
			return
		}
		for at := range l.rows {
			if !yield(l.entry(at)) {
				return
			}
		}
	}
}

// The catalogue of 2013 is five levels deep, one more than any other list.
// A longer path would be a circle.
const deepestPath = 6

// Path returns the entries from the top of the list down to the entry itself,
// 类, 款, 项, within the entry's edition where it has them.
func (b *Book) Path(entry Entry) []Entry {
	path := []Entry{entry}
	l := b.list(entry.Scheme)
	for l != nil && entry.Parent != "" && len(path) < deepestPath {
		parent := entry.Parent
		if parent == entry.Code {
			// 东莞市, 中山市 and 儋州市 have no counties: the list gives them
			// once, as prefecture and county at the same time.
			parent = parent[:2] + "0000"
		}
		first, end := l.find(parent)
		if first == end {
			break
		}
		at := first
		for at < end-1 && l.editions[l.rows[at].edition].label != entry.Edition {
			at++
		}
		entry = l.entry(at)
		path = append(path, entry)
	}
	for i, j := 0, len(path)-1; i < j; i, j = i+1, j-1 {
		path[i], path[j] = path[j], path[i]
	}
	return path
}

// Search returns the entries whose code begins with the text or whose name
// contains it, by code. Empty text finds nothing.
func (b *Book) Search(scheme, text string) []Entry {
	l := b.list(scheme)
	code := cleanCode(text)
	var wantedBuffer, nameBuffer [foldedRunes]rune
	wanted := appendFolded(wantedBuffer[:0], text)
	if l == nil || code == "" {
		return nil
	}
	var found []Entry
	for at := range l.rows {
		name := appendFolded(nameBuffer[:0], l.rows[at].name)
		if strings.HasPrefix(l.rows[at].code, code) || containsRunes(name, wanted) {
			found = append(found, l.entry(at))
		}
	}
	return found
}

// SchemeOf names the schemes that have codes of this shape, most likely first;
// none when the shape fits no scheme. Shape is weak evidence: Yantai prints
// its department 司法局 as 225, which looks like a class of expenditure.
func (b *Book) SchemeOf(code string) []string {
	code = cleanCode(code)
	if code == "" {
		return nil
	}
	if first := code[0]; first >= 'A' && first <= 'C' {
		if len(code) <= 11 && allDigits(code[1:]) {
			return []string{Procurement}
		}
		return nil
	}
	if !allDigits(code) {
		return nil
	}
	switch {
	case len(code) == 6:
		return []string{Divisions}
	case len(code)%2 == 0 || len(code) < 3 || len(code) > 9:
		return nil
	}
	// Economic lists end at five digits; offices add two more of their own.
	economic := len(code) <= 7
	switch {
	case code[0] == '1':
		return []string{Revenue}
	case code[0] == '2':
		return []string{FunctionalExpenditure}
	case code[0] == '3' && economic:
		return []string{EconomicDepartment}
	case code[0] == '5' && economic:
		return []string{EconomicGovernment}
	}
	return nil
}

func allDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

// cleanCode makes full-width characters plain, small letters capital and drops
// spaces: cells print "２０６" and "206 07 02". A code printed plainly is
// returned as it is.
func cleanCode(code string) string {
	plain := true
	for i := range len(code) {
		c := code[i]
		plain = plain && (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z')
	}
	if plain {
		return code
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == utf8.RuneError {
			return -1
		}
		return unicode.ToUpper(narrow(r))
	}, code)
}
