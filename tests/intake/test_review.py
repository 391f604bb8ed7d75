"""Looking at what was understood, correcting it, and putting the piece on the shelf."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reader.core.visibility import Visibility
from reader.intake.details import as_details, as_text
from reader.intake.jobs import KEPT, forget_old_drafts
from reader.intake.models import Draft
from reader.intake.reading import Form
from reader.intake.views import MOST_LISTED
from reader.library.models import Article
from reader.library.precision import Precision
from tests.world import World

PASTE = """The Gradient Ledger

The year of the small model

What comes in 2024

Mira Castell

May 17, 2023

Share

Small models will matter in 2024, and everybody will run one at home before the year is out.

Prices fall by half within eighteen months, says everyone who builds with them every day.

Subscribe

© 2025 The Gradient Ledger
"""
PAGE = """<article><h1>Prices</h1><p>By Mira Castell</p>
<p>Small models will matter in 2024, and everybody will run one at home before the year is out.</p>
<img src="https://elsewhere.example/chart.png" alt="A chart &gt; &lt;b&gt;"><img src="https://elsewhere.example/b.png">
<p>Prices fall by half within eighteen months, says everyone who builds with them every day.</p></article>"""
FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def draft(world: World) -> Draft:
    return make_draft(world)


def make_draft(world: World, raw: str = PASTE, form: Form = Form.TEXT) -> Draft:
    return Draft.objects.create(owner=world.cleo, raw=raw, form=form)


def said(**changes: Any) -> dict[str, Any]:
    """What the form sends when only these fields were changed."""
    return {
        "action": "save",
        "title": "The year of the small model",
        "subtitle": "What comes in 2024",
        "authors": "Mira Castell",
        "publication": "The Gradient Ledger",
        "published": "2023-05-17",
        "published_precision": "day",
        "audience": "unknown",
        "truncated": "",
        "canonical_url": "",
        "seen_by": "private",
    } | changes


def number_of(draft: Draft, text: str) -> int:
    return next(line.number for line in draft.read().lines if line.text.startswith(text))


def saved(draft: Draft) -> Article:
    draft.refresh_from_db()
    assert draft.article is not None
    return draft.article


def test_it_shows_what_was_understood(cleo: Client, draft: Draft) -> None:
    page = cleo.get(draft.get_absolute_url()).content.decode()

    for field in ("The year of the small model", "What comes in 2024", "Mira Castell", "2023-05-17"):
        assert f'value="{field}"' in page
    assert "Subscribe</span>" in page
    assert "© 2025 The Gradient Ledger" in page
    assert "© 2025" not in page[page.index('id="the-text"') :]


def test_ids_of_the_piece_are_kept_apart_from_those_of_the_page(cleo: Client, world: World) -> None:
    raw = '<h1>Ids</h1><p id="toasts">Words of <a href="#toasts">some</a> length.</p>'
    page = cleo.get(make_draft(world, raw, Form.HTML).get_absolute_url()).content.decode()

    assert page.count('id="toasts"') == page.count('<div id="toasts"') == 1
    assert '<a href="#x-toasts"' in page


def test_it_works(cleo: Client, world: World, draft: Draft) -> None:
    answer = cleo.post(draft.get_absolute_url(), said(authors="Mira Castell, Ola Lind", truncated="no"))

    article = saved(draft)
    assert (answer.status_code, answer.headers["Location"]) == (303, article.get_absolute_url())
    assert (article.title, article.subtitle) == ("The year of the small model", "What comes in 2024")
    assert [person.name for person in article.authors.order_by("authorships__position")] == ["Mira Castell", "Ola Lind"]
    assert str(article.publication) == "The Gradient Ledger"
    assert (article.published, article.published_precision) == (date(2023, 5, 17), Precision.DAY)
    assert (article.owner, article.visibility, article.truncated) == (world.cleo, Visibility.PRIVATE, False)
    revision = article.revisions.get()
    assert revision.raw == PASTE
    assert "Subscribe" not in revision.text
    assert revision.text.startswith("Small models will matter")


def test_a_line_can_be_put_back(cleo: Client, draft: Draft) -> None:
    cleo.post(draft.get_absolute_url(), said(keep=number_of(draft, "Subscribe")))

    assert "Subscribe" in saved(draft).revisions.get().text


def test_a_line_can_be_taken_out_and_put_back_again(cleo: Client, draft: Draft) -> None:
    number = number_of(draft, "Prices fall")
    address = draft.get_absolute_url()

    cleo.post(address, said(action="preview", drop=number))
    assert f'name="keep" value="{number}"' in cleo.get(address).content.decode()
    cleo.post(address, said(action="preview", keep=number))
    cleo.post(address, said())

    assert "Prices fall" in saved(draft).revisions.get().text


def test_a_preview_saves_nothing_and_keeps_what_was_typed(cleo: Client, draft: Draft) -> None:
    answer = cleo.post(draft.get_absolute_url(), said(action="preview", title="My own title"))

    draft.refresh_from_db()
    assert answer.status_code == 200
    assert 'value="My own title"' in answer.content.decode()
    assert draft.article is None


def test_it_answers_fragment(cleo: Client, draft: Draft) -> None:
    number = number_of(draft, "Prices fall")

    part = cleo.post(draft.get_absolute_url(), said(action="preview", drop=number), headers=FRAGMENT).content.decode()

    assert "<html" not in part
    assert "<form" not in part
    assert "Prices fall" not in part[part.index('id="the-text"') :]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "Give the piece a title."),
        ({"title": "x" * 301}, "up to 300 letters are kept"),
        ({"published": "yesterday"}, "This is not a day"),
        ({"published": "0203-05-17"}, "can have been published"),
        ({"canonical_url": "javascript:alert(1)"}, "This is no web address"),
        ({"audience": "friends"}, "not among the choices"),
        ({"seen_by": "team:999"}, "not among the choices"),
        ({"seen_by": ""}, "This is still empty"),
        ({"published_precision": "hour"}, "not among the choices"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    cleo: Client, draft: Draft, changes: dict[str, str], sentence: str
) -> None:
    answer = cleo.post(draft.get_absolute_url(), said(subtitle="My own subtitle", **changes))

    draft.refresh_from_db()
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'value="My own subtitle"' in answer.content.decode()
    assert draft.article is None


def test_an_empty_form_is_refused(cleo: Client, draft: Draft) -> None:
    assert cleo.post(draft.get_absolute_url(), {}).status_code == 422


def test_all_taken_out_is_refused(cleo: Client, draft: Draft) -> None:
    everything = [line.number for line in draft.read().lines]

    answer = cleo.post(draft.get_absolute_url(), said(drop=everything))

    assert answer.status_code == 422
    assert "Put at least one line back." in answer.content.decode()


@pytest.mark.parametrize(
    ("day", "precision", "kept"),
    [
        ("2023-05-17", "day", (date(2023, 5, 17), "day")),
        ("2023-05-17", "", (date(2023, 5, 17), "day")),
        ("2023-05-17", "month", (date(2023, 5, 1), "month")),
        ("2023-05-17", "year", (date(2023, 1, 1), "year")),
        ("", "year", (None, "")),
    ],
)
def test_a_date_is_kept_as_exactly_as_it_is_known(
    cleo: Client, draft: Draft, day: str, precision: str, kept: tuple[date | None, str]
) -> None:
    cleo.post(draft.get_absolute_url(), said(published=day, published_precision=precision))

    article = saved(draft)
    assert (article.published, article.published_precision) == kept


@pytest.mark.parametrize("numbers", [["x"], ["-1"], ["9" * 40], ["٣"], ["99999"]])
def test_numbers_of_no_line_are_passed_over(cleo: Client, draft: Draft, numbers: list[str]) -> None:
    assert cleo.post(draft.get_absolute_url(), said(keep=numbers, drop=numbers)).status_code == 303


def test_a_double_submit_makes_one_article(cleo: Client, draft: Draft) -> None:
    first = cleo.post(draft.get_absolute_url(), said())
    second = cleo.post(draft.get_absolute_url(), said(drop=number_of(draft, "Prices fall")))

    assert first.headers["Location"] == second.headers["Location"]
    assert Article.objects.filter(title="The year of the small model", visibility="private").count() == 1


def test_two_submits_at_once_make_one_article(world: World, draft: Draft) -> None:
    """The second request read the draft before the first had saved it."""
    reading, same = draft.read(), Draft.objects.get(pk=draft.pk)
    other = same.read()
    article, is_new = draft.shelve(as_details(reading), as_text(reading, PASTE), world.cleo, Visibility.PRIVATE, None)

    again, is_new_again = same.shelve(as_details(other), as_text(other, "other"), world.cleo, Visibility.PRIVATE, None)

    assert (is_new, is_new_again) == (True, False)
    assert again == article


def test_a_piece_that_can_be_read_here_already_is_opened(cleo: Client, world: World, draft: Draft) -> None:
    cleo.post(draft.get_absolute_url(), said())
    again = make_draft(world)

    answer = cleo.post(again.get_absolute_url(), said(title="Another title"), follow=True)

    assert saved(again) == saved(draft)
    assert "not added twice" in answer.content.decode()


def test_it_is_shared_with_a_team_of_mine(cleo: Client, world: World, draft: Draft) -> None:
    cleo.post(draft.get_absolute_url(), said(seen_by=f"team:{world.foundry.pk}"))

    article = saved(draft)
    assert (article.visibility, article.team) == (Visibility.TEAM, world.foundry)


def test_a_viewer_shares_with_no_team(vera: Client, world: World) -> None:
    draft = Draft.objects.create(owner=world.vera, raw=PASTE, form=Form.TEXT)

    assert "Foundry" not in vera.get(draft.get_absolute_url()).content.decode()
    assert vera.post(draft.get_absolute_url(), said(seen_by=f"team:{world.foundry.pk}")).status_code == 422


def test_it_checks_ownership(ada: Client, dov: Client, draft: Draft) -> None:
    for reader in (ada, dov):
        hidden, missing = reader.get(draft.get_absolute_url()), reader.get("/articles/new/999999/")
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content
        assert reader.post(draft.get_absolute_url(), said()).status_code == 404


def test_what_was_saved_is_no_draft_any_more(cleo: Client, draft: Draft) -> None:
    cleo.post(draft.get_absolute_url(), said())

    assert cleo.get(draft.get_absolute_url()).headers["Location"] == saved(draft).get_absolute_url()


def test_of_very_many_lines_the_ends_are_listed_and_the_page_says_so(cleo: Client, world: World) -> None:
    count = 2 * MOST_LISTED + 800
    lines = [f"Paragraph number {number} says something of its own." for number in range(count)]
    draft = make_draft(world, "A long title\n\n" + "\n\n".join(lines))

    page = cleo.get(draft.get_absolute_url()).content.decode()

    assert page.count('name="drop"') == 2 * MOST_LISTED
    assert f"Of {count:,} lines the first and the last {MOST_LISTED} are listed" in page
    assert page.count("Paragraph number 600 ") == 1


def test_a_megabyte_goes_through(cleo: Client, world: World) -> None:
    paragraph = "Small models will matter in 2024, and prices fall by half. " * 8
    raw = "A very long title\n\n" + "\n\n".join(f"{number}: {paragraph}" for number in range(2100))
    draft = make_draft(world, raw)
    assert len(raw) > 1_000_000

    answer = cleo.post(draft.get_absolute_url(), said(title="A very long piece"))

    assert answer.status_code == 303
    assert saved(draft).words > 150_000


def test_old_drafts_are_forgotten_and_their_articles_stay(cleo: Client, world: World, draft: Draft) -> None:
    cleo.post(draft.get_absolute_url(), said())
    article, fresh = saved(draft), make_draft(world)
    Draft.objects.filter(pk=draft.pk).update(created_at=timezone.now() - KEPT - timedelta(days=1))

    forget_old_drafts.func()

    assert list(Draft.objects.all()) == [fresh]
    assert Article.objects.filter(pk=article.pk).exists()


def test_the_preview_asks_nobody_for_a_picture(world: World, cleo: Client) -> None:
    draft = make_draft(world, PAGE, Form.HTML)

    page = cleo.get(draft.get_absolute_url()).content.decode()

    assert "elsewhere.example" not in page
    assert '<span class="picture-place">A chart &gt; &lt;b&gt;</span>' in page


def test_a_picture_that_stays_is_not_listed_as_taken_out(world: World, cleo: Client) -> None:
    draft = make_draft(world, PAGE, Form.HTML)

    answer = cleo.get(draft.get_absolute_url())

    alt = "A chart > <b>"
    assert alt not in [line.text for line in answer.context["taken_out"]]
    [picture] = [line for line in answer.context["left_in"] if line.text == alt]
    answer = cleo.post(draft.get_absolute_url(), {"action": "preview", "drop": [picture.number]})
    assert alt in [line.text for line in answer.context["taken_out"]]
    assert "A chart" not in answer.content.decode().partition("picture-place")[2]
