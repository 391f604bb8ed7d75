// The key "/" goes to the search field, here or on the shelf.

const field = () => document.querySelector('input[type="search"]');
const isTyping = (/** @type {EventTarget | null} */ target) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable], dialog") !== null;

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping(event.target)) return;
  event.preventDefault();
  if (field()) field().focus();
  else document.querySelector('[data-key="/"]')?.click();
});

if (location.hash === "#search") field()?.focus();
