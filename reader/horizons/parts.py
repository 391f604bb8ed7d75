"""Parts of a period: "early 2027", "the end of the decade", "the second half of next year", "the week of May 17"."""

from dataclasses import replace
from datetime import date
from typing import Literal

from . import calendar
from .calendar import Amount, Days
from .dates import NAMES
from .naming import read_named
from .numbers import ORDINALS, read_number, read_ordinal
from .periods import Period
from .phrases import Phrases
from .relative import OPENERS as RELATIVE
from .relative import UNITS, read_the_unit
from .tokens import Sentence
from .windows import Unit
from .years import YEAR_WORDS, year_number

Part = Literal["early", "mid", "late", "start", "end", "turn", "rest"]

_PREFIXED: dict[str, Part] = {
    "early (on) (-) (in|into)": "early",
    "mid|middle (-)": "mid",
    "late (-) (in|into)": "late",
    "end (-)": "end",
    "later (in)": "rest",
    "still": "rest",
}
_OF: dict[str, Part] = {
    "start|beginning|dawn|outset|opening": "start",
    "early part|days|months|years|stages": "early",
    "first|opening few days|weeks|months|years": "early",
    "last|final few days|weeks|months|years": "late",
    "middle|midpoint|mid_-_point": "mid",
    "halfway|midway|half_way through": "mid",
    "(very|tail) end|close|conclusion": "end",
    "latter|later|last|final|closing part|months|years|days": "late",
    "turn": "turn",
    "rest|remainder|balance": "rest",
}
_MIXED: dict[str, tuple[Part, Part]] = {
    "early (-) to|or (-) mid (-)": ("early", "mid"),
    "mid|middle (-) to|or (-) late (-)": ("mid", "late"),
    "early (-) to|or (-) late (-)": ("early", "late"),
}
_SUFFIXED: dict[str, tuple[Part, Unit]] = {
    f"{unit} (-|'s) {word}": ("end", unit)
    for unit in ("month", "quarter", "year", "decade", "century")
    for word in ("end", "close")
    if unit != "century" or word == "end"
}
_SUFFIXED |= {
    "eoy|fye": ("end", "year"),
    "mid - year": ("mid", "year"),
    "midyear": ("mid", "year"),
    "mid - decade": ("mid", "decade"),
    "mid (-) century": ("mid", "century"),
    "midcentury": ("mid", "century"),
}
PREFIXED, OF, MIXED, SUFFIXED = Phrases(_PREFIXED), Phrases(_OF), Phrases(_MIXED), Phrases(_SUFFIXED)
OPENERS = frozenset(
    {*PREFIXED.openers, *OF.openers, *MIXED.openers, *SUFFIXED.openers, *NAMES, *RELATIVE, *ORDINALS, *YEAR_WORDS}
    | {"the", "'", "w", "front", "back", "opening", "final"}
)
_HALVES = {"first": 1, "second": 2, "back": 2, "latter": 2, "last": 2, "front": 1, "early": 1}
_SIZES: dict[str, Unit] = {"half": "half", "months": "month", "weeks": "week", "quarters": "quarter", "years": "year"}


def can_open(s: Sentence, i: int) -> bool:
    """Whether any period begins like this: what costs least is asked first."""
    word = s.words[i + 1] if s.words[i] == "the" else s.words[i]
    return word in OPENERS or word[:1].isdigit()


def read_period(s: Sentence, i: int, *, after_operator: bool) -> Period | None:
    """A period or a part of one."""
    if not can_open(s, i):
        return None
    start = i + (s.words[i] == "the")
    for reader in (_ordinal,) if s.words[start][:1].isdigit() else _READERS:
        period = reader(s, start)
        if period is not None:
            return period
    return read_named(s, i, after_operator=after_operator)


def _whole(s: Sentence, i: int) -> Period | None:
    """What a part is taken of: a named period, or the running unit."""
    return read_named(s, i, after_operator=True) or read_the_unit(s, i)


def _prefixed(s: Sentence, i: int) -> Period | None:
    found = PREFIXED.read(s.words, i)
    if found is None:
        return None
    part, after = found
    whole = _whole(s, after)
    if (
        whole is None
        or (part == "rest" and not whole.start <= s.said_on <= whole.end)
        or (part == "end" and whole.base not in ("year", "this"))
        or _is_an_age(s, i, after)
    ):
        return None
    return take(whole, part, s.said_on)


def _is_an_age(s: Sentence, i: int, decade: int) -> bool:
    """ "her mid-30s"; "the mid-30s" are years."""
    return len(s.words[decade]) == 3 and s.words[decade][:2].isdigit() and s.before(i) != "the"


