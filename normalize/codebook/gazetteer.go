package codebook

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Division finds the administrative division that a text names: the agency or
// the title 2026年烟台市司法局部门预算 gives 烟台市, 370600. The first name that is
// certain counts, followed down as far as the text goes on to name divisions
// within it: 上海市普陀区财政局 gives 普陀区 of Shanghai, 310107.
//
// A name that several divisions bear needs its parent, before it or anywhere
// in the text. A name without its suffix counts where a name is expected: at
// the beginning for provinces and prefectures when no other division shares
// it, and directly after the parent for counties (上海市普陀).
func (b *Book) Division(text string) (Entry, bool) {
	if b.gazetteer == nil {
		return Entry{}, false
	}
	g := b.gazetteer()
	text = plainText(text)
	at, ok := g.scan(text, &g.full)
	if !ok {
		at, ok = g.scan(text, &g.short)
	}
	if !ok {
		return Entry{}, false
	}
	return g.list.entry(at), true
}

// gazetteer finds the names of divisions in a text.
type gazetteer struct {
	list  *list
	full  nameIndex // 秦皇岛市
	short nameIndex // 秦皇岛: provinces and prefectures only
}

// nameIndex maps names to the rows that bear them.
type nameIndex struct {
	first map[string]int32 // name to its first bearer
	chain []bearer
	// The longest name that begins with two given characters, in bytes: it
	// rules out most places of a text at once.
	longest map[[2]rune]int
}

// bearer is a row and the place in the chain of the next row with the same
// name, or -1.
type bearer struct{ row, next int32 }

func newNameIndex(size int) nameIndex {
	return nameIndex{
		first: make(map[string]int32, size), chain: make([]bearer, 0, size),
		longest: make(map[[2]rune]int, size/2),
	}
}

func (n *nameIndex) add(name string, row int) {
	next, known := n.first[name]
	if !known {
		next = -1
		pair := firstPair(name)
		n.longest[pair] = max(n.longest[pair], len(name))
	}
	n.first[name] = int32(len(n.chain))
	n.chain = append(n.chain, bearer{int32(row), next})
}

func firstPair(text string) [2]rune {
	first, size := utf8.DecodeRuneInString(text)
	second, _ := utf8.DecodeRuneInString(text[size:])
	return [2]rune{first, second}
}

// newGazetteer indexes the list of divisions; a nil list gives an empty
// gazetteer. Former names stand beside the present ones.
func newGazetteer(l *list) *gazetteer {
	if l == nil {
		l = &list{}
	}
	// Three rows in five bear a name of their own.
	g := &gazetteer{list: l, full: newNameIndex(len(l.rows) * 3 / 5), short: newNameIndex(512)}
	for at := range l.rows {
		r := &l.rows[at]
		if isPlaceholder(r.name) || at+1 < len(l.rows) && l.rows[at+1].code == r.code && l.rows[at+1].name == r.name {
			continue
		}
		g.full.add(r.name, at)
		if stem, ok := strings.CutSuffix(r.name, "自治州"); ok {
			g.full.add(withoutPeoples(stem)+"州", at) // 延边州
		}
	}
	g.indexShortNames()
	return g
}

// indexShortNames fills the names without suffix of the present provinces and
// prefectures, but for those that a division elsewhere shares: 大同 is a city in
// Shanxi and a district of Daqing. Where only one bears the name without the
// name of a people, it is meant: 海南 is the province.
func (g *gazetteer) indexShortNames() {
	for _, autonomous := range []bool{false, true} {
		for at := range g.list.rows {
			r := &g.list.rows[at]
			if !g.isPresent(r) || isCounty(r.code) || isPlaceholder(r.name) || strings.Contains(r.name, "自治") != autonomous {
				continue
			}
			short := shortName(r.name)
			if _, taken := g.short.first[short]; short != "" && !(taken && autonomous) {
				g.short.add(short, at)
			}
		}
	}
	for at := range g.list.rows {
		r := &g.list.rows[at]
		if !g.isPresent(r) || !isCounty(r.code) {
			continue
		}
		first, ok := g.short.first[shortName(r.name)]
		if !ok {
			continue
		}
		if bearer := &g.list.rows[g.short.chain[first].row]; isPrefecture(bearer.code) && !within(r.code, bearer.code) {
			g.short.add(shortName(r.name), at)
		}
	}
}

// isPresent tells whether a row is of the newest edition.
func (g *gazetteer) isPresent(r *row) bool { return int(r.edition) == len(g.list.editions)-1 }

