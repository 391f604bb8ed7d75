/**
 * Shows a choice of theme, size, width or line height at once; the form itself tells the server. On the reading page the
 * form is fetched and shown over the text, where it can be seen to work.
 */

const PLACES = { theme: "theme", text_size: "size", text_width: "width", leading: "leading", foresight: "foresight" };

class DisplaySettings extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", (event) => {
      const place = PLACES[event.target.name];
      if (place) document.documentElement.dataset[place] = event.target.value;
    });
  }
}

customElements.define("display-settings", DisplaySettings);

document.addEventListener("htmx:after:swap", (event) => {
  const { target } = /** @type {CustomEvent} */ (event).detail.ctx;
  if (target?.id !== "display") return;
  target.showPopover();
  target.querySelector("input:checked, input:not([type=hidden])")?.focus();
});
