"""What readers added to a claim, as far as each may see it: nothing of the crowd or of a round before its time."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from reader.claims.assessing import Assessment
from reader.claims.disputes import Correction, Dispute
from reader.claims.evidence import Evidence
from reader.claims.forecasting import CrowdLook, Forecast
from reader.claims.queries import HIDDEN_STATES, standing_statements
from reader.claims.relations import Relation
from reader.claims.verdicts import Verdict
from reader.core.visibility import visible_to

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


# Forecasts


def crowd_is_open_to(user: "AnyUser") -> Q:
    """The forecasts that `user` may know: one's own, and those on claims that one forecast too, or chose to look at.

    What is judged, or whose window is over, is nobody's secret any more: there is nothing left to forecast.
    """
    is_over = Q(claim__verdict__isnull=False) | Q(claim__window_end__lt=timezone.localdate())
    if not user.is_authenticated:
        return is_over
    mine = Forecast.objects.filter(owner_id=user.pk, claim=OuterRef("claim"))
    looked = CrowdLook.objects.filter(reader_id=user.pk, claim=OuterRef("claim"))
    return is_over | Q(owner_id=user.pk) | Exists(mine) | Exists(looked)


def forecasts_for(user: "AnyUser") -> "QuerySet[Forecast]":
    """All that `user` may know of what was forecast, with what stood before."""
    return Forecast.objects.visible_to(user).filter(visible_to(user, "claim__"), crowd_is_open_to(user))


# Evidence


def source_is_open_to(user: "AnyUser", prefix: str = "") -> Q:
    """The evidence whose passage, if it is one, still stands and `user` may see: it may have been narrowed since."""
    seen = visible_to(user, f"{prefix}highlight__") & visible_to(user, f"{prefix}highlight__article__")
    return Q(**{f"{prefix}highlight": None}) | (seen & Q(**{f"{prefix}highlight__deleted_at": None}))


def evidence_for(user: "AnyUser") -> "QuerySet[Evidence]":
    rows: QuerySet[Evidence] = Evidence.objects.standing().visible_to(user)
    return rows.filter(visible_to(user, "claim__"), source_is_open_to(user))


# Judging


def votes_are_open_to(user: "AnyUser") -> Q:
    """The assessments that `user` may know: one's own, and those of rounds that are over."""
    is_over = Q(round__closed_at__isnull=False) | Q(round__closes_at__lte=timezone.now())
    return is_over | Q(by_id=user.pk) if user.is_authenticated else is_over


def assessments_for(user: "AnyUser") -> "QuerySet[Assessment]":
    seen = visible_to(user, "round__") & visible_to(user, "round__claim__")
    return Assessment.objects.filter(seen, votes_are_open_to(user))


def verdicts_for(user: "AnyUser") -> "QuerySet[Verdict]":
    """The verdicts that were not taken back."""
    return Verdict.objects.filter(visible_to(user), visible_to(user, "claim__"), undone_at=None)


def disputes_for(user: "AnyUser") -> "QuerySet[Dispute]":
    return Dispute.objects.filter(visible_to(user), visible_to(user, "claim__"))


def replies_for(user: "AnyUser") -> "QuerySet[Correction]":
    """What the people concerned had to say, as far as `user` may know of them."""
    rows: QuerySet[Correction] = Correction.objects.standing().filter(visible_to(user), visible_to(user, "claim__"))
    return rows.filter(visible_to(user, "person__"))


# Relations


def relations_between(user: "AnyUser") -> "QuerySet[Relation]":
    """The relations of claims of which `user` finds both in the ledger, each stated where they may read it."""
    ends = Q()
    for end in ("claim", "other"):
        ends &= visible_to(user, f"{end}__") & Q(**{f"{end}__deleted_at": None})
        ends &= ~Q(**{f"{end}__state__in": HIDDEN_STATES})
        ends &= Q(Exists(standing_statements(user).order_by().filter(claim=OuterRef(end))))
    return Relation.objects.filter(ends)
