// The data of the report. The overview is read at once; pages and tables when
// they are first shown.

const overview = readData("overview");

const roleNames = ["title", "header", "colno", "stub", "data", "total", "note"];
const stateNames = ["number", "blank", "dash", "text", "unparsed"];

// pageOf is the drawing of a page, or null.
const pageOf = remember((number) => readData(`page${number}`));

// gridOf is the cells and lines of a table, by its ordinal.
const gridOf = remember((ordinal) => {
  const data = readData(`table${ordinal}`);
  const table = overview.tables.find((t) => t.ordinal === ordinal);
  const grid = { table, cells: data.cells.map((row) => cellOf(table, data, row)), lines: [], trees: data.trees, rows: [], at: new Map() };
  for (const cell of grid.cells) {
    (grid.rows[cell.row] ??= []).push(cell);
    grid.at.set(cell.anchor, cell);
  }
  for (const line of data.lines) {
    const read = lineOf(grid, data, line);
    read.cell.line = read;
    grid.lines.push(read);
  }
  return grid;
});

function cellOf(table, data, row) {
  const [at, column, rowSpan, columnSpan, role, page, x0, y0, x1, y1, text, state, path, label, extra] = row;
  return {
    table, row: at, column, rowSpan, columnSpan, role: roleNames[role] ?? "", page, box: [x0, y0, x1, y1], text, state: stateNames[state] ?? "",
    path: data.paths[path] ?? [], label: data.labels[label] ?? [], norm: extra?.norm ?? text, value: extra?.value, flags: extra?.flags ?? [], unit: extra?.unit,
    places: [{ page, box: [x0, y0, x1, y1] }, ...(extra?.places ?? [])], anchor: `${anchorOf(table)}r${at}c${column}`,
  };
}

function lineOf(grid, data, [cell, number, name, path, amount, raw, unit, flags]) {
  const at = grid.cells[cell];
  return { cell: at, number, ...data.names[name], path, amount, raw: raw || at.text, unit: data.units[unit], isTotal: (flags & 1) > 0, isMemo: (flags & 2) > 0, isLeaf: (flags & 4) > 0 };
}

// anchorOf is how deep links and ids name a table: t03.
function anchorOf(table) {
  return table.id.slice(table.id.indexOf("#") + 1);
}

const tableByAnchor = new Map(overview.tables.map((table) => [anchorOf(table), table]));
const pageByNumber = new Map(overview.pages.map((page) => [page.number, page]));
const sectionByAnchor = new Map(overview.sections.map((section) => [section.anchor, section]));

// cellByAnchor finds t03r7c4.
function cellByAnchor(anchor) {
  const table = tableByAnchor.get(anchor?.match(/^t\d+/)?.[0]);
  return table ? gridOf(table.ordinal).at.get(anchor) : undefined;
}

// tablesOn are the tables that have a part on a page.
function tablesOn(page) {
  return overview.tables.filter((table) => table.segments.some((segment) => segment.page === page));
}

// cellsOn are the cells on a page with their box there.
const cellsOn = remember((page) => {
  const found = [];
  for (const table of tablesOn(page)) {
    for (const cell of gridOf(table.ordinal).cells) {
      for (const place of cell.places) if (place.page === page) found.push({ cell, box: place.box });
    }
  }
  return found;
});

const severityOrder = { error: 0, warn: 1, info: 2 };

// The findings in the order a reader goes through them: the grave ones first.
const findings = overview.findings.map((finding, order) => ({ ...finding, order }))
  .sort((a, b) => severityOrder[a.severity] - severityOrder[b.severity] || a.order - b.order);

// findingsAt are the findings about each cell.
const findingsAt = new Map();
for (const finding of findings) {
  const cells = new Set([...finding.cells, finding.suspect, ...(finding.operands ?? []).map((o) => o.cell)].filter(Boolean));
  for (const cell of cells) findingsAt.set(cell, [...(findingsAt.get(cell) ?? []), finding]);
}

// toneOf is the mark and colour of a finding.
function toneOf(finding) {
  return finding.outcome === "fail" ? "fail" : finding.outcome === "rounding" ? "rounding" : finding.severity === "error" ? "error" : finding.severity === "warn" ? "warn" : "info";
}

function messageOf(finding) {
  return chosen.language === "zh" && finding.message_zh ? finding.message_zh : finding.message_en || finding.message_zh;
}

// ruleText is the title or the explanation of a rule.
function ruleText(rule, part) {
  return rule ? (chosen.language === "zh" && rule[`${part}_zh`]) || rule[`${part}_en`] : "";
}

// pagesOf are the pages a finding is about.
function pagesOf(finding) {
  const pages = [...finding.pages];
  for (const operand of finding.operands ?? []) if (operand.page) pages.push(operand.page);
  return pages;
}

// findingsOn counts the findings of each page.
const findingsOn = new Map();
for (const finding of findings) {
  for (const page of new Set(pagesOf(finding))) findingsOn.set(page, [...(findingsOn.get(page) ?? []), finding]);
}
