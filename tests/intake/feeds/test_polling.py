"""Feeds that are followed: what comes in, once; how politely they are asked; and what becomes of those that fail."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from time import monotonic, sleep
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from reader.core.models import Event
from reader.intake.feeds.documents import Entry
from reader.intake.feeds.models import Feed, FeedEntry
from reader.intake.feeds.polling import ADOPTED_AFTER, MOST_AT_FIRST
from reader.intake.feeds.rounds import make_round, take_feeds
from reader.intake.feeds.timing import FAILURES, Wishes, after_success, retry_after
from reader.library.models import Article
from tests.intake.feeds.written import ATOM, BOMB, JSON, OUTSIDE, RDF, WHOLE, item, rss
from tests.intake.fetching.servers import Site, page, site
from tests.intake.test_from_an_address import PIECE
from tests.library.pieces import as_text
from tests.world import World

KIND = "application/rss+xml"


class Press:
    """A site whose answers, by path, a test says and changes; all that was asked is there to look at."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | Callable[[], Iterable[bytes]]] = {}
        self.site: Site | None = None

    def answer(self, line: bytes) -> Iterator[bytes]:
        said = self.pages.get(line.split()[1].decode())
        if callable(said):
            yield from said()
        else:
            yield said or page(b"Nothing", status="404 Not Found")

    def print(self, path: str, body: bytes, kind: str = KIND, **more: Any) -> None:
        self.pages[path] = page(body, kind, **more)

    def url(self, path: str = "/feed", host: str = "127.0.0.1") -> str:
        assert self.site
        return f"http://{host}:{self.site.port}{path}"

    def asked(self, path: str = "/feed") -> list[str]:
        assert self.site
        return [head.decode() for head in self.site.asked if head.startswith(f"GET {path} ".encode())]


@pytest.fixture
def press(settings: Settings) -> Iterator[Press]:
    settings.ALLOW_PRIVATE_FETCH = True
    made = Press()
    with site(made.answer) as made.site:
        yield made


def follow(world: World, press: Press, path: str = "/feed", **more: Any) -> Feed:
    return Feed.objects.create(owner=world.cleo, url=press.url(path), **more)


def poll(feed: Feed) -> Feed:
    Feed.objects.filter(pk=feed.pk).update(next_at=timezone.now())
    make_round()
    feed.refresh_from_db()
    return feed


def pieces(world: World) -> list[str]:
    own = Article.objects.filter(owner=world.cleo).exclude(pk=world.private.pk)
    return list(own.order_by("pk").values_list("title", flat=True))


def states(feed: Feed) -> list[str]:
    return list(feed.entries.order_by("pk").values_list("state", flat=True))


def test_its_pieces_come_in_once(world: World, press: Press) -> None:
    press.print("/feed", rss([item(2), item(1)]))
    feed = poll(follow(world, press))

    assert (feed.title, feed.site) == ("Kilowatt Review", "http://site.example/")
    assert pieces(world) == ["Piece 1", "Piece 2"]
    article = Article.objects.get(title="Piece 1")
    assert (article.canonical_url, str(article.published)) == ("http://site.example/1", "2026-11-03")
    assert (article.visibility, article.publication and article.publication.name) == ("private", "Kilowatt Review")
    assert [person.name for person in article.authors.all()] == ["Freya Lund"]
    assert "Thus ends 1." in article.revisions.get().text

    press.print("/feed", rss([item(3), item(2), item(1)]))
    poll(feed)
    poll(feed)

    assert pieces(world) == ["Piece 1", "Piece 2", "Piece 3"]


def test_the_same_piece_from_two_feeds_is_one_article(world: World, press: Press) -> None:
    press.print("/feed", rss([item(1)]))
    press.print("/other", rss([item(1, "Another title", link="http://site.example/1?utm_source=rss", guid="z")]))
    poll(follow(world, press))
    other = poll(follow(world, press, "/other"))
    assert pieces(world) == ["Piece 1"]
    assert other.entries.get().state == "known"


def test_what_its_reader_can_see_already_is_not_doubled(world: World, press: Press) -> None:
    Article.objects.filter(pk=world.public.pk).update(canonical_url="http://site.example/1")
    press.print("/feed", rss([item(1)]))
    feed = poll(follow(world, press))
    assert (pieces(world), feed.entries.get().article) == ([], world.public)


