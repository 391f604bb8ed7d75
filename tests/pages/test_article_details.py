"""Correcting what is known of a piece, and tagging it."""

import re
from datetime import date

import pytest
from django.test import Client

from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.tags.models import Tag
from tests.claims.predictions import make_claim
from tests.world import World

DETAILS = {
    "title": "The year of the tiny model",
    "subtitle": "Smaller still",
    "authors": "Ona Pell, Mira Castell",
    "publication": "Ledger of Gradients",
    "published": "2023-06-02",
    "published_precision": "day",
    "audience": "everyone",
    "truncated": "no",
    "canonical_url": "https://example.com/tiny",
}


def test_it_works(world: World, cleo: Client) -> None:
    answer = cleo.post(f"/articles/{world.private.slug}/details/", DETAILS)

    assert (answer.status_code, answer["Location"]) == (303, f"/articles/{world.private.slug}/")
    page = cleo.get(answer["Location"]).content.decode()
    assert "The year of the tiny model" in page
    assert "2 June 2023" in page
    assert page.index("Ona Pell") < page.index("Mira Castell")
    assert "Ledger of Gradients" in page


@pytest.mark.parametrize(
    ("typed", "authors"),
    [
        ("Ola Lind, Mira Castell", ["Ola Lind", "Mira Castell"]),
        ("Acme, Inc., Ola Lind, Jr.", ["Acme, Inc.", "Ola Lind, Jr."]),
        (" , Ola Lind,", ["Ola Lind"]),
    ],
)
def test_a_comma_within_a_name_parts_nobody(world: World, cleo: Client, typed: str, authors: list[str]) -> None:
    cleo.post(f"/articles/{world.private.slug}/details/", {**DETAILS, "authors": typed})

    names = world.private.authors.order_by("authorships__position").values_list("name", flat=True)
    assert list(names) == authors


def test_it_shows_what_is_known(world: World, cleo: Client) -> None:
    page = cleo.get(f"/articles/{world.private.slug}/details/").content.decode()

    assert 'value="For Cleo alone"' in page
    assert 'value="Mira Castell"' in page
    assert 'value="2023-05-17"' in page


def test_it_checks_ownership(world: World, cleo: Client, dov: Client) -> None:
    assert cleo.post(f"/articles/{world.public.slug}/details/", DETAILS).status_code == 403
    assert dov.post(f"/articles/{world.private.slug}/details/", DETAILS).status_code == 404
    assert dov.post(f"/articles/{world.private.slug}/tags/", {"tags": "x"}).status_code == 404