// The six digits of a division are three pairs: province, prefecture, county.
func isCounty(code string) bool     { return !strings.HasSuffix(code, "00") }
func isPrefecture(code string) bool { return !isCounty(code) && !strings.HasSuffix(code, "0000") }

// within tells whether a division lies in another.
func within(code, parent string) bool {
	return code != parent && !isCounty(parent) && strings.HasPrefix(code, stemOf(parent))
}

// stemOf is what the codes of all divisions within one begin with.
func stemOf(code string) string {
	switch {
	case isCounty(code):
		return code
	case isPrefecture(code):
		return code[:4]
	}
	return code[:2]
}

// isPlaceholder tells whether the list only needs the name to hold counties
// that no prefecture governs, or for itself.
func isPlaceholder(name string) bool {
	switch name {
	case "县", "市", "中央", "默认区划":
		return true
	}
	return strings.Contains(name, "直辖") || strings.HasSuffix(name, "市辖区") // 秦皇岛市辖区, in 2009
}

var divisionSuffixes = []string{
	"特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "新区", "林区", "特区", "省", "市", "区", "县", "盟", "旗",
}

// peoples are those that autonomous divisions are named for.
var peoples = []string{
	"维吾尔", "哈萨克族", "哈萨克", "柯尔克孜", "塔吉克", "锡伯", "蒙古族", "蒙古", "达斡尔族", "鄂温克族", "鄂伦春", "朝鲜族",
	"满族", "回族", "壮族", "藏族", "羌族", "彝族", "白族", "傣族", "苗族", "侗族", "瑶族", "黎族", "畲族", "水族", "土族", "佤族", "怒族",
	"土家族", "布依族", "哈尼族", "景颇族", "傈僳族", "仫佬族", "毛南族", "仡佬族", "纳西族", "拉祜族", "布朗族", "独龙族", "普米族",
	"撒拉族", "保安族", "东乡族", "裕固族", "各族",
}

// shortestName is the bytes of the shortest name without suffix, two characters.
const shortestName = 2 * len("河")

// shortName is the name of a division as people say it, 秦皇岛, 恩施; empty when
// one character is left, or of a zone that is no division of its own.
func shortName(name string) string {
	if strings.HasSuffix(name, "开发区") || strings.HasSuffix(name, "园区") || strings.HasSuffix(name, "管理区") {
		return ""
	}
	for _, suffix := range divisionSuffixes {
		stem, ok := strings.CutSuffix(name, suffix)
		if !ok || len(stem) < shortestName {
			continue
		}
		if strings.HasPrefix(suffix, "自治") {
			stem = withoutPeoples(stem)
		}
		return stem
	}
	return ""
}

// withoutPeoples takes the names of peoples off the end: 恩施土家族苗族.
func withoutPeoples(name string) string {
	for again := true; again; {
		again = false
		for _, people := range peoples {
			if stem, ok := strings.CutSuffix(name, people); ok && len(stem) >= shortestName {
				name, again = stem, true
			}
		}
	}
	return name
}

// scan finds the first certain name of an index in a text, and the row it
// leads to. A name of several divisions is kept in mind until a certain one
// tells which it is.
func (g *gazetteer) scan(text string, names *nameIndex) (row int, ok bool) {
	undecided := int32(-1)
	for i := 0; i < len(text); {
		first, size := g.nameAt(text, i, names)
		if size == 0 {
			_, size = utf8.DecodeRuneInString(text[i:])
			i += size
			continue
		}
		i += size
		if row, ok = g.only(names, first, ""); !ok {
			if undecided < 0 {
				undecided = first
			}
			continue
		}
		row = g.descend(text[i:], row)
		if undecided >= 0 {
			if county, ok := g.only(names, undecided, g.list.rows[row].code); ok {
				return county, true
			}
		}
		return row, true
	}
	return 0, false
}

// nameAt finds the longest name at a place of a text that can stand there, as
// its place in the chain; size 0 when there is none.
func (g *gazetteer) nameAt(text string, i int, names *nameIndex) (first int32, size int) {
	for size = min(names.longest[firstPair(text[i:])], len(text)-i); size > 0; size-- {
		first, ok := names.first[text[i:i+size]]
		if !ok || continuesAsWord(text, i+size) {
			continue
		}
		certain := names == &g.full && !isCounty(g.list.rows[names.chain[first].row].code)
		if certain || isExpected(text[:i]) {
			return first, size
		}
	}
	return 0, 0
}

