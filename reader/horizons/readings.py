"""What one place in a sentence was read as."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from .tokens import Sentence
from .windows import Kind, Precision, Window


class Reading(NamedTuple):
    """A window, or None for words that were understood and name no time to come, and the index after them.

    `others` are windows that the same words name where they are read by another convention.
    """

    window: Window | None
    stop: int
    others: tuple[Window, ...] = ()


def beside(reading: Reading, *others: Reading | None) -> Reading:
    """A reading with those that its words allow too."""
    windows = (other.window for other in others if other)
    return reading._replace(others=tuple(window for window in windows if window)) if reading.window else reading


Reader = Callable[[Sentence, int], Reading | None]


def dated(s: Sentence, i: int, stop: int, days: tuple[date, date], precision: Precision, rule: str) -> Reading:
    """A window, unless it was over before it was said."""
    start, end = days
    if end < s.said_on or start > end:
        return Reading(None, stop)
    return _reading(s, i, stop, days, "window", precision, rule)


def from_day_on(s: Sentence, i: int, stop: int, start: date, precision: Precision, rule: str) -> Reading:
    return _reading(s, i, stop, (start, None), "open", precision, rule)


def vague(s: Sentence, i: int, stop: int, precision: Precision, rule: str) -> Reading:
    return _reading(s, i, stop, (None, None), "vague", precision, rule)


def _reading(
    s: Sentence, i: int, stop: int, days: tuple[date | None, date | None], kind: Kind, precision: Precision, rule: str
) -> Reading:
    return Reading(Window(*days, kind, precision, s.span(i, stop), rule, s.starts[i]), stop)
