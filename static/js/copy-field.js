/** A field that is only read, with a button that copies it. */
import { say } from "forecite/app";

class CopyField extends HTMLElement {
  connectedCallback() {
    const field = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (this.querySelector("input, textarea"));
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      field.select();
      await navigator.clipboard?.writeText(field.value).then(() => say("Copied."), () => {});
    });
    field.addEventListener("focus", () => field.select());
    this.append(button);
  }
}

customElements.define("copy-field", CopyField);
