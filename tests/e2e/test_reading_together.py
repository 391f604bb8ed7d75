"""Several people in one piece at once: what each does comes into the margins of the others, and takes nothing away."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from reader.highlights.models import Highlight, Note, write_note
from reader.library.models import Article
from tests.conftest import signed_in
from tests.e2e.conftest import REFUSAL
from tests.e2e.pages import ReadingPage
from tests.world import World, make_article, make_highlight

#: "Within three seconds each sees the others' highlights, notes and replies."
SOON = 3000
#: A telephone in a train: 400 ms there and back, 50 KB a second.
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}

Join = Callable[..., ReadingPage]


@pytest.fixture
def expected_refusals() -> list[int]:
    """A browser writes every 304 answer to a script to no console, but a 404 it does."""
    return []


@pytest.fixture
def join(browser: Browser, served: None, live_server: LiveServer, expected_refusals: list[int]) -> Iterator[Join]:
    """Opens a piece as somebody in a browser of their own."""
    complaints: list[str] = []
    with ExitStack() as open_browsers:

        def go(user: User, article: Article, *, slow: bool = False, tail: str = "") -> ReadingPage:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            open_browsers.callback(context.close)
            listen(context, complaints, expected_refusals)
            session = signed_in(user).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            page = context.new_page()
            if slow:
                context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
            reading = ReadingPage(page, f"{live_server.url}{article.get_absolute_url()}{tail}")
            reading.open()
            return reading

        yield go
    assert complaints == []


def listen(context: BrowserContext, complaints: list[str], expected: list[int]) -> None:
    def hear(kind: str, text: str) -> None:
        if kind == "error" and not any(text.startswith(f"{REFUSAL}{status}") for status in expected):
            complaints.append(text)

    context.on("console", lambda message: hear(message.type, message.text))
    context.on("weberror", lambda error: complaints.append(str(error.error)))


@pytest.fixture
def piece(world: World) -> Article:
    """Long enough to scroll in; the team Foundry reads it."""
    parts = [
        f"<h2>Part {n}</h2>" + f"<p>Claim {n} of many. {'Prices fell again this quarter. ' * 12}</p>" * 3
        for n in range(6)
    ]
    return make_article("Read together", world.ada, "team", world.foundry, html="".join(parts))


def share(world: World, article: Article, exact: str, by: User, kind: str = "highlight") -> Highlight:
    return make_highlight(article, exact, by, kind, "team", world.foundry)


def card(reading: ReadingPage, highlight: Highlight) -> "Page":
    return reading.page.locator(f"#highlight-{highlight.pk}")  # type: ignore[return-value]


def scroll_of(reading: ReadingPage) -> float:
    place: float = reading.page.evaluate("scrollY")
    return place


def write_in_card(reading: ReadingPage, highlight: Highlight, words: str) -> None:
    reading.page.locator(f"#highlight-{highlight.pk}").focus()
    reading.page.locator(f"#highlight-{highlight.pk} > .card-actions").get_by_role("link", name="Note").click()
    field = reading.page.locator(f"#slot-{highlight.pk} textarea")
    expect(field).to_be_focused()
    reading.page.keyboard.type(words)


def test_three_readers_see_one_another(join: Join, world: World, piece: Article) -> None:
    old = share(world, piece, "Claim 2 of many", world.ada)
    ada, ben, cleo = join(world.ada, piece), join(world.ben, piece), join(world.cleo, piece, slow=True)

    # Cleo is half way through a note, Ben has words selected.
    write_in_card(cleo, old, "Half a thou")
    ben.select("Claim 3 of many. Prices fell again")
    expect(ben.bar).to_be_visible()
    places = scroll_of(ben), scroll_of(cleo)

    # Ada marks words in the block in which Ben has his selection, and notes something on her old mark.
    ada.select("Claim 3 of many")
    expect(ada.bar).to_be_visible()
    ada.press("h")
    expect(ada.cards).to_have_count(2)
    mark = Highlight.objects.latest("id")
    for reading in (ben, cleo):
        expect(reading.page.locator(f"#highlight-{mark.pk}")).to_be_visible(timeout=SOON)
    assert cleo.marked(mark.pk) == "Claim 3 of many"
    assert ben.selected() == "Claim 3 of many. Prices fell again"

    note = write_note(old, "Said in **May**.", world.ada)
    for reading in (ben, cleo):
        expect(reading.page.locator(f"#note-{note.pk} strong", has_text="May")).to_be_visible(timeout=SOON)
    expect(cleo.page.locator(f"#slot-{old.pk} textarea")).to_be_focused()
    expect(cleo.page.locator(f"#slot-{old.pk} textarea")).to_have_value("Half a thou")
    assert (scroll_of(ben), scroll_of(cleo)) == places

    # Cleo goes on where she was and saves; Ben lets go of his words, and Ada's mark is in the text.
    cleo.page.keyboard.type("ght.")
    cleo.press("Control+Enter")
    ben.page.evaluate("getSelection().removeAllRanges()")
    expect(ben.page.locator(f"mark[data-highlight~='{mark.pk}']").first).to_be_visible(timeout=SOON)
    for reading in (ada, ben):
        expect(reading.page.locator(f"#highlight-{old.pk}")).to_contain_text("Half a thought.", timeout=SOON)

    # Ben answers, and all see it below the note.
    written = Note.objects.latest("id")
    reply = write_note(old, "Not so sure.", world.ben, parent=written)
    for reading in (ada, cleo):
        expect(reading.page.locator(f"#note-{reply.pk}[data-reply-to='note-{written.pk}']")).to_be_visible(timeout=SOON)

    # What is taken away goes away.
    mark.delete_by(world.ada)
    for reading in (ada, ben, cleo):
        expect(reading.page.locator(f"#highlight-{mark.pk}")).to_have_count(0, timeout=SOON)
        expect(reading.page.locator(f"mark[data-highlight~='{mark.pk}']")).to_have_count(0)
    assert (scroll_of(ben), scroll_of(cleo)) == places

    # Dov finds nothing of it.
    dov = signed_in(world.dov)
    for address in ("", "changes/", "highlights/", "notes/"):
        assert dov.get(f"{piece.get_absolute_url()}{address}").status_code == 404
    for address in (f"/highlights/{old.pk}/", f"/highlights/{old.pk}/reactions/", f"/notes/{note.pk}/replies/"):
        assert dov.get(address).status_code == 404
    assert "Half a thought" not in dov.get("/").content.decode() + dov.get("/articles/").content.decode()
