"""Carrying marked passages from a text to its next version."""

from collections.abc import Hashable, Sequence
from functools import cached_property
from itertools import pairwise

from rapidfuzz.distance import Indel

from .alignment import Alignment
from .anchors import Anchor, Anchored, Method, Span, State
from .company import ENOUGH, ENOUGH_WHOLE, speaks_for
from .edges import words_before, words_behind
from .likeness import trace
from .parts import Part, heaviest, reordered, weight
from .runs import runs_of
from .searching import Found, Index
from .sentences import has_another_name
from .trimming import in_one_paragraph, lines_in, trimmed
from .widening import whole
from .words import Words

#: What must be left of a passage, by letters, where its place is known: among its old neighbours, or moved with them.
LEFT = 0.45
#: The same where it stands between the very words that it stood between.
LEFT_BETWEEN = 0.3
#: Changed words so like what stands there, from 0 to 1, are the same with typos.
RESPELLED = 0.75
#: In a hole of more letters than so many times the passage, and more, its place is not known.
TIMES, ROOM = 4, 400
#: What must be like it, by letters, where it was not even matched word by word; fewer words are never sought.
LIKENESS, FEW = 0.8, 8
#: A candidate less like the passage is not worth a look; where it has a past of its own, much must be like it.
LIKE, ALIKE = 0.25, 0.6
#: So many words in a row are the same in what is much alike, in at least that share of its runs.
SAME, SHARED = 3, 0.25


def carry(old: str, new: str, anchors: Sequence[Anchor]) -> list[Anchored]:
    """Where each passage of `old` went in `new`, in the order of the anchors.

    Every passage is carried by itself, so the order of the anchors changes nothing; what they share is the alignment of
    the two texts. Offsets are code points.

    Raises:
        ValueError: an anchor is empty or reaches outside the old text.
    """
    return Ways().carry(old, new, anchors)


class Ways:
    """The ways from some texts to others, kept: to align two texts again takes seconds, to ask again nothing."""

    def __init__(self) -> None:
        self._carriers: dict[tuple[str, str], Carrier] = {}

    def carry(self, old: str, new: str, anchors: Sequence[Anchor]) -> list[Anchored]:
        """What `carry` answers."""
        for anchor in anchors:
            if not 0 <= anchor.start < anchor.end <= len(old):
                raise ValueError(f"{anchor.start} to {anchor.end} is no passage of a text of {len(old)} characters")
        if old == new:
            return [Anchored(anchor.start, anchor.end, State.ANCHORED, Method.EXACT, 1.0) for anchor in anchors]
        if not anchors:
            return []
        if (old, new) not in self._carriers:
            self._carriers[old, new] = Carrier(Alignment(old, new))
        return list(map(self._carriers[old, new].carry, anchors))


