"""Dates as bylines, mail heads and metadata write them; what cannot be read safely is no date."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from reader.intake import months

MONTH = rf"(?P<month>{months.NAMES})\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20|21)\d\d)"
WEEKDAY = (
    r"(?:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|"
    rf"{'|'.join(sorted(months.WEEKDAYS.split(), key=len, reverse=True))})\.?,?\s+(?:den |le )?)?"
)
ZONE = r"(?:utc|gmt|z|[ecmp][sd]?t|bst|cest|ist|[+-]\d{2}:?\d{2})"
CLOCK = rf"(?:(?:t|,?\s+(?:at\s+|@\s*)?)\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}}(?:\.\d+)?)?\s?(?:[ap]\.?m\.?)?\s*{ZONE}?)?"
#: As far ahead as the clocks of the world are apart.
AHEAD = timedelta(days=2)
#: What a clock tells that was never set.
NEVER_SET = (date(1969, 12, 31), date(1970, 12, 31))
LEFT, RIGHT = r"(?<![\w/.-])", r"(?![\w/-])"


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and how exactly it is known: of a month or a year it is the first day."""

    day: date
    precision: Precision

    @property
    def iso(self) -> str:
        """As much of it as is known: 2031, 2031-05 or 2031-05-17."""
        return self.day.isoformat()[: {Precision.YEAR: 4, Precision.MONTH: 7}.get(self.precision, 10)]

    @property
    def is_believed(self) -> bool:
        """Whether it can be meant as the day of a piece: it is not yet to come, and no clock's zero."""
        first, last = NEVER_SET
        return self.day <= datetime.now(UTC).date() + AHEAD and not first <= self.day <= last


@dataclass(frozen=True, slots=True)
class Found:
    """A date seen in a text; `dated` is None where it cannot be read safely (03/04/2024, or no year)."""

    start: int
    end: int
    dated: Dated | None


def _pattern(body: str) -> re.Pattern[str]:
    return re.compile(LEFT + WEEKDAY + body + RIGHT, re.IGNORECASE)


FORMATS = (
    _pattern(rf"{MONTH}\s+{DAY},?\s+{YEAR}{CLOCK}"),
    _pattern(rf"{DAY}\.?(?:\s+(?:of|de))?[\s-]+{MONTH},?(?:\s+del?)?[\s-]+{YEAR}{CLOCK}"),
    _pattern(rf"{YEAR}-(?P<month>\d{{2}})-(?P<day>\d{{2}}){CLOCK}"),
    _pattern(rf"{YEAR}(?P<mark>[/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}}){CLOCK}"),
    _pattern(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{YEAR}{CLOCK}"),
    _pattern(rf"(?P<first>\d{{1,2}})[/-](?P<second>\d{{1,2}})[/-]{YEAR}{CLOCK}"),
    re.compile(rf"{YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월](?:\s?(?P<day>\d{{1,2}})\s?[日号일])?"),
    _pattern(rf"{MONTH},?\s+{YEAR}"),
    _pattern(rf"{YEAR}-(?P<month>\d{{2}})"),
    # No year: seen, so that the line is known for what it is, but never guessed.
    _pattern(rf"{MONTH}\s+{DAY}{CLOCK}"),
    _pattern(rf"{DAY}\.?\s+{MONTH}{CLOCK}"),
    re.compile(r"\b(?:an?|\d+)\s?(?:min(?:ute)?|hour|hr|day|week|month|year|h|d|w|mo|y)s?\.? ago\b", re.IGNORECASE),
    re.compile(r"\b(?:yesterday|today)\b", re.IGNORECASE),
)
SOMETHING_OF_A_DATE = re.compile(r"\d|\b(?:an?\s|yesterday|today)", re.IGNORECASE)
YEAR_ALONE = re.compile(r"(?:19|20)\d\d")


def find_date(text: str) -> Found | None:
    """Return the first date in the text, in whichever format."""
    if SOMETHING_OF_A_DATE.search(text) is None:
        return None
    found = [match for match in (pattern.search(text) for pattern in FORMATS) if match]
    if not found:
        return None
    first = min(found, key=lambda match: (match.start(), -match.end()))
    return Found(first.start(), first.end(), _read(first.groupdict()))


def read_date(text: str) -> Dated | None:
    """Return the date that is the whole text (front matter, a meta tag, a mail head); a bare year counts."""
    text = text.strip().strip("\"'")
    if YEAR_ALONE.fullmatch(text):
        return Dated(date(int(text), 1, 1), Precision.YEAR)
    found = find_date(text)
    if found is None or found.start > 0:
        return None
    return found.dated


def as_told(said: str) -> str:
    """The day that words tell, as exactly as they do: 2031, 2031-05 or 2031-05-17; empty where they tell none."""
    told = read_date(said)
    return told.iso if told else ""


def likeliest(*told: Dated | None) -> Dated | None:
    """The first of these that can be meant; where none can, the first."""
    known = [dated for dated in told if dated]
    return next((dated for dated in known if dated.is_believed), known[0] if known else None)


def _read(parts: dict[str, str | None]) -> Dated | None:
    year, month = parts.get("year"), parts.get("month")
    if year is None:
        return None
    if month is None:
        return _read_numbers(int(year), int(parts["first"] or 0), int(parts["second"] or 0))
    number = int(month) if month.isdigit() else months.NUMBERS[month.lower()]
    day = parts.get("day")
    return _dated(int(year), number, int(day) if day else None)


def _read_numbers(year: int, first: int, second: int) -> Dated | None:
    """Read 05/17/2023 or 17/05/2023; where both orders are possible, none is chosen."""
    if first == second or second > 12:
        return _dated(year, first, second)
    return _dated(year, second, first) if first > 12 else None


def _dated(year: int, month: int, day: int | None) -> Dated | None:
    try:
        return Dated(date(year, month, day or 1), Precision.DAY if day is not None else Precision.MONTH)
    except ValueError:
        return None
