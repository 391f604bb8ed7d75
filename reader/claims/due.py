"""What waits to be judged, and what is to be done next on each."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from reader.claims.assessing import Assessment, Round
from reader.claims.ledger_queries import evidence_for
from reader.claims.models import Claim
from reader.claims.queries import BY_DISPUTE, BY_LATEST_DEADLINE, LINE, listed_claims
from reader.core.paging import PAGE, Page, page_of

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


class Step(models.TextChoices):
    """In the order in which a claim takes them."""

    ACCEPTANCE = "acceptance", "To be accepted"
    EVIDENCE = "evidence", "Lacks evidence"
    ASSESSMENT = "assessment", "Being assessed"
    VERDICT = "verdict", "Ready to judge"
    DISPUTE = "dispute", "Disputed"


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
    """What waits, each with the `step` that it takes next: what ended last comes first, what has no last day last."""
    claims: QuerySet[Any, Any] = listed_claims(user).only(*LINE, "state", "visibility", "owner", "team")
    claims = claims.annotate(step=next_step(user))
    if step == Step.DISPUTE:
        return page_of(claims.filter(dispute__isnull=False), BY_DISPUTE, cursor)
    if step in Step.values:
        return first_page(waiting(claims.filter(step=step), today, cursor))
    return first_page(waiting(claims, today, cursor), disputed(claims, cursor))


def waiting(claims: "QuerySet[Claim]", today: date, cursor: str) -> "tuple[QuerySet[Claim], QuerySet[Claim]]":
    """Behind the cursor, those of these claims without a verdict whose window is over, and whose day of review came.

    Asked for together, all would be looked through down from the last day that is ahead.
    """
    unjudged = BY_LATEST_DEADLINE.apply(claims.filter(BY_LATEST_DEADLINE.after(cursor), verdict=None))
    return unjudged.filter(window_end__lt=today), unjudged.filter(window_end=None, review_on__lte=today)


def disputed(claims: "QuerySet[Claim]", cursor: str) -> "QuerySet[Claim]":
    """Those of which the verdict is disputed; few, and found by that, since no index sorts them so."""
    found = claims.filter(BY_LATEST_DEADLINE.after(cursor), dispute__isnull=False)
    return found.order_by(Coalesce("window_end", Value(date.min)).desc(), "-id")


def first_page(
    waiting: "tuple[QuerySet[Claim], QuerySet[Claim]]", disputed: "QuerySet[Claim] | tuple[()]" = ()
) -> Page[Claim]:
    """The first rows of all; what has no last day is looked for only where the page reaches that far."""
    over, looked_at = waiting
    found = in_turn([*over[: PAGE + 1], *disputed[: PAGE + 1]])
    if len(found) <= PAGE or found[PAGE].window_end is None:
        found = in_turn([*found, *looked_at[: PAGE + 1]])
    return Page(found[:PAGE], BY_LATEST_DEADLINE.cursor(found[PAGE - 1]) if len(found) > PAGE else "")


def in_turn(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (claim.window_end or date.min, claim.pk), reverse=True)


def voted_in(claims: Sequence[Claim], user: "AnyUser") -> dict[int, tuple[int, bool]]:
    """The open round of each of these claims that has one, and whether `user` has voted in it."""
    rounds = Round.objects.filter(claim__in=[claim.pk for claim in claims], closed_at=None)
    mine = Exists(Assessment.objects.filter(round=OuterRef("pk"), by=user.pk))
    return {claim: (pk, voted) for claim, pk, voted in rounds.annotate(voted=mine).values_list("claim", "pk", "voted")}
