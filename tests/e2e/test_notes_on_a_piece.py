"""The notes under a piece: a form opens below the note that it is about, and goes once it is saved."""

import pytest
from playwright.sync_api import Locator, Page, expect

from reader.highlights.models import Note, write_note
from reader.library.models import Article
from tests.e2e.conftest import PHONE, Open
from tests.e2e.pages import ReadingPage
from tests.world import World, make_article

AT_BOTH_WIDTHS = pytest.mark.parametrize(
    "width",
    [
        pytest.param("laptop", id="laptop"),
        pytest.param("phone", id="phone", marks=pytest.mark.browser_context_args(**PHONE)),
    ],
)


@pytest.fixture
def piece(world: World) -> Article:
    return make_article("Talked about", world.ada, "team", world.foundry)


@pytest.fixture
def theirs(world: World, piece: Article) -> Note:
    return write_note(piece, "Which year?", world.cleo)


@pytest.fixture
def last(world: World, piece: Article, theirs: Note) -> Note:
    """Below it a form would be far from the note of Cleo's."""
    return write_note(piece, "Mine stands last.", world.ada)


def note(reading: ReadingPage, of: Note) -> Locator:
    return reading.page.locator(f"#note-{of.pk}")


def write(page: Page, words: str, button: str) -> None:
    field = page.locator("#notes textarea")
    expect(field).to_be_focused()
    field.fill(words)
    page.locator("#notes").get_by_role("button", name=button).click()


def expect_no_form(page: Page) -> None:
    expect(page.locator("#notes form.note-form")).to_have_count(0)


@AT_BOTH_WIDTHS
def test_a_note_is_written_once(open_article: Open, piece: Article, width: str) -> None:
    reading = open_article(piece)
    reading.page.get_by_role("link", name="Write a note").click()
    write(reading.page, "First words.", "Save the note")
    expect(reading.page.locator("#article-notes")).to_contain_text("First words.")
    expect_no_form(reading.page)
    expect(reading.page.locator("#notes")).to_be_focused()
    reading.page.get_by_role("link", name="Write a note").click()
    write(reading.page, "Second words.", "Save the note")
    expect(reading.page.locator("#article-notes")).to_contain_text("Second words.")
    expect_no_form(reading.page)


@AT_BOTH_WIDTHS
def test_an_answer_is_written_below_its_note(
    open_article: Open, piece: Article, theirs: Note, last: Note, width: str
) -> None:
    reading = open_article(piece)
    note(reading, theirs).get_by_role("link", name="Reply").click()
    expect(note(reading, theirs).locator("form.note-form")).to_contain_text("Answer to Cleo")
    write(reading.page, "This one.", "Save the note")
    expect(reading.page.locator(f".note[data-reply-to='note-{theirs.pk}']")).to_contain_text("This one.")
    expect_no_form(reading.page)
    expect(note(reading, theirs)).to_be_focused()


@AT_BOTH_WIDTHS
def test_a_note_is_changed_twice(open_article: Open, piece: Article, last: Note, width: str) -> None:
    reading = open_article(piece)
    for words in ("Better so.", "Better still."):
        note(reading, last).get_by_role("link", name="Edit").click()
        expect(note(reading, last).locator("form.note-form")).to_contain_text("Change your note")
        write(reading.page, words, "Save the note")
        expect(note(reading, last).locator(".prose")).to_have_text(words)
        expect_no_form(reading.page)


@AT_BOTH_WIDTHS
def test_a_flag_is_sent_once(open_article: Open, piece: Article, theirs: Note, last: Note, width: str) -> None:
    reading = open_article(piece)
    note(reading, theirs).get_by_role("link", name="Flag").click()
    form = note(reading, theirs).locator("form.note-form")
    expect(form).to_contain_text("Flag the note by Cleo")
    form.get_by_text("Spam").click()
    form.get_by_role("button", name="Flag the note").click()
    expect(reading.toast).to_contain_text("A curator will look at the note")
    expect_no_form(reading.page)


def test_what_is_written_below_a_note_outlives_others_changes(
    open_article: Open, world: World, piece: Article, theirs: Note, last: Note, expected_refusals: list[int]
) -> None:
    expected_refusals.append(409)
    reading = open_article(piece)
    note(reading, theirs).get_by_role("link", name="Reply").click()
    field = note(reading, theirs).locator("textarea")
    expect(field).to_be_focused()
    reading.page.keyboard.type("Half a thou")
    more = write_note(piece, "By the way.", world.ben)
    expect(note(reading, more)).to_be_visible()
    expect(field).to_have_value("Half a thou")
    expect(field).to_be_focused()
    theirs.resolve(world.ben)
    expect(reading.page.locator(f"#thread-{theirs.pk}")).to_contain_text("Resolved by Ben")
    expect(field).to_have_value("Half a thou")
    expect(field).to_be_visible()
    theirs.delete_by(world.cleo)
    expect(note(reading, theirs)).to_contain_text("This note was deleted meanwhile.")
    expect(field).to_have_value("Half a thou")
    reading.page.get_by_role("button", name="Save the note").click()
    expect(reading.page.locator("form.note-form")).to_contain_text("deleted meanwhile. Nothing was saved")
    expect(field).to_have_value("Half a thou")
    reading.page.get_by_role("link", name="Cancel").click()
    expect(note(reading, theirs)).to_have_count(0)
    expect(note(reading, last)).to_be_visible()
