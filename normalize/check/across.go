package check

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"

	"gongkai/normalize"
)

// Documents are held against each other by summaries, so that a dataset of any
// size can be: a summary keeps the totals of a document, some two kilobytes.

// Summary is what other documents are compared with.
type Summary struct {
	DocumentID string
	Agency     string // without spaces
	Kind       string // department_budget, unit_final …
	Phase      string
	Year       int
	Units      []string // bodies that the document lists or breaks its amounts down by, without spaces, sorted
	figures    []figure
}

// figure is one total of a document, and where it is printed.
type figure struct {
	quantity string // expenditure.total, gpb/206, three_public.reception …
	prior    bool   // of the year before, as this document prints it
	Number
	unit        string
	page        int32
	table       int32 // ordinal
	row, column int32
}

// Summarize keeps of a batch what Across needs.
func Summarize(batch *normalize.Batch) *Summary {
	x := newIndex(batch)
	d := &batch.Document
	s := &Summary{DocumentID: d.ID, Agency: squeeze(d.AgencyName), Kind: d.Kind, Phase: d.Phase, Year: d.FiscalYear, Units: unitsOf(batch)}
	s.addTotals(x)
	s.addClasses(x)
	s.addThreePublic(x)
	s.detach()
	return s
}

// detach gives the summary texts of its own: those of a batch share one piece of
// memory, which one of them would keep.
func (s *Summary) detach() {
	for _, text := range []*string{&s.DocumentID, &s.Agency, &s.Kind, &s.Phase} {
		*text = strings.Clone(*text)
	}
	for i := range s.Units {
		s.Units[i] = strings.Clone(s.Units[i])
	}
	unit := "" // the same for nearly all
	for i := range s.figures {
		f := &s.figures[i]
		f.quantity = strings.Clone(f.quantity)
		if f.unit != unit {
			unit = strings.Clone(f.unit)
		}
		f.unit = unit
	}
}

// unitsOf are the bodies that the document names beside its own, without spaces, sorted.
func unitsOf(batch *normalize.Batch) []string {
	var units []string
	own := squeeze(batch.Document.AgencyName)
	add := func(name string) {
		name = squeeze(name)
		if name == "" || name == own {
			return
		}
		if at, known := slices.BinarySearch(units, name); !known {
			units = slices.Insert(units, at, name)
		}
	}
	for i := range batch.Institutions {
		add(batch.Institutions[i].Name)
	}
	for i := range batch.Lines {
		if name := batch.Lines[i].AgencyName; name != batch.Document.AgencyName && (i == 0 || name != batch.Lines[i-1].AgencyName) {
			add(name)
		}
	}
	return units
}

// isDepartment: the document is of a department with its units.
func isDepartment(kind string) bool { return strings.HasPrefix(kind, "department") }

// addFirst keeps the first place of a quantity.
func (s *Summary) addFirst(quantity string, prior bool, places witnesses) {
	if len(places) > 0 {
		s.add(quantity, prior, &places[0])
	}
}

func (s *Summary) add(quantity string, prior bool, t *Term) {
	for i := range s.figures {
		if s.figures[i].quantity == quantity && s.figures[i].prior == prior {
			return
		}
	}
	at := placeOf(t.Line.CellID)
	s.figures = append(s.figures, figure{
		quantity: quantity, prior: prior, Number: t.Number, unit: t.unit(), page: int32(t.Line.Page), table: ordinalOf(t.Line.TableID), row: at.row, column: at.column,
	})
}

// ordinalOf is that of a table's id: 3 of …#t03.
func ordinalOf(table string) int32 {
	n, _ := strconv.Atoi(table[strings.LastIndexByte(table, 't')+1:])
	return int32(n)
}

func (s *Summary) addTotals(x *Index) {
	s.addFirst("income.total", false, x.itemRows(balanceStatements, "income.total"))
	s.addFirst("expenditure.total", false, x.itemRows(balanceStatements, "expenditure.total"))
	s.addFirst("fiscal.total", false, x.itemRows(fiscalBalanceStatements, "expenditure.total"))
	s.addFirst("basic", false, x.totalRows(expenditureStatements, "basic"))
	s.addFirst("project", false, x.totalRows(expenditureStatements, "project"))
}

