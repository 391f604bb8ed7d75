"""Two periods read as one: "2027–2028", "between May and July", "2031, or perhaps 2032"."""

from dataclasses import replace

from . import calendar
from .dates import WEEKDAYS, read_day_first, read_day_number
from .parts import can_open, read_period
from .periods import Period
from .phrases import Phrases
from .relative import UNITS
from .tokens import Sentence
from .years import stands_free, year_number

_TO = Phrases({"to|through|thru|until|till|-|–|—|~|−": True, "up (until) to": True, "and_on to": True})
_OR = Phrases({"(,|—|–) or|and (/) (or)": True, "(,) (() or": True, "/": True})
_HEDGES = Phrases(
    {
        "(,) maybe|perhaps|possibly|probably|even|likely|conceivably (in|by|as_late_as)": True,
        "in|during": True,
        "more likely": True,
    }
)
_TO_A_DAY = frozenset({"-", "–", "—", "to", "until", "till", "through", "and", "~"})
_NOW = frozenset({"now", "today"})


def read_span(s: Sentence, i: int, *, after_operator: bool) -> Period | None:
    """A period, with the one it is joined to by "to" or "or" where there is one."""
    if not can_open(s, i):
        return None
    period = (
        _short_range(s, i)
        or _days_of_a_month(s, i)
        or _this_or_next(s, i)
        or read_period(s, i, after_operator=after_operator)
    )
    if period is None:
        return None
    for _ in range(3):
        longer = _ranged(s, period) or _chosen(s, period)
        if longer is None:
            break
        period = longer
    return period


def read_between(s: Sentence, i: int) -> Period | None:
    """ "between 2026 and 2028", "from May to July", "between now and 2030"."""
    opener, after = s.words[i], i + 1
    if s.words[after] in _NOW:
        joint = s.words[after + 1]
        last = (
            read_period(s, after + 2, after_operator=True)
            if joint in ("and", "to", "until", "till", "through")
            else None
        )
        return replace(last, start=s.said_on, end=last.by or last.end, base="range") if last else None
    days = _days_of_a_month(s, after)
    if days is not None:
        return days
    first = read_period(s, after, after_operator=True)
    if first is None:
        return _short_range(s, after)
    pushed = _pushed_back(s, first) if opener == "from" else None
    if pushed is not None:
        return pushed
    if opener == "between" and s.words[first.stop] == "and":
        last = read_period(s, first.stop + 1, after_operator=True)
        return _joined(s, first, last, "range") if last else None
    return _ranged(s, first)


def _pushed_back(s: Sentence, first: Period) -> Period | None:
    """ "the median fell from 2042 to 2036" names the later word alone."""
    if first.unit != "year" or s.words[first.stop] != "to":
        return None
    last = read_period(s, first.stop + 1, after_operator=True)
    return last if last is not None and last.unit == "year" and last.end < first.start else None


