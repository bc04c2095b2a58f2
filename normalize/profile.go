package normalize

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/extract"
	"gongkai/normalize/codebook"
	"gongkai/normalize/statement"
)

// profile is what a document says about itself as a whole.
type profile struct {
	title      string
	kind       string
	phase      statement.Phase
	level      statement.Level
	year       int
	yearInFile int
	code, name string // of the agency
	division   codebook.Entry
	hasPlace   bool
}

// readProfile looks at the cover, the captions and titles of the tables, and,
// as a last resort, the file name.
func readProfile(document *extract.Document, sheets []*sheet, heads []header, book *codebook.Book) profile {
	p := profile{}
	cover := coverLines(document)
	titles := tableTitles(document, sheets, heads)
	file := fileStem(document.Source.URI)
	p.title = coverTitle(cover)
	p.year, p.yearInFile = chooseYear(p.title, cover, titles, document, file)
	p.kind, p.phase, p.level = chooseKind(p.title, cover, titles, file)
	p.code, p.name = chooseAgency(p.title, cover, document, sheets, heads, file)
	p.division, p.hasPlace = chooseDivision(book, p.name, p.title, document.Source.URI)
	if p.name == "" && p.level == statement.Government && p.hasPlace {
		p.name = p.division.Name
	}
	return p
}

// coverLines are the lines of the first page up to the table of contents, or
// what stands above its first table.
func coverLines(document *extract.Document) []string {
	const most = 12
	var lines []string
	for _, page := range document.Pages {
		for _, line := range page.Lines {
			value := strings.TrimFunc(line.Text, isSpace)
			short := compact(value)
			if short == "目录" || short == "目次" || len(lines) == most {
				return lines
			}
			if short != "" {
				lines = append(lines, value)
			}
		}
		if len(lines) > 0 {
			break
		}
	}
	return lines
}

// disclosureWords end the name of what is published.
var disclosureWords = []string{
	"部门综合预算", "部门预算", "单位预算", "部门决算", "单位决算", "部门综合决算", "政府预算", "政府决算", "财政预算", "财政决算", "预算", "决算",
}

// coverTitle joins the lines of the cover that make up its title: those up to
// the one that says 预算 or 决算, when they are few and short.
func coverTitle(cover []string) string {
	const most, longest = 5, 40
	joined := ""
	for i, line := range cover {
		short := compact(line)
		if i == most || utf8.RuneCountInString(short) > longest || strings.ContainsAny(short, "。；") {
			return ""
		}
		joined += short
		if i+1 < len(cover) && isSplitWord(joined, compact(cover[i+1])) {
			continue
		}
		if containsAny(joined, "预算", "决算") && !isAgencyLine(short) {
			if namesStatement(joined) {
				return "" // no cover: the first table begins at once
			}
			return joined
		}
	}
	return ""
}

// namesStatement tells titles of tables, with their number or without.
func namesStatement(line string) bool {
	if statement.PublishedNumber(line) != "" {
		return true
	}
	_, ok := statement.Identify(line, statement.Context{})
	return ok
}

// isSplitWord tells whether a line end cut 部门预算 in two.
func isSplitWord(before, after string) bool {
	return strings.HasSuffix(before, "预") || strings.HasSuffix(before, "决") ||
		hasAnySuffix(before, "部门", "单位") && (strings.HasPrefix(after, "预算") || strings.HasPrefix(after, "决算"))
}

func isAgencyLine(line string) bool {
	_, _, ok := labelledAgency(line)
	return ok
}

// tableTitles are all lines that may name a table.
func tableTitles(document *extract.Document, sheets []*sheet, heads []header) []string {
	var titles []string
	for i := range document.Tables {
		if t := document.Tables[i].Title; t != "" {
			titles = append(titles, t)
		}
		for r := 0; r < heads[i].titles; r++ {
			if value, _, ok := sheets[i].soleText(r); ok {
				titles = append(titles, value)
			}
		}
	}
	return titles
}

// fileStem is the file name without its endings, and the folders above it.
func fileStem(uri string) string {
	stem := uri
	for {
		ext := path.Ext(stem)
		if ext == "" || len(ext) > 5 || strings.ContainsFunc(ext, func(r rune) bool { return r >= utf8.RuneSelf }) {
			return path.Base(stem)
		}
		stem = strings.TrimSuffix(stem, ext)
	}
}

