// The key "/" goes to the search, from anywhere but where one writes.

const WRITING = "input, textarea, select, [contenteditable], dialog";

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest(WRITING)) return;
  event.preventDefault();
  const field = document.querySelector("search-field input");
  if (field) field.focus();
  else document.querySelector('[data-key="/"]')?.click();
});
