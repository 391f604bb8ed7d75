/**
 * Cards that one has read past are taken out of the layout, and come back as one goes back: each change lays all of
 * them out anew, and for hundreds that is a pause. Where a card began is kept, for when the one before it is not there.
 */
import { lowerBound } from "forecite/article-text";
import { isBusy } from "forecite/placing";

const WIDE = matchMedia("(min-width: 56.25rem)");
/** From so many windows' heights above what is in sight cards go; they come back from one. */
const FAR = 2;
const AT_ONCE = 12;

/** @param {HTMLElement} list */
export function keepNear(list) {
  if (!WIDE.matches) return;
  const laid = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(":scope > .card:not([data-folded], [data-passed], [data-float])")]);
  const above = lowerBound(laid, -FAR * innerHeight, (card) => card.getBoundingClientRect().bottom);
  if (above >= AT_ONCE) pass(laid.slice(0, above + 1));
  else if (laid[0]?.getBoundingClientRect().top > -innerHeight) comeBack(list);
}

/** @param {HTMLElement[]} cards  those that go, up to one in which somebody is at work, and the one that stays */
function pass(cards) {
  const starts = cards.map((card) => card.offsetTop);
  for (const [place, card] of cards.entries()) {
    card.style.setProperty("--from", `${starts[place]}px`);
    if (place === cards.length - 1 || isBusy(card) || card.matches(":focus-within")) break;
    card.dataset.passed = "";
  }
}

/** @param {HTMLElement} list */
function comeBack(list) {
  for (const card of [...list.querySelectorAll(":scope > [data-passed]")].slice(-AT_ONCE)) card.removeAttribute("data-passed");
}

/** This card and those after it come back. @param {Element | null | undefined} card */
export function bringBack(card) {
  for (let next = card; next?.hasAttribute("data-passed"); next = next.nextElementSibling) next.removeAttribute("data-passed");
}

/**
 * Where cards began says nothing once the text runs otherwise: it may grow below as more of it is laid out.
 * @param {HTMLElement} list @param {Element} text
 */
export function forgetWhenTextMoves(list, text) {
  let before = "";
  new ResizeObserver(() => {
    const { width, lineHeight } = getComputedStyle(text);
    if (before === (before = width + lineHeight)) return;
    for (const card of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(":scope > [style]"))) card.style.removeProperty("--from");
  }).observe(text);
}
