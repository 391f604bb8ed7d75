"""Asking a site for its feed, or for a page that the feed only begins: politely, and without the database."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from reader.intake.addresses import read_address
from reader.intake.feeds.models import Feed, FeedEntry
from reader.intake.feeds.timing import retry_after
from reader.intake.fetching import Fetched, NotFetched, Way, fetch
from reader.intake.fetching.network import Deadline, Network
from reader.intake.fetching.pages import HEADERS
from reader.intake.reading import Reading

#: Seconds that a site may take; then the others go on, and it is asked another time.
PATIENCE = 10.0
AGENT = "Mozilla/5.0 (compatible; Forecite/1.0; a feed, followed by a reader)"
ACCEPT = (
    "application/atom+xml,application/rss+xml,application/feed+json,application/rdf+xml,application/xml;q=0.9,*/*;q=0.5"
)
NOT_MODIFIED, GONE = 304, 410
SAID = {
    401: "That site gives its feed only to those who sign in there.",
    402: "That site gives its feed only to those who pay.",
    403: "That site does not let a server read its feed.",
    404: "There is no feed at that address.",
    GONE: "That site has taken its feed away for good.",
    429: "That site is being asked too often.",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer; `wait` is how long the site asks to be left alone, `for_good` that nobody need ask."""

    sentence: str
    status: int = 0
    wait: timedelta | None = None
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class PageOf:
    """The page of an entry, and what is understood of it."""

    raw: str
    reading: Reading


def network() -> Network:
    return Network(allow_private=settings.ALLOW_PRIVATE_FETCH, deadline=Deadline(PATIENCE))


def ask_for_feed(feed: Feed) -> Fetched | Failure:
    """What the feed's address answers, where that is new; with what it said the last time."""
    conditions = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
    headers = HEADERS | {"User-Agent": AGENT, "Accept": ACCEPT}
    headers |= {name: value for name, value in conditions.items() if value}
    try:
        answer = fetch(feed.url, network(), headers)
    except NotFetched as refusal:
        return Failure(str(refusal), for_good=refusal.way is Way.NONE)
    return answer if answer.status == NOT_MODIFIED or 200 <= answer.status < 300 else failure_of(answer)


def failure_of(answer: Fetched) -> Failure:
    trouble = "That site has trouble of its own just now." if answer.status >= 500 else ""
    sentence = SAID.get(answer.status) or trouble or f"That site answered with {answer.status}, and no feed."
    return Failure(sentence, answer.status, retry_after(answer.headers.get("retry-after", ""), timezone.now()))


def ask_for_page(entry: FeedEntry) -> PageOf | Failure:
    try:
        raw, _, _, reading = read_address(entry.url, network())
    except NotFetched as refusal:
        return Failure(str(refusal))
    return PageOf(raw, reading)


def ask(errand: Feed | FeedEntry) -> Fetched | PageOf | Failure:
    return ask_for_feed(errand) if isinstance(errand, Feed) else ask_for_page(errand)


def address_of(errand: Feed | FeedEntry) -> str:
    return errand.url
