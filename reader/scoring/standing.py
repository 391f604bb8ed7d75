"""For how long which forecast stood: from when it was made until the next one, while the question was open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

#: When a probability was given, and which.
Forecast = tuple[datetime, float]
#: From when to when a probability stood.
Spell = tuple[datetime, datetime, float]


@dataclass(frozen=True, slots=True)
class Question:
    """When forecasts count: from `opened` until `closes`, or until `ended` where that comes first.

    Raises:
        ValueError: it closes no later than it opens.
    """

    opened: datetime
    #: The planned close, the end of the window.
    closes: datetime
    #: When it was over early, by what happened or by a verdict.
    ended: datetime | None = None

    def __post_init__(self) -> None:
        if self.closes <= self.opened:
            raise ValueError("a question closes after it opens")

    @property
    def end(self) -> datetime:
        return self.closes if self.ended is None else min(self.ended, self.closes)

    def part(self, start: datetime, end: datetime) -> float:
        """Which part of the planned time lies between two moments."""
        return (end - start) / (self.closes - self.opened)


def standing(question: Question, history: Iterable[Forecast]) -> list[Spell]:
    """For how long each forecast of a history stood while the question was open, in the order of time.

    Of two at the same moment the one that is given later stands. Forecasts from before the question opened stand from
    when it does; those from its end on never stood.
    """
    made = sorted(history, key=lambda forecast: forecast[0])
    starts = [max(when, question.opened) for when, _ in made]
    ends = [min(when, question.end) for when in starts[1:]] + [question.end]
    spells = [(start, end, p) for start, end, (_, p) in zip(starts, ends, made, strict=False)]
    return [spell for spell in spells if spell[0] < spell[1]]


def standing_forecast(question: Question, history: Iterable[Forecast]) -> float | None:
    """The forecast that stood when the question closed or ended; None if there was none by then."""
    spells = standing(question, history)
    return spells[-1][2] if spells else None
