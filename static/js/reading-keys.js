/** Single keys of the reading page. None fires while somebody types, in a dialog, or with Ctrl, Alt or Meta. */
import { say } from "forecite/app";
import { isTyping } from "forecite/composing";

export class ReadingKeys {
  /**
   * @param {{
   *   surface: import("forecite/reading-surface").ReadingSurface, bar: ReturnType<typeof import("forecite/selection-bar").pencils> | null,
   *   composer: import("forecite/composing").Composer, marks: import("forecite/marks").Marks,
   *   sentences: import("forecite/sentence-mode").SentenceMode, sheet: import("forecite/margin-sheet").MarginSheet,
   *   cards: import("forecite/margin-cards").MarginCards, slots: import("forecite/card-slots").CardSlots,
   *   suggestions: import("forecite/suggestions").Suggestions,
   * }} page
   */
  constructor(page) {
    this.page = page;
    const { marks } = page;
    /** @type {Record<string, () => void>} */
    this.actions = {
      j: () => marks.walk(1),
      k: () => marks.walk(-1),
      h: () => this.withPassage((bar) => bar.save("highlight")),
      p: () => this.withPassage((bar) => bar.compose({ kind: "prediction", focus: "statement" })),
      t: () => this.writeOn("tags"),
      n: () => this.writeOn("note"),
      s: () => page.sentences.toggle(),
      f: () => page.suggestions.walk(1),
      F: () => page.suggestions.walk(-1),
      x: () => press(document.activeElement?.closest("[data-suggestion]") ?? null, "x"),
      Escape: () => this.close(),
      Enter: () => marks.current && marks.choose(marks.current),
    };
    for (const key of ["e", "o", "z", "?"]) this.actions[key] = () => press(document, key);
    document.addEventListener("keydown", (event) => this.press(event));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || document.querySelector("dialog[open], [popover]:popover-open")) return;
    const { target } = event;
    if (target instanceof Element && target.closest("#composer")) return;
    if (event.key === "Enter" && !(target instanceof Element && target.matches("mark"))) return;
    const action = this.page.sentences.press(event) ? () => {} : this.actions[event.key];
    if (!action) return;
    if (event.key !== "Escape") event.preventDefault();
    action();
  }

  /** @param {(bar: NonNullable<ReturnType<typeof import("forecite/selection-bar").pencils>>) => void} act */
  withPassage(act) {
    const { surface, bar } = this.page;
    surface.readSelection();
    if (!bar) say("Sign in to mark passages.", "info");
    else if (surface.passage) act(bar);
    else say("Select some words first, or press s to read by sentence.", "info");
  }

  /** On the passage in hand; with none, on the mark one has walked to. @param {"tags" | "note"} what */
  async writeOn(what) {
    const { surface, marks, cards, sheet, slots } = this.page;
    surface.readSelection();
    if (surface.passage || !marks.current) return this.withPassage((pencils) => pencils.compose({ kind: "highlight", focus: what }));
    const card = await cards.find(marks.current);
    if (!card) return;
    const control = card.querySelector(`:scope > .card-actions [href$="${what === "tags" ? "/editing/" : "/notes/"}"]`);
    if (!(control instanceof HTMLElement)) return say("This mark is not yours to change.", "info");
    if (sheet.isSheet) sheet.open(card);
    else cards.open(card);
    slots.wish = what;
    control.click();
  }

  /** Put away the topmost thing. */
  close() {
    const { composer, sheet, bar, marks, cards, sentences } = this.page;
    if (composer.leave() || sheet.close() || bar?.close()) return;
    if (marks.returnFromCard()) cards.sink();
    else sentences.close();
  }
}

/** Press the control that a key stands for. @param {ParentNode | null} place @param {string} key */
function press(place, key) {
  const control = [...(place?.querySelectorAll(`[data-key="${key}"]`) ?? [])].pop();
  if (!(control instanceof HTMLElement)) return;
  if (control.matches("input")) control.focus();
  else control.click();
}
