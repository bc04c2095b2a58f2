// A table of any length: only the rows in sight are in the page.

const rowHeight = 30; // pixels, as in index.css
const rowsAround = 12; // above and below those in sight

// longTable makes a scrolling table. head is a row of header cells; makeRow builds
// the row of an index of rows; the returned show takes new rows.
function longTable({ label, kind = "", head, makeRow, width }) {
  const top = el("tr", { class: "spacer", "aria-hidden": "true" }, el("td", { colspan: width }));
  const bottom = el("tr", { class: "spacer", "aria-hidden": "true" }, el("td", { colspan: width }));
  const body = el("tbody", {}, top, bottom);
  const table = el("table", { class: `long ${kind}`, "aria-label": label }, el("thead", {}, head), body);
  const frame = el("div", { class: "long-frame", tabindex: 0, role: "region", "aria-label": label }, table);
  let rows = [];
  let drawn = [-1, -1];
  const draw = () => {
    const first = Math.max(0, Math.floor(frame.scrollTop / rowHeight) - rowsAround);
    const end = Math.min(rows.length, Math.ceil((frame.scrollTop + (frame.clientHeight || 700)) / rowHeight) + rowsAround);
    if (first === drawn[0] && end === drawn[1]) return;
    drawn = [first, end];
    const made = [];
    for (let i = first; i < end; i++) made.push(fill(makeRow(rows[i], i), { "aria-rowindex": i + 2 }, []));
    body.replaceChildren(top, ...made, bottom);
    top.firstChild.style.height = `${first * rowHeight}px`;
    bottom.firstChild.style.height = `${(rows.length - end) * rowHeight}px`;
  };
  let waiting = false;
  frame.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; draw(); });
  });
  new ResizeObserver(draw).observe(frame);
  const show = (next) => {
    rows = next;
    drawn = [-1, -1];
    frame.scrollTop = 0;
    table.setAttribute("aria-rowcount", rows.length + 1);
    draw();
  };
  return { frame, show };
}
