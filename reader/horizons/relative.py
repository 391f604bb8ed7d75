"""Periods told from the day it was said: "this year", "next quarter", "the month after next"."""

from dataclasses import replace

from . import calendar
from .calendar import Days
from .dates import MONTHS, WEEKDAYS
from .periods import Period
from .tokens import Sentence
from .windows import Unit

UNITS: dict[str, Unit] = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "semester": "half",
    "year": "year",
    "decade": "decade",
    "century": "century",
}
_THIS = frozenset({"this", "current"})
_NEXT = frozenset({"next", "coming", "upcoming", "following"})


def read_relative(s: Sentence, i: int) -> Period | None:
    word = s.words[i]
    if word in _THIS:
        return _this(s, _skip(s, i + 1))
    if word in _NEXT:
        return _next(s, _skip(s, i + 1))
    unit = UNITS.get(word)
    if unit is not None and s.words[i + 1] == "after" and s.before(i) == "the":
        return _after_next(s, i, unit)
    return None


def _skip(s: Sentence, i: int) -> int:
    """Past the words that change nothing: "this calendar year", "next fiscal quarter"."""
    return i + (s.words[i] in ("calendar", "fiscal", "coming", "current", "very"))


def _this(s: Sentence, i: int) -> Period | None:
    word = s.words[i]
    if _is_compound(s, i):
        return None
    if word in UNITS and word != "day":
        return _running(s, UNITS[word], i + 1)
    if word == "weekend":
        return _weekend(s, i, weeks=0)
    if word in calendar.SEASONS:
        return Period.of(_season_of_year(s, word), "season", "this", i + 1)
    if word in MONTHS and (word not in ("may", "march") or s.written(i)[0].isupper()):
        return Period.of(calendar.months_from(s.said_on.year, MONTHS[word], 1), "month", "this", i + 1)
    return _weekday(s, i, weeks=0)


def _running(s: Sentence, unit: Unit, stop: int) -> Period:
    days = calendar.containing(unit, s.said_on)
    return replace(Period.of(days, unit, "this", stop), running=True)


def _season_of_year(s: Sentence, name: str) -> Days:
    """In January and February "this winter" is the one that began the year before."""
    if name == "winter" and s.said_on.month < 3:
        return calendar.season(name, s.said_on.year - 1)
    return calendar.season(name, s.said_on.year)


def _weekday(s: Sentence, i: int, *, weeks: int) -> Period | None:
    number = WEEKDAYS.get(s.words[i])
    if number is None:
        return None
    monday = calendar.following("week", s.said_on, weeks)[0]
    day = calendar.plus_days(monday, number)
    return Period.of((day, day), "day", "next" if weeks else "this", i + 1)


def _is_compound(s: Sentence, i: int) -> bool:
    """ "the current decade-long boom", "next-generation"."""
    return s.words[i + 1] == "-" and s.joined(i + 1) and s.joined(i + 2) and s.words[i + 2] not in ("end", "close")


def _weekend(s: Sentence, i: int, *, weeks: int) -> Period:
    """Saturday and Sunday."""
    sunday = calendar.following("week", s.said_on, weeks)[1]
    weekend = Period.of((calendar.plus_days(sunday, -1), sunday), "day", "next" if weeks else "this", i + 1)
    return replace(weekend, running=not weeks)


def _next(s: Sentence, i: int) -> Period | None:
    word = s.words[i]
    if _is_compound(s, i):
        return None
    if word == "weekend":
        return _weekend(s, i, weeks=1)
    if word in UNITS and word != "day":
        return Period.of(calendar.following(UNITS[word], s.said_on), UNITS[word], "next", i + 1)
    if word in calendar.SEASONS:
        return Period.of(_next_season(s, word), "season", "next", i + 1)
    if word in MONTHS and (word not in ("may", "march") or s.written(i)[0].isupper()):
        days = calendar.months_from(s.said_on.year + 1, MONTHS[word], 1)
        return Period.of(days, "month", "next", i + 1)
    return _weekday(s, i, weeks=1)


def _next_season(s: Sentence, name: str) -> Days:
    """The one after "this" one."""
    return calendar.season(name, _season_of_year(s, name)[0].year + 1)


def _after_next(s: Sentence, i: int, unit: Unit) -> Period | None:
    after = i + 2 + (s.words[i + 2] == "the")
    if s.words[after] == "next":
        return Period.of(calendar.following(unit, s.said_on, 2), unit, "next", after + 1)
    if s.words[after] == "tomorrow" and unit == "day":
        day = calendar.plus_days(s.said_on, 2)
        return Period.of((day, day), "day", "next", after + 1)
    return None


def read_the_unit(s: Sentence, i: int) -> Period | None:
    """ "the year", "year": the unit that is running, where "end of" or "within" stands before it."""
    after = i + (s.words[i] == "the")
    after += s.words[after] in ("calendar", "fiscal", "current")
    unit = UNITS.get(s.words[after])
    if unit is None or unit == "day" or s.words[after + 1] in ("after", "of", "before"):
        return None
    return _running(s, unit, after + 1)


OPENERS = _THIS | _NEXT | frozenset(UNITS)
