/**
 * The page of the search: keys through what was found, what a word may become, and what was asked of late.
 *
 * Arrows lead from the box into the list and back, j and k through it; Enter opens, as on any link.
 */

import { SuggestionList } from "forecite/suggestion-list";

const PAUSE_MS = 120;
const isTyping = (/** @type {EventTarget | null} */ target) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable], dialog") !== null;

class SearchPage extends HTMLElement {
  connectedCallback() {
    if (this.box) return;
    this.box = /** @type {HTMLInputElement} */ (this.querySelector('input[type="search"]'));
    if (!this.box.value) this.box.focus({ preventScroll: true }); // with hits on the page a finger wants no keyboard
    document.addEventListener("keydown", (event) => this.press(event));
    this.addEventListener("click", (event) => {
      if (!(event.target instanceof Element)) return;
      if (event.target.closest(".search-row a")) this.remember();
      this.more = this.links.indexOf(/** @type {HTMLElement} */ (event.target.closest(".more a")));
    });
    this.fold();
    document.addEventListener("htmx:after:swap", () => {
      this.fold();
      this.goOn();
    });
  }

  /** The first of the hits that came stands where the link was that brought them: the keys go on from there. */
  goOn() {
    if (this.more >= 0 && document.activeElement === document.body) this.links[this.more]?.focus({ preventScroll: true });
    this.more = -1;
  }

  /** On a narrow screen the facets stand above the hits: there they wait to be opened. */
  fold() {
    if (matchMedia("(width < 56rem)").matches) this.querySelector(".search-facets")?.removeAttribute("open");
  }

  get links() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll(".search-row .row-title a, .search-rows .more a")]);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const inBox = event.target === this.box;
    const step = { ArrowDown: 1, ArrowUp: -1, ...(isTyping(event.target) ? {} : { j: 1, k: -1 }) }[event.key];
    if (!step || (isTyping(event.target) && !inBox)) return;
    const { links } = this;
    const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (at < 0 && (step < 0 || (!inBox && event.key.startsWith("Arrow")))) return;
    const next = at < 0 ? links[0] : at + step < 0 ? this.box : links[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  /** The question led somewhere: it is worth being offered again. */
  remember() {
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
    if (!this.dataset.recent || !token || !this.box.value.trim()) return;
    const sent = new FormData();
    sent.set("q", this.box.value.trim());
    sent.set("csrfmiddlewaretoken", token);
    navigator.sendBeacon(this.dataset.recent, sent);
  }
}

/** Offers the names of filters, and what stands behind them, beneath the box. */
class SearchField extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.box = /** @type {HTMLInputElement} */ (this.querySelector("input"));
    this.list = new SuggestionList(this.box, "search-completions", (option) => this.take(option));
    const aria = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "search-completions" };
    for (const [name, value] of Object.entries(aria)) this.box.setAttribute(name, value);
    this.append(this.list.element);
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => this.press(event));
    this.box.addEventListener("blur", () => this.shut());
  }

  typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.suggest(this.box.value), PAUSE_MS);
  }

  /** @param {string} text */
  async suggest(text) {
    if (!/[A-Za-z]+:?[^\s]*$|"[^"]*$/.test(text)) return this.shut();
    const answer = await fetch(`${this.dataset.url}?q=${encodeURIComponent(text)}`).catch(() => null);
    if (!answer?.ok || text !== this.box.value || document.activeElement !== this.box) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const options = Array.from(page.querySelectorAll("option"), (option) => option.value);
    this.list.offer(options.filter((one) => one !== text).map(optionOf));
  }

  /** @param {Element} option */
  take(option) {
    this.box.value = `${option.textContent}${option.textContent?.endsWith(":") ? "" : " "}`;
    this.shut();
    this.box.focus();
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  shut() {
    clearTimeout(this.timer);
    this.list.offer([]);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { list } = this;
    if (list.move(event) || !list.isOpen) return;
    if (event.key === "Enter" && list.pointed) this.take(list.pointed);
    else if (event.key === "Escape") this.shut();
    else return;
    event.preventDefault();
  }
}

/** @param {string} text */
function optionOf(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

customElements.define("search-field", SearchField);
customElements.define("search-page", SearchPage);
