/** The page of a claim by keyboard: a letter presses what bears it; the form for evidence is written in at once. */
import { showKeys } from "forecite/key-help";

const KEYS = {
  "On this page": {
    "1 9": "Two digits: how likely it is",
    e: "Bring evidence",
    s: "Somebody else said it too",
    r: "Relate it to another claim",
    a: "Assess it, in a round that is open",
    v: "Judge it",
    d: "Dispute the verdict, or decide the dispute",
    n: "Write a note",
    c: "Cite it",
    "Ctrl Enter": "Send the form",
    "?": "These keys",
  },
};
const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const FIRST = "input:not([type=hidden], .visually-hidden), textarea, select";
const evidence = document.getElementById("evidence-form");

/** @param {string} key @returns {boolean} whether something on this page bears it */
function press(key) {
  const control = document.querySelector(`.claim [data-key="${CSS.escape(key)}"]`) ?? opened(key);
  if (!(control instanceof HTMLElement)) return false;
  if (control.matches("a, button")) control.click();
  else control.focus();
  return true;
}

/** @param {string} key @returns {Element | null | undefined} where to go on in a form that is open already */
function opened(key) {
  return key === "e" ? evidence?.querySelector(FIRST) : null;
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.defaultPrevented || event.isComposing || !(target instanceof Element) || target.closest("dialog")) return;
  if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = target.closest(".claim form");
    if (!form) return;
    event.preventDefault();
    return form.requestSubmit();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest(TYPING)) return;
  if (key === "?") showKeys(KEYS);
  else if (!/^[a-z]$/.test(key) || !press(key)) return;
  event.preventDefault();
});

document.addEventListener("click", ({ target }) => {
  if (target instanceof Element && target.closest("[data-show-keys]")) showKeys(KEYS);
});

if (evidence) {
  const write = () => (evidence.querySelector("[aria-invalid=true]") ?? evidence.querySelector(FIRST))?.focus();
  new MutationObserver(write).observe(evidence, { childList: true });
}
