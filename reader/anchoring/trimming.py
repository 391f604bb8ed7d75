"""Taking off of a likely place what nobody marked: signs at its ends, and paragraphs that it runs into."""

from .anchors import Span
from .words import Words


def trimmed(place: Span, new: Words, passage: str) -> Span:
    """The place without signs at its ends, where the passage has none there: a comma, the full stop before it."""
    low, high = new.within(*place)
    first, last = low, high
    while low < high and passage[:1].isalnum() and new.is_sign(low):
        low += 1
    while low < high and passage[-1:].isalnum() and new.is_sign(high - 1):
        high -= 1
    if low == high:
        return place
    start = place.start if low == first else new.starts[low]
    return Span(start, place.end if high == last else new.ends[high - 1])


def in_one_paragraph(place: Span, text: str, passage: str) -> Span:
    """The part of the place in the paragraph that has most of it, where the passage was in one."""
    if "\n" in passage.strip():
        return place
    best, start = place, place.start
    most = 0
    for line in text[place.start : place.end].split("\n"):
        if len(line) > most:
            most, best = len(line), Span(start, start + len(line))
        start += len(line) + 1
    return best
