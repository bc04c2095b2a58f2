package check

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongkai/normalize"
)

// hygieneRules tell of print that a reader stumbles over; none of it is a
// contradiction.
func hygieneRules() []Rule {
	return []Rule{
		{
			ID: "V01", Version: 1, Severity: SeverityInfo, Check: checkTruncated,
			TitleZH: "文字不完整", TitleEN: "text that breaks off",
			ExplanationZH: "绩效指标说明在半个词处中断、括号未闭合，或把“反映”写成“反应”的，予以提示。", ExplanationEN: "Descriptions of targets that end within a word or a bracket, or that misspell 反映.",
		},
		{
			ID: "V03", Version: 1, Severity: SeverityInfo, Check: checkRadicals,
			TitleZH: "部首码位", TitleEN: "code points of radicals",
			ExplanationZH: "文件用部首码位表示汉字，已换为通用汉字。", ExplanationEN: "The file names radicals where the page shows ideographs; they were folded to those.",
		},
		{
			ID: "V04", Version: 1, Severity: SeverityInfo, Check: checkWrappedCodes,
			TitleZH: "编码被换行断开", TitleEN: "codes that a line end cuts in two",
			ExplanationZH: "项目编码等长编码在单元格内换行，中间留有空格。", ExplanationEN: "A long code is printed in two lines of its cell; the parts belong together.",
		},
		{
			ID: "V05", Version: 1, Severity: SeverityInfo, Check: checkWidths,
			TitleZH: "表头全角、半角冒号混用", TitleEN: "full-width and half-width colons mixed in captions",
			ExplanationZH: "同一份文件的表头，有的用全角冒号，有的用半角冒号。", ExplanationEN: "Some captions of the document have a full-width colon, others a half-width one.",
		},
		{
			ID: "V07", Version: 1, Severity: SeverityInfo, Check: checkBlanks,
			TitleZH: "空白与零并存", TitleEN: "blanks beside zeros",
			ExplanationZH: "同一表内有的金额留空、有的印零，含义应分开看待。", ExplanationEN: "A table prints zeros in some cells and leaves others blank: the two are kept apart.",
		},
		{
			ID: "V08", Version: 1, Severity: SeverityInfo, Check: checkColumnNumbers,
			TitleZH: "“栏次”误写", TitleEN: "栏次 misprinted",
			ExplanationZH: "表头的栏次行写作其他字样。", ExplanationEN: "The row of column numbers in a header bears another word.",
		},
		{
			ID: "V09", Version: 1, Severity: SeverityInfo, Check: checkNames,
			TitleZH: "科目名称与科目表略有出入", TitleEN: "names that differ from the code list",
			ExplanationZH: "编码正确而名称省略或改写的，应以编码为准。", ExplanationEN: "The code is right and the name shortened or reworded: join on the code, never on the name.",
		},
		{
			ID: "V10", Version: 1, Severity: SeverityInfo, Check: checkTerms,
			TitleZH: "指标分类用语与通行用语不同", TitleEN: "local names of indicator levels",
			ExplanationZH: "一级指标未用产出指标、效益指标、满意度指标、成本指标的，予以提示。", ExplanationEN: "First levels of indicators that are not named output, benefit, satisfaction or cost.",
		},
		{
			ID: "V11", Version: 1, Severity: SeverityInfo, Check: checkAgencyCodes,
			TitleZH: "单位编码写法不一", TitleEN: "codes of the publisher that differ",
			ExplanationZH: "各表表头的单位编码位数或写法不一致的，予以提示。", ExplanationEN: "The captions of the tables print the publisher's code in several ways.",
		},
		{
			ID: "V12", Version: 1, Severity: SeverityInfo, Check: checkCatalogue,
			TitleZH: "品目编码属于旧版目录", TitleEN: "codes of an old catalogue",
			ExplanationZH: "采购品目编码按2013年版目录解释，与2022年版含义不同。", ExplanationEN: "Procurement codes that are those of the catalogue of 2013, where the catalogue of 2022 means other things by them.",
		},
		{
			ID: "V13", Version: 1, Severity: SeverityInfo, Check: checkForeignWords,
			TitleZH: "中文语句中夹杂外文词", TitleEN: "foreign words between Han characters",
			ExplanationZH: "语句中夹有and、the等英文虚词，多为转换所致。", ExplanationEN: "English function words inside Chinese prose, mostly left by a converter.",
		},
	}
}

