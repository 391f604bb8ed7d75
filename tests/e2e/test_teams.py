"""Ada makes a team and sends two links; Ben and Cleo join in browsers of their own; Dov finds nothing of it."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from reader.core.visibility import Visibility
from reader.library.models import Article
from tests.conftest import signed_in
from tests.e2e.conftest import REFUSAL
from tests.e2e.pages import ReadingPage
from tests.world import World, make_article, make_highlight

TEAM = "Night readers"

OpenAs = Callable[[User | None], Page]


@pytest.fixture
def open_as(browser: Browser, live_server: LiveServer, served: None) -> Iterator[OpenAs]:
    """A page in a browser context of somebody's own, or of somebody who is not signed in."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(user: User | None) -> Page:
        context = browser.new_context(base_url=live_server.url)
        contexts.append(context)
        if user:
            session = signed_in(user).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on(
            "console",
            lambda said: (
                complaints.append(said.text)
                if said.type == "error" and not said.text.startswith(f"{REFUSAL}404")
                else None
            ),
        )
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def make_link(ada: Page, role: str) -> str:
    """A link for one, from the page of invitations."""
    form = ada.locator("form").filter(has=ada.get_by_role("button", name="Make a link"))
    form.get_by_label("They come in as").select_option(label=role)
    form.get_by_role("button", name="Make a link").click()
    field = ada.get_by_label("The link", exact=True)
    expect(field).to_be_visible()
    return field.input_value().partition("/invitations/")[2]


def join(page: Page, secret: str) -> None:
    page.goto(f"/invitations/{secret}")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Ada invites you to {TEAM}")
    page.get_by_role("button", name="Join the team").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TEAM)


def test_a_team_is_made_joined_and_hidden_from_others(world: World, open_as: OpenAs) -> None:
    piece = make_article("Read at night", world.ada)
    ada, ben, cleo, dov = (open_as(user) for user in (world.ada, world.ben, world.cleo, world.dov))
    ada.goto("/")
    ada.get_by_title("Your account").click()
    ada.get_by_role("link", name="Teams").click()
    ada.get_by_label("Name of the team").fill(TEAM)
    ada.get_by_role("button", name="Make the team").click()
    first, second = make_link(ada, "Curator"), make_link(ada, "Member")

    join(ben, first)
    join(cleo, second)

    home = cleo.url
    expect(cleo.locator(".members > li")).to_have_count(3)
    ada.goto(piece.get_absolute_url())
    ada.get_by_role("link", name="Who sees it").click()
    ada.get_by_text(f"the team {TEAM}").click()
    ada.get_by_role("button", name="Save").click()
    for page in (ben, cleo):
        page.goto(home)
        page.get_by_role("link", name="Read at night").click()
        expect(page.get_by_text(f"The team {TEAM} sees this")).to_be_visible()
    for secret in (first, second):
        dov.goto(f"/invitations/{secret}")
        expect(dov.get_by_role("heading", level=1)).to_have_text("This invitation opens nothing")
    for address in ("/", "/articles/", "/teams/", piece.get_absolute_url(), home):
        dov.goto(address)
        expect(dov.locator("body")).not_to_contain_text(re.compile(f"{TEAM}|Read at night"))


def test_a_newcomer_makes_an_account_by_a_link(world: World, open_as: OpenAs) -> None:
    ada, eda = open_as(world.ada), open_as(None)
    ada.goto("/teams/foundry/invitations/")
    secret = make_link(ada, "Member")

    eda.goto(f"/invitations/{secret}")
    eda.get_by_role("link", name="Make an account and join").click()
    expect(eda.locator(".notice")).to_contain_text("Ada invites you to Foundry")
    eda.get_by_label("Your name").fill("Eda")
    eda.get_by_label("E-mail").fill("eda@example.org")
    eda.get_by_label("Password").fill("a long walk home")
    eda.get_by_role("button", name="Make the account").click()

    expect(eda.get_by_role("heading", level=1)).to_have_text("Foundry")
    expect(eda.get_by_text("You are its member")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without"])
def test_several_pieces_go_to_the_team_from_the_shelf(
    world: World, browser: Browser, live_server: LiveServer, served: None, scripts: bool
) -> None:
    pieces = [make_article(f"Letter {number}", world.ada) for number in range(3)]
    context = browser.new_context(base_url=live_server.url, java_script_enabled=scripts)
    session = signed_in(world.ada).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto("/articles/")
    page.get_by_role("link", name="Choose several").click()
    for piece in pieces[:2]:
        page.get_by_label(f"Choose “{piece.title}”").check()
    page.get_by_role("button", name="Who sees these").click()
    expect(page.locator(".moved-list > li")).to_have_count(2)
    page.get_by_role("radio", name=re.compile("the team Foundry")).check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/articles/")
    context.close()

    seen = [Article.objects.get(pk=piece.pk).visibility for piece in pieces]
    assert seen == [Visibility.TEAM, Visibility.TEAM, Visibility.PRIVATE]


def test_a_mark_is_shown_to_the_team_from_its_card(world: World, open_article: Callable[..., ReadingPage]) -> None:
    mark = make_highlight(world.shared, "everything", world.cleo)
    reading = open_article(world.shared, world.cleo)
    card = reading.page.locator(f"#highlight-{mark.pk}")
    card.hover()
    card.get_by_role("link", name="Change").click()
    card.get_by_role("link", name="Who sees it").click()
    card.get_by_role("radio", name=re.compile("the team Foundry")).check()
    card.get_by_role("button", name="Save").click()

    expect(card.locator(".seen-by")).to_have_text("the team Foundry")
    expect(card.locator("form")).to_have_count(0)
    mark.refresh_from_db()
    assert mark.visibility == Visibility.TEAM
