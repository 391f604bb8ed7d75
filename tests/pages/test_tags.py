"""The list of tags, and the names that are offered while one types."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.core.visibility import Visibility
from reader.library.models import Article
from reader.tags.models import MAX_LENGTH, tags_named
from tests.claims.predictions import make_claim
from tests.world import World, make_highlight

QUOTE = "2024 will be the year of the small model"


def label(article: Article, *names: str) -> None:
    article.tags.add(*tags_named(list(names), article))


def offered(client: Client, address: str) -> list[str]:
    return re.findall(r'value="([^"]*)"', client.get(address).content.decode())


def test_it_counts_what_carries_each(world: World, cleo: Client) -> None:
    label(world.public, "Small models")
    label(world.shared, "small models")
    make_highlight(world.private, "everything", world.cleo).label(["small models"], world.cleo)
    make_claim(world.private, QUOTE, world.cleo).label(["small models"], world.cleo)

    page = cleo.get("/tags/").content.decode()

    assert page.count("row-title") == 1
    assert 'href="/articles/?tag=Small%20models">2 articles</a>' in page
    assert 'href="/claims/?tag=Small%20models">1 claim</a>' in page
    assert "1 mark<" in page


def test_counts_are_what_the_links_lead_to(world: World, cleo: Client) -> None:
    label(world.public, "models")
    label(world.shared, "models")

    assert cleo.get("/articles/?tag=models").content.count(b"row-title") == 2


def test_nothing_tells_of_hidden_tags_and_things(world: World, dov: Client, client: Client) -> None:
    label(world.private, "secret")
    label(world.shared, "secret", "shared secret")
    label(world.public, "known")
    make_highlight(world.public, "everything", world.cleo).label(["known", "secret"], world.cleo)
    world.shared.tags.add(world.public.tags.get())

    for reader in (dov, client):
        page = reader.get("/tags/").content.decode()
        assert "secret" not in page
        assert "1 article<" in page
        assert "mark<" not in page
        assert offered(reader, "/tags/suggestions/?q=sec") == []
        assert offered(reader, "/tags/suggestions/") == ["known"]


def test_a_deleted_mark_does_not_count(world: World, cleo: Client) -> None:
    mark = make_highlight(world.private, "everything", world.cleo)
    mark.label(["odd"], world.cleo)
    mark.delete_by(world.cleo)

    assert "Not in use" in cleo.get("/tags/").content.decode()


def test_pages_follow_each_other(world: World, cleo: Client) -> None:
    label(world.private, *(f"tag {number:03}" for number in range(130)))

    first = cleo.get("/tags/").content.decode()
    after = re.search(r'href="\?after=([^"]+)"', first)
    assert after is not None
    second = cleo.get(f"/tags/?after={after[1]}").content.decode()

    assert re.findall(r"tag \d{3}", first + second) == [f"tag {number:03}" for number in range(130)]


@pytest.mark.parametrize("after", ["%00~5", "~", "x", "a~99999999999999999999999"])
def test_a_cursor_that_nobody_made_is_the_start(world: World, cleo: Client, after: str) -> None:
    label(world.private, "odd")

    assert "odd" in cleo.get(f"/tags/?after={after}").content.decode()


def test_it_answers_fragment(world: World, cleo: Client) -> None:
    label(world.private, "odd")

    part = cleo.get("/tags/", headers={"HX-Request": "true", "HX-Request-Type": "partial"}).content.decode()

    assert "<html" not in part
    assert "odd" in part


def test_queries_do_not_grow_with_rows(world: World, cleo: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            cleo.get("/tags/")
        return len(queries)

    label(world.private, "first")
    few = count()
    label(world.private, *(f"tag {number}" for number in range(40)))

    assert count() == few


def test_no_tags_say_what_they_are_for(world: World, cleo: Client) -> None:
    assert "No tags yet" in cleo.get("/tags/").content.decode()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("q=op", ["open models"]),
        ("tags=closed, OP", ["open models"]),
        ("q=%23open", ["open models"]),
        ("q=models", ["open models"]),
        ("q=pen", []),
        ("q=" + "x" * 60_000, []),
        ("q=%00", ["closed", "open models"]),
        ("q=%25", []),
    ],
)
def test_tags_are_offered_while_one_types(world: World, cleo: Client, typed: str, names: list[str]) -> None:
    label(world.private, "open models", "closed")

    assert offered(cleo, f"/tags/suggestions/?{typed}") == names


def test_a_name_is_cut_into_no_tag(world: World) -> None:
    longest = "ﷺ" * MAX_LENGTH

    assert tags_named([longest], world.private) == tags_named([longest], world.private)


def test_a_tag_shared_by_a_team_is_offered_to_it(world: World, cleo: Client, dov: Client) -> None:
    tags_named(["ours"], world.shared)

    assert world.shared.visibility == Visibility.TEAM
    assert offered(cleo, "/tags/suggestions/?q=ou") == ["ours"]
    assert offered(dov, "/tags/suggestions/?q=ou") == []


def test_a_tag_on_a_mark_leads_to_its_piece(world: World, cleo: Client, dov: Client) -> None:
    highlight = make_highlight(world.public, "small models will matter", world.cleo)
    highlight.label(["pocket models"], world.cleo)

    assert "The year of the small model" in cleo.get("/articles/?tag=pocket models").content.decode()
    assert "The year of the small model" not in dov.get("/articles/?tag=pocket models").content.decode()

    highlight.delete_by(world.cleo)
    assert "The year of the small model" not in cleo.get("/articles/?tag=pocket models").content.decode()
