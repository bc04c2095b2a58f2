package normalize

import (
	"strings"

	"gongkai/normalize/statement"
)

// A performance form is no table with a header: labels and values stand side
// by side (项目名称 | … | 主管部门 | …), with small tables in between. Its money
// cells are read from the label to their left, or from a heading above them.

// formCell is one money cell of a form.
type formCell struct {
	row, column int
	code, name  string // of the project; the name may be that of a task
	project     string
	path        []string
	unit        unit
	unitRaw     string
}

var formLabels = []string{
	"项目名称", "项目编码", "项目代码", "主管部门", "实施单位", "项目单位", "预算单位", "单位名称", "部门名称", "预算部门", "项目负责人", "联系人", "项目类别",
	"项目类型", "项目属性", "项目资金", "资金总额", "年度目标", "总体目标", "绩效目标", "项目期", "实施期", "起止时间", "政策名称", "专项名称", "资金用途", "填报单位",
	"立项依据", "项目概况", "年度资金总额", "资金情况", "预算数", "专项资金", "项目实施单位", "总体绩效目标", "年度主要任务", "项目年限", "转移支付名称",
	"项目编号", "预算规模", "资金支出计划", "履职目标", "预算情况", "部门职能", "职能概述",
}

// isForm tells forms by their first column: at least two different labels of
// forms among its first rows, where a table has one header text. One label will do
// where indicators are headed only below several rows.
func isForm(s *sheet) bool {
	const rows, needed = 10, 2
	found, last := 0, ""
	for r := 0; r < min(rows, s.rows) && found < needed; r++ {
		value := s.at(r, 0).text
		if value != "" && value != last && !s.covered(r, 0) && isFormLabel(value) {
			found++
			last = value
		}
	}
	return found >= needed || found > 0 && headsIndicatorsLate(s)
}

// headsIndicatorsLate tells whether the row 一级指标 … stands below more rows than a
// header has.
func headsIndicatorsLate(s *sheet) bool {
	const header, rows = 4, 40
	for r := 0; r < min(rows, s.rows); r++ {
		if isIndicatorHeader(s, r) {
			return r >= header
		}
	}
	return false
}

func isFormLabel(value string) bool {
	if len(value) > len("专项资金情况（万元）")+12 {
		return false
	}
	return containsAny(withoutOther(value), formLabels...)
}

// readForm finds the money cells of a form, or of several that stand in one
// grid, and the positions of amounts that nothing labels. title is the line
// above the grid.
func readForm(s *sheet, title string) (cells []formCell, strays []int) {
	starts := formStarts(s)
	for i, start := range starts {
		end := s.rows
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		if i > 0 {
			title = ""
		}
		c, o := readOneForm(s, start, end, title)
		cells, strays = append(cells, c...), append(strays, o...)
	}
	return cells, strays
}

// formStarts are the first rows of the forms in a grid: a new one begins where,
// below the indicators of the one before, a project or agency is named again.
func formStarts(s *sheet) []int {
	starts := []int{0}
	indicators := false
	for r := 0; r < s.rows; r++ {
		switch {
		case isIndicatorHeader(s, r):
			indicators = true
		case indicators && beginsForm(s, r):
			starts = append(starts, r)
			indicators = false
		}
	}
	return starts
}

// namingLabels stand before what a form is about.
var namingLabels = []string{"项目名称", "项目编码", "项目代码", "项目编号", "政策名称", "专项名称", "转移支付名称", "部门名称", "单位名称"}

// projectLabels stand before the name of a project; some say 专项（项目）名称.
var projectLabels = []string{"项目名称", "政策名称", "专项名称", "转移支付名称", "项目)名称", "政策)名称", "专项)名称"}

// beginsForm tells the first row of a form: its title, or a naming label.
func beginsForm(s *sheet, row int) bool {
	if value, _, ok := s.soleText(row); ok {
		return strings.Contains(value, "绩效") && strings.HasSuffix(value, "表") && len(value) < maxCaptionBytes*2
	}
	value := s.at(row, 0).text
	return len(value) <= len("（项目）转移支付名称") && containsAny(withoutOther(narrowed(value)), namingLabels...)
}

