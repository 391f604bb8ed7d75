"""Words that make a window of a period: "in", "by", "before", "until", "after", "from"."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from . import calendar
from .calendar import Amount
from .context import happened, is_denied, looks_back
from .periods import Period
from .phrases import Phrases
from .ranges import read_between, read_span
from .readings import Reading, beside, dated, from_day_on
from .relative import read_the_unit
from .tokens import Sentence
from .vocabulary import vocabulary
from .years import EVENTS, is_free_after

Operator = Literal["in", "on", "at", "by", "before", "until", "not_until", "after", "from", "within", "to"]

_WORDING: dict[str, Operator] = {
    "in|during|throughout|across|around|circa|about|roughly|approximately|for|of": "in",
    "over (the_course_of)": "in",
    "in the course of": "in",
    "in or|and around": "in",
    "sometime|some_time in|during|around|within": "in",
    "at some point|time|stage in|during|within": "in",
    "at any point|time in|during": "in",
    "as early|soon|late as (in)": "in",
    "come": "in",
    "on": "on",
    "at": "at",
    "by": "by",
    "by the time we_hit|we_reach|we_get_to|we_are_in|it_is|it_'s": "by",
    "be at least (until)": "from",
    "on or before": "by",
    "(by) no|not later than": "by",
    "at the latest by|in": "by",
    "(well|long|shortly|just|right) before": "before",
    "(well|shortly|just) ahead of": "before",
    "prior to": "before",
    "pre (-)": "before",
    "earlier than": "before",
    "(up|right) until|till": "until",
    "(all_the_way|right|well|out) through|thru": "until",
    "(well|far|deep) into": "until",
    "up to": "until",
    "out to": "until",
    "to": "to",
    "(shortly|long|well|some_time|sometime) after": "after",
    "(well) beyond|past": "after",
    "post (-)": "after",
    "later than": "after",
    "from": "from",
    "starting|beginning|commencing|effective (in|from|on|with|around)": "from",
    "as of|from": "from",
    "(no|not) earlier|sooner than": "from",
    "at the earliest in|by": "from",
    "within": "within",
}
WORDING = Phrases(_WORDING)
_HEDGES = Phrases(
    {
        "about|around|roughly|approximately|circa|perhaps|maybe|possibly|probably|say|even|likely|just|~|≈": True,
        "(,) say (,)": True,
        "c|ca .": True,
        "at least|the_latest|the_earliest": True,
        "as early|late|soon as": True,
        "sometime|some_time in|during|around": True,
        "in": True,
    }
)
_POSTFIX: Phrases[Operator] = Phrases(
    {
        "(,) at (the) (very) latest": "by",
        "(,) or earlier|sooner|before": "by",
        "(,) at (the) (very) earliest": "from",
        "(,) or|and later|beyond|after|onward|onwards": "from",
        "+": "from",
        "onward|onwards": "from",
        "(and) on": "from",
    }
)
_STARTS = vocabulary("start starts begin begins commence commences")
_RUNNING_ON = vocabulary(
    "spending forecast forecasts outlook growth road roadmap capex projections run continue continues last lasts"
)
# Before a plain number these say "how many" as often as "when".
_LOOSE = vocabulary("for of over about around roughly approximately circa")
# Bases whose first day "by" can name too.
FIRST_DAYS = vocabulary("month quarter half season year decade century next early mid late ordinal")
# "through 2027" leaves no doubt.
_WHOLLY = frozenset({"through", "thru", "all", "right", "well", "out", "far", "deep"})
_OTHERWISE: dict[Operator, Operator] = {"not_until": "until", "until": "before", "after": "from"}
_PARTS = frozenset({"early", "mid", "late", "start", "end", "turn"})
BETWEEN = frozenset({"between", "from"})


def read_joined(s: Sentence, i: int) -> Reading | None:
    """ "between 2026 and 2028", "from May to July"."""
    if s.before(i) in ("years", "year", "months", "decades") and s.words[i + 1] in ("now", "today"):
        return None
    period = read_between(s, i)
    return apply(s, i, "in", period) if period else None


def read_operated(s: Sentence, i: int) -> Reading | None:
    """An operator and what it stands before."""
    found = WORDING.read(s.words, i)
    if found is None:
        return None
    operator, after = found
    after = _past_hedges(s, after)
    period = read_span(s, after, after_operator=True) or _running_unit(s, operator, after)
    if period is not None and operator == "before":
        period = _over(s, period)
    if period is None or not _fits(s, i, operator, period):
        return None
    return _with_postfix(s, i, _meant(s, i, operator), period)


def read_bare(s: Sentence, i: int) -> Reading | None:
    """A period that no operator introduces: "2027 will be …", "next year’s models"."""
    period = read_span(s, i, after_operator=False)
    if period is None or period.bound:
        return None
    return _with_postfix(s, i, "in", period)


def _past_hedges(s: Sentence, i: int) -> int:
    for _ in range(3):
        found = _HEDGES.read(s.words, i)
        if found is None:
            break
        i = found[1]
    return i


def _running_unit(s: Sentence, operator: Operator, i: int) -> Period | None:
    """ "within the decade", "before the year is out"."""
    if operator not in ("within", "before"):
        return None
    period = read_the_unit(s, i) if s.words[i] == "the" else None
    if period is None or operator == "within":
        return period
    over = _over(s, period)
    return over if over.base == "end" else None


def _over(s: Sentence, period: Period) -> Period:
    """ "before 2027 is out", "before the decade ends": before its end."""
    closed = {"is": ("out", "over", "up", "done"), "'s": ("out", "over", "up")}.get(s.words[period.stop], ())
    if s.words[period.stop + 1] in closed:
        return replace(period, base="end", before=period.end, stop=period.stop + 2)
    if s.words[period.stop] in ("ends", "closes"):
        return replace(period, base="end", before=period.end, stop=period.stop + 1)
    return period


def _fits(s: Sentence, i: int, operator: Operator, period: Period) -> bool:
    if operator == "on":
        return period.unit in ("day", "week")
    if operator == "to":
        return (
            s.before(i) in _RUNNING_ON
            and period.base in ("year", "decade", "end", "mid")
            and is_free_after(s, period.stop)
        )
    if s.words[i : i + 2] == ["over", "in"]:
        return False
    if s.words[i] == "come":
        return s.words[i + 1] != "in"
    if operator == "at":
        return period.base in _PARTS
    if s.words[i : i + 2] == ["up", "to"]:
        return period.base != "year"
    if s.words[i] in _LOOSE and period.base == "year":
        return is_free_after(s, period.stop) or s.words[period.stop] in EVENTS
    if s.words[i] in ("for", "of", "about"):
        return period.year_known
    return True


def _meant(s: Sentence, i: int, operator: Operator) -> Operator:
    """What the operator comes to here: "will start from May" is in May, "won't … until 2030" before 2030."""
    if operator in ("on", "at", "within") or (operator == "from" and s.before(i) in _STARTS and s.words[i] == "from"):
        return "in"
    if operator == "to":
        return "until"
    if operator == "until" and s.words[i] in ("until", "till", "up") and is_denied(s, i):
        return "not_until"
    return operator


def _with_postfix(s: Sentence, i: int, operator: Operator, period: Period) -> Reading:
    found = _POSTFIX.read(s.words, period.stop)
    if found is not None and operator in ("in", "by", "from") and _closes(s, operator, found[1] - 1):
        operator, period = found[0], replace(period, stop=found[1])
    elif operator == "from" and s.words[i] == "from" and period.start < s.said_on and not period.running:
        return Reading(None, period.stop)
    if s.before(i) == "born" or _is_behind(s, i, operator, period):
        return Reading(None, period.stop)
    return apply(s, i, operator, period)


def _is_behind(s: Sentence, i: int, operator: Operator, period: Period) -> bool:
    """Whether the sentence tells what was in a month of which no year is said, or in the year that is running."""
    if period.year_known and not (operator == "in" and period.start <= s.said_on):
        return False
    is_compared = not period.year_known and "from" in s.words[max(0, i - 4) : i] and s.words[i] == "in"
    return is_compared or looks_back(s, i) or (operator == "in" and happened(s, i, period.stop))


def _closes(s: Sentence, operator: Operator, last: int) -> bool:
    """ "on" closes "from 2027 on" only, and "+" what it touches."""
    if s.words[last] == "+":
        return s.joined(last)
    return s.words[last] != "on" or operator == "from" or s.words[last - 1] == "and"


def apply(s: Sentence, i: int, operator: Operator, period: Period) -> Reading:
    """The window of an operator over a period, and those of other conventions."""
    reading = _applied(s, i, operator, period)
    return beside(reading, *_otherwise(s, i, operator, period, reading)) if reading.window else reading


def _applied(s: Sentence, i: int, operator: Operator, period: Period) -> Reading:
    """It opens on the day it was said where the wording leaves that open."""
    rule = f"{period.base}.{operator}"
    start = max(period.start, s.said_on) if period.running else period.start
    if operator in ("after", "from"):
        if period.end < s.said_on:
            return Reading(None, period.stop)
        first = calendar.plus_days(period.end, 1) if operator == "after" else start
        return from_day_on(s, i, period.stop, first, period.unit, rule)
    if operator == "in":
        return dated(s, i, period.stop, (start, period.end), period.unit, rule)
    if operator == "by" and s.by == "start" and period.base in FIRST_DAYS and period.start >= s.said_on:
        return dated(s, i, period.stop, (s.said_on, period.start), period.unit, f"{period.base}.by_start")
    if operator in ("before", "not_until"):
        end = period.before or calendar.plus_days(period.start, -1)
    else:
        end = period.by or period.end
    return dated(s, i, period.stop, (s.said_on, end), period.unit, rule)


def _otherwise(s: Sentence, i: int, operator: Operator, period: Period, first: Reading) -> Iterator[Reading]:
    """What the same words may mean to another reader."""
    if operator in _OTHERWISE and s.words[i] not in _WHOLLY:
        yield _applied(s, i, _OTHERWISE[operator], period)
    if operator == "in" and period.base == "end":
        yield _applied(s, i, "by", period)
    if operator == "by" and period.base == "start":
        yield _applied(s, i, "by", replace(period, base="early", by=None))
    if operator == "in" and period.base == "next" and period.unit in ("decade", "century"):
        last = Amount.of(1, period.unit).after(s.said_on)
        yield dated(s, i, period.stop, (s.said_on, last), period.unit, "duration.within")
    end = first.window.end if first.window else None
    if period.unit == "century" and end is not None and end.year % 100 == 0 and (end.month, end.day) == (12, 31):
        start = first.window.start if first.window and first.window.start else s.said_on
        yield dated(s, i, period.stop, (start, end.replace(year=end.year - 1)), "century", "century.from_0")
