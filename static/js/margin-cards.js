/**
 * Cards stand level with their passages by CSS anchor positioning: each below its mark's top and below the card before
 * (`data-after`). Here only that chain is kept whole as cards come and go, and one card is floated out of it to be read.
 */
import htmx from "htmx";
import { bringBack, forgetWhenTextMoves, keepNear } from "forecite/passed-cards";

const NEAR = 24;
/** So many more cards are laid out at a time: a hundred would be a pause that one feels. */
const AT_ONCE = 12;
/** From the page's beginning to a window's height below what is in sight. */
const REACHED = "9999999px 0px 100%";
/** So long nothing is asked for by itself after a request that failed. */
const REST_MS = 10_000;

export class MarginCards {
  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
    this.empty = /** @type {HTMLElement | null} */ (document.querySelector(".margin-empty"));
    /** When a request failed. */
    this.failed = -REST_MS;
    const near = (/** @type {IntersectionObserverEntry[]} */ seen) => seen.some((end) => end.isIntersecting) && this.reach();
    this.nearing = new IntersectionObserver(near, { rootMargin: REACHED });
    const changes = { childList: true, subtree: true, attributeFilter: ["data-card"] };
    new MutationObserver((seen) => seen.some(concerns) && this.chain()).observe(list, changes);
    document.addEventListener("pointerdown", (event) => this.sink(event));
    list.addEventListener("focusout", (event) => event.relatedTarget && this.sink(event));
    addEventListener("scroll", () => this.reach(), { passive: true });
    this.text = document.querySelector("[data-article-body]") ?? list;
    this.chain();
    if (CSS.supports("inset-block-start: anchor(--a top)")) forgetWhenTextMoves(list, this.text);
    else this.alignByScript();
  }

  chain() {
    let before = "";
    for (const card of this.list.children) {
      if (!(card instanceof HTMLElement) || card.matches("[data-float], [data-folded]")) continue;
      if (card.dataset.anchor) anchor(card);
      if ((card.dataset.after ?? "") !== before) {
        if (before) card.dataset.after = before;
        else delete card.dataset.after;
      }
      before = card.dataset.card ?? before;
    }
    if (this.empty) this.empty.hidden = this.list.childElementCount > 0;
    this.align?.();
    this.reach();
  }

  /** Those that are on the page, but not laid out yet. */
  get folded() {
    return this.list.querySelectorAll(":scope > [data-folded]");
  }

  /** What is laid out last, where more follow. @returns {Element | null | undefined} */
  get end() {
    const [next] = this.folded;
    return next ? next.previousElementSibling : this.rest;
  }

  /** The promise of the cards that are not on the page yet. @returns {Element | null} */
  get rest() {
    return this.list.querySelector(":scope > [hx-get]");
  }

  /** Go on until the margin is filled to a window's height below what is in sight. */
  reach() {
    this.frame ??= requestAnimationFrame(async () => {
      do if (!this.align) keepNear(this.list);
      while (this.isNear && (await this.goOn()));
      this.frame = undefined;
      this.watch(this.end);
    });
  }

  /** @param {Element | null | undefined} end */
  watch(end) {
    if (end === this.watched) return;
    this.watched = end;
    this.nearing.disconnect();
    if (end) this.nearing.observe(end);
  }

  /** Whether the end of what is laid out is in sight, or nearly. */
  get isNear() {
    const { end } = this;
    return end?.checkVisibility() && end.getBoundingClientRect().top < 2 * innerHeight;
  }

  /** @param {string} id @returns {HTMLElement | null} */
  shown(id) {
    const card = document.getElementById(`highlight-${id}`);
    return card?.closest("[data-folded]") ? null : card;
  }

  /** As long as the server answers. */
  async goOn() {
    return performance.now() - this.failed > REST_MS && this.step();
  }

  /** Lay out some more cards, or fetch those that come next. @returns {Promise<boolean>} whether there were any */
  step() {
    this.stepping ??= (this.folded.length ? this.unfold() : this.fetch()).finally(() => (this.stepping = undefined));
    return this.stepping;
  }

  async unfold() {
    for (const card of [...this.folded].slice(0, AT_ONCE)) card.removeAttribute("data-folded");
    this.chain();
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
    bringBack(document.getElementById(`highlight-${id}`)?.closest(".card"));
    while (!this.shown(id) && (await this.step()));
    return this.shown(id);
  }

  /** For browsers without anchor positioning. */
  async alignByScript() {
    const { align } = await import("forecite/card-alignment");
    this.align = () => align(this.list);
    new ResizeObserver(this.align).observe(this.text);
    this.align();
  }
}

/** Cards come and go: what happens inside one moves none. @param {MutationRecord} change */
function concerns({ type, target }) {
  return type === "attributes" || (target instanceof Element && target.id === "cards");
}

/** Make the passage of a card that came later a place for cards. @param {HTMLElement} card */
function anchor(card) {
  const name = card.dataset.anchor ?? "";
  let place = document.getElementById(`h-${card.id.slice("highlight-".length)}`);
  while (place?.localName === "span") place = /** @type {HTMLElement | null} */ (place.nextElementSibling);
  const names = place?.dataset.anchor?.split(",") ?? [];
  if (!place || names.includes(name)) return;
  place.dataset.anchor = [...names, name].join(",");
  place.closest("[data-far]")?.removeAttribute("data-far");
}
