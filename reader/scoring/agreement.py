"""Krippendorff's alpha: how far observers agree beyond chance, for named categories, for ranks and for degrees.

After Klaus Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), sections A to D. Observers give values to
units; what an observer has not judged is missing, and a unit that fewer than two have judged is left out.

No interval is given. The literature's bootstrap draws single pairs of values as if they were independent of each other,
which the sentences of one text are not; the counts beside the figure say how much it stands on.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

#: What an observer says of a unit; None where they say nothing.
Value = Hashable | None
#: How often one category met another within a unit, by the two.
Coincidences = Mapping[tuple[Hashable, Hashable], Fraction]
#: How many pairable values each category has.
Totals = Mapping[Hashable, Fraction]
#: How far apart two categories are, squared, seen with all the totals; 0 for the same one.
Difference = Callable[[Hashable, Hashable, Totals], Fraction]


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
    #: For ranks and degrees: how far apart the two of a pair are on average, squared.
    observed: float = 0.0
    expected: float = 0.0


def nominal_alpha(judgements: Sequence[Sequence[Value]]) -> Agreement:
    """How far observers agree; a row of `judgements` for each observer, a column for each unit.

    1 is perfect agreement, 0 what chance would bring about, less is systematic disagreement.

    Raises:
        ValueError: the rows differ in length.
    """
    return alpha(judgements, unequal)


def interval_alpha(judgements: Sequence[Sequence[float | None]]) -> Agreement:
    """How far observers agree who answer by degrees, as from 0 to 1 in equal steps: by the square of what lies between.

    Raises:
        ValueError: the rows differ in length.
    """
    return alpha(judgements, by_distance)


def ordinal_alpha(judgements: Sequence[Sequence[float | None]]) -> Agreement:
    """How far observers agree who answer by ranks: two answers differ by how many were given from one to the other.

    Raises:
        ValueError: the rows differ in length.
    """
    return alpha(judgements, by_rank)


def alpha(judgements: Sequence[Sequence[Value]], difference: Difference) -> Agreement:
    """How far observers agree, for values that differ so."""
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
    observed, expected = observed_disagreement(matrix, difference), expected_disagreement(totals, difference)
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


def observed_disagreement(matrix: Coincidences, difference: Difference) -> Fraction:
    """The mean difference of the coincidences; for categories, the share of them that is off the diagonal."""
    totals = marginals(matrix)
    apart = (count * difference(one, other, totals) for (one, other), count in matrix.items())
    return sum(apart, Fraction()) / sum(matrix.values())


def expected_disagreement(totals: Totals, difference: Difference) -> Fraction:
    """That mean if all values were drawn from one urn, without putting any back."""
    n = sum(totals.values())
    apart = (
        ones * others * difference(one, other, totals)
        for one, ones in totals.items()
        for other, others in totals.items()
    )
    return sum(apart, Fraction()) / (n * (n - 1))


def unequal(one: Hashable, other: Hashable, _: Totals) -> Fraction:
    return Fraction(one != other)


def by_distance(one: Hashable, other: Hashable, _: Totals) -> Fraction:
    return (exactly(one) - exactly(other)) ** 2


def by_rank(one: Hashable, other: Hashable, totals: Totals) -> Fraction:
    """The values from one to the other, of the two themselves half."""
    low, high = sorted([exactly(one), exactly(other)])
    between = sum((count for value, count in totals.items() if low <= exactly(value) <= high), Fraction())
    return (between - (totals[one] + totals[other]) / 2) ** 2


def exactly(value: Hashable) -> Fraction:
    if not isinstance(value, (int, float)):
        raise TypeError(f"{value!r} is no number")
    return Fraction(value)
