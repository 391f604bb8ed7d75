/**
 * The gutter: walking through the sentences that look like predictions, the likeliest first; showing which words are
 * meant; taking them in hand for the composer. The marks themselves, and waving one away, are the server's.
 */
import { announce } from "forecite/announcing";
import { bringIntoView } from "forecite/marks";
import { draw, erase } from "forecite/passing-marks";

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
const itemAt = (target) => (target instanceof Element ? target.closest("[data-suggestion]") : null);

export class Suggestions {
  /** @param {import("forecite/reading-surface").ReadingSurface} surface @param {ReturnType<typeof import("forecite/selection-bar").pencils>} bar */
  constructor(surface, bar) {
    this.surface = surface;
    this.bar = bar;
    this.rank = -1;
    for (const name of ["focusin", "focusout", "pointerover"]) document.addEventListener(name, (event) => this.show(event));
    document.addEventListener("click", (event) => this.accept(event));
  }

  /** Which words are meant. @param {Event} event */
  show({ type, target }) {
    const item = type === "focusout" ? null : itemAt(target);
    if (item === this.shown) return;
    this.shown = item;
    if (item) draw("suggestion", this.surface.article, this.passageOf(item));
    else erase("suggestion");
  }

  /** @param {HTMLElement} item @returns {import("forecite/article-text").Passage} */
  passageOf(item) {
    const { article } = this.surface;
    const [start, end] = item.dataset.suggestion.split("-").map(Number);
    return { start, end, exact: article.text.slice(article.units(start), article.units(end)) };
  }

  /** @param {MouseEvent} event */
  accept(event) {
    const item = itemAt(event.target);
    if (!item || !this.bar || event.ctrlKey || event.metaKey || !(/** @type {Element} */ (event.target).closest("a"))) return;
    event.preventDefault();
    this.surface.take(this.passageOf(item), "selection");
    this.bar.compose({ kind: "prediction", focus: "statement" });
  }

  /** Go on to the next one by likelihood, or back. @param {1 | -1} step */
  walk(step) {
    const items = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-suggestion]")]);
    if (!items.length) return announce("Nothing more here looks like a prediction.");
    const rank = (/** @type {HTMLElement} */ item) => Number(item.dataset.rank);
    items.sort((one, other) => step * (rank(one) - rank(other)));
    const next = items.find((item) => step * (rank(item) - this.rank) > 0) ?? items[0];
    this.rank = rank(next);
    bringIntoView(next);
    next.querySelector("a")?.focus({ preventScroll: true });
  }
}
