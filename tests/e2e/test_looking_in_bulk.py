"""Many pieces looked through at once, from the shelf to one claim of several voices, by keyboard, finger and form."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from reader.claims.models import Claim
from reader.claims.proposing import propose, read_proposal
from reader.core.visibility import Visibility
from reader.foresight.models import Answer
from reader.foresight.sweeps.models import Sweep
from reader.foresight.sweeps.running import run_sweep
from reader.highlights.models import Highlight, Kind
from tests.e2e.conftest import PHONE
from tests.e2e.pages import QueuePage
from tests.foresight.pieces import CARS, CHIPS, FORECASTS, MODELS, looked_through
from tests.world import World, make_article, make_highlight

AS_WELL = "Most new cars in Europe will be driven by software by 2030."


class Queue(QueuePage):
    def open(self) -> None:
        self.page.goto(f"{self.site}/foresight/")
        self.page.locator("main .rows a").first.click()

    @property
    def count(self) -> Locator:
        return self.page.locator(".sweep-count")


@pytest.fixture
def queue(page: Page, live_server: LiveServer, world: World, sign_in: Callable[[User], None]) -> Queue:
    """As Cleo, who has two pieces: in one stand three predictions, in the other one of them once more."""
    sign_in(world.cleo)
    make_article("Forecasts", world.cleo, html=FORECASTS)
    make_article("Forecasts again", world.cleo, html=f"<p>So it is. {AS_WELL}</p>")
    return Queue(page, live_server.url)


def done(queue: Queue) -> None:
    run_sweep.func(sweep_id=Sweep.objects.latest("pk").pk)


def ask(queue: Queue) -> None:
    queue.page.goto(f"{queue.site}/articles/?q=Forecasts")
    queue.page.get_by_role("link", name="Look for predictions").click()
    queue.page.get_by_role("button", name="Look for predictions in these 2 pieces").click()


def test_the_whole_walk_by_keyboard(queue: Queue) -> None:
    ask(queue)
    expect(queue.page.get_by_text("0 of 2 pieces so far")).to_be_visible()
    done(queue)
    expect(queue.count).to_contain_text("4 sentences in 2 articles look like predictions.")
    expect(queue.page.locator(".desk-row")).to_have_count(3)
    first = queue.page.locator(".desk-row .sweep-words").first.text_content() or ""

    queue.press("j")
    expect(queue.current).to_contain_text(first)
    queue.press("j", "k")
    expect(queue.current).to_contain_text(first)

    queue.press("x")
    expect(queue.said).to_contain_text("not suggested to you again")
    expect(queue.line(first)).to_have_count(0)
    expect(queue.current).to_have_count(1)
    queue.press("u")
    expect(queue.line(first)).to_have_count(1)
    expect(queue.current).to_contain_text(first)

    for left in (2, 1, 0):
        queue.press("x")
        expect(queue.page.locator(".desk-row")).to_have_count(left)
    expect(queue.page.get_by_text("You answered all that stood here.")).to_be_visible()
    expect(queue.count).to_contain_text("Nothing is left to answer.")


def test_a_claim_of_one_and_a_claim_of_two(queue: Queue) -> None:
    ask(queue)
    done(queue)
    expect(queue.page.locator(".desk-row")).to_have_count(3)

    queue.line(CHIPS).click(position={"x": 4, "y": 4})
    queue.press("Enter")
    statement = queue.line(CHIPS).get_by_label("Statement")
    expect(statement).to_be_focused()
    expect(statement).to_have_value(CHIPS)
    expect(queue.line(CHIPS).get_by_label("Until").first).to_have_value("2027-12-31")
    queue.press("Control+Enter")
    expect(queue.said).to_contain_text("Claim made, with 1 statement.")
    expect(queue.line(CHIPS)).to_have_count(0)

    together = queue.page.locator(".desk-row:has(.sweep-also)")
    together.get_by_role("link", name="One claim of these 2").click()
    other = together.locator(".sweep-lines .quote")
    was = other.text_content() or ""
    expect(other).to_have_count(1)
    together.get_by_role("link", name="Word the claim like this").click()
    expect(together.get_by_label("Statement")).to_have_value(was)
    together.get_by_role("button", name="Save the claim").click()

    expect(queue.said).to_contain_text("Claim made, with 2 statements.")
    expect(together).to_have_count(0)
    expect(queue.count).to_contain_text("1 sentence in 1 article looks like a prediction.")
    assert sorted(claim.statements.count() for claim in Claim.objects.all()) == [1, 2]
    assert set(Highlight.objects.values_list("exact", flat=True)) == {CHIPS, CARS, AS_WELL}

    queue.said.get_by_role("button", name="Undo").click()
    expect(queue.count).to_contain_text("3 sentences in 2 articles")
    expect(queue.page.locator(".desk-row").first).to_contain_text("1 more says so")


def test_a_refusal_keeps_what_was_written(queue: Queue, expected_refusals: list[int]) -> None:
    expected_refusals.append(422)
    ask(queue)
    done(queue)
    line = queue.line(MODELS)
    line.get_by_role("link", name="Make the claim").click()
    line.get_by_label("Statement").fill("Open ones win.")
    line.get_by_label("Until").first.fill("2020-01-01")
    line.get_by_role("button", name="Save the claim").click()

    expect(line.get_by_text("would end before")).to_be_visible()
    expect(line.get_by_label("Statement")).to_have_value("Open ones win.")
    queue.press("Escape", "Escape")
    expect(queue.said).to_contain_text("not saved yet")
    expect(line.get_by_label("Statement")).to_have_value("Open ones win.")
    line.get_by_role("link", name="Cancel").click()
    expect(line.get_by_label("Statement")).to_have_count(0)


def test_somebody_who_was_faster_costs_no_words(queue: Queue, world: World, expected_refusals: list[int]) -> None:
    expected_refusals.append(422)
    shared = make_article("Forecasts of the team", world.cleo, Visibility.TEAM, world.foundry, f"<p>{MODELS}</p>")
    queue.page.goto(f"{queue.site}/articles/?q=Forecasts+of+the+team")
    queue.page.get_by_role("link", name="Look for predictions").click()
    queue.page.get_by_role("button", name="Look for predictions in this piece").click()
    done(queue)
    line = queue.line(MODELS)
    line.get_by_role("link", name="Make the claim").click()
    line.get_by_label("Statement").fill("Open ones win.")
    mark = make_highlight(shared, MODELS, world.ben, Kind.PREDICTION, Visibility.TEAM, world.foundry)
    propose(mark, read_proposal(MODELS, shared), world.ben)
    line.get_by_role("button", name="Save the claim").click()

    expect(line.get_by_text("Ben was faster")).to_be_visible()
    expect(line.get_by_label("Statement")).to_have_value("Open ones win.")
    line.get_by_role("radio", name=MODELS).check()
    line.get_by_role("button", name="Save the claim").click()
    expect(queue.said).to_contain_text("1 statement added to the claim.")
    assert Claim.objects.get().statements.count() == 2


def test_one_key_loses_no_words(queue: Queue) -> None:
    ask(queue)
    done(queue)
    queue.line(CHIPS).click(position={"x": 4, "y": 4})
    queue.press("Enter")
    statement = queue.line(CHIPS).get_by_label("Statement")
    expect(statement).to_be_focused()
    queue.press("Escape")
    expect(queue.line(CHIPS)).to_be_focused()
    queue.press("Escape")
    expect(statement).to_have_count(0)

    queue.press("Enter")
    expect(statement).to_be_focused()
    queue.page.keyboard.type(" Or so")
    queue.press("Escape")
    expect(queue.line(CHIPS)).to_be_focused()
    for key in ("Escape", "x"):
        queue.press(key)
        expect(queue.said).to_contain_text("What you wrote is not saved yet: Save keeps it, Cancel throws it away.")
        queue.said.evaluate("toast => toast.remove()")
    queue.press("Enter")
    expect(statement).to_be_focused()
    assert "Or so" in statement.input_value()

    queue.line(CHIPS).get_by_role("link", name="Cancel").click()
    expect(statement).to_have_count(0)
    expect(queue.line(CHIPS)).to_have_count(1)


def test_one_key_ticks_all_and_keeps_what_was_written(queue: Queue, world: World) -> None:
    make_article("Forecasts once more", world.cleo, html=f"<p>{CHIPS.replace('.', ', I am sure.')}</p>")
    queue.page.goto(f"{queue.site}/articles/?q=Forecasts")
    queue.page.get_by_role("link", name="Look for predictions").click()
    queue.page.get_by_role("button", name="Look for predictions in these 3 pieces").click()
    done(queue)
    together = queue.page.locator(".desk-row", has_text="Prices of chips")
    together.click(position={"x": 4, "y": 4})
    queue.press("Enter")
    statement, box = together.get_by_label("Statement"), together.locator("[name=with]")
    expect(statement).to_be_focused()
    expect(box).not_to_be_checked()
    statement.fill("Chips get cheaper.")

    queue.press("Escape", "a")

    expect(box).to_be_checked()
    expect(statement).to_have_value("Chips get cheaper.")
    queue.press("Enter", "Control+Enter")
    expect(queue.said).to_contain_text("Claim made, with 2 statements.")


@pytest.mark.browser_context_args(**PHONE)
def test_on_a_phone_all_is_within_reach_and_nothing_runs_over(queue: Queue) -> None:
    ask(queue)
    done(queue)
    queue.page.reload()
    together = queue.page.locator(".desk-row:has(.sweep-also)")
    together.locator("summary").first.tap()
    together.get_by_role("link", name="One claim of these 2").tap()
    expect(together.get_by_label("Statement")).to_be_visible()

    assert queue.page.evaluate("document.documentElement.scrollWidth") <= 390
    together.get_by_role("button", name="Save the claim").tap()
    expect(together).to_have_count(0)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_the_same(queue: Queue) -> None:
    ask(queue)
    done(queue)
    queue.page.get_by_role("link", name="Look how far it is").click()
    queue.line(CHIPS).get_by_role("button", name="Not a prediction").click()
    expect(queue.line(CHIPS)).to_have_count(0)
    queue.page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(queue.line(CHIPS)).to_have_count(1)

    queue.page.get_by_role("link", name="One claim of these 2").click()
    queue.page.get_by_role("button", name="Save the claim").click()

    expect(queue.count).to_contain_text("2 sentences in 1 article")
    assert Claim.objects.get().statements.count() == 2
    assert Answer.objects.filter(predicts=True).count() == 2


def test_opened_from_the_queue_the_piece_points_at_the_sentence(queue: Queue, world: World) -> None:
    looked_through("Forecasts", world.cleo)
    ask(queue)
    done(queue)
    queue.page.reload()

    queue.line(CHIPS).get_by_role("link", name="Forecasts").click()

    expect(queue.page.locator("[data-suggestion]:target")).to_have_count(1)
