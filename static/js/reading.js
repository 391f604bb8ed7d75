/** The reading page: what the browser adds to a page that the server can serve alone. */
import "forecite/display";
import "forecite/mention-field";
import "forecite/tag-field";
import { Arriving } from "forecite/arriving";
import { CardSlots } from "forecite/card-slots";
import { Composer } from "forecite/composing";
import { LivePage } from "forecite/live-page";
import { MarginCards } from "forecite/margin-cards";
import { MarginSheet } from "forecite/margin-sheet";
import { Marks } from "forecite/marks";
import { QuietPage } from "forecite/quiet-page";
import { ReadingKeys } from "forecite/reading-keys";
import { ReadingProgress } from "forecite/reading-progress";
import { surface as findSurface } from "forecite/reading-surface";
import { pencils } from "forecite/selection-bar";
import { SentenceMode } from "forecite/sentence-mode";
import { Suggestions } from "forecite/suggestions";

const by = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const surface = findSurface();
const cards = new MarginCards(by("cards"));
const sheet = new MarginSheet(by("margin"), by("composer"));

/** @param {string} id */
async function open(id) {
  const card = await cards.find(id);
  if (!card) return;
  card.closest("details.others")?.setAttribute("open", "");
  if (sheet.isSheet) sheet.open(card);
  else cards.open(card);
}

/** Where a link to a mark leads: to its card, or to its line among those that lost their place. @param {string} id */
async function land(id) {
  const card = /** @type {HTMLElement | null} */ (document.querySelector(`#unplaced #highlight-${id}`)) ?? (await cards.find(id));
  const lost = card?.closest("details.lost");
  if (lost) {
    lost.setAttribute("open", "");
    card?.scrollIntoView({ block: "center" });
    card?.focus({ preventScroll: true });
  } else if (!card && document.getElementById("unplaced")?.childElementCount) {
    location.replace(`${location.pathname}lost/?after=${Number(id) - 1}#highlight-${id}`);
  }
}

const landed = /^#h-(\d+)$/.exec(location.hash);
if (landed) land(landed[1]);
const marks = new Marks(surface.body, by("cards"), open);
const sentences = new SentenceMode(surface);
const composer = new Composer(by("composer"));
const bar = pencils();
const suggestions = new Suggestions(surface, bar);
new ReadingKeys({ surface, bar, composer, marks, sentences, sheet, cards, suggestions, slots: new CardSlots() });
new ReadingProgress(surface);
new QuietPage(document.documentElement);
new LivePage(surface.body, new Arriving(surface));

// The browser's Back brings the page as it was, with marks that may be gone by now; what is being written stays.
addEventListener("pageshow", ({ persisted }) => {
  const [visit] = performance.getEntriesByType("navigation");
  const isBack = persisted || /** @type {PerformanceNavigationTiming} */ (visit)?.type === "back_forward";
  if (isBack && !composer.isOpen) location.reload();
});
