"""Five hundred feeds of twenty pieces polled in one pass, none answering that nothing is new, one piece new in each."""

import time
from collections.abc import Iterator
from urllib.request import urlopen

from django.conf import settings
from django.utils import timezone

from reader.accounts.models import User
from reader.intake.feeds.models import EntryState, Feed, FeedEntry
from reader.intake.feeds.parsing import parse
from reader.intake.feeds.rounds import make_round
from reader.library.models import Article
from tests.performance import press
from tests.performance.measuring import Figure

FEEDS = 500
MOST = 60_000  # ms of CPU for all of them


def figures() -> Iterator[Figure]:
    settings.ALLOW_PRIVATE_FETCH = True
    reader = User.objects.create_user("feeds@example.org", name="Nell")
    with press.running() as port:
        follow_all(reader, port)
        urlopen(f"http://127.0.0.1:{port}/0?move=1").read()
        took = polled()
        assert Article.objects.filter(owner=reader).count() == FEEDS
        yield Figure(f"poll {FEEDS} feeds, one piece of 400 words new in each", took, MOST)
        yield Figure("feeds a second of CPU", FEEDS / took * 1000, unit="")
        Feed.objects.update(next_at=timezone.now())
        yield Figure(f"poll {FEEDS} feeds in which nothing is new", polled(), MOST)
    assert Article.objects.filter(owner=reader).count() == FEEDS


def follow_all(reader: User, port: int) -> None:
    """The feeds, with all their pieces of now known."""
    for number in range(FEEDS):
        feed = Feed.objects.create(owner=reader, url=f"http://127.0.0.1:{port}/{number}")
        document = parse(press.feed(number, 0), feed.url, timezone.localdate())
        FeedEntry.objects.bulk_create(FeedEntry.of(feed, entry, state=EntryState.EARLIER) for entry in document.entries)


def polled() -> float:
    """How many milliseconds of this process all that is due took."""
    began = time.process_time()
    while make_round(seconds=600):
        pass
    return (time.process_time() - began) * 1000
