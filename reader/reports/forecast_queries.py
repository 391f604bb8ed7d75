"""What a reader forecast, and what became of it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from reader.claims.forecasting import Forecast
from reader.claims.models import Claim
from reader.claims.queries import HIDDEN_STATES
from reader.core.visibility import visible_to

if TYPE_CHECKING:
    from reader.accounts.models import User


class ForecastClaim(NamedTuple):
    """A claim that a reader forecast."""

    claim_id: int
    statement: str
    made_at: datetime
    ends: date | None
    status: str | None
    outcome: int | None
    difficulty: int | None
    #: When it was judged first, of the verdicts that were not taken back: then forecasts were closed.
    judged_at: datetime | None
    #: The first day on which one could know the outcome, as the verdict has it: what was given then is hindsight.
    known_since: date | None


class ForecastRow(NamedTuple):
    """One forecast of anybody; without a percentage it withdraws what stood before."""

    claim_id: int
    owner_id: int
    made_at: datetime
    percent: int | None
    #: The claim that it was made on, where that was merged since.
    came_from: int | None


def forecast_claims(user: "User") -> list[ForecastClaim]:
    """The claims that `user` forecast and still sees, withdrawn forecasts included."""
    claims = claims_forecast_by(user).annotate(
        judged_at=Min("verdicts__at", filter=Q(verdicts__undone_at=None)),
    )
    verdict = ("verdict__status", "verdict__outcome", "verdict__difficulty")
    rows = claims.order_by(F("window_end").desc(nulls_last=True), "-id").values_list(
        "pk", "statement", "created_at", "window_end", *verdict, "judged_at", "verdict__known_since"
    )
    return [ForecastClaim(*row) for row in rows]


def claims_forecast_by(user: "User") -> "QuerySet[Claim]":
    mine = Forecast.objects.filter(owner=user, claim=OuterRef("pk"))
    claims: QuerySet[Claim] = Claim.objects.standing().visible_to(user)
    return claims.exclude(state__in=HIDDEN_STATES).filter(Exists(mine))


def forecasts_beside(user: "User", today: date) -> list[ForecastRow]:
    """All forecasts on the scored claims that `user` forecast too, as far as they see them, in order.

    The crowd is no secret there: the window is over, and the claim is judged.
    """
    scored = claims_forecast_by(user).filter(window_end__lt=today, verdict__outcome__isnull=False)
    rows = Forecast.objects.filter(visible_to(user), claim__in=scored.values("pk"))
    return [ForecastRow(*row) for row in rows.order_by("id").values_list(*ForecastRow._fields)]
