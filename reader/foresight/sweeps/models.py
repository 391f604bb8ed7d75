"""A sweep, the pieces that it goes through, and the sentences that it found in them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from reader.core.events import let_ids_appear_in_order, record
from reader.core.limits import Deed, spend
from reader.core.refusals import Refused
from reader.core.visibility import Scope
from reader.foresight.models import KEY_LENGTH, Suggestion
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.accounts.models import User

#: More at once nobody goes through; the worker would be busy for minutes.
MOST_PIECES = 5_000
#: Of which nothing was heard for so long has lost its worker for good, and can be begun again.
SILENCE = timedelta(minutes=20)
LONGEST_TITLE, LONGEST_CHOICE = 200, 1_000


class State(models.TextChoices):
    QUEUED = "queued", "Waiting for a worker"
    RUNNING = "running", "Being looked through"
    DONE = "done", "Looked through"
    CANCELLED = "cancelled", "Stopped"


#: While it is one of these, a worker has it or will have it.
ACTIVE = (State.QUEUED, State.RUNNING)


class Outcome(models.TextChoices):
    """What came of one piece."""

    WAITING = "", "Still to come"
    FOUND = "found", "Some sentences look like predictions"
    NOTHING = "nothing", "None does"
    FOREIGN = "foreign", "Not in English"
    LEFT = "left", "Not for this reader to mark, or its team wants no suggestions"
    FAILED = "failed", "Could not be looked through"


class Sweep(models.Model):
    """Many pieces to be looked through for one reader, who alone sees it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sweeps")
    title = models.CharField("what the pieces have in common", max_length=LONGEST_TITLE)
    choice = models.CharField("what they were chosen by, as a query", max_length=LONGEST_CHOICE, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    asked_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField("last sign of life", default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField("taken from the list", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ACTIVE, ended_at=None) | (~Q(state__in=ACTIVE) & Q(ended_at__isnull=False)),
                name="a_sweep_that_goes_on_has_no_end",
            )
        ]
        indexes = [models.Index(fields=["owner", "-asked_at", "-id"], name="sweep_by_recency")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("sweep", args=[self.pk])

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def is_lost(self) -> bool:
        """Whether the worker that had it seems to be gone."""
        return self.is_active and timezone.now() - self.heard_at > SILENCE

    @property
    def may_repeat(self) -> bool:
        return not self.is_active or self.is_lost

    @classmethod
    def begin(cls, reader: "User", title: str, choice: str, pieces: Iterable[int]) -> Self:
        """Note that a reader wants these pieces looked through; it runs once it is queued (`running.queue`).

        Raises:
            TooMany: the reader began many of late.
        """
        with transaction.atomic():
            spend(reader, Deed.SWEEP)
            made = cls.objects.create(owner=reader, title=title[:LONGEST_TITLE], choice=choice)
            made.take_in(pieces)
            made.tell("began", reader)
        return made

    def take_in(self, pieces: Iterable[int]) -> None:
        """Go through these pieces too, or once more."""
        SweptPiece.objects.bulk_create(
            [SweptPiece(sweep=self, article_id=pk) for pk in pieces], batch_size=500, ignore_conflicts=True
        )

    def take_up(self) -> bool:
        """A worker has it now; answers whether it is still wanted."""
        wanted = Sweep.objects.filter(pk=self.pk, state__in=ACTIVE, removed_at=None)
        return bool(wanted.update(state=State.RUNNING, heard_at=timezone.now()))

    def is_wanted(self) -> bool:
        """Whether the worker is to go on; says that it is alive."""
        going = Sweep.objects.filter(pk=self.pk, state=State.RUNNING, removed_at=None)
        return bool(going.update(heard_at=timezone.now()))

    def finish(self) -> bool:
        """All of the pieces were looked through; whether it was still going on."""
        return self.end("ended", State.DONE)

    def cancel(self) -> bool:
        """Its owner wants no more of it; what was found stays."""
        return self.end("cancelled", State.CANCELLED)

    def end(self, verb: str, state: State) -> bool:
        with transaction.atomic():
            let_ids_appear_in_order()
            if not Sweep.objects.filter(pk=self.pk, state__in=ACTIVE).update(state=state, ended_at=timezone.now()):
                return False
            self.refresh_from_db()
            self.tell(verb, self.owner)
        return True

    def begin_again(self, pieces: Iterable[int]) -> None:
        """Wait for a worker once more: what came in since is looked through, and what may have changed.

        Raises:
            Refused: it goes on already.
        """
        with transaction.atomic():
            let_ids_appear_in_order()
            self.refresh_from_db()
            if not self.may_repeat:
                raise Refused("These pieces are being looked through already.")
            self.take_in(pieces)
            self.pieces.update(outcome=Outcome.WAITING)
            Sweep.objects.filter(pk=self.pk).update(state=State.QUEUED, heard_at=timezone.now(), ended_at=None)
            self.tell("began again", self.owner)

    def remove(self) -> None:
        """Take it from the list of its reader; what they answered stays answered."""
        self.be_removed("removed", timezone.now())

    def bring_back(self) -> None:
        self.be_removed("restored", None)

    def be_removed(self, verb: str, when: Any) -> None:
        with transaction.atomic():
            let_ids_appear_in_order()
            if Sweep.objects.filter(pk=self.pk, removed_at__isnull=when is not None).update(removed_at=when):
                self.tell(verb, self.owner)

    def tell(self, verb: str, by: "User") -> None:
        """Write the event, which is its owner's alone to know."""
        record(by, verb, self, scope=Scope(self.owner_id))


class SweptPiece(models.Model):
    """A piece that a sweep goes through, and what came of it."""

    sweep = models.ForeignKey(Sweep, models.CASCADE, related_name="pieces")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=7, choices=Outcome, default=Outcome.WAITING, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sweep", "article"], name="a_piece_is_swept_once")]
        indexes = [models.Index(fields=["sweep", "outcome", "id"], name="swept_piece_by_outcome")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.get_outcome_display()}"


class Wording(models.Model):
    """Sentences of a sweep that say the same in similar words; of most there is one."""

    sweep = models.ForeignKey(Sweep, models.CASCADE, related_name="wordings")
    best = models.FloatField("the highest probability among them")

    class Meta:
        indexes = [models.Index(fields=["sweep", "-best", "-id"], name="wording_by_likelihood")]

    def __str__(self) -> str:
        return f"Wording {self.pk} of {self.sweep_id}"


class Finding(models.Model):
    """A sentence that looks like a prediction, in one of the pieces.

    Where it stands is what its suggestion says, which goes and comes again with the text and the model.
    """

    sweep = models.ForeignKey(Sweep, models.CASCADE, related_name="findings")
    wording = models.ForeignKey(Wording, models.CASCADE, related_name="findings")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    suggestion = models.ForeignKey(Suggestion, models.SET_NULL, null=True, related_name="+")
    key = models.CharField(max_length=KEY_LENGTH)
    words = models.TextField()
    score = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sweep", "article", "key"], name="a_sentence_is_found_once_in_a_sweep")
        ]

    def __str__(self) -> str:
        return self.words


def follow(article: Article, found: Iterable[Suggestion]) -> None:
    """Let the findings of a piece that was looked through anew be about the suggestions that it has now."""
    now = {one.key: one for one in found}
    lost = list(Finding.objects.filter(article=article, key__in=now)) if now else []
    for finding in lost:
        finding.suggestion = now[finding.key]
        finding.score = now[finding.key].score
    Finding.objects.bulk_update(lost, ["suggestion", "score"], batch_size=200)
    likeliest = Finding.objects.filter(wording__in={one.wording_id for one in lost}).values_list("wording")
    for wording, best in likeliest.annotate(models.Max("score")):
        Wording.objects.filter(pk=wording).update(best=best)
