"""What the page of a claim tells of how it was judged, in plain rows, by queries that are compiled once.

None of them may ask what time it is: whether a round is over is for the caller.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from reader.claims.assessing import Assessment, Round, is_open
from reader.claims.disputes import Correction, Dispute
from reader.claims.models import Claim
from reader.claims.verdicts import Citation, Verdict
from reader.core.prepared import prepared
from reader.core.visibility import visible_to

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

Rows = QuerySet[Any, Any]


class RoundRow(NamedTuple):
    """A round and how many voted in it, which tells no vote."""

    id: int
    opened_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None
    by: str | None
    votes: int


@prepared
def round_fields(user: "AnyUser", claim_id: int) -> Rows:
    rows = Round.objects.filter(visible_to(user), visible_to(user, "claim__"), claim_id=claim_id)
    counted = rows.annotate(votes=Count("assessments")).order_by("-id")
    return counted.values_list("id", "opened_at", "closes_at", "closed_at", "by__name", "votes")


def round_rows(claim: Claim, user: "AnyUser") -> list[RoundRow]:
    return [RoundRow(*row) for row in round_fields(user, claim.pk)]


class VoteRow(NamedTuple):
    round_id: int
    by_id: int
    by: str
    strict: int | None
    charitable: int | None
    timing: str
    already_true: bool
    difficulty: int | None
    reasons: str
    disclosed: list[str]


@prepared
def vote_fields(user: "AnyUser", claim_id: int, over: list[int]) -> Rows:
    """The votes of rounds that are `over`, and one's own in the others."""
    seen = visible_to(user, "round__") & visible_to(user, "round__claim__") & Q(round__claim_id=claim_id)
    mine = Q(by_id=user.pk) if user.is_authenticated else Q(pk__in=[])
    rows = Assessment.objects.filter(seen, Q(round__in=over) | mine).order_by("id")
    return rows.values_list(
        *("round_id", "by_id", "by__name", "strict", "charitable", "timing", "already_true", "difficulty"),
        *("reasons", "disclosed"),
    )


def vote_rows(claim: Claim, rounds: list[RoundRow], user: "AnyUser", now: datetime) -> list[VoteRow]:
    over = [one.id for one in rounds if not is_open(one, now)]
    knows_any = over or (rounds and user.is_authenticated)
    return [VoteRow(*row) for row in vote_fields(user, claim.pk, over)] if knows_any else []


class VerdictRow(NamedTuple):
    id: int
    status: str
    outcome: int | None
    reason: str
    known_since: date | None
    strict: int | None
    charitable: int | None
    timing: str
    already_true: bool
    difficulty: int | None
    at: datetime
    by_id: int | None
    by: str | None
    disclosed: list[str]
    follows: int | None
    undone_at: datetime | None
    undone_by: str | None


@prepared
def verdict_fields(user: "AnyUser", claim_id: int) -> Rows:
    rows = Verdict.objects.filter(visible_to(user), visible_to(user, "claim__"), claim_id=claim_id).order_by("-id")
    return rows.values_list(
        *("id", "status", "outcome", "reason", "known_since", "strict", "charitable", "timing", "already_true"),
        *("difficulty", "at", "by_id", "by__name", "disclosed", "follows__claim_id", "undone_at", "undone_by__name"),
    )


def verdict_rows(claim: Claim, user: "AnyUser") -> list[VerdictRow]:
    """The history of its verdicts, the newest first, with those that were taken back."""
    return [VerdictRow(*row) for row in verdict_fields(user, claim.pk)]


@prepared
def citation_fields(user: "AnyUser", verdict_id: int) -> Rows:
    return Citation.objects.filter(verdict_id=verdict_id).order_by("id").values_list("evidence_id")


def cited_in(verdict: VerdictRow, user: "AnyUser") -> list[int]:
    return [pk for (pk,) in citation_fields(user, verdict.id)]


class DisputeRow(NamedTuple):
    id: int
    verdict_id: int
    reason: str
    at: datetime
    by_id: int | None
    by: str | None
    evidence_id: int | None
    ending: str
    ended_at: datetime | None
    ended_by: str | None
    answer: str
    disclosed: list[str]


@prepared
def dispute_fields(user: "AnyUser", claim_id: int) -> Rows:
    rows = Dispute.objects.filter(visible_to(user), visible_to(user, "claim__"), claim_id=claim_id).order_by("-id")
    return rows.values_list(
        *("id", "verdict_id", "reason", "at", "by_id", "by__name", "evidence_id", "ending", "ended_at"),
        *("ended_by__name", "answer", "disclosed"),
    )


def dispute_rows(claim: Claim, user: "AnyUser") -> list[DisputeRow]:
    return [DisputeRow(*row) for row in dispute_fields(user, claim.pk)]


class ReplyRow(NamedTuple):
    id: int
    person: str
    person_slug: str
    person_user: int | None
    text: str
    at: datetime
    by: str | None


@prepared
def reply_fields(user: "AnyUser", claim_id: int) -> Rows:
    seen = visible_to(user) & visible_to(user, "claim__") & visible_to(user, "person__")
    rows = Correction.objects.filter(seen, claim_id=claim_id, deleted_at=None).order_by("id")
    return rows.values_list("id", "person__name", "person__slug", "person__user_id", "text", "at", "by__name")


def reply_rows(claim: Claim, user: "AnyUser") -> list[ReplyRow]:
    return [ReplyRow(*row) for row in reply_fields(user, claim.pk)]
