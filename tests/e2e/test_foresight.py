"""The quiet pencil: what looks like a prediction is seen in the gutter, taken up or waved away."""

import pytest
from playwright.sync_api import Locator, expect

from reader.foresight.models import Answer
from reader.highlights.models import Highlight
from tests.e2e.conftest import PHONE, Open
from tests.e2e.pages import ReadingPage
from tests.foresight.pieces import CARS, CHIPS, MODELS, looked_through
from tests.world import World

FINGER = 44


def gutter(reading: ReadingPage) -> Locator:
    return reading.page.locator("[data-suggestion]")


def test_by_keyboard_one_is_accepted_with_the_form_filled_in_and_another_waved_away(
    open_article: Open, world: World
) -> None:
    reading = open_article(looked_through("Forecasts", world.ada))
    expect(gutter(reading)).to_have_count(3)
    reading.press("f")
    likeliest = reading.page.locator("[data-rank='0'] a")
    expect(likeliest).to_be_focused()
    words = (likeliest.text_content() or "").removeprefix("Looks like a prediction: ")

    reading.press("Enter")
    expect(reading.composer).to_be_focused()
    expect(reading.field("Statement")).to_have_value(words)
    expect(reading.field("Who says it")).to_have_value("Mira Castell")
    expect(reading.field("Until")).not_to_have_value("")
    reading.press("Enter")
    expect(reading.cards).to_have_count(1)
    expect(gutter(reading)).to_have_count(2)
    assert Highlight.objects.get().exact == words

    reading.press("f")
    waved = reading.page.locator("[data-suggestion]:focus-within")
    gone = waved.get_attribute("id")
    reading.press("x")
    expect(gutter(reading)).to_have_count(1)
    expect(gutter(reading).get_by_role("link")).to_be_focused()
    expect(reading.toast.last).to_contain_text("not suggested to you again")

    reading.reload()
    expect(gutter(reading)).to_have_count(1)
    assert gutter(reading).get_attribute("id") != gone
    assert set(Answer.objects.values_list("predicts", flat=True)) == {False, True}


def test_a_mark_stands_level_with_its_sentence_and_beside_the_text(open_article: Open, world: World) -> None:
    reading = open_article(looked_through("Forecasts", world.ada))

    for start, item in zip(starts(reading), gutter(reading).all(), strict=True):
        mark, body = item.get_by_role("link").bounding_box(), reading.page.locator("[data-article-body]").bounding_box()
        place = reading.page.locator(f"[data-article-body] [data-anchor='--s{start}']").bounding_box()
        assert mark
        assert body
        assert place
        assert abs(mark["y"] - place["y"]) < 12
        assert mark["x"] + mark["width"] <= body["x"]


def starts(reading: ReadingPage) -> list[int]:
    text = reading.text()
    return [len(text[: text.index(words)]) for words in (CARS, MODELS, CHIPS)]


def test_undone_it_is_suggested_again(open_article: Open, world: World) -> None:
    reading = open_article(looked_through("Forecasts", world.ada))
    gutter(reading).first.hover()
    gutter(reading).first.get_by_role("button").click()
    expect(gutter(reading)).to_have_count(2)

    reading.toast.get_by_role("button", name="Undo").click()

    expect(gutter(reading)).to_have_count(3)


@pytest.mark.browser_context_args(**PHONE)
def test_on_a_phone_a_finger_reaches_it_and_no_word_is_covered(open_article: Open, world: World) -> None:
    reading = open_article(looked_through("Forecasts", world.ada))
    mark = gutter(reading).first.get_by_role("link")
    box = mark.bounding_box()
    first_words = reading.page.locator("[data-block]").first.bounding_box()
    assert box
    assert first_words
    assert min(box["width"], box["height"]) >= FINGER
    assert box["x"] + box["width"] <= first_words["x"] + 1

    mark.tap()
    expect(reading.composer).to_be_visible()
    reading.composer.get_by_role("button", name="Not a prediction").tap()

    expect(gutter(reading)).to_have_count(2)
    expect(reading.composer).to_have_count(0)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_the_same(open_article: Open, world: World) -> None:
    reading = open_article(looked_through("Forecasts", world.ada), scripts=False)
    gutter(reading).first.get_by_role("button").click()
    expect(gutter(reading)).to_have_count(2)

    gutter(reading).first.get_by_role("link").click()
    expect(reading.page.get_by_label("Statement")).to_have_value(MODELS)
    reading.page.get_by_role("button", name="Save").click()

    assert Highlight.objects.get().exact == MODELS