def test_pieces_go_to_the_team(world: World, press: Press) -> None:
    press.print("/feed", rss([item(1)]))
    poll(follow(world, press, visibility_of_pieces="team", team_of_pieces=world.foundry))
    article = Article.objects.get(title="Piece 1")
    assert (article.visibility, article.team) == ("team", world.foundry)


def test_an_edited_entry_is_a_new_text(world: World, press: Press) -> None:
    press.print("/feed", rss([item(1)]))
    feed = poll(follow(world, press))
    press.print("/feed", rss([item(1, "Piece one", f"{WHOLE}<p>Corrected.</p>")]))
    poll(feed)
    poll(feed)
    article = Article.objects.get(owner=world.cleo, canonical_url="http://site.example/1")
    assert (article.title, article.revisions.count()) == ("Piece one", 2)
    assert "Corrected." in article.revisions.latest("number").text
    assert feed.entries.get().changed_at


def test_a_text_that_its_reader_handed_in_stays(world: World, press: Press) -> None:
    press.print("/feed", rss([item(1)]))
    feed = poll(follow(world, press))
    article = Article.objects.get(title="Piece 1")
    article.revise(as_text("My own, better text."), world.cleo)
    press.print("/feed", rss([item(1, body=f"{WHOLE}<p>Corrected.</p>")]))
    poll(feed)
    assert article.revisions.latest("number").text.startswith("My own")


def test_an_edit_of_what_another_feed_brought_changes_nothing(world: World, press: Press) -> None:
    press.print("/feed", rss([item(1)]))
    press.print("/other", rss([item(1)]))
    poll(follow(world, press))
    other = poll(follow(world, press, "/other"))
    press.print("/other", rss([item(1, body="<p>Changed by whoever copied it.</p>" * 40)]))
    poll(other)
    assert Article.objects.get(title="Piece 1").revisions.count() == 1


def test_the_whole_text_is_fetched_where_the_feed_begins_it(world: World, press: Press) -> None:
    press.print("/feed", rss([item(1, "The grid", "<p>Ask a modeller […]", link=press.url("/grid")), item(2)]))
    press.print("/grid", PIECE.replace(b"http://site.example/grid", press.url("/grid").encode()), "text/html")
    feed = poll(follow(world, press))
    assert sorted(states(feed)) == ["brought", "waiting"]
    assert not press.asked("/grid")

    make_round()

    article = Article.objects.get(title="The grid")
    assert "moves its largest cluster abroad" in article.revisions.get().text
    assert len(press.asked("/grid")) == 1
    make_round()
    assert len(press.asked("/grid")) == 1


def test_where_the_whole_is_refused_its_beginning_says_so(world: World, press: Press) -> None:
    press.print("/feed", rss([item(1, body="<p>Ask a modeller […]</p>", link=press.url("/grid"))]))
    press.print("/grid", b"", "text/html", status="403 Forbidden")
    feed = poll(follow(world, press))
    make_round()
    article = Article.objects.get(title="Piece 1")
    assert (article.truncated, "does not let a server read it" in article.truncation_evidence) == (True, True)
    assert "Only its beginning" in feed.entries.get().sentence


def test_of_a_new_feed_the_newest_come(world: World, press: Press) -> None:
    press.print("/feed", rss(item(number) for number in range(30)))
    feed = poll(follow(world, press))
    assert len(pieces(world)) == MOST_AT_FIRST
    assert states(feed).count("earlier") == 20
    press.print("/feed", rss(item(number) for number in range(30, 60)))
    poll(feed)
    assert len(pieces(world)) == MOST_AT_FIRST + 30


def test_of_a_feed_that_begins_with_its_oldest_piece_the_newest_come_too(world: World, press: Press) -> None:
    days = [item(number).replace("03 Nov 2026", f"{number:02} Oct 2026") for number in range(1, 31)]
    press.print("/feed", rss(days))
    feed = poll(follow(world, press))
    assert sorted(pieces(world)) == sorted(f"Piece {number}" for number in range(21, 31))
    assert states(feed).count("earlier") == 20


def test_of_a_feed_with_a_piece_pinned_on_top_the_newest_come_by_their_days(world: World, press: Press) -> None:
    days = [item(number).replace("03 Nov 2026", f"{number:02} Oct 2026") for number in range(1, 31)]
    undated = item(99, "No day").replace("<pubDate>Tue, 03 Nov 2026 08:00:00 +0100</pubDate>", "")
    press.print("/feed", rss([item(40, "Pinned"), *days, undated]))
    poll(follow(world, press))
    assert sorted(pieces(world)) == sorted(["No day", "Pinned", *(f"Piece {number}" for number in range(23, 31))])


