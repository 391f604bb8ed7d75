"""A piece from its address: asked for, fetched by the worker, and then a review like any other."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client, override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reader.core.limits import LIMITS, Deed
from reader.intake.addresses import Fetch, carry_out
from reader.intake.details import as_details, as_text
from reader.intake.jobs import fetch_address
from reader.intake.models import Draft
from reader.library.models import Article
from reader.library.shelving import shelve
from tests.intake.fetching.servers import network, page, site
from tests.pages.asking import FRAGMENT
from tests.world import World, make_article

ASK = "/articles/new/fetches/"
URL = "http://site.example/grid"
PIECE = b"""<!DOCTYPE html><html lang="en"><head><title>The grid is the model | Kilowatt Review</title>
<link rel="canonical" href="http://site.example/grid"></head><body><nav><a href="/">Home</a></nav><article>
<h1>The grid is the model</h1><p class="byline">By Freya Lund</p>
<p>Ask a modeller what limits the next run and you hear about data. Ask the person who signs the lease.</p>
<p>We expect that at least one lab moves its largest cluster abroad before 2027, and that nobody says so aloud.</p>
</article></body></html>"""


def ask(client: Client, url: str = URL) -> Fetch:
    answer = client.post(ASK, {"url": url})
    assert answer.status_code == 303
    asked = Fetch.objects.latest("pk")
    assert answer.headers["Location"] == asked.get_absolute_url()
    return asked


def come_in(asked: Fetch, body: bytes = PIECE, **answer: str) -> Fetch:
    with site(lambda line: [page(body, **answer)]) as made:
        carry_out(asked, network(made))
    asked.refresh_from_db()
    return asked


def test_it_works(cleo: Client, world: World) -> None:
    asked = ask(cleo)
    assert DBTaskResult.objects.filter(task_path="reader.intake.jobs.fetch_address").count() == 1
    assert "Fetching." in cleo.get(asked.get_absolute_url()).content.decode()

    draft = come_in(asked).draft

    assert draft is not None
    answer = cleo.get(asked.get_absolute_url())
    assert (answer.status_code, answer.headers["Location"]) == (303, draft.get_absolute_url())
    assert "The grid is the model" in cleo.get(draft.get_absolute_url()).content.decode()
    reading = draft.read()
    assert (reading.source_kind, reading.url, reading.authors) == ("url_html", URL, ["Freya Lund"])
    assert draft.owner == world.cleo


def test_the_job_does_it(cleo: Client) -> None:
    with override_settings(ALLOW_PRIVATE_FETCH=True), site(lambda line: [page(PIECE)]) as made:
        asked = ask(cleo, f"http://127.0.0.1:{made.port}/grid")
        fetch_address.func(fetch_id=asked.pk)
        fetch_address.func(fetch_id=asked.pk)
        assert len(made.asked) == 1
    assert Draft.objects.count() == 1


def test_a_second_run_leaves_one_draft(cleo: Client) -> None:
    asked = ask(cleo)
    again = Fetch.objects.get(pk=asked.pk)
    come_in(asked)
    come_in(again)
    assert Draft.objects.count() == 1


def test_it_answers_a_fragment(cleo: Client) -> None:
    asked = ask(cleo)
    part = cleo.get(asked.get_absolute_url(), headers=FRAGMENT).content.decode()
    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part

    draft = come_in(asked).draft

    assert draft is not None
    answer = cleo.get(asked.get_absolute_url(), headers=FRAGMENT)
    assert answer.headers["HX-Redirect"] == draft.get_absolute_url()


def test_an_address_without_a_scheme_is_taken_for_one_of_the_web(cleo: Client) -> None:
    assert ask(cleo, "site.example/grid").url == "https://site.example/grid"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "no address here yet"),
        ("ftp://site.example/", "no web address"),
        ("http://localhost/x", "private network"),
        ("http://169.254.169.254/latest/meta-data/", "private network"),
        ("https://name:secret@site.example/", "name or a password"),
        ("https://www.youtube.com/watch?v=x", "That is a video"),
        ("https://site.example/" + "x" * 3000, "up to 2000 letters are kept"),
    ],
)
def test_what_cannot_be_fetched_is_told_at_once(cleo: Client, url: str, sentence: str) -> None:
    answer = cleo.post(ASK, {"url": url})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Fetch.objects.exists()


@pytest.mark.parametrize(
    ("body", "answer", "sentence", "way"),
    [
        (b"%PDF-1.7", {"kind": "application/pdf"}, "That is a PDF", "paste"),
        (b"\x00\x01", {"kind": "video/mp4"}, "only words are read here", "paste"),
        (b"GIF8", {"kind": "image/gif"}, "That is a picture", "none"),
        (b"<rss>", {"kind": "application/rss+xml"}, "That is a feed", "none"),
        (b"{}", {"kind": "application/json"}, "neither a page nor a text", "upload"),
        (b"", {}, "no words that a server is shown", "paste"),
        (b"<html><body><div id=root></div><script>x</script></body></html>", {}, "no words that a server", "paste"),
        (b"<title>Sign in</title><form><input type=password></form>Welcome back.", {}, "page for signing in", "paste"),
        (b"<title>Just a moment...</title><p>Checking.</p>", {}, "that a person is asking", "paste"),
        (PIECE, {"status": "403 Forbidden"}, "does not let a server read it", "paste"),
        (PIECE, {"status": "401 Unauthorized"}, "who sign in there", "paste"),
        (PIECE, {"status": "404 Not Found"}, "no page at that address", "none"),
        (PIECE, {"status": "429 Too Many"}, "asked too often", "paste"),
        (PIECE, {"status": "503 Unavailable"}, "trouble of its own", "again"),
    ],
)
def test_what_gave_no_piece_says_so_and_offers_another_door(
    cleo: Client, body: bytes, answer: dict[str, str], sentence: str, way: str
) -> None:
    asked = come_in(ask(cleo), body, **answer)
    assert (sentence in asked.refusal, asked.way) == (True, way)
    shown = cleo.get(asked.get_absolute_url()).content.decode()
    assert sentence in shown
    assert ("Paste or upload it" in shown.split("From an address")[1]) == (way != "none")
    assert ("Send it by the bookmarklet" in shown) == (way == "paste")
    assert "every 1s" not in shown
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "form",
    [
        b"<h1>Members</h1><p>Please give us the address that you use.</p>",
        b"<form><input name=name><input type=password><button>Sign in</button></form>",
        b"<title>Sign in</title><form><label>Password <input type='password' name=word></label></form>",
    ],
)
@pytest.mark.parametrize("path", [b"/login", b"/account/login"])
def test_a_page_behind_a_redirect_to_signing_in_is_told(cleo: Client, path: bytes, form: bytes) -> None:
    def answer(line: bytes) -> Iterator[bytes]:
        if path in line:
            yield page(form)
        yield b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: %b?next=/grid\r\n\r\n" % path

    asked = ask(cleo)
    with site(answer) as made:
        carry_out(asked, network(made))
    asked.refresh_from_db()
    assert "page for signing in" in asked.refusal


def test_a_preview_is_shown_as_one(cleo: Client) -> None:
    cut = PIECE.replace(b"</article>", b"<p>This post is for paid subscribers</p></article>")
    draft = come_in(ask(cleo), cut).draft
    assert draft is not None
    assert "sends a server only the preview" in cleo.get(draft.get_absolute_url()).content.decode()


def test_what_one_can_see_is_opened_without_asking_the_site(cleo: Client, world: World) -> None:
    Article.objects.filter(pk=world.shared.pk).update(canonical_url=URL)
    answer = cleo.post(ASK, {"url": f"{URL}?utm_source=x#top"})
    assert (answer.status_code, answer.headers["Location"]) == (303, world.shared.get_absolute_url())
    assert not Fetch.objects.exists()


def test_what_turns_out_to_be_here_is_opened(cleo: Client, world: World) -> None:
    asked = come_in(ask(cleo, "http://short.example/1"))
    Article.objects.filter(pk=world.shared.pk).update(canonical_url=URL)
    assert cleo.get(asked.get_absolute_url()).headers["Location"] == world.shared.get_absolute_url()


def test_another_text_of_what_one_may_change_is_offered_as_its_new_one(cleo: Client, world: World) -> None:
    kept = make_article("The grid", world.cleo)
    Article.objects.filter(pk=kept.pk).update(canonical_url=URL)
    asked = come_in(ask(cleo))

    review = cleo.get(asked.get_absolute_url(), follow=True).content.decode()

    assert "“The grid” is here already, with another text" in review
    assert "Make this its new text" in review
    assert not Article.objects.exclude(pk=kept.pk).filter(canonical_url=URL).exists()


def test_the_text_that_is_here_already_is_opened(cleo: Client, world: World) -> None:
    draft = come_in(ask(cleo)).draft
    assert draft is not None
    reading = draft.read()
    kept, _ = shelve(as_details(reading), as_text(reading, draft.raw), world.cleo)

    assert cleo.get(come_in(ask(cleo)).get_absolute_url()).headers["Location"] == kept.get_absolute_url()


def test_what_others_have_is_fetched_as_if_it_were_not_here(dov: Client, world: World) -> None:
    Article.objects.filter(pk=world.shared.pk).update(canonical_url=URL)
    assert ask(dov).url == URL


def test_it_checks_ownership(cleo: Client, ben: Client) -> None:
    asked = ask(cleo)
    missing = ben.get("/articles/new/fetches/999999/")
    assert ben.get(asked.get_absolute_url()).content == missing.content
    assert missing.status_code == 404


def test_it_rejects_get(cleo: Client) -> None:
    assert cleo.get(ASK).status_code == 405


def test_a_stranger_signs_in_first(client: Client, world: World) -> None:
    assert client.post(ASK, {"url": URL}).status_code == 302
    assert not Fetch.objects.exists()


def test_too_many_are_told_to_wait(cleo: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        for number in range(LIMITS[Deed.FETCH].most):
            ask(cleo, f"{URL}/{number}")
        answer = cleo.post(ASK, {"url": URL})
    assert (answer.status_code, "addresses in 10 minutes" in answer.content.decode()) == (429, True)
