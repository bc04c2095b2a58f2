package codebook

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var allSchemes = []string{FunctionalExpenditure, EconomicDepartment, EconomicGovernment, Revenue, Procurement, Divisions}

func embeddedBook(t testing.TB) *Book {
	t.Helper()
	book, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestLookup(t *testing.T) {
	book := embeddedBook(t)
	tests := []struct {
		scheme, code string
		year         int
		edition      string
		name         string
	}{
		{FunctionalExpenditure, "2060702", 2026, "2019-2025", "科普活动"},
		{FunctionalExpenditure, "207", 2009, "2009", "文化体育与传媒"},
		{FunctionalExpenditure, "207", 2016, "2010-2018", "文化体育与传媒支出"},
		{FunctionalExpenditure, "2101016", 2016, "2010-2018", "食品安全事务"},
		{FunctionalExpenditure, "2101016", 2026, "2010-2018", "食品安全事务"},
		{FunctionalExpenditure, "207", 2024, "2019-2025", "文化旅游体育与传媒支出"},
		{FunctionalExpenditure, "207", 0, "2019-2025", "文化旅游体育与传媒支出"},
		{FunctionalExpenditure, "207", 1999, "2007", "文化体育与传媒"},
		{FunctionalExpenditure, "２０７", 2024, "2019-2025", "文化旅游体育与传媒支出"},
		{FunctionalExpenditure, "206 07 02", 2024, "2019-2025", "科普活动"},
		{EconomicDepartment, "30311", 2016, "2007-2017", "住房公积金"},
		{EconomicDepartment, "30311", 2021, "2018-2025", "代缴社会保险费"},
		{Procurement, "A02010104", 2018, "2013", "台式计算机"},
		{Procurement, "A02010104", 2024, "2022", "服务器"},
		{Procurement, "A02", 2018, "2013", "通用设备"},
		{Procurement, "A0201010", 2024, "", ""},
		{Procurement, "A02010100", 2018, "2022", "计算机"},
		{Procurement, "A020101", 2018, "2013", "计算机设备"},
		{Divisions, "130300", 2026, "2023-06-30", "秦皇岛市"},
		{Divisions, "130300000", 2026, "2023-06-30", "秦皇岛市"},
		{Divisions, "420600", 2010, "2009-03", "襄樊市"},
		{Divisions, "420600", 2021, "2023-06-30", "襄阳市"},
		{FunctionalExpenditure, "225", 2026, "", ""}, // Yantai's code of its 司法局
		{"no such scheme", "207", 2024, "", ""},
	}
	for _, test := range tests {
		entry, ok := book.Lookup(test.scheme, test.code, test.year)
		if entry.Edition != test.edition || entry.Name != test.name || ok != (test.name != "") {
			t.Errorf("Lookup(%s, %s, %d) = %s %s, want %s %s", test.scheme, test.code, test.year,
				entry.Edition, entry.Name, test.edition, test.name)
		}
	}
}

func TestEntryKeepsProvenance(t *testing.T) {
	got, _ := embeddedBook(t).Lookup(FunctionalExpenditure, "207", 2007)
	want := Entry{
		Scheme: FunctionalExpenditure, Edition: "2007", Code: "207", Name: "文化体育与传媒", Level: "类", ValidFrom: 2007,
		Source:     "web:https://m.taowenge.com/p-12981447.html (政府收支分类改革方案 2006, table of contents)",
		Confidence: "two_sources",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPath(t *testing.T) {
	book := embeddedBook(t)
	tests := []struct {
		scheme, code string
		year         int
		want         string
	}{
		{FunctionalExpenditure, "2060702", 2026, "206 科学技术支出 › 20607 科学技术普及 › 2060702 科普活动"},
		{FunctionalExpenditure, "206", 2026, "206 科学技术支出"},
		{EconomicDepartment, "30108", 2026, "301 工资福利支出 › 30108 机关事业单位基本养老保险缴费"},
		{Divisions, "130300", 2026, "130000 河北省 › 130300 秦皇岛市"},
		{Divisions, "441900", 2026, "440000 广东省 › 441900 东莞市"},
		{Procurement, "A02010105", 2024, "A 货物 › A02000000 设备 › A02010000 信息化设备 › A02010100 计算机 › A02010105 台式计算机"},
	}
	for _, test := range tests {
		entry, _ := book.Lookup(test.scheme, test.code, test.year)
		var steps []string
		for _, step := range book.Path(entry) {
			steps = append(steps, step.Code+" "+step.Name)
		}
		if got := strings.Join(steps, " › "); got != test.want {
			t.Errorf("Path(%s) = %s, want %s", test.code, got, test.want)
		}
	}
}

func TestResolve(t *testing.T) {
	book := embeddedBook(t)
	tests := []struct {
		scheme, code, name string
		year               int
		status             Status
		listed             string
	}{
		{FunctionalExpenditure, "2060702", "科普活动", 2026, Exact, "科普活动"},
		{FunctionalExpenditure, "2060702", " 科普活动 ", 2026, Exact, "科普活动"},
		{FunctionalExpenditure, "2060702", "", 2026, Exact, "科普活动"},
		{FunctionalExpenditure, "2060702", "科普活动支出", 2026, Alias, "科普活动"},
		{FunctionalExpenditure, "2060702", "科 普 活 动", 2026, Alias, "科普活动"},
		{FunctionalExpenditure, "20101", "⼈⼤事务", 2026, Alias, "人大事务"}, // two radicals
		{FunctionalExpenditure, "2100202", "中医(民族)医院", 2026, Alias, "中医（民族）医院"},
		{FunctionalExpenditure, "20103", "政府办公厅（室）及相关机构", 2026, Alias, "政府办公厅（室）及相关机构事务"},
		{FunctionalExpenditure, "206", "科学技术", 2026, Alias, "科学技术支出"},
		{FunctionalExpenditure, "2040201", "行政运行（公安）", 2026, Alias, "行政运行"},
		{FunctionalExpenditure, "2010302", "一般行政管理实务", 2026, Alias, "一般行政管理事务"},
		{FunctionalExpenditure, "207", "文化体育与传媒", 2009, Exact, "文化体育与传媒"},
		{FunctionalExpenditure, "207", "文化体育与传媒", 2016, Alias, "文化体育与传媒支出"},
		{FunctionalExpenditure, "207", "文化体育与传媒支出", 2016, Exact, "文化体育与传媒支出"},
		{FunctionalExpenditure, "207", "文化旅游体育与传媒支出", 2016, Renamed, "文化旅游体育与传媒支出"},
		{FunctionalExpenditure, "207", "文化体育与传媒支出", 2024, Renamed, "文化体育与传媒支出"},
		{FunctionalExpenditure, "210", "医疗卫生与计划生育支出", 2026, Renamed, "医疗卫生与计划生育支出"},
		{FunctionalExpenditure, "22303", "国有企业公益性补贴", 2026, Renamed, "国有企业政策性补贴"},
		{FunctionalExpenditure, "21208", "国有土地使用权出让收入及对应专项债务收入安排的支出", 2019, Alias, "国有土地使用权出让收入安排的支出"},
		{FunctionalExpenditure, "21214", "污水处理费及对应专项债务收入安排的支出", 2017, Alias, "污水处理费安排的支出"},
		{FunctionalExpenditure, "20829", "小型水库移民扶助基金安排的支出", 2026, Conflict, "小型水库移民扶助基金对应专项债务收入安排的支出"},
		{FunctionalExpenditure, "2050302", "高等职业教育", 2026, Conflict, "中等职业教育"},
		{FunctionalExpenditure, "2060702", "行政运行", 2026, Conflict, "科普活动"},
		{FunctionalExpenditure, "206070201", "科普讲座", 2026, Prefix, "科普活动"},
		{FunctionalExpenditure, "225", "烟台市司法局", 2026, Unknown, ""},
		{FunctionalExpenditure, "2250001", "行政运行", 2026, Unknown, ""},
		{FunctionalExpenditure, "", "行政运行", 2026, Unknown, ""},
		{EconomicDepartment, "30108", "机关事业单位基本养老保险缴费", 2026, Exact, "机关事业单位基本养老保险缴费"},
		{EconomicDepartment, "30108", "机关事业单位基本养老保险", 2026, Alias, "机关事业单位基本养老保险缴费"},
		{EconomicDepartment, "30108", "机关事业单位基本养老", 2026, Alias, "机关事业单位基本养老保险缴费"},
		{EconomicDepartment, "30212", "因公出国(境)费", 2026, Alias, "因公出国（境）费用"},
		{EconomicDepartment, "30399", "其他对个人和家庭补助", 2026, Alias, "其他对个人和家庭的补助"},
		{EconomicDepartment, "30311", "住房公积金", 2026, Renamed, "住房公积金"},
		{EconomicDepartment, "3010801", "基本养老保险", 2026, Prefix, "机关事业单位基本养老保险缴费"},
		{Procurement, "A02010104", "台式计算机", 2018, Exact, "台式计算机"},
		{Procurement, "A02010104", "服务器", 2024, Exact, "服务器"},
		{Procurement, "A02010104", "台式计算机", 2024, Renamed, "台式计算机"},
		{Procurement, "A02010105", "台式机", 2024, Alias, "台式计算机"},
	}
	for _, test := range tests {
		got := book.Resolve(test.scheme, test.code, test.name, test.year)
		if got.Status != test.status || got.Entry.Name != test.listed {
			t.Errorf("Resolve(%s, %s, %d) = %s %s, want %s %s", test.code, test.name, test.year,
				got.Status, got.Entry.Name, test.status, test.listed)
		}
	}
}

// The names of an entry's siblings are the likeliest mistakes of a reader who
// slips by a row. None may pass for a spelling of the entry's own name.
func TestResolveNeverTakesSibling(t *testing.T) {
	book := embeddedBook(t)
	// One 款 that moved to another code and left its name behind.
	twins := map[string]string{"21006": "21017", "21017": "21006"}
	for _, scheme := range allSchemes[:4] {
		families := map[string][]Entry{}
		for entry := range book.Entries(scheme) {
			family := entry.Edition + "/" + entry.Parent
			families[family] = append(families[family], entry)
		}
		for _, family := range families {
			for _, entry := range family {
				year, err := strconv.Atoi(entry.Edition[:4])
				if err != nil {
					t.Fatal(err)
				}
				for _, sibling := range family {
					if sibling.Name == entry.Name || twins[entry.Code] == sibling.Code {
						continue
					}
					got := book.Resolve(scheme, entry.Code, sibling.Name, year)
					bearsIt := got.Status == Renamed && sameClass(got.Entry.Name, sibling.Name)
					if got.Status != Conflict && !bearsIt {
						t.Errorf("%s %s printed as %s (%s) is %s", entry.Code, entry.Name, sibling.Name, sibling.Code, got.Status)
					}
				}
			}
		}
	}
}

// sameClass tells whether names differ in no more than the suffix 事务.
func sameClass(a, b string) bool {
	return strings.TrimSuffix(a, "事务") == strings.TrimSuffix(b, "事务")
}

func TestDivision(t *testing.T) {
	book := embeddedBook(t)
	tests := []struct{ text, code, name string }{
		{"秦皇岛市科学技术协会", "130300", "秦皇岛市"},
		{"上海市普陀区财政局", "310107", "普陀区"},
		{"2026年烟台市司法局部门预算", "370600", "烟台市"},
		{"深圳市规划和自然资源局宝安管理局", "440300", "深圳市"},
		{"石家庄市人民政府办公室", "130100", "石家庄市"},
		{"附件2：北京市公安局2026年度部门预算报表.pdf", "110000", "北京市"},
		{"2026 年 烟 台 市", "370600", "烟台市"},
		{"国家税务总局天津市税务局", "120000", "天津市"},
		{"内蒙古自治区呼和浩特市", "150100", "呼和浩特市"},
		{"嘉峪关市财政局", "620200", "嘉峪关市"},
		{"河北省正定县", "130123", "正定县"}, // past the prefecture
		{"东莞市教育局", "441900", "东莞市"},

		// Several divisions with one name need their parent.
		{"普陀区财政局", "", ""},
		{"舟山市普陀区财政局", "330903", "普陀区"},
		{"朝阳区人民法院（北京市）", "110105", "朝阳区"},
		{"西安市长安区", "610116", "长安区"},
		{"石家庄市长安区", "130102", "长安区"},

		// Without the suffix.
		{"秦皇岛科协", "130300", "秦皇岛市"},
		{"上海市普陀财政局", "310107", "普陀区"},
		{"湖北仙桃", "429004", "仙桃市"},
		{"延边州财政局", "222400", "延边朝鲜族自治州"},
		{"海南省财政厅", "460000", "海南省"},
		{"海南州财政局", "632500", "海南藏族自治州"},
		{"吉林财政", "", ""}, // the province or its city
		{"吉林省吉林市财政局", "220200", "吉林市"},

		// Words that are also names: 公安 is a county, 合作 a city, 城区 a district.
		{"荆州市公安局", "421000", "荆州市"},
		{"荆州市公安县财政局", "421022", "公安县"},
		{"公安局2024年部门预算", "", ""},
		{"供销合作市场", "", ""},
		{"老旧城区改造", "", ""},
		{"科学技术协会", "", ""},
		{"市", "", ""},
		{"", "", ""},

		// Former divisions.
		{"上海市闸北区财政局", "310108", "闸北区"},
		{"襄樊市财政局", "420600", "襄樊市"},
		{"襄阳市财政局", "420600", "襄阳市"},
	}
	for _, test := range tests {
		entry, ok := book.Division(test.text)
		if entry.Code != test.code || entry.Name != test.name || ok != (test.code != "") {
			t.Errorf("Division(%s) = %s %s, want %s %s", test.text, entry.Code, entry.Name, test.code, test.name)
		}
	}
}

// Every present division is found by the names on its path, printed one after
// the other.
func TestDivisionByFullPath(t *testing.T) {
	book := embeddedBook(t)
	editions := book.Editions(Divisions)
	for entry := range book.Entries(Divisions) {
		if entry.Edition != editions[len(editions)-1] || isPlaceholder(entry.Name) {
			continue
		}
		var text strings.Builder
		for _, step := range book.Path(entry) {
			if !isPlaceholder(step.Name) {
				text.WriteString(step.Name)
			}
		}
		text.WriteString("财政局")
		got, _ := book.Division(text.String())
		// 嘉峪关市 lies in 嘉峪关市, and 三元区 is listed under its old code too.
		if got.Code != entry.Code && !(got.Name == entry.Name && (got.Code == entry.Parent || got.Parent == entry.Parent)) {
			t.Errorf("Division(%s) = %s %s, want %s", text.String(), got.Code, got.Name, entry.Code)
		}
	}
}

func TestSchemeOf(t *testing.T) {
	book := embeddedBook(t)
	tests := map[string][]string{
		"206": {FunctionalExpenditure}, "2060702": {FunctionalExpenditure}, "206070201": {FunctionalExpenditure},
		"30108": {EconomicDepartment}, "3010801": {EconomicDepartment}, "501": {EconomicGovernment}, "50101": {EconomicGovernment},
		"10101": {Revenue}, "103040101": {Revenue}, "130300": {Divisions}, "Ａ02010104": {Procurement}, "c": {Procurement},
		"A": {Procurement}, "A020101040101": nil, "A02B": nil, "731": nil, "301080101": nil, "20": nil, "2060": nil, "": nil, "合计": nil,
	}
	for code, want := range tests {
		if got := book.SchemeOf(code); !slices.Equal(got, want) {
			t.Errorf("SchemeOf(%q) = %v, want %v", code, got, want)
		}
	}
}

func TestSearch(t *testing.T) {
	book := embeddedBook(t)
	search := func(scheme, text string) (found []string) {
		for _, entry := range book.Search(scheme, text) {
			found = append(found, entry.Edition+" "+entry.Code+" "+entry.Name)
		}
		return found
	}
	want := []string{"2009 2060702 科普活动", "2019-2025 2060702 科普活动"}
	if diff := cmp.Diff(want, search(FunctionalExpenditure, "科普 活动")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, search(FunctionalExpenditure, "2060702")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"2018-2025 30213 维修（护）费"}, search(EconomicDepartment, "维修(护)费")[1:]); diff != "" {
		t.Error(diff)
	}
	if found := search(FunctionalExpenditure, " "); found != nil {
		t.Errorf("a space finds %d entries", len(found))
	}
}

// The lists hang together: parents exist in the edition, levels fit the codes.
func TestListsAreConsistent(t *testing.T) {
	book := embeddedBook(t)
	lengths := map[string]map[string]int{
		FunctionalExpenditure: {"类": 3, "款": 5, "项": 7}, EconomicDepartment: {"类": 3, "款": 5},
		EconomicGovernment: {"类": 3, "款": 5}, Revenue: {"类": 3, "款": 5, "项": 7}, Divisions: {"省": 6, "地": 6, "县": 6},
	}
	for _, scheme := range allSchemes {
		known := map[[2]string]bool{}
		for entry := range book.Entries(scheme) {
			known[[2]string{entry.Edition, entry.Code}] = true
		}
		if len(known) == 0 {
			t.Errorf("%s is empty", scheme)
		}
		for entry := range book.Entries(scheme) {
			if entry.Parent != "" && !known[[2]string{entry.Edition, entry.Parent}] {
				t.Errorf("%s %s %s: its parent %s is missing", scheme, entry.Edition, entry.Code, entry.Parent)
			}
			want, ok := lengths[scheme][entry.Level]
			if scheme == Procurement {
				depth, err := strconv.Atoi(entry.Level)
				want, ok = 1+2*depth, err == nil
				if entry.Edition == "2022" && depth > 0 {
					want = 9
				}
			}
			if !ok || len(entry.Code) != want {
				t.Errorf("%s %s: level %s does not fit the code", scheme, entry.Code, entry.Level)
			}
			if entry.Name == "" || entry.Source == "" || entry.Confidence == "" {
				t.Errorf("%s %s: incomplete %+v", scheme, entry.Code, entry)
			}
			path := book.Path(entry)
			if scheme != Divisions && (path[0].Parent != "" || path[len(path)-1] != entry) {
				t.Errorf("%s %s: the path %v does not lead from the top", scheme, entry.Code, path)
			}
		}
	}
}

// codesFolder is the folder of CSV files that the embedded lists were made of.
func codesFolder(t *testing.T) string {
	t.Helper()
	shared := os.Getenv("GONGKAI_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared") // beside the module root
	}
	folder := filepath.Join(shared, "codes")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the shared code lists are not here (GONGKAI_SHARED): %v", err)
	}
	return folder
}

