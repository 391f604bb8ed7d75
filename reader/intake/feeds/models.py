"""The feeds that readers follow, and what was seen in each."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timeuntil

from reader.core.access import may_share_with
from reader.core.events import let_ids_appear_in_order, record
from reader.core.visibility import Scope, Visibility
from reader.intake.feeds.documents import Entry
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.accounts.models import User

LONGEST_URL = 2000
LONGEST_TITLE = 300
#: For so long what was removed can be brought back.
UNDOABLE = timedelta(days=1)


class FeedQuerySet(models.QuerySet["Feed"]):
    def followed(self) -> "FeedQuerySet":
        return self.filter(removed_at=None)

    def due(self) -> "FeedQuerySet":
        return self.followed().filter(paused_at=None, next_at__lte=timezone.now()).order_by("next_at")


class Feed(models.Model):
    """A feed as one reader follows it.

    Never shared with others who follow the same: its address may hold a secret, as those of paid newsletters do.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feeds")
    url = models.CharField(max_length=LONGEST_URL)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    site = models.CharField(max_length=LONGEST_URL, blank=True)
    folder = models.CharField(max_length=200, blank=True)
    visibility_of_pieces = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)
    team_of_pieces = models.ForeignKey("reader.Team", models.SET_NULL, null=True, blank=True, related_name="+")
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    digest = models.CharField("of the answer that was read last", max_length=32, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    polled_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(default=timezone.now)
    newest_at = models.DateTimeField("when it last brought something", null=True, blank=True)
    failures = models.PositiveIntegerField("in a row", default=0)
    refusal = models.TextField("why the last poll failed", blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.TextField("why it was paused, where its reader did not say so", blank=True)
    moved_to = models.CharField(max_length=LONGEST_URL, blank=True)
    moved_count = models.PositiveSmallIntegerField("how often it said so", default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "url"], name="a_feed_is_followed_once")]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(removed_at=None, paused_at=None), name="feed_that_is_due")
        ]

    def __str__(self) -> str:
        return self.title or self.url

    def get_absolute_url(self) -> str:
        return reverse("feed", args=[self.pk])

    @property
    def audience(self) -> tuple[str, int | None]:
        """Who sees its pieces: the reader alone where the team is gone, or the reader may not write there any more."""
        if self.visibility_of_pieces == Visibility.TEAM and not may_share_with(self.owner, self.team_of_pieces_id):
            return Visibility.PRIVATE, None
        return self.visibility_of_pieces, self.team_of_pieces_id

    @property
    def asked_next(self) -> str:
        """When it is asked next, in words."""
        left = self.next_at - timezone.now()
        if left <= timedelta(0):
            return "Asked soon"
        return f"Next asked in {timeuntil(self.next_at) if left >= timedelta(minutes=1) else 'less than a minute'}"

    def pause(self, by: "User | None", reason: str = "") -> bool:
        """Ask it no more until somebody says so; whether it was asked."""
        return self.turn("paused", by, Q(paused_at=None), paused_at=timezone.now(), pause_reason=reason)

    def resume(self, by: "User") -> bool:
        fresh = {"paused_at": None, "pause_reason": "", "failures": 0, "refusal": "", "next_at": timezone.now()}
        return self.turn("resumed", by, Q(paused_at__isnull=False), **fresh)

    def ask_again(self, by: "User") -> bool:
        """Ask it now: one that is paused begins anew, one that failed does not wait for its turn."""
        if self.paused_at:
            return self.resume(by)
        waits = Q(paused_at=None, failures__gt=0, next_at__gt=timezone.now())
        return self.turn("asked again", by, waits, next_at=timezone.now())

    def remove(self, by: "User") -> bool:
        """Follow it no more; its pieces stay. For a day it can be brought back."""
        return self.turn("removed", by, Q(removed_at=None), removed_at=timezone.now())

    def bring_back(self, by: "User") -> bool:
        return self.turn("brought back", by, Q(removed_at__isnull=False), removed_at=None, next_at=timezone.now())

    def turn(self, verb: str, by: "User | None", only: Q, **change: Any) -> bool:
        """Change what it is, and write the event, if it still is as it was."""
        with transaction.atomic():
            let_ids_appear_in_order()
            if not Feed.objects.filter(only, pk=self.pk).update(**change):
                return False
            record(by, verb, self, scope=Scope(self.owner_id))
            self.refresh_from_db()
        return True

    def keep(self, **values: Any) -> None:
        """Write what a poll found out."""
        for name, value in values.items():
            setattr(self, name, value)
        Feed.objects.filter(pk=self.pk).update(**values)


class EntryState(models.TextChoices):
    BROUGHT = "brought", "Added"
    KNOWN = "known", "Here already"
    WAITING = "waiting", "Its text is fetched next"
    EARLIER = "earlier", "From before you followed it"
    FAILED = "failed", "Not brought in"
    LEFT = "left", "Left out by a rule"


class FeedEntry(models.Model):
    """A piece that was seen in a feed, and what came of it."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="entries")
    key = models.CharField("what tells it apart", max_length=32)
    digest = models.CharField("of what the feed said of it last", max_length=32)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    url = models.CharField(max_length=LONGEST_URL, blank=True)
    state = models.CharField(max_length=8, choices=EntryState)
    sentence = models.TextField(blank=True)
    article = models.ForeignKey(Article, models.SET_NULL, null=True, blank=True, related_name="+")
    published_as_said = models.CharField(max_length=60, blank=True)
    said = models.JSONField("all of it, while its page is to be fetched", null=True, blank=True)
    ask_at = models.DateTimeField("when its page is to be fetched", null=True, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField("when it was edited last", null=True, blank=True)

    class Meta:
        verbose_name_plural = "feed entries"
        constraints = [models.UniqueConstraint(fields=["feed", "key"], name="an_entry_is_seen_once")]
        indexes = [
            models.Index(fields=["feed", "-id"], name="feed_entry_by_recency"),
            models.Index(fields=["ask_at"], condition=Q(ask_at__isnull=False), name="feed_entry_that_waits"),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    @classmethod
    def of(cls, feed: Feed, entry: Entry, **more: Any) -> "FeedEntry":
        """The row of an entry, not saved."""
        return cls(
            feed=feed,
            key=entry.key,
            digest=entry.digest,
            title=entry.title[:LONGEST_TITLE],
            url=entry.url[:LONGEST_URL],
            published_as_said=entry.published_as_said,
            **more,
        )
