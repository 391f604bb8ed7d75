"""What is read: publications, people, articles and their texts."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from reader.anchoring import Ways
from reader.core import names
from reader.core.access import require_change_still
from reader.core.events import let_ids_appear_in_order, record
from reader.core.refusals import Refused
from reader.core.visibility import InScope, Scoped, ScopedQuerySet, Visibility, scope_of, unique_in_scope
from reader.library.precision import Precision, day_of, in_words, latest_day
from reader.library.refusals import SameText, TextCame
from reader.tags.models import Tag, fold, tags_named

if TYPE_CHECKING:
    from reader.accounts.models import User

WORDS_PER_MINUTE = 230
KEY_LENGTH = 600


class Publication(Scoped):
    """A newsletter, blog, paper, podcast or memo series."""

    name = models.CharField(max_length=200)
    key = models.CharField(max_length=KEY_LENGTH, editable=False)
    slug = models.SlugField(max_length=80, unique=True)

    objects = ScopedQuerySet.as_manager()

    class Meta(Scoped.Meta):
        constraints = [*Scoped.Meta.constraints, *unique_in_scope("key", "publication")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("publication", args=[self.slug])


class Person(Scoped):
    """An author or a speaker: a person, an organisation or an unnamed source."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        ORGANISATION = "organisation", "Organisation"
        UNNAMED = "unnamed", "Unnamed source"

    name = models.CharField(max_length=200)
    key = models.CharField(max_length=KEY_LENGTH, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERSON)
    aliases = models.JSONField(default=list, blank=True)
    #: Whose account it is by the `Identification` that stands: a pointer, which `identifying` keeps.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="people", editable=False
    )

    objects = ScopedQuerySet.as_manager()

    class Meta(Scoped.Meta):
        verbose_name_plural = "people"
        constraints = [*Scoped.Meta.constraints, *unique_in_scope("key", "person")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.slug])


Named = TypeVar("Named", Publication, Person)


def find_or_make(model: type[Named], name: str, scope: InScope, **more: Any) -> Named:
    """The publication or person of this name that all who see `scope` see too, made in that scope where missing.

    Call it inside a transaction.
    """
    name = " ".join(name.split())[:200]
    among = scope_of(scope) | Q(visibility=Visibility.PUBLIC)
    return names.find_or_make(model, name, fold(name)[:KEY_LENGTH], scope, among, **more)


class Foresight(models.TextChoices):
    """What is known of the predictions in a piece's newest text."""

    UNREAD = "", "Not read yet"
    ASKED = "asked", "Waits for the worker"
    AGAIN = "again", "Waits for the worker, with what another model found"
    FOUND = "found", "Some sentences look like predictions"
    NOTHING = "nothing", "None does"
    FOREIGN = "foreign", "Not in English"
    STALE = "stale", "Read by another model than the one that stands now"


def minutes_for(words: int) -> int:
    """Reading time."""
    return max(1, round(words / WORDS_PER_MINUTE))


