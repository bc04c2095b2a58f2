package normalize

import "strings"

// A performance form is no table with a header: labels and values stand side
// by side (项目名称 | … | 主管部门 | …), with small tables in between. Its money
// cells are read from the label to their left, or from a heading above them.

// formCell is one money cell of a form.
type formCell struct {
	row, column int
	name        string
	path        []string
	unit        unit
	unitRaw     string
}

var formLabels = []string{
	"项目名称", "项目编码", "项目代码", "主管部门", "实施单位", "项目单位", "预算单位", "单位名称", "部门名称", "预算部门", "项目负责人", "联系人", "项目类别",
	"项目类型", "项目属性", "项目资金", "资金总额", "年度目标", "总体目标", "绩效目标", "项目期", "实施期", "起止时间", "政策名称", "专项名称", "资金用途", "填报单位",
	"立项依据", "项目概况", "年度资金总额", "资金情况", "预算数", "专项资金", "项目实施单位", "总体绩效目标", "年度主要任务", "项目年限",
}

// isForm tells forms by their first column: at least two different labels of
// forms among its first rows, where a table has one header text.
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
	return found >= needed
}

func isFormLabel(value string) bool {
	if len(value) > len("专项资金情况（万元）")+12 {
		return false
	}
	return containsAny(value, formLabels...)
}

// readForm finds the money cells of a form.
func readForm(s *sheet) []formCell {
	var cells []formCell
	project := formValue(s, "项目名称", "政策名称", "专项名称")
	for r := 0; r < s.rows; r++ {
		if isIndicatorHeader(s, r) {
			break
		}
		for c := 1; c < s.columns; c++ {
			cell := s.at(r, c)
			if cell.state != number || s.covered(r, c) {
				continue
			}
			if f, ok := readFormCell(s, r, c, project); ok {
				cells = append(cells, f)
			}
		}
	}
	return cells
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

func readFormCell(s *sheet, row, c int, project string) (formCell, bool) {
	f := formCell{row: row, column: c, name: project}
	left := textToLeft(s, row, c)
	heads := headsAbove(s, row, c)
	switch {
	case len(heads) > 0 && left != "":
		f.path, f.name = heads, left
	case len(heads) > 0:
		f.path = heads
	case isMoneyLabel(left):
		f.path = []string{left}
	default:
		return formCell{}, false
	}
	f.unit, f.unitRaw = formUnit(s, row, c, f.path)
	return f, true
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

// headsAbove are the headings over a number, top to bottom: money words that
// stand above it with nothing but numbers and blanks between.
func headsAbove(s *sheet, row, c int) []string {
	var heads []string
	for r := row - 1; r >= 0; r-- {
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
	}
	return heads
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

// isMoneyLabel tells labels of amounts in forms.
func isMoneyLabel(label string) bool {
	return containsAny(label, "资金", "预算", "金额", "拨款", "经费", "总额", "支出", "财政", "自筹", "结转", "收入", "合计", "单位资金") &&
		!containsAny(label, "率", "指标", "人数", "数量", "面积", "得分", "目标", "期限", "编码", "年度：") && len(label) < 90
}

// formUnit looks for the unit in the heading, then in the labels to the left.
func formUnit(s *sheet, row, c int, path []string) (unit, string) {
	for i := len(path) - 1; i >= 0; i-- {
		if u, said := unitOfHeader(path[i]); u != 0 {
			return u, said
		}
	}
	for c--; c >= 0; c-- {
		if u, said := unitOfHeader(s.shown(row, c).text); u != 0 {
			return u, said
		}
	}
	return 0, ""
}

// formValue is the value beside a label.
func formValue(s *sheet, labels ...string) string {
	for r := 0; r < s.rows; r++ {
		for c := 0; c+1 < s.columns; c++ {
			cell := s.at(r, c)
			if cell.state != text || len(cell.text) > 60 || !containsAny(cell.text, labels...) {
				continue
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
