// The evidence: a page on the left, the grid read from it on the right, and the
// way from each cell to its box and back.

const state = {
  view: "evidence",
  page: overview.tables[0]?.segments[0]?.page ?? overview.pages[0]?.number ?? 0,
  table: overview.tables[0]?.ordinal ?? 0,
  cell: "", // anchor of the cell that is kept
  finding: -1, // place among the findings
  zoom: 1,
  normalised: false,
  allRows: false,
};

function evidenceView() {
  const view = el("section", { class: "evidence" }, findingBar(), pageStrip(),
    el("div", { class: "split" },
      el("div", { class: "page-pane" }, pageToolbar(), el("div", { class: "sheet", id: "sheet", tabindex: 0, role: "region", "aria-label": say("pageStrip") })),
      el("div", { class: "grid-pane" },
        el("div", { id: "table-card", class: "card" }),
        el("div", { id: "grid", class: "grid-scroll", tabindex: 0, role: "region", "aria-label": say("statement") }),
        el("div", { id: "cell-card", class: "cell-card", "aria-live": "off" }))));
  requestAnimationFrame(() => { showSheet(); showGrid(); keepCell(state.cell, { scroll: true }); });
  return view;
}

// pageStrip is every page in small, with marks for what is on it.
function pageStrip() {
  const strip = el("nav", { class: "strip", "aria-label": say("pageStrip"), id: "strip" });
  const watcher = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      drawStrokes(target.querySelector("svg"), Number(target.dataset.page));
    }
  }, { root: strip, rootMargin: "200px" });
  for (const summary of overview.pages) {
    const about = findingsOn.get(summary.number) ?? [];
    const notes = pageNotes(summary, about);
    const thumbnail = el("button", {
      type: "button", class: "leaf", "data-page": summary.number, onclick: () => openPage(summary.number), title: notes.join("\n") || undefined,
    }, drawThumbnail(summary), el("span", { class: "number" }, String(summary.number), el("span", { class: "offscreen" }, ` ${notes.join(", ")}`), about.length ? mark(toneOf(about[0])) : null, summary.failed || summary.scanned ? mark("error") : summary.dropped || summary.unmapped ? mark("notice") : null));
    strip.append(thumbnail);
    watcher.observe(thumbnail);
  }
  return strip;
}

function pageNotes(summary, about) {
  const notes = tablesOn(summary.number).map((table) => table.title || say("table.n", table.ordinal));
  if (about.length) notes.push(`${say("findings")}: ${about.length}`);
  if (summary.failed) notes.push(say("pageFailed", summary.failed));
  if (summary.scanned) notes.push(say("pageScanned"));
  if (summary.dropped) notes.push(`${say("layer.dropped")}: ${summary.dropped}`);
  if (summary.unmapped) notes.push(`${say("flag.unmapped")}: ${summary.unmapped}`);
  if (summary.rotation) notes.push(`${summary.rotation}°`);
  return notes;
}

function pageToolbar() {
  const choice = el("select", { id: "page-choice", "aria-label": say("pageStrip"), onchange: (event) => openPage(Number(event.target.value)) },
    overview.pages.map((page) => el("option", { value: page.number }, `${page.number} / ${overview.document.page_count}`)));
  return el("div", { class: "toolbar" },
    button("‹", () => turnPage(-1), { title: say("previousPage"), "aria-label": say("previousPage") }), choice,
    button("›", () => turnPage(1), { title: say("nextPage"), "aria-label": say("nextPage") }),
    el("span", { class: "space" }),
    button("−", () => zoomBy(1 / 1.25), { title: say("zoomOut"), "aria-label": say("zoomOut") }),
    button("↔", () => zoomBy(0), { title: say("zoomFit"), "aria-label": say("zoomFit") }),
    button("+", () => zoomBy(1.25), { title: say("zoomIn"), "aria-label": say("zoomIn") }),
    el("details", { class: "layers", id: "layers" }, el("summary", {}, say("layers")),
      el("div", { class: "menu" }, layers.map(([name]) => el("label", { class: `key ${name}` },
        fill(el("input", { type: "checkbox", name }), { onchange: (event) => toggleLayer(name, event.target.checked), checked: shownLayers.has(name) }, []), el("span", { class: "swatch" }), say(`layer.${name}`))))));
}

function toggleLayer(name, shown) {
  if (shown) shownLayers.add(name);
  else shownLayers.delete(name);
  const page = byId("sheet")?.querySelector("svg.page");
  if (page) applyLayers(page);
}