def test_it_lets_a_curator_of_the_team_correct(world: World, ben: Client) -> None:
    assert ben.post(f"/articles/{world.shared.slug}/details/", DETAILS).status_code == 303


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Give the piece a title."),
        ("published", "1066-10-14", "This year is not one"),
        ("canonical_url", "not an address", "This is no web address"),
        ("audience", "nobody", "not among the choices"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_kept(
    world: World, cleo: Client, field: str, value: str, sentence: str
) -> None:
    answer = cleo.post(f"/articles/{world.private.slug}/details/", DETAILS | {field: value})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Smaller still" in answer.content.decode()
    world.private.refresh_from_db()
    assert world.private.title == "For Cleo alone"


def test_an_address_is_one_piece_in_a_scope(world: World, ada: Client) -> None:
    assert ada.post(f"/articles/{world.public.slug}/details/", DETAILS).status_code == 303
    assert ada.post(f"/articles/{world.shared.slug}/details/", DETAILS).status_code == 303

    other = ada.post("/articles/new/", {"text": "One more piece.\n\nIt says little."})
    ada.post(other["Location"], {"action": "save", "seen_by": "public", **DETAILS, "canonical_url": ""})
    second = Tag._meta.apps.get_model("reader", "Article").objects.latest("pk")
    answer = ada.post(f"/articles/{second.slug}/details/", DETAILS)

    assert answer.status_code == 422
    assert "Another piece here comes from this address." in answer.content.decode()


def test_the_claims_of_the_piece_were_said_on_its_corrected_day(world: World, cleo: Client) -> None:
    claim = make_claim(world.private, "2024 will be the year of the small model", world.cleo)

    cleo.post(f"/articles/{world.private.slug}/details/", DETAILS | {"published_precision": "month"})

    statement = claim.statements.get()
    assert (statement.said_on, statement.said_no_later_than) == (date(2023, 6, 1), date(2023, 6, 30))


def test_a_date_after_a_claims_window_is_refused(world: World, cleo: Client) -> None:
    make_claim(world.private, "2024 will be the year of the small model", world.cleo)

    answer = cleo.post(f"/articles/{world.private.slug}/details/", DETAILS | {"published": "2025-03-01"})

    assert answer.status_code == 422
    assert "would have been over by then" in answer.content.decode()
    world.private.refresh_from_db()
    assert world.private.published == date(2023, 5, 17)


def test_a_hidden_claim_refuses_no_date_and_is_not_told_of(world: World, ada: Client) -> None:
    claim = make_claim(world.public, "2024 will be the year of the small model", world.cleo)

    answer = ada.post(f"/articles/{world.public.slug}/details/", DETAILS | {"published": "2025-03-01"}, follow=True)

    assert answer.status_code == 200
    assert "would have been over" not in answer.content.decode()
    world.public.refresh_from_db()
    assert world.public.published == date(2025, 3, 1)
    assert claim.statements.get().said_on == date(2023, 5, 17)


def test_tags_on_a_piece_of_ones_own(world: World, cleo: Client) -> None:
    cleo.post(f"/articles/{world.private.slug}/tags/", {"tags": "open models, Compute"})
    assert b"open models" in cleo.get(f"/articles/{world.private.slug}/").content

    cleo.post(f"/articles/{world.private.slug}/tags/", {"tags": "compute"})

    assert [tag.name for tag in world.private.tags.all()] == ["Compute"]


def test_tags_and_details_are_saved_together(world: World, cleo: Client) -> None:
    cleo.post(f"/articles/{world.private.slug}/details/", {**DETAILS, "tags": "open models, Compute"})

    cleo.post(f"/articles/{world.private.slug}/details/", {**DETAILS, "tags": "Compute, open models"})

    assert Event.objects.filter(verb="tagged").count() == 1
    world.private.refresh_from_db()
    assert world.private.title == DETAILS["title"]
    assert {tag.name for tag in world.private.tags.all()} == {"open models", "Compute"}


def inputs_of(page: str) -> dict[str, str]:
    """What a browser sends of the form of details, as it stands."""
    form = page[page.index('action="/articles/') :]
    fields = dict(re.findall(r'<input type="(?:text|hidden|date|url)" name="([\w-]+)" value="([^"]*)"', form))
    chosen = re.findall(r'<select name="(\w+)".*?<option value="(\w*)" selected>', form, re.DOTALL)
    return {"subtitle": "", "canonical_url": "", "tags": "", **fields, **dict(chosen)}


def test_two_who_correct_at_once_lose_nothing(world: World, ada: Client, ben: Client) -> None:
    address = f"/articles/{world.shared.slug}/details/"
    world.shared.label(["Compute"], world.ada, world.shared)
    first, second = (inputs_of(client.get(address).content.decode()) for client in (ada, ben))

    ben.post(address, {**second, "title": "What Ben calls it", "published": "2023-05-16"})
    ada.post(address, {**first, "tags": "Compute, chips"})
    ben.post(address, {**second, "subtitle": "Ben has one more thing to say"})

    world.shared.refresh_from_db()
    assert world.shared.title == "What Ben calls it"
    assert world.shared.subtitle == "Ben has one more thing to say"
    assert world.shared.published == date(2023, 5, 16)
    assert {tag.name for tag in world.shared.tags.all()} == {"Compute", "chips"}


def test_details_without_a_word_of_tags_leave_them(world: World, cleo: Client) -> None:
    cleo.post(f"/articles/{world.private.slug}/tags/", {"tags": "Compute"})

    cleo.post(f"/articles/{world.private.slug}/details/", DETAILS)

    assert [tag.name for tag in world.private.tags.all()] == ["Compute"]


@pytest.mark.parametrize("refused", [{"title": ""}, {"tags": "x" * 300}])
def test_what_is_refused_loses_neither_tags_nor_details(world: World, cleo: Client, refused: dict[str, str]) -> None:
    typed = {**DETAILS, "tags": "open models", **refused}

    answer = cleo.post(f"/articles/{world.private.slug}/details/", typed)

    assert answer.status_code == 422
    assert f'value="{typed["tags"]}"' in answer.content.decode()
    assert f'value="{DETAILS["subtitle"]}"' in answer.content.decode()
    assert not world.private.tags.exists()


def test_tags_on_anothers_piece_are_seen_by_their_reader_alone(world: World, cleo: Client, ada: Client) -> None:
    ada.post(f"/articles/{world.public.slug}/tags/", {"tags": "curated"})

    cleo.post(f"/articles/{world.public.slug}/tags/", {"tags": "doubtful"})

    assert Tag.objects.get(name="doubtful").visibility == Visibility.PRIVATE
    mine, hers = (client.get(f"/articles/{world.public.slug}/").content for client in (cleo, ada))
    assert b"doubtful" in mine
    assert b"curated" in mine
    assert b"doubtful" not in hers
    assert b"doubtful" not in ada.get("/articles/").content


def test_a_private_tag_does_not_stir_the_page_of_others(world: World, cleo: Client, ada: Client) -> None:
    address = f"/articles/{world.public.slug}/"
    etag = ada.get(address)["ETag"]

    cleo.post(f"{address}tags/", {"tags": "doubtful"})

    assert ada.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_a_tag_of_300_characters_is_refused(world: World, cleo: Client) -> None:
    answer = cleo.post(f"/articles/{world.private.slug}/tags/", {"tags": "x" * 300})

    assert answer.status_code == 422
    assert "at most 60 characters" in answer.content.decode()


def test_tags_rejects_get(world: World, cleo: Client) -> None:
    assert cleo.get(f"/articles/{world.private.slug}/tags/").status_code == 405
