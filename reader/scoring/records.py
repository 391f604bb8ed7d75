"""A track record: of what somebody said, how much happened, and how much is still to be judged.

Only claims whose window has ended are in it. "X by 2030" can come true early but fails only in 2030, so that counting
what is judged so far would count the successes first.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .brier import mean
from .intervals import Interval, share_interval

#: With fewer scored claims nobody is ranked: where half of nine happened, the interval spans half of what is possible.
NO_RANKING_BELOW = 10


class Ending(StrEnum):
    """What became of a claim."""

    HAPPENED = "happened"
    MOSTLY = "mostly"
    PARTLY = "partly"
    MOSTLY_NOT = "mostly not"
    DID_NOT_HAPPEN = "did not happen"
    #: Judged, without an outcome: reality is unclear, or the question was.
    AMBIGUOUS = "ambiguous"
    ANNULLED = "annulled"
    #: No verdict yet.
    UNJUDGED = "unjudged"

    @classmethod
    def of(cls, outcome: float) -> "Ending":
        """The ending that an outcome of 0, ¼, ½, ¾ or 1 is.

        Raises:
            ValueError: it is none of them.
        """
        try:
            return _OUTCOMES[outcome]
        except KeyError:
            raise ValueError(f"{outcome} is no outcome: those are {', '.join(map(str, _OUTCOMES))}") from None

    @property
    def happened(self) -> bool | None:
        """How it is scored: as having happened, as not, or (None) not at all."""
        return _SCORED.get(self)

    @property
    def reversed(self) -> "Ending":
        """What it is for somebody who said the opposite."""
        return _OPPOSITES.get(self, self)


_OUTCOMES: Mapping[float, Ending] = {
    0: Ending.DID_NOT_HAPPEN,
    0.25: Ending.MOSTLY_NOT,
    0.5: Ending.PARTLY,
    0.75: Ending.MOSTLY,
    1: Ending.HAPPENED,
}
_SCORED: Mapping[Ending, bool] = {
    Ending.HAPPENED: True,
    Ending.MOSTLY: True,
    Ending.MOSTLY_NOT: False,
    Ending.DID_NOT_HAPPEN: False,
}
_OPPOSITES: Mapping[Ending, Ending] = {
    Ending.HAPPENED: Ending.DID_NOT_HAPPEN,
    Ending.MOSTLY: Ending.MOSTLY_NOT,
    Ending.MOSTLY_NOT: Ending.MOSTLY,
    Ending.DID_NOT_HAPPEN: Ending.HAPPENED,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as a record needs it."""

    #: The last day of its window; None where it has no end.
    ends: date | None
    ending: Ending = Ending.UNJUDGED
    #: How hard it was to foresee, from 1 (anybody could) to 5, where graders have said.
    difficulty: float | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """The claims whose window has ended: ``scored + partly + ambiguous + annulled + unjudged`` of them."""

    #: Judged to have happened or not, and how many of those happened.
    scored: int
    happened: int
    #: The share that happened, and where the share behind it lies: the equal-tailed Jeffreys interval. None of nothing.
    share: float | None
    interval: Interval | None
    #: Counted, never scored.
    partly: int
    ambiguous: int
    annulled: int
    unjudged: int
    #: The mean difficulty, 1 to 5, of those scored that have one, and how many those are.
    difficulty: float | None
    rated: int
    #: Not in it: the window has not ended or has no end, whether judged already or not.
    pending: int

    @property
    def due(self) -> int:
        """How many claims are in the cohort."""
        return self.scored + self.partly + self.ambiguous + self.annulled + self.unjudged

    @property
    def is_ranked(self) -> bool:
        """Whether it may stand in a ranking."""
        return self.scored >= NO_RANKING_BELOW


def has_ended(ends: date | None, today: date) -> bool:
    """Whether a window is over: its last day belongs to it."""
    return ends is not None and ends < today


def record_of(entries: Iterable[Entry], today: date) -> Record:
    """The record that claims make, seen from a day, whatever their order.

    Raises:
        ValueError: a difficulty is not from 1 to 5.
    """
    known = list(entries)
    cohort = [entry for entry in known if has_ended(entry.ends, today)]
    endings = Counter(entry.ending for entry in cohort)
    scored = [entry for entry in cohort if entry.ending.happened is not None]
    happened = sum(entry.ending.happened is True for entry in scored)
    difficulties = [rated(entry.difficulty) for entry in scored if entry.difficulty is not None]
    return Record(
        scored=len(scored),
        happened=happened,
        share=happened / len(scored) if scored else None,
        interval=share_interval(happened, len(scored)) if scored else None,
        partly=endings[Ending.PARTLY],
        ambiguous=endings[Ending.AMBIGUOUS],
        annulled=endings[Ending.ANNULLED],
        unjudged=endings[Ending.UNJUDGED],
        difficulty=mean(difficulties) if difficulties else None,
        rated=len(difficulties),
        pending=len(known) - len(cohort),
    )


def rated(difficulty: float) -> float:
    if not 1 <= difficulty <= 5:
        raise ValueError(f"{difficulty} is no difficulty: those are from 1 to 5")
    return difficulty
