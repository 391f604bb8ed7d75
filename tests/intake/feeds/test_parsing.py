"""Feeds in every format, and what is no feed."""

import json
from contextlib import suppress
from datetime import date
from time import struct_time, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.intake.feeds.days import believed, day_of
from reader.intake.feeds.discovery import feeds_of
from reader.intake.feeds.documents import FeedDocument, NotAFeed
from reader.intake.feeds.opml import Listed, read_list, write_list
from reader.intake.feeds.parsing import MOST_ENTRIES, parse
from reader.intake.feeds.shortness import is_short
from tests.intake.feeds.written import ATOM, BOMB, JSON, OUTSIDE, RDF, WHOLE, WORDS, item, rss

URL = "http://site.example/feed"
TODAY = date(2026, 11, 29)


def read(body: bytes, **headers: str) -> FeedDocument:
    return parse(body, URL, TODAY, headers)


@pytest.mark.parametrize("body", [rss([item(1)]), ATOM, RDF, JSON], ids=["rss", "atom", "rdf", "json"])
def test_every_format_gives_the_same(body: bytes) -> None:
    feed = read(body)
    entry = feed.entries[0]
    assert (feed.title, feed.site) == ("Kilowatt Review", "http://site.example/")
    assert (entry.title, entry.url) == ("Piece 1", "http://site.example/1")
    assert entry.published == date(2026, 11, 3)
    assert list(entry.authors) == ([] if body == RDF else ["Freya Lund"])
    assert entry.html


def test_half_a_character_in_json_is_none() -> None:
    entry = read(JSON.replace(b"Piece 1", b"Piece\\ud800\\u0000 1")).entries[0]
    assert entry.title.encode()
    assert "\x00" not in entry.title


def test_json_is_read_by_what_it_should_be() -> None:
    feed = read(JSON)
    assert [entry.guid for entry in feed.entries] == ["1", "2"]
    assert feed.entries[0].html == "<p>One.</p>\n<p>Two.</p>"
    assert [entry.is_summary for entry in feed.entries] == [False, True]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "cannot be read as a feed"),
        (b"<!DOCTYPE html><html><body>Welcome</body></html>", "a page, and no feed"),
        (b'\xef\xbb\xbf  <html lang="en"><rss>', "a page, and no feed"),
        (b"\x00\x01\x02", "cannot be read as a feed"),
        (b"{", "cannot be read as such"),
        (b'{"a": 1}', "and no feed"),
        (b"[" * 100_000, "cannot be read as a feed"),
        (b'{"version": ' + b"[" * 100_000, "cannot be read as such"),
        (b"Just words.", "cannot be read as a feed"),
        (b"http://169.254.169.254/", "cannot be read as a feed"),
        (b"/etc/passwd", "cannot be read as a feed"),
        (rss([item(1, body="x" * 9_000_000)]), "larger than any"),
        (b"<rss><channel><title>Half", "breaks off before its first piece"),
    ],
)
def test_what_is_no_feed_is_said(body: bytes, sentence: str) -> None:
    with pytest.raises(NotAFeed, match=sentence):
        read(body)


def test_a_feed_that_breaks_off_gives_what_came() -> None:
    body = rss([item(1), item(2), item(3)])
    entries = read(body[: body.index(b"Thus ends 2")]).entries
    assert [entry.title for entry in entries] == ["Piece 1", "Piece 2"]


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1252", "utf-8-sig", "iso-8859-15"])
def test_an_encoding_is_found(encoding: str) -> None:
    body = rss([item(1, "Blüte")]).decode().replace("UTF-8", encoding.removesuffix("-sig")).encode(encoding)
    assert read(body).entries[0].title == "Blüte"


def test_an_encoding_that_is_a_lie_ends_nothing() -> None:
    body = rss([item(1, "Blüte")]).decode().encode("latin-1")
    assert read(body).entries[0].url == "http://site.example/1"


@pytest.mark.parametrize("body", [BOMB, OUTSIDE], ids=["bomb", "outside"])
def test_entities_are_no_way_in(body: bytes) -> None:
    began = time()
    try:
        titles = [entry.title for entry in read(body).entries]
    except NotAFeed:
        titles = []
    assert time() - began < 5
    assert all(len(title) < 1000 and "root:" not in title for title in titles)


def test_of_a_huge_feed_the_newest_entries_are_read() -> None:
    body = rss(item(number, body=f"<p>{WORDS}</p>") for number in range(20_000))
    began = time()
    entries = read(body).entries
    assert time() - began < 5
    assert (len(entries), entries[0].title) == (MOST_ENTRIES, "Piece 0")


