"""The shelf: what there is to read, narrowed and sorted by the address."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.core.visibility import Visibility
from reader.highlights.models import Kind
from reader.library.models import Article, Reading
from reader.tags.models import tags_named
from tests.claims.predictions import make_claim
from tests.library.pieces import shelve_piece
from tests.world import World, make_highlight

QUOTE = "2024 will be the year of the small model"


def titles(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/articles/?{query}").content.decode()
    return re.findall(r'<h2 class="row-title" dir="auto"><a href="[^"]+">([^<]+)</a>', page)


def label(article: Article, *names: str) -> None:
    article.tags.add(*tags_named(list(names), article))


def begin(world: World, article: Article, state: str, percent: int = 0) -> None:
    Reading.objects.create(article=article, reader=world.cleo, state=state, percent=percent)


def test_it_lists_what_the_reader_may_see(world: World, cleo: Client, dov: Client, client: Client) -> None:
    assert set(titles(cleo)) == {world.public.title, world.shared.title, world.private.title}
    assert set(titles(dov)) == {world.public.title, world.elsewhere.title}
    assert titles(client) == [world.public.title]


def test_a_line_says_what_the_piece_is_and_what_the_reader_did_with_it(world: World, cleo: Client) -> None:
    make_highlight(world.public, "everything", world.cleo)
    make_claim(world.public, QUOTE, world.ada, Visibility.PUBLIC)
    label(world.public, "small models")
    begin(world, world.public, Reading.State.READING, 40)

    page = cleo.get("/articles/?q=year").content.decode()

    for fact in ("The Gradient Ledger", "Mira Castell", "17 May 2023", "1 min", "40 % read", "1 of mine", "1 claim<"):
        assert fact in page
    assert 'href="/articles/?tag=small%20models">small models</a>' in page


def test_counts_tell_nothing_of_what_is_hidden(world: World, cleo: Client, dov: Client) -> None:
    make_claim(world.public, QUOTE, world.cleo)
    make_claim(world.public, "Nobody trains from scratch before 2030", world.ada, Visibility.TEAM, world.foundry)

    assert "2 claims" in cleo.get("/articles/").content.decode()
    page = dov.get("/articles/").content.decode()
    assert "claim<" not in page
    assert "claims<" not in page
    assert "of mine" not in page


def test_a_claim_taken_back_is_not_counted(world: World, cleo: Client) -> None:
    claim = make_claim(world.private, QUOTE, world.cleo)
    claim.statements.get().highlight.change_kind(Kind.QUESTION, world.cleo)

    page = cleo.get("/articles/").content.decode()

    assert "claim<" not in page
    assert "1 of mine" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"public", "shared"}),
        ("state=unread", {"shared"}),
        ("state=finished", {"public"}),
        ("state=archived", {"private"}),
        ("state=reading", set()),
        ("state=nonsense", {"public", "shared"}),
    ],
)
def test_states_are_the_readers_own(world: World, cleo: Client, query: str, expected: set[str]) -> None:
    begin(world, world.public, Reading.State.FINISHED, 100)
    begin(world, world.private, Reading.State.ARCHIVED)

    assert set(titles(cleo, query)) == {getattr(world, name).title for name in expected}


def test_anothers_archive_is_not_mine(world: World, ada: Client) -> None:
    begin(world, world.public, Reading.State.ARCHIVED)

    assert world.public.title in titles(ada)


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("q=letter", True),
        ("q=LETTER", True),
        ("q=nothing+like+it", False),
        ("q=100%25", False),
        ("tag=open+models", True),
        ("tag=OPEN++Models", True),
        ("tag=closed", False),
        ("author=Ola+Lind", True),
        ("author=ola-lind", True),
        ("author=Nobody", False),
        ("publication=Tokens", True),
        ("publication=Elsewhere", False),
        ("tag=open+models&author=Ola+Lind&publication=tokens&q=letter", True),
        ("tag=open+models&author=Nobody", False),
        ("q=" + "x" * 500, True),
        ("q=%00", True),
    ],
)
def test_filters_live_in_the_address(world: World, cleo: Client, query: str, is_there: bool) -> None:
    piece = shelve_piece(world.ada, "A letter", Visibility.PUBLIC, authors=["Ola Lind"], publication="Tokens")
    label(piece, "open models")

    assert ("A letter" in titles(cleo, query)) == is_there


def test_a_piece_with_two_tags_of_that_name_is_listed_once(world: World, cleo: Client) -> None:
    label(world.public, "open models", "open-models")

    assert titles(cleo, "tag=open-models") == [world.public.title]


def test_a_name_in_two_scopes_is_one_label(world: World, cleo: Client) -> None:
    label(world.public, "open models")
    world.public.tags.add(*tags_named(["Open models"], world.private))

    assert cleo.get("/articles/").content.decode().count('class="chip"') == 1


def test_a_filter_finds_nothing_by_what_the_reader_may_not_see(world: World, cleo: Client, dov: Client) -> None:
    label(world.private, "secret")
    world.public.tags.add(world.private.tags.get())

    assert titles(cleo, "tag=secret")
    assert titles(dov, "tag=secret") == []
    assert b"secret" not in dov.get("/articles/").content


def test_it_is_sorted_as_one_likes(world: World, cleo: Client) -> None:
    Article.objects.all().delete()
    shelve_piece(world.cleo, "Old", words="One two three.", published=date(2020, 1, 1), published_precision="day")
    shelve_piece(world.cleo, "Undated", words="One.")
    shelve_piece(world.cleo, "New", words="One two.", published=date(2024, 1, 1), published_precision="day")

    assert titles(cleo) == ["New", "Undated", "Old"]
    assert titles(cleo, "sort=published") == ["New", "Old", "Undated"]
    assert titles(cleo, "sort=short") == ["Undated", "New", "Old"]
    assert titles(cleo, "sort=long") == ["Old", "New", "Undated"]


@pytest.mark.parametrize("sort", ["added", "published", "short", "long"])
def test_pages_follow_each_other_without_gap_or_overlap(world: World, cleo: Client, sort: str) -> None:
    for number in range(64):
        day = date(2024, 1, 1 + number % 5) if number % 3 else None
        shelve_piece(world.cleo, f"Piece {number}", published=day, published_precision="day" if day else "")
    seen: list[str] = []
    query = f"sort={sort}&q=Piece"

    while query:
        page = cleo.get(f"/articles/?{query}").content.decode()
        seen += re.findall(r">(Piece \d+)</a>", page)
        following = re.search(r'href="\?([^"]*after=[^"]*)"', page)
        query = following[1].replace("&amp;", "&") if following else ""

    assert len(seen) == len(set(seen)) == 64


def test_the_links_keep_the_other_filters(world: World, cleo: Client) -> None:
    page = cleo.get("/articles/?q=model&sort=long&state=unread").content.decode()

    assert 'href="?q=model&amp;sort=long&amp;state=finished"' in page


def test_it_answers_fragment(world: World, cleo: Client) -> None:
    part = cleo.get("/articles/", headers={"HX-Request": "true", "HX-Request-Type": "partial"}).content.decode()

    assert "<html" not in part
    assert world.private.title in part


def test_it_rejects_post(world: World, cleo: Client) -> None:
    assert cleo.post("/articles/").status_code == 405


def test_an_empty_shelf_says_what_it_is_for(db: None, client: Client) -> None:
    assert "The shelf is empty" in client.get("/articles/").content.decode()
    assert "Nothing like that on the shelf" in client.get("/articles/?q=x").content.decode()


def test_queries_do_not_grow_with_rows(world: World, cleo: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            cleo.get("/articles/")
        return len(queries)

    few = count()
    for number in range(20):
        piece = shelve_piece(
            world.cleo, f"Piece {number}", authors=[f"Author {number}"], publication=f"Letter {number}"
        )
        label(piece, f"tag {number}")
        make_claim(piece, f"all that Piece {number} says", world.cleo)

    assert count() == few