// readOneForm reads the rows of one form down to its indicators.
func readOneForm(s *sheet, start, end int, title string) (cells []formCell, strays []int) {
	code, project := formProject(s, start, end, title)
	for r := start; r < end && !isIndicatorHeader(s, r); r++ {
		for c := 1; c < s.columns; c++ {
			cell := s.at(r, c)
			if cell.state != number && cell.state != unparsed || s.covered(r, c) {
				continue
			}
			if f, ok := readFormCell(s, start, r, c); ok {
				f.code, f.project = code, project
				if f.name == "" {
					f.name = project
				}
				cells = append(cells, f)
			} else if cell.amount.scale >= 2 && !isShareLabel(textToLeft(s, r, c)) {
				strays = append(strays, r*s.columns+c)
			}
		}
	}
	return cells, strays
}

// formProject is the code and name of what a form is about, from its labels or
// else from its title.
func formProject(s *sheet, start, end int, title string) (code, name string) {
	name = formValue(s, start, end, projectLabels...)
	if name == "" {
		name = projectOfTitle(title)
	}
	if n := projectCode(name); n > 0 {
		code, name, _ = splitGlued(name)
	}
	if printed := formValue(s, start, end, "项目编码", "项目代码", "项目编号"); isCode(printed) {
		code = printed
	}
	return code, name
}

// projectOfTitle is X of the title X项目绩效目标表, where X is more than the
// words that any such table has.
func projectOfTitle(title string) string {
	name := compact(title)
	for _, tail := range []string{"项目支出绩效目标表", "项目绩效目标表", "绩效目标表", "项目绩效目标", "项目绩效目"} {
		if rest, ok := strings.CutSuffix(name, tail); ok {
			name = rest
			break
		}
	}
	if _, rest, ok := agencyOfForm(name); ok {
		name = rest
	}
	if name == compact(title) || namesNoProject(name) {
		return ""
	}
	return name
}

// agencyOfForm reads the agency off 301007_泉州市公安局_综合修缮项目绩效目标表.
func agencyOfForm(title string) (a agency, rest string, ok bool) {
	code, rest, _ := strings.Cut(compact(title), "_")
	name, rest, ok := strings.Cut(rest, "_")
	if !ok || !allDigits(code) || !isOrganisation(name) {
		return agency{}, "", false
	}
	return agency{code, name}, rest, true
}

// namesNoProject tells what is left of titles such as 2026年部门预算项目支出绩效目标表.
func namesNoProject(rest string) bool {
	rest = strings.TrimLeft(withoutYears(rest), "0123456789.-、（）()一二三四五六七八九十附件表:： ")
	return len(rest) < len("某某某") || statement.PublishedNumber(rest) != "" ||
		hasAnySuffix(rest, "部门预算", "单位预算", "预算", "部门", "单位", "支出", "重点", "重点项目", "专项资金", "专项资金总体", "总体", "整体", "专项转移支付", "转移支付", "专项业务经费", "部门专项业务经费", "政策和", "市级", "财政", "一级", "二级")
}

// isIndicatorHeader: below this row stand targets, not money.
func isIndicatorHeader(s *sheet, row int) bool {
	for c := 0; c < s.columns; c++ {
		if t := s.at(row, c).text; t == "一级指标" || t == "三级指标" || t == "指标值" || t == "指标名称" {
			return true
		}
	}
	return false
}

func readFormCell(s *sheet, start, row, c int) (formCell, bool) {
	f := formCell{row: row, column: c}
	left := textToLeft(s, row, c)
	heads, headRow := headsAbove(s, start, row, c)
	switch {
	case isShareLabel(left), len(heads) == 0 && belowScores(s, start, row, c):
		return formCell{}, false
	case len(heads) > 0 && left != "":
		f.path, f.name = heads, taskName(s, headRow, row, c, left)
	case len(heads) > 0:
		f.path = heads
	case isMoneyLabel(left):
		f.path = []string{left}
	default:
		return formCell{}, false
	}
	f.unit, f.unitRaw = formUnit(s, headRow, row, c, f.path)
	return f, true
}

// taskName is the label of a row in a small table within a form: what stands
// under a head such as 任务名称, or else the text to the left.
func taskName(s *sheet, headRow, row, c int, left string) string {
	for d := 0; d < c; d++ {
		if head := s.shown(headRow, d); head.state == text && hasAnySuffix(head.text, "名称", "任务") && s.at(row, d).state == text {
			return s.at(row, d).text
		}
	}
	return left
}