// only picks the one bearer of a name within a division, a present one before
// former ones. An empty parent means anywhere.
func (g *gazetteer) only(names *nameIndex, first int32, parent string) (row int, ok bool) {
	row, ambiguous := -1, false
	for at := first; at >= 0; at = names.chain[at].next {
		candidate := int(names.chain[at].row)
		if parent != "" && !within(g.list.rows[candidate].code, parent) {
			continue
		}
		if row < 0 {
			row = candidate
			continue
		}
		a, b := &g.list.rows[row], &g.list.rows[candidate]
		switch {
		case g.isPresent(a) != g.isPresent(b):
			if g.isPresent(b) {
				row, ambiguous = candidate, false
			}
		case names == &g.short: // 吉林 is a province and a city in it
			ambiguous = true
		case within(a.code, b.code): // 嘉峪关市 has one county of its own name
			row = candidate
		case within(b.code, a.code):
		case a.parent == b.parent: // 三元区 got a new, greater code when it was enlarged
			if b.code > a.code {
				row = candidate
			}
		default:
			ambiguous = true
		}
	}
	return row, row >= 0 && !ambiguous
}

// descend follows a text that goes on from the name of a division to one
// within it.
func (g *gazetteer) descend(text string, row int) int {
	for {
		parent := g.list.rows[row].code
		child, size := g.childAt(text, parent)
		if size == 0 {
			child, size = g.shortChildAt(text, parent)
		}
		if size == 0 {
			return row
		}
		text, row = text[size:], child
	}
}

func (g *gazetteer) childAt(text, parent string) (row, size int) {
	for size = min(g.full.longest[firstPair(text)], len(text)); size > 0; size-- {
		first, ok := g.full.first[text[:size]]
		if !ok || continuesAsWord(text, size) {
			continue
		}
		if row, ok = g.only(&g.full, first, parent); ok {
			return row, size
		}
	}
	return 0, 0
}

// shortChildAt finds the present division directly below the parent whose name
// without suffix begins the text.
func (g *gazetteer) shortChildAt(text, parent string) (found, size int) {
	if isCounty(parent) || text == "" {
		return 0, 0
	}
	stem := stemOf(parent)
	at, _ := slices.BinarySearchFunc(g.list.rows, stem, func(r row, stem string) int { return strings.Compare(r.code, stem) })
	for ; at < len(g.list.rows) && strings.HasPrefix(g.list.rows[at].code, stem); at++ {
		r := &g.list.rows[at]
		if r.code == parent || !g.isPresent(r) || !strings.HasPrefix(text, r.name[:min(shortestName, len(r.name))]) {
			continue
		}
		if r.parent != parent && !g.isHeldBy(r, parent) {
			continue
		}
		short := shortName(r.name)
		if len(short) > size && strings.HasPrefix(text, short) && !formsAgency(text[len(short):]) {
			found, size = at, len(short)
		}
	}
	return found, size
}

// isHeldBy tells whether only a placeholder stands between a county and the
// province: the districts of Beijing, 仙桃市 in Hubei.
func (g *gazetteer) isHeldBy(r *row, province string) bool {
	first, end := g.list.find(r.parent)
	return first < end && isPlaceholder(g.list.rows[end-1].name) && g.list.rows[end-1].parent == province
}

// continuesAsWord tells whether 市 at the end of a name begins the word 市场.
func continuesAsWord(text string, end int) bool {
	return strings.HasSuffix(text[:end], "市") && strings.HasPrefix(text[end:], "场")
}

// isExpected tells whether the name of a division can follow a text: at the
// beginning, after anything that is not Chinese writing, and after words that
// lead to a name (2026年, 中共, 关于, 国家税务总局).
func isExpected(before string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || !unicode.Is(unicode.Han, last) || strings.ContainsRune("年度共局会院党于布复开在由对至和及与将的驻", last)
}

// formsAgency tells whether what follows a short name makes it the subject of
// an agency or institution: 公安 is a county of 荆州市, 荆州市公安局 is not in it.
func formsAgency(after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	return after != "" && strings.ContainsRune("局厅处所站院队书大小中医路街分店", next)
}

// plainText drops the spaces of a text and makes compatibility characters
// plain; most texts have neither.
func plainText(text string) string {
	if strings.IndexFunc(text, isCompatibility) >= 0 {
		text = norm.NFKC.String(text)
	}
	if strings.IndexFunc(text, unicode.IsSpace) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}
