package normalize

import "strings"

// Which project an amount is of: a column names it, or the form it stands in, or
// the row itself in a list of projects. Forms print codes that lists leave out.

// projectColumns are the columns of a block that name and number projects, -1
// where there is none.
type projectColumns struct{ name, code int }

func findProjectColumns(b *block, columns []column) projectColumns {
	p := projectColumns{-1, -1}
	for c := b.first; c <= b.last; c++ {
		leaf := columns[c].leaf
		switch columns[c].role {
		case roleCode:
			if p.code < 0 && isProjectCodeHeader(leaf) {
				p.code = c
			}
		case roleName, roleText:
			if p.name < 0 && isProjectNameHeader(leaf) {
				p.name = c
			} else if p.code < 0 && isProjectCodeHeader(leaf) {
				p.code = c
			}
		}
	}
	return p
}

func isProjectCodeHeader(leaf string) bool {
	return containsAny(leaf, "项目编码", "项目代码", "项目编号") && !strings.Contains(leaf, "采购")
}

func isProjectNameHeader(leaf string) bool {
	return (strings.Contains(leaf, "项目名称") || strings.Contains(leaf, "项目）名称") || strings.Contains(leaf, "项目)名称")) && !containsAny(leaf, "采购", "指标", "科目")
}

// project is one that amounts are of.
type project struct{ code, name string }

// projectOf is the project of a row.
func (w *tableWriter) projectOf(r int, b *block, label *rowLabel, opens bool) project {
	listed := isProjectStatement(w.t.match.ID)
	if label.total || opens || !listed && b.project.name < 0 && b.project.code < 0 {
		return project{}
	}
	var code, name string
	if c := b.project.name; c >= 0 && (c != b.name || listed) {
		name = w.textAt(r, c)
	}
	if c := b.project.code; c >= 0 {
		code = w.textAt(r, c)
	}
	if name == "" && listed && label.scheme == "" {
		name = label.name
	}
	if projectCode(name) > 0 {
		code, name, _ = splitGlued(name)
	}
	if isTotalLabel(name) || name == label.agency.name {
		return project{}
	}
	if !isCode(code) {
		code = ""
	}
	return project{code, name}
}

// joinProjects gives the projects that lists name the codes that the document
// prints for them elsewhere; a name with two codes stays without.
func (a *assembly) joinProjects() {
	codes := map[string]string{}
	note := func(name, code string) {
		if name == "" || code == "" {
			return
		}
		if known, ok := codes[name]; ok && known != code {
			code = ""
		}
		codes[name] = code
	}
	for i := range a.batch.Lines {
		note(a.batch.Lines[i].ProjectName, a.batch.Lines[i].ProjectCode)
	}
	for i := range a.batch.Indicators {
		note(a.batch.Indicators[i].ProjectName, a.batch.Indicators[i].ProjectCode)
	}
	if len(codes) == 0 {
		return
	}
	for i := range a.batch.Lines {
		if line := &a.batch.Lines[i]; line.ProjectCode == "" {
			line.ProjectCode = codes[line.ProjectName]
		}
	}
	for i := range a.batch.Purchases {
		if p := &a.batch.Purchases[i]; p.ProjectCode == "" {
			p.ProjectCode = codes[p.ProjectName]
		}
	}
	for i := range a.batch.Indicators {
		if p := &a.batch.Indicators[i]; p.ProjectCode == "" {
			p.ProjectCode = codes[p.ProjectName]
		}
	}
}
