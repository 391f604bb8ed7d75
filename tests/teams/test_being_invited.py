"""An invitation to somebody who has an account already: told in the app, and answered there."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reader.accounts import inviting
from reader.accounts.addresses import vouch_for
from reader.accounts.membership import change_role
from reader.accounts.models import Invitation, Membership, Role
from reader.notices.jobs import PATIENCE
from reader.notices.models import Notice, Post, prefer
from tests.conftest import signed_in
from tests.core.test_jobs import work
from tests.world import World, make_person

INVITE = "/teams/foundry/invitations/"
LETTER = {"role": "member", "days": "7", "email": "Dov@Example.org"}
TOLD = "Ada invites you to the team Foundry"


@pytest.fixture
def address(world: World, ada: Client) -> str:
    """Where Dov, whose address is confirmed, answers Ada's invitation."""
    vouch_for(world.dov)
    assert ada.post(INVITE, LETTER).status_code == 303
    return f"/teams/invitations/{Invitation.objects.get().pk}/"


def listed(client: Client) -> str:
    return client.get("/notices/").content.decode()


def test_it_works(world: World, dov: Client, address: str) -> None:
    notice = Notice.objects.get()
    assert TOLD in listed(dov)
    assert dov.get(notice.get_absolute_url())["Location"] == address
    page = dov.get(address).content.decode()
    assert "Ada invites you to Foundry" in page
    assert "Join the team" in page

    answer = dov.post(address)

    assert (answer.status_code, answer["Location"]) == (303, "/teams/foundry/")
    assert Membership.objects.get(team=world.foundry, user=world.dov).role == Role.MEMBER
    assert Invitation.objects.get().uses == 1
    assert TOLD not in listed(dov)
    assert dov.get(address)["Location"] == "/teams/foundry/"


def later() -> None:
    DBTaskResult.objects.update(run_after=timezone.now())
    work()


def test_one_mail_comes_as_they_chose(world: World, address: str) -> None:
    work()
    assert mail.outbox == []  # for a moment it may still be read in the app

    later()

    (letter,) = mail.outbox
    assert letter.subject == TOLD
    assert f"/notices/{Notice.objects.get().pk}/" in str(letter.body)
    assert "/invitations/" not in str(letter.body)


@pytest.mark.parametrize("post", [Post.NEVER, Post.DAILY])
def test_who_wants_no_mail_at_once_gets_none(world: World, ada: Client, post: str) -> None:
    vouch_for(world.dov)
    prefer(world.dov.pk, invitation=post)
    ada.post(INVITE, LETTER)

    later()

    assert mail.outbox == []
    assert Notice.objects.exists()


def test_a_read_one_is_not_mailed(dov: Client, address: str) -> None:
    dov.get(Notice.objects.get().get_absolute_url())

    later()

    assert mail.outbox == []


def test_whoever_invites_does_not_learn_who_has_an_account(world: World, ada: Client, address: str) -> None:
    ada.get(INVITE)
    known = ada.get(INVITE).content.decode()
    inviting.revoke(Invitation.objects.get(), world.ada)
    ada.post(INVITE, LETTER | {"email": "eve@example.org"})
    ada.get(INVITE)
    unknown = ada.get(INVITE).content.decode()

    assert tidy(known, "dov@example.org") == tidy(unknown, "eve@example.org")


def tidy(page: str, email: str) -> str:
    """The page without what every answer has of its own: tokens, ids and the minute."""
    return re.sub(r"\b[A-Za-z0-9]{64}\b|\d+", "", page.replace(email, "…"))


def test_an_address_that_nobody_confirmed_tells_nothing(world: World, ada: Client, dov: Client) -> None:
    """Else whoever signs up with an address of somebody else would join by what was sent to them."""
    EmailAddress.objects.create(user=world.dov, email="dov@example.org", verified=False, primary=True)
    ada.post(INVITE, LETTER)

    work()

    assert not Notice.objects.exists()
    assert dov.get(f"/teams/invitations/{Invitation.objects.get().pk}/").status_code == 404
    assert mail.outbox[0].to == ["dov@example.org"]


