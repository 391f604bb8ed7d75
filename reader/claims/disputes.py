"""What is said against a verdict: disputes, which another curator decides, and the right of reply."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from reader.claims.evidence import Evidence
from reader.claims.models import Claim
from reader.claims.verdicts import Verdict
from reader.core.deletion import Deletable, DeletableQuerySet
from reader.core.visibility import Scoped
from reader.library.models import Person

REASON_LENGTH = 5_000


class Ending(models.TextChoices):
    UPHELD = "upheld", "The verdict was upheld"
    OVERTURNED = "overturned", "The verdict was overturned"
    WITHDRAWN = "withdrawn", "Withdrawn by whoever disputed it"
    MOOT = "moot", "The verdict stands no more"


#: How it ends where another curator looks at it.
DECIDED = (Ending.UPHELD, Ending.OVERTURNED)


class Dispute(Scoped):
    """A reader's objection to a verdict, decided by another curator than the one who gave it."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="disputes")
    verdict = models.ForeignKey(Verdict, models.CASCADE, related_name="disputes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(max_length=REASON_LENGTH)
    evidence = models.ForeignKey(Evidence, models.SET_NULL, null=True, blank=True, related_name="+")
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True, max_length=REASON_LENGTH)
    disclosed = models.JSONField(default=list, blank=True, help_text="What ties whoever decided it to the claim.")
    new_verdict = models.OneToOneField(Verdict, models.SET_NULL, null=True, blank=True, related_name="answered_dispute")

    class Meta(Scoped.Meta):
        ordering = ["id"]
        constraints = [
            *Scoped.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="a_dispute_says_why"),
            models.CheckConstraint(
                condition=Q(ending="", ended_at=None, ended_by=None, new_verdict=None)
                | Q(ending__in=Ending.values, ended_at__isnull=False),
                name="a_dispute_ends_in_some_way",
            ),
            models.CheckConstraint(
                condition=Q(new_verdict=None) | Q(ending=Ending.OVERTURNED), name="what_is_overturned_is_judged_anew"
            ),
            models.UniqueConstraint(fields=["claim"], condition=Q(ending=""), name="one_open_dispute_of_a_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.by or 'A former member'} disputes: {self.reason[:60]}"


class Correction(Scoped, Deletable):
    """What the person concerned has to say, shown beside the verdict."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="corrections")
    person = models.ForeignKey(Person, models.PROTECT, related_name="corrections")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(max_length=REASON_LENGTH)
    at = models.DateTimeField(default=timezone.now)

    objects = DeletableQuerySet.as_manager()

    class Meta(Scoped.Meta):
        ordering = ["id"]
        constraints = [
            *Scoped.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="a_correction_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.text[:60]}"
