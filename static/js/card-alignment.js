/** Places cards level with their passages where the browser cannot do it by itself. */

const GAP = 8;

/** @param {HTMLElement} list */
export function align(list) {
  list.dataset.aligned = "";
  const cards = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(":scope > [data-card]")]);
  const origin = list.closest(".reading")?.getBoundingClientRect().top ?? 0;
  const measured = cards.map((card) => ({ card, height: card.offsetHeight, top: markTop(card) - origin }));
  let free = -Infinity;
  for (const { card, height, top } of measured) {
    const at = card.hasAttribute("data-float") ? top : Math.max(top, free);
    card.style.setProperty("--top", `${Math.round(at)}px`);
    if (!card.hasAttribute("data-float")) free = at + height + GAP;
  }
}

/** @param {HTMLElement} card */
function markTop(card) {
  const mark = document.querySelector(`mark[data-highlight~="${card.id.slice("highlight-".length)}"]`);
  return mark?.getBoundingClientRect().top ?? 0;
}
