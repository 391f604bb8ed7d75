import pytest
from django.test import Client

from tests.conftest import signed_in
from tests.world import World

MISSING = "/articles/no-such-piece/"


def test_what_is_hidden_and_what_is_missing_are_the_same_bytes(dov: Client, world: World) -> None:
    hidden = dov.get(world.private.get_absolute_url())
    missing = dov.get(MISSING)

    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    assert hidden.headers == missing.headers


def test_the_404_is_the_same_for_everybody_and_carries_no_token(client: Client, world: World) -> None:
    stranger, reader = client.get(MISSING), signed_in(world.ada).get(MISSING)

    assert stranger.content == reader.content
    assert b"csrf" not in stranger.content.lower()
    assert "csrftoken" not in stranger.cookies


def test_a_refusal_is_one_line_in_the_servers_log(vera: Client, world: World, caplog: pytest.LogCaptureFixture) -> None:
    assert vera.get("/desk/").status_code == 403

    (line,) = [record for record in caplog.records if record.name == "django.request"]
    assert "/desk/" in caplog.text
    assert "Traceback" not in caplog.text
    assert line.exc_info is None


def test_an_address_that_takes_a_form_says_so(cleo: Client) -> None:
    answer = cleo.get("/claims/1/notes/")

    assert answer.status_code == 405
    assert "This address takes a form" in answer.content.decode()


def test_a_form_without_its_token_says_what_to_do(world: World) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/accounts/login/", {"login": "ada@example.org"})

    assert answer.status_code == 403
    assert "Nothing was saved" in answer.content.decode()


@pytest.mark.django_db
def test_a_failure_of_ours_is_told_without_details(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    monkeypatch.delattr("reader.accounts.models.User.objects")

    answer = client.post("/accounts/login/", {"login": "a@example.org", "password": "a"})

    assert answer.status_code == 500
    assert "Something failed on our side" in answer.content.decode()
    assert "objects" not in answer.content.decode()
