/** What is offered beneath a box while one types: a list whose options are pointed at by arrows and taken by a press. */
export class SuggestionList {
  /**
   * @param {HTMLElement} box
   * @param {string} id
   * @param {(option: Element) => void} take
   */
  constructor(box, id, take) {
    this.box = box;
    this.element = document.createElement("ul");
    Object.assign(this.element, { id, hidden: true, className: "tag-list floating", role: "listbox", ariaLabel: "Suggestions" });
    this.element.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = event.target instanceof Element && event.target.closest("[role=option]");
      if (option) take(option);
    });
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** @param {HTMLElement[]} options */
  offer(options) {
    for (const [place, option] of options.entries()) Object.assign(option, { id: `${this.element.id}-${place}`, role: "option", ariaSelected: "false" });
    this.element.replaceChildren(...options);
    this.element.hidden = options.length === 0;
    this.box.setAttribute("aria-expanded", String(options.length > 0));
    this.point(null);
  }

  /** @param {Element | null} option */
  point(option) {
    this.pointed?.setAttribute("aria-selected", "false");
    this.pointed = option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.box.setAttribute("aria-activedescendant", option.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it was an arrow, and moved */
  move(event) {
    if (!this.isOpen || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return false;
    const { firstElementChild, lastElementChild } = this.element;
    if (event.key === "ArrowDown") this.point(this.pointed?.nextElementSibling ?? firstElementChild);
    else this.point(this.pointed?.previousElementSibling ?? lastElementChild);
    event.preventDefault();
    return true;
  }
}
