// The index of a dataset: header, views, addresses, keys.

const views = { documents: documentsView, coverage: coverageView, rules: rulesView, unknowns: unknownsView, distribution: distributionView, years: yearsView };

const indexKeys = [["1 … 6", "key.views"], ["/", "key.filter"], ["l", "key.language"], ["d", "key.theme"], ["?", "key.help"]];

let currentView = "documents";

function indexHeader() {
  const sum = (field) => documents.reduce((total, d) => total + (d[field] || 0), 0);
  const years = documents.map((d) => d.year).filter(Boolean);
  const span = years.length ? [Math.min(...years), Math.max(...years)] : [];
  const facts = [say("documentsN", documents.length.toLocaleString("en-US")), span.length ? (span[0] === span[1] ? String(span[0]) : span.join("–")) : "", say("pages", sum("pages").toLocaleString("en-US")), say("tables", sum("tables").toLocaleString("en-US")), say("linesN", sum("lines").toLocaleString("en-US"))].filter(Boolean);
  const counts = ["ok", "partial", "failed"].map((status) => [status, documents.filter((d) => d.status === status).length]);
  return el("header", { class: "top" },
    el("div", { class: "identity" }, el("h1", {}, say("datasetTitle")), el("p", { class: "facts-line" }, facts.join("  ·  ")), el("p", { class: "source quiet" }, say("extractor", index.version))),
    el("div", { class: "summary" }, el("ul", { class: "counts" }, counts.map(([status, count]) => el("li", {}, mark(status === "ok" ? "pass" : status === "partial" ? "rounding" : "fail"), el("b", {}, count.toLocaleString("en-US")), " ", sayWord("status", status))),
      [["error", "errors"], ["warn", "warnings"]].map(([kind, field]) => el("li", {}, mark(kind), el("b", {}, sum(field).toLocaleString("en-US")), " ", say(field))))),
    tools(() => showView(currentView), indexKeys));
}

function showView(id) {
  currentView = id;
  const focused = document.activeElement?.id;
  byId("app").replaceChildren(el("a", { class: "skip", href: "#view", onclick: (event) => { event.preventDefault(); byId("view").focus(); } }, say("skip")), indexHeader(),
    tabs(Object.keys(views).map((view) => ({ id: view, count: view === "rules" ? Object.keys(index.counts).length : 0 })), id, (view) => { showView(view); setAddress(view); }),
    el("main", { id: "view", role: "tabpanel", tabindex: -1, "aria-labelledby": `tab-${id}`, class: id }, views[id]()));
  if (focused) byId(focused)?.focus();
}

function setAddress(anchor) {
  try {
    history.replaceState(null, "", `#${anchor}`);
  } catch {
    // Some browsers forbid it for files; the address then stays behind.
  }
}

function followAddress() {
  const anchor = location.hash.slice(1);
  showView(anchor in views ? anchor : "documents");
}

listenToKeys({
  "/": () => { if (currentView !== "documents") showView("documents"); byId("document-filter").focus(); },
  l: () => switchLanguage(() => showView(currentView)), d: () => switchTheme(() => showView(currentView)), "?": () => openHelp(indexKeys),
  ...Object.fromEntries(Object.keys(views).map((view, i) => [String(i + 1), () => { showView(view); setAddress(view); }])),
});

addEventListener("hashchange", followAddress);

applyChoices();
followAddress();
