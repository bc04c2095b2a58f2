// A page, redrawn from the runs of text and the rulings that were read of it.

// The overlays of a page, and which of them show from the start.
const layers = [
  ["letters", true], ["rulings", true], ["cells", false], ["spans", false], ["headers", true], ["stub", false], ["totals", true], ["memo", false],
  ["joins", true], ["dropped", true], ["flags", true], ["findings", true],
];
if (overview.raster) layers.unshift(["raster", true]);

const shownLayers = new Set(layers.filter(([, shown]) => shown).map(([name]) => name));

// Kinds of a run of text.
const droppedRun = 1;
const unmappedRun = 2;

// drawPage is the page as SVG with all overlays; classes of the SVG hide those
// that are not wanted.
function drawPage(number) {
  const summary = pageByNumber.get(number);
  const drawing = pageOf(number);
  const page = draw("svg", { class: "page", viewBox: `0 0 ${summary.width} ${summary.height}`, role: "group", "aria-label": say("redrawn", number) },
    draw("rect", { class: "paper", width: summary.width, height: summary.height }));
  if (drawing) page.append(...drawContent(drawing, summary), ...drawOverlays(number));
  page.append(draw("rect", { class: "hovered" }), draw("rect", { class: "selected" }));
  applyLayers(page);
  return page;
}

function applyLayers(page) {
  for (const [name] of layers) page.classList.toggle(`no-${name}`, !shownLayers.has(name));
  page.classList.toggle("over-raster", overview.raster === true && shownLayers.has("raster"));
}

function drawContent(drawing, summary) {
  const parts = [draw("g", { class: "images" }, (drawing.images ?? []).map((box) => drawBox(box, { class: "image" })))];
  if (drawing.picture) parts.push(draw("image", { class: "raster", href: drawing.picture, width: summary.width, height: summary.height, preserveAspectRatio: "none" }));
  parts.push(
    draw("g", { class: "rulings" }, drawing.rulings.map(([x1, y1, x2, y2, thickness]) => draw("line", { x1, y1, x2, y2, "stroke-width": Math.min(Math.max(thickness, 0.3), 3) }))),
    draw("g", { class: "letters" }, drawing.runs.filter((run) => run[5] !== droppedRun).map((run) => drawRun(drawing, run))),
    draw("g", { class: "dropped" }, drawing.runs.filter((run) => run[5] === droppedRun).map((run) => [drawRun(drawing, run), drawBox(boxOfRun(run), {})]), (drawing.clips ?? []).map((box) => drawBox(box, { class: "clip" }))));
  return parts;
}

// drawRun sets each letter where it was read, whatever font the browser has.
function drawRun(drawing, [x, y, size, face, turn, kind, text, spacing]) {
  const places = placesOf(text, spacing).map((offset) => (x + offset).toFixed(1));
  const run = draw("text", {
    x: places.join(" "), y, "font-size": size, class: [drawing.faces[face], isWide(size, spacing) && "wide", kind === unmappedRun && "unmapped"].filter(Boolean).join(" "),
    transform: turn ? `rotate(${turn * 90} ${x} ${y})` : undefined,
  });
  run.textContent = text;
  return run;
}

// isWide tells a run whose letters are as wide as high: its quotes and brackets are
// those of a Chinese font.
function isWide(size, spacing) {
  return !Array.isArray(spacing) && spacing > 0.8 * size;
}

// placesOf are the offsets of the letters of a run: a common advance, or the
// steps between them in tenths of points.
function placesOf(text, spacing) {
  if (!Array.isArray(spacing)) return Array.from({ length: text.length }, (_, i) => i * spacing);
  let at = 0;
  return [0, ...spacing.map((step) => (at += step) / 10)];
}

function boxOfRun([x, y, size, , turn, , text, spacing]) {
  const places = placesOf(text, spacing);
  const length = places[places.length - 1] + (Array.isArray(spacing) ? size / 2 : spacing);
  switch (turn) {
    case 1: return [x - size * 0.14, y, x + size * 0.86, y + length];
    case 2: return [x - length, y - size * 0.14, x, y + size * 0.86];
    case 3: return [x - size * 0.86, y - length, x + size * 0.14, y];
    default: return [x, y - size * 0.86, x + length, y + size * 0.14];
  }
}

function drawBox([x0, y0, x1, y1], attributes) {
  return draw("rect", { x: x0, y: y0, width: Math.max(x1 - x0, 0).toFixed(1), height: Math.max(y1 - y0, 0).toFixed(1), ...attributes });
}

