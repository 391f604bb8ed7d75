"""A curator at work: proposals by keyboard alone, two tags and two claims made one, an abusive note, the log."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from reader.claims.models import Claim
from reader.curation.claim_rulings import accept
from reader.curation.jobs import look_for_duplicates
from reader.curation.models import Decision, flag
from reader.highlights.models import Note
from reader.tags.models import Tag
from tests.curation.desk import HERDS, PRICES, SMALL, accepted, again, proposal, public_note
from tests.curation.test_tags import public_tag
from tests.e2e.conftest import PHONE
from tests.e2e.pages import QueuePage
from tests.world import World


class Desk(QueuePage):
    def open(self, queue: str = "") -> None:
        self.page.goto(f"{self.site}/desk/{queue}")


@pytest.fixture
def desk(page: Page, live_server: LiveServer, world: World, sign_in: Callable[[User], None]) -> Desk:
    sign_in(world.ben)
    return Desk(page, live_server.url)


def test_the_queue_is_worked_through_by_keyboard_alone(desk: Desk, world: World) -> None:
    first, second, third = (proposal(world, words) for words in (SMALL, HERDS, PRICES))
    desk.open()

    desk.press("j")
    expect(desk.current).to_contain_text(SMALL)
    desk.press("a")
    expect(desk.said).to_contain_text("The claim is accepted.")
    expect(desk.line(SMALL)).to_have_count(0)
    expect(desk.current).to_contain_text(HERDS)

    desk.press("u")
    expect(desk.line(SMALL)).to_have_count(1)
    expect(desk.current).to_contain_text(SMALL)
    desk.press("a")
    expect(desk.line(SMALL)).to_have_count(0)
    expect(desk.current).to_contain_text(HERDS)

    desk.press("q")
    expect(desk.current.get_by_label("Your question")).to_be_focused()
    desk.page.keyboard.type("Who is nobody? j k a r m u")
    desk.press("Tab", "Enter")
    expect(desk.said).to_contain_text("sent back with your question")
    expect(desk.current).to_contain_text(PRICES)

    desk.press("r")
    expect(desk.current.get_by_label("Why it does not belong")).to_be_focused()
    desk.press("Escape", "Escape")
    expect(desk.current.locator("textarea")).to_have_count(0)
    desk.press("r")
    expect(desk.current.get_by_label("Why it does not belong")).to_be_focused()
    desk.press("Tab", "Enter")
    expect(desk.current.locator(".errorlist")).to_be_visible()
    desk.current.get_by_label("Why it does not belong").focus()
    desk.page.keyboard.type("Whose prices?")
    desk.press("Tab", "Enter")
    expect(desk.page.get_by_text("This page is done")).to_be_visible()

    for claim, state in ((first, "accepted"), (second, "needs_work"), (third, "rejected")):
        claim.refresh_from_db()
        assert claim.state == state


def test_the_last_decision_is_undone_when_its_notice_is_gone(desk: Desk, world: World) -> None:
    proposal(world, SMALL)
    proposal(world, HERDS)
    desk.open()
    desk.press("u")
    expect(desk.said).to_contain_text("You have decided nothing on this visit that could be undone.")
    desk.press("j", "a")
    expect(desk.line(SMALL)).to_have_count(0)
    desk.press("a")
    expect(desk.line(HERDS)).to_have_count(0)
    desk.open("duplicates/")
    desk.open()
    expect(desk.page.locator("#toasts .toast")).to_have_count(0)
    desk.press("u")
    expect(desk.line(HERDS)).to_have_count(1)
    expect(desk.line(SMALL)).to_have_count(0)
    desk.press("u")
    expect(desk.line(SMALL)).to_have_count(1)
    desk.press("u")
    expect(desk.said).to_contain_text("You have decided nothing on this visit that could be undone.")


def test_the_reason_is_sent_from_its_field_and_the_tabs_count_along(desk: Desk, world: World) -> None:
    first, *_ = (proposal(world, words) for words in (SMALL, HERDS, PRICES))
    tab = desk.page.get_by_role("navigation", name="Queues").get_by_role("link", name="Proposals")
    desk.open()
    expect(tab).to_have_text("Proposals 3")

    desk.press("j", "r")
    expect(desk.current.get_by_label("Why it does not belong")).to_be_focused()
    desk.page.keyboard.type("Who counts?")
    desk.press("Control+Enter")

    expect(desk.line(SMALL)).to_have_count(0)
    expect(tab).to_have_text("Proposals 2")
    first.refresh_from_db()
    assert first.state == "rejected"
    desk.press("a")
    expect(tab).to_have_text("Proposals 1")
    expect(desk.page.locator("#toasts .toast:visible")).to_have_count(1)
    desk.press("u")
    expect(tab).to_have_text("Proposals 2")


@pytest.fixture
def expected_refusals() -> list[int]:
    return [409, 422]


def test_two_claims_become_one(desk: Desk, world: World) -> None:
    kept = accepted(world, SMALL)
    echo = again(world)
    desk.open()

    desk.press("j", "m")
    expect(desk.current.get_by_role("radio")).to_have_count(1)
    desk.current.get_by_role("radio").check()
    desk.current.get_by_role("button", name="Merge").click()

    expect(desk.said).to_contain_text("The two are one now")
    desk.page.goto(f"{desk.site}/claims/{echo.pk}/")
    expect(desk.page).to_have_url(f"{desk.site}/claims/{kept.pk}/")
    expect(desk.page.locator("figure.statement")).to_have_count(2)


def test_looking_for_another_claim_keeps_the_form_in_order(desk: Desk, world: World) -> None:
    accept(proposal(world, SMALL), world.ben)
    again(world)
    desk.open()

    desk.press("j", "m")
    expect(desk.current.get_by_role("radio")).to_have_count(1)
    boxes = desk.current.locator("textarea")
    boxes.evaluate_all("(all) => all.forEach((box) => { box.style.height = '9rem'; })")  # as by its corner
    desk.current.get_by_label("Look among the accepted claims").fill("small")
    desk.current.get_by_role("button", name="Look").click()
    expect(desk.current.get_by_label("Look among the accepted claims")).to_have_value("small")
    expect(boxes.first).not_to_have_attribute("style", "height: 9rem;")


def test_two_tags_become_one(desk: Desk, world: World) -> None:
    kept, other = public_tag(world, "open models"), public_tag(world, "open-model")
    world.public.tags.add(other)
    look_for_duplicates.call()
    desk.open("tags/")

    desk.press("j", "m")
    desk.current.get_by_role("radio", name="open models").check()
    desk.current.get_by_role("button", name="Merge").click()

    expect(desk.said).to_contain_text("“open-model” is “open models” now, everywhere.")
    assert list(world.public.tags.all()) == [kept]
    assert not Tag.objects.filter(pk=other.pk).exists()


def test_an_abusive_note_is_flagged_and_hidden(desk: Desk, world: World, sign_in: Callable[[User], None]) -> None:
    note = public_note(world)
    desk.page.goto(f"{desk.site}{note.get_absolute_url()}")
    desk.page.locator(".sheet-opener").wait_for(state="attached")
    desk.page.locator(f"#note-{note.pk}").get_by_role("link", name="Flag").click()
    desk.page.get_by_text("Abuse or insult").click()
    desk.page.get_by_role("button", name="Flag the note").click()
    expect(desk.said).to_contain_text("A curator will look at the note")

    desk.open("notes/")
    desk.press("j", "r")
    expect(desk.current.get_by_label("Why it is hidden")).to_be_focused()
    desk.page.keyboard.type("It insults readers.")
    desk.press("Tab", "Enter")
    expect(desk.said).to_contain_text("hidden from everyone but its writer")

    desk.page.goto(f"{desk.site}{note.get_absolute_url()}")
    expect(desk.page.get_by_text("You are all fools.")).to_have_count(0)
    sign_in(world.dov)
    desk.page.reload()
    expect(desk.page.get_by_text("Hidden by a curator: It insults readers.")).to_be_attached()


def test_every_decision_is_read_in_the_log_and_one_is_undone(desk: Desk, world: World) -> None:
    note = public_note(world)
    flag(note, "abuse", "", world.cleo)
    proposal(world, HERDS)
    desk.open()
    desk.press("j", "a")
    expect(desk.said).to_contain_text("The claim is accepted.")
    desk.open("notes/")
    desk.press("j", "r")
    expect(desk.current.get_by_label("Why it is hidden")).to_be_focused()
    desk.page.keyboard.type("It insults readers.")
    desk.press("Tab", "Enter")
    expect(desk.said).to_contain_text("hidden from everyone")

    desk.page.goto(f"{desk.site}/decisions/")
    rows = desk.page.locator("[id^=decision-]")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Ben hid a note by Dov")
    expect(rows.first).to_contain_text("It insults readers.")
    expect(rows.last).to_contain_text("Ben accepted")
    rows.first.get_by_role("button", name="Undo").click()

    expect(desk.page.locator(".toast")).to_contain_text("is as it was")
    expect(desk.page.locator("[data-undone]")).to_have_count(1)
    assert Note.objects.get().hidden_at is None
    assert Decision.objects.count() == 3


def test_the_second_curator_is_told_and_refused(desk: Desk, world: World) -> None:
    claim = proposal(world)
    desk.open()
    accept(claim, world.ada)

    desk.press("j", "a")

    expect(desk.current.locator("[role=alert]")).to_contain_text("Ada accepted this on")
    expect(desk.current).to_have_count(1)


def test_many_are_chosen_and_shown_before_they_are_decided(desk: Desk, world: World) -> None:
    for words in (SMALL, HERDS, PRICES):
        proposal(world, words)
    desk.open()

    desk.press("j", "x", "j", "x")
    desk.page.get_by_role("button", name="Accept …").click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Accept 2 claims")
    assert not Claim.objects.filter(state="accepted").exists()
    desk.page.get_by_role("button", name="Accept all of them").click()

    expect(desk.page.locator(".desk-row")).to_have_count(1)
    assert Claim.objects.filter(state="accepted").count() == 2


def test_the_keys_are_listed(desk: Desk, world: World) -> None:
    proposal(world)
    desk.open()
    desk.press("?")

    expect(desk.page.get_by_role("dialog")).to_contain_text("Ask whoever proposed it")
    desk.press("Escape", "j")
    expect(desk.current).to_have_count(1)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_all_of_it_works_without_script(desk: Desk, world: World) -> None:
    proposal(world, HERDS)
    proposal(world, PRICES)
    desk.open()

    desk.line(HERDS).get_by_role("button", name="Accept").click()
    expect(desk.page.locator(".toast")).to_contain_text("The claim is accepted.")
    desk.page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(desk.line(HERDS)).to_have_count(1)
    desk.line(PRICES).get_by_role("link", name="Reject").click()
    desk.page.get_by_label("Why it does not belong").fill("Whose prices?")
    desk.page.get_by_role("button", name="Reject").click()

    expect(desk.line(PRICES)).to_have_count(0)
    assert set(Claim.objects.values_list("state", flat=True)) == {"proposed", "rejected"}


@pytest.mark.browser_context_args(**PHONE)
def test_it_is_used_with_a_thumb(desk: Desk, world: World) -> None:
    proposal(world)
    desk.open()

    desk.line(SMALL).get_by_role("link", name="Reject").tap()
    desk.page.get_by_label("Why it does not belong").fill("It names no day.")
    desk.line(SMALL).get_by_role("button", name="Reject").tap()

    expect(desk.said).to_contain_text("The claim is rejected.")
