package normalize

import (
	"strings"

	"github.com/shopspring/decimal"

	"gongkai/normalize/codebook"
)

// A procurement plan has a row for each item between rows of totals: 合计, the
// agency, 货物. What is bought stands in a column of its own, with its catalogue
// code beside or before it; the project's name and budget are merged over its items.

// catalogueScheme names the catalogue of government procurement (品目) in the data.
const catalogueScheme = "CN-GPC"

// The editions of the catalogue. That of 2022, issued in September, numbers the
// budgets from 2023 on.
const (
	oldCatalogue, newCatalogue = "2013", "2022"
	firstNewCatalogue          = 2023
)

// purchaseColumns are where a plan says what; -1 where it does not.
type purchaseColumns struct {
	project, projectCode, budget, item, code, category int
	unit, quantity, price, amount                      int
	general, fund, capital, special                    int
	own                                                []int
}

// findPurchaseColumns tells the columns by their headings; ok is false for a
// plan by 科目 or by 货物, 工程, 服务 alone, which names no thing.
func findPurchaseColumns(columns []column) (p purchaseColumns, ok bool) {
	p = purchaseColumns{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, nil}
	for c := range columns {
		col := &columns[c]
		whole, leaf := narrowed(joinPath(col.path)), narrowed(col.leaf)
		if at := p.place(col.role, whole, leaf); at != nil && *at < 0 {
			*at = c
		} else if at == nil && col.role == roleAmount && containsAny(leaf, "单位资金", "自有", "其他资金", "事业收入", "经营收入", "其他收入", "非财政") {
			p.own = append(p.own, c)
		}
	}
	if p.item < 0 && (p.quantity >= 0 || p.code >= 0) {
		p.item, p.project = p.project, -1
	}
	return p, p.item >= 0
}

// place is the field that a heading belongs to, nil when it belongs to none.
func (p *purchaseColumns) place(r role, whole, leaf string) *int {
	switch {
	case r == roleAmount:
		return p.amountPlace(whole, leaf)
	case r == roleQuantity, leaf == "数量", leaf == "采购数量":
		return &p.quantity
	case containsAny(leaf, "计量单位") || leaf == "单位":
		return &p.unit
	case containsAny(leaf, "目录序号", "品目编码", "品目代码", "目录编码", "目录代码"):
		return &p.code
	case leaf == "项目编码", leaf == "项目代码":
		return &p.projectCode
	case containsAny(leaf, "大类", "采购类别", "一级"):
		return &p.category
	case containsAny(leaf, "物品名称", "货物名称", "品目名称", "采购品目", "采购目录", "采购内容", "三级", "品名", "集中采购目录"):
		return &p.item
	case containsAny(leaf, "项目名称", "专项名称", "采购项目"):
		return &p.project
	}
	return nil
}

func (p *purchaseColumns) amountPlace(whole, leaf string) *int {
	switch {
	case containsAny(leaf, "单价"):
		return &p.price
	case containsAny(leaf, "数量"):
		return &p.quantity
	case containsAny(leaf, "一般公共预算"):
		return &p.general
	case containsAny(leaf, "基金"):
		return &p.fund
	case containsAny(leaf, "国有资本"):
		return &p.capital
	case containsAny(leaf, "专户"):
		return &p.special
	case containsAny(whole, "项目来源") || leaf == "项目预算" || leaf == "预算资金" && containsAny(whole, "项目"):
		return &p.budget
	case hasAnySuffix(leaf, "合计", "总计", "金额", "总价", "小计") || leaf == "预算数" || leaf == "采购预算":
		return &p.amount
	}
	return nil
}

// writePurchases appends the items of a procurement plan.
func (w *tableWriter) writePurchases() {
	if w.t.match.ID != "procurement_plan" && w.t.match.ID != "service_purchase" {
		return
	}
	columns, ok := findPurchaseColumns(w.t.columns)
	if !ok {
		w.writeCategories(&columns)
		return
	}
	category := ""
	for r := w.t.header.rows; r < w.t.sheet.rows; r++ {
		if kind := w.categoryOf(r, &columns); kind != "" {
			category = kind
		}
		if w.isPurchase(r, &columns) {
			w.writePurchase(r, &columns, category)
		}
	}
}

// writeCategories appends the rows of a plan that says no more than what goods,
// works and services cost in all: A-货物.
func (w *tableWriter) writeCategories(p *purchaseColumns) {
	if len(w.t.blocks) == 0 || w.writeCategoryColumns(&w.t.blocks[0]) {
		return
	}
	if p.item = p.category; p.item < 0 {
		p.item = w.t.blocks[0].name
	}
	if p.item < 0 {
		return
	}
	p.category, p.code = -1, -1
	for r := w.t.header.rows; r < w.t.sheet.rows; r++ {
		name := strings.TrimLeft(w.textAt(r, p.item), "ABC-－—、.[]")
		for _, kind := range purchaseKinds {
			if (name == kind.name || name == kind.name+"类") && (w.yuanAt(r, p.amount).Valid || w.yuanAt(r, p.general).Valid) {
				w.writePurchase(r, p, kind.category)
				row := &w.batch.Purchases[len(w.batch.Purchases)-1]
				row.ItemName, row.CatalogueCode = name, kind.code
				w.explainPurchase(row)
			}
		}
	}
}