function zoomBy(factor) {
  state.zoom = factor === 0 ? 1 : Math.min(6, Math.max(0.4, state.zoom * factor));
  byId("sheet")?.style.setProperty("--zoom", String(state.zoom));
}

// showSheet draws the chosen page.
function showSheet() {
  const sheet = byId("sheet");
  const summary = pageByNumber.get(state.page);
  if (!sheet) return;
  sheet.style.setProperty("--zoom", String(state.zoom));
  if (!summary) {
    sheet.replaceChildren(el("p", { class: "quiet" }, say("notDrawn")));
    return;
  }
  const notes = [summary.failed && say("pageFailed", summary.failed), summary.scanned && say("pageScanned"), !summary.drawn && !summary.failed && say("notDrawn")].filter(Boolean);
  sheet.replaceChildren(...notes.map((note) => el("p", { class: "warning" }, mark("warn"), note)));
  if (summary.drawn) {
    const page = drawPage(state.page);
    page.addEventListener("mousemove", (event) => hoverCell(cellUnder(page, event)?.cell ?? null));
    page.addEventListener("mouseleave", () => hoverCell(null));
    page.addEventListener("click", (event) => {
      const under = cellUnder(page, event);
      if (under && String(getSelection()) === "") openCell(under.cell.anchor, { from: "page" });
    });
    sheet.append(page);
  }
  byId("page-choice").value = state.page;
  for (const leaf of document.querySelectorAll("#strip .leaf")) {
    const current = Number(leaf.dataset.page) === state.page;
    leaf.classList.toggle("current", current);
    if (current) {
      leaf.setAttribute("aria-current", "page");
      const strip = byId("strip");
      strip.scrollLeft = leaf.offsetLeft - strip.clientWidth / 2 + leaf.clientWidth / 2;
    } else leaf.removeAttribute("aria-current");
  }
}

// cellUnder is the cell at the pointer: the smallest box that holds the point.
function cellUnder(page, event) {
  const matrix = page.getScreenCTM();
  if (!matrix) return null;
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
  const holds = ({ box: [x0, y0, x1, y1] }) => point.x >= x0 && point.x <= x1 && point.y >= y0 && point.y <= y1;
  return cellsOn(state.page).find(holds) ?? null;
}

// showGrid builds the card and the grid of the chosen table.
function showGrid() {
  const place = byId("grid");
  if (!place) return;
  const table = overview.tables.find((t) => t.ordinal === state.table);
  byId("table-card").replaceChildren(...tableCard(table));
  if (!table) {
    place.replaceChildren(el("p", { class: "quiet" }, say("noTables")));
    return;
  }
  const grid = gridOf(table.ordinal);
  const [first, end] = windowOf(table);
  const view = makeGrid(grid, first, end, state.normalised);
  place.replaceChildren(el("p", { class: "quiet small" }, say("rowsShown", Math.min(first + 1, table.rows), end, table.rows)), view);
  place.scrollTop = 0;
  view.addEventListener("mouseover", (event) => hoverCell(cellByAnchor(event.target.closest("[data-cell]")?.dataset.cell) ?? null));
  view.addEventListener("mouseleave", () => hoverCell(null));
  view.addEventListener("click", (event) => {
    const target = event.target.closest("[data-cell]");
    if (target) openCell(target.dataset.cell, { from: "grid" });
  });
  view.addEventListener("keydown", (event) => {
    const next = moveInGrid(view, event.target.closest("[data-cell]"), event.key);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    openCell(next.dataset.cell, { from: "grid" });
    next.focus();
  });
  const start = view.querySelector("tbody [data-cell], [data-cell]");
  if (start) start.tabIndex = 0;
}

// windowOf are the rows to show: those on the chosen page, when the table has
// some there, or all.
function windowOf(table) {
  if (!state.allRows) {
    const segment = table.segments.find((s) => s.page === state.page);
    if (segment) return [segment.row, segment.row + segment.rows];
  }
  return [0, table.rows];
}

