"""What one sees where much stands close together: no words under tools, no ragged rows, nothing cut off unannounced."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from reader.highlights.models import write_note
from tests.e2e.conftest import PHONE, Open
from tests.world import World, make_highlight

SignIn = Callable[[User], None]


def box(part: Locator) -> dict[str, float]:
    found = part.bounding_box()
    assert found is not None
    return {
        "left": found["x"],
        "right": found["x"] + found["width"],
        "top": found["y"],
        "bottom": found["y"] + found["height"],
    }


def test_the_tools_of_a_card_cover_no_word_of_the_next(open_article: Open, world: World) -> None:
    for words in ("It is", "becoming", "clear that"):
        make_highlight(world.public, words, world.ada)
    reading = open_article()
    first, second = reading.cards.nth(0), reading.cards.nth(1)
    first.focus()
    expect(first.locator(".card-actions")).to_have_css("opacity", "1")
    assert box(first.locator(".card-actions"))["bottom"] <= box(second)["top"]
    second.hover()
    expect(second.locator(".card-actions")).to_have_css("opacity", "1")
    expect(first.locator(".card-actions")).to_have_css("opacity", "0")


def test_a_card_that_is_pointed_at_lies_above_the_one_in_hand(open_article: Open, world: World) -> None:
    first, *_, last = (make_highlight(world.public, words, world.ada) for words in ("It is", "becoming", "clear that"))
    write_note(first, "Longer than the card that comes to lie over it.", world.ada)
    reading = open_article()
    reading.page.locator(f"#h-{last.pk}").click()
    expect(reading.page.locator(f"#highlight-{last.pk}")).to_have_attribute("data-float", "")
    card = reading.page.locator(f"#highlight-{first.pk}")
    at = box(card)
    reading.page.mouse.move(at["left"] + 40, at["bottom"] - 3)
    expect(card).to_have_css("z-index", "4")


def test_a_refused_choice_is_framed_and_its_circles_stay_round(
    page: Page, live_server: LiveServer, world: World, sign_in: SignIn, expected_refusals: list[int]
) -> None:
    expected_refusals.append(422)
    note = write_note(world.shared, "Fools.", world.cleo)
    sign_in(world.ben)
    page.goto(f"{live_server.url}/notes/{note.pk}/flag/")
    first, second = page.get_by_text("Abuse or insult"), page.get_by_text("Advertising or spam")
    assert box(first)["left"] == box(second)["left"]
    assert box(first)["bottom"] <= box(second)["top"] + 1
    page.get_by_role("button", name="Flag the note").click()
    expect(page.locator(".choices[data-invalid]")).to_be_visible()
    expect(page.locator(".choices input").first).to_have_css("box-shadow", "none")
    expect(page.locator(".choices fieldset > div").first).not_to_have_css("box-shadow", "none")


@pytest.mark.browser_context_args(**PHONE)
def test_names_of_tabs_stand_apart_and_fade_where_more_follow(
    page: Page, live_server: LiveServer, world: World, sign_in: SignIn
) -> None:
    sign_in(world.ada)
    page.goto(f"{live_server.url}/claims/")
    tabs = page.locator(".tabs")
    assert box(tabs.locator("a").nth(1))["left"] - box(tabs.locator("a").nth(0))["right"] >= 16
    assert tabs.evaluate("(it) => it.scrollWidth > it.clientWidth")
    expect(tabs).not_to_have_css("mask-image", "none")
    tabs.evaluate("(it) => it.scrollTo(it.scrollWidth, 0)")
    expect(tabs).to_have_css("mask-image", "none")


@pytest.mark.browser_context_args(**PHONE)
def test_a_page_of_few_tabs_fades_nothing(page: Page, live_server: LiveServer, world: World, sign_in: SignIn) -> None:
    sign_in(world.ada)
    page.goto(f"{live_server.url}/decisions/?of=mine")
    expect(page.locator(".tabs [aria-current]")).to_be_visible()
    assert page.locator(".tabs").evaluate("(it) => it.scrollWidth === it.clientWidth")
    expect(page.locator(".tabs")).to_have_css("mask-image", "none")


@pytest.mark.browser_context_args(**PHONE)
def test_the_sheet_for_writing_begins_with_the_passage(open_article: Open, world: World) -> None:
    make_highlight(world.public, "small models will matter", world.ada)
    reading = open_article()
    reading.select("Prices fall by half")
    reading.bar.get_by_role("button", name="Note").tap()
    expect(reading.composer).to_be_visible()
    expect(reading.page.locator(".margin-head")).to_be_hidden()
    assert box(reading.composer)["top"] >= box(reading.page.locator(".margin"))["top"]


@pytest.mark.parametrize("scrolled", [0, 30])
@pytest.mark.browser_context_args(viewport={"width": 1280, "height": 600})
def test_the_form_of_a_mark_covers_nothing_of_the_masthead(open_article: Open, scrolled: int) -> None:
    """In a window that is lower than the form, which then stands as high as it may."""
    reading = open_article()
    reading.select("small models will matter")
    reading.page.evaluate("(pixels) => scrollTo(0, pixels)", scrolled)
    reading.press("p")
    expect(reading.composer).to_be_focused()
    form, masthead = box(reading.page.locator("#composer")), box(reading.page.locator(".masthead"))
    assert masthead["bottom"] <= form["top"]
    assert form["bottom"] <= 600
    assert box(reading.composer.get_by_role("button", name="Save"))["bottom"] <= form["bottom"]
    reading.page.locator(".masthead .menu > summary").click()
    reading.page.locator(".masthead").get_by_text("Sign out").click(trial=True)


@pytest.mark.browser_context_args(**PHONE)
def test_the_sheet_for_writing_covers_nothing_of_the_masthead(open_article: Open) -> None:
    reading = open_article()
    reading.select("small models will matter")
    reading.bar.get_by_role("button", name="Prediction").tap()
    expect(reading.composer).to_be_visible()
    assert box(reading.page.locator(".masthead"))["bottom"] <= box(reading.page.locator(".margin"))["top"]


@pytest.mark.browser_context_args(**PHONE)
def test_a_quiet_tool_of_a_page_stands_at_its_edge(
    page: Page, live_server: LiveServer, world: World, sign_in: SignIn
) -> None:
    sign_in(world.ada)
    page.goto(f"{live_server.url}/articles/")
    tool = page.locator(".page-head .button.quiet").first
    assert abs(box(tool.locator(".icon"))["left"] - box(page.locator("h1"))["left"]) < 3


@pytest.mark.parametrize("path", ["/teams/foundry/", "/desk/"])
def test_a_quiet_tool_ends_flush_with_its_page(
    page: Page, live_server: LiveServer, world: World, sign_in: SignIn, path: str
) -> None:
    sign_in(world.ada)
    page.goto(f"{live_server.url}{path}")
    tool = page.locator(".page-head .button.quiet").last
    ends = tool.evaluate("(it) => it.getBoundingClientRect().right - parseFloat(getComputedStyle(it).paddingInlineEnd)")
    assert abs(ends - box(page.locator(".page-head"))["right"]) < 2
