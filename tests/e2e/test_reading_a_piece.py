"""Reading in comfort: the place is kept, the rest fades, cards stand beside their passages."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from reader.accounts.models import Theme, User
from reader.highlights.marking import Passage, mark
from reader.highlights.models import write_note
from reader.library.models import Article, Reading
from tests.e2e.conftest import PHONE, Open
from tests.world import World, make_article, make_highlight, newest

PARAGRAPH = "Prices fell again this quarter, as they had in every quarter since the first herd was let out of its pen. "
#: Milliseconds in which a busy machine lays out two hundred cards, a dozen at a time.
PATIENCE = 30_000


def make_long_article(world: World, marks: int = 0) -> Article:
    parts = [f"<h2>Part {n}</h2>" + f"<p>{n}: {PARAGRAPH * 3}</p>" * 4 for n in range(6)]
    article = make_article("A long read", world.ada, "public", html="".join(parts))
    revision = newest(article)
    step = (len(revision.text) - 60) // max(marks, 1)
    for n in range(marks):
        start = revision.text.index("P", n * step)
        mark(
            Passage(revision, start, start + 40 + n % 7),  # no two on the very same words
            ("highlight", "prediction", "evidence", "question")[n % 4],
            world.ada,
            "private",
        )
    return article


MISPLACED = """() => {
  let free = -Infinity;
  const wrong = [];
  for (const card of document.querySelectorAll("#cards > .card")) {
    if (!card.checkVisibility()) continue;
    const box = card.getBoundingClientRect();
    const mark = document.querySelector(`mark[data-highlight~="${card.id.slice(10)}"]`).getBoundingClientRect();
    if (card.previousElementSibling?.hasAttribute("data-passed")) free = box.top; // where it was when they went
    if (Math.abs(box.top - Math.max(mark.top, free)) > 1.5) wrong.push(card.id);
    free = box.bottom + 8;
  }
  return wrong;
}"""

TOPS = """() => [...document.querySelectorAll("#cards > .card")].slice(0, 10).map((card) => card.offsetTop)"""


def test_cards_stand_level_with_their_passages(open_article: Open, world: World) -> None:
    reading = open_article(make_long_article(world, 90))
    expect(reading.cards).to_have_count(90)
    assert reading.page.evaluate(MISPLACED) == []
    reading.select("Part 3")
    reading.press("h")
    expect(reading.cards).to_have_count(91)
    assert reading.page.evaluate(MISPLACED) == []
    reading.press("z")
    expect(reading.cards).to_have_count(90)
    assert reading.page.evaluate(MISPLACED) == []


def test_a_book_in_one_paragraph_has_the_direction_of_its_words(open_article: Open, world: World) -> None:
    """Once, and not line by line, which took a browser seconds."""
    html = f"<p>{PARAGRAPH * 300}</p><p>{'שלום עולם, ' * 3000}</p><p>שלום</p>"
    blocks = open_article(make_article("A book", world.ada, "public", html=html)).page.locator("[data-block]")

    directions = [("ltr", "isolate"), ("rtl", "isolate"), ("ltr", "plaintext")]
    for at, (direction, bidi) in enumerate(directions):
        expect(blocks.nth(at)).to_have_css("direction", direction)
        expect(blocks.nth(at)).to_have_css("unicode-bidi", bidi)


def test_more_cards_come_as_one_reads_on(open_article: Open, world: World) -> None:
    reading = open_article(make_long_article(world, 230))
    expect(reading.cards).to_have_count(100)
    shown = reading.page.locator("#cards > .card:not([data-folded])")
    assert shown.count() < 100
    for _ in range(100):
        if shown.count() == 230:
            break
        reading.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        reading.page.wait_for_timeout(50)
    expect(shown).to_have_count(230)
    assert reading.page.evaluate(MISPLACED) == []


def test_cards_that_one_has_passed_come_back_where_they_were(open_article: Open, world: World) -> None:
    reading = open_article(make_long_article(world, 230))
    passed, first = reading.page.locator("#cards > [data-passed]"), reading.cards.first
    before = reading.page.evaluate(TOPS)
    for _ in range(100):
        if passed.count():
            break
        reading.page.mouse.wheel(0, 700)
        reading.page.wait_for_timeout(50)
    expect(first).to_be_hidden()
    assert reading.page.evaluate(MISPLACED) == []
    for _ in range(100):
        if first.is_visible():
            break
        reading.page.mouse.wheel(0, -700)
        reading.page.wait_for_timeout(50)
    reading.page.evaluate("() => scrollTo(0, 0)")
    expect(passed).to_have_count(0)
    assert reading.page.evaluate(TOPS) == before
    assert reading.page.evaluate(MISPLACED) == []


def test_a_card_that_one_has_passed_opens_with_its_mark(open_article: Open, world: World) -> None:
    article = make_long_article(world, 230)
    pk = article.highlights.order_by("pk")[0].pk
    reading = open_article(article, tail=f"#h-{article.highlights.order_by('pk')[180].pk}")
    card = reading.page.locator(f"#highlight-{pk}")
    expect(card).to_be_hidden(timeout=PATIENCE)
    reading.page.locator(f"#h-{pk}").click()
    expect(card).to_be_focused(timeout=PATIENCE)


def test_a_card_below_the_fold_is_shown_with_its_mark(open_article: Open, world: World) -> None:
    article = make_long_article(world, 130)
    last = article.highlights.order_by("pk")[90]
    reading = open_article(article)
    expect(reading.page.locator(f"#highlight-{last.pk}")).to_be_hidden()
    reading.page.locator(f"#h-{last.pk}").click()
    expect(reading.page.locator(f"#highlight-{last.pk}")).to_be_focused(timeout=PATIENCE)


def test_the_margin_is_filled_where_one_lands(open_article: Open, world: World) -> None:
    article = make_long_article(world, 230)
    landed = article.highlights.order_by("pk")[180].pk
    reading = open_article(article, tail=f"#h-{landed}")
    expect(reading.page.locator(f"#highlight-{landed}")).to_be_visible(timeout=PATIENCE)
    assert reading.cards.count() == 200


LAST_IS_LAID_OUT = """() => [...document.querySelectorAll("[data-article-body] mark")].at(-1)
  .checkVisibility({ contentVisibilityAuto: true })"""


def test_the_far_end_of_a_dense_piece_is_laid_out_as_one_comes_to_it(open_article: Open, world: World) -> None:
    reading = open_article(make_long_article(world, 300))
    assert not reading.page.evaluate(LAST_IS_LAID_OUT)

    reading.page.keyboard.press("End")
    reading.wait_until(LAST_IS_LAID_OUT)
    expect(reading.page.locator("#cards > [data-passed]").first).to_be_attached(timeout=PATIENCE)
    reading.page.wait_for_timeout(500)
    assert reading.page.evaluate(MISPLACED) == []


@pytest.mark.parametrize("how", ["click", "Enter"])
def test_a_late_card_opens_at_the_first_try(open_article: Open, world: World, how: str) -> None:
    article = make_long_article(world, 230)
    reading = open_article(article)
    reading.page.locator(f"#h-{article.highlights.order_by('pk')[180].pk}").evaluate("(it) => it.scrollIntoView()")
    reading.press("j")
    passage = reading.page.locator("mark:focus")
    ids = (passage.get_attribute("data-highlight") or "").replace(" ", "|")  # of overlapping marks, whichever opens
    passage.click() if how == "click" else reading.press("Enter")
    opened = reading.page.locator("#cards > .card:focus")
    expect(opened).to_have_attribute("id", re.compile(f"^highlight-({ids})$"), timeout=PATIENCE)


def test_a_new_card_is_seen_though_cards_before_it_were_folded(open_article: Open, world: World) -> None:
    reading = open_article(make_long_article(world, 130))
    reading.select("Part 3")
    reading.press("h")
    mine = reading.page.locator("#cards > .card:visible .quote").get_by_text("Part 3", exact=True)
    expect(mine).to_be_attached(timeout=PATIENCE)


def test_cards_of_a_dense_piece_say_what_they_are_about(open_article: Open, world: World) -> None:
    reading = open_article(make_long_article(world, 130))
    expect(reading.cards.first.locator(".quote")).to_be_visible()


def test_a_few_cards_do_not_repeat_their_passages(open_article: Open, world: World) -> None:
    make_highlight(world.public, "small models will matter", world.ada)
    expect(open_article().cards.first.locator(".quote")).to_be_hidden()


def test_what_is_left_out_of_print_is_said(open_article: Open, world: World) -> None:
    reading = open_article(make_long_article(world, 110))
    left, choice = reading.page.get_by_text("more marks, which are not printed"), reading.page.locator("#filter-marks")
    expect(choice).to_be_visible()
    expect(left).to_be_hidden()
    reading.page.emulate_media(media="print")
    expect(choice).to_be_hidden()
    expect(left).to_be_visible()


COVERED = """(part) => {
  const box = (it) => it.getBoundingClientRect();
  const tools = box(part.querySelector(":scope > .card-actions"));
  return [...part.querySelectorAll(":scope > .card-head > *, :scope > .prose")].map(box).some(
    ({ top, right, bottom, left }) =>
      bottom > tools.top + 1 && top < tools.bottom - 1 && right > tools.left && left < tools.right,
  );
}"""


def test_tools_cover_no_word_of_what_they_belong_to(open_article: Open, world: World) -> None:
    write_note(make_highlight(world.public, "small models will matter", world.ada), "Will they?", world.ada)
    reading = open_article()
    for part in (reading.cards.first, reading.page.locator("#cards .note")):
        part.hover()
        expect(part.locator(":scope > .card-actions")).to_have_css("opacity", "1")
        assert not part.evaluate(COVERED)


def test_a_table_in_a_note_has_room_between_its_cells(open_article: Open, world: World) -> None:
    highlight = make_highlight(world.public, "small models will matter", world.ada)
    write_note(highlight, "| year | price |\n|---|---|\n| 2024 | 5 |", world.ada)
    cell = open_article().page.locator("#cards .prose td").first
    assert cell.evaluate("(it) => parseFloat(getComputedStyle(it).paddingInlineEnd)") >= 8


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_a_script_every_card_is_shown(open_article: Open, world: World) -> None:
    reading = open_article(make_long_article(world, 130), scripts=False)
    expect(reading.page.locator("#cards > .card:visible")).to_have_count(100)


def test_a_card_far_below_its_mark_is_floated_to_it(open_article: Open, world: World) -> None:
    first, *_, last = (make_highlight(world.public, words, world.ada) for words in ("It is", "becoming", "clear that"))
    reading = open_article()
    reading.page.locator(f"#h-{last.pk}").click()
    card = reading.page.locator(f"#highlight-{last.pk}")
    expect(card).to_be_focused()
    passage, box = reading.page.locator(f"#h-{last.pk}").bounding_box(), card.bounding_box()
    assert passage is not None
    assert box is not None
    assert abs(passage["y"] - box["y"]) < 2
    reading.page.locator("h1").click()
    expect(card).not_to_have_attribute("data-float", "")
    assert first.pk < last.pk


def test_marks_and_cards_light_each_other(open_article: Open, world: World) -> None:
    highlight = make_highlight(world.public, "small models will matter", world.ada)
    reading = open_article()
    passage, card = reading.page.locator("mark"), reading.page.locator(f"#highlight-{highlight.pk}")
    passage.hover()
    expect(card).to_have_attribute("data-lit", "")
    reading.page.mouse.move(5, 400)
    expect(card).not_to_have_attribute("data-lit", "")
    card.hover()
    expect(passage).to_have_attribute("data-lit", "")


def test_the_place_is_kept_and_gone_back_to(open_article: Open, world: World) -> None:
    article = make_long_article(world)
    reading = open_article(article)
    heading = reading.page.get_by_role("heading", name="Part 4")
    heading.evaluate("element => scrollTo(0, element.getBoundingClientRect().top)")
    reading.page.goto(f"{reading.site}/articles/")
    while not Reading.objects.exists():
        reading.page.wait_for_timeout(50)
    place = Reading.objects.get()
    text = newest(article).text
    assert abs(place.position - text.index("Part 4")) < 400
    assert place.percent < 50, "a jump is no reading"
    reading.open()
    expect(heading).to_be_in_viewport()


def test_what_stays_on_the_screen_counts_as_read_and_a_jump_does_not(open_article: Open, world: World) -> None:
    article = make_long_article(world)
    Reading.objects.create(article=article, reader=world.ada, percent=15)
    reading = open_article(world.public)
    reading.page.clock.install()
    reading.page.goto(f"{reading.site}{article.get_absolute_url()}")

    with reading.page.expect_response("**/reading/"):
        reading.page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
        for _ in range(8):
            reading.page.clock.run_for(1000)
    place = Reading.objects.get(article=article)
    assert place.position > len(newest(article).text) / 2
    assert place.percent == 15

    reading.page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    for _ in range(200):
        reading.page.clock.run_for(1500)
        reading.page.evaluate("scrollTo({ top: scrollY + innerHeight / 2, behavior: 'instant' })")
        if Reading.objects.get(article=article).percent == 100:
            return
    raise AssertionError(f"read to {Reading.objects.get(article=article).percent} %")


def test_a_link_to_a_passage_wins_over_the_place(open_article: Open, world: World) -> None:
    article = make_long_article(world)
    highlight = make_highlight(article, "Part 1", world.ada)
    Reading.objects.create(article=article, reader=world.ada, position=len(newest(article).text) - 10, percent=99)
    reading = open_article(article, tail=f"#h-{highlight.pk}")
    expect(reading.page.locator("mark")).to_be_in_viewport()


def opacity(page: Page, selector: str) -> str:
    found: str = page.locator(selector).evaluate("element => getComputedStyle(element).opacity")
    return found


def test_all_but_the_text_fades_while_one_reads(open_article: Open, world: World) -> None:
    reading = open_article(make_long_article(world))
    page = reading.page
    page.mouse.move(500, 500)
    page.mouse.wheel(0, 30)
    expect(page.locator("html[data-quiet]")).to_be_visible()
    expect(page.locator(".masthead")).to_have_css("opacity", "0")
    expect(page.locator("[data-article-body]")).to_have_css("opacity", "1")
    page.mouse.move(520, 520)
    expect(page.locator(".masthead")).to_have_css("opacity", "1")
    page.get_by_role("link", name="Articles", exact=True).focus()
    page.evaluate("document.documentElement.dataset.quiet = ''")
    assert opacity(page, ".masthead") == "1"


@pytest.mark.browser_context_args(reduced_motion="reduce")
def test_nothing_fades_where_motion_is_unwanted(open_article: Open, world: World) -> None:
    reading = open_article(make_long_article(world))
    reading.page.mouse.wheel(0, 30)
    expect(reading.page.locator("html[data-quiet]")).to_be_visible()
    assert opacity(reading.page, ".masthead") == "1"


def test_the_display_changes_at_once_and_stays(open_article: Open, world: World) -> None:
    reading = open_article()
    page = reading.page
    page.get_by_role("link", name="Display").click()
    panel = page.locator("#display")
    expect(panel).to_be_visible()
    with page.expect_response(re.compile("/settings/display/$")):
        panel.get_by_text("Sepia", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "sepia")
    reading.press("Escape")
    expect(panel).to_be_hidden()
    reading.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "sepia")
    assert User.objects.get(pk=world.ada.pk).theme == "sepia"


def come_to_rest(page: Page) -> None:
    """A bar that is still fading in is pale, and its words too faint for a moment."""
    ending = "document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity)"
    page.evaluate(f"Promise.all({ending}.map((one) => one.finished.catch(() => null)))")


def violations(page: Page) -> list[str]:
    come_to_rest(page)
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]


def make_busy_article(world: World) -> Article:
    article = make_long_article(world, 12)
    for highlight in article.highlights.all()[:4]:
        highlight.label(["prices"], world.ada)
    make_highlight(article, "quarter since the first herd", world.ben, "question", "public")
    return article


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.SEPIA, Theme.DARK])
def test_axe_finds_nothing(open_article: Open, world: World, theme: str) -> None:
    User.objects.filter(pk=world.ada.pk).update(theme=theme)
    reading = open_article(make_busy_article(world))
    assert violations(reading.page) == []
    reading.select("Part 3")
    expect(reading.bar).to_be_visible()
    assert violations(reading.page) == []
    reading.press("p")
    expect(reading.composer).to_be_focused()
    assert violations(reading.page) == []


@pytest.mark.browser_context_args(**PHONE)
@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_axe_finds_nothing_on_a_phone(open_article: Open, world: World, theme: str) -> None:
    User.objects.filter(pk=world.ada.pk).update(theme=theme)
    reading = open_article(make_busy_article(world))
    assert violations(reading.page) == []
    reading.page.get_by_role("button", name="13 marks").tap()
    expect(reading.cards.first).to_be_in_viewport()
    assert violations(reading.page) == []
