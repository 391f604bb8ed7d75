/** The settings of display, fetched from the page of settings and shown over the text, where they can be seen to work. */
import "forecite/display";

document.addEventListener("htmx:after:swap", (event) => {
  const { target } = /** @type {CustomEvent} */ (event).detail.ctx;
  if (target?.id !== "display") return;
  target.showPopover();
  target.querySelector("input:checked, input:not([type=hidden])")?.focus();
});
