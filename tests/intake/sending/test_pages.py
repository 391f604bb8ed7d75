"""A page as its reader's browser has it: sent with a secret, looked at like any other, and nobody else's."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reader.core.limits import LIMITS, Deed, spend
from reader.intake.forms import MOST_BYTES
from reader.intake.models import Draft
from reader.intake.sending.bookmarklet import bookmarklet
from reader.intake.sending.models import WayIn
from tests.intake.mail.post import body
from tests.world import World

URL = "https://kilowatt.example/p/grid"
PAGE = f"<html><head><title>The grid | Kilowatt</title></head><body><article>{body()}</article></body></html>"
DOOR = WayIn.Door.PAGE


def stranger() -> Client:
    """A form that a page of another site sends: without a session, and without a token."""
    return Client(enforce_csrf_checks=True)


def address(world: World) -> str:
    return f"/articles/new/sent/{WayIn.make(world.cleo, DOOR).secret}/"


def test_a_page_becomes_a_draft_of_its_reader(world: World, cleo: Client, dov: Client) -> None:
    answer = stranger().post(address(world), {"url": URL, "html": PAGE})

    draft = Draft.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, draft.get_absolute_url())
    assert (draft.owner, draft.url) == (world.cleo, URL)
    assert not answer.cookies
    assert "The grid is the model" in cleo.get(draft.get_absolute_url()).content.decode()
    assert dov.get(draft.get_absolute_url()).status_code == 404
    assert Client().get(draft.get_absolute_url()).status_code == 302


@pytest.mark.parametrize("secret", ["x", "0" * 32, "é" * 32, "0" * 20 + "f" * 12])
def test_a_wrong_secret_is_nowhere(world: World, secret: str) -> None:
    assert stranger().post(f"/articles/new/sent/{secret}/", {"html": PAGE}).status_code == 404
    assert not Draft.objects.exists()


def test_an_old_secret_opens_nothing(world: World, cleo: Client) -> None:
    old = address(world)
    assert cleo.post("/bookmarklet/").status_code == 303
    assert stranger().post(old, {"html": PAGE}).status_code == 404
    new = address(world)
    assert cleo.post("/bookmarklet/end/").status_code == 303
    assert stranger().post(new, {"html": PAGE}).status_code == 404


def test_the_secret_for_pages_is_none_for_mails(world: World) -> None:
    mail = WayIn.make(world.cleo, WayIn.Door.MAIL)
    assert stranger().post(f"/articles/new/sent/{mail.secret}/", {"html": PAGE}).status_code == 404


def test_a_page_without_words_or_with_too_many_says_so(world: World) -> None:
    there = address(world)
    for html, says in [
        ("", "no words yet"),
        ("<script>1</script>", "no words yet"),
        ("x" * (MOST_BYTES + 1), "larger than 5 MB"),
    ]:
        answer = stranger().post(there, {"html": html})
        assert (answer.status_code, says in answer.content.decode()) == (422, True)
    assert not Draft.objects.exists()


def test_scripts_do_not_make_a_page_too_large(world: World) -> None:
    heavy = PAGE.replace("<article>", f"<script>{'x' * 3_000_000}</script>" * 2 + "<article>")
    assert stranger().post(address(world), {"html": heavy}).status_code == 303
    assert len(Draft.objects.get().raw) < 10_000


def test_too_many_are_asked_to_wait(world: World) -> None:
    there = address(world)
    for _ in range(LIMITS[Deed.UPLOAD].most):
        spend(world.cleo, Deed.UPLOAD)
    answer = stranger().post(there, {"html": PAGE})
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)


def test_an_address_that_is_none_is_left_out(world: World) -> None:
    stranger().post(address(world), {"html": PAGE, "url": "javascript:alert(1)"})
    assert Draft.objects.get().url == ""


def test_a_file_in_its_place_is_no_page(world: World) -> None:
    assert stranger().post(address(world), {"html": SimpleUploadedFile("a.html", PAGE.encode())}).status_code == 422


def test_the_bookmarklet_is_one_line_that_survives_an_attribute(world: World, cleo: Client) -> None:
    assert "Make the bookmarklet" in cleo.get("/bookmarklet/").content.decode()
    cleo.post("/bookmarklet/")
    code = bookmarklet(WayIn.objects.get().secret)
    assert code.startswith("javascript:(")
    assert not {" ", "\n", '"', "<", "&"} & set(code)
    answer = cleo.get("/bookmarklet/")
    assert code.replace("'", "&#x27;").replace("=>", "=&gt;") in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_what_a_telephone_shares_is_an_address_to_fetch(cleo: Client) -> None:
    said = cleo.get("/articles/new/shared/", {"title": "The grid", "text": f"Look at this {URL} now"}).content.decode()
    assert f'value="{URL}"' in said
    assert "No address came with" in cleo.get("/articles/new/shared/", {"text": "words alone"}).content.decode()


def test_the_manifest_names_the_door(client: Client, db: None) -> None:
    answer = client.get("/manifest.webmanifest")
    said = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (said["share_target"]["action"], said["share_target"]["method"]) == ("/articles/new/shared/", "GET")
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/accounts/login/").content.decode()
