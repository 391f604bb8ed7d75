"""Inviting by link and by mail, and taking it back."""

import hashlib
import re
from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPDataError, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from reader.accounts import inviting
from reader.accounts.inviting import MOST_OPEN, invite
from reader.accounts.jobs import mail_invitation
from reader.accounts.models import Invitation, Role
from reader.core.limits import LIMITS, Deed
from reader.core.models import Event
from tests.core.test_jobs import let_time_pass, only_task, work
from tests.notices.post_office import PostOffice
from tests.world import World

INVITE = "/teams/foundry/invitations/"
LINK = {"role": "member", "days": "7", "uses": "3"}
LETTER = {"role": "viewer", "days": "1", "email": "Eda@Example.org"}


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
    assert mail.outbox == []  # nobody waits for a mail server

    work()

    (letter,) = mail.outbox
    assert letter.to == ["eda@example.org"]
    assert "Ada" in letter.subject
    assert "Foundry" in letter.subject
    assert link_in(str(letter.body)) not in answer.content.decode()
    assert "on its way to eda@example.org" in answer.content.decode()
    invitation = Invitation.objects.get()
    assert (invitation.max_uses, invitation.sent_at is not None) == (1, True)
    assert invitation.token_hash == hashlib.sha256(link_in(str(letter.body)).encode()).hexdigest()


def test_the_secret_of_a_letter_is_in_the_letter_alone(world: World, ada: Client) -> None:
    ada.post(INVITE, LETTER)
    work()

    token = link_in(str(mail.outbox[0].body))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert token not in repr(cursor.fetchall()), table


def test_sent_twice_it_is_one_letter(world: World, ada: Client) -> None:
    ada.post(INVITE, LETTER)

    answer = ada.post(INVITE, LETTER)

    assert answer.status_code == 422
    assert "eda@example.org has an open invitation already" in answer.content.decode()
    work()
    assert len(mail.outbox) == 1


@pytest.fixture
def post_office(settings: Settings) -> Iterator[None]:
    settings.EMAIL_BACKEND = "tests.notices.post_office.PostOffice"
    yield
    PostOffice.on_opening = PostOffice.on_sending = None


def unanswered() -> None:
    raise ConnectionRefusedError("nobody there")


def test_a_letter_waits_for_a_server_that_is_down(world: World, ada: Client, post_office: None) -> None:
    PostOffice.on_opening = unanswered
    assert ada.post(INVITE, LETTER).status_code == 303
    work()
    assert mail.outbox == []
    PostOffice.on_opening = None

    let_time_pass(only_task(".mail_invitation"))
    work()

    assert len(mail.outbox) == 1


def test_a_letter_that_the_server_refuses_is_tried_again(world: World, ada: Client, post_office: None) -> None:
    def refuse() -> None:
        raise SMTPDataError(451, b"try later")

    PostOffice.on_sending = refuse
    ada.post(INVITE, LETTER)
    work()
    assert Invitation.objects.get().sent_at is None
    PostOffice.on_sending = None

    mail_invitation.func(Invitation.objects.get().pk)
    mail_invitation.func(Invitation.objects.get().pk)

    assert len(mail.outbox) == 1
    assert Client().get(f"/invitations/{link_in(str(mail.outbox[0].body))}/").status_code == 200


def test_silence_of_the_server_sends_it_no_second_time(world: World, ada: Client, post_office: None) -> None:
    def fall_silent() -> None:
        raise SMTPServerDisconnected("gone")

    PostOffice.on_sending = fall_silent
    ada.post(INVITE, LETTER)
    work()
    PostOffice.on_sending = None

    mail_invitation.func(Invitation.objects.get().pk)

    assert mail.outbox == []


def test_a_letter_that_does_not_go_out_says_so(world: World, ada: Client) -> None:
    ada.post(INVITE, LETTER)
    assert "not mailed yet" not in ada.get(INVITE).content.decode()
    Invitation.objects.update(created_at=timezone.now() - timedelta(minutes=2))

    assert "not mailed yet" in ada.get(INVITE).content.decode()
    work()
    assert "not mailed yet" not in ada.get(INVITE).content.decode()


def test_what_is_taken_back_is_not_sent(world: World, ada: Client) -> None:
    ada.post(INVITE, LETTER)
    inviting.revoke(Invitation.objects.get(), world.ada)

    work()

    assert mail.outbox == []


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


def test_there_is_an_end_to_letters_in_a_day_even_when_they_are_taken_back(world: World, ada: Client) -> None:
    for number in range(LIMITS[Deed.LETTER].most):
        invitation, _ = invite(world.foundry, Role.MEMBER, world.ada, days=7, email=f"x{number}@example.org")
        inviting.revoke(invitation, world.ada)

    answer = ada.post(INVITE, LETTER)

    page = answer.content.decode()
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 48 * 60
    assert "More than 30 invitations by mail in a day do not go through." in page
    assert "Or make a link and send it yourself." in page
    assert 'value="Eda@Example.org"' in page
    assert not Invitation.objects.open().exists()
    assert ada.post(INVITE, LINK).status_code == 303


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
