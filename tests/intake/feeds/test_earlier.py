"""Pieces from before a feed was followed: brought in as the feed tells them, else from their pages."""

import pytest
from django.test import Client

from reader.core.limits import LIMITS, Deed, spend
from reader.intake.feeds.earlier import look_up
from reader.intake.feeds.jobs import bring_earlier
from reader.intake.feeds.models import EntryState, Feed, FeedEntry
from reader.intake.feeds.polling import MOST_AT_FIRST
from reader.intake.feeds.rounds import make_round
from reader.intake.feeds.taking import NOTHING
from reader.library.models import Article
from tests.intake.feeds.test_polling import Press, follow, poll, press
from tests.intake.feeds.written import item, rss
from tests.intake.fetching.servers import page
from tests.intake.test_from_an_address import PIECE
from tests.world import World

__all__ = ["press"]

NUMBER = MOST_AT_FIRST + 1
SHORT = "<p>It begins […]</p>"


def followed(world: World, press: Press, *, body: str = "", link: str = "") -> Feed:
    """A feed whose oldest piece did not come."""
    oldest = item(NUMBER, link=link, **({"body": body} if body else {}))
    press.print("/feed", rss([*(item(number) for number in range(1, NUMBER)), oldest]))
    feed = poll(follow(world, press))
    assert earlier(feed).title == f"Piece {NUMBER}"
    return feed


def earlier(feed: Feed) -> FeedEntry:
    return feed.entries.get(state=EntryState.EARLIER)


def bring_in(client: Client, row: FeedEntry) -> FeedEntry:
    """What became of it once a worker did all that was asked."""
    answer = client.post(f"/feeds/entries/{row.pk}/bringing/")
    assert (answer.status_code, answer.headers["Location"]) == (303, row.feed.get_absolute_url())
    row.refresh_from_db()
    assert row.state == EntryState.WAITING
    bring_earlier.func(entry_id=row.pk)
    make_round()
    row.refresh_from_db()
    return row


def test_the_feed_is_asked_and_not_the_page(cleo: Client, world: World, press: Press) -> None:
    feed = followed(world, press, link=press.url("/oldest"))
    assert "Bring it in" in cleo.get(feed.get_absolute_url()).content.decode()
    Feed.objects.filter(pk=feed.pk).update(etag='"kept"')

    row = bring_in(cleo, earlier(feed))

    assert (row.state, row.said, row.ask_at) == (EntryState.BROUGHT, None, None)
    assert row.article is not None
    assert f"Thus ends {NUMBER}." in row.article.revisions.get().text
    assert (row.article.owner, row.article.revisions.get().source_kind) == (world.cleo, "feed_html")
    assert (len(press.asked("/feed")), press.asked("/oldest")) == (2, [])
    assert "If-None-Match" not in press.asked("/feed")[1]
    assert "Bring it in" not in cleo.get(feed.get_absolute_url()).content.decode()


@pytest.mark.parametrize("gone", [True, False], ids=["gone from the feed", "only begun there"])
def test_else_its_page_is(cleo: Client, world: World, press: Press, *, gone: bool) -> None:
    feed = followed(world, press, body=SHORT, link=press.url("/oldest"))
    press.pages["/oldest"] = page(PIECE)
    if gone:
        press.print("/feed", rss([item(1)]))
    row = bring_in(cleo, earlier(feed))
    assert row.state == EntryState.BROUGHT
    assert row.article is not None
    assert row.article.revisions.get().source_kind == "feed_url_html"
    assert len(press.asked("/oldest")) == 1


def test_a_feed_that_does_not_answer_leaves_the_page(cleo: Client, world: World, press: Press) -> None:
    feed = followed(world, press, link=press.url("/oldest"))
    press.pages["/oldest"] = page(PIECE)
    press.pages["/feed"] = page(b"Down", status="503 Service Unavailable")
    assert bring_in(cleo, earlier(feed)).state == EntryState.BROUGHT


def test_what_neither_gives_says_so(cleo: Client, world: World, press: Press) -> None:
    feed = followed(world, press, link=press.url("/oldest"))
    press.print("/feed", rss([item(1)]))
    row = bring_in(cleo, earlier(feed))
    assert (row.state, row.article) == (EntryState.FAILED, None)
    assert row.sentence


def test_one_without_an_address_that_is_gone_says_so(cleo: Client, world: World, press: Press) -> None:
    feed = followed(world, press)
    FeedEntry.objects.filter(pk=earlier(feed).pk).update(url="")
    press.print("/feed", rss([item(1)]))
    row = bring_in(cleo, earlier(feed))
    assert (row.state, row.sentence, row.ask_at) == (EntryState.FAILED, NOTHING, None)


def test_what_came_meanwhile_is_not_said_to_be_gone(world: World, press: Press) -> None:
    row = earlier(followed(world, press))
    FeedEntry.objects.filter(pk=row.pk).update(url="", state=EntryState.BROUGHT)
    press.print("/feed", rss([item(1)]))
    row.url = ""
    assert not look_up(row)
    row.refresh_from_db()
    assert (row.state, row.sentence) == (EntryState.BROUGHT, "")


def test_a_second_click_asks_no_more(cleo: Client, world: World, press: Press) -> None:
    row = bring_in(cleo, earlier(followed(world, press)))
    before = len(press.asked("/feed")), Article.objects.count()
    cleo.post(f"/feeds/entries/{row.pk}/bringing/")
    bring_earlier.func(entry_id=row.pk)
    row.refresh_from_db()
    assert (row.state, len(press.asked("/feed")), Article.objects.count()) == (EntryState.BROUGHT, *before)


def test_it_counts_as_an_address(cleo: Client, world: World, press: Press) -> None:
    for _ in range(LIMITS[Deed.FETCH].most):
        spend(world.cleo, Deed.FETCH)
    row = earlier(followed(world, press))
    cleo.post(f"/feeds/entries/{row.pk}/bringing/")
    row.refresh_from_db()
    assert (row.state, row.ask_at) == (EntryState.EARLIER, None)


def test_another_reader_finds_nothing(dov: Client, world: World, press: Press) -> None:
    row = earlier(followed(world, press))
    assert dov.post(f"/feeds/entries/{row.pk}/bringing/").status_code == 404