// chooseYear takes the year most titles name, then that of the captions, the
// cover, the file name, and last what the prose calls the budget of a year.
func chooseYear(title string, cover, titles []string, document *extract.Document, file string) (year, inFile int) {
	inFile = yearOfFile(file)
	if y := commonYear(titles); y != 0 {
		return plannedYear(y, title, titles), inFile
	}
	if y := captionYear(document); y != 0 {
		return y, inFile
	}
	if y := commonYear([]string{title}); y != 0 {
		return y, inFile
	}
	if y := commonYear(cover); y != 0 {
		return y, inFile
	}
	if inFile != 0 {
		return inFile, inFile
	}
	return proseYear(document), 0
}

// plannedYear is a later year that the cover names for the plan, where tables are of
// it too: 2025年预算执行情况和2026年预算草案 may print more tables of 2025.
func plannedYear(usual int, title string, titles []string) int {
	latest := usual
	yearsIn(title, func(year int) { latest = max(latest, year) })
	if latest == usual || !strings.Contains(title, "预算") {
		return usual
	}
	named := false
	for _, t := range titles {
		yearsIn(t, func(year int) { named = named || year == latest })
	}
	if named {
		return latest
	}
	return usual
}

func commonYear(lines []string) int {
	var count yearCount
	for _, line := range lines {
		yearsIn(line, count.add)
	}
	return count.most()
}

// yearCount counts years; the later one wins a tie.
type yearCount [2100 - 1990]int

func (c *yearCount) add(year int) { c[year-1990]++ }

func (c *yearCount) most() int {
	best := 0
	for i, n := range c {
		if n > 0 && n >= c[best] {
			best = i
		}
	}
	if c[best] == 0 {
		return 0
	}
	return best + 1990
}

// captionYear reads 预算年度：2021 and 2021年 in the captions of the tables.
func captionYear(document *extract.Document) int {
	var count yearCount
	for i := range document.Tables {
		for _, line := range document.Tables[i].Caption {
			yearsIn(line.Text, count.add)
			if at := strings.Index(line.Text, "年度"); at >= 0 {
				rest := strings.TrimLeft(line.Text[at+len("年度"):], "：: \u3000")
				if y, ok := yearAt(rest[:min(4, len(rest))] + "年"); ok {
					count.add(y)
				}
			}
		}
	}
	return count.most()
}

// yearOfFile also reads 24年预算.
func yearOfFile(file string) int {
	if y := commonYear([]string{file}); y != 0 {
		return y
	}
	for i := 0; i < len(file); i++ {
		n := leadingDigits(file[i:])
		if n == 2 && strings.HasPrefix(file[i+2:], "年") {
			return 2000 + int(file[i]-'0')*10 + int(file[i+1]-'0')
		}
		if n == 4 && file[i] == '2' && file[i+1] == '0' && containsAny(file[i+4:], "预算", "决算", "部门") && !strings.HasPrefix(file[i+4:], "-") {
			y, _ := yearAt(file[i:i+4] + "年")
			return y
		}
		i += n
	}
	return 0
}

// proseYear is the year that the text most often calls a budget of.
func proseYear(document *extract.Document) int {
	var count yearCount
	for _, page := range document.Pages {
		for _, line := range page.Lines {
			if containsAny(line.Text, "预算", "决算") {
				yearsIn(line.Text, count.add)
			}
		}
	}
	return count.most()
}

// chooseKind decides between budget and final account, and who reports.
func chooseKind(title string, cover, titles []string, file string) (kind string, phase statement.Phase, level statement.Level) {
	head := title + "|" + strings.Join(cover, "|")
	phase = choosePhase(title, head, titles, file)
	level = chooseLevel(head, titles, file)
	owner := "department"
	switch {
	case level == statement.Government:
		owner = "government"
	case !containsAny(title, "部门预算", "部门决算", "部门综合") && (containsAny(compact(head), "单位预算", "单位决算", "预算单位：", "预算单位:") || containsAny(file, "单位预算", "单位决算")):
		owner = "unit"
	case title == "" && len(titles) == 0 && !containsAny(file, "预算", "决算"):
		return "other", phase, level
	}
	if onlyTitles(titles, "绩效") {
		return "performance", phase, level
	}
	if phase == statement.Executed {
		return owner + "_final", phase, level
	}
	return owner + "_budget", phase, level
}

// onlyTitles tells whether there are titles and all speak of a term.
func onlyTitles(titles []string, term string) bool {
	for _, t := range titles {
		if !strings.Contains(t, term) {
			return false
		}
	}
	return len(titles) > 0
}

func choosePhase(title, head string, titles []string, file string) statement.Phase {
	for _, s := range []string{title, head, file} {
		s = fundNames.Replace(s)
		budget, final := strings.Contains(s, "预算"), strings.Contains(s, "决算")
		switch {
		case final && !budget:
			return statement.Executed
		case budget && !final:
			return statement.Approved
		}
	}
	finals := 0
	for _, t := range titles {
		if strings.Contains(t, "决算") {
			finals++
		}
	}
	if finals*2 > len(titles) {
		return statement.Executed
	}
	return statement.Approved
}

