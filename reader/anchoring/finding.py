"""Finding a passage by its words alone: for marks that come from elsewhere, without the text they were made in."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal
from unicodedata import normalize

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from .anchors import Anchor, Anchored, Method, Span, State
from .carrying import LEFT, LIKE, ROOM, TIMES, carry
from .likeness import trace
from .searching import Index
from .words import Vocabulary

#: How a letter with an accent is written: as one sign, or as two.
SPELLINGS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
#: How many places with the very words are compared; a letter stands in a long text half a million times.
MOST_PLACES = 2_000
#: How well the words around must agree, from 0 to 1, to speak for a place; below the second they speak against it.
AGREE, DISAGREE = 0.7, 0.45
#: What agrees so well, and by so much more than where the very words stand, is what became of the passage.
AGREE_WELL, AGREE_MORE = 0.9, 0.1
#: So many letters on either side tell a place.
TELLING = 8
#: How much must be left of a passage where nothing but its words speaks for the place.
LEFT_ALONE = 0.7
#: So many words may have been inserted in a passage for all of it to be found.
INSERTED = 50
#: Fewer words stand in many a text by chance.
FEW = 4
#: Differences smaller than a step of this size do not tell one place from another: the hint does.
STEPS = 20
#: The most letters of a passage times those of a text that are slid along each other (a tenth of a second).
MOST_CELLS = 60_000_000


def find(text: str, exact: str, prefix: str = "", suffix: str = "", hint: int | None = None) -> Anchored:
    """The place in `text` of the words `exact`, which stood between `prefix` and `suffix` near `hint`.

    These are the parts of a W3C TextQuoteSelector, and the start of a TextPositionSelector, in code points; each but
    `exact` may be missing. The very words are preferred, of several places the one whose surroundings agree, then the
    one nearest the hint, then the first. Where they are not there, their accents may be spelled in the other way of
    Unicode. Else a place like it is taken: anchored where the surroundings agree, moved where the words alone speak for
    it. What is not found is orphaned, with a candidate if there is one worth a look; it is empty then and stands at the
    hint, or at 0.

    Raises:
        ValueError: `exact` has nothing but white space.
    """
    if not exact.strip():
        raise ValueError("there are no words to look for")
    wanted = Wanted(text, *as_the_text_spells(text, exact, prefix, suffix), hint)
    same = wanted.word_for_word()
    if same and wanted.agrees(same) >= AGREE_WELL:
        return same if same.start == hint else wanted.edited_at_the_hint() or same
    likest = wanted.likest()
    return likest if same is None or wanted.is_rather(likest, same) else same


def as_the_text_spells(text: str, exact: str, prefix: str, suffix: str) -> tuple[str, str, str]:
    """A quote and what stood around it, in the other spelling of accents where the text has it only so."""
    if not exact.isascii() and exact not in text:
        for form in SPELLINGS:
            if normalize(form, exact) in text:
                return normalize(form, exact), normalize(form, prefix), normalize(form, suffix)
    return exact, prefix, suffix


class Wanted:
    """A quote that is looked for in a text."""

    def __init__(self, text: str, exact: str, prefix: str, suffix: str, hint: int | None) -> None:
        self.text, self.exact, self.prefix, self.suffix = text, exact, prefix, suffix
        self.hint = min(max(0, hint or 0), len(text))

    def word_for_word(self) -> Anchored | None:
        """The place with the very words, unless they are few and stand amid others."""
        places = (Span(at, at + len(self.exact)) for at in self._occurrences())
        best = max(places, key=lambda place: (self._agreement(place), self._nearness(place)), default=None)
        if best is None or (self._agreement(best) < DISAGREE and self._is_short()):
            return None
        state = State.ANCHORED if self._agreement(best) >= AGREE else State.MOVED
        return Anchored(*best, state, Method.EXACT, 1.0)

    def likest(self) -> Anchored:
        """The place most like it, or none."""
        found = list(self._alike())
        best = max(found, key=lambda one: (self._worth(one), self._nearness(Span(one.start, one.end))), default=None)
        if best and self._worth(best) > 0:
            agrees = self._agreement(Span(best.start, best.end)) >= AGREE
            method = Method.ALIGNED if agrees else Method.SEARCH
            return Anchored(best.start, best.end, State.ANCHORED if agrees else State.MOVED, method, best.score)
        likely = max(found, key=lambda one: one.score, default=None)
        score = likely.score if likely else 0.0
        candidate = Span(likely.start, likely.end) if likely and score >= LIKE else self._elsewhere()
        return Anchored(self.hint, self.hint, State.ORPHANED, Method.NONE, score, candidate)

    def edited_at_the_hint(self) -> Anchored | None:
        """What stands at the very hint, between the very words around, if it is like the quote."""
        around = self.hint - len(self.prefix), self.hint + TIMES * len(self.exact) + ROOM
        if min(len(self.prefix.strip()), len(self.suffix.strip())) < TELLING or around[0] < 0:
            return None
        end = self.text.find(self.suffix, self.hint, around[1])
        if end <= self.hint or not self.text.startswith(self.prefix, around[0]):
            return None
        score = trace(self.exact, self.text[self.hint : end]).letters / len(self.exact)
        return Anchored(self.hint, end, State.ANCHORED, Method.ALIGNED, score) if score >= LEFT else None

    def agrees(self, found: Anchored) -> float:
        """How well the words around what was found agree."""
        return self._agreement(Span(found.start, found.end))

    def is_rather(self, edited: Anchored, same: Anchored) -> bool:
        """Whether a place with other words is meant, for it stands between the words around; the other is a copy."""
        if edited.state != State.ANCHORED or edited.score < LEFT:
            return False
        return self.agrees(edited) >= max(AGREE_WELL, self.agrees(same) + AGREE_MORE)

    def _occurrences(self) -> Iterator[int]:
        at = self.text.find(self.exact)
        for _ in range(MOST_PLACES):
            if at < 0:
                return
            yield at
            at = self.text.find(self.exact, at + 1)

    def _elsewhere(self) -> Span | None:
        """A place that has the words amid others, for somebody to look at."""
        at = self.text.find(self.exact)
        return Span(at, at + len(self.exact)) if at >= 0 else None

    def _is_short(self) -> bool:
        return len(self.exact.split()) < FEW and len(self.prefix.strip()) + len(self.suffix.strip()) >= 8

    def _nearness(self, place: Span) -> int:
        return -abs(place.start - self.hint)

    def _agreement(self, place: Span) -> float:
        """How well the words around a place agree, from 0 to 1, in steps; 1 where none are known."""
        known = len(self.prefix) + len(self.suffix)
        if not known:
            return 1.0
        before = self.text[max(0, place.start - len(self.prefix)) : place.start]
        behind = self.text[place.end : place.end + len(self.suffix)]
        agreed = Indel.normalized_similarity(self.prefix, before) * len(self.prefix)
        agreed += Indel.normalized_similarity(self.suffix, behind) * len(self.suffix)
        return round(STEPS * agreed / known) / STEPS

    def _worth(self, one: Anchored) -> float:
        """How much speaks for a place; 0 where it is not enough."""
        agreement = self._agreement(Span(one.start, one.end)) if self.prefix or self.suffix else 0.0
        enough = one.score >= LEFT if agreement >= AGREE else one.score >= LEFT_ALONE and not self._is_few()
        return one.score + agreement if enough else 0.0

    def _is_few(self) -> bool:
        return len(self.exact.split()) < FEW and len(self.exact) < 20

    def _alike(self) -> Iterator[Anchored]:
        """What becomes of the passage in each stretch of the text that is like it and its surroundings."""
        quote = self.prefix + self.exact + self.suffix
        anchor = Anchor(len(self.prefix), len(self.prefix) + len(self.exact))
        for start, end in self._stretches(quote):
            carried = carry(quote, self.text[start:end], [anchor])[0]
            place = carried.candidate or Span(carried.start, carried.end)
            if place.start < place.end:
                shifted = Span(place.start + start, place.end + start)
                yield Anchored(*shifted, carried.state, carried.method, carried.score)

    def _stretches(self, quote: str) -> Iterator[Span]:
        index, numbers = indexed(self.text)
        yield from index.likely(numbers.known(quote), INSERTED)
        if len(self.exact) * len(self.text) <= MOST_CELLS:
            slid = fuzz.partial_ratio_alignment(self.exact, self.text, score_cutoff=100 * LEFT_ALONE)
            if slid:
                margin = len(self.exact) // 4 + 8
                start, end = slid.dest_start - len(self.prefix) - margin, slid.dest_end + len(self.suffix) + margin
                yield Span(max(0, start), min(len(self.text), end))


@lru_cache(maxsize=2)
def indexed(text: str) -> tuple[Index, Vocabulary]:
    """Where the words of a text stand. Kept for the next quote: an import finds hundreds in the same text."""
    numbers = Vocabulary()
    words = numbers.words(text)
    return Index(words, range(len(words))), numbers
