// A Sankey diagram: columns of nodes, and bands between them as wide as their
// amounts.

const sankeyShape = { node: 12, gap: 17, least: 1.5, label: 225, head: 26 };

// drawSankey takes columns of nodes {id, name, amount, tone, anchor} and links
// {from, to, amount}; amounts are in yuan.
function drawSankey(columns, links, width) {
  const { node: thick, gap, least, label, head } = sankeyShape;
  const most = Math.max(...columns.map((column) => column.nodes.length));
  const height = Math.max(340, most * 34) + head;
  const room = height - head - gap;
  const scale = Math.min(...columns.map((column) => (room - gap * (column.nodes.length - 1)) / Math.max(1, sumOf(column.nodes))));
  const step = (width - label - thick) / Math.max(1, columns.length - 1);
  const places = new Map();
  columns.forEach((column, i) => {
    const used = column.nodes.reduce((sum, n) => sum + Math.max(least, n.amount * scale), 0) + gap * (column.nodes.length - 1);
    let y = head + (room - used) / 2;
    for (const n of column.nodes) {
      const h = Math.max(least, n.amount * scale);
      places.set(n.id, { x: i * step, y, h, in: y, out: y, node: n });
      y += h + gap;
    }
  });
  const art = draw("svg", { class: "sankey", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": say("flowTitle") });
  const order = (a, b) => places.get(a.from).y - places.get(b.from).y || places.get(a.to).y - places.get(b.to).y;
  const bands = draw("g", { class: "bands" });
  for (const link of links.filter((l) => places.has(l.from) && places.has(l.to) && l.amount > 0).sort(order)) {
    bands.append(drawBand(places.get(link.from), places.get(link.to), Math.max(0.5, link.amount * scale), link, thick));
  }
  art.append(bands);
  columns.forEach((column, i) => art.append(drawText(i * step, 14, column.title, "column-title")));
  for (const place of places.values()) art.append(drawNode(place, thick));
  return art;
}

function sumOf(nodes) {
  return nodes.reduce((sum, node) => sum + node.amount, 0);
}

function drawBand(from, to, h, link, thick) {
  const x0 = from.x + thick;
  const x1 = to.x;
  const middle = (x0 + x1) / 2;
  const [a, b] = [from.out, to.in];
  from.out += h;
  to.in += h;
  return draw("path", { class: `band ${link.tone ?? to.node.tone ?? ""}`, d: `M${x0} ${a}C${middle} ${a} ${middle} ${b} ${x1} ${b}V${b + h}C${middle} ${b + h} ${middle} ${a + h} ${x0} ${a + h}Z` },
    titleOf(`${from.node.name} → ${to.node.name}: ${shortYuan(link.amount)}`));
}

function titleOf(text) {
  const title = draw("title");
  title.textContent = text;
  return title;
}

function drawText(x, y, text, kind) {
  const node = draw("text", { x, y, class: kind });
  node.textContent = text;
  return node;
}

function drawNode({ x, y, h, node }, thick) {
  const middle = y + h / 2;
  const name = shortened(node.name);
  const parts = [
    draw("rect", { class: `node ${node.tone ?? ""}`, x, y, width: thick, height: h }, titleOf(`${node.name}: ${shortYuan(node.amount)}`)),
    drawLabel(x + thick + 6, middle + 4, name, shortYuan(node.amount)),
  ];
  return node.anchor ? draw("a", { href: `#${node.anchor}` }, parts) : draw("g", {}, parts);
}

// longestName is how much of a name a label shows, in Latin letters; a Chinese one
// is as wide as two.
const longestName = 27;

function shortened(name) {
  let width = 0;
  for (let i = 0; i < name.length; i++) {
    width += name.charCodeAt(i) > 0x2e7f ? 2 : 1;
    if (width > longestName) return `${name.slice(0, i)}…`;
  }
  return name;
}

// drawLabel is a name with its amount behind it.
function drawLabel(x, y, name, amount) {
  const label = drawText(x, y, name, "node-name");
  const small = draw("tspan", { class: "node-amount", dx: 6 });
  small.textContent = amount;
  label.append(small);
  return label;
}
