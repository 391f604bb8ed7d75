"""Predictions as dated claims, and who said them where."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from reader import horizons
from reader.core.access import require_amendment
from reader.core.deletion import Deletable, DeletableQuerySet
from reader.core.events import let_ids_appear_in_order, record_in_pieces
from reader.core.visibility import Scoped
from reader.highlights.models import Highlight
from reader.library.models import Person
from reader.tags.models import Tag, tags_named

if TYPE_CHECKING:
    from reader.accounts.models import User


TIME_TEXT_LENGTH = 200
#: The rule of a window whose days a reader chose.
SET_BY_A_READER = "reader"


class WindowKind(models.TextChoices):
    WINDOW = "window", "Between two days"
    OPEN = "open", "From a day on"
    VAGUE = "vague", "Vague"
    NONE = "none", "No time given"


def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def between_in_words(first: date | None, last: date | None) -> str:
    """A day that is only known to lie between two, as exactly as it is known: a month, a year; empty where unknown."""
    if first is None:
        return ""
    if last is None or last == first:
        return in_words(first)
    return f"{first:%B %Y}" if last.month == first.month else f"{first.year}"


def window_in_words(kind: str, start: date | None, end: date | None) -> str:
    if start is None:
        return "No day named" if kind == WindowKind.VAGUE else "No time given"
    if end is None:
        return f"From {in_words(start)} on"
    return in_words(end) if start == end else f"{in_words(start)} – {in_words(end)}"


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

    @property
    def window_in_words(self) -> str:
        return window_in_words(self.window_kind, self.window_start, self.window_end)

    @property
    def window_rule_in_words(self) -> str:
        """How the days were read from the wording; empty for a rule that this version no longer knows."""
        if self.window_rule == SET_BY_A_READER:
            return "Set by a reader."
        try:
            return horizons.explain(self.window_rule)
        except KeyError:
            return ""


class Phase(models.TextChoices):
    """Where a claim stands in time. Computed, never stored."""

    UNDATED = "undated", "Undated"
    UPCOMING = "upcoming", "Upcoming"
    LIVE = "live", "Live"
    DUE = "due", "Due"


def phase_of(start: date | None, end: date | None, today: date) -> Phase:
    if start is None:
        return Phase.UNDATED
    if start > today:
        return Phase.UPCOMING
    return Phase.LIVE if end is None or end >= today else Phase.DUE


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
    remark = models.CharField(
        max_length=1000, blank=True, help_text="What the curator asked when sending it back, or why it was rejected."
    )
    merged_into = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="merged_claims")
    merged_as_opposite = models.BooleanField(
        default=False, help_text="It says that what it was merged into will not happen."
    )
    tags = models.ManyToManyField(Tag, related_name="claims", blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    #: The states in which no curator has decided on it, or it waits for its proposer again.
    UNDECIDED: ClassVar = frozenset({State.DRAFT, State.PROPOSED, State.NEEDS_WORK})

    #: What of it one reader may see, where `queries.attach_statements` has fetched that.
    visible_statements: "list[Statement]"
    visible_tags: list[Tag]

    objects = DeletableQuerySet.as_manager()

    class Meta(Scoped.Meta):
        constraints = [
            *Scoped.Meta.constraints,
            *Windowed.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | ~Q(state="merged") & Q(merged_into__isnull=True, merged_as_opposite=False),
                name="a_merged_claim_names_another",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="no_claim_is_merged_into_itself"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="proposed"), name="claim_awaiting_decision"),
            models.Index(fields=["window_end", "id"], name="claim_by_deadline"),
            models.Index(fields=["window_start", "id"], name="claim_by_opening"),
            models.Index(fields=["-created_at", "-id"], name="claim_by_arrival"),
        ]

    def __str__(self) -> str:
        return self.statement

    def get_absolute_url(self) -> str:
        return reverse("claim", args=[self.pk])

    @property
    def is_decided(self) -> bool:
        return self.state not in self.UNDECIDED

    def amend(self, statement: str, criteria: str, window: dict[str, Any], by: "User") -> None:
        """Say the claim anew: its wording, its criteria and its window.

        Raises:
            PermissionDenied: it is decided on, and `by` does not curate it; nothing is saved.
        """
        with transaction.atomic():
            let_ids_appear_in_order()
            # A curator may have decided since the form was opened: that stands.
            self.state = Claim.objects.values_list("state", flat=True).get(pk=self.pk)
            require_amendment(by, self)
            before = {"statement": self.statement, "window": self.window_in_words, "state": self.state}
            self.statement, self.criteria = statement, criteria
            if self.state == self.State.NEEDS_WORK:  # the question is answered: it waits for a decision again
                self.state = self.State.PROPOSED
            for name, value in window.items():
                setattr(self, name, value)
            self.save(update_fields=["statement", "criteria", "state", *window])
            self.tell(by, "amended", before=before)

    def set_state(self, state: str, by: "User", remark: str = "") -> None:
        """Move the claim along its editorial life; `remark` is what its proposer is told."""
        with transaction.atomic():
            let_ids_appear_in_order()
            before, self.state, self.remark = self.state, state, remark
            self.save(update_fields=["state", "remark"])
            self.tell(by, "decided", before=before, after=state)

    def pieces(self) -> list[int]:
        """The articles in which it is stated."""
        return list(self.statements.order_by().values_list("highlight__article_id", flat=True).distinct())

    def label(self, names: list[str], by: "User") -> None:
        """Set the tags to those of these names."""
        with transaction.atomic():
            let_ids_appear_in_order()
            self.look_again()
            self.tags.set(tags_named(names, self))
            self.tell(by, "tagged", tags=names)

    def tell(self, by: "User | None", verb: str, **detail: Any) -> None:
        """Write the event of a change once for every piece that states the claim: the page of each shows it."""
        record_in_pieces(by, verb, self, self.pieces(), **detail)

    def phase(self, today: date) -> Phase:
        return phase_of(self.window_start, self.window_end, today)


class Stance(models.TextChoices):
    ASSERTS = "asserts", "says so"
    ENDORSES = "endorses", "agrees with it"
    REPORTS = "reports", "retells it"
    DISPUTES = "disputes", "disputes it"
    IRONIC = "ironic", "says it in irony"


class Polarity(models.TextChoices):
    AFFIRMS = "affirms", "says that it will happen"
    DENIES = "denies", "says that it will not"


#: Stances that stake the speaker's own word on the future.
COMMITTED = (Stance.ASSERTS, Stance.ENDORSES)


class Statement(Windowed):
    """One person saying a claim in one passage on one date."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="statements")
    highlight = models.ForeignKey(Highlight, models.CASCADE, related_name="statements")
    speaker = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="statements")
    reported_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="reports")
    stance = models.CharField(max_length=8, choices=Stance, default=Stance.ASSERTS)
    polarity = models.CharField(max_length=7, choices=Polarity, default=Polarity.AFFIRMS)
    quote = models.TextField(help_text="The words as they stood, kept apart from the claim's own wording.")
    time_text = models.CharField("time wording", max_length=TIME_TEXT_LENGTH, blank=True)
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

    @property
    def said_in_words(self) -> str:
        return between_in_words(self.said_on, self.said_no_later_than)
