package normalize

import (
	"strings"
	"unicode/utf8"
)

// role is what a column holds.
type role uint8

const (
	roleNone     role = iota // an empty strip
	roleOrdinal              // 序号, 行次
	roleCode                 // a code, or one part of it
	roleName                 // what the row is about
	roleText                 // remarks, units of measure, targets …
	roleAmount               // money
	roleQuantity             // counts, areas
	rolePercent              // shares and rates
)

// column is what is known about one column.
type column struct {
	role role
	part bool // one of the 类, 款, 项 columns
	leaf string
	path []string
	unit unit   // unit printed in its header
	said string // that unit as printed
}

// shape counts what the data cells of a column look like.
type shape struct {
	filled, numbers, plain, codes, longCodes, parts, partWords, percents, texts, ordinals, identifiers, totals, nested int
}

// readColumns finds the role of each column from its header and its cells.
func readColumns(s *sheet, h header, paths [][]string) []column {
	columns := make([]column, s.columns)
	for c := range columns {
		col := &columns[c]
		col.path = paths[c]
		if n := len(col.path); n > 0 {
			col.leaf = col.path[n-1]
		}
		for i := len(col.path) - 1; i >= 0 && col.unit == 0; i-- {
			col.unit, col.said = unitOfHeader(col.path[i])
		}
		col.part = isCodePart(col.leaf)
		col.role = columnRole(col, shapeOf(s, h, c))
	}
	joinSplitCodes(s, h, columns)
	nameTheLabels(columns)
	return columns
}

// joinSplitCodes finds 类, 款, 项 columns that have one merged head and no heads
// of their own: neighbours under one head, filled with parts of codes.
func joinSplitCodes(s *sheet, h header, columns []column) {
	bottom := h.lastHeading()
	if bottom < 0 {
		return
	}
	for c := 0; c+1 < len(columns); c++ {
		left := &columns[c]
		if left.part || s.at(bottom, c).owner != s.at(bottom, c+1).owner {
			continue
		}
		if isPartOfCode(s, h, c) && isPartOfCode(s, h, c+1) {
			left.role, left.part = roleCode, true
			for c++; c < len(columns) && s.at(bottom, c).owner == s.at(bottom, c-1).owner && isPartOfCode(s, h, c); c++ {
				columns[c].role, columns[c].part = roleCode, true
			}
		}
	}
}

// isPartOfCode tells whether a column holds only codes and their two-digit parts.
func isPartOfCode(s *sheet, h header, c int) bool {
	n := shapeOf(s, h, c)
	return n.filled > 0 && n.codes+n.parts+n.partWords >= n.filled && n.codes+n.parts > 0
}

// saysNothing: 无 in a column of amounts is no text that makes it a column of texts.
func saysNothing(value string) bool { return value == "无" || value == "空" || value == "略" }

// looksCoded tells whether nearly all cells are codes. Three digits alone may
// be anything, so that without a header that says code a longer one is needed.
func (n *shape) looksCoded(headed bool) bool {
	return n.codes > 0 && n.codes*5 >= n.filled*4 && (headed || n.longCodes > 0)
}

// looksNested tells codes from amounts without decimals, which have as many
// digits by chance: some code continues the one above it (201, 20101).
func (n *shape) looksNested() bool { return n.looksCoded(false) && n.nested > 0 }

func shapeOf(s *sheet, h header, c int) shape {
	var n shape
	next, above := int64(0), ""
	for r := h.rows; r < s.rows; r++ {
		cell := s.at(r, c)
		switch cell.state {
		case blank, dash:
			continue
		case number:
			n.numbers++
			if cell.amount.plain() {
				n.plain++
				if isClassCode(cell.text) {
					n.codes++
					if above != "" && len(cell.text) > len(above) && strings.HasPrefix(cell.text, above) {
						n.nested++
					}
					above = cell.text
					if len(cell.text) > 3 {
						n.longCodes++
					}
				}
				if len(cell.text) <= 2 {
					n.parts++
				}
				if v := cell.amount.coefficient; v == next+1 || next == 0 {
					n.ordinals++
					next = v
				}
			}
		case percent:
			n.percents++
		default:
			if isTotalLabel(cell.text) {
				n.totals++
				continue
			}
			if saysNothing(cell.text) {
				continue
			}
			n.texts++
			if isCodePart(cell.text) {
				n.partWords++
			}
			if isCode(cell.text) || isLetterCode(cell.text) {
				n.identifiers++
			}
			if isCatalogueCode(cell.text) || isDashedCode(cell.text) {
				n.codes++
				n.longCodes++
				n.nested++
			}
		}
		n.filled++
	}
	return n
}

