"""Somebody writes on words that are taken out of the piece meanwhile, and loses nothing of it."""

import pytest
from playwright.sync_api import expect

from reader.core.visibility import Visibility
from reader.highlights.models import Highlight
from reader.library.models import Article
from reader.library.shelving import Details, shelve
from tests.e2e.conftest import Open
from tests.e2e.test_changed_texts import SOON, in_paragraphs
from tests.highlights.chips import FIRST, QUOTE, anchor_in_newest
from tests.world import World

WITHOUT = FIRST.replace(f"{QUOTE}, the desk believes, and nobody will mourn them.\n", "")


@pytest.fixture
def article(world: World) -> Article:
    article, _ = shelve(Details(title="Chips"), in_paragraphs(FIRST), world.ada, Visibility.PUBLIC)
    return article


def test_a_note_on_words_that_went_is_kept(
    open_article: Open, world: World, article: Article, expected_refusals: list[int]
) -> None:
    expected_refusals.append(409)
    reading = open_article(article)
    reading.select(QUOTE)
    reading.press("n")
    note = reading.page.locator("#composer textarea[name=note]")
    note.fill("I doubt this.")
    article.revise(in_paragraphs(WITHOUT), world.ben)

    note.press("Control+Enter")
    keep = reading.page.get_by_role("button", name="Keep it without a place")
    expect(keep).to_be_visible(timeout=SOON)
    expect(note).to_have_value("I doubt this.")
    assert not Highlight.objects.exists()
    keep.click()

    expect(reading.toast.filter(has_text="listed among the marks that have lost their place")).to_be_visible(
        timeout=SOON
    )
    mark = Highlight.objects.get()
    assert (mark.exact, anchor_in_newest(mark).state, mark.notes.get().body) == (QUOTE, "orphaned", "I doubt this.")
    expect(reading.page.locator("#composer form")).to_have_count(0)


def test_the_keys_keep_it_too(open_article: Open, world: World, article: Article) -> None:
    reading = open_article(article)
    reading.select(QUOTE)
    article.revise(in_paragraphs(WITHOUT), world.ben)

    reading.press("n")
    note = reading.page.locator("#composer textarea[name=note]")
    expect(reading.page.get_by_role("button", name="Keep it without a place")).to_be_visible(timeout=SOON)
    note.fill("I doubt this.")
    note.press("Control+Enter")

    expect(reading.toast.filter(has_text="lost their place")).to_be_visible(timeout=SOON)
    assert Highlight.objects.get().notes.get().body == "I doubt this."
