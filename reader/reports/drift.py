"""Dates that were pushed out: claims of one person, each of which took the place of the one before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice, pairwise

from reader.reports.tracks import ENDLESS, Stake, day_of

TIMES = {1: "once", 2: "twice"}
#: What is updated by several, which are updated by several, leads on in more ways than anybody looks at.
MOST = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One date that was named, and by how many days it is later than the one before (earlier below 0)."""

    claim_id: int
    said_on: date | None
    ends: date
    moved: int | None


@dataclass(frozen=True, slots=True)
class Drift:
    """What was to happen, by ever another date, in the order in which the dates were named."""

    steps: Sequence[Step]

    @property
    def later(self) -> int:
        return sum((step.moved or 0) > 0 for step in self.steps)

    @property
    def earlier(self) -> int:
        return sum((step.moved or 0) < 0 for step in self.steps)

    @property
    def in_words(self) -> str:
        """ "The date was pushed out twice and brought forward once." """
        said = [(self.later, "pushed out"), (self.earlier, "brought forward")]
        told = " and ".join(f"{words} {times(count)}" for count, words in said if count)
        return f"The date was {told}." if told else "The date stayed."


def times(count: int) -> str:
    return TIMES.get(count, f"{count} times")


def drifts(stakes: Iterable[Stake], updates: Sequence[tuple[int, int]]) -> list[Drift]:
    """The lines of dates in which at least two were named; what was updated twice goes both ways on."""
    if not updates:
        return []
    known = (
        {stake.claim_id: stake for stake in stakes if not stake.is_reversed and stake.ends != ENDLESS}
        if updates
        else {}
    )
    newer: defaultdict[int, list[int]] = defaultdict(list)
    for claim, other in updates:
        if claim in known and other in known and claim != other and claim not in newer[other]:
            newer[other].append(claim)
    later = {claim for claims in newer.values() for claim in claims}
    ways = chain.from_iterable(lines(first, newer) for first in sorted(newer) if first not in later)
    return [drift_along([known[pk] for pk in line]) for line in islice(ways, MOST) if len(line) > 1]


def lines(first: int, newer: dict[int, list[int]]) -> Iterable[list[int]]:
    """Every way from a claim to one that nothing took the place of; relations lead round in no circle."""
    ahead = [[first]]
    while ahead:
        line = ahead.pop()
        following = [claim for claim in newer.get(line[-1], []) if claim not in line]
        if following:
            ahead += [[*line, claim] for claim in following]
        else:
            yield line


def drift_along(stakes: Sequence[Stake]) -> Drift:
    ends = [day_of(stake.ends) or date.max for stake in stakes]
    moves = [None, *((after - before).days for before, after in pairwise(ends))]
    return Drift(
        [
            Step(stake.claim_id, day_of(stake.said_on), end, moved)
            for stake, end, moved in zip(stakes, ends, moves, strict=True)
        ]
    )
