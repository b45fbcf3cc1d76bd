// What a page does by itself: countdowns, copying, panels that follow the database, the search box, the theme.
// Everything works without it, more slowly.
"use strict";
(() => {
  const live = document.getElementById("live");
  const say = (text) => { if (live) live.textContent = text; };

  // Countdowns run from the server's clock; the computer's own may be wrong.
  let serverOffset = 0;
  const readServerClock = (element) => {
    const at = element && Date.parse(element.dataset.serverNow || "");
    if (at) serverOffset = at - Date.now();
  };
  const serverNow = () => Date.now() + serverOffset;
  const two = (number) => String(number).padStart(2, "0");
  const clock = (seconds) => {
    const days = Math.floor(seconds / 86400);
    const rest = seconds % 86400;
    const time = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
    return days ? `${days} d ${time}` : time;
  };
  const tickCountdowns = () => {
    for (const element of document.querySelectorAll("[data-countdown]")) {
      const left = Math.max(0, Math.floor((Date.parse(element.dataset.countdown) - serverNow()) / 1000));
      const text = clock(left);
      if (element.textContent !== text) element.textContent = text;
      element.classList.toggle("over", left === 0);
    }
  };

  // A panel says itself how often it wants to be asked for; a hidden page asks for nothing.
  const LATE_AFTER = 3;
  const askedAt = new WeakMap();
  const answeredAt = new WeakMap();
  const startedAt = performance.now();
  const tickPanels = () => {
    const now = performance.now();
    for (const panel of document.querySelectorAll("[data-poll]")) {
      const age = panel.querySelector(".age");
      const seconds = Number(age?.dataset.pollSeconds);
      if (!seconds) continue;
      const sinceAnswer = (now - (answeredAt.get(panel) ?? startedAt)) / 1000;
      const isLate = sinceAnswer > Math.max(seconds * LATE_AFTER, 15);
      age.classList.toggle("late", isLate);
      age.textContent = isLate && age.dataset.shown ? `No answer from the dashboard since ${age.dataset.shown}; reload the page.` : "";
      if (document.hidden) continue;
      if (now - (askedAt.get(panel) ?? startedAt) < seconds * 1000) continue;
      askedAt.set(panel, now);
      htmx.trigger(panel, "poll");
    }
  };
  // The page says once what it is as of: the oldest of its panels.
  const tellAge = () => {
    const place = document.querySelector("[data-as-of]");
    const ages = [...document.querySelectorAll("[data-poll] .age[data-shown]")].filter((age) => age.dataset.pollSeconds);
    const at = (age) => Date.parse(age.dataset.serverNow);
    const [oldest] = ages.sort((one, other) => at(one) - at(other));
    if (!place || !oldest) return;
    place.textContent = oldest.dataset.shown;
    place.dateTime = place.title = oldest.dataset.serverNow;
  };
  setInterval(() => { tickCountdowns(); tickPanels(); }, 1000);

  // What htmx did not get is said in the place that asked, above what stands there: nobody loses what they were reading.
  // Panels that follow by themselves share one place on the page, since all of them fail together.
  const isPage = (text) => /<(!doctype|html)[\s>]/i.test(text.slice(0, 2000));
  const placeFor = (ctx) => (ctx.sourceEvent?.type === "poll" ? document.getElementById("trouble") : ctx.target);
  const withoutAnswer = (headline) => {
    const problem = document.getElementById("no-answer").content.cloneNode(true);
    problem.querySelector("strong").textContent = headline;
    return problem;
  };
  const showTrouble = (ctx, problem) => {
    const place = placeFor(ctx);
    if (!place?.isConnected) return;
    place.querySelector(":scope > .problem")?.remove();
    // What was found for another text must not stand below as if it were the answer to this one.
    if (ctx.sourceElement.matches("[data-search]")) place.replaceChildren();
    place.prepend(problem);
    // What is typed is sent as a whole: it has not changed since, which is what the box waits for.
    place.querySelector(":scope > .problem [data-again]")?.addEventListener("click", () => {
      if (ctx.sourceElement.matches("[data-search]")) ctx.sourceElement.form.requestSubmit();
      else htmx.trigger(ctx.sourceElement, ctx.sourceEvent?.type ?? "load");
    });
    if (place.id === "trouble") place.dataset.of = ctx.target.id;
  };
  const endTrouble = (ctx) => {
    const shared = document.getElementById("trouble");
    if (shared?.dataset.of === ctx.target?.id) shared.replaceChildren();
    ctx.target?.querySelector(":scope > .problem")?.remove();
  };
  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    const isOurs = ctx.text.trim() && !isPage(ctx.text);
    showTrouble(ctx, isOurs ? document.createRange().createContextualFragment(ctx.text)
      : withoutAnswer(`Something between this browser and the dashboard answered with ${ctx.response.status}.`));
  });
  document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
    if (ctx) showTrouble(ctx, withoutAnswer(navigator.onLine ? "The dashboard does not answer." : "This computer is offline."));
  });
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    // A whole page in the place of a part, or nothing, comes from a proxy that wants a sign-in.
    if (ctx.response.status !== 200 || ctx.hx.redirect || (ctx.text.trim() && !isPage(ctx.text))) return;
    event.preventDefault();
    showTrouble(ctx, withoutAnswer("Another page came instead of the answer, as when a sign-in has ended."));
  });
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.sourceEvent?.type === "submit") say("Asking.");
  });

  let openDetails = [];
  document.addEventListener("htmx:before:swap", () => {
    openDetails = [...document.querySelectorAll("details[id][open]")].map((element) => element.id);
  });
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (ctx.response.status < 400) {
      endTrouble(ctx);
      if (ctx.sourceEvent?.type === "submit") say("Done.");
    }
    for (const id of openDetails) {
      const element = document.getElementById(id);
      if (element) element.open = true;
    }
    for (const panel of document.querySelectorAll("[data-poll]")) {
      const age = panel.querySelector(".age");
      if (age && age.dataset.serverNow !== panel.dataset.lastServerNow) {
        panel.dataset.lastServerNow = age.dataset.serverNow;
        answeredAt.set(panel, performance.now());
        readServerClock(age);
      }
    }
    tickCountdowns();
    tellAge();
    settleCharts();
  });

  // A chart is one stop of the Tab key, and the arrow keys walk along its links: to the sides within a row of them, up
  // and down between the rows. Where somebody is stays when the panel is drawn anew.
  const places = new Map();
  const rowsOf = (chart) => chart.dataset.walk.split(",").map((kind) => [...chart.querySelectorAll(kind)]).filter((links) => links.length);
  const placeOf = (chart, rows) => {
    const place = places.get(chart.id) ?? { row: 0, column: rows[0].length - 1 };
    const row = Math.min(place.row, rows.length - 1);
    return { row, column: Math.min(place.column, rows[row].length - 1) };
  };
  const settleCharts = () => {
    for (const chart of document.querySelectorAll("[data-walk]")) {
      const rows = rowsOf(chart);
      if (!rows.length) continue;
      const { row, column } = placeOf(chart, rows);
      for (const link of rows.flat()) link.setAttribute("tabindex", link === rows[row][column] ? "0" : "-1");
    }
  };
  document.addEventListener("focusin", (event) => {
    const chart = event.target.closest("[data-walk]");
    if (!chart) return;
    const rows = rowsOf(chart);
    const row = rows.findIndex((links) => links.includes(event.target));
    if (row < 0) return;
    places.set(chart.id, { row, column: rows[row].indexOf(event.target) });
    settleCharts();
  });
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -Infinity], End: [0, Infinity] };
  document.addEventListener("keydown", (event) => {
    const chart = event.target.closest("[data-walk]");
    const step = steps[event.key];
    if (!chart || !step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const rows = rowsOf(chart);
    const from = placeOf(chart, rows);
    const row = Math.min(Math.max(from.row + step[0], 0), rows.length - 1);
    const column = Math.min(Math.max(from.column + step[1], 0), rows[row].length - 1);
    rows[row][column].focus();
  });

  // Copying says that it happened, on the button and to a screen reader.
  const copyText = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    // Without HTTPS there is no clipboard interface; the old way needs a field to select.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "hidden";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("copying was refused");
    return undefined;
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await copyText(button.dataset.copy);
      button.classList.add("copied");
      say("Copied.");
      setTimeout(() => button.classList.remove("copied"), 1500);
    } catch {
      say("The browser did not let the page copy; select the text and copy it by hand.");
    }
  });

  // The search box: "/" goes to it, Enter sends it, Shift+Enter begins a new line, and it grows with what is pasted.
  const grow = (box) => {
    if (box.tagName !== "TEXTAREA") return;
    box.rows = Math.min(12, Math.max(1, box.value.split("\n").length));
  };
  document.addEventListener("keydown", (event) => {
    const box = document.querySelector("[data-search]");
    if (!box) return;
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
      box.select();
    } else if (event.key === "Enter" && event.target === box && box.tagName === "TEXTAREA" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      box.form.requestSubmit();
    }
  });
  document.addEventListener("input", (event) => { if (event.target.matches("[data-search]")) grow(event.target); });

  // An address with only the filters that were chosen is one that can be read and passed on.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-filters]")) return;
    for (const control of event.target.elements) {
      if (control.name && (control.value === "" || (control.name === "sort" && control.value === "-date"))) control.disabled = true;
    }
  });
  addEventListener("pageshow", () => {
    for (const control of document.querySelectorAll("[data-filters] [disabled]")) control.disabled = false;
  });

  const showTheme = () => {
    const chosen = document.documentElement.dataset.theme || "auto";
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === chosen));
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (!button) return;
    const choice = button.dataset.themeChoice;
    if (choice === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    try { localStorage.setItem("theme", choice); } catch { /* It lasts for this page then. */ }
    showTheme();
  });
  // An open menu would cover what stands under it, so a click elsewhere closes it.
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll(".menu[open], .pick[open]")) {
      if (!open.contains(event.target)) open.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest("details[open]");
    if (open?.matches(".menu, .pick")) { open.open = false; open.querySelector("summary").focus(); }
  });

  readServerClock(document.body);
  settleCharts();
  showTheme();
  tickCountdowns();
  const box = document.querySelector("[data-search]");
  if (box) grow(box);
})();
