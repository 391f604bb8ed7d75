"""Which words kept their order, and which went elsewhere."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .alignment import Alignment

#: Old words that follow upon one another in the new text too: from one to before another.
Row = tuple[int, int]


def rows(image: Sequence[int]) -> Iterator[Row]:
    """All the rows of a text, in order."""
    start = 0
    for at in range(1, len(image) + 1):
        if at == len(image) or image[at] <= 0 or image[at] != image[at - 1] + 1:
            if image[start] >= 0:
                yield start, at
            start = at


def out_of_order(alignment: "Alignment", found: Sequence[Row]) -> bytearray:
    """1 for every old word whose row is not on the chain, in order in both texts, that has the most letters."""
    chain = set(heaviest_chain([(alignment.image[start], alignment.letters(start, end)) for start, end in found]))
    elsewhere = bytearray(len(alignment.image))
    for number, (start, end) in enumerate(found):
        if number not in chain:
            elsewhere[start:end] = b"\1" * (end - start)
    return elsewhere


def heaviest_chain(weighed: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The numbers of the places, each with its weight, that make the heaviest rising chain; the last first."""
    rank = {place: number for number, (place, _) in enumerate(sorted(weighed), 1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(weighed) + 1)
    before = []
    for number, (place, weight) in enumerate(weighed):
        at = rank[place]
        reached = (0, -1)
        step = at
        while step:
            reached, step = max(reached, best[step]), step & (step - 1)
        before.append(reached[1])
        while at <= len(weighed):
            best[at], at = max(best[at], (reached[0] + weight, number)), at + (at & -at)
    last = max(best)[1] if weighed else -1
    while last >= 0:
        yield last
        last = before[last]
