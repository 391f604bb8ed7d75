"""How well a reader foresees: their forecasts of claims whose window has ended, against what came."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from math import fsum
from typing import TYPE_CHECKING

from django.utils import timezone

from reader.claims.forecasting import standing_after_each
from reader.reports.forecast_queries import ForecastClaim, ForecastRow, forecast_claims, forecasts_beside
from reader.reports.tracks import ending_of
from reader.scoring import (
    Bin,
    Decomposition,
    Ending,
    Forecast,
    Question,
    Score,
    baseline_score,
    bin_of,
    bins_for,
    brier,
    calibration,
    has_ended,
    murphy,
    peer_scores,
    standing_forecast,
    weighted_mean,
)

if TYPE_CHECKING:
    from reader.accounts.models import User

#: What each reader said of one claim, in order.
Histories = Mapping[int, Sequence[Forecast]]


class Group(StrEnum):
    """The forecasts behind a figure, by the word in an address."""

    SCORED = "scored"
    WITHDRAWN = "withdrawn"
    HINDSIGHT = "hindsight"
    PARTLY = "partly"
    AMBIGUOUS = "ambiguous"
    ANNULLED = "annulled"
    UNJUDGED = "not-judged"
    PENDING = "pending"


UNSCORED = {
    Ending.PARTLY: Group.PARTLY,
    Ending.AMBIGUOUS: Group.AMBIGUOUS,
    Ending.ANNULLED: Group.ANNULLED,
    Ending.UNJUDGED: Group.UNJUDGED,
}


@dataclass(frozen=True, slots=True)
class Called:
    """A claim that the reader forecast, and what they score for it."""

    claim: ForecastClaim
    ending: Ending
    group: Group
    #: The forecast that stood at the end, if one did.
    p: float | None = None
    baseline: Score | None = None
    peer: Score | None = None
    #: How many others forecast it too, as far as the reader sees them.
    others: int = 0

    @property
    def brier(self) -> float | None:
        happened = self.ending.happened
        return brier(self.p, happened) if self.p is not None and happened is not None else None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The figures of one reader. Only what happened or did not is scored; the rest is counted beside it."""

    called: Sequence[Called]
    parts: Decomposition | None
    bins: Sequence[Bin]
    baseline: float | None
    peer: float | None
    #: The mean part of a claim's time for which a forecast of theirs stood.
    coverage: float | None

    def group(self, group: str) -> list[Called]:
        return [one for one in self.called if one.group == group]

    def bin_of(self, p: float) -> int:
        """The number, from 0, of the bin of the calibration curve in which a forecast is."""
        return bin_of(p, bins_for(len(self.group(Group.SCORED))))

    def in_bin(self, number: int) -> list[Called]:
        """The scored forecasts in one bin of the calibration curve."""
        return [one for one in self.group(Group.SCORED) if one.p is not None and self.bin_of(one.p) == number]

    @property
    def timed(self) -> list[Called]:
        """What has a baseline and a peer score: forecasts that were withdrawn before the end stood for a time."""
        return [one for one in self.called if one.baseline]


def scorecard_of(user: "User", today: date) -> Scorecard:
    return card(forecast_claims(user), forecasts_beside(user, today), user.pk, today)


def card(claims: Iterable[ForecastClaim], rows: Iterable[ForecastRow], reader: int, today: date) -> Scorecard:
    """The same whatever the order of the claims, and of the forecasts of different moments."""
    histories = histories_of(rows)
    called = [call(claim, histories.get(claim.claim_id, {}), reader, today) for claim in claims]
    judged = [(one.p, one.ending.happened) for one in called if one.p is not None and one.ending.happened is not None]
    timed = [one for one in called if one.baseline]
    covered = [one.baseline.coverage for one in timed if one.baseline]
    return Scorecard(
        called=called,
        parts=murphy(judged, bins_for(len(judged))),
        bins=calibration(judged),
        baseline=weighted_mean(one.baseline for one in timed if one.baseline),
        peer=weighted_mean(one.peer for one in timed if one.peer),
        coverage=fsum(covered) / len(covered) if covered else None,
    )


def histories_of(rows: Iterable[ForecastRow]) -> dict[int, Histories]:
    """By claim and reader, what stood from each moment on."""
    given: defaultdict[int, defaultdict[int, list[ForecastRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        given[row.claim_id][row.owner_id].append(row)
    return {
        claim_id: {reader: history_of(made) for reader, made in readers.items()} for claim_id, readers in given.items()
    }


def history_of(made: Sequence[ForecastRow]) -> list[Forecast]:
    stood = zip(made, standing_after_each(made), strict=True)
    return [(row.made_at, one.percent / 100 if one and one.percent is not None else None) for row, one in stood]


def call(claim: ForecastClaim, histories: Histories, reader: int, today: date) -> Called:
    ending = ending_of(claim.status, claim.outcome, is_reversed=False)
    if not has_ended(claim.ends, today):
        return Called(claim, ending, Group.PENDING)
    happened = ending.happened
    if happened is None:
        return Called(claim, ending, UNSCORED[ending])
    question = question_of(claim, histories)
    foreseen = {who: history for who, history in histories.items() if begins(history, question)}
    mine = foreseen.get(reader, [])
    if reader in histories and not mine:
        return Called(claim, ending, Group.HINDSIGHT)
    p = standing_forecast(question, mine)
    return Called(
        claim,
        ending,
        Group.WITHDRAWN if p is None else Group.SCORED,
        p=p,
        baseline=baseline_score(question, mine, happened),
        peer=peer_scores(question, foreseen, happened)[reader] if mine else None,
        others=len(foreseen) - (reader in foreseen),
    )


def begins(history: Sequence[Forecast], question: Question) -> bool:
    """Whether somebody gave a forecast before the end: else they forecast nothing."""
    return min(when for when, _ in history) < question.end


def question_of(claim: ForecastClaim, histories: Histories) -> Question:
    """From when it could be forecast to the end of its window, or to when it was known or judged if that came first.

    What was merged into it may have been forecast before it was made itself.
    """
    closes = midnight_after(claim.ends or date.min)
    first = min((history[0][0] for history in histories.values() if history), default=claim.made_at)
    opened = min(claim.made_at, first, closes - timedelta(seconds=1))
    known = midnight_before(claim.known_since) if claim.known_since else None
    return Question(opened, closes, min(filter(None, [claim.judged_at, known]), default=None))


def midnight_after(day: date) -> datetime:
    return midnight_before(day + timedelta(days=1))


def midnight_before(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())
