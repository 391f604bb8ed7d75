"""What waits to be judged, and what is to be done next on each."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
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


def steps(user: "AnyUser") -> dict[str, Q]:
    """Which of the waiting claims take which step next."""
    unaccepted = ~Q(state=Claim.State.ACCEPTED) & ~Q(visibility="private")
    sourced = Exists(evidence_for(user).filter(claim=OuterRef("pk"), withheld=False))
    still = Q(closes_at=None) | Q(closes_at__gt=timezone.now())
    in_round = Exists(Round.objects.filter(still, claim=OuterRef("pk"), closed_at=None))
    open_ = Q(dispute=None) & ~unaccepted
    return {
        Step.ACCEPTANCE: Q(dispute=None) & unaccepted,
        Step.EVIDENCE: open_ & ~Q(in_round) & ~Q(sourced),
        Step.ASSESSMENT: open_ & Q(in_round),
        Step.VERDICT: open_ & ~Q(in_round) & Q(sourced),
        Step.DISPUTE: Q(dispute__isnull=False),
    }


def due_page(user: "AnyUser", step: str, cursor: str, today: date) -> Page[Claim]:
    claims = waiting(user, today).only(*LINE, "state", "visibility", "owner", "team")
    if step in Step.values:
        claims = claims.filter(steps(user)[step])
    return page_of(claims, BY_DISPUTE if step == Step.DISPUTE else BY_LATEST_DEADLINE, cursor)


def steps_of(claims: Sequence[Claim], user: "AnyUser") -> dict[int, Step]:
    """The next step of each of these."""
    ids = [claim.pk for claim in claims]
    found: dict[int, Step] = {}
    for step, condition in steps(user).items() if ids else ():
        found |= dict.fromkeys(Claim.objects.filter(condition, pk__in=ids).values_list("pk", flat=True), Step(step))
    return found


def voted_in(claims: Sequence[Claim], user: "AnyUser") -> dict[int, tuple[int, bool]]:
    """The open round of each of these claims that has one, and whether `user` has voted in it."""
    rounds = Round.objects.filter(claim__in=[claim.pk for claim in claims], closed_at=None)
    mine = Exists(Assessment.objects.filter(round=OuterRef("pk"), by=user.pk))
    return {claim: (pk, voted) for claim, pk, voted in rounds.annotate(voted=mine).values_list("claim", "pk", "voted")}
