"""What readers added to a claim, as far as each may see it: nothing of the crowd or of a round before its time."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from reader.claims.assessing import Assessment, Round
from reader.claims.disputes import Correction, Dispute
from reader.claims.evidence import Evidence
from reader.claims.forecasting import CrowdLook, Forecast
from reader.claims.models import Claim
from reader.claims.queries import HIDDEN_STATES
from reader.claims.relations import Relation
from reader.claims.verdicts import Verdict
from reader.core.prepared import prepared
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


class CrowdRow(NamedTuple):
    """One reader's standing forecast."""

    owner_id: int
    name: str
    percent: int
    reason: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Crowd:
    """What others give a claim, for one reader; how many they are is no secret."""

    count: int
    rows: list[CrowdRow]
    is_open: bool

    @property
    def median(self) -> float | None:
        return median(row.percent for row in self.rows) if self.is_open and self.rows else None


def crowd_of(claim: Claim, user: "AnyUser") -> Crowd:
    """The standing forecasts on it, the newest first; hidden, but for their number, until `user` may know them."""
    rows = [CrowdRow(*row) for row in crowd_fields(user, claim.pk)]
    is_open = knows_crowd(claim, user)
    return Crowd(len(rows), rows if is_open else [], is_open)


@prepared
def crowd_fields(user: "AnyUser", claim_id: int) -> "QuerySet[Any, Any]":
    rows = Forecast.objects.visible_to(user).standing().filter(claim_id=claim_id)
    return rows.order_by("-id").values_list("owner_id", "owner__name", "percent", "reason", "made_at")


def knows_crowd(claim: Claim, user: "AnyUser") -> bool:
    """Whether `user` may see what others give the claim."""
    if claim.verdict_id is not None or (claim.window_end and claim.window_end < timezone.localdate()):
        return True
    if not user.is_authenticated:
        return False
    mine = Forecast.objects.filter(claim=claim, owner_id=user.pk)
    return mine.exists() or CrowdLook.objects.filter(claim=claim, reader_id=user.pk).exists()


def forecast_history(claim: Claim, user: "AnyUser") -> "QuerySet[Forecast]":
    """Every forecast on the claim that `user` may know, in the order in which they were made."""
    return forecasts_for(user).filter(claim=claim).select_related("owner").order_by("id")


# Evidence


def source_is_open_to(user: "AnyUser", prefix: str = "") -> Q:
    """The evidence whose passage, if it is one, still stands and `user` may see: it may have been narrowed since."""
    seen = visible_to(user, f"{prefix}highlight__") & visible_to(user, f"{prefix}highlight__article__")
    return Q(**{f"{prefix}highlight": None}) | (seen & Q(**{f"{prefix}highlight__deleted_at": None}))


def evidence_for(user: "AnyUser") -> "QuerySet[Evidence]":
    rows: QuerySet[Evidence] = Evidence.objects.standing().visible_to(user)
    return rows.filter(visible_to(user, "claim__"), source_is_open_to(user))


def evidence_on(claim: Claim, user: "AnyUser") -> "QuerySet[Evidence]":
    """The evidence on a claim, the oldest first, with who added it and where a passage stands."""
    return evidence_for(user).filter(claim=claim).select_related("by", "highlight__article").order_by("id")


def evidence_of(verdict: Verdict, user: "AnyUser") -> "tuple[list[Evidence], int]":
    """What the verdict cites and `user` may see, and how many sources more there are."""
    shown = list(evidence_for(user).filter(citations__verdict=verdict).select_related("highlight__article"))
    return shown, verdict.citations.count() - len(shown)


# Judging


def votes_are_open_to(user: "AnyUser") -> Q:
    """The assessments that `user` may know: one's own, and those of rounds that are over."""
    is_over = Q(round__closed_at__isnull=False) | Q(round__closes_at__lte=timezone.now())
    return is_over | Q(by_id=user.pk) if user.is_authenticated else is_over


def rounds_of(claim: Claim, user: "AnyUser") -> "QuerySet[Round]":
    """The rounds on a claim, the newest first, each with how many voted (`votes`): the number tells no vote."""
    rows = Round.objects.filter(visible_to(user), visible_to(user, "claim__"), claim=claim)
    return rows.annotate(votes=Count("assessments")).select_related("by", "closed_by").order_by("-id")


def assessments_for(user: "AnyUser") -> "QuerySet[Assessment]":
    seen = visible_to(user, "round__") & visible_to(user, "round__claim__")
    return Assessment.objects.filter(seen, votes_are_open_to(user))


def assessments_of(round_: Round, user: "AnyUser") -> "QuerySet[Assessment]":
    """The votes of a round: all of them once it is over, before that one's own alone."""
    return assessments_for(user).filter(round=round_).select_related("by").order_by("id")


def verdicts_for(user: "AnyUser") -> "QuerySet[Verdict]":
    """The verdicts that were not taken back."""
    return Verdict.objects.filter(visible_to(user), visible_to(user, "claim__"), undone_at=None)


def verdicts_of(claim: Claim, user: "AnyUser") -> "QuerySet[Verdict]":
    """The history of a claim's verdicts, the newest first, with those that were taken back.

    Whoever sees one need not see what it follows from: `relations_of` says which conditions `user` sees.
    """
    rows = Verdict.objects.filter(visible_to(user), visible_to(user, "claim__"), claim=claim)
    return rows.select_related("by", "undone_by", "round").order_by("-id")


def disputes_of(claim: Claim, user: "AnyUser") -> "QuerySet[Dispute]":
    rows = Dispute.objects.filter(visible_to(user), visible_to(user, "claim__"), claim=claim)
    return rows.select_related("by", "ended_by", "verdict__by", "evidence").order_by("-id")


def corrections_of(claim: Claim, user: "AnyUser") -> "QuerySet[Correction]":
    rows: QuerySet[Correction] = Correction.objects.standing().visible_to(user)
    return rows.filter(visible_to(user, "claim__"), claim=claim).select_related("person", "by").order_by("id")


# Relations


def relations_between(user: "AnyUser") -> "QuerySet[Relation]":
    """The relations of claims that `user` sees both."""
    ends = Q()
    for end in ("claim", "other"):
        ends &= visible_to(user, f"{end}__") & Q(**{f"{end}__deleted_at": None})
        ends &= ~Q(**{f"{end}__state__in": HIDDEN_STATES})
    return Relation.objects.filter(ends)


def relations_of(claim: Claim, user: "AnyUser") -> "QuerySet[Relation]":
    """How the claim hangs together with others that `user` sees too, both ways."""
    rows = relations_between(user).filter(Q(claim=claim) | Q(other=claim))
    return rows.select_related("claim", "other").order_by("id")
