"""The search, by keyboard and without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from reader.search.queries import PAGE
from tests.world import World, make_article

Enter = Callable[[User], None]


def test_the_key_leads_from_a_piece_through_the_hits_to_another(
    world: World, live_server: LiveServer, sign_in: Enter, page: Page
) -> None:
    sign_in(world.cleo)
    page.goto(f"{live_server.url}{world.private.get_absolute_url()}")
    page.wait_for_load_state("networkidle")

    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("herds")

    titles = page.locator(".search-row .row-title a")
    expect(titles).to_have_count(3)
    page.wait_for_url("**/search/?q=herds")
    page.keyboard.press("ArrowDown")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")

    page.goto(f"{live_server.url}/search/")
    expect(page.locator(".search-kept .chip", has_text="herds")).to_be_visible()


def test_names_are_completed(world: World, live_server: LiveServer, sign_in: Enter, page: Page) -> None:
    sign_in(world.cleo)
    page.goto(f"{live_server.url}/search/")
    page.wait_for_load_state("networkidle")

    page.locator("#search").press_sequentially("author:cas")
    expect(page.get_by_role("option", name="Mira Castell")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#search")).to_have_value('author:"Mira Castell" ')
    expect(page.locator('.search-row[data-kind="article"]')).to_have_count(3)


def test_the_keys_go_on_where_more_was_asked_for(
    world: World, live_server: LiveServer, sign_in: Enter, page: Page
) -> None:
    for number in range(PAGE + 2):
        make_article(f"Piece {number} on quinces", world.cleo)
    sign_in(world.cleo)
    page.goto(f"{live_server.url}/search/?q=quinces")
    page.wait_for_load_state("networkidle")

    page.locator(".more a").focus()
    page.keyboard.press("Enter")
    titles = page.locator(".search-row .row-title a")
    expect(titles).to_have_count(PAGE + 2)
    expect(titles.nth(PAGE)).to_be_focused()
    page.keyboard.press("j")
    expect(titles.nth(PAGE + 1)).to_be_focused()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_it_works_without_a_script(world: World, live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/search/")
    page.locator("#search").fill("herds")
    page.locator(".search-form button").click()

    expect(page.locator(".search-row")).to_have_count(1)
    page.locator(".search-row a").click()
    expect(page.locator("h1")).to_have_text("The year of the small model")


def test_the_key_is_a_letter_while_one_types(world: World, live_server: LiveServer, sign_in: Enter, page: Page) -> None:
    sign_in(world.cleo)
    page.goto(f"{live_server.url}/articles/new/")

    page.locator("textarea").first.press_sequentially("and/or")

    expect(page.locator("textarea").first).to_have_value("and/or")
