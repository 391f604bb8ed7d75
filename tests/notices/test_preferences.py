"""By which post notices come."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from reader.notices.mails import EVERYTHING, stop_token
from reader.notices.models import USUAL_POST, Kind, MailPreference, Post, posts_of
from tests.world import World

CHOICES = {
    "mention": "daily",
    "reply": "never",
    "invitation": "at_once",
    "due": "never",
    "verdict": "daily",
    "decided": "daily",
    "changed": "never",
    "disputed": "at_once",
}


def test_it_works(ben: Client, world: World) -> None:
    response = ben.post("/settings/notices/", CHOICES)

    assert response.status_code == 303
    assert posts_of(world.ben.pk) == CHOICES
    assert posts_of(world.ada.pk) == USUAL_POST
    ben.post("/settings/notices/", CHOICES | {"due": "daily"})
    assert posts_of(world.ben.pk)["due"] == "daily"
    assert MailPreference.objects.count() == len(Kind)


def test_what_is_chosen_is_shown(ben: Client) -> None:
    ben.post("/settings/notices/", CHOICES)

    page = ben.get("/settings/notices/").content.decode()

    assert page.count("checked") == len(Kind)
    assert "Somebody mentions me" in page


@pytest.mark.parametrize("said", [{}, CHOICES | {"due": "hourly"}, {"mention": "daily"}])
def test_it_refuses_bad_input(ben: Client, world: World, said: dict[str, str]) -> None:
    response = ben.post("/settings/notices/", said)

    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    assert not MailPreference.objects.exists()


def test_it_says_that_an_unconfirmed_address_gets_nothing(ben: Client, world: World) -> None:
    assert "before the address is confirmed" not in ben.get("/settings/notices/").content.decode()
    EmailAddress.objects.create(user=world.ben, email="ben@example.org", verified=False, primary=True)

    assert "before the address is confirmed" in ben.get("/settings/notices/").content.decode()


def test_a_stranger_signs_in_first(client: Client, db: None) -> None:
    assert client.get("/settings/notices/").status_code == 302


def test_the_settings_lead_there(ben: Client) -> None:
    assert 'href="/settings/notices/"' in ben.get("/settings/").content.decode()


# The way out that every mail has.


def test_one_kind_is_stopped_without_signing_in(client: Client, world: World) -> None:
    address = f"/notices/stop/{stop_token(world.ben.pk, Kind.MENTION)}/"
    asked = client.get(address)
    assert "Stop these mails?" in asked.content.decode()
    assert posts_of(world.ben.pk)["mention"] == Post.AT_ONCE

    stopped = client.post(address)

    assert "These mails have stopped" in stopped.content.decode()
    assert posts_of(world.ben.pk)["mention"] == Post.NEVER
    assert posts_of(world.ben.pk)["reply"] == Post.AT_ONCE


def test_everything_is_stopped(client: Client, world: World) -> None:
    client.post(f"/notices/stop/{stop_token(world.ben.pk, EVERYTHING)}/")

    assert set(posts_of(world.ben.pk).values()) == {Post.NEVER}
    assert posts_of(world.ada.pk) == USUAL_POST


@pytest.mark.parametrize("token", ["x", "a:b:c", "WzEsIm1lbnRpb24iXQ:1vP:forged"])
def test_what_nobody_signed_is_not_there(client: Client, world: World, token: str) -> None:
    assert client.post(f"/notices/stop/{token}/").status_code == 404
    assert not MailPreference.objects.exists()


def test_the_page_says_nothing_of_whom_it_is_for(client: Client, world: World) -> None:
    page = client.get(f"/notices/stop/{stop_token(world.ben.pk, Kind.MENTION)}/").content.decode()

    assert "Ben" not in page
    assert "ben@" not in page