class Carrier:
    """Carries passages along one alignment, each once."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment
        self.old, self.new = alignment.old, alignment.new
        self.image = alignment.image
        self._carried: dict[Anchor, Anchored] = {}

    def carry(self, anchor: Anchor) -> Anchored:
        if anchor not in self._carried:
            self._carried[anchor] = self._carry(anchor)
        return self._carried[anchor]

    def _carry(self, anchor: Anchor) -> Anchored:
        first, behind = self.old.within(anchor.start, anchor.end)
        if turned := reordered(self.alignment, first, behind):
            return self._turned(first, behind, *turned)
        part = heaviest(self.alignment, first, behind)
        here = self._along(anchor, first, behind, part) if part else self._between(anchor, first, behind)
        if here.score >= self._asked(first, behind, here) and self._went_along(first, behind, part, here):
            return self._placed(anchor, here, part)
        return self._sought(anchor, first, behind, here)

    def _turned(self, first: int, behind: int, low: int, high: int) -> Anchored:
        """The place of a passage whose parts changed places with one another."""
        rows = list(self.alignment.rows(first, behind))
        stayed = [row for row in rows if not self.alignment.elsewhere[row[0]]]
        state, method = (State.ANCHORED, Method.ALIGNED) if stayed else (State.MOVED, Method.BLOCK)
        score = min(1.0, weight(self.alignment, rows) / self.alignment.letters(first, behind))
        return Anchored(self.new.starts[low], self.new.ends[high - 1], state, method, score)

    def _along(self, anchor: Anchor, first: int, behind: int, part: Part) -> Found:
        """The place of the part of a passage that is left, with what was changed at its edges."""
        low = self.image[part.first] - words_before(self.alignment, first, part)
        high = self.image[part.last] + 1 + words_behind(self.alignment, behind, part)
        letters = part.letters + sum(
            self._left(end, start, self.image[end - 1] + 1, self.image[start])
            for (_, end), (start, _) in pairwise(part.rows)
        )
        letters += self._left(first, part.first, low, self.image[part.first])
        letters += self._left(part.last + 1, behind, self.image[part.last] + 1, high)
        start, end = self.new.starts[low], self.new.ends[high - 1]
        if self.image[first] == low:
            start += self._inset(anchor.start - self.old.starts[first], start, self.new.ends[low])
        if self.image[behind - 1] == high - 1:
            end -= self._inset_end(self.old.ends[behind - 1] - anchor.end, self.new.starts[high - 1], end)
        return Found(Span(start, end), letters / self.alignment.letters(first, behind))

    def _left(self, start: int, end: int, low: int, high: int) -> int:
        """How many letters of changed old words are left in the new ones."""
        if start >= end or low >= high:
            return 0
        was, now = self.old.stretch(start, end), self.new.stretch(low, high)
        alike = Indel.normalized_similarity(was, now, score_cutoff=RESPELLED)
        left = round(alike * (len(was) + len(now)) / 2) if alike else trace(was, now, 3).letters
        return min(left, self.alignment.letters(start, end))

    def _inset(self, by: int, start: int, end: int) -> int:
        """How far a passage begins behind the beginning of its first word; before it, if it took white space along."""
        if by >= 0:
            return min(by, max(0, end - start - 1))
        before = self.new.text[max(0, start + by) : start]
        return len(before.rstrip()) - len(before)

    def _inset_end(self, by: int, start: int, end: int) -> int:
        if by >= 0:
            return min(by, max(0, end - start - 1))
        behind = self.new.text[end : end - by]
        return len(behind.lstrip()) - len(behind)

    def _between(self, anchor: Anchor, first: int, behind: int) -> Found:
        """What is left of a passage all of whose words were changed, between those that it stood between."""
        before, after = self.alignment.around(first, behind)
        low = self.alignment.image_of(before) + 1
        high = min(self.alignment.image_of(after), self.alignment.taken_around(low, low)[1])
        hole = self.new.starts[low] if low < len(self.new) else len(self.new.text)
        passage, text = self.old.text[anchor.start : anchor.end], self.new.stretch(low, high)
        if not text or first == behind or len(text) > TIMES * len(passage) + ROOM:
            return Found(Span(hole, hole), 0.0)
        start, there = hole, text
        if "\n" not in passage.strip():
            start, there = max(lines_in(text, hole), key=lambda line: trace(passage, line[1], 3).letters)
        left = trace(passage, there, 3)
        place = self.new.snapped(start + left.start, start + left.end) if left.letters else (hole, hole)
        return Found(Span(*place), left.letters / len(passage))

    # Whether that is enough

    def _asked(self, first: int, behind: int, here: Found) -> float:
        """What must be left of the passage to be sure of it."""
        return LEFT_BETWEEN if self._stands_between(first, behind, here.place) else LEFT

    def _stands_between(self, first: int, behind: int, place: Span) -> bool:
        """Whether the words right before and right behind the passage are those that were there."""
        low, high = self.new.within(*place)
        before = self.image[first - 1] if first else -1
        after = self.image[behind] if behind < len(self.image) else len(self.new)
        return low < high and before == low - 1 and after == high

    def _moved(self, part: Part) -> bool:
        words = sum(end - start for start, end in part.rows)
        return 2 * sum(end - start for start, end in part.rows if self.alignment.elsewhere[start]) > words

    def _went_along(self, first: int, behind: int, part: Part | None, here: Found) -> bool:
        """Whether a passage that stands elsewhere is the one that went there; one in its place need not ask."""
        if not part or not self._moved(part):
            return True
        if self._is_another(first, behind, here.place):
            return False
        enough = ENOUGH_WHOLE if self._is_whole(first, behind, here.place) else ENOUGH
        alike = here.score * self.alignment.letters(first, behind) - part.letters
        return speaks_for(self.alignment, first, behind, part, part.letters + alike / 2, enough)

    def _is_another(self, first: int, behind: int, place: Span) -> bool:
        """Whether a place has another name than the sentence of the passage."""
        sentences = self.alignment.sentences
        number = sentences.at(first)
        if number != sentences.at(behind - 1):
            return False
        low, high = self.new.within(*place)
        return has_another_name(sentences, number, (self.new, low, high))

    def _is_whole(self, first: int, behind: int, place: Span) -> bool:
        """Whether the passage was a paragraph of its own and is one: a heading, an item of a list."""
        low, high = self.new.within(*place)
        return paragraph(self.old, first, behind) == spoken(self.old, first, behind) and paragraph(
            self.new, low, high
        ) == spoken(self.new, low, high)

    def _placed(self, anchor: Anchor, here: Found, part: Part | None) -> Anchored:
        moved = part is not None and self._moved(part)
        same = self.new.text[slice(*here.place)] == self.old.text[anchor.start : anchor.end]
        place = whole(self.alignment, anchor, here.place)
        method = Method.BLOCK if moved else Method.EXACT if same else Method.ALIGNED
        score = 1.0 if same else min(1.0, here.score)
        return Anchored(*place, State.MOVED if moved else State.ANCHORED, method, score)

    # Where it may be otherwise

    def _sought(self, anchor: Anchor, first: int, behind: int, here: Found) -> Anchored:
        """The passage elsewhere, among the words that no other part of the old text became; else it is gone."""
        passage = self.old.text[anchor.start : anchor.end]
        found = self._free.search(passage, self.old.keys[first:behind])
        is_it = found and found.score >= LIKENESS and behind - first >= FEW and self._is_free(found.place)
        if found and is_it and not self._is_another(first, behind, found.place):
            place = whole(self.alignment, anchor, found.place)
            return Anchored(*place, State.MOVED, Method.SEARCH, found.score)
        likely = max(here, found or here, key=lambda one: one.score)
        if likely.score < ALIKE:
            likely = max(likely, self._taken(passage, first, behind) or likely, key=lambda one: one.score)
        is_like = likely.score >= LIKE and likely.place.start < likely.place.end
        likely_place = in_one_paragraph(likely.place, self.new.text, passage)
        candidate = trimmed(likely_place, self.new, passage) if is_like else None
        hole = self._hole(first)
        return Anchored(hole, hole, State.ORPHANED, Method.NONE, min(1.0, likely.score), candidate)

    @cached_property
    def _free(self) -> Index:
        source = self.alignment.source
        return Index(self.new, (at for at in range(len(source)) if source[at] < 0))

    def _taken(self, passage: str, first: int, behind: int) -> Found | None:
        """What is most like it of all, if it is what another part of the old text became: to be looked at only."""
        keys = self.old.keys[first:behind]
        runs = runs_of(keys, SAME)
        if SHARED * len(runs) > sum(run in self._runs for run in runs):
            return None
        found = self._all.search(passage, keys)
        return found if found and found.score >= ALIKE else None

    @cached_property
    def _runs(self) -> set[Hashable]:
        return set(runs_of(self.new.keys, SAME))

    @cached_property
    def _all(self) -> Index:
        return Index(self.new, range(len(self.new)))

    def _is_free(self, place: Span) -> bool:
        low, high = self.new.within(*place)
        return 2 * sum(source < 0 for source in self.alignment.source[low:high]) > high - low

    def _hole(self, first: int) -> int:
        """Where the passage was taken out: behind the last word before it that is left."""
        before = self.alignment.stayed_before(first)
        return self.new.ends[self.image[before]] if before >= 0 else 0


def paragraph(words: Words, first: int, behind: int) -> tuple[int, int]:
    """The words of the paragraphs that some words are in, without the signs at either end."""
    text = words.text
    start, end = text.rfind("\n", 0, words.starts[first]) + 1, text.find("\n", words.ends[behind - 1])
    return spoken(words, *words.within(start, end if end >= 0 else len(text)))


def spoken(words: Words, first: int, behind: int) -> tuple[int, int]:
    """Some words without the signs at either end: a list's, a heading's, a full stop."""
    while first < behind and words.is_sign(first):
        first += 1
    while first < behind and words.is_sign(behind - 1):
        behind -= 1
    return first, behind
