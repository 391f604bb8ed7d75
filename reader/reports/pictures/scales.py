"""From days and shares to places in a drawing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from reader.core.markup import fill, together

#: So many ticks have room beneath each other's words, on a phone too.
MOST_TICKS = 7
TICK = '<path class="tick" d="M{x} 0V{height}"/>'
LABEL = '<text x="{x}" y="{y}" text-anchor="{anchor}">{words}</text>'
MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000, 60000, 120000)


def place(value: float) -> SafeString:
    """A number as short as a drawing needs it."""
    return SafeString(f"{value:.1f}".removesuffix(".0"))


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `first` to `last` along a line."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day is; what lies outside is at the edge."""
        day = min(max(day, self.first), self.last)
        part = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(self.left + part * (self.right - self.left), 1)

    def shows(self, day: date) -> bool:
        return self.first <= day <= self.last

    def ticks(self) -> list[date]:
        """First days of years, or of months where the years are few; at most `MOST_TICKS`."""
        span = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        step = next((months for months in MONTHS if span <= months * MOST_TICKS), MONTHS[-1])
        return [day for day in firsts(self.first, self.last, step) if self.first <= day]

    def words(self, day: date) -> str:
        return f"{day.year}" if day.month == 1 else f"{day:%b}"


def firsts(first: date, last: date, step: int) -> Iterator[date]:
    """The first of every `step`-th month between two days, counted so that years begin with a tick."""
    month = first.year * 12 + first.month - 1
    month -= month % step
    while month // 12 <= last.year:
        if month >= 12:  # there is no year 0
            day = date(month // 12, month % 12 + 1, 1)
            if day > last:
                return
            yield day
        month += step


def grid(days: Days, height: int) -> SafeString:
    return together(fill(TICK, x=place(days.x(day)), height=height) for day in days.ticks())


def labels(days: Days, y: int) -> SafeString:
    return together(
        fill(LABEL, x=place(days.x(day) + 4), y=y, anchor="start", words=days.words(day)) for day in days.ticks()
    )