def _of(s: Sentence, i: int) -> Period | None:
    found = OF.read(s.words, i)
    if found is None:
        return None
    part, after = found
    if s.words[after] == "of":
        after += 1
    elif s.words[after - 1] != "through":
        return None
    whole = _whole(s, after) or _ordinal(s, after + (s.words[after] == "the"))
    if whole is None or (part == "turn" and whole.unit not in ("year", "decade")):
        return None
    return take(whole, part, s.said_on)


def _mixed(s: Sentence, i: int) -> Period | None:
    found = MIXED.read(s.words, i)
    whole = _whole(s, found[1]) if found else None
    if found is None or whole is None:
        return None
    first, last = (take(whole, part, s.said_on) for part in found[0])
    return replace(last, start=first.start, base="mid")


def _suffixed(s: Sentence, i: int) -> Period | None:
    """ "year-end", "mid-decade", "EOY 2027": of the running unit, or of the next where that part has passed."""
    found = SUFFIXED.read(s.words, i)
    if found is None:
        return None
    (part, unit), after = found
    glued = s.words[after] == "-" and s.joined(after) and s.joined(after + 1)
    named = _glued_year(s, after) or read_named(s, after + glued, after_operator=True)
    if named is not None and named.unit == unit:
        return take(named, part, s.said_on)
    for steps in (0, 1):
        whole = Period.of(calendar.following(unit, s.said_on, steps), unit, "this", after)
        period = take(replace(whole, running=True), part, s.said_on)
        if (period.by or period.end) >= s.said_on:
            break
    return period


def _glued_year(s: Sentence, i: int) -> Period | None:
    """ "EOY27"."""
    if not s.joined(i) or len(s.words[i]) != 2 or not s.words[i].isascii() or not s.words[i].isdigit():
        return None
    return Period.of(calendar.year(2000 + int(s.words[i])), "year", "year", i + 1)


def _ordinal(s: Sentence, i: int) -> Period | None:
    """ "the third month of 2027", "the last four months of 2027", "the second half of the decade", "Q3" in words."""
    is_behind = s.words[i] == "last" and s.words[i + 2] in UNITS
    if s.words[i] in _HALVES and s.words[i + 1] == "half" and not is_behind:
        return _numbered(s, _HALVES[s.words[i]], 1, "half", i + 2)
    if s.words[i] in ("last", "final", "first", "opening"):
        return _outermost(s, i)
    found = read_ordinal(s.words, i)
    unit = UNITS.get(s.words[found[1]]) if found else None
    return _numbered(s, found[0], 1, unit, found[1] + 1) if found and unit else None


def _outermost(s: Sentence, i: int) -> Period | None:
    sign = 1 if s.words[i] in ("first", "opening") else -1
    unit = UNITS.get(s.words[i + 1])
    if unit is not None:
        return _numbered(s, sign, 1, unit, i + 2)
    count = read_number(s.words, i + 1)
    unit = _SIZES.get(s.words[count[1]]) if count else None
    if count is None or unit is None or not 1 <= count[0] <= 100:
        return None
    return _numbered(s, sign, int(count[0]), unit, count[1] + 1)


def _numbered(s: Sentence, place: int, count: int, unit: Unit, after: int) -> Period | None:
    """`count` units of the period that follows, from the one at `place` on (counted from the end where negative)."""
    joined = s.words[after] in ("of", "in") or unit in ("quarter", "half", "week")
    whole = _whole(s, after + (s.words[after] in ("of", "in"))) if joined else None
    if whole is None:
        return _coming_quarter(s, place, after) if unit == "quarter" and s.words[after] != "of" else None
    days = _halves(whole, place) if unit == "half" else _slice(whole, place, count, unit)
    if days is None or days[0] > whole.end or days[1] < whole.start:
        return None
    return _settled(replace(whole, start=days[0], end=days[1], unit=unit, base="ordinal", bound=False), s.said_on)


def _settled(period: Period, said_on: date) -> Period:
    """The first quarter "of the year" is the next year's where this year's has passed."""
    if period.end >= said_on or not period.running or period.unit not in ("quarter", "half"):
        return period
    start = calendar.plus_months(period.start, 12)
    return replace(period, start=start, end=calendar.containing(period.unit, start)[1])


def _coming_quarter(s: Sentence, place: int, after: int) -> Period | None:
    if not 1 <= place <= 4:
        return None
    days = calendar.months_from(s.said_on.year, place * 3 - 2, 3)
    if days[1] < s.said_on:
        days = calendar.months_from(s.said_on.year + 1, place * 3 - 2, 3)
    return replace(Period.of(days, "quarter", "ordinal", after), bound=True, year_known=False)


def _halves(whole: Period, place: int) -> Days | None:
    size = calendar.MONTHS_IN.get(whole.unit, 0) // 2
    if not size or abs(place) > 2:
        return None
    middle = calendar.plus_months(whole.start, size)
    return (middle, whole.end) if place in (2, -1) else (whole.start, calendar.plus_days(middle, -1))