// addClasses keeps the general public budget by class, of this year and as the
// statement prints the last.
func (s *Summary) addClasses(x *Index) {
	for _, t := range x.Statement("gpb_expenditure", "final_gpb_expenditure") {
		for c := range t.Columns {
			column := &t.Columns[c]
			prior := strings.HasPrefix(column.Measure, "prior_year")
			if !prior && (!column.isOfYear() || column.Kind != "total") || prior && column.Kind != "total" && column.Kind != "" {
				continue
			}
			for r := range t.Rows {
				row := &t.Rows[r]
				switch {
				case !t.Number(r, c).Known || !t.Line(r, c).AmountCNY.Valid:
				case row.Total:
					term := t.term(r, c)
					s.add("gpb.total", prior, &term)
				case len(row.Code) == len("206") && !row.Memo:
					term := t.term(r, c)
					s.add("gpb/"+row.Code, prior, &term)
				}
			}
		}
	}
}

// addThreePublic keeps the three public expenses of both years.
func (s *Summary) addThreePublic(x *Index) {
	for _, item := range []string{"total", "abroad", "vehicle", "vehicle_purchase", "vehicle_operation", "reception"} {
		item = "three_public." + item
		s.addFirst(item, false, x.threePublicPlaces(item, measureOfPhase(s.Phase)))
		for _, t := range x.Statement("three_public", "final_three_public") {
			for i := range t.lines {
				line := &t.lines[i]
				if line.ItemCode == item && strings.HasPrefix(line.Measure, "prior_year") && line.AmountCNY.Valid && t.numbers[i].Known && (line.FundType == "" || line.FundType == "all") {
					s.add(item, true, &Term{Number: t.numbers[i], Line: line})
				}
			}
		}
	}
}

func measureOfPhase(phase string) string {
	if phase == "executed" {
		return "final"
	}
	return "budget"
}

// acrossRules compare documents; Across runs them, Check does not.
func acrossRules() []Rule {
	return []Rule{
		{
			ID: "D01", Version: 1, Severity: SeverityWarn,
			TitleZH: "上年数与上年文件一致", TitleEN: "last year's column is what last year's document says",
			ExplanationZH: "本文件所印的上年数，应与同一单位上年同类文件的数字一致；口径调整会使两者不同，故列为提醒。",
			ExplanationEN: "What a document prints for the year before is what the document of that year printed. Restated amounts differ, so this is a warning.",
		},
		{
			ID: "D02", Version: 1, Severity: SeverityWarn,
			TitleZH: "单位预算不超出其部门预算", TitleEN: "a unit has no more than its department",
			ExplanationZH: "单位的支出总计、“三公”经费，不应大于列有该单位的同年部门文件的总计。",
			ExplanationEN: "Expenditure and 三公 of a unit are no more than those of the department of the same year that lists it.",
		},
		{
			ID: "P04", Version: 1, Severity: SeverityInfo,
			TitleZH: "同一单位相邻两年金额变化较大", TitleEN: "a jump between two years of the same publisher",
			ExplanationZH: "总额比上年同类文件增加一倍以上或减少一半以上的，予以提示。", ExplanationEN: "A total that more than doubled, or fell below half, since the document of the year before.",
		},
		{
			ID: "P05", Version: 1, Severity: SeverityWarn,
			TitleZH: "重新公开的文件数字不同", TitleEN: "a re-published document has other numbers",
			ExplanationZH: "同一单位同一年度的两份同类文件，相同项目金额不同。", ExplanationEN: "Two documents of the same kind, publisher and year print different totals.",
		},
	}
}

// series are the documents of one publisher of one kind: what may be compared over years.
type series struct{ agency, kind, phase string }

// Across compares the documents of a dataset with each other. It returns the
// findings, each of the later or lesser document of a pair, and an outcome for
// each rule and document that had something to compare, both sorted by document and
// id: the same documents in any order give the same rows.
func Across(summaries iter.Seq[*Summary]) ([]normalize.Finding, []normalize.RuleOutcome) {
	a := &across{lists: map[series][]*Summary{}, departments: map[unitYear][]*Summary{}}
	for s := range summaries {
		if s.Agency == "" || s.Year == 0 || len(s.figures) == 0 {
			continue
		}
		key := series{s.Agency, s.Kind, s.Phase}
		a.lists[key] = append(a.lists[key], s)
		if isDepartment(s.Kind) {
			for _, unit := range s.Units {
				at := unitYear{unit, s.Phase, s.Year}
				a.departments[at] = append(a.departments[at], s)
			}
		}
	}
	for _, list := range a.lists {
		slices.SortFunc(list, func(l, r *Summary) int {
			return cmp.Or(cmp.Compare(l.Year, r.Year), cmp.Compare(l.DocumentID, r.DocumentID))
		})
		a.compareSeries(list)
		for _, s := range list {
			a.compareWithDepartment(s)
		}
	}
	return a.sorted()
}

