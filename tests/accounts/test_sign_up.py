import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from reader.accounts.models import User

SIGN_UP = "/accounts/signup/"
NEWCOMER = {"name": "Eda Lind", "email": "eda@example.org", "password1": "a long walk home"}


@pytest.fixture(autouse=True)
def unhurried(db: None) -> None:
    cache.clear()


def test_it_is_closed_unless_opened(client: Client) -> None:
    answer = client.post(SIGN_UP, NEWCOMER)

    assert "Sign-up is closed here" in answer.content.decode()
    assert not User.objects.exists()


def test_it_works_when_open(client: Client, settings: Settings) -> None:
    settings.SIGNUP = "open"

    answer = client.post(SIGN_UP, NEWCOMER)

    eda = User.objects.get()
    assert answer.status_code == 302
    assert (eda.name, eda.email) == ("Eda Lind", "eda@example.org")
    assert not eda.is_staff
    assert not eda.is_curator
    assert [message.to for message in mail.outbox] == [["eda@example.org"]]


def test_the_letter_that_confirms_an_address_is_in_our_words(client: Client, settings: Settings) -> None:
    settings.SIGNUP = "open"

    client.post(SIGN_UP, NEWCOMER)

    [letter] = mail.outbox
    assert letter.subject == "Confirm your address"
    assert str(letter.body).startswith("To confirm that this is your address, open:\n\n  http://testserver/")
    assert "Hello from" not in letter.body
    assert "Thank you for using" not in letter.body


def test_a_weak_password_is_refused_and_the_rest_kept(client: Client, settings: Settings) -> None:
    settings.SIGNUP = "open"

    page = client.post(SIGN_UP, {**NEWCOMER, "password1": "password"}).content.decode()

    assert 'id="id_password1_error"' in page
    assert 'value="Eda Lind"' in page
    assert not User.objects.exists()


def test_it_is_offered_only_when_open(client: Client, settings: Settings) -> None:
    assert SIGN_UP not in client.get("/accounts/login/").content.decode()

    settings.SIGNUP = "open"

    assert SIGN_UP in client.get("/accounts/login/").content.decode()
