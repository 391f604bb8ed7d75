"""Carrying a passage that is named by its words, for tests to read like what they say."""

from reader.anchoring import Anchor, Anchored, carry

PIECE = (
    "Open weights win the middle of the market by the end of 2026, "
    "and nobody who sells tokens by the million will like it.\n"
    "The hardware people told us so a year ago. Interposers were scarce, patience was scarcer, "
    "and the queue for both was longer than any contract.\n"
    "We asked nine buyers what they would pay for a model that answers a second sooner. "
    "Seven said nothing at all, one named a figure that we do not believe, and the last one laughed.\n"
    "What follows is a list of ten calls with numbers, so that we can be wrong in public. "
    "A call without a date is a mood."
)


def carried(old: str, new: str, words: str, nth: int = 0) -> Anchored:
    """What becomes of the words, where they stand for the nth time."""
    at = -1
    for _ in range(nth + 1):
        at = old.index(words, at + 1)
    return carry(old, new, [Anchor(at, at + len(words))])[0]


def words_of(new: str, found: Anchored) -> str:
    return new[found.start : found.end]
