// What the reader may take along: rows, the whole document, findings, a citation.

const lineColumns = ["file", "document_id", "statement", "fiscal_year", "agency_code", "agency_name", "code", "name", "column_path", "amount_cny", "amount_raw", "unit_raw", "value_state", "page", "line_no"];

// lineRows are the printed amounts, as the lines command prints them.
function lineRows() {
  const { file, document_id: id, fiscal_year: year } = overview.document;
  const rows = [];
  for (const table of overview.tables) {
    for (const line of gridOf(table.ordinal).lines) {
      if (line.cell.state !== "number" && line.cell.state !== "unparsed") continue;
      rows.push([file, id, table.statement, year || "", line.agency_code, line.agency_name, line.code, line.name, line.path, line.amount, line.raw, line.unit, line.cell.state, line.cell.page || "", line.number]);
    }
  }
  return rows;
}

// wholeDocument is everything of the report under the names of the datasets.
function wholeDocument() {
  const asObject = (row) => Object.fromEntries(lineColumns.map((name, i) => [name, row[i]]));
  return {
    document: overview.document, extractor_version: overview.version,
    tables: overview.tables.map((table) => ({
      ...table,
      cells: gridOf(table.ordinal).cells.map((cell) => ({ cell: cell.anchor, row: cell.row, col: cell.column, row_span: cell.rowSpan, col_span: cell.columnSpan, role: cell.role, text_raw: cell.text, text_norm: cell.norm, value_state: cell.state, header_path: cell.path, row_label_path: cell.label, flags: cell.flags, places: cell.places })),
    })),
    budget_lines: lineRows().map(asObject), findings: overview.findings, rule_outcomes: overview.outcomes, sections: overview.sections,
  };
}

const findingColumns = ["finding_id", "rule_id", "severity", "outcome", "origin", "message_en", "message_zh", "formula", "expected_value", "observed_value", "difference", "tolerance", "unit", "suspect", "confidence"];

function dataView() {
  const d = overview.document;
  const name = d.document_id.slice(0, 16);
  const cell = cellByAnchor(state.cell);
  const facts = [["agency", d.agency_name], ["code", d.agency_code], ["year", d.fiscal_year || ""], ["kind", sayWord("kind", d.doc_kind)], ["division", [d.admin_division_name, d.admin_division].filter(Boolean).join(" ")], ["status", sayWord("status", d.status)], ["file", d.file], ["sha256", d.document_id],
    ["producer", [d.pdf_producer, d.pdf_creator].filter(Boolean).join(" · ")], ["data", `${say("pages", d.page_count)} · ${say("bytes", grouped(d.bytes))}`], ["textConfidence", `${Math.round(d.text_confidence * 100)} %`], ["tablesExpected", d.tables_expected || ""]];
  return el("section", { class: "data scroll" },
    el("section", { class: "panel" }, el("h2", {}, say("downloads")), el("div", { class: "downloads" },
      button(say("linesCSV"), () => save(`${name}.lines.csv`, "text/csv", csvText([lineColumns, ...lineRows()])), { id: "save-lines" }),
      button(say("documentJSON"), () => save(`${name}.json`, "application/json", JSON.stringify(wholeDocument(), null, 1)), { id: "save-json" }),
      button(say("findingsCSV"), () => save(`${name}.findings.csv`, "text/csv", csvText([findingColumns, ...overview.findings.map((f) => findingColumns.map((c) => f[c]))])), { id: "save-findings" }),
      button(say("findingsJSON"), () => save(`${name}.findings.json`, "application/json", JSON.stringify(overview.findings, null, 1))),
      button(say("printPage"), () => print()))),
    el("section", { class: "panel" }, el("h2", {}, say("citation")), el("p", { class: "citation", tabindex: 0 }, cell ? citation(cell) : `${[d.agency_name, d.fiscal_year || ""].filter(Boolean).join(" ")}. ${d.file}, sha256 ${d.document_id}`),
      button(say("copyCitation"), () => tellCopied(copy(document.querySelector(".citation").textContent)))),
    el("section", { class: "panel" }, el("h2", {}, say("aboutFile")), el("dl", { class: "wide" }, facts.filter(([, value]) => value).map(([key, value]) => el("div", {}, el("dt", {}, say(key)), el("dd", {}, String(value)))), el("div", {}, el("dt", {}, "gongkai"), el("dd", {}, overview.version)))));
}
