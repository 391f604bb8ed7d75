/**
 * Asks before a page is left on which something is written that was not sent. The reading page keeps its words itself.
 */

/** @type {EventTarget | null} The form that is on its way, or that somebody cancelled. */
let done = null;
const isRefused = () => document.querySelector("form .errorlist") !== null;

/** @param {HTMLTextAreaElement} field */
function isUnsent(field) {
  const written = field.value !== field.defaultValue || (field.value !== "" && isRefused());
  return written && field.form?.method === "post" && field.form !== done;
}

/** @param {BeforeUnloadEvent} event */
function ask(event) {
  if ([...document.querySelectorAll("textarea")].some(isUnsent)) event.preventDefault();
}

// Not before anything is written: a page that listens for its end is not kept for going back to.
addEventListener("input", () => addEventListener("beforeunload", ask));
if (isRefused()) addEventListener("beforeunload", ask);

addEventListener("submit", (event) => {
  if (!event.defaultPrevented) done = event.target;
});
addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("form .actions a")) done = event.target.closest("form");
});
