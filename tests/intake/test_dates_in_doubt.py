"""Dates of 1970 and dates yet to come: kept as doubtful, and no date until somebody says so."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reader.claims.timing import read_horizon
from reader.intake import extract
from reader.intake.details import as_details, as_text
from reader.intake.models import Draft
from reader.intake.reading import Form, read
from reader.library.models import Article
from reader.library.precision import Precision
from reader.library.shelving import Details, describe, details_of, shelve
from tests.library.pieces import shelve_piece
from tests.world import World

ZERO = "1970-01-01"
FAR = f"{timezone.now().year + 5}-05-17"
WORDS = "<p>Whoever rents a cluster for five years sells one by next year, and nobody says so in a meeting.</p>" * 4


def page(head: str, top: str = "", foot: str = "") -> str:
    body = f"<article><h1>The grid</h1>{top}{WORDS}</article>{foot}"
    return f"<!doctype html><html lang=en><head><title>The grid</title>{head}</head><body>{body}</body></html>"


def understood(raw: str) -> Details:
    return as_details(read(raw, Form.HTML))


def meta(day: str) -> str:
    return f'<meta property="article:published_time" content="{day}">'


def shelved(world: World, day: str = ZERO) -> Article:
    return shelve_piece(world.cleo, f"Dated {day}", doubted_date=day)


def said(article: Article, **changes: Any) -> dict[str, Any]:
    return {"title": article.title, "audience": "unknown", "truncated": "", **changes}


def correct(client: Client, article: Article, **changes: Any) -> Article:
    assert client.post(f"{article.get_absolute_url()}details/", said(article, **changes)).status_code == 303
    return Article.objects.get(pk=article.pk)


@pytest.mark.parametrize("day", [ZERO, "1969-12-31T23:00:00Z", "1970-05-02", FAR, FAR[:7], FAR[:4]])
def test_a_date_that_cannot_be_meant_is_kept_and_is_no_date(day: str) -> None:
    details = understood(page(meta(day)))
    assert (details.published, details.published_precision, details.doubted_date) == (None, "", day[:10])


@pytest.mark.parametrize("day", ["1969-07-20", "1971-01-01", f"{timezone.now() + timedelta(days=1):%Y-%m-%d}"])
def test_a_date_that_can_be_meant_is_believed(day: str) -> None:
    details = understood(page(meta(day)))
    assert (details.published, details.doubted_date) == (date.fromisoformat(day), "")


@pytest.mark.parametrize(
    "head",
    [
        meta(ZERO) + '<meta name="date" content="2024-03-04">',
        '<script type="application/ld+json">{"@type":"Article","datePublished":"1970-01-01"}</script>'
        + meta("2024-03-04"),
    ],
)
def test_another_date_of_the_page_is_the_better_one(head: str) -> None:
    assert extract(page(head)).published == "2024-03-04"


def test_a_date_in_words_is_the_better_one() -> None:
    assert extract(page(meta(ZERO), '<p class="byline">By Freya Lund | March 4, 2024</p>')).published == "2024-03-04"
    address = "https://kilowatt.example/2024/03/04/grid"
    assert extract(page(meta(FAR)), address).published == "2024-03-04"


def test_the_review_says_so_and_takes_another(world: World, cleo: Client) -> None:
    draft = Draft.objects.create(owner=world.cleo, raw=page(meta(ZERO)), form=Form.HTML)
    shown = cleo.get(draft.get_absolute_url()).content.decode()
    assert "It is dated 1 January 1970, which can hardly be meant." in shown

    fields = {"action": "save", "title": "The grid", "audience": "unknown", "truncated": "", "seen_by": "private"}
    cleo.post(draft.get_absolute_url(), {**fields, "published": "2024-03-04", "published_precision": "day"})

    article = Article.objects.latest("pk")
    assert (article.published, article.doubted_date) == (date(2024, 3, 4), "")


def test_saved_without_a_look_it_stays_in_doubt(world: World, cleo: Client) -> None:
    draft = Draft.objects.create(owner=world.cleo, raw=page(meta(FAR)), form=Form.HTML)
    reading = draft.read()
    article, _ = shelve(as_details(reading), as_text(reading, draft.raw), world.cleo)
    assert (article.published, article.published_precision, article.doubted_date) == (None, "", FAR)


@pytest.mark.parametrize(
    ("day", "words"),
    [(ZERO, "1 January 1970"), ("2041-05", "May 2041"), ("2041", "2041")],
)
def test_the_page_of_the_piece_says_so_to_whoever_reads_it(
    world: World, cleo: Client, dov: Client, day: str, words: str
) -> None:
    article = shelve_piece(world.cleo, "For all", "public", doubted_date=day)

    mine, theirs = (c.get(article.get_absolute_url()).content.decode() for c in (cleo, dov))

    assert f"Dated {words}, which can hardly be meant" in mine
    assert f"Dated {words}, which can hardly be meant" in theirs
    assert ("Say when it was published" in mine, "Say when it was published" in theirs) == (True, False)


def test_it_is_confirmed_in_the_details(world: World, cleo: Client) -> None:
    article = shelved(world, "2041-05")

    assert "May 2041 is right" in cleo.get(f"{article.get_absolute_url()}details/").content.decode()
    article = correct(cleo, article, doubted_is_right="on")

    assert (article.published, article.published_precision, article.doubted_date) == (
        date(2041, 5, 1),
        Precision.MONTH,
        "",
    )
    assert "is right" not in cleo.get(f"{article.get_absolute_url()}details/").content.decode()


def test_what_is_typed_goes_before_what_is_ticked(world: World, cleo: Client) -> None:
    article = correct(cleo, shelved(world), published="2024-03-04", doubted_is_right="on")
    assert (article.published, article.doubted_date) == (date(2024, 3, 4), "")


def test_another_correction_leaves_the_doubt(world: World, cleo: Client) -> None:
    article = correct(cleo, shelved(world), subtitle="In five years")
    assert (article.published, article.doubted_date, article.subtitle) == (None, ZERO, "In five years")


def test_who_may_not_change_the_piece_settles_nothing(world: World, dov: Client) -> None:
    article = shelve_piece(world.cleo, "For all", "public", doubted_date=ZERO)
    answer = dov.post(f"{article.get_absolute_url()}details/", said(article, doubted_is_right="on"))
    assert answer.status_code == 403
    assert details_of(article).doubted_date == ZERO


def test_a_date_that_comes_later_ends_the_doubt(world: World) -> None:
    article = shelved(world)
    describe(
        article,
        Details(title="A", published=date(2024, 3, 4), published_precision="day", doubted_date=ZERO),
        world.cleo,
    )
    article.refresh_from_db()
    assert (article.published, article.doubted_date) == (date(2024, 3, 4), "")


def test_a_time_counted_from_it_waits_for_its_day(world: World, cleo: Client) -> None:
    article = shelved(world, FAR)
    words = "Models are free by the end of next year."
    assert (read_horizon(words, article).time_text != "", read_horizon(words, article).end) == (True, None)

    article = correct(cleo, article, published="2024-03-04", published_precision="day")

    assert read_horizon(words, article).end == date(2025, 12, 31)


def test_the_desk_names_the_date(world: World, ben: Client) -> None:
    shelve_piece(world.cleo, "Of the team", "team", world.foundry, doubted_date=ZERO)
    shown = ben.get("/desk/articles/").content.decode()
    assert "a date that can hardly be meant, 1 January 1970" in shown