// tableCard says what the table is and how it was found.
function tableCard(table) {
  if (!table) return [];
  const choice = el("select", { id: "table-choice", "aria-label": say("tableList"), onchange: (event) => openTable(Number(event.target.value)) },
    overview.tables.map((t) => el("option", { value: t.ordinal, selected: t.ordinal === table.ordinal }, `${t.ordinal}. ${t.title || t.name || say("table.n", t.ordinal)}`)));
  const joins = table.segments.filter((s) => s.joined).map((s) => [say("seamOf", s.page, s.joined), s.torn && say("torn"), s.repeated > 0 && say("repeated", s.repeated)].filter(Boolean).join("; "));
  const facts = [
    ["statement", `${table.name || "—"} · ${table.statement} · ${say("confidence", table.confidence.toFixed(2))}`],
    ["unitFrom", sayWord("source", table.unit_source)], ["method", sayWord("method", table.method)],
    ["rowsBy", (table.row_evidence ?? []).join("; ")], ["columnsBy", (table.column_evidence ?? []).join("; ")], ["joined", joins.join(" · ")], ["doubts", (table.doubts ?? []).join("; ")],
    ["empty", table.empty ? table.empty_statement || "✓" : ""],
  ];
  const pages = table.segments.map((s) => s.page);
  return [
    el("div", { class: "toolbar" }, choice),
    el("div", { class: "chips" },
      el("span", { class: "chip strong" }, table.name || sayWord("statement", table.statement)),
      el("span", { class: "chip" }, table.unit ? say("unit", table.unit) : say("noUnit")),
      el("span", { class: "chip" }, say("onPages", pages.length > 1 ? `${pages[0]}–${pages[pages.length - 1]}` : pages[0] ?? "—")),
      table.empty ? el("span", { class: "chip" }, say("empty")) : null,
      el("span", { class: "space" }),
      toggle("asPrinted", "asNormalised", "normalised"), table.segments.length > 1 ? toggle("thisPage", "allRows", "allRows") : null),
    el("details", { class: "facts" }, el("summary", {}, sayWord("method", table.method), (table.doubts ?? []).length ? ` · ${say("doubts")} ${table.doubts.length}` : "", joins.length ? ` · ${say("joined")} ${joins.length}` : ""),
      el("dl", {}, facts.filter(([, value]) => value).map(([key, value]) => [el("dt", {}, say(key)), el("dd", {}, value)]))),
  ];
}

// toggle is a pair of buttons for a switch of the state.
function toggle(off, on, name) {
  const pick = (value) => { state[name] = value; showGrid(); keepCell(state.cell, { scroll: true }); };
  return el("span", { class: "toggle", role: "group" },
    button(say(off), () => pick(false), { "aria-pressed": String(!state[name]) }), button(say(on), () => pick(true), { "aria-pressed": String(state[name]) }));
}

// hoverCell lights a cell and its box up; null puts both out.
function hoverCell(cell) {
  if (hoverCell.last === cell) return;
  hoverCell.last = cell;
  document.querySelector("#grid .hover")?.classList.remove("hover");
  if (cell) document.querySelector(`#grid [data-cell="${cell.anchor}"]`)?.classList.add("hover");
  placeFrame("hovered", cell);
  showCellCard(cell ?? cellByAnchor(state.cell));
}

// placeFrame moves a frame of the page over a cell, or away.
function placeFrame(name, cell) {
  const frame = byId("sheet")?.querySelector(`svg.page > .${name}`);
  if (!frame) return;
  const place = cell?.places.find((p) => p.page === state.page);
  frame.classList.toggle("shown", Boolean(place));
  if (!place) return;
  const [x0, y0, x1, y1] = place.box;
  fill(frame, { x: x0, y: y0, width: Math.max(x1 - x0, 1), height: Math.max(y1 - y0, 1) }, []);
}

// keepCell marks a cell on both sides until another one is chosen.
function keepCell(anchor, { scroll = false } = {}) {
  const cell = cellByAnchor(anchor);
  state.cell = cell ? anchor : "";
  const before = document.querySelector("#grid .kept");
  before?.classList.remove("kept");
  before?.removeAttribute("aria-current");
  showCellCard(cell); // before the scrolling, for it takes room from the grid
  const target = cell && document.querySelector(`#grid [data-cell="${anchor}"]`);
  if (target) {
    target.classList.add("kept");
    target.setAttribute("aria-current", "true");
    for (const other of document.querySelectorAll('#grid [tabindex="0"]')) other.tabIndex = -1;
    target.tabIndex = 0;
    if (scroll) scrollInto(byId("grid"), target);
  }
  placeFrame("selected", cell);
  if (cell && scroll) {
    const frame = byId("sheet")?.querySelector("svg.page > .selected.shown");
    if (frame) scrollInto(byId("sheet"), frame);
  }
}

// scrollInto brings an element to the middle of its pane, without moving the page.
function scrollInto(pane, target) {
  const outer = pane.getBoundingClientRect();
  const inner = target.getBoundingClientRect();
  if (inner.top < outer.top + 40 || inner.bottom > outer.bottom) pane.scrollTop += inner.top - outer.top - outer.height / 2;
  if (inner.left < outer.left || inner.right > outer.right) pane.scrollLeft += inner.left - outer.left - outer.width / 2;
}

