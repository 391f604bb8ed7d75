"""Krippendorff's alpha: how far observers agree beyond chance, for named categories.

After Klaus Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), sections A to C. Observers give values to
units; what an observer has not judged is missing, and a unit that fewer than two have judged is left out.

No interval is given. The literature's bootstrap draws single pairs of values as if they were independent of each other,
which the sentences of one text are not; the counts beside the figure say how much it stands on.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

#: What an observer says of a unit; None where they say nothing.
Value = Hashable | None
#: How often one category met another within a unit, by the two.
Coincidences = Mapping[tuple[Hashable, Hashable], Fraction]
#: How many pairable values each category has.
Totals = Mapping[Hashable, Fraction]


class Undefined(StrEnum):
    """Why there is no figure."""

    FEW_OBSERVERS = "fewer than two observers"
    NOTHING_IN_COMMON = "no unit was judged by two observers"
    NO_VARIATION = "every judgement is the same"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha, or why it has none, and what it was computed from."""

    alpha: float | None
    undefined: Undefined | None = None
    #: Units that at least two observers judged, and the judgements in them.
    units: int = 0
    values: int = 0
    #: The share of pairs within units that differ, and the share that would if the judgements were dealt out at random.
    observed: float = 0.0
    expected: float = 0.0


def nominal_alpha(judgements: Sequence[Sequence[Value]]) -> Agreement:
    """How far observers agree; a row of `judgements` for each observer, a column for each unit.

    1 is perfect agreement, 0 what chance would bring about, less is systematic disagreement.

    Raises:
        ValueError: the rows differ in length.
    """
    if sum(any(value is not None for value in row) for row in judgements) < 2:
        return Agreement(None, Undefined.FEW_OBSERVERS)
    units = [unit for unit in zip(*judgements, strict=True) if is_pairable(unit)]
    if not units:
        return Agreement(None, Undefined.NOTHING_IN_COMMON)
    matrix = coincidences(units)
    totals = marginals(matrix)
    counts = (len(units), int(sum(totals.values())))
    if len(totals) == 1:
        return Agreement(None, Undefined.NO_VARIATION, *counts)
    observed, expected = observed_disagreement(matrix), expected_disagreement(totals)
    return Agreement(float(1 - observed / expected), None, *counts, float(observed), float(expected))


def is_pairable(unit: Sequence[Value]) -> bool:
    return sum(value is not None for value in unit) > 1


def coincidences(units: Iterable[Sequence[Value]]) -> Coincidences:
    """The coincidence matrix of pairable units.

    The m values of a unit make m (m − 1) ordered pairs. Each pair counts 1 / (m − 1), so that a unit counts as many
    times as it has values. Fractions keep it exact, whatever the order of the units; alike units are counted at once.
    """
    matrix: defaultdict[tuple[Hashable, Hashable], Fraction] = defaultdict(Fraction)
    for unit, times in Counter(map(tuple, units)).items():
        found = Counter(value for value in unit if value is not None)
        weight = Fraction(times, found.total() - 1)
        for one, ones in found.items():
            for other, others in found.items():
                pairs = ones * (others - 1 if one == other else others)
                if pairs:
                    matrix[one, other] += pairs * weight
    return dict(matrix)


def marginals(matrix: Coincidences) -> dict[Hashable, Fraction]:
    """How many pairable values each category has."""
    totals: defaultdict[Hashable, Fraction] = defaultdict(Fraction)
    for (category, _), count in matrix.items():
        totals[category] += count
    return dict(totals)


def observed_disagreement(matrix: Coincidences) -> Fraction:
    """The share of the coincidences that is off the diagonal."""
    apart = sum((count for (one, other), count in matrix.items() if one != other), Fraction())
    return apart / sum(matrix.values())


def expected_disagreement(totals: Totals) -> Fraction:
    """That share if all values were drawn from one urn, without putting any back."""
    n = sum(totals.values())
    alike = sum((count * (count - 1) for count in totals.values()), Fraction())
    return 1 - alike / (n * (n - 1))
