"""Marked passages, where they stand in each text, and what readers say of them."""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from reader.core.access import require_change_still, require_sight
from reader.core.deletion import Deletable, DeletableQuerySet
from reader.core.events import let_ids_appear_in_order, record
from reader.core.visibility import Scoped, Visibility
from reader.highlights.mentions import render_with_mentions
from reader.library.models import Article, Revision
from reader.tags.models import Tag, tags_named

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.core.requests import AnyUser

#: How much of the text on either side goes into a quote selector, in code points.
CONTEXT = 32
NOTE_LIMIT = 20_000


class MarkedAgain(Exception):
    """A deleted mark does not come back beside one that is the same."""

    def __init__(self) -> None:
        super().__init__("These words were marked the same way again since. That mark stands, and nothing was changed.")


class Kind(models.TextChoices):
    HIGHLIGHT = "highlight", "Highlight"
    PREDICTION = "prediction", "Prediction"
    EVIDENCE = "evidence", "Evidence"
    QUESTION = "question", "Question"


class Highlight(Scoped, Deletable):
    """A marked passage: the words themselves with some of what stands around them (W3C TextQuoteSelector)."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="highlights")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.HIGHLIGHT)
    exact = models.TextField()
    prefix = models.CharField(max_length=CONTEXT, blank=True)
    suffix = models.CharField(max_length=CONTEXT, blank=True)
    tags = models.ManyToManyField(Tag, related_name="highlights", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = DeletableQuerySet.as_manager()

    class Meta(Scoped.Meta):
        constraints = [
            *Scoped.Meta.constraints,
            models.CheckConstraint(condition=~Q(exact=""), name="highlight_has_words"),
        ]
        indexes = [
            models.Index(fields=["article", "owner"], name="highlight_by_article_and_owner"),
            models.Index(fields=["owner", "-created_at"], name="highlight_by_owner"),
            models.Index(
                fields=["team", "-created_at"],
                condition=Q(visibility=Visibility.TEAM, deleted_at=None),
                name="highlight_of_team",
            ),
            models.Index(
                fields=["article", "visibility"],
                condition=Q(kind="prediction", deleted_at=None),
                name="prediction_by_article",
            ),
        ]

    def __str__(self) -> str:
        return self.exact[:80]

    def get_absolute_url(self) -> str:
        """The piece, opened at this passage."""
        return f"{reverse('article', args=[self.article.slug])}#h-{self.pk}"

    def change_kind(self, kind: str, by: "User") -> None:
        with transaction.atomic():
            let_ids_appear_in_order()
            self.look_again()
            require_change_still(by, self)
            before, self.kind = self.kind, kind
            self.touch("kind")
            record(by, "changed kind", self, article_id=self.article_id, before=before, after=kind)

    def move(self, revision: Revision, start: int, end: int, by: "User") -> None:
        """Mark other words of the same text instead."""
        with transaction.atomic():
            let_ids_appear_in_order()
            self.look_again()
            require_change_still(by, self)
            before = self.exact
            was = list(self.anchors.filter(revision=revision).values_list("revision_id", "start", "end"))
            self.select(revision, start, end)
            self.touch("exact", "prefix", "suffix")
            place = {"start": start, "end": end, "state": Anchor.State.ANCHORED, "method": Anchor.BY_HAND, "score": 1.0}
            Anchor.objects.update_or_create(highlight=self, revision=revision, defaults=place)
            record(by, "moved", self, article_id=self.article_id, before=before, after=self.exact, was=was)

    def label(self, names: list[str], by: "User") -> None:
        """Set the tags to those of these names."""
        with transaction.atomic():
            let_ids_appear_in_order()
            self.look_again()
            require_change_still(by, self)
            self.tags.set(tags_named(names, self))
            self.touch()
            record(by, "tagged", self, article_id=self.article_id, tags=names)

    def delete_by(self, by: "User") -> None:
        with transaction.atomic():
            if self.take_away():
                self.touch()
                record(by, "deleted", self, article_id=self.article_id)

    def restore(self, by: "User") -> None:
        """Undo the deletion.

        Raises:
            MarkedAgain: the same mark was made anew since; that one stands.
        """
        with transaction.atomic():
            let_ids_appear_in_order()
            if self.is_doubled():
                raise MarkedAgain
            if self.bring_back():
                self.touch()
                record(by, "restored", self, article_id=self.article_id)

    def is_doubled(self) -> bool:
        """Whether another mark stands that is the same in all that one sees of a mark."""
        places = self.anchors.exclude(state=Anchor.State.ORPHANED).values_list("revision_id", "start", "end")
        here = [
            Q(anchors__revision=revision, anchors__start=start, anchors__end=end) for revision, start, end in places
        ]
        alike = Highlight.objects.standing().exclude(pk=self.pk)
        alike = alike.filter(owner=self.owner_id, kind=self.kind, visibility=self.visibility, team=self.team_id)
        return bool(here) and alike.filter(reduce(or_, here)).exists()

    def touch(self, *fields: str) -> None:
        let_ids_appear_in_order()
        self.changed_at = timezone.now()
        self.save(update_fields=["changed_at", *fields])

    def select(self, revision: Revision, start: int, end: int) -> None:
        self.exact = revision.text[start:end]
        self.prefix = revision.text[max(0, start - CONTEXT) : start]
        self.suffix = revision.text[end : end + CONTEXT]


class Anchor(models.Model):
    """Where a highlight stands in one revision (W3C TextPositionSelector, in code points of `revision.text`).

    An orphaned one keeps the likeliest place, or where its words were taken out, and how like them it is.
    """

    class State(models.TextChoices):
        ANCHORED = "anchored", "In place"
        MOVED = "moved", "Moved"
        ORPHANED = "orphaned", "Not found"

    #: The methods that are no machine's: somebody chose the place, or keeps the words without one.
    BY_HAND, KEPT = "by hand", "kept"

    highlight = models.ForeignKey(Highlight, models.CASCADE, related_name="anchors")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="anchors")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.ANCHORED)
    method = models.CharField(max_length=20, default="position")
    score = models.FloatField(default=1.0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["highlight", "revision"], name="one_anchor_per_highlight_and_revision"),
            models.CheckConstraint(
                condition=Q(start__lt=models.F("end")) | Q(state="orphaned", start=models.F("end")),
                name="anchor_marks_something",
            ),
        ]
        indexes = [
            models.Index(fields=["revision", "start", "highlight"], name="anchor_by_place"),
            models.Index(fields=["id"], condition=Q(state="orphaned"), name="anchor_lost"),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end} ({self.state})"


class StaleNote(Exception):
    """Somebody saved the note since it was opened; `kept` is what stands."""

    def __init__(self, kept: "Note") -> None:
        super().__init__("The note was changed in another place since you opened it.")
        self.kept = kept


class NoteQuerySet(DeletableQuerySet):
    def visible_to(self, user: "AnyUser") -> Self:
        """What a curator hid is seen by its writer alone."""
        shown = Q(hidden_at=None) | Q(owner_id=user.pk) if user.is_authenticated else Q(hidden_at=None)
        return super().visible_to(user).filter(shown)


class GoneMeanwhile(Exception):
    """What was to be answered or annotated was deleted while one wrote; nothing is saved."""

    def __init__(self, thing: Scoped) -> None:
        what = "note you answer" if isinstance(thing, Note) else "mark you write on"
        super().__init__(f"The {what} was deleted meanwhile. Nothing was saved; copy your words from here.")


class Note(Scoped, Deletable):
    """What a reader writes on a highlight, an article or a claim, in Markdown; one level of replies."""

    highlight = models.ForeignKey(Highlight, models.CASCADE, null=True, blank=True, related_name="notes")
    article = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, related_name="notes")
    claim = models.ForeignKey("reader.Claim", models.CASCADE, null=True, blank=True, related_name="notes")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    body = models.TextField(max_length=NOTE_LIMIT)
    html = models.TextField(editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    hidden_because = models.CharField(max_length=500, blank=True, editable=False)
    resolved_at = models.DateTimeField(null=True, blank=True, editable=False)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = NoteQuerySet.as_manager()

    class Meta(Scoped.Meta):
        ordering = ["created_at", "id"]
        constraints = [
            *Scoped.Meta.constraints,
            models.CheckConstraint(
                condition=Q(highlight__isnull=False, article__isnull=True, claim__isnull=True)
                | Q(highlight__isnull=True, article__isnull=False, claim__isnull=True)
                | Q(highlight__isnull=True, article__isnull=True, claim__isnull=False),
                name="note_is_on_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(resolved_at__isnull=True), name="only_a_thread_is_resolved"
            ),
        ]

    def __str__(self) -> str:
        return self.body[:80]

    def get_absolute_url(self) -> str:
        """The page of what it is written on."""
        on = self.highlight or self.article or self.claim
        return on.get_absolute_url() if on else ""

    @property
    def place(self) -> str:
        """Where it stands on that page: beside its passage, or among the notes."""
        return self.get_absolute_url() if self.highlight_id else f"{self.get_absolute_url()}#note-{self.pk}"

    @property
    def article_of_event(self) -> int | None:
        return self.highlight.article_id if self.highlight else self.article_id

    def rewrite(self, body: str, version: int, by: "User") -> None:
        """Replace the text, which must still be the one of `version`.

        Raises:
            StaleNote: it was changed meanwhile; nothing is saved.
        """
        with transaction.atomic():
            html, people = render_with_mentions(body, self, by, kept=self.mentions.values("person"))
            changed = Note.objects.filter(pk=self.pk, version=version).update(
                body=body, html=html, version=version + 1, changed_at=timezone.now()
            )
            if not changed:
                raise StaleNote(Note.objects.get(pk=self.pk))
            self.refresh_from_db()
            self.mention(people)
            record(by, "rewrote", self, article_id=self.article_of_event)

    def mention(self, people: "list[User]") -> None:
        """Call these people into the note, and nobody else."""
        self.mentions.exclude(person__in=people).delete()
        Mention.objects.bulk_create([Mention(note=self, person=one) for one in people], ignore_conflicts=True)

    def delete_by(self, by: "User") -> None:
        with transaction.atomic():
            if self.take_away():
                record(by, "deleted", self, article_id=self.article_of_event)

    def restore(self, by: "User") -> None:
        with transaction.atomic():
            if self.bring_back():
                record(by, "restored", self, article_id=self.article_of_event)

    def hide(self, because: str, by: "User") -> None:
        """Take the note from everyone's sight but its writer's."""
        with transaction.atomic():
            self.hidden_at, self.hidden_by, self.hidden_because = timezone.now(), by, because
            self.save(update_fields=["hidden_at", "hidden_by", "hidden_because"])
            record(by, "hid", self, article_id=self.article_of_event)

    def unhide(self, by: "User") -> None:
        with transaction.atomic():
            self.hidden_at, self.hidden_by, self.hidden_because = None, None, ""
            self.save(update_fields=["hidden_at", "hidden_by", "hidden_because"])
            record(by, "unhid", self, article_id=self.article_of_event)

    def resolve(self, by: "User") -> None:
        """Close the thread that this note began."""
        self.settle("resolved", by, timezone.now(), by)

    def reopen(self, by: "User") -> None:
        self.settle("reopened", by, None, None)

    def settle(self, verb: str, by: "User", at: datetime | None, resolved_by: "User | None") -> None:
        """Resolve the thread or open it again; what is so already stays as it is."""
        with transaction.atomic():
            let_ids_appear_in_order()
            changed = Note.objects.filter(pk=self.pk, resolved_at__isnull=at is not None).update(
                resolved_at=at, resolved_by=resolved_by
            )
            if changed:
                record(by, verb, self, article_id=self.article_of_event)


class Mention(models.Model):
    """Somebody who is called into a note by their handle."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "person"], name="a_note_mentions_a_person_once")]

    def __str__(self) -> str:
        return f"{self.person} in note {self.note_id}"


