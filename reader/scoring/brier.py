"""The Brier score of probabilities for things that happened or did not, and what it is made of.

After Glenn W. Brier, "Verification of Forecasts Expressed in Terms of Probability" (1950), in the form that counts one
of the two outcomes: it runs from 0 (certain and right) to 1 (certain and wrong), and saying 50 % of everything makes
0.25. Brier's own sum counts both and is twice as large.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from .bins import bin_of

#: A probability from 0 to 1, and whether the thing happened.
Judged = tuple[float, bool]


def brier(p: float, happened: bool) -> float:
    """The squared distance between a probability and what came: 0 is best, 1 is worst.

    Raises:
        ValueError: `p` is no probability.
    """
    return (checked(p) - happened) ** 2


def mean_brier(judged: Iterable[Judged]) -> float | None:
    """The mean Brier score, from 0 (best) to 1; None where nothing was judged.

    Raises:
        ValueError: something in it is no probability.
    """
    scores = [brier(p, happened) for p, happened in judged]
    return mean(scores) if scores else None


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A mean Brier score as the sum of its parts: ``reliability − resolution + uncertainty + within``."""

    brier: float
    #: How far, squared, the shares that happened are from what was forecast: 0 is best, 1 is worst.
    reliability: float
    #: How far, squared, those shares are from the overall share: 0 tells nothing apart; at best it is the uncertainty.
    resolution: float
    #: How hard the questions were: 0.25 where half of them happened, 0 where all or none did. Nobody's merit or fault.
    uncertainty: float
    #: What differs inside the groups, which the other three cannot see: 0 where a group is one forecast.
    within: float
    #: How many forecasts, in how many groups.
    forecasts: int
    groups: int


def murphy(judged: Iterable[Judged], bins: int | None = None) -> Decomposition | None:
    """What a mean Brier score is made of; None where nothing was judged.

    Allan H. Murphy, "A New Vector Partition of the Probability Score" (1973), groups equal forecasts. Small samples
    have hardly any equal ones, and then the reliability is all of the score. `bins` groups forecasts by that many
    equal parts of 0 to 1 instead. The two terms that this leaves over (D. B. Stephenson, C. A. S. Coelho and
    I. T. Jolliffe, "Two Extra Components in the Brier Score Decomposition", 2008) are given as one, `within`: the
    variance of the forecasts inside the groups less twice their covariance with what happened.

    Raises:
        ValueError: something in it is no probability, or there is to be no bin.
    """
    known = [(checked(p), happened) for p, happened in judged]
    if not known:
        return None
    groups = grouped(known, bins)
    overall = mean([float(happened) for _, happened in known])
    parts = [part(group, overall) for group in groups]
    reliability, resolution, within = (fsum(values) / len(known) for values in zip(*parts, strict=True))
    uncertainty = overall * (1 - overall)
    score = mean([brier(*each) for each in known])
    return Decomposition(score, reliability, resolution, uncertainty, within, len(known), len(groups))


def grouped(judged: Sequence[Judged], bins: int | None) -> list[list[Judged]]:
    """Forecasts that are equal, or in the same bin."""
    groups: defaultdict[float, list[Judged]] = defaultdict(list)
    for p, happened in judged:
        groups[p if bins is None else bin_of(p, bins)].append((p, happened))
    return list(groups.values())


def part(group: Sequence[Judged], overall: float) -> tuple[float, float, float]:
    """What a group adds to reliability, resolution and within, times the number of all forecasts."""
    forecast, share = mean([p for p, _ in group]), mean([float(happened) for _, happened in group])
    inside = [(p - forecast) * ((p - forecast) - 2 * (happened - share)) for p, happened in group]
    return len(group) * (forecast - share) ** 2, len(group) * (share - overall) ** 2, fsum(inside)


def mean(values: Sequence[float]) -> float:
    """The mean, the same to the last digit in whatever order the values come, and never outside of them."""
    return min(max(fsum(values) / len(values), min(values)), max(values))


def checked(p: float) -> float:
    if not 0 <= p <= 1:
        raise ValueError(f"{p} is no probability: those are from 0 to 1")
    return p
