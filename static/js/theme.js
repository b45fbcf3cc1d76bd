// Runs before the page is drawn, so that neither the wrong colours nor useless buttons flash up.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.remove("no-script");
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch {
    // Storage can be forbidden; the system's colours are shown then.
  }
})();
