// Keeps the clipboard's formatting beside the plain words of a paste, so that links and headings survive.

const MEANINGFUL = /<(?:a|h[1-6]|ul|ol|li|blockquote|table|strong|em|b|i|img|pre|code)[\s>]/i;

class PasteField extends HTMLElement {
  connectedCallback() {
    this.words = this.querySelector("textarea");
    this.rich = this.querySelector('input[name="rich"]');
    this.note = this.querySelector(".paste-note");
    this.words.addEventListener("paste", (event) => this.take(event));
    this.words.addEventListener("input", (event) => event.inputType !== "insertFromPaste" && this.forget());
    this.note.querySelector("button").addEventListener("click", () => this.forget());
    this.note.hidden = !this.rich.value;
  }

  /** Only a paste that makes up the whole field keeps its formatting: words typed around it would be lost. */
  take(event) {
    const html = event.clipboardData.getData("text/html");
    const whole = this.words.selectionEnd - this.words.selectionStart === this.words.value.length;
    this.forget();
    if (whole && MEANINGFUL.test(html)) {
      this.rich.value = html;
      this.note.hidden = false;
    }
  }

  forget() {
    this.rich.value = "";
    this.note.hidden = true;
  }
}

customElements.define("paste-field", PasteField);
