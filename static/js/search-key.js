// The key "/" goes to the search, from anywhere.

const field = () => document.querySelector("search-field input");
const isTyping = (/** @type {EventTarget | null} */ target) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable], dialog") !== null;

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping(event.target)) return;
  event.preventDefault();
  if (field()) field().focus();
  else document.querySelector('[data-key="/"]')?.click();
});
