/**
 * Cards stand level with their passages by CSS anchor positioning: each below its mark's top and below the card before
 * (`data-after`). Here only that chain is kept whole as cards come and go, and one card is floated out of it to be read.
 */
import htmx from "htmx";

const NEAR = 24;
/** So many more cards are laid out at a time: a hundred would be a pause that one feels. */
const AT_ONCE = 16;
/** From the page's beginning to a window's height below what is in sight. */
const REACHED = "9999999px 0px 100%";

export class MarginCards {
  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
    this.nearing = new IntersectionObserver((seen) => seen.some((fold) => fold.isIntersecting) && this.unfold(), { rootMargin: REACHED });
    const changes = { childList: true, subtree: true, attributeFilter: ["data-card"] };
    new MutationObserver((seen) => seen.some(concerns) && this.chain()).observe(list, changes);
    document.addEventListener("pointerdown", (event) => this.sink(event));
    list.addEventListener("focusout", (event) => event.relatedTarget && this.sink(event));
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
    if (this.fold) this.nearing.observe(this.fold);
  }

  /** What is below it is on the page, but not laid out yet. @returns {Element | null} */
  get fold() {
    return this.list.querySelector(":scope > .fold");
  }

  unfold() {
    const cards = [...this.list.querySelectorAll(":scope > .fold ~ li:not(.fold)")];
    this.foldBelow(cards[Math.min(AT_ONCE, cards.length) - 1]);
  }

  /** @param {Element | undefined} last  the card that is to be seen; all before it are too */
  foldBelow(last) {
    const { fold } = this;
    if (!fold) return;
    this.nearing.unobserve(fold);
    if (last?.nextElementSibling) last.after(fold);
    else fold.remove();
    if (this.fold) this.nearing.observe(this.fold);
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

  /** The card of a highlight, fetching those that are not on the page yet. @param {string} id @returns {Promise<HTMLElement | null>} */
  async find(id) {
    const known = () => document.getElementById(`highlight-${id}`);
    for (let rest = this.rest; rest && !known(); rest = this.rest === rest ? null : this.rest) {
      await htmx.ajax("GET", rest.getAttribute("hx-get") ?? "", { target: rest, swap: "outerHTML", source: rest });
    }
    const card = known();
    if (card?.matches(".fold ~ *")) this.foldBelow(card);
    return card;
  }

  get rest() {
    return this.list.querySelector(":scope > [hx-get]");
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