def _short_range(s: Sentence, i: int) -> Period | None:
    """ "2027-28", "2027/28"."""
    year, mark, short = year_number(s.words[i]), s.words[i + 1], s.words[i + 2]
    if (
        year is None
        or mark not in ("-", "–", "/", "—")
        or len(short) != 2
        or not short.isascii()
        or not short.isdigit()
    ):
        return None
    last = year // 100 * 100 + int(short)
    if last <= max(year, year // 100 * 100 + 12) or not (s.joined(i + 1) and s.joined(i + 2)) or s.joined(i):
        return None
    if not stands_free(s, i + 2, i + 3) and s.joined(i + 3):
        return None
    return Period(calendar.day(year), calendar.day(last, 12, 31), "year", "range", i + 3)


def _days_of_a_month(s: Sentence, i: int) -> Period | None:
    """ "12–14 May 2027", "ninth to the seventeenth of April"."""
    i += s.words[i] == "the"
    found = read_day_number(s, i)
    if found is None or s.joined(i) or s.words[found[1]] not in _TO_A_DAY:
        return None
    last = read_day_first(s, found[1] + 1 + (s.words[found[1] + 1] == "the"), joined=True)
    if last is None or last.unit != "day" or not found[0] < last.start.day:
        return None
    return replace(last, start=last.start.replace(day=found[0]), base="range")


def _this_or_next(s: Sentence, i: int) -> Period | None:
    """ "this or next year"."""
    unit = UNITS.get(s.words[i + 3])
    if s.words[i] != "this" or s.words[i + 1] not in ("or", "and") or s.words[i + 2] != "next" or unit is None:
        return None
    start = calendar.containing(unit, s.said_on)[0]
    return Period(start, calendar.following(unit, s.said_on)[1], unit, "choice", i + 4, running=True)


def _ranged(s: Sentence, first: Period) -> Period | None:
    found = _TO.read(s.words, first.stop)
    if found is None:
        return None
    last = read_period(s, found[1], after_operator=True) or _same_month(s, first, found[1])
    return _joined(s, first, last, "range") if last else None


def _same_month(s: Sentence, first: Period, i: int) -> Period | None:
    """ "May 17–19": the second day is in the month of the first."""
    found = read_day_number(s, i) if first.unit == "day" else None
    if (
        found is None
        or found[0] <= first.start.day
        or found[0] > calendar.last_number(first.start.year, first.start.month)
    ):
        return None
    number, stop = found
    year = year_number(s.words[stop + (s.words[stop] == ",")])
    if year is not None:
        stop += 1 + (s.words[stop] == ",")
    day = calendar.day(year or first.start.year, first.start.month, number)
    return replace(first, start=day, end=day, stop=stop, year_known=year is not None or first.year_known)


def _chosen(s: Sentence, first: Period) -> Period | None:
    i = first.stop
    joint = _OR.read(s.words, i)
    hedge = _HEDGES.read(s.words, joint[1] if joint else i)
    if joint is None and (hedge is None or s.words[i] in ("in", "during")):
        return _listed(s, first)
    after = hedge[1] if hedge else joint[1] if joint else i
    last = _next_one(s, first, after) or read_period(s, after, after_operator=True)
    if last is None or (first.unit == "day" and last.unit != "day"):
        return None
    adjacent = last.start == calendar.plus_days(first.end, 1)
    if not adjacent and (last.start <= first.start or "and" in s.words[i : i + 2] or _are_far_apart(first, last)):
        return None
    closed = replace(last, stop=last.stop + 1) if "(" in s.words[i : i + 2] and s.words[last.stop] == ")" else last
    return _joined(s, first, closed, "choice")


def _are_far_apart(first: Period, last: Period) -> bool:
    """ "2030 or 2050" are two windows."""
    return first.unit == "year" and last.start.year - first.end.year > 5


def _listed(s: Sentence, first: Period) -> Period | None:
    """ "2027, 2028": the next year after a comma."""
    if s.words[first.stop] != "," or first.unit != "year" or year_number(s.words[first.stop + 1]) != first.end.year + 1:
        return None
    last = read_period(s, first.stop + 1, after_operator=True)
    return _joined(s, first, last, "choice") if last and last.unit == "year" else None


def _next_one(s: Sentence, first: Period, i: int) -> Period | None:
    """ "this year or next", "2027 or the year after"."""
    after = i + (s.words[i] == "the")
    is_next = s.words[after] in ("next", "following") and s.words[after + 1] not in UNITS
    if is_next and not s.words[after + 1][:1].isalnum():
        stop = after + 1
    elif s.words[after] in ("year", "one", "month", "quarter") and s.words[after + 1] == "after" and after > i:
        stop = after + 2
    else:
        return None
    days = calendar.following(first.unit, first.end)
    return Period.of(days, first.unit, "choice", stop) if first.unit != "season" else None


def _joined(s: Sentence, first: Period, last: Period, base: str) -> Period | None:
    """From the first day of one to the last day of the other; a year that one of them lacks is the other's."""
    if first.unit == "day" and last.unit == "year" and s.words[first.stop] in WEEKDAYS:
        return None
    if not first.year_known:
        first = _moved(first, _years_back(first, last))
    elif not last.year_known and last.start < first.start:
        last = _moved(last, first.start.year - last.start.year + (last.start.month < first.start.month))
    if last.end < first.start:
        return None
    return replace(
        last,
        start=first.start,
        by=last.by or last.end,
        before=first.before,
        base=base,
        running=first.running,
        bound=False,
    )


def _years_back(first: Period, last: Period) -> int:
    if not last.year_known:
        return -1 if last.start < first.start else 0
    years = last.start.year - first.start.year
    return years - (_moved(first, years).start > last.end)


def _moved(period: Period, years: int) -> Period:
    """The same days some years away."""
    if not years:
        return period
    start, end = (calendar.plus_months(edge, years * 12) for edge in (period.start, period.end))
    if period.unit == "month":
        end = calendar.containing("month", start)[1]
    return replace(period, start=start, end=end, by=None, before=None)
