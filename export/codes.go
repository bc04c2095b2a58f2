package export

import (
	"gongkai/normalize"
	"gongkai/normalize/codebook"
)

// The code lists that the other datasets are read with, and how they relate.

// schemes are the lists in the order of publication, with what they number.
var schemes = []string{codebook.FunctionalExpenditure, "支出功能分类", codebook.EconomicDepartment, "部门预算支出经济分类", codebook.EconomicGovernment, "政府预算支出经济分类",
	codebook.Revenue, "收入分类", codebook.Procurement, "政府采购品目分类目录", codebook.Divisions, "行政区划, GB/T 2260"}

func codeListsTable() *table[codebook.Entry] {
	type row = codebook.Entry
	t := newTable(Dataset{
		Name: "code_lists", Title: "Code lists", PrimaryKey: []string{"scheme", "version", "code"},
		Description: "Every code of every list that the program knows, whether a document prints it or not.",
	}, []column[row]{
		textColumn("scheme", "list", "list the code belongs to", func(e *row) string { return e.Scheme }).required().oneOf(schemes...),
		textColumn("version", "edition", "edition of the list", func(e *row) string { return e.Edition }).required(),
		textColumn("code", "code", "the code", func(e *row) string { return e.Code }).required().various(),
		textColumn("name_zh", "name", "its name", func(e *row) string { return e.Name }).required().various(),
		textColumn("name_en", "name in English", "its name in English, of classes only", func(e *row) string { return codebook.English(e.Scheme, e.Code) }),
		textColumn("parent_code", "parent", "code it is part of, in the same edition", func(e *row) string { return e.Parent }),
		textColumn("level", "level", "类, 款, 项; 省, 地, 县; or the depth in the catalogue", func(e *row) string { return e.Level }),
		integerColumn("valid_from", "from", "first year, as far as known", func(e *row) int64 { return int64(e.ValidFrom) }).missingWhenZero(),
		integerColumn("valid_to", "to", "last year, as far as known", func(e *row) int64 { return int64(e.ValidTo) }).missingWhenZero(),
		textColumn("source", "source", "where code and name were read", func(e *row) string { return e.Source }),
		textColumn("confidence", "confidence", "how sure that is, from official_pdf down to knowledge_low", func(e *row) string { return e.Confidence }),
	}, func(none []row, _ *normalize.Batch) []row { return none })
	t.constant = listedCodes
	return t
}

// listedCodes are the entries of all lists.
func listedCodes() ([]codebook.Entry, error) {
	book, err := codebook.Embedded()
	if err != nil {
		return nil, err
	}
	var entries []codebook.Entry
	for i := 0; i < len(schemes); i += 2 {
		for entry := range book.Entries(schemes[i]) {
			entries = append(entries, entry)
		}
	}
	return entries, nil
}

func crosswalksTable() *table[codebook.Crosswalk] {
	type row = codebook.Crosswalk
	t := newTable(Dataset{
		Name: "code_crosswalks", Title: "Crosswalks between code lists",
		Description: "Pairs of codes that mean the same, or nearly so, in two lists or editions. No other dataset has codes replaced by them.",
	}, []column[row]{
		textColumn("crosswalk", "crosswalk", "lists that are related", func(c *row) string { return c.Name }).required().
			oneOf("functional_cofog", "支出功能分类 to COFOG, a proposal", "economic_government_department", "政府 to 部门 economic classification",
				"procurement_2013_2022", "catalogue of 2013 to that of 2022", "functional_2009_2019", "codes whose name differs between the editions of 2009 and 2019"),
		textColumn("from_scheme", "from list", "list of the first code", func(c *row) string { return c.FromScheme }).required(),
		textColumn("from_version", "from edition", "its edition", func(c *row) string { return c.FromEdition }).required(),
		textColumn("from_code", "from code", "the first code", func(c *row) string { return c.From }).required(),
		textColumn("from_name", "from name", "its name; missing where the list has it", func(c *row) string { return c.FromName }),
		textColumn("to_scheme", "to list", "list of the second code", func(c *row) string { return c.ToScheme }).required(),
		textColumn("to_version", "to edition", "its edition", func(c *row) string { return c.ToEdition }).required(),
		textColumn("to_code", "to code", "the second code; missing where several share what the first one meant", func(c *row) string { return c.To }),
		textColumn("to_name", "to name", "its name; missing where the list has it", func(c *row) string { return c.ToName }),
		textColumn("condition", "condition", "when the pair holds: kind of unit, or groups within the division of COFOG", func(c *row) string { return c.Condition }),
		textColumn("basis", "basis", "what the pair rests on", func(c *row) string { return c.Basis }).required(),
		textColumn("note", "note", "exceptions, in words", func(c *row) string { return c.Note }).various(),
		textColumn("status", "status", "how far to trust it", func(c *row) string { return c.Status }).required(),
		textColumn("source", "source", "where it comes from", func(c *row) string { return c.Source }).required(),
		textColumn("confidence", "confidence", "how sure that is", func(c *row) string { return c.Confidence }).required(),
	}, func(none []row, _ *normalize.Batch) []row { return none })
	t.constant = codebook.Crosswalks
	return t
}