def test_a_date_that_cannot_be_meant_is_kept_as_doubtful(world: World, press: Press) -> None:
    press.print("/feed", rss([item(1).replace("Tue, 03 Nov 2026 08:00:00 +0100", "Thu, 01 Jan 1970 00:00:00 GMT")]))
    entry = poll(follow(world, press)).entries.get()
    assert entry.article
    assert entry.article.published is None
    assert entry.article.doubted_date == "1970-01-01"
    assert "“Thu, 01 Jan 1970 00:00:00 GMT”, can hardly be meant" in entry.sentence


@pytest.mark.parametrize(
    "body",
    [
        rss([item(1), item(2)])[:900],
        rss([item(1, "Blüte")]).decode().encode("latin-1"),
        rss([item(1), item(1), item(2, guid="same"), item(3, guid="same")]),
        rss([item(1, body="<p>" + "<div>" * 3000 + "Deep." * 60)]),
        rss([item(1, body="<script>x</script>"), item(2, "x" * 5000, link="javascript:alert(1)")]),
        rss(["<item></item>", "<item><title>Only a title</title></item>", item(1, link="http://[broken")]),
        b"<html><body>Not found</body></html>",
        b"",
        b"\xff\xfe\x00",
        *(BOMB, OUTSIDE, ATOM, RDF, JSON),
    ],
)
def test_whatever_it_says_nothing_comes_twice(world: World, press: Press, body: bytes) -> None:
    press.print("/feed", body)
    feed = poll(follow(world, press))
    make_round()
    before = (pieces(world), feed.entries.count(), set(states(feed)) - {"waiting"})
    Feed.objects.update(digest="")
    poll(feed)
    make_round()
    assert (pieces(world), feed.entries.count(), set(states(feed)) - {"waiting"}) == before
    assert "not foreseen" not in feed.refusal + " ".join(feed.entries.values_list("sentence", flat=True))


def test_it_is_asked_whether_anything_is_new(world: World, press: Press) -> None:
    headers = ['ETag: "x1"', "Last-Modified: Tue, 03 Nov 2026 08:00:00 GMT"]
    press.print("/feed", rss([item(1)]), headers=headers)
    feed = poll(follow(world, press))
    assert "If-None-Match" not in press.asked()[0]
    press.pages["/feed"] = page(b"", KIND, "304 Not Modified")

    poll(feed)

    assert 'If-None-Match: "x1"' in press.asked()[1]
    assert "If-Modified-Since: Tue, 03 Nov 2026 08:00:00 GMT" in press.asked()[1]
    assert (feed.failures, feed.etag) == (0, '"x1"')


def test_it_is_left_alone_as_long_as_it_wishes(world: World, press: Press) -> None:
    press.print("/feed", rss([item(1)], "<ttl>180</ttl>"), headers=["Cache-Control: public, max-age=7200"])
    with time_machine.travel(timezone.now(), tick=False):
        feed = poll(follow(world, press))
        assert feed.next_at - timezone.now() == timedelta(hours=3)
        assert not make_round()
    assert len(press.asked()) == 1
    now = timezone.now()
    assert after_success(now, Wishes(ttl=10**6), now) == now + timedelta(days=1)
    assert after_success(now, Wishes(), now - timedelta(days=40)) == now + timedelta(hours=6)


def test_one_that_fails_is_asked_ever_later_and_then_no_more(world: World, press: Press) -> None:
    feed, pauses = follow(world, press), []
    with time_machine.travel(timezone.now(), tick=False):
        for _ in range(FAILURES):
            assert not feed.paused_at
            poll(feed)
            pauses.append((feed.next_at - timezone.now()) / timedelta(hours=1))
    assert pauses == [1, 2, 4, 8, 16, 24, 24, 24, 24, 24]
    assert feed.paused_at
    assert "10 times in a row. There is no feed at that address." in feed.pause_reason
    assert Event.objects.filter(subject_kind="feed", verb="paused", actor=None).count() == 1
    poll(feed)
    assert len(press.asked()) == FAILURES


