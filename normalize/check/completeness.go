package check

import (
	"strings"

	"gongkai/normalize"
	"gongkai/normalize/statement"
)

// completenessRules tell what a document should hold and does not.
func completenessRules() []Rule {
	return []Rule{
		{
			ID: "X15", Version: 1, Severity: SeverityError, Check: checkContents,
			TitleZH: "目录所列各表均在文中", TitleEN: "every table of the contents page is there",
			ExplanationZH: "目录列出的每张表都应在正文中出现。目录所列各表一张也没有的，另附文件，不作判断；有图片页的文件也不作判断。",
			ExplanationEN: "Every table that the contents announce is in the document. Where none of them is, they stand in another file, and where pages are pictures, they may be there: nothing is said then.",
		},
		{
			ID: "C01", Version: 1, Severity: SeverityWarn, Check: checkTemplate,
			TitleZH: "应公开的表齐全", TitleEN: "the tables of the template are there",
			ExplanationZH: "部门（单位）预算、决算应公开收支总表、收入表、支出表、财政拨款收支总表、一般公共预算支出表、基本支出表、“三公”经费表和政府性基金表。",
			ExplanationEN: "A budget or final account has the statements of the template: income and expenditure, fiscal money, general public budget by function and by economic class, 三公 and government funds.",
		},
		{
			ID: "C02", Version: 1, Severity: SeverityInfo, Check: checkSections,
			TitleZH: "应说明的事项齐全", TitleEN: "the explanations of the template are there",
			ExplanationZH: "情况说明应包括机关运行经费、“三公”经费、政府采购、国有资产占用和名词解释。",
			ExplanationEN: "The explanations tell of operating cost, 三公, procurement, assets and terms.",
		},
		{
			ID: "C04", Version: 1, Severity: SeverityWarn, Check: checkFundingColumns,
			TitleZH: "资金支出计划应到年底", TitleEN: "a spending plan runs to the end of the year",
			ExplanationZH: "项目资金支出计划的最后一栏应为12月底或第四季度。",
			ExplanationEN: "The last column of a project's spending plan is December or the fourth quarter.",
		},
		{
			ID: "C06", Version: 1, Severity: SeverityInfo, Check: checkReferences,
			TitleZH: "正文提到的表应在文中", TitleEN: "tables that the text refers to are there",
			ExplanationZH: "正文提到的表，目录和正文均未见的，予以提示。",
			ExplanationEN: "A table that the text names and that neither the contents nor the document has is told of.",
		},
	}
}

// statementContext is what the document tells about its tables.
func (x *Index) statementContext() statement.Context {
	context := statement.Context{Phase: statement.Approved}
	if x.Batch.Document.Phase == "executed" {
		context.Phase = statement.Executed
	}
	if strings.HasPrefix(x.Batch.Document.Kind, "government") {
		context.Level = statement.Government
	}
	return context
}

// tableNames are what the tables of a document are called, to look announced names up in.
type tableNames struct {
	index      *Index
	context    statement.Context
	statements map[string]bool
	titles     map[string]bool // as statement.NormalizeTitle gives them; made when the statements do not tell
}

func (x *Index) tableNames() *tableNames {
	n := &tableNames{index: x, context: x.statementContext(), statements: map[string]bool{}}
	for i := range x.Tables {
		n.statements[x.Tables[i].Statement] = true
	}
	return n
}

// printed are the titles and captions of the document.
func (n *tableNames) printed() map[string]bool {
	if n.titles != nil {
		return n.titles
	}
	n.titles = map[string]bool{}
	for i := range n.index.Tables {
		n.titles[statement.NormalizeTitle(n.index.Tables[i].Title)] = true
	}
	for i := range n.index.Batch.Sections {
		switch s := &n.index.Batch.Sections[i]; {
		case s.Form == "caption":
			n.titles[statement.NormalizeTitle(s.Text)] = true
		case s.Form == "heading" && s.TableID != "":
			n.titles[statement.NormalizeTitle(s.Heading)] = true
		}
	}
	delete(n.titles, "")
	return n.titles
}

