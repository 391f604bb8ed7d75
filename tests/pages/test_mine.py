"""One's own marks, notes and claims."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.accounts.models import Membership
from reader.highlights.models import write_note
from tests.claims.predictions import make_claim, make_claims
from tests.pages.asking import FRAGMENT
from tests.world import World, make_highlight

PARTS = ["", "notes/", "claims/"]
MARKED = "It is becoming clear that small models will matter."


def page(client: Client, part: str = "", query: str = "", headers: dict[str, str] | None = None) -> str:
    return client.get(f"/profile/{part}{query}", headers=headers or {}).content.decode()


def fill(world: World, count: int, offset: int = 0) -> None:
    for number in range(offset, offset + count):
        mark = make_highlight(world.private, MARKED[: number + 1], world.cleo)
        write_note(mark, f"Note {number}.", world.cleo)


def test_it_works(cleo: Client, world: World) -> None:
    mark = make_highlight(world.shared, "2024 will be the year", world.cleo, visibility="team", team=world.foundry)
    note = write_note(mark, "It *was*.", world.cleo)
    on_piece = write_note(world.private, "On all of it.", world.cleo)
    claim = make_claim(world.private, "Prices fall by half", world.cleo)

    assert f'<a href="{mark.get_absolute_url()}">2024 will be the year</a>' in page(cleo)
    assert "The team Foundry sees this" in page(cleo)
    notes = page(cleo, "notes/")
    assert "<p>It <em>was</em>.</p>" in notes
    assert f'href="{note.place}"' in notes
    assert f'href="{world.private.get_absolute_url()}#note-{on_piece.pk}"' in notes
    assert f'id="claim-{claim.pk}"' in page(cleo, "claims/")
    assert 'Marks <span class="count">2</span>' in page(cleo)
    assert 'Notes <span class="count">2</span>' in page(cleo)
    assert 'Claims <span class="count">1</span>' in page(cleo)


@pytest.mark.parametrize("part", PARTS)
def test_an_empty_list_says_what_it_is_for(dov: Client, part: str) -> None:
    assert 'class="empty"' in page(dov, part)


@pytest.mark.parametrize("part", PARTS)
def test_it_shows_nothing_of_others(cleo: Client, world: World, part: str) -> None:
    write_note(make_highlight(world.public, "small models", world.ben, visibility="public"), "Ben's.", world.ben)
    make_claim(world.public, "Prices fall by half", world.ben, "public")

    assert 'class="empty"' in page(cleo, part)


@pytest.mark.parametrize("part", PARTS[:2])
def test_what_went_out_of_sight_is_not_listed(cleo: Client, world: World, part: str) -> None:
    mark = make_highlight(world.shared, "small models", world.cleo, visibility="team", team=world.foundry)
    write_note(mark, "On it.", world.cleo)
    Membership.objects.filter(user=world.cleo).delete()

    assert 'class="empty"' in page(cleo, part)


@pytest.mark.parametrize("part", PARTS)
def test_pages_follow_one_another(cleo: Client, world: World, part: str) -> None:
    if part == "claims/":
        make_claims(world, 35)
    else:
        fill(world, 35)
    first = page(cleo, part)
    cursor = first.split('hx-get="?after=')[1].split('"')[0]

    rest = page(cleo, part, f"?after={cursor}", FRAGMENT)

    assert first.count('class="facts"') >= 30
    assert rest.count("<li") == 5 or part == "claims/"
    assert "<html" not in rest
    assert 'class="more"' not in rest


@pytest.mark.parametrize("part", PARTS)
def test_its_queries_do_not_grow(cleo: Client, world: World, part: str) -> None:
    fill(world, 2)
    make_claims(world, 2)
    with CaptureQueriesContext(connection) as few:
        page(cleo, part)
    fill(world, 20, offset=2)
    make_claims(world, 20)
    with CaptureQueriesContext(connection) as more:
        page(cleo, part)

    assert len(more) == len(few)


@pytest.mark.parametrize("part", PARTS)
def test_a_stranger_signs_in_first(client: Client, db: None, part: str) -> None:
    assert client.get(f"/profile/{part}").status_code == 302
