/**
 * On a small screen the margin is a sheet from below; without this it is a list after the article.
 */

const SMALL = matchMedia("(max-width: 56.24rem)");
const DRAGGED_AWAY = 60;

export class MarginSheet {
  /** @param {HTMLElement} margin @param {HTMLElement} composer */
  constructor(margin, composer) {
    this.margin = margin;
    this.opener = button("sheet-opener floating", "");
    this.opener.setAttribute("aria-controls", margin.id);
    this.grip = button("sheet-grip", "Close");
    this.scrim = document.createElement("div");
    this.scrim.className = "scrim";
    margin.prepend(this.grip);
    margin.before(this.opener, this.scrim);
    this.opener.addEventListener("click", () => this.open());
    this.grip.addEventListener("click", () => this.close());
    this.scrim.addEventListener("click", () => this.close());
    this.grip.addEventListener("pointerdown", (event) => this.drag(event));
    SMALL.addEventListener("change", () => this.adapt());
    new MutationObserver(() => this.count()).observe(margin, { childList: true, subtree: true });
    new MutationObserver(() => this.makeRoom(composer)).observe(composer, { childList: true });
    this.adapt();
    this.count();
  }

  get isSheet() {
    return SMALL.matches;
  }

  get isOpen() {
    return this.margin.hasAttribute("data-open");
  }

  adapt() {
    this.margin.toggleAttribute("data-sheet", SMALL.matches);
    if (!SMALL.matches) this.close();
  }

  count() {
    const cards = this.margin.querySelectorAll(".card").length;
    const more = this.margin.querySelector("#cards > [hx-get]") ? "+" : "";
    const words = `${cards}${more} ${cards === 1 ? "mark" : "marks"}`;
    if (this.opener.textContent !== words) this.opener.textContent = words;
    this.opener.hidden = cards === 0;
  }

  open(card) {
    this.margin.setAttribute("data-open", "");
    this.cameFrom = document.activeElement;
    for (const element of this.others) element.inert = true;
    this.opener.setAttribute("aria-expanded", "true");
    if (card) card.tabIndex = -1;
    (card ?? this.grip).focus({ preventScroll: true });
    card?.scrollIntoView({ block: "start" });
    if (card) clear(document.querySelector("mark[data-lit]"));
  }

  /** @returns {boolean} whether it was open */
  close() {
    if (!this.isOpen) return false;
    this.margin.removeAttribute("data-open");
    for (const element of this.others) element.inert = false;
    this.opener.setAttribute("aria-expanded", "false");
    if (this.cameFrom instanceof HTMLElement) this.cameFrom.focus({ preventScroll: true });
    return true;
  }

  get others() {
    return [...document.querySelectorAll(".masthead, .rail, .piece, .sheet-opener")];
  }

  /** The passage stays in sight above the composer. @param {HTMLElement} composer */
  makeRoom(composer) {
    if (!SMALL.matches || !composer.childElementCount) return;
    if (this.isOpen) this.close();
    this.margin.scrollTop = 0;
    clear(CSS.highlights?.get("pending")?.values().next().value);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    const from = event.clientY;
    this.grip.setPointerCapture(event.pointerId);
    const ends = new AbortController();
    this.grip.addEventListener(
      "pointermove",
      (move) => {
        if (move.clientY - from < DRAGGED_AWAY) return;
        ends.abort();
        this.close();
      },
      { signal: ends.signal },
    );
    this.grip.addEventListener("pointerup", () => ends.abort(), { once: true });
  }
}

function clear(passage) {
  const { top, bottom } = passage?.getBoundingClientRect() ?? {};
  if (top < 0 || bottom > innerHeight * 0.3) scrollBy({ top: top - innerHeight / 8, behavior: "instant" });
}

function button(name, words) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  const label = document.createElement("span");
  label.className = "visually-hidden";
  label.textContent = words;
  if (words) made.append(label);
  return made;
}
