/**
 * Reading by sentence: a cursor that arrows (or j and k) move and Shift extends, and whose ends brackets move by words,
 * so that the keyboard alone can take any passage in hand. What it holds is a passage like a selection's.
 */
import { announce } from "forecite/announcing";
import { lowerBound } from "forecite/article-text";
import { bringIntoView } from "forecite/marks";
import { draw, erase } from "forecite/passing-marks";

const STEPS = { ArrowDown: 1, ArrowRight: 1, j: 1, J: 1, ArrowUp: -1, ArrowLeft: -1, k: -1, K: -1 };
/** Which end a key moves, and by how many words. @type {Record<string, ["start" | "end", number]>} */
const TRIMS = { "[": ["start", 1], "{": ["start", -1], "]": ["end", -1], "}": ["end", 1] };
const TOP = 80;

export class SentenceMode {
  /** @param {import("forecite/reading-surface").ReadingSurface} surface */
  constructor(surface) {
    this.surface = surface;
    this.isOn = false;
    this.from = 0;
    this.to = 0;
    for (const control of document.querySelectorAll("[data-sentence-mode]")) {
      control.addEventListener("click", () => this.toggle());
    }
  }

  /** Every sentence as UTF-16 offsets, found once. */
  get sentences() {
    this.known ??= this.segment("sentence");
    return this.known;
  }

  /** Every word likewise. */
  get words() {
    this.knownWords ??= joined(this.segment("word"));
    return this.knownWords;
  }

  /** @param {"sentence" | "word"} granularity */
  segment(granularity) {
    const language = this.surface.closest("[lang]")?.getAttribute("lang") ?? "en";
    return segments(this.surface.article, new Intl.Segmenter(language, { granularity }));
  }

  toggle() {
    if (this.isOn) this.close();
    else this.start();
  }

  /** Begin with what is selected, or with the first sentence in the window. */
  start() {
    if (!this.sentences.length) return;
    this.isOn = true;
    const { article, passage } = this.surface;
    const at = passage ? article.units(passage.start) : (this.firstShown?.start ?? 0);
    this.from = this.to = Math.min(lowerBound(this.sentences, at + 1, (sentence) => sentence.end), this.sentences.length - 1);
    document.getSelection()?.removeAllRanges();
    this.surface.body.tabIndex = -1;
    this.surface.body.focus({ preventScroll: true });
    this.show("Reading by sentence. Arrows move, Shift with arrows extends, brackets trim, Escape ends. ");
  }

  get firstShown() {
    const { blocks } = this.surface.article;
    const top = (block) => document.getElementById(block.id)?.getBoundingClientRect().bottom ?? 0;
    return blocks[lowerBound(blocks, TOP, top)];
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was the cursor's */
  press(event) {
    if (!this.isOn) return false;
    if (TRIMS[event.key]) return this.trim(...TRIMS[event.key]);
    const step = STEPS[event.key];
    if (!step) return false;
    const last = this.sentences.length - 1;
    this.to = Math.max(0, Math.min(last, this.to + step));
    if (!event.shiftKey) this.from = this.to;
    this.show("");
    return true;
  }

  /** @param {"start" | "end"} edge @param {number} step in words; one is always left */
  trim(edge, step) {
    const { article, passage } = this.surface;
    if (!passage) return true;
    const held = { start: article.units(passage.start), end: article.units(passage.end) };
    const first = lowerBound(this.words, held.start + 1, (word) => word.end);
    const last = lowerBound(this.words, held.end, (word) => word.start) - 1;
    const word = this.words[(edge === "start" ? first : last) + step];
    if (word) held[edge] = word[edge];
    if (held.start < held.end) this.hold(held.start, held.end);
    announce(this.surface.passage?.exact ?? "");
    return true;
  }

  /** @param {number} start @param {number} end UTF-16 offsets @returns {boolean} whether there are words between */
  hold(start, end) {
    const { article } = this.surface;
    const passage = article.passage(start, end);
    if (!passage) return false;
    draw("sentence", article, passage);
    this.surface.take(passage, "sentence");
    return true;
  }

  /** @param {string} preface */
  show(preface) {
    const { article } = this.surface;
    const [first, last] = [Math.min(this.from, this.to), Math.max(this.from, this.to)];
    if (!this.hold(this.sentences[first].start, this.sentences[last].end)) return;
    const { start, end } = this.sentences[this.to];
    bringIntoView(article.rangeBetween(start, end));
    announce(`${preface}${article.text.slice(start, end)}${first === last ? "" : ` ${last - first + 1} sentences held.`}`);
  }

  /** @returns {boolean} whether it was on */
  close() {
    if (!this.isOn) return false;
    this.isOn = false;
    erase("sentence");
    this.surface.release();
    announce("Reading freely again.");
    return true;
  }
}

/** @param {import("forecite/article-text").ArticleText} article @param {Intl.Segmenter} segmenter */
function segments(article, segmenter) {
  return article.blocks.flatMap(({ start, end }) =>
    Array.from(segmenter.segment(article.text.slice(start, end)), ({ index, segment, isWordLike: isWord }) => ({
      start: start + index,
      end: start + index + segment.trimEnd().length,
      isWord,
    })).filter(({ start, end }) => end > start),
  );
}

/**
 * Words as a reader counts them: "Open-source" and "A.I" are one each, and marks on a word's outer sides belong to none.
 * Scripts that set no spaces have their words side by side, and there they stay two.
 * @param {{start: number, end: number, isWord?: boolean}[]} pieces
 */
function joined(pieces) {
  const words = [];
  for (const [place, piece] of pieces.entries()) {
    if (!piece.isWord) continue;
    const last = words.at(-1);
    const between = pieces[place - 1];
    const isGlued = last && between && !between.isWord && between.start === last.end && between.end === piece.start;
    if (isGlued) last.end = piece.end;
    else words.push({ ...piece });
  }
  return words;
}
