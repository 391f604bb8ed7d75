"""What Metaculus' scores have in common, and its baseline score, for questions that happen or do not.

After the "Scores FAQ" of Metaculus (metaculus.com/help/scores-faq, as of 2026). They rest on the logarithm of the
probability given to what came; more is better. A score of a moment is averaged over all the time the question was to be
open. While no forecast stands the score is 0, and so it is between an early end and the close that was planned: "X by
2030" ends early if X happens, but without it only in 2030, so that whoever said "surely" at first and less later would
win by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum, log2

from .standing import Forecast, Question, standing


@dataclass(frozen=True, slots=True)
class Score:
    """Points averaged over a question's planned time, and the part of that time for which a forecast stood."""

    points: float
    coverage: float


def baseline_points(p: float, happened: bool) -> float:
    """100 (1 + log₂ of the probability given to what came): 0 for saying 50 %, at most 100, without a floor.

    Raises:
        ValueError: `p` is not between 0 and 1.
    """
    return 100 * (1 + log2(given(p, happened)))


def baseline_score(question: Question, history: Iterable[Forecast], happened: bool) -> Score:
    """A forecaster's baseline score for a question, from all that they forecast, in any order.

    Raises:
        ValueError: a probability is not between 0 and 1.
    """
    spells = standing(question, history)
    return Score(
        fsum(baseline_points(p, happened) * question.part(start, end) for start, end, p in spells),
        fsum(question.part(start, end) for start, end, _ in spells),
    )


def weighted_mean(scores: Iterable[Score]) -> float | None:
    """Points per question fully covered: all points over all coverage. None where nothing was covered."""
    known = list(scores)
    coverage = fsum(score.coverage for score in known)
    return fsum(score.points for score in known) / coverage if coverage else None


def given(p: float, happened: bool) -> float:
    """The probability given to what came."""
    if not 0 < p < 1:
        raise ValueError(f"{p} is not between 0 and 1, and certainty has no score")
    return p if happened else 1 - p
