/**
 * Where the forms of a mark or a note open: in the slot at the end of its card. The focus goes into a form that opens,
 * and back to the card when it is saved or closed.
 */
import { isChanged, isTyping } from "forecite/composing";

const SLOT = ".card-slot, #slot-article";
const CARD = ".card, #notes";

export class CardSlots {
  constructor() {
    /** The field that the next form is opened for. @type {string} */
    this.wish = "";
    document.addEventListener("htmx:after:settle", (event) => this.enter(event.target));
    document.addEventListener("htmx:after:swap", (event) => this.leave(/** @type {CustomEvent} */ (event).detail.ctx));
    document.addEventListener("keydown", (event) => this.press(event));
    document.addEventListener("click", (event) => this.cancel(event));
  }

  /** @param {EventTarget | null} target */
  enter(target) {
    if (!(target instanceof Element) || !target.matches(SLOT) || !target.childElementCount) return;
    const named = this.wish === "tags" ? target.querySelector("tag-field [role=combobox]") : null;
    const field = named ?? target.querySelector("[aria-invalid=true], textarea, input:not([type=hidden])");
    if (field instanceof HTMLElement) field.focus();
    this.wish = "";
  }

  /** What had the focus may have been swapped away. @param {{sourceElement: Element, request: {action: string}}} ctx */
  leave(ctx) {
    if (document.activeElement !== document.body) return;
    const restored = /\/highlights\/(\d+)\/restoration\/$/.exec(ctx.request.action);
    const id = restored ? `highlight-${restored[1]}` : ctx.sourceElement.closest(CARD)?.id;
    const card = id ? document.getElementById(id) : null;
    card?.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const slot = event.target instanceof Element ? event.target.closest(SLOT) : null;
    if (!slot || event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (event.target instanceof Element) event.target.closest("form")?.requestSubmit();
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
    if (card instanceof HTMLElement) card.focus({ preventScroll: true });
  }
}
