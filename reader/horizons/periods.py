"""A period of the calendar that some words name, before an operator such as "by" makes a window of it."""

from dataclasses import dataclass
from datetime import date

from .calendar import Days
from .windows import Unit


@dataclass(frozen=True, slots=True)
class Period:
    """The days named, the unit they count in, the base that read them and the index after the last word.

    `by` and `before` are the days on which "by" and "before" end, where these are not the period's last day and the
    day before its first. A `running` period ("this year") has begun: it counts from the day it was said.
    A `bound` one (a month named "may") is read only after an operator, and one with `year_known` False ("in May")
    stands for the next of its name.
    """

    start: date
    end: date
    unit: Unit
    base: str
    stop: int
    by: date | None = None
    before: date | None = None
    running: bool = False
    bound: bool = False
    year_known: bool = True

    @classmethod
    def of(cls, days: Days, unit: Unit, base: str, stop: int) -> "Period":
        return cls(days[0], days[1], unit, base, stop)
