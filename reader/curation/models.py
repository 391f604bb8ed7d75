"""What curators decide, what waits for them, and who has what in hand."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from reader.claims.models import Claim
from reader.core.events import let_ids_appear_in_order, record
from reader.core.visibility import Scope, ScopedQuerySet, Visibility
from reader.highlights.models import Note
from reader.tags.models import Tag

if TYPE_CHECKING:
    from reader.accounts.models import User

#: How long a thing stays in the hands of a curator who opened it and does nothing more.
HOLD = timedelta(minutes=5)
REASON_LIMIT = 500


class Verb(models.TextChoices):
    """What a curator can do to something, as the log says it."""

    ACCEPTED = "accepted", "accepted"
    SENT_BACK = "sent back", "sent back"
    REJECTED = "rejected", "rejected"
    MERGED = "merged", "merged"
    TOLD_APART = "told apart", "told apart"
    HID = "hid", "hid"
    LET_STAND = "let stand", "let stand"
    RENAMED = "renamed", "renamed"
    PLACED = "placed", "put back in its place"
    KEPT = "kept", "let stand without a place"
    TOOK_IN = "took in", "accepted one more who said"
    TOOK_OUT = "took out", "took out one who was to have said"
    UNDID = "undid", "undid"


#: What is decided beside a thing: of the thing itself it changes nothing.
BESIDE = (Verb.TOLD_APART, Verb.TOOK_IN, Verb.TOOK_OUT)


class DecisionQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """Those that were not undone, and are no undoing themselves."""
        return self.filter(undoing=None).exclude(verb=Verb.UNDID)

    def on(self, kind: str, pk: int) -> Self:
        return self.on_any(kind, [pk])

    def on_any(self, kind: str, ids: list[int]) -> Self:
        """What was decided on these things themselves, and not beside them."""
        return self.filter(subject_kind=kind, subject_id__in=ids).exclude(verb__in=BESIDE)


class Decision(models.Model):
    """One line of the log: who decided what on which thing, why, and what stood before. Never altered afterwards.

    `visibility`, `owner` and `team` say who may read it: those of the thing at that moment.
    """

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="decisions")
    verb = models.CharField(max_length=10, choices=Verb)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    subject = models.CharField(max_length=500, help_text="The thing in words, as it was called then.")
    other_id = models.BigIntegerField(null=True, blank=True)
    other = models.CharField(
        max_length=500, blank=True, help_text="What it was merged into, told apart from, or named."
    )
    reason = models.TextField(blank=True, max_length=1000)
    before = models.JSONField(default=dict, help_text="What stood before, for the undoing.")
    undoes = models.OneToOneField("self", models.CASCADE, null=True, blank=True, related_name="undoing")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    team = models.ForeignKey("reader.Team", models.SET_NULL, null=True, related_name="+")
    visibility = models.CharField(max_length=8, choices=Visibility)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verb=Verb.UNDID, undoes__isnull=False) | ~Q(verb=Verb.UNDID) & Q(undoes=None),
                name="an_undoing_names_what_it_undoes",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="decision_by_subject"),
            models.Index(fields=["visibility", "-id"], name="decision_by_readers"),
        ]

    def __str__(self) -> str:
        return f"{self.by or 'A former member'} {self.verb} {self.subject_kind} “{self.subject}”"


class Hold(models.Model):
    """A curator's hand on a thing: whoever comes second is told. It lapses by itself."""

    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="one_hold_on_a_thing")]

    def __str__(self) -> str:
        return f"{self.holder} has {self.subject_kind} {self.subject_id} since {self.since:%H:%M}"

    @classmethod
    def take(cls, kind: str, pk: int, by: "User", *, over: bool = False) -> Self:
        """The hold on a thing: `by` has it from now on, unless somebody else does and it is not taken over."""
        now = timezone.now()
        with transaction.atomic():
            let_ids_appear_in_order()
            held = cls.on(kind, pk, now)
            if held and held.holder_id != by.pk and not over:
                return held
            since = held.since if held and held.holder_id == by.pk else now
            mine = {"holder": by, "since": since, "until": now + HOLD}
            return cls.objects.update_or_create(subject_kind=kind, subject_id=pk, defaults=mine)[0]

    @classmethod
    def on(cls, kind: str, pk: int, now: datetime) -> Self | None:
        rows = cls.objects.filter(subject_kind=kind, subject_id=pk, until__gt=now)
        return rows.select_related("holder").first()


class Flag(models.Model):
    """A reader's word to the curators that a note should not stand."""

    class Kind(models.TextChoices):
        ABUSE = "abuse", "Abuse or insult"
        SPAM = "spam", "Advertising or spam"
        PRIVATE = "private", "Gives away something private"
        OTHER = "other", "Something else"

    note = models.ForeignKey(Note, models.CASCADE, related_name="flags")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    words = models.CharField(max_length=REASON_LIMIT, blank=True)
    at = models.DateTimeField(default=timezone.now)
    settled_by = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="flags")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["note", "by"], condition=Q(settled_by=None), name="one_open_flag_of_a_reader_on_a_note"
            )
        ]
        indexes = [models.Index(fields=["note"], condition=Q(settled_by=None), name="flag_open")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.note}"


def flag(note: Note, kind: str, words: str, by: "User") -> Flag:
    """Bring a note before its curators; said again, the newer words stand. Nobody else learns of it."""
    with transaction.atomic():
        let_ids_appear_in_order()
        made, _ = Flag.objects.update_or_create(
            note=note, by=by, settled_by=None, defaults={"kind": kind, "words": words, "at": timezone.now()}
        )
        record(by, "flagged", note, article_id=note.article_of_event, scope=Scope(by.pk), kind=kind)
    return made


class Pair(models.Model):
    """Two things that may be one. A suggestion: a curator merges them or tells them apart, nothing else does."""

    score = models.FloatField(help_text="How alike they are, from 0 to 1.")
    found_at = models.DateTimeField(default=timezone.now)
    told_apart_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="%(class)s_is_listed_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="%(class)s_is_in_order"),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(told_apart_at=None), name="%(class)s_open")]


class Duplicate(Pair):
    """Two claims of one window and speaker in similar words."""

    first = models.ForeignKey(Claim, models.CASCADE, related_name="+")
    second = models.ForeignKey(Claim, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.first} ≈ {self.second}"


class Lookalike(Pair):
    """Two tags of one scope that are spelt almost alike."""

    first = models.ForeignKey(Tag, models.CASCADE, related_name="+")
    second = models.ForeignKey(Tag, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.first} ≈ {self.second}"