// chooseLevel: governments publish what no department has.
func chooseLevel(head string, titles []string, file string) statement.Level {
	if containsAny(head, "部门预算", "部门决算", "单位预算", "单位决算", "预算单位", "部门综合预算") || containsAny(file, "部门预算", "部门决算", "单位预算") {
		return statement.Department
	}
	if containsAny(head+file, "政府预算", "政府决算", "财政预算", "财政决算", "财政总决算", "预算执行情况", "预算草案", "决算草案") {
		return statement.Government
	}
	signs := 0
	for _, t := range titles {
		if containsAny(t, "税收返还", "债务限额", "债务余额", "社会保险基金", "本级支出", "转移支付", "一般公共预算收入", "政府性基金预算收入", "国有资本经营预算收入") && !containsAny(t, "绩效", "收入支出", "收入和支出") {
			signs++
		}
	}
	if signs >= 2 {
		return statement.Government
	}
	return statement.Department
}

// chooseAgency takes whom most captions name, then the cover, then the file name.
func chooseAgency(title string, cover []string, document *extract.Document, sheets []*sheet, heads []header, file string) (code, name string) {
	if code, name, share := captionAgency(document, sheets, heads); share >= 0.5 {
		return code, name
	}
	for _, line := range cover {
		if code, name, ok := labelledAgency(line); ok {
			return code, name
		}
	}
	beside := agencyBesideTitle(title, cover)
	if name := agencyOfTitle(title); name != "" && (beside == "" || !isPlace(name)) {
		return "", name
	}
	if code, name, share := captionAgency(document, sheets, heads); share > 0 {
		return code, name
	}
	if beside != "" {
		return "", beside
	}
	if name := agencyOfOverview(document); name != "" {
		return "", name
	}
	return "", agencyOfFile(compact(file))
}

// isPlace: 2026年徐州市部门预算公开 names the place and not whose budget it is.
func isPlace(name string) bool { return hasAnySuffix(name, "省", "市", "县", "区", "旗", "州") }

// agencyOfOverview is the agency that the first part is headed by: 第一部分 某某市科学技术局概况.
func agencyOfOverview(document *extract.Document) string {
	const pages = 5 // cover and contents before it
	for i := range document.Pages[:min(pages, len(document.Pages))] {
		for _, line := range document.Pages[i].Lines {
			head, _, found := strings.Cut(compact(line.Text), "概况")
			if !found {
				continue
			}
			if _, rest, parted := strings.Cut(head, "部分"); parted {
				head = rest
			}
			name := withoutYears(withoutListNumber(strings.TrimLeft(head, "、：:")))
			for _, tail := range []string{"基本", "部门", "单位"} {
				name = strings.TrimSuffix(name, tail) // 某某市统计局部门概况
			}
			if utf8.RuneCountInString(name) >= shortestAgency && isAgencyName(name) && isOrganisation(narrowed(name)) {
				return name
			}
		}
	}
	return ""
}

// agencyBesideTitle is the agency that stands on a line of its own below a title
// that names none: 2024年度部门决算 / 某某市教育局.
func agencyBesideTitle(title string, cover []string) string {
	if title == "" {
		return ""
	}
	for _, line := range cover {
		name := withoutBrackets(narrowed(compact(line)))
		if listDepth(name) == 0 && utf8.RuneCountInString(name) >= shortestAgency && isAgencyName(name) && isOrganisation(name) && !containsAny(name, "预算", "决算", "公开", "概况", "职责", "情况", "说明") {
			return name
		}
	}
	return ""
}

// agencyOfFile reads X_2026年部门预算 and 附件2：X2026年度部门预算报表.
func agencyOfFile(file string) string {
	if name := agencyOfTitle(file); name != "" {
		return name
	}
	name, rest, found := strings.Cut(file, "_")
	if found && containsAny(rest, "预算", "决算") && isAgencyName(name) && isOrganisation(name) {
		return name
	}
	return ""
}

// captionAgency is the agency most captions name, and its share of those that name one.
func captionAgency(document *extract.Document, sheets []*sheet, heads []header) (code, name string, share float64) {
	type agency struct{ code, name string }
	count := map[agency]int{}
	total, best := 0, agency{}
	for i := range document.Tables {
		c, n := tableAgency(&document.Tables[i], sheets[i], heads[i])
		if n == "" {
			continue
		}
		a := agency{c, n}
		count[a]++
		total++
		if count[a] > count[best] {
			best = a
		}
	}
	if total == 0 {
		return "", "", 0
	}
	return best.code, best.name, float64(count[best]) / float64(total)
}

