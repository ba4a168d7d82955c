// Keys for judging pairs: s same, d different, u unsure, n skip, by their place on the keyboard, so
// that they work under any layout. The buttons do the same without this file.
"use strict";

(() => {
  const form = document.querySelector("form[data-keys]");
  const toggle = document.getElementById("keys");
  if (!form || !toggle) return;
  const buttons = { KeyS: "same", KeyD: "different", KeyU: "unsure", KeyN: "skip" };
  const remembered = "judging-keys";
  toggle.checked = localStorage.getItem(remembered) !== "off";
  toggle.closest("[hidden]")?.removeAttribute("hidden");
  toggle.addEventListener("change", () => {
    localStorage.setItem(remembered, toggle.checked ? "on" : "off");
  });
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("textarea, select, input:not([type=checkbox])");
    if (!toggle.checked || writing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.repeat) return;
    const button = form.querySelector(`button[data-key="${buttons[event.code]}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });
})();
