"""Calling somebody into a note, and how it reaches them."""

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from playwright.sync_api import Locator, Page, expect

from reader.accounts.models import User
from reader.highlights.models import Highlight, Mention
from reader.notices.models import Notice
from reader.pages.noting import write
from tests.claims.predictions import make_claim
from tests.e2e.conftest import PHONE, Open
from tests.e2e.pages import ReadingPage
from tests.notices.telling import team_mark
from tests.world import World


def open_note(open_article: Open, world: World) -> tuple[ReadingPage, Locator, Highlight]:
    """The form of a note on a mark that the Foundry sees, as Cleo has it open."""
    mark = team_mark(world)
    reading = open_article(world.shared, world.cleo)
    card = reading.page.locator(f"#highlight-{mark.pk}")
    card.hover()
    card.get_by_role("link", name="Note", exact=True).click()
    box = card.locator("textarea")
    expect(box).to_be_focused()
    return reading, box, mark


def options(page: Page) -> Locator:
    return page.locator(".mention-list [role=option]")


def test_somebody_is_mentioned_by_keyboard_and_finds_the_passage(
    open_article: Open, world: World, sign_in: Callable[[User], None]
) -> None:
    reading, box, mark = open_note(open_article, world)
    page = reading.page
    page.keyboard.type("What do you say, @")
    expect(options(page)).to_have_count(3)
    page.keyboard.type("be")
    expect(options(page)).to_have_text(["Ben@ben"])
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    reading.press("Enter")
    expect(box).to_have_value("What do you say, @ben ")
    expect(options(page)).to_have_count(0)
    page.keyboard.type("?")
    reading.press("Control+Enter")
    expect(page.locator(f"#highlight-{mark.pk} .mention")).to_have_text("@ben")

    sign_in(world.ben)
    page.goto(reading.site)
    expect(page.locator(".bell-count")).to_have_text("1 unread")
    page.get_by_role("link", name="Notices").click()
    page.get_by_role("link", name="Cleo mentioned you in a note on “Notes for the Foundry”").click()
    expect(page).to_have_url(f"{reading.address}#h-{mark.pk}")
    expect(page.locator("mark")).to_be_in_viewport()
    expect(page.locator(".bell-count")).to_have_count(0)


def test_the_arrows_choose_and_escape_leaves_the_text(open_article: Open, world: World) -> None:
    reading, box, _ = open_note(open_article, world)
    page = reading.page
    page.keyboard.type("@")
    expect(options(page)).to_have_count(3)
    expect(box).to_have_attribute("role", "combobox")
    reading.press("ArrowDown")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    active = box.get_attribute("aria-activedescendant")
    assert active == options(page).nth(1).get_attribute("id")
    reading.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(box).to_be_focused()
    expect(box).to_have_value("@")
    assert box.get_attribute("role") is None
    reading.press("Enter")
    expect(box).to_have_value("@\n")


def test_it_moves_nothing_and_can_be_undone(open_article: Open, world: World) -> None:
    reading, box, _ = open_note(open_article, world)
    page = reading.page
    before = box.bounding_box(), page.locator("[data-article-body]").bounding_box(), page.evaluate("scrollY")
    page.keyboard.type("@c")
    page.keyboard.press("Backspace")
    page.keyboard.type("v")
    expect(options(page)).to_have_text(["Vera@vera"])
    assert (
        box.bounding_box(),
        page.locator("[data-article-body]").bounding_box(),
        page.evaluate("scrollY"),
    ) == before
    options(page).first.click()
    expect(box).to_have_value("@vera ")
    expect(box).to_be_focused()
    reading.press("Control+z")
    expect(box).to_have_value("@v")


@pytest.mark.parametrize("typed", ["me@example.org", "https://x/@b", "nobody @zzz"])
def test_nobody_is_offered_where_nobody_is_meant(open_article: Open, world: World, typed: str) -> None:
    reading, _, _ = open_note(open_article, world)
    asked = reading.page.expect_response("**/mentions/**") if "zzz" in typed else nullcontext()
    with asked:
        reading.page.keyboard.type(typed)
    expect(options(reading.page)).to_have_count(0)


def test_the_composer_offers_those_who_will_see_the_mark(open_article: Open, world: World) -> None:
    reading = open_article(world.public, world.cleo)
    reading.select("small models")
    reading.press("n")
    expect(reading.field("Note")).to_be_focused()
    with reading.page.expect_response("**/mentions/**"):
        reading.page.keyboard.type("@b")
    expect(options(reading.page)).to_have_count(0)
    reading.composer.get_by_text("the team Foundry", exact=True).click()
    reading.field("Note").focus()
    reading.press("End", "e")
    expect(options(reading.page)).to_have_text(["Ben@ben"])
    reading.press("Tab")
    expect(reading.field("Note")).to_have_value("@ben ")
    reading.press("Control+Enter")
    expect(reading.cards).to_have_count(1)
    assert Mention.objects.get().person == world.ben


@pytest.mark.browser_context_args(**PHONE)
def test_on_a_phone_the_list_stays_on_the_screen(open_article: Open, world: World) -> None:
    team_mark(world)
    reading = open_article(world.shared, world.cleo)
    page = reading.page
    page.goto(f"{reading.address}notes/")
    page.get_by_label("Note").tap()
    page.keyboard.type("@")
    expect(options(page)).to_have_count(3)
    box = page.locator(".mention-list").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    options(page).nth(2).tap()
    expect(page.get_by_label("Note")).to_have_value("@vera ")


def test_on_a_claim_too(open_article: Open, world: World, page: Page) -> None:
    claim = make_claim(world.shared, "Prices fall by half", world.cleo, "team", world.foundry)
    reading = open_article(world.shared, world.cleo)
    page.goto(f"{reading.site}{claim.get_absolute_url()}")
    page.get_by_label("Note").press_sequentially("@ad")
    expect(options(page)).to_have_text(["Ada@ada"])
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add the note").click()
    expect(page.locator(".mention")).to_have_text("@ada")
    assert Notice.objects.get().recipient == world.ada


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_script_a_handle_is_typed(open_article: Open, world: World, sign_in: Callable[[User], None]) -> None:
    reading = open_article(world.shared, world.cleo, scripts=False)
    page = reading.page
    page.get_by_role("link", name="Write a note").click()
    page.get_by_label("Note").fill("@ben, look.")
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator(".mention")).to_have_text("@ben")
    sign_in(world.ben)
    page.goto(f"{reading.site}/notices/")
    page.get_by_role("button", name="Mark as read").click()
    expect(page.locator(".notice-row")).to_contain_text("Read")
    expect(page.locator(".bell-count")).to_have_count(0)


def test_one_is_marked_as_read_in_place(open_article: Open, world: World, sign_in: Callable[[User], None]) -> None:
    write(team_mark(world), "@ben", world.cleo)
    write(world.shared, "@ben", world.cleo)
    reading = open_article(world.shared, world.ben)
    page = reading.page
    page.goto(f"{reading.site}/notices/")
    page.get_by_role("button", name="Mark as read").first.click()
    expect(page.locator(".bell-count")).to_have_text("1 unread")
    expect(page.locator(".notice-row[data-unread]")).to_have_count(1)
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator(".notice-row[data-unread]")).to_have_count(0)
