"""Handing in a piece: what is pasted or uploaded becomes a draft, or is refused with a sentence."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reader.intake.forms import MOST_BYTES
from reader.intake.models import Draft
from reader.intake.reading import Form
from reader.library.models import Article
from tests.world import World

ADDRESS = "/articles/new/"
PASTE = "On small models\n\nBy Mira Castell\n\nSmall models will matter in 2024, and everybody will run one at home.\n"


def upload(client: Client, data: bytes, name: str = "piece.txt") -> Any:
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, data)})


def refused(answer: Any, sentence: str) -> bool:
    nothing_saved = not Draft.objects.exists() and not Article.objects.filter(title__startswith="On small").exists()
    return answer.status_code == 422 and sentence in answer.content.decode() and nothing_saved


def test_it_works(cleo: Client, world: World) -> None:
    answer = cleo.post(ADDRESS, {"text": PASTE})

    draft = Draft.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/articles/new/{draft.pk}/")
    assert (draft.owner, draft.form, draft.uploaded) == (world.cleo, Form.TEXT, False)
    assert draft.read().title == "On small models"


def test_a_stranger_signs_in_first(client: Client, db: None) -> None:
    assert client.get(ADDRESS).headers["Location"].startswith("/accounts/login/")
    assert client.post(ADDRESS, {"text": PASTE}).status_code == 302
    assert not Draft.objects.exists()


@pytest.mark.parametrize("data", [{}, {"text": ""}, {"text": " \n\t "}, {"text": "\x00\x00"}, {"rich": " "}])
def test_an_empty_paste_is_refused(cleo: Client, data: dict[str, str]) -> None:
    assert refused(cleo.post(ADDRESS, data), "There is nothing here yet.")


@pytest.mark.parametrize("html", ["<p> </p>", "<script>alert(1)</script>", "<!-- nothing -->"])
def test_a_page_that_shows_nothing_is_refused(cleo: Client, html: str) -> None:
    assert refused(cleo.post(ADDRESS, {"text": html, "form": "html"}), "There is nothing to read here yet.")


def test_rich_text_wins_over_the_plain_words_of_the_same_paste(cleo: Client) -> None:
    cleo.post(ADDRESS, {"text": "On small models", "rich": "<h1>On small models</h1><p>They <em>matter</em>.</p>"})

    draft = Draft.objects.get()
    assert draft.form == Form.HTML
    assert "<em>matter</em>" in draft.read().html


def test_the_reader_says_what_it_is(cleo: Client) -> None:
    cleo.post(ADDRESS, {"text": "# On small models\n\nThey *matter* in 2024.", "form": "markdown"})

    assert "<em>matter</em>" in Draft.objects.get().read().html


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.txt", PASTE.encode(), Form.TEXT),
        ("a.md", b"# On small models\n\nThey matter.", Form.MARKDOWN),
        ("a.html", b"<h1>On small models</h1><p>They matter.</p>", Form.HTML),
    ],
)
def test_a_file_is_read_by_its_name(cleo: Client, name: str, data: bytes, form: Form) -> None:
    assert upload(cleo, data, name).status_code == 303
    draft = Draft.objects.get()
    assert (draft.form, draft.uploaded) == (form, True)


@pytest.mark.parametrize(
    "data",
    [
        "“Curly” — naïve café".encode("cp1252"),
        "“Curly” — naïve café".encode("utf-16"),
        "“Curly” — naïve café, and a good many plain letters".encode("utf-16-le"),
        "“Curly” — naïve café".encode("utf-8-sig"),
    ],
)
def test_other_encodings_are_read_right(cleo: Client, data: bytes) -> None:
    assert upload(cleo, data).status_code == 303
    assert Draft.objects.get().raw.startswith("“Curly” — naïve café")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "This file is a picture, not text."),
        (b"%PDF-1.7 and so on", "This file is a PDF, not text."),
        (b"MZ" + bytes(range(256)) * 9, "so it is not text."),
        (b"words " * (MOST_BYTES // 6 + 1), "This is larger than 5 MB"),
    ],
)
def test_what_is_no_text_is_refused(cleo: Client, data: bytes, sentence: str) -> None:
    assert refused(upload(cleo, data), sentence)


def test_fifty_megabytes_are_refused(cleo: Client) -> None:
    assert refused(upload(cleo, b"words " * (50 * 1024 * 1024 // 6)), "This is larger than 5 MB")


def test_a_paste_over_five_megabytes_is_refused(cleo: Client) -> None:
    text = "PQRST " * (MOST_BYTES // 6 + 1)

    answer = cleo.post(ADDRESS, {"text": text})

    assert refused(answer, "This is larger than 5 MB")
    assert answer.content.decode().count("PQRST") == text.count("PQRST")


@pytest.mark.parametrize("content_type", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_a_paste_that_is_more_than_a_request_may_hold_is_told_so(cleo: Client, content_type: str) -> None:
    text = "PQRST " * (8 * 1024 * 1024 // 6)
    if content_type.startswith("multipart"):
        answer = cleo.post(ADDRESS, {"text": text})
    else:
        answer = cleo.post(ADDRESS, f"text={text.replace(' ', '+')}", content_type=content_type)

    assert answer.status_code == 413
    assert "This is more than can be sent at once" in answer.content.decode()
    assert "Nothing was saved." in answer.content.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_lone_surrogates_become_replacement_characters(cleo: Client) -> None:
    body = b"text=Half+a+pair%3A+%ED%A0%BD+and+then+more+words"

    assert cleo.post(ADDRESS, body, content_type="application/x-www-form-urlencoded").status_code == 303
    raw = Draft.objects.get().raw
    assert raw.startswith("Half a pair: \ufffd")
    assert raw.encode().decode() == raw


def test_html_nested_very_deep_is_read(cleo: Client) -> None:
    html = "<div>" * 50_000 + "Deep words that matter." + "</div>" * 50_000

    assert cleo.post(ADDRESS, {"text": html, "form": "html"}).status_code == 303
    draft = Draft.objects.get()
    assert "Deep words that matter." in draft.read().html
    assert cleo.get(draft.get_absolute_url()).status_code == 200


def test_an_unknown_form_is_refused_and_the_words_are_kept(cleo: Client) -> None:
    answer = cleo.post(ADDRESS, {"text": PASTE, "form": "pdf"})

    assert refused(answer, "not among the choices")
    assert "everybody will run one at home" in answer.content.decode()


def test_zero_characters_in_a_paste_are_dropped(cleo: Client) -> None:
    cleo.post(ADDRESS, {"text": PASTE.replace("models", "mod\x00els", 1)})

    assert Draft.objects.get().read().title == "On small models"


def test_a_request_that_is_no_form_is_told_so(cleo: Client) -> None:
    answer = cleo.post(ADDRESS, b"no boundary here", content_type="multipart/form-data; boundary=")

    assert answer.status_code == 400
    assert "could not be understood" in answer.content.decode()
