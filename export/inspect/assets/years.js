// One agency over the years: its expenditure by function.

const yearState = { group: "" };

// groupsOf are the agencies, each with one kind of document, that have several
// years; their names are in the language.
const groupsOf = remember(() => {
  const found = new Map();
  for (const d of documents) {
    if (!d.year || d.total === null || !d.agency || !d.cover) continue;
    const key = `${d.agency}|${d.kind}`;
    if (!found.has(key)) found.set(key, new Map());
    if (!found.get(key).has(d.year)) found.get(key).set(d.year, d);
  }
  const ranks = ranksOf("agency");
  const several = [...found.values()].filter((years) => years.size > 1).map((years) => ({ years, first: years.values().next().value }));
  several.sort((a, b) => ranks.get(a.first.agency) - ranks.get(b.first.agency) || a.first.order - b.first.order);
  return new Map(several.map(({ years, first }) => [`${first.agency} · ${sayWord("kind", first.kind)}`, years]));
});

function yearsView() {
  const panel = el("section", { class: "panel" }, el("h2", {}, say("years")));
  const groups = groupsOf(chosen.language);
  const view = el("section", { class: "scroll" }, panel);
  if (!groups.size) {
    panel.append(el("p", { class: "quiet" }, say("noYears")));
    return view;
  }
  if (!groups.has(yearState.group)) yearState.group = groups.keys().next().value;
  const place = el("div", {});
  const redraw = () => place.replaceChildren(...yearsContent(groups.get(yearState.group)));
  const names = el("datalist", { id: "groups" }, [...groups.keys()].slice(0, 2000).map((key) => el("option", { value: key })));
  panel.append(el("p", { class: "quiet" }, say("yearsHelp")), el("div", { class: "toolbar" }, el("label", {}, `${say("chooseAgency")} `,
    fill(el("input", { type: "search", id: "choose-group", list: "groups" }), { value: yearState.group, onchange: (event) => { if (groups.has(event.target.value)) { yearState.group = event.target.value; redraw(); } } }, [])), names), place);
  redraw();
  return view;
}

// yearsContent draws the years side by side, and lists what changed.
function yearsContent(years) {
  const list = [...years.values()].sort((a, b) => a.year - b.year);
  const classes = new Map(); // by code: amount of each year
  list.forEach((document, i) => {
    for (let k = 0; k < document.classes.length; k += 2) {
      const code = index.words[document.classes[k]];
      const amounts = classes.get(code) ?? Array(list.length).fill(0);
      amounts[i] = document.classes[k + 1];
      classes.set(code, amounts);
    }
  });
  const ordered = [...classes].sort(([, a], [, b]) => Math.max(...b) - Math.max(...a));
  const last = list.length - 1;
  const changeOf = (before, now) => (before > 0 ? `${now >= before ? "+" : "−"}${Math.abs((now / before - 1) * 100).toFixed(1)} %` : "—");
  return [
    yearsChart(list, ordered),
    el("table", { class: "plain" }, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, say("functions")), list.map((d) => el("th", { scope: "col", class: "right" }, d.report ? el("a", { href: reportOf(d) }, String(d.year)) : String(d.year))), el("th", { scope: "col", class: "right" }, say("change")))),
      el("tbody", {}, [["", list.map((d) => Number(d.total))], ...ordered].map(([code, amounts]) => el("tr", {}, el("th", { scope: "row" }, code ? `${code} ${index.classes[code] ?? ""}` : el("b", {}, say("department"))),
        amounts.map((amount) => el("td", { class: "right" }, amount ? grouped(Number(amount).toFixed(2)) : "")), el("td", { class: "right" }, changeOf(amounts[last - 1], amounts[last])))))),
  ];
}

// yearsChart stacks the functions of each year and joins them from year to year.
function yearsChart(list, ordered) {
  const width = Math.max(620, list.length * 190);
  const height = 320;
  const most = Math.max(1, ...list.map((d) => Number(d.total)));
  const step = width / list.length;
  const thick = Math.min(84, step * 0.42);
  const chart = draw("svg", { class: "sankey years", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": list.map((d) => `${d.year}: ${shortYuan(d.total)}`).join(", ") });
  const floors = list.map(() => height - 24);
  const bands = draw("g", { class: "bands" });
  const blocks = draw("g");
  ordered.forEach(([code, amounts], k) => {
    let before = null;
    amounts.forEach((amount, i) => {
      const h = (Number(amount) / most) * (height - 66);
      const x = i * step + (step - thick) / 2;
      floors[i] -= h;
      const y = floors[i];
      if (before && (h > 0 || before.h > 0)) bands.append(draw("path", { class: `band tone${k % 6}`, d: `M${before.x + thick} ${before.y}L${x} ${y}V${y + h}L${before.x + thick} ${before.y + before.h}Z` }));
      if (h > 0) blocks.append(draw("rect", { class: `node tone${k % 6}`, x, y, width: thick, height: h }, titleOf(`${code} ${index.classes[code] ?? ""} ${list[i].year}: ${shortYuan(amount)}`)));
      if (h > 13 && i === 0) blocks.append(drawText(x - 6, y + h / 2 + 4, index.classes[code] ?? code, "node-name end"));
      before = { x, y, h };
    });
  });
  chart.append(bands, blocks);
  list.forEach((d, i) => chart.append(drawText(i * step + step / 2, height - 6, String(d.year), "axis"), drawText(i * step + step / 2, floors[i] - 8, shortYuan(d.total), "count")));
  return el("div", { class: "sankey-scroll", tabindex: 0, role: "region", "aria-label": say("years") }, chart);
}
