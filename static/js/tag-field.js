/**
 * Tags as chips with suggestions, over a plain input of comma-separated names, which keeps the value.
 *
 * An ARIA combobox with a list: arrows choose, Enter or a comma adds, Backspace in the empty box takes the last away.
 */

import { SuggestionList } from "forecite/suggestion-list";

const PAUSE_MS = 120;
let made = 0;
/** Whether a button of the mouse or a finger is down. */
let pressed = false;
addEventListener("pointerdown", () => (pressed = true), { capture: true });
for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => (pressed = false), { capture: true });

class TagField extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    if (!input || this.box) return;
    this.names = split(input.value);
    this.build(input);
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => this.press(event));
    this.box.addEventListener("blur", () => this.left());
    this.chips.addEventListener("click", (event) => this.drop(event));
    this.showChips();
  }

  /**
   * New inputs replace the server's: htmx, having swapped one with a known id, gives that its old attributes back.
   *
   * @param {HTMLInputElement} input
   */
  build(input) {
    const id = `tags-${(made += 1)}`;
    this.kept = document.createElement("input");
    Object.assign(this.kept, { type: "hidden", name: input.name });
    this.box = /** @type {HTMLInputElement} */ (input.cloneNode());
    for (const name of ["name", "list", "value"]) this.box.removeAttribute(name);
    this.box.value = "";
    this.list = new SuggestionList(this.box, id, (option) => this.add(option.textContent ?? ""));
    const aria = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
    for (const [name, value] of Object.entries(aria)) this.box.setAttribute(name, value);
    this.chips = document.createElement("ul");
    this.chips.className = "chips";
    input.replaceWith(this.kept, this.chips, this.box, this.list.element);
  }

  showChips() {
    this.kept.value = this.names.join(", ");
    this.chips.replaceChildren(...this.names.map(chip));
    this.chips.hidden = this.names.length === 0;
    this.kept.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** @param {string} text */
  add(text) {
    const folded = new Set(this.names.map(fold));
    this.names.push(...split(text).filter((name) => !folded.has(fold(name)) && folded.add(fold(name))));
    this.box.value = "";
    this.shut();
    this.showChips();
    this.box.scrollIntoView({ block: "nearest" }); // a new row of chips pushes it below the bar that saves
  }

  /** A chip makes the form grow: what somebody is pressing must not move away beneath them. */
  left() {
    if (!pressed) return this.addTyped();
    addEventListener("click", () => this.addTyped(), { capture: true, once: true });
    addEventListener("pointerup", () => setTimeout(() => this.addTyped()), { once: true });
  }

  addTyped() {
    if (this.box.value.trim()) this.add(this.box.value);
    this.shut();
  }

  typed() {
    if (this.box.value.includes(",")) return this.add(this.box.value);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.suggest(this.box.value.trim()), PAUSE_MS);
  }

  /** @param {string} start */
  async suggest(start) {
    if (!start) return this.shut();
    const answer = await fetch(`${this.dataset.url}?q=${encodeURIComponent(start)}`).catch(() => null);
    if (!answer?.ok || start !== this.box.value.trim()) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const options = Array.from(page.querySelectorAll("option"), (option) => option.value || option.textContent || "");
    const taken = new Set(this.names.map(fold));
    this.offer(options.filter((name) => !taken.has(fold(name))));
  }

  /** @param {string[]} names */
  offer(names) {
    this.list.offer(names.map((name) => option(name)));
  }

  shut() {
    clearTimeout(this.timer);
    this.list.offer([]);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { list } = this;
    if (list.move(event)) return;
    if (event.key === "Escape" && list.isOpen) this.shut();
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && list.pointed) this.add(list.pointed.textContent ?? "");
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && this.box.value.trim()) this.add(this.box.value);
    else if (event.key === "Enter") return this.addTyped();
    else if (event.key === "Backspace" && !this.box.value && this.names.pop()) this.showChips();
    else return;
    event.preventDefault();
  }

  /** @param {MouseEvent} event */
  drop(event) {
    const button = event.target instanceof Element && event.target.closest("button");
    if (!button) return;
    this.names.splice(Number(button.value), 1);
    this.showChips();
    this.box.focus();
  }
}

/** @param {string} text */
const split = (text) => text.split(",").map((name) => name.trim().replace(/^#/, "")).filter(Boolean);

/** @param {string} name */
const fold = (name) => name.normalize("NFKC").toLowerCase();

/** @param {string} name @param {number} place */
function chip(name, place) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "chip", value: String(place), textContent: name, title: `Remove ${name}` });
  item.append(button);
  return item;
}

/** @param {string} name */
function option(name) {
  const item = document.createElement("li");
  item.textContent = name;
  return item;
}

customElements.define("tag-field", TagField);
