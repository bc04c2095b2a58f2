package check

import (
	"strconv"
	"strings"

	"gongkai/normalize"

	"github.com/shopspring/decimal"
)

// checkAssetsProse adds up the vehicles by use: 共有车辆7辆，其中：一般公务用车3辆、执法执勤用车4辆.
func checkAssetsProse(x *Index, results *Results) {
	for i := range x.Batch.Sections {
		s := &x.Batch.Sections[i]
		if s.Kind != "assets_note" && !strings.Contains(s.Text, "车辆") || s.Form != "paragraph" && s.Form != "list_item" {
			continue
		}
		for sentence := range strings.SplitSeq(squeeze(s.Text), "。") {
			x.checkVehicles(results, s, sentence)
		}
	}
	x.compareAssets(results)
}

// count is a number of things in a sentence, such as 7辆.
type count struct {
	before string // the words since the count before
	number int
}

// countsOf finds the numbers of vehicles in a sentence.
func countsOf(sentence string) []count {
	var found []count
	from := 0
	for i := 0; i < len(sentence); i++ {
		if sentence[i] < '0' || sentence[i] > '9' {
			continue
		}
		end := i
		for end < len(sentence) && sentence[end] >= '0' && sentence[end] <= '9' {
			end++
		}
		if number, err := strconv.Atoi(sentence[i:end]); err == nil && beginsWithAny(sentence[end:], "辆", "台，其中", "台（辆）", "台(辆)") {
			found = append(found, count{sentence[from:i], number})
			from = end
		}
		i = end
	}
	return found
}

// checkVehicles compares the vehicles of one sentence with the sum of their kinds.
func (x *Index) checkVehicles(results *Results, s *normalize.Section, sentence string) {
	counts := countsOf(sentence)
	for at := 0; at+2 < len(counts); at++ {
		if !strings.HasSuffix(counts[at].before, "车辆") && !strings.HasSuffix(counts[at].before, "车辆共") && !strings.HasSuffix(counts[at].before, "车辆数") {
			continue
		}
		sum, kinds := 0, counts[at+1:]
		for k := range kinds {
			if !isVehicleKind(kinds[k].before, k == 0) {
				kinds = kinds[:k]
				break
			}
			sum += kinds[k].number
		}
		if len(kinds) < 2 {
			continue
		}
		if sum == counts[at].number {
			results.Pass(Document)
			continue
		}
		x.tellVehicles(results, s, counts[at].number, sum, kinds)
	}
}

// isVehicleKind: the words name a use of vehicles, behind 其中 or a comma.
func isVehicleKind(before string, first bool) bool {
	if first && !containsAny(before, "其中", "（", "(", "：", "包括") {
		return false
	}
	return strings.Contains(before, "车") && !containsAny(before, "单价", "设备", "购置", "其中其中", "保有", "不含")
}

func (x *Index) tellVehicles(results *Results, s *normalize.Section, number, sum int, kinds []count) {
	formula := strconv.Itoa(number) + " ≠ "
	for k := range kinds {
		if k > 0 {
			formula += " + "
		}
		formula += strconv.Itoa(kinds[k].number)
	}
	formula += " (= " + strconv.Itoa(sum) + ")"
	f := results.Tell(Document, Fail, s.ID+"/vehicles", "车辆数 = 各类用车之和："+formula, "vehicles are the sum of their kinds: "+formula)
	f.Formula, f.Unit = formula, "辆"
	f.Observed, f.Expected = known(decimal.New(int64(number), 0)), known(decimal.New(int64(sum), 0))
	f.Difference = known(decimal.New(int64(number-sum), 0))
	placeInSection(f, s)
}

// placeInSection tells where a finding stands that has no printed number as operand.
func placeInSection(f *normalize.Finding, s *normalize.Section) {
	f.SectionIDs = addOnce(f.SectionIDs, s.ID)
	f.Pages = addPages(f.Pages, s.PageFirst)
}

// compareAssets compares the value of fixed assets with the table of assets.
func (x *Index) compareAssets(results *Results) {
	var places witnesses
	for _, t := range x.Statement("asset_status") {
		for r := range t.Rows {
			for c := range t.Columns {
				if !t.Rows[r].Memo && (t.Rows[r].Total || containsAny(t.Rows[r].Name, "总额", "合计", "固定资产")) {
					places.add(t, r, c)
				}
			}
		}
	}
	if len(places) == 0 {
		return
	}
	n := x.prose()
	for i := range n.mentions {
		m := &n.mentions[i]
		if x.kindOf(m) == "assets_note" && m.role != change && m.Text.SubjectPath == "国有资产/固定资产" && strings.Contains(m.clause, "固定资产") && !containsAny(m.clause, "购置", "计划", "拟") {
			results.compareWith(m, places, "正文固定资产金额与资产表一致", "fixed assets in the text and in their table")
		}
	}
}