def test_what_tells_entries_apart() -> None:
    same = read(rss([item(1, guid="x", link="http://site.example/a"), item(2, guid="x", link="http://site.example/b")]))
    assert len({entry.key for entry in same.entries}) == 2
    moved = read(rss([item(1, guid="x", link="http://site.example/a?utm_source=rss")]))
    assert moved.entries[0].key == read(rss([item(1, guid="x", link="http://site.example/c")])).entries[0].key
    bare = rss([item(1)]).replace(b"<guid>http://site.example/?p=1</guid>", b"")
    assert read(bare).entries[0].key == read(bare.replace(b"/1</link>", b"/1/#top</link>")).entries[0].key
    assert len(read(rss([item(1), item(1)])).entries) == 1


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Tue, 03 Nov 2096 08:00:00 GMT", None),
        ("2026-11-30T08:00:00+14:00", date(2026, 11, 30)),
        ("0000-00-00", None),
        ("yesterday", None),
        ("Tue, 03 Nov 2026 23:30:00 -0800", date(2026, 11, 3)),
        ("2026-13-45", None),
    ],
)
def test_a_day_that_cannot_be_meant_is_not_believed(said: str, day: date | None) -> None:
    entry = read(rss([item(1).replace("Tue, 03 Nov 2026 08:00:00 +0100", said)])).entries[0]
    assert (entry.published, entry.published_as_said) == (day, said)


def test_a_moment_out_of_all_bounds_is_none() -> None:
    assert day_of("", struct_time((99999, 1, 1, 0, 0, 0, 0, 1, 0))) is None
    assert believed(date(1971, 1, 1), TODAY) is None


@pytest.mark.parametrize(
    ("body", "short"),
    [
        (WHOLE, False),
        ("<p>We expect that […]</p>", True),
        ("<p>We expect…</p>", True),
        (f"{WHOLE}<p><a href='/1'>Continue reading</a></p>", True),
        (f"{WHOLE}<p>The post A piece appeared first on Kilowatt.</p>", False),
        ("<p>A short note, and all of it.</p>", False),
        ("<img src='x.png'>", True),
    ],
)
def test_a_beginning_is_told_from_a_piece(body: str, short: bool) -> None:
    document = rss([item(1, body="@@")]).replace(b"@@<p>Thus ends 1.</p>", body.encode())
    assert is_short(read(document).entries[0]) == short


def test_a_summary_of_few_words_is_a_beginning() -> None:
    assert is_short(read(RDF).entries[0])


def test_a_page_says_where_its_feed_is() -> None:
    page = """<head><base href="/blog/"><link rel="alternate" type="application/rss+xml" title="Comments" href="c.xml">
    <LINK REL='alternate' TYPE='application/atom+xml' HREF='a.xml'><link rel=stylesheet href=x.css>"""
    found = feeds_of(page, "http://site.example/blog/one")
    assert found[:2] == ["http://site.example/blog/a.xml", "http://site.example/blog/c.xml"]
    assert "http://site.example/feed.xml" in found
    assert all(address.startswith("http://site.example/") for address in found)


def test_a_list_comes_in_and_goes_out() -> None:
    listed = [Listed(URL, "A & “B”", "http://site.example/", "News"), Listed("http://two.example/f", "Two")]
    assert set(read_list(write_list(listed))) == set(listed)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Welcome.", []),
        ('<opml><body><outline text="A"><outline text="B" xmlUrl="http://x/f"/></body>', [("http://x/f", "B", "A")]),
        ('<outline xmlurl="feed://x/f?a=1&amp;b=2"/><outline XMLURL="http://y/f" title=Y>', [
            ("https://x/f?a=1&b=2", "", ""), ("http://y/f", "Y", "")]),
        ('<outline xmlUrl="http://x/"></outline><outline xmlUrl="http://x/" text="2"/>', [("http://x/", "", "")]),
    ],
)  # fmt: skip
def test_lists_are_read_however_they_are_written(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(one.url, one.title, one.folder) for one in read_list(text)] == found


@given(st.binary(max_size=300), st.sampled_from([rss([item(1)]), ATOM, JSON, RDF]), st.integers(0, 3000), st.booleans())
def test_whatever_is_in_it_it_is_read_or_refused(noise: bytes, body: bytes, at: int, cut: bool) -> None:
    with suppress(NotAFeed):
        assert read(body[:at] + noise + (b"" if cut else body[at:])).entries is not None


NAMES = st.sampled_from(["id", "url", "title", "authors", "author", "name", "content_html", "date_published"])
ANYTHING = st.none() | st.booleans() | st.text() | st.integers()


@given(st.recursive(ANYTHING, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner)))
def test_json_may_hold_anything_anywhere(value: object) -> None:
    said = {"version": "https://jsonfeed.org/version/1", "title": value, "items": [value, {"id": value, "url": value}]}
    assert read(json.dumps(said).encode()).entries is not None
