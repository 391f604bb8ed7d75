/**
 * Cards come from the server as they are now; here they find their place: over the card of the same passage, else in
 * the order of the text. What is being written in a card, what is unfolded and what has the focus stay as they are.
 */
import htmx from "htmx";

/** What the page itself puts on elements, and the server knows nothing of. */
const OURS = ["data-after", "data-done", "data-float", "data-folded", "data-fresh", "data-lit", "data-passed", "open", "style", "tabindex"];
const BUSY = ".card-slot:not(:empty, [data-done])";

/** @type {{morph: (old: Element, fresh: DocumentFragment, inner: boolean) => void}} */
let inside;

htmx.config.morphIgnore.push(...OURS);
htmx.config.morphSkipChildren = BUSY;
htmx.registerExtension("place", {
  init: (api) => (inside = api),
  handle_swap: (style, list, fragment) => style === "place" && [...fragment.children].map((card) => place(card, list)),
});

/** @param {HTMLElement} card @param {HTMLElement} list @returns {Element} the card that is on the page now */
function place(card, list) {
  const kept = list.querySelector(`:scope > [data-passage="${card.dataset.passage}"]`);
  if (kept) return renew(kept, card);
  const next = [...list.querySelectorAll(":scope > [data-passage]")].find((other) => isBefore(card, other));
  if (next || !list.querySelector(":scope > #cards-more")) list.insertBefore(card, next ?? null);
  return card; // behind those that are loaded, it comes with those between
}

/** Whoever of those who marked the passage speaks for it now. @param {Element} kept @param {HTMLElement} card */
function renew(kept, card) {
  const fresh = document.createDocumentFragment();
  fresh.append(card);
  for (const slot of kept.querySelectorAll(BUSY)) if (!fresh.getElementById(slot.id)) card.append(gone(), slot.cloneNode());
  if (kept.hasAttribute("data-gone")) for (const refusal of kept.querySelectorAll(".card-slot .nonfield")) refusal.remove();
  kept.id = card.id;
  inside.morph(kept, fresh, false);
  for (const saved of kept.querySelectorAll("[data-done]")) saved.removeAttribute("data-done");
  return document.getElementById(card.id) ?? kept;
}

/** Where a card stands: by the place of its passage, then by its mark. @param {Element} card @returns {number[]} */
const key = (card) => [parseInt(card.getAttribute("data-passage") ?? "", 10), Number(card.id.slice("highlight-".length))];

/** @param {Element} one @param {Element} other */
function isBefore(one, other) {
  const [[start, id], [otherStart, otherId]] = [key(one), key(other)];
  return start === otherStart ? id < otherId : start < otherStart;
}

/** Notes that are no more stay as long as somebody writes below them. @param {Element} notes @param {DocumentFragment} fresh */
export function spare(notes, fresh) {
  for (const slot of notes.querySelectorAll(BUSY)) {
    if (fresh.getElementById(slot.id)) continue;
    const note = document.createElement("div");
    note.className = "note";
    note.id = slot.closest(".note")?.id ?? "";
    note.dataset.gone = "";
    note.append(gone("note"), slot.cloneNode());
    fresh.append(note);
  }
}

/** @param {Element} card @returns {boolean} whether somebody is writing in it */
export const isBusy = (card) => card.querySelector(BUSY) !== null;

/** Said above what is being written on something that is no more. @param {"mark" | "note"} [what] */
export function gone(what = "mark") {
  const words = document.createElement("p");
  words.className = "notice";
  words.textContent = `This ${what} was deleted meanwhile. What you were writing is still here, to copy.`;
  return words;
}