def _slice(whole: Period, place: int, count: int, unit: Unit) -> Days | None:
    if unit == "week":
        return _weeks(whole, place, count)
    if unit not in calendar.MONTHS_IN or whole.unit not in calendar.MONTHS_IN:
        return None
    size = calendar.MONTHS_IN[unit]
    total = calendar.MONTHS_IN[whole.unit]
    first = (place - 1) * size if place > 0 else total - count * size
    if first < 0 or first + count * size > total:
        return None
    start = calendar.plus_months(whole.start, first)
    return calendar.months_from(start.year, start.month, count * size)


def _weeks(whole: Period, place: int, count: int) -> Days:
    """A week belongs to the period that its Thursday is in (ISO 8601)."""
    if place > 0:
        first = calendar.containing("week", calendar.plus_days(whole.start, 3))[0]
        start = calendar.plus_days(first, (place - 1) * 7)
        return start, calendar.plus_days(start, count * 7 - 1)
    end = calendar.containing("week", calendar.plus_days(whole.end, -3))[1]
    return calendar.plus_days(end, 1 - count * 7), end


def _around(s: Sentence, i: int) -> Period | None:
    """ "the week of May 17", "the month of May", "the week beginning May 17"."""
    unit = UNITS.get(s.words[i])
    if unit == "week" and s.words[i + 1].isdigit():
        return _week_of_year(s, i)
    if s.words[i : i + 3] == ["w", "/", "c"]:
        unit, i = "week", i + 1
    elif unit not in ("week", "month") or s.words[i + 1] not in ("of", "beginning", "starting", "commencing"):
        return None
    inner = read_named(s, i + 2 + (s.words[i + 2] == "on"), after_operator=True)
    if inner is None or inner.unit not in ("day", "month"):
        return None
    if inner.unit == "month":
        return replace(inner, bound=False) if unit == "month" else None
    days = calendar.containing(unit, inner.start)
    return Period.of(days, unit, "ordinal", inner.stop)


def _week_of_year(s: Sentence, i: int) -> Period | None:
    """ "week 3 of 2027", by ISO 8601."""
    number, year = s.words[i + 1], year_number(s.words[i + 3])
    if s.words[i + 2] not in ("of", "in", ",") or year is None or len(number) > 2 or not number.isascii():
        return None
    whole = Period.of(calendar.year(year), "year", "year", i + 4)
    days = _weeks(whole, int(number), 1) if int(number) else None
    return Period.of(days, "week", "ordinal", i + 4) if days and days[0] <= whole.end else None


def take(whole: Period, part: Part, said_on: date) -> Period:
    """The days of a part, and where "by" and "before" it end."""
    begun = replace(whole, base=part, bound=False)
    if part == "rest":
        return replace(begun, start=max(whole.start, said_on))
    if whole.unit == "day":
        return begun
    if part == "turn":
        next_month = calendar.months_from(whole.end.year, whole.end.month, 2)[1]
        start = calendar.day(whole.end.year) if whole.unit == "decade" else calendar.day(whole.end.year, 12)
        end = calendar.year(whole.end.year + 1)[1] if whole.unit == "decade" else next_month
        return replace(begun, start=start, end=end, by=whole.end, before=whole.end)
    thirds = _thirds(whole)
    if part == "mid" and whole.unit == "century":
        middle = calendar.day(whole.start.year + 49, 12, 31)
        return replace(begun, start=thirds[1][0], end=thirds[1][1], by=middle, before=calendar.plus_months(middle, -12))
    start, end = thirds[{"early": 0, "start": 0, "mid": 1, "late": 2, "end": 2}[part]]
    by = {"start": whole.start, "end": whole.end}.get(part)
    return replace(begun, start=start, end=end, by=by, before=whole.end if part == "end" else None)


def _thirds(whole: Period) -> tuple[Days, Days, Days]:
    """Early, mid and late. A decade's are its years 0-3, 4-6 and 7-9, a month's its days 1-10, 11-20 and 21 on."""
    second, third = _second_and_third(whole)
    last_of_first, last_of_second = calendar.plus_days(second, -1), calendar.plus_days(third, -1)
    return (whole.start, last_of_first), (second, last_of_second), (third, whole.end)


def _second_and_third(whole: Period) -> Days:
    start = whole.start
    if whole.unit == "month":
        return calendar.plus_days(start, 10), calendar.plus_days(start, 20)
    if whole.unit == "week":
        return calendar.plus_days(start, 2), calendar.plus_days(start, 4)
    if whole.unit == "decade":
        return calendar.plus_months(start, 48), calendar.plus_months(start, 84)
    if whole.unit == "century":
        return calendar.plus_months(start, 33 * 12), calendar.plus_months(start, 66 * 12)
    third = calendar.MONTHS_IN[whole.unit] // 3
    return Amount(third).after(start), Amount(2 * third).after(start)


_READERS = (_mixed, _suffixed, _of, _prefixed, _ordinal, _around)
