"""Readers' probabilities for a claim. Append-only: the newest of each reader stands."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from reader.claims.models import Claim
from reader.core.visibility import Scoped, ScopedQuerySet

REASON_LENGTH = 2_000


class ForecastQuerySet(ScopedQuerySet):
    def standing(self) -> "ForecastQuerySet":
        """The newest of each reader on each claim, but for those that withdrew it."""
        later = Forecast.objects.filter(claim=OuterRef("claim"), owner=OuterRef("owner"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), percent__isnull=False)


class Forecast(Scoped):
    """What one reader gives a claim. It is `owner`'s; without a percentage it withdraws what stood before."""

    claim = models.ForeignKey(Claim, models.CASCADE, db_index=False, related_name="forecasts")  # by `indexes`
    came_from = models.ForeignKey(
        Claim, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Merged since; made on that."
    )
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True, max_length=REASON_LENGTH)
    made_at = models.DateTimeField(default=timezone.now)

    objects = ForecastQuerySet.as_manager()

    class Meta(Scoped.Meta):
        ordering = ["id"]
        constraints = [
            *Scoped.Meta.constraints,
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__range=(1, 99)), name="nothing_is_certain_or_impossible"
            ),
        ]
        indexes = [
            models.Index(fields=["claim", "owner", "id"], name="forecast_by_reader_of_claim"),
            models.Index(fields=["owner", "-id"], name="forecast_by_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.owner}: {'withdrawn' if self.percent is None else f'{self.percent} %'}"


class CrowdLook(models.Model):
    """A reader chose to see what others give a claim before they said so themselves; scores can tell."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="looks")
    came_from = models.ForeignKey(Claim, models.SET_NULL, null=True, blank=True, related_name="+")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "reader"], condition=Q(came_from=None), name="one_looks_for_the_first_time_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reader} looked at {self.claim_id}"
