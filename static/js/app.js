// What every page starts: htmx, menus that close, notices that go.
import htmx from "htmx";
import "forecite/search-key";

// htmx takes up the page a task after its scripts ran: a key or a click that comes first would leave the page.
document.addEventListener("DOMContentLoaded", () => {
  htmx.initialize();
  htmx.initialize = () => {};
});

const STAY = 8000;
const STAY_WITH_UNDO = 12000;
const MOST = 3;

const toasts = document.getElementById("toasts");

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details.menu[open]");
  closeMenus();
  menu?.querySelector("summary").focus();
});

/**
 * Gives a notice its closing button. All but errors go by themselves, though never while somebody is at one;
 * of several, the newest are kept.
 */
function settle(toast) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button quiet small";
  close.textContent = "Close";
  close.addEventListener("click", () => toast.remove());
  const stay = toast.querySelector("button, a") ? STAY_WITH_UNDO : STAY;
  toast.append(close);
  if (toast.dataset.level === "error" || "stays" in toast.dataset) return;
  const wait = () => setTimeout(() => (toast.matches(":hover, :focus-within") ? wait() : toast.remove()), stay);
  wait();
  const passing = [...toasts.querySelectorAll('.toast:not([data-level="error"], [data-stays], :hover, :focus-within)')];
  for (const old of passing.slice(0, -MOST)) old.remove();
}

/** Says `text` to the reader, in the live region; what `stays` is there until it is closed. */
export function say(text, level = "success", { stays = false } = {}) {
  const toast = document.createElement("div");
  toast.className = "toast floating";
  toast.dataset.level = level;
  if (stays) toast.dataset.stays = "";
  const words = document.createElement("p");
  words.textContent = text;
  toast.append(words);
  toasts.append(toast);
  return toast;
}

for (const toast of [...toasts.children]) settle(toast);
new MutationObserver((changes) => {
  for (const change of changes) {
    for (const node of change.addedNodes) if (node.matches?.(".toast")) settle(node);
  }
}).observe(toasts, { childList: true });

document.addEventListener("htmx:error", () => {
  say("The server did not answer. What you wrote is still on this page; try again in a moment.", "error");
});

/** What is said of a refusal that brings no form back: its page must not take the place of what was written. */
const REFUSALS = {
  401: "You are signed out. What you wrote is still on this page: sign in in another tab, then save again.",
  403: "You may not do this, or you were signed out meanwhile. What you wrote is still on this page.",
  404: "This is gone: somebody deleted it or its team meanwhile. What you wrote is still on this page.",
  413: "This is too large. What you wrote is still on this page.",
  429: "That was a lot at once. What you wrote is still on this page; try again in a minute.",
};
const FAULT = "Something went wrong on the server. What you wrote is still on this page; try again in a moment.";

document.addEventListener("htmx:response:error", ({ detail }) => {
  const { status } = detail.ctx.response;
  if (status === 409 || status === 422) return;
  const toast = say(REFUSALS[status] ?? FAULT, "error");
  if (status === 404) toast.firstElementChild.append(...copyLink());
});

/** Where a team ended, each of its readers has a copy of the piece that is open. @returns {(string | Element)[]} */
function copyLink() {
  const title = document.querySelector(".piece-head h1")?.textContent;
  if (!title) return [];
  const link = document.createElement("a");
  Object.assign(link, { href: `/articles/?q=${encodeURIComponent(title)}`, textContent: `your copy of “${title}”` });
  return [" If the team ended, there is ", link, "."];
}

// htmx gives a new element the style of the old one of its id (a box that somebody resized has one), which the CSP refuses.
document.addEventListener("htmx:before:swap", ({ detail }) => {
  for (const { target } of detail.tasks) {
    if (target instanceof Element) for (const styled of target.querySelectorAll("[id][style]:not(.card)")) styled.removeAttribute("style");
  }
});

// A page outlives its token when somebody signs in in another tab; the cookie has the newer one.
document.addEventListener("htmx:config:request", ({ detail }) => {
  const { body } = detail.ctx.request;
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  if (token && body instanceof FormData && body.has("csrfmiddlewaretoken")) body.set("csrfmiddlewaretoken", token);
});
