package export

import (
	"github.com/shopspring/decimal"

	"gongkai/extract/layout"
	"gongkai/normalize"
)

// The datasets of what documents say beyond their budget lines.

// Amounts of these datasets are yuan, counts and targets have up to six decimals.
const (
	amountDigits, amountPlaces = 18, 2
	countDigits, countPlaces   = 24, 6
)

func procurementTable() *table[normalize.Purchase] {
	type row = normalize.Purchase
	columns := []column[row]{
		textColumn("item_id", "item", "table_id, r and the row", func(p *row) string { return p.ID }).key(),
		textColumn("document_id", "document", "document the item stands in", func(p *row) string { return p.DocumentID }).required(),
		textColumn("table_id", "table", "table the item stands in", func(p *row) string { return p.TableID }).required(),
		integerColumn("row", "row", "row of the joined grid, from 0", func(p *row) int64 { return int64(p.Row) }).atLeast("0"),
		textColumn("project_name", "project", "project the item is bought for", func(p *row) string { return p.ProjectName }),
		textColumn("project_code", "project code", "code of that project, as printed", func(p *row) string { return p.ProjectCode }).mof("pro_code"),
		decimalColumn("project_budget_cny", "project budget", "budget of the whole project in yuan, repeated for each of its items: never add it up", amountDigits, amountPlaces, func(p *row) *decimal.NullDecimal { return &p.ProjectBudget }),
		textColumn("item_name", "name", "what is to be bought", func(p *row) string { return p.ItemName }),
		textColumn("catalogue_code", "catalogue code", "code in the catalogue of government procurement (品目)", func(p *row) string { return p.CatalogueCode }),
		textColumn("catalogue_scheme", "catalogue", "catalogue the code belongs to", func(p *row) string { return p.CatalogueScheme }),
		textColumn("catalogue_version", "edition", "edition of the catalogue that lists the code beside this name", func(p *row) string { return p.CatalogueEdition }),
		textColumn("unit_name", "unit", "unit of the quantity", func(p *row) string { return p.Unit }),
		decimalColumn("quantity", "quantity", "how many are to be bought", countDigits, countPlaces, func(p *row) *decimal.NullDecimal { return &p.Quantity }),
		decimalColumn("unit_price_cny", "unit price", "price of one, yuan", amountDigits, amountPlaces, func(p *row) *decimal.NullDecimal { return &p.UnitPrice }),
		decimalColumn("amount_cny", "amount", "amount for the item, yuan", amountDigits, amountPlaces, func(p *row) *decimal.NullDecimal { return &p.Amount }),
		decimalColumn("amount_general_public_cny", "general public", "of which from the general public budget, yuan", amountDigits, amountPlaces, func(p *row) *decimal.NullDecimal { return &p.AmountGeneral }),
		decimalColumn("amount_government_fund_cny", "government funds", "of which from government funds, yuan", amountDigits, amountPlaces, func(p *row) *decimal.NullDecimal { return &p.AmountFund }),
		decimalColumn("amount_state_capital_cny", "state capital", "of which from the state capital budget, yuan", amountDigits, amountPlaces, func(p *row) *decimal.NullDecimal { return &p.AmountCapital }),
		decimalColumn("amount_special_account_cny", "special account", "of which from the special fiscal account, yuan", amountDigits, amountPlaces, func(p *row) *decimal.NullDecimal { return &p.AmountSpecial }),
		decimalColumn("amount_own_cny", "own money", "of which from the unit's own and other money, yuan", amountDigits, amountPlaces, func(p *row) *decimal.NullDecimal { return &p.AmountOwn }),
		textColumn("procurement_category", "category", "by the letter of the code, or else by the rows above", func(p *row) string { return p.Category }).oneOf("goods", "货物", "works", "工程", "services", "服务"),
		pageColumn(func(p *row) int { return p.Page }),
	}
	return newTable(Dataset{
		Name: "procurement_items", Title: "Procurement items", PrimaryKey: []string{"item_id"}, ForeignKeys: []ForeignKey{toDocument, toTable},
		Description: "One row for each thing or service that a procurement plan lists.",
	}, append(columns, boxColumns(func(p *row) *layout.Box { return &p.Box })...),
		func(_ []row, batch *normalize.Batch) []row { return batch.Purchases })
}

