package normalize

import (
	"strconv"

	"github.com/shopspring/decimal"

	"gongkai/extract/layout"
)

// writeFacts appends what a table says beyond its amounts.
func (w *tableWriter) writeFacts() {
	w.writeIndicators()
	if !w.t.form {
		w.writePurchases()
		w.writeAssets()
		w.writeInstitutions()
	}
}

// The accessors below read one cell of a row for the datasets of facts. A
// column of -1 is one that the table does not have.

// rowID names a row of a table.
func (w *tableWriter) rowID(r int) string { return w.table.ID + "r" + strconv.Itoa(r) }

// textAt is the text a reader sees, without spaces; dashes say nothing.
func (w *tableWriter) textAt(r, c int) string {
	if c < 0 {
		return ""
	}
	if cell := w.t.sheet.shown(r, c); cell.state != dash {
		return cell.text
	}
	return ""
}

// numberAt is a count or a measure.
func (w *tableWriter) numberAt(r, c int) decimal.NullDecimal {
	if c < 0 {
		return decimal.NullDecimal{}
	}
	cell := w.t.sheet.shown(r, c)
	if cell.state != number {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(cell.amount.decimal())
}

// yuanAt is an amount in yuan; missing when its unit is not printed.
func (w *tableWriter) yuanAt(r, c int) decimal.NullDecimal {
	if c < 0 {
		return decimal.NullDecimal{}
	}
	cell := w.t.sheet.shown(r, c)
	u, _ := w.unitOf(cell, c, "")
	if cell.state != number || u == 0 {
		return decimal.NullDecimal{}
	}
	value, _ := toYuan(&cell.amount, u)
	return decimal.NewNullDecimal(value)
}

// placeAt is where the cell shown at a position stands.
func (w *tableWriter) placeAt(r, c int) (int, layout.Box) {
	owner := int(w.t.sheet.at(r, c).owner)
	return placeOf(&w.t.sheet.table.Grid[owner/w.t.sheet.columns][owner%w.t.sheet.columns])
}
