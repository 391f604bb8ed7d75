/**
 * The composer in the margin: where it stands, where the focus goes, and its single keys.
 *
 * It is the server's form; it opens when a form is swapped into `#composer` and closes when that is emptied.
 */
import { say } from "forecite/app";
import { surface } from "forecite/reading-surface";

const EDGE = 16;
const TYPING = "input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea, select";

/** @param {Element | EventTarget | null} target @returns {boolean} whether keys pressed there are text */
export function isTyping(target) {
  return target instanceof Element && (target.matches(TYPING) || target.closest("[contenteditable]") !== null);
}

/** @param {EventTarget | null} field @returns {boolean} whether it says something else than when it came */
export function isChanged(field) {
  return (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value !== field.defaultValue;
}

export class Composer {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.surface = surface();
    this.wasOpen = this.isOpen;
    new MutationObserver(() => this.notice()).observe(place, { childList: true });
    new ResizeObserver(() => this.isOpen && this.level()).observe(place);
    place.addEventListener("keydown", (event) => this.press(event));
    place.addEventListener("click", (event) => this.click(event));
    addEventListener("keydown", (event) => this.await(event), { capture: true });
    place.addEventListener("toggle", (event) => this.retell(event), { capture: true });
  }

  get isOpen() {
    return this.place.childElementCount > 0;
  }

  get form() {
    return this.place.querySelector("form");
  }

  /** Keys typed while the composer is on its way are no shortcuts: they are kept for its field. @param {KeyboardEvent} event */
  await(event) {
    const { surface } = this;
    if (!surface.isHeld || this.isOpen || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.length > 1 && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) surface.early += event.key === "Enter" ? "\n" : event.key;
  }

  notice() {
    if (this.isOpen) this.open();
    else this.warning?.remove();
    if (this.wasOpen && !this.isOpen) this.surface.letGo({ saved: !this.cancelled });
    this.wasOpen = this.isOpen;
    this.cancelled = false;
  }

  open() {
    this.surface.hold();
    this.level();
    const panel = /** @type {HTMLElement} */ (this.place.firstElementChild);
    panel.tabIndex = -1;
    const invalid = this.place.querySelector("[aria-invalid=true]");
    const wanted = invalid ?? (this.surface.wish === "statement" ? null : this.named(this.surface.wish));
    (wanted instanceof HTMLElement ? wanted : panel).focus({ preventScroll: true });
    const { early } = this.surface;
    this.surface.early = "";
    if (early && isTyping(document.activeElement)) document.execCommand("insertText", false, early);
  }

  /** Level with the passage, as far as the window shows all of it. */
  level() {
    const margin = /** @type {HTMLElement} */ (this.place.closest(".reading"));
    const passage = this.surface.range?.getBoundingClientRect().top ?? EDGE;
    const lowest = innerHeight - this.place.offsetHeight - EDGE;
    const top = Math.max(EDGE, Math.min(passage, lowest));
    this.place.style.setProperty("--composer-top", `${Math.round(top - margin.getBoundingClientRect().top)}px`);
  }

  /** @param {string} name @returns {HTMLElement | null} the field to write in */
  named(name) {
    const box = name === "tags" ? this.place.querySelector("tag-field [role=combobox]") : null;
    return /** @type {HTMLElement | null} */ (box ?? this.place.querySelector(`[name="${name}"]`));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Escape") return this.escape(event);
    if (event.key === "Enter" && event.target instanceof HTMLInputElement && event.target.type === "search") return event.preventDefault();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return this.save(event);
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const onPanel = event.target === this.place.firstElementChild;
    if (event.key === "Enter" && onPanel) this.save(event);
    else if (event.key === "t") this.go("tags", event);
    else if (event.key === "n") this.go("note", event);
    else if (event.key === "s" || event.key === "b") this.unfold(event);
  }

  /** @param {Event} event */
  save(event) {
    event.preventDefault();
    this.form?.requestSubmit(this.form.querySelector("button.primary"));
  }

  /** @param {"tags" | "note"} name @param {Event} event */
  go(name, event) {
    event.preventDefault();
    this.named(name)?.focus();
  }

  /** @param {KeyboardEvent} event */
  unfold(event) {
    const control = this.place.querySelector(`[data-key="${event.key}"]`);
    if (!(control instanceof HTMLElement)) return;
    event.preventDefault();
    control.click();
  }

  /** Somebody is quoted: the author retells it, and the name of who said it is asked for. @param {Event} event */
  retell(event) {
    const { target } = event;
    if (target instanceof HTMLDetailsElement && target.open) /** @type {HTMLElement | null} */ (target.querySelector("[type=search]"))?.focus();
    if (!(target instanceof HTMLDetailsElement) || !target.matches("[data-retold][open]")) return;
    const { speaker, stance, reported_by: reporter } = /** @type {Record<string, any>} */ (this.form?.elements);
    if (stance.value !== "asserts") return; // it came so
    stance.value = "reports";
    reporter.value = speaker.value;
    speaker.focus();
    speaker.select();
  }

  /** Out of a field first, so that what was written is not lost to one key; then out of the composer. @param {KeyboardEvent} event */
  escape(event) {
    event.preventDefault();
    if (isTyping(event.target)) /** @type {HTMLElement} */ (this.place.firstElementChild).focus();
    else this.leave();
  }

  /** Close what says nothing yet; what does is only thrown away by its own button. @returns {boolean} whether it was open */
  leave() {
    if (!this.isOpen || !this.isWritten) return this.close();
    this.warning?.remove();
    this.warning = say("What you wrote is not saved yet: Save keeps it, Cancel throws it away.", "info");
    return true;
  }

  get isWritten() {
    const fields = [...(this.form?.querySelectorAll("input:not([type=radio]), textarea") ?? [])];
    return fields.some((field) => field instanceof HTMLElement && isChanged(field)) || Boolean(this.place.querySelector("tag-field .chip"));
  }

  /** @param {Event} event */
  click(event) {
    const control = event.target instanceof Element && event.target.closest("[data-close], [data-window-start]");
    if (!(control instanceof HTMLElement)) return;
    if (!control.hasAttribute("data-close")) return this.takeReading(control.dataset);
    event.preventDefault();
    this.close();
  }

  /** Another reading. @param {DOMStringMap} reading */
  takeReading({ windowStart = "", windowEnd = "", timeText = "" }) {
    const fields = /** @type {Record<string, any>} */ (this.form?.elements);
    fields.window_start.value = windowStart;
    fields.window_end.value = windowEnd;
    fields.time_text.value = timeText;
  }

  /** @returns {boolean} whether it was open */
  close() {
    if (!this.isOpen) return false;
    this.cancelled = true;
    this.place.replaceChildren();
    return true;
  }
}