func assetsTable() *table[normalize.Asset] {
	type row = normalize.Asset
	columns := []column[row]{
		textColumn("asset_id", "asset", "table_id, r and the row", func(a *row) string { return a.ID }).key(),
		textColumn("document_id", "document", "document the row stands in", func(a *row) string { return a.DocumentID }).required(),
		textColumn("table_id", "table", "table the row stands in", func(a *row) string { return a.TableID }).required(),
		textColumn("as_of_date", "as of", "day the assets were counted", func(a *row) string { return a.AsOf }).pattern(`\d{4}-\d{2}-\d{2}`),
		textColumn("asset_kind", "kind", "kind of asset", func(a *row) string { return a.Kind }).oneOf("total", "all assets", "building", "buildings", "office_building", "office buildings",
			"vehicle", "vehicles", "equipment_over_200k", "equipment above a price that the label names", "other", "other assets"),
		textColumn("label_raw", "label", "label of the row", func(a *row) string { return a.LabelRaw }),
		decimalColumn("quantity", "quantity", "how many or how much", countDigits, countPlaces, func(a *row) *decimal.NullDecimal { return &a.Quantity }),
		textColumn("quantity_unit", "unit", "unit of the quantity", func(a *row) string { return a.QuantityUnit }),
		decimalColumn("value_cny", "value", "value in yuan", amountDigits, amountPlaces, func(a *row) *decimal.NullDecimal { return &a.Value }),
		booleanColumn("is_memo", "memo item", "whether the row only repeats a part of another (其中)", func(a *row) bool { return a.IsMemo }),
		pageColumn(func(a *row) int { return a.Page }),
	}
	return newTable(Dataset{
		Name: "assets", Title: "Assets", PrimaryKey: []string{"asset_id"}, ForeignKeys: []ForeignKey{toDocument, toTable},
		Description: "One row for each kind of asset in a table of fixed assets. Memo rows are part of the row above.",
	}, append(columns, boxColumns(func(a *row) *layout.Box { return &a.Box })...),
		func(_ []row, batch *normalize.Batch) []row { return batch.Assets })
}

func institutionsTable() *table[normalize.Institution] {
	type row = normalize.Institution
	columns := []column[row]{
		textColumn("institution_id", "institution", "table_id, r and the row", func(i *row) string { return i.ID }).key(),
		textColumn("document_id", "document", "document that lists it", func(i *row) string { return i.DocumentID }).required(),
		textColumn("table_id", "table", "table that lists it", func(i *row) string { return i.TableID }).required(),
		textColumn("unit_name", "name", "name of the unit", func(i *row) string { return i.Name }),
		textColumn("unit_code", "code", "code of the unit, as printed here or elsewhere in the document", func(i *row) string { return i.Code }),
		textColumn("unit_nature_raw", "nature", "行政, 事业 …", func(i *row) string { return i.NatureRaw }),
		textColumn("unit_rank_raw", "rank", "正处级 …", func(i *row) string { return i.RankRaw }),
		textColumn("funding_form_raw", "funding", "财政拨款, 财政补助 …", func(i *row) string { return i.FundingRaw }),
		pageColumn(func(i *row) int { return i.Page }),
	}
	return newTable(Dataset{
		Name: "institutions", Title: "Institutions", PrimaryKey: []string{"institution_id"}, ForeignKeys: []ForeignKey{toDocument, toTable},
		Description: "One row for each unit in a department's table of institutions.",
	}, append(columns, boxColumns(func(i *row) *layout.Box { return &i.Box })...),
		func(_ []row, batch *normalize.Batch) []row { return batch.Institutions })
}

// pageColumn is the page a row stands on.
func pageColumn[R any](page func(*R) int) column[R] {
	return integerColumn("page", "page", "page it stands on, from 1", func(r *R) int64 { return int64(page(r)) }).missingWhenZero().atLeast("1")
}

