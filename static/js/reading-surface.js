/**
 * The text one reads, and the passage one has in hand: what is selected, or what the sentence cursor holds.
 *
 * `passage-change` tells whoever listens that another passage (or none) is in hand.
 */
import { ArticleText } from "forecite/article-text";
import { draw, erase } from "forecite/passing-marks";

const SETTLED_MS = 140;

export class ReadingSurface extends HTMLElement {
  /** @type {import("forecite/article-text").Passage | null} */
  passage = null;
  /** @type {"selection" | "sentence" | null} */
  origin = null;
  /** What the composer was opened for. @type {"statement" | "tags" | "note"} */
  wish = "statement";
  /** What was typed before the composer was there. */
  early = "";

  connectedCallback() {
    this.body = /** @type {HTMLElement} */ (this.querySelector("[data-article-body]"));
    document.addEventListener("selectionchange", () => this.settle());
    this.addEventListener("pointerdown", (event) => (this.dragging = event.pointerType === "mouse"));
    document.addEventListener("pointerup", () => {
      this.dragging = false;
      this.settle();
    });
  }

  get article() {
    this.known ??= new ArticleText(this.body);
    return this.known;
  }

  get highlightsUrl() {
    return this.body.dataset.highlightsUrl ?? "";
  }

  /** Read the selection once it stands still: it fires for every pixel of a drag. */
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.readSelection(), SETTLED_MS);
  }

  /** Also called by keys, which must not wait for the selection to settle. */
  readSelection() {
    clearTimeout(this.settling);
    if (this.dragging || this.isHeld) return;
    const selection = document.getSelection();
    const range = selection?.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const passage = range && this.article.passageOf(range);
    if (passage) this.take(passage, "selection");
    else if (this.origin === "selection") this.release();
  }

  /** @param {import("forecite/article-text").Passage} passage @param {"selection" | "sentence"} origin */
  take(passage, origin) {
    if (this.passage && this.origin === origin && isSame(this.passage, passage)) return;
    this.passage = passage;
    this.origin = origin;
    this.tell();
  }

  release() {
    this.passage = null;
    this.origin = null;
    this.tell();
  }

  tell() {
    this.dispatchEvent(new CustomEvent("passage-change", { bubbles: true }));
  }

  /** Keep the passage in hand, and in sight, while something is written about it. */
  hold() {
    this.isHeld = true;
    if (!this.passage) return;
    draw("pending", this.article, this.passage);
    document.getSelection()?.removeAllRanges();
  }

  /** @param {{saved: boolean}} outcome  a passage that was not saved is selected again, to try otherwise */
  letGo({ saved }) {
    const { passage, origin } = this;
    this.early = "";
    this.isHeld = false;
    erase("pending");
    if (passage) this.returnTo(passage, origin === "selection" && !saved);
    if (saved && origin === "selection") this.release();
  }

  /** What had the focus is no more: the keys go on from the text. */
  takeFocus() {
    this.body.tabIndex = -1;
    this.body.focus({ preventScroll: true });
  }

  /** Put focus and caret back where the passage ends. @param {import("forecite/article-text").Passage} passage @param {boolean} select */
  returnTo(passage, select) {
    const range = this.article.rangeOf(passage);
    this.takeFocus();
    if (!select) range.collapse(false);
    document.getSelection()?.removeAllRanges();
    document.getSelection()?.addRange(range);
  }

  /** @returns {Range | null} */
  get range() {
    return this.passage && this.article.rangeOf(this.passage);
  }
}

/** @param {import("forecite/article-text").Passage} one @param {import("forecite/article-text").Passage} other */
function isSame(one, other) {
  return one.start === other.start && one.end === other.end;
}

customElements.define("reading-surface", ReadingSurface);

/** @returns {ReadingSurface} */
export const surface = () => /** @type {ReadingSurface} */ (document.querySelector("reading-surface"));
