"""Somebody else said the same: found, chosen and kept, with a mouse, by keys alone and without a script."""

import pytest
from playwright.sync_api import expect

from reader.claims.models import Claim, Statement
from reader.core.visibility import Visibility
from tests.claims.predictions import make_claim
from tests.e2e.conftest import Open
from tests.world import World

QUOTE, ECHO = "2024 will be the year of the small model", "small models will matter"


@pytest.fixture
def claim(world: World) -> Claim:
    return make_claim(world.shared, QUOTE, world.ada, Visibility.TEAM, world.foundry)


def test_it_is_found_and_chosen_by_keys(claim: Claim, open_article: Open) -> None:
    reading = open_article()
    reading.press("s", "p")
    expect(reading.composer).to_be_focused()
    reading.press("b")
    field = reading.page.get_by_label("Words of the claim, or its number")
    expect(field).to_be_focused()
    reading.page.keyboard.type("year small")
    offered = reading.page.locator(f'[name="known"][value="{claim.pk}"]')
    expect(offered).to_be_attached()
    reading.press("Enter")
    expect(reading.composer).to_be_visible()
    reading.press("Tab", "ArrowDown")
    expect(offered).to_be_checked()
    expect(reading.page.get_by_label("The date changed: this updates the earlier claim")).to_be_visible()
    expect(reading.page.locator("#id_statement")).to_be_hidden()
    reading.press("Control+Enter")
    expect(reading.cards).to_have_count(1)
    expect(reading.cards.locator(".card-claim")).to_contain_text(QUOTE)
    assert Claim.objects.count() == 1
    assert Statement.objects.latest("pk").claim == claim


def test_what_says_something_alike_is_offered_with_one_click(claim: Claim, open_article: Open) -> None:
    reading = open_article()
    reading.select("We think 2024 will be the year of the small model")
    reading.page.get_by_role("button", name="Prediction").click()
    reading.page.locator("summary", has_text="Said before: choose the claim").click()
    reading.page.locator(f'label:has([name="known"][value="{claim.pk}"])').click()
    reading.page.get_by_role("button", name="Save").click()
    expect(reading.cards).to_have_count(1)
    assert claim.statements.count() == 2


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_from_the_claim_without_a_script(claim: Claim, open_article: Open, world: World) -> None:
    reading = open_article(scripts=False)
    page = reading.page
    page.goto(reading.site + claim.get_absolute_url())
    page.get_by_role("link", name="Also said by …").click()
    page.get_by_role("link", name=world.public.title).click()
    page.get_by_label("The words to mark").fill(ECHO)
    page.get_by_role("button", name="Mark these words").click()
    expect(page.locator(f'[name="known"][value="{claim.pk}"]')).to_be_checked()
    page.get_by_label("Who says it").fill("Luke Sernau")
    page.get_by_role("button", name="Save").click()
    page.goto(reading.site + claim.get_absolute_url())
    expect(page.get_by_role("heading", name="Who said it")).to_be_visible()
    page.get_by_role("link", name="Change who said it, and how").last.click()
    page.get_by_label("What they say of it").select_option("denies")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#said")).to_contain_text("says that it will not")
