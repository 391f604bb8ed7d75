"""Days, months, quarters, halves, seasons and weeks that are called by their name or number."""

from dataclasses import replace
from datetime import date

from . import calendar
from .numbers import read_ordinal
from .periods import Period
from .tokens import Sentence
from .vocabulary import numbered, vocabulary
from .windows import Unit
from .years import MODALS, read_year, stands_free, year_number

MONTHS = numbered("january february march april may june july august september october november december")
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = numbered("monday tuesday wednesday thursday friday saturday sunday", first=0)
_FEASTS = {"christmas": (12, 25), "xmas": (12, 25), "halloween": (10, 31)}
_TIMES_OF_DAY = vocabulary("morning afternoon evening night at noon midnight")
_HAPPENINGS = vocabulary(
    "launch launches launching launched release releases released ship ships open opens begin begins start starts"
    " announce announces announced publish publishes published vote votes meet meets due out live available"
)
_OCCASIONS = vocabulary(
    "launch release election elections deadline summit vote update conference referendum keynote event meeting"
)
_AFTER_A_MONTH = MODALS | {"brings", "sees", "marks", "looks", "promises", "feels", "'s"}
_QUARTERS = {f"q{number}": number for number in (1, 2, 3, 4)}
_HALVES = {"h1": 1, "h2": 2}
_CODES: dict[str, tuple[Unit, int]] = {code: ("quarter", number) for code, number in _QUARTERS.items()}
_CODES |= {code: ("half", number) for code, number in _HALVES.items()}
_SEPARATORS = frozenset({"-", "/", "–"})
SHORT_MONTHS = frozenset(name for name in MONTHS if len(name) < 5 and name not in ("may", "june", "july"))
_MONTH_BEFORE_YEAR = frozenset({",", "of", "in", "-", "/", "–"})


def _number(word: str, most: int) -> int | None:
    """A number of one or two digits from 1 to `most`."""
    if len(word) > 2 or not word.isascii() or not word.isdigit():
        return None
    number = int(word)
    return number if 1 <= number <= most else None


def read_day_number(s: Sentence, i: int) -> tuple[int, int] | None:
    """ "17", "17th", "seventeenth"."""
    plain = _number(s.words[i], 31)
    if plain is not None:
        return plain, i + 1
    ordinal = read_ordinal(s.words, i)
    return ordinal if ordinal and ordinal[0] <= 31 else None


def _day(year: int, month: int, number: int, stop: int) -> Period:
    if number > calendar.last_number(year, month):
        raise calendar.NoSuchDayError(stop)
    return Period.of(calendar.containing("day", calendar.day(year, month, number)), "day", "day", stop)


def read_numeric(s: Sentence, i: int) -> Period | None:
    """ "2027-05-17", "2027/5/17", "5/17/2027", "17.05.2027", "2027-05", "2027/05", "05/2027"."""
    if "." in s.words[i]:
        return _dotted(s, i)
    first, mark, second = s.words[i], s.words[i + 1], s.words[i + 2]
    if mark not in _SEPARATORS or not second[:1].isdigit() or (s.joined(i) and s.words[i - 1] not in "([\"'“,"):
        return None
    if s.words[i + 3] == mark and s.joined(i + 3) and s.words[i + 4].isdigit():
        return _three_numbers(s, i)
    return _year_and_month(s, i, first, second)


def _dotted(s: Sentence, i: int) -> Period | None:
    parts = s.words[i].split(".")
    if len(parts) != 3 or year_number(parts[2]) is None or not stands_free(s, i, i + 1):
        return None
    month, number = _number(parts[1], 12), _number(parts[0], 31)
    return _day(int(parts[2]), month, number, i + 1) if month and number else None


def _three_numbers(s: Sentence, i: int) -> Period | None:
    """Year first, or last: then the month stands first unless it cannot be one."""
    first, second, third = s.words[i], s.words[i + 2], s.words[i + 4]
    if not stands_free(s, i, i + 5):
        return None
    if year_number(first) is not None:
        year, month, number = first, _number(second, 12), _number(third, 31)
    elif year_number(third) is not None:
        year, month, number = third, _number(first, 12), _number(second, 31)
        if month is None or number is None:
            month, number = _number(second, 12), _number(first, 31)
    else:
        return None
    if month and number:
        return _day(int(year), month, number, i + 5)
    if max(len(word) for word in (first, second, third) if word is not year) > 2:
        return None
    raise calendar.NoSuchDayError(i + 5)


def _year_and_month(s: Sentence, i: int, first: str, second: str) -> Period | None:
    spaced = not (s.joined(i + 1) and s.joined(i + 2))
    if s.joined(i + 3) and s.words[i + 3] in "-/–%:":
        return None
    if s.words[i + 3].isalnum() if spaced else s.words[i + 1] != "/" and len(second) == 1:
        return None
    year, month = (first, _number(second, 12)) if year_number(first) is not None else (second, _number(first, 12))
    if month is None or year_number(year) is None:
        return None
    return _month(int(year), month, i + 3)


