"""The short names that people are called by in notes."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from reader.accounts.handles import HANDLE
from reader.accounts.models import User
from tests.world import PASSWORD, World, make_person


def test_it_is_made_from_the_name(world: World) -> None:
    assert world.ada.handle == "ada"
    assert User.objects.create_user("m@example.org", name="Mira  Castell-Ruíz").handle == "mira-castell-ruiz"


def test_a_second_of_the_name_gets_another(world: World) -> None:
    handle = User.objects.create_user("ada2@example.org", name="Ada").handle

    assert handle is not None
    assert handle.startswith("ada-")
    assert HANDLE.fullmatch(handle)


@pytest.mark.parametrize("name", ["Ольга", "", "…", "🦙", "x" * 80, "-_-"])
def test_any_name_leads_to_a_handle(db: None, name: str) -> None:
    handle = User.objects.create_user("someone@example.org", name=name).handle

    assert handle is not None
    assert HANDLE.fullmatch(handle)
    assert len(handle) <= 30


def test_whoever_signs_up_gets_one(client: Client, settings: Settings, db: None) -> None:
    settings.SIGNUP = "open"
    client.post("/accounts/signup/", {"name": "Mira Castell", "email": "m@example.org", "password1": PASSWORD})

    assert User.objects.get().handle == "mira-castell"


def test_it_can_be_changed(cleo: Client, world: World) -> None:
    response = cleo.post("/settings/", {"name": "Cleo", "handle": "@Cleo-2"})

    world.cleo.refresh_from_db()
    assert response.status_code == 303
    assert world.cleo.handle == "cleo-2"
    assert 'value="cleo-2"' in cleo.get("/settings/").content.decode()


@pytest.mark.parametrize(
    ("handle", "sentence"),
    [
        ("", "Choose a handle"),
        ("ada", "This handle is not free."),
        ("ADA", "This handle is not free."),
        ("two words", "A handle has the letters a to z"),
        ("-cleo", "A handle has the letters a to z"),
        ("cleo--x", "A handle has the letters a to z"),
        ("klé", "A handle has the letters a to z"),
        ("x" * 31, "up to 30 letters are kept"),
    ],
)
def test_it_refuses_bad_input(cleo: Client, world: World, handle: str, sentence: str) -> None:
    response = cleo.post("/settings/", {"name": "Cleo", "handle": handle})

    world.cleo.refresh_from_db()
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert world.cleo.handle == "cleo"


def test_a_refused_name_is_not_kept_beside_a_handle(world: World) -> None:
    other = make_person("Zed")
    other.name = "Zoe"
    other.save(update_fields=["name"])

    assert User.objects.get(pk=other.pk).handle == "zed"
