"""A track record: what somebody said, each claim once for each way they said it, and the figures that come of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from reader.claims.models import Polarity, Stance
from reader.claims.verdicts import Status
from reader.core.prepared import Row
from reader.scoring import Ending, Entry, Record, record_of

#: The day on which a window without a last day ends: behind all others.
ENDLESS = "~"


class Stake(NamedTuple):
    """A claim as it counts for somebody: as it is worded, or turned round where they said the opposite.

    Its days are ISO text, which sorts as days do: of two thousand claims a page shows the days of thirty.
    """

    claim_id: int
    is_reversed: bool
    starts: str | None
    #: ENDLESS where there is no last day.
    ends: str
    ending: Ending
    difficulty: int | None
    is_disputed: bool
    #: Whether all of it was said after the window, or added after the verdict: then it is in no figure but this.
    is_late: bool
    #: When they said so first, as far as it is known.
    said_on: str | None


class Part(StrEnum):
    """The claims behind a figure, by the word in an address."""

    COHORT = "cohort"
    SCORED = "scored"
    HAPPENED = "happened"
    FAILED = "did-not-happen"
    PARTLY = "partly"
    AMBIGUOUS = "ambiguous"
    ANNULLED = "annulled"
    UNJUDGED = "not-judged"
    PENDING = "pending"
    LATE = "late"
    RATED = "rated"
    DISPUTED = "disputed"


#: Which claims of those whose window has ended are in a part.
BELONGS: Mapping[str, Callable[[Stake], bool]] = {
    Part.COHORT: lambda stake: True,
    Part.SCORED: lambda stake: stake.ending.happened is not None,
    Part.HAPPENED: lambda stake: stake.ending.happened is True,
    Part.FAILED: lambda stake: stake.ending.happened is False,
    Part.PARTLY: lambda stake: stake.ending is Ending.PARTLY,
    Part.AMBIGUOUS: lambda stake: stake.ending is Ending.AMBIGUOUS,
    Part.ANNULLED: lambda stake: stake.ending is Ending.ANNULLED,
    Part.UNJUDGED: lambda stake: stake.ending is Ending.UNJUDGED,
    Part.RATED: lambda stake: stake.ending.happened is not None and stake.difficulty is not None,
    Part.DISPUTED: lambda stake: stake.is_disputed,
}


@dataclass(frozen=True, slots=True)
class Track:
    """What somebody staked, and the record that it makes."""

    stakes: Sequence[Stake]
    record: Record
    today: date

    @property
    def counts(self) -> dict[Part, int]:
        """How many claims each part has."""
        record = self.record
        return {
            Part.COHORT: record.due,
            Part.SCORED: record.scored,
            Part.HAPPENED: record.happened,
            Part.FAILED: record.scored - record.happened,
            Part.PARTLY: record.partly,
            Part.AMBIGUOUS: record.ambiguous,
            Part.ANNULLED: record.annulled,
            Part.UNJUDGED: record.unjudged,
            Part.PENDING: record.pending,
            Part.LATE: len(self.stakes) - record.due - record.pending,
            Part.RATED: record.rated,
            Part.DISPUTED: len(self.among(Part.DISPUTED)) if any(stake.is_disputed for stake in self.stakes) else 0,
        }

    def part(self, part: str) -> list[Stake]:
        """The claims behind one figure, those whose window ended last first."""
        return sorted(self.among(part), key=by_end, reverse=True)

    def among(self, part: str) -> list[Stake]:
        if part == Part.LATE:
            return [stake for stake in self.stakes if stake.is_late]
        today = self.today.isoformat()
        if part == Part.PENDING:
            return [stake for stake in self.stakes if not (stake.is_late or is_over(stake.ends, today))]
        belongs = BELONGS[part]
        return [stake for stake in self.stakes if belongs(stake) and not stake.is_late and is_over(stake.ends, today)]


def track_of(rows: Iterable[Row], today: date) -> Track:
    """The same whatever the order of the rows."""
    stakes = list(staked(rows).values())
    now = today.isoformat()
    # Of a day only whether it is over matters, so that two thousand claims are a few dozen different entries.
    entries = [
        entry_of(is_over(stake.ends, now), stake.ending, stake.difficulty) for stake in stakes if not stake.is_late
    ]
    return Track(stakes, record_of(entries, today), today)


@lru_cache(maxsize=256)
def entry_of(is_over: bool, ending: Ending, difficulty: int | None) -> Entry:  # noqa: FBT001  (a part of the case)
    return Entry(date.min if is_over else None, ending, difficulty)


def staked(rows: Iterable[Row]) -> dict[tuple[int, bool], Stake]:
    found: dict[tuple[int, bool], Stake] = {}
    for row in rows:
        claim_id, starts, ends, status, outcome, difficulty, dispute, is_late, stance, polarity, said_on = row
        is_reversed = says_no(stance, polarity)
        key = (claim_id, is_reversed)
        known = found.get(key)
        if known is None:
            ending = ending_of(status, outcome, is_reversed)
            found[key] = Stake(
                claim_id, is_reversed, starts, ends, ending, difficulty, dispute is not None, bool(is_late), said_on
            )
        else:
            found[key] = known._replace(
                is_late=known.is_late and bool(is_late), said_on=earliest(known.said_on, said_on)
            )
    return found


def earliest(one: str | None, other: str | None) -> str | None:
    return min(one, other) if one and other else one or other


def is_over(ends: str, today: str) -> bool:
    """What `scoring.has_ended` says, of days as text."""
    return ends < today


#: The order in which windows end, those that do not last.
by_end = attrgetter("ends", "claim_id", "is_reversed")


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and text != ENDLESS else None


@lru_cache(maxsize=16)
def says_no(stance: str, polarity: str) -> bool:
    """Whether somebody said that it will not happen: by denying it, or by disputing those who affirm it."""
    return (polarity == Polarity.DENIES) != (stance == Stance.DISPUTES)


@lru_cache(maxsize=64)
def ending_of(status: str | None, outcome: int | None, is_reversed: bool) -> Ending:  # noqa: FBT001  (a part of the case)
    """What became of a claim, for whoever said so or the opposite."""
    if status is None:
        return Ending.UNJUDGED
    if outcome is None:
        return Ending.AMBIGUOUS if status == Status.AMBIGUOUS else Ending.ANNULLED
    ending = Ending.of(outcome / 100)
    return ending.reversed if is_reversed else ending
