"""What a feed's answer brings: new pieces, new texts, or another time to ask."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.db import transaction
from django.utils import timezone

from reader.intake.feeds.asking import GONE, NOT_MODIFIED, Failure, PageOf
from reader.intake.feeds.documents import Entry, FeedDocument, NotAFeed, digest_of
from reader.intake.feeds.models import LONGEST_TITLE, LONGEST_URL, EntryState, Feed, FeedEntry
from reader.intake.feeds.parsing import parse
from reader.intake.feeds.shortness import is_short
from reader.intake.feeds.taking import Taken, brought_back, from_feed, from_page, give_new_text, kept, put_on_the_shelf
from reader.intake.feeds.timing import FAILURES, Wishes, after_failure, after_success
from reader.intake.fetching import Fetched

#: Of a feed that is new here the newest pieces come; who wants the archive finds the rest on its page.
MOST_AT_FIRST = 10
ADOPTED_AFTER = 10
CHANGED = "It was edited there; this is its new text."
PAUSED = "It failed {} times in a row. {}"


@dataclass(slots=True)
class Polled:
    """What a poll brought."""

    taken: list[Taken] = field(default_factory=list)
    waiting: int = 0
    refusal: str = ""

    def count(self, state: EntryState) -> int:
        return sum(taken.state == state for taken in self.taken)


def settle(feed: Feed, answer: Fetched | Failure) -> Polled:
    """Write what a feed answered: its pieces, and when to ask again."""
    if isinstance(answer, Failure):
        return fail(feed, answer)
    note_move(feed, answer)
    digest = digest_of(answer.body) if answer.status != NOT_MODIFIED else feed.digest
    if digest == feed.digest:
        succeed(feed, answer, digest)
        return Polled()
    try:
        document = parse(bytes(answer.body), answer.url, timezone.localdate(), answer.headers)
    except NotAFeed as refusal:
        return fail(feed, Failure(str(refusal)))
    name(feed, document)
    polled = take_all(feed, newest_first(document.entries))
    succeed(feed, answer, digest, document.ttl)
    return polled


def name(feed: Feed, document: FeedDocument) -> None:
    """Take over what the feed calls itself."""
    said = {"title": document.title[:LONGEST_TITLE] or feed.title, "site": document.site[:LONGEST_URL] or feed.site}
    if (said["title"], said["site"]) != (feed.title, feed.site):
        feed.keep(**said)


def newest_first(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries by their days, the newest first; those without a day keep their place.

    What is of the same day stands as in most feeds; one that begins with its oldest piece is turned round.
    """
    days = [entry.published for entry in entries if entry.published]
    rising = sum(day < later for day, later in pairwise(days)) > sum(day > later for day, later in pairwise(days))
    listed = entries[::-1] if rising else entries
    dated = [(entry.published, place) for place, entry in enumerate(listed) if entry.published]
    by_day = iter(sorted(dated, key=lambda one: one[0], reverse=True))
    return [listed[next(by_day)[1]] if entry.published else entry for entry in listed]


def take_all(feed: Feed, entries: Sequence[Entry]) -> Polled:
    """Bring in what is new, and the new texts of what was edited."""
    known = {row.key: row for row in feed.entries.filter(key__in=[entry.key for entry in entries])}
    is_first = not known and not feed.entries.exists()
    polled = Polled()
    fresh = [entry for entry in entries if entry.key not in known]
    for number, entry in reversed([*enumerate(fresh)]):  # so that the newest comes last, and stands first on the shelf
        take(feed, entry, polled, is_earlier=is_first and number >= MOST_AT_FIRST)
    for entry in entries:
        if entry.key in known and known[entry.key].digest != entry.digest:
            take_edited(feed, known[entry.key], entry, polled)
    if polled.waiting or any(taken.article for taken in polled.taken):
        feed.keep(newest_at=timezone.now())
    return polled


def take(feed: Feed, entry: Entry, polled: Polled, *, is_earlier: bool) -> None:
    if is_earlier:
        FeedEntry.of(feed, entry, state=EntryState.EARLIER).save()
    elif entry.url and is_short(entry):
        FeedEntry.of(feed, entry, state=EntryState.WAITING, said=kept(entry), ask_at=timezone.now()).save()
        polled.waiting += 1
    else:
        piece = from_feed(entry, feed)
        with transaction.atomic():
            taken = put_on_the_shelf(piece, entry, feed)
            FeedEntry.of(feed, entry, state=taken.state, sentence=taken.sentence, article=taken.article).save()
        polled.taken.append(taken)


