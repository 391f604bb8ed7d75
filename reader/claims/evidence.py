"""What speaks for a claim, against it, or says what it is about."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from reader.claims.models import Claim
from reader.core.outside import LONGEST_ADDRESS
from reader.core.visibility import Scoped
from reader.highlights.models import Deletable, DeletableQuerySet, Highlight

QUOTE_LENGTH = 5_000


class Bearing(models.TextChoices):
    FOR = "for", "For"
    AGAINST = "against", "Against"
    CONTEXT = "context", "Context"


class Evidence(Scoped, Deletable):
    """A source: an address outside, or a passage here. It is the claim's (`owner` is the claim's); `by` added it."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="evidence")
    came_from = models.ForeignKey(
        Claim, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Merged since; added to that."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    bearing = models.CharField(max_length=7, choices=Bearing)
    title = models.CharField(max_length=300, blank=True)
    url = models.CharField("address", max_length=LONGEST_ADDRESS, blank=True)
    archive_url = models.CharField("archived at", max_length=LONGEST_ADDRESS, blank=True)
    #: Passages are taken back by `withhold`, before they go.
    highlight = models.ForeignKey(Highlight, models.PROTECT, null=True, blank=True, related_name="evidence")
    quote = models.TextField(blank=True, max_length=QUOTE_LENGTH)
    published_on = models.DateField(null=True, blank=True)
    withheld = models.BooleanField(default=False, help_text="The passage was its owner's, and left with them.")
    added_at = models.DateTimeField(default=timezone.now)

    objects = DeletableQuerySet.as_manager()

    class Meta(Scoped.Meta):
        ordering = ["id"]
        verbose_name_plural = "evidence"
        constraints = [
            *Scoped.Meta.constraints,
            models.CheckConstraint(
                condition=Q(withheld=False, highlight=None)
                & (Q(url__startswith="https://") | Q(url__startswith="http://"))
                | Q(withheld=False, highlight__isnull=False, url="")
                | Q(withheld=True, highlight=None, url="", quote=""),
                name="evidence_has_one_source",
            ),
            models.CheckConstraint(condition=Q(bearing__in=Bearing.values), name="evidence_bears_on_its_claim"),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.quote[:80] or "A passage that is no longer shared"
