"""Following feeds: by an address, by a list; looking at them, pausing and removing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reader.core.limits import LIMITS, Deed, spend
from reader.core.models import Event
from reader.intake.feeds.jobs import forget_removed_feeds
from reader.intake.feeds.models import Feed, FeedEntry
from reader.intake.feeds.opml import Listed, read_list, write_list
from reader.intake.imports import Import
from reader.intake.imports.running import run_import
from reader.library.models import Article
from tests.intake.feeds.test_polling import Press, poll, press
from tests.intake.feeds.written import item, rss
from tests.intake.fetching.servers import page
from tests.pages.asking import FRAGMENT
from tests.world import World

__all__ = ["press"]


def work_off() -> Import:
    work = Import.objects.latest("pk")
    run_import.func(import_id=work.pk)
    work.refresh_from_db()
    return work


def follow(client: Client, url: str, **more: str) -> Import:
    answer = client.post("/feeds/", {"url": url, **more})
    assert answer.status_code == 303
    return work_off()


def bring_list(client: Client, text: str | bytes, **more: str) -> Import:
    raw = text.encode() if isinstance(text, str) else text
    answer = client.post("/feeds/list/", {"file": SimpleUploadedFile("mine.opml", raw), **more})
    assert answer.status_code == 303
    return work_off()


def sentences(work: Import) -> str:
    return " ".join(work.items.values_list("sentence", flat=True))


def test_it_works(cleo: Client, world: World, press: Press) -> None:
    press.print("/feed", rss([item(1), item(2)]))
    work = follow(cleo, press.url())

    assert (work.state, work.added, work.percent) == ("done", 1, 100)
    assert "Its newest pieces: 2 came in" in sentences(work)
    feed = Feed.objects.get()
    assert "Kilowatt Review" in cleo.get("/feeds/").content.decode()
    assert "2 pieces" in cleo.get("/feeds/").content.decode()
    shown = cleo.get(feed.get_absolute_url()).content.decode()
    assert Article.objects.get(title="Piece 1").get_absolute_url() in shown
    assert Event.objects.filter(subject_kind="feed", verb="followed", actor=world.cleo).exists()


def test_the_feed_of_a_site_is_found(cleo: Client, press: Press) -> None:
    press.print("/", b'<html><link rel=alternate type="application/rss+xml" href="/blog/rss">Welcome', "text/html")
    press.print("/blog/rss", rss([item(1)]))
    assert follow(cleo, press.url("/")).added == 1
    assert Feed.objects.get().url == press.url("/blog/rss")


def test_the_feed_of_a_site_that_does_not_tell_is_looked_for(cleo: Client, press: Press) -> None:
    press.print("/", b"<html><body>Welcome", "text/html")
    press.print("/atom.xml", rss([item(1)]))
    assert follow(cleo, press.url("/")).added == 1


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (page(b"<html><body>Welcome"), "No feed was found there"),
        (page(b"%PDF-1.4 x", "application/pdf"), "No feed was found there"),
        (page(b"", status="403 Forbidden"), "does not let a server read"),
    ],
)
def test_where_there_is_none_it_says_so(cleo: Client, press: Press, answer: bytes, sentence: str) -> None:
    press.pages["/"] = answer
    assert sentence in sentences(follow(cleo, press.url("/")))
    assert not Feed.objects.exists()


def test_what_is_followed_already_is_not_followed_twice(cleo: Client, press: Press) -> None:
    press.print("/feed", rss([item(1)]))
    follow(cleo, press.url())
    again = follow(cleo, press.url())
    assert (again.known, Feed.objects.count()) == (1, 1)


def test_two_readers_follow_the_same_without_knowing(cleo: Client, dov: Client, press: Press) -> None:
    press.print("/feed", rss([item(1)]))
    assert follow(cleo, press.url()).added == 1
    assert follow(dov, press.url()).added == 1
    assert Article.objects.filter(title="Piece 1").count() == 2


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "no address here yet"),
        ("ftp://site.example/feed", "no web address"),
        ("http://169.254.169.254/feed", "private network"),
        ("https://name:secret@site.example/feed", "name or a password"),
    ],
)
def test_what_cannot_be_asked_is_told_at_once(cleo: Client, url: str, sentence: str) -> None:
    answer = cleo.post("/feeds/", {"url": url})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not Import.objects.exists()


def test_a_list_is_followed(cleo: Client, press: Press) -> None:
    for path in ("/one", "/two"):
        press.print(path, rss([item(1, link=f"http://site.example{path}", guid=path, body=f"<p>Of {path}.</p>" * 99)]))
    listed = [
        Listed(press.url("/one"), "One", folder="Energy"),
        Listed(press.url("/two"), "Two"),
        Listed(press.url("/none"), "None"),
        Listed("ftp://site.example/", "Old"),
    ]
    work = bring_list(cleo, write_list(listed))

    assert (work.state, work.total, work.added, work.failed) == ("done", 4, 2, 2)
    assert "There is no feed at that address. It is followed, and asked again later." in sentences(work)
    assert sorted(Feed.objects.values_list("title", "folder")) == [
        ("Kilowatt Review", ""),
        ("Kilowatt Review", "Energy"),
        ("None", ""),
    ]
    out = cleo.get("/feeds/feeds.opml").content.decode()
    assert {(one.url, one.folder) for one in read_list(out)} == {(one.url, one.folder) for one in listed[:3]}


def test_a_list_brought_twice_adds_nothing(cleo: Client, press: Press) -> None:
    press.print("/feed", rss([item(1)]))
    text = write_list([Listed(press.url(), "One")])
    bring_list(cleo, text)
    again = bring_list(cleo, text)
    assert (again.added, again.known, Feed.objects.count()) == (0, 1, 1)
    assert len(press.asked()) == 1


def test_a_list_that_takes_longer_goes_on_in_the_next_slice(
    cleo: Client, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.print("/feed", rss([item(1)]))
    with monkeypatch.context() as patch:
        patch.setattr("reader.intake.feeds.following.SLICE", -1)
        work = bring_list(cleo, write_list([Listed(press.url(), "One")]))
    assert (work.state, work.done) == ("running", 0)
    assert work_off().added == 1


def test_trying_a_list_again_asks_what_failed(cleo: Client, press: Press) -> None:
    press.print("/one", rss([item(1)]))
    work = bring_list(cleo, write_list([Listed(press.url("/one"), "One"), Listed(press.url("/two"), "Two")]))
    press.print("/two", rss([item(2)]))
    cleo.post(f"{work.get_absolute_url()}repetition/")
    assert (work_off().failed, len(press.asked("/one")), len(press.asked("/two"))) == (0, 1, 2)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "empty"),
        (b"<html>Hello", "no feed in this file"),
        (b"%PDF-1", "a PDF"),
        (b"\x00\x01\x02\x03" * 99, "text"),
        (b'<!DOCTYPE opml [<!ENTITY a "ha">]><opml><outline xmlUrl="https://a.example/&a;"/></opml>', "entities"),
    ],
)
def test_a_file_that_is_no_list_is_refused(cleo: Client, raw: bytes, sentence: str) -> None:
    answer = cleo.post("/feeds/list/", {"file": SimpleUploadedFile("x.opml", raw)})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not Import.objects.exists()


def test_pieces_go_where_their_reader_wants_them(cleo: Client, world: World, press: Press) -> None:
    press.print("/feed", rss([item(1)]))
    follow(cleo, press.url(), seen_by=f"team:{world.foundry.pk}")
    assert Article.objects.get(title="Piece 1").team == world.foundry


def test_nobody_shares_with_a_team_that_they_only_read_in(vera: Client, world: World) -> None:
    answer = vera.post("/feeds/", {"url": "https://site.example/feed", "seen_by": f"team:{world.foundry.pk}"})
    assert answer.status_code == 422


@pytest.fixture
def feed(world: World, press: Press) -> Feed:
    press.print("/feed", rss([item(number) for number in range(3)]))
    return poll(Feed.objects.create(owner=world.cleo, url=press.url()))


def test_it_is_paused_and_resumed(cleo: Client, feed: Feed) -> None:
    answer = cleo.post(f"{feed.get_absolute_url()}pause/", follow=True)
    assert f"{feed.get_absolute_url()}resumption/" in answer.content.decode()
    assert "Paused" in answer.content.decode()
    assert not Feed.objects.due().exists()
    assert "It is not asked any more" in cleo.get(feed.get_absolute_url()).content.decode()

    cleo.post(f"{feed.get_absolute_url()}resumption/")

    assert Feed.objects.due().get() == feed
    assert DBTaskResult.objects.filter(task_path="reader.intake.feeds.jobs.ask_now").count() == 1


def test_it_is_removed_and_brought_back(cleo: Client, feed: Feed) -> None:
    answer = cleo.post(f"{feed.get_absolute_url()}removal/", follow=True)
    assert "You follow no feed yet" in answer.content.decode()
    assert cleo.get(feed.get_absolute_url()).status_code == 404
    assert Article.objects.filter(title="Piece 1").exists()

    undone = cleo.post(f"{feed.get_absolute_url()}restoration/", headers=FRAGMENT)

    assert undone.headers["HX-Redirect"] == "/feeds/"
    assert "3 pieces" in cleo.get("/feeds/").content.decode()


def test_what_was_removed_is_forgotten_after_a_day(cleo: Client, feed: Feed) -> None:
    cleo.post(f"{feed.get_absolute_url()}removal/")
    forget_removed_feeds.func()
    assert Feed.objects.exists()
    Feed.objects.update(removed_at=timezone.now() - timedelta(days=2))
    forget_removed_feeds.func()
    assert not FeedEntry.objects.exists()


def test_what_failed_stands_on_its_page(cleo: Client, feed: Feed, press: Press) -> None:
    del press.pages["/feed"]
    poll(feed)
    shown = cleo.get(feed.get_absolute_url()).content.decode()
    assert "There is no feed at that address." in shown
    assert "Failed once" in cleo.get("/feeds/").content.decode()


def test_one_that_failed_is_asked_again_at_once(cleo: Client, feed: Feed, press: Press) -> None:
    resumption = f"{feed.get_absolute_url()}resumption/"
    assert resumption not in cleo.get(feed.get_absolute_url()).content.decode()
    body = press.pages.pop("/feed")
    poll(feed)
    assert resumption in cleo.get(feed.get_absolute_url()).content.decode()
    assert not Feed.objects.due().exists()

    for _ in range(2):
        assert cleo.post(resumption, follow=True).status_code == 200

    assert Feed.objects.due().get().failures == 1
    assert "Asked soon" in cleo.get(feed.get_absolute_url()).content.decode()
    assert Event.objects.filter(verb="asked again").count() == 1
    assert DBTaskResult.objects.filter(task_path="reader.intake.feeds.jobs.ask_now").count() == 1
    press.pages["/feed"] = body
    assert not poll(Feed.objects.get()).failures


def test_one_that_did_not_fail_waits_for_its_turn(cleo: Client, feed: Feed) -> None:
    cleo.post(f"{feed.get_absolute_url()}resumption/")
    assert not Feed.objects.due().exists()


def test_asking_again_says_when_it_is_too_much(cleo: Client, feed: Feed, press: Press, world: World) -> None:
    press.pages.clear()
    poll(feed)
    for _ in range(LIMITS[Deed.FETCH].most):
        spend(world.cleo, Deed.FETCH)

    answer = cleo.post(f"{feed.get_absolute_url()}resumption/")

    assert (answer.status_code, "do not go through" in answer.content.decode()) == (429, True)
    assert not Feed.objects.due().exists()


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(minutes=59, seconds=30), "Next asked in 59"),
        (timedelta(seconds=40), "Next asked in less than a minute"),
    ],
)
def test_when_it_is_asked_next_stands_in_words(cleo: Client, feed: Feed, left: timedelta, said: str) -> None:
    Feed.objects.update(next_at=timezone.now() + left)
    shown = cleo.get("/feeds/").content.decode()
    assert said in shown
    assert "Last asked" in shown


def test_a_long_title_is_whole_in_the_list_for_who_points_at_it(cleo: Client, feed: Feed) -> None:
    title = "Kilowatt " * 30
    feed.keep(title=title)
    assert f'class="clamped" href="{feed.get_absolute_url()}" title="{title}"' in cleo.get("/feeds/").content.decode()


def test_its_polls_stand_with_all_that_comes_in(cleo: Client, feed: Feed, press: Press) -> None:
    press.pages.clear()
    poll(feed)
    shown = cleo.get("/imports/").content.decode()
    assert "1 of them was asked in the last hour. 1 failed and is tried again." in shown


def test_what_came_before_one_followed_can_be_brought_in(cleo: Client, feed: Feed) -> None:
    old = {"digest": "x", "title": "Old", "url": "http://site.example/o"}
    earlier = FeedEntry.objects.create(feed=feed, key="x", state="earlier", **old)
    FeedEntry.objects.create(feed=feed, key="y", state="failed", **old)
    shown = cleo.get(feed.get_absolute_url()).content.decode()
    assert f'action="/feeds/entries/{earlier.pk}/bringing/"' in shown
    assert shown.count('<input type="hidden" name="url" value="http://site.example/o">') == 1


def test_a_piece_that_its_reader_sees_no_more_is_no_link(cleo: Client, feed: Feed, world: World) -> None:
    feed.entries.update(article=world.elsewhere)
    assert world.elsewhere.slug not in cleo.get(feed.get_absolute_url()).content.decode()


def test_it_answers_a_fragment(cleo: Client, feed: Feed) -> None:
    FeedEntry.objects.bulk_create(
        FeedEntry(feed=feed, key=f"{number}", digest="", title=f"Piece {number}", state="earlier")
        for number in range(40)
    )
    shown = cleo.get(feed.get_absolute_url()).content.decode()
    cursor = shown.split("after=")[1].split('"')[0]
    more = cleo.get(f"{feed.get_absolute_url()}?after={cursor}", headers=FRAGMENT).content.decode()
    assert (more.count("<li"), "<html" in more) == (13, False)


def test_its_number_of_queries_does_not_grow(cleo: Client, feed: Feed, world: World, press: Press) -> None:
    before = queries(cleo, "/feeds/"), queries(cleo, feed.get_absolute_url())
    for number in range(5):
        Feed.objects.create(owner=world.cleo, url=press.url(f"/{number}"))
    press.print("/feed", rss([item(number) for number in range(20)]))
    poll(feed)
    assert (queries(cleo, "/feeds/"), queries(cleo, feed.get_absolute_url())) == before


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


@pytest.mark.parametrize("path", ["", "pause/", "resumption/", "removal/", "restoration/"])
def test_it_checks_ownership(ben: Client, feed: Feed, path: str) -> None:
    missing = ben.get("/feeds/999999/")
    ask = ben.post if path else ben.get
    answer = ask(f"{feed.get_absolute_url()}{path}")
    assert (answer.status_code, answer.content) == (404, missing.content)
    assert "Kilowatt" not in ben.get("/feeds/").content.decode() + ben.get("/feeds/feeds.opml").content.decode()


def test_it_rejects_the_wrong_method(cleo: Client, feed: Feed) -> None:
    assert cleo.get(f"{feed.get_absolute_url()}pause/").status_code == 405
    assert cleo.get("/feeds/list/").status_code == 405
