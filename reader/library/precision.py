"""Dates that are known to the day, to the month or to the year."""

from calendar import monthrange
from datetime import date

from django.db import models


class Precision(models.TextChoices):
    DAY = "day", "day"
    MONTH = "month", "month"
    YEAR = "year", "year"


def first_day(day: date, precision: str) -> date:
    """The day that stands for a date of this precision: the first that it can mean."""
    if precision == Precision.YEAR:
        return date(day.year, 1, 1)
    return day.replace(day=1) if precision == Precision.MONTH else day


def latest_day(day: date, precision: str) -> date:
    """The last day that a date of this precision can mean."""
    if precision == Precision.YEAR:
        return date(day.year, 12, 31)
    if precision == Precision.MONTH:
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day


def in_words(day: date, precision: str) -> str:
    """A date, as exactly as it is known."""
    match precision:
        case Precision.YEAR:
            return f"{day.year}"
        case Precision.MONTH:
            return f"{day:%B %Y}"
        case _:
            return f"{day.day} {day:%B %Y}"


def day_of(iso: str) -> tuple[date, Precision]:
    """The first day of 2031, 2031-05 or 2031-05-17, and how exactly that tells it."""
    precision = {4: Precision.YEAR, 7: Precision.MONTH}.get(len(iso), Precision.DAY)
    return date.fromisoformat(f"{iso}-01-01"[:10]), precision
