package normalize

import (
	"strings"
	"testing"
)

// tableUnder is a table under a title, in 万元.
func tableUnder(title string, rows ...string) *Batch {
	return Normalize(budgetOf(tableOfText(1, []string{title, "单位：万元"}, rowsOf(rows...))), nil)
}

// familyOf tells whom each row of a column details: child<parent, in order.
func familyOf(batch *Batch, column string) string {
	names := map[string]string{}
	for i := range batch.Lines {
		names[batch.Lines[i].ID] = batch.Lines[i].Name
	}
	var said []string
	for i := range batch.Lines {
		if l := &batch.Lines[i]; l.ColumnPath == column {
			said = append(said, l.Name+"<"+names[l.ParentLineID])
		}
	}
	return strings.Join(said, " ")
}

// TestSubclassesInShort: 款 with its last two digits between 类 and 项 in full.
func TestSubclassesInShort(t *testing.T) {
	batch := tableUnder("一般公共预算支出表", "科目编码|科目名称|合计", "|合计|30", "208|社会保障和就业支出|20", "05|行政事业单位离退休|18",
		"2080505|机关事业单位基本养老保险缴费支出|18", "99|其他社会保障和就业支出|2", "2089901|其他社会保障和就业支出|2", "210|卫生健康支出|10", "11|行政事业单位医疗|10", "2101101|行政单位医疗|10")
	var codes []string
	for i := range batch.Lines {
		codes = append(codes, batch.Lines[i].Code+"/"+batch.Lines[i].CodeRaw)
	}
	want := "/ 208/208 20805/05 2080505/2080505 20899/99 2089901/2089901 210/210 21011/11 2101101/2101101"
	if got := strings.Join(codes, " "); got != want {
		t.Errorf("codes are %s, want %s", got, want)
	}
	// Numbers of two digits are no subclasses where no item is printed in full.
	if batch := tableUnder("一般公共预算支出表", "科目编码|科目名称|合计", "208|社会保障和就业支出|20", "05|某某|18"); batch.Lines[1].Code != "05" {
		t.Errorf("the code is %s, want 05", batch.Lines[1].Code)
	}
}