// unitYear finds the departments that list a unit.
type unitYear struct {
	unit, phase string
	year        int
}

type across struct {
	lists       map[series][]*Summary
	departments map[unitYear][]*Summary
	findings    []normalize.Finding
	outcomes    []normalize.RuleOutcome
}

func (a *across) sorted() ([]normalize.Finding, []normalize.RuleOutcome) {
	slices.SortFunc(a.findings, func(l, r normalize.Finding) int {
		return cmp.Or(cmp.Compare(l.DocumentID, r.DocumentID), cmp.Compare(l.RuleID, r.RuleID), cmp.Compare(l.ID, r.ID))
	})
	slices.SortFunc(a.outcomes, func(l, r normalize.RuleOutcome) int { return cmp.Compare(l.ID, r.ID) })
	return a.findings, a.outcomes
}

// compareSeries compares each document with the one before it of its year, and with
// the last of the year before.
func (a *across) compareSeries(list []*Summary) {
	var before *Summary // the last document of an earlier year
	for i, s := range list {
		if i > 0 && list[i-1].Year == s.Year {
			a.compareRepublished(s, list[i-1])
		} else if i > 0 {
			before = list[i-1]
		}
		if before != nil && before.Year == s.Year-1 {
			a.comparePrior(s, before)
			a.compareJump(s, before)
		}
	}
}

// pairing collects the outcome of one rule for one document.
type pairing struct {
	across *across
	rule   Rule
	late   *Summary
	early  *Summary
	tally  tally
}

func (a *across) pair(id string, late, early *Summary) *pairing {
	rules := acrossRules()
	return &pairing{across: a, rule: rules[slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id })], late: late, early: early}
}

// done writes the outcome, when there was anything to compare.
func (p *pairing) done() {
	outcome := p.tally.outcome()
	if outcome == "" {
		return
	}
	t := &p.tally
	p.across.outcomes = append(p.across.outcomes, normalize.RuleOutcome{
		ID:         shortID(p.late.DocumentID) + "#" + p.rule.ID + "#" + shortID(p.early.DocumentID),
		DocumentID: p.late.DocumentID, RuleID: p.rule.ID, RuleVersion: p.rule.Version, Outcome: outcome,
		Checked: t.passed + t.rounded + t.failed + t.noticed, Passed: t.passed, Rounded: t.rounded, Failed: t.failed,
		Reason: "compared with document " + shortID(p.early.DocumentID),
	})
}

func shortID(document string) string { return document[:min(len(document), 16)] }

// tell counts an instance and, unless it holds, writes its finding.
func (p *pairing) tell(outcome string, late, early *figure, zh, en string) {
	switch outcome {
	case Pass:
		p.tally.passed++
		return
	case Rounding:
		p.tally.rounded++
	case Notice:
		p.tally.noticed++
	default:
		p.tally.failed++
	}
	unit := late.unit
	sign := " ≠ "
	if outcome == Rounding {
		sign = " ≈ "
	}
	left, right := string(appendNumber(nil, late.Value, late.Grain, unit)), string(appendNumber(nil, early.Value, early.Grain, early.unit))
	if early.unit != unit {
		left, right = left+unit, right+early.unit
	}
	severity := p.rule.Severity
	if outcome == Rounding {
		severity = SeverityInfo
	}
	name := quantityName(late.quantity)
	formula := left + sign + right
	if outcome == Notice {
		formula = right + " → " + left
	}
	f := normalize.Finding{
		ID:         normalize.FindingID(p.late.DocumentID, p.rule.ID, p.early.DocumentID+"/"+late.quantity),
		DocumentID: p.late.DocumentID, RuleID: p.rule.ID, RuleVersion: p.rule.Version, Severity: severity, Outcome: outcome, Origin: originUnknown, Confidence: 1,
		MessageZH: name + "：" + zh + "：" + formula, MessageEN: late.quantity + ": " + en + ": " + formula, Formula: formula, Unit: unit,
		Expected: known(inUnit(early.Value, unit)), Observed: known(inUnit(late.Value, unit)), Difference: known(inUnit(late.Value-early.Value, unit)),
		TableIDs: []string{late.tableID(p.late)}, CellIDs: []string{late.cellID(p.late)}, Pages: []int{int(late.page)},
		Operands: []normalize.Operand{p.late.operand("whole", late, unit), p.early.operand("witness", early, unit)},
	}
	p.across.findings = append(p.across.findings, f)
}

