package normalize

import (
	"strings"
	"unicode/utf8"
)

// Tables of a department that speaks for several agencies list the rows of
// one after the other under a row with the agency's name.

// agencies are the agencies that a document lists in columns of their own
// (单位名称, 预算单位).
type agencies struct {
	codes map[string]string // by name: the code printed beside it, or none
	// names are by code: of those that are printed beside it the longest, since a
	// narrow column cuts a name.
	names map[string]string
}

// listAgencies gathers the agencies that the tables of a document name.
func listAgencies(readings []*reading, p profile) agencies {
	list := agencies{codes: map[string]string{}, names: map[string]string{}}
	if p.name != "" {
		list.codes[plainAgency(p.name)] = p.code
	}
	for _, t := range readings {
		for c := range t.columns {
			if t.columns[c].role == roleName && isAgencyHeader(t.columns[c].leaf) {
				list.gather(t, c)
			}
		}
	}
	list.dropTorn()
	return list
}

// dropTorn removes the beginnings of names that a page end cut in two.
func (list agencies) dropTorn() {
	for name := range list.codes {
		if isOrganisation(narrowed(name)) {
			continue
		}
		for other := range list.codes {
			if len(other) > len(name) && strings.HasPrefix(other, name) {
				delete(list.codes, name)
				break
			}
		}
	}
}

func (list agencies) gather(t *reading, c int) {
	coded := c > 0 && t.columns[c-1].role == roleCode && isAgencyCodeHeader(t.columns[c-1].leaf)
	for r := t.header.rows; r < t.sheet.rows; r++ {
		cell := t.sheet.at(r, c)
		if cell.state != text || isTotalLabel(cell.text) || !isAgencyName(cell.text) {
			continue
		}
		if strings.Count(narrowed(cell.text), "(") != strings.Count(narrowed(cell.text), ")") || !isOrganisation(narrowed(cell.text)) && utf8.RuneCountInString(cell.text) < shortestAgency {
			continue // cut in two by a page end
		}
		code, name := splitAgency(cell.text)
		if coded && code == "" && isCode(t.sheet.shown(r, c-1).text) {
			code = t.sheet.shown(r, c-1).text
		}
		key := plainAgency(name)
		if list.codes[key] == "" {
			list.codes[key] = code
		}
		if known := list.names[code]; code != "" && (len(key) > len(known) || len(key) == len(known) && key < known) {
			list.names[code] = key
		}
	}
}

// plainAgency is a name without the remark that only the office itself is meant.
func plainAgency(name string) string {
	for _, remark := range []string{"（本级）", "(本级)", "（机关）", "(机关)", "本级"} {
		if n := len(name) - len(remark); n > 0 && name[n:] == remark {
			return name[:n]
		}
	}
	return name
}

// complete mends a name that a page end cut in two, as 深圳市水务局（本: the one
// listed agency that begins so; ok is false for what is no agency's name at all.
func (list agencies) complete(name string) (whole string, ok bool) {
	if _, listed := list.codes[plainAgency(name)]; listed {
		return name, true
	}
	open := max(strings.LastIndex(name, "（"), strings.LastIndex(name, "("))
	cut := open > 0 && !strings.ContainsAny(name[open:], ")）")
	if cut {
		name = name[:open]
		if _, listed := list.codes[name]; listed {
			return name, true
		}
	}
	if !cut && isOrganisation(narrowed(name)) && isAgencyName(name) {
		return name, true
	}
	for other := range list.codes {
		if strings.HasPrefix(other, name) && len(name) > len("深圳市") {
			if ok {
				return "", false // more than one begins so
			}
			whole, ok = other, true
		}
	}
	if !ok && isAgencyName(name) && !cut && utf8.RuneCountInString(name) >= shortestAgency {
		return name, true
	}
	return whole, ok
}

// splitNumber takes the number off 203001某某市城市管理局. Three digits could be a name's
// own (120急救中心), so that they count only before an agency of the document.
func (list agencies) splitNumber(label string) (code, name string) {
	const shortest, shortestNumber, longest = 3, 6, 9
	n := leadingDigits(label)
	if n < shortest || n > longest || n == len(label) {
		return "", label
	}
	name = label[n:]
	if _, listed := list.codes[plainAgency(name)]; !listed && (n < shortestNumber || !isAgencyName(name) || !isOrganisation(narrowed(name))) {
		return "", label
	}
	return label[:n], name
}

// shortestAgency: a name of a kind not known (杭州市东郊监狱) has at least as many characters.
const shortestAgency = 6

// sections follows the rows of a table from agency to agency.
type sections struct {
	list    agencies
	current agency
}

// follow gives a row to the agency whose section it stands in, and tells
// whether the row itself opens a section.
func (s *sections) follow(label *rowLabel) (opens bool) {
	if label.agency.name != "" {
		return false
	}
	if label.name != "" {
		if code, ok := s.list.codes[plainAgency(label.name)]; ok {
			if label.code != "" {
				code = label.code
			} else if label.agencyCode != "" {
				code = label.agencyCode
			}
			s.current = agency{code, label.name}
			opens = true
		}
	}
	if label.total {
		s.current = agency{}
	}
	if label.agencyCode != "" && label.agencyCode != s.current.code {
		s.current.code = label.agencyCode
		if name := s.list.names[label.agencyCode]; name != "" {
			s.current.name = name
		}
	}
	label.agency = s.current
	return opens
}