func indicatorsTable() *table[normalize.Indicator] {
	type row = normalize.Indicator
	columns := []column[row]{
		textColumn("indicator_id", "indicator", "id of its cell or its section, #i and a number", func(i *row) string { return i.ID }).key(),
		textColumn("document_id", "document", "document the indicator stands in", func(i *row) string { return i.DocumentID }).required(),
		textColumn("table_id", "table", "table the indicator stands in; missing in prose", func(i *row) string { return i.TableID }),
		textColumn("cell_id", "cell", "cell of the target; missing in prose", func(i *row) string { return i.CellID }).various(),
		textColumn("scope", "scope", "what the indicator measures", func(i *row) string { return i.Scope }).oneOf("department", "a department or unit as a whole", "project", "one project"),
		textColumn("project_code", "project code", "code of the project, as printed but for spaces", func(i *row) string { return i.ProjectCode }).mof("pro_code"),
		textColumn("project_name", "project", "name of the project", func(i *row) string { return i.ProjectName }).mof("pro_name"),
		decimalColumn("project_budget_cny", "project budget", "budget of the whole project in yuan, repeated for each of its indicators: never add it up", amountDigits, amountPlaces, func(i *row) *decimal.NullDecimal { return &i.ProjectBudget }),
		textColumn("goal_no", "goal number", "number of the goal the indicator belongs to, where goals are numbered", func(i *row) string { return i.GoalNo }),
		textColumn("goal_text", "goal", "that goal, in words", func(i *row) string { return i.GoalText }),
		textColumn("level1_raw", "first level, printed", "一级指标 as printed, filled down", func(i *row) string { return i.Level1Raw }),
		textColumn("level1", "first level", "its meaning", func(i *row) string { return i.Level1 }).oneOf("output", "产出", "benefit", "效益, 效果", "satisfaction", "满意度", "cost", "成本"),
		textColumn("level2_raw", "second level, printed", "二级指标 as printed, filled down", func(i *row) string { return i.Level2Raw }),
		textColumn("level2", "second level", "its meaning", func(i *row) string { return i.Level2 }).oneOf("quantity", "数量", "quality", "质量", "timeliness", "时效", "cost", "成本",
			"economic", "经济效益", "social", "社会效益", "ecological", "生态效益", "sustainability", "可持续影响", "satisfaction", "满意度"),
		textColumn("indicator_name", "indicator name", "三级指标: what is measured", func(i *row) string { return i.Name }).various(),
		textColumn("description", "description", "how it is measured", func(i *row) string { return i.Description }).various(),
		textColumn("operator", "operator", "how the actual value should compare to the target", func(i *row) string { return i.Operator }).oneOf("ge", "≥", "gt", ">", "le", "≤", "lt", "<", "eq", "=", "none", "not printed"),
		decimalColumn("target_value", "target", "value aimed at, in target_unit", countDigits, countPlaces, func(i *row) *decimal.NullDecimal { return &i.TargetValue }),
		textColumn("target_unit", "unit", "unit of the target as printed", func(i *row) string { return i.TargetUnit }),
		textColumn("target_raw", "printed target", "target as printed", func(i *row) string { return i.TargetRaw }).various(),
		textColumn("target_text", "target in words", "target that is no number", func(i *row) string { return i.TargetText }).various(),
		textColumn("basis", "basis", "what the target is based on", func(i *row) string { return i.Basis }),
		decimalColumn("actual_value", "actual", "value reached, where it is reported", countDigits, countPlaces, func(i *row) *decimal.NullDecimal { return &i.ActualValue }),
		decimalColumn("score", "score", "points given for it, where they are reported", countDigits, countPlaces, func(i *row) *decimal.NullDecimal { return &i.Score }),
		pageColumn(func(i *row) int { return i.Page }),
	}
	return newTable(Dataset{
		Name: "performance_indicators", Title: "Performance indicators", PrimaryKey: []string{"indicator_id"},
		ForeignKeys: []ForeignKey{toDocument, toTable, {Column: "cell_id", Dataset: "cells"}},
		Description: "One row for each target that a performance form or a text sets.",
	}, append(columns, boxColumns(func(i *row) *layout.Box { return &i.Box })...),
		func(_ []row, batch *normalize.Batch) []row { return batch.Indicators })
}

func sectionsTable() *table[normalize.Section] {
	type row = normalize.Section
	return newTable(Dataset{
		Name: "sections", Title: "Sections", PrimaryKey: []string{"section_id"},
		ForeignKeys: []ForeignKey{toDocument, toTable, {Column: "parent_id", Dataset: "sections", Reference: "section_id"}},
		Description: "The text outside tables in reading order: headings, paragraphs and list items, and where the tables stand among them.",
	}, []column[row]{
		textColumn("section_id", "section", "first 16 digits of the document id, #s and the ordinal", func(s *row) string { return s.ID }).key(),
		textColumn("document_id", "document", "document it stands in", func(s *row) string { return s.DocumentID }).required(),
		textColumn("parent_id", "parent", "heading or list item it stands under", func(s *row) string { return s.ParentID }),
		integerColumn("level", "level", "depth, from 1", func(s *row) int64 { return int64(s.Level) }).atLeast("1"),
		integerColumn("ordinal", "ordinal", "place in reading order, from 1", func(s *row) int64 { return int64(s.Ordinal) }).atLeast("1"),
		textColumn("form", "form", "heading, paragraph, list_item, contents_entry, caption, note or table", func(s *row) string { return s.Form }),
		textColumn("heading", "heading", "text of a heading, and the part before the colon of one that runs into its text", func(s *row) string { return s.Heading }),
		textColumn("kind", "kind", "what it is about", func(s *row) string { return s.Kind }).oneOf("duties", "what the department does", "organisation", "its offices and units",
			"income_note", "about income", "expenditure_note", "about expenditure", "operating_cost", "about 机关运行经费", "three_public_note", "about 三公经费",
			"procurement_note", "about procurement", "assets_note", "about assets", "glossary", "terms explained", "performance_goal", "about performance", "other", "anything else"),
		textColumn("text", "text", "text, its lines joined", func(s *row) string { return s.Text }).various(),
		textColumn("table_id", "table", "table that stands here or belongs here", func(s *row) string { return s.TableID }),
		integerColumn("page_first", "first page", "page it begins on", func(s *row) int64 { return int64(s.PageFirst) }).missingWhenZero().atLeast("1"),
		integerColumn("page_last", "last page", "page it ends on", func(s *row) int64 { return int64(s.PageLast) }).missingWhenZero().atLeast("1"),
	}, func(_ []row, batch *normalize.Batch) []row { return batch.Sections })
}

