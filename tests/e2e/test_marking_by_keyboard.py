"""Everything a mouse does, the keyboard does alone."""

from playwright.sync_api import Route, expect

from reader.highlights.models import Highlight
from tests.e2e.conftest import Open
from tests.world import World, make_highlight

SENTENCE = "We think 2024 will be the year of the small model, and of 🦙 herds."


def test_a_sentence_is_marked_tagged_and_noted_without_a_mouse(open_article: Open) -> None:
    reading = open_article()
    reading.press("s")
    reading.press("ArrowDown", "j", "ArrowDown")
    expect(reading.announced).to_contain_text("We think 2024")
    reading.press("p")
    expect(reading.composer).to_be_focused()
    expect(reading.field("From")).to_have_value("2024-01-01")
    expect(reading.field("Until")).to_have_value("2024-12-31")
    expect(reading.field("Who says it")).to_have_value("Mira Castell")
    reading.press("t")
    reading.page.keyboard.type("small models")
    reading.press("Enter", "Escape", "n")
    reading.page.keyboard.type("Noted by hand.")
    reading.press("Escape", "Enter")
    expect(reading.cards).to_have_count(1)
    highlight = Highlight.objects.get()
    assert (highlight.exact, highlight.kind) == (SENTENCE, "prediction")
    assert list(highlight.tags.values_list("name", flat=True)) == ["small models"]
    expect(reading.page.locator("#cards .prose")).to_have_text("Noted by hand.")
    reading.press("ArrowDown")
    expect(reading.announced).to_have_text("Prices fall by half within eighteen months.")


def test_shift_takes_more_sentences(open_article: Open) -> None:
    reading = open_article()
    reading.press("s", "Shift+ArrowDown", "h")
    expect(reading.cards).to_have_count(1)
    exact = Highlight.objects.get().exact
    assert exact.startswith("It is becoming clear")
    assert exact.endswith("and everything accelerated.")
    reading.press("Escape")
    expect(reading.announced).to_have_text("Reading freely again.")


def test_a_phrase_within_a_sentence_is_marked_by_words(open_article: Open) -> None:
    reading = open_article()
    reading.press("s", "ArrowDown", "j", "ArrowDown")
    expect(reading.announced).to_contain_text("We think 2024")
    reading.press("[", "[", "[", "{", *["]"] * 4, "}")
    expect(reading.announced).to_have_text("2024 will be the year of the small model")
    reading.press("h")
    expect(reading.cards).to_have_count(1)
    assert Highlight.objects.get().exact == "2024 will be the year of the small model"


def test_marks_are_walked_and_opened(open_article: Open, world: World) -> None:
    later = make_highlight(world.public, "Prices fall by half", world.ada, kind="evidence")
    first = make_highlight(world.public, "small models will matter", world.ada)
    reading = open_article()
    reading.press("j")
    expect(reading.page.locator(f"#h-{first.pk}")).to_be_focused()
    expect(reading.announced).to_contain_text("1 of 2")
    reading.press("j")
    expect(reading.page.locator(f"#h-{later.pk}")).to_be_focused()
    reading.press("k", "Enter")
    expect(reading.page.locator(f"#highlight-{first.pk}")).to_be_focused()
    reading.press("Escape")
    expect(reading.page.locator(f"#h-{first.pk}")).to_be_focused()


def test_no_key_fires_while_typing_or_with_a_modifier(open_article: Open) -> None:
    reading = open_article()
    reading.select("small models will matter")
    reading.press("Control+h", "Alt+p", "Meta+n")
    reading.page.get_by_role("link", name="Write a note").click()
    field = reading.page.locator("#slot-article textarea")
    expect(field).to_be_focused()
    reading.page.keyboard.type("hpstnje?")
    expect(field).to_have_value("hpstnje?")
    expect(reading.composer).to_have_count(0)
    expect(reading.page.locator("dialog[open]")).to_have_count(0)
    assert not Highlight.objects.exists()


def test_the_keys_are_listed(open_article: Open) -> None:
    reading = open_article()
    reading.press("?")
    keys = reading.page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Next and previous mark")
    expect(keys).to_be_focused()
    assert keys.evaluate("dialog => dialog.scrollTop") == 0
    reading.press("h", "Escape")
    expect(keys).to_be_hidden()


def test_what_is_typed_too_early_goes_into_the_note(open_article: Open) -> None:
    reading = open_article()

    def dawdle(route: Route) -> None:
        reading.page.wait_for_timeout(300)
        route.continue_()

    reading.page.route("**/highlights/new/**", dawdle)
    reading.select("Prices fall by half")
    reading.page.keyboard.type("nhe said so, see p. 3/4")
    expect(reading.field("Note")).to_have_value("he said so, see p. 3/4")
    expect(reading.page.get_by_role("button", name="Back to the shelf")).to_have_count(0)
    assert not Highlight.objects.exists()


def test_the_keys_come_back_when_no_composer_does(open_article: Open) -> None:
    reading = open_article()
    reading.page.route("**/highlights/new/**", lambda route: route.fulfill(status=204))
    reading.select("Prices fall by half")
    reading.press("n")
    reading.wait_for_selection()
    reading.press("h")
    expect(reading.cards).to_have_count(1)


def test_a_piece_is_archived_at_one_key(open_article: Open) -> None:
    reading = open_article()
    reading.press("e")
    expect(reading.page.get_by_role("button", name="Back to the shelf")).to_be_visible()


def test_a_key_without_words_says_what_to_do(open_article: Open) -> None:
    reading = open_article()
    reading.press("h")
    expect(reading.toast).to_contain_text("Select some words first")


def test_tags_are_suggested_and_chosen_by_arrows(open_article: Open, world: World) -> None:
    make_highlight(world.public, "Nobody trains", world.ada).label(["open models", "prices"], world.ada)
    reading = open_article()
    reading.select("Prices fall by half")
    reading.press("t")
    box = reading.page.locator("#composer [role=combobox]")
    expect(box).to_be_focused()
    reading.page.keyboard.type("op")
    expect(reading.page.get_by_role("option", name="open models")).to_be_visible()
    reading.press("ArrowDown", "Enter")
    expect(reading.page.locator("#composer .chip")).to_have_text("open models")
    reading.page.keyboard.type("new one, Open Models,")
    expect(reading.page.locator("#composer .chip")).to_have_text(["open models", "new one"])
    reading.press("Backspace", "Control+Enter")
    expect(reading.page.locator("#cards .chip")).to_have_count(3)
