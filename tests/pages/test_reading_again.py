"""A page that has not changed is answered 304; one that has is not."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reader.accounts.models import Membership, User
from reader.highlights.models import write_note
from reader.pages.leaving import leave
from tests.conftest import signed_in
from tests.pages.asking import place_of
from tests.world import World, make_highlight


def version_of(client: Client, world: World) -> str:
    return client.get(world.shared.get_absolute_url()).headers["ETag"]


def test_it_works(cleo: Client, world: World) -> None:
    etag = version_of(cleo, world)

    response = cleo.get(world.shared.get_absolute_url(), headers={"If-None-Match": etag})

    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "Content-Security-Policy" in response.headers


def test_it_asks_little(cleo: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    etag = version_of(cleo, world)

    with django_assert_num_queries(4):  # the session, its user, the user's teams, the piece
        cleo.get(world.shared.get_absolute_url(), headers={"If-None-Match": etag})


def mark(client: Client, world: World) -> None:
    make_highlight(world.shared, "small models", world.ada, visibility="team", team=world.foundry)


def annotate(client: Client, world: World) -> None:
    write_note(world.shared, "Read this.", world.ada)


def read_on(client: Client, world: World) -> None:
    client.post(place_of(world.shared), {"position": 3, "percent": 50})


def finish(client: Client, world: World) -> None:
    client.post(
        place_of(world.shared), {"state": "finished"}, headers={"HX-Request": "true", "HX-Request-Type": "partial"}
    )


def change_display(client: Client, world: World) -> None:
    User.objects.filter(pk=world.cleo.pk).update(theme="dark")


def lose_rights(client: Client, world: World) -> None:
    Membership.objects.filter(user=world.cleo).update(role="viewer")


def rename_ada(client: Client, world: World) -> None:
    assert signed_in(world.ada).post("/settings/", {"name": "Ada L.", "handle": "ada"}).status_code == 303


def see_vera_leave(client: Client, world: World) -> None:
    leave(world.vera)


def get_another_token(client: Client, world: World) -> None:
    client.cookies["csrftoken"] = "a" * 32


@pytest.mark.parametrize(
    "change",
    [
        mark,
        annotate,
        read_on,
        finish,
        change_display,
        lose_rights,
        rename_ada,
        see_vera_leave,
        get_another_token,
    ],
    ids=lambda one: one.__name__,
)
def test_what_the_page_shows_changes_it(cleo: Client, world: World, change: Callable[[Client, World], None]) -> None:
    make_highlight(world.shared, "Prices fall", world.cleo, visibility="team", team=world.foundry)
    etag = version_of(cleo, world)

    change(cleo, world)

    assert cleo.get(world.shared.get_absolute_url(), headers={"If-None-Match": etag}).status_code == 200


def test_what_others_keep_to_themselves_does_not(cleo: Client, world: World) -> None:
    etag = version_of(cleo, world)

    make_highlight(world.shared, "small models", world.ada)

    assert version_of(cleo, world) == etag


def test_a_name_that_is_saved_as_it_was_does_not(cleo: Client, world: World) -> None:
    etag = version_of(cleo, world)

    signed_in(world.ada).post("/settings/", {"name": "Ada", "handle": "ada-l"})

    assert User.objects.get(pk=world.ada.pk).handle == "ada-l"
    assert version_of(cleo, world) == etag


def test_a_day_changes_it(cleo: Client, world: World) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 23, 59, tzinfo=UTC), tick=False):
        client = signed_in(world.cleo)
        before = version_of(client, world)
    with time_machine.travel(datetime(2026, 11, 24, 0, 1, tzinfo=UTC), tick=False):
        assert version_of(client, world) != before


def test_another_session_is_another_page(cleo: Client, world: World) -> None:
    assert version_of(cleo, world) != version_of(signed_in(world.cleo), world)


def test_a_page_with_news_is_not_kept(cleo: Client, world: World) -> None:
    etag = version_of(cleo, world)
    cleo.post(place_of(world.shared), {"state": "finished"})

    told = cleo.get(world.shared.get_absolute_url(), headers={"If-None-Match": etag})

    assert told.status_code == 200
    assert "Kept as finished." in told.content.decode()
    assert "ETag" not in told.headers


def test_who_lost_the_right_to_read_gets_404(cleo: Client, world: World) -> None:
    etag = version_of(cleo, world)
    Membership.objects.filter(user=world.cleo).delete()

    assert cleo.get(world.shared.get_absolute_url(), headers={"If-None-Match": etag}).status_code == 404
