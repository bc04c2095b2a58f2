// The checks: which rule held in which table, and every finding.

const checksState = { chosen: "", filter: "", severity: "" };

function checksView() {
  return el("section", { class: "checks scroll" }, matrixPart(), findingsPart());
}

// matrixPart is rules down, tables across; each field a button.
function matrixPart() {
  const part = el("section", { class: "panel" }, el("h2", {}, say("matrix")));
  if (!overview.outcomes.length) {
    part.append(el("p", { class: "quiet" }, say("noChecks")));
    return part;
  }
  const rules = [...new Set(overview.outcomes.map((o) => o.rule_id))].sort(inFamilies);
  const used = new Set(overview.outcomes.map((o) => o.table));
  const columns = [...(used.has("") ? [""] : []), ...overview.tables.map(anchorOf).filter((anchor) => used.has(anchor))];
  const at = new Map(overview.outcomes.map((o) => [`${o.rule_id}|${o.table}`, o]));
  const detail = el("div", { id: "outcome", class: "outcome", "aria-live": "polite" });
  const pick = (outcome) => {
    checksState.chosen = `${outcome.rule_id}|${outcome.table}`;
    for (const field of part.querySelectorAll(".matrix button")) field.setAttribute("aria-pressed", String(field.dataset.outcome === checksState.chosen));
    detail.replaceChildren(...outcomeDetail(outcome));
  };
  part.append(el("p", { class: "quiet" }, say("matrixHelp")), matrixKey(), el("div", { class: "matrix-split" },
    el("div", { class: "matrix-scroll", tabindex: 0, role: "region", "aria-label": say("matrix") }, el("table", { class: "matrix" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, say("rule")), columns.map((anchor) => el("th", { scope: "col", title: tableByAnchor.get(anchor)?.title }, anchor || say("document"))))),
      el("tbody", {}, rules.map((id) => el("tr", {}, el("th", { scope: "row", title: ruleText(overview.rules[id], "title") }, el("b", {}, id), " ", ruleText(overview.rules[id], "title")),
        columns.map((anchor) => {
          const outcome = at.get(`${id}|${anchor}`);
          return el("td", {}, outcome ? el("button", {
            type: "button", class: outcome.outcome, "data-outcome": `${id}|${anchor}`, "aria-pressed": "false", onclick: () => pick(outcome), title: sayWord("outcome", outcome.outcome),
          }, mark(outcome.outcome), outcome.n_failed > 1 ? String(outcome.n_failed) : "", el("span", { class: "offscreen" }, ` ${id}, ${anchor || say("document")}: ${sayWord("outcome", outcome.outcome)}`)) : "");
        })))))), detail));
  const first = at.get(checksState.chosen) ?? overview.outcomes.find((o) => o.outcome === "fail");
  if (first) pick(first);
  return part;
}

// The families of rules as a reader goes about it: within a table, across tables,
// the text, what is there, what is plausible, how it is written.
const families = "TXNCPV";

function inFamilies(a, b) {
  return families.indexOf(a[0]) - families.indexOf(b[0]) || (a < b ? -1 : a > b ? 1 : 0);
}

function matrixKey() {
  const kinds = ["pass", "rounding", "fail", "notice", "not_applicable", "insufficient_data"];
  return el("ul", { class: "key-list" }, kinds.map((kind) => el("li", { class: kind }, mark(kind), sayWord("outcome", kind))));
}

// outcomeDetail is the formula in numbers of a chosen field.
function outcomeDetail(outcome) {
  const rule = overview.rules[outcome.rule_id];
  const about = findings.filter((f) => f.rule_id === outcome.rule_id && (outcome.table ? f.tables.includes(outcome.table) || f.cells.some((c) => c.startsWith(`${outcome.table}r`)) : true));
  return [
    el("h3", {}, mark(outcome.outcome), `${outcome.rule_id} · ${outcome.table ? tableByAnchor.get(outcome.table)?.title || outcome.table : say("document")} · ${sayWord("outcome", outcome.outcome)}`),
    rule ? el("p", {}, ruleText(rule, "title"), " ", el("span", { class: "quiet" }, ruleText(rule, "explanation"))) : null,
    el("p", {}, say("checked", outcome.n_checked, outcome.n_passed, outcome.n_rounding, outcome.n_failed)),
    outcome.reason ? el("p", {}, `${say("reason")}: ${outcome.reason}`) : null,
    ...about.slice(0, 30).map(findingCard),
  ].filter(Boolean);
}

// findingsPart is the list of findings with a filter.
function findingsPart() {
  const list = el("div", { class: "finding-list", id: "finding-list" });
  const counter = el("span", { class: "quiet", id: "finding-count", role: "status" });
  const draw = () => {
    const wanted = checksState.filter.toLowerCase();
    const shown = findings.filter((f) => (!checksState.severity || f.severity === checksState.severity) && (!wanted || [f.rule_id, f.message_en, f.message_zh, f.formula, ...f.cells].join(" ").toLowerCase().includes(wanted)));
    counter.textContent = say("shown", shown.length, findings.length);
    list.replaceChildren(...shown.slice(0, 300).map(findingCard));
  };
  const part = el("section", { class: "panel" }, el("h2", {}, say("findings")),
    el("div", { class: "toolbar" },
      fill(el("input", { type: "search", id: "finding-filter", placeholder: say("filter"), "aria-label": say("filter") }), { value: checksState.filter, oninput: (event) => { checksState.filter = event.target.value; draw(); } }, []),
      el("select", { "aria-label": say("allSeverities"), id: "finding-severity", onchange: (event) => { checksState.severity = event.target.value; draw(); } },
        ["", "error", "warn", "info"].map((severity) => el("option", { value: severity, selected: severity === checksState.severity }, severity ? sayWord("severity", severity) : say("allSeverities")))),
      counter), list);
  draw();
  return part;
}
