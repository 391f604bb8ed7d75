"""A list of feeds from another reader becomes pieces, with progress seen, and one of them is marked."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from reader.highlights.models import Highlight
from reader.intake.feeds.models import Feed
from reader.intake.feeds.opml import Listed, write_list
from reader.intake.imports import Import
from reader.intake.imports.running import carry_on, run_import
from tests.e2e.pages import ReadingPage
from tests.intake.feeds.test_polling import Press, poll, press
from tests.intake.feeds.written import item, rss
from tests.world import World

__all__ = ["press"]

WORDS = "at least one lab moves its largest cluster abroad"


def test_a_list_of_feeds_becomes_a_marked_piece(
    page: Page, live_server: LiveServer, world: World, sign_in: Callable[[User], None], press: Press
) -> None:
    press.print("/one", rss([item(1, "The grid is the model")]))
    press.print("/two", rss([item(2)]).replace(b"Kilowatt Review", b"The Other Review"))
    poll(Feed.objects.create(owner=world.cleo, url=press.url("/two")))
    listed = write_list([Listed(press.url("/one"), "One"), Listed(press.url("/two"), "Two")])
    sign_in(world.cleo)
    page.goto(f"{live_server.url}/articles/new/")
    page.get_by_role("link", name="Follow feeds").click()
    page.get_by_text("Bring a list from another reader").click()
    page.get_by_label("A list of feeds (OPML)").set_input_files(
        {"name": "mine.opml", "mimeType": "text/x-opml", "buffer": listed.encode()}
    )
    page.get_by_role("button", name="Follow all of them").click()
    progress = page.locator("#work")
    expect(progress).to_contain_text("Waiting for its turn")

    work = Import.objects.get()
    work.take_up()
    assert not carry_on(work, seconds=-1)
    expect(progress).to_contain_text("1 of 2")
    run_import.func(import_id=work.pk)

    expect(progress).to_contain_text("1 added, 1 here already")
    page.get_by_role("link", name="Your feeds").click()
    page.get_by_role("link", name="Kilowatt Review").click()
    page.get_by_role("link", name="The grid is the model").click()
    reading = ReadingPage(page, page.url)
    reading.wait_for_scripts()
    reading.select(WORDS)
    expect(reading.bar).to_be_visible()
    reading.press("h")
    expect(page.locator("mark[data-highlight]").first).to_be_visible()
    assert Highlight.objects.get().exact == WORDS
