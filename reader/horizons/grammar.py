"""The scan over a sentence: at each word that can open a reading, the first reader that understands it."""

from collections.abc import Iterable, Iterator
from datetime import date
from operator import itemgetter

from . import operators, timing
from . import vague as vagueness
from .calendar import NoSuchDayError, OutOfCalendarError
from .context import is_condition, is_dated_back, is_foretold, is_set_against
from .durations import OPENERS as LENGTHS
from .language import is_foreign
from .parts import OPENERS as PERIODS
from .readings import Reader, Reading, vague
from .tokens import Sentence
from .windows import By, Window

# A window that only frames the present yields to others: "In 2023 … by 2040", "in the 21st century … soon".
_FIRST, _FRAME, _OTHER, _VAGUE, _AGE, _DOUBTED = range(6)
_OWN_YEAR = frozenset({"month.in", "year.in"})
_FRAMES = {"month.in": _FRAME, "year.in": _FRAME, "decade.in": _FRAME, "century.in": _AGE}


def read_vague(s: Sentence, i: int) -> Reading | None:
    found = vagueness.WORDING.read(s.words, i)
    if found is None:
        return None
    (name, precision), stop = found
    if s.words[stop] == "'s" and name != "tomorrow":
        return Reading(None, stop)
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
        (timing.read_lasting, ("for", "over", "across")),
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


def parse(text: str, said_on: date, *, by: By = "end") -> list[Window]:
    """The windows that the time wording in a text names, seen from the day it was said; the best candidate first.

    The first that is named comes first; windows of a condition or of the present, what the words mean by another
    convention, and vague wording come after it. What was over before that day, rates and ages are left out.
    Any English text is read, in linear time. `by` says whether "by 2027" ends on the last or the first day of 2027.
    """
    found = sorted(_ranked(Sentence(text, said_on, by)), key=itemgetter(0))
    days = {(window.start, window.end) for (_, is_other, _), window in found if not is_other}
    return [window for (_, is_other, _), window in found if not is_other or (window.start, window.end) not in days]


def _ranked(s: Sentence) -> Iterator[tuple[tuple[int, bool, int], Window]]:
    """The windows of a sentence, each with its place among them."""
    lengthy = -1
    i = 0
    while i < s.length:
        reading = _read_at(s, i) if s.words[i] in _READERS or s.words[i][0].isdigit() else None
        if reading is None:
            i += 1
            continue
        if reading.window is not None and not (is_foreign(s, i) or _is_dated_back(s, i, reading.window)):
            rank = _DOUBTED if is_set_against(s, lengthy, i) else _rank(s, i, reading.window)
            yield (rank, False, i), reading.window
            for other in reading.others:
                yield (max(rank, _OTHER), True, i), other
            lengthy = reading.stop if reading.window.rule == "duration.vague" else -1
        i = max(reading.stop, i + 1)


def _is_dated_back(s: Sentence, i: int, window: Window) -> bool:
    return window.start is not None and window.rule.startswith(("duration.", "next.")) and is_dated_back(s, i)


def _read_at(s: Sentence, i: int) -> Reading | None:
    word = s.words[i]
    for reader in _NUMBER_READERS if word[0].isdigit() else _READERS.get(word, ()):
        try:
            reading = reader(s, i)
        except NoSuchDayError as impossible:
            return Reading(None, impossible.stop)
        except OutOfCalendarError:
            return None
        if reading is not None:
            return reading
    return None


def _rank(s: Sentence, i: int, window: Window) -> int:
    if window.kind == "vague":
        return _VAGUE
    if window.start is not None and window.start <= s.said_on and window.rule in _FRAMES:
        return _FIRST if window.rule in _OWN_YEAR and is_foretold(s, i) else _FRAMES[window.rule]
    is_denied = s.before(i) == "not" and window.rule.endswith(".in")
    return _FRAME if is_denied or is_condition(s, i) else _FIRST
