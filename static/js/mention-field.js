/**
 * People offered behind an `@` in a note: arrows choose, Enter or Tab takes, Escape leaves the text as it is.
 *
 * The textarea stays one. While people are offered it is a combobox; their list floats over the page and moves nothing.
 */
import { SuggestionList } from "forecite/suggestion-list";

const PAUSE_MS = 120;
const CALL = /(?<![\w@./-])@([\p{L}\d-]{0,30})$/u;
const COMBOBOX = { role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox" };
let made = 0;

class MentionField extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector("textarea");
    if (!box || this.box) return;
    this.box = box;
    this.list = new SuggestionList(box, `people-${(made += 1)}`, (option) => this.take(option));
    Object.assign(this.list.element, { className: "tag-list mention-list", popover: "manual", ariaLabel: "People to mention" });
    this.append(this.list.element);
    box.addEventListener("input", () => this.typed());
    box.addEventListener("keydown", (event) => this.press(event));
    box.addEventListener("blur", () => this.shut());
  }

  /** What stands behind the `@` that the caret is at; nothing where there is none. */
  get call() {
    const { value, selectionStart: caret, selectionEnd } = this.box;
    return caret === selectionEnd ? CALL.exec(value.slice(Math.max(0, caret - 40), caret))?.[1] : undefined;
  }

  /** Who will see the note: what is chosen in its form, or what its place makes of it. */
  get audience() {
    const chosen = this.closest("form")?.querySelector("[name=audience]:checked");
    return chosen instanceof HTMLInputElement ? chosen.value : (this.dataset.audience ?? "");
  }

  typed() {
    clearTimeout(this.timer);
    const { call } = this;
    if (call === undefined) return this.shut();
    this.timer = setTimeout(() => this.suggest(call), PAUSE_MS);
  }

  /** @param {string} call */
  async suggest(call) {
    const asked = new URLSearchParams({ q: call, audience: this.audience });
    const answer = await fetch(`${this.dataset.url}?${asked}`).catch(() => null);
    if (!answer?.ok || answer.redirected || call !== this.call || document.activeElement !== this.box) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.show(Array.from(page.querySelectorAll("option"), choice));
  }

  /** @param {HTMLElement[]} people */
  show(people) {
    const { box, list } = this;
    list.offer(people);
    if (!people.length) return this.shut();
    for (const [name, value] of Object.entries({ ...COMBOBOX, "aria-controls": list.element.id })) box.setAttribute(name, value);
    list.element.showPopover?.();
    list.point(list.element.firstElementChild);
  }

  shut() {
    clearTimeout(this.timer);
    if (!this.list.isOpen && !this.box.hasAttribute("role")) return;
    this.list.offer([]);
    if (this.list.element.matches(":popover-open")) this.list.element.hidePopover();
    for (const name of [...Object.keys(COMBOBOX), "aria-controls", "aria-expanded"]) this.box.removeAttribute(name);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { list } = this;
    if (!list.isOpen || event.isComposing || list.move(event)) return;
    const takes = (event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (takes && list.pointed) this.take(list.pointed);
    else if (event.key === "Escape") this.shut();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Puts the handle in place of what was typed, as typing would: it can be undone. @param {Element} option */
  take(option) {
    const { box, call = "" } = this;
    box.focus();
    box.setSelectionRange(box.selectionStart - call.length, box.selectionStart);
    document.execCommand("insertText", false, `${option.getAttribute("data-handle")} `);
    this.shut();
  }
}

/** @param {HTMLOptionElement} person */
function choice(person) {
  const item = document.createElement("li");
  const [name, handle] = [document.createElement("span"), document.createElement("span")];
  item.dataset.handle = person.value;
  name.textContent = person.textContent;
  handle.textContent = `@${person.value}`;
  handle.className = "muted";
  item.append(name, handle);
  return item;
}

customElements.define("mention-field", MentionField);
