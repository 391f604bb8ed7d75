"""Beginning to follow feeds: one by an address, or as many as a list names."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reader.core.events import let_ids_appear_in_order, record
from reader.core.refusals import Refused
from reader.core.visibility import Scope
from reader.intake.counting import listed_out
from reader.intake.decoding import Unreadable, decode
from reader.intake.feeds.asking import Failure, ask_for_feed
from reader.intake.feeds.discovery import feeds_of
from reader.intake.feeds.documents import NotAFeed
from reader.intake.feeds.models import LONGEST_TITLE, LONGEST_URL, EntryState, Feed
from reader.intake.feeds.opml import Listed, read_list
from reader.intake.feeds.parsing import parse
from reader.intake.feeds.polling import Polled, settle
from reader.intake.feeds.together import together
from reader.intake.fetching import Fetched, NotFetched
from reader.intake.fetching.pages import checked
from reader.intake.imports import Door, Import, Item, NotBrought, Outcome, Step, open_kept, walked_by
from reader.intake.imports.models import key_of
from reader.intake.imports.running import SLICE, NotYet

if TYPE_CHECKING:
    from reader.accounts.models import User

MOST_FEEDS = 2000
#: Seconds in which another address of a site is tried.
LONGEST_SEARCH = 15
TOO_MANY = f"You follow {MOST_FEEDS} feeds already, and no more can be asked for one reader."
KNOWN = "You follow it already."
NO_FEED = "No feed was found there. Give the address of the feed itself, if the site has one."
AGAIN = "It is followed, and asked again later."
SOON = "You follow it now. Its newest pieces come in the next minutes."
TOO_LONG = "Its address is too long."


@dataclass(frozen=True, slots=True)
class Found:
    """A feed that answers, and what it says."""

    url: str
    answer: Fetched


def follow(reader: "User", listed: Listed, work: Import) -> tuple[Feed, bool]:
    """The reader's feed of this address, and whether it is new; one that was removed is brought back.

    Raises:
        Refused: the reader follows as many as there may be.
    """
    visibility, team_id = work.audience
    with transaction.atomic():
        let_ids_appear_in_order()
        feed = Feed.objects.filter(owner=reader, url=listed.url).first()
        if feed:
            return feed, feed.bring_back(reader)
        if Feed.objects.followed().filter(owner=reader).count() >= MOST_FEEDS:
            raise Refused(TOO_MANY)
        feed = Feed.objects.create(
            owner=reader,
            url=listed.url,
            title=listed.title[:LONGEST_TITLE],
            site=listed.site[:LONGEST_URL],
            folder=listed.folder[:200],
            visibility_of_pieces=visibility,
            team_of_pieces_id=team_id,
        )
        record(reader, "followed", feed, scope=Scope(reader.pk))
    return feed, True


@walked_by(Door.FEED)
def walk_address(work: Import) -> Iterator[Step]:
    work.expect(1)
    yield Step(work.source, work.source, partial(follow_address, work))


def follow_address(work: Import) -> Iterable[Item]:
    """Follow the feed at an address, or the one that the page there leads to."""
    found = find_feed(work.source)
    if isinstance(found, Failure):
        return [Item(name=work.source, outcome=Outcome.FAILED, sentence=found.sentence)]
    feed, is_new = follow(work.owner, Listed(found.url), work)
    if not is_new:
        return [known_already(str(feed))]
    return [begun(feed, found.answer)]


def find_feed(url: str) -> Found | Failure:
    """The feed at this address, or where its page says that there is one."""
    answer = ask_for_feed(Feed(url=url))
    if isinstance(answer, Failure) or speaks(answer):
        return answer if isinstance(answer, Failure) else Found(url, answer)
    try:
        page = decode(bytes(answer.body))
    except Unreadable:
        return Failure(NO_FEED)
    until = time.monotonic() + LONGEST_SEARCH
    for address in feeds_of(page, answer.url):
        if time.monotonic() > until:
            break
        tried = ask_for_feed(Feed(url=address))
        if isinstance(tried, Fetched) and len(address) <= LONGEST_URL and speaks(tried):
            return Found(address, tried)
    return Failure(NO_FEED)


def speaks(answer: Fetched) -> bool:
    """Whether it is a feed."""
    try:
        parse(bytes(answer.body), answer.url, timezone.localdate(), answer.headers)
    except NotAFeed:
        return False
    return True


@walked_by(Door.FEEDS)
def walk_list(work: Import) -> Iterator[Step]:
    """Each feed of a list is followed and asked for the first time; the sites are asked at once."""
    listed = read_file(work)
    work.expect(len(listed))
    done = work.steps_done()
    waiting = [one for one in listed if key_of(one.url) not in done]
    answered = set(
        Feed.objects.followed()
        .filter(owner=work.owner, failures=0, polled_at__isnull=False)
        .filter(url__in=[one.url for one in waiting])
        .values_list("url", flat=True)
    )
    for one in waiting:
        if one.url in answered:
            known = known_already(one.title or one.url)
            yield Step(one.url, known.name, partial(list, [known]))
    unasked = [one for one in waiting if one.url not in answered]
    asked, until = 0, time.monotonic() + SLICE
    for one, answer in together(unasked, lambda one: one.url, lambda one: ask_for_feed(Feed(url=one.url)), until):
        asked += 1
        yield Step(one.url, one.title or one.url, partial(follow_listed, work, one, answer), in_hand=True)
    if asked < len(unasked):
        raise NotYet


def read_file(work: Import) -> list[Listed]:
    try:
        listed = read_list(decode(open_kept(work).read()))
    except Unreadable as error:
        raise NotBrought(error.fault) from None
    if not listed:
        raise NotBrought("There is no feed in this list.")
    return listed


def follow_listed(work: Import, listed: Listed, answer: Fetched | Failure) -> Iterable[Item]:
    name = listed.title or listed.url
    if len(listed.url) > LONGEST_URL or (isinstance(answer, Failure) and answer.for_good):
        sentence = answer.sentence if isinstance(answer, Failure) else TOO_LONG
        return [Item(name=name, outcome=Outcome.FAILED, sentence=sentence)]
    feed, _ = follow(work.owner, listed, work)
    return [begun(feed, answer)]


def follow_unasked(work: Import, listed: Listed) -> Iterable[Item]:
    """Follow a feed that is asked for the first time when its turn comes."""
    name = listed.title or listed.url
    try:
        checked(listed.url[: LONGEST_URL + 1], allow_private=settings.ALLOW_PRIVATE_FETCH)
    except NotFetched as refusal:
        return [Item(name=name, outcome=Outcome.LEFT, sentence=str(refusal))]
    if len(listed.url) > LONGEST_URL:
        return [Item(name=name, outcome=Outcome.LEFT, sentence=TOO_LONG)]
    feed, is_new = follow(work.owner, listed, work)
    return [Item(name=str(feed), outcome=Outcome.ADDED, sentence=SOON) if is_new else known_already(str(feed))]


def known_already(name: str) -> Item:
    return Item(name=name, outcome=Outcome.KNOWN, sentence=KNOWN)


def begun(feed: Feed, answer: Fetched | Failure) -> Item:
    """What came of the first time that a feed was asked."""
    polled = settle(feed, answer)
    if polled.refusal:
        later = "" if feed.paused_at else f" {AGAIN}"
        return Item(name=str(feed), outcome=Outcome.FAILED, sentence=f"{polled.refusal}{later}")
    return Item(name=str(feed), outcome=Outcome.ADDED, sentence=in_words(polled))


def in_words(polled: Polled) -> str:
    """What a poll brought, as a sentence."""
    counts = [
        (polled.count(EntryState.BROUGHT), "{} came in", "{} came in"),
        (polled.count(EntryState.KNOWN), "{} was here already", "{} were here already"),
        (polled.waiting, "the page of {} is fetched next", "the pages of {} are fetched next"),
        (polled.count(EntryState.FAILED), "{} could not be read", "{} could not be read"),
    ]
    said = [(one if count == 1 else many).format(count) for count, one, many in counts if count]
    return f"Its newest pieces: {listed_out(*said)}." if said else "There is no piece in it yet."
