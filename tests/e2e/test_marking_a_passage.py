"""The main job: read, mark what is predicted, find it again."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from reader.claims.models import Claim
from reader.highlights.models import Anchor, Highlight, Note
from tests.e2e.conftest import Open
from tests.world import World, make_article, make_highlight, newest

if TYPE_CHECKING:
    from tests.e2e.pages import ReadingPage

PREDICTION = "2024 will be the year of the small model"


def only_highlight() -> Highlight:
    return Highlight.objects.get()


def test_a_prediction_is_marked_dated_tagged_and_noted(open_article: Open) -> None:
    reading = open_article()
    page = reading.page
    reading.select(PREDICTION)
    expect(reading.bar).to_be_visible()
    reading.press("p")
    expect(reading.composer).to_be_focused()
    expect(reading.field("From")).to_have_value("2024-01-01")
    expect(reading.field("Until")).to_have_value("2024-12-31")
    expect(reading.field("Who says it")).to_have_value("Mira Castell")
    reading.press("t")
    page.keyboard.type("open models,")
    reading.press("Escape", "n")
    page.keyboard.type("**Bold**, but `dated`.")
    reading.press("Control+Enter")
    expect(reading.composer).to_have_count(0)

    highlight = only_highlight()
    assert (highlight.exact, highlight.kind) == (PREDICTION, "prediction")
    for _ in range(2):
        assert reading.marked(highlight.pk) == PREDICTION
        card = page.locator(f"#highlight-{highlight.pk}")
        expect(card.locator(".chip")).to_have_text("open models")
        expect(card.locator(".prose strong")).to_have_text("Bold")
        reading.reload()
    page.goto(f"{reading.site}/claims/")
    expect(page.locator(f"#claim-{Claim.objects.get().pk}")).to_contain_text(PREDICTION)


def test_somebody_else_is_the_speaker_at_one_key(open_article: Open) -> None:
    reading = open_article()
    reading.select(PREDICTION)
    reading.press("p")
    expect(reading.composer).to_be_focused()
    reading.press("s")
    expect(reading.field("Who says it")).to_be_focused()
    reading.page.keyboard.type("Ilse Brandt")
    reading.press("Control+Enter")
    expect(reading.cards).to_have_count(1)
    statement = Claim.objects.get().statements.get()
    assert statement.speaker is not None
    assert statement.reported_by is not None
    assert (statement.speaker.name, statement.reported_by.name) == ("Ilse Brandt", "Mira Castell")
    assert statement.stance == "reports"


def test_a_highlight_is_saved_at_one_key_and_undone(open_article: Open) -> None:
    reading = open_article()
    reading.select("researchers, and everything accelerated", backwards=True)
    reading.press("h")
    expect(reading.cards).to_have_count(1)
    assert only_highlight().exact == "researchers, and everything accelerated"
    expect(reading.bar).to_be_hidden()
    reading.press("z")
    expect(reading.cards).to_have_count(0)
    expect(reading.page.locator("mark")).to_have_count(0)


def test_the_pencils_stand_above_the_words_and_are_reached_by_tab(open_article: Open) -> None:
    reading = open_article()
    reading.select(PREDICTION)
    expect(reading.bar).to_be_visible()
    bar, words = reading.bar.bounding_box(), reading.selection_box()
    assert bar is not None
    assert bar["y"] + bar["height"] <= words["y"]
    reading.press("Tab")
    expect(reading.bar.get_by_role("button", name="Highlight")).to_be_focused()
    reading.press("Escape")
    expect(reading.bar).to_be_hidden()


@pytest.mark.parametrize("pencil", ["Evidence", "Question"])
def test_the_other_pencils_save_at_a_click(open_article: Open, pencil: str) -> None:
    reading = open_article()
    reading.select(PREDICTION)
    reading.bar.get_by_role("button", name=pencil).click()
    expect(reading.page.locator(f"#cards [data-kind={pencil.lower()}].card")).to_have_count(1)
    assert only_highlight().kind == pencil.lower()


@pytest.mark.parametrize(
    "exact",
    [
        "small model, and of 🦙 herds",
        "🦙",
        "herds.\nPrices fall by half within eighteen months.\nNobody",
        "שלום, said",
        "near.\nThus ends",
    ],
)
def test_words_around_emoji_and_hebrew_are_kept(open_article: Open, world: World, exact: str) -> None:
    reading = open_article()
    reading.select(exact)
    reading.press("h")
    expect(reading.cards).to_have_count(1)
    anchor = Anchor.objects.get()
    assert newest(world.public).text[anchor.start : anchor.end] == only_highlight().exact == exact
    assert reading.marked(only_highlight().pk) == exact.replace("\n", "")


def test_a_passage_spans_three_paragraphs(open_article: Open) -> None:
    reading = open_article()
    reading.select(
        "models will matter.\nIn February the lab released a model for researchers, and everything accelerated.\nWhat"
    )
    reading.press("h")
    expect(reading.page.locator("[data-block]:has(mark)")).to_have_count(3)
    reading.reload()
    expect(reading.page.locator("[data-block]:has(mark)")).to_have_count(3)


def test_overlapping_marks_deepen_and_open_in_turn(open_article: Open, world: World) -> None:
    first = make_highlight(world.public, "2024 will be the year", world.ada)
    second = make_highlight(world.public, "the year of the small", world.ada, kind="question")
    reading = open_article()
    both = reading.page.locator("mark[data-depth='2']")
    expect(both).to_have_text("the year")
    both.click()
    expect(reading.page.locator(f"#highlight-{first.pk}")).to_be_focused()
    both.click()
    expect(reading.page.locator(f"#highlight-{second.pk}")).to_be_focused()


def test_cancelling_keeps_the_words_selected(open_article: Open) -> None:
    reading = open_article()
    reading.select(PREDICTION)
    reading.press("n")
    expect(reading.field("Note")).to_be_focused()
    reading.press("Escape", "Escape")
    expect(reading.composer).to_have_count(0)
    assert reading.selected() == PREDICTION
    assert not Highlight.objects.exists()


def test_save_is_pressed_with_a_tag_still_in_its_box(open_article: Open) -> None:
    reading = open_article()
    reading.select("Prices fall by half")
    reading.press("t")
    expect(reading.page.locator("#composer [role=combobox]")).to_be_focused()
    reading.page.keyboard.type("cheap models")
    box = reading.composer.get_by_role("button", name="Save").bounding_box()
    assert box is not None
    reading.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 4)  # where it is no more once the form has grown
    reading.page.mouse.down()
    expect(reading.page.locator("#composer [role=combobox]")).not_to_be_focused()
    reading.page.mouse.up()
    expect(reading.cards.locator(".chip")).to_have_text("cheap models")


def test_what_is_said_of_the_unsaved_goes_when_it_is_saved(open_article: Open) -> None:
    reading = open_article()
    reading.select("Prices fall by half")
    reading.press("n")
    expect(reading.field("Note")).to_be_focused()
    reading.page.keyboard.type("By how much?")
    reading.press("Escape", "Escape")
    expect(reading.toast.filter(has_text="not saved yet")).to_be_visible()
    reading.press("Control+Enter")
    expect(reading.cards).to_have_count(1)
    expect(reading.toast.filter(has_text="not saved yet")).to_have_count(0)


def test_what_was_typed_survives_a_refusal(open_article: Open, expected_refusals: list[int]) -> None:
    expected_refusals.append(422)
    reading = open_article()
    reading.select(PREDICTION)
    reading.press("p")
    expect(reading.composer).to_be_focused()
    reading.field("Until").fill("2020-01-01")
    reading.press("Escape", "n")
    reading.page.keyboard.type("Kept?")
    reading.press("Control+Enter")
    expect(reading.page.locator("#composer .errorlist")).to_be_visible()
    expect(reading.field("Note")).to_have_value("Kept?")
    expect(reading.field("Until")).to_be_focused()
    expect(reading.page.locator("#composer tag-field input:visible")).to_have_count(1)
    assert not Highlight.objects.exists()


def test_words_that_are_not_there_are_refused(open_article: Open, expected_refusals: list[int]) -> None:
    expected_refusals.append(409)
    reading = open_article()
    reading.select(PREDICTION)
    expect(reading.bar).to_be_visible()
    reading.page.locator("selection-bar [name=exact]").evaluate("field => field.value = 'other words'")
    reading.bar.get_by_role("button", name="Highlight").click()
    expect(reading.composer).to_contain_text("Nothing was saved")
    assert not Highlight.objects.exists()


def test_two_presses_make_one_mark(open_article: Open) -> None:
    reading = open_article()
    reading.select(PREDICTION)
    reading.press("h", "h")
    expect(reading.cards).to_have_count(1)
    assert Highlight.objects.count() == 1


def test_a_passage_longer_than_an_address_is_composed(open_article: Open, world: World) -> None:
    article = make_article("A long one", world.ada, html="".join(f"<p>{n}. Prices “fall”.</p>" for n in range(400)))
    text = newest(article).text.strip()
    reading = open_article(article)
    reading.select(text)
    reading.press("n")
    expect(reading.field("Note")).to_be_focused()
    reading.page.keyboard.type("All of it.")
    reading.press("Control+Enter")
    expect(reading.cards).to_have_count(1)
    assert only_highlight().exact == text


def noted(reading: "ReadingPage", highlight: Highlight) -> None:
    reading.press("j")
    expect(reading.page.locator(f"mark[data-highlight~='{highlight.pk}']").first).to_be_focused()


def test_keys_work_on_the_mark_one_walked_to(open_article: Open, world: World) -> None:
    highlight = make_highlight(world.public, PREDICTION, world.ada)
    reading = open_article()
    noted(reading, highlight)
    reading.press("n")
    field = reading.page.locator(f"#slot-{highlight.pk} textarea")
    expect(field).to_be_focused()
    reading.page.keyboard.type("Said _twice_.")
    reading.press("Control+Enter")
    expect(reading.page.locator(f"#highlight-{highlight.pk} .prose em")).to_have_text("twice")
    expect(reading.page.locator(f"#highlight-{highlight.pk}")).to_be_focused()
    reading.press("t")
    expect(reading.page.locator(f"#slot-{highlight.pk} [role=combobox]")).to_be_focused()
    reading.page.keyboard.type("prices,")
    reading.press("Control+Enter")
    expect(reading.page.locator(f"#highlight-{highlight.pk} .chip")).to_have_text("prices")


def test_a_mark_is_deleted_and_brought_back(open_article: Open, world: World) -> None:
    highlight = make_highlight(world.public, PREDICTION, world.ada)
    reading = open_article()
    card = reading.page.locator(f"#highlight-{highlight.pk}")
    card.hover()
    card.get_by_role("link", name="Change").click()
    card.get_by_role("button", name="Delete").click()
    expect(card).to_have_count(0)
    expect(reading.page.locator("mark")).to_have_count(0)
    reading.toast.get_by_role("button", name="Undo").click()
    expect(card).to_be_visible()
    assert reading.marked(highlight.pk) == PREDICTION


def test_the_second_of_two_tabs_gets_both_texts(open_article: Open, world: World, expected_refusals: list[int]) -> None:
    expected_refusals.append(409)
    highlight = make_highlight(world.public, PREDICTION, world.ada)
    reading = open_article()
    noted(reading, highlight)
    reading.press("n")
    expect(reading.page.locator("#cards textarea")).to_be_focused()
    reading.page.keyboard.type("First thought.")
    reading.press("Control+Enter")
    expect(reading.page.locator("#cards .prose")).to_have_text("First thought.")
    reading.page.locator(".note").hover()
    reading.page.locator(".note").get_by_role("link", name="Edit").click()
    expect(reading.page.locator("#cards textarea")).to_have_value("First thought.")
    note = Note.objects.get()
    note.rewrite("From the other tab.", note.version, world.ada)
    reading.page.locator("#cards textarea").fill("From this tab.")
    reading.page.locator("#cards textarea").evaluate("(box) => { box.style.height = '9rem'; }")  # as by its corner
    reading.press("Control+Enter")
    expect(reading.page.locator("#cards .kept")).to_have_text("From the other tab.")
    expect(reading.page.locator("#cards textarea")).to_have_value("From this tab.")


def test_my_card_comes_beside_one_that_a_colleague_made_meanwhile(open_article: Open, world: World) -> None:
    reading = open_article(world.shared)
    theirs = make_highlight(world.shared, "small models", world.cleo, "highlight", "team", world.foundry)
    first = make_highlight(world.shared, "In February", world.ada)
    reading.reload()
    unseen = make_highlight(world.shared, PREDICTION, world.cleo, "highlight", "team", world.foundry)
    reading.select("Prices fall by half")
    reading.press("h")
    expect(reading.cards).to_have_count(4)
    mine = Highlight.objects.latest("pk")
    shown = [card.get_attribute("id") for card in reading.cards.all()]
    in_text = [first, theirs, unseen, mine]
    in_text.sort(key=lambda highlight: highlight.anchors.get().start)
    assert shown == [f"highlight-{highlight.pk}" for highlight in in_text]
