"""What leaves the ledger, in a browser: within the policy, and without a script too."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from reader.claims.models import Claim
from reader.claims.verdicts import Verdict
from tests.claims.ledger import judged, public_claim
from tests.world import World

SignIn = Callable[[User], None]
HOSTILE = 'It ends </script><script>document.title = "broken"</script> here.'


def test_a_verdict_told_to_search_engines_keeps_to_the_policy(
    page: Page, live_server: LiveServer, world: World
) -> None:
    """The block is data: no browser runs it, and the console, which every test watches, is silent."""
    claim = public_claim(world)
    Claim.objects.filter(pk=claim.pk).update(statement=HOSTILE)
    judged(claim, world.ben)
    Verdict.objects.update(at=timezone.now() - timedelta(hours=1))

    page.goto(f"{live_server.url}{claim.get_absolute_url()}")

    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    expect(page).not_to_have_title("broken")
    block = page.locator('script[type="application/ld+json"]')
    expect(block).to_have_count(1)
    assert json.loads(block.text_content() or "")["claimReviewed"] == HOSTILE


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_citation_can_be_copied_without_a_script(page: Page, live_server: LiveServer, world: World) -> None:
    claim = public_claim(world)
    page.goto(f"{live_server.url}{claim.get_absolute_url()}")

    page.get_by_role("link", name="Cite this claim").click()

    expect(page.get_by_role("textbox", name="As text")).to_be_editable(editable=False)
    assert page.get_by_role("textbox", name="In BibTeX").input_value().startswith(f"@misc{{forecite-claim-{claim.pk},")


def test_a_citation_is_copied_by_a_button(page: Page, live_server: LiveServer, world: World) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    claim = public_claim(world)
    page.goto(f"{live_server.url}/claims/{claim.pk}/citation/")

    page.get_by_role("button", name="Copy").first.click()

    expect(page.locator("#toasts")).to_contain_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_role("textbox", name="As text").input_value()


def test_addresses_are_made_renewed_and_turned_off(
    page: Page, live_server: LiveServer, world: World, sign_in: SignIn
) -> None:
    sign_in(world.cleo)
    page.goto(f"{live_server.url}/settings/")
    page.get_by_role("link", name="Calendar and feeds").click()
    page.get_by_role("button", name="Make the addresses").click()
    field = page.get_by_label("The address of your calendar")
    expect(field).to_be_visible()
    first = field.input_value()
    assert first.endswith("/due.ics")

    page.get_by_role("button", name="Make new ones").click()
    expect(page.get_by_text("Those before open nothing any more").first).to_be_visible()
    expect(field).not_to_have_value(first)
    page.get_by_role("button", name="Turn them off").click()

    expect(page.get_by_role("button", name="Make the addresses")).to_be_visible()
