"""Two readers side by side, in a browser: without a script, on a phone, on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from reader.highlights.models import Kind
from reader.library.models import Reading
from tests.e2e.conftest import PHONE
from tests.e2e.test_every_page import expect_well_made
from tests.world import World, make_highlight

SMALL, PRICES = "2024 will be the year of the small model", "Prices fall by half"


@pytest.fixture
def agreement(page: Page, live_server: LiveServer, world: World, sign_in: Callable[[User], None]) -> Page:
    """The agreement page of a piece in which Ada and Ben marked different things, as Cleo sees it."""
    for who, exact in [(world.ada, SMALL), (world.ben, SMALL), (world.ben, PRICES)]:
        make_highlight(world.shared, exact, who, Kind.PREDICTION, "team", world.foundry)
    sign_in(world.cleo)
    page.goto(f"{live_server.url}{world.shared.get_absolute_url()}agreement/")
    return page


def compare(page: Page, one: str, other: str) -> None:
    page.get_by_label("Set side by side").select_option(one)
    page.get_by_label("with").select_option(other)
    page.get_by_role("button", name="Compare").click()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_two_are_compared_without_a_script(agreement: Page) -> None:
    compare(agreement, "Ben", "Ada")
    agreement.get_by_role("link", name="Only Ben").click()

    expect(agreement.locator(".side-by-side")).to_have_count(1)
    expect(agreement.locator(".side-by-side .side").first).to_contain_text(PRICES)
    expect(agreement.locator(".side-by-side .side").last).to_contain_text("Not come to it yet.")


def test_a_sentence_leads_to_its_place_in_the_piece(agreement: Page) -> None:
    agreement.get_by_role("link", name=SMALL).click()

    expect(agreement.locator("mark:target")).to_have_text(SMALL)


@pytest.mark.browser_context_args(**PHONE)
def test_on_a_phone_they_stand_below_each_other(agreement: Page) -> None:
    compare(agreement, "Ada", "Ben")

    above, below = (agreement.locator(".side-by-side .side").nth(at).bounding_box() for at in (0, 1))
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]
    assert above["x"] == below["x"]


def test_it_prints_without_its_controls(agreement: Page) -> None:
    agreement.emulate_media(media="print")

    expect(agreement.locator(".figure-number")).to_be_visible()
    expect(agreement.get_by_role("button", name="Compare")).to_be_hidden()
    expect(agreement.locator(".masthead")).to_be_hidden()


@pytest.mark.browser_context_args(reduced_motion="reduce")
def test_a_pair_is_well_made(agreement: Page) -> None:
    compare(agreement, "Ada", "Ben")

    expect_well_made(agreement)


@pytest.mark.browser_context_args(reduced_motion="reduce")
def test_waiting_for_a_second_reader_is_well_made(agreement: Page, world: World) -> None:
    world.shared.highlights.filter(owner=world.ben).delete()
    agreement.reload()

    expect(agreement.get_by_role("heading", name="It takes two readers")).to_be_visible()
    expect_well_made(agreement)


@pytest.mark.browser_context_args(reduced_motion="reduce")
def test_a_piece_read_without_a_mark_is_well_made(agreement: Page, world: World) -> None:
    world.shared.highlights.all().delete()
    for reader in (world.ada, world.ben):
        Reading.objects.create(article=world.shared, reader=reader, state="finished", percent=100)
    agreement.reload()

    expect(agreement.get_by_text("Nobody has marked a prediction here yet.")).to_be_visible()
    expect_well_made(agreement)
