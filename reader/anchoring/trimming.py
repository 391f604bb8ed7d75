"""Taking off of a likely place what nobody marked: signs at its ends, and paragraphs that it runs into."""

from collections.abc import Iterator

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
    start, line = max(lines_in(text[place.start : place.end], place.start), key=lambda one: len(one[1]))
    return Span(start, start + len(line)) if line else place


def lines_in(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The paragraphs of a text that begins there, each with its place."""
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1
