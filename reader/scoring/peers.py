"""Metaculus' peer score: how much better than the others somebody was, at every moment at which they stood together."""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise
from math import fsum, log
from typing import TypeVar

from .points import Score, given
from .standing import Forecast, Question, Spell, standing

Forecaster = TypeVar("Forecaster", bound=Hashable)


def peer_points(p: float, others: Iterable[float], happened: bool) -> float:
    """100 times how much larger the logarithm of the probability given to what came is than the others' on average.

    That mean of logarithms is the logarithm of the geometric mean. 0 where there are no others.

    Raises:
        ValueError: a probability is not between 0 and 1.
    """
    mine = log(given(p, happened))
    differences = [mine - log(given(other, happened)) for other in others]
    return 100 * fsum(differences) / len(differences) if differences else 0.0


def peer_scores(
    question: Question,
    histories: Mapping[Forecaster, Iterable[Forecast]],
    happened: bool,
) -> dict[Forecaster, Score]:
    """Everybody's peer score for a question, each from all that they forecast; the points add up to 0.

    At every moment a forecast is compared with those that stand beside it; alone it has 0 points, and covers that time
    all the same.

    Raises:
        ValueError: a probability is not between 0 and 1.
    """
    spells = {who: standing(question, history) for who, history in histories.items()}
    field = Field.of(question, [spell for each in spells.values() for spell in each], happened)
    return {who: field.score(question, each, happened) for who, each in spells.items()}


@dataclass(frozen=True, slots=True)
class Field:
    """All that stood beside each other, summed up over time so that nobody has to be compared with each other.

    With n forecasts standing, one of log probability l among a mean of m has n (l − m) / (n − 1). From one moment to
    another that makes l times the growth of `weight` less the growth of `lead`.
    """

    moments: Sequence[datetime]
    #: The integral of n / (n − 1), and of that times m, up to each moment.
    weight: Sequence[float]
    lead: Sequence[float]

    @classmethod
    def of(cls, question: Question, spells: Iterable[Spell], happened: bool) -> "Field":
        changes = sorted(changes_of(spells, happened))
        moments = sorted({moment for moment, _, _ in changes})
        weight, lead = [0.0], [0.0]
        present: dict[float, int] = {}
        at = 0
        for moment, until in pairwise(moments):
            while at < len(changes) and changes[at][0] == moment:
                _, value, step = changes[at]
                present[value] = present.get(value, 0) + step
                at += 1
            factor, centre = crowd(present)
            part = question.part(moment, until) * factor
            weight.append(part)
            lead.append(part * centre)
        return cls(moments, list(accumulate(weight)), list(accumulate(lead)))

    def score(self, question: Question, spells: Iterable[Spell], happened: bool) -> Score:
        points, covered = [], []
        for start, end, p in spells:
            first, last = bisect_left(self.moments, start), bisect_left(self.moments, end)
            points.append(log(given(p, happened)) * (self.weight[last] - self.weight[first]))
            points.append(self.lead[first] - self.lead[last])
            covered.append(question.part(start, end))
        return Score(100 * fsum(points), fsum(covered))


def changes_of(spells: Iterable[Spell], happened: bool) -> Iterable[tuple[datetime, float, int]]:
    """When a log probability comes to stand (1) and ceases to (−1)."""
    for start, end, p in spells:
        value = log(given(p, happened))
        yield start, value, 1
        yield end, value, -1


def crowd(present: Mapping[float, int]) -> tuple[float, float]:
    """n / (n − 1) and the mean of the n log probabilities present; nothing where one is alone."""
    n = sum(present.values())
    if n < 2:
        return 0.0, 0.0
    return n / (n - 1), fsum(value * times for value, times in present.items()) / n
