"""Forms open beside the text and leave it where it is; on a phone only what they would cover makes way."""

import pytest
from playwright.sync_api import expect

from reader.highlights.models import Kind
from reader.library.models import Article
from tests.e2e.conftest import PHONE, Open
from tests.e2e.pages import ReadingPage
from tests.foresight.pieces import CARS, looked_through
from tests.world import World, make_highlight

BEFORE = "".join(
    f"<p>Nothing of note was said on that day, nor on the {n}th one after it, by anybody.</p>" for n in range(40)
)
PIECE = f"{BEFORE}<p>{CARS}</p>{BEFORE}"
TO = "(place) => scrollBy(0, document.querySelector('[data-suggestion]').getBoundingClientRect().top - place)"


def piece(world: World) -> Article:
    return looked_through("Long", world.cleo, html=PIECE)


def top(reading: ReadingPage) -> float:
    return float(reading.page.evaluate("document.querySelector('[data-suggestion]').getBoundingClientRect().top"))


def open_form(reading: ReadingPage) -> None:
    reading.page.evaluate("document.querySelector('[data-suggestion] a').click()")
    expect(reading.page.locator("#composer-form")).to_be_visible()
    reading.page.wait_for_timeout(300)


@pytest.mark.parametrize("place", [20, 450, 850])
def test_the_form_of_a_claim_opens_beside_it(open_article: Open, world: World, place: int) -> None:
    reading = open_article(piece(world), world.cleo)
    reading.page.evaluate(TO, place)
    before = top(reading)

    open_form(reading)

    assert top(reading) == before


@pytest.mark.browser_context_args(**PHONE)
def test_on_a_phone_what_the_sheet_leaves_free_stays_where_it_is(open_article: Open, world: World) -> None:
    reading = open_article(piece(world), world.cleo)
    reading.page.evaluate(TO, 60)
    before = top(reading)

    open_form(reading)

    assert top(reading) == before


@pytest.mark.browser_context_args(**PHONE)
def test_on_a_phone_what_the_sheet_would_cover_comes_above_it(open_article: Open, world: World) -> None:
    reading = open_article(piece(world), world.cleo)
    reading.page.evaluate(TO, 500)

    open_form(reading)

    sheet = reading.page.locator(".margin").bounding_box()
    assert sheet
    assert 0 < top(reading) < sheet["y"]


def test_the_form_of_a_card_moves_it_no_further_than_it_must(open_article: Open, world: World) -> None:
    article = piece(world)
    mark = make_highlight(article, CARS, world.cleo, Kind.HIGHLIGHT)
    reading = open_article(article, world.cleo)
    card = reading.page.locator(f"#highlight-{mark.pk}")
    reading.page.evaluate(
        "(id) => scrollBy(0, document.getElementById(id).getBoundingClientRect().top - 840)", f"highlight-{mark.pk}"
    )
    before = card.bounding_box()
    card.locator("[href$='/notes/']").first.evaluate("(link) => link.click()")

    expect(card.locator("textarea")).to_be_focused()
    expect(card.locator("textarea")).to_be_in_viewport(ratio=0.95)
    after = card.bounding_box()

    assert before
    assert after
    assert before["y"] - after["y"] < 220
