"""Joining a team by an invitation, with an account or with none yet."""

import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from reader.accounts.inviting import Void, invite, join
from reader.accounts.models import Invitation, Membership, Role, User
from reader.core.models import Event
from tests.conftest import signed_in
from tests.world import World, make_person, make_world

NEWCOMER = {"name": "Eda Lind", "email": "eda@example.org", "password1": "a long walk home"}
SIGN_UP = "/accounts/signup/"


@pytest.fixture(autouse=True)
def unhurried(db: None) -> None:
    cache.clear()


def invited(world: World, *, uses: int = 1, email: str = "", role: str = "member") -> str:
    """The address of a new invitation to Foundry."""
    _, token = invite(world.foundry, role, world.ada, days=7, uses=uses, email=email)
    return f"/invitations/{token}/"


def test_it_works(world: World, dov: Client) -> None:
    address = invited(world, role="viewer")

    page = dov.get(address).content.decode()
    assert "Ada invites you to Foundry" in page
    assert "as its viewer" in page
    answer = dov.post(address)

    assert (answer.status_code, answer["Location"]) == (303, "/teams/foundry/")
    assert Membership.objects.get(team=world.foundry, user=world.dov).role == Role.VIEWER
    assert Invitation.objects.get().uses == 1
    event = Event.objects.latest("pk")
    assert (event.verb, event.actor, event.team) == ("joined", world.dov, world.foundry)
    assert dov.get(world.shared.get_absolute_url()).status_code == 200


def test_looking_at_it_uses_nothing(world: World, dov: Client) -> None:
    dov.get(invited(world))

    assert Invitation.objects.get().uses == 0
    assert not Membership.objects.filter(team=world.foundry, user=world.dov).exists()


def test_a_second_press_changes_nothing(world: World, dov: Client) -> None:
    address = invited(world, uses=5)
    for _ in range(2):
        assert dov.post(address)["Location"] == "/teams/foundry/"

    assert Invitation.objects.get().uses == 1


def test_a_member_keeps_the_role_and_uses_nothing(world: World, ada: Client, vera: Client) -> None:
    address = invited(world, role="curator")

    for client in (ada, vera):
        assert client.post(address).status_code == 303

    assert Membership.objects.get(team=world.foundry, user=world.vera).role == Role.VIEWER
    assert Invitation.objects.get().uses == 0


def void(world: World, why: str) -> str:
    address = invited(world, email="eda@example.org" if why == "foreign" else "")
    match why:
        case "expired":
            Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        case "used up":
            Invitation.objects.update(uses=1)
        case "revoked":
            Invitation.objects.update(revoked_at=timezone.now())
        case "unknown":
            address = "/invitations/of-no-such-secret/"
    return address


@pytest.mark.parametrize("why", ["expired", "used up", "revoked", "foreign", "unknown"])
def test_what_opens_nothing_tells_nothing(world: World, dov: Client, why: str) -> None:
    address = void(world, why)
    nothing = dov.get("/invitations/x/")

    for answer in (dov.get(address), dov.post(address)):
        assert (answer.status_code, answer.content) == (404, nothing.content)
    assert "This invitation opens nothing" in nothing.content.decode()
    assert not Membership.objects.filter(team=world.foundry, user=world.dov).exists()


def test_nobody_is_asked_to_sign_in_by_what_opens_nothing(world: World, dov: Client, client: Client) -> None:
    for who in (client, dov):
        assert ">Sign in</a>" not in who.get("/invitations/x/").content.decode()


@pytest.mark.parametrize("why", ["expired", "used up", "revoked", "unknown"])
def test_what_opens_nothing_makes_no_account(world: World, client: Client, why: str) -> None:
    address = void(world, "")
    client.get(address)
    void(world, why)

    assert client.get(void(world, why)).status_code == 404
    Invitation.objects.update(revoked_at=timezone.now())
    answer = client.post(SIGN_UP, NEWCOMER)

    assert "Sign-up is closed here" in answer.content.decode()
    assert not User.objects.filter(email=NEWCOMER["email"]).exists()


def test_a_letter_is_for_its_address_or_a_confirmed_one(world: World, dov: Client) -> None:
    address = invited(world, email="Captain@example.org")
    owned = EmailAddress.objects.create(user=world.dov, email="captain@example.org", verified=False)
    assert dov.get(address).status_code == 404

    owned.verified = True
    owned.save()

    assert dov.post(address).status_code == 303


def test_a_newcomer_signs_up_though_sign_up_is_closed(world: World, client: Client) -> None:
    address = invited(world)
    page = client.get(address).content.decode()
    assert "Make an account and join" in page

    form = client.get(f"{SIGN_UP}?next={address}").content.decode()
    assert "Ada invites you to Foundry" in form
    answer = client.post(SIGN_UP, NEWCOMER | {"next": address})

    eda = User.objects.get(email="eda@example.org")
    assert answer.status_code == 302
    assert Membership.objects.get(team=world.foundry, user=eda).role == Role.MEMBER
    assert client.get(answer["Location"])["Location"] == "/teams/foundry/"
    assert not eda.is_staff


