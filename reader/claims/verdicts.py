"""Verdicts: rows that are never altered, but for being taken back. The newest that was not stands."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from reader.claims.assessing import Round
from reader.claims.evidence import Evidence
from reader.claims.models import Claim
from reader.claims.scale import Graded, Outcome
from reader.core.visibility import Scoped

if TYPE_CHECKING:
    from django.tasks import Task

REASON_LENGTH = 5_000
#: How long a verdict can be taken back; afterwards only a new one helps.
UNDOABLE = timedelta(minutes=10)


class Status(models.TextChoices):
    RESOLVED = "resolved", "Resolved"
    AMBIGUOUS = "ambiguous", "Ambiguous"
    ANNULLED = "annulled", "Annulled"


class Verdict(Scoped, Graded):
    """A curator's decision on a claim."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="verdicts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="verdicts")
    at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=9, choices=Status)
    outcome = models.PositiveSmallIntegerField(choices=Outcome, null=True, blank=True)
    reason = models.TextField(blank=True, max_length=REASON_LENGTH)
    known_since = models.DateField(
        null=True, blank=True, help_text="The first day on which one could know the outcome; forecasts end there."
    )
    disclosed = models.JSONField(default=list, blank=True, help_text="What ties the curator to the claim.")
    round = models.ForeignKey(Round, models.SET_NULL, null=True, blank=True, related_name="verdicts")
    follows = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="consequences",
        help_text="The verdict on a condition, by which this one was annulled.",
    )
    evidence = models.ManyToManyField(Evidence, through="Citation", related_name="verdicts")
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta(Scoped.Meta):
        ordering = ["id"]
        constraints = [
            *Scoped.Meta.constraints,
            *Graded.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    status=Status.RESOLVED,
                    outcome__isnull=False,  # what is compared to NULL passes a check
                    outcome__in=Outcome.values,
                    strict__lte=models.F("outcome"),
                    charitable__gte=models.F("outcome"),
                    strict__isnull=False,
                    charitable__isnull=False,
                )
                | Q(status__in=[Status.AMBIGUOUS, Status.ANNULLED], outcome=None, strict=None, charitable=None),
                name="what_is_resolved_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.RESOLVED) | ~Q(reason=""), name="what_is_not_resolved_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(known_since=None) | Q(status=Status.RESOLVED), name="what_is_known_has_an_outcome"
            ),
            models.CheckConstraint(
                condition=Q(follows=None) | Q(status=Status.ANNULLED), name="what_follows_is_annulled"
            ),
            models.CheckConstraint(
                condition=Q(undone_by=None) | Q(undone_at__isnull=False), name="undone_at_some_time"
            ),
        ]
        indexes = [models.Index(fields=["visibility", "-id"], name="verdict_by_readers")]

    def __str__(self) -> str:
        return Outcome(self.outcome).label if self.outcome is not None else str(self.get_status_display())


#: What other features do once a verdict can't be taken back any more, by its key; `when_final` adds to it.
FINAL: "list[Task[[int], None]]" = []


def when_final(task: "Task[[int], None]") -> "Task[[int], None]":
    """Let a job run for each verdict, as soon as it is final. It looks for itself whether the verdict still stands."""
    FINAL.append(task)
    return task


def queue_what_follows(verdict: Verdict) -> None:
    """Call it in the transaction that gives the verdict."""
    for task in FINAL:
        task.using(run_after=verdict.at + UNDOABLE + timedelta(seconds=1)).enqueue(verdict.pk)


class Citation(models.Model):
    """One piece of evidence on which a verdict rests."""

    verdict = models.ForeignKey(Verdict, models.CASCADE, related_name="citations")
    evidence = models.ForeignKey(Evidence, models.RESTRICT, related_name="citations")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["verdict", "evidence"], name="a_verdict_cites_evidence_once")]

    def __str__(self) -> str:
        return f"{self.evidence} for verdict {self.verdict_id}"
