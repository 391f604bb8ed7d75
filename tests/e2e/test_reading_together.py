"""Several people in one piece at once: what each does comes into the margins of the others, and takes nothing away."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import Membership, User
from reader.highlights.models import Highlight, Note, write_note
from reader.highlights.reactions import Reaction
from reader.library.models import Article, Reading, Text
from reader.pages.noting import write
from tests.conftest import signed_in
from tests.e2e.conftest import REFUSAL
from tests.e2e.pages import ReadingPage
from tests.world import World, make_article, make_highlight

#: "Within three seconds each sees the others' highlights, notes and replies."
SOON = 3000
#: A telephone in a train: 400 ms there and back, 50 KB a second.
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}

#: What Chromium writes while a test takes the network away.
CUT_OFF = "net::ERR_INTERNET_DISCONNECTED"

Join = Callable[..., ReadingPage]


@pytest.fixture
def expected_refusals() -> list[int]:
    """Statuses that a test provokes on purpose; a 304 Chromium keeps to itself."""
    return []


@pytest.fixture
def join(browser: Browser, served: None, live_server: LiveServer, expected_refusals: list[int]) -> Iterator[Join]:
    """Opens a piece as somebody in a browser of their own."""
    complaints: list[str] = []
    with ExitStack() as open_browsers:

        def go(user: User, article: Article, *, slow: bool = False, scripts: bool = True) -> ReadingPage:
            context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
            open_browsers.callback(context.close)
            listen(context, complaints, expected_refusals)
            session = signed_in(user).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            page = context.new_page()
            if slow:
                context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
            reading = ReadingPage(page, f"{live_server.url}{article.get_absolute_url()}")
            reading.open(scripts=scripts)
            return reading

        yield go
    assert complaints == []


def listen(context: BrowserContext, complaints: list[str], expected: list[int]) -> None:
    def hear(kind: str, text: str) -> None:
        if kind == "error" and CUT_OFF not in text and not any(text.startswith(f"{REFUSAL}{n}") for n in expected):
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


def scroll_of(reading: ReadingPage) -> float:
    place: float = reading.page.evaluate("scrollY")
    return place


def write_in_card(reading: ReadingPage, highlight: Highlight, words: str) -> None:
    reading.page.locator(f"#highlight-{highlight.pk}").focus()
    reading.page.locator(f"#highlight-{highlight.pk} > .card-actions").get_by_role("link", name="Note").click()
    field = reading.page.locator(f"#slot-{highlight.pk} textarea")
    expect(field).to_be_focused()
    reading.page.keyboard.type(words)


def test_the_bell_rings_while_one_reads(join: Join, world: World, piece: Article) -> None:
    mark = share(world, piece, "Claim 2 of many", world.ada)
    ben = join(world.ben, piece)
    bell = ben.page.locator("#bell")
    bell.focus()

    write(mark, "What do you say, @ben?", world.ada)

    expect(bell.locator(".bell-count")).to_contain_text("1", timeout=SOON)
    expect(bell).to_be_focused()
    ben.press("Enter")
    expect(ben.page.get_by_text("Ada mentioned you in a note")).to_be_visible()


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


def test_what_is_written_on_a_mark_outlives_it(
    join: Join, world: World, piece: Article, expected_refusals: list[int]
) -> None:
    expected_refusals.append(409)
    mark = share(world, piece, "Claim 2 of many", world.ada)
    cleo = join(world.cleo, piece)
    write_in_card(cleo, mark, "Half a thought.")
    mark.delete_by(world.ada)
    card, field = cleo.page.locator(f"#highlight-{mark.pk}"), cleo.page.locator(f"#slot-{mark.pk} textarea")
    expect(card).to_contain_text("This mark was deleted meanwhile.", timeout=SOON)
    expect(card.locator(".card-actions:visible")).to_have_count(0)
    expect(field).to_be_focused()
    cleo.press("Control+Enter")
    expect(card).to_contain_text("The mark you write on was deleted meanwhile. Nothing was saved")
    expect(field).to_have_value("Half a thought.")
    assert not Note.objects.exists()
    card.get_by_role("link", name="Cancel").click()
    expect(card).to_have_count(0)


def test_one_of_two_on_the_same_words_may_go(join: Join, world: World, piece: Article) -> None:
    first, second = (share(world, piece, "Claim 2 of many", by) for by in (world.ada, world.ben))
    cleo = join(world.cleo, piece)
    write_in_card(cleo, first, "To Ada.")
    first.delete_by(world.ada)
    expect(cleo.page.locator(f"#cards > #highlight-{second.pk}")).to_be_visible(timeout=SOON)
    expect(cleo.cards).to_have_count(1)
    expect(cleo.page.locator(f"#slot-{first.pk} textarea")).to_have_value("To Ada.")
    assert cleo.marked(second.pk) == "Claim 2 of many"


def test_another_text_asks_for_a_reload(join: Join, world: World, piece: Article) -> None:
    ben = join(world.ben, piece)
    piece.revise(Text(html="<p>All new.</p>", text="All new.", raw="", source_kind="paste"), world.ada)
    expect(ben.toast).to_contain_text("The text was changed since you opened it.", timeout=SOON)
    ben.toast.get_by_role("link", name="Reload").click()
    expect(ben.page.locator("[data-article-body]")).to_have_text("All new.")


def test_who_is_shut_out_is_told_once(join: Join, world: World, piece: Article, expected_refusals: list[int]) -> None:
    expected_refusals.append(404)
    ben = join(world.ben, piece)
    asked: list[str] = []
    Membership.objects.filter(user=world.ben).delete()
    expect(ben.toast).to_contain_text("This piece is no longer shared with you", timeout=SOON)
    ben.page.on("request", lambda request: asked.append(request.url))
    ben.page.mouse.move(300, 300)
    ben.page.wait_for_timeout(2500)
    assert asked == []


def test_a_lost_connection_is_taken_up_again(join: Join, world: World, piece: Article) -> None:
    ben = join(world.ben, piece)
    ben.page.context.set_offline(True)
    ben.page.wait_for_timeout(2500)
    mark = share(world, piece, "Claim 2 of many", world.ada)
    ben.page.context.set_offline(False)
    expect(ben.page.locator(f"#highlight-{mark.pk}")).to_be_visible(timeout=SOON)
    expect(ben.toast).to_have_count(0)


def test_a_new_mark_of_another_pulses_once(join: Join, world: World, piece: Article) -> None:
    ben = join(world.ben, piece)
    mark = share(world, piece, "Claim 1 of many", world.ada)
    expect(ben.page.locator(f"#highlight-{mark.pk}")).to_have_attribute("data-fresh", "", timeout=SOON)
    expect(ben.page.locator(f"mark[data-highlight='{mark.pk}']")).to_have_attribute("data-fresh", "")
    expect(ben.page.locator("[data-fresh]")).to_have_count(0)


def test_one_answers_resolves_and_narrows(join: Join, world: World, piece: Article) -> None:
    mark = share(world, piece, "Claim 0 of many", world.ada, "question")
    share(world, piece, "Claim 1 of many", world.cleo)
    note = write_note(mark, "Which ones?", world.ada)
    ada, ben = join(world.ada, piece), join(world.ben, piece)
    card = ben.page.locator(f"#highlight-{mark.pk}")
    card.focus()
    card.get_by_role("link", name="Respond").click()
    card.get_by_role("button", name="Needs source").click()
    expect(card.locator(".reactions")).to_contain_text("Needs source1")
    expect(card.locator(".respond")).to_have_count(0)
    expect(ada.page.locator(f"#highlight-{mark.pk} .reactions")).to_contain_text("Needs source1", timeout=SOON)
    ben.page.locator(f"#note-{note.pk}").hover()
    ben.page.locator(f"#note-{note.pk}").get_by_role("button", name="Resolve").click()
    expect(card.locator("summary")).to_contain_text("Resolved by Ben")
    expect(ada.page.locator(f"#thread-{note.pk} > summary")).to_contain_text("Resolved by Ben", timeout=SOON)
    ben.page.get_by_role("link", name="Filter the marks").click()
    expect(ben.page.get_by_label("Whose marks")).to_be_focused()
    ben.page.get_by_label("Kind").select_option("question")
    ben.page.get_by_role("button", name="Show these").click()
    expect(ben.page.locator(".narrowed")).to_contain_text("Only questions")
    expect(ben.cards).to_have_count(1)
    share(world, piece, "Claim 3 of many", world.ada)
    asked = share(world, piece, "Claim 4 of many", world.ada, "question")
    expect(ben.page.locator(f"#highlight-{asked.pk}")).to_be_visible(timeout=SOON)
    expect(ben.cards).to_have_count(2)


def test_it_works_without_a_script(join: Join, world: World, piece: Article) -> None:
    mark = share(world, piece, "Claim 0 of many", world.ada, "question")
    note = write_note(mark, "Which ones?", world.ada)
    page = join(world.ben, piece, scripts=False).page
    page.locator(f"#highlight-{mark.pk}").hover()
    page.locator(f"#highlight-{mark.pk} > .card-actions").get_by_role("link", name="Respond").click()
    page.get_by_role("button", name="Vague").click()
    page.locator(".reactions").get_by_role("button", name="Vague").click()
    assert Reaction.objects.filter(reader=world.ben).count() == 1
    page.get_by_role("button", name="Vague").click()
    assert not Reaction.objects.exists()
    page.locator(f"#note-{note.pk}").get_by_role("button", name="Resolve").click()
    page.get_by_role("button", name="Resolve the thread").click()
    expect(page.locator(f"#thread-{note.pk} > summary")).to_contain_text("Resolved by Ben")
    page.get_by_role("link", name="Filter the marks").click()
    page.get_by_label("Kind").select_option("evidence")
    page.get_by_role("button", name="Show these").click()
    expect(page.locator(".narrowed")).to_contain_text("Only evidence: there are none.")


def test_what_came_while_one_was_away_is_new(join: Join, world: World, piece: Article) -> None:
    share(world, piece, "Claim 0 of many", world.ada)
    ben = join(world.ben, piece)
    ben.page.goto(f"{ben.site}/articles/")
    for _ in range(50):
        if Reading.objects.filter(reader=world.ben, seen_event__gt=0).exists():
            break
        ben.page.wait_for_timeout(100)
    assert Reading.objects.get(reader=world.ben).state == "unread"
    mark = share(world, piece, "Claim 1 of many", world.ada)
    ben.page.reload()
    expect(ben.page.locator(".new")).to_have_text("1 new")
    ben.open()
    ben.page.get_by_role("link", name="1 new since you were here").click()
    ben.wait_for_scripts()
    expect(ben.cards).to_have_count(1)
    expect(ben.page.locator(f"#highlight-{mark.pk}")).to_be_visible()
