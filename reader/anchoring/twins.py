"""Bringing a passage back from its copy.

Where a passage is copied word for word and then edited where it stood, the copy is the better match. But the words on
either side of it are still together, and between them stands what the passage became.
"""

from typing import TYPE_CHECKING

from .order import rows
from .runs import Gap

if TYPE_CHECKING:
    from .alignment import Alignment

#: Shorter runs of words are not looked at; so far away may be what still stands on either side, in words.
SHORTEST, BESIDE = 3, 6
#: What stands between must have so much of the passage's letters, and be at most so many times as long, and more.
LIKE, TIMES, ROOM = 0.45, 3, 12


def bring_back(alignment: "Alignment") -> None:
    """Match every run that has its image elsewhere with what stands in its old place, if that is like it."""
    for start, end in list(rows(alignment.image)):
        if end - start >= SHORTEST and (gap := vacated(alignment, start, end)):
            pairs = list(alignment.compared(gap))
            if sum(alignment.lengths[at] for at, _ in pairs) >= LIKE * alignment.letters(start, end):
                alignment.release(start, end)
                alignment.claim(pairs, moved=alignment.elsewhere[gap[0] - 1] if gap[0] else 0)


def vacated(alignment: "Alignment", start: int, end: int) -> Gap | None:
    """The new words that stand between what stood beside the old words from `start` to before `end`, if nobody's."""
    image, source = alignment.image, alignment.source
    before = next((at for at in range(start - 1, max(-1, start - 1 - BESIDE), -1) if image[at] >= 0), -1)
    after = next((at for at in range(end, min(len(image), end + BESIDE)) if image[at] >= 0), -1)
    if (before < 0 and start > 0) or (after < 0 and end < len(image)):
        return None
    low, high = alignment.image_of(before) + 1, len(source) if after < 0 else image[after]
    if not low < high <= low + TIMES * (end - start) + ROOM or max(source[low:high]) >= 0:
        return None
    return before + 1, after if after >= 0 else len(image), low, high