function drawOverlays(number) {
  const cells = cellsOn(number);
  const ofRole = (...roles) => cells.filter(({ cell }) => roles.includes(cell.role)).map(({ box }) => drawBox(box, {}));
  const seams = [];
  for (const table of tablesOn(number)) {
    table.segments.forEach((segment, i) => {
      const [x0, y0, x1, y1] = segment.box;
      if (segment.page !== number) return;
      if (i > 0) seams.push(draw("line", { x1: x0, x2: x1, y1: y0, y2: y0 }), seamMark(x0, y0 - 3, `↥ ${anchorOf(table)}`));
      if (i < table.segments.length - 1) seams.push(draw("line", { x1: x0, x2: x1, y1: y1, y2: y1 }), seamMark(x0, y1 + 9, `↧ ${anchorOf(table)}`));
    });
  }
  return [
    draw("g", { class: "headers" }, ofRole("title", "header", "colno")),
    draw("g", { class: "stub" }, ofRole("stub")),
    draw("g", { class: "totals" }, ofRole("total")),
    draw("g", { class: "memo" }, cells.filter(({ cell }) => cell.line?.isMemo).map(({ box }) => drawBox(box, {}))),
    draw("g", { class: "cells" }, cells.map(({ box }) => drawBox(box, {}))),
    draw("g", { class: "spans" }, cells.filter(({ cell }) => cell.rowSpan > 1 || cell.columnSpan > 1).map(({ box }) => drawBox(box, {}))),
    draw("g", { class: "flags" }, cells.filter(({ cell }) => isFlagged(cell)).map(({ box }) => drawFlag(box))),
    draw("g", { class: "joins" }, seams),
    draw("g", { class: "findings" }, drawFindings(number, cells)),
  ];
}

function seamMark(x, y, text) {
  const label = draw("text", { x, y, class: "seam" });
  label.textContent = text;
  return label;
}

// isFlagged tells a cell whose text went through something worth a look. Lines
// that were joined are too common for that.
function isFlagged(cell) {
  return cell.state === "unparsed" || cell.flags.some((flag) => flag !== "wrapped_joined");
}

// drawFlag folds the upper right corner of a cell.
function drawFlag([, y0, x1]) {
  return draw("path", { d: `M${x1 - 5} ${y0}H${x1}V${y0 + 5}Z` });
}

// drawFindings frames what findings speak of: cells, and amounts in the text.
function drawFindings(number, cells) {
  const frames = [];
  for (const { cell, box } of cells) {
    const about = findingsAt.get(cell.anchor);
    if (about) frames.push(drawBox(box, { class: toneOf(about[0]) }));
  }
  const sections = new Map(); // by box: several amounts stand in one section
  for (const finding of findingsOn.get(number) ?? []) {
    for (const operand of finding.operands ?? []) {
      if (operand.fact && operand.page === number && !sections.has(String(operand.box))) sections.set(String(operand.box), drawBox(operand.box, { class: toneOf(finding) }));
    }
  }
  return [...frames, ...sections.values()];
}

// drawThumbnail is a page in small: its lines of text as strokes, its tables as
// panes. The strokes come when the thumbnail is first seen.
function drawThumbnail(summary) {
  const small = draw("svg", { class: "thumbnail", viewBox: `0 0 ${summary.width} ${summary.height}`, "aria-hidden": "true" },
    draw("rect", { class: "paper", width: summary.width, height: summary.height }));
  for (const table of tablesOn(summary.number)) {
    for (const segment of table.segments) if (segment.page === summary.number) small.append(drawBox(segment.box, { class: "pane" }));
  }
  return small;
}

function drawStrokes(small, number) {
  const drawing = pageOf(number);
  if (!drawing || small.querySelector("path")) return;
  let path = "";
  for (const run of drawing.runs) {
    if (run[5] === droppedRun || run[4]) continue;
    const [x0, y0, x1, y1] = boxOfRun(run);
    path += `M${x0.toFixed(0)} ${((y0 + y1) / 2).toFixed(0)}H${x1.toFixed(0)}`;
  }
  small.append(draw("path", { d: path }));
}

// drawCrop is the neighbourhood of a box, cut out of its page.
function drawCrop(number, [x0, y0, x1, y1]) {
  const summary = pageByNumber.get(number);
  const drawing = pageOf(number);
  if (!summary || !drawing || x1 <= x0) return null;
  const aside = Math.max(60, (x1 - x0) * 0.6);
  const window = [Math.max(0, x0 - aside), Math.max(0, y0 - 14), Math.min(summary.width, x1 + aside), Math.min(summary.height, y1 + 14)];
  const width = window[2] - window[0];
  const height = window[3] - window[1];
  const touches = ([a0, b0, a1, b1]) => a1 >= window[0] && a0 <= window[2] && b1 >= window[1] && b0 <= window[3];
  const crop = draw("svg", { class: "crop", viewBox: `${window[0]} ${window[1]} ${width} ${height}`, role: "img", "aria-label": say("onPages", number) },
    draw("rect", { class: "paper", x: window[0], y: window[1], width, height }),
    draw("g", { class: "rulings" }, drawing.rulings.filter((r) => touches([r[0], r[1], r[2], r[3]])).map(([a, b, c, d, t]) => draw("line", { x1: a, y1: b, x2: c, y2: d, "stroke-width": Math.max(t, 0.3) }))),
    draw("g", { class: "letters" }, drawing.runs.filter((run) => run[5] !== droppedRun && touches(boxOfRun(run))).map((run) => drawRun(drawing, run))),
    drawBox([x0, y0, x1, y1], { class: "frame" }));
  crop.style.setProperty("--wide", String(Math.min(width / height, 9)));
  return crop;
}
