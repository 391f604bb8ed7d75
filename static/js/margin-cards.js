/**
 * Cards stand level with their passages by CSS anchor positioning: each below its mark's top and below the card before
 * (`data-after`). Here only that chain is kept whole as cards come and go, and one card is floated out of it to be read.
 */
import htmx from "htmx";
import { lowerBound } from "forecite/article-text";

const NEAR = 24;
/** So many more cards are laid out at a time: a hundred would be a pause that one feels. */
const AT_ONCE = 16;
/** From the page's beginning to a window's height below what is in sight. */
const REACHED = "9999999px 0px 100%";
/** So long nothing is asked for by itself after a request that failed. */
const REST_MS = 10_000;

export class MarginCards {
  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
    /** When a request failed. */
    this.failed = -REST_MS;
    const near = (/** @type {IntersectionObserverEntry[]} */ seen) => seen.some((end) => end.isIntersecting) && this.goOn();
    this.nearing = new IntersectionObserver(near, { rootMargin: REACHED });
    const changes = { childList: true, subtree: true, attributeFilter: ["data-card"] };
    new MutationObserver((seen) => seen.some(concerns) && this.chain()).observe(list, changes);
    document.addEventListener("pointerdown", (event) => this.sink(event));
    list.addEventListener("focusout", (event) => event.relatedTarget && this.sink(event));
    addEventListener("scroll", () => this.reach(), { passive: true });
    this.chain();
    if (!CSS.supports("inset-block-start: anchor(--a top)")) this.alignByScript();
  }

  /** @returns {HTMLElement[]} */
  get cards() {
    return [...this.list.querySelectorAll(":scope > [data-card]")];
  }

  chain() {
    let before = "";
    for (const card of this.list.children) {
      if (!(card instanceof HTMLElement) || card.hasAttribute("data-float")) continue;
      if (card.dataset.anchor) anchor(card);
      if ((card.dataset.after ?? "") !== before) {
        if (before) card.dataset.after = before;
        else delete card.dataset.after;
      }
      before = card.dataset.card ?? before;
    }
    this.align?.();
    for (const end of [this.fold, this.rest]) if (end) this.nearing.observe(end);
    this.reach();
  }

  /** What is below it is on the page, but not laid out yet. @returns {Element | null} */
  get fold() {
    return this.list.querySelector(":scope > .fold");
  }

  /** The promise of the cards that are not on the page yet. @returns {Element | null} */
  get rest() {
    return this.list.querySelector(":scope > [hx-get]");
  }

  /** Go on until the cards of all the passages that one sees are there: they may stand far from where the cards end. */
  reach() {
    this.frame ??= requestAnimationFrame(async () => {
      while (this.isBehind && (await this.goOn()));
      this.frame = undefined;
    });
  }

  /** Whether a passage is in sight whose card is not laid out. */
  get isBehind() {
    if (!(this.fold ?? this.rest) || !this.list.checkVisibility()) return false;
    const starts = [...document.querySelectorAll("[data-article-body] [id^='h-']")];
    const passed = lowerBound(starts, innerHeight, (start) => start.getBoundingClientRect().top);
    return passed > 0 && !this.shown(starts[passed - 1].id.slice("h-".length));
  }

  /** @param {string} id @returns {HTMLElement | null} */
  shown(id) {
    const card = document.getElementById(`highlight-${id}`);
    return card?.closest(".fold ~ li") ? null : card;
  }

  /** As long as the server answers. */
  async goOn() {
    return performance.now() - this.failed > REST_MS && this.step();
  }

  /** Lay out some more cards, or fetch those that come next. @returns {Promise<boolean>} whether there were any */
  step() {
    this.stepping ??= (this.fold ? this.unfold() : this.fetch()).finally(() => (this.stepping = undefined));
    return this.stepping;
  }

  async unfold() {
    const cards = [...this.list.querySelectorAll(":scope > .fold ~ li:not(.fold)")];
    const last = cards[Math.min(AT_ONCE, cards.length) - 1];
    const [fold, ...others] = this.list.querySelectorAll(":scope > .fold");
    for (const other of others) other.remove();
    this.nearing.unobserve(fold);
    if (last?.nextElementSibling) last.after(fold);
    else fold.remove();
    await new Promise(requestAnimationFrame);
    return true;
  }

  async fetch() {
    const { rest } = this;
    if (!rest) return false;
    await htmx.ajax("GET", rest.getAttribute("hx-get") ?? "", { target: rest, swap: "outerHTML", source: rest });
    if (rest.isConnected) this.failed = performance.now();
    return !rest.isConnected;
  }

  /** Show a card beside its mark, over others where these have pushed it away. @param {HTMLElement} part  of the card, or all of it */
  open(part) {
    const card = /** @type {HTMLElement} */ (part.closest(".card"));
    const mark = document.querySelector(`mark[data-highlight~="${card.id.slice("highlight-".length)}"]`);
    this.sink();
    if (mark && card.getBoundingClientRect().top - mark.getBoundingClientRect().top > NEAR) {
      card.setAttribute("data-float", "");
      this.chain();
    }
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
  }

  /** Put the floating card back, unless what happened was on it. @param {Event} [event] */
  sink(event) {
    const floating = this.list.querySelector("[data-float]");
    const at = event instanceof FocusEvent ? event.relatedTarget : event?.target;
    if (!floating || (at instanceof Node && floating.contains(at))) return;
    floating.removeAttribute("data-float");
    this.chain();
  }

  /** The card of a highlight, laid out, if need be fetched with all before it. @param {string} id */
  async find(id) {
    while (!this.shown(id) && (await this.step()));
    return this.shown(id);
  }

  /** For browsers without anchor positioning. */
  async alignByScript() {
    const { align } = await import("forecite/card-alignment");
    this.align = () => align(this.list);
    new ResizeObserver(this.align).observe(document.querySelector("[data-article-body]") ?? this.list);
    this.align();
  }
}

/** Cards come and go, and another mark may speak for a passage: what happens inside a card moves none. @param {MutationRecord} change */
function concerns({ type, target }) {
  return type === "attributes" || (target instanceof Element && target.id === "cards");
}

/** Make the passage of a card that came later a place for cards: from the start only those of the first cards are. @param {HTMLElement} card */
function anchor(card) {
  const name = card.dataset.anchor ?? "";
  let place = document.getElementById(`h-${card.id.slice("highlight-".length)}`);
  while (place?.localName === "span") place = /** @type {HTMLElement | null} */ (place.nextElementSibling);
  const names = place?.dataset.anchor?.split(",") ?? [];
  if (place && !names.includes(name)) place.dataset.anchor = [...names, name].join(",");
}