def test_one_that_was_taken_away_is_paused_at_once(world: World, press: Press) -> None:
    press.print("/feed", b"", status="410 Gone")
    feed = poll(follow(world, press))
    assert (bool(feed.paused_at), feed.pause_reason) == (True, "That site has taken its feed away for good.")


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("7200", timedelta(hours=2)),
        ("9" * 12, timedelta(days=7)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", timedelta(0)),
        ("soon", None),
    ],
)
def test_how_long_a_site_wants_to_be_left_alone(said: str, wait: timedelta | None) -> None:
    assert retry_after(said, timezone.now()) == wait


def test_one_that_is_asked_too_often_says_when_to_come_again(world: World, press: Press) -> None:
    press.print("/feed", b"", status="429 Too Many Requests", headers=["Retry-After: 90000"])
    with time_machine.travel(timezone.now(), tick=False):
        feed = poll(follow(world, press))
        assert feed.next_at - timezone.now() == timedelta(hours=25)


def test_a_move_for_good_is_believed_after_ten_times(world: World, press: Press) -> None:
    press.print("/new", rss([item(1)]))
    press.pages["/feed"] = page(b"", status="301 Moved Permanently", headers=["Location: /new"])
    feed = follow(world, press)
    for _ in range(ADOPTED_AFTER):
        assert feed.url == press.url("/feed")
        poll(feed)
    assert (feed.url, feed.moved_to) == (press.url("/new"), "")
    assert pieces(world) == ["Piece 1"]


def test_a_move_for_now_is_not_believed(world: World, press: Press) -> None:
    press.print("/new", rss([item(1)]))
    press.pages["/feed"] = page(b"", status="302 Found", headers=["Location: /new"])
    feed = follow(world, press, moved_count=9)
    poll(feed)
    assert (feed.url, feed.moved_to) == (press.url("/feed"), "")


def test_a_slow_site_holds_up_no_other(world: World, press: Press) -> None:
    def slow() -> Iterator[bytes]:
        sleep(3)
        yield page(rss([item(1)]), KIND)

    press.pages |= {f"/slow{number}": slow for number in range(4)}
    press.print("/quick", rss([item(2)]))
    for number in range(4):
        follow(world, press, f"/slow{number}")
    quick = Feed.objects.create(owner=world.cleo, url=press.url("/quick", "localhost"))
    began = monotonic()

    assert make_round(seconds=1)

    assert monotonic() - began < 6
    quick.refresh_from_db()
    assert (quick.polled_at is not None, pieces(world)[0]) == (True, "Piece 2")
    assert Feed.objects.filter(polled_at=None).count() == 3
    assert Feed.objects.due().count() == 3


def test_one_taken_in_hand_is_asked_by_no_other_worker(world: World, press: Press) -> None:
    follow(world, press)
    assert len(take_feeds()) == 1
    assert not make_round()
    assert not press.asked()


def test_a_round_asks_as_often_as_there_are_sites(
    world: World, press: Press, django_assert_max_num_queries: Any
) -> None:
    press.print("/feed", rss(item(number) for number in range(10)))
    press.print("/other", rss(item(number) for number in range(10)))
    feed, other = follow(world, press), follow(world, press, "/other")
    make_round()
    Feed.objects.update(next_at=timezone.now(), digest="")
    with django_assert_max_num_queries(22):
        make_round()
    assert {feed.entries.count(), other.entries.count()} == {10}


def test_what_nobody_foresaw_in_one_is_no_harm_to_the_next(
    world: World, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(self: Entry) -> str:
        if self.title == "Piece 1":
            raise ZeroDivisionError
        return self.title

    monkeypatch.setattr(Entry, "digest", property(stumble))
    press.print("/feed", rss([item(1)]))
    press.print("/other", rss([item(2)]))
    feed, _ = follow(world, press), follow(world, press, "/other")
    make_round()
    feed.refresh_from_db()
    assert "not foreseen" in feed.refusal
    assert pieces(world) == ["Piece 2"]


def test_pages_of_a_feed_that_was_removed_are_not_asked_for(world: World, press: Press) -> None:
    press.print("/feed", rss([item(1, body="<p>Ask […]</p>", link=press.url("/grid"))]))
    feed = poll(follow(world, press))
    feed.remove(world.cleo)
    make_round()
    assert (press.asked("/grid"), FeedEntry.objects.get().state) == ([], "waiting")
