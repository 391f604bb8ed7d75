"""The pages of people and publications, and their names as they are completed."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.core.visibility import Visibility
from reader.library.models import Person, Publication
from reader.pages import firsts
from reader.pages.firsts import about, claim_ids, piece_ids
from reader.tags.models import Tag
from tests.claims.predictions import make_claim
from tests.library.pieces import shelve_piece
from tests.world import World, make_article

QUOTE = "2024 will be the year of the small model"


def test_a_person_has_their_claims_and_pieces(world: World, client: Client) -> None:
    make_claim(world.public, QUOTE, world.ada, Visibility.PUBLIC)

    page = client.get("/people/mira-castell/").content.decode()

    assert "<h1>Mira Castell</h1>" in page
    assert QUOTE in page
    assert world.public.title in page


def test_a_publication_has_its_claims_and_pieces(world: World, client: Client) -> None:
    make_claim(world.public, QUOTE, world.ada, Visibility.PUBLIC)

    page = client.get("/publications/the-gradient-ledger/").content.decode()

    assert "<h1>The Gradient Ledger</h1>" in page
    assert QUOTE in page
    assert world.public.title in page


@pytest.mark.parametrize("address", ["/people/mira-castell/", "/publications/the-gradient-ledger/"])
def test_only_what_the_reader_may_see_stands_there(world: World, cleo: Client, dov: Client, address: str) -> None:
    make_claim(world.shared, QUOTE, world.ada, Visibility.TEAM, world.foundry)
    make_claim(world.public, "Nobody trains from scratch before 2030", world.cleo)

    assert world.shared.title in cleo.get(address).content.decode()
    page = dov.get(address).content.decode()
    assert world.shared.title not in page
    assert "No claim that you may see." in page


def test_of_much_and_of_little_the_same_stands_there(world: World) -> None:
    claims = [
        make_claim(world.shared, QUOTE, world.ada, Visibility.TEAM, world.foundry),
        make_claim(world.public, QUOTE, world.ada, Visibility.PUBLIC),
        make_claim(world.public, "Nobody trains from scratch before 2030", world.cleo),
    ]
    person, series = Person.objects.get(slug="mira-castell"), Publication.objects.get(slug="the-gradient-ledger")
    tag = Tag.objects.create(name="scale", key="scale", slug="scale", owner=world.ada, visibility=Visibility.PUBLIC)
    for claim in claims:
        claim.tags.add(tag)
    world.shared.tags.add(tag)

    for reader in (world.cleo, world.dov, AnonymousUser()):
        for subject in (person, series, tag):
            for ids in (claim_ids, piece_ids):
                few, many = (ids(type(subject), much=much)(reader, about(subject)) for much in (False, True))
                assert few == many
    of_all = claim_ids(Person, much=True)
    assert len(of_all(world.cleo, person.pk)) > len(of_all(world.dov, person.pk))


@pytest.fixture
def two_are_many(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(firsts, "MUCH", 2)
    firsts.the_last_of_many.cache_clear()
    yield
    firsts.the_last_of_many.cache_clear()


def test_there_is_much_from_so_many_on(world: World, two_are_many: None) -> None:
    make_claim(world.public, QUOTE, world.ada, Visibility.PUBLIC)
    person = Person.objects.get(slug="mira-castell")
    assert not firsts.there_is_much(person)

    make_claim(world.public, "Nobody trains from scratch before 2030", world.cleo)
    assert firsts.there_is_much(person)


@pytest.mark.parametrize(("kind", "words"), [("organisation", "Organisation"), ("unnamed", "Unnamed source")])
def test_it_says_what_is_no_person(world: World, client: Client, kind: str, words: str) -> None:
    Person.objects.filter(slug="mira-castell").update(kind=kind)

    assert f'<p class="lede">{words}</p>' in client.get("/people/mira-castell/").content.decode()


def test_more_than_a_page_leads_to_the_lists(world: World, client: Client) -> None:
    for number in range(31):
        piece = make_article(f"Piece {number}", world.ada, Visibility.PUBLIC)
        make_claim(piece, QUOTE, world.ada, Visibility.PUBLIC)

    page = client.get("/people/mira-castell/").content.decode()

    assert 'href="/claims/?speaker=mira-castell"' in page
    assert 'href="/articles/?author=mira-castell"' in page


def test_it_handles_missing(db: None, client: Client) -> None:
    assert client.get("/people/nobody/").status_code == 404
    assert client.get("/publications/nothing/").status_code == 404


def test_queries_do_not_grow_with_rows(world: World, client: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/people/mira-castell/")
        return len(queries)

    make_claim(world.public, QUOTE, world.ada, Visibility.PUBLIC)
    few = count()
    for number in range(10):
        make_claim(make_article(f"Piece {number}", world.ada, Visibility.PUBLIC), QUOTE, world.ada, Visibility.PUBLIC)

    assert count() == few


def offered(client: Client, address: str) -> list[str]:
    return re.findall(r'value="([^"]*)"', client.get(address).content.decode())


@pytest.mark.parametrize("kind", ["people", "publications"])
@pytest.mark.parametrize(
    ("typed", "is_offered"),
    [
        ("q=close", True),
        ("speaker=CLOSE", True),
        ("q=", False),
        ("", False),
        ("q=%00", False),
        ("q=" + "x" * 60_000, False),
    ],
)
def test_names_are_offered_while_one_types(
    world: World, cleo: Client, dov: Client, kind: str, typed: str, is_offered: bool
) -> None:
    shelve_piece(world.cleo, "A letter", authors=["Kept Close"], publication="Kept Close")

    assert offered(cleo, f"/{kind}/suggestions/?{typed}") == (["Kept Close"] if is_offered else [])
    assert offered(dov, f"/{kind}/suggestions/?{typed}") == []


def test_a_name_in_several_scopes_is_offered_once(world: World, cleo: Client) -> None:
    Publication.objects.create(name="Tokens", key="tokens", slug="tokens-1", owner=world.cleo)
    shelve_piece(world.ada, "A letter", Visibility.PUBLIC, publication="Tokens")

    assert offered(cleo, "/publications/suggestions/?q=tok") == ["Tokens"]