def _month(year: int, month: int, stop: int) -> Period:
    return Period.of(calendar.months_from(year, month, 1), "month", "month", stop)


def read_month(s: Sentence, i: int) -> Period | None:
    """ "May 17, 2027", "May 2027", "May ’27", "May"."""
    month = MONTHS.get(s.words[i])
    if month is None or not _is_month(s, i):
        return None
    after = i + 1 + (s.words[i + 1] == "." and (s.words[i] in SHORT_MONTHS or s.words[i + 2][:1].isdigit()))
    found = read_day_number(s, after + (s.words[after] == "the"))
    if found is not None and not (s.words[found[1]] in ("%", "percent") or _starts_spelled_year(s, after)):
        return _day_of(s, month, *found)
    year = _year_after(s, after)
    if year is not None:
        return _month(year[0], month, year[1])
    name = s.words[i]
    is_told = s.words[i + 1] in _AFTER_A_MONTH or (s.words[i + 1] in ("or", "to", "–") and s.words[i + 2] in MONTHS)
    is_told = is_told or (s.words[i + 1] in ("", ".") and s.before(i) not in ("of", "'s", "a", "the", ""))
    named = name not in SHORT_MONTHS and name not in ("may", "march", "august") and is_told
    bound = not (named or _names_an_occasion(s, i))
    return replace(_upcoming_month(s.said_on, month, after if s.joined(after) else i + 1), bound=bound)


def _names_an_occasion(s: Sentence, i: int) -> bool:
    """ "the March launch"."""
    return s.before(i) == "the" and s.written(i)[0].isupper() and s.words[i + 1] in _OCCASIONS


def _is_month(s: Sentence, i: int) -> bool:
    """Short names that are names of people and tools too need a capital or a number beside them."""
    return s.words[i] not in ("mar", "sep", "jan", "jun") or s.written(i)[0].isupper() or s.words[i + 1].isdigit()


def _starts_spelled_year(s: Sentence, i: int) -> bool:
    return s.words[i] in ("twenty", "two")


def _day_of(s: Sentence, month: int, number: int, stop: int) -> Period | None:
    year = _year_after(s, stop)
    if year is not None:
        return _day(year[0], month, number, year[1])
    return _upcoming_day(s.said_on, month, number, stop)


def _year_after(s: Sentence, i: int) -> tuple[int, int] | None:
    """The year that completes a month or a day: "2027", ", 2027", "of 2027", "'27", "next year"."""
    after = i + (s.words[i] in _MONTH_BEFORE_YEAR)
    if s.words[after] == "'" and _number(s.words[after + 1], 99) and s.joined(after + 1):
        return 2000 + int(s.words[after + 1]), after + 2
    relative = _relative_year(s, after)
    if relative is not None:
        return relative
    found = read_year(s, after, after_operator=True) if s.words[after] not in ("year", "calendar") else None
    if found is None and s.words[after - 1] in "-/–" and s.joined(after):
        number = year_number(s.words[after])
        return (number, after + 1) if number is not None else None
    return (found.start.year, found.stop) if found is not None else None


def _relative_year(s: Sentence, i: int) -> tuple[int, int] | None:
    after = i + (s.words[i] == "the")
    steps = {"last": -1, "this": 0, "current": 0, "next": 1, "following": 1}.get(s.words[after])
    if steps is None or s.words[after + 1] != "year":
        return None
    return s.said_on.year + steps, after + 2


def _upcoming_month(said_on: date, month: int, stop: int) -> Period:
    return replace(_month(said_on.year + (month < said_on.month), month, stop), year_known=False)


def _upcoming_day(said_on: date, month: int, number: int, stop: int) -> Period:
    for year in range(said_on.year, said_on.year + 9):
        if number <= calendar.last_number(year, month) and calendar.day(year, month, number) >= said_on:
            return replace(_day(year, month, number, stop), year_known=False)
    raise calendar.NoSuchDayError(stop)


def read_day_first(s: Sentence, i: int, *, joined: bool = False) -> Period | None:
    """ "17 May 2027", "17th of May", "the seventeenth of May, 2027"."""
    found = read_day_number(s, i) or read_ordinal(s.words, i)
    if found is None or (s.joined(i) and not joined):
        return None
    after = found[1] + (s.words[found[1]] == "of")
    month = MONTHS.get(s.words[after])
    if month is None or (s.words[after] in ("may", "march") and not s.written(after)[0].isupper()):
        return None
    if found[0] > 31:
        year = _year_after(s, after + 1)
        raise calendar.NoSuchDayError(year[1] if year else after + 1)
    return _day_of(s, month, found[0], after + 1)


