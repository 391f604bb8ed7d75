"""Taking along what is one's own, and deleting the account."""

import json
from collections.abc import Callable
from zipfile import ZipFile

from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.addresses import vouch_for
from reader.accounts.models import User
from tests.core.test_jobs import work
from tests.world import PASSWORD, World, make_highlight


def test_all_of_it_is_downloaded_and_reads_back(
    page: Page, live_server: LiveServer, world: World, sign_in: Callable[[User], None]
) -> None:
    make_highlight(world.private, "of 🦙 herds", world.cleo)
    sign_in(world.cleo)
    page.goto(f"{live_server.url}/settings/")
    page.get_by_role("link", name="Take all of it along").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the zip").click()
    archive = ZipFile(download.value.path())
    assert download.value.suggested_filename.startswith("forecite-cleo-")
    assert archive.testzip() is None
    assert json.loads(archive.read("highlights.json"))[0]["exact"] == "of 🦙 herds"
    assert "> of 🦙 herds" in archive.read(f"articles/{world.private.slug}.md").decode()


def test_an_account_is_deleted(page: Page, live_server: LiveServer, world: World) -> None:
    cache.clear()
    vouch_for(world.cleo)
    make_highlight(world.shared, "small models", world.cleo, visibility="team", team=world.foundry)
    page.goto(f"{live_server.url}/accounts/login/")
    sign_in_by_hand(page)
    expect(page).to_have_title("Today · Forecite")
    page.goto(f"{live_server.url}/settings/")
    page.get_by_role("link", name="Delete the account").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="What stays")).to_be_visible()
    expect(page.locator("main")).to_contain_text("1 mark")
    page.get_by_role("button", name="Delete my account").click()
    expect(page.locator(".toast")).to_contain_text("Your account is deleted.")
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    work()
    page.goto(f"{live_server.url}/accounts/login/")
    sign_in_by_hand(page)
    expect(page.locator(".errorlist")).to_contain_text("No account has this e-mail with this password.")
    assert User.objects.get(pk=world.cleo.pk).name == "A former member"


def sign_in_by_hand(page: Page) -> None:
    page.get_by_label("E-mail").fill("cleo@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
