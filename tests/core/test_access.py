"""Who may do what: the table of `reader.core.access`, line by line, and what the doors answer."""

from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import Client

from reader.core.access import find_or_404, may_annotate, may_change, may_share_with
from reader.core.visibility import Visibility
from reader.library.models import Article
from tests.claims.predictions import make_claim
from tests.library.pieces import shelve_piece
from tests.pages.asking import FRAGMENT
from tests.world import World

PEOPLE = ("ada", "ben", "cleo", "vera", "dov")


def those(world: World, may: object, thing: object) -> set[str]:
    return {name for name in PEOPLE if may(getattr(world, name), thing)}  # type: ignore[operator]  # a rule of the table


@pytest.mark.parametrize(
    ("piece", "expected"),
    [("public", {"ada", "ben"}), ("shared", {"ada", "ben"}), ("private", {"cleo"}), ("elsewhere", {"dov"})],
)
def test_a_thing_is_changed_by_its_owner_and_its_curators(world: World, piece: str, expected: set[str]) -> None:
    assert those(world, may_change, getattr(world, piece)) == expected


def test_a_viewer_who_once_shared_a_thing_changes_it_no_longer(world: World) -> None:
    world.shared.owner = world.vera

    assert not may_change(world.vera, world.shared)


def test_members_and_up_share_with_a_team(world: World) -> None:
    assert those(world, may_share_with, world.foundry.pk) == {"ada", "ben", "cleo"}
    assert not may_share_with(world.ada, None)


def test_a_viewer_writes_on_public_things_but_not_on_the_teams(world: World) -> None:
    assert may_annotate(world.vera, world.public)
    assert not may_annotate(world.vera, world.shared)


def test_a_stranger_only_reads(world: World) -> None:
    stranger = AnonymousUser()

    assert not may_change(stranger, world.public)
    assert not may_annotate(stranger, world.public)
    assert not may_share_with(stranger, world.foundry.pk)


@pytest.mark.parametrize("key", ["no-such", "", 10**30, None])
def test_what_cannot_be_is_missing(world: World, key: object) -> None:
    field = "pk" if isinstance(key, int) else "slug"

    with pytest.raises(Http404):
        find_or_404(Article.objects.visible_to(world.ada), **{field: key})


def hidden_addresses(world: World) -> list[tuple[str, str]]:
    """What only Cleo sees, beside an address of the same form that leads nowhere."""
    piece = shelve_piece(world.cleo, "Kept close", authors=["Nobody You Know"], publication="A Secret Letter")
    claim = make_claim(piece, "This is all that Kept close says", world.cleo)
    publication = piece.publication
    assert publication is not None
    return [
        (piece.get_absolute_url(), "/articles/no-such-piece/"),
        (claim.get_absolute_url(), "/claims/999999/"),
        (f"{claim.get_absolute_url()}edit/", "/claims/999999/edit/"),
        (piece.authors.get().get_absolute_url(), "/people/no-such-person/"),
        (publication.get_absolute_url(), "/publications/no-such-series/"),
    ]


@pytest.mark.parametrize("who", ["ada", "dov"])
def test_what_is_hidden_answers_with_the_bytes_of_what_is_missing(world: World, cleo: Client, who: str) -> None:
    reader = Client()
    reader.force_login(getattr(world, who))

    for hidden, missing in hidden_addresses(world):
        assert cleo.get(hidden).status_code == 200
        kept, none = reader.get(hidden), reader.get(missing)
        assert kept.status_code == none.status_code == 404
        assert kept.content == none.content
        assert dict(kept.headers) == dict(none.headers)


def test_a_stranger_cannot_tell_the_hidden_from_the_missing(world: World, client: Client) -> None:
    for hidden, missing in hidden_addresses(world):
        kept, none = client.get(hidden), client.get(missing)
        assert kept.status_code == none.status_code
        assert kept.content == none.content


def test_a_script_without_a_session_is_told_so(db: None, client: Client) -> None:
    assert client.get("/articles/new/", headers={"Accept": "application/json"}).status_code == 401


def test_what_was_written_stays_on_the_page_of_somebody_signed_out(world: World, client: Client) -> None:
    answer = client.post(f"{world.public.get_absolute_url()}notes/", {"body": "A thought."}, headers=FRAGMENT)

    assert answer.status_code == 401
    assert "HX-Redirect" not in answer.headers


def test_a_part_of_a_page_without_a_session_leads_the_whole_page_to_signing_in(world: World, client: Client) -> None:
    page = f"http://testserver{world.public.get_absolute_url()}"
    headers = {**FRAGMENT, "Referer": page}

    answer = client.get(f"{world.public.get_absolute_url()}notes/", headers=headers)

    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["HX-Redirect"] == f"/accounts/login/?next={quote(page)}"


def test_signing_in_leads_back(db: None, client: Client) -> None:
    answer = client.get("/articles/new/?x=1")

    assert answer.headers["Location"] == "/accounts/login/?next=/articles/new/%3Fx%3D1"


def test_an_author_whom_only_a_team_names_is_hidden_from_others(world: World, cleo: Client, dov: Client) -> None:
    piece = shelve_piece(world.ada, "Memo", Visibility.TEAM, world.foundry, authors=["Nobody You Know"])
    address = piece.authors.get().get_absolute_url()

    assert cleo.get(address).status_code == 200
    assert dov.get(address).status_code == 404
