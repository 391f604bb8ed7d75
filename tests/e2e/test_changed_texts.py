"""A piece is edited: its marks follow, what lost its place is put back with one click, and both texts are compared."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from reader.core.sanitising import clean, text_of
from reader.core.visibility import Visibility
from reader.highlights.models import Anchor, Highlight
from reader.library.models import Article, Text
from reader.library.shelving import Details, shelve
from tests.claims.predictions import make_claim
from tests.e2e.conftest import PHONE, Open
from tests.highlights.chips import FIRST, QUOTE, anchor_in_newest, words_of
from tests.library.pieces import shelve_piece
from tests.world import World, make_highlight, newest

FOUNDRIES = "The foundries have ordered more machines than they can power, which is the reason."
EDITED = FIRST.replace("2027", "2029").replace(FOUNDRIES, "In the end nobody knows.")


#: A busy machine takes its time.
SOON = 30_000


@pytest.fixture
def article(world: World) -> Article:
    """The piece in paragraphs of its own."""
    details = Details(title="Chips")
    article, _ = shelve(details, in_paragraphs(FIRST), world.ada, Visibility.PUBLIC)
    return article


def in_paragraphs(words: str) -> Text:
    html = clean("".join(f"<p>{line}</p>" for line in words.split("\n")))
    return Text(html=html, text=text_of(html), raw=words, source_kind="paste_text")


def replace_text(page: Page, words: str) -> None:
    page.get_by_role("link", name="Replace the text").click()
    page.get_by_label("Paste the piece").fill(f"Chips\n\n{words}".replace("\n", "\n\n"))
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What was understood of the new text")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="Make it the text").click()
    expect(page.get_by_role("heading", name="Its texts")).to_be_visible(timeout=SOON)


def test_an_edited_prediction_keeps_its_words_and_says_so(open_article: Open, world: World, article: Article) -> None:
    claim = make_claim(article, QUOTE, world.ada, Visibility.PUBLIC)
    reading = open_article(article)
    page = reading.page

    replace_text(page, EDITED)
    expect(page.locator("#text-2")).to_contain_text("1 mark reworded")
    reading.open()

    card = page.locator(f"#highlight-{claim.statements.get().highlight_id}")
    card.get_by_text("This passage was changed after it was marked").click()
    expect(card).to_contain_text(QUOTE)
    assert reading.marked(claim.statements.get().highlight_id) == QUOTE.replace("2027", "2029")
    card.get_by_role("link", name="Compare the texts").click()
    changed = page.locator("#mark")
    expect(changed.locator("[data-side=then] del")).to_have_text("2027")
    expect(changed.locator("[data-side=now] ins")).to_have_text("2029")
    expect(changed.locator("[data-side=both]")).to_be_hidden()
    page.get_by_role("link", name="In one text").click()
    expect(page.locator("[data-side=both] del").first).to_have_text("2027")
    page.goto(f"{reading.site}{claim.get_absolute_url()}")
    expect(page.locator("#said mark")).to_have_text(QUOTE)
    expect(page.locator(".reworded")).to_contain_text("before the end of 2029")


def test_a_link_to_a_lost_mark_leads_to_its_line(open_article: Open, article: Article, lost: Highlight) -> None:
    reading = open_article(article)
    page = reading.page

    page.goto(f"{reading.site}/search/")
    page.goto(f"{reading.site}{lost.get_absolute_url()}")

    expect(page.locator(f"#lost #highlight-{lost.pk}")).to_be_focused(timeout=SOON)
    expect(page.locator("#lost")).to_have_attribute("open", "")


def test_a_note_on_a_lost_mark_stands_in_the_list(open_article: Open, article: Article, lost: Highlight) -> None:
    reading = open_article(article)
    page = reading.page
    page.locator("#lost summary").click()
    card = page.locator(f"#highlight-{lost.pk}")
    card.get_by_role("link", name="Note").click()
    card.get_by_role("textbox").fill("It will come back.")

    card.get_by_role("textbox").press("Control+Enter")

    expect(page.locator("#lost .note")).to_contain_text("It will come back.", timeout=SOON)
    expect(card).to_be_focused()


def test_the_whole_text_over_a_preview_keeps_the_marks(open_article: Open, world: World) -> None:
    preview = FIRST.partition(", the desk")[0]
    article = shelve_piece(world.ada, "Chips", words=preview, truncated=True)
    highlight = make_highlight(article, QUOTE, world.ada)
    reading = open_article(article)
    expect(reading.page.locator(".preview").first).to_be_visible()

    reading.page.get_by_role("link", name="Paste the whole text").first.click()
    reading.page.go_back()
    replace_text(reading.page, FIRST)
    reading.open()

    expect(reading.page.locator(".preview")).to_have_count(0)
    assert reading.marked(highlight.pk) == QUOTE


@pytest.fixture
def lost(world: World, article: Article) -> Highlight:
    """A mark on words that are gone, of which the machine has an idea where they may be."""
    highlight = make_highlight(article, FOUNDRIES, world.ada, visibility=Visibility.PUBLIC)
    article.revise(in_paragraphs(EDITED), world.ada)
    at = EDITED.index("In the end nobody knows")
    highlight.anchors.filter(revision=newest(article)).update(
        state=Anchor.State.ORPHANED, start=at, end=at + len("In the end nobody knows"), method="none", score=0.4
    )
    return highlight


def test_a_lost_mark_is_put_back_with_one_click(open_article: Open, article: Article, lost: Highlight) -> None:
    reading = open_article(article)
    page = reading.page
    panel = page.locator("#lost")
    panel.get_by_text("1 mark has lost its place").click()
    panel.get_by_role("link", name="In the end nobody knows").click()
    expect(page.locator(f"#h-{lost.pk}")).to_be_in_viewport()
    assert reading.marked(lost.pk) == "In the end nobody knows"

    page.locator("#lost").get_by_role("button", name="It is there").click()

    expect(page.locator("#lost")).to_have_count(0, timeout=SOON)
    expect(page.locator(f"#cards #highlight-{lost.pk}")).to_contain_text(
        "Hardly anything is left here of what was marked"
    )
    reading.wait_for_scripts()
    reading.toast.get_by_role("button", name="Undo").click()
    expect(page.locator("#lost")).to_contain_text("1 mark has lost its place", timeout=SOON)
    assert anchor_in_newest(lost).state == Anchor.State.ORPHANED


def test_what_is_kept_without_a_place_stands_in_the_text_before_one(
    open_article: Open, world: World, article: Article
) -> None:
    reading = open_article(article)
    page = reading.page
    article.revise(in_paragraphs(EDITED), world.ben)
    reading.select(FOUNDRIES)
    reading.press("n")
    reading.composer.get_by_role("button", name="Keep it without a place").click()

    card, marked = page.locator("#cards .card"), page.locator("[data-article-body] mark")
    expect(card).to_have_count(1, timeout=SOON)
    expect(marked).to_have_text(FOUNDRIES)
    reading.toast.filter(has_text="saved for").get_by_role("button", name="Undo").click()
    expect(card).to_have_count(0, timeout=SOON)
    assert reading.text() == FIRST
    reading.toast.filter(has_text="is deleted").get_by_role("button", name="Undo").click()
    expect(card).to_have_count(1, timeout=SOON)
    expect(marked).to_have_text(FOUNDRIES)

    page.reload()
    reading.wait_for_scripts()
    page.locator("#lost summary").click()
    page.locator("#lost").get_by_role("button", name="Keep without a place").click()
    expect(page.locator("#unplaced")).to_have_text("1 quote kept without a place", timeout=SOON)
    expect(page.locator("[data-article-body]")).to_be_focused()


@pytest.mark.browser_context_args(**PHONE)
def test_on_a_phone_the_focus_stays_in_the_sheet(open_article: Open, article: Article, lost: Highlight) -> None:
    page = open_article(article).page
    page.locator(".sheet-opener").click()
    page.locator("#lost summary").click()
    page.locator("#lost").get_by_role("button", name="Keep without a place").click()

    expect(page.locator("#unplaced")).to_have_text("1 quote kept without a place", timeout=SOON)
    expect(page.locator(".sheet-grip")).to_be_focused()


#: The lines of a panel over which something else lies.
COVERED = """(panel) => [...panel.querySelectorAll("summary, .quote, .help, button, a")].filter((one) => {
  one.scrollIntoView({ block: "center" });
  const { left, top, width, height } = one.getBoundingClientRect();
  return !panel.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}).map((one) => one.textContent)"""


def test_no_card_covers_the_open_list_of_lost_marks(
    open_article: Open, world: World, article: Article, lost: Highlight
) -> None:
    for words in ("Every quarter", "the analysts", "write down"):
        Anchor.objects.filter(highlight=make_highlight(article, words, world.ada)).update(state=Anchor.State.ORPHANED)
    placed = make_highlight(article, "the chip market", world.ada)
    reading = open_article(article)
    head = reading.page.locator(".margin-head")

    reading.page.locator("#lost summary").click()
    reading.page.locator(f"#h-{placed.pk}").hover()

    assert head.evaluate(COVERED) == []
    reading.page.locator("#lost summary").click()
    expect(reading.page.locator(f"#highlight-{placed.pk}")).to_be_in_viewport()


def test_its_words_are_chosen_in_the_text(open_article: Open, article: Article, lost: Highlight) -> None:
    reading = open_article(article)
    reading.page.locator("#lost").get_by_text("lost its place").click()
    reading.page.get_by_role("link", name="Choose the words").click()
    reading.wait_for_scripts()

    reading.select("what they expect of the chip market")
    reading.bar.get_by_role("button", name="Put the mark here").click()

    expect(reading.page.locator(f"#cards #highlight-{lost.pk}")).to_be_attached()
    assert words_of(anchor_in_newest(lost)) == "what they expect of the chip market"


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_all_of_it_works_without_a_script(open_article: Open, article: Article, lost: Highlight) -> None:
    reading = open_article(article, scripts=False)
    page = reading.page
    page.locator("#lost summary").click()
    page.get_by_role("link", name="Choose the words").click()
    page.get_by_label("Copy the words here").fill("the chip market")
    page.get_by_role("button", name="Put the mark here").click()
    assert words_of(anchor_in_newest(lost)) == "the chip market"

    page.get_by_role("link", name="Text changed").click()
    page.get_by_role("link", name="What changed").click()
    expect(page.locator("[data-change] > [data-side=now] ins").first).to_be_visible(timeout=SOON)


@pytest.mark.browser_context_args(**PHONE)
def test_on_a_phone_two_texts_are_one(
    page: Page, live_server: LiveServer, sign_in: Callable[[User], None], world: World, article: Article
) -> None:
    article.revise(in_paragraphs(EDITED), world.ada)
    sign_in(world.ada)

    page.goto(f"{live_server.url}{article.get_absolute_url()}revisions/2/comparison/")

    expect(page.locator("[data-side=both]").first).to_be_visible()
    expect(page.locator("[data-change=changed] > [data-side=then]").first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_whoever_reads_the_old_text_is_told_and_loses_nothing(
    open_article: Open, world: World, article: Article
) -> None:
    reading = open_article(article)
    article.revise(in_paragraphs(EDITED), world.ben)
    reading.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(reading.toast.filter(has_text="The text was changed since you opened it.")).to_be_visible(timeout=SOON)

    reading.select(QUOTE)
    reading.press("h")

    expect(reading.toast.filter(has_text="Highlight saved")).to_be_visible(timeout=SOON)
    mark = Highlight.objects.get()
    assert mark.exact == QUOTE
    assert words_of(anchor_in_newest(mark)) == QUOTE.replace("2027", "2029")
