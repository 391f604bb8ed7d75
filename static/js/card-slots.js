/**
 * The forms of a mark or a note open in the slot of its card. The focus goes into them, and back to the card.
 */
import { isChanged, isTyping } from "forecite/composing";

/** @typedef {{sourceElement: Element, request: {action: string, method: string}, response: Response, home?: string, saved?: Element | null}} Context */

const SLOT = ".card-slot, #margin-filters";
const CARD = ".card, #notes .note, #notes, .margin-head";

export class CardSlots {
  constructor() {
    /** The field that the next form is opened for. @type {string} */
    this.wish = "";
    document.addEventListener("htmx:after:settle", (event) => this.enter(event.target));
    document.addEventListener("htmx:before:swap", (event) => this.finish(/** @type {CustomEvent} */ (event).detail.ctx));
    document.addEventListener("htmx:after:swap", (event) => this.leave(/** @type {CustomEvent} */ (event).detail.ctx));
    document.addEventListener("keydown", (event) => this.press(event));
    document.addEventListener("click", (event) => this.cancel(event));
  }

  /** @param {EventTarget | null} target */
  enter(target) {
    if (!(target instanceof Element) || !target.matches(SLOT) || !target.childElementCount) return;
    const named = this.wish === "tags" ? target.querySelector("tag-field [role=combobox]") : null;
    const field = named ?? target.querySelector("[aria-invalid=true], textarea, select, input:not([type=hidden])");
    field?.focus({ preventScroll: true });
    field?.scrollIntoView({ block: "nearest" });
    this.wish = "";
  }

  /** What was saved may go with the old card; what others' changes find open may not. @param {Context} ctx */
  finish(ctx) {
    ctx.home = ctx.sourceElement.closest(CARD)?.id;
    if (ctx.request.method !== "POST" || ctx.response.status >= 400) return;
    ctx.saved = ctx.sourceElement.closest(SLOT);
    ctx.saved?.setAttribute("data-done", "");
  }

  /** What was saved goes, and with it what had the focus. @param {Context} ctx */
  leave(ctx) {
    ctx.saved?.removeAttribute("data-done");
    if (ctx.saved?.contains(ctx.sourceElement)) ctx.saved.replaceChildren();
    const lost = document.querySelector("#unplaced [autofocus]");
    lost?.removeAttribute("autofocus");
    if (lost?.matches(".card") && lost.checkVisibility()) goTo(lost);
    if (document.activeElement !== document.body) return;
    const restored = /\/highlights\/(\d+)\/restoration\/$/.exec(ctx.request.action);
    const id = restored ? `highlight-${restored[1]}` : ctx.home;
    const rest = document.querySelector(".margin[data-open] .sheet-grip") ?? document.querySelector("[data-article-body]");
    goTo(lost ?? (id ? document.getElementById(id) : null) ?? (ctx.request.method === "POST" ? rest : null));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const slot = event.target instanceof Element ? event.target.closest(SLOT) : null;
    if (!slot || event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.target.closest("form")?.requestSubmit();
    } else if (event.key === "Escape" && !(isTyping(event.target) && isChanged(event.target))) {
      event.preventDefault();
      this.close(slot);
    }
  }

  /** @param {Event} event */
  cancel(event) {
    const control = event.target instanceof Element ? event.target.closest("[data-close]") : null;
    const slot = control?.closest(SLOT);
    if (!slot) return;
    event.preventDefault();
    this.close(slot);
  }

  /** @param {Element} slot */
  close(slot) {
    slot.replaceChildren();
    const card = slot.closest(CARD);
    if (card?.matches(".note[data-gone]")) card.remove();
    else goTo(card);
  }
}

/** @param {Element | null} card */
function goTo(card) {
  if (!(card instanceof HTMLElement)) return;
  if (card.tabIndex < 0) card.tabIndex = -1;
  card.focus({ preventScroll: true });
}
