"""What somebody wrote stays on the page until it is saved, whatever happens meanwhile."""

from collections.abc import Callable

from playwright.sync_api import Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from reader.highlights.models import Note
from tests.claims.ledger import teams_claim
from tests.e2e.conftest import Open
from tests.world import World, make_highlight


def test_what_is_written_outlives_a_refusal(open_article: Open, expected_refusals: list[int], world: World) -> None:
    expected_refusals += [404, 500]
    reading = open_article()
    reading.page.route("**/highlights/", lambda route: route.fulfill(status=500, body="<h1>Broken</h1>"))
    reading.select("Prices fall by half")
    reading.press("n")
    reading.page.keyboard.type("A thought.")
    expect(reading.field("Note")).to_have_value("A thought.")
    reading.press("Control+Enter")
    expect(reading.toast).to_contain_text("still on this page")
    expect(reading.field("Note")).to_have_value("A thought.")
    reading.page.unroute("**/highlights/")
    world.public.delete()
    reading.press("Control+Enter")
    copy = reading.page.locator("#toasts").get_by_role("link", name=f"your copy of “{world.public.title}”")
    expect(copy).to_have_attribute("href", "/articles/?q=The%20year%20of%20the%20small%20model")
    expect(reading.field("Note")).to_have_value("A thought.")


def test_signing_in_elsewhere_costs_nothing(open_article: Open) -> None:
    reading = open_article()
    reading.select("Prices fall by half")
    reading.press("n")
    reading.page.keyboard.type("A thought.")
    expect(reading.field("Note")).to_have_value("A thought.")
    (cookie,) = [one for one in reading.page.context.cookies() if one.get("name") == "csrftoken"]
    reading.page.context.add_cookies([{**cookie, "value": "n" * 32}])  # type: ignore[typeddict-item]  # read back as it was
    reading.press("Control+Enter")
    expect(reading.cards).to_have_count(1)
    assert Note.objects.get().body == "A thought."


def test_escape_throws_nothing_away_that_was_written(open_article: Open) -> None:
    reading = open_article()
    reading.select("Prices fall by half")
    reading.press("n")
    reading.page.keyboard.type("A thought.")
    expect(reading.field("Note")).to_have_value("A thought.")
    reading.press("Escape", "Escape")
    expect(reading.toast).to_contain_text("not saved yet")
    expect(reading.field("Note")).to_have_value("A thought.")
    reading.page.locator("#composer").get_by_role("button", name="Cancel").or_(
        reading.page.locator("#composer").get_by_role("link", name="Cancel")
    ).click()
    expect(reading.composer).to_have_count(0)


def test_a_note_is_saved_after_the_mark_came_back(
    open_article: Open, world: World, expected_refusals: list[int]
) -> None:
    expected_refusals.append(409)
    mark = make_highlight(world.shared, "small models", world.ben, "highlight", "team", world.foundry)
    reading = open_article(world.shared, by=world.cleo)
    card = reading.page.locator(f"#highlight-{mark.pk}")
    card.hover()
    card.get_by_role("link", name="Note").click()
    card.get_by_label("Note").fill("My own words.")
    mark.delete_by(world.ben)
    card.get_by_role("button", name="Save the note").click()
    expect(card).to_contain_text("The mark you write on was deleted meanwhile")
    expect(card).to_contain_text("This mark was deleted meanwhile")

    mark.restore(world.ben)
    expect(card).not_to_contain_text("deleted meanwhile")
    expect(card.get_by_label("Note")).to_have_value("My own words.")
    card.get_by_role("button", name="Save the note").click()

    expect(card.locator(".note")).to_contain_text("My own words.")
    assert Note.objects.get().body == "My own words."


def test_a_page_asks_before_words_are_left_behind(
    page: Page, live_server: LiveServer, sign_in: Callable[[User], None], world: World
) -> None:
    sign_in(world.cleo)
    page.goto(f"{live_server.url}{teams_claim(world).get_absolute_url()}")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_label("Note", exact=True).click()
    page.keyboard.type("Half a thought.")
    page.get_by_role("link", name="All claims").click(no_wait_after=True)
    expect(page.get_by_label("Note", exact=True)).to_have_value("Half a thought.")
    page.get_by_role("button", name="Add the note").click()
    expect(page.locator("#notes")).to_contain_text("Half a thought.")
    page.get_by_role("link", name="All claims").click()
    expect(page.get_by_role("heading", name="Claims", exact=True)).to_be_visible()

    assert asked == ["beforeunload"]
