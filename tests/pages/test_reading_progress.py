import pytest
from django.test import Client

from reader.library.models import Reading
from tests.pages.asking import FRAGMENT, place_of
from tests.world import World


def test_it_works(cleo: Client, world: World) -> None:
    response = cleo.post(place_of(world.shared), {"position": 42, "percent": 7})

    kept = Reading.objects.get(reader=world.cleo)
    assert response.status_code == 204
    assert (kept.position, kept.percent, kept.state) == (42, 7, "reading")


def test_what_was_read_stays_read(cleo: Client, world: World) -> None:
    cleo.post(place_of(world.shared), {"position": 42, "percent": 48})
    cleo.post(place_of(world.shared), {"position": 3, "percent": 15})

    kept = Reading.objects.get(reader=world.cleo)
    assert (kept.position, kept.percent) == (3, 48)


def test_a_finished_piece_stays_finished(cleo: Client, world: World) -> None:
    cleo.post(place_of(world.shared), {"state": "finished"})
    cleo.post(place_of(world.shared), {"position": 1, "percent": 2})

    assert Reading.objects.get().state == "finished"


@pytest.mark.parametrize("state", Reading.State.values)
def test_the_reader_chooses_the_state(cleo: Client, world: World, state: str) -> None:
    response = cleo.post(place_of(world.shared), {"state": state})

    assert response.status_code == 303
    assert response.headers["Location"] == world.shared.get_absolute_url()
    assert Reading.objects.get().state == state


def test_it_answers_fragment(cleo: Client, world: World) -> None:
    page = cleo.post(place_of(world.shared), {"state": "archived"}, headers=FRAGMENT).content.decode()

    assert page.startswith('<hx-partial hx-target="#reading-state" hx-swap="outerHTML"><form')
    assert "Back to the shelf" in page


def test_a_state_can_be_undone(cleo: Client, world: World) -> None:
    cleo.post(place_of(world.shared), {"state": "finished"})
    page = cleo.post(place_of(world.shared), {"state": "archived"}, headers=FRAGMENT).content.decode()
    undo = f"{place_of(world.shared)}?state=finished"
    assert f'hx-post="{undo}"' in page

    cleo.post(undo)

    assert Reading.objects.get().state == Reading.State.FINISHED


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"position": "x", "percent": "1"},
        {"position": "-1", "percent": "1"},
        {"position": "1", "percent": "101"},
        {"position": "99999999999999999999", "percent": "1"},
        {"state": "burnt"},
        {"state": ""},
    ],
)
def test_it_refuses_what_it_cannot_read(cleo: Client, world: World, wrong: dict[str, str]) -> None:
    response = cleo.post(place_of(world.shared), wrong)

    assert response.status_code == 422
    assert response.json()["errors"]
    assert not Reading.objects.exists()


def test_everybody_has_their_own(cleo: Client, vera: Client, world: World) -> None:
    cleo.post(place_of(world.shared), {"position": 42, "percent": 7})
    vera.post(place_of(world.shared), {"position": 3, "percent": 1})

    assert Reading.objects.get(reader=world.cleo).position == 42
    assert Reading.objects.get(reader=world.vera).position == 3


def test_it_checks_who_may_read(dov: Client, world: World) -> None:
    assert dov.post(place_of(world.shared), {"position": 1, "percent": 1}).status_code == 404


def test_it_rejects_get(cleo: Client, world: World) -> None:
    assert cleo.get(place_of(world.shared)).status_code == 405


def test_a_stranger_signs_in_first(client: Client, world: World) -> None:
    assert client.post(place_of(world.public), {"position": 1, "percent": 1}).status_code == 302
