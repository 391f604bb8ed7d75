/**
 * What others did comes onto the page without taking anything from whoever reads it: no selection, no focus, no word
 * that is being written. What cannot come now waits until it can.
 */
import htmx from "htmx";
import { gone, isBusy, spare } from "forecite/placing";

const PULSE_MS = 2400;

export class Arriving {
  /** @param {import("forecite/reading-surface").ReadingSurface} surface */
  constructor(surface) {
    this.surface = surface;
    /** Blocks that wait, as they will be. @type {Map<string, string>} */
    this.waiting = new Map();
    document.addEventListener("htmx:before:swap", (event) => this.sort(/** @type {CustomEvent} */ (event).detail));
    for (const name of ["selectionchange", "pointerup"]) document.addEventListener(name, () => this.release());
  }

  /** @param {string} text  parts of the page, as the server draws them */
  async put(text) {
    const before = new Set(arrivals().map(({ id }) => id));
    const focused = document.activeElement;
    const ctx = { text, sourceElement: document.body, target: document.body, swap: "none", isLive: true, request: { action: "" } };
    await htmx.swap(ctx);
    for (const slot of document.querySelectorAll("details .card-slot:not(:empty)")) slot.closest("details")?.setAttribute("open", "");
    for (const element of arrivals()) if (!before.has(element.id)) this.pulse(element);
    if (focused?.isConnected === false) this.surface.takeFocus();
  }

  /** Before anything is put in its place. @param {{ctx: any, tasks: any[]}} swap */
  sort({ ctx, tasks }) {
    for (let at = tasks.length - 1; at >= 0; at -= 1) {
      const { target, fragment, swapSpec } = tasks[at];
      if (!(target instanceof HTMLElement)) continue;
      if (target.id === "article-notes") spare(target, fragment);
      if (!ctx.isLive) this.waiting.delete(target.id);
      else if (target.dataset.block && this.isHeld(target)) tasks.splice(at, 1).forEach((task) => this.keep(task));
      else if (target.dataset.block) swapSpec.style = "innerMorph";
      else if (swapSpec.style === "delete" && isBusy(target)) tasks.splice(at, 1).forEach(outlive);
    }
  }

  /** Whether words of this block are selected, or may be in a moment. @param {Element} block */
  isHeld(block) {
    const selection = document.getSelection();
    if (this.surface.dragging) return true;
    return Boolean(selection?.rangeCount && !selection.isCollapsed && selection.getRangeAt(0).intersectsNode(block));
  }

  /** @param {{target: Element, fragment: DocumentFragment}} task */
  keep({ target, fragment }) {
    const holder = document.createElement("div");
    holder.append(fragment.cloneNode(true));
    this.waiting.set(target.id, holder.innerHTML);
  }

  release() {
    clearTimeout(this.releasing);
    if (!this.waiting.size) return;
    this.releasing = setTimeout(() => {
      const free = [...this.waiting].filter(([id]) => !this.isHeld(/** @type {Element} */ (document.getElementById(id))));
      for (const [id] of free) this.waiting.delete(id);
      const parts = free.map(([id, html]) => `<hx-partial hx-target="#${id}" hx-swap="innerMorph">${html}</hx-partial>`);
      if (parts.length) this.put(parts.join(""));
    }, 200);
  }

  /** A soft light on what is new of others, in the margin and in the text. @param {HTMLElement} element */
  pulse(element) {
    if (element.matches("[data-mine]")) return;
    const folded = /** @type {HTMLDetailsElement | null} */ (element.closest("details.others"));
    if (folded) folded.open = true;
    const id = element.id.startsWith("highlight-") ? element.id.slice("highlight-".length) : "";
    for (const lit of [element, ...document.querySelectorAll(`mark[data-highlight~="${id}"]`)]) {
      lit.setAttribute("data-fresh", "");
      setTimeout(() => lit.removeAttribute("data-fresh"), PULSE_MS);
    }
  }
}

/** @returns {HTMLElement[]} marks and notes in the margin and under the piece */
function arrivals() {
  return [...document.querySelectorAll("#cards [id^='highlight-'], #cards .note, #article-notes .note")];
}

/** A card that is no more stays as long as somebody writes in it. @param {{target: HTMLElement}} task */
function outlive({ target }) {
  if (target.hasAttribute("data-gone")) return;
  target.setAttribute("data-gone", "");
  target.prepend(gone());
  const watch = new MutationObserver(() => {
    const isGone = target.hasAttribute("data-gone"); // not if the mark came back: then its card was drawn anew
    if (isGone && isBusy(target)) return;
    watch.disconnect();
    if (isGone) target.remove();
  });
  watch.observe(target, { childList: true, subtree: true });
}
