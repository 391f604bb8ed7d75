"""Somebody drops letters and a year of marks on the page, watches them come in, and sends what their browser sees."""

import base64
from collections.abc import Callable

from playwright.sync_api import FilePayload, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from reader.accounts.models import User
from reader.highlights.models import Highlight, write_note
from reader.intake.imports.models import Import
from reader.intake.imports.running import carry_on
from reader.intake.imports.taking_back import carry_on as take_back
from reader.intake.sending.bookmarklet import bookmarklet
from reader.intake.sending.models import WayIn
from reader.library.models import Article
from tests.intake.mail.post import body, mail
from tests.intake.parcels.parcels import packed
from tests.intake.parcels.test_archives import OPML
from tests.intake.parcels.test_exports import hypothesis, piece_at
from tests.world import World

DROP = """([name, type, data]) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const dropped = new DataTransfer();
  dropped.items.add(new File([bytes], name, { type }));
  const field = document.querySelector("drop-field");
  const said = { dataTransfer: dropped, bubbles: true, cancelable: true };
  for (const kind of ["dragover", "drop"]) field.dispatchEvent(new DragEvent(kind, said));
}"""


def drop(page: Page, name: str, data: bytes) -> None:
    expect(page.locator("drop-field:defined")).to_be_visible()
    page.evaluate(DROP, [name, "", base64.b64encode(data).decode()])
    expect(page.locator(".drop-note")).to_contain_text(name)


def test_a_dropped_zip_of_mails_comes_in_before_ones_eyes(
    page: Page, live_server: LiveServer, world: World, sign_in: Callable[[User], None]
) -> None:
    piece = piece_at("https://site.example/piece", world)
    sign_in(world.cleo)
    page.goto(f"{live_server.url}/articles/new/")
    page.get_by_role("link", name="Mails, mailboxes, another app’s export").click()
    letters = {f"{n}.eml": mail(body(f"Letter {n}", 2027 + n), subject=f"Letter {n}") for n in range(6)}
    drop(page, "empty.mbox", b"")
    drop(page, "letters.zip", packed({**letters, "../bad.eml": mail()}))
    page.get_by_role("button", name="See what is in it").click()
    expect(page.get_by_role("heading", name="What will come")).to_be_visible()
    expect(page.locator(".plan")).to_have_text("6 mails all new")
    expect(page.get_by_text("../bad.eml: Its name points outside of the archive")).to_be_visible()
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()

    work = Import.objects.get()
    assert work.take_up()
    assert not carry_on(work, 0)
    expect(page.locator(".import-state")).to_contain_text("Coming in")
    expect(page.get_by_text("1 added", exact=True)).to_be_visible()
    assert work.take_up()
    assert carry_on(work)
    expect(page.locator(".import-state strong")).to_have_text("Done")
    expect(page.get_by_text("6 added, 1 left out", exact=True)).to_be_visible()
    page.get_by_role("link", name="Letter 3").click()
    expect(page.locator("[data-article-body]")).to_contain_text("moves its largest cluster abroad before 2030")

    page.goto(f"{live_server.url}/imports/new/")
    drop(page, "marks.json", hypothesis("small models will matter", "herds", url="https://site.example/piece").encode())
    page.get_by_role("button", name="See what is in it").click()
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    marks = Import.objects.latest("pk")
    assert marks.take_up()
    assert carry_on(marks)
    page.get_by_role("link", name="A piece of the web").click()
    expect(page.locator("mark[data-highlight]").first).to_have_text("small models will matter")
    assert Highlight.objects.filter(article=piece).count() == 2