// columnRole decides by the header's words first and by the cells where the
// words leave it open.
func columnRole(col *column, n shape) role {
	leaf := narrowed(col.leaf)
	switch {
	case isOrdinalHeader(leaf):
		return roleOrdinal
	case leaf == "" && len(col.path) == 0:
		return shapeRole(n)
	case col.part && (n.codes+n.parts)*2 >= n.filled:
		return roleCode
	case containsAny(leaf, "指标", "目标", "评分", "分数") && !isMoneyHeader(leaf):
		return roleText // targets and scores, whatever their unit
	case isRateHeader(leaf), n.percents > 0 && n.percents*2 > n.filled:
		return rolePercent
	case !isMoneyHeader(leaf) && (n.looksNested() || containsAny(leaf, "编码", "代码", "科目", "功能", "经济", "分类", "编号", "目录", "品目") && n.looksCoded(true)):
		return roleCode
	case containsAny(leaf, "编码", "代码", "编号") && n.identifiers > 0 && (n.identifiers+n.plain)*5 >= n.filled*4:
		return roleCode
	case n.texts > 0 && strings.HasSuffix(leaf, "名称"):
		return textRole(leaf)
	case n.texts*2 > n.filled && n.texts > n.numbers:
		if isMoneyHeader(leaf) && n.numbers > 0 {
			return roleAmount
		}
		return textRole(leaf)
	case containsAny(leaf, "编码", "代码", "编号", "目录序号") && n.numbers == n.plain:
		return roleCode
	case n.filled == 0 && (isLabelHeader(leaf) || n.totals > 0):
		return textRole(leaf)
	case countsThings(col.path):
		return roleQuantity
	case n.filled == 0 && isTextHeader(leaf):
		return roleText
	case isTextHeader(leaf) && n.numbers == n.plain && !isMoneyHeader(leaf) && !namesYear(leaf) && !strings.HasSuffix(leaf, "来源"):
		return roleText
	}
	return roleAmount
}

// namesYear: a column headed 2026年度 holds the amounts of that year, one headed 年度 the years.
func namesYear(leaf string) bool {
	found := false
	yearsIn(leaf, func(int) { found = true })
	return found
}

// shapeRole decides for a column without any header.
func shapeRole(n shape) role {
	switch {
	case n.filled == 0:
		return roleNone
	case n.texts > n.numbers:
		return roleName
	case n.ordinals == n.filled && n.filled > 2:
		return roleOrdinal
	case n.looksCoded(false):
		return roleCode
	case n.percents > n.numbers:
		return rolePercent
	}
	return roleAmount
}

// textRole tells labels from remarks.
func textRole(leaf string) role {
	if isTextHeader(leaf) && !strings.HasPrefix(narrowed(leaf), "项目(") && !strings.HasPrefix(leaf, "按") { // 项目（按支出性质和经济分类） names its rows
		return roleText
	}
	return roleName
}

func isOrdinalHeader(leaf string) bool {
	switch leaf {
	case "序号", "行次", "栏次", "档次", "序", "行号":
		return true
	}
	return false
}

// isCodePart: the three columns a functional code is split into.
func isCodePart(leaf string) bool { return leaf == "类" || leaf == "款" || leaf == "项" }

func isRateHeader(leaf string) bool {
	return strings.ContainsAny(leaf, "%‰") || containsAny(leaf, "比例", "占比", "完成率", "执行率", "比率", "幅度", "增长率", "比重", "权重") ||
		strings.HasSuffix(leaf, "率")
}

