"""Who decides in a team, and that it never is without somebody who does."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from reader.accounts.inviting import invite
from reader.accounts.membership import NoOwnerLeft, change_role, leave, remove
from reader.accounts.models import Invitation, Membership, Role, User
from reader.accounts.team_forms import HeirForm
from reader.core.models import Event
from tests.world import World, make_world


def membership(world: World, who: str) -> Membership:
    return Membership.objects.select_related("team", "user").get(team=world.foundry, user=getattr(world, who))


def page_of(world: World, who: str) -> str:
    return f"/teams/foundry/members/{membership(world, who).pk}/"


def test_ones_own_page_speaks_to_oneself(world: World, ada: Client) -> None:
    own = ada.get(page_of(world, "ada")).content.decode()
    assert "what you kept for yourself goes with you" in own
    assert "they kept" not in own
    assert "they kept" in ada.get(page_of(world, "ben")).content.decode()


def test_it_works(world: World, ada: Client) -> None:
    answer = ada.post(page_of(world, "cleo"), {"role": "curator"})

    assert (answer.status_code, answer["Location"]) == (303, "/teams/foundry/")
    assert membership(world, "cleo").role == Role.CURATOR
    event = Event.objects.latest("pk")
    assert (event.verb, event.subject_kind, event.actor) == ("changed role", "membership", world.ada)
    assert (event.visibility, event.team) == ("team", world.foundry)
    assert event.detail == {"before": "member", "after": "curator"}


@pytest.mark.parametrize("who", ["ben", "cleo", "vera"])
@pytest.mark.parametrize(
    "address", ["{member}", "{member}removal/", "/teams/foundry/settings/", "/teams/foundry/ownership/"]
)
def test_it_requires_an_owner(world: World, request: pytest.FixtureRequest, who: str, address: str) -> None:
    client: Client = request.getfixturevalue(who)

    answer = client.post(address.format(member=page_of(world, "ben")), {"role": "viewer", "name": "Mine", "heir": "1"})

    assert answer.status_code == 403
    assert membership(world, "ben").role == Role.CURATOR


def test_only_an_owner_is_asked_where_its_pieces_go(world: World, ben: Client, ada: Client) -> None:
    assert ben.get("/teams/foundry/deletion/").status_code == 403
    assert ada.get("/teams/foundry/deletion/").status_code == 200


def test_it_handles_missing(world: World, ada: Client) -> None:
    harbours = Membership.objects.get(team=world.harbour)

    assert ada.post(f"/teams/foundry/members/{harbours.pk}/", {"role": "viewer"}).status_code == 404
    assert ada.post("/teams/foundry/members/999999/removal/").status_code == 404


@pytest.mark.parametrize("address", ["removal/"])
def test_it_rejects_get(world: World, ada: Client, address: str) -> None:
    assert ada.get(f"{page_of(world, 'cleo')}{address}").status_code == 405
    assert ada.get("/teams/foundry/ownership/").status_code == 405


def test_a_role_that_is_none_is_refused(world: World, ada: Client) -> None:
    answer = ada.post(page_of(world, "cleo"), {"role": "emperor"})

    assert answer.status_code == 422
    assert "There is no such role." in answer.content.decode()


def test_the_only_owner_stays_one(world: World, ada: Client) -> None:
    sent = [
        ada.post(page_of(world, "ada"), {"role": "member"}),
        ada.post(f"{page_of(world, 'ada')}removal/"),
        ada.post("/teams/foundry/departure/"),
    ]

    assert [answer.status_code for answer in sent] == [422, 422, 422]
    assert all("only owner of Foundry" in answer.content.decode() for answer in sent)
    assert membership(world, "ada").role == Role.OWNER


def test_a_member_leaves(world: World, cleo: Client) -> None:
    answer = cleo.post("/teams/foundry/departure/")

    assert (answer.status_code, answer["Location"]) == (303, "/teams/")
    assert cleo.get("/teams/foundry/").status_code == 404
    event = Event.objects.latest("pk")
    assert (event.verb, event.owner) == ("left", world.cleo)


def test_a_member_is_taken_out(world: World, ada: Client, cleo: Client) -> None:
    answer = ada.post(f"{page_of(world, 'cleo')}removal/")

    assert answer.status_code == 303
    assert cleo.get(world.shared.get_absolute_url()).status_code == 404
    assert Event.objects.latest("pk").verb == "removed"


def test_handing_the_team_over(world: World, ada: Client) -> None:
    heir = membership(world, "cleo")

    answer = ada.post("/teams/foundry/ownership/", {"heir": heir.pk})

    assert answer.status_code == 303
    assert membership(world, "cleo").role == Role.OWNER
    assert membership(world, "ada").role == Role.CURATOR


def test_it_is_handed_to_nobody_outside(world: World, ada: Client) -> None:
    dov = Membership.objects.get(team=world.harbour)

    assert ada.post("/teams/foundry/ownership/", {"heir": dov.pk}).status_code == 422
    assert membership(world, "ada").role == Role.OWNER


def test_renaming_keeps_the_address(world: World, ada: Client, vera: Client) -> None:
    assert ada.post("/teams/foundry/settings/", {"name": "Forge"}).status_code == 303
    assert "Forge" in vera.get("/teams/foundry/").content.decode()


def test_a_refused_name_leaves_the_page_with_the_old_one(world: World, ada: Client) -> None:
    answer = ada.post("/teams/foundry/settings/", {"name": ""})

    assert answer.status_code == 422
    assert "Give the team a name." in answer.content.decode()
    assert ">Foundry<" in answer.content.decode()


def test_whoever_is_demoted_meanwhile_decides_no_longer(world: World) -> None:
    change_role(membership(world, "ben"), Role.OWNER, world.ada)
    change_role(membership(world, "ada"), Role.MEMBER, world.ben)

    with pytest.raises(PermissionDenied):
        change_role(membership(world, "ben"), Role.VIEWER, world.ada)
    with pytest.raises(PermissionDenied):
        remove(membership(world, "ben"), world.ada)


def test_an_invitation_is_worth_no_more_than_its_giver(world: World) -> None:
    for role in ("member", "viewer"):
        invite(world.foundry, role, world.ben, days=7)
    invite(world.foundry, "member", world.ada, days=7)

    change_role(membership(world, "ben"), Role.MEMBER, world.ada)

    assert [one.invited_by for one in Invitation.objects.open()] == [world.ada]
    assert Event.objects.filter(verb="revoked").count() == 2


def test_of_two_owners_who_leave_one_after_the_other_the_second_stays(world: World) -> None:
    change_role(membership(world, "ben"), Role.OWNER, world.ada)
    leave(membership(world, "ada"))

    with pytest.raises(NoOwnerLeft):
        leave(membership(world, "ben"))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_leave_at_once_one_stays() -> None:
    world = make_world()
    change_role(membership(world, "ben"), Role.OWNER, world.ada)
    both, refused = threading.Barrier(2), []

    def go(who: str) -> None:
        try:
            mine = membership(world, who)
            both.wait(10)
            leave(mine)
        except NoOwnerLeft:
            refused.append(who)
        finally:
            connection.close()

    leaving = [threading.Thread(target=go, args=[who]) for who in ("ada", "ben")]
    for thread in leaving:
        thread.start()
    for thread in leaving:
        thread.join(20)

    assert len(refused) == 1
    owners = Membership.objects.filter(team=world.foundry, role=Role.OWNER)
    assert [owner.user.name.lower() for owner in owners.select_related("user")] == refused


def test_it_is_not_handed_to_one_who_left_meanwhile(world: World, ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    heir = membership(world, "cleo")
    is_valid = HeirForm.is_valid

    def leaving_meanwhile(form: HeirForm) -> bool:
        valid = is_valid(form)
        Membership.objects.filter(pk=heir.pk).delete()
        return valid

    monkeypatch.setattr(HeirForm, "is_valid", leaving_meanwhile)
    answer = ada.post("/teams/foundry/ownership/", {"heir": heir.pk})

    assert answer.status_code == 422
    assert "Cleo has left Foundry meanwhile." in answer.content.decode()
    assert membership(world, "ada").role == Role.OWNER


def test_an_owner_who_was_locked_out_decides_nothing(world: World, ada: Client) -> None:
    Membership.objects.filter(user=world.ben).update(role=Role.OWNER)
    User.objects.filter(pk=world.ben.pk).update(is_active=False)

    with pytest.raises(NoOwnerLeft):
        leave(membership(world, "ada"))

    assert ada.post("/teams/foundry/ownership/", {"heir": membership(world, "ben").pk}).status_code == 422
