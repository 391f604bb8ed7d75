/**
 * Asks the server what others did since this page's cursor: every two seconds while somebody is here, less and less
 * often while nobody is, at once when they return.
 *
 * The tag of htmx's polling (`HX-PTag`) carries the cursor; nothing new is answered 304.
 */
import { say } from "forecite/app";

const SOON = 2000;
const LATEST = 60_000;
const HERE_MS = 30_000;
const PATIENCE_MS = 30_000;
const GONE = "This piece is no longer shared with you, so nothing new comes in. What is on this page stays until you leave it.";

export class LivePage {
  /**
   * @param {HTMLElement} body  says where to ask, and which event it shows already
   * @param {import("forecite/arriving").Arriving} arriving
   */
  constructor(body, arriving) {
    this.url = body.dataset.changesUrl ?? "";
    this.body = body;
    this.cursor = body.dataset.event ?? "0";
    this.arriving = arriving;
    this.wait = SOON;
    this.touched = performance.now();
    /** Own changes on their way, and how many there have been: an answer from before one of them is stale. */
    this.sending = 0;
    this.sent = 0;
    if (!this.url) return;
    for (const name of ["pointermove", "pointerdown", "keydown", "scroll", "focus"]) {
      addEventListener(name, () => this.touch(), { passive: true });
    }
    addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => document.hidden || this.now());
    this.see();
    document.addEventListener("htmx:before:request", (event) => this.count(event, 1));
    document.addEventListener("htmx:finally:request", (event) => this.count(event, -1));
    this.plan();
  }

  /** What is on the page is seen by whoever has it before them. */
  see() {
    if (!document.hidden) this.body.dataset.seen = this.cursor;
  }

  /** @param {Event} event @param {1 | -1} step */
  count(event, step) {
    if (/** @type {CustomEvent} */ (event).detail.ctx.request.method === "GET") return;
    this.sending += step;
    this.sent += 1;
  }

  get isHere() {
    return !document.hidden && performance.now() - this.touched < HERE_MS;
  }

  touch() {
    this.touched = performance.now();
    if (this.wait > SOON && !this.failed && !document.hidden) this.now();
  }

  now() {
    this.see();
    this.touched = performance.now();
    this.wait = SOON;
    this.plan(0);
  }

  plan(wait = this.wait) {
    if (this.stopped || this.asking) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), wait);
  }

  async ask() {
    this.asking = true;
    const { sent } = this;
    try {
      const headers = { "HX-Request": "true", "HX-Request-Type": "partial", "HX-PTag": this.cursor };
      const answer = await fetch(this.url, { headers, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
      await this.take(answer, sent);
      this.failed = false;
    } catch {
      this.failed = true;
      this.wait = Math.min(Math.max(this.wait, SOON) * 2, LATEST);
    }
    this.asking = false;
    this.plan();
  }

  /** @param {Response} answer @param {number} sent */
  async take(answer, sent) {
    if (answer.status === 404) return this.stop(GONE);
    if (answer.status === 304) {
      this.wait = this.isHere ? SOON : Math.min(this.wait * 1.5, LATEST);
      return;
    }
    if (!answer.ok) throw new Error(`changes: ${answer.status}`);
    const text = await answer.text();
    this.wait = SOON;
    if (this.sending || this.sent !== sent) return;
    this.cursor = answer.headers.get("HX-PTag") ?? this.cursor;
    await this.arriving.put(text);
    this.see();
    if (document.querySelector("#toasts [data-stays]")) this.stop();
  }

  /** @param {string} [words] */
  stop(words) {
    this.stopped = true;
    if (words) say(words, "info", { stays: true });
  }
}