// countsThings tells whether the header or a head above it speaks of counts:
// 编制人数/行政. A word for money at the bottom decides against it.
func countsThings(path []string) bool {
	for i := len(path) - 1; i >= 0; i-- {
		part := narrowed(path[i])
		if isQuantityHeader(part) {
			return !namesPeople(part) || !belowMoney(path[:i])
		}
		if containsAny(part, "金额", "价值", "经费", "预算数", "决算数", "单价", "支出", "收入", "拨款", "元") {
			return false
		}
	}
	return false
}

// namesPeople: 在职, 离退休人员 are counted, or paid for where a head above says so.
func namesPeople(part string) bool {
	return (hasAnySuffix(part, "人员") || containsAny(part, "在职")) && !containsAny(part, "人数", "编制")
}

func belowMoney(path []string) bool {
	for _, head := range path {
		if containsAny(head, "经费", "支出", "预算数", "决算数", "金额", "拨款") {
			return true
		}
	}
	return false
}

func isQuantityHeader(leaf string) bool {
	if containsAny(leaf, "金额", "价值", "经费") {
		return false
	}
	return containsAny(leaf, "数量", "人数", "面积", "台数", "套数", "户数", "编制", "个数", "批次", "人次", "辆数", "在职", "平方米", "（人）", "(人)", "（辆）", "(辆)", "(台)", "(个)", "分值", "得分", "年限", "车辆数", "床位") ||
		hasAnySuffix(leaf, "人员") || leaf == "数目"
}

func isMoneyHeader(leaf string) bool {
	if i := strings.LastIndexAny(leaf, "(（"); i > 0 && strings.Contains(leaf[i:], "元") {
		leaf = leaf[:i] // 金额(元)
	}
	return hasAnySuffix(leaf, "类项目", "经费项目", "人员类", "运转类", "目标类") || // 特定目标类项目: what money is for
		hasAnySuffix(leaf, "预算数", "决算数", "执行数", "金额", "合计", "小计", "总计", "经费", "支出", "收入", "预算", "决算", "拨款", "资金", "单价", "结转", "结余", "元", "总额", "价值", "费")
}

// isLabelHeader: columns that label rows, even when none of their cells is filled.
func isLabelHeader(leaf string) bool {
	return hasAnySuffix(leaf, "名称", "项目", "科目", "编码", "代码") && !hasAnySuffix(leaf, "其他项目", "类项目", "经费项目")
}

// isTextHeader: columns that tell about a row without naming or pricing it.
func isTextHeader(leaf string) bool {
	return containsAny(leaf, "备注", "说明", "依据", "计量单位", "规格", "性质", "内容", "类型", "类别", "是否", "日期", "时间", "简介", "标准", "目标", "指标", "方式", "来源", "级次", "属性", "要求", "联系", "级别", "形式", "年份", "年度") &&
		!hasAnySuffix(leaf, "预算数", "决算数", "金额", "支出", "收入", "拨款", "经费") || leaf == "单位"
}

// nameTheLabels makes sure that the rows have a label: where no column was
// taken for names, the first text column before the amounts is.
func nameTheLabels(columns []column) {
	first := -1
	for c := range columns {
		switch columns[c].role {
		case roleName:
			return
		case roleText:
			if first < 0 {
				first = c
			}
		case roleAmount:
			if first >= 0 {
				columns[first].role = roleName
			}
			return
		}
	}
}

// isTotalLabel tells labels of totals: 合计, 总计, 本年收入合计, 小计.
func isTotalLabel(label string) bool {
	return hasAnySuffix(label, "合计", "总计", "小计") || strings.HasPrefix(label, "合计") || label == "总额" ||
		label == "收入总额" || label == "支出总额"
}

// isMemoLabel tells rows that are part of the row above: 其中：….
func isMemoLabel(label string) bool {
	return strings.HasPrefix(strings.TrimLeft(label, "（(0123456789一二三四五六七八九十、.）)"), "其中")
}

// maxNameRunes: a row label longer than this is a note that spans the table.
const maxNameRunes = 120

func isNote(label string) bool {
	return utf8.RuneCountInString(label) > maxNameRunes || strings.HasPrefix(label, "注：") || strings.HasPrefix(label, "注:") ||
		strings.HasPrefix(label, "备注：") || strings.HasPrefix(label, "说明：")
}
