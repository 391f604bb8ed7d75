"""Bringing in a piece from before its feed was followed: as the feed tells it, or from its page."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from reader.core.events import let_ids_appear_in_order
from reader.core.limits import Deed, spend
from reader.intake.feeds.asking import Failure, ask_for_feed
from reader.intake.feeds.documents import Entry, NotAFeed
from reader.intake.feeds.models import EntryState, Feed, FeedEntry
from reader.intake.feeds.parsing import parse
from reader.intake.feeds.shortness import is_short
from reader.intake.feeds.taking import NOTHING, from_feed, kept, put_on_the_shelf

if TYPE_CHECKING:
    from reader.accounts.models import User

#: If nobody asks the feed meanwhile, the page of the piece is fetched after so long.
IN_HAND = timedelta(minutes=5)


def want(row: FeedEntry, reader: "User") -> bool:
    """Let the piece come; whether it was not on its way already.

    Raises:
        TooMany: the reader asked for many of late.
    """
    listed = Entry(key=row.key, url=row.url, title=row.title, published_as_said=row.published_as_said)
    earlier = FeedEntry.objects.filter(pk=row.pk, state=EntryState.EARLIER)
    with transaction.atomic():
        if not earlier.update(state=EntryState.WAITING, said=kept(listed), ask_at=timezone.now() + IN_HAND):
            return False
        spend(reader, Deed.FETCH)
    return True


def look_up(row: FeedEntry) -> bool:
    """Ask the feed for the piece; whether its page has to be fetched after all.

    What the feed told when it was first read is not kept: an archive may be of a thousand pieces that nobody wants.
    """
    entry = entry_in(row.feed, row.key)
    if entry is None or is_short(entry):
        return leave_to_page(row, entry)
    piece = from_feed(entry, row.feed)
    with transaction.atomic():
        let_ids_appear_in_order()
        if FeedEntry.objects.filter(pk=row.pk, state=EntryState.WAITING).exists():
            taken = put_on_the_shelf(piece, entry, row.feed)
            settle(row, state=taken.state, sentence=taken.sentence, article=taken.article, digest=entry.digest)
    return False


def entry_in(feed: Feed, key: str) -> Entry | None:
    """The entry as the feed has it now, whatever it answered the last time."""
    answer = ask_for_feed(Feed(url=feed.url))
    if isinstance(answer, Failure):
        return None
    try:
        document = parse(bytes(answer.body), answer.url, timezone.localdate(), answer.headers)
    except NotAFeed:
        return None
    return next((entry for entry in document.entries if entry.key == key), None)


def leave_to_page(row: FeedEntry, entry: Entry | None) -> bool:
    if not row.url:
        settle(row, state=EntryState.FAILED, sentence=NOTHING)
        return False
    said = {"said": kept(entry)} if entry else {}
    FeedEntry.objects.filter(pk=row.pk, state=EntryState.WAITING).update(ask_at=timezone.now(), **said)
    return True


def settle(row: FeedEntry, **outcome: object) -> None:
    """Write what came of it, unless somebody else did meanwhile."""
    FeedEntry.objects.filter(pk=row.pk, state=EntryState.WAITING).update(said=None, ask_at=None, **outcome)