// wholeWords end with 质: all other words that do are cut off (服务质 for 服务质量).
var wholeWords = []string{"性质", "品质", "素质", "物质", "资质", "介质", "地质", "水质", "材质", "优质", "本质", "实质", "气质", "变质", "土质", "体质", "保质", "提质", "高质"}

// brokenOff tells how a description is incomplete; empty when it is not.
func brokenOff(text string) string {
	switch {
	case strings.HasPrefix(text, "反应对"), strings.HasPrefix(text, "反应了"), strings.HasPrefix(text, "反应项目"):
		return "“反映”误作“反应”"
	case strings.HasSuffix(text, "质") && !endsWithAny(text, wholeWords...) && utf8.RuneCountInString(text) > len("质量"):
		return "末尾不完整"
	case endsWithAny(text, "、", "，", "的情", "完成情"):
		return "末尾不完整"
	case strings.Count(text, "（")+strings.Count(text, "(") > strings.Count(text, "）")+strings.Count(text, ")"):
		return "括号未闭合"
	}
	return ""
}

func checkTruncated(x *Index, results *Results) {
	for i := range x.Batch.Indicators {
		target := &x.Batch.Indicators[i]
		if target.Description == "" {
			continue
		}
		table := x.tableOf(target.TableID)
		if how := brokenOff(target.Description); how != "" {
			tellTarget(results, table, target, "description", how+"：“"+target.Description+"”", "the description breaks off or is misspelt: "+target.Description)
		} else {
			results.Pass(table)
		}
	}
}

// checkRadicals counts the cells of each table in which radicals were folded.
func checkRadicals(x *Index, results *Results) {
	for i := range x.Tables {
		t := &x.Tables[i]
		n, first := 0, -1
		for c := range t.cells {
			if len(t.cells[c].Flags) > 0 && slices.Contains(t.cells[c].Flags, "radical_mapped") {
				n++
				if first < 0 {
					first = c
				}
			}
		}
		if n == 0 {
			results.Pass(t.At)
			continue
		}
		f := results.Tell(t.At, Notice, "radicals", strconv.Itoa(n)+"个单元格用了部首码位，如“"+t.cells[first].TextNorm+"”", strconv.Itoa(n)+" cells name radicals instead of ideographs")
		f.Origin = originSource
		placeAtCells(f, &t.cells[first])
	}
}

// shortestCode is the least number of characters of a code that is long enough to wrap.
const shortestCode = 12

func checkWrappedCodes(x *Index, results *Results) {
	for i := range x.Tables {
		t := &x.Tables[i]
		if !strings.HasPrefix(t.Statement, "performance") && t.Statement != "procurement_plan" {
			continue
		}
		for c := range t.cells {
			cell := &t.cells[c]
			if strings.ContainsAny(cell.TextRaw, " \n\t") && isWrappedCode(cell.TextRaw) {
				placeAtCells(results.Tell(t.At, Notice, cell.ID, "编码被换行断开："+cell.TextRaw, "a code is cut by a line end: "+cell.TextRaw), cell)
			}
		}
	}
}

// isWrappedCode: nothing but capital letters, digits and white space, and enough of them.
func isWrappedCode(text string) bool {
	letters, digits := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'A' && c <= 'Z':
			letters++
		case c != ' ' && c != '\n' && c != '\t':
			return false
		}
	}
	return letters > 0 && letters+digits >= shortestCode
}

// checkBlanks tells of statements that print zeros and leave blanks in rows with codes.
func checkBlanks(x *Index, results *Results) {
	for i := range x.Tables {
		t := &x.Tables[i]
		var blanks, zeros []*normalize.Line
		for l := range t.lines {
			switch line := &t.lines[l]; {
			case line.Code == "":
			case line.ValueState == "blank":
				blanks = append(blanks, line)
			case line.AmountCNY.Valid && line.AmountCNY.Decimal.IsZero():
				zeros = append(zeros, line)
			}
		}
		switch {
		case len(t.lines) == 0:
		case len(blanks) == 0 || len(zeros) == 0:
			results.Pass(t.At)
		default:
			f := results.Tell(t.At, Notice, "blanks", "表内"+strconv.Itoa(len(blanks))+"处留空，"+strconv.Itoa(len(zeros))+"处印零", strconv.Itoa(len(blanks))+" blanks and "+strconv.Itoa(len(zeros))+" zeros stand in one table")
			f.CellIDs = append(f.CellIDs, blanks[0].CellID, zeros[0].CellID)
			f.Pages = addPages(f.Pages, blanks[0].Page, zeros[0].Page)
		}
	}
}

