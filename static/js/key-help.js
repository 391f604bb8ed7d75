/** The list of keys, in a dialog made when it is first asked for. */

/** @type {HTMLDialogElement | undefined} */
let dialog;

/** @param {Record<string, Record<string, string>>} keys those of the page; one page has one list */
export function showKeys(keys) {
  dialog ??= makeDialog(keys);
  dialog.showModal();
  // Else the focus stays at Close, and the list is scrolled to its end.
  dialog.focus();
  dialog.scrollTop = 0;
}

/** @param {Record<string, Record<string, string>>} keys @returns {HTMLDialogElement} */
function makeDialog(keys) {
  const made = document.createElement("dialog");
  made.className = "keys";
  made.tabIndex = -1;
  made.setAttribute("aria-labelledby", "keys-title");
  const title = element("h2", "Keys");
  title.id = "keys-title";
  const close = element("button", "Close");
  close.className = "button";
  close.addEventListener("click", () => made.close());
  made.addEventListener("click", (event) => event.target === made && made.close());
  made.append(title, ...Object.entries(keys).map(([name, some]) => section(name, some)), close);
  document.body.append(made);
  return made;
}

/** @param {string} name @param {Record<string, string>} keys */
function section(name, keys) {
  const made = element("section");
  const list = element("dl");
  for (const [key, what] of Object.entries(keys)) {
    const term = element("dt");
    term.append(...key.split(" ").map((cap) => element("kbd", cap)));
    list.append(term, element("dd", what));
  }
  made.append(element("h3", name), list);
  return made;
}

/** @param {string} name @param {string} [words] */
function element(name, words = "") {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
}
