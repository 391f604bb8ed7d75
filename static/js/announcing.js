/** Says to screen readers what a key has just done. */

/** @param {string} words */
export function announce(words) {
  region.textContent = words;
}

const region = document.createElement("p");
region.className = "visually-hidden";
region.setAttribute("role", "status");
document.body.append(region);
