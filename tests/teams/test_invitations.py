"""Inviting by link and by mail, and taking it back."""

import hashlib
import re
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from reader.accounts import inviting
from reader.accounts.inviting import MOST_MAILS, MOST_OPEN, TooManyInvitations, invite
from reader.accounts.models import Invitation, Role
from reader.core.models import Event
from tests.world import World

INVITE = "/teams/foundry/invitations/"
LINK = {"role": "member", "days": "7", "uses": "3"}
LETTER = {"role": "viewer", "days": "1", "email": "Eda@Example.org"}


class NoServer(EmailBackend):
    """A mail server that is not there."""

    def send_messages(self, messages: object) -> int:
        raise SMTPServerDisconnected("gone")


def link_in(page: str) -> str:
    found = re.search(r"/invitations/([\w-]+)/", page)
    assert found
    return found[1]


def test_it_works(world: World, ada: Client) -> None:
    answer = ada.post(INVITE, LINK)

    assert (answer.status_code, answer["Location"]) == (303, INVITE)
    token = link_in(ada.get(INVITE).content.decode())
    invitation = Invitation.objects.get()
    assert invitation.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert len(token) == 43
    assert (invitation.role, invitation.max_uses, invitation.uses) == ("member", 3, 0)
    assert timedelta(days=6.9) < invitation.expires_at - timezone.now() < timedelta(days=7)
    assert [event.verb for event in Event.objects.filter(subject_kind="invitation")] == ["invited"]


def test_the_link_is_shown_once_and_kept_nowhere(world: World, ada: Client) -> None:
    ada.post(INVITE, LINK)
    token = link_in(ada.get(INVITE).content.decode())

    assert token not in ada.get(INVITE).content.decode()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert token not in repr(cursor.fetchall()), table


def test_a_letter_goes_to_its_address(world: World, ada: Client) -> None:
    answer = ada.post(INVITE, LETTER, follow=True)

    (letter,) = mail.outbox
    assert letter.to == ["eda@example.org"]
    assert "Ada" in letter.subject
    assert "Foundry" in letter.subject
    assert link_in(str(letter.body)) not in answer.content.decode()
    assert "on its way to eda@example.org" in answer.content.decode()
    assert Invitation.objects.get().max_uses == 1


def test_sent_twice_it_is_one_letter(world: World, ada: Client) -> None:
    ada.post(INVITE, LETTER)

    answer = ada.post(INVITE, LETTER)

    assert answer.status_code == 422
    assert "eda@example.org has an open invitation already" in answer.content.decode()
    assert len(mail.outbox) == 1


def test_a_letter_that_cannot_be_sent_invites_nobody(world: World, ada: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.NoServer"

    answer = ada.post(INVITE, LETTER)

    assert answer.status_code == 422
    assert "nobody was invited" in answer.content.decode()
    assert 'value="Eda@Example.org"' in answer.content.decode()
    assert not Invitation.objects.open().exists()


@pytest.mark.parametrize("who", ["cleo", "vera"])
def test_it_requires_a_curator(world: World, request: pytest.FixtureRequest, who: str) -> None:
    client: Client = request.getfixturevalue(who)

    assert client.get(INVITE).status_code == 403
    assert client.post(INVITE, LINK).status_code == 403
    assert not Invitation.objects.exists()


def test_it_checks_ownership(world: World, dov: Client) -> None:
    assert dov.post(INVITE, LINK).status_code == 404


def test_a_curator_invites_to_less_than_their_own(world: World, ben: Client) -> None:
    assert ben.post(INVITE, LINK).status_code == 303
    assert ben.post(INVITE, LINK | {"role": "curator"}).status_code == 422
    with pytest.raises(PermissionDenied):
        invite(world.foundry, Role.CURATOR, world.ben, days=1)


@pytest.mark.parametrize(
    ("field", "value"),
    [("role", "owner"), ("role", ""), ("days", "400"), ("uses", "0"), ("uses", "101"), ("uses", "many")],
)
def test_bad_input_is_refused(world: World, ada: Client, field: str, value: str) -> None:
    answer = ada.post(INVITE, LINK | {field: value})

    assert answer.status_code == 422
    assert 'class="errorlist"' in answer.content.decode()
    assert not Invitation.objects.exists()


def test_an_address_that_is_none_is_refused(world: World, ada: Client) -> None:
    assert ada.post(INVITE, LETTER | {"email": "eda@example.org\nBcc: x@example.org"}).status_code == 422
    assert mail.outbox == []


def test_taking_it_back(world: World, ben: Client) -> None:
    invitation, _ = invite(world.foundry, Role.MEMBER, world.ada, days=7)

    answer = ben.post(f"{INVITE}{invitation.pk}/revocation/")

    invitation.refresh_from_db()
    assert answer.status_code == 303
    assert invitation.revoked_by == world.ben
    assert Event.objects.latest("pk").verb == "revoked"
    assert "None." in ben.get(INVITE).content.decode()


def test_taking_back_checks_ownership(world: World, ben: Client, cleo: Client, dov: Client) -> None:
    invitation, _ = invite(world.foundry, Role.CURATOR, world.ada, days=7)
    address = f"{INVITE}{invitation.pk}/revocation/"

    assert [client.post(address).status_code for client in (ben, cleo, dov)] == [404, 403, 404]
    assert dov.post(f"/teams/harbour/invitations/{invitation.pk}/revocation/").status_code == 404
    assert Invitation.objects.open().exists()


def test_taking_back_rejects_get(world: World, ada: Client) -> None:
    invitation, _ = invite(world.foundry, Role.MEMBER, world.ada, days=7)

    assert ada.get(f"{INVITE}{invitation.pk}/revocation/").status_code == 405


def test_addresses_are_for_those_who_invite(world: World, ada: Client, cleo: Client) -> None:
    ada.post(INVITE, LETTER)

    assert "eda@example.org" in ada.get(INVITE).content.decode()
    assert "eda@example.org" not in cleo.get("/teams/foundry/").content.decode()
    assert "eda@" not in repr(list(Event.objects.values_list("detail", flat=True)))


def test_there_is_an_end_to_open_invitations(world: World, ada: Client) -> None:
    for _ in range(MOST_OPEN):
        invite(world.foundry, Role.MEMBER, world.ada, days=7)

    answer = ada.post(INVITE, LINK)

    assert answer.status_code == 422
    assert f"has {MOST_OPEN} open invitations" in answer.content.decode()


def test_there_is_an_end_to_letters_in_a_day_even_when_they_are_taken_back(world: World) -> None:
    for number in range(MOST_MAILS):
        invitation, _ = invite(world.foundry, Role.MEMBER, world.ada, days=7, email=f"x{number}@example.org")
        inviting.revoke(invitation, world.ada)

    with pytest.raises(TooManyInvitations, match="Use a link instead"):
        invite(world.foundry, Role.MEMBER, world.ada, days=7, email="one@example.org")


def test_queries_do_not_grow_with_rows(world: World, ada: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            ada.get(INVITE)
        return len(queries)

    invite(world.foundry, Role.MEMBER, world.ada, days=7)
    few = count()
    for _ in range(10):
        invite(world.foundry, Role.MEMBER, world.ben, days=7)

    assert count() == few