func (f *figure) tableID(s *Summary) string {
	number := strconv.Itoa(int(f.table))
	if f.table < 10 {
		number = "0" + number
	}
	return shortID(s.DocumentID) + "#t" + number
}

func (f *figure) cellID(s *Summary) string {
	return f.tableID(s) + "r" + strconv.Itoa(int(f.row)) + "c" + strconv.Itoa(int(f.column))
}

func (s *Summary) operand(role string, f *figure, unit string) normalize.Operand {
	return normalize.Operand{
		Role: role, Label: s.Agency + " " + strconv.Itoa(s.Year) + " " + quantityName(f.quantity), Raw: string(appendNumber(nil, f.Value, f.Grain, f.unit)) + f.unit,
		Value: known(inUnit(f.Value, unit)), CellID: f.cellID(s), Page: int(f.page),
	}
}

// quantityName is what a finding calls a quantity.
func quantityName(quantity string) string {
	if name, ok := threePublicNames[quantity]; ok {
		return name
	}
	switch quantity {
	case "income.total":
		return "收入总计"
	case "expenditure.total":
		return "支出总计"
	case "fiscal.total":
		return "财政拨款收支总计"
	case "basic":
		return "基本支出"
	case "project":
		return "项目支出"
	case "gpb.total":
		return "一般公共预算支出"
	}
	return "一般公共预算支出" + strings.TrimPrefix(quantity, "gpb/") + "类"
}

// find is the figure of a quantity of the document's own year.
func (s *Summary) find(quantity string) *figure {
	for i := range s.figures {
		if s.figures[i].quantity == quantity && !s.figures[i].prior {
			return &s.figures[i]
		}
	}
	return nil
}

func compareFigures(late, early *figure) string {
	return judge(Equal, late.Value-early.Value, Envelope(1, max(late.Grain, early.Grain)))
}

// comparePrior holds the prior-year columns against the document of that year.
func (a *across) comparePrior(s, before *Summary) {
	p := a.pair("D01", s, before)
	for i := range s.figures {
		late := &s.figures[i]
		if !late.prior {
			continue
		}
		if early := before.find(late.quantity); early != nil {
			p.tell(compareFigures(late, early), late, early, "上年数与上年文件不一致", "last year's amount is not what last year's document says")
		}
	}
	p.done()
}

// jump is the factor by which a total changes from one year to the next without remark.
const jump = 2

// compareJump tells of totals that changed much.
func (a *across) compareJump(s, before *Summary) {
	p := a.pair("P04", s, before)
	for _, quantity := range []string{"income.total", "expenditure.total", "basic", "project", "gpb.total", "three_public.total"} {
		late, early := s.find(quantity), before.find(quantity)
		if late == nil || early == nil || early.Value <= 0 || late.Value <= 0 {
			continue
		}
		outcome := Pass
		if late.Value > jump*early.Value || early.Value > jump*late.Value {
			outcome = Notice
		}
		p.tell(outcome, late, early, "与上年文件相比变化较大", "much changed since last year's document")
	}
	p.done()
}

// compareRepublished compares two documents of the same year.
func (a *across) compareRepublished(s, other *Summary) {
	p := a.pair("P05", s, other)
	for i := range s.figures {
		late := &s.figures[i]
		if late.prior {
			continue
		}
		if early := other.find(late.quantity); early != nil {
			p.tell(compareFigures(late, early), late, early, "同年另一份文件数字不同", "another document of the same year says otherwise")
		}
	}
	p.done()
}

// compareWithDepartment holds a unit against the departments that list it.
func (a *across) compareWithDepartment(s *Summary) {
	if !strings.HasPrefix(s.Kind, "unit") {
		return
	}
	for _, department := range a.departments[unitYear{s.Agency, s.Phase, s.Year}] {
		p := a.pair("D02", s, department)
		for _, quantity := range []string{"expenditure.total", "three_public.total"} {
			late, early := s.find(quantity), department.find(quantity)
			if late == nil || early == nil {
				continue
			}
			outcome := judge(AtMost, late.Value-early.Value, Envelope(1, max(late.Grain, early.Grain)))
			p.tell(outcome, late, early, "单位大于其部门", "the unit has more than its department")
		}
		p.done()
	}
}
