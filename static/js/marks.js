/**
 * Marks in the text and their cards: walking from one to the next, lighting both, opening a card from its mark.
 */
import { announce } from "forecite/announcing";
import { lowerBound } from "forecite/article-text";

const COMFORT = 0.15;

export class Marks {
  /**
   * @param {HTMLElement} body @param {HTMLElement} cards
   * @param {(id: string) => void} open  shows the card of a highlight
   */
  constructor(body, cards, open) {
    this.body = body;
    this.cards = cards;
    this.open = open;
    /** @type {string | null} */
    this.current = null;
    for (const name of ["pointerover", "focusin"]) {
      body.addEventListener(name, (event) => this.light(idsOf(event.target)));
      cards.addEventListener(name, (event) => this.light(cardIds(event.target)));
    }
    for (const place of [body, cards]) place.addEventListener("pointerleave", () => this.light(this.currentIds));
    body.addEventListener("click", (event) => this.click(event));
    cards.addEventListener("focusin", (event) => (this.current = cardIds(event.target)[0] ?? this.current));
  }

  get currentIds() {
    return this.current ? [this.current] : [];
  }

  /** @param {string[]} ids */
  light(ids) {
    const wanted = new Set(ids.flatMap((id) => [...this.segments(id), this.card(id)]));
    for (const lit of document.querySelectorAll("[data-lit]")) if (!wanted.has(lit)) lit.removeAttribute("data-lit");
    for (const element of wanted) element?.setAttribute("data-lit", "");
  }

  /** @param {string} id @returns {NodeListOf<HTMLElement>} */
  segments(id) {
    return this.body.querySelectorAll(`mark[data-highlight~="${id}"]`);
  }

  /** @param {string} id */
  card(id) {
    return document.getElementById(`highlight-${id}`);
  }

  /** A click on words (not a selection, not a link) opens their card; on overlapping marks each click the next. @param {MouseEvent} event */
  click(event) {
    if (!document.getSelection()?.isCollapsed || (event.target instanceof Element && event.target.closest("a"))) return;
    const ids = idsOf(event.target);
    if (ids.length) this.choose(ids[(ids.indexOf(this.current ?? "") + 1) % ids.length]);
  }

  /** @param {string} id */
  choose(id) {
    this.current = id;
    this.light([id]);
    this.open(id);
  }

  /** Go to the next mark or the one before; from nowhere, to the first one in the window. @param {1 | -1} step */
  walk(step) {
    const starts = [...this.body.querySelectorAll("[id^='h-']")];
    const ids = starts.map((element) => element.id.slice(2));
    const here = this.current ? ids.indexOf(this.current) : -1;
    const shown = lowerBound(starts, 0, (element) => element.getBoundingClientRect().top);
    const next = here >= 0 ? here + step : step > 0 ? shown : shown - 1;
    if (next >= 0 && next < ids.length) this.visit(ids[next], `${next + 1} of ${ids.length}`);
    else announce(ids.length ? "No more marks this way." : "Nothing is marked yet.");
  }

  /** @param {string} id @param {string} place */
  visit(id, place) {
    const segments = this.segments(id);
    this.focus(id);
    const head = this.card(id)?.querySelector(".card-head")?.textContent ?? "";
    const words = Array.from(segments, (segment) => segment.textContent).join("");
    announce(`${place}. ${head.replace(/\s+/g, " ").trim()}: ${words}`);
  }

  /** @param {string} id */
  focus(id) {
    const [first] = this.segments(id);
    if (!first) return;
    this.current = id;
    first.tabIndex = -1;
    bringIntoView(first);
    first.focus({ preventScroll: true });
    this.light([id]);
  }

  /** @returns {boolean} whether the focus was on a mark's card, and is on the mark now */
  returnFromCard() {
    const id = cardIds(document.activeElement)[0];
    if (id) this.focus(id);
    return Boolean(id);
  }
}

/** @param {EventTarget | null} target @returns {string[]} the highlights under it */
export function idsOf(target) {
  const mark = target instanceof Element ? target.closest("mark[data-highlight]") : null;
  return mark?.getAttribute("data-highlight")?.split(" ") ?? [];
}

/** @param {EventTarget | null} target @returns {string[]} */
function cardIds(target) {
  const card = target instanceof Element ? target.closest("[id^='highlight-']") : null;
  return card ? [card.id.slice("highlight-".length)] : [];
}

/** Scroll only where the place is not in comfortable sight. @param {Element | Range} place */
export function bringIntoView(place) {
  const { top, bottom } = place.getBoundingClientRect();
  const margin = innerHeight * COMFORT;
  if (top < margin || bottom > innerHeight - margin) scrollBy({ top: top - innerHeight / 3, behavior: "instant" });
}