// textToLeft is the nearest text to the left in the same row.
func textToLeft(s *sheet, row, c int) string {
	for c--; c >= 0; c-- {
		if cell := s.shown(row, c); cell.state == text {
			return cell.text
		}
	}
	return ""
}

// headsAbove are the headings over a number, top to bottom, and the row of the
// topmost: money words that stand above it with nothing but numbers and blanks between.
func headsAbove(s *sheet, start, row, c int) (heads []string, headRow int) {
	headRow = row
	for r := row - 1; r >= start; r-- {
		cell := s.shown(r, c)
		if cell.state != text {
			if len(heads) > 0 {
				break
			}
			continue
		}
		if !headsMoney(cell.text) || len(heads) == 0 && !headsColumns(s, r) || len(heads) > 0 && !s.wide(r, c) {
			break
		}
		if len(heads) == 0 || heads[0] != cell.text {
			heads = append([]string{cell.text}, heads...)
		}
		headRow = r
	}
	return heads, headRow
}

// belowScores tells whether the nearest text above a number heads marks: 分值, 得分
// and 执行率 stand beside the money of a self-evaluation.
func belowScores(s *sheet, start, row, c int) bool {
	for r := row - 1; r >= start; r-- {
		if cell := s.shown(r, c); cell.state == text {
			return containsAny(cell.text, "分值", "得分", "评分", "权重", "分数", "执行率", "完成率") || isShareLabel(cell.text)
		}
	}
	return false
}

// headsMoney tells headings of money, with or without their unit: 预算金额（万元）.
func headsMoney(value string) bool {
	return isMoneyHeader(narrowed(strings.TrimRight(value, "：:（）()万元")))
}

// headsColumns tells headings from labels and values: a row of headings has
// two or more for money and no numbers.
func headsColumns(s *sheet, row int) bool {
	heads := 0
	for c := 0; c < s.columns; c++ {
		cell := s.at(row, c)
		if cell.state == number {
			return false
		}
		if cell.state == text && headsMoney(cell.text) {
			heads++
		}
	}
	return heads >= 2
}

// isShareLabel tells labels whose values are shares, not money: 资金支出计划（%）.
func isShareLabel(label string) bool {
	n := narrowed(label)
	return containsAny(n, "(%)", "(‰)") || hasAnySuffix(n, "%", "‰", "增长率", "增减率", "变动率", "完成率", "执行率", "增幅", "占比", "比重", "比例", "(%):")
}

// isMoneyLabel tells labels of amounts in forms.
func isMoneyLabel(label string) bool {
	return !isShareLabel(label) && containsAny(label, "资金", "预算", "金额", "拨款", "经费", "总额", "支出", "财政", "自筹", "结转", "收入", "合计", "单位资金") &&
		!containsAny(label, "率", "指标", "人数", "数量", "面积", "得分", "目标", "期限", "编码", "年度：") && len(label) < 90
}

// formUnit looks for the unit in the heading, then in the labels to the left of
// the number and of its heading.
func formUnit(s *sheet, headRow, row, c int, path []string) (unit, string) {
	for i := len(path) - 1; i >= 0; i-- {
		if u, said := unitOfHeader(path[i]); u != 0 {
			return u, said
		}
	}
	for _, r := range [...]int{row, headRow} {
		for d := c - 1; d >= 0; d-- {
			if u, said := unitOfHeader(s.shown(r, d).text); u != 0 {
				return u, said
			}
		}
	}
	return 0, ""
}

// formValue is the value beside a label in the rows of one form.
func formValue(s *sheet, start, end int, labels ...string) string {
	for r := start; r < end && !isIndicatorHeader(s, r); r++ {
		for c := 0; c+1 < s.columns; c++ {
			cell := s.at(r, c)
			if cell.state != text || len(cell.text) > maxCaptionBytes || !containsAny(narrowed(cell.text), labels...) {
				continue
			}
			if label, value, ok := strings.Cut(narrowed(cell.text), ":"); ok && value != "" && hasAnySuffix(label, labels...) {
				return value // 项目名称：科普活动经费, in one cell
			}
			for d := c + 1; d < s.columns; d++ {
				if s.shown(r, d) != cell && s.at(r, d).state != blank {
					return s.at(r, d).text
				}
			}
		}
	}
	return ""
}