def take_edited(feed: Feed, row: FeedEntry, entry: Entry, polled: Polled) -> None:
    """An entry that says something else than the last time."""
    if row.state == EntryState.EARLIER:
        remember(row, entry)
        return
    if row.state == EntryState.FAILED:
        row.delete()
        take(feed, entry, polled, is_earlier=False)
        return
    if row.url and row.state in (EntryState.BROUGHT, EntryState.WAITING) and is_short(entry):
        remember(row, entry, said=kept(entry), ask_at=timezone.now())
        polled.waiting += 1
        return
    if row.state == EntryState.LEFT:
        remember(row, entry)
        return
    piece = from_feed(entry, feed)
    with transaction.atomic():
        changed = give_new_text(row, piece, feed.owner)
        remember(row, entry, **({"changed_at": timezone.now(), "sentence": CHANGED} if changed else {}))
    if changed:
        polled.taken.append(Taken(EntryState.BROUGHT, CHANGED, row.article))


def remember(row: FeedEntry, entry: Entry, **more: object) -> None:
    """What the feed says of it now."""
    now = FeedEntry.of(row.feed, entry)
    own = {name: getattr(now, name) for name in ("digest", "title", "url", "published_as_said")}
    FeedEntry.objects.filter(pk=row.pk).update(**(own | more))


def settle_page(row: FeedEntry, answer: PageOf | Failure) -> Taken | None:
    """Bring in an entry whose page was fetched; where it was not, what the feed tells of it."""
    if row.said is None:
        return None
    entry, feed = brought_back(row.said), row.feed
    piece = from_feed(entry, feed, answer.sentence if isinstance(answer, Failure) else "")
    if isinstance(answer, PageOf):
        fetched = from_page(answer.raw, answer.reading, entry, feed)
        piece = fetched if piece is None or fetched.text.words >= piece.text.words else piece
    with transaction.atomic():
        if row.state == EntryState.BROUGHT:
            changed = give_new_text(row, piece, feed.owner)
            taken = Taken(EntryState.BROUGHT, CHANGED if changed else row.sentence, row.article)
        else:
            remark = answer.sentence if isinstance(answer, Failure) else ""
            taken = put_on_the_shelf(piece, entry, feed, remark)
        FeedEntry.objects.filter(pk=row.pk).update(
            state=taken.state, sentence=taken.sentence, article=taken.article, said=None, ask_at=None
        )
    return taken


def succeed(feed: Feed, answer: Fetched, digest: str, ttl: int | None = None) -> None:
    now, headers = timezone.now(), answer.headers
    feed.keep(
        digest=digest,
        etag=headers.get("etag", feed.etag if answer.status == NOT_MODIFIED else "")[:500],
        last_modified=headers.get("last-modified", feed.last_modified if answer.status == NOT_MODIFIED else "")[:100],
        polled_at=now,
        failures=0,
        refusal="",
        next_at=after_success(now, Wishes(ttl, headers), feed.newest_at or feed.added_at),
    )


def fail(feed: Feed, failure: Failure) -> Polled:
    """Remember why, and ask ever later; after many times, or when it is gone for good, no more."""
    now, failures = timezone.now(), feed.failures + 1
    feed.keep(
        polled_at=now,
        failures=failures,
        refusal=failure.sentence,
        next_at=after_failure(now, failures, failure.wait),
    )
    if failure.status == GONE:
        feed.pause(None, failure.sentence)
    elif failures >= FAILURES:
        feed.pause(None, PAUSED.format(failures, failure.sentence))
    return Polled(refusal=failure.sentence)


def note_move(feed: Feed, answer: Fetched) -> None:
    """Count how often it says that it moved for good; then believe it."""
    target = answer.moved_to if len(answer.moved_to) <= LONGEST_URL else ""
    if target == feed.url or not target:
        if feed.moved_to:
            feed.keep(moved_to="", moved_count=0)
        return
    count = feed.moved_count + 1 if target == feed.moved_to else 1
    feed.keep(moved_to=target, moved_count=count)
    if count >= ADOPTED_AFTER and not Feed.objects.filter(owner=feed.owner_id, url=target).exists():
        feed.keep(url=target, moved_to="", moved_count=0)
