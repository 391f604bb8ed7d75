"""The page of the search: whole, in part, and whatever is asked."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.core.visibility import Visibility
from reader.highlights.models import write_note
from reader.search.queries import PAGE
from reader.search.stretches import REACH
from tests.pages.asking import FRAGMENT
from tests.world import World, make_article, make_highlight

pytestmark = pytest.mark.django_db


def test_it_works(world: World, cleo: Client) -> None:
    answer = cleo.get("/search/", {"q": "herds foundry"})

    assert answer.status_code == 200
    page = answer.content.decode()
    assert f'href="{world.shared.get_absolute_url()}"' in page
    assert "Notes for the <mark>Foundry</mark>" in page
    assert "🦙 <mark>herds</mark>" in page
    assert "<strong>1</strong> thing found" in page
    assert "Your team" in page


def test_it_works_for_strangers(world: World) -> None:
    page = Client().get("/search/", {"q": "herds"}).content.decode()

    assert "The year of the small model" in page
    assert "Foundry" not in page
    assert "Save this search" not in page


def test_it_says_what_it_is_for_before_anything_is_asked(world: World, cleo: Client) -> None:
    assert "How to ask" in cleo.get("/search/").content.decode()


def test_it_answers_fragments_while_one_types(world: World, cleo: Client) -> None:
    answer = cleo.get("/search/", {"q": "accelera", "typing": "1"}, headers=FRAGMENT)

    assert "<html" not in answer.content.decode()
    assert world.private.title in answer.content.decode()
    assert answer.headers["HX-Replace-Url"] == "/search/?q=accelera"


def test_the_next_hits_come_as_a_fragment(world: World, cleo: Client) -> None:
    for number in range(PAGE + 2):
        make_article(f"Piece {number} on quinces", world.cleo)

    first = cleo.get("/search/", {"q": "quinces"}).content.decode()
    second = cleo.get("/search/", {"q": "quinces", "after": str(PAGE)}, headers=FRAGMENT).content.decode()

    assert first.count('class="search-row"') == PAGE
    assert f"after={PAGE}" in first
    assert second.count('class="search-row"') == 2
    assert "after=" not in second


@pytest.mark.parametrize(
    "asked",
    [
        {"q": '"unbalanced'},
        {"q": "x" * 10_000},
        {"q": "the of and"},
        {"q": "tag:nowhere"},
        {"q": 'a AND (b OR c) NEAR/2 d* ^e {title}: "f" - *'},
        {"q": "a\x00b\x00"},
        {"q": "small", "after": "minus", "sort": "sideways"},
        {"q": "small", "after": "9" * 30},
        {"q": "<script>alert(1)</script> <mark>"},
    ],
)
def test_everything_is_answered(world: World, cleo: Client, asked: dict[str, str]) -> None:
    for headers in ({}, FRAGMENT):
        answer = cleo.get("/search/", asked, headers=headers)

        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


def test_a_hint_says_what_was_not_understood(world: World, cleo: Client) -> None:
    assert "A quotation mark has no partner" in cleo.get("/search/", {"q": 'small "'}).content.decode()
    assert "There is no kind “poem”" in cleo.get("/search/", {"q": "kind:poem small"}).content.decode()
    assert "Only the first 500 characters" in cleo.get("/search/", {"q": "x" * 10_000}).content.decode()


def test_hostile_words_are_words(world: World, cleo: Client) -> None:
    make_article("<script>alert('title')</script> & quinces", world.cleo)
    mark = make_highlight(world.public, "everything", world.cleo)
    write_note(mark, "<img src=x onerror=alert(1)> quinces <mark>", world.cleo)

    page = cleo.get("/search/", {"q": "quinces"}).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page
    assert page.count("<mark>quinces</mark>") == 3


def test_a_slip_is_said_and_can_be_insisted_on(world: World, cleo: Client) -> None:
    page = cleo.get("/search/", {"q": "acelerated"}).content.decode()

    assert "This is for “<strong>accelerated</strong>”" in page
    assert "literally=1" in page
    assert "Nothing found" in cleo.get("/search/", {"q": "acelerated", "literally": "1"}).content.decode()


def test_facets_add_to_the_question_and_take_away(world: World, cleo: Client) -> None:
    make_highlight(world.public, "herds", world.cleo).label(["Herds"], world.cleo)

    page = cleo.get("/search/", {"q": "herds"}).content.decode()
    assert "?q=herds+kind%3Aarticle" in page

    narrowed = cleo.get("/search/", {"q": "herds kind:article"}).content.decode()
    assert '<a href="?q=herds" aria-current="true"' in narrowed


def test_it_rejects_post(world: World, cleo: Client) -> None:
    assert cleo.post("/search/").status_code == 405


def test_queries_do_not_grow(world: World, cleo: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(REACH, "until", float("inf"))  # on PostgreSQL it is asked for anew once in a minute

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            cleo.get("/search/", {"q": "quinces"})
        return len(queries)

    def add(number: int) -> None:
        article = make_article(f"Quinces {number}", world.ada, Visibility.PUBLIC, html="<p>Of quinces and pears.</p>")
        mark = make_highlight(article, "quinces and pears", world.cleo)
        mark.label([f"quinces {number}"], world.cleo)
        write_note(mark, "Noted quinces", world.cleo)

    add(0)
    asked()
    few = asked()
    for number in range(1, 6):
        add(number)

    assert asked() == few


def test_completions(world: World, cleo: Client) -> None:
    make_highlight(world.public, "herds", world.cleo).label(["Small models"], world.cleo)
    make_highlight(world.public, "herds", world.cleo, visibility="public").label(["small models"], world.cleo)
    make_highlight(world.elsewhere, "herds", world.dov).label(["Small secrets"], world.dov)

    def offered(text: str) -> str:
        return cleo.get("/search/completions/", {"q": text}).content.decode()

    assert 'value="tag:"' in offered("ta")
    assert offered("llama tag:sm").lower().count("llama tag:&quot;small models&quot;") == 1  # of two scopes
    assert "Small secrets" not in offered("tag:sm") + offered("tag:")
    assert "author:&quot;Mira Castell&quot;" in offered("author:cast")
    assert "kind:prediction" in offered("kind:pre")
    assert offered("").strip() == offered("llama ").strip() == ""


def test_names_in_quotes_and_single_letters_are_completed(world: World, cleo: Client) -> None:
    make_highlight(world.public, "herds", world.cleo).label(["Open weights", "Oil"], world.cleo)

    def offered(text: str) -> str:
        return cleo.get("/search/completions/", {"q": text}).content.decode()

    for begun in ('tag:"open we', 'tag:"open w', 'tag:"open', "tag:o", "tag:w", "tag:"):
        assert "tag:&quot;Open weights&quot;" in offered(begun), begun
    assert "tag:Oil" in offered("tag:o")
    assert "Oil" not in offered("tag:w") + offered('tag:"open')


def test_teams_are_completed_with_the_readers_own(world: World, cleo: Client) -> None:
    def offered(text: str) -> str:
        return cleo.get("/search/completions/", {"q": text}).content.decode()

    for begun in ("team:", "team:fou", "team:F", 'llama team:"foun', "-team:fo"):
        assert "team:Foundry" in offered(begun), begun
    assert "Harbour" not in offered("team:") + offered("team:harb")
    assert "team" not in Client().get("/search/completions/", {"q": "team:"}).content.decode()


def test_the_end_of_what_is_counted_is_said(world: World, cleo: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.search.queries.MOST_COUNTED", PAGE + 1)
    for number in range(PAGE + 2):
        make_article(f"Piece {number} on quinces", world.cleo)

    def rows(asked: dict[str, str]) -> str:
        return cleo.get("/search/", asked).content.decode()

    said = f"These are the first {PAGE + 1}. Narrow it to see others."
    assert said not in rows({"q": "quinces"})  # there is more to come
    assert said in rows({"q": "quinces", "after": str(PAGE)})
    assert said in rows({"q": "quinces", "after": "1000"})
    assert "Nothing found" not in rows({"q": "quinces", "after": "1000"})
    assert said not in rows({"q": "quinces -piece"})
    assert "These are the first" not in rows({"q": "herds"})
