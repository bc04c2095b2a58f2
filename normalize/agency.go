package normalize

// Tables of a department that speaks for several agencies list the rows of
// one after the other under a row with the agency's name.

// agencies are the agencies that a document lists in columns of their own
// (单位名称, 预算单位), by name, with the code printed beside them.
type agencies map[string]string

// listAgencies gathers the agencies that the tables of a document name.
func listAgencies(readings []*reading, p profile) agencies {
	list := agencies{}
	if p.name != "" {
		list[plainAgency(p.name)] = p.code
	}
	for _, t := range readings {
		for c := range t.columns {
			if t.columns[c].role == roleName && isAgencyHeader(t.columns[c].leaf) {
				list.gather(t, c)
			}
		}
	}
	return list
}

func (list agencies) gather(t *reading, c int) {
	coded := c > 0 && t.columns[c-1].role == roleCode && isAgencyCodeHeader(t.columns[c-1].leaf)
	for r := t.header.rows; r < t.sheet.rows; r++ {
		cell := t.sheet.at(r, c)
		if cell.state != text || isTotalLabel(cell.text) || !isAgencyName(cell.text) {
			continue
		}
		code, name := splitAgency(cell.text)
		if coded && code == "" && isCode(t.sheet.shown(r, c-1).text) {
			code = t.sheet.shown(r, c-1).text
		}
		if key := plainAgency(name); list[key] == "" {
			list[key] = code
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
		if code, ok := s.list[plainAgency(label.name)]; ok {
			if label.code != "" {
				code = label.code
			}
			s.current = agency{code, label.name}
			opens = true
		}
	}
	if label.total {
		s.current = agency{}
	}
	label.agency = s.current
	return opens
}
