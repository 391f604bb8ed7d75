/** The sentences that look like predictions, by keyboard. */
import { walkQueue } from "forecite/queue-keys";

const KEYS = {
  "Sentence by sentence": {
    "j k": "Next and previous",
    Enter: "Make the claim",
    "Ctrl Enter": "Save it",
    x: "Not a prediction",
    u: "Undo your last answer of this visit",
    "?": "These keys",
    Esc: "Close the form",
  },
};

walkQueue({
  keys: KEYS,
  presses: "x",
  decided: "forecite-answered",
  nothing: "You have answered nothing on this visit that could be undone.",
});
