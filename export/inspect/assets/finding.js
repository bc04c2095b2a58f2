// Findings: the bar that goes through them one by one, and each in full.

// findingBar stands above the evidence while there are findings.
function findingBar() {
  const bar = el("div", { class: "finding-bar", id: "finding-bar" });
  fillFindingBar(bar);
  return bar;
}

function fillFindingBar(bar = byId("finding-bar")) {
  if (!bar) return;
  if (!findings.length) {
    bar.replaceChildren(el("p", { class: "quiet" }, mark("pass"), say("noFindings")));
    return;
  }
  const finding = findings[state.finding];
  bar.replaceChildren(
    el("div", { class: "finding-line" },
      button("‹", () => stepFinding(-1), { title: say("previous"), "aria-label": say("previous") }),
      button("›", () => stepFinding(1), { title: say("next"), "aria-label": say("next") }),
      el("strong", { class: "counter" }, finding ? say("finding", state.finding + 1, findings.length) : `${say("findings")} ${findings.length}`),
      finding ? el("span", { class: `remark ${toneOf(finding)}` }, mark(toneOf(finding)), el("b", {}, finding.rule_id), " ", messageOf(finding)) : el("span", { class: "quiet" }, say("key.findings"), " (n, p)")),
    finding && (finding.formula || finding.operands) ? el("details", { class: "finding-more" }, el("summary", {}, finding.formula && !messageOf(finding).includes(finding.formula) ? finding.formula : say("operands")), findingNumbers(finding)) : "");
}

// stepFinding goes to the next or the previous finding, around the end.
function stepFinding(step) {
  if (!findings.length) {
    announce(say("noFindings"));
    return;
  }
  const from = state.finding < 0 && step < 0 ? 0 : state.finding;
  openFinding((from + step + findings.length) % findings.length);
}

// openFinding shows where a finding lies.
function openFinding(index) {
  const finding = findings[index];
  if (!finding) return;
  state.finding = index;
  const anchor = placesToShow(finding)[0];
  const section = sectionByAnchor.get(finding.sections[0]);
  const page = pagesOf(finding)[0] ?? section?.page;
  const table = tableByAnchor.get(finding.tables[0]);
  if (anchor) openCell(anchor);
  else {
    state.cell = "";
    if (table) {
      state.table = table.ordinal;
      state.page = page ?? table.segments[0]?.page ?? state.page;
    } else if (page && pageByNumber.has(page)) state.page = page;
    showView("evidence");
  }
  fillFindingBar();
  setAddress(`f${finding.finding_id}`);
  announce(`${say("finding", index + 1, findings.length)}: ${messageOf(finding)}`, false);
}

// placesToShow are the cells of a finding, the suspect first.
function placesToShow(finding) {
  return [finding.suspect, ...finding.cells, ...(finding.operands ?? []).map((o) => o.cell)].filter((anchor) => anchor && cellByAnchor(anchor));
}

// findingNumbers are the formula in numbers and a crop of the page for each.
function findingNumbers(finding) {
  const facts = [["formula", finding.formula], ["observed", finding.observed_value], ["expected", finding.expected_value], ["difference", finding.difference],
    ["tolerance", finding.tolerance], ["unit", ""], ["proposed", finding.proposed_value]];
  return el("div", { class: "numbers" },
    el("dl", {}, facts.filter(([, value]) => value).map(([key, value]) => el("div", { class: key }, el("dt", {}, say(key)), el("dd", {}, key === "formula" ? value : `${value} ${finding.unit ?? ""}`)))),
    finding.fault ? el("p", { class: "chip" }, sayWord("fault", finding.fault)) : null,
    finding.operands ? el("ul", { class: "operands", "aria-label": say("operands") }, finding.operands.map((operand) => operandCard(finding, operand))) : null);
}

function operandCard(finding, operand) {
  const open = () => (operand.cell ? openCell(operand.cell) : operand.fact ? openFact(operand.fact) : openPage(operand.page));
  const isSuspect = operand.cell && operand.cell === finding.suspect;
  return el("li", { class: isSuspect ? "suspect" : "" },
    el("button", { type: "button", onclick: open, title: say("goTo") },
      el("span", { class: "operand-label" }, el("i", {}, sayWord("operand", operand.role)), operand.label, isSuspect ? el("b", {}, ` ${say("suspect")}`) : null), el("span", { class: "operand-value" }, operand.raw),
      operand.page ? el("span", { class: "quiet" }, say("onPages", operand.page)) : null, operand.page ? drawCrop(operand.page, operand.box) : null));
}

// findingCard is one finding in a list.
function findingCard(finding) {
  const index = findings.indexOf(finding);
  const rule = overview.rules[finding.rule_id];
  return el("article", { class: `finding ${toneOf(finding)}`, "data-finding": finding.finding_id },
    el("header", {}, mark(toneOf(finding)), el("h3", {}, `${finding.rule_id} ${messageOf(finding)}`),
      el("span", { class: "chip" }, sayWord("outcome", finding.outcome)), el("span", { class: "chip" }, sayWord("severity", finding.severity))),
    finding.formula || finding.operands ? findingNumbers(finding) : null,
    rule ? el("p", { class: "quiet" }, ruleText(rule, "explanation")) : null,
    el("p", { class: "places" }, button(say("goTo"), () => openFinding(index)), finding.cells.slice(0, 8).map((anchor) => el("a", { href: `#${anchor}` }, anchor)),
      pagesOf(finding).length ? el("span", { class: "quiet" }, say("onPages", [...new Set(pagesOf(finding))].join(", "))) : null,
      el("span", { class: "quiet" }, `${say("origin")}: ${sayWord("origin", finding.origin)}`)));
}