// showCellCard says all that is known of a cell.
function showCellCard(cell) {
  const card = byId("cell-card");
  if (!card) return;
  if (!cell) {
    card.replaceChildren(el("p", { class: "quiet" }, say("pickCell")));
    return;
  }
  const { line } = cell;
  const unit = line?.unit || cell.unit || "";
  const facts = [
    ["printed", cell.text ? `${cell.text}${unit && cell.state === "number" ? ` ${unit}` : ""}` : sayWord("state", cell.state)],
    ["amount", line?.amount ? grouped(line.amount) : ""], ["header", cell.path.join(" › ")], ["rowLabel", line ? [line.code, line.name].filter(Boolean).join(" ") : cell.label.join(" › ")],
    ["role", sayWord("role", cell.role)], ["flags", cell.flags.map((flag) => sayWord("flag", flag)).join("; ")],
    ["place", cell.places.map((p) => `${say("onPages", p.page)} [${p.box.join(", ")}]`).join("; ")],
  ];
  card.replaceChildren(
    el("div", { class: "cell-head" }, el("strong", {}, say("cell", cell.anchor)), line?.number ? el("span", { class: "quiet" }, say("line", line.number)) : null,
      el("span", { class: "space" }), button(say("copyCitation"), () => copyCitation(cell)), button(say("copyLink"), () => tellCopied(copy(location.href.split("#")[0] + `#${cell.anchor}`)))),
    el("dl", {}, facts.filter(([, value]) => value).map(([key, value]) => el("div", {}, el("dt", {}, say(key)), el("dd", {}, value)))),
    ...(findingsAt.get(cell.anchor) ?? []).slice(0, 3).map((finding) => el("p", { class: `remark ${toneOf(finding)}` }, mark(toneOf(finding)), `${finding.rule_id} ${messageOf(finding)}`)));
}

// citation names a place so that anyone finds it again.
function citation(cell) {
  const [place] = cell.places;
  const { document_id: id, agency_name: agency, fiscal_year: year, file } = overview.document;
  return `${[agency, year || ""].filter(Boolean).join(" ")}, ${cell.table.title || say("table.n", cell.table.ordinal)}, ${[...cell.label, ...cell.path].join(" / ")}: ${cell.text}${cell.line?.unit ? ` ${cell.line.unit}` : ""}. ` +
    `${file}, sha256 ${id}, p. ${place.page}, bbox [${place.box.join(", ")}], #${cell.anchor}`;
}

function copyCitation(cell) {
  tellCopied(copy(citation(cell)));
}

async function tellCopied(copying) {
  announce(say((await copying) ? "copied" : "notCopied"));
}

// The ways to go somewhere; each leaves its address in the bar of the browser.

function openPage(number) {
  if (!pageByNumber.has(number)) return;
  state.page = number;
  const here = tablesOn(number);
  if (here.length && !here.some((table) => table.ordinal === state.table)) state.table = here[0].ordinal;
  if (state.view === "evidence" && byId("sheet")) {
    showSheet();
    showGrid();
    keepCell(state.cell);
  } else showView("evidence");
  setAddress(`p${number}`);
}

function turnPage(step) {
  const at = overview.pages.findIndex((page) => page.number === state.page);
  const next = overview.pages[at + step];
  if (next) openPage(next.number);
}

function openTable(ordinal) {
  const table = overview.tables.find((t) => t.ordinal === ordinal);
  if (!table) return;
  state.table = ordinal;
  state.page = table.segments[0]?.page ?? state.page;
  state.cell = "";
  if (state.view === "evidence" && byId("sheet")) {
    showSheet();
    showGrid();
    keepCell("");
  } else showView("evidence");
  setAddress(anchorOf(table));
}

// openCell shows a cell on both sides. What the reader clicked on stays in place.
function openCell(anchor, { from = "" } = {}) {
  const cell = cellByAnchor(anchor);
  if (!cell) return;
  const [place] = cell.places;
  const elsewhere = !cell.places.some((p) => p.page === state.page);
  const otherTable = cell.table.ordinal !== state.table;
  state.cell = anchor;
  state.table = cell.table.ordinal;
  if (elsewhere) state.page = place.page;
  setAddress(anchor);
  if (state.view !== "evidence" || !byId("sheet")) {
    showView("evidence");
    return;
  }
  if (elsewhere) showSheet();
  if (otherTable || (elsewhere && !state.allRows) || !document.querySelector(`#grid [data-cell="${anchor}"]`)) showGrid();
  keepCell(anchor, { scroll: true });
  if (from === "") byId("grid").querySelector(".kept")?.focus({ preventScroll: true });
}
