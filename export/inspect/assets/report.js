// The report of one document: header, views, addresses, keys.

const views = { evidence: evidenceView, checks: checksView, tree: treeView, flow: flowView, text: textView, data: dataView };

const reportKeys = [
  ["n  p", "key.findings"], ["j  k", "key.pages"], ["t", "key.table"], ["1 … 6", "key.views"], ["+  −  0", "key.zoom"], ["y", "key.layers"], ["← ↑ → ↓", "key.arrows"], ["/", "key.filter"],
  ["c", "key.copy"], ["l", "key.language"], ["d", "key.theme"], ["Esc", "key.escape"], ["?", "key.help"],
];

// verdict is the light of the header: the worst that the checks and the reading
// brought up.
function verdict() {
  const { status } = overview.document;
  const failed = overview.outcomes.filter((o) => o.outcome === "fail").length || findings.filter((f) => f.outcome === "fail").length;
  if (status === "failed") return ["fail", say("light.failed")];
  if (failed) return ["fail", say("light.fail", countOf("fail") || failed)];
  if (status === "partial") return ["rounding", say("light.partial")];
  if (!overview.outcomes.length) return ["none", say("light.none")];
  return countOf("rounding") ? ["rounding", say("light.rounding")] : ["pass", say("light.pass")];
}

// countOf adds up how many instances of rules came out so.
function countOf(outcome) {
  const field = { pass: "n_passed", rounding: "n_rounding", fail: "n_failed" }[outcome];
  if (field) return overview.outcomes.reduce((sum, o) => sum + o[field], 0);
  if (outcome === "notice") return findings.filter((f) => f.outcome === "notice").length;
  return overview.outcomes.filter((o) => o.outcome === "insufficient_data" || o.outcome === "error").length;
}

function reportHeader() {
  const d = overview.document;
  const [light, wording] = verdict();
  const facts = [d.fiscal_year || null, sayWord("kind", d.doc_kind), d.phase && sayWord("phase", d.phase), d.admin_division_name, say("pages", d.page_count), say("tables", overview.tables.length), d.default_unit && say("unit", d.default_unit)].filter(Boolean);
  const counts = [["pass", "count.pass"], ["rounding", "count.rounding"], ["fail", "count.fail"], ["open", "count.open"]].filter(() => overview.outcomes.length).concat([["notice", "count.notice"]]);
  return el("header", { class: "top" },
    el("div", { class: "identity" },
      el("h1", {}, d.agency_name || d.title || d.file.split("/").pop() || say("unknownAgency")),
      el("p", { class: "facts-line" }, facts.join("  ·  ")),
      el("p", { class: "source quiet", title: `${d.file}\nsha256 ${d.document_id}\n${say("extractor", overview.version)}` }, d.file, " · ", el("code", {}, d.document_id.slice(0, 16)), " · ", say("extractor", overview.version))),
    el("div", { class: "summary" },
      el("p", { class: `light ${light}` }, mark(light), wording),
      el("ul", { class: "counts" }, counts.map(([kind, key]) => el("li", { class: kind }, mark(kind === "open" ? "insufficient_data" : kind), el("b", {}, String(countOf(kind))), " ", say(key))))),
    tools(redraw, reportKeys));
}

// showView draws a view, and the page around it when it is not there yet.
function showView(id) {
  state.view = id;
  const app = byId("app");
  const focused = document.activeElement?.id;
  app.replaceChildren(el("a", { class: "skip", href: "#view", onclick: (event) => { event.preventDefault(); byId("view").focus(); } }, say("skip")), reportHeader(),
    failureNote(), tabs(Object.keys(views).map((view) => ({ id: view, count: view === "checks" ? findings.length : 0 })), id, (view) => { showView(view); setAddress(view === "evidence" ? "" : view); }),
    el("main", { id: "view", role: "tabpanel", tabindex: -1, "aria-labelledby": `tab-${id}`, class: id }, views[id]()));
  if (focused) byId(focused)?.focus();
}

function failureNote() {
  const d = overview.document;
  if (!d.failure_class) return "";
  return el("p", { class: "warning" }, mark("error"), `${d.failure_stage}: ${d.failure_class}: ${d.failure_message}`);
}

function redraw() {
  showView(state.view);
}

// setAddress writes where the reader is without going there again.
function setAddress(anchor) {
  const address = anchor ? `#${anchor}` : location.pathname + location.search;
  try {
    history.replaceState(null, "", address);
  } catch {
    // Some browsers forbid it for files; the address then stays behind.
  }
}

// followAddress goes where a deep link points: t03r7c4, t03, p5, s12, f…, a view.
function followAddress() {
  const anchor = decodeURIComponent(location.hash.slice(1));
  const page = anchor.match(/^p(\d+)$/);
  if (cellByAnchor(anchor)) openCell(anchor);
  else if (tableByAnchor.has(anchor)) openTable(tableByAnchor.get(anchor).ordinal);
  else if (page) openPage(Number(page[1]));
  else if (/^s\d+(a\d+)?$/.test(anchor)) openFact(anchor);
  else if (/^f[0-9a-f]+$/.test(anchor)) openFinding(findings.findIndex((f) => `f${f.finding_id}` === anchor));
  else if (anchor in views) showView(anchor);
  return byId("view") !== null;
}

function nextTable() {
  const at = overview.tables.findIndex((table) => table.ordinal === state.table);
  const next = overview.tables[(at + 1) % overview.tables.length];
  if (next) openTable(next.ordinal);
}

function zoomWith(factor) {
  return () => { if (state.view === "evidence") zoomBy(factor); };
}

function focusFilter() {
  if (state.view !== "checks") showView("checks");
  byId("finding-filter")?.focus();
}

function openLayers() {
  const menu = byId("layers");
  if (menu) {
    menu.open = !menu.open;
    menu.querySelector(menu.open ? "input" : "summary")?.focus();
  }
}

listenToKeys({
  n: () => stepFinding(1), p: () => stepFinding(-1), j: () => turnPage(1), k: () => turnPage(-1), t: nextTable, y: openLayers,
  "+": zoomWith(1.25), "=": zoomWith(1.25), "-": zoomWith(1 / 1.25), 0: zoomWith(0), "/": focusFilter,
  l: () => switchLanguage(redraw), d: () => switchTheme(redraw), "?": () => openHelp(reportKeys), c: () => { const cell = cellByAnchor(state.cell); if (cell) copyCitation(cell); },
  Escape: () => { keepCell(""); setAddress(`p${state.page}`); },
  ...Object.fromEntries(Object.keys(views).map((view, i) => [String(i + 1), () => { showView(view); setAddress(view === "evidence" ? "" : view); }])),
});

addEventListener("hashchange", followAddress);
addEventListener("afterprint", redraw);
addEventListener("beforeprint", () => {
  // On paper the evidence would show one page of many: the findings say more.
  byId("app").append(el("section", { class: "print-only" }, el("h2", {}, say("findings")), findings.slice(0, 200).map(findingCard)));
});

applyChoices();
if (!followAddress()) showView("evidence");
