import pytest
from django.core.cache import cache
from django.test import Client

from tests.world import PASSWORD, World

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def unhurried(db: None) -> None:
    """The counters of attempts are in the cache, which outlives a test."""
    cache.clear()


def test_it_works(world: World, client: Client) -> None:
    answer = client.post(LOGIN, {"login": "ada@example.org", "password": PASSWORD})

    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert client.get("/settings/").status_code == 200


def test_it_ignores_the_case_of_the_address(world: World, client: Client) -> None:
    answer = client.post(LOGIN, {"login": "Ada@Example.org", "password": PASSWORD})

    assert answer.status_code == 302


def test_a_wrong_password_keeps_the_address(world: World, client: Client) -> None:
    page = client.post(LOGIN, {"login": "ada@example.org", "password": "wrong"}).content.decode()

    assert "No account has this e-mail with this password." in page
    assert 'value="ada@example.org"' in page


def test_it_goes_back_to_where_one_was_going(world: World, client: Client) -> None:
    assert client.get("/settings/")["Location"] == f"{LOGIN}?next=/settings/"

    answer = client.post(LOGIN, {"login": "ada@example.org", "password": PASSWORD, "next": "/settings/"})

    assert answer["Location"] == "/settings/"


def test_too_many_attempts_are_refused_in_words(world: World, client: Client) -> None:
    pages = [client.post(LOGIN, {"login": "ada@example.org", "password": "wrong"}) for _ in range(12)]

    assert any("Too many attempts" in page.content.decode() for page in pages)


def test_signing_out_clears_what_the_browser_kept(ada: Client) -> None:
    answer = ada.post("/accounts/logout/")

    assert answer["Clear-Site-Data"] == '"cache"'
    assert ada.get("/settings/").status_code == 302


def test_asking_whether_to_sign_out_clears_nothing(ada: Client) -> None:
    answer = ada.get("/accounts/logout/")

    assert "Clear-Site-Data" not in answer
    assert ada.get("/settings/").status_code == 200
