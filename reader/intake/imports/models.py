"""What a reader brings in at once: who, through which door, how far it is, and what came of each part."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from reader.core.access import may_share_with
from reader.core.events import let_ids_appear_in_order, record
from reader.core.limits import Deed, spend
from reader.core.refusals import Refused
from reader.core.visibility import Scope, Visibility
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.intake.parcels.models import Awaited

#: Work of which nothing was heard for so long has lost its worker for good, and can be begun again.
SILENCE = timedelta(minutes=20)
LONGEST_NAME = 300


class Door(models.TextChoices):
    FEED = "feed", "A feed"
    FEEDS = "feeds", "A list of feeds"
    MAIL = "mail", "Mails"
    EXPORT = "export", "Files"


class State(models.TextChoices):
    ASKED = "asked", "Waits for your yes"
    QUEUED = "queued", "Waiting for its turn"
    RUNNING = "running", "Coming in"
    DONE = "done", "Done"
    FAILED = "failed", "Not read"
    CANCELLED = "cancelled", "Stopped"
    TAKING = "taking", "Being taken back"
    TAKEN = "taken", "Taken back"


#: While it is one of these, a worker has it or will have it.
ACTIVE = (State.QUEUED, State.RUNNING)
#: So long as it is one of these, it has no end.
OPEN = (State.ASKED, *ACTIVE, State.TAKING)
#: From one of these it can be taken back.
ENDED = (State.DONE, State.FAILED, State.CANCELLED)


class Outcome(models.TextChoices):
    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    KNOWN = "known", "Here already"
    LEFT = "left", "Left out"
    FAILED = "failed", "Not brought in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the log: what it is, what came of it, and a sentence that says more."""

    name: str
    outcome: Outcome
    sentence: str = ""
    article: Article | None = None