// tableAgency is the agency that a table's own captions name.
func tableAgency(table *extract.Table, s *sheet, h header) (code, name string) {
	for _, line := range table.Caption {
		if code, name, ok := labelledAgency(line.Text); ok {
			return code, name
		}
	}
	for r := 0; r < h.titles; r++ {
		label := false
		for c := range table.Grid[r] {
			value := table.Grid[r][c].Text
			if code, name, ok := labelledAgency(value); ok {
				return code, name
			}
			if label && s.at(r, c).state == text {
				return splitAgency(value)
			}
			label = label || isAgencyLabel(s.at(r, c).text)
		}
	}
	return "", ""
}

// agencyOfTitle is what a title names before 部门预算: 2026年X部门预算, X2024年度部门决算.
func agencyOfTitle(title string) string {
	s := strings.TrimSuffix(narrowed(title), "公开")
	for _, word := range disclosureWords {
		i := strings.Index(s, word)
		if i <= 0 {
			continue
		}
		name := withoutYears(s[:i])
		if j := strings.LastIndexAny(name, "_:"); j >= 0 {
			name = name[j+1:]
		}
		name = strings.TrimPrefix(withoutAnnex(strings.Trim(name, "-—_ 　")), "关于")
		for _, tail := range []string{"本级", "(汇总)", "汇总"} {
			name = strings.TrimSuffix(name, tail)
		}
		if isAgencyName(name) && isOrganisation(name) {
			return name
		}
	}
	return ""
}

// withoutAnnex takes 附件2 and what parts it from a title off its front.
func withoutAnnex(name string) string {
	rest, found := strings.CutPrefix(name, "附件")
	if !found {
		return name
	}
	return strings.TrimLeft(rest, "0123456789一二三四五六七八九十、.:-— ")
}

// withoutYears removes 2026年, 2026年度, 24年 and bare 2026 from a title.
func withoutYears(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		n := leadingDigits(s[i:])
		switch {
		case n == 4 && s[i] == '2' && s[i+1] == '0' || n == 2 && strings.HasPrefix(s[i+n:], "年"):
			i += n
			for _, tail := range []string{"年度", "年"} {
				if strings.HasPrefix(s[i:], tail) {
					i += len(tail)
					break
				}
			}
		case n > 0:
			b.WriteString(s[i : i+n])
			i += n
		case strings.HasPrefix(s[i:], "二") && hanYearSize(s[i:]) > 0:
			i += hanYearSize(s[i:])
		default:
			_, w := utf8.DecodeRuneInString(s[i:])
			b.WriteString(s[i : i+w])
			i += w
		}
	}
	return b.String()
}

// hanYearSize is the size of a leading 二〇二四年度.
func hanYearSize(s string) int {
	year, n := hanYear(s)
	if year == 0 {
		return 0
	}
	rest := strings.TrimPrefix(s[n:], "年")
	return len(s) - len(strings.TrimPrefix(rest, "度"))
}

// isOrganisation tells names of bodies from other words before 预算.
func isOrganisation(name string) bool {
	name = strings.TrimSuffix(name, "(本级)")
	name = strings.TrimSuffix(name, "(汇总)")
	if strings.HasSuffix(name, ")") {
		if i := strings.LastIndex(name, "("); i > 0 {
			name = name[:i]
		}
	}
	last, _ := utf8.DecodeLastRuneInString(name)
	return (strings.ContainsRune("局委会办院心厅部所站校队处科馆室署府道镇乡司团社台园协联库区县市庭组中大学场宫狱旗州盟港厂", last) || hasAnySuffix(name, "机关", "海关", "基地")) && unicode.Is(unicode.Han, last) &&
		!hasAnySuffix(name, "年度部", "市市级", "本部")
}

// chooseDivision asks the gazetteer about the agency, the title and the path.
func chooseDivision(book *codebook.Book, agency, title, uri string) (codebook.Entry, bool) {
	if book == nil {
		return codebook.Entry{}, false
	}
	for _, s := range []string{agency, title} {
		if s == "" {
			continue
		}
		if e, ok := book.Division(s); ok {
			return e, true
		}
	}
	segments := strings.Split(uri, "/")
	for i := len(segments) - 1; i >= 0; i-- {
		if e, ok := book.Division(strings.TrimLeft(withoutYears(segments[i]), "0123456789_-. ")); ok {
			return e, true
		}
	}
	return codebook.Entry{}, false
}
