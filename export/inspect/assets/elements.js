// Elements. What a document says reaches the page as text nodes and attribute
// values, never as markup.

const svgSpace = "http://www.w3.org/2000/svg";

function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function draw(name, attributes = {}, ...children) {
  return fill(document.createElementNS(svgSpace, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function byId(id) {
  return document.getElementById(id);
}

// readData parses the block of data under an id, when it is there.
function readData(id) {
  const block = byId(id);
  return block ? JSON.parse(block.textContent) : null;
}

// remember calls a function of one argument once for each argument.
function remember(make) {
  const made = new Map();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key);
  };
}

// The marks of outcomes and severities: a shape besides the colour.
const marks = {
  pass: "✓", rounding: "≈", fail: "✕", notice: "!", not_applicable: "–", insufficient_data: "?", error: "✕", warn: "!", info: "i", none: "·",
};

function mark(kind) {
  return el("span", { class: `mark ${kind}`, "aria-hidden": "true" }, marks[kind] || "·");
}

function button(label, act, attributes = {}) {
  return el("button", { type: "button", onclick: act, ...attributes }, label);
}

// save gives the reader a file made here.
function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

// copy puts text on the clipboard; where that is not allowed, it says so by false.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = el("textarea", { readonly: true, class: "offscreen" });
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}

// scales of amounts in a label, the largest first: the least amount, what to
// divide by, and the word.
const scales = {
  zh: [[1e8, 1e8, "亿元"], [1e4, 1e4, "万元"], [0, 1, "元"]],
  en: [[1e9, 1e9, "bn CNY"], [1e6, 1e6, "m CNY"], [1e3, 1e3, "k CNY"], [0, 1, "CNY"]],
};

// shortYuan writes an amount of yuan for a label: 1.23 亿元, 45.6 万元.
function shortYuan(amount) {
  const value = Number(amount);
  const [, divisor, word] = scales[chosen.language].find(([least]) => Math.abs(value) >= least);
  return `${trimmed(value / divisor)} ${word}`;
}

function trimmed(value) {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { maximumFractionDigits: digits });
}

// grouped writes the digits of a decimal in groups of three.
function grouped(decimal) {
  const [whole, part] = String(decimal).split(".");
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return part === undefined ? digits : `${digits}.${part}`;
}

function csvField(value) {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvText(rows) {
  return rows.map((row) => row.map(csvField).join(",") + "\n").join("");
}
