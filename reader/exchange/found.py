"""What a saved search finds, as an Atom feed: an entry is a thing that is found, the newest first."""

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from reader.exchange.feed import MOST, VerdictFeed, speakable, tag_of
from reader.search.language import parse
from reader.search.models import SavedSearch, moment_of
from reader.search.queries import find, hits_of

if TYPE_CHECKING:
    from reader.accounts.models import User


def feed_of(saved: SavedSearch, reader: "User", address: str) -> bytes:
    """The feed that stands at `address`, of what `reader` may see at this moment."""
    query = parse(saved.text)
    feed = VerdictFeed(
        title=speakable(f"Forecite: {saved.name}"),
        link=f"{settings.SITE_URL}{reverse('search')}?{urlencode({'q': saved.text})}",
        description=speakable(f"What a search finds: {saved.text}"),
        subtitle=speakable(f"What a search finds: {saved.text}"),
        author_name="Forecite",
        feed_url=f"{settings.SITE_URL}{address}",
        feed_guid=tag_of(f"searches/{saved.pk}"),
    )
    found = find(query, reader, timezone.localdate(), newest=True, literally=True)
    for row, hit in hits_of(found.rows[:MOST], reader):
        at = moment_of(row.pk) or datetime.combine(date(2020, 1, 1), time(), UTC)
        feed.add_item(
            title=speakable(hit.title[:300]),
            link=f"{settings.SITE_URL}{hit.address}",
            description=speakable(" · ".join(hit.facts)),
            unique_id=tag_of(f"found/{row.kind}/{row.object_id}"),
            pubdate=at,
            updateddate=at,
        )
    return bytes(feed.writeString("utf-8"), "utf-8")
