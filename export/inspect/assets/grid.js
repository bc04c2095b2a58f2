// The grid of a table as a real table, whole or the rows of one page.

// makeGrid builds the rows from first to end (not included) under the header rows.
function makeGrid(grid, first, end, normalised) {
  const { table } = grid;
  const heads = table.header_rows;
  const view = el("table", { class: "grid", "aria-label": table.title || say("table.n", table.ordinal), "data-table": table.ordinal });
  if (heads > 0) view.append(el("thead", {}, makeRows(grid, 0, Math.min(heads, table.rows), "th", normalised)));
  view.append(el("tbody", {}, makeRows(grid, Math.max(first, heads), end, "td", normalised)));
  return view;
}

// makeRows builds the rows of a window. A span that begins above the window is
// shown from its first row in it.
function makeRows(grid, first, end, element, normalised) {
  const made = [];
  const above = [];
  for (let row = first - 1; row >= 0 && first - row <= 400; row--) {
    for (const cell of grid.rows[row] ?? []) if (cell.row + cell.rowSpan > first) above.push(cell);
  }
  for (let row = first; row < end; row++) {
    const cells = row === first ? [...above, ...(grid.rows[row] ?? [])].sort((a, b) => a.column - b.column) : grid.rows[row] ?? [];
    made.push(el("tr", {}, cells.map((cell) => makeCell(cell, element, Math.min(cell.row + cell.rowSpan, end) - row, normalised))));
  }
  return made;
}

function makeCell(cell, element, rowSpan, normalised) {
  const about = findingsAt.get(cell.anchor);
  const tone = about ? ` about ${toneOf(about[0])}` : "";
  const isNumber = cell.state === "number" || cell.state === "dash";
  const isLabel = element === "td" && cell.role === "stub";
  return el(isLabel ? "th" : element, {
    class: `${cell.role} ${cell.state}${isNumber ? "" : roomFor(cell.text)}${isNumber && element === "td" ? " right" : ""}${isFlagged(cell) ? " flagged" : ""}${tone}`,
    rowspan: rowSpan > 1 ? rowSpan : undefined, colspan: cell.columnSpan > 1 ? cell.columnSpan : undefined,
    scope: element === "th" ? "col" : isLabel ? "row" : undefined, "data-cell": cell.anchor, tabindex: -1,
  }, normalised ? normalisedText(cell) : cell.text, about ? el("span", { class: "offscreen" }, ` (${about.map(messageOf).join("; ")})`) : null);
}

// roomFor keeps words from being set one letter a line, as browsers do with
// Chinese in a wide table.
function roomFor(text) {
  return text.length > 8 ? " many" : text.length > 2 ? " some" : "";
}

// normalisedText is an amount in yuan, or the text as the program compares it.
function normalisedText(cell) {
  if (cell.line?.amount) return grouped(cell.line.amount);
  return cell.norm;
}

// moveInGrid goes to the neighbour of a cell with an arrow key.
function moveInGrid(view, from, key) {
  const rows = [...view.rows];
  const row = from.parentElement.rowIndex;
  const order = [...from.parentElement.cells];
  const place = order.indexOf(from);
  const middle = (cell) => cell.offsetLeft + cell.offsetWidth / 2;
  const nearest = (cells) => cells.reduce((best, cell) => (!best || Math.abs(middle(cell) - middle(from)) < Math.abs(middle(best) - middle(from)) ? cell : best), null);
  switch (key) {
    case "ArrowLeft": return order[place - 1];
    case "ArrowRight": return order[place + 1];
    case "ArrowUp": return rows[row - 1] && nearest([...rows[row - 1].cells]);
    case "ArrowDown": return rows[row + (from.rowSpan || 1)] && nearest([...rows[row + (from.rowSpan || 1)].cells]);
    default: return null;
  }
}