// has tells whether a document holds the table a title names: as that statement,
// under that title, or, where the title names no known statement, under one that
// is longer or shorter by words in front. (收支预算总表 is the end of 财政拨款收支预算总表,
// and another table.)
func (n *tableNames) has(title string) bool {
	match, ok := statement.Identify(title, n.context)
	known := ok && match.ID != statement.Unknown && match.ID != statement.Other
	if known && n.statements[match.ID] {
		return true
	}
	key := statement.NormalizeTitle(title)
	if known || n.printed()[key] {
		return n.printed()[key]
	}
	for printed := range n.printed() {
		if strings.HasSuffix(printed, key) || strings.HasSuffix(key, printed) {
			return true
		}
	}
	return false
}

// announcedTable is the title that an entry of the contents names; empty for
// entries of other kinds and for several that run together.
func announcedTable(s *normalize.Section) string {
	title := squeeze(s.Heading)
	if i := strings.IndexAny(title, "（("); i > 0 && strings.HasSuffix(title[:i], "表") && !strings.Contains(title[i:], "表") {
		title = title[:i]
	}
	if !strings.HasSuffix(title, "表") || strings.Count(title, "表") != 1 || containsAny(title, "第一部分", "第二部分", "第三部分", "第四部分", "第五部分", "报表", "公开表", "部门预算表", "单位预算表", "部门决算表", "单位决算表", "附表") {
		return ""
	}
	return title
}

// checkContents looks every announced table up in the body.
func checkContents(x *Index, results *Results) {
	var announced []*normalize.Section
	for i := range x.Batch.Sections {
		if s := &x.Batch.Sections[i]; s.Form == "contents_entry" && announcedTable(s) != "" {
			announced = append(announced, s)
		}
	}
	if len(announced) == 0 {
		return
	}
	names := x.tableNames()
	var missing []*normalize.Section
	for _, s := range announced {
		if !names.has(announcedTable(s)) {
			missing = append(missing, s)
		}
	}
	switch {
	case len(missing) == len(announced):
		results.Insufficient(Document, "none of the announced tables is in this file")
		return
	case len(missing) > 0 && x.Batch.Document.Status != "ok":
		results.Insufficient(Document, "a page could not be read")
		return
	}
	for range len(announced) - len(missing) {
		results.Pass(Document)
	}
	for _, s := range missing {
		title := announcedTable(s)
		f := results.Tell(Document, Fail, s.ID, "目录列有“"+title+"”，正文未见该表", "the contents announce "+title+", which is not in the document")
		placeInSection(f, s)
	}
}

// template are the statements that every department publishes, with those that may stand for them.
var template = [...]struct {
	name       string
	statements []string
}{
	{"收支总表", balanceStatements}, {"收入总表", incomeStatements}, {"支出总表", expenditureStatements}, {"财政拨款收支总表", fiscalBalanceStatements},
	{"一般公共预算支出表", []string{"gpb_expenditure", "final_gpb_expenditure"}}, {"一般公共预算基本支出表", []string{"gpb_basic_expenditure", "final_gpb_basic", "gpb_by_economic"}},
	{"“三公”经费支出表", []string{"three_public", "final_three_public"}}, {"政府性基金预算支出表", fundStatements},
}

// checkTemplate tells which statements of the template are missing.
func checkTemplate(x *Index, results *Results) {
	switch x.Batch.Document.Kind {
	case "department_budget", "unit_budget", "department_final", "unit_final":
	default:
		return
	}
	var missing []string
	for _, t := range template {
		if len(x.Statement(t.statements...)) == 0 {
			missing = append(missing, t.name)
		}
	}
	const fewest = 3 // statements that make a set of tables
	switch {
	case len(template)-len(missing) < fewest:
		results.Insufficient(Document, "the tables stand in another file")
	case x.Batch.Document.Status != "ok" && len(missing) > 0:
		results.Insufficient(Document, "a page could not be read")
	case len(missing) == 0:
		results.Pass(Document)
	default:
		list := strings.Join(missing, "、")
		results.Tell(Document, Notice, "template", "未见："+list, "statements of the template that are missing: "+list)
	}
}

