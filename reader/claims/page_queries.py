"""What the page of a claim tells, in plain rows: fifty statements, forty sources, a round and its votes.

Each of these queries is compiled once. None of them may ask what time it is: whether a round is over is for the caller.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Greatest, Substr

from reader.claims.assessing import Assessment, Round
from reader.claims.disputes import Correction, Dispute
from reader.claims.forecasting import Forecast
from reader.claims.ledger_queries import evidence_for, relations_between
from reader.claims.models import Claim
from reader.claims.passages import REACH, QuoteInContext
from reader.claims.queries import standing_statements
from reader.claims.verdicts import Citation, Verdict
from reader.core.models import Event
from reader.core.prepared import prepared
from reader.core.visibility import visible_to
from reader.highlights.models import Anchor

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

Rows = QuerySet[Any, Any]


class StatementRow(NamedTuple):
    """One person saying the claim in one passage."""

    id: int
    highlight_id: int
    quote: str
    speaker: str | None
    speaker_slug: str | None
    reported_by: str | None
    reported_by_slug: str | None
    stance: str
    polarity: str
    time_text: str
    hedge: str
    stated_percent: Decimal | None
    said_on: date | None
    said_no_later_than: date | None
    window_kind: str
    window_start: date | None
    window_end: date | None
    title: str
    article_slug: str
    publication: str | None
    publication_slug: str | None


@prepared
def statement_fields(user: "AnyUser", claim_id: int) -> Rows:
    return (
        standing_statements(user)
        .filter(claim_id=claim_id)
        .values_list(
            *(
                "id",
                "highlight_id",
                "quote",
                "speaker__name",
                "speaker__slug",
                "reported_by__name",
                "reported_by__slug",
            ),
            *("stance", "polarity", "time_text", "hedge", "stated_percent", "said_on", "said_no_later_than"),
            *("window_kind", "window_start", "window_end", "highlight__article__title", "highlight__article__slug"),
            *("highlight__article__publication__name", "highlight__article__publication__slug"),
        )
    )


def statements_of(claim: Claim, user: "AnyUser") -> list[StatementRow]:
    """Who said it, the earliest first, as far as `user` may know."""
    return [StatementRow(*row) for row in statement_fields(user, claim.pk)]


@prepared
def context_fields(user: "AnyUser", highlight_ids: list[int]) -> Rows:
    """What stands around each mark in each text that has it, the newest last; the marks are those that `user` sees."""
    start, length = F("start") + 1, F("end") - F("start")
    first = Greatest(start - REACH - 1, 1)
    return (
        Anchor.objects.filter(highlight__in=highlight_ids)
        .exclude(state=Anchor.State.ORPHANED)
        .order_by("revision__number")
        .annotate(
            before=Substr("revision__text", first, start - first),
            words=Substr("revision__text", start, length),
            after=Substr("revision__text", F("end") + 1, REACH + 1),
        )
        .values_list("highlight_id", "before", "words", "after")
    )


def contexts_of(highlight_ids: list[int], user: "AnyUser") -> dict[int, QuoteInContext]:
    rows = context_fields(user, highlight_ids) if highlight_ids else []
    return {pk: QuoteInContext.cut(before, words, after) for pk, before, words, after in rows}


class OwnRow(NamedTuple):
    """One forecast of the reader's own; without a percentage it was withdrawn."""

    percent: int | None
    reason: str
    made_at: datetime


@prepared
def own_fields(user: "AnyUser", claim_id: int) -> Rows:
    mine = Forecast.objects.filter(claim_id=claim_id, owner_id=user.pk)
    return mine.order_by("-id").values_list("percent", "reason", "made_at")


def own_forecasts(claim: Claim, user: "AnyUser") -> list[OwnRow]:
    """What the reader gave the claim, the newest first."""
    return [OwnRow(*row) for row in own_fields(user, claim.pk)] if user.is_authenticated else []


class EvidenceRow(NamedTuple):
    """A source on the claim. `by_id` added it."""

    id: int
    bearing: str
    title: str
    url: str
    archive_url: str
    quote: str
    published_on: date | None
    withheld: bool
    added_at: datetime
    by_id: int | None
    by: str | None
    highlight_id: int | None
    article_slug: str | None


@prepared
def evidence_fields(user: "AnyUser", claim_id: int) -> Rows:
    return (
        evidence_for(user)
        .filter(claim_id=claim_id)
        .order_by("id")
        .values_list(
            *("id", "bearing", "title", "url", "archive_url", "quote", "published_on", "withheld", "added_at"),
            *("by_id", "by__name", "highlight_id", "highlight__article__slug"),
        )
    )


def evidence_rows(claim: Claim, user: "AnyUser") -> list[EvidenceRow]:
    return [EvidenceRow(*row) for row in evidence_fields(user, claim.pk)]


class RoundRow(NamedTuple):
    """A round and how many voted in it, which tells no vote."""

    id: int
    opened_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None
    by: str | None
    votes: int

    def is_open(self, now: datetime) -> bool:
        return self.closed_at is None and (self.closes_at is None or now < self.closes_at)


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
    over = [one.id for one in rounds if not one.is_open(now)]
    knows_any = over or (rounds and user.is_authenticated)
    return [VoteRow(*row) for row in vote_fields(user, claim.pk, over)] if knows_any else []


class VerdictRow(NamedTuple):
    id: int
    status: str
    outcome: int | None
    reason: str
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
        *("id", "status", "outcome", "reason", "strict", "charitable", "timing", "already_true", "difficulty", "at"),
        *("by_id", "by__name", "disclosed", "follows__claim_id", "undone_at", "undone_by__name"),
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


@prepared
def dispute_fields(user: "AnyUser", claim_id: int) -> Rows:
    rows = Dispute.objects.filter(visible_to(user), visible_to(user, "claim__"), claim_id=claim_id).order_by("-id")
    return rows.values_list(
        *("id", "verdict_id", "reason", "at", "by_id", "by__name", "evidence_id", "ending", "ended_at"),
        *("ended_by__name", "answer"),
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
    rows = Correction.objects.filter(
        visible_to(user), visible_to(user, "claim__"), claim_id=claim_id, deleted_at=None
    ).order_by("id")
    return rows.values_list("id", "person__name", "person__slug", "person__user_id", "text", "at", "by__name")


def reply_rows(claim: Claim, user: "AnyUser") -> list[ReplyRow]:
    return [ReplyRow(*row) for row in reply_fields(user, claim.pk)]


class RelationRow(NamedTuple):
    id: int
    kind: str
    holds_if: str
    claim_id: int
    claim: str
    other_id: int
    other: str


@prepared
def relation_fields(user: "AnyUser", claim_id: int) -> Rows:
    rows = relations_between(user).filter(Q(claim_id=claim_id) | Q(other_id=claim_id)).order_by("id")
    return rows.values_list("id", "kind", "holds_if", "claim_id", "claim__statement", "other_id", "other__statement")


def relation_rows(claim: Claim, user: "AnyUser") -> list[RelationRow]:
    """How the claim hangs together with others that `user` sees too, both ways."""
    return [RelationRow(*row) for row in relation_fields(user, claim.pk)]


class EventRow(NamedTuple):
    verb: str
    at: datetime
    actor: str | None
    detail: dict[str, Any]


@prepared
def event_fields(user: "AnyUser", claim_id: int) -> Rows:
    rows = Event.objects.filter(visible_to(user), subject_kind="claim", subject_id=claim_id)
    return rows.order_by("-id").values_list("verb", "at", "actor__name", "detail", "article_id")
