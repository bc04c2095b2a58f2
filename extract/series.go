package extract

import "strings"

// series are numbered sections that follow each other in number, 1. 2. 3., with
// or without text between them. What one of them is shows best in all of them.
type series struct {
	members []int // indices of sections
	filled  int   // members, the last left out, that have text under them
}

// numbered tells whether a section may be a member of a series.
func numbered(section *Section, sign sign) bool {
	return (section.Kind == Heading || section.Kind == ListItem) && sign.numeral.style != unnumbered && sign.numeral.style != bulletMark
}

// opensAnew tells whether a section ends all series: a heading without a numeral.
func opensAnew(section *Section, sign sign) bool {
	return section.Kind == Heading && sign.numeral.style == unnumbered
}

// markInner finds series that stand within a series of their own style: under
// （一）部门职责 a list from （一） to （十二）, then （二）机构设置.
func markInner(sections []Section, signs []sign) {
	var last [bulletMark]int // by style, value of the open series; 0 when none is
	for i := range sections {
		n := signs[i].numeral
		switch {
		case opensAnew(&sections[i], signs[i]):
			last = [bulletMark]int{}
		case numbered(&sections[i], signs[i]) && !signs[i].inner:
			clear(last[n.style+1:])
			if n.value == 1 && last[n.style] > 0 && reaches(sections[i:], signs[i:], last[n.style]+1) {
				continue
			}
			last[n.style] = n.value
		}
	}
}

// reaches marks the series that begins a list of sections as an inner one, if
// what follows it in its style has the number that the outer series comes to.
func reaches(sections []Section, signs []sign, outer int) bool {
	style, last := signs[0].numeral.style, 1
	for i := 1; i < len(sections); i++ {
		n := signs[i].numeral
		switch {
		case opensAnew(&sections[i], signs[i]):
			return false
		case !numbered(&sections[i], signs[i]) || n.style > style:
			continue
		case n.style < style:
			return false
		case n.value == last+1:
			last++
		case n.value == outer:
			for k := range i {
				if numbered(&sections[k], signs[k]) && signs[k].numeral.style == style {
					signs[k].inner = true
				}
			}
			return true
		default:
			return false
		}
	}
	return false
}

// seriesOf finds the series of a document: a wider numeral ends all narrower ones.
func seriesOf(sections []Section, signs []sign) []series {
	var all []series
	var open [2 * bulletMark]int // by rank, number of the series from 1; 0 when none is open
	for i := range sections {
		if opensAnew(&sections[i], signs[i]) {
			open = [2 * bulletMark]int{}
		}
		if !numbered(&sections[i], signs[i]) {
			continue
		}
		rank := signs[i].rank()
		clear(open[rank+1:])
		if k := open[rank]; k > 0 {
			s := &all[k-1]
			last := s.members[len(s.members)-1]
			if signs[last].numeral.value+1 == signs[i].numeral.value {
				if last+1 < i {
					s.filled++
				}
				s.members = append(s.members, i)
				continue
			}
		}
		all = append(all, series{members: []int{i}})
		open[rank] = len(all)
	}
	return all
}

// namesInRow: so many numbered names with nothing between them are a list.
const namesInRow = 3

// settle makes the members of a series alike: sentences with text under each
// are headings, names with nothing under any are items.
func (s *sectioner) settle() {
	for _, series := range seriesOf(s.sections, s.signs) {
		gaps := len(series.members) - 1
		switch {
		case gaps > 0 && series.filled*2 > gaps:
			for _, i := range series.members {
				if section := &s.sections[i]; section.Kind == ListItem && oneSentence(section.Text) {
					section.Kind, section.Heading, section.Text = Heading, section.Text, ""
				}
			}
		case series.filled == 0 && (gaps+1 >= namesInRow || s.listed(series)) && s.isList(series):
			for _, i := range series.members {
				if section := &s.sections[i]; section.Text == "" {
					section.Kind, section.Heading, section.Text = ListItem, "", section.Heading
				}
			}
		}
	}
}

// listed tells whether a series follows a text that ends in a colon, and no text
// follows on its last member.
func (s *sectioner) listed(series series) bool {
	before, after := series.members[0]-1, series.members[len(series.members)-1]+1
	if before < 0 || s.sections[before].Kind != Paragraph || !endsInColon(s.sections[before].Text) {
		return false
	}
	return after == len(s.sections) || s.sections[after].Kind == Heading
}

// isList tells of members without text under them whether they are items: they
// are not set larger than the prose, and name no table.
func (s *sectioner) isList(series series) bool {
	for _, i := range series.members {
		if sign := s.signs[i]; sign.size > titleSize*s.body || sign.numeral.style < hanBracketed || s.sections[i].Table > 0 {
			return false
		}
	}
	return true
}

// sentenceLength: longer sentences are no headings (characters).
const sentenceLength = 80

// oneSentence tells whether a text is short and its only full stop is the last.
func oneSentence(text string) bool {
	return !longerThan(text, sentenceLength) && strings.Index(text, "。") == len(text)-len("。")
}
