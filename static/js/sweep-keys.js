/** The sentences that look like predictions, by keyboard. */
import { say } from "forecite/app";
import { walkQueue } from "forecite/queue-keys";

const KEYS = {
  "Sentence by sentence": {
    "j k": "Next and previous",
    Enter: "Make the claim",
    "Ctrl Enter": "Save it",
    x: "Not a prediction",
    a: "Tick all that say so",
    u: "Undo your last answer of this visit",
    "?": "These keys",
    Esc: "Close the form",
  },
};

walkQueue({
  keys: KEYS,
  presses: "xa",
  decided: "forecite-answered",
  nothing: "You have answered nothing on this visit that could be undone.",
  unsaved: "What you wrote is not saved yet: Save keeps it, Cancel throws it away.",
});

// Without a script the link brings the form back with all ticked; here what was written in it stays.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("[data-tick-all]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const boxes = link.closest("form").querySelectorAll("input[name=with]");
  for (const box of boxes) box.checked = true;
  say(boxes.length === 1 ? "It is ticked." : `All ${boxes.length} are ticked.`, "info");
});
