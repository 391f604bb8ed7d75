"""Whole units of the calendar and steps between them, over the days that `date` can hold."""

from dataclasses import dataclass
from datetime import date, timedelta

from .windows import Unit

Days = tuple[date, date]

MONTHS_IN: dict[Unit, int] = {
    "month": 1,
    "quarter": 3,
    "half": 6,
    "season": 3,
    "year": 12,
    "decade": 120,
    "century": 1200,
}
# Meteorological seasons by their first month. A winter is named after the year it begins in.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


class OutOfCalendarError(Exception):
    """A day before the year 1 or after the year 9999."""


class NoSuchDayError(OutOfCalendarError):
    """A day that its month does not have; `stop` is the index after its last word."""

    def __init__(self, stop: int) -> None:
        self.stop = stop


def day(year: int, month: int = 1, number: int = 1) -> date:
    try:
        return date(year, month, number)
    except (ValueError, OverflowError):
        raise OutOfCalendarError from None


def plus_days(start: date, days: int) -> date:
    try:
        return start + timedelta(days=days)
    except OverflowError:
        raise OutOfCalendarError from None


def plus_months(start: date, months: int) -> date:
    """The same day of a later month, or the last day of that month where it is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return day(year, month + 1, min(start.day, last_number(year, month + 1)))


def last_number(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def months_from(year: int, month: int, count: int) -> Days:
    """`count` whole months, the first of them this one. (Counted to the last day, so that 9999-12-31 is in reach.)"""
    last_year, last = divmod(year * 12 + month - 1 + count - 1, 12)
    return day(year, month), day(last_year, last + 1, last_number(last_year, last + 1))


def year(number: int) -> Days:
    return day(number), day(number, 12, 31)


def decade(first: int) -> Days:
    return day(first), day(first + 9, 12, 31)


def century(number: int) -> Days:
    """The 21st century is 2001 to 2100."""
    return day(number * 100 - 99), day(number * 100, 12, 31)


def season(name: str, of_year: int) -> Days:
    return months_from(of_year, SEASONS[name], 3)


def containing(unit: Unit, inside: date) -> Days:
    """The calendar unit around a day. Weeks run from Monday to Sunday."""
    if unit == "day":
        return inside, inside
    if unit == "week":
        monday = plus_days(inside, -inside.weekday())
        return monday, plus_days(monday, 6)
    if unit == "decade":
        return decade(inside.year // 10 * 10)
    if unit == "century":
        return century((inside.year + 99) // 100)
    size = MONTHS_IN[unit]
    return months_from(inside.year, (inside.month - 1) // size * size + 1, size)


def following(unit: Unit, inside: date, steps: int = 1) -> Days:
    """The calendar unit `steps` after the one around a day."""
    first = containing(unit, inside)[0]
    return containing(unit, Amount.of(steps, unit).after(first))


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time: whole months, then days."""

    months: int = 0
    days: int = 0

    @classmethod
    def of(cls, number: float, unit: Unit) -> "Amount":
        if unit in ("day", "week"):
            return cls(days=round(number * (7 if unit == "week" else 1)))
        if unit == "month" and number != int(number):
            return cls(int(number), round(number % 1 * 30))
        return cls(months=round(number * MONTHS_IN[unit]))

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.months + other.months, self.days + other.days)

    def after(self, start: date) -> date:
        return plus_days(plus_months(start, self.months), self.days)
