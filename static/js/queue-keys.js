/** A queue by keyboard: j and k walk it, the other keys press what the line in hand offers. */
import htmx from "htmx";
import { say } from "forecite/app";
import { showKeys } from "forecite/key-help";

const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select";
/** What one writes in first: hidden fields and those behind a fold are none. */
const FIRST = ":is(textarea, input, select):not([type=hidden], details:not([open]) *), button";
const queue = document.getElementById("queue");
const toasts = document.getElementById("toasts");

/** What a page says of its queue. @type {{ keys: Record<string, Record<string, string>>, presses: string, decided: string, nothing: string, unsaved: string }} */
let page;

/** Where the line in hand stands, for when it is taken away. */
let place = 0;

/** What was said of words that are not saved. @type {Element | undefined} */
let warning;

const lines = () => [...queue.querySelectorAll(":scope > .desk-row")];
const linesAmong = (/** @type {Iterable<Node>} */ nodes) => [...nodes].filter((node) => node instanceof Element && node.matches(".desk-row"));
const current = () => queue.querySelector("[data-current]");

/** @param {Element | undefined} line */
function take(line) {
  current()?.removeAttribute("data-current");
  if (!(line instanceof HTMLElement)) return;
  line.dataset.current = "";
  place = lines().indexOf(line);
  line.focus({ preventScroll: true });
  line.scrollIntoView({ block: "nearest" });
}

/** @param {number} step */
function walk(step) {
  const all = lines();
  const at = all.indexOf(current());
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
  if (next === current() && step > 0) queue.querySelector(":scope > .more a")?.click();
  take(next);
}

/** Press the control that a key stands for, in the line in hand. @param {string} key */
function press(key) {
  if (!current()) walk(1);
  const slot = openSlot();
  const control = current()?.querySelector(`[data-key="${key}"]`);
  if (isWritten(slot) && !slot.contains(control)) return key === "Enter" ? enter(slot) : warn();
  if (key === "Enter") (control ?? current()?.querySelector(".row-title a, .facts a"))?.click();
  else if (control instanceof HTMLElement) control.click();
}

/** Take back one's last decision of this visit; its notice may be gone by now. */
function undo() {
  const url = decided().pop();
  if (!url) return say(page.nothing, "info");
  const toast = toasts.querySelector(`form[action="${url}"] button`);
  if (toast instanceof HTMLElement) return toast.click();
  forget(url);
  const token = document.querySelector("#desk [name=csrfmiddlewaretoken]")?.value;
  htmx.ajax("POST", url, { source: queue, swap: "none", values: { csrfmiddlewaretoken: token } });
}

/** Where to take back what was decided on this visit, the last at the end; kept from one queue to the next. @returns {string[]} */
const decided = () => JSON.parse(sessionStorage.getItem(page.decided) ?? "[]");
const keep = (/** @type {string[]} */ urls) => sessionStorage.setItem(page.decided, JSON.stringify(urls));
const forget = (/** @type {string} */ url) => keep(decided().filter((one) => one !== url));

/** @param {Iterable<Node>} notices */
function remember(notices) {
  for (const notice of notices) {
    const url = notice instanceof Element && notice.querySelector('form:has([data-key="z"])')?.getAttribute("action");
    if (url) keep([...decided().filter((one) => one !== url), url]);
  }
}

const openSlot = () => current()?.querySelector(".card-slot:not(:empty)");
const enter = (/** @type {Element} */ slot) => slot.querySelector(FIRST)?.focus();

/** Whether a form holds words that were not sent; those of a refused one are in it as it came. @param {Element | null} slot */
function isWritten(slot) {
  const fields = [...(slot?.querySelectorAll("input:not([type=radio], [type=checkbox]), textarea") ?? [])];
  return fields.some((field) => field.value !== field.defaultValue) || Boolean(slot?.querySelector("tag-field .chip, .errorlist"));
}

function warn() {
  warning?.remove();
  warning = say(page.unsaved, "info");
}

/** Put away the form that is open in a line. @param {Element | null} slot */
function close(slot) {
  warning?.remove();
  if (!slot) return;
  slot.replaceChildren();
  take(slot.closest(".desk-row"));
}

/** Out of a field first, so that what was written is not lost to one key; then out of the form, if it says nothing yet. @param {EventTarget | null} target */
function leave(target) {
  const slot = (target instanceof Element && target.closest(".card-slot")) || openSlot();
  if (slot?.contains(target) && target.matches(TYPING)) take(slot.closest(".desk-row"));
  else if (isWritten(slot)) warn();
  else close(slot);
}

const ACTIONS = { j: () => walk(1), k: () => walk(-1), u: undo, "?": () => showKeys(page.keys) };

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  const { target } = event;
  const slot = target instanceof Element ? target.closest(".card-slot") : null;
  if (slot && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    return target.closest("form")?.requestSubmit();
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return leave(target);
  if (!(target instanceof Element) || target.matches(TYPING)) return;
  if (event.key === "Enter" && target.closest("a, button, input")) return;
  // A form is on its way: what is typed meanwhile is meant for it, and must not decide.
  if (current()?.querySelector(".htmx-request")) return event.preventDefault();
  const action = ACTIONS[event.key] ?? (page.presses.includes(event.key) || event.key === "Enter" ? () => press(event.key) : null);
  if (!action) return;
  event.preventDefault();
  action();
}

/** @param {MouseEvent} event */
function onClick(event) {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest("[data-show-keys]")) return showKeys(page.keys);
  const line = event.target.closest(".desk-row");
  const closing = event.target.closest(".card-slot [data-close]");
  if (closing) {
    event.preventDefault();
    close(closing.closest(".card-slot"));
  } else if (line && line !== current()) {
    current()?.removeAttribute("data-current");
    line.dataset.current = "";
    place = lines().indexOf(line);
  }
}

// A form that opens is written in at once; a line that goes leaves the next in hand, one that comes back is in hand.
/** @param {MutationRecord[]} changes */
function onChange(changes) {
  for (const { target, addedNodes, removedNodes } of changes) {
    if (target === queue) {
      const [back] = linesAmong(addedNodes);
      if (back && queue.firstElementChild === back && addedNodes.length < 4) take(back);
      else if (linesAmong(removedNodes).length && !current()) take(lines()[Math.min(place, lines().length - 1)]);
    } else if (target instanceof Element && target.matches(".card-slot") && addedNodes.length) {
      take(target.closest(".desk-row"));
      target.querySelector(FIRST)?.focus();
    }
  }
}

/** Walk the queue of this page by keyboard. @param {typeof page} said */
export function walkQueue(said) {
  page = said;
  remember(toasts.children);
  new MutationObserver((changes) => changes.forEach(({ addedNodes }) => remember(addedNodes))).observe(toasts, { childList: true });
  document.addEventListener("submit", ({ target }) => forget(target.getAttribute("action")));
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  new MutationObserver(onChange).observe(queue, { childList: true, subtree: true });
}
