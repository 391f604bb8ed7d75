"""The scan over a sentence: at each word that can open a reading, the first reader that understands it."""

from collections.abc import Iterable
from datetime import date

from . import operators, timing
from . import vague as vagueness
from .calendar import OutOfCalendarError
from .durations import OPENERS as LENGTHS
from .parts import OPENERS as PERIODS
from .readings import Reader, Reading, vague
from .tokens import Sentence
from .windows import Window

# A window that only frames the present yields to others: "In 2023 … by 2040", "in the 21st century … soon".
_FIRST, _FRAME, _VAGUE, _AGE = range(4)


def read_vague(s: Sentence, i: int) -> Reading | None:
    found = vagueness.WORDING.read(s.words, i)
    if found is None:
        return None
    (name, precision), stop = found
    return vague(s, i, stop, precision, f"vague.{name}")


def read_empty(s: Sentence, i: int) -> Reading | None:
    found = vagueness.EMPTY.read(s.words, i)
    return Reading(None, found[1]) if found else None


def _readers_by_word() -> dict[str, tuple[Reader, ...]]:
    """Which readers a word can open, in the order in which they are asked."""
    openings: tuple[tuple[Reader, Iterable[str]], ...] = (
        (read_empty, vagueness.EMPTY.openers),
        (operators.read_joined, operators.BETWEEN),
        (timing.read_next, timing.NEXT_OPENERS | LENGTHS),
        (timing.read_by_this_time, ("by", "before")),
        (timing.read_within, timing.WITHIN_OPENERS),
        (timing.read_another, ("another", "for")),
        (timing.read_due, timing.DUE),
        (timing.read_in, ("in",)),
        (operators.read_operated, operators.WORDING.openers),
        (timing.read_away, LENGTHS),
        (operators.read_bare, PERIODS),
        (timing.read_past, timing.PAST.openers),
        (read_vague, vagueness.WORDING.openers),
    )
    table: dict[str, list[Reader]] = {}
    for reader, words in openings:
        for word in words:
            table.setdefault(word, []).append(reader)
    return {word: tuple(readers) for word, readers in table.items()}


_READERS = _readers_by_word()
_NUMBER_READERS: tuple[Reader, ...] = (timing.read_next, timing.read_away, operators.read_bare)


def parse(text: str, said_on: date) -> list[Window]:
    """The windows that the time wording in a text names, seen from the day it was said; the best candidate first.

    The first that is named comes first; a window that only frames the present and vague wording come after the others.
    What was over before that day, rates and ages are left out. Any text is read, in linear time.
    """
    found = readings(Sentence(text, said_on))
    return sorted(found, key=lambda window: (_rank(window, said_on), window.at))


def readings(s: Sentence) -> list[Window]:
    """The windows of a sentence in the order of its words."""
    found = []
    i = 0
    while i < s.length:
        reading = _read_at(s, i)
        if reading is None:
            i += 1
            continue
        i = max(reading.stop, i + 1)
        if reading.window is not None:
            found.append(reading.window)
    return found


def _read_at(s: Sentence, i: int) -> Reading | None:
    word = s.words[i]
    for reader in _NUMBER_READERS if word[0].isdigit() else _READERS.get(word, ()):
        try:
            reading = reader(s, i)
        except OutOfCalendarError:
            return None
        if reading is not None:
            return reading
    return None


def _rank(window: Window, said_on: date) -> int:
    if window.kind == "vague":
        return _VAGUE
    if window.start is None or window.end is None or not window.start <= said_on or not window.rule.endswith(".in"):
        return _FIRST
    if window.rule == "century.in":
        return _AGE
    return _FRAME if window.rule in ("year.in", "decade.in", "month.in") else _FIRST