func textAmountsTable() *table[normalize.TextAmount] {
	type row = normalize.TextAmount
	columns := []column[row]{
		textColumn("fact_id", "fact", "section_id, a and the number within the section", func(f *row) string { return f.ID }).key(),
		textColumn("document_id", "document", "document it stands in", func(f *row) string { return f.DocumentID }).required(),
		textColumn("section_id", "section", "section it stands in", func(f *row) string { return f.SectionID }).required(),
		textColumn("sentence", "sentence", "sentence it stands in", func(f *row) string { return f.Sentence }).various(),
		textColumn("subject_path", "subject", "what it is an amount of, from the general to the particular, joined with /", func(f *row) string { return f.SubjectPath }),
		textColumn("measure", "measure", "what the amount is", func(f *row) string { return f.Measure }).oneOf("budget", "budgeted", "final", "spent or received", "change", "difference to the year before or to the budget",
			"rate", "change or completion in percent", "share", "part of a whole in percent"),
		integerColumn("period", "year", "year it is about", func(f *row) int64 { return int64(f.Period) }).missingWhenZero(),
		textColumn("direction_word", "direction", "word that says which way it changed: 增加, 减少, 持平 …", func(f *row) string { return f.DirectionWord }),
		decimalColumn("value", "value", "number as printed", countDigits, countPlaces, func(f *row) *decimal.NullDecimal { return &f.Value }),
		textColumn("unit", "unit", "unit as printed", func(f *row) string { return f.Unit }),
		decimalColumn("amount_cny", "amount", "amount in yuan; missing for percentages", amountDigits, amountPlaces, func(f *row) *decimal.NullDecimal { return &f.Amount }),
		integerColumn("char_start", "start", "where number and unit begin in the section's text, in characters from 0", func(f *row) int64 { return int64(f.CharStart) }).atLeast("0"),
		integerColumn("char_end", "end", "where they end", func(f *row) int64 { return int64(f.CharEnd) }).atLeast("0"),
		pageColumn(func(f *row) int { return f.Page }),
	}
	return newTable(Dataset{
		Name: "text_amounts", Title: "Amounts in prose", PrimaryKey: []string{"fact_id"},
		ForeignKeys: []ForeignKey{toDocument, {Column: "section_id", Dataset: "sections"}},
		Description: "One row for each amount of money or percentage that the text states.",
	}, append(columns, boxColumns(func(f *row) *layout.Box { return &f.Box })...),
		func(_ []row, batch *normalize.Batch) []row { return batch.TextAmounts })
}

func termsTable() *table[normalize.Term] {
	type row = normalize.Term
	return newTable(Dataset{
		Name: "terms", Title: "Terms", PrimaryKey: []string{"term_id"}, ForeignKeys: []ForeignKey{toDocument, {Column: "section_id", Dataset: "sections"}},
		Description: "One row for each word that a document's glossary (名词解释) explains.",
	}, []column[row]{
		textColumn("term_id", "term", "section_id, d and the number within the section", func(t *row) string { return t.ID }).key(),
		textColumn("document_id", "document", "document that explains it", func(t *row) string { return t.DocumentID }).required(),
		textColumn("section_id", "section", "section it is explained in", func(t *row) string { return t.SectionID }).required(),
		integerColumn("ordinal", "ordinal", "place in the glossary, from 1", func(t *row) int64 { return int64(t.Ordinal) }).atLeast("1"),
		textColumn("term", "name", "the word", func(t *row) string { return t.Name }),
		textColumn("definition", "definition", "what it says about it", func(t *row) string { return t.Definition }).various(),
		pageColumn(func(t *row) int { return t.Page }),
	}, func(_ []row, batch *normalize.Batch) []row { return batch.Terms })
}
