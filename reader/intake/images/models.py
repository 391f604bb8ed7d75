"""Pictures of pieces: which address a text shows, and what of it is kept here."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from reader.core.outside import LONGEST_ADDRESS
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.intake.images.drawing import Drawn

#: More are no pictures of one piece.
MOST_OF_A_PIECE = 200
#: What a worker has in hand, another does not ask for; if it is killed, the picture is asked for again after this.
IN_HAND = timedelta(minutes=5)
#: How long a picture waits after each attempt that may yet succeed; after the last it is given up.
BACK_OFF = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))
#: So long nothing is thrown away: a worker may be about to use it.
GRACE = timedelta(days=1)
GIVEN_UP = "It was asked for several times, and nothing came."


class State(models.TextChoices):
    WAITING = "waiting", "On its way"
    HERE = "here", "Here"
    COUNTER = "counter", "Only counted who reads"
    FAILED = "failed", "Not brought in"


class Image(models.Model):
    """What a picture shows, drawn anew here, and known by its content: two pieces with the same share it."""

    sha256 = models.CharField(max_length=64, unique=True)
    data = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    kept_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.sha256[:12]}, {self.width} × {self.height}"

    @classmethod
    def keep(cls, drawn: "Drawn") -> Self:
        known = {"data": drawn.data, "width": drawn.width, "height": drawn.height}
        image, _ = cls.objects.defer("data").get_or_create(sha256=drawn.sha256, defaults=known)
        return image

    @classmethod
    def forget_unused(cls) -> None:
        """Throw away what no piece shows any more."""
        used = ArticleImage.objects.filter(image=OuterRef("pk"))
        cls.objects.filter(~Exists(used), kept_at__lt=timezone.now() - GRACE).defer("data").delete()


class ArticleImageQuerySet(models.QuerySet["ArticleImage"]):
    def due(self) -> Self:
        return self.filter(state=State.WAITING, ask_at__lte=timezone.now())

    def give_up_on_killers(self) -> None:
        """End what was taken in hand again and again by workers of which nothing was heard."""
        for one in self.due().filter(tries__gt=len(BACK_OFF)):
            one.refuse(GIVEN_UP)

    def take(self, most: int) -> "list[ArticleImage]":
        """Some that are due, for this worker alone: many that nobody asked for yet, else one by itself.

        A file that kills whoever opens it takes no other picture along a second time.
        """
        with transaction.atomic():
            due = self.due().select_for_update(skip_locked=True, of=("self",))
            found = list(due.filter(tries=0).order_by("ask_at", "pk")[:most])
            found = found or list(due.order_by("ask_at", "pk")[:1])
            taken = ArticleImage.objects.filter(pk__in=[one.pk for one in found])
            taken.update(ask_at=timezone.now() + IN_HAND, tries=F("tries") + 1)
        for one in found:
            one.tries += 1
        return found


class ArticleImage(models.Model):
    """A picture that some text of a piece shows, by its address elsewhere. Whoever reads the piece sees it.

    Each piece has its own, even where another has one of the same address: one that is here at once would tell that
    somebody else reads what shows it.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="images")
    address = models.TextField()
    key = models.CharField("hash of the address", max_length=64, editable=False)
    image = models.ForeignKey(Image, models.PROTECT, null=True, blank=True, related_name="uses")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    sentence = models.TextField("why it did not come", blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    ask_at = models.DateTimeField(default=timezone.now)

    objects = ArticleImageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="a_piece_shows_an_address_once"),
            models.CheckConstraint(
                condition=Q(state=State.HERE, image__isnull=False) | (~Q(state=State.HERE) & Q(image=None)),
                name="a_picture_is_here_exactly_when_it_is_kept",
            ),
        ]
        indexes = [
            models.Index(fields=["ask_at"], condition=Q(state=State.WAITING), name="image_to_be_asked_for"),
        ]

    def __str__(self) -> str:
        return self.address

    @classmethod
    def expect(cls, article_id: int, addresses: Iterable[str]) -> bool:
        """Note what a text of a piece shows; whether there is anything to be asked for."""
        wanted = [address for address in dict.fromkeys(addresses) if len(address) <= LONGEST_ADDRESS]
        made = [cls(article_id=article_id, address=one, key=key_of(one)) for one in wanted[:MOST_OF_A_PIECE]]
        cls.objects.bulk_create(made, ignore_conflicts=True)
        return bool(made)

    def receive(self, drawn: "Drawn") -> None:
        """It came: from now on it is shown."""
        with transaction.atomic():
            self.end(state=State.HERE, image=Image.keep(drawn), sentence="")

    def drop(self) -> None:
        """It shows nothing, and only told its sender that somebody reads."""
        self.end(state=State.COUNTER)

    def refuse(self, sentence: str) -> None:
        """It is not brought in, and nobody need ask again."""
        self.end(state=State.FAILED, sentence=sentence)

    def put_off(self, sentence: str) -> None:
        """It did not come this time."""
        if self.tries > len(BACK_OFF):
            self.refuse(sentence or GIVEN_UP)
            return
        again_at = timezone.now() + BACK_OFF[self.tries - 1]
        self.waiting().update(ask_at=again_at, sentence=sentence)

    def let_go(self) -> None:
        """It was taken and not asked for: its turn comes again."""
        self.waiting().update(ask_at=timezone.now(), tries=F("tries") - 1)

    def end(self, **outcome: object) -> None:
        """Write down what came of it, once; the pages of the piece are other ones then."""
        with transaction.atomic():
            if self.waiting().update(**outcome):
                Article.objects.filter(pk=self.article_id).update(images_at=timezone.now())

    def waiting(self) -> models.QuerySet["ArticleImage"]:
        return ArticleImage.objects.filter(pk=self.pk, state=State.WAITING)


def key_of(address: str) -> str:
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()