def read_year_first(s: Sentence, i: int) -> Period | None:
    """ "2027 May", "2027, Nov", "2027 Q3", "2027H2", "3Q27", "Q3 2027", "Q3"."""
    word = s.words[i]
    if word in _CODES:
        return _coded(s, i, *_CODES[word])
    if len(word) == 6 and word[4:] in _CODES and year_number(word[:4]) is not None:
        return _numbered(int(word[:4]), *_CODES[word[4:]], i + 1)
    if len(word) == 2 and word[1] + word[0] in _CODES:
        after = _year_after(s, i + 1)
        return _numbered(after[0], *_CODES[word[1] + word[0]], after[1]) if after else None
    if len(word) in (4, 6) and word[0] in "1234" and word[1] in "qh" and word[2:].isascii() and word[2:].isdigit():
        return _short_code(word, i + 1)
    year = year_number(word)
    if year is None or (s.joined(i) and s.words[i - 1] not in "([\"'“"):
        return None
    place = i + 1 + (s.words[i + 1] in (",", "-", "–", "/"))
    code = _CODES.get(s.words[place])
    if code is not None:
        return _numbered(year, *code, place + 1)
    month = MONTHS.get(s.words[place])
    if month is None or s.words[place + 1][:1].isdigit():
        return None
    if s.words[place] in ("may", "march") and s.written(place)[0].islower():
        return None
    return _month(year, month, place + 1)


def _short_code(word: str, stop: int) -> Period | None:
    code = _CODES.get(word[1] + word[0])
    digits = word[2:]
    return _numbered(int(digits) + (2000 if len(digits) == 2 else 0), *code, stop) if code else None


def _numbered(year: int, unit: Unit, number: int, stop: int) -> Period:
    size = calendar.MONTHS_IN[unit]
    return Period.of(calendar.months_from(year, (number - 1) * size + 1, size), unit, unit, stop)


def _coded(s: Sentence, i: int, unit: Unit, number: int) -> Period | None:
    """Without a year the next one that has not ended."""
    if s.joined(i) and s.words[i - 1] in "-_/." and s.words[i - 2] not in ("early", "mid", "late", "end"):
        return None
    year = _year_after(s, i + 1)
    if year is not None:
        return _numbered(year[0], unit, number, year[1])
    this = _numbered(s.said_on.year, unit, number, i + 1)
    period = this if this.end >= s.said_on else _numbered(s.said_on.year + 1, unit, number, i + 1)
    return replace(period, year_known=False, bound=s.words[i + 1] not in MODALS)


def read_season(s: Sentence, i: int) -> Period | None:
    """ "summer 2027", "the winter of 2027", "spring"."""
    name = s.words[i]
    if name not in calendar.SEASONS:
        return None
    year = _year_after(s, i + 1)
    if year is not None:
        return Period.of(calendar.season(name, year[0]), "season", "season", year[1])
    if s.words[i + 1] == "of":
        return None
    days = next_season(s.said_on, name)
    return replace(Period.of(days, "season", "season", i + 1), bound=True, year_known=False)


def next_season(said_on: date, name: str) -> calendar.Days:
    """The season of this name that is running or comes next."""
    for year in (said_on.year - 1, said_on.year):
        days = calendar.season(name, year) if year > 0 else None
        if days is not None and days[1] >= said_on:
            return days
    return calendar.season(name, said_on.year + 1)


def read_feast(s: Sentence, i: int) -> Period | None:
    """ "Christmas", "Christmas 2027"."""
    return _day_of(s, *_FEASTS[s.words[i]], i + 1) if s.words[i] in _FEASTS else None


def read_tomorrow(s: Sentence, i: int) -> Period | None:
    """The day itself where it is told apart from the figure of speech: "tomorrow morning", "launches tomorrow"."""
    if s.words[i] != "tomorrow":
        return None
    told = s.words[i + 1] in _TIMES_OF_DAY or s.before(i) in _HAPPENINGS or _number(s.words[i + 2], 31)
    day = calendar.plus_days(s.said_on, 1)
    return Period.of((day, day), "day", "day", i + 1) if told else None


def read_weekday(s: Sentence, i: int) -> Period | None:
    """The next day of this name after the day it was said."""
    number = WEEKDAYS.get(s.words[i])
    if number is None:
        return None
    ahead = (number - s.said_on.weekday() - 1) % 7 + 1
    day = calendar.plus_days(s.said_on, ahead)
    return replace(Period.of((day, day), "day", "day", i + 1), bound=True, year_known=False)


NAMES = (
    frozenset(_FEASTS)
    | {"tomorrow"}
    | frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | frozenset(_CODES)
    | frozenset(calendar.SEASONS)
)