def write_note(on: Scoped, body: str, by: "User", parent: Note | None = None) -> Note:
    """Put a note on a highlight, an article or a claim; whoever sees that sees the note.

    On a public article or claim that is everyone, on a private one its owner alone.
    """
    target = {str(on._meta.model_name): on}
    with transaction.atomic():
        let_ids_appear_in_order()
        on.look_again()
        require_sight(by, on)
        html, people = render_with_mentions(body, on, by)
        note = Note.objects.create(
            **target,
            parent=parent,
            body=body,
            html=html,
            owner=by,
            team_id=on.team_id,
            visibility=on.visibility,
        )
        note.mention(people)
        record(by, "wrote", note, article_id=note.article_of_event)
    return note


def write_once(on: Scoped, body: str, by: "User", parent: Note | None = None) -> Note:
    """A note, or the one that says exactly this already: a form sent twice writes it once.

    Raises:
        GoneMeanwhile: the mark or the note to be answered is deleted.
    """
    with transaction.atomic():
        let_ids_appear_in_order()
        require_standing(on, parent)
        said = Note.objects.standing().filter(owner=by, parent=parent, body=body)
        kept: Note | None = said.filter(**{str(on._meta.model_name): on}).first()
        return kept or write_note(on, body, by, parent)


def require_standing(*things: Scoped | None) -> None:
    """Call it inside the transaction that writes: a deletion is an event too, so that none comes in between."""
    for thing in things:
        if (
            isinstance(thing, Deletable)
            and not type(thing)._default_manager.filter(pk=thing.pk, deleted_at=None).exists()
        ):
            raise GoneMeanwhile(thing)
