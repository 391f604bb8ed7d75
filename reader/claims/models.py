"""Predictions as dated claims, and who said them where."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from reader.claims.checklist import MARKS
from reader.claims.details import JUDGED_BY, WINDOW_ITSELF, ClaimKind, Details
from reader.claims.windows import Windowed, WindowKind, between_in_words
from reader.core.access import may_curate, require_amendment
from reader.core.deletion import Deletable, DeletableQuerySet
from reader.core.events import let_ids_appear_in_order, record_in_pieces
from reader.core.refusals import Refused
from reader.core.visibility import Scoped
from reader.highlights.models import Highlight
from reader.library.models import Person
from reader.tags.models import Tag, tags_named

if TYPE_CHECKING:
    from reader.accounts.models import User


TIME_TEXT_LENGTH = 200


class Phase(models.TextChoices):
    """Where a claim stands in time. Computed, never stored."""

    UNDATED = "undated", "Undated"
    UPCOMING = "upcoming", "Upcoming"
    LIVE = "live", "Live"
    DUE = "due", "Due"
    JUDGED = "judged", "Judged"
    DISPUTED = "disputed", "Disputed"


def phase_of(
    start: date | None, end: date | None, verdict_id: int | None, dispute_id: int | None, today: date
) -> Phase:
    if dispute_id is not None:
        return Phase.DISPUTED
    if verdict_id is not None:
        return Phase.JUDGED
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
    fine_print = models.TextField(
        blank=True, max_length=5000, help_text="What counts and what does not, where the criteria leave a doubt."
    )
    kind = models.CharField(max_length=11, choices=ClaimKind, blank=True)
    review_on = models.DateField(
        null=True, blank=True, help_text="When to look at it again, where its window has no last day."
    )
    has_subject = models.BooleanField("says who or what", default=False)
    has_predicate = models.BooleanField("says what is to be seen", default=False)
    has_time = models.BooleanField("says by when", default=False)
    has_threshold = models.BooleanField("says how much", default=False)
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    remark = models.CharField(
        max_length=1000, blank=True, help_text="What the curator asked when sending it back, or why it was rejected."
    )
    merged_into = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="merged_claims")
    merged_as_opposite = models.BooleanField(
        default=False, help_text="It says that what it was merged into will not happen."
    )
    #: The verdict that stands and the dispute that is open, for lists of a hundred thousand claims: pointers, which the
    #: verbs of `judging` and `disputing` keep. Those rows go only with their claim.
    verdict = models.ForeignKey(
        "reader.Verdict", models.DO_NOTHING, null=True, blank=True, editable=False, db_index=False, related_name="+"
    )
    dispute = models.ForeignKey(
        "reader.Dispute", models.DO_NOTHING, null=True, blank=True, editable=False, db_index=False, related_name="+"
    )
    tags = models.ManyToManyField(Tag, related_name="claims", blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    #: The states in which no curator has decided on it, or it waits for its proposer again.
    UNDECIDED: ClassVar = frozenset({State.DRAFT, State.PROPOSED, State.NEEDS_WORK})

    #: What of it one reader may see, where `queries.attach_statements` has fetched that.
    visible_statements: "list[Statement]"
    visible_tags: list[Tag]
    #: What is to be done next with it, where `due.due_page` has fetched that.
    step: str

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
            models.CheckConstraint(
                condition=Q(review_on=None) | ~Q(window_kind=WindowKind.WINDOW), name="what_ends_needs_no_review_date"
            ),
            # Of what is not NULL alone: SQLite would look for the unjudged in a wider index, one row after the other.
            models.UniqueConstraint(
                fields=["verdict"], condition=Q(verdict__isnull=False), name="a_verdict_stands_on_one_claim"
            ),
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(dispute__isnull=False), name="a_dispute_is_open_on_one_claim"
            ),
            models.CheckConstraint(condition=Q(dispute=None) | Q(verdict__isnull=False), name="a_verdict_is_disputed"),
            models.CheckConstraint(
                condition=Q(verdict=None) | ~Q(state__in=["draft", "rejected", "merged", "withdrawn"]),
                name="what_is_out_of_the_ledger_is_not_judged",
            ),
        ]
        indexes = [
            # Without the private ones: most are, and no desk ever has them.
            models.Index(
                fields=["id"], condition=~Q(visibility="private") & Q(state="proposed"), name="claim_awaiting_curator"
            ),
            models.Index(fields=["window_end", "id"], name="claim_by_deadline"),
            models.Index(fields=["window_end", "id"], condition=Q(verdict=None), name="claim_unjudged_by_deadline"),
            models.Index(fields=["window_start", "id"], condition=Q(verdict=None), name="claim_unjudged_by_opening"),
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

    def amend(self, statement: str, criteria: str, window: dict[str, Any], by: "User", because: str = "") -> None:
        """Say the claim anew: its wording, its criteria and its window. `because` is why the window changes.

        Raises:
            PermissionDenied: it is decided on, and `by` does not curate it; nothing is saved.
            Refused: it has been judged; or others rely on the window, and `by` may not change it or says no reason.
        """
        with transaction.atomic():
            let_ids_appear_in_order()
            # Somebody may have decided, judged or forecast since the form was opened: that stands.
            kept = Claim.objects.select_for_update().get(pk=self.pk)
            self.state, self.verdict_id, self.review_on = kept.state, kept.verdict_id, kept.review_on
            require_amendment(by, self)
            kept.refuse_amending(statement, criteria, window, by, because)
            before = {"statement": self.statement, "window": self.window_in_words, "state": self.state}
            self.statement, self.criteria = statement, criteria
            if self.state == self.State.NEEDS_WORK:  # the question is answered: it waits for a decision again
                self.state = self.State.PROPOSED
            for name, value in window.items():
                setattr(self, name, value)
            if self.window_kind == WindowKind.WINDOW:
                self.review_on = None
            self.save(update_fields=["statement", "criteria", "state", "review_on", *window])
            self.tell(by, "amended", before=before, because=because)

    def refuse_amending(self, statement: str, criteria: str, window: dict[str, Any], by: "User", because: str) -> None:
        """What was judged stays as it was judged; what was forecast keeps its window, unless a curator says why not."""
        moves = any(getattr(self, name) != window.get(name, getattr(self, name)) for name in WINDOW_ITSELF)
        if self.verdict_id and (moves or (statement, criteria) != (self.statement, self.criteria)):
            raise Refused("The claim has been judged: its wording, its criteria and its window stay.")
        if not (moves and self.forecasts.exists()):
            return
        if not may_curate(by, self):
            raise Refused("Somebody has forecast this claim: only a curator changes its window now.")
        if not because.strip():
            raise Refused("Somebody has forecast this claim: say why its window changes.", "because")

    def specify(self, details: Details, by: "User") -> None:
        """Say what makes the claim testable.

        Raises:
            Refused: it has been judged.
        """
        with transaction.atomic():
            let_ids_appear_in_order()
            kept = Claim.objects.select_for_update().get(pk=self.pk)
            changed = {name: value for name, value in asdict(details).items() if getattr(kept, name) != value}
            if kept.window_kind == WindowKind.WINDOW:
                changed.pop("review_on", None)  # its last day is its day of review
            if kept.verdict_id and changed.keys() & JUDGED_BY:
                raise Refused("The claim has been judged: its kind, its fine print and its day of review stay.")
            if not changed:
                return
            for name, value in changed.items():
                setattr(self, name, value)
            self.save(update_fields=changed)
            self.tell(by, "specified", changed=sorted(changed))

    def set_state(self, state: str, by: "User", remark: str = "") -> None:
        """Move the claim along its editorial life; `remark` is what its proposer is told.

        Raises:
            Refused: it has been judged, and would leave the ledger with its verdict.
        """
        with transaction.atomic():
            let_ids_appear_in_order()
            judged = Claim.objects.filter(pk=self.pk, verdict__isnull=False).exists()
            if judged and state != self.State.ACCEPTED:
                raise Refused("The claim has been judged: it stays in the ledger as it is.")
            before, self.state, self.remark = self.state, state, remark
            self.save(update_fields=["state", "remark"])
            self.tell(by, "decided", before=before, after=state)

    @property
    def ticked(self) -> dict[str, bool]:
        """Which marks of a testable claim it has (see `checklist`)."""
        return {name: getattr(self, name) for name in MARKS}

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
        return phase_of(self.window_start, self.window_end, self.verdict_id, self.dispute_id, today)


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
    hedge = models.CharField("hedge wording", max_length=TIME_TEXT_LENGTH, blank=True)
    stated_percent = models.DecimalField(
        "stated probability in percent", max_digits=5, decimal_places=2, null=True, blank=True
    )
    said_on = models.DateField(null=True, blank=True)
    said_no_later_than = models.DateField(null=True, blank=True)
    added_after = models.ForeignKey(
        "reader.Verdict",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
        help_text="How the claim had been judged when this was added: it is in no record then.",
    )

    waits = models.BooleanField(
        default=False,
        editable=False,
        help_text="Added to an accepted claim by one who does not curate it: in no record until a curator takes it in.",
    )

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
            models.CheckConstraint(
                condition=Q(stated_percent=None) | Q(stated_percent__range=(0, 100)),
                name="a_stated_probability_is_one",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(waits=True), name="statement_waits"),
            models.Index(fields=["speaker", "claim"], name="statement_by_speaker"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker or 'Somebody'}: {self.quote[:60]}"

    @property
    def said_in_words(self) -> str:
        return between_in_words(self.said_on, self.said_no_later_than)
