package normalize

import "strings"

// writeInstitutions appends the units that a table of institutions lists:
// 单位名称 | 单位性质 | 单位规格 | 经费保障形式.
func (w *tableWriter) writeInstitutions() {
	if w.t.match.ID != "institution" {
		return
	}
	name, code, nature, rank, funding := -1, -1, -1, -1, -1
	for c := range w.t.columns {
		switch leaf := w.t.columns[c].leaf; {
		case strings.Contains(leaf, "性质") && nature < 0:
			nature = c
		case containsAny(leaf, "规格", "级别") && rank < 0:
			rank = c
		case strings.Contains(leaf, "经费") && funding < 0:
			funding = c
		case containsAny(leaf, "编码", "代码") && code < 0:
			code = c
		case strings.HasSuffix(leaf, "名称") && name < 0:
			name = c
		}
	}
	if name < 0 {
		return
	}
	for r := w.t.header.rows; r < w.t.sheet.rows; r++ {
		whole := w.textAt(r, name)
		if whole == "" || isTotalLabel(whole) || isNote(whole) {
			continue
		}
		row := Institution{
			ID: w.rowID(r), DocumentID: w.table.DocumentID, TableID: w.table.ID,
			NatureRaw: w.textAt(r, nature), RankRaw: w.textAt(r, rank), FundingRaw: w.textAt(r, funding),
		}
		row.Code, row.Name = splitAgency(whole)
		if printed := w.textAt(r, code); printed != "" {
			row.Code = printed
		} else if row.Code == "" && row.Name == w.profile.name {
			row.Code = w.profile.code
		} else if row.Code == "" {
			row.Code = w.agencies.codes[plainAgency(row.Name)]
		}
		row.Page, row.Box = w.placeAt(r, name)
		w.batch.Institutions = append(w.batch.Institutions, row)
	}
}