// checkColumnNumbers looks at the word beside the column numbers.
func checkColumnNumbers(x *Index, results *Results) {
	for i := range x.Tables {
		t := &x.Tables[i]
		for c := range t.cells {
			cell := &t.cells[c]
			if cell.Row >= t.HeaderRows {
				break
			}
			if cell.Column != 0 || cell.Role != "colno" {
				continue
			}
			switch text := squeeze(cell.TextRaw); {
			case text == "栏次" || text == "行次":
				results.Pass(t.At)
			case strings.HasSuffix(text, "次") && utf8.RuneCountInString(text) == utf8.RuneCountInString("栏次"):
				placeAtCells(results.Tell(t.At, Notice, cell.ID, "“栏次”误作“"+text+"”", "栏次 is misprinted as "+text), cell)
			}
		}
	}
}

// checkNames gathers the rows of a table whose code is right and whose name is
// another form of the official one.
func checkNames(x *Index, results *Results) {
	for i := range x.Tables {
		t := &x.Tables[i]
		var odd []*normalize.Line
		coded := false
		for r := range t.Rows {
			line := &t.lines[t.Rows[r].first]
			coded = coded || line.CodeStatus != "" && line.CodeStatus != "none"
			if line.Code != "" && (line.CodeStatus == "prefix" || line.CodeStatus == "alias") {
				odd = append(odd, line)
			}
		}
		switch {
		case !coded:
		case len(odd) == 0:
			results.Pass(t.At)
		default:
			names := odd[0].Code + " " + odd[0].Name
			f := results.Tell(t.At, Notice, "names", strconv.Itoa(len(odd))+"个科目名称与科目表略有出入："+names, strconv.Itoa(len(odd))+" names differ from the code list: "+names)
			f.Pages = nil
			for _, line := range odd[:min(len(odd), most)] {
				f.CellIDs = append(f.CellIDs, line.CellID)
				f.Pages = addPages(f.Pages, line.Page)
			}
		}
	}
	x.checkNamesInProse(results)
}

// checkNamesInProse gathers the items of operating cost that the text names otherwise than the table.
func (x *Index) checkNamesInProse(results *Results) {
	const prefix = "机关运行经费/"
	var odd []string
	var places []Term
	seen := 0
	for i := range x.Batch.TextAmounts {
		amount := &x.Batch.TextAmounts[i]
		name, listed := strings.CutPrefix(amount.SubjectPath, prefix)
		if !listed {
			continue
		}
		for _, t := range x.Statement(basicStatements...) {
			for r := range t.Rows {
				if row := &t.Rows[r]; strings.HasPrefix(row.Code, "302") && sameItem(row.Name, name) {
					seen++
					if row.Name != name && row.Name != strings.NewReplacer("(", "（", ")", "）").Replace(name) {
						odd = append(odd, name)
						places = append(places, TextTerm(amount))
					}
				}
			}
		}
	}
	switch {
	case seen == 0:
	case len(odd) == 0:
		results.Pass(Document)
	default:
		f := results.Tell(Document, Notice, "prose", "正文科目名称与表内不同："+strings.Join(odd, "、"), "items that the text names otherwise than the table: "+strings.Join(odd, ", "))
		f.Unit = places[0].unit()
		AddOperands(f, "part", places...)
	}
}

// checkTerms gathers first levels of indicators under local names.
func checkTerms(x *Index, results *Results) {
	told := map[string]bool{}
	for i := range x.Batch.Indicators {
		target := &x.Batch.Indicators[i]
		level := squeeze(target.Level1Raw)
		if level == "" || told[level] {
			continue
		}
		told[level] = true
		if containsAny(level, "产出", "效益", "满意", "成本") {
			results.Pass(Document)
			continue
		}
		f := tellTarget(results, Document, target, "level", "一级指标用语“"+level+"”", "a first level of indicators is called "+level)
		f.TableIDs = addOnce(f.TableIDs, target.TableID)
	}
}

