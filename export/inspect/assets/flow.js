// The money flow: income → spending → functions → basic and project → economic
// classes.

function flowView() {
  const view = el("section", { class: "flow scroll" });
  const panel = el("section", { class: "panel" }, el("h2", {}, say("flowTitle")));
  view.append(panel);
  if (!overview.flow) {
    panel.append(el("p", { class: "quiet" }, say("noFlow")));
    return view;
  }
  const { columns, links } = flowGraph(overview.flow);
  panel.append(el("p", { class: "quiet" }, say("flowNote")),
    el("div", { class: "sankey-scroll", tabindex: 0, role: "region", "aria-label": say("flowTitle") }, drawSankey(columns, links, columns.length * 230)),
    el("details", {}, el("summary", {}, say("flowTable")), flowTable(columns)));
  return view;
}

// whatIsLeft: sums that differ by less than this part are taken as equal.
const evenPart = 1e-6;

// flowGraph are the nodes and links of a flow; what the document does not tell is
// shown as such.
function flowGraph(flow) {
  const node = (id, part, tone) => ({ id, name: part.code ? `${part.code} ${part.name === part.code ? "" : part.name}`.trim() : part.name, amount: Number(part.amount), tone, anchor: part.cell });
  const rest = (id, name, amount) => ({ id, name: say(name), amount, tone: "rest" });
  const functions = flow.functions.map((part, i) => node(`f${i}`, part, `tone${i % 6}`));
  const spending = sumOf(functions);
  const sources = flow.sources.map((part, i) => node(`s${i}`, part, "source"));
  const income = sumOf(sources);
  const whole = Math.max(spending, income);
  const isMore = (amount) => amount > whole * evenPart;
  if (sources.length && isMore(spending - income)) sources.push(rest("s-rest", "otherMoney", spending - income));
  const links = sources.map((s) => ({ from: s.id, to: "all", amount: s.amount, tone: s.tone }));
  const all = { id: "all", name: overview.document.agency_name || say("department"), amount: whole, tone: "all" };
  if (sources.length && isMore(income - spending)) functions.push(rest("f-rest", "surplus", income - spending));
  for (const f of functions) links.push({ from: "all", to: f.id, amount: f.amount, tone: f.tone });

  const kinds = { basic: 0, project: 0, unsplit: 0 };
  flow.functions.forEach((part, i) => {
    const basic = Number(part.basic ?? 0);
    const project = Number(part.project ?? 0);
    const unsplit = Math.max(0, Number(part.amount) - basic - project);
    for (const [kind, amount] of Object.entries({ basic, project, unsplit: isMore(unsplit) ? unsplit : 0 })) {
      kinds[kind] += amount;
      links.push({ from: `f${i}`, to: kind, amount, tone: `tone${i % 6}` });
    }
  });
  const isSplit = kinds.basic + kinds.project > 0;
  const economic = flow.economic.map((part, i) => node(`e${i}`, part, `kind${i % 6}`));
  const told = economicLinks(flow.economic, kinds, links);
  for (const kind of Object.keys(kinds)) kinds[kind] = Math.max(kinds[kind], told[kind]);
  const kindNodes = Object.entries(kinds).filter(([, amount]) => amount > 0).map(([kind, amount]) => ({ id: kind, name: say(kind), amount, tone: kind }));
  const untold = kindNodes.filter((k) => isMore(k.amount - told[k.id]));
  if (economic.length && untold.length) {
    economic.push(rest("e-rest", "notTold", untold.reduce((sum, k) => sum + k.amount - told[k.id], 0)));
    for (const k of untold) links.push({ from: k.id, to: "e-rest", amount: k.amount - told[k.id], tone: "rest" });
  }
  const columns = [
    { title: say("sources"), nodes: sources }, { title: say("department"), nodes: [all] }, { title: say("functions"), nodes: functions },
    { title: say("kinds"), nodes: isSplit || economic.length ? kindNodes : [] }, { title: say("economic"), nodes: economic },
  ].filter((column) => column.nodes.length > 0);
  return { columns, links };
}

// economicLinks adds the bands to the economic classes, and says how much of each
// kind they tell. Classes of no kind come from basic spending, which is what is
// published by them.
function economicLinks(parts, kinds, links) {
  const told = { basic: 0, project: 0, unsplit: 0 };
  parts.forEach((part, i) => {
    const project = Number(part.project ?? 0);
    const other = Number(part.amount) - project;
    const home = kinds.basic > 0 ? "basic" : "unsplit";
    told.project += project;
    told[home] += other;
    links.push({ from: "project", to: `e${i}`, amount: project, tone: `kind${i % 6}` }, { from: home, to: `e${i}`, amount: other, tone: `kind${i % 6}` });
  });
  return told;
}

function flowTable(columns) {
  return el("table", { class: "plain" }, el("thead", {}, el("tr", {}, ["column", "name", "amount"].map((key) => el("th", { scope: "col" }, say(key))))),
    el("tbody", {}, columns.map((column) => column.nodes.map((n) => el("tr", {}, el("td", {}, column.title), el("th", { scope: "row" }, n.anchor ? el("a", { href: `#${n.anchor}` }, n.name) : n.name), el("td", { class: "right" }, grouped(n.amount.toFixed(2))))))));
}
