"""What is found: one row for each thing that can be, whatever table it lives in."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from reader.core.visibility import ScopedQuerySet, Visibility, visible_to

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


class Kind(models.TextChoices):
    ARTICLE = "article", "Article"
    HIGHLIGHT = "highlight", "Mark"
    NOTE = "note", "Note"
    CLAIM = "claim", "Claim"
    PERSON = "person", "Person"
    PUBLICATION = "publication", "Publication"
    TAG = "tag", "Tag"


#: What is found by its name: it has no date, and comes before all that has.
NAMED = (Kind.PERSON, Kind.PUBLICATION, Kind.TAG)

#: The order of kinds in an id, and its parts: seconds, the kind, the object.
CODES = {kind.value: code for code, kind in enumerate(Kind)}
KIND_BITS, OBJECT_BITS, SECOND_BITS = 3, 28, 32
KINDS = [kind.value for kind in Kind]


def id_of(kind: str, object_id: int, moment: datetime | None) -> int:
    """A key in the order of time: both databases give the newest of a thousand hits without looking at the rest.

    Two things of one kind and one second have different objects, and so different keys.
    """
    newest = (1 << SECOND_BITS) - 1
    seconds = newest if moment is None else min(max(0, int(moment.timestamp())), newest - 1)
    code = seconds << KIND_BITS | CODES[kind]
    return code << OBJECT_BITS | object_id & ((1 << OBJECT_BITS) - 1)


def kind_of(pk: int) -> str:
    return KINDS[pk >> OBJECT_BITS & (1 << KIND_BITS) - 1]


def moment_of(pk: int) -> datetime | None:
    """The time in a key, to the second; what is found by its name has none."""
    seconds = pk >> KIND_BITS + OBJECT_BITS
    return None if seconds == (1 << SECOND_BITS) - 1 else datetime.fromtimestamp(seconds, UTC)


def found_by(user: "AnyUser") -> Q:
    """What `user` may read, and in a place that they may read."""
    within = Q(within_team=None)
    if user.is_authenticated:
        within |= Q(within_owner=user.pk) | Q(within_team__in=user.team_ids)
    return visible_to(user) & within


class RecordQuerySet(ScopedQuerySet):
    def visible_to(self, user: "AnyUser") -> Self:
        return self.filter(found_by(user))


class SearchRecord(models.Model):
    """What can be found of one thing, by whom, and what it is narrowed by.

    Its folded words are beside it, in what each database looks for words in (`sqlite.py`, `postgresql.py`); triggers
    and cascades take them away with the row. Everything here is made anew from the thing (`indexing.refresh`).
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=11, choices=Kind)
    object_id = models.BigIntegerField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    team = models.ForeignKey("reader.Team", models.CASCADE, null=True, related_name="+")
    visibility = models.CharField(max_length=8, choices=Visibility)
    #: The team, if any, to which the place belongs that it stands in, and who owns that place: those see it there.
    within_team = models.BigIntegerField(null=True)
    within_owner = models.BigIntegerField(null=True)
    day = models.DateField(null=True)
    #: Of a claim, to compute its phase from.
    window_start = models.DateField(null=True)
    window_end = models.DateField(null=True)
    verdict = models.BigIntegerField(null=True)
    dispute = models.BigIntegerField(null=True)
    name = models.CharField(max_length=300, help_text="Of what is found by its name.")
    facets = models.TextField(help_text="What it can be narrowed by: its kinds, tags, authors, publication.")
    digest = models.BigIntegerField(null=True, help_text="Of its words: whether those that are kept are still these.")

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_search_record_per_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class SavedSearch(models.Model):
    """A question that a reader asks again: a shelf of its own, and a feed."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=80)
    text = models.CharField(max_length=500)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "saved searches"
        constraints = [models.UniqueConstraint(fields=["reader", "text"], name="a_search_is_saved_once")]

    def __str__(self) -> str:
        return self.name


class RecentSearch(models.Model):
    """What a reader looked for of late, to be asked again by one press; the newest few are kept."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recent_searches")
    text = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "recent searches"
        constraints = [models.UniqueConstraint(fields=["reader", "text"], name="a_recent_search_is_kept_once")]

    def __str__(self) -> str:
        return self.text[:80]


class SearchWord(models.Model):
    """A word that stands somewhere in the library: what a beginning or a slip of the key may have meant.

    `uses` is counted when everything is made anew, and only orders what is tried first. Words that nobody uses any
    more are harmless: what is shown is what is found with them.
    """

    word = models.CharField(max_length=64, primary_key=True)
    uses = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.word
