/** The desk by keyboard. */
import { walkQueue } from "forecite/queue-keys";

const KEYS = {
  "On the desk": {
    "j k": "Next and previous",
    a: "Accept, let stand",
    r: "Reject, hide, tell apart",
    q: "Ask whoever proposed it",
    m: "Merge",
    u: "Undo your last decision of this visit",
    x: "Choose, to decide on many",
    Enter: "Open it",
    "Ctrl Enter": "Send the form",
    "?": "These keys",
    Esc: "Close the form",
  },
};

walkQueue({
  keys: KEYS,
  presses: "armqx",
  decided: "forecite-decided",
  nothing: "You have decided nothing on this visit that could be undone. What was decided before can be undone in the log.",
  unsaved: "What you wrote is not sent yet: Ctrl Enter sends it, Cancel throws it away.",
});
