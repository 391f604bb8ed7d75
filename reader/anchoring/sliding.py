"""Putting an insertion where a writer would have made it.

"It ends. | So it ends. |" may have come of "It ends." by inserting "So it ends." or by inserting "ends. So it": both
are shortest. Of all such places the one is taken that makes two runs of words one, or whose edges are those of
paragraphs, sentences or clauses (as Neil Fraser's "Diff Strategies" has it): that decides where a passage beside it
ends.
"""

from collections.abc import MutableSequence
from itertools import accumulate

from .words import Words

#: How much it is worth that two runs of words that stayed become one.
JOINED = 5
#: And that a word is written as it was.
AS_WRITTEN = 4
_CLOSING = set("\"'”’»)]")


def slide(one: Words, images: MutableSequence[int], other: Words, sources: MutableSequence[int]) -> None:
    """Move what stands in `other` alone, between two words that are neighbours in `one`, to its best place."""
    for at in range(1, len(images)):
        low, high = images[at - 1] + 1, images[at]
        if 0 < low < high and sources[low] < 0 and sources[high - 1] < 0 and max(sources[low:high]) < 0:
            _slide_one(one, images, other, sources, at, low, high)


def _slide_one(
    one: Words, images: MutableSequence[int], other: Words, sources: MutableSequence[int], at: int, low: int, high: int
) -> None:
    keys, size = other.keys, high - low
    first = last = low
    while first > 0 and sources[first - 1] == at - low + first - 1 and keys[first - 1] == keys[first - 1 + size]:
        first -= 1
    while last + size < len(keys) and sources[last + size] == at + last - low and keys[last] == keys[last + size]:
        last += 1
    joins = {
        first: 0 < first < low and sources[first - 1] != at - low + first - 1,
        last: low < last < len(keys) - size and sources[last + size] != at + last - low,
    }
    gains = [_gain(one, other, at + place - low, place, size) for place in range(first, last)]
    written = list(accumulate(gains, initial=0))
    best = max(
        range(first, last + 1),
        key=lambda place: (
            JOINED * joins.get(place, False)
            + edge(other, place)
            + edge(other, place + size)
            + AS_WRITTEN * written[place - first],
            -abs(place - low),
        ),
    )
    for place in range(low - 1, best - 1, -1):
        _rename(images, sources, place, place + size)
    for place in range(low, best):
        _rename(images, sources, place + size, place)


def _gain(one: Words, other: Words, at: int, place: int, size: int) -> int:
    """1 if a word is written as it was before an insertion only, -1 if behind it only: "We" and "we"."""
    was, before, behind = one.spelled_at(at), other.spelled_at(place), other.spelled_at(place + size)
    return (was == before) - (was == behind)


def _rename(images: MutableSequence[int], sources: MutableSequence[int], was: int, now: int) -> None:
    source = sources[was]
    images[source], sources[now], sources[was] = now, source, -1


def edge(words: Words, at: int) -> int:
    """How much of a seam there is before a word: 0 within a clause, most between paragraphs."""
    if at <= 0 or at >= len(words):
        return 5
    between = words.text[words.ends[at - 1] : words.starts[at]]
    if "\n" in between:
        return 5
    before = words.text[words.ends[at - 1] - 1]
    if before in _CLOSING and at > 1:
        before = words.text[words.ends[at - 2] - 1]
    if not between:
        return 0
    return 4 if before in ".!?…" else 2 if not before.isalnum() else 1