// explained are the sections that the explanations of a budget have.
var explained = [...]struct{ kind, name string }{
	{"operating_cost", "机关运行经费"}, {"three_public_note", "“三公”经费"}, {"procurement_note", "政府采购"}, {"assets_note", "国有资产占用情况"}, {"glossary", "名词解释"},
}

// checkSections tells which explanations are missing, where there are any.
func checkSections(x *Index, results *Results) {
	found := map[string]bool{}
	for i := range x.Batch.Sections {
		found[x.Batch.Sections[i].Kind] = true
	}
	var missing []string
	for _, e := range explained {
		if !found[e.kind] {
			missing = append(missing, e.name)
		}
	}
	switch len(missing) {
	case len(explained):
		results.NotApplicable(Document, "the document has no explanations")
	case 0:
		results.Pass(Document)
	default:
		list := strings.Join(missing, "、")
		results.Tell(Document, Notice, "sections", "情况说明未见："+list, "explanations that are missing: "+list)
	}
}

// checkFundingColumns looks at the last column of 资金支出计划.
func checkFundingColumns(x *Index, results *Results) {
	for i := range x.Tables {
		t := &x.Tables[i]
		if !strings.HasPrefix(t.Statement, "performance") {
			continue
		}
		for c := range t.cells {
			if !strings.Contains(t.cells[c].TextRaw, "计划") || !strings.HasPrefix(squeeze(t.cells[c].TextRaw), "资金支出计划") {
				continue
			}
			last := lastPeriod(t.cells[c+1:], t.cells[c].Row)
			switch {
			case last == nil:
			case containsAny(squeeze(last.TextRaw), "12月", "四季度", "年底", "全年"):
				results.Pass(t.At)
			default:
				text := squeeze(last.TextRaw)
				f := results.Tell(t.At, Notice, last.ID, "资金支出计划止于"+text+"，缺12月底一栏", "the spending plan ends with "+text)
				placeAtCells(f, last)
			}
		}
	}
}

// lastPeriod is the last cell of a row that names a month or quarter.
func lastPeriod(cells []normalize.Cell, row int) *normalize.Cell {
	var last *normalize.Cell
	for i := range cells {
		if cells[i].Row != row {
			break
		}
		if text := squeeze(cells[i].TextRaw); strings.Contains(text, "月") || strings.Contains(text, "季度") {
			last = &cells[i]
		}
	}
	return last
}

// placeAtCells tells where a finding stands.
func placeAtCells(f *normalize.Finding, cells ...*normalize.Cell) {
	for _, cell := range cells {
		f.CellIDs = addOnce(f.CellIDs, cell.ID)
		f.Pages = addPages(f.Pages, cell.Page)
	}
}

// checkReferences looks for tables that prose names and that are nowhere.
func checkReferences(x *Index, results *Results) {
	const fewest = 3 // tables of a document that holds its tables itself
	if len(x.Tables) < fewest {
		return
	}
	names := x.tableNames()
	told := map[string]bool{}
	for i := range x.Batch.Sections {
		s := &x.Batch.Sections[i]
		if s.Form != "paragraph" && s.Form != "list_item" || !strings.Contains(s.Text, "表") {
			continue
		}
		for _, word := range strings.FieldsFunc(squeeze(s.Text), func(r rune) bool { return strings.ContainsRune(clauseEnds+"。《》和及与", r) }) {
			if i := strings.Index(word, "表"); i > 0 {
				word = word[:i+len("表")] // 项目支出表 of 项目支出表按经济分类编制
			}
			if told[word] || !endsWithAny(word, "支出表", "收入表", "总表") {
				continue
			}
			if match, ok := statement.Identify(word, names.context); !ok || match.Confidence < 1 || names.has(word) {
				continue
			}
			told[word] = true
			placeInSection(results.Tell(Document, Notice, s.ID+"/"+word, "正文提到“"+word+"”，文中未见该表", "the text refers to "+word+", which is not in the document"), s)
		}
	}
}
