"""Without JavaScript the same is done with forms and pages."""

import pytest
from playwright.sync_api import Page, expect

from reader.claims.models import Claim
from reader.core.visibility import Visibility
from reader.highlights.models import Highlight
from tests.e2e.conftest import Open
from tests.world import World, make_article, make_highlight, newest

PREDICTION = "2024 will be the year of the small model"
pytestmark = pytest.mark.browser_context_args(java_script_enabled=False)


def test_a_prediction_is_marked_dated_tagged_and_noted(open_article: Open) -> None:
    reading = open_article(scripts=False)
    page = reading.page
    page.get_by_label("Mark a passage").fill(PREDICTION)
    page.get_by_role("button", name="Mark these words").click()
    page.get_by_text("Prediction", exact=True).click()
    expect(page.get_by_label("From")).to_have_value("2024-01-01")
    expect(page.get_by_label("Until")).to_have_value("2024-12-31")
    expect(page.get_by_label("Who says it")).to_have_value("Mira Castell")
    page.get_by_label("Tags").fill("open models")
    page.get_by_label("Note").fill("*Plain* page.")
    page.get_by_role("button", name="Save").click()
    highlight = Highlight.objects.get()
    assert (highlight.exact, highlight.kind) == (PREDICTION, "prediction")
    expect(page).to_have_url(f"{reading.address}#h-{highlight.pk}")
    expect(page.locator("mark")).to_have_text(PREDICTION)
    card = page.locator(f"#highlight-{highlight.pk}")
    expect(card.locator(".chip")).to_have_text("open models")
    expect(card.locator(".prose em")).to_have_text("Plain")
    page.goto(f"{reading.site}/claims/")
    expect(page.locator(f"#claim-{Claim.objects.get().pk}")).to_contain_text(PREDICTION)


def test_a_passage_across_paragraphs_is_marked(open_article: Open, world: World) -> None:
    reading = open_article(scripts=False)
    text = newest(world.public).text
    words = text[text.index("the small model") : text.index("Nobody trains") + 13]
    assert "\n" in words
    reading.page.get_by_label("Mark a passage").fill(words)
    reading.page.get_by_role("button", name="Mark these words").click()
    reading.page.get_by_role("button", name="Save").click()
    expect(reading.page.locator("mark").first).to_be_visible()
    assert Highlight.objects.get().exact == words


def test_a_passage_too_long_for_an_address_is_marked(open_article: Open, world: World) -> None:
    piece = make_article("A long one", world.ada, Visibility.PUBLIC, html=f"<p>{'word and word. ' * 700}</p>")
    reading = open_article(piece, scripts=False)
    reading.page.get_by_label("Mark a passage").fill("word and word. " * 600)
    reading.page.get_by_role("button", name="Mark these words").click()
    reading.page.get_by_role("button", name="Save").click()
    expect(reading.page.locator("mark").first).to_be_visible()


def test_a_mark_is_deleted_and_brought_back(open_article: Open, world: World) -> None:
    highlight = make_highlight(world.public, PREDICTION, world.ada)
    reading = open_article(scripts=False)
    page = reading.page
    card = page.locator(f"#highlight-{highlight.pk}")
    card.hover()
    card.get_by_role("link", name="Change").click()
    page.get_by_role("button", name="Delete the mark").click()
    expect(page.locator("mark")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("mark")).to_have_text(PREDICTION)


@pytest.mark.browser_context_args(java_script_enabled=False, viewport={"width": 390, "height": 844})
def test_the_margin_is_a_plain_list_after_the_piece(open_article: Open, world: World) -> None:
    make_highlight(world.public, PREDICTION, world.ada)
    reading = open_article(scripts=False)
    piece, card = reading.page.locator(".piece").bounding_box(), reading.cards.bounding_box()
    assert piece is not None
    assert card is not None
    assert card["y"] >= piece["y"] + piece["height"]


def test_the_display_is_chosen_by_a_button(page: Page, open_article: Open) -> None:
    open_article(scripts=False)
    page.get_by_role("link", name="Display").click()
    page.locator("display-settings").get_by_text("Dark", exact=True).click()
    page.get_by_role("button", name="Use this display").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
