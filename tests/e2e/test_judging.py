"""A team judges a claim that is due, each in a browser of their own, from the evidence to the answered dispute."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from reader.claims.forecasting import forecast
from reader.claims.models import Claim
from reader.exchange.models import SecretAddress
from tests.claims.ledger import AHEAD, again, judged, public_claim, source, teams_claim
from tests.conftest import signed_in
from tests.e2e.test_reading_together import listen
from tests.world import World

Join = Callable[..., Page]


@pytest.fixture
def join(browser: Browser, served: None, live_server: LiveServer, expected_refusals: list[int]) -> Iterator[Join]:
    """Opens the page of a claim as somebody in a browser of their own."""
    complaints: list[str] = []
    with ExitStack() as open_browsers:

        def go(user: User, claim: Claim, *, scripts: bool = True) -> Page:
            context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
            open_browsers.callback(context.close)
            listen(context, complaints, expected_refusals)
            session = signed_in(user).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            page = context.new_page()
            page.goto(f"{live_server.url}{claim.get_absolute_url()}")
            return page

        yield go
    assert complaints == []


def choose(page: Page, group: str, choice: str) -> None:
    page.get_by_role("group", name=group).get_by_text(choice, exact=True).click()


def assess(page: Page, choice: str, reasons: str) -> None:
    page.reload()
    page.get_by_role("link", name="Assess it").click()
    choose(page, "Read strictly", choice)
    page.get_by_label("Your reasons").fill(reasons)
    page.get_by_role("button", name="Send the vote").click()
    expect(page.locator("#judging")).to_contain_text(reasons)


def test_a_team_judges_a_claim_that_is_due(join: Join, world: World) -> None:
    claim = teams_claim(world)
    ada, ben, cleo = join(world.ada, claim), join(world.ben, claim), join(world.cleo, claim)

    # Cleo brings evidence, in a form that unfolds on the page.
    cleo.get_by_role("link", name="Bring evidence").click()
    choose(cleo, "It speaks", "For")
    cleo.get_by_label("Address of the source").fill("https://example.com/a-survey")
    cleo.get_by_label("Title").fill("A survey of local models")
    cleo.get_by_role("button", name="Add the evidence").click()
    expect(cleo.locator("#evidence")).to_contain_text("A survey of local models")

    # Ben opens a round; Ada and Cleo differ, and neither sees the other's vote.
    ben.reload()
    ben.get_by_role("link", name="Open a round").click()
    ben.get_by_role("button", name="Open the round").click()
    expect(ben.locator("#judging")).to_contain_text("0 votes so far")
    assess(ada, "Mostly not", "A third is not most.")
    assess(cleo, "Mostly", "Every demo was one.")
    expect(cleo.locator("#judging")).to_contain_text("2 votes so far")
    expect(cleo.locator("#judging")).not_to_contain_text("A third is not most.")
    ben.reload()
    expect(ben.locator("#judging")).not_to_contain_text("Every demo was one.")
    ben.get_by_role("button", name="Close the round").click()
    expect(ben.locator("#judging")).to_contain_text("from Mostly not to Mostly, 2 steps apart")
    expect(ben.locator("#judging")).to_contain_text("Every demo was one.")

    # Ben gives the verdict.
    ben.get_by_role("link", name="Give the verdict").click()
    choose(ben, "The verdict", "Mostly")
    ben.get_by_label("A survey of local models").check()
    ben.locator("[name=reason]").fill("The survey says so.")
    ben.get_by_role("button", name="Give the verdict").click()
    expect(ben.get_by_role("heading", name="Verdict: Mostly")).to_be_visible()
    expect(ben.get_by_role("button", name="Take it back")).to_be_visible()

    # Cleo disputes it, and Ada, not Ben, decides the dispute.
    cleo.reload()
    cleo.get_by_role("link", name="Dispute it").click()
    cleo.get_by_label("What is wrong with the verdict").fill("It asked developers only.")
    cleo.get_by_role("button", name="Dispute it").click()
    expect(cleo.locator("#verdict")).to_contain_text("The verdict is disputed")
    ben.reload()
    expect(ben.locator("#judging")).to_contain_text("It asked developers only.")
    expect(ben.get_by_role("link", name="Decide the dispute")).to_have_count(0)
    ada.reload()
    ada.get_by_role("link", name="Decide the dispute").click()
    choose(ada, "The decision", "Mostly not")
    ada.get_by_label("Your answer").fill("You are right: most are not developers.")
    ada.get_by_label("A survey of local models").check()
    ada.get_by_role("button", name="Decide it").click()
    expect(ada.get_by_role("heading", name="Verdict: Mostly not")).to_be_visible()
    cleo.reload()
    expect(cleo.locator("#judging")).to_contain_text("The verdict was overturned")
    expect(cleo.locator("#judging")).to_contain_text("You are right: most are not developers.")
    verdict = again(claim).verdict
    assert verdict
    assert (verdict.outcome, verdict.by) == (25, world.ada)


def test_what_was_judged_is_in_the_records_of_who_said_it_and_of_who_foresaw_it(join: Join, world: World) -> None:
    """And out of the calendar, from the moment it is judged."""
    claim = public_claim(world)
    calendar = f"/claims/{SecretAddress.make(world.cleo).secret}/due.ics"
    with time_machine.travel(datetime(2024, 5, 1, tzinfo=UTC)):
        forecast(claim, 70, world.cleo)
    page = join(world.cleo, claim)
    site = page.url.removesuffix(claim.get_absolute_url())
    Claim.objects.filter(pk=claim.pk).update(window_end=timezone.localdate() - timedelta(days=1))
    assert claim.statement.split()[0] in page.request.get(site + calendar).text()
    judged(claim, world.ben)

    assert "BEGIN:VEVENT" not in page.request.get(site + calendar).text()
    page.reload()
    page.locator("#said").get_by_role("link", name="Mira Castell").click()
    record = page.get_by_role("region", name="Track record")
    expect(record).to_contain_text("1 of 1 scored claim turned out as said")
    expect(record).to_contain_text("too few to set beside anybody else’s")
    record.get_by_role("row", name="Turned out as said").get_by_role("link").click()
    expect(page.get_by_role("link", name=claim.statement)).to_be_visible()

    page.goto(f"{site}/profile/record/")
    expect(page.locator("dl.figures")).to_contain_text("0.090")
    page.get_by_role("row", name="67–100 %").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Scored forecasts of 67–100 %")
    expect(page.get_by_role("row", name=claim.statement)).to_contain_text("70 %")


def test_evidence_is_brought_by_keys(join: Join, world: World) -> None:
    claim = teams_claim(world)
    page = join(world.cleo, claim)

    page.keyboard.press("e")
    expect(page.get_by_label("For", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Address of the source")).to_be_focused()
    page.keyboard.type("https://example.com/seen")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#evidence")).to_contain_text("example.com")
    assert claim.evidence.get().url == "https://example.com/seen"

    page.keyboard.press("n")
    page.keyboard.type("see e")
    expect(page.get_by_label("Note")).to_have_value("see e")
    expect(page.locator("#evidence-form form")).to_have_count(0)


def test_the_keys_of_a_claim_are_listed(join: Join, world: World) -> None:
    page = join(world.cleo, teams_claim(world))

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Bring evidence")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_a_forecast_is_given_by_two_digits(join: Join, world: World) -> None:
    claim = teams_claim(world, ends=AHEAD)
    page = join(world.cleo, claim)
    expect(page.locator("#forecasts")).to_contain_text("Nobody has forecast yet. What do you think?")

    page.keyboard.press("7")
    page.keyboard.press("3")
    figure = page.get_by_label("It happens with")
    expect(figure).to_have_value("73")
    page.keyboard.press("ArrowRight")
    expect(figure).to_have_value("74")
    page.keyboard.press("Enter")
    expect(page.locator("#forecasts")).to_contain_text("median 74")

    page.get_by_label("Why").fill("Because of 2 things.")
    expect(figure).to_have_value("74")


def test_it_all_works_without_script(join: Join, world: World) -> None:
    claim = teams_claim(world, ends=AHEAD)
    page = join(world.cleo, claim, scripts=False)

    expect(page.get_by_role("slider")).to_be_hidden()
    page.get_by_label("It happens with").fill("31")
    page.get_by_role("button", name="Forecast").click()
    expect(page.locator("#forecasts")).to_contain_text("median 31")
    page.get_by_role("link", name="Bring evidence").click()
    expect(page.get_by_role("heading", name="Bring evidence")).to_be_visible()
    choose(page, "It speaks", "Against")
    page.get_by_label("Address of the source").fill("https://example.com/no")
    page.get_by_role("button", name="Add the evidence").click()
    expect(page.locator("#evidence")).to_contain_text("1 against")


def test_the_way_back_in_a_notice_brings_the_page_back_too(join: Join, world: World) -> None:
    claim = teams_claim(world, ends=AHEAD)
    source(claim, world.cleo)
    page = join(world.cleo, claim)

    page.locator("#evidence").get_by_role("button", name="Remove").click()
    expect(page.locator("#evidence")).to_contain_text("No evidence yet")
    page.locator(".toast").get_by_role("button", name="Undo").click()

    expect(page.locator("#evidence")).to_contain_text("example.com")
    expect(page.locator(".toast")).to_contain_text("The evidence is back.")
