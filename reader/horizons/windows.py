"""What a reading of time wording gives back."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["window", "vague", "open"]
#: Whether "by 2027" ends on the last or on the first day of 2027.
By = Literal["end", "start"]
Unit = Literal["day", "week", "month", "quarter", "half", "season", "year", "decade", "century"]
Precision = Literal[Unit, "unknown"]


@dataclass(frozen=True, slots=True)
class Window:
    """The days that some wording names, both ends inclusive.

    A "window" has both days, an "open" one has no end, a "vague" one has neither.
    `precision` is the unit the wording counts in ("unknown" where vague wording names none),
    `span` the characters read, which stand in the text at code point `at`, and `rule` the id that `explain` takes.
    """

    start: date | None
    end: date | None
    kind: Kind
    precision: Precision
    span: str
    rule: str
    at: int
