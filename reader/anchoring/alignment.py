"""Which word of the old text became which word of the new one.

Made once for a pair of texts and shared by all that is carried between them:

1. What kept its place: runs of four words that stand once in either text, as far as they keep their order, and once
   more between these; in what is left, shorter runs, where they leave a good part of what stood there.
2. What moved: runs of four words that are still free on both sides, wherever they stand.
3. What is left between two words that stand side by side in both texts, or next to one that is matched.

A word of the new text is the image of one old word at most. That is what tells a passage that moved from one that was
deleted and has a twin: the twin is taken, by its own past.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from rapidfuzz.distance import Indel

from .closing import close
from .order import Row, out_of_order, rows
from .runs import Gap, Pair, matched, once, seeds
from .sentences import END_OF_SENTENCE, Sentences
from .sliding import slide
from .turning import turn
from .twins import bring_back
from .uncrossing import hold, uncross
from .words import Vocabulary

_FREE = re.compile(rb"\x01+")
#: So many words in a row are hardly ever the same by chance.
RUN = 4
#: In a text that repeats itself only longer ones are unique.
LONG_RUNS = (12, RUN)
#: Shorter runs, where the place is known; at last the longest common subsequence.
SHORT_RUNS = (2, 1, 0)
#: What must be left of a gap, by letters, for it to be edited rather than replaced; a run so long always counts.
KEPT, KEPT_RUN = 0.4, 20
#: In so few letters typos are looked for; so alike must these be, from 0 to 1, where chance makes them alike by half.
RESPELLED, SPELLED = 80, 0.75
#: How often what is between the long runs is looked at again.
ROUNDS = 2
#: So few words may have been replaced within a passage; so many on either side tell whether the passage stayed.
FEW, AMID = 24, 12


class Alignment:
    """The images of the words of `old` among those of `new`."""

    def __init__(self, old: str, new: str) -> None:
        numbers = Vocabulary()
        self.old, self.new = numbers.words(old), numbers.words(new)
        #: The image of each old word and the source of each new one; -1 where there is none.
        self.image, self.source = [-1] * len(self.old), [-1] * len(self.new)
        #: New words that are a copy of what stands beside them.
        self.copied = bytearray(len(self.new))
        #: Old words that did not keep their place among the others.
        self.elsewhere = bytearray(len(self.old))
        #: How many letters each old word has, and all before it.
        self.lengths = self.old.lengths()
        self._before = [0, *accumulate(self.lengths)]
        self.sentences, self.new_sentences = Sentences(self.old, END_OF_SENTENCE), Sentences(self.new, END_OF_SENTENCE)
        self._stay()
        crossed = uncross(self)
        self._slide()
        for run in LONG_RUNS:
            self._move(run)
        bring_back(self)
        self._fill()
        hold(self, crossed)
        self._slide()
        close(self.old, self.new, self.image, self.source)
        turn(self.old, self.image, self.source)
        self._matched_old = [at for at, image in enumerate(self.image) if image >= 0]
        self._matched_new = [at for at, source in enumerate(self.source) if source >= 0]
        found = list(rows(self.image))
        self._row_starts, self._row_ends = [start for start, _ in found], [end for _, end in found]
        self.elsewhere = out_of_order(self, found)
        self._stayed = [at for at in self._matched_old if not self.elsewhere[at]]

    def letters(self, start: int, end: int) -> int:
        """How many letters the old words from `start` to before `end` have; repeated signs have one."""
        return self._before[end] - self._before[start]

    def rows(self, first: int, behind: int) -> Iterator[Row]:
        """What of some old words still follows upon one another, with nothing between."""
        if first == behind:
            return
        for at in range(bisect_right(self._row_ends, first), bisect_left(self._row_starts, behind)):
            yield max(first, self._row_starts[at]), min(behind, self._row_ends[at])

    def around(self, first: int, behind: int) -> tuple[int, int]:
        """The last matched old word before one word, -1 at the beginning; the first at or behind another."""
        at = bisect_left(self._matched_old, first)
        end = bisect_left(self._matched_old, behind)
        return self._matched_old[at - 1] if at else -1, self._matched_old[end] if end < len(self._matched_old) else len(
            self.old
        )

    def taken_around(self, first: int, behind: int) -> tuple[int, int]:
        """The same of the new words."""
        at = bisect_left(self._matched_new, first)
        end = bisect_left(self._matched_new, behind)
        return self._matched_new[at - 1] if at else -1, self._matched_new[end] if end < len(self._matched_new) else len(
            self.new
        )

    def image_of(self, old: int) -> int:
        """The image of a matched old word; what is before the first and behind the last of them stays there."""
        return -1 if old < 0 else self.image[old] if old < len(self.old) else len(self.new)

    def stayed_before(self, old: int) -> int:
        """The last old word before one that kept its place, or -1."""
        at = bisect_left(self._stayed, old)
        return self._stayed[at - 1] if at else -1

    def claim(self, pairs: Iterable[Pair], *, moved: int = 0) -> None:
        """Make these pairs each other's images."""
        for at, image in pairs:
            self.image[at], self.source[image], self.elsewhere[at] = image, at, moved

    def release(self, start: int, end: int) -> None:
        """Take the images of some old words away."""
        for at in range(start, end):
            self.source[self.image[at]] = -1
            self.image[at] = -1

    def compared(self, gap: Gap) -> list[Pair]:
        """What a small gap has in common, by ever shorter runs of words."""
        return matched(self.old.keys, self.new.keys, gap, (RUN, *SHORT_RUNS))

    def _stay(self) -> None:
        self.claim(matched(self.old.keys, self.new.keys, (0, len(self.old), 0, len(self.new)), (RUN,)))
        seen = set[Gap]()
        for _ in range(ROUNDS):
            gaps = set(self._gaps()) - seen
            seen |= gaps
            for gap in gaps:
                pairs = self.compared(gap)
                self.claim(pairs if self._is_respelled(gap) else self._kept(pairs, self.letters(*gap[:2])))

    def _slide(self) -> None:
        slide(self.old, self.image, self.new, self.source)
        slide(self.new, self.source, self.old, self.image)

    def _is_respelled(self, gap: Gap) -> bool:
        """Whether a short gap has the letters that stood there, if hardly one of the words: typos."""
        start, end, low, high = gap
        if not 0.5 <= (end - start) / (high - low) <= 2 or self.letters(start, end) > RESPELLED:
            return False
        return Indel.normalized_similarity(self.old.stretch(start, end), self.new.stretch(low, high)) >= SPELLED

    def _kept(self, pairs: list[Pair], letters: int) -> list[Pair]:
        """All the pairs of a gap that was edited, the long runs of one that was replaced."""
        if sum(self.lengths[at] for at, _ in pairs) >= KEPT * letters:
            return pairs
        return [pair for run in together(pairs) if self.letters(run[0][0], run[-1][0] + 1) >= KEPT_RUN for pair in run]

    def _gaps(self) -> Iterator[Gap]:
        """What is free between two words that are neighbours on both sides."""
        for start, end in free(self.image):
            low = self.image[start - 1] + 1 if start else 0
            high = self.image[end] if end < len(self.image) else len(self.source)
            if low < high and max(self.source[low:high]) < 0:
                yield start, end, low, high

    def _move(self, run: int) -> None:
        """Match the runs that are free and unique on both sides, the longest first."""
        for size, at, image in sorted(self._blocks(run), key=lambda block: (-block[0], block)):
            pairs = zip(range(at, at + size), range(image, image + size), strict=True)
            fresh = [pair for pair in pairs if self.image[pair[0]] < 0 and self.source[pair[1]] < 0]
            if len(fresh) >= RUN and not self._is_replaced(fresh[0][0], fresh[-1][0] + 1):
                self.claim(fresh, moved=1)

    def _is_replaced(self, start: int, end: int) -> bool:
        """Whether other words stand in the place of a few, amid a passage that stayed: a twin elsewhere is a copy."""
        if end - start > FEW:
            return False
        before, after = range(max(0, start - AMID), start), range(end, min(len(self.image), end + AMID))
        stayed = [[at for at in side if self.image[at] >= 0 and not self.elsewhere[at]] for side in (before, after)]
        if not all(2 * len(side) >= AMID for side in stayed):
            return False
        low, high = self.image[stayed[0][-1]], self.image[stayed[1][0]]
        apart = sum(source < 0 for source in self.source[low + 1 : high])
        return low < high and 2 * (apart + 1) >= stayed[1][0] - stayed[0][-1]

    def _blocks(self, run: int) -> Iterator[tuple[int, int, int]]:
        reached: dict[int, int] = {}
        free_old, free_new = once(self.old.keys, free(self.image), run), once(self.new.keys, free(self.source), run)
        for at, image in seeds(free_old, free_new):
            if reached.get(image - at, -1) < at:
                before, after = self._alike(at, image, -1), self._alike(at, image, 1)
                reached[image - at] = at + after
                yield before + after, at - before, image - before

    def _alike(self, at: int, image: int, step: int) -> int:
        """How many words before (step -1) a place, or from it on (1), are free and the same in both texts."""
        length = 0
        if step < 0:
            at, image = at - 1, image - 1
        while 0 <= at < len(self.image) and 0 <= image < len(self.source) and self._fits(at, image):
            at, image, length = at + step, image + step, length + 1
        return length

    def _fits(self, at: int, image: int) -> bool:
        return self.image[at] < 0 and self.source[image] < 0 and self.old.keys[at] == self.new.keys[image]

    def _fill(self) -> None:
        """Match what is left beside a word that is matched: behind the one before it, before the one behind it."""
        for start, end in list(free(self.image)):
            before, behind = self.image_of(start - 1), self.image_of(end)
            self._fill_one(start, end, before + 1, self._free_until(before + 1, 1), start - 1)
            if behind > 0 and self.source[behind - 1] < 0 and not self.copied[behind - 1]:
                last = max((at for at in range(start, end) if self.image[at] >= 0), default=start - 1)
                self._fill_one(last + 1, end, self._free_until(behind - 1, -1) + 1, behind, end)

    def _fill_one(self, start: int, end: int, low: int, high: int, beside: int) -> None:
        if start < end and low < high:
            pairs = matched(self.old.keys, self.new.keys, (start, end, low, high), SHORT_RUNS)
            letters = min(self.letters(start, end), sum(self.new.lengths(low, high)))
            moved = self.elsewhere[beside] if 0 <= beside < len(self.image) else 0
            self.claim(self._kept(pairs, letters), moved=moved)

    def _free_until(self, image: int, step: int) -> int:
        """The first new word from `image` on, in that direction, that is taken."""
        while 0 <= image < len(self.source) and self.source[image] < 0 and not self.copied[image]:
            image += step
        return image


def free(taken: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretches of words that have no partner."""
    return (found.span() for found in _FREE.finditer(bytes([one < 0 for one in taken])))


def together(pairs: Iterable[Pair]) -> list[list[Pair]]:
    """Pairs that follow upon one another on both sides, together."""
    found: list[list[Pair]] = []
    for pair in pairs:
        if found and found[-1][-1] == (pair[0] - 1, pair[1] - 1):
            found[-1].append(pair)
        else:
            found.append([pair])
    return found