// checkAgencyCodes gathers the codes that captions print before the publisher's name.
func checkAgencyCodes(x *Index, results *Results) {
	agency := squeeze(x.Batch.Document.AgencyName)
	if agency == "" {
		return
	}
	var codes []string
	var sections []*normalize.Section // where each code stands first
	for i := range x.Batch.Sections {
		s := &x.Batch.Sections[i]
		if s.Form != "caption" {
			continue
		}
		if code := codeBefore(squeeze(s.Text), agency); code != "" && !slices.Contains(codes, code) {
			codes, sections = append(codes, code), append(sections, s)
		}
	}
	switch len(codes) {
	case 0:
	case 1:
		results.Pass(Document)
	default:
		f := results.Tell(Document, Notice, "codes", "单位编码写法不一："+strings.Join(codes, "、"), "the publisher's code is printed as "+strings.Join(codes, ", "))
		for _, s := range sections {
			placeInSection(f, s)
		}
	}
}

// checkWidths compares the colons of the captions.
func checkWidths(x *Index, results *Results) {
	var full, half *normalize.Section
	for i := range x.Batch.Sections {
		s := &x.Batch.Sections[i]
		if s.Form != "caption" {
			continue
		}
		if full == nil && strings.Contains(s.Text, "：") {
			full = s
		}
		if half == nil && strings.Contains(s.Text, ":") {
			half = s
		}
	}
	switch {
	case full == nil && half == nil:
	case full == nil || half == nil:
		results.Pass(Document)
	default:
		placeInSection(results.Tell(Document, Notice, "colons", "表头冒号全角、半角混用："+full.Text+"；"+half.Text, "captions have colons of both widths: "+half.Text), half)
	}
}

// codeBefore is the code, with its brackets, that stands right before a name.
func codeBefore(text, name string) string {
	i := strings.Index(text, name)
	if i <= 0 {
		return ""
	}
	start := i
	for start > 0 && (text[start-1] >= '0' && text[start-1] <= '9' || text[start-1] == '[' || text[start-1] == ']') {
		start--
	}
	if code := text[start:i]; strings.Trim(code, "[]") != "" {
		return code
	}
	return ""
}

// checkCatalogue tells of codes of the catalogue of 2013.
func checkCatalogue(x *Index, results *Results) {
	old := map[string]int{}
	for i := range x.Batch.Purchases {
		p := &x.Batch.Purchases[i]
		if p.CatalogueEdition == "2013" {
			old[p.TableID]++
		} else if p.CatalogueEdition != "" {
			results.Pass(x.tableOf(p.TableID))
		}
	}
	for i := range x.Batch.Purchases {
		p := &x.Batch.Purchases[i]
		if n := old[p.TableID]; n > 0 && p.CatalogueEdition == "2013" {
			f := results.Tell(x.tableOf(p.TableID), Notice, "catalogue", strconv.Itoa(n)+"个品目编码属2013年版目录："+p.CatalogueCode+" "+p.ItemName, strconv.Itoa(n)+" codes are those of the catalogue of 2013: "+p.CatalogueCode+" "+p.ItemName)
			f.Pages = addPages(nil, p.Page)
			old[p.TableID] = 0
		}
	}
}

// functionWords have no business in Chinese prose.
var functionWords = [...]string{"and", "the", "of", "or", "with", "for"}

// checkForeignWords looks for them between Han characters.
func checkForeignWords(x *Index, results *Results) {
	for i := range x.Batch.Sections {
		s := &x.Batch.Sections[i]
		if s.Form != "paragraph" && s.Form != "list_item" {
			continue
		}
		for _, word := range functionWords {
			if at := strings.Index(s.Text, word); at > 0 && betweenHan(s.Text, at, len(word)) {
				f := results.Tell(Document, Notice, s.ID+"/"+word, "语句中夹有外文词“"+word+"”", "the word "+word+" stands between Han characters")
				f.Origin = originExtraction
				placeInSection(f, s)
			}
		}
	}
}

// betweenHan tells whether Han characters stand on both sides, spaces apart.
func betweenHan(text string, at, length int) bool {
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:at], " "))
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[at+length:], " "))
	const firstHan, lastHan = 0x4E00, 0x9FFF
	return before >= firstHan && before <= lastHan && after >= firstHan && after <= lastHan
}
