"""What becomes of claims: forecasts, evidence, assessments, verdicts, disputes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from reader.claims.assessing import Assessment, Round
from reader.claims.conflicts import Tie
from reader.claims.disputes import Dispute
from reader.claims.evidence import Bearing, Evidence
from reader.claims.forecasting import Forecast
from reader.claims.scale import Outcome
from reader.claims.verdicts import Citation, Status, Verdict
from reader.core.visibility import Scope, Visibility
from reader.pages.filling.batch import Batch, seen_by

OUTCOMES = [0, 0, 0, 0, 25, 50, 75, 100, 100, 100]
JUDGED, ASSESSED, FORECAST = 0.6, 0.05, 0.3
#: One in so many verdicts is disputed, the first among them.
DISPUTED = 15
MOST_FORECASTS = 8


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim as far as its life needs to know."""

    pk: int
    piece: int
    scope: Scope
    state: str
    start: date | None
    end: date | None
    at: datetime


def live(batch: Batch, claim: Stated) -> None:
    """Readers forecast it for as long as its window lasts; some bring what bears on it."""
    if batch.happens(FORECAST):
        for _ in range(batch.chance.randint(1, MOST_FORECASTS)):
            forecast(batch, claim)
    if batch.happens(0.1):
        bring(batch, claim, batch.chance.choice(Bearing.values), batch.later(claim.at, 30))


def forecast(batch: Batch, claim: Stated) -> None:
    at, by = batch.later(claim.at, 40), batch.writer_in(claim.scope)
    if claim.end and at.date() > claim.end:
        return
    percent = batch.chance.randint(1, 99)
    pk = batch.tables.add(
        Forecast, **{**seen_by(claim.scope), "owner_id": by}, claim_id=claim.pk, percent=percent, made_at=at
    )
    batch.tell("forecast", "claim", claim.pk, claim.scope, at, by, claim.piece, forecast=pk)


def bring(batch: Batch, claim: Stated, bearing: str, at: datetime) -> int:
    by, number = batch.writer_in(claim.scope), batch.tables.number(Evidence)
    batch.tables.rows.setdefault(Evidence, []).append(
        {
            "id": number,
            **seen_by(claim.scope),
            "claim_id": claim.pk,
            "by_id": by,
            "bearing": bearing,
            "title": batch.prose.title(batch.chance),
            "url": f"https://example.org/evidence/{number}",
            "quote": batch.prose.sentences_by(batch.chance, 1)[0],
            "published_on": at.date(),
            "added_at": at,
        }
    )
    batch.tell("added evidence", "claim", claim.pk, claim.scope, at, by, claim.piece, evidence=number)
    return number


def judge_due(batch: Batch, claim: Stated) -> tuple[int | None, int | None]:
    """The verdict that stands and the dispute that is open, of those claims that have them."""
    if claim.end is None or not batch.happens(JUDGED):
        return None, None
    over = max(claim.at, datetime.combine(claim.end, time.min, UTC) + timedelta(days=1))
    if over >= batch.plan.end:
        return None, None
    at = batch.later(over, 30)
    assessed = assess(batch, claim, over, at) if batch.happens(ASSESSED) else None
    verdict = judge(batch, claim, at, assessed)
    return verdict, dispute(batch, claim, verdict, at) if verdict % DISPUTED == 1 else None


def judge(batch: Batch, claim: Stated, at: datetime, assessed: int | None) -> int:
    by, how = batch.curator_of(claim.scope), batch.chance.random()
    outcome = batch.chance.choice(OUTCOMES) if how < 0.9 else None
    status = Status.RESOLVED if outcome is not None else Status.AMBIGUOUS if how < 0.96 else Status.ANNULLED
    pk = batch.tables.add(
        Verdict,
        **seen_by(claim.scope),
        claim_id=claim.pk,
        by_id=by,
        at=at,
        status=status,
        outcome=outcome,
        strict=outcome,
        charitable=outcome,
        reason="" if outcome is not None else "Nobody can tell from what is known.",
        disclosed=[Tie.PROPOSER.value] if by == claim.scope.owner_id else [],
        round_id=assessed,
    )
    bearing = Bearing.FOR if outcome is not None and outcome > Outcome.PARTLY else Bearing.AGAINST
    for _ in range(batch.chance.randint(1, 2) if outcome is not None else 0):
        batch.tables.add(Citation, verdict_id=pk, evidence_id=bring(batch, claim, bearing, at))
    batch.tell(
        "judged", "claim", claim.pk, claim.scope, at, by, claim.piece, verdict=pk, status=status, outcome=outcome
    )
    return pk


def assess(batch: Batch, claim: Stated, opened: datetime, closed: datetime) -> int:
    by = batch.curator_of(claim.scope)
    pk = batch.tables.add(
        Round,
        **seen_by(claim.scope),
        claim_id=claim.pk,
        by_id=by,
        opened_at=opened,
        closed_at=closed,
        closed_by_id=by,
    )
    batch.tell("opened a round", "claim", claim.pk, claim.scope, opened, by, claim.piece, round=pk)
    for voter in {batch.writer_in(claim.scope) for _ in range(3)}:
        vote = batch.chance.choice(OUTCOMES)
        batch.tables.add(
            Assessment, round_id=pk, by_id=voter, strict=vote, charitable=vote, made_at=opened, changed_at=opened
        )
        batch.tell("assessed", "claim", claim.pk, claim.scope, opened, voter, claim.piece, round=pk)
    batch.tell("closed a round", "claim", claim.pk, claim.scope, closed, by, claim.piece, round=pk)
    return pk


def dispute(batch: Batch, claim: Stated, verdict: int, judged: datetime) -> int | None:
    if claim.scope.visibility == Visibility.PRIVATE:
        return None
    by, at = batch.writer_in(claim.scope), batch.later(judged, 10)
    pk = batch.tables.add(
        Dispute,
        **seen_by(claim.scope),
        claim_id=claim.pk,
        verdict_id=verdict,
        by_id=by,
        at=at,
        reason=batch.prose.sentences_by(batch.chance, 1)[0],
    )
    batch.tell("disputed", "claim", claim.pk, claim.scope, at, by, claim.piece, dispute=pk, verdict=verdict)
    return pk
