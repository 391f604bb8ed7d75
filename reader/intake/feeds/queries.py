"""What a reader sees of their feeds."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from reader.core.paging import Order, page_of, parse_count
from reader.intake.feeds.models import Feed, FeedEntry
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.accounts.models import User

BY_ARRIVAL = Order("id", parse_count, descending=True)


@dataclass(frozen=True, slots=True)
class Polls:
    """How the polling of one reader's feeds goes."""

    followed: int
    asked: int
    failing: int
    paused: int


def polls_of(reader: "User") -> Polls:
    counts = {
        "followed": Count("pk"),
        "asked": Count("pk", filter=Q(polled_at__gte=timezone.now() - timedelta(hours=1))),
        "failing": Count("pk", filter=Q(paused_at=None, failures__gt=0)),
        "paused": Count("pk", filter=Q(paused_at__isnull=False)),
    }
    return Polls(**Feed.objects.followed().filter(owner=reader).aggregate(**counts))


def feeds_of(reader: "User") -> "QuerySet[Feed]":
    pieces = Count("entries", filter=Q(entries__article__isnull=False))
    return Feed.objects.followed().filter(owner=reader).annotate(pieces=pieces).order_by("folder", Lower("title"), "pk")


def entries_page(feed: Feed, reader: "User", cursor: str = "") -> tuple[list[tuple[FeedEntry, Article | None]], str]:
    """The entries that were seen last, each with its piece where the reader may see it now."""
    page = page_of(feed.entries.defer("said"), BY_ARRIVAL, cursor)
    seen = Article.objects.visible_to(reader).in_bulk({row.article_id for row in page.rows if row.article_id})
    return [(row, seen.get(row.article_id or 0)) for row in page.rows], page.next
