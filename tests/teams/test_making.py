"""Making a team, and who may look at it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.accounts.membership import found_team
from reader.accounts.models import Membership, Role, Team
from reader.core.models import Event
from tests.conftest import signed_in
from tests.pages.asking import FRAGMENT
from tests.world import World, make_article, make_person


def test_it_works(world: World, cleo: Client) -> None:
    answer = cleo.post("/teams/", {"name": "  Night \u200b readers "})

    team = Team.objects.get(name="Night readers")
    assert (answer.status_code, answer["Location"]) == (303, f"/teams/{team.slug}/invitations/")
    assert Membership.objects.get(team=team).role == Role.OWNER
    assert [event.verb for event in Event.objects.filter(team=team).order_by("pk")] == ["founded", "joined"]
    assert "Night readers" in cleo.get("/teams/").content.decode()


def test_sent_twice_it_is_one_team(world: World, cleo: Client) -> None:
    first, second = (cleo.post("/teams/", {"name": "Night readers"}) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Team.objects.filter(name="Night readers").count() == 1


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u200b", "x" * 81])
def test_a_name_that_cannot_be_is_refused(world: World, cleo: Client, name: str) -> None:
    answer = cleo.post("/teams/", {"name": name})

    assert answer.status_code == 422
    assert 'class="errorlist"' in answer.content.decode()
    assert Team.objects.count() == 2


def test_a_name_of_anothers_team_betrays_nothing(world: World, dov: Client) -> None:
    dov.post("/teams/", {"name": "Foundry"})

    mine = Team.objects.filter(name="Foundry").exclude(pk=world.foundry.pk).get()
    assert mine.slug.startswith("foundry-")
    assert len(mine.slug) == len("foundry-") + 8
    free = found_team("Nobody has this", world.dov)
    assert len(free.slug) == len("nobody-has-this-") + 8


def test_hostile_names_are_words(world: World, cleo: Client) -> None:
    cleo.post("/teams/", {"name": "<b>שלום 🦙</b>\r\nBcc: x@example.org"})

    team = Team.objects.get(memberships__user=world.cleo, memberships__role=Role.OWNER)
    assert "\n" not in team.name
    page = cleo.get(f"/teams/{team.slug}/").content.decode()
    assert "<b>שלום" not in page
    assert "&lt;b&gt;שלום 🦙" in page


def test_its_page_shows_people_and_pieces(world: World, vera: Client) -> None:
    page = vera.get("/teams/foundry/").content.decode()

    for words in ("Ada", "Ben", "Cleo", "Vera", "Owner", "Curator", "Notes for the Foundry"):
        assert words in page
    assert "A Harbour memo" not in page
    assert "@example.org" not in page.replace(world.vera.email, "")


@pytest.mark.parametrize(
    "address",
    [
        "/teams/{}/",
        "/teams/{}/settings/",
        "/teams/{}/invitations/",
        "/teams/{}/departure/",
        "/teams/{}/deletion/",
        "/teams/{}/members/1/",
    ],
)
def test_it_checks_ownership(world: World, dov: Client, client: Client, address: str) -> None:
    hidden, missing = (dov.get(address.format(slug)) for slug in ("foundry", "no-such-team"))

    assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert client.get(address.format("foundry")).status_code == 302


def test_it_is_named_nowhere_to_others(world: World, dov: Client, client: Client) -> None:
    for address in ("/", "/teams/", "/articles/", "/claims/", "/tags/", world.public.get_absolute_url()):
        for reader in (dov, client):
            assert "Foundry" not in reader.get(address).content.decode()


def test_it_answers_fragment(world: World, cleo: Client) -> None:
    for number in range(35):
        make_article(f"Piece {number}", world.ada, "team", world.foundry)

    first = cleo.get("/teams/foundry/").content.decode()
    assert first.count('class="shelf-row"') == 30
    after = first.partition('hx-get="?after=')[2].partition('"')[0]
    rest = cleo.get(f"/teams/foundry/?after={after}", headers=FRAGMENT).content.decode()
    assert "<html" not in rest
    assert rest.count('class="shelf-row"') == 6


def test_queries_do_not_grow_with_rows(world: World, cleo: Client) -> None:
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            cleo.get(address)
        return len(queries)

    addresses = ("/teams/", "/teams/foundry/")
    few = [count(address) for address in addresses]
    for number in range(12):
        someone = make_person(f"Person{number}")
        Membership.objects.create(team=world.foundry, user=someone)
        Membership.objects.create(team=found_team(f"Team {number}", someone), user=world.cleo)
        make_article(f"Piece {number}", someone, "team", world.foundry)

    assert [count(address) for address in addresses] == few


def test_a_role_counts_from_the_next_request_on(world: World, cleo: Client) -> None:
    address = world.shared.get_absolute_url()
    assert cleo.get(address).status_code == 200
    page = cleo.get("/teams/foundry/")
    assert "Invite people" not in page.content.decode()

    world.foundry.memberships.filter(user=world.cleo).update(role=Role.CURATOR)
    assert "Invite people" in cleo.get("/teams/foundry/").content.decode()

    etag = cleo.get(address)["ETag"]
    world.foundry.memberships.filter(user=world.cleo).delete()
    assert cleo.get(address, headers={"If-None-Match": etag}).status_code == 404
    assert signed_in(world.cleo).get("/teams/foundry/").status_code == 404