def test_a_second_address_that_is_confirmed_does(world: World, ada: Client, dov: Client) -> None:
    vouch_for(world.dov)
    EmailAddress.objects.create(user=world.dov, email="captain@example.org", verified=True)

    ada.post(INVITE, LETTER | {"email": "captain@example.org"})

    assert TOLD in listed(dov)
    assert dov.post(f"/teams/invitations/{Invitation.objects.get().pk}/").status_code == 303


def end_it(world: World, why: str) -> None:
    match why:
        case "expired":
            Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        case "used up":
            Invitation.objects.update(uses=1)
        case "taken back":
            inviting.revoke(Invitation.objects.get(), world.ada)
        case "given by nobody who may":
            world.foundry.memberships.create(user=make_person("Eda"), role=Role.OWNER)
            change_role(world.foundry.memberships.get(user=world.ada), Role.MEMBER, world.ada)
        case "not theirs any more":
            EmailAddress.objects.all().delete()


@pytest.mark.parametrize("why", ["expired", "used up", "taken back", "given by nobody who may", "not theirs any more"])
def test_what_is_over_is_told_no_more_and_says_so(world: World, dov: Client, address: str, why: str) -> None:
    end_it(world, why)

    for answer in (dov.get(address), dov.post(address)):
        assert answer.status_code == 404
        assert "This invitation opens nothing" in answer.content.decode()
    assert TOLD not in listed(dov)
    assert not Membership.objects.filter(team=world.foundry, user=world.dov).exists()
    later()
    assert [letter.to for letter in mail.outbox] == []


def test_it_checks_ownership(world: World, address: str, cleo: Client, ada: Client, client: Client) -> None:
    nothing = "/teams/invitations/999999/"

    for other in (cleo, ada, signed_in(make_person("Eda"))):
        hidden, missing = other.get(address), other.get(nothing)
        assert (hidden.status_code, hidden.content, hidden.headers) == (404, missing.content, missing.headers)
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"
    assert Invitation.objects.get().uses == 0


def test_who_joined_by_a_link_meanwhile_is_told_no_more(world: World, dov: Client, address: str) -> None:
    _, token = inviting.invite(world.foundry, Role.VIEWER, world.ada, days=7)
    dov.post(f"/invitations/{token}/")

    assert TOLD not in listed(dov)
    assert dov.post(address)["Location"] == "/teams/foundry/"
    assert Membership.objects.get(team=world.foundry, user=world.dov).role == Role.VIEWER


def test_whoever_is_in_the_team_is_sent_a_letter_as_anybody(world: World, ada: Client) -> None:
    vouch_for(world.cleo)
    ada.post(INVITE, LETTER | {"email": "cleo@example.org"})

    work()

    assert not Notice.objects.exists()
    assert mail.outbox[0].to == ["cleo@example.org"]


def test_a_team_that_ends_takes_it_along(world: World, dov: Client, ada: Client, address: str) -> None:
    ada.post("/teams/foundry/deletion/", {"goes_to": "back"})

    assert not Notice.objects.exists()
    assert dov.get(address).status_code == 404


def test_queries_do_not_grow_with_rows(world: World, dov: Client, address: str) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            dov.get("/notices/")
        return len(queries)

    count()
    few = count()
    for number in range(10):
        EmailAddress.objects.create(user=world.dov, email=f"dov{number}@example.org", verified=True)
        signed_in(world.ada).post(INVITE, LETTER | {"email": f"dov{number}@example.org"})

    assert listed(dov).count(TOLD) == 11
    assert count() == few


def test_the_mail_waits_a_moment(world: World, address: str) -> None:
    waiting = DBTaskResult.objects.get(task_path__endswith=".mail_at_once")

    assert waiting.run_after is not None
    assert waiting.run_after - timezone.now() > PATIENCE / 2
    assert str(Invitation.objects.get().token_hash) not in repr(waiting.args_kwargs)
