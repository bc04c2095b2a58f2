// Counts of the dataset: rules, what was not recognised, how things are spread.

// The outcomes of findings, the gravest first.
const findingOutcomes = ["fail", "notice", "rounding"];

function rulesView() {
  const all = (count) => findingOutcomes.reduce((sum, outcome) => sum + count[outcome], 0);
  const rules = Object.entries(index.counts).sort(([a, x], [b, y]) => y.fail - x.fail || y.notice - x.notice || y.rounding - x.rounding || (a < b ? -1 : 1));
  const panel = el("section", { class: "panel" }, el("h2", {}, say("rules")));
  if (!rules.length) panel.append(el("p", { class: "quiet" }, say("noRules")));
  else {
    const most = Math.max(...rules.map(([, count]) => all(count)));
    panel.append(el("table", { class: "plain" }, el("thead", {}, el("tr", {}, ["rule", "explanation"].map((key) => el("th", { scope: "col" }, say(key))), findingOutcomes.map((outcome) => el("th", { scope: "col", class: "right" }, mark(outcome), sayWord("outcome", outcome))),
      el("th", { scope: "col", class: "right" }, say("ruleDocuments")), el("th", { scope: "col" }, el("span", { class: "offscreen" }, say("share"))))),
    el("tbody", {}, rules.map(([id, count]) => ruleRow(id, count, most)))));
  }
  return el("section", { class: "scroll" }, panel);
}

function ruleRow(id, count, most) {
  const rule = index.rules[id];
  const wording = (part) => (rule ? (chosen.language === "zh" && rule[`${part}_zh`]) || rule[`${part}_en`] : "");
  const open = () => { listState.rule = id; showView("documents"); setAddress("documents"); };
  return el("tr", {}, el("th", { scope: "row" }, el("b", {}, id), " ", wording("title")), el("td", { class: "quiet" }, wording("explanation")),
    findingOutcomes.map((outcome) => el("td", { class: "right" }, count[outcome] ? count[outcome].toLocaleString("en-US") : "")),
    el("td", { class: "right" }, button([count.documents.toLocaleString("en-US"), el("span", { class: "offscreen" }, ` ${say("documents")}: ${id}`)], open)),
    el("td", { class: "bar-cell" }, el("span", { class: "stack" }, findingOutcomes.map((outcome) => (count[outcome] ? fill(barOf(count[outcome] / most), { class: `bar ${outcome}` }, []) : null)))));
}

function barOf(part) {
  const bar = el("span", { class: "bar" });
  bar.style.setProperty("--part", String(part));
  return bar;
}

function unknownsView() {
  const from = (document) => { const d = documents[document]; const name = d.agency || d.file; return d.report ? el("a", { href: reportOf(d) }, name) : name; };
  const table = (heads, rows) => (rows.length ? el("table", { class: "plain" }, el("thead", {}, el("tr", {}, heads.map((key) => el("th", { scope: "col" }, say(key))))), el("tbody", {}, rows.map((row) => el("tr", {}, row.map((value) => el("td", {}, value)))))) : el("p", { class: "quiet" }, say("none")));
  return el("section", { class: "scroll two" },
    el("section", { class: "panel" }, el("h2", {}, `${say("unknownTitles")} · ${index.title_count}`), table(["name", "times", "example"], index.titles.map(([title, times, document]) => [title || "—", String(times), from(document)]))),
    el("section", { class: "panel" }, el("h2", {}, `${say("unknownCodes")} · ${index.code_count}`), table(["code", "name", "times", "example"], index.codes.map(([, code, name, times, document]) => [code, name || "—", String(times), from(document)]))));
}

function distributionView() {
  const years = new Map();
  for (const d of documents) years.set(d.year, (years.get(d.year) ?? 0) + 1);
  const pages = new Map();
  for (const d of documents) {
    const step = d.pages === 0 ? 0 : 2 ** Math.floor(Math.log2(d.pages));
    pages.set(step, (pages.get(step) ?? 0) + 1);
  }
  const inOrder = (counts) => [...counts].sort(([a], [b]) => a - b);
  return el("section", { class: "scroll two" },
    el("section", { class: "panel" }, el("h2", {}, say("documentsPerYear")), columnsChart(inOrder(years).map(([year, count]) => [year || say("unknownYear"), count]))),
    el("section", { class: "panel" }, el("h2", {}, say("pagesPerDocument")), columnsChart(inOrder(pages).map(([step, count]) => [step < 2 ? String(step) : `${step}–${step * 2 - 1}`, count]))),
    el("section", { class: "panel wide" }, el("h2", {}, say("linesPerStatement")), el("div", { class: "spreads" }, index.spread.map(spreadRow))));
}

// columnsChart draws counts as upright columns.
function columnsChart(counts) {
  const width = Math.max(360, counts.length * 58);
  const height = 180;
  const most = Math.max(1, ...counts.map(([, count]) => count));
  const step = width / Math.max(1, counts.length);
  const thick = Math.min(46, step * 0.66);
  const chart = draw("svg", { class: "columns", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": counts.map(([name, count]) => `${name}: ${count}`).join(", ") });
  counts.forEach(([name, count], i) => {
    const h = (count / most) * (height - 46);
    const x = i * step + step / 2;
    chart.append(draw("rect", { x: x - thick / 2, y: height - 22 - h, width: thick, height: Math.max(h, 1), rx: 2 }), drawText(x, height - 6, String(name), "axis"), drawText(x, height - 27 - h, count.toLocaleString("en-US"), "count"));
  });
  return chart;
}

// spreadRow is a statement with its least, quartiles and most, on a common
// logarithmic scale.
function spreadRow(spread) {
  const [least, lower, median, upper, most] = spread.quartiles;
  const end = Math.log(Math.max(...index.spread.map((s) => s.quartiles[4])) + 1);
  const at = (count) => (Math.log(count + 1) / end) * 300;
  const name = spread.name || spread.statement;
  return el("div", { class: "spread" }, el("span", { title: spread.statement }, name), el("span", { class: "right quiet" }, say("tables", spread.tables)),
    draw("svg", { viewBox: "0 0 300 16", role: "img", "aria-label": `${name}: ${spread.quartiles.join(", ")}` },
      draw("line", { x1: at(least), x2: at(most), y1: 8, y2: 8 }), draw("rect", { x: at(lower), y: 3, width: Math.max(1, at(upper) - at(lower)), height: 10, rx: 2 }), draw("line", { class: "median", x1: at(median), x2: at(median), y1: 1, y2: 15 })),
    el("span", { class: "small quiet" }, `${say("median", median)} · ${least}–${most}`));
}
