"""Every page of allauth's that somebody can reach is ours to look at."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.template import Context, Origin, Template
from django.test import Client

from reader.accounts.addresses import vouch_for
from tests.world import PASSWORD, World

MANAGED = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/logout/",
]
ENTRANCE = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/password/reset/done/"]


@pytest.fixture(autouse=True)
def unhurried(db: None) -> None:
    cache.clear()


@pytest.fixture
def trusted(world: World, ada: Client) -> Client:
    """Ada with a confirmed address, who has just shown her password again."""
    vouch_for(world.ada)
    ada.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return ada


@pytest.mark.parametrize("address", MANAGED)
def test_a_page_about_ones_account_looks_like_the_rest(trusted: Client, address: str) -> None:
    answer = trusted.get(address)

    assert answer.status_code == 200
    assert_is_ours(answer.content.decode())


@pytest.mark.parametrize("address", ENTRANCE)
def test_a_page_of_the_entrance_looks_like_the_rest(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 200
    assert_is_ours(answer.content.decode())


def test_what_is_delicate_asks_for_the_password_again(ada: Client) -> None:
    answer = ada.get("/accounts/2fa/webauthn/add/", follow=True)

    assert "Is it you?" in answer.content.decode()
    assert_is_ours(answer.content.decode())


def test_a_forgotten_password_is_replaced(world: World, client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": "ada@example.org"})
    link = re.search(r"http://\S+", str(mail.outbox[0].body))
    assert link
    form = client.get(link[0].removeprefix("http://testserver"), follow=True)
    assert_is_ours(form.content.decode())

    done = client.post(form.request["PATH_INFO"], {"password1": "a new long word", "password2": "a new long word"})

    world.ada.refresh_from_db()
    assert done.status_code == 302
    assert world.ada.check_password("a new long word")


def test_a_used_reset_link_says_so(world: World, client: Client) -> None:
    page = client.get("/accounts/password/reset/key/1-nonsense/").content.decode()

    assert "This link no longer works" in page
    assert_is_ours(page)


def assert_is_ours(page: str) -> None:
    assert page.count("<h1>") == 1
    assert 'class="masthead"' in page
    assert "placeholder=" not in page
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*(\bsrc=|importmap|application/json))", page)


FOREIGN = """
{% load allauth %}
{% element alert %}{% slot message %}Mind this{% endslot %}{% endelement %}
{% element form method="post" action="/there/" %}
{% slot body %}
{% element field id="mail" name="mail" type="email" %}{% slot label %}Mail{% endslot %}{% endelement %}
{% element field id="sure" name="sure" type="checkbox" checked=True %}{% slot label %}Sure{% endslot %}{% endelement %}
{% endslot %}
{% slot actions %}{% element button type="submit" %}Go{% endelement %}{% endslot %}
{% endelement %}
{% element button href="/away/" tags="danger" %}Away{% endelement %}
{% element panel %}{% slot title %}Keys{% endslot %}{% slot body %}None{% endslot %}{% endelement %}
"""


def test_a_page_of_allauths_that_we_did_not_write_takes_our_look() -> None:
    page = Template(FOREIGN, Origin("foreign", template_name="foreign.html")).render(Context())

    assert '<p class="notice">Mind this</p>' in page
    assert '<label for="mail">Mail</label>' in page
    assert 'type="checkbox" id="sure" name="sure" checked' in page
    assert '<button class="button primary" type="submit">Go</button>' in page
    assert '<a class="button danger" href="/away/">Away</a>' in page
    assert "<h2>Keys</h2>None" in page