// TestAgenciesBelowTheirDepartment: the department is named again as the first
// of its own agencies, or not at all.
func TestAgenciesBelowTheirDepartment(t *testing.T) {
	for want, names := range map[string][]string{
		"合计< 某某市司法局< 某某市司法局<某某市司法局 某某市东郊监狱<某某市司法局":           {"合计", "某某市司法局", "某某市司法局", "某某市东郊监狱"},
		"合计< 退役军人事务局< 某某市退役军人事务局<退役军人事务局 某某市烈士陵园管理所<退役军人事务局": {"合计", "退役军人事务局", "某某市退役军人事务局", "某某市烈士陵园管理所"},
		"合计< 某某市水务局（本级）< 某某市水文中心< 某某市河道管理处<":                 {"合计", "某某市水务局（本级）", "某某市水文中心", "某某市河道管理处"},
	} {
		rows := []string{"单位名称|总计|财政拨款收入"}
		for _, name := range names {
			rows = append(rows, name+"|10|10")
		}
		if got := familyOf(tableUnder("部门收入预算总表", rows...), "总计"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestListsBelowTotals: what follows a total of a balance details nothing above
// it; a row without a mark heads the list that begins below it.
func TestListsBelowTotals(t *testing.T) {
	table := tableOf("部门收支总表", []string{"单位：万元"}, "收入|<|支出|<", "项目|预算数|项目|预算数", "财政拨款|30|一、社会保障和就业支出|38", "1.一般公共预算拨款|20||", "2.政府性基金预算拨款|10||",
		"二、单位资金|5||", "1.事业收入|5||", "本年收入合计|35|本年支出合计|38", "上年结余、结转|3|结转下年|0", "1.财政拨款结余、结转|2||", "2.非财政拨款结余、结转|1||", "收入总计|38|支出总计|38")
	batch := Normalize(documentOf(table), nil)
	want := "财政拨款< 1.一般公共预算拨款<财政拨款 2.政府性基金预算拨款<财政拨款 二、单位资金< 1.事业收入<二、单位资金 本年收入合计< " +
		"上年结余、结转< 1.财政拨款结余、结转<上年结余、结转 2.非财政拨款结余、结转<上年结余、结转 收入总计<"
	if got := familyOf(batch, "收入/预算数"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for i := range batch.Lines {
		if l := &batch.Lines[i]; l.Name == "财政拨款" && l.IsLeaf || l.Name == "上年结余、结转" && l.IsLeaf {
			t.Errorf("%s is a leaf", l.Name)
		}
	}
}

// TestProjectsOfAnItem: in a list of projects those without a code are of the
// item above them; below an agency they make it no leaf.
func TestProjectsOfAnItem(t *testing.T) {
	batch := tableUnder("项目支出表", "科目编码|科目名称|序号|项目名称|预算数", "206|科学技术支出|||27", "20607|科学技术普及|||27", "2060702|科普活动|||27", "||1|流动科技馆|20", "||2|科普大篷车|7")
	want := "科学技术支出< 科学技术普及<科学技术支出 科普活动<科学技术普及 流动科技馆<科普活动 科普大篷车<科普活动"
	if got := familyOf(batch, "预算数"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for i, want := range []bool{false, false, false, true, true} {
		if batch.Lines[i].IsLeaf != want {
			t.Errorf("%s: leaf %v", batch.Lines[i].Name, batch.Lines[i].IsLeaf)
		}
	}
}

// TestColumnPartedByAPage: on its second page a column's amounts stand in a
// second column of the grid under the same head.
func TestColumnPartedByAPage(t *testing.T) {
	table := tableOfText(1, []string{"支出总表", "单位：万元"}, rowsOf("科目编码|科目名称|合计||基本支出|项目支出", "214|交通运输支出|30.5||10.5|20", "21401|公路水路运输||30.5|10.5|20"))
	table.Grid[0][2].ColSpan, table.Grid[0][3].Covered = 2, true
	var numbers []string
	for _, l := range Normalize(budgetOf(table), nil).Lines {
		if l.ColumnPath == "合计" && l.ValueState == StateNumber {
			numbers = append(numbers, l.Name+l.AmountRaw+"<"+l.ParentLineID[strings.LastIndexByte(l.ParentLineID, 'r')+1:])
		}
	}
	if got := strings.Join(numbers, " "); got != "交通运输支出30.5< 公路水路运输30.5<1c2" {
		t.Error(got)
	}
}

// TestSeveralClassifications: a row says what for and on what, in columns of
// their own or in front of the names.
func TestSeveralClassifications(t *testing.T) {
	for _, batch := range []*Batch{
		tableUnder("支出总表", "支出功能分类科目|政府支出经济分类科目|部门支出经济分类科目|合计", "2101501-行政运行|50201-办公经费|3021101-差旅费|50.64", "2101501-行政运行|50502-商品和服务支出|30202-印刷费|2"),
		tableUnder("支出总表", "功能科目编码|功能科目名称|政府经济科目编码|政府经济科目名称|部门经济科目编码|部门经济科目名称|合计", "2101501|行政运行|50201|办公经费|3021101|差旅费|50.64", "2101501|行政运行|50502|商品和服务支出|30202|印刷费|2"),
	} {
		if len(batch.Lines) != 2 {
			t.Fatalf("%d lines, want 2", len(batch.Lines))
		}
		for i, want := range [][3]string{{"2101501", "3021101", "50201"}, {"2101501", "30202", "50502"}} {
			if l := &batch.Lines[i]; l.FuncCode != want[0] || l.EconCode != want[1] || l.GovEconCode != want[2] || l.Code != want[0] {
				t.Errorf("codes are %s, %s, %s, want %v", l.FuncCode, l.EconCode, l.GovEconCode, want)
			}
		}
	}
}

// TestGovernmentAccounts: a final account of a government prints the budget beside
// the outcome, which alone are its leaves; taxes are known by their names.
func TestGovernmentAccounts(t *testing.T) {
	spent := tableOfText(1, []string{"2024年市本级一般公共预算支出决算功能分类表", "单位：万元"}, rowsOf("科目编码|科目名称|预算数|决算数|完成预算%",
		"201|一般公共服务支出|50|48|96.0", "20101|人大事务|50|48|96.0", "206|科学技术支出|60|55|91.7", "|支出合计|110|103|93.6"))
	received := tableOfText(2, []string{"2024年全市一般公共预算收入决算表", "单位：万元"}, rowsOf("项目|预算数|决算数", "一、税收收入|100|96.5", "增值税|50|46", "二、非税收入|12|11", "专项收入|4|3", "收入合计|112|107.5"))
	document := budgetOf(spent, received)
	document.Source.URI = "秦皇岛市2024年财政决算.pdf"
	batch := Normalize(document, embeddedBook(t))
	if sum, lines := leafSum(batch, leafFunctional); sum.StringFixed(2) != "1030000.00" || lines != 2 {
		t.Errorf("%d leaves add up to %s, want 2 and 1030000.00", lines, sum)
	}
	names := map[string]string{}
	for i := range batch.Lines {
		names[batch.Lines[i].ID] = batch.Lines[i].Name
	}
	for i := range batch.Lines {
		l := &batch.Lines[i]
		want, ok := map[string]string{"一、税收收入": "", "增值税": "一、税收收入", "二、非税收入": "", "专项收入": "二、非税收入"}[l.Name]
		if ok && (names[l.ParentLineID] != want || l.Statement != "gov_gpb_income") {
			t.Errorf("%s of %s details %q, want %q", l.Name, l.Statement, names[l.ParentLineID], want)
		}
	}
}
