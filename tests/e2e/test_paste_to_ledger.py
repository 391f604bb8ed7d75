"""Somebody pastes a newsletter, reads it, marks what it predicts, and finds the claim in the ledger."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from reader.claims.models import Claim
from reader.highlights.models import Highlight
from tests.e2e.conftest import PHONE
from tests.e2e.newsletters import INVENTED, Newsletter, real_sample
from tests.e2e.pages import ReadingPage
from tests.world import World

TAG, NOTE = "open models", "So **he** says."


@pytest.fixture(params=["invented", "real"])
def newsletter(request: pytest.FixtureRequest) -> Newsletter:
    return real_sample() if request.param == "real" else INVENTED


@pytest.fixture
def new_article(page: Page, live_server: LiveServer, world: World, sign_in: Callable[[User], None]) -> Page:
    """The page for adding an article, before Ada."""
    sign_in(world.ada)
    page.goto(f"{live_server.url}/articles/new/")
    return page


def expect_understood(page: Page, newsletter: Newsletter) -> None:
    for label, value in newsletter.fields.items():
        expect(field(page, label)).to_have_value(value)
    for line in newsletter.furniture:
        expect(furniture(page, line).first).not_to_be_checked()
        expect(page.locator(".review-body")).not_to_contain_text(line)


def field(page: Page, label: str) -> Locator:
    """A field of the review page by the first words of its label."""
    return page.locator(".review-fields").get_by_label(re.compile(f"^{label}"))


def furniture(page: Page, line: str) -> Locator:
    """The boxes before the lines that were taken out and say this."""
    return page.get_by_role("region", name="Taken out").get_by_role("checkbox", name=line)


def expect_read(page: Page) -> ReadingPage:
    """The piece is open; its notice says that it is a preview, at the top and at the bottom."""
    expect(page.locator(".notice.preview")).to_have_count(2)
    return ReadingPage(page, page.url)


def expect_proposed(form: Locator, newsletter: Newsletter) -> None:
    expect(form.get_by_label("From")).to_have_value("2024-01-01")
    expect(form.get_by_label("Until")).to_have_value("2024-12-31")
    expect(form.get_by_label("Who says it")).to_have_value(newsletter.fields["Authors"])


def expect_kept(page: Page, exact: str, newsletter: Newsletter) -> None:
    """The passage is marked, its card is in the margin and its claim in the ledger, each time the page is loaded."""
    highlight = Highlight.objects.get()
    assert (highlight.exact, highlight.kind) == (exact, "prediction")
    reading = ReadingPage(page, page.url)
    for _ in range(2):
        expect(page.locator("mark.prediction")).to_have_text(exact)
        card = page.locator(f"#highlight-{highlight.pk}")
        expect(card.locator(".chip")).to_have_text(TAG)
        expect(card.locator(".prose strong")).to_have_text("he")
        expect(card).to_contain_text("1 January 2024 – 31 December 2024")
        page.reload()
    page.goto(f"{reading.site}/claims/")
    row = page.locator(f"#claim-{Claim.objects.get().pk}")
    expect(row).to_contain_text(newsletter.words)
    expect(row).to_contain_text(newsletter.fields["Authors"])
    row.get_by_role("link").first.click()
    expect(page.locator("mark")).to_have_text(exact)


def test_pasted_read_marked_and_found_in_the_ledger(new_article: Page, newsletter: Newsletter) -> None:
    page = new_article
    page.get_by_label("Paste the piece").fill(newsletter.text)
    page.get_by_role("button", name="Read it").click()
    expect_understood(page, newsletter)
    restored = newsletter.furniture[1]
    furniture(page, restored).check()
    expect(page.locator(".review-body")).to_contain_text(restored)
    furniture(page, restored).uncheck()
    expect(page.locator(".review-body")).not_to_contain_text(restored)
    page.get_by_role("button", name="Save the article").click()
    reading = expect_read(page)
    reading.wait_for_scripts()
    reading.select(newsletter.words)
    expect(reading.bar).to_be_visible()
    reading.press("p")
    expect_proposed(reading.composer, newsletter)
    reading.composer.get_by_role("combobox").fill(f"{TAG},")
    reading.field("Note").fill(NOTE)
    reading.composer.get_by_role("button", name="Save").click()
    expect(reading.composer).to_have_count(0)
    expect_kept(page, newsletter.words, newsletter)


def test_the_keyboard_alone_does_it(new_article: Page, newsletter: Newsletter) -> None:
    page = new_article
    tab_to(page, page.get_by_label("Paste the piece"))
    page.keyboard.insert_text(newsletter.text)
    tab_to(page, page.get_by_role("button", name="Read it"))
    page.keyboard.press("Enter")
    expect_understood(page, newsletter)
    tab_to(page, page.get_by_role("button", name="Save the article"))
    page.keyboard.press("Enter")
    reading = expect_read(page)
    reading.wait_for_scripts()
    reading.press("s")
    expect(reading.announced).to_contain_text("Reading by sentence")
    for _ in range(60):
        if newsletter.words in reading.announced.inner_text():
            break
        reading.press("ArrowDown")
    reading.press("p")
    expect(reading.composer).to_be_focused()
    expect_proposed(reading.composer, newsletter)
    reading.press("t")
    page.keyboard.type(f"{TAG},")
    reading.press("Escape", "n")
    page.keyboard.type(NOTE)
    reading.press("Control+Enter")
    expect(reading.composer).to_have_count(0)
    expect_kept(page, newsletter.sentence, newsletter)


@pytest.mark.browser_context_args(**PHONE)
def test_a_phone_does_it(new_article: Page, newsletter: Newsletter) -> None:
    page = new_article
    page.get_by_label("Paste the piece").fill(newsletter.text)
    page.get_by_role("button", name="Read it").tap()
    expect_understood(page, newsletter)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Save the article").tap()
    reading = expect_read(page)
    reading.wait_for_scripts()
    reading.select(newsletter.words)
    reading.bar.get_by_role("button", name="Prediction").tap()
    expect_proposed(reading.composer, newsletter)
    reading.composer.get_by_role("combobox").fill(f"{TAG},")
    reading.field("Note").fill(NOTE)
    reading.composer.get_by_role("button", name="Save").tap()
    expect(reading.composer).to_have_count(0)
    expect_kept(page, newsletter.words, newsletter)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_forms_alone_do_it(new_article: Page, newsletter: Newsletter) -> None:
    page = new_article
    page.get_by_label("Paste the piece").fill(newsletter.text)
    page.get_by_role("button", name="Read it").click()
    expect_understood(page, newsletter)
    restored = newsletter.furniture[1]
    furniture(page, restored).check()
    page.get_by_role("button", name="Show the text again").click()
    expect(page.locator(".review-body")).to_contain_text(restored)
    furniture(page, restored).uncheck()
    page.get_by_role("button", name="Save the article").click()
    expect_read(page)
    page.get_by_label("Mark a passage").fill(newsletter.words)
    page.get_by_role("button", name="Mark these words").click()
    page.get_by_text("Prediction", exact=True).click()
    form = page.locator(".composer")
    expect_proposed(form, newsletter)
    form.get_by_label("Tags").fill(TAG)
    form.get_by_label("Note").fill(NOTE)
    form.get_by_role("button", name="Save").click()
    expect_kept(page, newsletter.words, newsletter)


def test_the_clipboards_headings_and_links_are_kept(new_article: Page, context: BrowserContext) -> None:
    page = new_article
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    rich = '<h1>On cupboards</h1><h2>The door</h2><p>It is <a href="https://example.org/ajar">ajar</a>, as ever.</p>'
    page.evaluate(
        """async ([rich, plain]) => navigator.clipboard.write([new ClipboardItem({
          "text/html": new Blob([rich], {type: "text/html"}), "text/plain": new Blob([plain], {type: "text/plain"}),
        })])""",
        [rich, "On cupboards\n\nThe door\n\nIt is ajar, as ever."],
    )
    page.get_by_label("Paste the piece").focus()
    page.keyboard.press("Control+v")
    expect(page.get_by_text("Its headings, links and emphasis are kept.")).to_be_visible()
    page.get_by_role("button", name="Read it").click()
    expect(field(page, "Title")).to_have_value("On cupboards")
    text = page.locator(".review-body")
    expect(text.get_by_role("heading", name="The door")).to_be_visible()
    expect(text.get_by_role("link", name="ajar")).to_have_attribute("href", "https://example.org/ajar")


def tab_to(page: Page, target: Locator) -> None:
    """Tab until the target has the focus, as somebody without a mouse does."""
    for _ in range(40):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


def test_a_refused_file_has_no_edge_drawn_behind_its_button(new_article: Page, expected_refusals: list[int]) -> None:
    expected_refusals.append(422)
    box = new_article.locator('input[type="file"]')
    box.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(200)})
    box.locator("xpath=ancestor::form").get_by_role("button").last.click()

    expect(new_article.get_by_text("This file is a picture, not text.")).to_be_visible()
    expect(new_article.locator('.field[data-invalid] input[type="file"]')).to_have_css("box-shadow", "none")