def test_one_use_makes_one_account(world: World) -> None:
    address = invited(world)
    first, second = Client(), Client()
    for client in (first, second):
        client.get(address)
        client.get(SIGN_UP)
    first.post(SIGN_UP, NEWCOMER)

    answer = second.post(SIGN_UP, NEWCOMER | {"email": "eve@example.org"})

    assert "Sign-up is closed here" in answer.content.decode()
    assert not User.objects.filter(email="eve@example.org").exists()


def test_a_session_without_an_invitation_makes_no_account(world: World, client: Client) -> None:
    invited(world)

    assert "Sign-up is closed here" in client.post(SIGN_UP, NEWCOMER).content.decode()
    assert User.objects.count() == 5


def test_anothers_letter_is_answered_as_none_is(world: World, dov: Client) -> None:
    hidden, nothing = dov.get(invited(world, email="eda@example.org")), dov.get("/invitations/nothing/")

    assert (hidden.status_code, hidden.content, hidden.headers) == (404, nothing.content, nothing.headers)


def test_a_letter_makes_an_account_for_its_address_alone(world: World, client: Client) -> None:
    client.get(invited(world, email="eda@example.org"))

    client.post(SIGN_UP, NEWCOMER | {"email": "eve@example.org"})

    eda = User.objects.get(name="Eda Lind")
    assert eda.email == "eda@example.org"
    assert EmailAddress.objects.get(user=eda).verified
    assert Membership.objects.filter(team=world.foundry, user=eda).exists()


def test_where_sign_up_is_open_another_address_makes_an_account_without_joining(
    world: World, client: Client, settings: Settings
) -> None:
    settings.SIGNUP = "open"
    client.get(invited(world, email="eda@example.org"))

    client.post(SIGN_UP, NEWCOMER | {"email": "eve@example.org"})

    eve = User.objects.get(email="eve@example.org")
    assert not eve.memberships.exists()


def test_signing_in_leads_back_to_it(world: World, client: Client) -> None:
    address = invited(world)
    page = client.get(address).content.decode()
    assert f"/accounts/login/?next={address}" in page

    assert SIGN_UP in client.get(f"/accounts/login/?next={address}").content.decode()


def test_whoever_was_taken_out_does_not_come_back_by_the_same_link(world: World, dov: Client, ada: Client) -> None:
    address = invited(world, uses=9)
    dov.post(address)
    member = Membership.objects.get(team=world.foundry, user=world.dov)

    ada.post(f"/teams/foundry/members/{member.pk}/removal/")

    assert dov.post(address).status_code == 404


def test_a_link_of_a_team_that_ended_opens_nothing(world: World, dov: Client, ada: Client) -> None:
    address = invited(world)
    ada.post("/teams/foundry/deletion/", {"goes_to": "back"})

    assert dov.get(address).content == dov.get("/invitations/x/").content


def test_of_two_with_one_use_left_one_gets_in(world: World) -> None:
    invitation, _ = invite(world.foundry, Role.MEMBER, world.ada, days=7)
    stale = Invitation.objects.get(pk=invitation.pk)
    join(invitation, world.dov)

    with pytest.raises(Void):
        join(stale, make_person("Eda"))

    assert Invitation.objects.get().uses == 1
    assert signed_in(world.dov).get("/teams/foundry/").status_code == 200


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_with_one_use_left_one_gets_in() -> None:
    world = make_world()
    invitation, _ = invite(world.foundry, Role.MEMBER, world.ada, days=7)
    people, both, refused = [world.dov, make_person("Eda")], threading.Barrier(2), []

    def go(user: User) -> None:
        try:
            both.wait(10)
            join(Invitation.objects.select_related("team").get(pk=invitation.pk), user)
        except Void:
            refused.append(user)
        finally:
            connection.close()

    joining = [threading.Thread(target=go, args=[user]) for user in people]
    for thread in joining:
        thread.start()
    for thread in joining:
        thread.join(20)

    assert len(refused) == 1
    assert Invitation.objects.get().uses == 1
    assert Membership.objects.filter(team=world.foundry, user__in=people).count() == 1


def test_to_a_stranger_a_dead_invitation_does_not_speak_of_signing_in(db: None, client: Client) -> None:
    """Signing in would not open it, and there is nobody signed in whose address could be the wrong one."""
    page = client.get("/invitations/no-such-secret/").content.decode()

    assert "It is over, used up or taken back." in page
    assert "sign" not in page.partition("<main")[2].casefold()


def test_to_whoever_is_signed_in_it_names_their_address(world: World, cleo: Client) -> None:
    page = cleo.get("/invitations/no-such-secret/").content.decode()

    assert "another address than yours" in page
    assert "cleo@example.org" in page
