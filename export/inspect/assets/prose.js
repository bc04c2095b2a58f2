// The text, its amounts underlined by what they agree with.

function textView() {
  const view = el("section", { class: "prose scroll", id: "prose" });
  const shown = overview.sections.filter((s) => s.form !== "contents_entry" && s.form !== "caption");
  if (!shown.length) {
    view.append(el("p", { class: "quiet" }, say("noText")));
    return view;
  }
  const counts = { pass: 0, rounding: 0, fail: 0, none: 0 };
  for (const section of shown) for (const fact of section.facts ?? []) counts[fact.agreement]++;
  view.append(el("div", { class: "prose-head" }, el("p", { class: "quiet" }, say("textHelp")),
    el("ul", { class: "key-list" }, Object.entries(counts).map(([kind, count]) => el("li", {}, el("span", { class: `fact ${kind}` }, mark(kind), say(`agree.${kind}`)), ` ${count}`)))));
  const text = el("article", { class: "reading" });
  let page = 0;
  for (const section of shown) {
    if (section.page > page) {
      page = section.page;
      text.append(el("a", { class: text.childElementCount ? "page-mark" : "page-mark first", href: `#p${page}` }, say("page", page)));
    }
    text.append(sectionPart(section));
  }
  view.append(text);
  return view;
}

function sectionPart(section) {
  const id = { "data-section": section.anchor, id: section.anchor };
  if (section.form === "table") {
    const table = tableByAnchor.get(section.table);
    return el("p", { class: "table-mark", ...id }, el("a", { href: `#${section.table}` }, `▦ ${table?.title || say("table.n", table?.ordinal ?? "")}`));
  }
  const level = Math.min(6, section.level + 2);
  if (section.form === "heading") {
    return el("div", { class: "heading", ...id }, el(`h${level}`, {}, section.heading), section.text ? el("p", {}, markedText(section)) : null);
  }
  return el("p", { class: section.form, ...id }, section.heading ? el("strong", {}, section.heading) : null, markedText(section));
}

// markedText is the text of a section with its amounts as links to the cells that
// say the same, or to what contradicts.
function markedText(section) {
  const letters = Array.from(section.text ?? "");
  const parts = [];
  let at = 0;
  for (const fact of section.facts ?? []) {
    if (fact.start < at || fact.end > letters.length) continue;
    parts.push(letters.slice(at, fact.start).join(""), factMark(fact, letters.slice(fact.start, fact.end).join("")));
    at = fact.end;
  }
  parts.push(letters.slice(at).join(""));
  return parts;
}

function factMark(fact, text) {
  const finding = findings.findIndex((f) => fact.findings?.includes(f.finding_id));
  const cell = fact.cells?.[0];
  const title = [say(`agree.${fact.agreement}`), fact.subject, fact.amount && `${grouped(fact.amount)} CNY`, fact.cells?.join(" ")].filter(Boolean).join("\n");
  const address = finding >= 0 ? `#f${findings[finding].finding_id}` : cell ? `#${cell}` : undefined;
  const inside = [mark(fact.agreement), text, el("span", { class: "offscreen" }, ` (${say(`agree.${fact.agreement}`)})`)];
  const attributes = { class: `fact ${fact.agreement}`, title, "data-fact": fact.anchor };
  return address ? el("a", { href: address, ...attributes }, inside) : el("span", attributes, inside);
}

// openFact goes to an amount in the text.
function openFact(anchor) {
  showView("text");
  const place = document.querySelector(`[data-fact="${anchor}"]`) ?? byId(anchor.match(/^s\d+/)?.[0]);
  if (!place) return;
  place.scrollIntoView({ block: "center" });
  place.classList.add("kept");
  if (place.tabIndex >= 0) place.focus({ preventScroll: true });
}
