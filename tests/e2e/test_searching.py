"""The key that leads to the search field."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from tests.world import World


def test_the_key_leads_from_a_piece_to_the_search_of_the_shelf(
    world: World, live_server: LiveServer, sign_in: Callable[[User], None], page: Page
) -> None:
    sign_in(world.cleo)
    page.goto(f"{live_server.url}{world.private.get_absolute_url()}")
    page.wait_for_load_state("networkidle")

    page.keyboard.press("/")
    page.wait_for_url("**/articles/#search")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("year of")
    page.keyboard.press("Enter")

    expect(page.locator(".shelf-row")).to_have_count(1)


def test_the_key_is_a_letter_while_one_types(
    world: World, live_server: LiveServer, sign_in: Callable[[User], None], page: Page
) -> None:
    sign_in(world.cleo)
    page.goto(f"{live_server.url}/articles/new/")

    page.locator("textarea").first.press_sequentially("and/or")

    expect(page.locator("textarea").first).to_have_value("and/or")
