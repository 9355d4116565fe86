// The frame of every page: its theme, set before the page is painted so that a chosen one does not flash, and its menu.
(() => {
  "use strict";
  const root = document.documentElement;
  const remembered = () => { try { return localStorage.getItem("policygraph-theme"); } catch { return null; } };
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  if (["light", "dark"].includes(remembered())) root.dataset.theme = remembered();

  function themeButton() {
    const button = document.getElementById("theme");
    const label = () => { button.setAttribute("aria-pressed", String(dark())); };
    button.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      try { localStorage.setItem("policygraph-theme", root.dataset.theme); } catch { /* private windows forget */ }
      label();
      dispatchEvent(new Event("themechange"));
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { label(); dispatchEvent(new Event("themechange")); });
    label();
  }

  // On narrow screens the pages are behind a button.
  function menuButton() {
    const button = document.getElementById("menu");
    const pages = document.getElementById("pages");
    if (!button) return;
    const open = (wanted) => { pages.classList.toggle("open", wanted); button.setAttribute("aria-expanded", String(wanted)); };
    button.addEventListener("click", () => open(!pages.classList.contains("open")));
    addEventListener("click", (event) => { if (!event.target.closest(".top")) open(false); });
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !pages.classList.contains("open")) return;
      event.stopImmediatePropagation();
      open(false);
      button.focus();
    });
  }

  addEventListener("DOMContentLoaded", () => { themeButton(); menuButton(); });
})();
