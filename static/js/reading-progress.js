/**
 * Where one is in the text: kept on the server as one reads, gone back to when one returns.
 *
 * The position is the code point at the top of the window: a block's share that has scrolled past stands for the share
 * of its words that has. How much was read is another thing: what stayed on the screen for a moment, as far as it goes on
 * from what was read before. A jump to the foot, by a link or a key, reads nothing.
 */
import { lowerBound } from "forecite/article-text";

const SAVE_EVERY_MS = 5000;
const READING_LINE = 96;
/** How long words stay on the screen to be read, and over how many screens at most one can have read since. */
const STAY_MS = 1000;
const SCREENS = 2;

export class ReadingProgress {
  /** @param {import("forecite/reading-surface").ReadingSurface} surface */
  constructor(surface) {
    this.surface = surface;
    this.url = surface.body.dataset.readingUrl;
    this.outline = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll('.rail a[href^="#"]')]);
    this.bar = /** @type {HTMLProgressElement | null} */ (document.querySelector(".reading-progress"));
    this.read = this.savedRead = this.bar?.value ?? 0;
    this.resume(Number(surface.body.dataset.position ?? 0));
    /** Read while one scrolls: a page that is being left must not be laid out again for it. */
    this.place = { position: this.position, percent: this.percent };
    this.stood = this.place.percent;
    this.saved = this.place.position;
    this.savedSeen = this.seen;
    addEventListener("scroll", () => this.moved(), { passive: true });
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    addEventListener("pagehide", () => this.save());
  }

  /** A link to a passage wins over where one was. @param {number} position */
  resume(position) {
    if (!position || location.hash || scrollY > 0) return;
    const units = this.surface.article.units(position);
    const block = this.surface.article.blockAt(units);
    const element = block && document.getElementById(block.id);
    if (!element) return;
    const { top, height } = element.getBoundingClientRect();
    const share = (units - block.start) / Math.max(1, block.end - block.start);
    scrollTo({ top: scrollY + top + height * Math.min(1, share) - READING_LINE, behavior: "instant" });
  }

  moved() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.place = { position: this.position, percent: this.percent };
      this.showPlace();
    });
    this.staying ??= setTimeout(() => this.stay(), STAY_MS);
    this.saveSoon();
  }

  saveSoon() {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.save();
    }, SAVE_EVERY_MS);
  }

  /** What was on the screen a moment ago and still is has been read, if one came there by reading. */
  stay() {
    const { percent } = this;
    const stayed = Math.min(this.stood, percent);
    const screens = ((stayed - this.read) / 100) * (this.surface.body.offsetHeight / innerHeight);
    if (stayed > this.read && screens < SCREENS) {
      this.read = stayed;
      this.saveSoon();
    }
    this.staying = percent === this.stood ? undefined : setTimeout(() => this.stay(), STAY_MS);
    this.stood = percent;
  }

  get topBlock() {
    const { blocks } = this.surface.article;
    const bottom = (block) => document.getElementById(block.id)?.getBoundingClientRect().bottom ?? 0;
    return blocks[Math.min(lowerBound(blocks, READING_LINE, bottom), blocks.length - 1)];
  }

  /** @returns {number} the code point at the reading line */
  get position() {
    const block = this.topBlock;
    const box = block && document.getElementById(block.id)?.getBoundingClientRect();
    if (!box || scrollY === 0) return 0;
    const share = Math.max(0, Math.min(1, (READING_LINE - box.top) / Math.max(1, box.height)));
    return this.surface.article.points(Math.floor(block.start + share * (block.end - block.start)));
  }

  get percent() {
    const { top, height } = this.surface.body.getBoundingClientRect();
    return Math.round(Math.max(0, Math.min(1, (innerHeight - top) / Math.max(1, height))) * 100);
  }

  /** The last event that came onto the page while somebody could see it. */
  get seen() {
    return this.surface.body.dataset.seen ?? "";
  }

  save() {
    const { read, seen } = this;
    const { position } = this.place;
    const hasMoved = position !== this.saved || read !== this.savedRead;
    if (!this.url || (!hasMoved && seen === this.savedSeen)) return;
    this.saved = position;
    this.savedRead = read;
    this.savedSeen = seen;
    const headers = JSON.parse(document.body.getAttribute("hx-headers:inherited") ?? "{}");
    const body = new URLSearchParams({ seen, ...(hasMoved && { position: `${position}`, percent: `${read}` }) });
    fetch(this.url, { method: "POST", headers, body, keepalive: true, redirect: "manual" }).catch(() => (this.saved = -1));
  }

  /** Say beside the text how far one is, and in which part. */
  showPlace() {
    if (this.bar) this.bar.value = this.place.percent;
    if (!this.outline.length) return;
    const after = lowerBound(this.outline, READING_LINE + 1, (link) => document.querySelector(link.hash)?.getBoundingClientRect().top ?? 0);
    this.outline.forEach((link, place) => {
      if (place === after - 1) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
}
