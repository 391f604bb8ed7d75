"""What waits to be judged, and what is to be done next on each."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from reader.claims.assessing import Assessment, Round
from reader.claims.ledger_queries import evidence_for
from reader.claims.models import Claim
from reader.claims.queries import BY_DISPUTE, BY_LATEST_DEADLINE, LINE, listed_claims
from reader.core.paging import Page, page_of

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


class Step(models.TextChoices):
    """In the order in which a claim takes them."""

    ACCEPTANCE = "acceptance", "To be accepted"
    EVIDENCE = "evidence", "Lacks evidence"
    ASSESSMENT = "assessment", "Being assessed"
    VERDICT = "verdict", "Ready to judge"
    DISPUTE = "dispute", "Disputed"


def waiting(user: "AnyUser", today: date) -> "QuerySet[Claim]":
    """The claims whose time is over, or whose day of review has come, and those of which the verdict is disputed."""
    over = Q(window_end__lt=today) | Q(window_end=None, review_on__lte=today)
    return listed_claims(user).filter(Q(dispute__isnull=False) | (Q(verdict=None) & over))


def next_step(user: "AnyUser") -> Case:
    """The step that a waiting claim takes next."""
    unaccepted = ~Q(state=Claim.State.ACCEPTED) & ~Q(visibility="private")
    sourced = Exists(evidence_for(user).filter(claim=OuterRef("pk"), withheld=False))
    still = Q(closes_at=None) | Q(closes_at__gt=timezone.now())
    in_round = Exists(Round.objects.filter(still, claim=OuterRef("pk"), closed_at=None))
    return Case(
        When(dispute__isnull=False, then=Value(Step.DISPUTE)),
        When(unaccepted, then=Value(Step.ACCEPTANCE)),
        When(in_round, then=Value(Step.ASSESSMENT)),
        When(sourced, then=Value(Step.VERDICT)),
        default=Value(Step.EVIDENCE),
    )


def due_page(user: "AnyUser", step: str, cursor: str, today: date) -> Page[Claim]:
    """What waits, each with the `step` that it takes next."""
    claims: QuerySet[Any, Any] = waiting(user, today).only(*LINE, "state", "visibility", "owner", "team")
    claims = claims.annotate(step=next_step(user))
    if step in Step.values:
        claims = claims.filter(step=step)
    return page_of(claims, BY_DISPUTE if step == Step.DISPUTE else BY_LATEST_DEADLINE, cursor)


def voted_in(claims: Sequence[Claim], user: "AnyUser") -> dict[int, tuple[int, bool]]:
    """The open round of each of these claims that has one, and whether `user` has voted in it."""
    rounds = Round.objects.filter(claim__in=[claim.pk for claim in claims], closed_at=None)
    mine = Exists(Assessment.objects.filter(round=OuterRef("pk"), by=user.pk))
    return {claim: (pk, voted) for claim, pk, voted in rounds.annotate(voted=mine).values_list("claim", "pk", "voted")}
