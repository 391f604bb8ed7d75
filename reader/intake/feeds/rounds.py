"""The round that a worker makes: every feed that is due, and every page that a feed only begins."""

import logging
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from reader.intake.feeds.asking import Failure, PageOf, address_of, ask
from reader.intake.feeds.models import Feed, FeedEntry
from reader.intake.feeds.polling import settle, settle_page
from reader.intake.feeds.together import together
from reader.intake.fetching import Fetched

log = logging.getLogger(__name__)

#: Seconds in which a round begins to ask; then other work of the worker comes first.
SLICE = 10.0
MOST_FEEDS, MOST_PAGES = 500, 100
#: What a round has taken in hand, another does not ask; if its worker is killed, it is asked again after this.
IN_HAND = timedelta(minutes=5)
UNFORESEEN = "It could not be read, for a reason that was not foreseen. It is in the log of the server."

Errand = Feed | FeedEntry


def make_round(seconds: float = SLICE) -> bool:
    """Ask what is due; whether something is left for the next round."""
    until = time.monotonic() + seconds
    errands: list[Errand] = [*take_feeds(), *take_pages()]
    left = {id(errand): errand for errand in errands}
    for errand, answer in together(errands, address_of, ask, until):
        del left[id(errand)]
        write_down(errand, answer)
    put_back(left.values())
    return Feed.objects.due().exists() or waiting_pages().exists()


def write_down(errand: Errand, answer: Fetched | PageOf | Failure) -> None:
    """What came of one of them; what nobody foresaw in one feed is no harm to the next."""
    try:
        if isinstance(errand, Feed):
            settle(errand, answer if not isinstance(answer, PageOf) else Failure(UNFORESEEN))
        else:
            settle_page(errand, answer if not isinstance(answer, Fetched) else Failure(UNFORESEEN))
    except (OperationalError, InterfaceError):
        raise  # no fault of the feed: the job is tried again
    except Exception:
        log.exception("nothing was made of what %s answered", address_of(errand))
        if isinstance(errand, Feed):
            settle(errand, Failure(UNFORESEEN))
        else:
            FeedEntry.objects.filter(pk=errand.pk).update(state="failed", sentence=UNFORESEEN, said=None, ask_at=None)


def take_feeds() -> Sequence[Feed]:
    with transaction.atomic():
        due = Feed.objects.due().select_for_update(skip_locked=True, of=("self",)).select_related("owner")
        feeds = list(due[:MOST_FEEDS])
        Feed.objects.filter(pk__in=[feed.pk for feed in feeds]).update(next_at=timezone.now() + IN_HAND)
    return feeds


def waiting_pages() -> "QuerySet[FeedEntry]":
    return FeedEntry.objects.filter(ask_at__lte=timezone.now(), feed__removed_at=None)


def take_pages() -> Sequence[FeedEntry]:
    with transaction.atomic():
        waiting = waiting_pages().select_for_update(skip_locked=True, of=("self",)).order_by("ask_at")
        entries = list(waiting.select_related("feed__owner", "article")[:MOST_PAGES])
        FeedEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(ask_at=timezone.now() + IN_HAND)
    return entries


def put_back(errands: Iterable[Errand]) -> None:
    """What was not begun is due at once, behind what waits already: no slow site stays the first in the line."""
    for errand in errands:
        if isinstance(errand, Feed):
            errand.keep(next_at=timezone.now())
        else:
            FeedEntry.objects.filter(pk=errand.pk).update(ask_at=timezone.now())
