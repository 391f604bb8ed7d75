/**
 * The pencils over a selection. Reached by Tab from the text; Esc puts them away.
 *
 * Highlight, evidence and question are saved by the form itself; what needs words opens the composer.
 */
import htmx from "htmx";
import { surface } from "forecite/reading-surface";

/** Room for the handles and the menu that a touch screen puts at a selection. */
const TOUCH_GAP = 40;
const GAP = 8;
const LONGEST_QUOTE_IN_ADDRESS = 1500;

class SelectionBar extends HTMLElement {
  connectedCallback() {
    this.form = /** @type {HTMLFormElement} */ (this.querySelector("form"));
    this.surface = surface();
    document.addEventListener("passage-change", () => this.follow());
    document.addEventListener("keydown", (event) => this.enterByTab(event));
    this.addEventListener("pointerdown", (event) => event.preventDefault());
    this.addEventListener("submit", (event) => this.intercept(event), { capture: true });
    this.addEventListener("click", (event) => this.write(event));
    this.addEventListener("htmx:after:swap", (event) => this.finish(event));
    for (const name of ["scroll", "resize"]) addEventListener(name, () => this.place(), { passive: true });
  }

  follow() {
    const { passage, body, isHeld } = this.surface;
    this.hidden = !passage || Boolean(isHeld);
    if (!passage) return;
    const { start, end, exact } = passage;
    this.fill({ revision: body.dataset.revision, start, end, exact });
    this.place();
  }

  /** @param {Record<string, unknown>} values */
  fill(values) {
    for (const [name, value] of Object.entries(values)) {
      const field = this.form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = String(value);
    }
  }

  /** Above the first line of the passage; on touch screens below its last, clear of the system's own menu. */
  place() {
    const lines = this.hidden ? null : this.surface.range?.getClientRects();
    if (!lines?.length) return;
    const [first, last] = [lines[0], lines[lines.length - 1]];
    const { offsetWidth: width, offsetHeight: height } = this;
    const isTouch = matchMedia("(pointer: coarse)").matches;
    const gap = isTouch ? TOUCH_GAP : GAP;
    const above = first.top - height - gap;
    const below = last.bottom + gap;
    const bottom = innerHeight - height - GAP;
    const top = isTouch ? (below <= bottom ? below : Math.max(GAP, above)) : above >= GAP ? above : Math.min(below, bottom);
    const middle = isTouch ? innerWidth / 2 : first.left + Math.min(first.width, width) / 2;
    const left = Math.max(GAP, Math.min(middle - width / 2, document.documentElement.clientWidth - width - GAP));
    this.style.translate = `${Math.round(left)}px ${Math.round(top)}px`;
  }

  /** Tab leads from the text to the pencils that float above it, wherever they stand in the page. @param {KeyboardEvent} event */
  enterByTab(event) {
    if (this.hidden || event.key !== "Tab" || event.shiftKey || event.defaultPrevented) return;
    const from = document.activeElement;
    if (from && from !== document.body && !this.surface.contains(from)) return;
    event.preventDefault();
    this.form.querySelector("button")?.focus();
  }

  /** @param {SubmitEvent} event */
  intercept(event) {
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (button?.value !== "prediction") return;
    event.preventDefault();
    event.stopPropagation();
    this.compose({ kind: "prediction", focus: "statement" });
  }

  /** @param {Event} event */
  write(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-compose]") : null;
    const focus = button?.getAttribute("data-compose");
    if (focus === "tags" || focus === "note") this.compose({ kind: "highlight", focus });
  }

  /** @param {{kind: string, focus: "statement" | "tags" | "note"}} wish */
  async compose(wish) {
    const { passage, body, highlightsUrl } = this.surface;
    if (!passage) return;
    const { start, end, exact } = passage;
    const query = new URLSearchParams({ revision: body.dataset.revision ?? "", start: `${start}`, end: `${end}`, ...wish });
    if (exact.length <= LONGEST_QUOTE_IN_ADDRESS) query.set("exact", exact);
    this.surface.wish = wish.focus;
    this.surface.hold();
    this.hidden = true;
    const place = { target: "#composer", swap: "innerHTML", source: this };
    await htmx.ajax("GET", `${highlightsUrl}new/?${query}`, place).catch(() => {});
    // None came: give the words and the keys back.
    if (!document.querySelector("#composer > *")) this.surface.letGo({ saved: false });
  }

  /** @param {string} kind */
  save(kind) {
    const pencil = this.form.querySelector(`button[name="kind"][value="${kind}"]`);
    if (this.surface.passage && pencil instanceof HTMLButtonElement) this.form.requestSubmit(pencil);
  }

  /** @param {Event} event */
  finish(event) {
    const { ctx } = /** @type {CustomEvent} */ (event).detail;
    if (ctx.request.method === "POST" && ctx.response.status < 400) this.surface.letGo({ saved: true });
  }

  /** @returns {boolean} whether there was anything to put away */
  close() {
    if (this.hidden) return false;
    const { passage, origin } = this.surface;
    if (origin === "sentence") return false;
    if (passage && this.contains(document.activeElement)) this.surface.returnTo(passage, false);
    document.getSelection()?.removeAllRanges();
    this.surface.release();
    return true;
  }
}

customElements.define("selection-bar", SelectionBar);

/** @returns {SelectionBar | null} who is not signed in has none */
export const pencils = () => /** @type {SelectionBar | null} */ (document.querySelector("selection-bar"));
