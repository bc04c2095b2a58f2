// What every page has around its content: language, theme, tabs, keys, help.

const chosen = {
  language: stored("language") || ((navigator.language || "").startsWith("zh") ? "zh" : "en"),
  theme: stored("theme") || "",
};

// stored reads what the reader chose last; private windows may forbid it.
function stored(name) {
  try {
    return localStorage.getItem(`gongkai.${name}`);
  } catch {
    return null;
  }
}

function choose(name, value) {
  chosen[name] = value;
  try {
    localStorage.setItem(`gongkai.${name}`, value);
  } catch {
    // The choice lasts as long as the page.
  }
}

// say is the wording of a key in the chosen language; {0} {1} … are filled in.
function say(key, ...values) {
  const wording = words[chosen.language][key] ?? words.en[key] ?? key;
  return wording.replace(/\{(\d)\}/g, (_, n) => values[n] ?? "");
}

// sayWord is say for a word of the data, such as a role, that may be unknown.
function sayWord(group, word) {
  return words[chosen.language][`${group}.${word}`] ?? word;
}

function isDark() {
  return chosen.theme ? chosen.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function applyChoices() {
  document.documentElement.lang = chosen.language === "zh" ? "zh-CN" : "en";
  if (chosen.theme) document.documentElement.dataset.theme = chosen.theme;
  else delete document.documentElement.dataset.theme;
}

function switchLanguage(redraw) {
  choose("language", chosen.language === "zh" ? "en" : "zh");
  applyChoices();
  redraw();
}

function switchTheme(redraw) {
  choose("theme", isDark() ? "light" : "dark");
  applyChoices();
  redraw();
}

// tools are the buttons at the upper right.
function tools(redraw, keys) {
  return el("div", { class: "tools" },
    button(chosen.language === "zh" ? "English" : "中文", () => switchLanguage(redraw), { id: "language", title: `${say("language")} (l)`, lang: chosen.language === "zh" ? "en" : "zh" }),
    button(isDark() ? "☀" : "☾", () => switchTheme(redraw), { id: "theme", title: `${say("theme")} (d)`, "aria-label": say(isDark() ? "light" : "dark") }),
    button("?", () => openHelp(keys), { id: "help", title: `${say("keys")} (?)`, "aria-label": say("keys") }));
}

// tabs is the bar of views; arrow keys go along it.
function tabs(views, current, show) {
  const bar = el("div", { class: "tabs", role: "tablist", "aria-label": say("views") });
  views.forEach((view, i) => {
    const selected = view.id === current;
    bar.append(el("button", {
      type: "button", role: "tab", id: `tab-${view.id}`, "aria-selected": String(selected), "aria-controls": "view", tabindex: selected ? 0 : -1,
      onclick: () => show(view.id),
      onkeydown: (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        event.stopPropagation();
        show(views[(i + step + views.length) % views.length].id);
        bar.ownerDocument.querySelector('[role="tab"][aria-selected="true"]').focus();
      },
    }, say(view.id), view.count ? el("span", { class: "badge" }, String(view.count)) : null));
  });
  return bar;
}

function openHelp(keys) {
  byId("help-dialog")?.remove();
  const dialog = el("dialog", { id: "help-dialog", "aria-labelledby": "help-title" },
    el("h2", { id: "help-title" }, say("keys")),
    el("dl", { class: "keys" }, keys.map(([key, meaning]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, say(meaning))])),
    el("form", { method: "dialog" }, el("button", { autofocus: true }, say("close"))));
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); dialog.close(); });
  dialog.showModal();
}

// announce tells readers who do not see the page what has changed, and shows it
// for a moment where nothing else does.
function announce(text, shown = true) {
  const place = byId("announcement") || document.body.appendChild(el("div", { id: "announcement", role: "status", "aria-live": "polite" }));
  place.textContent = text;
  place.classList.toggle("shown", shown);
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => place.classList.remove("shown"), 2600);
}

// listenToKeys calls the act of a key, unless the reader is writing.
function listenToKeys(acts) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, select, textarea, dialog")) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