class Article(Scoped):
    """One piece. Its text is the newest of its revisions."""

    class Audience(models.TextChoices):
        EVERYONE = "everyone", "Everyone"
        ONLY_PAID = "only_paid", "Paying subscribers"
        UNKNOWN = "unknown", "Not known"

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=500, blank=True)
    publication = models.ForeignKey(Publication, models.SET_NULL, null=True, blank=True, related_name="articles")
    authors = models.ManyToManyField(Person, through="Authorship", related_name="articles")
    canonical_url = models.URLField(max_length=1000, null=True, blank=True)  # noqa: DJ001  (unique where it is known)
    published = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    #: The date that its source tells and that cannot be meant: 2031, 2031-05 or 2031-05-17. It has none until somebody
    #: who may change it says so.
    doubted_date = models.CharField(max_length=10, blank=True)
    audience = models.CharField(max_length=9, choices=Audience, default=Audience.UNKNOWN)
    truncated = models.BooleanField(null=True, help_text="Whether this is a preview; empty where nobody knows.")
    truncation_evidence = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=12, default="en")
    platform = models.CharField(max_length=20, blank=True)
    words = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)
    #: When its newest text came, where that is not its first: a page of a piece that never changed asks no more.
    revised_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: When a picture of it came, or was known not to come: its pages are other ones then.
    images_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: How far the search for predictions is with its newest text: the page of a piece without any asks no more.
    foresight = models.CharField(max_length=8, choices=Foresight, default=Foresight.UNREAD, blank=True, editable=False)
    foresight_at = models.DateTimeField(null=True, blank=True, editable=False)
    tags = models.ManyToManyField(Tag, related_name="articles", blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta(Scoped.Meta):
        constraints = [
            *Scoped.Meta.constraints,
            *unique_in_scope("canonical_url", "article"),
            models.CheckConstraint(
                condition=Q(published__isnull=True, published_precision="")
                | (Q(published__isnull=False) & ~Q(published_precision="")),
                name="published_has_a_precision",
            ),
            models.CheckConstraint(
                condition=Q(published__isnull=True) | Q(doubted_date=""), name="a_date_is_published_or_doubted"
            ),
        ]
        indexes = [
            models.Index(fields=["-added_at", "-id"], name="article_by_arrival"),
            models.Index(fields=["-published", "-id"], name="article_by_date"),
            models.Index(fields=["publication", "-added_at", "-id"], name="article_of_publication"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    @property
    def minutes(self) -> int:
        return minutes_for(self.words)

    @property
    def published_in_words(self) -> str:
        """The published date, as exactly as it is known."""
        return in_words(self.published, self.published_precision) if self.published else ""

    @property
    def doubted_in_words(self) -> str:
        """The date that cannot be meant, as it was told."""
        return in_words(*day_of(self.doubted_date)) if self.doubted_date else ""

    @property
    def said_no_later_than(self) -> date | None:
        """The last day on which this can have been published."""
        return latest_day(self.published, self.published_precision) if self.published else None

    def label(self, names: list[str], by: "User", scope: InScope) -> None:
        """Set the tags of one scope (the article's own, or a reader's); those of others stay."""
        with transaction.atomic():
            let_ids_appear_in_order()
            wanted, worn = {*tags_named(names, scope)}, {*self.tags.filter(scope_of(scope))}
            if wanted == worn:
                return
            self.tags.remove(*(worn - wanted))
            self.tags.add(*(wanted - worn))
            record(by, "tagged", self, article_id=self.pk, scope=scope, tags=names)

    def foresee(self, text: "Text") -> None:
        """Work out what `revise` would need. Call it before the lock is taken, for with long texts it takes seconds."""
        for scout in SCOUTS:
            scout(self, text)

    def revise(self, text: "Text", by: "User | None", upon: int | None = None) -> "Revision":
        """Give the article a new newest text; what hangs on the old one is carried to it.

        `upon` is the number of the text that it was looked through against, where somebody did.

        Raises:
            Refused: it is the text that is there already, or there is nothing in it to read; nothing is saved.
            TextCame: the newest text is another than `upon`; nothing is saved.
        """
        with transaction.atomic():
            let_ids_appear_in_order()  # two texts at once come one after the other
            before = self.revisions.defer("raw").order_by("number").last()
            if before:
                self.look_again()
                if by:
                    require_change_still(by, self)
                before.refuse_to_become(text, upon)
            revision = text.as_revision(self, before.number + 1 if before else 1, by)
            self.words, self.revised_at = text.words, revision.created_at if before else None
            self.save(update_fields=["words", "revised_at"])
            record(by, "revised", self, article_id=self.pk, revision=revision.pk)
            if before:
                for carry in CARRIERS:
                    carry(before, revision, by)
            for watch in WATCHERS:
                watch(revision)
        return revision


class Authorship(models.Model):
    """An author's place in the line of authors."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="authorships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="authorships")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["article", "person"], name="an_author_signs_once")]

    def __str__(self) -> str:
        return f"{self.person} wrote {self.article}"


QUOTES = "quotes"  # the source kind of a text that is made of marked passages alone


@dataclass(frozen=True, slots=True)
class Text:
    """A text on its way to being a revision: canonical HTML, its plain text, and the input it was made of."""

    html: str
    text: str
    raw: str
    source_kind: str
    #: Where passages of older texts go in it, as far as that is known: what was foreseen is not worked out again.
    ways: Ways = field(default_factory=Ways, repr=False, compare=False)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.html.encode()).hexdigest()

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def says_something(self) -> bool:
        """Whether there is a letter or a digit in it."""
        return any(map(str.isalnum, self.text))

    def as_revision(self, article: Article, number: int, by: "User | None") -> "Revision":
        own = {name: getattr(self, name) for name in ("html", "text", "sha256", "words", "source_kind", "raw")}
        revision = Revision.objects.create(article=article, number=number, created_by=by, **own)
        revision.ways = self.ways
        return revision


class RevisionQuerySet(models.QuerySet["Revision"]):
    def update(self, **values: object) -> int:
        raise TypeError("A revision never changes; a new text is a new revision.")


class Revision(models.Model):
    """One immutable text of an article. Selectors point into `text`, a browser's `textContent` of `html`."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    html = models.TextField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    words = models.PositiveIntegerField()
    source_kind = models.CharField(max_length=20)
    raw = models.TextField(help_text="What came in, as it came.")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    #: Of one that comes just now, those of its text.
    ways: Ways | None = None

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revisions_are_numbered")]
        indexes = [models.Index(fields=["sha256"], name="revision_by_content")]

    def __str__(self) -> str:
        return f"{self.article}, revision {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A revision never changes; a new text is a new revision.")
        super().save(*args, **kwargs)

    def refuse_to_become(self, text: Text, upon: int | None) -> None:
        if not text.says_something:
            raise Refused("There are no words in this text, so the one that is here stays.")
        if text.sha256 == self.sha256:
            raise SameText
        if upon not in (None, self.number):
            raise TextCame


#: Who takes along what hangs on a text when another comes, in the same transaction (`reader/revising.py` names them).
CARRIERS: "list[Callable[[Revision, Revision, User | None], None]]" = []

#: Who works out beforehand what a text that is about to come means for what they take along.
SCOUTS: "list[Callable[[Article, Text], None]]" = []

#: Who looks at every new text, a piece's first one too, in the same transaction.
WATCHERS: "list[Callable[[Revision], None]]" = []


class Reading(models.Model):
    """How far a reader is in an article."""

    class State(models.TextChoices):
        UNREAD = "unread", "Unread"
        READING = "reading", "Reading"
        FINISHED = "finished", "Finished"
        ARCHIVED = "archived", "Archived"

    article = models.ForeignKey(Article, models.CASCADE, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="readings")
    state = models.CharField(max_length=8, choices=State, default=State.UNREAD)
    position = models.PositiveIntegerField(default=0, help_text="The code point of the text at the top of the window.")
    #: The furthest that was read, wherever the reader is now.
    percent = models.PositiveSmallIntegerField(default=0, validators=[MinValueValidator(0), MaxValueValidator(100)])
    read_at = models.DateTimeField(default=timezone.now)
    seen_event = models.BigIntegerField(default=0, help_text="The last event in the piece that the reader has seen.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "article"], name="one_reading_per_reader"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="percent_is_at_most_all"),
        ]
        indexes = [models.Index(fields=["reader", "state", "-read_at"], name="reading_by_recency")]

    def __str__(self) -> str:
        return f"{self.reader} has read {self.percent} % of {self.article}"
