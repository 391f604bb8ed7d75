/**
 * A probability as a slider and a number that go together. Two digits typed anywhere on the page, where nobody is
 * writing, set it too: 7 and 3 are 73 %, and the slider has the focus then, so that the arrows go on from there.
 */
const TOGETHER_MS = 900;
const TYPING = "input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea, select";

/** @param {EventTarget | null} target @returns {boolean} whether keys pressed there are text */
function isTyping(target) {
  return target instanceof Element && target.closest(`${TYPING}, [contenteditable]`) !== null;
}

class ForecastField extends HTMLElement {
  connectedCallback() {
    this.number = this.querySelector("input[inputmode]");
    this.slider = this.querySelector("input[type=range]");
    if (!(this.number instanceof HTMLInputElement) || !(this.slider instanceof HTMLInputElement)) return;
    this.digits = "";
    this.number.addEventListener("input", () => this.follow());
    this.slider.addEventListener("input", () => this.set(this.slider.value));
    this.listen = (event) => this.press(event);
    document.addEventListener("keydown", this.listen);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
  }

  /** @param {string} percent */
  set(percent) {
    this.number.value = percent;
    this.slider.value = percent;
    this.slider.setAttribute("aria-valuetext", `${percent} %`);
  }

  follow() {
    const percent = Number(this.number.value);
    if (percent >= 1 && percent <= 99) this.slider.value = String(percent);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target !== this.slider && isTyping(event.target)) return;
    if (event.key === "Enter" && event.target === this.slider) return this.closest("form")?.requestSubmit();
    if (!/^\d$/.test(event.key)) return;
    const percent = Number(this.digits + event.key);
    this.digits = percent > 9 ? "" : String(percent);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.digits = ""), TOGETHER_MS);
    if (percent < 1) return;
    event.preventDefault();
    this.set(String(percent));
    this.slider.focus({ preventScroll: event.target === this.slider });
  }
}

customElements.define("forecast-field", ForecastField);
