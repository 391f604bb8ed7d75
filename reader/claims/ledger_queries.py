"""What readers added to a claim, as far as each may see it: nothing of the crowd or of a round before its time."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from reader.claims.forecasting import CrowdLook, Forecast
from reader.core.visibility import visible_to

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


def crowd_is_open_to(user: "AnyUser") -> Q:
    """The forecasts that `user` may know: one's own, and those on claims that one forecast too, or chose to look at.

    A stranger makes none and may look; what is judged or over is nobody's secret any more.
    """
    is_over = Q(claim__verdict__isnull=False) | Q(claim__window_end__lt=timezone.localdate())
    if not user.is_authenticated:
        return is_over
    mine = Forecast.objects.filter(owner_id=user.pk, claim=OuterRef("claim"))
    looked = CrowdLook.objects.filter(reader_id=user.pk, claim=OuterRef("claim"))
    return is_over | Q(owner_id=user.pk) | Exists(mine) | Exists(looked)


def votes_are_open_to(user: "AnyUser") -> Q:
    """The assessments that `user` may know: one's own, and those of rounds that are over."""
    is_over = Q(round__closed_at__isnull=False) | Q(round__closes_at__lte=timezone.now())
    return is_over | Q(by_id=user.pk) if user.is_authenticated else is_over


def source_is_open_to(user: "AnyUser", prefix: str = "") -> Q:
    """The evidence whose passage, if it is one, `user` may still see: somebody may have narrowed it since."""
    return Q(**{f"{prefix}highlight": None}) | (
        visible_to(user, f"{prefix}highlight__") & visible_to(user, f"{prefix}highlight__article__")
    )
