package normalize

import (
	"strings"
)

// A table of fixed assets has a row for each kind, with the unit of its
// quantity in the label: 1、房屋（平方米） | 1680 | 28.

// assetKinds are the words that tell the kinds apart, the particular before the general.
var assetKinds = []struct{ word, kind string }{
	{"办公用房", "office_building"}, {"房屋", "building"}, {"用房", "building"}, {"车辆", "vehicle"}, {"用车", "vehicle"},
	{"设备", "equipment_over_200k"}, {"总额", "total"}, {"总计", "total"}, {"合计", "total"},
}

func assetKind(label string) string {
	for _, k := range assetKinds {
		if strings.Contains(label, k.word) {
			if k.kind == "equipment_over_200k" && !containsAny(label, "单价", "单位价值", "单台", "大型") {
				return "other"
			}
			return k.kind
		}
	}
	return "other"
}

// writeAssets appends the rows of a table of assets.
func (w *tableWriter) writeAssets() {
	if w.t.match.ID != "asset_status" || len(w.t.blocks) == 0 {
		return
	}
	label, quantity, value := w.t.blocks[0].name, -1, -1
	for c := range w.t.columns {
		leaf := narrowed(w.t.columns[c].leaf)
		switch {
		case quantity < 0 && (w.t.columns[c].role == roleQuantity || strings.HasPrefix(leaf, "数量")):
			quantity = c
		case value < 0 && w.t.columns[c].role == roleAmount && !strings.Contains(leaf, "净值"):
			value = c
		}
	}
	if label < 0 {
		return
	}
	asOf := w.dayOfCaption()
	for r := w.t.header.rows; r < w.t.sheet.rows; r++ {
		name := w.textAt(r, label)
		if name == "" || isNote(name) || w.t.sheet.shown(r, label).state != text {
			continue
		}
		row := Asset{
			ID: w.rowID(r), DocumentID: w.table.DocumentID, TableID: w.table.ID, AsOf: asOf, Kind: assetKind(name), LabelRaw: name,
			Quantity: w.numberAt(r, quantity), QuantityUnit: unitInBrackets(name), Value: w.yuanAt(r, value), IsMemo: isMemoLabel(name),
		}
		row.Page, row.Box = w.placeAt(r, label)
		w.batch.Assets = append(w.batch.Assets, row)
	}
}

// unitInBrackets is the unit at the end of a label: 房屋（平方米）.
func unitInBrackets(label string) string {
	s, ok := strings.CutSuffix(narrowed(label), ")")
	if !ok {
		return ""
	}
	return s[strings.LastIndexByte(s, '(')+1:]
}

// dayOfCaption is the day that the lines above a table name: 截止时间：2020年12月31日.
func (w *tableWriter) dayOfCaption() string {
	lines := w.t.sheet.table.Caption
	for i := range lines {
		if day := dayIn(compact(lines[i].Text)); day != "" {
			return day
		}
	}
	for r := 0; r < w.t.header.titles; r++ {
		for c := 0; c < w.t.sheet.columns; c++ {
			if day := dayIn(w.t.sheet.at(r, c).text); day != "" {
				return day
			}
		}
	}
	return ""
}
