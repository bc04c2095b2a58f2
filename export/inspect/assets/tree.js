// The sum tree: 类 › 款 › 项, each printed amount beside the sum of its parts.

const treeState = { table: 0, tree: 0, column: 0, folded: new Set(), differences: false };

function treeView() {
  const deep = overview.tables.filter((table) => gridOf(table.ordinal).trees.length > 0);
  const view = el("section", { class: "tree scroll" });
  const panel = el("section", { class: "panel" }, el("h2", {}, say("tree")));
  view.append(panel);
  if (!deep.length) {
    panel.append(el("p", { class: "quiet" }, say("noTrees")));
    return view;
  }
  if (!deep.some((table) => table.ordinal === treeState.table)) treeState.table = (deep.find((t) => t.ordinal === state.table) ?? deep[0]).ordinal;
  const place = el("div", {});
  const redraw = () => place.replaceChildren(...treeContent(redraw));
  panel.append(el("p", { class: "quiet" }, say("treeHelp")),
    el("div", { class: "toolbar" }, el("select", {
      id: "tree-table", "aria-label": say("tableList"),
      onchange: (event) => { Object.assign(treeState, { table: Number(event.target.value), tree: 0, column: 0 }); treeState.folded.clear(); redraw(); },
    }, deep.map((table) => el("option", { value: table.ordinal, selected: table.ordinal === treeState.table }, `${table.ordinal}. ${table.title || table.name}`)))), place);
  redraw();
  return view;
}

function treeContent(redraw) {
  const { trees, table } = gridOf(treeState.table);
  const tree = trees[treeState.tree] ?? trees[0];
  const column = Math.min(treeState.column, tree.columns.length - 1);
  const path = tree.columns[column];
  const largest = Math.max(1e-9, ...tree.nodes.map((node) => Math.abs(numberOf(node.values[column].printed))));
  const hidden = hiddenNodes(tree);
  const hasParts = new Set(tree.nodes.map((node) => node.parent));
  return [
    el("div", { class: "toolbar" },
      trees.length > 1 ? el("select", { "aria-label": say("side"), onchange: (event) => { treeState.tree = Number(event.target.value); treeState.column = 0; redraw(); } },
        trees.map((t, i) => el("option", { value: i, selected: t === tree }, sayWord("side", t.side)))) : null,
      el("select", { id: "tree-column", "aria-label": say("column"), onchange: (event) => { treeState.column = Number(event.target.value); redraw(); } },
        tree.columns.map((c, i) => el("option", { value: i, selected: i === column }, c.path || `${say("column")} ${c.column}`))),
      el("label", {}, fill(el("input", { type: "checkbox" }), { checked: treeState.differences, onchange: (event) => { treeState.differences = event.target.checked; redraw(); } }, []), " ", say("onlyDifferences"))),
    el("table", { class: "sums" },
      el("thead", {}, el("tr", {}, ["name", "printed", "sum", "difference", "share"].map((key) => el("th", { scope: "col" }, say(key))))),
      el("tbody", {}, tree.nodes.map((node, i) => (hidden.has(i) || (treeState.differences && !node.values[column].difference) ? null : treeRow(tree, node, i, path, column, largest, hasParts.has(i), table, redraw))))),
  ];
}

// numberOf reads a printed amount for the length of a bar.
function numberOf(printed) {
  return Number(String(printed).replace(/[^\d.\-]/g, "")) || 0;
}

// hiddenNodes are those under a folded one.
function hiddenNodes(tree) {
  const hidden = new Set();
  tree.nodes.forEach((node, i) => {
    if (node.parent >= 0 && (hidden.has(node.parent) || treeState.folded.has(foldKey(node.parent)))) hidden.add(i);
  });
  return hidden;
}

function foldKey(i) {
  return `${treeState.table}/${treeState.tree}/${i}`;
}

function depthOf(tree, node) {
  let depth = 0;
  for (let at = node; at.parent >= 0; at = tree.nodes[at.parent]) depth++;
  return depth;
}

function treeRow(tree, node, i, path, column, largest, hasParts, table, redraw) {
  const value = node.values[column];
  const folded = treeState.folded.has(foldKey(i));
  const name = `${node.code ? `${node.code} ` : ""}${node.name}` || "—";
  const bar = el("span", { class: "bar" });
  bar.style.setProperty("--part", String(Math.abs(numberOf(value.printed)) / largest));
  const label = el("th", { scope: "row", class: node.total ? "total" : node.memo ? "memo" : "" },
    hasParts ? button(folded ? "▸" : "▾", () => { if (folded) treeState.folded.delete(foldKey(i)); else treeState.folded.add(foldKey(i)); redraw(); }, { class: "fold", "aria-expanded": String(!folded), "aria-label": `${say(folded ? "unfold" : "fold")} ${name}` }) : el("span", { class: "fold" }),
    el("a", { href: `#${anchorOf(table)}r${node.row}c${path.column}` }, name));
  label.style.setProperty("--depth", String(depthOf(tree, node)));
  return el("tr", { class: value.agrees ?? "" }, label, el("td", { class: "right" }, value.printed), el("td", { class: "right" }, value.sum ? grouped(value.sum) : ""),
    el("td", {}, value.agrees ? el("span", { class: `chip ${value.agrees}` }, mark(value.agrees), value.difference ? grouped(value.difference) : sayWord("outcome", value.agrees)) : ""), el("td", { class: "bar-cell" }, bar));
}
