/** While one reads, all but the text fades; a move, a key or a touch brings it back. What has the focus never fades. */

const CALM_MS = 1500;
const JITTER = 3;

export class QuietPage {
  /** @param {HTMLElement} page */
  constructor(page) {
    this.page = page;
    addEventListener("scroll", () => this.calm(), { passive: true });
    for (const name of ["keydown", "pointerdown", "focusin"]) addEventListener(name, () => this.wake(), { passive: true });
    addEventListener("pointermove", (event) => this.moved(event), { passive: true });
  }

  /** Scrolling is reading, unless a hand is on the page as well. */
  calm() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.page.setAttribute("data-quiet", ""), CALM_MS);
  }

  wake() {
    clearTimeout(this.timer);
    this.page.removeAttribute("data-quiet");
  }

  /** @param {PointerEvent} event */
  moved(event) {
    if (Math.hypot(event.movementX, event.movementY) > JITTER) this.wake();
  }
}
