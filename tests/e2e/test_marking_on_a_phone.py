"""The same on a touch screen of 390 pixels: the margin is a sheet."""

import re

import pytest
from playwright.sync_api import expect

from reader.highlights.models import Highlight
from tests.e2e.conftest import PHONE, Open
from tests.e2e.test_reading_a_piece import PATIENCE, make_long_article
from tests.world import World, make_highlight

PREDICTION = "2024 will be the year of the small model"
pytestmark = pytest.mark.browser_context_args(**PHONE)


def test_a_prediction_is_marked_dated_tagged_and_noted(open_article: Open) -> None:
    reading = open_article()
    reading.select(PREDICTION)
    expect(reading.bar).to_be_visible()
    bar, words = reading.bar.bounding_box(), reading.selection_box()
    assert bar is not None
    assert bar["y"] >= words["bottom"]
    assert bar["x"] >= 0
    assert bar["x"] + bar["width"] <= 390
    reading.bar.get_by_role("button", name="Prediction").tap()
    expect(reading.field("Until")).to_have_value("2024-12-31")
    expect(reading.field("Who says it")).to_have_value("Mira Castell")
    reading.composer.get_by_role("combobox").fill("open models,")
    reading.field("Note").fill("On the *train*.")
    reading.composer.get_by_role("button", name="Save").tap()
    expect(reading.composer).to_have_count(0)
    assert Highlight.objects.get().exact == PREDICTION
    reading.page.locator("mark").tap()
    card = reading.cards
    expect(card).to_be_in_viewport()
    expect(card.locator("em")).to_have_text("train")
    expect(card.locator(".chip")).to_have_text("open models")
    reading.reload()
    expect(reading.page.locator("mark")).to_have_text(PREDICTION)


def test_the_passage_stays_in_sight_above_the_composer(open_article: Open) -> None:
    reading = open_article()
    reading.select("the end is near")
    reading.bar.get_by_role("button", name="Note").tap()
    expect(reading.composer).to_be_visible()
    sheet = reading.page.locator("#margin").bounding_box()
    passage = reading.page.evaluate("[...CSS.highlights.get('pending')][0].getBoundingClientRect().bottom")
    assert sheet is not None
    assert 0 < passage <= sheet["y"]


def test_the_sheet_opens_at_the_card_and_closes(open_article: Open, world: World) -> None:
    for words in ("small models will matter", "Prices fall by half", "Nobody trains from scratch"):
        last = make_highlight(world.public, words, world.ada, kind="evidence")
    reading = open_article()
    expect(reading.cards.first).to_be_hidden()
    opener = reading.page.get_by_role("button", name="3 marks")
    opener.tap()
    expect(reading.cards.first).to_be_in_viewport()
    reading.press("Escape")
    expect(reading.cards.first).to_be_hidden()
    expect(opener).to_be_focused()
    reading.page.locator(f"#h-{last.pk}").tap()
    expect(reading.page.locator(f"#highlight-{last.pk}")).to_be_focused()
    reading.page.touchscreen.tap(195, 60)
    expect(reading.cards.first).to_be_hidden()


def test_what_is_said_covers_neither_the_opener_nor_the_sheet(open_article: Open) -> None:
    reading = open_article()
    reading.select("Prices fall by half")
    reading.bar.get_by_role("button", name="Highlight").tap()
    toast, opener = reading.toast.bounding_box(), reading.page.get_by_role("button", name="1 mark").bounding_box()
    assert toast is not None
    assert opener is not None
    assert toast["y"] + toast["height"] < opener["y"]
    reading.page.get_by_role("button", name="1 mark").tap()
    expect(reading.cards.first).to_be_in_viewport()


def test_the_sheet_opens_at_a_late_card(open_article: Open, world: World) -> None:
    article = make_long_article(world, 230)
    reading = open_article(article)
    reading.page.locator(f"#h-{article.highlights.order_by('pk')[180].pk}").evaluate("(it) => it.scrollIntoView()")
    reading.press("j")
    passage = reading.page.locator("mark:focus")
    ids = (passage.get_attribute("data-highlight") or "").replace(" ", "|")  # of overlapping marks, whichever opens
    passage.tap()
    card = reading.page.locator("#cards > .card:focus")
    expect(card).to_have_attribute("id", re.compile(f"^highlight-({ids})$"), timeout=PATIENCE)
    expect(card).to_be_in_viewport()


def test_nothing_sticks_out_sideways(open_article: Open) -> None:
    reading = open_article()
    assert reading.page.evaluate("document.documentElement.scrollWidth") == 390