// writeCategoryColumns appends what the total row of a plan by 科目 says of goods,
// works and services, where these are columns; false when they are not.
func (w *tableWriter) writeCategoryColumns(b *block) bool {
	columns := [len(purchaseKinds)]int{}
	found := false
	for i := range columns {
		columns[i] = -1
		for _, c := range b.columns {
			if leaf := narrowed(w.t.columns[c].leaf); leaf == purchaseKinds[i].name || leaf == purchaseKinds[i].name+"类" {
				columns[i], found = c, true
			}
		}
	}
	for r := w.t.header.rows; found && r < w.t.sheet.rows; r++ {
		if !w.isTotalRow(r) {
			continue
		}
		for i, c := range columns {
			amount := w.yuanAt(r, c)
			if !amount.Valid {
				continue
			}
			row := Purchase{
				ID: w.rowID(r) + purchaseKinds[i].code, DocumentID: w.table.DocumentID, TableID: w.table.ID, Row: r,
				ItemName: purchaseKinds[i].name, CatalogueCode: purchaseKinds[i].code, Amount: amount, Category: purchaseKinds[i].category,
			}
			w.explainPurchase(&row)
			row.Page, row.Box = w.placeAt(r, c)
			w.batch.Purchases = append(w.batch.Purchases, row)
		}
		break
	}
	return found
}

// isTotalRow tells rows that a label column calls a total.
func (w *tableWriter) isTotalRow(r int) bool {
	for c := range w.t.columns {
		switch w.t.columns[c].role {
		case roleName, roleText, roleOrdinal, roleCode:
			if cell := w.t.sheet.shown(r, c); cell.state == text && isTotalLabel(cell.text) {
				return true
			}
		}
	}
	return false
}

// purchaseKinds are the three classes of the catalogue.
var purchaseKinds = [...]struct{ code, name, category string }{{"A", "货物", "goods"}, {"B", "工程", "works"}, {"C", "服务", "services"}}

// isPurchase leaves out totals, which name no item.
func (w *tableWriter) isPurchase(r int, p *purchaseColumns) bool {
	item := w.t.sheet.shown(r, p.item)
	if item.state != text || isTotalLabel(item.text) || isNote(item.text) {
		return false
	}
	if _, agency := w.agencies.codes[plainAgency(item.text)]; agency {
		return false
	}
	if w.isTotalRow(r) {
		return false
	}
	return w.yuanAt(r, p.amount).Valid || w.yuanAt(r, p.general).Valid || w.numberAt(r, p.quantity).Valid
}

// categoryOf reads 货物, 工程 or 服务 where a column or a row of its own says so.
func (w *tableWriter) categoryOf(r int, p *purchaseColumns) string {
	if p.category < 0 {
		return ""
	}
	switch name := w.textAt(r, p.category); {
	case strings.HasSuffix(name, "货物"):
		return "goods"
	case strings.HasSuffix(name, "工程"):
		return "works"
	case hasAnySuffix(name, "服务", "服务类"):
		return "services"
	}
	return ""
}

func (w *tableWriter) writePurchase(r int, p *purchaseColumns, category string) {
	row := Purchase{
		ID: w.rowID(r), DocumentID: w.table.DocumentID, TableID: w.table.ID, Row: r,
		ProjectName: w.textAt(r, p.project), ProjectCode: w.textAt(r, p.projectCode), ProjectBudget: w.yuanAt(r, p.budget),
		Unit: w.textAt(r, p.unit), Quantity: w.numberAt(r, p.quantity),
		UnitPrice: w.yuanAt(r, p.price), Amount: w.yuanAt(r, p.amount),
		AmountGeneral: w.yuanAt(r, p.general), AmountFund: w.yuanAt(r, p.fund), AmountCapital: w.yuanAt(r, p.capital), AmountSpecial: w.yuanAt(r, p.special),
		Category: category,
	}
	for _, c := range p.own {
		row.AmountOwn = sumOf(row.AmountOwn, w.yuanAt(r, c))
	}
	row.CatalogueCode, row.ItemName = splitCatalogue(w.textAt(r, p.item))
	if code := w.textAt(r, p.code); code != "" {
		row.CatalogueCode = code
	}
	w.explainPurchase(&row)
	row.Page, row.Box = w.placeAt(r, p.item)
	w.batch.Purchases = append(w.batch.Purchases, row)
}

// splitCatalogue takes the code off A02010104台式计算机, [A02010104]台式计算机 and A02010104-台式计算机.
func splitCatalogue(item string) (code, name string) {
	s := strings.TrimLeft(item, "[【")
	n := 1
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n < len("A01") || n >= len(s) || s[0] < 'A' || s[0] > 'C' {
		return "", item
	}
	return s[:n], strings.TrimLeft(s[n:], "]】-－_—")
}

// explainPurchase finds the edition of the catalogue that lists the code, and
// the category, which is the code's letter.
func (w *tableWriter) explainPurchase(row *Purchase) {
	if row.CatalogueCode == "" {
		return
	}
	row.CatalogueScheme = catalogueScheme
	if w.book != nil {
		if found := w.book.Resolve(codebook.Procurement, row.CatalogueCode, row.ItemName, w.profile.year); found.Status != codebook.Unknown {
			row.CatalogueEdition = found.Entry.Edition
		}
		if row.CatalogueEdition == newCatalogue && w.profile.year != 0 && w.profile.year < firstNewCatalogue {
			row.CatalogueEdition = oldCatalogue // the book holds it in part
		}
	}
	switch row.CatalogueCode[0] {
	case 'A':
		row.Category = "goods"
	case 'B':
		row.Category = "works"
	case 'C':
		row.Category = "services"
	}
}

// sumOf adds two amounts, of which either may be missing.
func sumOf(a, b decimal.NullDecimal) decimal.NullDecimal {
	switch {
	case !a.Valid:
		return b
	case !b.Valid:
		return a
	}
	return decimal.NewNullDecimal(a.Decimal.Add(b.Decimal))
}