class Import(models.Model):
    """Many things at once, on their way in. Seen by its owner alone; where the pieces go is `visibility_of_pieces`."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="imports")
    door = models.CharField(max_length=12, choices=Door)
    form = models.CharField("what kind of file it is", max_length=20, blank=True)
    source = models.CharField("the file's name, or the address", max_length=LONGEST_NAME)
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    #: How many things there are, where that is known before; else how far in the file it is tells the progress.
    total = models.PositiveIntegerField(null=True, blank=True)
    size = models.PositiveBigIntegerField("bytes of the file", default=0)
    place = models.PositiveBigIntegerField("where in the file it goes on", default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    taken_pieces = models.PositiveIntegerField("taken back", default=0)
    taken_marks = models.PositiveIntegerField("taken back", default=0)
    taken_addresses = models.PositiveIntegerField("that waited, taken back", default=0)
    to_take = models.PositiveIntegerField("pieces to be gone through when it is taken back", default=0)
    looked_at = models.PositiveIntegerField("of these", default=0)
    refusal = models.TextField("why nothing more could be read", blank=True)
    visibility_of_pieces = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)
    team_of_pieces = models.ForeignKey("reader.Team", models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField("last sign of life", default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at=None) | (~Q(state__in=OPEN) & Q(ended_at__isnull=False)),
                name="an_import_that_goes_on_has_no_end",
            )
        ]
        indexes = [models.Index(fields=["owner", "-asked_at", "-id"], name="import_by_recency")]

    def __str__(self) -> str:
        return self.source

    def get_absolute_url(self) -> str:
        return reverse("import-plan" if self.state == State.ASKED else "import", args=[self.pk])

    @property
    def done(self) -> int:
        return self.added + self.changed + self.known + self.left + self.failed

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def is_being_taken(self) -> bool:
        return self.state == State.TAKING

    @property
    def may_be_taken_back(self) -> bool:
        """Whether it is over, and something of what it made is left."""
        return self.state in ENDED and (self.made.exists() or self.still_awaited.exists())

    @property
    def still_awaited(self) -> "models.QuerySet[Awaited]":
        """The addresses it left whose text has not come."""
        return self.awaited.filter(Q(ended_at=None) | ~Q(refusal=""))

    @property
    def leads_to_feeds(self) -> bool:
        return self.door in (Door.FEED, Door.FEEDS)

    @property
    def is_lost(self) -> bool:
        """Whether the worker that had it seems to be gone."""
        return (self.is_active or self.is_being_taken) and timezone.now() - self.heard_at > SILENCE

    @property
    def percent(self) -> int | None:
        """How far it is; nothing where that cannot be told."""
        if self.state == State.DONE:
            return 100
        if self.is_being_taken:
            return min(100, round(100 * self.looked_at / self.to_take)) if self.to_take else None
        reached, whole = (self.done, self.total) if self.total else (self.place, self.size)
        return min(100, round(100 * reached / whole)) if whole else None

    @property
    def may_repeat(self) -> bool:
        """Whether there is something that a retry would do, and what it needs is still here."""
        if self.is_being_taken or self.state == State.TAKEN:
            return False
        unfinished = self.state in (State.FAILED, State.CANCELLED) or self.is_lost or self.failed > 0
        return (not self.is_active or self.is_lost) and unfinished and (not self.size or self.chunks.exists())

    @property
    def audience(self) -> tuple[str, int | None]:
        """Who sees the pieces: for the reader alone where the team is gone, or the reader may not write there now."""
        if self.visibility_of_pieces == Visibility.TEAM and not may_share_with(self.owner, self.team_of_pieces_id):
            return Visibility.PRIVATE, None
        return self.visibility_of_pieces, self.team_of_pieces_id

    @classmethod
    def begin(
        cls, reader: "User", door: Door, source: str, *, visibility: str = Visibility.PRIVATE, **known: Any
    ) -> Self:
        """Note that a reader brings something in; it runs once it is queued (`running.queue`).

        Raises:
            TooMany: the reader began many of late.
        """
        with transaction.atomic():
            spend(reader, Deed.IMPORT)
            made = cls.objects.create(
                owner=reader, door=door, source=source[:LONGEST_NAME], visibility_of_pieces=visibility, **known
            )
            made.tell("began", reader, door=str(door))
        return made

    def take_up(self) -> bool:
        """A worker has it now; answers whether it is still wanted."""
        taken = Import.objects.filter(pk=self.pk, state__in=ACTIVE)
        now = timezone.now()
        if not taken.update(state=State.RUNNING, heard_at=now):
            return False
        Import.objects.filter(pk=self.pk, started_at=None).update(started_at=now)
        self.refresh_from_db()
        return True

    def expect(self, total: int) -> None:
        """Say how many lines the log will have in the end."""
        self.total = total
        Import.objects.filter(pk=self.pk).update(total=total)

    def note(self, step: str, items: Iterable[Item], place: int | None = None) -> bool:
        """Write what came of one step, instead of what was written of it before; whether more is wanted.

        No event is written of it: what an item changes in the library says so itself.
        """
        key, rows = key_of(step), list(items)
        with transaction.atomic():
            change = self.forget_items(Q(step=key))
            for item in rows:
                change[item.outcome] = change.get(item.outcome, 0) + 1
            ImportItem.objects.bulk_create(
                ImportItem(
                    work=self,
                    step=key,
                    number=number,
                    name=item.name[:LONGEST_NAME],
                    outcome=item.outcome,
                    sentence=item.sentence,
                    article=item.article,
                )
                for number, item in enumerate(rows)
            )
            self.count(change, **({} if place is None else {"place": place}))
            return Import.objects.filter(pk=self.pk, state=State.RUNNING).exists()

    def count(self, change: dict[str, int], **more: Any) -> None:
        counted = {name: F(name) + by for name, by in change.items() if by}
        Import.objects.filter(pk=self.pk).update(heard_at=timezone.now(), **counted, **more)

    def forget_items(self, which: Q) -> dict[str, int]:
        """Delete lines of the log; answers by how much the counts change."""
        rows = self.items.filter(which)
        counts = dict(rows.order_by().values_list("outcome").annotate(count=models.Count("pk")))
        if counts:
            rows.delete()
        return {outcome: -count for outcome, count in counts.items()}

    def steps_done(self) -> set[str]:
        """The keys (`key_of`) of the steps that need not be taken again."""
        return set(self.items.values_list("step", flat=True))

    def finish(self) -> bool:
        """All of it was looked at; whether it was still going on."""
        return self.end("ended", State.DONE)

    def fail(self, refusal: str) -> bool:
        """Nothing more of it can be read; what came in stays."""
        return self.end("failed", State.FAILED, refusal=refusal)

    def cancel(self) -> bool:
        """Its owner wants no more of it; what came in stays."""
        return self.end("cancelled", State.CANCELLED)

    def end(self, verb: str, state: State, refusal: str = "") -> bool:
        with transaction.atomic():
            let_ids_appear_in_order()
            going = Import.objects.filter(pk=self.pk, state__in=ACTIVE)
            if not going.update(state=state, refusal=refusal, ended_at=timezone.now()):
                return False
            self.refresh_from_db()
            if state == State.DONE and not self.failed:
                self.chunks.all().delete()
            self.tell(verb, self.owner, added=self.added, failed=self.failed)
        return True

    def begin_again(self) -> None:
        """Wait for a worker once more: what failed and what was not reached is tried, the rest stays as it is.

        Raises:
            Refused: there is nothing to repeat, or it goes on.
        """
        with transaction.atomic():
            let_ids_appear_in_order()
            self.refresh_from_db()
            if not self.may_repeat:
                raise Refused("There is nothing to try again here.")
            failed = self.items.filter(outcome=Outcome.FAILED).values("step")
            self.count(self.forget_items(Q(step__in=list(failed.values_list("step", flat=True)))), place=0)
            Import.objects.filter(pk=self.pk).update(state=State.QUEUED, refusal="", ended_at=None)
            self.refresh_from_db()
            self.tell("began again", self.owner, door=self.door)

    def tell(self, verb: str, by: "User", **detail: Any) -> None:
        """Write the event, which is its owner's alone to know."""
        record(by, verb, self, scope=Scope(self.owner_id), **detail)


class ImportItem(models.Model):
    """A line of the log of an import."""

    work = models.ForeignKey(Import, models.CASCADE, related_name="items")
    step = models.CharField(max_length=32)
    number = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=LONGEST_NAME)
    outcome = models.CharField(max_length=7, choices=Outcome)
    sentence = models.TextField(blank=True)
    article = models.ForeignKey(Article, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "step", "number"], name="a_step_is_noted_once")]
        indexes = [models.Index(fields=["work", "outcome", "-id"], name="import_item_by_outcome")]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_outcome_display()}"


class ImportChunk(models.Model):
    """A part of a file that was handed in: in the database, where every worker on every machine finds it."""

    work = models.ForeignKey(Import, models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["work", "number"], name="chunks_are_numbered")]

    def __str__(self) -> str:
        return f"{self.work}, part {self.number}"


def key_of(step: str) -> str:
    """A step's name, however long, as the log keeps it."""
    return hashlib.blake2b(step.encode("utf-8", "replace"), digest_size=16).hexdigest()
