"""Who a session is: looked up in one query that is compiled once, with all that Django asks of it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reader.accounts.models import User
from tests.world import World


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("settings")).status_code == 200


def test_it_works(cleo: Client) -> None:
    assert is_signed_in(cleo)


def test_an_old_session_is_nobody(cleo: Client) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert not is_signed_in(cleo)


def test_a_deactivated_account_is_nobody(cleo: Client, world: World) -> None:
    User.objects.filter(pk=world.cleo.pk).update(is_active=False)

    assert not is_signed_in(cleo)


def test_another_password_ends_it(cleo: Client, world: World) -> None:
    world.cleo.set_password("another one entirely")
    world.cleo.save()

    assert not is_signed_in(cleo)


@pytest.mark.parametrize("key", ["", "x" * 32, "a" * 5000, "nul\0" * 8, "'; --" * 8, "schlüssel" * 4])
def test_a_key_that_is_none_is_nobody(db: None, key: str) -> None:
    client = Client()
    client.cookies["sessionid"] = key

    assert not is_signed_in(client)
