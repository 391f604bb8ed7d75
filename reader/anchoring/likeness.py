"""How much of a passage a stretch of text still holds, letter by letter."""

from typing import NamedTuple

from rapidfuzz.distance import LCSseq

#: Fewer letters in a row that agree are chance.
LEAST = 4
#: The most letters of one side times those of the other that are compared (a millisecond or so).
MOST_CELLS = 2_000_000


class Trace(NamedTuple):
    """What is left of a passage: how many of its letters, and where the first and the last of them stand."""

    letters: int
    start: int
    end: int


def trace(passage: str, text: str, least: int = LEAST) -> Trace:
    """Find what is left of `passage` in `text`, in order, counting only `least` letters in a row or more.

    What was taken away at either end of the passage counts as standing there where `text` has as much room.
    """
    if not text or len(passage) * len(text) > MOST_CELLS:
        return Trace(0, 0, 0)
    least = min(least, len(passage))
    blocks = LCSseq.editops(passage, text).as_matching_blocks()
    runs = [(block.a, block.b, block.size) for block in blocks if block.size >= least]
    if not runs:
        return Trace(0, 0, 0)
    (first, low, _), (last, high, _) = runs[0], runs[-1]
    end = min(len(text), high + len(passage) - last)
    return Trace(sum(size for _, _, size in runs), max(0, low - first), end)