def test_what_one_has_comes_in_together(
    page: Page, live_server: LiveServer, world: World, sign_in: Callable[[User], None]
) -> None:
    """A zip of letters, a letter that breaks off, and a list of feeds."""
    sign_in(world.cleo)
    page.goto(f"{live_server.url}/imports/new/")
    inner = packed({"1.eml": mail(body("One", 2028), subject="One"), "../2.eml": mail()})
    whole = mail(body("Two", 2029), subject="Two")
    files = {
        "letters.zip": inner,
        "cut.eml": whole[: whole.index(b"The rest is")],
        "feeds.opml": OPML.encode(),
        "e.mbox": b"",
    }
    page.get_by_label("The files").set_input_files(
        [FilePayload(name=name, mimeType="", buffer=data) for name, data in files.items()]
    )
    expect(page.locator(".drop-note")).to_contain_text("4 files")
    page.get_by_role("button", name="See what is in it").click()
    expect(page.get_by_text("4 files")).to_be_visible()
    expect(page.locator(".plan")).to_contain_text("2 feeds to follow")
    expect(page.get_by_text("../2.eml in letters.zip: Its name points outside of the archive")).to_be_visible()
    expect(page.get_by_text("e.mbox: This file is empty.")).to_be_visible()
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    work = Import.objects.get()
    assert work.take_up()
    assert carry_on(work)
    expect(page.locator(".import-state strong")).to_have_text("Done")
    expect(page.get_by_text("3 added, 3 left out", exact=True)).to_be_visible()
    expect(page.get_by_text("The file of this mail breaks off: its last part has no end")).to_be_visible()
    page.get_by_role("link", name="Two", exact=True).click()
    expect(page.get_by_text("This is a preview").first).to_be_visible()


def test_the_bookmarklet_sends_what_the_browser_sees(
    page: Page, live_server: LiveServer, world: World, sign_in: Callable[[User], None], settings: Settings
) -> None:
    sign_in(world.cleo)
    settings.SITE_URL = live_server.url
    code = bookmarklet(WayIn.make(world.cleo, WayIn.Door.PAGE).secret)
    head = "<head><title>The grid is the model | Kilowatt</title></head>"
    html = f"<html>{head}<body><article>{body()}</article></body></html>"
    page.route("https://kilowatt.example/**", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("https://kilowatt.example/p/grid")
    with page.context.expect_page() as opened:
        page.evaluate(f"() => {{ location.href = {code!r} }}")
    review = opened.value
    expect(review.get_by_role("heading", name="What was understood")).to_be_visible()
    expect(review.get_by_role("textbox", name="Title", exact=True)).to_have_value("The grid is the model")
    review.get_by_role("button", name="Save the article").click()
    expect(review.locator("[data-article-body]")).to_contain_text("Ask a modeller")
    assert Article.objects.get(canonical_url="https://kilowatt.example/p/grid").owner == world.cleo


def test_an_import_is_taken_back(
    page: Page, live_server: LiveServer, world: World, sign_in: Callable[[User], None]
) -> None:
    sign_in(world.cleo)
    page.goto(f"{live_server.url}/imports/new/")
    drop(page, "letters.zip", packed({f"{n}.eml": mail(body(f"L{n}", 2027 + n), subject=f"L{n}") for n in range(3)}))
    page.get_by_role("button", name="See what is in it").click()
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    work = Import.objects.get()
    assert work.take_up()
    assert carry_on(work)
    page.get_by_role("link", name="L2").click()
    write_note(Article.objects.get(title="L2"), "Read this again", world.cleo)
    page.goto(f"{live_server.url}{work.get_absolute_url()}")
    page.get_by_role("link", name="Take this import back").click()
    expect(page.get_by_text("This goes: 2 pieces.")).to_be_visible()
    expect(page.get_by_text("1 piece: Something was marked, written or claimed in it since.")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator(".import-state strong")).to_have_text("Being taken back")
    work.refresh_from_db()
    assert take_back(work)
    expect(page.locator(".import-state strong")).to_have_text("Taken back")
    expect(page.get_by_text("Went: 2 pieces. Stays: 1 piece.")).to_be_visible()
    page.get_by_role("link", name="L2").first.click()
    expect(page.get_by_text("Read this again")).to_be_visible()
    assert not Article.objects.filter(title__in=["L0", "L1"]).exists()