func readRecords(t *testing.T, path string) []map[string]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var records []map[string]string
	for _, line := range lines[1:] {
		record := map[string]string{}
		for i, column := range lines[0] {
			record[column] = line[i]
		}
		records = append(records, record)
	}
	return records
}

func TestEmbeddedEqualsShared(t *testing.T) {
	folder := codesFolder(t)
	book := embeddedBook(t)
	year := func(number int) string {
		if number == 0 {
			return ""
		}
		return strconv.Itoa(number)
	}
	listed := map[[3]string]Entry{}
	for _, scheme := range allSchemes {
		for entry := range book.Entries(scheme) {
			listed[[3]string{scheme, entry.Edition, entry.Code}] = entry
		}
	}
	files := []string{filepath.Join("internal", "generate", "additions", "functional_expenditure.csv")}
	for _, name := range []string{"functional_expenditure", "economic_department", "economic_government", "revenue",
		"procurement_2013_partial", "procurement_2022", "divisions"} {
		files = append(files, filepath.Join(folder, name+".csv"))
	}
	for _, name := range files {
		for _, want := range readRecords(t, name) {
			key := [3]string{want["scheme"], want["edition"], want["code"]}
			entry, ok := listed[key]
			if !ok {
				t.Errorf("%s: %v is not embedded", name, key)
				continue
			}
			delete(listed, key)
			got := map[string]string{
				"scheme": entry.Scheme, "edition": entry.Edition, "code": entry.Code, "level": entry.Level,
				"parent": entry.Parent, "name": entry.Name, "valid_from": year(entry.ValidFrom), "valid_to": year(entry.ValidTo),
				"source": entry.Source, "confidence": entry.Confidence,
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	}
	for key := range listed {
		t.Errorf("%v is embedded but not listed", key)
	}
}

// Each alias of the shared list is understood.
func TestAliasesResolve(t *testing.T) {
	folder := codesFolder(t)
	book := embeddedBook(t)
	for _, record := range readRecords(t, filepath.Join(folder, "aliases.csv")) {
		if record["code"] == "*" {
			continue
		}
		for _, name := range strings.Split(record["alias"], "/") {
			got := book.Resolve(record["scheme"], record["code"], name, 2026)
			switch got.Status {
			case Exact, Alias, Renamed:
			default:
				t.Errorf("%s %s is %s", record["code"], name, got.Status)
			}
		}
	}
}

// Of the codes that real disclosures print, all are known, and but for a few
// wordings, listed in the summary of the lists as differing, so are the names.
func TestObservedResolve(t *testing.T) {
	folder := codesFolder(t)
	book := embeddedBook(t)
	counts := map[string]map[Status]int{}
	for _, record := range readRecords(t, filepath.Join(folder, "observed.csv")) {
		schemes := book.SchemeOf(record["code"])
		if len(schemes) != 1 {
			t.Errorf("%s: schemes %v", record["code"], schemes)
			continue
		}
		got := book.Resolve(schemes[0], record["code"], record["name"], 2025)
		if counts[schemes[0]] == nil {
			counts[schemes[0]] = map[Status]int{}
		}
		counts[schemes[0]][got.Status]++
		known := got.Status == Exact || got.Status == Alias || got.Status == Renamed
		if !known && !strings.HasPrefix(record["status"], "differs") {
			t.Errorf("%s %s is %s", record["code"], record["name"], got.Status)
		}
	}
	t.Log(counts)
}

func TestDamagedFile(t *testing.T) {
	if _, err := decodeBook(nil); err == nil {
		t.Error("an empty file was read")
	}
	for _, at := range []int{0, 10, 40, len(listsFile) / 2, len(listsFile) - 1} {
		damaged := slices.Clone(listsFile)
		damaged[at] ^= 1
		if _, err := decodeBook(damaged); err == nil {
			t.Errorf("a file with byte %d changed was read", at)
		}
		if _, err := decodeBook(listsFile[:at]); err == nil {
			t.Errorf("a file cut at %d was read", at)
		}
	}
	if _, err := unpackList(Revenue, []byte("not packed"), 10); err == nil {
		t.Error("a list that is not packed was read")
	}
	for _, raw := range []string{"", "\x01", "\x00\x00\x00\x00\x05", "\xff\xff\xff\xff\xff\xff"} {
		if _, err := decodeList(Revenue, raw); err == nil {
			t.Errorf("list %q was read", raw)
		}
	}
}

func TestZeroBook(t *testing.T) {
	var book Book
	if _, ok := book.Lookup(FunctionalExpenditure, "206", 2026); ok {
		t.Error("an empty book knows 206")
	}
	if _, ok := book.Division("秦皇岛市"); ok {
		t.Error("an empty book knows 秦皇岛市")
	}
	if got := book.Resolve(FunctionalExpenditure, "206", "科学技术支出", 2026).Status; got != Unknown {
		t.Errorf("206 is %s", got)
	}
}

// Whatever is printed, the answer is one of the statuses, an entry goes with
// every status but unknown, and a prefix is one.
func FuzzResolve(f *testing.F) {
	book := embeddedBook(f)
	f.Add("2060702", "科普活动", 2026)
	f.Add("３０１", "工资福利支出\xff", 2016)
	f.Add("A0201010499", "（）", -1)
	f.Fuzz(func(t *testing.T, code, name string, year int) {
		for _, scheme := range allSchemes {
			got := book.Resolve(scheme, code, name, year)
			switch got.Status {
			case Exact, Alias, Renamed, Conflict:
				if got.Entry.Code == "" {
					t.Errorf("%s without an entry", got.Status)
				}
			case Prefix:
				if scheme != Procurement && !strings.HasPrefix(cleanCode(code), got.Entry.Code) {
					t.Errorf("%s is no prefix of %s", got.Entry.Code, code)
				}
			case Unknown:
				if got.Entry != (Entry{}) {
					t.Errorf("unknown, but %v", got.Entry)
				}
			default:
				t.Errorf("status %q", got.Status)
			}
		}
	})
}

// A division that is found is named, at least by its first two characters.
func FuzzDivision(f *testing.F) {
	book := embeddedBook(f)
	f.Add("上海市普陀区财政局")
	f.Add("市\xff场 ⼤同市")
	f.Fuzz(func(t *testing.T, text string) {
		entry, ok := book.Division(text)
		if !ok {
			return
		}
		_, size := utf8.DecodeRuneInString(entry.Name)
		if !strings.Contains(plainText(text), entry.Name[:size]) {
			t.Errorf("%q names %s", text, entry.Name)
		}
	})
}

func BenchmarkEmbedded(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		book, err := decodeBook(listsFile)
		if err != nil {
			b.Fatal(err)
		}
		for _, named := range book.lists {
			if named.scheme == Procurement {
				continue
			}
			if _, err := named.load(); err != nil {
				b.Fatal(err)
			}
		}
		book.gazetteer()
	}
}

func BenchmarkResolve(b *testing.B) {
	book := embeddedBook(b)
	for _, cell := range []struct{ status, scheme, code, name string }{
		{"exact", FunctionalExpenditure, "2060702", "科普活动"},
		{"alias", EconomicDepartment, "30108", "机关事业单位基本养老保险"},
		{"renamed", FunctionalExpenditure, "207", "文化体育与传媒支出"},
		{"conflict", FunctionalExpenditure, "2010301", "某某市司法局本级"},
		{"prefix", FunctionalExpenditure, "206070201", "科普讲座"},
	} {
		b.Run(cell.status, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				book.Resolve(cell.scheme, cell.code, cell.name, 2025)
			}
		})
	}
}

func BenchmarkDivision(b *testing.B) {
	book := embeddedBook(b)
	for _, text := range []string{"2026年烟台市司法局部门预算", "上海市普陀区财政局", "国家科学技术普及发展研究中心关于部门预算的说明"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				book.Division(text)
			}
		})
	}
}
