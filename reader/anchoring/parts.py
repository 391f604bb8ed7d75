"""What of a passage is still together after its words were matched one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .alignment import Alignment

#: An insertion of more words than this, and of more than so many times the passage, parts it in two.
MOST_BETWEEN, TIMES_BETWEEN = 150, 3
#: So many parts are kept open: what went elsewhere from amid a passage does not cut it in two.
OPEN = 4
#: So few letters at the end of a passage may have been matched by chance.
LIGHT = 10


@dataclass(frozen=True, slots=True)
class Part:
    """Old words with images that follow upon one another, and how many letters they have."""

    words: list[int]
    letters: int

    @property
    def first(self) -> int:
        return self.words[0]

    @property
    def last(self) -> int:
        return self.words[-1]


def heaviest(alignment: Alignment, first: int, behind: int) -> Part | None:
    """The largest part of a passage that is still together; of two, the earlier one."""
    parts = (Part(words, weight(alignment, words)) for words in parts_of(alignment, first, behind))
    part = max(parts, key=lambda part: part.letters, default=None)
    if (
        part is None
        or part.last - part.first + 1 == len(part.words) == alignment.image[part.last] - alignment.image[part.first] + 1
    ):
        return part
    words = trimmed(alignment, trimmed(alignment, part.words, behind, 1), first - 1, -1)
    return Part(words, weight(alignment, words))


def weight(alignment: Alignment, words: list[int]) -> int:
    return sum(map(alignment.lengths.__getitem__, words))


def trimmed(alignment: Alignment, words: list[int], outside: int, step: int) -> list[int]:
    """The words without a few at one end that got far off by chance.

    They did not if what stood behind them still does, and only what was inserted is between them and the others.
    `outside` is the word beside the passage at that end, and `step` the way to it.
    """
    image = alignment.image
    ordered = words[::step]
    while len(rows := rows_of(image, ordered)) > 1:
        *_, before, last = rows
        low, high = sorted((image[before[-1]], image[last[0]]))
        if weight(alignment, last) > LIGHT or high - low <= 4 + 2 * abs(last[0] - before[-1]):
            break
        continued = last[-1] + step == outside and alignment.image_of(outside) == image[last[-1]] + step
        if continued and alignment.taken_around(low + 1, low + 1)[1] == high:
            break
        ordered = ordered[: -len(last)]
    return ordered[::step]


def rows_of(image: list[int], words: list[int]) -> list[list[int]]:
    """Words that follow upon one another on both sides, together; in either direction."""
    rows = [words[:1]]
    for before, at in pairwise(words):
        if at - before == image[at] - image[before] in (1, -1):
            rows[-1].append(at)
        else:
            rows.append([at])
    return rows


def parts_of(alignment: Alignment, first: int, behind: int) -> Sequence[list[int]]:
    """The words of a passage that have images, put together with those that they still follow."""
    reach = max(MOST_BETWEEN, TIMES_BETWEEN * (behind - first))
    image, parts = alignment.image, list[list[int]]()
    if alignment.is_whole(first, behind):
        return [list(range(first, behind))]
    for at in range(first, behind):
        if image[at] < 0:
            continue
        followed = next((part for part in parts[: -OPEN - 1 : -1] if 0 < image[at] - image[part[-1]] <= reach), None)
        if followed is None:
            parts.append([at])
        else:
            followed.append(at)
    return parts
