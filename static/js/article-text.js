/**
 * The article's words as the server counts them: code points of the text that its body's `textContent` gives.
 *
 * Marks come and go inside the body, but none changes a word of it, so text and block offsets are read once.
 *
 * @typedef {{start: number, end: number, exact: string}} Passage  offsets in code points, `exact` the words between them
 * @typedef {{id: string, start: number, end: number}} Block  a block of text, offsets in UTF-16 units
 */

const ASTRAL = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;
const SPACE = /\s/;

export class ArticleText {
  /** @param {HTMLElement} body */
  constructor(body) {
    this.body = body;
    this.text = body.textContent ?? "";
    this.astral = Array.from(this.text.matchAll(ASTRAL), (match) => match.index);
  }

  /** @returns {Block[]} blocks that hold text themselves, in the order of the text */
  get blocks() {
    this.known ??= readBlocks(this.body);
    return this.known;
  }

  /** Code points before a UTF-16 offset. @param {number} units */
  points(units) {
    return units - lowerBound(this.astral, units, (at) => at);
  }

  /** UTF-16 offset of a code point. @param {number} points */
  units(points) {
    let before = 0;
    while (before < this.astral.length && this.astral[before] - before < points) before += 1;
    return points + before;
  }

  /** @param {Range} range @returns {Passage | null} its words in this text, or null where it holds none */
  passageOf(range) {
    const whole = document.createRange();
    whole.selectNodeContents(this.body);
    const startsBefore = range.compareBoundaryPoints(Range.START_TO_START, whole) < 0;
    const endsAfter = range.compareBoundaryPoints(Range.END_TO_END, whole) > 0;
    if (range.compareBoundaryPoints(Range.START_TO_END, whole) <= 0) return null;
    if (range.compareBoundaryPoints(Range.END_TO_START, whole) >= 0) return null;
    const start = startsBefore ? 0 : this.unitsBefore(range.startContainer, range.startOffset);
    const end = endsAfter ? this.text.length : this.unitsBefore(range.endContainer, range.endOffset);
    return this.passage(start, end);
  }

  /** @param {number} start @param {number} end UTF-16 offsets @returns {Passage | null} the words between, trimmed */
  passage(start, end) {
    if (isInsidePair(this.text, start)) start -= 1;
    if (isInsidePair(this.text, end)) end += 1;
    while (start < end && SPACE.test(this.text[start])) start += 1;
    while (end > start && SPACE.test(this.text[end - 1])) end -= 1;
    if (start >= end) return null;
    return { start: this.points(start), end: this.points(end), exact: this.text.slice(start, end) };
  }

  /** @param {Node} node @param {number} offset @returns {number} UTF-16 units of text before this place */
  unitsBefore(node, offset) {
    const before = document.createRange();
    before.setStart(this.body, 0);
    before.setEnd(node, offset);
    return before.toString().length;
  }

  /** @param {{start: number, end: number}} passage @returns {Range} where its words stand now */
  rangeOf({ start, end }) {
    return this.rangeBetween(this.units(start), this.units(end));
  }

  /** @param {number} start @param {number} end UTF-16 offsets @returns {Range} */
  rangeBetween(start, end) {
    const range = document.createRange();
    const walker = document.createTreeWalker(this.body, NodeFilter.SHOW_TEXT);
    let at = 0;
    let begun = false;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.nodeValue?.length ?? 0;
      if (!begun && start < at + length) {
        range.setStart(node, start - at);
        begun = true;
      }
      if (end <= at + length) {
        range.setEnd(node, end - at);
        break;
      }
      at += length;
    }
    return range;
  }

  /** @param {number} units @returns {Block | undefined} the last block that begins at or before this offset */
  blockAt(units) {
    const after = lowerBound(this.blocks, units + 1, (block) => block.start);
    return this.blocks[Math.max(0, after - 1)];
  }
}

/** @param {HTMLElement} body @returns {Block[]} */
function readBlocks(body) {
  const blocks = [];
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let at = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) at += node.nodeValue?.length ?? 0;
    else if (node instanceof HTMLElement && node.matches("[data-block]:not(:has([data-block]))")) {
      blocks.push({ id: node.id, start: at, end: at + (node.textContent?.length ?? 0) });
    }
  }
  return blocks;
}

/** @param {string} text @param {number} at @returns {boolean} whether `at` would cut a surrogate pair in two */
function isInsidePair(text, at) {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}

/**
 * @template T
 * @param {T[]} sorted @param {number} value @param {(item: T) => number} key
 * @returns {number} how many items have a key below `value`
 */
export function lowerBound(sorted, value, key) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(sorted[middle]) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
