"""The scan over a sentence: at each word that can open a reading, the first reader that understands it."""

from collections.abc import Iterable
from datetime import date

from . import operators, timing
from . import vague as vagueness
from .calendar import OutOfCalendarError
from .context import is_condition
from .durations import OPENERS as LENGTHS
from .parts import OPENERS as PERIODS
from .readings import Reader, Reading, vague
from .tokens import Sentence
from .windows import Window

# A window that only frames the present yields to others: "In 2023 … by 2040", "in the 21st century … soon".
_FIRST, _FRAME, _VAGUE, _AGE = range(4)
_FRAMES = {"month.in": _FRAME, "year.in": _FRAME, "decade.in": _FRAME, "century.in": _AGE}


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
        (timing.read_given, ("give", "gives")),
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

    The first that is named comes first; windows of a condition or of the present, and vague wording, come after it.
    What was over before that day, rates and ages are left out. Any text is read, in linear time.
    """
    found = _ranked(Sentence(text, said_on))
    return [window for _, window in sorted(found, key=lambda ranked: (ranked[0], ranked[1].at))]


def _ranked(s: Sentence) -> list[tuple[int, Window]]:
    """The windows of a sentence in the order of its words, each with its rank."""
    found: list[tuple[int, Window]] = []
    i = 0
    while i < s.length:
        reading = _read_at(s, i)
        if reading is None:
            i += 1
            continue
        if reading.window is not None:
            found.append((_rank(s, i, reading.window), reading.window))
        i = max(reading.stop, i + 1)
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


def _rank(s: Sentence, i: int, window: Window) -> int:
    if window.kind == "vague":
        return _VAGUE
    if window.start is not None and window.start <= s.said_on and window.rule in _FRAMES:
        return _FRAMES[window.rule]
    return _FRAME if is_condition(s, i) else _FIRST
