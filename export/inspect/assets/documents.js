// The documents of the dataset, to be filtered and sorted.

const index = readData("index");

const fields = ["id", "file", "agency", "year", "kind", "phase", "division", "status", "pages", "tables", "lines", "errors", "warnings", "total", "cover", "classes", "rules", "report"];
const wordFields = new Set(["agency", "kind", "phase", "division", "status"]);

const documents = index.documents.map((row, order) => {
  const document = { order };
  fields.forEach((field, i) => { document[field] = wordFields.has(field) ? index.words[row[i]] : row[i]; });
  return document;
});

const listState = { sort: "order", down: false, search: "", year: "", kind: "", status: "", rule: "" };

// The columns of the list: field, wording, whether it is a number.
const listColumns = [["agency", "agency"], ["division", "division"], ["year", "year", true], ["kind", "kind"], ["status", "status"], ["pages", "pagesColumn", true], ["tables", "tablesColumn", true],
  ["lines", "linesColumn", true], ["errors", "errors", true], ["warnings", "warnings", true], ["total", "total", true], ["file", "file"]];

// isWanted tells whether a document passes the filters.
function isWanted(document, words) {
  if (listState.year && String(document.year) !== listState.year) return false;
  if (listState.kind && document.kind !== listState.kind) return false;
  if (listState.status && document.status !== listState.status) return false;
  if (listState.rule && !hasRule(document, listState.rule)) return false;
  return words.every((word) => textOf(document).includes(word));
}

// textOf is what the search looks at, made once for each document.
function textOf(document) {
  return (document.text ??= `${document.agency}\n${document.division}\n${document.file}\n${document.id}`.toLowerCase());
}

function hasRule(document, rule) {
  const { rules } = document;
  for (let i = 0; i < rules.length; i += 2) if (index.words[rules[i]] === rule) return true;
  return false;
}

function wantedDocuments() {
  const words = listState.search.toLowerCase().split(/\s+/).filter(Boolean);
  return documents.filter((document) => isWanted(document, words));
}

// ranksOf puts the texts of a field in order: names in that of a Chinese
// dictionary, once, for comparing two of them is slow; files, which are all
// different, in that of their characters.
const ranksOf = remember((field) => {
  const ranks = new Map();
  const texts = [...new Set(documents.map((d) => d[field]))];
  texts.sort(wordFields.has(field) ? new Intl.Collator("zh").compare : undefined).forEach((text, i) => ranks.set(text, i));
  return ranks;
});

// sorted puts documents in order; equal ones keep the order of the dataset.
function sorted(list) {
  const { sort, down } = listState;
  const sign = down ? -1 : 1;
  const ranks = typeof documents[0]?.[sort] === "string" ? ranksOf(sort) : null;
  const keys = new Map(list.map((document) => [document, ranks ? ranks.get(document[sort]) : document[sort] ?? -Infinity]));
  return [...list].sort((a, b) => sign * compareNumbers(keys.get(a), keys.get(b)) || a.order - b.order);
}

function compareNumbers(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function documentsView() {
  const counter = el("span", { class: "quiet", role: "status", id: "document-count" });
  const head = el("tr", {});
  const list = longTable({ label: say("documents"), kind: "documents", head, width: listColumns.length + 1, makeRow: documentRow });
  const redraw = () => {
    const wanted = sorted(wantedDocuments());
    counter.textContent = say("rowsOf", wanted.length.toLocaleString("en-US"), documents.length.toLocaleString("en-US"));
    head.replaceChildren(...listColumns.map(([field, key, isNumber]) => sortHeader(field, key, isNumber, redraw)), el("th", { scope: "col" }, say("report")));
    list.show(wanted);
  };
  const view = el("section", { class: "scroll fixed" },
    el("div", { class: "toolbar" },
      fill(el("input", { type: "search", id: "document-filter", placeholder: say("search"), "aria-label": say("search") }), { value: listState.search, oninput: (event) => { listState.search = event.target.value; redraw(); } }, []),
      choiceOf("year", "allYears", (year) => (Number(year) ? year : say("unknownYear")), redraw), choiceOf("kind", "allKinds", (kind) => sayWord("kind", kind), redraw), choiceOf("status", "allStatuses", (status) => sayWord("status", status), redraw),
      listState.rule ? button(`${listState.rule} ✕`, () => { listState.rule = ""; showView("documents"); }, { "aria-label": `${listState.rule}: ${say("close")}` }) : null, counter),
    list.frame);
  redraw();
  return view;
}

// choiceOf is a select of the values that a field has.
function choiceOf(field, all, wording, redraw) {
  const values = [...new Set(documents.map((d) => String(d[field])))].sort();
  return el("select", { "aria-label": say(field), id: `choose-${field}`, onchange: (event) => { listState[field] = event.target.value; redraw(); } },
    el("option", { value: "" }, say(all)), values.map((value) => el("option", { value, selected: listState[field] === value && value !== "" }, wording(value))));
}

function sortHeader(field, key, isNumber, redraw) {
  const current = listState.sort === field;
  const act = () => {
    listState.down = current ? !listState.down : Boolean(isNumber);
    listState.sort = field;
    redraw();
    byId(`sort-${field}`).focus();
  };
  return el("th", { scope: "col", class: `${field}${isNumber ? " right" : ""}`, "aria-sort": current ? (listState.down ? "descending" : "ascending") : undefined },
    button([say(key), current ? (listState.down ? " ▾" : " ▴") : ""].join(""), act, { id: `sort-${field}`, title: say("sortBy", say(key)) }));
}

function documentRow(document) {
  const cells = listColumns.map(([field, , isNumber]) => el("td", { class: `${field}${isNumber ? " right" : ""}`, title: isNumber ? undefined : String(document[field]) }, fieldText(document, field)));
  const name = document.agency || document.file;
  return el("tr", { class: document.status }, cells, el("td", {}, document.report ? el("a", { href: reportOf(document), "aria-label": `${say("openReport")}: ${name}` }, say("open")) : el("span", { class: "quiet" }, say("noReport"))));
}

function fieldText(document, field) {
  const value = document[field];
  switch (field) {
    case "kind": return sayWord("kind", value);
    case "status": return [mark(value === "ok" ? "pass" : value === "partial" ? "rounding" : "fail"), sayWord("status", value)];
    case "year": return value || "—";
    case "errors": case "warnings": return value ? String(value) : "";
    case "total": return value === null ? "" : grouped(Number(value).toFixed(2));
    case "pages": case "tables": case "lines": return Number(value).toLocaleString("en-US");
    default: return value || "—";
  }
}

// reportOf is the way to the report of a document.
function reportOf(document) {
  return `${index.reports.split("/").map(encodeURIComponent).join("/").replaceAll("%2E%2E", "..")}/${document.id}.html`;
}
