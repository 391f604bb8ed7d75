"""Predictions as dated claims, and who said them where."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from reader.core.events import record
from reader.core.visibility import Scoped
from reader.highlights.models import Deletable, DeletableQuerySet, Highlight
from reader.library.models import Person
from reader.tags.models import Tag, tags_named

if TYPE_CHECKING:
    from reader.accounts.models import User


class WindowKind(models.TextChoices):
    WINDOW = "window", "Between two days"
    OPEN = "open", "From a day on"
    VAGUE = "vague", "Vague"
    NONE = "none", "No time given"


class Windowed(models.Model):
    """A window in time: inclusive days, how exact the wording was, and the rule that read it."""

    window_kind = models.CharField(max_length=6, choices=WindowKind, default=WindowKind.NONE)
    window_start = models.DateField(null=True, blank=True)
    window_end = models.DateField(null=True, blank=True)
    window_precision = models.CharField(max_length=10, blank=True)
    window_rule = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    window_kind=WindowKind.WINDOW, window_start__isnull=False, window_end__gte=F("window_start")
                )
                | Q(window_kind=WindowKind.OPEN, window_start__isnull=False, window_end__isnull=True)
                | Q(
                    window_kind__in=[WindowKind.VAGUE, WindowKind.NONE],
                    window_start__isnull=True,
                    window_end__isnull=True,
                ),
                name="%(class)s_window_matches_its_kind",
            )
        ]


class Phase(models.TextChoices):
    """Where a claim stands in time. Computed, never stored."""

    UNDATED = "undated", "Undated"
    UPCOMING = "upcoming", "Upcoming"
    LIVE = "live", "Live"
    DUE = "due", "Due"


class Claim(Scoped, Windowed, Deletable):
    """The canonical proposition that one or several people stated."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PROPOSED = "proposed", "Proposed"
        ACCEPTED = "accepted", "Accepted"
        NEEDS_WORK = "needs_work", "Needs work"
        REJECTED = "rejected", "Rejected"
        MERGED = "merged", "Merged"
        WITHDRAWN = "withdrawn", "Withdrawn"

    statement = models.CharField(max_length=500)
    criteria = models.TextField("resolution criteria", blank=True, max_length=5000)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    tags = models.ManyToManyField(Tag, related_name="claims", blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = DeletableQuerySet.as_manager()

    class Meta(Scoped.Meta):
        constraints = [*Scoped.Meta.constraints, *Windowed.Meta.constraints]
        indexes = [
            models.Index(fields=["window_end", "id"], name="claim_by_deadline"),
            models.Index(fields=["-created_at", "-id"], name="claim_by_arrival"),
        ]

    def __str__(self) -> str:
        return self.statement

    def get_absolute_url(self) -> str:
        return reverse("claim", args=[self.pk])

    def phase(self, today: date) -> Phase:
        if self.window_start is None:
            return Phase.UNDATED
        if self.window_start > today:
            return Phase.UPCOMING
        if self.window_end is None or self.window_end >= today:
            return Phase.LIVE
        return Phase.DUE


class Stance(models.TextChoices):
    ASSERTS = "asserts", "says so"
    ENDORSES = "endorses", "agrees with it"
    REPORTS = "reports", "retells it"
    DISPUTES = "disputes", "disputes it"
    IRONIC = "ironic", "says it in irony"


#: Stances that stake the speaker's own word on the future.
COMMITTED = (Stance.ASSERTS, Stance.ENDORSES)


class Statement(Windowed):
    """One person saying a claim in one passage on one date."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="statements")
    highlight = models.ForeignKey(Highlight, models.CASCADE, related_name="statements")
    speaker = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="statements")
    reported_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="reports")
    stance = models.CharField(max_length=8, choices=Stance, default=Stance.ASSERTS)
    quote = models.TextField(help_text="The words as they stood, kept apart from the claim's own wording.")
    time_text = models.CharField("time wording", max_length=200, blank=True)
    said_on = models.DateField(null=True, blank=True)
    said_no_later_than = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["said_on", "id"]
        constraints = [
            *Windowed.Meta.constraints,
            models.UniqueConstraint(fields=["claim", "highlight"], name="a_passage_states_a_claim_once"),
            models.CheckConstraint(
                condition=~Q(stance__in=COMMITTED)
                | Q(window_end__isnull=True)
                | Q(said_no_later_than__isnull=True)
                | Q(window_end__gte=F("said_no_later_than")),
                name="nobody_predicts_the_past",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker or 'Somebody'}: {self.quote[:60]}"
