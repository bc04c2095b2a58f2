// Which of the yearly statements each document holds: agency × year × statement.

const covers = { f: "full", e: "empty", m: "missing" };
const coverMarks = { full: "✓", empty: "○", missing: "✕" };

function coverageView() {
  const agencies = ranksOf("agency");
  const rows = wantedDocuments().filter((d) => d.cover)
    .sort((a, b) => agencies.get(a.agency) - agencies.get(b.agency) || a.kind.localeCompare(b.kind) || a.year - b.year || a.order - b.order);
  const head = el("tr", {}, ["agency", "year", "kind"].map((key) => el("th", { scope: "col" }, say(key))),
    index.statements.map((statement) => el("th", { scope: "col", class: "turned", title: statement.id }, shortTitle(statement.name))));
  const list = longTable({ label: say("coverage"), kind: "coverage", head, width: 3 + index.statements.length, makeRow: coverRow });
  const totals = index.statements.map((_, i) => rows.filter((d) => d.cover[i] === "f").length);
  const view = el("section", { class: "scroll fixed" },
    el("p", { class: "quiet" }, say("coverageHelp")),
    el("ul", { class: "key-list" }, Object.values(covers).map((kind) => el("li", {}, coverMark(kind), say(`cover.${kind}`)))),
    el("div", { class: "cover-bars" }, index.statements.map((statement, i) => coverBar(shortTitle(statement.name), totals[i], rows.length))), list.frame);
  list.show(rows);
  return view;
}

function coverMark(kind) {
  return el("span", { class: `cover ${kind}` }, el("span", { "aria-hidden": "true" }, coverMarks[kind]), el("span", { class: "offscreen" }, say(`cover.${kind}`)));
}

function coverBar(name, count, all) {
  const bar = el("span", { class: "bar" });
  bar.style.setProperty("--part", String(all ? count / all : 0));
  return el("div", {}, el("span", { class: "small" }, name), el("span", { class: "track" }, bar), el("span", { class: "small quiet" }, `${count.toLocaleString("en-US")} / ${all.toLocaleString("en-US")}`));
}

// shortTitle leaves out what all titles have in common.
function shortTitle(title) {
  return title.replace(/^部门预算/, "").replace("财政拨款“三公”经费", "“三公”经费").replace("一般公共预算财政拨款", "一般公共预算").replace(/(政府性?基金|国有资本经营)预算财政拨款/, "$1");
}

function coverRow(document) {
  const name = document.agency || document.file;
  return el("tr", {}, el("th", { scope: "row", title: document.file }, document.report ? el("a", { href: reportOf(document) }, name) : name), el("td", { class: "right" }, document.year || "—"), el("td", {}, sayWord("kind", document.kind)),
    [...document.cover].map((letter) => el("td", { class: "center" }, coverMark(covers[letter]))));
}
