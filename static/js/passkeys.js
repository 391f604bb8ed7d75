// Says in words what went wrong between the page and the device that keeps the passkey.
import { say } from "forecite/app";

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const stopped = event.detail.exception?.name === "NotAllowedError";
  say(
    stopped
      ? "No passkey was given. Nothing has changed; try again, or use your password."
      : "This device could not use a passkey here. Nothing has changed; use your password instead.",
    "error",
  );
});
