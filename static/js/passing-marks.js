/**
 * Washes that come and go without touching the text's elements (CSS Custom Highlights): the pending passage,
 * the sentence cursor, a suggested prediction. Kept as offsets, so that they survive the redrawing of a block.
 */

/** @type {Map<string, {article: import("forecite/article-text").ArticleText, passage: {start: number, end: number}}>} */
const drawn = new Map();

/**
 * @param {"pending" | "sentence" | "suggestion"} name
 * @param {import("forecite/article-text").ArticleText} article
 * @param {{start: number, end: number}} passage
 */
export function draw(name, article, passage) {
  drawn.set(name, { article, passage });
  paint(name);
}

/** @param {"pending" | "sentence" | "suggestion"} name */
export function erase(name) {
  drawn.delete(name);
  globalThis.CSS?.highlights?.delete(name);
}

/** @param {string} name */
function paint(name) {
  const kept = drawn.get(name);
  if (kept && CSS.highlights) CSS.highlights.set(name, new Highlight(kept.article.rangeOf(kept.passage)));
}

document.addEventListener("htmx:after:swap", () => drawn.forEach((_, name) => paint(name)));
