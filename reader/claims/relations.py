"""How claims hang together. What may be the same is a suggestion of curation, and merging confirms it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from reader.claims.models import Claim


class Relation(models.Model):
    """`claim` stands in a relation to `other`. Seen by those who see both."""

    class Kind(models.TextChoices):
        UPDATES = "updates", "updates"
        NARROWER = "narrower", "is narrower than"
        CONDITIONAL = "conditional", "is conditional on"
        CONTRADICTS = "contradicts", "contradicts"

    class HoldsIf(models.TextChoices):
        HAPPENED = "happened", "if that happens"
        DID_NOT = "did_not", "if that does not happen"

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="relations")
    other = models.ForeignKey(Claim, models.CASCADE, related_name="relations_to_it")
    kind = models.CharField(max_length=11, choices=Kind)
    holds_if = models.CharField(max_length=8, choices=HoldsIf, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "other", "kind"], name="claims_are_related_once"),
            models.CheckConstraint(condition=~Q(claim=F("other")), name="no_claim_is_related_to_itself"),
            models.CheckConstraint(
                condition=Q(kind="conditional", holds_if__in=["happened", "did_not"])
                | Q(kind__in=["updates", "narrower", "contradicts"], holds_if=""),
                name="a_condition_says_when_it_holds",
            ),
            models.CheckConstraint(
                condition=~Q(kind="contradicts") | Q(claim__lt=F("other")), name="a_contradiction_is_listed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.get_kind_display()} {self.other_id}"
