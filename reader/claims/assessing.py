"""Blind votes on a claim: nobody sees another's before the round is closed."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from reader.claims.models import Claim
from reader.claims.scale import Graded
from reader.core.visibility import Scoped

REASONS_LENGTH = 5_000


class Round(Scoped):
    """A time in which a claim is assessed. It ends at its deadline by itself, or when a curator closes it."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="rounds")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(Scoped.Meta):
        ordering = ["id"]
        constraints = [
            *Scoped.Meta.constraints,
            models.UniqueConstraint(fields=["claim"], condition=Q(closed_at=None), name="one_open_round_of_a_claim"),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=models.F("opened_at")), name="a_round_lasts"
            ),
        ]

    def __str__(self) -> str:
        return f"The round of {self.opened_at:%d %B %Y}"

    def is_open(self, now: datetime) -> bool:
        return self.closed_at is None and (self.closes_at is None or now < self.closes_at)


class Assessment(Graded):
    """One grader's vote in one round; without readings, they cannot decide. Seen by others once the round is over."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="assessments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assessments")
    reasons = models.TextField(blank=True, max_length=REASONS_LENGTH)
    disclosed = models.JSONField(default=list, blank=True, help_text="What ties the grader to the claim.")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta(Graded.Meta):
        ordering = ["id"]
        constraints = [
            *Graded.Meta.constraints,
            models.UniqueConstraint(fields=["round", "by"], name="one_vote_of_a_grader_in_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.by} in round {self.round_id}"
